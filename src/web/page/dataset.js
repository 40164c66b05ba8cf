// The dataset the server has open: its company, rules, readings and tables. Read once, and again when the window comes back.

import { forget, get } from "./api.js";
import { pick } from "./words.js";

let known = null;
let tables = null;

/** Reads what the server has open; whether it is other than before. */
export async function readDataset() {
  const before = known?.digest;
  known = await get("dataset", {}, { fresh: true });
  const other = before !== undefined && before !== known.digest;
  if (other) {
    forget();
    tables = null;
  }
  return other;
}

/** The dataset as last read. */
export const dataset = () => known;

/** The tables with their columns and codes. */
export async function readTables() {
  tables ??= (await get("tables")).tables;
  return tables;
}

/** The table of this name, if the tables were read. */
export const tableOf = (name) => tables?.find((table) => table.table === name);

/** The title of a ground in the language of the page, if the server tells it. */
export function groundTitle(number) {
  const ground = known?.grounds?.find((each) => each.ground === number);
  return ground ? pick(ground.zh, ground.en) : "";
}

/** What a code stands for: its Chinese name, or the code in words. */
export const codeName = (code) => pick(code.zh, code.code.replaceAll("_", " "));

/** The name of a column in the language of the page. */
export const columnName = (column) => pick(column.zh, column.column.replaceAll("_", " "));

/** The name of a table in the language of the page. */
export const tableName = (table) => pick(table.zh, table.table.replaceAll("_", " "));
