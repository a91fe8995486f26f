/* The page's rules and keys against the frozen test vectors and against dabylctl: what the browser makes and reads is what the
 * gateway makes and reads, byte for byte. core_check bundles and runs it; BUILD names the build's folder. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { loadCore } from "../../gateway/newsroom/web/core.js";
import * as keys from "../../gateway/newsroom/web/keys.js";
import { fromHex, readingStatement, soundType, toHex } from "../../gateway/newsroom/web/reading_bytes.js";

if (!globalThis.crypto) globalThis.crypto = webcrypto; /* node 18 has it only as a module */

const BUILD = process.env.BUILD;
const LANGUAGES = ["kk", "ru", "en"];
const SENDER = "DABYL";
const NO_CODE = "0000";
const HEADER_SIZE = 24;
const PASSPHRASE = "қалың қар жауды";

const readJson = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const vectors = (name) => readJson(`tests/vectors/${name}.json`);
const run = (program, args, options = {}) => execFileSync(`${BUILD}/${program}`, args, { encoding: "utf8", timeout: 60000, ...options });
const renderFile = (file, parts) => JSON.parse(run("bin/dabylctl", ["render", file, "--sms", "--json", "--sender", SENDER, "--parts", String(parts)]));

const wasm = fs.readFileSync(`${BUILD}/core.wasm`);
const core = await loadCore(wasm);
const roster = vectors("rosters").find((row) => row.name === "staff");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dabyl-core-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true }));

test("the module wants nothing from outside", () => {
    assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(wasm)), []);
});

/* ---- canonical bytes ---- */

/* A vector's fields as decode gives them. */
function expected(row) {
    const { model, texts, sent, regions, follows, event, ...same } = row.bulletin;
    const codes = core.areas().map((area) => area.code).filter((code, bit) => (regions >> bit) & 1);
    const name = core.events().find((one) => one.code === event);
    const draft = { ...same, ...texts, regions: codes, sent_s: sent, text_model: model, event: event === 0 ? null : name ? name.name : event };
    if (follows !== 0) draft.follows = follows;
    if (!draft.everyone) delete draft.everyone;
    return draft;
}

const deflated = (row) => row.bulletin.model === 2;

test("every bulletin of the vectors is read, field by field", () => {
    const rows = vectors("bulletins").filter((row) => !deflated(row));
    assert.ok(rows.length > 20);
    for (const row of rows) {
        const read = core.decode(hex(row.sealed));
        const { expires_s, languages, body, approvals, ...fields } = read;
        assert.deepEqual(fields, expected(row), row.name);
        assert.equal(expires_s, row.bulletin.sent + 60 * row.bulletin.lifetime_min);
        assert.deepEqual(languages, LANGUAGES.filter((name) => row.bulletin.texts[name]));
        assert.equal(body.length, row.body_size, row.name);
        assert.deepEqual(approvals.map((one) => one.editor), row.approvals, row.name);
    }
});

test("and written again to the same bytes", () => {
    /* what has elements that nobody knows yet can't be written by anybody */
    const rows = vectors("bulletins").filter((row) => !deflated(row) && !row.name.startsWith("skipped-tlvs"));
    assert.ok(rows.length >= 20);
    for (const row of rows) {
        const sealed = hex(row.sealed);
        assert.deepEqual(core.encode(core.decode(sealed)), sealed.slice(0, row.body_size), row.name);
        assert.deepEqual(core.encode(expected(row)), sealed.slice(0, row.body_size), row.name);
    }
});

test("whom a drill is for is read and written", () => {
    for (const row of vectors("audience")) {
        const bulletin = core.decode(hex(row.sealed));
        assert.equal(bulletin.everyone === true, row.everyone, row.name);
        if (!row.name.endsWith("-and-more")) assert.deepEqual(core.encode(bulletin), hex(row.sealed).slice(0, row.body_size), row.name);
    }
    for (const row of vectors("audience-refused")) assert.throws(() => core.decode(hex(row.sealed)), { name: "CoreError" }, row.name);
});

test("the model that needs zlib is refused by name", () => {
    for (const row of vectors("bulletins").filter(deflated)) assert.throws(() => core.decode(hex(row.sealed)), { err: "version" });
});

