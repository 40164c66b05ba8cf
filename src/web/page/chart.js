// The equity chart (股权穿透图). Cytoscape.js draws on a canvas: it shows 3,000 parties in well under a second where a drawing
// of SVG elements took several, and it pans and zooms without a build step. Positions come from dagre in a worker for charts
// that are read from top to bottom, and from a plain packing for large ones (see layout.js for the figures). Everything
// the drawing shows is also in the table below it, for keyboards and screen readers.

import { get, isGivenUp } from "./api.js";
import { chartTable } from "./chart_table.js";
import { drawing } from "./drawing.js";
import { fileButton } from "./downloads.js";
import { button, el, fill } from "./dom.js";
import { layout } from "./layout.js";
import { legend } from "./legend.js";
import { link } from "./links.js";
import { Model } from "./chart_model.js";
import { alarm, say } from "./notes.js";
import { showRows } from "./sources.js";
import { look, nodeLabel } from "./chart_style.js";
import cytoscape from "./vendor/cytoscape.esm.min.mjs";
import { t } from "./words.js";

const PIXELS = 8000;

/** A chart with its tools, legend and table. `show` takes what of the data to draw. */
export function chartBox() {
  const canvas = el("div", { class: "canvas", tabindex: "0", role: "group", "aria-label": t("chart.title") });
  const picked = el("div", { class: "picked", "aria-live": "polite" });
  const note = el("p", { class: "muted chart-note", role: "status" });
  const place = el("div", {});
  const table = chartTable({ open: (id) => reach(id), toggle: (id) => toggle(id) });
  const depth = el("select", { class: "depth", "aria-label": t("chart.depth"), on: { change: () => level(Number(depth.value)) } });
  const tools = el("div", { class: "tools", role: "toolbar", "aria-label": t("chart.tools") },
    button(t("chart.fit"), () => cy?.fit(undefined, 24), { class: "chip-button" }),
    button("＋", () => zoom(1.35), { class: "chip-button", "aria-label": t("chart.in") }),
    button("－", () => zoom(1 / 1.35), { class: "chip-button", "aria-label": t("chart.out") }),
    depth,
    fileButton("SVG", () => name("svg"), () => drawing(cy, t("chart.title"))),
    fileButton("PNG", () => name("png"), () => cy.png({ full: true, scale: 2, bg: "#ffffff", output: "blob-promise", maxWidth: PIXELS, maxHeight: PIXELS })));
  const element = el("section", { class: "card chart", "aria-label": t("chart.title") },
    el("div", { class: "view-head" }, el("h2", {}, t("chart.title")), tools), place, picked, canvas, note, legend(), table.element);
  let cy = null;
  let model = null;
  let asked = null;
  let chosen = null;

  const name = (form) => `relata-${chosen ?? model.root}-${model.day}.${form}`;

  async function show(params) {
    asked?.abort();
    const mine = (asked = new AbortController());
    element.setAttribute("aria-busy", "true");
    const from = performance.now();
    try {
      const answer = await get("chart", params, { signal: mine.signal });
      if (mine.signal.aborted) return;
      const answered = performance.now();
      fill(place);
      model = new Model(answer);
      // No chain leads to the company: then what the party itself is tied to says more than two boxes.
      if (params.party && answer.ties.length === 0) model.merge(await get("chart", { around: params.party }, { signal: mine.signal }));
      chosen = params.party ?? params.top ?? null;
      levels();
      await draw({ signal: mine.signal });
      // What was waited for the answer and for the drawing, for whoever measures.
      element.dataset.asked = String(Math.round(answered - from));
      element.dataset.drawn = String(Math.round(performance.now() - answered));
    } catch (error) {
      if (!isGivenUp(error)) fill(place, alarm(error));
    } finally {
      if (mine === asked) element.removeAttribute("aria-busy");
    }
  }

  async function draw({ signal, keep = false } = {}) {
    const seen = model.visible();
    const places = await layout(seen);
    if (signal?.aborted) return;
    const [pan, scale] = keep && cy ? [cy.pan(), cy.zoom()] : [];
    cy?.destroy();
    const large = seen.parties.length > 400;
    cy = cytoscape({
      container: canvas, elements: elements(seen, places, model, large), layout: { name: "preset", fit: false }, style: look(),
      minZoom: 0.01, maxZoom: 3, boxSelectionEnabled: false, autoungrabify: large,
      textureOnViewport: large, hideEdgesOnViewport: seen.ties.length > 3000, pixelRatio: large ? 1 : "auto",
    });
    if (keep && pan) cy.viewport({ pan, zoom: scale });
    else open();
    cy.on("tap", "node", (event) => pickParty(event.target.id()));
    cy.on("dbltap", "node", (event) => toggle(event.target.id()));
    cy.on("tap", "edge", (event) => pickTie(event.target.data("tie")));
    // For tests and for readers of the console: what is drawn, without reaching into the library.
    canvas.dataset.parties = String(seen.parties.length);
    canvas.dataset.ties = String(seen.ties.length);
    note.textContent = t("chart.count", seen.parties.length, seen.ties.length) + (seen.hidden > 0 ? t("chart.hidden", seen.hidden) : "")
      + (model.undetermined > 0 ? t("chart.undetermined", model.undetermined) : "");
    table.show(seen, model);
    fill(picked, el("span", { class: "muted" }, t("chart.hint")));
  }

  // A chart that would be too small to read starts at the company or the party asked about; "fit" shows all of it.
  function open() {
    cy.fit(undefined, 24);
    if (cy.zoom() > 1.1) cy.viewport({ zoom: 1.1, pan: cy.pan() }), cy.center();
    if (cy.nodes().length <= 60 && cy.zoom() < 0.4) {
      cy.zoom(0.55);
      cy.center();
      cy.panBy({ x: cy.width() / 2 - cy.getElementById(chosen ?? model.root).renderedPosition("x"), y: 0 });
    }
  }

  function zoom(factor) {
    cy?.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  function levels() {
    const deepest = model.depth();
    fill(depth, el("option", { value: "0" }, t("chart.all_levels")), Array.from({ length: Math.min(deepest - 1, 9) }, (_, at) => el("option", { value: String(at + 1) }, t("chart.level", at + 1))));
  }

  async function level(count) {
    model.level(count);
    await draw();
  }

  function pickParty(id) {
    const party = model.parties.get(id);
    if (!party) return;
    cy.elements().unselect();
    cy.getElementById(id).select();
    const shut = model.isShut(id);
    fill(picked, el("strong", {}, link(id, party.name)), " ", el("span", { class: "id" }, id), party.grounds.map((ground) => [" ", el("span", { class: "chip" }, ground)]), " ",
      button(t("chart.expand"), () => expand(id), { class: "chip-button", data: { act: "expand" } }),
      button(shut ? t("chart.open") : t("chart.collapse"), () => (shut ? unfold(id) : collapse(id)), { class: "chip-button", data: { act: "collapse" } }));
  }

  function pickTie(tie) {
    cy.elements().unselect();
    showRows(tie.rows, canvas);
  }

  function reach(id) {
    const node = cy.getElementById(id);
    cy.animate({ center: { eles: node }, zoom: Math.max(cy.zoom(), 0.8) }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 180 });
    pickParty(id);
    canvas.scrollIntoView({ block: "nearest" });
  }

  /** Adds the direct ties of a party. */
  async function expand(id) {
    try {
      const answer = await get("chart", { around: id });
      const more = model.merge(answer);
      model.unfold(id);
      await draw({ keep: more === 0 });
      reach(id);
      say(t("chart.more", more));
    } catch (error) {
      fill(place, alarm(error));
    }
  }

  async function collapse(id) {
    model.fold(id);
    await draw({ keep: true });
    pickParty(id);
  }

  async function unfold(id) {
    model.unfold(id);
    await draw({ keep: true });
    pickParty(id);
  }

  const toggle = (id) => (model.isShut(id) ? unfold(id) : model.hasMore(id) ? collapse(id) : expand(id));

  // The panel with source rows makes the drawing narrower, and the library has to know where it stands.
  new ResizeObserver(() => cy?.resize()).observe(canvas);
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) cy?.panBy({ x: step[0], y: step[1] });
    else if (event.key === "+" || event.key === "=") zoom(1.35);
    else if (event.key === "-") zoom(1 / 1.35);
    else if (event.key === "0") cy?.fit(undefined, 24);
    else return;
    event.preventDefault();
  });

  return {
    element, show,
    clear: () => {
      cy?.destroy();
      cy = null;
      fill(picked);
      note.textContent = "";
    },
  };
}

function elements(seen, { positions, bends }, model, large) {
  const nodes = seen.parties.map((party) => ({
    data: { id: party.party, label: nodeLabel(party, model.behind(party.party)), kind: party.kind ?? "organisation" },
    classes: `${party.subject ? "subject" : party.grounds.length > 0 ? "related" : "other"} ${model.isShut(party.party) ? "shut" : ""} ${large ? "far" : ""}`,
    position: positions.get(party.party),
  }));
  const ties = seen.ties.map((tie, at) => ({ classes: large ? "far" : "", data: { id: `tie ${at}`, source: tie.from, target: tie.to, kind: tie.kind, label: tie.label, tie, ...bent(positions.get(tie.from), positions.get(tie.to), bends[at]) } }));
  return [...nodes, ...ties];
}

// Cytoscape takes a bend as the part of the way between the two middles and the distance to the side of it.
function bent(from, to, points = []) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (points.length === 0 || length === 0) return {};
  return {
    weights: points.map((point) => ((point.x - from.x) * dx + (point.y - from.y) * dy) / length ** 2),
    distances: points.map((point) => (-(point.x - from.x) * dy + (point.y - from.y) * dx) / length),
  };
}
