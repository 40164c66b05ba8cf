// Asks once for the access token of the server and keeps it for this tab only.

import { el, field } from "./dom.js";
import { t } from "./words.js";

let asking = null;

/** Resolves once a token was typed in. */
export function ask() {
  asking ??= new Promise((resolve) => {
    const input = el("input", { type: "password", required: true, autocomplete: "current-password" });
    const form = el("form", { method: "dialog" },
      el("h2", { id: "token-title" }, t("token.title")), el("p", {}, t("token.why")),
      field(t("token.label"), input), el("div", { class: "row" }, el("button", { class: "primary" }, t("token.go"))));
    const dialog = el("dialog", { "aria-labelledby": "token-title", class: "card" }, form);
    dialog.addEventListener("close", () => {
      sessionStorage.setItem("token", input.value);
      dialog.remove();
      asking = null;
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
