// What the lines and outlines of the chart stand for, drawn as they are drawn.

import { FILLS, LINES, SHAPES } from "./chart_style.js";
import { arrowHead, outline } from "./drawing.js";
import { el, svg } from "./dom.js";
import { t } from "./words.js";

/** The legend. */
export function legend() {
  return el("div", { class: "legend", role: "group", "aria-label": t("legend.title") },
    el("ul", {}, Object.entries(LINES).map(([kind, line]) => el("li", {}, sample(line), t(`tie.${kind}`)))),
    el("ul", {}, Object.keys(SHAPES).map((kind) => el("li", {}, shape(kind), t(`kind.${kind}`)))));
}

function sample({ color, width, dash, arrow, start, double }) {
  const line = (props) => svg("line", { x1: 2, y1: 8, x2: arrow ? 36 : 46, y2: 8, ...props });
  return svg("svg", { width: 48, height: 16, "aria-hidden": "true", focusable: "false" },
    double ? [line({ stroke: color, "stroke-width": width + 3 }), line({ stroke: "#fff", "stroke-width": width })]
      : line({ stroke: color, "stroke-width": width, "stroke-dasharray": dash?.join(" ") ?? null }),
    start && svg("circle", { cx: 6, cy: 8, r: 4, fill: "#fff", stroke: color, "stroke-width": 1.5 }),
    arrow && arrowHead(arrow, color, { x: 46, y: 8 }, 0));
}

function shape(kind) {
  return svg("svg", { width: 34, height: 16, "aria-hidden": "true", focusable: "false" }, outline(kind, { x: 17, y: 8, width: 30, height: 13 }, FILLS.related));
}
