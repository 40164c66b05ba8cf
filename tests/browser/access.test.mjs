import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { close, DAY, downloaded, HOSTILE, picture, SIZES, state, TOUR, visit } from "./support.mjs";

after(close);

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const DEAL = "counterparty=WILLOW&kind=9.13&amount=1500000&date=2022-06-01&pricing=market";
const VIEWS = {
  register: {}, chart: { view: "chart" }, groups: { view: "groups" }, deal: { view: "deal", deal: DEAL }, screen: { view: "screen" }, whatif: { view: "whatif" },
  party: { view: "party", party: "PORT" }, near: { view: "party", party: "REED" },
};
const settled = (page) => page.waitForFunction(() => !document.querySelector(".waiting, [aria-busy]"));

// Run as a script of the test, not of the page, whose policy allows none but its own.
async function faults(page) {
  const { violations } = await page.evaluate(`${axe}; axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`);
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

for (const [name, view] of Object.entries(VIEWS)) {
  for (const lang of ["zh", "en"]) {
    for (const size of lang === "zh" ? Object.keys(SIZES) : ["wide"]) {
      test(`${name} in ${lang} at ${size} has no fault that axe finds and fits the window`, () => visit(TOUR, { as_of: DAY, lang, ...view }, async (page) => {
        await settled(page);
        await page.waitForTimeout(200);
        await picture(page, `${name}-${lang}-${size}`);
        for (const details of await page.$$("main details:not([open]) > summary, #days details:not([open]) > summary")) if (await details.isVisible()) await details.click();
        await settled(page);
        assert.deepEqual(await faults(page), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px wider than the window`);
      }, { size }));
    }
  }
}

test("the language is switched in place and kept", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  assert.equal(await page.innerText("main h1"), "关联人名录");
  await page.click(".language");
  await page.waitForFunction(() => document.querySelector("main h1")?.textContent === "Register");
  assert.deepEqual([state(page).lang, await page.getAttribute("html", "lang")], ["en", "en"]);
  await page.waitForFunction(() => /5\.2 %/.test(document.querySelector("[data-party=REN] .why")?.textContent ?? ""));
  assert.doesNotMatch(await page.evaluate(() => [...document.querySelectorAll("nav, .parts, thead, .filters, .daybar")].map((part) => part.innerText).join(" ")), /[\u4e00-\u9fff]/);
  await page.goto(`${TOUR}?as_of=${DAY}`);
  await page.waitForFunction(() => document.querySelector("main h1")?.textContent === "Register");
}));

test("the readings, the suggestions and the source rows have no fault that axe finds", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "party", party: "PORT" }, async (page) => {
  await page.click(".readings summary");
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".readings[open]").count(), 0);
  await page.fill(".search input", "云山");
  await page.waitForSelector(".search [role=option]");
  assert.deepEqual(await faults(page), []);
  await page.click(".proof .source");
  await page.waitForSelector(".row-card");
  await picture(page, "sources");
  assert.deepEqual(await faults(page), []);
}));

test("no word is missing in either language", async () => {
  const { WORDS } = await import(`data:text/javascript,${encodeURIComponent(await (await fetch(`${TOUR}page/dictionary.js`)).text())}`);
  for (const [key, words] of Object.entries(WORDS)) {
    assert.equal(words.length, 2, key);
    assert.ok(words.every((word) => word.trim()), key);
    assert.deepEqual(words[0].match(/\{\d\}/g)?.sort() ?? [], words[1].match(/\{\d\}/g)?.sort() ?? [], key);
  }
});

test("names made of markup are shown as they are written", () => visit(HOSTILE, { as_of: DAY, lang: "zh" }, async (page) => {
  const hit = () => page.evaluate(() => globalThis.hit ?? null);
  const tag = "<img src=x onerror=hit=1>";
  assert.ok((await page.innerText("table.register")).includes(tag));
  for (const view of [{ view: "party", party: "H" }, { view: "chart" }, { view: "groups" }, { view: "party", party: "N" }]) {
    await page.goto(`${HOSTILE}?${new URLSearchParams({ as_of: DAY, lang: "zh", ...view })}`);
    await settled(page);
    await page.waitForSelector("main h1");
    await page.waitForTimeout(300);
    assert.equal(await page.locator("main img, main script").count(), 0, JSON.stringify(view));
    assert.equal(await hit(), null, JSON.stringify(view));
  }
  await page.goto(`${HOSTILE}?${new URLSearchParams({ as_of: DAY, lang: "zh", view: "party", party: "H" })}`);
  await page.waitForFunction(() => Number(document.querySelector(".canvas")?.dataset.parties) > 1);
  assert.ok((await page.innerText(".verdict h1")).includes(tag));
  const svg = (await downloaded(page, () => page.locator(".tools").getByText("SVG").click())).toString();
  assert.doesNotMatch(svg, /<img|<script/);
  await page.fill(".search input", "onerror");
  await page.waitForSelector(".search [role=option]");
  assert.equal(await page.locator(".search img").count(), 0);
  await page.click(".proof .source");
  await page.waitForSelector(".row-card");
  assert.ok((await page.innerText(".sources")).includes("<script>hit=2</script>"));
  assert.equal(await hit(), null);
}));

test("the policy of the page allows no script but its own", async () => {
  const policy = (await fetch(TOUR)).headers.get("content-security-policy");
  assert.ok(policy, "no policy");
  assert.doesNotMatch(policy, /unsafe-|\*/);
  assert.match(policy, /default-src 'none'|default-src 'self'/);
  assert.match(policy, /frame-ancestors 'none'/);
});

test("on paper there is the answer and nothing to press", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav, .search, .filters, .downloads, .daytrack").filter({ visible: true }).count(), 0);
  assert.ok(await page.locator("table.register").isVisible());
}));
