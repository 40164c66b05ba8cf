// Texts of the server name rows of the data ("持股表第19行", "holdings row 19"). Here these become buttons that show the row.

import { el } from "./dom.js";
import { dataset, tableOf } from "./dataset.js";
import { showRows } from "./sources.js";

const CHINESE = /([\u4e00-\u9fff]{2,12})表第(\d+)行/g;
const ENGLISH = /\b([a-z_]+) row (\d+)\b/g;
const NAMES = new Map();

/** Teaches the names of the tables, so that texts can be read. */
export function learn(tables) {
  for (const table of tables) {
    NAMES.set(table.zh, table.table);
    NAMES.set(table.table, table.table);
    NAMES.set(table.table.replaceAll("_", " "), table.table);
  }
}

/** A text with its rows as buttons. */
export function linked(text) {
  const parts = [];
  let done = 0;
  for (const { at, length, table, row } of places(text)) {
    parts.push(text.slice(done, at), rowButton(text.slice(at, at + length), [{ table, row }]));
    done = at + length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

/** A button that shows rows of the data. */
export function rowButton(text, rows) {
  return el("button", { type: "button", class: "source", on: { click: (event) => showRows(rows, event.currentTarget) } }, text);
}

/** The name of a row, as the texts have it. */
export function rowName({ table, row }) {
  const zh = tableOf(table)?.zh;
  return document.documentElement.lang.startsWith("zh") && zh ? `${zh}表第${row}行` : `${table.replaceAll("_", " ")} row ${row}`;
}

function places(text) {
  if (!dataset()) return [];
  const found = [];
  for (const pattern of [CHINESE, ENGLISH]) {
    for (const match of text.matchAll(pattern)) {
      // The letters before "表" may belong to the sentence: the longest ending that names a table counts.
      for (let cut = 0; cut < match[1].length; cut += 1) {
        const table = NAMES.get(match[1].slice(cut));
        if (!table) continue;
        found.push({ at: match.index + cut, length: match[0].length - cut, table, row: Number(match[2]) });
        break;
      }
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
