// The panel with rows of the data, cell by cell, and where each row comes from.

import { get } from "./api.js";
import { button, el, fill } from "./dom.js";
import { rowName } from "./linked.js";
import { link } from "./links.js";
import { alarm } from "./notes.js";
import { pick, t } from "./words.js";

const body = el("div", { class: "sources-rows" });
const title = el("h2", { id: "sources-title", tabindex: "-1" });
const panel = el("aside", { class: "sources", "aria-labelledby": "sources-title", hidden: true });
let opener = null;

/** Shows these rows; the focus goes into the panel and comes back to `from` when it is closed. */
export async function showRows(rows, from = null) {
  opener = from ?? document.activeElement;
  if (!panel.isConnected) document.body.append(panel);
  fill(panel, el("div", { class: "sources-head" }, title, button("×", hideRows, { class: "plain close", "aria-label": t("close") })), body);
  title.textContent = t("sources.title", rows.length);
  fill(body, el("p", { class: "muted" }, t("loading")));
  panel.hidden = false;
  document.body.classList.add("with-sources");
  title.focus({ preventScroll: true });
  try {
    const answer = await get("rows", { row: rows.map((row) => `${row.table}:${row.row}`) });
    fill(body, answer.rows.map(card));
  } catch (error) {
    fill(body, alarm(error));
  }
}

/** Closes the panel. */
export function hideRows() {
  panel.hidden = true;
  document.body.classList.remove("with-sources");
  if (opener?.isConnected) opener.focus();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && !event.defaultPrevented) hideRows();
});

function card(row) {
  const source = row.cells.find((cell) => cell.column === "source");
  const cells = row.cells.filter((cell) => cell !== source);
  return el("section", { class: "row-card" },
    el("h3", {}, rowName(row)),
    el("dl", {}, cells.map((cell) => [
      el("dt", {}, pick(cell.zh, cell.column.replaceAll("_", " "))),
      el("dd", {}, cell.party ? [link(cell.value, cell.party), " ", el("span", { class: "id" }, cell.value)] : cell.value),
    ])),
    el("p", { class: "origin" }, el("strong", {}, pick("来源：", "Source: ")), source ? source.value : t("sources.none")));
}
