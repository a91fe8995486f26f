/* Two editors, two browsers, one gateway: a template becomes a draft, its author signs, the second editor reads what phones will
 * show, types the region's name and holds to sign, and it is on the phones with the code that both have seen. Before that the
 * gateway shows the author other bytes than she wrote, and the second editor an altered draft: neither signs. Then it was wrong: one tap
 * releases the retraction that was signed with it, which reaches the same phones. A listener with nothing but the newsroom's
 * fingerprint decodes and verifies it from the recording that goes on the air; another newsroom takes it as a CAP message. */
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");

const PEOPLE = 6;
const HOLD_MS = 1700;
const PHONES_MS = 60000;
const AIR_MS = 60000;
const DECODE_MS = 100000; /* a programme of minutes, on a machine that does other things */
const REGIONS_AT = 17; /* in the bytes of a body: the middle byte of its regions (wire.h) */
const PLACE = { kk: "Төле би көшесі", ru: "улица Толе би", en: "Tole Bi street" };

/* A draft from a template, as an editor clicks it together. */
async function write(page) {
    await page.goto(`${page.url().split("#")[0]}#/compose`);
    await page.locator("button.template", { hasText: "SHOOTING" }).click();
    for (const [name, text] of Object.entries(PLACE)) {
        await page.locator(`.slot input[lang=${name}]`).nth(0).fill(text);
        await page.locator(`.slot input[lang=${name}]`).nth(1).fill("23:00");
    }
    await page.locator(".map-grid").getByRole("button", { name: "Almaty", exact: true }).click();
    await page.locator(".reach-people strong", { hasText: String(PEOPLE) }).waitFor();
    await checkAxe(page, "compose");
    await shoot(page, "compose");
}

/* Sealed bytes that come from the gateway under a path, changed. */
async function alter(page, path, change) {
    await page.route(path, async (route) => {
        if (route.request().method() !== "GET") return route.continue();
        const answer = await route.fetch();
        const told = await answer.json();
        const bytes = Buffer.from(told.sealed, "base64");
        change(bytes);
        return route.fulfill({ response: answer, json: { ...told, sealed: bytes.toString("base64") } });
    });
    return () => page.unroute(path);
}

const openSigning = (page) => page.locator(".sign-box button").click();
const dialog = (page) => page.locator("dialog[open]");

/* The gateway, taken over, stamps another region: the author's browser tells, and there is nothing to sign. */
async function checkAlteredForAuthor(page) {
    const honest = await alter(page, /\/api\/drafts\/\d+$/, (bytes) => (bytes[REGIONS_AT] ^= 1));
    await openSigning(page);
    await dialog(page).locator("[role=alert]").waitFor();
    assert.equal(await dialog(page).getByRole("button", { name: "Sign exactly this" }).count(), 0);
    await honest();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
}

