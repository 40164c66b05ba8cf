import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, DAY, downloaded, state, TOUR, visit } from "./support.mjs";

after(close);

test("a deal is checked before it is signed", () => visit(TOUR, { lang: "zh", view: "deal" }, async (page) => {
  const box = page.getByLabel("交易对方");
  await box.fill("垂柳");
  await page.waitForSelector(".field [role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByLabel("交易类型").selectOption("9.13");
  await page.locator("input[name=amount]").fill("1,500,000");
  await page.locator("input[name=date]").fill("2022-06-01");
  await page.locator("select[name=pricing]").selectOption("market");
  await page.locator("form button.primary").click();
  await page.waitForSelector(".result h4, .result h3");
  const result = await page.innerText(".result");
  for (const said of ["3,200,000", "及时披露", "1,300,000", "壬示例（REN）", "第五十三条"]) assert.ok(result.includes(said), said);
  assert.match(state(page).deal, /counterparty=WILLOW/);
  await page.locator(".result .source").first().click();
  await page.waitForSelector(".row-card");
}));

test("a deal in the address is shown again", () => visit(TOUR, { lang: "en", view: "deal", deal: "counterparty=WILLOW&kind=9.13&amount=1000000&date=2022-06-01&pricing=market" }, async (page) => {
  await page.waitForSelector(".result h4, .result h3");
  await page.waitForFunction(() => document.querySelector("input[name=counterparty]").value.startsWith("垂柳"));
  assert.match(await page.innerText(".result"), /2,700,000/);
}));

test("what is wrong with a deal is said", () => visit(TOUR, { lang: "zh", view: "deal", deal: "counterparty=WILLOW&kind=9.13&amount=many&date=2022-06-01" }, async (page) => {
  await page.waitForSelector(".result [role=alert]");
  assert.match(await page.innerText(".result"), /many/);
}, { refused: true }));

test("a list is screened", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "screen" }, async (page) => {
  await page.getByLabel("名单（每行一个）").fill("云山港口有限公司（示例）\nREED\n甲乙丙丁公司\n");
  await page.locator("form button.primary").click();
  await page.waitForSelector("section table");
  const rows = await page.$$eval("section tbody tr", (all) => all.map((row) => row.innerText.replace(/\s+/g, " ")));
  assert.equal(rows.length, 3);
  assert.match(rows[0], /关联方.*5\.2.*5\.3/);
  assert.match(rows[1], /非关联方/);
  assert.match(rows[2], /数据中没有/);
  const bytes = await downloaded(page, () => page.getByRole("button", { name: "导出为XLSX" }).click());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
}));

test("a file is screened", () => visit(TOUR, { as_of: DAY, lang: "en", view: "screen" }, async (page) => {
  await page.locator("input[type=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("name\nPORT\n芦苇贸易有限公司（示例）\n") });
  await page.locator("form button.primary").click();
  await page.waitForSelector("section table");
  const said = await page.innerText("section table");
  assert.match(said, /PORT[\s\S]*Related[\s\S]*REED[\s\S]*Not related/);
}));

test("changes are tried out", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "whatif" }, async (page) => {
  const fill = async (cells) => {
    for (const [column, value] of Object.entries(cells)) await page.locator(`[name=${column}]`).fill(value);
    await page.getByRole("button", { name: "加入假设" }).click();
  };
  const kind = (value) => page.getByLabel("变更", { exact: true }).selectOption(value);
  await page.waitForSelector("input[name=holder]");
  await fill({ holder: "XIN", company: "LARK", percent: "6", from: "2022-01-01" });
  assert.match(await page.innerText(".changes-list"), /持有人 XIN/);
  await kind("end");
  await fill({ row: "2", day: "2022-03-31" });
  await kind("set");
  await fill({ row: "9", percent: "5" });
  assert.deepEqual((await page.locator(".changes-list li").allInnerTexts()).map((text) => text.slice(0, 2)), ["新增", "终止", "更改"]);
  await page.locator(".changes-list li").nth(1).getByRole("button").click();
  await page.getByRole("button", { name: "推演" }).click();
  await page.waitForSelector(".result table");
  const result = await page.innerText(".result");
  for (const said of ["新增（2）", "辛示例（XIN）", "芦苇贸易有限公司（示例）（REED）"]) assert.ok(result.includes(said), `${said}: ${result}`);
}));

test("what is wrong with a change is said", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "whatif" }, async (page) => {
  await page.waitForSelector("input[name=holder]");
  await page.locator("[name=holder]").fill("NOBODY");
  await page.locator("[name=company]").fill("LARK");
  await page.locator("[name=percent]").fill("6");
  await page.getByRole("button", { name: "加入假设" }).click();
  await page.getByRole("button", { name: "推演" }).click();
  await page.waitForSelector(".result [role=alert]");
  assert.match(await page.innerText(".result"), /NOBODY/);
}, { refused: true }));

test("groups add up what was dealt with all under one controller", () => visit(TOUR, { as_of: DAY, lang: "zh", view: "groups", party: "WILLOW" }, async (page) => {
  await page.waitForSelector(".group");
  assert.deepEqual(await page.$$eval(".group", (all) => all.map((group) => group.dataset.top)), ["REN"]);
  const said = await page.innerText(".group");
  for (const part of ["6,700,000", "1,700,000", "35% + 受托20% = 55%"]) assert.ok(said.includes(part), part);
  await page.getByRole("button", { name: /穿透图/ }).click();
  await page.waitForFunction(() => Number(document.querySelector(".group .canvas")?.dataset.parties) >= 3);
  const bytes = await downloaded(page, () => page.locator("[data-form=csv]").first().click());
  assert.match(bytes.toString(), /WILLOW/);
}));

test("a token is asked for once and sent from then on", () => visit(TOUR, { as_of: DAY, lang: "zh" }, async (page) => {
  assert.equal(await page.locator("dialog").count(), 0);
  assert.equal(await page.locator("[data-party=REN]").count(), 1);
  const bytes = await downloaded(page, () => page.click("[data-form=csv]"));
  assert.match(bytes.toString(), /BAMBOO/);
}, {
  refused: true,
  before: (page) => page.route("**/api/v1/**", (route) => (route.request().headers().authorization === "Bearer open sesame" ? route.continue()
    : route.fulfill({ status: 401, contentType: "application/problem+json", body: '{"status":401,"title":"需要令牌"}' }))),
  arrive: async (page) => {
    await page.getByLabel("访问令牌", { exact: true }).fill("open sesame");
    await page.keyboard.press("Enter");
  },
}));
