/* Signing in with a key file of dabylctl: the page's policy holds, libsodium and our own rules load under it, a wrong passphrase is
 * told, a stranger's key stays outside, three languages, a narrow dark window, no barrier. */
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const { withNewsroom, offerKey, signIn, checkAxe, shoot } = require("./harness.js");

const LANGUAGES = ["kk", "ru", "en"];

/* Nothing comes from anywhere else, and nothing is written as markup: the policy is on, and it bites. */
async function checkPolicy(page) {
    const refused = await page.evaluate(() => {
        try {
            document.createElement("div").innerHTML = "<b>x</b>";
            return "markup was taken";
        } catch (error) {
            return error.name;
        }
    });
    assert.equal(refused, "TypeError");
    page.problems = page.problems.filter((problem) => !/require-trusted-types-for|TrustedHTML/.test(problem));
}

async function checkLanguages(page) {
    const titles = new Set();
    for (const language of LANGUAGES) {
        await page.locator(`button[lang="${language}"]`).click();
        await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
        titles.add(await page.locator("h1").textContent());
        await checkAxe(page, `sign-in in ${language}`);
    }
    assert.equal(titles.size, LANGUAGES.length, "each language has its own words");
}

async function checkWrongPassphrase(page, site) {
    await offerKey(page, site.editors[0], "not the passphrase");
    await page.locator("[role=alert]").first().waitFor();
    assert.equal(await page.locator("#main").count(), 0);
}

async function checkStranger(page, site) {
    const key = `${site.folder}/stranger.key`;
    site.ctl("key", "editor", "--name", "STRANGER", "-o", key, "--passphrase-file", `${site.folder}/passphrase`);
    await offerKey(page, { name: "STRANGER", key }, site.passphrase);
    await page.locator("[role=alert]").first().waitFor();
    assert.equal(await page.locator("#main").count(), 0);
}

/* The session lasts over a reload; the key does not: its file is kept as dabylctl wrote it, encrypted. */
async function checkKept(page, site) {
    await page.reload();
    await page.locator("#main").waitFor();
    const kept = await page.evaluate(() => new Promise((resolve) => {
        indexedDB.open("dabyl").onsuccess = (event) => {
            event.target.result.transaction("keys").objectStore("keys").getAll().onsuccess = (got) =>
                resolve(got.target.result.map((one) => ({ name: one.name, file: [...one.file] })));
        };
    }));
    const mine = kept.find((one) => one.name === site.editors[0].name);
    assert.deepEqual(mine.file, [...fs.readFileSync(site.editors[0].key)]);
}

withNewsroom({ modems: 1 }, async ({ site, openPage }) => {
    const first = await openPage();
    await first.locator("h1").waitFor();
    await checkPolicy(first);
    await checkLanguages(first);
    await shoot(first, "sign-in");
    await checkStranger(first, site);
    await checkWrongPassphrase(first, site);
    await signIn(first, site, 0);
    await shoot(first, "signed-in");
    await checkKept(first, site);
    const narrow = await openPage({ language: "kk", width: 360, height: 740, dark: true });
    await signIn(narrow, site, 1);
    await checkAxe(narrow, "narrow and dark");
    assert.ok((await narrow.evaluate(() => document.documentElement.scrollWidth)) <= 360, "nothing is wider than the window");
    await shoot(narrow, "signed-in-narrow-dark");
    /* the gateway knows who has come in; two that it refused, and 401s of those who ask who they are, are no errors of the page */
    for (const page of [first, narrow]) page.problems = page.problems.filter((problem) => !/401/.test(problem));
});