/* Signs as author; the check code. */
async function signAsAuthor(page) {
    await openSigning(page);
    await shoot(page, "sign-as-author");
    await dialog(page).getByRole("button", { name: "Sign exactly this" }).click();
    await page.waitForURL(/#\/sign\/\d+/);
    await page.getByText("Now another editor must look at it").waitFor();
    return page.url().match(/#\/sign\/(\d+)/)[1];
}

/* Another region than the author signed: her signature is shown as wrong, and what the second editor signs is refused. */
async function checkAlteredForSecond(page, draft) {
    const honest = await alter(page, /\/api\/drafts\/\d+$/, (bytes) => (bytes[REGIONS_AT] ^= 1));
    await page.goto(`${page.url().split("#")[0]}#/sign/${draft}`);
    await page.locator(".signatures .bad").waitFor();
    await honest();
}

async function review(page, draft) {
    await page.goto(`${page.url().split("#")[0]}#/sign`);
    await page.locator(`a[href="#/sign/${draft}"]`).click();
    await page.locator(".signatures .good").waitFor();
    await page.getByText(PLACE.kk).first().waitFor();
    await checkAxe(page, "review");
    await shoot(page, "review");
    return page.locator(".review-band .code").textContent();
}

/* Nothing can be held before the region's name stands there; a short press sends nothing. */
async function holdToSign(page) {
    const button = page.locator("button.hold");
    assert.ok(await button.isDisabled());
    await page.locator(".outlook input:not([type=checkbox])").last().fill("алматы");
    await button.hover();
    await page.mouse.down();
    await page.mouse.up();
    assert.equal(await page.locator("#accepted").count(), 0);
    await button.hover();
    await page.mouse.down();
    await page.waitForTimeout(HOLD_MS);
    await page.mouse.up();
    await page.locator("#accepted").waitFor();
    await shoot(page, "accepted");
}

async function waitPhones(site, code) {
    const end = Date.now() + PHONES_MS;
    for (;;) {
        const phones = Object.values(site.phones()).filter((texts) => texts.some((text) => text.includes(code)));
        if (phones.length === PEOPLE) return;
        assert.ok(Date.now() < end, `only ${phones.length} of ${PEOPLE} phones have ${code}`);
        await new Promise((resolve) => setTimeout(resolve, 300));
    }
}

/* ---- what others get ---- */

/* The recording that the radio puts on the air, as the page's own rows name it; the decoder knows only the fingerprint. */
async function checkAir(site, number, code) {
    const end = Date.now() + AIR_MS;
    const aired = () => site.ctlJson("status", String(number)).bulletins.find((row) => row.number === number && row.kind === "alert").air;
    while (!aired()) {
        assert.ok(Date.now() < end, "nothing went on the air");
        await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const decoder = site.dabylctl.replace(/dabylctl$/, "dabyl-rx");
    const heard = execFileSync(decoder, ["--fingerprint", site.fingerprint, "--json", aired().replace("-48000.wav", "-8000.wav")], { encoding: "utf8", timeout: DECODE_MS });
    const found = heard.trim().split("\n").map((line) => JSON.parse(line)).find((one) => one.number === number && one.kind === "alert");
    assert.deepEqual([found.verified, found.check_code, found.approvals.map((one) => one.name)], [true, code, site.editors.map((one) => one.name)]);
    assert.ok(found.kk.headline.includes(PLACE.kk), found.kk.headline);
}

/* The file under the bulletin's page: its words, and the sealed bytes as another newsroom's gateway reads them. */
async function checkCap(page, site, code) {
    const loading = page.waitForEvent("download");
    await page.locator("a[download$='.cap.xml']").click();
    const xml = fs.readFileSync(await (await loading).path(), "utf8");
    assert.ok(xml.includes(PLACE.kk) && xml.includes("urn:oasis:names:tc:emergency:cap:1.2"), xml);
    const [, sealed] = xml.match(/<valueName>dabyl:sealed<\/valueName>\s*<value>([^<]+)<\/value>/);
    fs.writeFileSync(`${site.folder}/exported.bulletin`, Buffer.from(sealed, "base64"));
    const verified = site.ctl("bulletin", "verify", `${site.folder}/exported.bulletin`, "--roster", `${site.folder}/roster.bulletin`, "--fingerprint", site.fingerprint);
    assert.ok(verified.includes("VERIFIED") && verified.includes(code), verified);
    const feed = await page.evaluate(async () => (await fetch("/api/feed.atom")).text());
    assert.ok(feed.includes("http://www.w3.org/2005/Atom") && feed.includes(PLACE.ru), feed);
}

/* One confirmation releases the retraction that was signed with the alert: no passphrase, no second editor; its check code. */
async function retract(page, number) {
    await page.goto(`${page.url().split("#")[0]}#/bulletin/${number}`);
    await page.getByRole("button", { name: "Retract" }).first().click();
    const release = dialog(page).getByRole("button", { name: "Retract now" });
    await release.waitFor();
    assert.equal(await dialog(page).locator("input").count(), 0);
    await checkAxe(page, "retraction");
    await shoot(page, "retract");
    const code = await dialog(page).locator(".code").textContent();
    await release.click();
    await dialog(page).waitFor({ state: "detached" });
    return code;
}

withNewsroom({ modems: 2, people: PEOPLE, radio: true }, async ({ site, openPage }) => {
    const author = await openPage({ language: "en" });
    const second = await openPage({ language: "ru" });
    await signIn(author, site, 0);
    await signIn(second, site, 1);
    await write(author);
    await checkAlteredForAuthor(author);
    const draft = await signAsAuthor(author);
    await checkAlteredForSecond(second, draft);
    const code = await review(second, draft);
    await holdToSign(second);
    const [row] = site.ctlJson("status").bulletins;
    assert.deepEqual([row.kind, row.recipients, row.check_code], ["alert", PEOPLE, code]);
    await waitPhones(site, code);
    await second.waitForURL(/#\/bulletin\/\d+/); /* the page goes there by itself */
    await checkAxe(second, "bulletin");
    await shoot(second, "bulletin");
    await checkCap(second, site, code);
    await checkAir(site, row.number, code);
    await waitPhones(site, await retract(author, row.number));
    assert.equal(site.ctlJson("status", String(row.number)).bulletins.some((one) => one.kind === "retract"), true);
    await second.locator(".note.bad").first().waitFor(); /* told by the gateway, without being asked */
    await shoot(second, "retracted");
    for (const page of [author, second]) page.problems = page.problems.filter((problem) => !/401/.test(problem));
});
