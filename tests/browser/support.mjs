// A browser for the tests, and what every page must keep to: no errors on the console, no request to anybody else.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const DAY = "2022-06-30";
export const { RELATA_TOUR: TOUR, RELATA_LARGE: LARGE, RELATA_HOSTILE: HOSTILE } = process.env;
export const SIZES = { wide: [1440, 900], middle: [1024, 768], narrow: [390, 844] };

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/**
 * Runs `test` with a fresh page at an address of the server, and checks what every page must keep to. `before` is done
 * before the page is opened, `arrive` before it is waited for.
 */
export async function visit(server, query, test, { size = "wide", refused = false, before = () => {}, arrive = () => {} } = {}) {
  const browser = await shared();
  const [width, height] = SIZES[size];
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  const faults = [];
  const origin = new URL(server).origin;
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
  page.on("request", (request) => {
    const { protocol, origin: other } = new URL(request.url());
    if (/^https?:$/.test(protocol) && other !== origin) faults.push(`request to ${request.url()}`);
  });
  try {
    await before(page);
    await page.goto(`${server}?${new URLSearchParams(query)}`);
    await arrive(page);
    await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main [aria-busy]"));
    await test(page);
    // A refusal that a test provokes is put on the console by the browser itself.
    assert.deepEqual(faults.filter((fault) => !refused || !/status of 4\d\d/.test(fault)), []);
  } finally {
    await context.close();
  }
}

/** The state as the address has it. */
export const state = (page) => Object.fromEntries(new URL(page.url()).searchParams);

/** The texts of all elements that fit, without the space around them. */
export const texts = async (page, selector) => (await page.locator(selector).allInnerTexts()).map((text) => text.trim());

/** Waits until a selector has so many elements. */
export const counted = (page, selector, count) => page.waitForFunction(([of, many]) => document.querySelectorAll(of).length === many, [selector, count]);

/** The bytes of the file that `act` makes the page give. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return readFile(await download.path());
}

/** Keeps a picture for people to look at. */
export async function picture(page, name) {
  if (process.env.RELATA_SHOTS) await page.screenshot({ path: join(process.env.RELATA_SHOTS, `${name}.png`) });
}

/** Ends the browser of this file. */
export async function close() {
  await (await browser)?.close();
}

let browser = null;

function shared() {
  browser ??= chromium.launch({ executablePath: process.env.RELATA_CHROMIUM || undefined, args: ARGS });
  return browser;
}