/* Texts of the form of a bulletin's: where there are one, two or three languages of three texts each. */
test("texts are packed as in the vectors", () => {
    let packed = 0;
    for (const row of vectors("texts")) {
        const texts = row.text.split("\u0002").map((text) => text.split("\u0001"));
        if (row.model === 2 || texts.some((text) => text.length !== 3 || text[0] === "")) continue;
        const draft = { kind: "alert", regions: ["KZ"], text_model: row.model };
        texts.forEach(([headline, instruction, description], i) => {
            draft[texts.length === 1 ? "en" : LANGUAGES[i]] = { headline, instruction, description };
        });
        const body = core.encode(draft);
        assert.equal(Buffer.from(body.slice(HEADER_SIZE)).toString("hex"), row.packed);
        assert.deepEqual(core.encode(core.decodeBody(body)), body);
        packed++;
    }
    assert.ok(packed >= 4);
});

const STRUCTURE = new Set(["value", "format", "text", "short", "version", "long"]);

test("what is not canonical is refused, for the same reason", () => {
    let refused = 0;
    for (const row of vectors("negatives").filter((one) => STRUCTURE.has(one.result))) {
        const result = /deflate/.test(row.name) || row.name === "text-not-utf8" ? "version" : row.result;
        assert.throws(() => core.decode(hex(row.sealed)), { name: "CoreError", err: result }, row.name);
        refused++;
    }
    assert.ok(refused > 40);
});

test("a draft goes to a body and back", () => {
    for (const name of ["alert", "drill"]) {
        const draft = readJson(`deploy/examples/${name}.json`);
        const read = core.decodeBody(core.encode(draft));
        for (const member of Object.keys(draft)) assert.deepEqual(read[member], draft[member], member);
        assert.deepEqual([read.number, read.sent_s, read.newsroom, read.approvals], [0, 0, "0000", []]);
        assert.throws(() => core.decode(core.encode(draft)), { name: "CoreError" });
    }
});

test("what a draft must not have is refused by name", () => {
    const draft = { kind: "alert", regions: ["KZ-75"], en: { headline: "x" } };
    const cases = [
        [{ regions: [] }, "value", "regions"], [{ regions: ["KZ-99"] }, "value", "regions"], [{ kind: "roster" }, "value", "kind"],
        [{ severity: "extreme" }, "value", "severity"], [{ event: "tsunami" }, "value", "event"], [{ lifetime_min: 0 }, "value", "lifetime"],
        [{ lifetime_min: 1.5 }, "value", "lifetime_min"], [{ follows: 7 }, "value", "follows"], [{ everyone: 1 }, "format", "everyone"], [{ colour: "red" }, "value", "colour"],
        [{ ru: { headline: "", instruction: "y" } }, "missing", "ru.headline"], [{ en: { headline: "я".repeat(121) } }, "long", "en.headline"],
        [{ en: { headline: "a\0b" } }, "text", "en.headline"], [{ en: { headline: "a\nb" } }, "text", "headline"], [{ en: undefined }, "value", "languages"],
    ];
    for (const [change, err, field] of cases) assert.throws(() => core.encode({ ...draft, ...change }), { err, field }, JSON.stringify(change));
    assert.ok(core.encode({ ...draft, ru: { headline: "", instruction: "" }, event: "quake" }).length > HEADER_SIZE);
});

/* ---- texts as phones show them, words as they are spoken ---- */

/* Each text of dabylctl's answer against ours. */
function compare(draft, told, options) {
    for (const row of told) {
        const ours = core.compose(draft, { language: row.language, latin: row.script === "latin", sender: SENDER, ...options });
        const want = {
            text: row.text, parts: row.parts.map((part) => part.text), units: row.units, unitsPerPart: row.units_per_part, coding: row.encoding,
            misfits: row.misfits, leftSentences: row.left_out_sentences, leftBytes: row.left_out_bytes, more: row.says_how_to_get_rest,
            over: row.over_budget,
        };
        assert.deepEqual(ours, want);
    }
    return told.length;
}

