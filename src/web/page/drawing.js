// The chart as an SVG file, as it stands on the screen: every party and line that is shown, at its place.

import { FILLS, FONT, LINES } from "./chart_style.js";
import { svg } from "./dom.js";

const MARGIN = 32;

/** The bytes of the drawing. */
export function drawing(cy, title) {
  const box = cy.elements().boundingBox();
  const [left, top] = [box.x1 - MARGIN, box.y1 - MARGIN];
  const [width, height] = [box.w + 2 * MARGIN, box.h + 2 * MARGIN];
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": FONT },
    svg("title", {}, title), svg("rect", { x: left, y: top, width, height, fill: "#ffffff" }),
    cy.edges().map(tie), cy.nodes().map(party));
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

/** The head of an arrow that points along `angle` and ends in `tip`. */
export function arrowHead(kind, color, tip, angle) {
  const turn = `translate(${tip.x} ${tip.y}) rotate(${(angle * 180) / Math.PI})`;
  const line = { stroke: color, "stroke-width": 1.5, transform: turn };
  switch (kind) {
    case "vee": return svg("path", { d: "M-10 -5 L0 0 L-10 5", fill: "none", ...line });
    case "diamond": return svg("path", { d: "M-12 0 L-6 -5 L0 0 L-6 5 Z", fill: color, ...line });
    case "hollow": return svg("path", { d: "M-10 -5 L0 0 L-10 5 Z", fill: "#ffffff", ...line });
    default: return svg("path", { d: "M-10 -5 L0 0 L-10 5 Z", fill: color, ...line });
  }
}

/** The outline of a kind of party around a middle. */
export function outline(kind, { x, y, width, height }, { fill, line, width: stroke }) {
  const [l, r, t, b] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const cut = Math.min(10, height / 4);
  const paint = { fill, stroke: line, "stroke-width": stroke };
  const shape = (points) => svg("polygon", { points: points.map((point) => point.join(",")).join(" "), ...paint });
  switch (kind) {
    case "person": return svg("rect", { x: l, y: t, width, height, rx: height / 2, ...paint });
    case "state_body": return shape([[l + width / 8, t], [r - width / 8, t], [r, y], [r - width / 8, b], [l + width / 8, b], [l, y]]);
    case "partnership": return shape([[l + cut, t], [r - cut, t], [r, t + cut], [r, b - cut], [r - cut, b], [l + cut, b], [l, b - cut], [l, t + cut]]);
    case "organisation": return svg("rect", { x: l, y: t, width, height, rx: cut, ...paint });
    default: return svg("rect", { x: l, y: t, width, height, ...paint });
  }
}

function party(node) {
  const at = node.position();
  const look = FILLS[["subject", "related", "other"].find((each) => node.hasClass(each))] ?? FILLS.other;
  const size = { ...at, width: node.width(), height: node.height() };
  const lines = node.data("label").split("\n");
  const text = lines.map((line, number) => svg("tspan", { x: at.x, y: at.y + 15 * (number - (lines.length - 1) / 2) + 4 }, line));
  return svg("g", {}, outline(node.data("kind"), size, look), svg("text", { "text-anchor": "middle", "font-size": 12, fill: look.text }, text));
}

function tie(edge) {
  const { color, width, dash, arrow, start, double } = LINES[edge.data("kind")] ?? LINES.holding;
  const [from, to, middle] = [edge.sourceEndpoint(), edge.targetEndpoint(), edge.midpoint()];
  const bends = edge.segmentPoints();
  const bend = edge.controlPoints()?.[0];
  const path = bends ? `M${[from, ...bends, to].map(({ x, y }) => `${x} ${y}`).join(" L")}`
    : bend ? `M${from.x} ${from.y} Q${bend.x} ${bend.y} ${to.x} ${to.y}` : `M${from.x} ${from.y} L${to.x} ${to.y}`;
  const before = bends?.at(-1) ?? bend ?? from;
  const stroke = (props) => svg("path", { d: path, fill: "none", ...props });
  const label = edge.data("label");
  return svg("g", {},
    double ? [stroke({ stroke: color, "stroke-width": width + 3 }), stroke({ stroke: "#ffffff", "stroke-width": width })]
      : stroke({ stroke: color, "stroke-width": width, "stroke-dasharray": dash?.join(" ") ?? null }),
    arrow && arrowHead(arrow, color, to, Math.atan2(to.y - before.y, to.x - before.x)),
    start && svg("circle", { cx: from.x, cy: from.y, r: 4, fill: "#ffffff", stroke: color, "stroke-width": 1.5 }),
    label && svg("text", { x: middle.x, y: middle.y + 4, "text-anchor": "middle", "font-size": 11, fill: "#1d2939", stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke" }, label));
}
