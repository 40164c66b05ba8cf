import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, counted, DAY, downloaded, state, texts, TOUR, visit } from "./support.mjs";

after(close);

const REGISTER = { as_of: DAY, lang: "zh" };
const parties = (page) => page.$$eval("table.register tbody", (bodies) => bodies.map((body) => body.dataset.party));
const moved = (page, to) => page.waitForFunction((day) => new URL(location.href).searchParams.get("as_of") === day && !document.querySelector("main [aria-busy]"), to);

test("the register counts its parts and says why", () => visit(TOUR, REGISTER, async (page) => {
  const counts = await page.$$eval(".part", (parts) => parts.map((part) => [part.dataset.part, part.querySelector(".count").textContent]));
  assert.deepEqual(counts, [["all", "37"], ["organisation", "20"], ["person", "11"], ["exempt", "1"], ["undetermined", "2"], ["contested", "14"]]);
  await page.waitForFunction(() => document.querySelector("[data-party=REN] .why").textContent === "持股5.2%（2% + 8% × 40%）");
  assert.match(await page.innerText("[data-party=REN]"), /自然人间接持股/);
  assert.match(await page.innerText("[data-party=FOG]"), /无法确定[\s\S]*持股表第16行/);
}));

test("it is filtered by part, text, ground and footing", () => visit(TOUR, REGISTER, async (page) => {
  for (const [act, expected] of [
    [() => page.click("[data-part=exempt]"), ["WATER"]],
    [() => page.click("[data-part=undetermined]"), ["FOG", "MAO"]],
    [() => page.click("[data-part=all]"), null],
    [() => page.getByLabel("名称或编号").fill("暮云"), ["DUSK", "DUSK1", "DUSK2"]],
    [() => page.getByLabel("名称或编号").fill(""), null],
    [() => page.locator(".filters select").first().selectOption("8.2"), ["SHADE"]],
    [() => page.locator(".filters select").first().selectOption(""), null],
    [() => page.locator(".filters select").nth(1).selectOption("looked_back"), ["GENG", "MAPLE"]],
  ]) {
    await act();
    await page.waitForFunction((want) => {
      const shown = [...document.querySelectorAll("table.register tbody")].map((body) => body.dataset.party);
      return want ? JSON.stringify(shown) === want : shown.length === 37;
    }, expected && JSON.stringify(expected));
  }
}));

test("it is sorted by its headings, up and down", () => visit(TOUR, REGISTER, async (page) => {
  const first = await parties(page);
  await page.click("[data-sort=ground]");
  const sort = () => page.getAttribute("th:has([data-sort=ground])", "aria-sort");
  await page.waitForSelector("th[aria-sort=ascending]");
  assert.equal(await sort(), "ascending");
  assert.deepEqual((await texts(page, "table.register tbody tr:first-child .ground")).slice(0, 2), ["5.1", "5.1"]);
  await page.click("[data-sort=ground]");
  await page.waitForSelector("th[aria-sort=descending]");
  assert.notDeepEqual(await parties(page), first);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.sort), "ground");
  await page.click("[data-sort=ground]");
  await counted(page, "th[aria-sort=none]", 4);
  assert.deepEqual(await parties(page), first);
}));

test("the slider moves the day and tells what entered and left", () => visit(TOUR, { as_of: "2021-12-31", lang: "zh" }, async (page) => {
  await page.waitForFunction(() => document.querySelectorAll(".mark").length > 0);
  await page.focus("input[type=range]");
  await page.evaluate((day) => {
    const range = document.querySelector("input[type=range]");
    range.value = String(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
    range.dispatchEvent(new Event("input", { bubbles: true }));
    range.dispatchEvent(new Event("change", { bubbles: true }));
  }, DAY);
  await moved(page, DAY);
  await counted(page, "tbody.entered", 2);
  const marked = (change) => page.$$eval(`tbody.${change}`, (rows) => rows.map((row) => row.dataset.party).sort());
  assert.deepEqual(await marked("entered"), ["SHADE", "SNOW"]);
  assert.deepEqual(await marked("left"), ["MAO", "XIN"]);
  assert.deepEqual(await marked("changed"), ["GENG", "MAPLE"]);
  assert.match(await page.innerText("#day-window"), /2021-06-30 至 2023-06-30/);
  await page.click("text=变动原因");
  await page.waitForSelector(".diff table");
  assert.match(await page.innerText(".diff"), /认定表第1行/);
  await page.goBack();
  await moved(page, "2021-12-31");
}));

test("arrow keys move by a day, buttons to the next change", () => visit(TOUR, REGISTER, async (page) => {
  await page.focus("input[type=range]");
  await page.keyboard.press("ArrowRight");
  await moved(page, "2022-07-01");
  assert.equal(await page.getAttribute("input[type=range]", "aria-valuetext"), "2022-07-01");
  await page.click("[data-step=ahead]");
  await moved(page, "2022-09-15");
  await page.click("[data-step=back]");
  await moved(page, "2022-06-01");
  await page.fill("#as-of", "2021-05-31");
  await moved(page, "2021-05-31");
}));

test("an answer that comes too late is dropped", () => visit(TOUR, REGISTER, async (page) => {
  await page.route(/register\?.*as_of=2021-12-31/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    await route.continue().catch(() => {});
  });
  await page.fill("#as-of", "2021-12-31");
  await page.waitForTimeout(50);
  await page.fill("#as-of", "2022-12-31");
  await moved(page, "2022-12-31");
  await page.waitForTimeout(1200);
  assert.equal(state(page).as_of, "2022-12-31");
  assert.equal(await page.locator("[data-party=XIN]").count(), 0);
}));

test("another reading is taken from the head and said", () => visit(TOUR, REGISTER, async (page) => {
  await page.click(".readings summary");
  await page.locator("select[name=family_of]").selectOption("7.1-7.3");
  await page.waitForSelector("[data-party=CHOU].related");
  assert.match(await page.innerText("#notice"), /亲属的范围/);
}));

test("the register is given as files", () => visit(TOUR, REGISTER, async (page) => {
  for (const [form, starts] of [["xlsx", "PK"], ["csv", null], ["html", "<!doctype html"]]) {
    const bytes = await downloaded(page, () => page.click(`[data-form=${form}]`));
    assert.ok(bytes.length > 500, `${form} has ${bytes.length} bytes`);
    if (starts) assert.equal(bytes.subarray(0, starts.length).toString().toLowerCase(), starts.toLowerCase());
    else assert.match(bytes.toString(), /BAMBOO/);
  }
}));