test("texts of sealed bulletins are those of dabylctl", async () => {
    let texts = 0;
    for (const row of vectors("bulletins").filter((one) => !deflated(one))) {
        const bulletin = core.decode(hex(row.sealed));
        assert.equal(await keys.checkCode(bulletin.body), row.code);
        for (const parts of [1, 2, 64]) texts += compare(bulletin, renderFile(`tests/vectors/${row.file}`, parts), { parts, code: row.code });
    }
    assert.ok(texts > 100);
});

/* Our own drafts; templates with their slots filled; DABYL_CORPUS may name a file of JSON lines, as drafts or nearly. */
function* drafts() {
    for (const name of ["alert", "drill"]) yield readJson(`deploy/examples/${name}.json`);
    for (const template of core.templates()) {
        const values = { place: { kk: "Алматы, Төле би", ru: "Алматы, Толе би", en: "Almaty, Tole Bi" } };
        for (const slot of template.slots) if (slot !== "place") values[slot] = slot === "n" ? "41" : "18:30";
        for (const slot of Object.keys(values)) if (!template.slots.includes(slot)) delete values[slot];
        const draft = core.fill(template.name, values);
        const { name, slots, ...codes } = template;
        for (const member of Object.keys(codes)) if (!LANGUAGES.includes(member)) assert.deepEqual(draft[member], codes[member], name);
        yield { ...draft, regions: ["KZ-75"] };
    }
    if (!process.env.DABYL_CORPUS) return;
    for (const line of fs.readFileSync(process.env.DABYL_CORPUS, "utf8").trim().split("\n")) {
        const { severity, urgency, certainty, category, event, area, kk, ru, en } = JSON.parse(line);
        const texts = Object.fromEntries(Object.entries({ kk, ru, en }).map(([name, { area: _, ...text }]) => [name, text]));
        yield { kind: "alert", severity, urgency, certainty, category, event, regions: [area], ...texts };
    }
}

/* dabylctl dates a draft when it is asked: ours is held against both seconds between which that was. */
function compareNow(draft, file, parts) {
    const from = Math.floor(Date.now() / 1000);
    const told = renderFile(file, parts);
    const code = told[0].text.match(/\(([0-9A-Z]{4})\)/)[1];
    try {
        return compare(draft, told, { parts, code, sent_s: from });
    } catch {
        return compare(draft, told, { parts, code, sent_s: Math.floor(Date.now() / 1000) });
    }
}

test("texts of drafts and of every template are those of dabylctl", () => {
    let texts = 0;
    for (const draft of drafts()) {
        const file = path.join(folder, "draft.json");
        fs.writeFileSync(file, JSON.stringify(draft));
        for (const parts of [1, 2, 64]) texts += compareNow(draft, file, parts);
    }
    assert.ok(texts > 200);
});

test("templates want their slots", () => {
    assert.throws(() => core.fill("flood", {}), { err: "missing", message: /place/ });
    assert.throws(() => core.fill("flood", { place: "x", colour: "red" }), { err: "value", message: /colour/ });
    assert.throws(() => core.fill("tsunami", {}), { err: "missing" });
});

test("spoken words and missing parts are those of the gateway", () => {
    for (const row of vectors("bulletins").filter((one) => !deflated(one))) {
        const told = JSON.parse(run("tests/newsroom/render_tool", [`tests/vectors/${row.file}`, row.code, SENDER]));
        const bulletin = core.decode(hex(row.sealed));
        for (const language of Object.keys(told.script))
            for (const brief of [false, true])
                assert.equal(core.script(bulletin, { language, brief, code: row.code, sender: SENDER }), told.script[language][brief ? 1 : 0]);
        const { refused, ...parts } = core.complete(bulletin);
        assert.equal(Object.values(parts).reduce((mask, there, part) => mask | (there ? 0 : 1 << part), 0), told.missing, row.name);
    }
});

test("an unfinished draft is told what it lacks", () => {
    const none = { source: false, guidance: false, hazard: false, place: false, time: false, impact: false, refused: null };
    assert.deepEqual(core.complete({}), none);
    const draft = readJson("deploy/examples/alert.json");
    assert.ok(Object.values(core.complete(draft)).every((part) => part === true || part === null));
    draft.ru.description = "";
    const { impact, refused } = core.complete(draft);
    assert.deepEqual([impact, /description/.test(refused)], [false, true]);
});

