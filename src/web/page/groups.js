// Counterparties under common control, by the one at the top, with what was dealt with each in twelve months.

import { addressOf as addressOfAnswer, get, isGivenUp } from "./api.js";
import { chartBox } from "./chart.js";
import { downloads } from "./downloads.js";
import { button, el, fill } from "./dom.js";
import { linked } from "./linked.js";
import { link } from "./links.js";
import { alarm, waiting } from "./notes.js";
import { boxed, partyBox } from "./party_box.js";
import { go } from "./state.js";
import { t } from "./words.js";

const PORTION = 40;

/** The view of the groups; parties in the address leave only their groups. */
export function groupsView() {
  const box = partyBox({ pick: (party) => go({ party: [party.party] }), placeholder: t("search.hint") });
  const files = el("div", {});
  const body = el("div", { class: "groups" });
  const chips = el("div", { class: "row" });
  const element = el("div", { class: "view" }, el("div", { class: "view-head" }, el("h1", {}, t("view.groups")), files),
    el("p", { class: "muted lead" }, t("groups.lead")), el("div", { class: "filters" }, boxed(t("groups.only"), box), chips), body);
  let asked = null;

  async function update(now) {
    asked?.abort();
    const { signal } = (asked = new AbortController());
    fill(chips, now.party.map((id) => button(`${id} ×`, () => go({ party: now.party.filter((each) => each !== id) }), { class: "chip-button", "aria-label": t("groups.drop", id) })));
    if (!body.hasChildNodes()) fill(body, waiting());
    try {
      const [answer, page] = await Promise.all([get("groups", { party: now.party }, { signal }), get("groups", { party: now.party, format: "page" }, { signal })]);
      if (signal.aborted) return;
      fill(files, downloads((form) => addressOfAnswer("groups", { party: now.party, format: form })));
      draw(ordered(answer.groups), chainsOf(page));
    } catch (error) {
      if (!isGivenUp(error)) fill(body, alarm(error));
    }
  }

  function draw(groups, chains, count = PORTION) {
    const left = groups.length - count;
    fill(body, groups.length === 0 && el("p", { class: "note" }, t("groups.none")), groups.slice(0, count).map((group) => card(group, chains)),
      left > 0 && button(t("more", left), () => draw(groups, chains, count + 10 * PORTION), { class: "button" }));
  }

  return { element, update };
}

function card(group, chains) {
  const top = group.members.find((member) => member.party === group.top) ?? { party: group.top, name: group.top };
  const place = el("div", {});
  const open = button(t("groups.chart"), () => {
    if (place.hasChildNodes()) return fill(place), open.setAttribute("aria-expanded", "false");
    const chart = chartBox();
    fill(place, chart.element);
    chart.show({ top: group.top });
    open.setAttribute("aria-expanded", "true");
  }, { class: "button", "aria-expanded": "false", "aria-label": `${t("groups.chart")} ${top.name}` });
  const dealt = (sum, field) => (sum ? (field === "transactions" ? String(sum.transactions) : money(sum[field])) : "");
  const total = group.dealt;
  return el("section", { class: "card group", data: { top: group.top } },
    el("div", { class: "view-head" }, el("h2", {}, t("groups.top"), link(top.party, top.name), " ", el("span", { class: "id" }, group.top)), open),
    total && el("dl", { class: "sums" }, [["transactions", total.transactions], ["amount", money(total.amount)], ["counted", money(total.counted)]].map(([key, value]) => el("div", {}, el("dt", {}, t(`groups.${key}`)), el("dd", {}, value)))),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("groups.members", top.name) }, el("table", { class: "grid" },
      el("caption", { class: "unseen" }, t("groups.members", top.name)),
      el("thead", {}, el("tr", {}, ["member", "joint", "chain", "transactions", "amount", "counted"].map((key) => el("th", { scope: "col", class: ["transactions", "amount", "counted"].includes(key) ? "number" : null }, t(`groups.${key}`))))),
      el("tbody", {}, group.members.map((member) => el("tr", {},
        el("th", { scope: "row" }, link(member.party, member.name), " ", el("span", { class: "id" }, member.party)),
        el("td", {}, member.joint ? t("yes") : ""), el("td", {}, linked(chains.get(`${group.top} ${member.party}`) ?? "")),
        ["transactions", "amount", "counted"].map((key) => el("td", { class: "number" }, dealt(member.dealt, key)))))))),
    place);
}

/** The chain of each member as the page of the server says it, by top and member. */
function chainsOf(page) {
  const chains = new Map();
  let top = null;
  for (const block of page.blocks) {
    if (block.kind === "heading") top = /[（(]([^（()）]+)[）)]$/.exec(block.text)?.[1];
    if (block.kind !== "table") continue;
    for (const row of block.rows) {
      const member = /[（(]([^（()）]+)[）)]$/.exec(row[0])?.[1];
      if (top && member && row.length > 3) chains.set(`${top} ${member}`, row[3]);
    }
  }
  return chains;
}

function ordered(groups) {
  const size = (group) => Number(group.dealt?.amount ?? -1);
  return [...groups].sort((a, b) => size(b) - size(a) || (a.top < b.top ? -1 : 1));
}

// Amounts come as exact decimal texts; only commas are set.
function money(text) {
  const [whole, rest] = String(text).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}
