// Runs dagre off the main thread.

import dagre from "./vendor/dagre.esm.js";

addEventListener("message", ({ data }) => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 22, ranksep: 64, edgesep: 16, ranker: "tight-tree" });
  for (const party of data.parties) graph.setNode(party, { width: data.width, height: data.height });
  const far = spread(data.ties);
  data.ties.forEach((tie, at) => graph.setEdge(tie.from, tie.to, { width: tie.width, height: 16, labelpos: "c", minlen: far[at] }, String(at)));
  dagre.layout(graph);
  const at = (name) => ({ x: graph.node(name).x, y: graph.node(name).y });
  postMessage({
    number: data.number,
    positions: data.parties.map((party) => [party, at(party)]),
    // The ends are left to the drawing, which knows the outlines.
    bends: data.ties.map((tie, number) => graph.edge(tie.from, tie.to, String(number)).points.slice(1, -1)),
  });
});

// A company with twenty holders would make one line of twenty: those with no other tie are set into lines of LINE.
const LINE = 4;

function spread(ties) {
  const degree = new Map();
  for (const end of ties.flatMap((tie) => [tie.from, tie.to])) degree.set(end, (degree.get(end) ?? 0) + 1);
  const count = new Map();
  return ties.map((tie) => {
    const side = degree.get(tie.from) === 1 ? `to ${tie.to}` : degree.get(tie.to) === 1 ? `from ${tie.from}` : null;
    if (!side) return 1;
    count.set(side, (count.get(side) ?? 0) + 1);
    return 1 + Math.floor((count.get(side) - 1) / LINE);
  });
}