/* ---- keys ---- */

test("fingerprints are those of the vectors", async () => {
    for (const row of vectors("keys")) assert.equal(await keys.fingerprint(hex(row.public)), row.fingerprint);
});

/* Each approval of a bulletin by the roster's keys. */
async function judge(bulletin) {
    const { editors } = await keys.readRoster(hex(roster.sealed), roster.fingerprint);
    const verdicts = [];
    for (const { editor, signature } of bulletin.approvals) {
        const row = editors.find((one) => one.index === editor);
        verdicts.push(row !== undefined && (await keys.verify(bulletin.body, signature, row.key)));
    }
    return verdicts;
}

test("signatures verify, and altered bytes do not", async () => {
    const rows = vectors("bulletins").filter((one) => !deflated(one) && one.roster === "staff");
    for (const row of rows) assert.ok((await judge(core.decode(hex(row.sealed)))).every(Boolean), row.name);
    for (const row of vectors("negatives").filter((one) => one.result === "seal"))
        assert.ok((await judge(core.decode(hex(row.sealed)))).includes(false), row.name);
    const bulletin = core.decode(hex(rows[0].sealed));
    for (let bit = 0; bit < 8 * bulletin.body.length; bit += 13) {
        const body = bulletin.body.slice();
        body[bit >> 3] ^= 1 << (bit & 7);
        assert.deepEqual(await judge({ ...bulletin, body }), [false, false]);
    }
});

test("rosters are read, and refused, as by the gateway", async () => {
    for (const row of vectors("rosters")) {
        const read = await keys.readRoster(hex(row.sealed), row.fingerprint.toLowerCase().replace(/-/g, " "));
        assert.deepEqual([read.number, read.sent_s, read.approvals], [row.number, row.sent, row.approvals]);
        const editors = row.editors.map((one) => ({ index: one.index, name: one.name, key: hex(one.public), from_s: one.from, until_s: one.until, revoked: one.revoked }));
        assert.deepEqual(read.editors, editors);
        const other = row.fingerprint.replace(/^./, (c) => (c === "0" ? "1" : "0"));
        await assert.rejects(keys.readRoster(hex(row.sealed), other), { err: "key" });
        await assert.rejects(keys.readRoster(hex(row.sealed), ""), { err: "key" });
    }
    const { fingerprint } = roster;
    for (const row of vectors("stations")) {
        const { number, editors, stations } = await keys.readRoster(hex(row.sealed), fingerprint);
        const shown = stations.map((one) => ({ public: toHex(one.key), name: one.name, from: one.from_s, until: one.until_s }));
        assert.deepEqual([number, editors.length, shown], [row.number, row.editors, row.stations], row.name);
    }
    for (const row of vectors("stations-refused")) await assert.rejects(keys.readRoster(hex(row.sealed), fingerprint), { name: "KeyError" }, row.name);
    for (const row of vectors("rosters-refused")) await assert.rejects(keys.readRoster(hex(row.sealed), fingerprint), { name: "KeyError" }, row.name);
});

test("dabylctl opens a key that was made here", async () => {
    const file = path.join(folder, "made.key");
    const made = await keys.makeKey("Айгүл", PASSPHRASE);
    fs.writeFileSync(file, made.file);
    fs.writeFileSync(file + ".pub", made.publicLine + "\n");
    const bytes = Buffer.from("what is signed");
    const signature = Buffer.from(run("tests/newsroom/sign_tool", [file, PASSPHRASE], { input: bytes }).trim(), "base64");
    assert.ok(await keys.verify(bytes, signature, made.publicKey));
    assert.equal(JSON.parse(run("bin/dabylctl", ["key", "show", file + ".pub", "--json"])).fingerprint, await keys.fingerprint(made.publicKey));
});

