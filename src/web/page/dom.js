// Elements are built here and nowhere else. Data only ever becomes text nodes and attribute values, never markup, so
// that a name such as "<img onerror=…>" is shown as it is written.

/** An element with properties (`class`, `on`, `data`, `vars`, else attributes) and children (nodes or text). */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, props);
  element.append(...present(children));
  return element;
}

/** The same for drawings. */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(element, props);
  element.append(...present(children));
  return element;
}

/** Puts children in the place of all that an element holds. Who stood on a marked control stands on its like again. */
export function fill(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement : null;
  const mark = held && JSON.stringify(held.dataset);
  element.replaceChildren(...present(children));
  if (mark && mark !== "{}") [...element.querySelectorAll(held.tagName)].find((each) => JSON.stringify(each.dataset) === mark)?.focus({ preventScroll: true });
  return element;
}

let numbered = 0;

/** An id that no other element has. */
export function fresh(prefix) {
  numbered += 1;
  return `${prefix}-${numbered}`;
}

/** A label with its control; the two are tied by id. */
export function field(label, control, note) {
  control.id ||= fresh("field");
  const hint = note ? el("small", { class: "hint", id: `${control.id}-hint` }, note) : null;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control, hint);
}

/** A button of words. */
export function button(text, press, props = {}) {
  return el("button", { type: "button", ...props, on: { click: press } }, text);
}

/** Calls `act` once calls have stopped coming for `pause` milliseconds. */
export function settled(pause, act) {
  let waiting;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(...given), pause);
  };
}

function dress(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    // Set through the object model, which a strict content security policy allows, unlike a style attribute.
    else if (name === "vars") for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    else if (name === "value" && "value" in element) element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
