// A box in which a party is named, with suggestions: by id, name, alias, or part of one. It follows the combobox pattern
// of the ARIA practices: arrows move through the list, Enter takes, Escape closes.

import { get, isGivenUp } from "./api.js";
import { el, field, fill, fresh, settled } from "./dom.js";
import { t } from "./words.js";

/** A box for a party. `pick` is called with the party taken; a text that was not taken is left for the server to read. */
export function partyBox({ pick = () => {}, placeholder = "", required = false } = {}) {
  const id = fresh("parties");
  const list = el("ul", { class: "options", id, role: "listbox", "aria-label": t("search.suggestions"), hidden: true });
  const input = el("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, required,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  });
  const status = el("span", { class: "unseen", role: "status" });
  const element = el("div", { class: "combobox" }, input, list, status);
  let found = [];
  let active = -1;
  let asked = null;
  let taken = null;

  function close() {
    asked?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    active = next;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = list.children[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function take(party) {
    taken = party;
    input.value = party.name;
    close();
    pick(party);
  }

  function show() {
    fill(list, found.map((party, at) => option(party, `${id}-${at}`, input.value.trim(), () => take(party))));
    if (found.length === 0) fill(list, el("li", { class: "none", role: "option", "aria-disabled": "true" }, t("search.none")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = t("search.found", found.length);
    mark(-1);
  }

  async function suggest() {
    asked?.abort();
    const query = input.value.trim();
    if (!query) return close();
    const mine = (asked = new AbortController());
    try {
      found = (await get("parties", { q: query, limit: 12 }, { signal: mine.signal })).parties;
    } catch (error) {
      if (!isGivenUp(error)) close();
      return;
    }
    if (mine === asked && !mine.signal.aborted && document.activeElement === input) show();
  }

  const soon = settled(120, suggest);
  input.addEventListener("input", () => {
    taken = null;
    soon();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return suggest();
      if (found.length > 0) mark((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && input.value.trim()) {
      if (open && active >= 0) {
        event.preventDefault();
        take(found[active]);
      } else if (!taken && element.closest("[role=search]")) {
        event.preventDefault();
        take({ party: input.value.trim(), name: input.value.trim() });
      }
    }
  });
  return {
    element,
    input,
    /** The id of the party taken, else the text as typed. */
    value: () => taken?.party ?? input.value.trim(),
    set: (party) => {
      taken = party;
      input.value = party?.name ?? "";
    },
  };
}

/** A labelled box for a party. */
export function boxed(label, box) {
  const element = field(label, box.input);
  element.append(box.element);
  box.element.prepend(box.input);
  return element;
}

function option(party, id, query, take) {
  const aliases = party.aliases?.filter((alias) => alias.includes(query)) ?? [];
  return el("li", { id, role: "option", "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); take(); } } },
    el("span", { class: "name" }, marked(party.name, query)),
    el("span", { class: "id" }, party.party),
    el("span", { class: "muted" }, t(`kind.${party.kind}`), party.listed ? ` · ${party.listed}` : "",
      aliases.length > 0 ? ` · ${t("search.alias")}${aliases.join("、")}` : ""));
}

/** A name with the part that was typed in marked. */
function marked(name, query) {
  const at = name.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0 || !query) return name;
  return [name.slice(0, at), el("mark", {}, name.slice(at, at + query.length)), name.slice(at + query.length)];
}
