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

// A company with twenty holders would make one line of twenty, too wide to read: they are set into lines of LINE, those
// with nothing else to them next to the company.
const LINE = 5;

function spread(ties) {
  const degree = new Map();
  for (const end of ties.flatMap((tie) => [tie.from, tie.to])) degree.set(end, (degree.get(end) ?? 0) + 1);
  const ends = new Map();
  for (const [at, { from, to }] of ties.entries()) {
    for (const [hub, other] of [[`to ${to}`, from], [`from ${from}`, to]]) {
      if (!ends.has(hub)) ends.set(hub, new Map());
      if (!ends.get(hub).has(other)) ends.get(hub).set(other, []);
      ends.get(hub).get(other).push(at);
    }
  }
  const far = ties.map(() => 1);
  for (const others of ends.values()) {
    if (others.size <= 2 * LINE) continue;
    const order = [...others].sort(([a], [b]) => degree.get(a) - degree.get(b));
    for (const [place, [, numbers]] of order.entries()) for (const at of numbers) far[at] = 1 + Math.floor(place / LINE);
  }
  return far;
}
