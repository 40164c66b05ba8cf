// One party: the verdict at once with its grounds; where it is not related, what was looked at and how close it came; the
// chart of its chain beside the proof as text; who stands behind it and what it holds.

import { addressOf as addressOfAnswer, get, isGivenUp } from "./api.js";
import { blocks } from "./blocks.js";
import { chartBox } from "./chart.js";
import { groundTitle } from "./dataset.js";
import { downloads } from "./downloads.js";
import { el, fill } from "./dom.js";
import { footing } from "./entries.js";
import { linked, rowButton, rowName } from "./linked.js";
import { inner } from "./links.js";
import { alarm, say, waiting } from "./notes.js";
import { proofText } from "./proof.js";
import { t } from "./words.js";

/** The view of one party. */
export function partyView() {
  const verdict = el("section", { class: "card verdict", "aria-live": "polite" });
  const chart = chartBox();
  const proof = el("section", { class: "card proof", "aria-label": t("proof.title") });
  const layers = el("section", { class: "layers" });
  const element = el("div", { class: "view" }, verdict, el("div", { class: "beside" }, chart.element, proof), layers);
  let asked = null;
  let whose = "";

  async function update(now) {
    const party = now.party[0];
    asked?.abort();
    const mine = (asked = new AbortController());
    const { signal } = mine;
    if (!party) return fill(verdict, el("h1", {}, t("party.none")));
    if (whose !== party) {
      whose = party;
      fill(verdict, el("h1", {}, t("loading")));
      fill(proof, waiting());
    }
    try {
      const answer = (await get("check", { party }, { signal })).parties[0];
      if (signal.aborted) return;
      fill(verdict, head(answer));
      fill(layers, layer("owners", answer.party), layer("owned", answer.party));
      say(`${answer.name} ${t(`verdict.${verdictOf(answer)}`)}`);
      chart.show({ party: answer.party });
      // Of a party that is not related, what was looked at stands above already.
      proof.hidden = answer.verdict === "not_related" && !answer.exempt_proof;
      if (proof.hidden) return fill(proof);
      const text = await get("explain", { party, format: "text" }, { signal });
      if (!signal.aborted) fill(proof, el("h2", {}, t("proof.title")), proofText(text));
    } catch (error) {
      if (isGivenUp(error)) return;
      fill(verdict, el("h1", {}, party), alarm(error));
      fill(proof);
      fill(layers);
      chart.clear();
    }
  }

  return { element, update };
}

const verdictOf = (answer) => (answer.exempt_proof ? "exempt" : answer.verdict);

function head(answer) {
  const verdict = verdictOf(answer);
  return [
    el("div", { class: "view-head" },
      el("div", {}, el("h1", {}, answer.name, " ", el("span", { class: "id" }, answer.party)),
        el("p", { class: "muted" }, t(`kind.${answer.kind}`), answer.identifier ? ` · ${t("party.identifier")} ${answer.identifier}` : "")),
      el("p", { class: `seal ${verdict}` }, t(`verdict.${verdict}`))),
    answer.grounds.length > 0 && el("ul", { class: "grounds" }, answer.grounds.map((each) => el("li", {},
      el("span", { class: "chip" }, each.ground), " ", groundTitle(each.ground), " ", el("span", { class: `basis ${each.basis}` }, footing(each))))),
    answer.verdict === "undetermined" && el("div", { class: "note" }, el("p", {}, t("party.possible"), (answer.possible ?? []).map((ground) => [" ", el("span", { class: "chip" }, ground), " ", groundTitle(ground)])),
      el("p", {}, t("register.depends"), (answer.missing ?? []).map((cell) => [" ", rowButton(`${rowName(cell)} ${cell.column}`, [cell])]))),
    answer.contested_by.length > 0 && el("p", { class: "note contested" }, t("contested.note"), answer.contested_by.map((name) => t(`switch.${name}`)).join("、")),
    answer.looked_at.length > 0 && misses(answer.looked_at),
    el("div", { class: "row actions" },
      inner(t("party.deal"), { view: "deal", party: null, counterparty: answer.party }, { class: "button" }),
      inner(t("party.group"), { view: "groups", party: [answer.party] }, { class: "button" }),
      downloads((form) => addressOfAnswer("explain", { party: answer.party, format: form }), ["html", "svg"])),
  ];
}

/** What was looked at, ground by ground; where a share fell short of a threshold, how far. */
function misses(looked) {
  return el("div", { class: "looked" }, el("h2", {}, t("party.looked")), el("ul", {}, looked.map((each) => {
    const short = each.percent && each.threshold;
    const bar = short && el("span", { class: "gauge", "aria-hidden": "true", vars: { "--share": `${Math.min(100, (100 * Number(each.percent)) / Number(each.threshold))}%` } },
      el("span", { class: "gauge-share" }));
    return el("li", {}, el("span", { class: "chip" }, each.ground), el("div", {}, el("span", { class: "muted" }, groundTitle(each.ground)), el("br"), linked(each.text),
      each.rows.length > 0 && [" ", rowButton(t("party.rows", each.rows.length), each.rows)],
      short && el("span", { class: "close-by" }, bar, el("span", { class: "muted" }, t("party.of_threshold", each.percent, each.threshold)))));
  })));
}

/** Layers of holders or holdings, asked for when opened. */
function layer(route, party) {
  const place = el("div", {});
  const open = async (event) => {
    if (!event.currentTarget.open || place.hasChildNodes()) return;
    fill(place, waiting());
    try {
      fill(place, blocks(await get(route, { party, format: "page" }), 3));
    } catch (error) {
      fill(place, alarm(error));
    }
  };
  return el("details", { class: "card", on: { toggle: open } }, el("summary", {}, t(`party.${route}`)), place);
}
