// A page of the server (title, headings, texts, lists, tables) as elements; whatever rows it names can be looked at.

import { el, fresh } from "./dom.js";
import { linked } from "./linked.js";

/** The blocks of a page; the title becomes a heading of the level `top`. */
export function blocks(page, top = 2) {
  let heading = "";
  return page.blocks.map((block) => {
    if (block.kind === "title" || block.kind === "heading" || block.kind === "subheading") heading = block.text;
    switch (block.kind) {
      case "title": return el(`h${top}`, {}, block.text);
      case "heading": return el(`h${top + 1}`, {}, linked(block.text));
      case "subheading": return el(`h${top + 2}`, {}, linked(block.text));
      case "list": return el("ul", { class: "points" }, block.points.map((point) => el("li", {}, linked(point))));
      case "checklist": return el("ul", { class: "checks" }, block.points.map((point) =>
        el("li", { class: point.done ? "done" : "open" }, el("span", { "aria-hidden": "true" }, point.done ? "☑ " : "☐ "), linked(point.text))));
      case "table": return grid(block, heading);
      default: return el("p", {}, linked(block.text ?? ""));
    }
  });
}

/** A table that can be scrolled by keyboard where it is wider than the window. */
export function grid({ columns, rows }, caption) {
  const numeric = columns.map((_, at) => rows.some((row) => row[at]) && rows.every((row) => !row[at] || /^-?[\d,]+(\.\d+)?$/.test(row[at])));
  const id = fresh("table");
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": id },
    el("table", { class: "grid" }, el("caption", { id, class: "unseen" }, caption || columns.join("、")),
      el("thead", {}, el("tr", {}, columns.map((column, at) => el("th", { scope: "col", class: numeric[at] ? "number" : null }, column)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, at) => el("td", { class: numeric[at] ? "number" : code(cell) ? "code" : null }, linked(cell))))))));
}

/** A code or a day is one word, and must not be broken. */
function code(text) {
  return /^[\x21-\x7e]{1,18}$/.test(text);
}
