// The language of the page. Words stand in dictionary.js, Chinese and English side by side.

import { WORDS } from "./dictionary.js";

let now = "zh";

/** The language: `zh` or `en`. */
export const lang = () => now;

/** Takes a language, or that of the browser where none is given. */
export function setLang(wanted) {
  now = wanted === "zh" || wanted === "en" ? wanted : navigator.language.startsWith("en") ? "en" : "zh";
}

/** The one of two texts that is in the language of the page. */
export const pick = (zh, en) => (now === "zh" ? zh : en);

/** The words for a key, with what is given in the places {0}, {1} …; a key without words is shown as it is. */
export function t(key, ...given) {
  const words = WORDS[key];
  if (!words) return key.slice(key.indexOf(".") + 1).replaceAll("_", " ");
  return pick(...words).replace(/\{(\d)\}/g, (_, at) => (typeof given[at] === "number" ? given[at].toLocaleString("en") : (given[at] ?? "")));
}
