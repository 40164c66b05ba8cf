// Answers and drawings as files.

import { file } from "./api.js";
import { button, el } from "./dom.js";
import { alarm } from "./notes.js";
import { t } from "./words.js";

/** Links to one answer in several forms; `address` gives the address for a form. */
export function downloads(address, forms = ["xlsx", "csv", "html"]) {
  return el("div", { class: "downloads", role: "group", "aria-label": t("download") }, el("span", { class: "muted", "aria-hidden": "true" }, t("download")),
    forms.map((form) => el("a", { href: address(form), download: "", class: "chip-button", data: { form }, "aria-label": t("download.as", form.toUpperCase()), on: { click: (event) => withToken(event, address(form), form) } }, form.toUpperCase())));
}

/** A button that makes a file of bytes made on the spot. */
export function fileButton(text, name, make) {
  return button(text, async () => save(await make(), name()), { class: "chip-button" });
}

/** Gives the reader a file. */
export function save(bytes, name) {
  const address = URL.createObjectURL(bytes);
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A plain link carries no token, so where one is needed the page fetches the file itself.
async function withToken(event, address, form) {
  if (!sessionStorage.getItem("token")) return;
  event.preventDefault();
  try {
    const { bytes, name } = await file(address);
    save(bytes, name ?? `relata.${form}`);
  } catch (error) {
    event.target.closest(".downloads")?.after(alarm(error));
  }
}
