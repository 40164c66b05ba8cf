// The table of the register: sorted by its headings, filtered by text, ground and footing, one body per party.

import { groundTitle } from "./dataset.js";
import { el, field, fill, settled } from "./dom.js";
import { footing } from "./entries.js";
import { rowButton, rowName } from "./linked.js";
import { link } from "./links.js";
import { go, state } from "./state.js";
import { t } from "./words.js";

const COLUMNS = ["name", "category", "ground", "reason", "basis"];
const SORTED = ["name", "category", "ground", "basis"];
// Bodies drawn at once; more follow as the reader scrolls, and the count says so.
const PORTION = 150;
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** The table; `show` takes rows and the state, `reasons` fills in why. */
export function registerTable() {
  const text = el("input", { type: "search", autocomplete: "off" });
  const ground = el("select", {});
  const basis = el("select", {});
  const count = el("p", { class: "muted shown", role: "status" });
  const table = el("table", { class: "register" });
  const more = el("div", { class: "more" });
  const element = el("div", {},
    el("div", { class: "filters", role: "search", "aria-label": t("filter.title") }, field(t("filter.text"), text), field(t("filter.ground"), ground), field(t("filter.basis"), basis), count),
    table, more);
  let rows = [];
  let found = [];
  let drawn = 0;
  let why = new Map();

  text.addEventListener("input", settled(150, () => go({ q: text.value }, { replace: true })));
  ground.addEventListener("change", () => go({ ground: ground.value }, { replace: true }));
  basis.addEventListener("change", () => go({ basis: basis.value }, { replace: true }));
  new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && portion()).observe(more);

  function show(entries, now) {
    rows = entries;
    if (document.activeElement !== text) text.value = now.q ?? "";
    choices(ground, [...new Set(rows.flatMap((row) => row.grounds.map((each) => each.ground)))].sort(collator.compare), now.ground, (each) => `${each} ${groundTitle(each)}`);
    choices(basis, ["current", "looked_back", "arranged"], now.basis, (each) => t(`basis.${each}.short`));
    found = sorted(rows.filter((row) => fits(row, now)), now.sort);
    drawn = 0;
    fill(table, el("caption", { class: "unseen" }, t("view.register")), heads(now.sort));
    portion();
  }

  function portion() {
    const next = found.slice(drawn, drawn + PORTION);
    table.append(...next.map((row) => body(row, why)));
    drawn += next.length;
    count.textContent = found.length === rows.length && drawn === found.length ? t("filter.all", found.length) : t("filter.some", drawn, found.length, rows.length);
    fill(more, drawn < found.length && el("p", { class: "muted" }, t("filter.more", found.length - drawn)));
  }

  // On paper nobody can scroll on.
  addEventListener("beforeprint", () => {
    while (element.isConnected && drawn < found.length) portion();
  });

  function reasons(told) {
    why = told;
    for (const cell of table.querySelectorAll("[data-why]")) cell.textContent = why.get(cell.dataset.why) ?? cell.textContent;
  }

  return { element, show, reasons };
}

function heads(sort = "") {
  const [by, down] = [sort.replace(/^-/, ""), sort.startsWith("-")];
  return el("thead", {}, el("tr", {}, COLUMNS.map((column) => {
    if (!SORTED.includes(column)) return el("th", { scope: "col" }, t(`column.${column}`));
    const order = by === column ? (down ? "descending" : "ascending") : "none";
    const next = by !== column ? column : down ? null : `-${column}`;
    const press = () => go({ sort: next }, { replace: true });
    return el("th", { scope: "col", "aria-sort": order }, el("button", { type: "button", class: "sort", data: { sort: column }, on: { click: press } }, t(`column.${column}`),
      el("span", { "aria-hidden": "true" }, order === "none" ? "↕" : down ? "↓" : "↑")));
  })));
}

function body(row, why) {
  const lines = row.grounds.length > 0 ? row.grounds : [{ ground: "" }];
  return el("tbody", { class: `${row.status} ${row.change ?? ""}`, data: { party: row.party } }, lines.map((line, at) => el("tr", {},
    at === 0 && el("th", { scope: "rowgroup", rowspan: lines.length, class: "who" }, link(row.party, row.name), " ", el("span", { class: "id" }, row.party), tags(row)),
    at === 0 && el("td", { rowspan: lines.length, class: "category" }, row.category ? t(`category.${row.category}`) : "", row.kind && row.kind !== "person" && row.kind !== "company" ? el("span", { class: "muted" }, ` ${t(`kind.${row.kind}`)}`) : ""),
    el("td", { class: "ground" }, line.ground && el("span", { class: "chip", title: groundTitle(line.ground) }, line.ground)),
    reason(row, line, why),
    el("td", { class: "footing" }, line.basis && el("span", { class: `basis ${line.basis}` }, footing(line))))));
}

function reason(row, line, why) {
  if (row.status === "undetermined") {
    return el("td", { class: "why" }, t("register.depends"), row.missing.map((cell, at) => [at > 0 && "、", rowButton(`${rowName(cell)} ${cell.column}`, [cell])]));
  }
  const key = `${row.party} ${line.ground}`;
  const told = row.status === "contested" ? t("register.not_related") : why.get(key) ?? groundTitle(line.ground);
  return el("td", { class: "why", data: row.status === "contested" ? {} : { why: key } }, told);
}

function tags(row) {
  return el("span", { class: "tags" },
    row.change && el("span", { class: `tag ${row.change}` }, t(`change.${row.change}`)),
    row.status !== "related" && row.status !== "gone" && row.status !== "contested" && el("span", { class: `tag verdict-${row.status}` }, t(`part.${row.status}`)),
    row.contested.map((name) => el("span", { class: "tag contested", title: t("contested.by", t(`switch.${name}`)) }, t("contested.short", t(`switch.${name}`)))));
}

function fits(row, { q = "", part, ground, basis }) {
  const query = q.trim().toLowerCase();
  const inPart = !part || (part === "contested" ? row.contested.length > 0 : part === "organisation" || part === "person" ? row.category === part : row.status === part);
  return inPart && (!query || `${row.name} ${row.party}`.toLowerCase().includes(query)) && (!ground || row.grounds.some((each) => each.ground === ground))
    && (!basis || row.grounds.some((each) => each.basis === basis));
}

function sorted(rows, sort = "") {
  const by = sort.replace(/^-/, "");
  const key = { name: (row) => row.name, category: (row) => row.category, ground: (row) => row.grounds[0]?.ground, basis: (row) => row.grounds[0] && footing(row.grounds[0]) }[by];
  if (!key) return rows;
  const way = sort.startsWith("-") ? -1 : 1;
  // Rows that have nothing in the column stand last either way.
  return [...rows].sort((a, b) => !key(a) - !key(b) || way * collator.compare(key(a) ?? "", key(b) ?? "") || collator.compare(a.party, b.party));
}

function choices(select, values, chosen = "", name) {
  fill(select, el("option", { value: "" }, t("filter.any")), values.map((value) => el("option", { value, selected: value === chosen }, name(value))));
  select.value = values.includes(chosen) ? chosen : "";
}
