// The proof as text: numbered steps, set in by what they rest on, rows as buttons, "see 7" as a jump to step 7.

import { el, fresh } from "./dom.js";
import { linked } from "./linked.js";

// A chain of hundreds of links would leave the page to the right.
const DEEPEST = 8;
const SEE = /(见上文第(\d+)项|See (\d+))/;

/** The text of a proof as an element. Its first three lines, company, rules and verdict, stand in the head already. */
export function proofText(text) {
  const lines = text.split("\n").filter((line) => line.trim()).slice(3);
  const prefix = fresh("step");
  return el("div", { class: "proof-text" }, lines.map((line) => {
    const depth = Math.min(DEEPEST, (line.length - line.trimStart().length) / 2);
    const said = line.trim();
    const numbered = /^(\d+)\. /.exec(said);
    const kind = said.startsWith("·") ? "fact" : numbered ? "step" : depth === 0 ? "ground" : "see";
    return el(kind === "ground" ? "h3" : "p", { class: kind, vars: { "--depth": String(depth) }, id: numbered ? `${prefix}-${numbered[1]}` : null, tabindex: numbered ? "-1" : null }, seen(said, prefix));
  }));
}

function seen(said, prefix) {
  const match = SEE.exec(said);
  if (!match) return linked(said);
  const target = `${prefix}-${match[2] ?? match[3]}`;
  const jump = () => document.getElementById(target)?.focus();
  return [linked(said.slice(0, match.index)), el("button", { type: "button", class: "source", on: { click: jump } }, match[0]), linked(said.slice(match.index + match[0].length))];
}
