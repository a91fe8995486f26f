/* The pages beside writing and signing, against a gateway that has people, modems and a radio: a list of people who agreed, a paused
 * modem, a drill that testers answer, a rumour from question to answer, a recording that is seen and heard, a new roster, the
 * chain, CAP. No number of a phone is ever on a page; no barrier; each page in three languages, narrow and wide, light and dark. */
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");

const ROOT = path.join(__dirname, "../..");
const TESTER = "+77010000001";
const ASKERS = ["+77010000006", "+77010000007", "+77010000008", "+77010000009"];
const NUMBER = /\+?7\s?7\d\d\s?\d{3}\s?\d{2}\s?\d{2}/; /* of a phone, in clear */
const LIST = `${TESTER};kk;cyrillic;KZ-75\n+77010000002;ru;latin;KZ-75,KZ-19\n+77010000003;en;;KZ\n`;
const PAGES = ["drill", "radio", "modems", "rumours", "rumours?tab=asked", "rumours?tab=tips", "subscribers", "staff", "audit", "bulletins"];

async function until(what, ready) {
    for (let i = 0; i < 300; i++) {
        const got = await ready();
        if (got) return got;
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return assert.fail(`${what}: not after a minute`);
}

const open = async (page, name) => {
    await page.goto(`${page.url().split("#")[0]}#/${name}`);
    await page.locator(`nav a[href="#/${name.split("?")[0]}"][aria-current]`).waitFor({ state: "attached" });
    await page.locator("h1").first().waitFor();
    await page.waitForFunction(() => !document.querySelector(".waiting"));
};

const inject = (site, sender, text) =>
    execFileSync(site.modemsim, ["inject", "--dir", `${site.folder}/modems`, "--modem", "1", "--from", sender, "--text", text]);

function publish(site, base, change) {
    const draft = { ...JSON.parse(fs.readFileSync(`${ROOT}/deploy/examples/${base}.json`, "utf8")), ...change };
    fs.writeFileSync(`${site.folder}/draft.json`, JSON.stringify(draft));
    const { draft: id } = site.ctlJson("draft", "new", "--from", `${site.folder}/draft.json`);
    for (const editor of site.editors)
        site.ctl("draft", "approve", String(id), "--key", editor.key, "--passphrase-file", `${site.folder}/passphrase`, "--yes");
    return site.ctlJson("send", String(id)).number;
}

/* ---- people ---- */

async function importList(page, name, csv) {
    await page.locator("form input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByText(`${name}:`).waitFor();
}

async function checkPeople(page, site) {
    await open(page, "subscribers");
    await page.getByText("Nobody gets texts yet").waitFor();
    const put = page.locator("form button[type=submit]");
    await importList(page, "wrong.csv", `${LIST}+77010000004;de\n`);
    assert.ok(await put.isDisabled(), "not without proof of consent");
    await page.getByLabel("Proof of consent").fill("paper forms, 12 March");
    await put.click();
    await page.getByText("Nothing was put in: 1 line is wrong").waitFor();
    await page.getByText("The language must be kk, ru or en.").waitFor();
    assert.equal(site.ctlJson("status").subscribers, 0);
    await importList(page, "right.csv", LIST);
    await page.getByLabel("They are testers too").check();
    await put.click();
    await page.getByText("3 people added").waitFor();
    await page.locator(".count-map .heat-3", { hasText: "Alm" }).first().waitFor();
    await page.getByRole("row", { name: /^Almaty 2/ }).waitFor();
    assert.doesNotMatch(await page.content(), NUMBER);
    assert.equal(site.ctlJson("status").testers, 3);
}

/* ---- modems ---- */

async function checkModems(page, site) {
    await open(page, "modems");
    const card = page.locator("section.card", { has: page.getByRole("heading", { name: "sim1" }) });
    await card.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    assert.equal(site.ctlJson("modems")[0].hold, "none", "asked first");
    await card.getByRole("button", { name: "Pause", exact: true }).click();
    await checkAxe(page, "asking before a pause");
    await page.getByRole("dialog").getByRole("button", { name: "Pause", exact: true }).click();
    await card.getByText("An editor has paused it").waitFor();
    await shoot(page, "modem-paused");
    assert.equal(site.ctlJson("modems")[0].hold, "paused");
    await card.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
    await card.getByText("An editor has paused it").waitFor({ state: "detached" });
}

/* ---- drill ---- */

async function checkDrill(page, site) {
    await open(page, "drill");
    await page.getByText("No drill was held yet").waitFor();
    const number = publish(site, "drill", { everyone: undefined });
    await until("the tester has the drill", () => (site.phones()[TESTER] || []).length > 0);
    inject(site, TESTER, "OK");
    await page.getByRole("progressbar", { name: `Answers OK to drill No ${number}` }).waitFor();
    await page.getByText("1 of 3").waitFor();
    await page.getByRole("row", { name: /33 %/ }).waitFor();
    await page.getByRole("button", { name: "Write the drill" }).click();
    await page.waitForURL(/#\/compose\/\d+/);
    await page.locator(".drill-band, .hatched").first().waitFor();
}

/* ---- rumours ---- */

async function checkRumours(page, site, number) {
    inject(site, ASKERS[0], "CHECK old bridge fallen");
    inject(site, ASKERS[1], "REPORT The old bridge is closed");
    await open(page, "rumours");
    await page.getByText("No claim is being looked into").waitFor();
    await page.getByRole("tab", { name: /Reported/ }).click();
    await page.getByText("The old bridge is closed").waitFor();
    assert.doesNotMatch(await page.content(), NUMBER, "tips are masked");
    await page.getByRole("tab", { name: /Asked/ }).click();
    await page.locator("td", { hasText: "BRIDGE" }).first().waitFor();
    await page.getByRole("button", { name: "Look into it" }).click();
    const form = page.getByRole("dialog");
    await shoot(page, "rumour-new");
    assert.match(await form.getByLabel("Words that people ask with").inputValue(), /BRIDGE/);
    await form.getByLabel("The claim").fill("The old bridge has fallen");
    await form.getByText("We are looking into this").waitFor();
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "The old bridge has fallen" }).waitFor();
    const told = (who) => (site.phones()[who] || []).join("\n");
    inject(site, ASKERS[2], "CHECK bridge");
    await until("CHECK says that it is looked into", () => /тексеріп|tekserip|проверяем|looking into/i.test(told(ASKERS[2])));
    await page.getByRole("button", { name: "Change" }).click();
    await form.getByRole("radio", { name: "answered" }).check();
    assert.ok(await form.getByRole("button", { name: "Save" }).isDisabled(), "only a bulletin answers");
    await form.getByLabel("Which bulletin answers it").selectOption(String(number));
    await checkAxe(page, "a rumour's form");
    await shoot(page, "rumour-form");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText(`See our No ${number}`).waitFor();
    inject(site, ASKERS[3], "CHECK bridge");
    await until("CHECK names the bulletin", () => new RegExp(`(№|No ?)${number}`).test(told(ASKERS[3])));
}

/* ---- radio ---- */

/* A picture, not a plain: its shades, as the browser sees them. */
async function checkWaterfall(card, show) {
    await show();
    const image = card.getByRole("img", { name: /^Waterfall of No/ });
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((img) => img.decode());
    const colours = await image.evaluate((img) => {
        const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
        const context = canvas.getContext("2d");
        context.drawImage(img, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(Array.from({ length: data.length / 4 }, (_, i) => data[4 * i])).size;
    });
    assert.ok(colours > 50, `${colours} shades`);
}

async function checkRadio(page, site, number) {
    await open(page, "now");
    await page.locator("dd", { hasText: "recordings only" }).waitFor();
    await open(page, "radio");
    const card = page.locator("section.card", { has: page.getByRole("heading", { name: new RegExp(`^№ ${number}:`) }) });
    await card.waitFor({ timeout: 60000 });
    await checkWaterfall(card, () => card.getByText("Show the waterfall").click());
    const length = await card.locator("audio").evaluate(
        (audio) => new Promise((resolve, reject) => {
            audio.onloadedmetadata = () => resolve(audio.duration);
            audio.onerror = () => reject(audio.error);
            audio.load();
        }),
    );
    assert.ok(length > 10, `it is heard: ${length} s`);
    inject(site, TESTER, `RX ${number} 4`);
    await card.getByText("1 listener has reported").waitFor();
    await shoot(page, "waterfall");
}

/* ---- staff, audit, CAP ---- */

/* A key for a colleague: only its public line is to be handed over. */
async function checkNewKey(page) {
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Your name on the roster").fill("MARAT");
    await page.getByLabel("A new passphrase").fill("five words that nobody guesses");
    await page.getByLabel("The same again").fill("five words that nobody guesses");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.locator(".public-line", { hasText: "MARAT" }).waitFor();
    await checkAxe(page, "a new key");
    await page.getByRole("button", { name: "Continue" }).click();
}

async function checkStaff(page, site) {
    await open(page, "staff");
    await checkNewKey(page);
    await page.getByText("signed by the newsroom's key").waitFor();
    assert.equal(await page.locator(".fingerprint").textContent(), site.fingerprint);
    const choose = page.locator("section.card", { hasText: "A new roster" }).locator("input[type=file]");
    await choose.setInputFiles({ name: "no.roster", mimeType: "application/octet-stream", buffer: Buffer.from("no roster") });
    await page.getByText("This is no roster of this newsroom").waitFor();
    const made = `${site.folder}/next.roster`;
    site.ctl("roster", "make", "--key", `${site.folder}/newsroom.key`, "--passphrase-file", `${site.folder}/passphrase`,
        "--roster", `${site.folder}/roster.bulletin`, "--revoke", site.editors[1].name, "--approvals", "1", "-o", made);
    await choose.setInputFiles(made);
    await page.getByText("is revoked").waitFor();
    await checkAxe(page, "a new roster");
    await shoot(page, "roster-changes");
    await page.getByRole("button", { name: "Put roster 2 in force" }).click();
    await page.getByRole("cell", { name: "revoked" }).waitFor();
}

async function checkAudit(page) {
    await open(page, "audit");
    await page.getByRole("cell", { name: "accepted" }).first().waitFor();
    await page.getByRole("button", { name: "Verify the chain" }).click();
    await page.getByText("The chain is whole").waitFor();
    assert.doesNotMatch(await page.content(), NUMBER);
}

const CAP = `<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>h-1</identifier>
<sender>h@example.kz</sender><sent>2026-04-11T08:30:00+05:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>en</language><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity>
<certainty>Likely</certainty><headline>The Ural will flood</headline><area><areaDesc>Uralsk</areaDesc></area></info></alert>`;

async function checkCap(page) {
    await open(page, "compose");
    await page.getByText("From a CAP message").click();
    await page.getByLabel("The message (XML)").fill(CAP.replace("<sender>h@example.kz</sender>", ""));
    await page.getByRole("button", { name: "Make a draft of it" }).click();
    await page.getByText(/CAP 1\.2, 3\.2.*<sender>/).waitFor();
    page.problems = page.problems.filter((problem) => !/422/.test(problem));
    await page.getByLabel("The message (XML)").fill(CAP);
    await page.getByRole("button", { name: "Make a draft of it" }).click();
    await page.waitForURL(/#\/compose\/\d+/);
    assert.match(await page.getByLabel("Notes for the second editor").inputValue(), /not verified/);
}

async function checkExchange(page) {
    await open(page, "bulletins");
    await page.getByText("To and from other sites").click();
    const atom = await page.evaluate(async () => (await fetch("/api/feed.atom")).headers.get("Content-Type"));
    assert.match(atom, /atom/);
    await page.locator("details input[type=file]").setInputFiles({ name: "no.bulletin", mimeType: "application/octet-stream", buffer: Buffer.from("no") });
    await page.getByText("This is no sealed bulletin").waitFor();
}

/* ---- looks ---- */

const LOOKS = [
    { language: "en", width: 1280 },
    { language: "ru", width: 360, height: 780, dark: true },
    { language: "kk", width: 360, height: 780 },
    { language: "kk", width: 1280, dark: true },
    { language: "ru", width: 1280 },
    { language: "en", width: 360, height: 780, dark: true },
];

async function checkLooks(openPage, site) {
    for (const look of LOOKS) {
        const page = await openPage({ ...look, still: true });
        await signIn(page, site, 0);
        const kind = `${look.language}-${look.width}${look.dark ? "-dark" : ""}`;
        for (const name of PAGES) {
            await open(page, name);
            const file = `${name.replace("?tab=", "-")}-${kind}`;
            await checkAxe(page, file);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= look.width, `${file}: ${wide} pixels wide`);
            await shoot(page, file);
        }
        page.problems = page.problems.filter((problem) => !/401/.test(problem));
        await page.context().close();
    }
}

withNewsroom({ modems: 2, radio: true }, async ({ site, openPage }) => {
    const page = await openPage({ language: "en" });
    await signIn(page, site, 0);
    await checkPeople(page, site);
    await checkModems(page, site);
    await checkDrill(page, site);
    const number = publish(site, "alert", {});
    await checkRumours(page, site, number);
    await checkCap(page);
    await checkExchange(page);
    await checkAudit(page);
    await checkRadio(page, site, number);
    await checkLooks(openPage, site);
    await checkStaff(page, site);
    page.problems = page.problems.filter((problem) => !/401/.test(problem));
});
