// What is shown stands in the address, so that it can be sent on, reloaded and gone back to.

const MANY = ["switch", "party"];
const listeners = new Set();

/** The state as the address has it; `switch` and `party` are lists. */
export function state() {
  const query = new URLSearchParams(location.search);
  const found = { switch: query.getAll("switch"), party: query.getAll("party") };
  for (const [key, value] of query) if (!MANY.includes(key)) found[key] = value;
  found.view ??= "register";
  return found;
}

/** Changes the state and tells everybody. With `replace` the step is not one to go back to. */
export function go(change, { replace = false } = {}) {
  const address = addressOf(change);
  if (address !== location.search) history[replace ? "replaceState" : "pushState"](null, "", address || "?");
  tell();
}

/** The address of the state with this change, for links. */
export function addressOf(change) {
  const now = { ...state(), ...change };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(now)) {
    for (const each of [value].flat()) if (each !== null && each !== undefined && each !== "") query.append(key, each);
  }
  return `?${query}`;
}

/** Calls `act` after every change of the state. */
export function onChange(act) {
  listeners.add(act);
}

function tell() {
  for (const act of listeners) act(state());
}

addEventListener("popstate", tell);
