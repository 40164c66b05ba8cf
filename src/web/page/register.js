// The register of related parties on the day: the table, what is exempt, undetermined and contested, the counts, and what
// entered or left since the day shown before.

import { addressOf as addressOfAnswer, get, isGivenUp } from "./api.js";
import { dataset } from "./dataset.js";
import { downloads } from "./downloads.js";
import { button, el, fill } from "./dom.js";
import { alarm, say, waiting } from "./notes.js";
import { blocks } from "./blocks.js";
import { entriesOf, reasonsOf, compared } from "./entries.js";
import { registerTable } from "./register_table.js";
import { go, state } from "./state.js";
import { t } from "./words.js";

// A step to another day within this time belongs to one movement: what changed is told since its first day.
const PAUSE = 1500;

/** The view of the register. */
export function registerView() {
  const title = el("h1", {}, t("view.register"));
  const parts = el("div", { class: "parts", role: "group", "aria-label": t("register.parts") });
  const changed = el("div", { class: "changed" });
  const files = el("div", {});
  const table = registerTable();
  const wait = el("div", {});
  const element = el("div", { class: "view" }, el("div", { class: "view-head" }, title, files), parts, changed, wait, table.element);
  let asked = null;
  let shown = null;
  let base = null;
  let moved = 0;

  async function update(now) {
    asked?.abort();
    const mine = (asked = new AbortController());
    element.setAttribute("aria-busy", "true");
    if (!shown) fill(wait, waiting());
    try {
      const answer = await get("register", {}, { signal: mine.signal });
      if (mine.signal.aborted) return;
      if (shown && shown.as_of !== answer.as_of && Date.now() - moved > PAUSE) base = shown;
      if (shown && shown.as_of !== answer.as_of) moved = Date.now();
      if (base?.as_of === answer.as_of || (base && JSON.stringify(base.switches) !== JSON.stringify(answer.switches))) base = null;
      shown = answer;
      fill(wait);
      draw(now);
      const page = await get("register", { format: "page" }, { signal: mine.signal });
      if (!mine.signal.aborted) table.reasons(reasonsOf(page));
    } catch (error) {
      if (!isGivenUp(error)) fill(wait, alarm(error));
    } finally {
      if (mine === asked) element.removeAttribute("aria-busy");
    }
  }

  function draw(now) {
    const entries = compared(entriesOf(shown), base && entriesOf(base));
    fill(parts, partButtons(shown, now.part ?? "all"));
    drawChanged(entries);
    fill(files, downloads((form) => addressOfAnswer("register", { format: form })));
    table.show(entries, now);
    say(t("register.said", shown.as_of, shown.related.length));
  }

  function drawChanged(entries) {
    if (!base) return fill(changed);
    const count = (change) => entries.filter((entry) => entry.change === change).length;
    const more = el("div", { class: "diff" });
    fill(changed, el("p", {}, t("register.since", base.as_of, shown.as_of), " ",
      ["entered", "left", "changed"].map((change) => [el("span", { class: `tag ${change}` }, `${t(`change.${change}`)} ${count(change)}`), " "]),
      button(t("register.why"), () => why(more), { class: "plain" })), more);
  }

  async function why(place) {
    const [from, to] = [base.as_of, shown.as_of].sort();
    fill(place, waiting());
    try {
      fill(place, blocks(await get("diff", { from, to, as_of: null, format: "page" }), 2));
    } catch (error) {
      fill(place, alarm(error));
    }
  }

  return { element, update };
}

function partButtons(answer, part) {
  const related = (category) => answer.related.filter((entry) => entry.category === category).length;
  const contested = answer.related.filter((entry) => entry.contested_by.length > 0).length + answer.contested.length;
  const counts = {
    all: answer.related.length + answer.exempt.length + answer.undetermined.length + answer.contested.length,
    organisation: related("organisation"), person: related("person"), exempt: answer.exempt.length,
    undetermined: answer.undetermined.length, contested,
  };
  return Object.entries(counts).map(([key, count]) => button("", () => go({ part: key === "all" ? null : key }, { replace: true }), {
    class: `part part-${key}`, "aria-pressed": String(key === part), data: { part: key },
  })).map((each, at) => {
    const key = Object.keys(counts)[at];
    return fill(each, el("span", { class: "count" }, counts[key].toLocaleString("en")), el("span", {}, t(`part.${key}`)));
  });
}
