// Starts the page: the head with search, language and readings, the views, and what the address says is shown.

import { chartView } from "./chart_view.js";
import { dataset, readDataset, readTables } from "./dataset.js";
import { dealView } from "./deals.js";
import { el, field, fill } from "./dom.js";
import { groupsView } from "./groups.js";
import { learn } from "./linked.js";
import { inner } from "./links.js";
import { alarm } from "./notes.js";
import { boxed, partyBox } from "./party_box.js";
import { partyView } from "./party.js";
import { registerView } from "./register.js";
import { screenView } from "./screen.js";
import { dayBar } from "./slider.js";
import { hideRows } from "./sources.js";
import { addressOf, go, onChange, state } from "./state.js";
import { lang, pick, setLang, t } from "./words.js";
import { whatIfView } from "./whatif.js";

const VIEWS = { register: registerView, chart: chartView, groups: groupsView, deal: dealView, screen: screenView, whatif: whatIfView, party: partyView };
const TABS = ["register", "chart", "groups", "deal", "screen", "whatif"];
// Views that are about a day; a deal has a day of its own.
const DATED = ["register", "chart", "groups", "party", "screen", "whatif"];

const header = document.querySelector("header");
const nav = document.querySelector("nav");
const days = document.querySelector("#days");
const main = document.querySelector("main");
const notice = document.querySelector("#notice");
let view = null;
let bar = null;
let search = null;
let company = null;

start();

async function start() {
  setLang(state().lang);
  try {
    await readDataset();
    setLang(state().lang ?? localStorage.getItem("lang") ?? dataset().language);
    learn(await readTables());
  } catch (error) {
    return fill(main, alarm(error));
  }
  company = state().subject;
  frame();
  show(state());
  onChange(changed);
  addEventListener("focus", again);
}

/** Another company has another name and another register. */
async function changed(now) {
  if (now.subject !== company) {
    company = now.subject;
    try {
      await readDataset();
    } catch (error) {
      return fill(main, alarm(error));
    }
    frame();
  }
  show(now);
}

/** Builds everything around the view, in the language of the page. */
function frame() {
  hideRows();
  document.documentElement.lang = lang() === "zh" ? "zh-CN" : "en";
  document.title = t("page.title", dataset().subject_name ?? "");
  document.querySelector(".skip").textContent = t("skip");
  search = partyBox({ pick: (party) => go({ view: "party", party: [party.party] }), placeholder: t("search.hint") });
  search.input.setAttribute("aria-label", t("search.label"));
  fill(header,
    el("p", { class: "brand" }, inner("relata", { view: "register", party: [], top: null }, { "aria-label": t("page.home") }),
      el("span", { class: "subject" }, dataset().subject_name ?? t("page.no_subject")), el("span", { class: "muted rules" }, pick(dataset().title.zh, dataset().title.en))),
    el("form", { class: "search", role: "search", "aria-label": t("search.label"), on: { submit: (event) => event.preventDefault() } }, search.element),
    el("div", { class: "settings" }, readings(), el("a", { href: addressOf({ lang: lang() === "zh" ? "en" : "zh" }), class: "language", lang: lang() === "zh" ? "en" : "zh-CN", hreflang: lang() === "zh" ? "en" : "zh-CN", on: { click: otherLanguage } }, lang() === "zh" ? "English" : "中文")));
  fill(nav, el("ul", {}, TABS.map((name) => el("li", {}, inner(t(`view.${name}`), { view: name, party: [], top: null, part: null }, { data: { view: name } })))));
  nav.setAttribute("aria-label", t("page.views"));
  bar = dayBar();
  fill(days, bar.element);
  view = null;
}

function show(now) {
  if (!dataset().subject && !now.subject) return fill(main, el("div", { class: "view" }, el("h1", {}, t("page.no_subject")), el("div", { class: "card" }, chooseSubject())));
  const name = VIEWS[now.view] ? now.view : "register";
  for (const tab of nav.querySelectorAll("a")) {
    if (tab.dataset.view !== name) tab.removeAttribute("aria-current");
    else {
      tab.setAttribute("aria-current", "page");
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  days.hidden = !DATED.includes(name);
  if (view?.name !== name) {
    hideRows();
    view = { name, ...VIEWS[name]() };
    fill(main, view.element);
  }
  if (DATED.includes(name)) bar.update(now);
  view.update(now);
  notices();
}

function otherLanguage(event) {
  event.preventDefault();
  setLang(lang() === "zh" ? "en" : "zh");
  localStorage.setItem("lang", lang());
  frame();
  go({ lang: lang() }, { replace: true });
  document.querySelector(".language").focus();
}

/** The choices the text of the rules leaves open. */
function readings() {
  const change = () => go({ switch: [...place.querySelectorAll("select")].filter((select) => select.selectedIndex > 0).map((select) => `${select.name}=${select.value}`) });
  const place = el("div", { class: "panel" }, chooseSubject(), el("p", { class: "muted" }, t("readings.lead")), dataset().switches.map((each) => field(t(`switch.${each.name}`),
    el("select", { name: each.name, on: { change } }, each.readings.map((reading, at) => el("option", { value: reading }, at === 0 ? t("readings.default", t(`reading.${reading}`)) : t(`reading.${reading}`)))))));
  const close = (event) => {
    if (event.type === "focusout" ? event.relatedTarget && !box.contains(event.relatedTarget) : event.key === "Escape" && box.open) {
      event.preventDefault();
      box.open = false;
      if (event.type === "keydown") box.firstChild.focus();
    }
  };
  const box = el("details", { class: "readings", on: { keydown: close, focusout: close } }, el("summary", {}, t("readings.title")), place);
  return box;
}

/** The box in which the listed company is chosen. */
function chooseSubject() {
  return boxed(t("page.choose_subject"), partyBox({ pick: (party) => go({ subject: party.party, view: "register", party: [], top: null }), placeholder: t("search.hint") }));
}

/** Shows which readings are taken, says when others than the default are, and when the data on the disk could not be read again. */
function notices() {
  const now = state();
  for (const select of document.querySelectorAll(".readings select")) {
    select.value = now.switch.find((each) => each.startsWith(`${select.name}=`))?.slice(select.name.length + 1) ?? select.options[0].value;
  }
  const { reload, warnings } = dataset();
  const told = [
    now.switch.length > 0 && el("p", { class: "note" }, t("readings.other", now.switch.map((each) => { const [name, reading] = each.split("="); return `${t(`switch.${name}`)}：${t(`reading.${reading}`)}`; }).join("；")), " ", inner(t("readings.reset"), { switch: [] })),
    reload?.state === "refused" && el("p", { class: "alarm", role: "alert" }, t("page.refused"), reload.message ?? ""),
    warnings > 0 && el("p", { class: "note" }, t("page.warnings", warnings)),
  ];
  fill(notice, told);
}

async function again() {
  try {
    if (await readDataset()) {
      learn(await readTables());
      frame();
      show(state());
    } else notices();
  } catch {
    // The server may be gone for a moment; the next question says so.
  }
}
