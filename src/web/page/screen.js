// A list of names against the register: pasted, or a spreadsheet; which are related, which resemble a party, which are unknown.

import { file as fetched, addressOf, post } from "./api.js";
import { save } from "./downloads.js";
import { button, el, field, fill } from "./dom.js";
import { link } from "./links.js";
import { alarm, say, waiting } from "./notes.js";
import { t } from "./words.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The view that screens a list. */
export function screenView() {
  const names = el("textarea", { rows: "8", spellcheck: "false", placeholder: t("screen.example") });
  const upload = el("input", { type: "file", accept: ".csv,.xlsx,.txt" });
  const result = el("section", { class: "card", "aria-label": t("screen.result"), hidden: true, tabindex: "-1" });
  const form = el("form", { class: "card", on: { submit: (event) => { event.preventDefault(); submit(); } } },
    el("div", { class: "fields two" }, field(t("screen.names"), names, t("screen.names.hint")), field(t("screen.file"), upload, t("screen.file.hint"))),
    el("div", { class: "row" }, el("button", { class: "primary" }, t("screen.go"))));
  const element = el("div", { class: "view" }, el("h1", {}, t("view.screen")), el("p", { class: "muted lead" }, t("screen.lead")), form, result);
  let last = null;

  async function question() {
    const chosen = upload.files[0];
    if (chosen) return { body: await chosen.arrayBuffer(), type: chosen.name.toLowerCase().endsWith(".xlsx") ? XLSX : "text/csv" };
    const list = names.value.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    return { body: JSON.stringify({ names: list }), type: "application/json", empty: list.length === 0 };
  }

  async function submit() {
    last = await question();
    result.hidden = false;
    if (last.empty) return fill(result, el("p", { class: "note" }, t("screen.empty")));
    await answer();
  }

  async function answer() {
    if (!last || last.empty) return;
    fill(result, waiting());
    try {
      const { rows } = await post("screen", last.body, last.type);
      fill(result, el("div", { class: "view-head" }, el("h2", {}, t("screen.result")), files()), counts(rows), table(rows));
      say(t("screen.done", rows.length));
      result.focus({ preventScroll: true });
    } catch (error) {
      fill(result, alarm(error));
    }
  }

  const files = () => el("div", { class: "downloads" }, ["xlsx", "csv"].map((form) => button(form.toUpperCase(), async () => {
    try {
      const { bytes, name } = await fetched(addressOf("screen", { format: form }), { method: "POST", body: last.body, headers: { "content-type": last.type } });
      save(bytes, name ?? `screen.${form}`);
    } catch (error) {
      result.prepend(alarm(error));
    }
  }, { class: "chip-button", "aria-label": t("download.as", form.toUpperCase()) })));

  return { element, update: answer };
}

function counts(rows) {
  const count = (test) => rows.filter(test).length;
  const sums = { related: count((row) => row.verdict === "related"), undetermined: count((row) => row.verdict === "undetermined"), not_related: count((row) => row.verdict === "not_related"), open: count((row) => !row.party) };
  return el("dl", { class: "sums" }, Object.entries(sums).map(([key, value]) => el("div", {}, el("dt", {}, t(`screen.${key}`)), el("dd", {}, String(value)))));
}

function table(rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("screen.result") }, el("table", { class: "grid" },
    el("caption", { class: "unseen" }, t("screen.result")),
    el("thead", {}, el("tr", {}, ["row", "asked", "match", "party", "verdict", "ground"].map((column) => el("th", { scope: "col" }, t(`column.${column}`))))),
    el("tbody", {}, rows.map((row) => el("tr", { class: row.verdict ?? row.match },
      el("td", {}, String(row.row)), el("td", {}, row.asked), el("td", {}, t(`match.${row.match}`)),
      el("td", {}, row.party ? [link(row.party, row.name), " ", el("span", { class: "id" }, row.party)]
        : row.candidates.length > 0 && el("ul", { class: "plain-list" }, row.candidates.map((each) => el("li", {}, link(each.party, each.name), " ", el("span", { class: "id" }, each.party))), row.more_candidates && el("li", { class: "muted" }, t("screen.more", row.more_candidates)))),
      el("td", {}, row.verdict && el("span", { class: `tag verdict-${row.verdict}` }, t(`verdict.${row.verdict}`))),
      el("td", {}, row.grounds.map((ground) => [el("span", { class: "chip" }, ground), " "]),
        (row.contested_by ?? []).map((name) => el("span", { class: "tag contested" }, t("contested.short", t(`switch.${name}`))))))))));
}
