/* harness: Debian's Chromium in front of a whole gateway, for tests of the newsroom's page.
 *
 *     const { withNewsroom, signIn, checkAxe, shoot } = require("./harness.js");
 *     withNewsroom({ people: 5 }, async ({ site, openPage }) => {
 *         const page = await openPage({ language: "en" });
 *         await signIn(page, site, 0);
 *     });
 *
 * A page's errors, refused scripts and failed requests fail the test at its end, unless the test takes them out of page.problems.
 * BUILD names the build's folder; screenshots go to BUILD/browser/shots. NODE_PATH must name BUILD/browser/node_modules. */
"use strict";
const assert = require("node:assert/strict");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { chromium } = require("playwright-core");

const ROOT = path.join(__dirname, "../..");
const BUILD = path.resolve(ROOT, process.env.BUILD || "build");
const CHROMIUM = "/usr/bin/chromium";
const WAIT_MS = 15000;
const CTL_MS = 30000;
const FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/* ---- the gateway ---- */

function options(wanted) {
    const words = Object.entries(wanted).filter(([, value]) => value !== false);
    return words.flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
}

/* Ends when its standard input does, which is also when this process dies; then it says whether all has ended well. */
async function startGateway(wanted) {
    const child = spawn(path.join(__dirname, "gateway"), options(wanted), { stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const lines = readline.createInterface({ input: child.stdout });
    const first = await Promise.race([new Promise((resolve) => lines.once("line", resolve)), ended]);
    let site = null;
    try {
        site = JSON.parse(first);
    } catch {
        throw new Error(`the gateway did not start: ${first}`);
    }
    lines.on("line", (line) => console.log(line));
    site.ctl = (...words) => execFileSync(site.dabylctl, ["--state", site.state, ...words], { encoding: "utf8", timeout: CTL_MS });
    site.ctlJson = (...words) => JSON.parse(site.ctl(...words, "--json"));
    /* {"+77010000001": [texts]}: what the phones show */
    site.phones = () => {
        const told = execFileSync(site.modemsim, ["phones", "--dir", `${site.folder}/modems`, "--json"], { encoding: "utf8", timeout: CTL_MS });
        return Object.fromEntries(JSON.parse(told).phones.map((phone) => [phone.number, phone.messages.map((one) => one.text)]));
    };
    site.stop = async () => {
        child.stdin.end();
        assert.equal(await ended, 0, "the gateway did not end well");
    };
    return site;
}

/* ---- the browser ---- */

/* What the browser complains of. A request that was refused on purpose is a problem, too, until the test takes it out. */
function watch(page) {
    page.problems = [];
    page.on("response", async (response) => {
        if (response.status() < 400) return;
        const told = await response.text().catch(() => "");
        page.problems.push(`${response.status()} ${response.request().method()} ${response.url()}: ${told}`);
    });
    page.on("pageerror", (error) => page.problems.push(`error: ${error.stack || error}`));
    page.on("console", (message) => {
        if (message.type() === "error" || /Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()))
            page.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
}

/* wanted: language (kk, ru, en), width, height, dark, still (no animations) */
async function openPage(browser, site, wanted = {}) {
    const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        locale: wanted.language || "en",
        timezoneId: "Asia/Almaty",
        viewport: { width: wanted.width || 1280, height: wanted.height || 900 },
        colorScheme: wanted.dark ? "dark" : "light",
        reducedMotion: wanted.still ? "reduce" : "no-preference",
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    watch(page);
    await page.goto(site.address);
    return page;
}

/* Starts a gateway and a browser, runs the test, ends both; the process ends with the result. */
async function withNewsroom(wanted, run) {
    const site = await startGateway(wanted);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const pages = [];
    try {
        await run({ site, browser, openPage: async (how) => (pages.push(await openPage(browser, site, how)), pages[pages.length - 1]) });
        assert.deepEqual(pages.flatMap((page) => page.problems), [], "what the browser complained of");
    } catch (error) {
        for (const [i, page] of pages.entries()) await shoot(page, `failed-${path.basename(process.argv[1])}-${i + 1}`).catch(() => {});
        process.exitCode = 1;
        console.log(error);
        for (const page of pages) console.log(page.problems.join("\n"));
    } finally {
        await browser.close();
        await site.stop();
    }
}

/* ---- what every test does ---- */

/* Opens an editor's key file, as an editor does at the first visit, and asks to come in. */
async function offerKey(page, editor, passphrase) {
    await page.locator("input[type=file]").setInputFiles(editor.key);
    await page.getByLabel(editor.name, { exact: true }).check();
    await page.locator("input[type=password]").fill(passphrase);
    await page.locator("form button[type=submit]").click();
}

async function signIn(page, site, index = 0) {
    await offerKey(page, site.editors[index], site.passphrase);
    await page.locator("#main").waitFor();
}

/* No barrier that axe knows (WCAG 2.2 A and AA, best practices). Scripts of the debugger are no scripts of the page: its policy
 * stays as it is. */
async function checkAxe(page, what) {
    await page.locator("h1").first().waitFor(); /* it is there, not on its way */
    await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const found = await page.evaluate(() => globalThis.axe.run());
    const told = found.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    assert.deepEqual(told, [], `axe: ${what}`);
    assert.ok(found.passes.length > 5, `axe looked at nothing: ${what}`);
}

/* BUILD/browser/shots/NAME.png, for people to look at. */
async function shoot(page, name) {
    const folder = path.join(BUILD, "browser/shots");
    fs.mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

module.exports = { withNewsroom, offerKey, signIn, checkAxe, shoot, BUILD };
