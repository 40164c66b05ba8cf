// How parties and ties look. Kinds of tie differ by line, arrow and label, kinds of party by shape; colour only helps.

import { HEIGHT, WIDTH } from "./layout.js";
import { t } from "./words.js";

// The width of a line of a label, in Latin letters.
const MOST = 24;

/** The fonts of the drawing, those of the page. */
export const FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif';

/** The lines of each kind of tie; the legend and the drawing as SVG read the same. */
export const LINES = {
  holding: { color: "#475467", width: 1.5, dash: null, arrow: "triangle", start: null, double: false },
  control: { color: "#123a66", width: 4, dash: null, arrow: "triangle", start: null, double: false },
  proxy: { color: "#0b6b63", width: 1.75, dash: [10, 4, 2, 4], arrow: "hollow", start: "circle", double: false },
  concert: { color: "#6b3fa0", width: 2, dash: null, arrow: null, start: null, double: true },
  post: { color: "#8a4b08", width: 1.5, dash: [7, 5], arrow: "vee", start: null, double: false },
  family: { color: "#9b1c4a", width: 2, dash: [2, 4], arrow: null, start: null, double: false },
  designation: { color: "#344054", width: 1.5, dash: [12, 4], arrow: "diamond", start: null, double: false },
};

/** The outline of each kind of party. */
export const SHAPES = { company: "rectangle", person: "round-rectangle", partnership: "cut-rectangle", state_body: "hexagon", organisation: "barrel" };

/** The fills and borders of parties. */
export const FILLS = {
  subject: { fill: "#123a66", line: "#123a66", text: "#ffffff", width: 2 },
  related: { fill: "#eef4fb", line: "#2c5d94", text: "#101828", width: 1.75 },
  other: { fill: "#ffffff", line: "#98a2b3", text: "#344054", width: 1 },
};

/** The lines of a party's label: its name in at most two lines, then its grounds, then how many are folded behind it. */
export function nodeLabel(party, behind) {
  const lines = broken(party.name);
  const more = behind > 0 ? `＋${behind}` : "";
  const under = [[...party.grounds, ...(party.exempt ? [t("part.exempt")] : [])].join(" · "), more].filter(Boolean).join("　");
  return [...lines, ...(under ? [under] : [])].join("\n");
}

/** The style sheet of the drawing. */
export function look() {
  return [
    { selector: "node", style: { width: WIDTH, height: HEIGHT, label: "data(label)", "font-family": FONT, "font-size": 12, "line-height": 1.25, "text-wrap": "wrap", "text-max-width": WIDTH, "text-valign": "center", "text-halign": "center", "min-zoomed-font-size": 6 } },
    ...Object.entries(SHAPES).map(([kind, shape]) => ({ selector: `node[kind="${kind}"]`, style: { shape, ...(kind === "person" && { "corner-radius": HEIGHT / 2 }) } })),
    ...Object.entries(FILLS).map(([kind, { fill, line, text, width }]) => ({ selector: `node.${kind}`, style: { "background-color": fill, "border-color": line, "border-width": width, color: text } })),
    { selector: "node.subject", style: { "font-weight": "bold", "outline-width": 2, "outline-color": "#123a66", "outline-offset": 3 } },
    // Seen from afar there is no text, so the fill has to carry.
    { selector: "node.related.far", style: { "background-color": "#a9c6e8" } },
    { selector: "node.shut", style: { "border-style": "double", "border-width": 5 } },
    { selector: "edge", style: { "curve-style": "bezier", "font-family": FONT, "font-size": 11, label: "data(label)", color: "#1d2939", "text-background-color": "#ffffff", "text-background-opacity": 0.92, "text-background-padding": 2, "arrow-scale": 1.1, "min-zoomed-font-size": 6 } },
    { selector: "edge[weights]", style: { "curve-style": "round-segments", "edge-distances": "node-position", "segment-weights": "data(weights)", "segment-distances": "data(distances)", "segment-radii": [24] } },
    ...Object.entries(LINES).map(([kind, line]) => ({ selector: `edge[kind="${kind}"]`, style: edgeStyle(line) })),
    { selector: "edge.far", style: { width: 4 } },
    { selector: ":selected", style: { "overlay-color": "#d97706", "overlay-opacity": 0.22, "overlay-padding": 5 } },
  ];
}

function edgeStyle({ color, width, dash, arrow, start, double }) {
  return {
    "line-color": double ? "#ffffff" : color, width, "line-style": dash ? "dashed" : "solid", ...(dash && { "line-dash-pattern": dash }),
    ...(double && { "line-outline-width": 1.5, "line-outline-color": color }),
    "target-arrow-shape": arrow === "hollow" ? "triangle" : (arrow ?? "none"), "target-arrow-fill": arrow === "hollow" ? "hollow" : "filled", "target-arrow-color": color,
    "source-arrow-shape": start ?? "none", "source-arrow-fill": "hollow", "source-arrow-color": color,
  };
}

// Chinese has no spaces to break at; a letter of it is about as wide as two Latin ones. A name too long for one line is
// broken before its brackets if that fits, else in the middle.
function broken(name) {
  const letters = [...name];
  const width = (part) => part.reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 2 : 1.1), 0);
  const text = (part) => (width(part) <= MOST ? part.join("") : `${fitting(part, width)}…`);
  if (width(letters) <= MOST) return [name];
  const bracket = letters.findIndex((letter) => letter === "（" || letter === "(");
  const half = letters.findIndex((_, at) => width(letters.slice(0, at + 1)) * 2 >= width(letters)) + 1;
  const cut = bracket > 0 && width(letters.slice(0, bracket)) <= MOST && width(letters.slice(bracket)) <= MOST ? bracket : half;
  return [text(letters.slice(0, cut)), text(letters.slice(cut))];
}

function fitting(part, width) {
  let end = part.length;
  while (end > 0 && width(part.slice(0, end)) > MOST - 2) end -= 1;
  return part.slice(0, end).join("");
}
