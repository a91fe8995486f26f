/* A drill by the page: other colours, other words, another confirmation, testers alone, and how many of them answered. Then somebody
 * else's warning in CAP 1.2, from a file and pasted: refused by the rule that it breaks, or a draft that nobody has signed. */
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");

const PEOPLE = 5;
const TESTERS = ["+77010000001", "+77010000002"];
const HOLD_MS = 1700;
const WAIT_MS = 30000;

const go = (page, where) => page.goto(`${page.url().split("#")[0]}#/${where}`);
const colourOf = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);

async function until(what, ready) {
    const end = Date.now() + WAIT_MS;
    while (!(await ready())) {
        assert.ok(Date.now() < end, what);
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

/* ---- the drill ---- */

async function write(page) {
    await go(page, "drill");
    await page.getByRole("button", { name: "Write the drill" }).click();
    await page.locator(".drill-band.hatched").waitFor();
    for (const name of ["kk", "ru", "en"])
        for (const slot of await page.locator(`.slot input[lang=${name}]`).all()) await slot.fill("18:00");
    await page.locator(".map-grid").getByRole("button", { name: "Almaty", exact: true }).click();
    await page.locator(".reach-people strong", { hasText: String(TESTERS.length) }).waitFor();
    await checkAxe(page, "a drill");
    await shoot(page, "drill-compose");
    await page.locator(".sign-box button").click();
    await page.locator("dialog[open]").getByRole("button", { name: "Sign exactly this" }).click();
    await page.waitForURL(/#\/sign\/\d+/);
    return page.url().match(/#\/sign\/(\d+)/)[1];
}

/* The region's name, which releases an alert, does nothing here; the word does. */
async function release(page, draft) {
    await go(page, `sign/${draft}`);
    await page.locator(".review.is-drill .signatures .good").waitFor();
    await page.locator(".review-band.hatched").waitFor();
    const [button, typed] = [page.locator("button.hold"), page.locator(".outlook input:not([type=checkbox])").last()];
    await typed.fill("Алматы");
    assert.ok(await button.isDisabled(), "a region's name is no confirmation of a drill");
    await typed.fill("учебная тревога");
    await checkAxe(page, "a drill's review");
    await shoot(page, "drill-review");
    await button.hover();
    await page.mouse.down();
    await page.waitForTimeout(HOLD_MS);
    await page.mouse.up();
    await page.locator("#accepted").waitFor();
    await shoot(page, "drill-accepted");
}

async function checkPhones(site) {
    const [row] = site.ctlJson("status").bulletins;
    assert.deepEqual([row.kind, row.recipients], ["drill", TESTERS.length]);
    await until("the drill is through", () => site.ctlJson("status", String(row.number)).bulletins[0].sent === TESTERS.length);
    const phones = site.phones();
    assert.deepEqual(Object.keys(phones).filter((number) => phones[number].length > 0).sort(), TESTERS, "testers, and nobody else");
    for (const number of TESTERS) {
        const text = phones[number].join(" ");
        assert.ok(text.includes(row.check_code), text);
        assert.ok(text.split(/UCHEBNAYA/).length > 2, `the word at both ends: ${text}`);
    }
    return row.number;
}

async function checkAnswers(page, site, number) {
    execFileSync(site.modemsim, ["inject", "--dir", `${site.folder}/modems`, "--modem", "1", "--from", TESTERS[0], "--text", "ok"]);
    await go(page, "drill");
    await page.getByRole("progressbar", { name: `Answers OK to drill No ${number}` }).waitFor();
    await page.getByText(`1 of ${TESTERS.length}`).waitFor();
    await shoot(page, "drill-answers");
}

/* What a person sees at once: a drill's last button has not the colour of an alert's. */
async function checkColours(author) {
    const colours = {};
    for (const kind of ["Alert", "Drill"]) {
        await go(author, "compose");
        await author.getByRole("button", { name: /^Empty|blank/i }).first().click();
        await author.waitForURL(/#\/compose\/\d+/);
        await author.getByRole("radio", { name: kind, exact: true }).check({ force: true });
        await author.waitForTimeout(400);
        colours[kind] = await colourOf(author.locator(".sign-box button").first());
    }
    assert.notEqual(colours.Alert, colours.Drill);
}

/* ---- CAP ---- */

const CAP = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>hydro-17</identifier><sender>hydro@example.kz</sender>
<sent>2026-04-11T08:30:00+05:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>en</language><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity>
<certainty>Likely</certainty><headline>The Ural will flood its banks</headline><area><areaDesc>Uralsk</areaDesc></area></info></alert>`;
const BROKEN = [
    [CAP.replace("Public", "Everybody"), /CAP 1\.2, 3\.2.*scope/s],
    [CAP.replace("<certainty>Likely</certainty>", ""), /CAP 1\.2, 3\.2.*certainty/s],
    [CAP.replace("?>", '?><!DOCTYPE alert [<!ENTITY a "b">]>'), /DOCTYPE|document type/i],
];

async function checkCap(page) {
    await go(page, "compose");
    await page.getByText("From a CAP message").click();
    const [field, take] = [page.getByLabel("The message (XML)"), page.getByRole("button", { name: "Make a draft of it" })];
    for (const [xml, rule] of BROKEN) {
        await field.fill(xml);
        const answer = page.waitForResponse((response) => response.url().endsWith("/api/cap"));
        await take.click();
        const told = (await (await answer).json()).why;
        assert.match(told, rule);
        await page.getByText(told.slice(0, 60)).first().waitFor(); /* and an editor reads it */
    }
    await checkAxe(page, "a refused CAP message");
    await shoot(page, "cap-refused");
    await page.locator("input[type=file]").setInputFiles({ name: "hydro.xml", mimeType: "application/xml", buffer: Buffer.from(CAP) });
    await page.waitForFunction((area) => area.value.includes("hydro-17"), await field.elementHandle());
    await take.click();
    await page.waitForURL(/#\/compose\/\d+/);
    await page.getByRole("heading", { level: 1, name: "The Ural will flood its banks" }).waitFor();
    assert.match(await page.getByLabel("Notes for the second editor").inputValue(), /hydro@example\.kz.*not verified/);
    await shoot(page, "cap-draft");
}

withNewsroom({ modems: 2, people: PEOPLE }, async ({ site, openPage }) => {
    for (const number of TESTERS) site.ctl("subscribers", "tester", number);
    const [author, second] = [await openPage({ language: "en" }), await openPage({ language: "ru" })];
    await signIn(author, site, 0);
    await signIn(second, site, 1);
    await release(second, await write(author));
    const number = await checkPhones(site);
    await checkAnswers(author, site, number);
    await checkColours(author);
    await checkCap(author);
    assert.equal(site.ctlJson("status").bulletins.length, 1, "a message of somebody else's is only a draft");
    for (const page of [author, second]) page.problems = page.problems.filter((problem) => !/401|422/.test(problem));
});
