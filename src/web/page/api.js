// Questions to the server. The common parameters (company, day, readings, language) are those of the address; what was
// answered is kept for a while, and a question that is no longer wanted is given up.

import { ask } from "./token.js";
import { lang } from "./words.js";
import { state } from "./state.js";

const BASE = "/api/v1/";
const KEPT = 80;
const kept = new Map();

/** A refusal of the server, told in the language asked for (RFC 9457). */
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail || told.title || String(status));
    this.status = status;
    this.kind = told.type;
    this.candidates = told.candidates ?? [];
    this.findings = told.findings ?? [];
  }
}

/** The answer to a GET as JSON; `format: "page"` and the like may be among the parameters. */
export async function get(route, params = {}, { signal, fresh = false } = {}) {
  const address = addressOf(route, params);
  if (fresh) kept.delete(address);
  if (!kept.has(address)) {
    const response = await call(address, { signal });
    const answer = /json/.test(response.headers.get("content-type") ?? "") ? await response.json() : await response.text();
    kept.set(address, answer);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(address);
}

/** The answer to a POST as JSON. */
export async function post(route, body, type, params = {}, { signal } = {}) {
  const response = await call(addressOf(route, params), { method: "POST", body, headers: { "content-type": type }, signal });
  return response.json();
}

/** The address of a question, for links and downloads. */
export function addressOf(route, params = {}) {
  const now = state();
  const query = new URLSearchParams();
  const all = { subject: now.subject, as_of: now.as_of, switch: now.switch, lang: lang(), ...params };
  for (const [key, value] of Object.entries(all)) {
    for (const each of [value].flat()) if (each !== null && each !== undefined && each !== "") query.append(key, each);
  }
  return `${BASE}${route}?${query}`;
}

/** The bytes of a file, with the name the server gives it. */
export async function file(address, init = {}) {
  const response = await call(address, init);
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/.exec(response.headers.get("content-disposition") ?? "");
  return { bytes: await response.blob(), name: named ? decodeURIComponent(named[1]) : null };
}

/** Forgets all answers, because the data are others. */
export function forget() {
  kept.clear();
}

/** Whether an error only says that a question was given up. */
export function isGivenUp(error) {
  return error?.name === "AbortError";
}

async function call(address, init, again = true) {
  const token = sessionStorage.getItem("token");
  const headers = { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(address, { ...init, headers });
  if (response.ok) return response;
  if (response.status === 401 && again) {
    await ask();
    return call(address, init, false);
  }
  throw new Problem(response.status, await response.json().catch(() => ({ title: response.statusText })));
}
