/* What others try, in real browsers against a whole gateway: a page of another origin in an editor's browser; a thief who has her
 * cookie and token in a browser of his own; a sign-in sent once more; bytes altered on their way; two editors, and then two
 * releases, at the same moment. Nothing leaves but what two editors have signed, once. */
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const https = require("node:https");
const path = require("node:path");
const { withNewsroom, signIn, BUILD } = require("./harness.js");

const PEOPLE = 3;
const NUMBER = /7701000/;
const LISTS = ["site", "bulletins", "sketches", "drafts", "subscribers", "tips?after=0", "doubts", "rumours", "asked", "audit?after=0",
    "radio", "feed.atom"];
const BODY_AT = 3; /* a byte of the canonical body that an attacker turns */
const SETTLE_MS = 3000;

/* One request of the API from within a page: {status, text}. */
const ask = (page, method, where, body, headers = {}) =>
    page.evaluate(async ([method, where, body, headers]) => {
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        const answer = await fetch(where, { method, headers: { "Content-Type": "application/json", ...headers }, ...sent });
        return { status: answer.status, text: await answer.text() };
    }, [method, where, body, headers]);

const tokenOf = async (page) => JSON.parse((await ask(page, "GET", "/api/session")).text).token;

async function steal(from, to) {
    await to.context().addCookies(await from.context().cookies());
    return { "X-Dabyl-Token": await tokenOf(from) };
}

function newDraft(site) {
    const file = path.join(__dirname, "../../deploy/examples/alert.json");
    return site.ctlJson("draft", "new", "--from", file).draft;
}

const stateOf = (site, draft) => site.ctlJson("draft", "list").find((row) => row.draft === draft).state;

/* The bytes that are signed: sealed without its count of approvals, which is 0. */
async function readBody(page, draft) {
    const { sealed } = JSON.parse((await ask(page, "GET", `/api/drafts/${draft}`)).text);
    return Buffer.from(sealed, "base64").subarray(0, -1);
}

function sign(site, index, body) {
    const tool = path.join(BUILD, "tests/newsroom/sign_tool");
    return execFileSync(tool, [site.editors[index].key, site.passphrase], { input: body, encoding: "utf8" }).trim();
}

const approval = (body, signature) => ({ body: body.toString("base64"), signature });

/* ---- the thief ---- */

async function checkThief(victim, thief, site) {
    const draft = newDraft(site);
    const body = await readBody(victim, draft);
    const stolen = await steal(victim, thief);
    assert.equal((await ask(thief, "GET", "/api/session")).status, 200, "he can look");
    const stranger = `${site.folder}/thief.key`;
    site.ctl("key", "editor", "--name", "THIEF", "-o", stranger, "--passphrase-file", `${site.folder}/passphrase`);
    const tool = path.join(BUILD, "tests/newsroom/sign_tool");
    const own = execFileSync(tool, [stranger, site.passphrase], { input: body, encoding: "utf8" }).trim();
    for (const [what, signature] of [["no signature", Buffer.alloc(64).toString("base64")], ["his own", own]]) {
        const answer = await ask(thief, "POST", `/api/drafts/${draft}/approvals`, approval(body, signature), stolen);
        assert.equal(answer.status, 403, `${what}: ${answer.text}`);
    }
    const sent = await ask(thief, "POST", `/api/drafts/${draft}/send`, {}, stolen);
    assert.ok([403, 409].includes(sent.status), `an unsigned draft: ${sent.status} ${sent.text}`);
    assert.equal(stateOf(site, draft), "open");
    const without = await ask(thief, "POST", `/api/drafts/${draft}/send`, {});
    assert.equal(without.status, 403, "the cookie alone");
    await checkNumbers(thief);
    await checkThiefsPage(thief, draft);
    await ask(victim, "DELETE", "/api/session", undefined, stolen);
    assert.equal((await ask(thief, "GET", "/api/site")).status, 401, "she signs out, and he is out");
}

async function checkNumbers(thief) {
    for (const list of LISTS) {
        const answer = await ask(thief, "GET", `/api/${list}`);
        assert.equal(answer.status, 200, `${list}: ${answer.text}`);
        assert.doesNotMatch(answer.text, NUMBER, list);
    }
}

/* The page itself lets him in, and has no key to sign with. */
async function checkThiefsPage(thief, draft) {
    await thief.reload();
    await thief.locator("#main").waitFor();
    await thief.goto(`${thief.url().split("#")[0]}#/sign/${draft}`);
    await thief.locator("h1").first().waitFor();
    assert.equal(await thief.locator("button.hold:enabled").count(), 0);
    const kept = await thief.evaluate(() => new Promise((resolve) => {
        indexedDB.open("dabyl").onsuccess = (event) => {
            const base = event.target.result;
            if (!base.objectStoreNames.contains("keys")) return resolve(0);
            base.transaction("keys").objectStore("keys").count().onsuccess = (got) => resolve(got.target.result);
        };
    }));
    assert.equal(kept, 0, "no key came with the cookie");
}

/* ---- a page of another origin, in the editor's own browser ---- */

/* From another port of the same host the cookie comes along, and only Origin and token tell; from another host it does not. */
const FOREIGN = ["localhost", "127.0.0.1"];

async function serveEvil(site, run) {
    const folder = `${site.state}/newsroom`;
    const server = https.createServer({ key: fs.readFileSync(`${folder}/key.pem`), cert: fs.readFileSync(`${folder}/certificate.pem`) },
        (_, answer) => answer.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>prizes</title><h1>prizes</h1>"));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        await run(server.address().port);
    } finally {
        server.closeAllConnections();
        server.close();
    }
}

