// Links within the page: they are real addresses, so they can be opened in another tab, and a plain click stays in this one.

import { el } from "./dom.js";
import { addressOf, go } from "./state.js";

/** A link to what is known of a party. */
export const link = (party, name, props = {}) => inner(name, { view: "party", party: [party] }, props);

/** A link that changes the state. */
export function inner(text, change, props = {}) {
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  return el("a", { href: addressOf(change), ...props, on: { click: follow } }, text);
}
