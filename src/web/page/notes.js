// Short words to the reader: what failed, what is being waited for, what was just done.

import { el, fill } from "./dom.js";
import { link } from "./links.js";
import { pick, t } from "./words.js";

const live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });

/** A box that says what the server refused, with the parties it may have meant or what is wrong with each row. */
export function alarm(error) {
  const { candidates = [], findings = [] } = error;
  return el("div", { class: "alarm", role: "alert" }, el("p", {}, error.message || String(error)),
    findings.length > 0 && el("ul", {}, findings.map(finding)),
    candidates.length > 0 && el("ul", {}, candidates.map((each) => el("li", {}, link(each.party, each.name ?? each.party), " ", el("span", { class: "id" }, each.party)))));
}

/** Words while an answer is awaited. */
export const waiting = () => el("p", { class: "waiting muted" }, t("loading"));

/** Says something to screen readers without taking the focus. */
export function say(text) {
  if (!live.isConnected) document.body.append(live);
  fill(live, text);
}

/** One finding: where, what was found, what is wrong, what was expected, what to do. */
function finding({ table, row, column, value, message, expected, remedy }) {
  const place = [table, row && t("row", row), column].filter(Boolean).join(" · ");
  const said = [message, expected, remedy].filter(Boolean).map((text) => (typeof text === "string" ? text : pick(text.zh, text.en)));
  return el("li", {}, place && `${place}${value ? ` “${value}”` : ""}${pick("：", ": ")}`, said.join(pick("；", "; ")));
}
