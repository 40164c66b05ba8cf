// One control for one cell of a table, by what the cell holds.

import { get } from "./api.js";
import { codeName, columnName } from "./dataset.js";
import { el, field } from "./dom.js";
import { boxed, partyBox } from "./party_box.js";
import { t } from "./words.js";

/** A labelled control for a column; `value` reads it as the dataset writes it. */
export function cell(column, preset = "") {
  const name = columnName(column) + (column.required ? ` ${t("required")}` : "");
  const common = { required: column.required, name: column.column };
  if (column.kind === "party") {
    const box = partyBox({ required: column.required });
    box.input.name = column.column;
    if (preset) named(box, preset);
    return { element: boxed(name, box), column, value: box.value };
  }
  const input = control(column, common, preset);
  return { element: field(name, input, hint(column.kind)), column, value: () => input.value.trim() };
}

// The address has the id; a reader is shown the name.
async function named(box, party) {
  box.set({ party, name: party });
  const { parties } = await get("parties", { q: party, limit: 1 }).catch(() => ({ parties: [] }));
  if (parties[0]?.party === party && box.value() === party) box.set(parties[0]);
}

function control(column, common, preset) {
  const codes = column.kind === "yesno" || column.kind === "yes_no" ? [{ code: "yes", zh: t("yes") }, { code: "no", zh: t("no") }] : column.codes;
  if (codes?.length > 0) {
    return el("select", common, el("option", { value: "" }, column.required ? t("choose") : ""), codes.map((code) =>
      el("option", { value: code.code, selected: code.code === preset }, codeName(code) + (/^\d/.test(code.code) ? `（${code.code}）` : ""))));
  }
  const kinds = { day: { type: "date" }, money: { inputmode: "decimal" }, balance: { inputmode: "decimal" }, share: { inputmode: "decimal" }, shares: { inputmode: "numeric" }, year: { inputmode: "numeric" } };
  return el("input", { type: "text", autocomplete: "off", ...common, ...kinds[column.kind], value: preset });
}

function hint(kind) {
  return { bound: t("hint.bound"), share: t("hint.share"), money: t("hint.money"), currency: t("hint.currency") }[kind] ?? null;
}
