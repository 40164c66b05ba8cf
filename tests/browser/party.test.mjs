import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, counted, DAY, state, TOUR, visit } from "./support.mjs";

after(close);

const shown = (page) => page.waitForSelector(".seal");

test("a party is found by keyboard and its verdict shown at once", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  await page.focus(".search input");
  await page.keyboard.type("港口");
  await page.waitForSelector(".search [role=option]");
  assert.equal(await page.getAttribute(".search input", "aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await page.getAttribute(".search input", "aria-activedescendant");
  assert.match(await page.innerText(`[id="${active}"]`), /云山港口/);
  await page.keyboard.press("Enter");
  await shown(page);
  assert.deepEqual([state(page).view, state(page).party], ["party", "PORT"]);
  assert.equal(await page.innerText(".seal"), "关联方");
  await page.waitForSelector(".grounds");
  assert.match(await page.innerText(".grounds"), /5\.2[\s\S]*5\.3/);
}));

test("Escape closes the suggestions, a name nobody has says so", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  await page.focus(".search input");
  await page.keyboard.type("没有这个主体");
  await page.waitForSelector(".search .none");
  await page.keyboard.press("Escape");
  assert.equal(await page.getAttribute(".search input", "aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await page.waitForSelector("main [role=alert]");
}, { refused: true }));

test("a negative answer says what was looked at and how close it came", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "party", party: "REED" }, async (page) => {
  await shown(page);
  assert.equal(await page.innerText(".seal"), "非关联方");
  assert.match(await page.innerText(".looked"), /持股4\.8%，未达到5%/);
  const shares = await page.$$eval(".gauge", (bars) => bars.map((bar) => bar.style.getPropertyValue("--share")));
  assert.deepEqual(shares, ["16%", "96%"]);
}));

test("undetermined, exempt and contested are said", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "party", party: "MAO" }, async (page) => {
  for (const [party, verdict, said] of [["MAO", "无法确定", /任职表第17行/], ["WATER", "非关联方（豁免）", /依第六条豁免/], ["YIXIAO", "非关联方", /未成年子女/]]) {
    await page.evaluate((id) => { history.pushState(null, "", location.search.replace(/party=\w+$/, `party=${id}`)); dispatchEvent(new PopStateEvent("popstate")); }, party);
    await page.waitForFunction((id) => document.querySelector(".verdict .id")?.textContent === id, party);
    assert.equal(await page.innerText(".seal"), verdict);
    assert.match(await page.innerText(".verdict"), said);
  }
}));

test("the proof names its rows, and a row is shown cell by cell", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "party", party: "PORT" }, async (page) => {
  await page.waitForSelector(".proof-text");
  const source = page.locator(".proof .source", { hasText: "持股表第19行" }).first();
  await source.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".row-card");
  const panel = await page.innerText(".sources");
  for (const said of ["持股表第19行", "云山市国有资产监督管理委员会（示例）", "100", "来源：示例 (invented)"]) assert.ok(panel.includes(said), said);
  assert.equal(await page.evaluate(() => document.activeElement.id), "sources-title");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".sources:not([hidden])").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "持股表第19行");
  await page.locator(".proof .source", { hasText: "见上文第6项" }).first().click();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^6\. /);
}));

test("the layers above and below are shown when opened", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "party", party: "HILL" }, async (page) => {
  await shown(page);
  await page.click(".layers details:first-child summary");
  await page.waitForSelector(".layers details:first-child table");
  assert.match(await page.innerText(".layers details:first-child"), /SASAC/);
  await page.click(".layers details:last-child summary");
  await counted(page, ".layers table", 2);
  assert.match(await page.innerText(".layers details:last-child"), /LARK/);
}));

test("everything is reached with the keyboard alone", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const reached = new Set();
  for (let step = 0; step < 45; step += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      // Inside a box for a date the browser marks its own parts.
      const mark = at.matches(":focus-visible") ? getComputedStyle(at).outlineStyle : "own";
      return `${at.closest("header, nav, .daybar, .parts, .filters, table.register, .downloads")?.className || at.closest("header, nav")?.tagName}|${mark}`;
    });
    reached.add(name);
  }
  for (const part of ["HEADER", "NAV", "daybar", "parts", "filters", "downloads", "register"]) assert.ok([...reached].some((name) => name.startsWith(part)), `${part}: ${[...reached]}`);
  assert.ok(![...reached].some((name) => name.endsWith("|none")), `focus without a mark: ${[...reached]}`);
}));