async function checkForeignPage(victim, site) {
    const draft = newDraft(site);
    for (const name of [0, 1]) {
        const where = ["draft", "approve", String(draft), "--key", site.editors[name].key, "--passphrase-file", `${site.folder}/passphrase`, "--yes"];
        site.ctl(...where);
    }
    assert.equal(stateOf(site, draft), "ready", "one request more, and it is out");
    await serveEvil(site, async (port) => {
        for (const host of FOREIGN) {
            const page = await victim.context().newPage();
            await page.goto(`https://${host}:${port}/`);
            assert.equal(await foreignTries(page, site, draft), 403, host);
            await page.close();
        }
    });
    assert.equal(stateOf(site, draft), "ready");
    assert.equal(site.ctlJson("status").bulletins.length, 0);
    site.ctl("draft", "drop", String(draft));
}

/* A request that asks nobody first, one that does, one that reads; then a form, whose status comes back. */
async function foreignTries(page, site, draft) {
    const read = await page.evaluate(async ([address, draft]) => {
        const send = `${address}api/drafts/${draft}/send`;
        const told = [];
        const take = (what, promise) => promise.then((answer) => told.push(`${what} ${answer.type}`), () => told.push(`${what} refused`));
        await take("simple", fetch(send, { method: "POST", mode: "no-cors", credentials: "include", body: "{}" }));
        await take("json", fetch(send, { method: "POST", credentials: "include", headers: { "Content-Type": "application/json", "X-Dabyl-Token": "0" }, body: "{}" }));
        await take("read", fetch(`${address}api/session`, { credentials: "include" }));
        return told;
    }, [site.address, draft]);
    assert.deepEqual(read.slice(1), ["json refused", "read refused"]);
    const posted = page.waitForResponse((response) => response.request().method() === "POST");
    await page.evaluate(([address, draft]) => {
        const form = document.body.appendChild(document.createElement("form"));
        Object.assign(form, { action: `${address}api/drafts/${draft}/send`, method: "post", enctype: "text/plain" });
        form.submit();
    }, [site.address, draft]);
    return (await posted).status();
}

/* ---- what is sent again, or altered ---- */

async function checkReplay(page, elsewhere, claim) {
    assert.ok(claim, "her sign-in was seen");
    for (const who of [page, elsewhere]) {
        const again = await ask(who, "POST", "/api/session", claim);
        assert.equal(again.status, 401, `a challenge holds once: ${again.text}`);
    }
}

async function checkAltered(page, site, token) {
    const draft = newDraft(site);
    const body = await readBody(page, draft);
    const signature = sign(site, 0, body);
    const other = Buffer.from(body);
    other[other.length - BODY_AT] ^= 1;
    const headers = { "X-Dabyl-Token": token };
    const altered = await ask(page, "POST", `/api/drafts/${draft}/approvals`, approval(other, signature), headers);
    assert.ok([403, 409, 422].includes(altered.status), `other bytes: ${altered.status} ${altered.text}`);
    const signed = await ask(page, "POST", `/api/drafts/${draft}/approvals`, approval(other, sign(site, 0, other)), headers);
    assert.ok([403, 409, 422].includes(signed.status), `other bytes, signed: ${signed.status} ${signed.text}`);
    assert.equal(stateOf(site, draft), "open");
}

/* ---- at the same moment ---- */

async function checkParallel(pages, site) {
    const draft = newDraft(site);
    const body = await readBody(pages[0], draft);
    const tokens = await Promise.all(pages.map(tokenOf));
    const approve = (i) => ask(pages[i], "POST", `/api/drafts/${draft}/approvals`, approval(body, sign(site, i, body)), { "X-Dabyl-Token": tokens[i] });
    const both = await Promise.all([approve(0), approve(1), approve(0), approve(1)]);
    assert.ok([0, 1].every((i) => [both[i].status, both[i + 2].status].includes(200)), JSON.stringify(both));
    assert.equal(stateOf(site, draft), "ready");
    const send = (i) => ask(pages[i], "POST", `/api/drafts/${draft}/send`, {}, { "X-Dabyl-Token": tokens[i] });
    const sent = await Promise.all([send(0), send(1), send(0), send(1)]);
    const taken = sent.filter((one) => one.status === 200).map((one) => JSON.parse(one.text).number);
    assert.equal(new Set(taken).size, 1, JSON.stringify(sent));
    const { bulletins } = site.ctlJson("status");
    assert.equal(bulletins.length, 1, "one bulletin, however many released it");
    await checkOnce(site, bulletins[0]);
}

async function checkOnce(site, { number, check_code: code }) {
    const parts = () => Object.values(site.phones()).map((texts) => texts.filter((text) => text.includes(code)).length);
    const done = () => site.ctlJson("status", String(number)).bulletins[0].sent === PEOPLE;
    for (let i = 0; i < 100 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 200));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    assert.deepEqual(parts(), Array(PEOPLE).fill(1), "each phone has it once");
}

withNewsroom({ modems: 2, people: PEOPLE }, async ({ site, openPage }) => {
    const [victim, second, thief] = [await openPage(), await openPage(), await openPage()];
    let claim = null;
    victim.on("request", (request) => {
        if (request.method() === "POST" && request.url().endsWith("/api/session")) claim = request.postDataJSON();
    });
    await signIn(victim, site, 0);
    await signIn(second, site, 1);
    await checkReplay(victim, thief, claim);
    await checkForeignPage(victim, site);
    await checkAltered(victim, site, await tokenOf(victim));
    await checkParallel([victim, second], site);
    await checkThief(victim, thief, site);
    /* whatever was refused here was meant to be; errors of scripts were not */
    for (const page of [victim, second, thief]) page.problems = page.problems.filter((problem) => /^error:/.test(problem));
});
