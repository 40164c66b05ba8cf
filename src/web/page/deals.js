// May this deal be signed? The form of a transaction that is not in the books, and what it would set off: the duties, the
// sums, the room left under each threshold, and who must stand aside.

import { addressOf as addressOfAnswer, get, isGivenUp } from "./api.js";
import { blocks } from "./blocks.js";
import { cell } from "./cells.js";
import { readTables } from "./dataset.js";
import { downloads } from "./downloads.js";
import { el, fill } from "./dom.js";
import { alarm, say, waiting } from "./notes.js";
import { go, state } from "./state.js";
import { t } from "./words.js";

const FIRST = ["counterparty", "kind", "amount", "date", "pricing"];
const NEVER = ["id", "source"];

/** The view of the deal check. */
export function dealView() {
  const first = el("div", { class: "fields" });
  const rest = el("div", { class: "fields" });
  const result = el("section", { class: "card result", "aria-label": t("deal.result"), "aria-live": "polite", tabindex: "-1", hidden: true });
  const form = el("form", { class: "card", on: { submit: (event) => { event.preventDefault(); submit(); } } },
    first, el("details", {}, el("summary", {}, t("deal.more")), rest), el("div", { class: "row" }, el("button", { class: "primary" }, t("deal.check"))));
  const element = el("div", { class: "view" }, el("h1", {}, t("view.deal")), el("p", { class: "muted lead" }, t("deal.lead")), form, result);
  let cells = [];
  let asked = null;
  let answered = null;

  async function build(now) {
    const columns = (await readTables()).find((table) => table.table === "transactions").columns.filter((column) => !NEVER.includes(column.column));
    const given = new URLSearchParams(now.deal ?? "");
    const preset = (column) => given.get(column) ?? (column === "counterparty" ? now.counterparty : column === "date" ? now.as_of : "") ?? "";
    const wanted = (column) => ({ ...column, required: column.required || column.column === "amount" });
    cells = [...FIRST.map((name) => columns.find((column) => column.column === name)).filter(Boolean).map(wanted), ...columns.filter((column) => !FIRST.includes(column.column))]
      .map((column) => cell(column, preset(column.column)));
    fill(first, cells.slice(0, FIRST.length).map((each) => each.element));
    fill(rest, cells.slice(FIRST.length).map((each) => each.element));
  }

  function submit() {
    const filled = cells.map((each) => [each.column.column, each.value()]).filter(([, value]) => value !== "");
    const deal = new URLSearchParams(filled).toString();
    if (state().deal === deal) assess(state());
    else go({ deal });
  }

  async function assess(now) {
    if (!now.deal) {
      result.hidden = true;
      return;
    }
    asked?.abort();
    const { signal } = (asked = new AbortController());
    result.hidden = false;
    fill(result, waiting());
    // The server reads column=value pairs with commas between them; amounts are often written with commas in the thousands.
    const propose = [...new URLSearchParams(now.deal)].map(([column, value]) => `${column}=${value.replaceAll(/[,，]/g, /amount|book_value/.test(column) ? "" : "，")}`).join(",");
    try {
      const page = await get("assess", { propose, as_of: null, format: "page" }, { signal });
      if (signal.aborted) return;
      fill(result, el("div", { class: "view-head" }, el("h2", {}, t("deal.result")), downloads((format) => addressOfAnswer("assess", { propose, as_of: null, format }))),
        summary(page), blocks(page, 2).slice(1));
      say(t("deal.done"));
      result.focus({ preventScroll: true });
      result.scrollIntoView({ block: "start" });
    } catch (error) {
      if (!isGivenUp(error)) fill(result, alarm(error));
    }
  }

  return {
    element,
    async update(now) {
      const question = JSON.stringify([now.deal, now.switch, now.counterparty]);
      if (question === answered) return;
      answered = question;
      if (cells.length === 0 || now.deal === undefined) await build(now);
      await assess(now);
    },
  };
}

/** The line of the first table as facts side by side: it is the answer in short. */
function summary(page) {
  const table = page.blocks.find((block) => block.kind === "table");
  if (!table) return null;
  return el("dl", { class: "sums" }, table.columns.map((column, at) => [column, table.rows[0]?.[at]]).filter(([, value], at) => value && at > 0)
    .map(([column, value]) => el("div", {}, el("dt", {}, column), el("dd", {}, value))));
}
