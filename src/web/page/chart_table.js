// The chart as a table: every party with its ties, reached by keyboard and read by screen readers.

import { button, el, fill } from "./dom.js";
import { rowButton } from "./linked.js";
import { link } from "./links.js";
import { t } from "./words.js";

const PORTION = 100;

/** The table; `open` shows a party in the drawing, `toggle` folds or unfolds it. */
export function chartTable({ open, toggle }) {
  const body = el("div", {});
  const element = el("details", { class: "chart-table", on: { toggle: () => element.open && draw() } }, el("summary", {}, t("chart.table")), body);
  let seen = null;
  let model = null;

  function draw(count = PORTION) {
    if (!seen) return;
    const ties = Map.groupBy ? Map.groupBy(seen.ties, (tie) => tie.from) : null;
    const of = (id) => (ties ? (ties.get(id) ?? []) : seen.ties.filter((tie) => tie.from === id));
    const name = (id) => model.parties.get(id)?.name ?? id;
    const rows = seen.parties.slice(0, count).map((party) => el("tr", {},
      el("th", { scope: "row" }, link(party.party, party.name), " ", el("span", { class: "id" }, party.party)),
      el("td", {}, party.grounds.map((ground) => [el("span", { class: "chip" }, ground), " "]), party.exempt && t("part.exempt")),
      el("td", {}, el("ul", { class: "plain-list" }, of(party.party).map((tie) => el("li", {}, rowButton(`${t(`tie.${tie.kind}`)} ${tie.label}`, tie.rows), " → ", name(tie.to))))),
      el("td", {}, button(t("chart.find"), () => open(party.party), { class: "chip-button", "aria-label": `${t("chart.find")} ${party.name}` }), " ",
        button(model.isShut(party.party) ? t("chart.open") : t("chart.toggle"), () => toggle(party.party), { class: "chip-button", "aria-label": `${t("chart.toggle")} ${party.name}` }))));
    const left = seen.parties.length - rows.length;
    fill(body, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("chart.table") },
      el("table", { class: "grid" }, el("caption", { class: "unseen" }, t("chart.table")),
        el("thead", {}, el("tr", {}, ["party", "ground", "ties", "acts"].map((column) => el("th", { scope: "col" }, t(`column.${column}`))))), el("tbody", {}, rows))),
      left > 0 && button(t("more", left), () => draw(count * 10), { class: "chip-button" }));
  }

  return {
    element,
    show(now, of) {
      seen = now;
      model = of;
      if (element.open) draw();
    },
  };
}
