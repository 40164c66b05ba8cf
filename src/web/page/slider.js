// The day asked about: a slider with the window of article 8 drawn around it (so many months back and ahead) and marks on
// the days on which the register changes, buttons to the change before and after, and a box for any other day.

import { get, isGivenUp } from "./api.js";
import { dataset } from "./dataset.js";
import { day, isDay, months, number } from "./days.js";
import { button, el, field, fill, settled } from "./dom.js";
import { linked } from "./linked.js";
import { link } from "./links.js";
import { say } from "./notes.js";
import { go, state } from "./state.js";
import { t } from "./words.js";

const CHANGES = ["entered", "left", "changed"];
const REACH = 24;
const FAR = 120;

/** The bar with the day; `update` follows the state. */
export function dayBar() {
  const input = el("input", { type: "date", id: "as-of", required: true });
  const written = el("span", { class: "on-paper" });
  const range = el("input", { type: "range", class: "thumb", "aria-label": t("day.slider"), "aria-describedby": "day-window", step: "1" });
  const band = el("div", { class: "band", "aria-hidden": "true" });
  const marks = el("div", { class: "marks", "aria-hidden": "true" });
  const scale = el("div", { class: "scale", "aria-hidden": "true" });
  const windowNote = el("p", { id: "day-window", class: "muted" });
  const back = button(t("day.back"), () => step(-1), { class: "plain", data: { step: "back" } });
  const ahead = button(t("day.ahead"), () => step(1), { class: "plain", data: { step: "ahead" } });
  const changes = el("ol", { class: "change-days" });
  const count = el("summary", {}, t("day.changes", "…"));
  const element = el("section", { class: "daybar", "aria-label": t("day.title") },
    el("div", { class: "daybox" }, field(t("day.title"), input), written, el("div", { class: "row" }, back, ahead)),
    el("div", { class: "daytrack" }, el("div", { class: "track" }, band, marks, range), scale,
      el("div", { class: "dayfoot" }, windowNote, key(), el("details", { class: "changes" }, count, changes))));
  let anchor = null;
  let known = [];
  let asked = null;
  let readings = "";

  const settle = settled(90, (to) => go({ as_of: to }, { replace: true }));
  range.addEventListener("input", () => {
    draw(day(Number(range.value)));
    settle(day(Number(range.value)));
  });
  range.addEventListener("change", () => go({ as_of: day(Number(range.value)) }));
  input.addEventListener("change", () => isDay(input.value) && go({ as_of: input.value }));

  function place(at) {
    const [from, to] = [Number(range.min), Number(range.max)];
    return `${(100 * (Math.min(Math.max(at, from), to) - from)) / (to - from)}%`;
  }

  function draw(now) {
    const reach = dataset().window_months;
    const [from, to] = [months(now, -reach), months(now, reach)];
    if (document.activeElement !== input) input.value = now;
    written.textContent = now;
    range.value = String(number(now));
    range.setAttribute("aria-valuetext", now);
    band.style.setProperty("--from", place(number(from)));
    band.style.setProperty("--to", place(number(to)));
    fill(windowNote, t("day.window", reach, from, to));
    for (const mark of marks.children) mark.classList.toggle("now", mark.dataset.day === now);
  }

  async function turn(around) {
    anchor = around;
    const [from, to] = [months(anchor, -REACH), months(anchor, REACH)];
    range.min = String(number(from));
    range.max = String(number(to));
    const first = Number(from.slice(0, 4)) + 1;
    fill(scale, [0, 1, 2, 3].map((more) => `${first + more}-01-01`).map((each) => el("span", { vars: { "--at": place(number(each)) } }, each.slice(0, 4))));
    asked?.abort();
    const mine = (asked = new AbortController());
    try {
      const answer = await get("calendar", { from, to, as_of: null }, { signal: mine.signal });
      if (mine.signal.aborted) return;
      known = answer.entries.filter((entry) => CHANGES.includes(entry.occasion));
    } catch (error) {
      if (isGivenUp(error)) return;
      known = [];
    }
    show();
  }

  function show() {
    const byDay = Map.groupBy ? Map.groupBy(known, (entry) => entry.day) : grouped(known);
    fill(marks, [...byDay].map(([at, entries]) => el("span", {
      class: `mark ${new Set(entries.map((entry) => entry.occasion)).size > 1 ? "several" : entries[0].occasion}`, data: { day: at },
      vars: { "--at": place(number(at)) }, title: `${at}\n${entries.map((entry) => entry.text).join("\n")}`,
    })));
    fill(count, t("day.changes", byDay.size));
    fill(changes, [...byDay].map(([at, entries]) => el("li", {},
      button(at, () => go({ as_of: at }), { class: "plain" }),
      el("ul", {}, entries.map((entry) => el("li", {}, el("span", { class: `tag ${entry.occasion}` }, t(`change.${entry.occasion}`)), " ",
        entry.party ? link(entry.party, entry.name ?? entry.party) : "", " ", linked(entry.text)))))));
    draw(state().as_of ?? dataset().day);
  }

  async function step(way) {
    const now = state().as_of ?? dataset().day;
    let next = nearest(known, now, way);
    if (!next) {
      const [from, to] = way < 0 ? [months(now, -FAR), now] : [now, months(now, FAR)];
      try {
        const answer = await get("calendar", { from, to, as_of: null });
        next = nearest(answer.entries.filter((entry) => CHANGES.includes(entry.occasion)), now, way);
      } catch (error) {
        return say(error.message);
      }
    }
    if (next) go({ as_of: next });
    say(next ? t("day.moved", next) : t("day.no_more"));
  }

  return {
    element,
    update(now) {
      const at = isDay(now.as_of) ? now.as_of : dataset().day;
      const other = JSON.stringify([now.switch, now.subject]);
      if (!anchor || other !== readings || at < months(anchor, -REACH / 2) || at > months(anchor, REACH / 2)) {
        readings = other;
        turn(at);
      }
      draw(at);
    },
  };
}

/** What the marks stand for. */
function key() {
  return el("ul", { class: "mark-key", "aria-hidden": "true" }, [...CHANGES, "several"].map((change) =>
    el("li", {}, el("span", { class: `mark ${change}` }), t(change === "several" ? "day.several" : `change.${change}`))));
}

function nearest(entries, now, way) {
  const days = entries.map((entry) => entry.day).filter((each) => (way < 0 ? each < now : each > now)).sort();
  return way < 0 ? days.at(-1) : days[0];
}

function grouped(entries) {
  const found = new Map();
  for (const entry of entries) found.set(entry.day, [...(found.get(entry.day) ?? []), entry]);
  return found;
}
