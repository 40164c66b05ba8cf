// What would change if a row were added or ended: a list of changes, and the answer to them. Nothing is written to the data.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { cell } from "./cells.js";
import { columnName, readTables, tableName, tableOf } from "./dataset.js";
import { button, el, field, fill } from "./dom.js";
import { rowName } from "./linked.js";
import { alarm, say, waiting } from "./notes.js";
import { pick, t } from "./words.js";

// Tables whose rows make parties related; the books of dealings have their own form.
const TABLES = ["holdings", "positions", "controls", "proxies", "concert", "kinships", "designations"];

/** The view that tries changes out. */
export function whatIfView() {
  const what = el("select", {}, el("option", { value: "add" }, t("whatif.add")), el("option", { value: "end" }, t("whatif.end")), el("option", { value: "set" }, t("whatif.set")));
  const table = el("select", {});
  const body = el("div", { class: "fields" });
  const list = el("ol", { class: "changes-list" });
  const result = el("section", { class: "card result", "aria-label": t("whatif.result"), hidden: true, tabindex: "-1" });
  const form = el("form", { class: "card", on: { submit: (event) => { event.preventDefault(); take(); } } },
    el("div", { class: "fields" }, field(t("whatif.what"), what), field(t("whatif.table"), table)), body,
    el("div", { class: "row" }, el("button", { class: "button" }, t("whatif.take"))));
  const run = button(t("whatif.go"), () => answer(), { class: "primary", disabled: true });
  const element = el("div", { class: "view" }, el("h1", {}, t("view.whatif")), el("p", { class: "muted lead" }, t("whatif.lead")), form,
    el("section", { class: "card", "aria-label": t("whatif.list") }, el("h2", {}, t("whatif.list")), list, el("div", { class: "row" }, run)), result);
  let cells = [];
  const changes = [];

  what.addEventListener("change", shape);
  table.addEventListener("change", shape);

  function shape() {
    const { columns } = tableOf(table.value);
    const row = { column: "row", zh: t("whatif.row"), required: true, kind: "year" };
    const shapes = {
      add: () => columns,
      end: () => [row, { column: "day", zh: t("whatif.day"), required: true, kind: "day" }],
      set: () => [row, ...columns.map((column) => ({ ...column, required: false }))],
    };
    cells = shapes[what.value]().map((column) => cell(column));
    fill(body, cells.map((each) => each.element));
  }

  function take() {
    const values = Object.fromEntries(cells.map((each) => [each.column.column, each.value()]).filter(([, value]) => value !== ""));
    const { row, ...others } = values;
    changes.push({ add: { add: table.value, cells: values }, end: { end: table.value, row: Number(row), day: values.day }, set: { set: table.value, row: Number(row), cells: others } }[what.value]);
    shape();
    show();
    say(t("whatif.taken", changes.length));
  }

  function show() {
    run.disabled = changes.length === 0;
    fill(list, changes.length === 0 ? el("li", { class: "muted" }, t("whatif.empty")) : changes.map((change, at) => el("li", {}, told(change), " ",
      button(t("whatif.drop"), () => { changes.splice(at, 1); show(); }, { class: "chip-button" }))));
  }

  async function answer() {
    if (changes.length === 0) return;
    result.hidden = false;
    fill(result, waiting());
    try {
      fill(result, blocks(await post("whatif", JSON.stringify({ changes }), "application/json", { format: "page" }), 2));
      say(t("whatif.done"));
      result.focus({ preventScroll: true });
    } catch (error) {
      fill(result, alarm(error));
    }
  }

  return {
    element,
    async update() {
      if (cells.length === 0) {
        const tables = await readTables();
        fill(table, TABLES.map((name) => tables.find((each) => each.table === name)).filter(Boolean).map((each) => el("option", { value: each.table }, tableName(each))));
        shape();
        show();
      } else if (!result.hidden) await answer();
    },
  };
}

function told(change) {
  if (change.end) return t("whatif.ends", rowName({ table: change.end, row: change.row }), change.day);
  const table = tableOf(change.add ?? change.set);
  const name = (key) => columnName(table.columns.find((column) => column.column === key) ?? { column: key, zh: key });
  const cells = Object.entries(change.cells).map(([key, value]) => `${name(key)} ${value}`).join(pick("，", ", "));
  return change.add ? t("whatif.adds", tableName(table), cells) : t("whatif.sets", rowName({ table: change.set, row: change.row }), cells);
}