test("and the other way round", async () => {
    const file = path.join(folder, "other.key");
    fs.writeFileSync(path.join(folder, "passphrase"), PASSPHRASE + "\n");
    const make = (kind, ...more) => run("bin/dabylctl", ["key", kind, ...more, "--passphrase-file", path.join(folder, "passphrase")]);
    make("editor", "--name", "DANIYAR", "-o", file);
    const key = await keys.openKey(fs.readFileSync(file), PASSPHRASE);
    assert.equal(key.name, "DANIYAR");
    assert.equal(key.publicLine + "\n", fs.readFileSync(file + ".pub", "utf8"));
    const bytes = Buffer.from("what is signed");
    assert.equal(Buffer.from(key.sign(bytes)).toString("base64"), run("tests/newsroom/sign_tool", [file, PASSPHRASE], { input: bytes }).trim());
    key.wipe();
    assert.throws(() => key.sign(bytes), { err: "state" });
    const newsroom = path.join(folder, "newsroom.key");
    make("newsroom", "-o", newsroom);
    await assert.rejects(keys.openKey(fs.readFileSync(newsroom), PASSPHRASE), { err: "value" });
});

test("a key file that was altered, or another passphrase, opens nothing", async () => {
    const { file } = await keys.makeKey("Dina", PASSPHRASE);
    await assert.rejects(keys.openKey(file, PASSPHRASE + " "), { err: "key" });
    for (const at of [12, 25, 40, 70, 109]) {
        const altered = file.slice();
        altered[at] ^= 1;
        await assert.rejects(keys.openKey(altered, PASSPHRASE), { err: "key" }, String(at));
    }
    await assert.rejects(keys.openKey(file.slice(1), PASSPHRASE), { err: "format" });
    await assert.rejects(keys.openKey(file.slice(0, 109), PASSPHRASE), { err: "short" });
    await assert.rejects(keys.makeKey("Dina", "short"), { err: "value" });
    await assert.rejects(keys.makeKey("Құралайайша", PASSPHRASE), { err: "long" });
    await assert.rejects(keys.makeKey("Dina A", PASSPHRASE), { err: "value" });
});

test("what is signed to sign in names this page's address and is no bulletin", () => {
    const challenge = { origin: "https://newsroom.lan:8443", at_s: 1767268800, nonce: "q83vEjRWeJA=" };
    const bytes = keys.signInBytes(challenge, challenge.origin);
    assert.equal(Buffer.from(bytes).toString(), "dabyl sign-in\nhttps://newsroom.lan:8443\n1767268800\nq83vEjRWeJA=\n");
    assert.throws(() => keys.signInBytes(challenge, "https://newsroom.lan"), { err: "value" });
    assert.throws(() => keys.signInBytes({ ...challenge, nonce: "a\nb" }, challenge.origin), { err: "format" });
    assert.throws(() => core.decodeBody(bytes), { err: "version" });
});

/* ---- recordings ---- */

const SOUND_SIZES = [1, 65536, 65537, 3000001]; /* of one piece and of several */

test("what is signed of a recording is what the gateway checks, byte for byte", async () => {
    const row = vectors("bulletins").find((one) => !deflated(one));
    const { body } = core.decode(hex(row.sealed));
    const bodyFile = path.join(folder, "body");
    const soundFile = path.join(folder, "sound");
    fs.writeFileSync(bodyFile, body);
    for (const size of SOUND_SIZES)
        for (const language of LANGUAGES) {
            const sound = Buffer.alloc(size, Buffer.from(`sound ${size} ${language} `));
            fs.writeFileSync(soundFile, sound);
            const ours = readingStatement(await keys.hashBlob(new Blob([body])), language, await keys.hashBlob(new Blob([sound])));
            assert.equal(toHex(ours), run("tests/newsroom/reading_tool", [bodyFile, language, soundFile]).trim());
            assert.deepEqual(fromHex(toHex(ours)), ours);
        }
    const hash = new Uint8Array(32);
    assert.throws(() => readingStatement(hash, "de", hash));
    assert.throws(() => readingStatement(hash.slice(1), "kk", hash));
});

test("a recording is known by how it begins", async () => {
    const begins = async (text) => soundType(new Blob([Buffer.from(text, "latin1")]));
    assert.equal(await begins("RIFF\xff\0\0\0WAVEfmt "), "audio/wav");
    assert.equal(await begins("fLaC\0\0\0\x22"), "audio/flac");
    for (const text of ["", "RIFF", "RIFF\xff\0\0\0AVI LIST", "OggS\0", "ID3\x03"]) assert.equal(await begins(text), null, text);
});
