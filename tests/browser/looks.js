/* Every page where one writes, signs and follows, in three languages, narrow and wide, light and dark: no barrier, nothing wider
 * than the window, a picture of each. The gateway has what fills them: a sketch, a draft that waits, bulletins, people. */
"use strict";
const assert = require("node:assert/strict");
const path = require("node:path");
const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");

const PEOPLE = 4;
const LANGUAGES = ["kk", "ru", "en"];
const WIDTHS = [{ width: 360, height: 780 }, { width: 1280, height: 900 }];
const SCHEMES = ["light", "dark"];
const EXAMPLE = path.join(__dirname, "../../deploy/examples/alert.json");

function approved(site, editors) {
    const { draft } = site.ctlJson("draft", "new", "--from", EXAMPLE);
    for (const { key } of editors) site.ctl("draft", "approve", String(draft), "--key", key, "--passphrase-file", `${site.folder}/passphrase`, "--yes");
    return draft;
}

/* On the air: the page says so by itself, with the number and since when. */
async function checkTransmitter(page, site, number) {
    await page.goto(`${site.address}#/now`);
    const card = page.locator("section.card", { has: page.getByRole("heading", { name: "Transmitter" }) });
    await card.getByText("on the air", { exact: true }).waitFor({ timeout: 60000 });
    await card.getByRole("link", { name: `№ ${number}` }).waitFor();
    assert.match(await card.textContent(), /Since\d\d:\d\dNext broadcast\d\d:[03]0$/);
}

/* {name: address}: pages that need something to show get it. */
async function fill(page, site) {
    const { number } = site.ctlJson("send", String(approved(site, site.editors)));
    await checkTransmitter(page, site, number);
    await page.goto(`${site.address}#/bulletin/${number}`);
    await page.locator("img.waterfall").waitFor({ timeout: 60000 });
    const waiting = approved(site, site.editors.slice(0, 1));
    await page.goto(`${site.address}#/compose`);
    await page.locator("button.template", { hasText: "SHOOTING" }).click();
    await page.waitForURL(/#\/compose\/\d+/);
    const sketch = page.url().split("#/")[1];
    return { now: "now", write: "compose", sketch, sign: "sign", review: `sign/${waiting}`, bulletins: "bulletins", bulletin: `bulletin/${number}`, radio: "radio" };
}

/* A browser that keeps its session: only its window, its colours and the page's language change. */
async function look(page, name, language, size, scheme) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
    const what = `${name}-${language}-${size.width}-${scheme}`;
    await checkAxe(page, what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= size.width, `${what}: ${wide} pixels wide`);
    await shoot(page, what);
    return page.locator("h1").first().textContent();
}

/* Pictures that come when they are in sight. */
const showPictures = (page) =>
    page.evaluate(() =>
        Promise.all(
            [...document.images].map((image) => {
                image.loading = "eager";
                return image.decode();
            }),
        ),
    );

async function lookAll(page, name, language) {
    await page.locator(".waiting").first().waitFor({ state: "detached" });
    await showPictures(page);
    for (const size of WIDTHS) for (const scheme of SCHEMES) await look(page, name, language, size, scheme);
}

async function speak(page, language) {
    await page.evaluate((wanted) => localStorage.setItem("dabyl.language", wanted), language);
    await page.goto(`${page.url().split("#")[0]}#/audit`); /* none of those that are looked at */
    await page.reload();
}

/* Waits until it is another page, not the one that was there. */
async function open(page, site, where) {
    await page.locator("#main h1").first().evaluate((heading) => heading.setAttribute("data-old", ""));
    await page.goto(`${site.address}#/${where}`);
    await page.locator("#main h1:not([data-old])").first().waitFor();
}

withNewsroom({ modems: 1, people: PEOPLE, transmitter: true }, async ({ site, openPage }) => {
    const page = await openPage({ language: "en", still: true });
    for (const language of LANGUAGES) {
        await speak(page, language);
        await lookAll(page, "sign-in", language);
    }
    await page.setViewportSize(WIDTHS[1]);
    await signIn(page, site, 1);
    const pages = await fill(page, site);
    for (const language of LANGUAGES) {
        await speak(page, language);
        await page.locator("#main h1").first().waitFor();
        for (const [name, where] of Object.entries(pages)) {
            await open(page, site, where);
            await lookAll(page, name, language);
        }
    }
    page.problems = page.problems.filter((problem) => !/401/.test(problem));
});
