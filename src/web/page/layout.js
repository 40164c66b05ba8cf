// Where each party stands. Up to ORDERLY parties dagre orders the layers, in a worker, so that the page never waits for it.
// Beyond, dagre takes 0.6 s for 2,000 parties and sets them into one line 350,000 pixels wide, which nobody can read: there
// boxes are packed here in some milliseconds.

const ORDERLY = 400;
export const WIDTH = 164;
export const HEIGHT = 60;
const GAP = 36;
const LAYER = 110;
// Width to height of what is to fill a window.
const SHAPE = 2.2;

let worker = null;
let numbered = 0;
const pending = new Map();

/** Positions by party, and for each tie the points at which its line bends. */
export async function layout(seen) {
  if (seen.parties.length > ORDERLY || seen.ties.length > 2 * ORDERLY) return { positions: packed(seen), bends: [] };
  worker ??= listen(new Worker(new URL("./layout_worker.js", import.meta.url), { type: "module" }));
  numbered += 1;
  const answer = new Promise((resolve) => pending.set(numbered, resolve));
  worker.postMessage({
    number: numbered, width: WIDTH, height: HEIGHT,
    parties: seen.parties.map((party) => party.party),
    ties: seen.ties.map((tie) => ({ from: tie.from, to: tie.to, width: 7 * tie.label.length + 8 })),
  });
  const { positions, bends } = await answer;
  return { positions: new Map(positions), bends };
}

function listen(made) {
  made.addEventListener("message", ({ data }) => {
    pending.get(data.number)?.(data);
    pending.delete(data.number);
  });
  return made;
}

/**
 * Every party stands over the box of those reached through it, parties without others in rows; the boxes lie in shelves.
 * What holds the company goes up from it, the rest down, and what comes out too tall for a window is folded into columns.
 */
export function packed({ parties, ties, root }) {
  const tree = spanning(parties, ties, root);
  const positions = new Map();
  let left = 0;
  for (const start of tree.starts) {
    const down = boxes(tree, start, (child) => !tree.up.has(child));
    const up = boxes(tree, start, (child) => tree.up.has(child));
    const width = Math.max(down.width, up.width);
    for (const [id, { x, y }] of up.places) positions.set(id, { x: x + left + (width - up.width) / 2, y: -y });
    for (const [id, { x, y }] of down.places) positions.set(id, { x: x + left + (width - down.width) / 2, y });
    positions.set(start, { x: left + width / 2, y: 0 });
    left += width + GAP;
  }
  return folded(positions);
}

function spanning(parties, ties, root) {
  const near = new Map(parties.map(({ party }) => [party, []]));
  for (const { from, to } of ties) {
    near.get(from).push([to, false]);
    near.get(to).push([from, true]);
  }
  const tree = { children: new Map(), order: [], starts: [], up: new Set() };
  const seen = new Set();
  for (const start of [root, ...near.keys()]) {
    if (seen.has(start) || !near.has(start)) continue;
    tree.starts.push(start);
    seen.add(start);
    const queue = [start];
    for (const id of queue) {
      const children = near.get(id).filter(([child]) => !seen.has(child) && seen.add(child));
      if (id === start) for (const [child, above] of children) if (above) tree.up.add(child);
      tree.children.set(id, children.map(([child]) => child));
      queue.push(...tree.children.get(id));
    }
    tree.order.push(...queue);
  }
  return tree;
}

// From the last to the first, so that nothing recurses along a chain of thousands.
function boxes(tree, start, mine) {
  const below = within(tree, start, mine);
  const size = new Map();
  for (const id of [...below].reverse()) size.set(id, shelves(tree.children.get(id).filter((child) => id !== start || mine(child)), size));
  const places = new Map();
  const pending = [[start, 0, 0]];
  for (const [id, left, top] of pending) {
    const box = size.get(id);
    places.set(id, { x: left + box.width / 2, y: top });
    for (const [child, x, y] of box.inside) pending.push([child, left + x, top + y]);
  }
  places.delete(start);
  return { places, width: size.get(start).width };
}

function within(tree, start, mine) {
  const found = [start];
  for (const id of found) found.push(...tree.children.get(id).filter((child) => id !== start || mine(child)));
  return found;
}

function shelves(children, size) {
  const cell = WIDTH + GAP;
  if (children.length === 0) return { width: cell, height: LAYER, inside: [] };
  const area = children.reduce((sum, child) => sum + size.get(child).width * size.get(child).height, 0);
  const most = Math.max(Math.sqrt(area * SHAPE), ...children.map((child) => size.get(child).width));
  const inside = [];
  let [x, y, tall, width] = [0, LAYER, 0, cell];
  for (const child of [...children].sort((a, b) => size.get(a).height - size.get(b).height)) {
    const box = size.get(child);
    if (x > 0 && x + box.width > most + 1) [x, y, tall] = [0, y + tall, 0];
    inside.push([child, x, y]);
    x += box.width;
    tall = Math.max(tall, box.height);
    width = Math.max(width, x);
  }
  return { width, height: y + tall, inside };
}

function folded(positions) {
  const every = [...positions.values()];
  const least = (key) => every.reduce((sum, at) => Math.min(sum, at[key]), Infinity);
  const most = (key) => every.reduce((sum, at) => Math.max(sum, at[key]), -Infinity);
  const [left, top, width, height] = [least("x"), least("y"), most("x") - least("x") + WIDTH + 2 * GAP, most("y") - least("y") + LAYER];
  const columns = Math.max(1, Math.round(Math.sqrt((height * SHAPE) / width)));
  const tall = Math.ceil(height / columns / LAYER) * LAYER;
  for (const at of every) {
    const column = Math.floor((at.y - top) / tall);
    at.x += column * width - left;
    at.y -= top + column * tall;
  }
  return positions;
}
