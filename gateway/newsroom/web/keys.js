/* keys: editors' keys and signatures in the browser, by libsodium, which is fetched when it is first needed.
 *
 * Key files are those of gateway/tools/keyfile.h, so that dabylctl opens what is made here and the other way round; rosters
 * those of gateway/bulletin/roster.h; codes and fingerprints those of gateway/bulletin/seal.h. Secrets are wiped once
 * they have served; only passphrases, which JavaScript holds as texts, are left to the browser. What fails throws a KeyError. */

const MAGIC = "DABYLKEY";
const VERSION = 1;
const KIND_NEWSROOM = 0;
const KIND_EDITOR = 1;
const KIND_NAMES = ["dabyl-newsroom", "dabyl-editor"];
const NAME_MAX = 12; /* bytes */
const PASSPHRASE_MIN = 8; /* bytes */
const PASSPHRASE_MAX = 255;
const HEAD_SIZE = MAGIC.length + 2 + NAME_MAX;
const SALT_SIZE = 16;
const NONCE_SIZE = 24;
const SEED_SIZE = 32;
const KEY_SIZE = 32;
const BOX_SIZE = SEED_SIZE + 16;
const FILE_SIZE = HEAD_SIZE + SALT_SIZE + NONCE_SIZE + BOX_SIZE;
const ARGON_PASSES = 3;
const ARGON_BYTES = 64 << 20;

const HASH_SIZE = 32;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Douglas Crockford's base 32 */
const CODE_LETTERS = 4;
const FINGERPRINT_LETTERS = 32;
const FINGERPRINT_GROUP = 4;

/* err: the gateway's name for it: "key" (wrong passphrase or key), "format", "version", "long", "value", "seal", "quorum" */
export class KeyError extends Error {
    constructor(err, why) {
        super(why);
        this.name = "KeyError";
        this.err = err;
    }
}

const refuse = (err, why) => {
    throw new KeyError(err, why);
};

let loading = null;

async function startSodium() {
    const { default: sodium } = await import("libsodium-wrappers-sumo");
    await sodium.ready;
    return sodium;
}

/* libsodium, ready. Call it early to have it at hand when somebody signs. */
export function loadSodium() {
    if (!loading)
        loading = startSodium().catch((error) => {
            loading = null; /* the next call tries again */
            throw error;
        });
    return loading;
}

const utf8 = (text) => new TextEncoder().encode(text);
const sameBytes = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function join(...pieces) {
    const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
    }
    return all;
}

/* ---- key files ---- */

function derive(sodium, passphrase, salt) {
    const bytes = utf8(passphrase);
    try {
        return sodium.crypto_pwhash(KEY_SIZE, bytes, salt, ARGON_PASSES, ARGON_BYTES, sodium.crypto_pwhash_ALG_ARGON2ID13);
    } finally {
        sodium.memzero(bytes);
    }
}

function encrypt(sodium, head, seed, passphrase) {
    const salt = sodium.randombytes_buf(SALT_SIZE);
    const nonce = sodium.randombytes_buf(NONCE_SIZE);
    const key = derive(sodium, passphrase, salt);
    const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(seed, head, null, nonce, key);
    sodium.memzero(key);
    return join(head, salt, nonce, box);
}

/* The line that an editor hands to whoever makes the roster. */
function printPublicLine(sodium, kind, name, publicKey) {
    const base64 = sodium.to_base64(publicKey, sodium.base64_variants.ORIGINAL);
    return `${KIND_NAMES[kind]} ${name === "" ? "-" : name} ${base64}`;
}

function checkName(name) {
    if (utf8(name).length > NAME_MAX) refuse("long", `the name may have ${NAME_MAX} bytes, which is fewer letters in Cyrillic`);
    if (name === "" || /[\s\p{C}]/u.test(name)) refuse("value", "the name must be one word");
}

/* A new editor's key, encrypted with a passphrase: {file, publicLine, publicKey}. */
export async function makeKey(name, passphrase) {
    checkName(name);
    const size = utf8(passphrase).length;
    if (size < PASSPHRASE_MIN || size > PASSPHRASE_MAX)
        refuse("value", `the passphrase must have ${PASSPHRASE_MIN} to ${PASSPHRASE_MAX} bytes`);
    const sodium = await loadSodium();
    const head = new Uint8Array(HEAD_SIZE);
    head.set(utf8(MAGIC));
    head.set([VERSION, KIND_EDITOR], MAGIC.length);
    head.set(utf8(name), MAGIC.length + 2);
    const seed = sodium.randombytes_buf(SEED_SIZE);
    const pair = sodium.crypto_sign_seed_keypair(seed);
    const file = encrypt(sodium, head, seed, passphrase);
    sodium.memzero(seed);
    sodium.memzero(pair.privateKey);
    return { file, publicKey: pair.publicKey, publicLine: printPublicLine(sodium, KIND_EDITOR, name, pair.publicKey) };
}

function readHead(file) {
    if (!sameBytes(file.subarray(0, MAGIC.length), utf8(MAGIC))) refuse("format", "this is no key file");
    if (file[MAGIC.length] !== VERSION) refuse("version", "a key file of a version that is not known here");
    if (file[MAGIC.length + 1] > KIND_EDITOR) refuse("value", "a key of a kind that is not known here");
    if (file.length !== FILE_SIZE) refuse(file.length < FILE_SIZE ? "short" : "long", "this key file is damaged");
    const name = file.subarray(MAGIC.length + 2, HEAD_SIZE);
    const end = name.indexOf(0);
    return { kind: file[MAGIC.length + 1], name: new TextDecoder().decode(end < 0 ? name : name.subarray(0, end)) };
}

function decryptSeed(sodium, file, passphrase) {
    const salt = file.subarray(HEAD_SIZE, HEAD_SIZE + SALT_SIZE);
    const nonce = file.subarray(HEAD_SIZE + SALT_SIZE, FILE_SIZE - BOX_SIZE);
    const key = derive(sodium, passphrase, salt);
    try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            null, file.subarray(FILE_SIZE - BOX_SIZE), file.subarray(0, HEAD_SIZE), nonce, key);
    } catch {
        return refuse("key", "the passphrase does not open this key");
    } finally {
        sodium.memzero(key);
    }
}

/* Opens a key file. The key signs until it is wiped. Only an editor's key opens: the newsroom's belongs on no machine that is
 * ever connected. {name, publicKey, publicLine, sign(bytes), wipe()} */
export async function openKey(file, passphrase) {
    const head = readHead(file);
    if (head.kind === KIND_NEWSROOM) refuse("value", "this is the newsroom's key, which is never used in a browser");
    const sodium = await loadSodium();
    const seed = decryptSeed(sodium, file, passphrase);
    const pair = sodium.crypto_sign_seed_keypair(seed);
    sodium.memzero(seed);
    let secret = pair.privateKey;
    return {
        name: head.name,
        publicKey: pair.publicKey,
        publicLine: printPublicLine(sodium, head.kind, head.name, pair.publicKey),
        sign(bytes) {
            if (secret === null) refuse("state", "this key has been wiped");
            return sodium.crypto_sign_detached(bytes, secret);
        },
        wipe() {
            if (secret !== null) sodium.memzero(secret);
            secret = null;
        },
    };
}

/* ---- signatures, codes, fingerprints ---- */

/* Whether this key has signed exactly these bytes. */
export async function verify(bytes, signature, publicKey) {
    const sodium = await loadSodium();
    if (signature.length !== sodium.crypto_sign_BYTES || publicKey.length !== sodium.crypto_sign_PUBLICKEYBYTES) return false;
    return sodium.crypto_sign_verify_detached(signature, bytes, publicKey);
}

/* The first letters of a hash: each 5 bits, the most significant first. */
function printLetters(hash, count) {
    let text = "";
    for (let i = 0; i < count; i++) {
        let value = 0;
        for (let bit = i * 5; bit < i * 5 + 5; bit++) value = (value << 1) | ((hash[bit >> 3] >> (7 - (bit & 7))) & 1);
        text += LETTERS[value];
    }
    return text;
}

async function hash(bytes) {
    return (await loadSodium()).crypto_generichash(HASH_SIZE, bytes);
}

/* BLAKE2b-256 of a file, read piece by piece: a recording need not fit into memory. */
export async function hashBlob(blob) {
    const sodium = await loadSodium();
    const state = sodium.crypto_generichash_init(null, HASH_SIZE);
    const reader = blob.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
        sodium.crypto_generichash_update(state, piece.value);
    return sodium.crypto_generichash_final(state, HASH_SIZE);
}

/* The check code of a body, which people compare: "7Q2K". */
export async function checkCode(body) {
    return printLetters(await hash(body), CODE_LETTERS);
}

/* "WQVV-0GYN-...": what a newsroom's key is known by. */
export async function fingerprint(publicKey) {
    const letters = printLetters(await hash(publicKey), FINGERPRINT_LETTERS);
    return letters.match(new RegExp(`.{${FINGERPRINT_GROUP}}`, "g")).join("-");
}

/* A fingerprint as people type it, as it is printed; null if it is none. */
function foldFingerprint(text) {
    const letters = text.toUpperCase().replace(/[- ]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    return letters.length === FINGERPRINT_LETTERS && [...letters].every((c) => LETTERS.includes(c)) ? letters : null;
}

/* ---- signing in ---- */

/* What an editor signs to sign in. The origin must be that of the page, so that a signature given here is worth nothing
 * elsewhere, and no bulletin begins like it. */
export function signInBytes(challenge, origin = globalThis.location.origin) {
    if (challenge.origin !== origin) refuse("value", "the gateway asks for a signature for another address than this page's");
    if (!Number.isSafeInteger(challenge.at_s) || !/^[\w+/=-]+$/.test(challenge.nonce)) refuse("format", "this is no challenge");
    return utf8(`dabyl sign-in\n${challenge.origin}\n${challenge.at_s}\n${challenge.nonce}\n`);
}

/* ---- rosters ---- */

const WIRE_MAGIC = 0xb1;
const WIRE_KIND_ROSTER = 5;
const WIRE_HEADER_SIZE = 24;
const WIRE_NEWSROOM_KEY_INDEX = 255;
const WIRE_TLV_FLAG = 0x02;
const WIRE_STATIONS = 3;
const WIRE_CRITICAL = 128;
const EDITORS_MAX = 32;
const STATION_NAME_MAX = 9;
const EPOCH_S = 1735689600; /* 2025-01-01T00:00:00Z */

/* Reads numbers and bytes one after the other; past the end is refused. */
function makeReader(bytes) {
    let at = 0;
    const take = (size) => {
        if (at + size > bytes.length) refuse("short", "this roster is cut off");
        at += size;
        return bytes.slice(at - size, at);
    };
    const number = (size) => take(size).reduce((value, byte) => value * 256 + byte, 0);
    return { take, number, left: () => bytes.length - at };
}

function readText(bytes) {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return refuse("value", "a name in this roster is no text");
    }
}

function readName(name) {
    const end = name.indexOf(0);
    if (end >= 0 && name.subarray(end).some((byte) => byte !== 0)) refuse("format", "a name in this roster is not padded");
    return readText(end < 0 ? name : name.subarray(0, end));
}

function readEditor(reader) {
    const editor = { index: reader.number(1), key: reader.take(32) };
    editor.name = readName(reader.take(NAME_MAX));
    editor.from_s = EPOCH_S + reader.number(4);
    editor.until_s = EPOCH_S + reader.number(4);
    const revoked = reader.number(1);
    if (revoked > 1) refuse("format", "this roster is damaged");
    return { ...editor, revoked: revoked === 1 };
}

/* The list of a roster (roster.h) as it stands in its text. */
function readList(list) {
    const reader = makeReader(list);
    const roster = { newsroomKey: reader.take(32), approvals: reader.number(1), editors: [] };
    const count = reader.number(1);
    if (roster.approvals < 1 || roster.approvals > 2 || count > EDITORS_MAX) refuse("value", "this roster is out of its limits");
    for (let i = 0; i < count; i++) roster.editors.push(readEditor(reader));
    if (reader.left() > 0) refuse("format", "this roster has bytes left over");
    return roster;
}

/* The stations of a roster (roster.h): they sign when they send, and never a bulletin. */
function readStations(element) {
    const reader = makeReader(element);
    const stations = [];
    while (reader.left() > 0) {
        const key = reader.take(32);
        const name = readName(reader.take(STATION_NAME_MAX));
        stations.push({ key, name, from_s: EPOCH_S + reader.number(4), until_s: EPOCH_S + reader.number(4) });
    }
    return stations;
}

/* What stands behind the list, if its flag says so: elements in rising order, of which stations are known and others below
 * WIRE_CRITICAL passed over. */
function readElements(reader) {
    const elements = makeReader(reader.take(reader.number(2)));
    let last = -1;
    let stations = [];
    if (elements.left() === 0) refuse("format", "this roster is damaged");
    while (elements.left() > 0) {
        const type = elements.number(1);
        const value = elements.take(elements.number(1));
        if (type <= last) refuse("format", "this roster is damaged");
        if (type >= WIRE_CRITICAL) refuse("version", "this roster was made by a newer dabyl");
        if (type === WIRE_STATIONS && value.length === 0) refuse("format", "this roster is damaged");
        if (type === WIRE_STATIONS) stations = readStations(value);
        last = type;
    }
    return stations;
}

/* No key of a station is anybody else's. */
function checkStations(sodium, roster) {
    const keys = [roster.newsroomKey, ...roster.editors.map((editor) => editor.key)];
    for (const station of roster.stations) {
        const good = station.from_s < station.until_s && station.name !== "";
        if (!good || keys.some((key) => sameBytes(key, station.key)) || !sodium.crypto_core_ed25519_is_valid_point(station.key))
            refuse("value", "a station's row in this roster is not valid");
        keys.push(station.key);
    }
}

function checkEditors(sodium, roster) {
    const keys = [roster.newsroomKey];
    let last = -1;
    for (const editor of roster.editors) {
        const good = editor.index > last && editor.index < WIRE_NEWSROOM_KEY_INDEX && editor.from_s < editor.until_s && editor.name !== "";
        if (!good || keys.some((key) => sameBytes(key, editor.key)) || !sodium.crypto_core_ed25519_is_valid_point(editor.key))
            refuse("value", "an editor's row in this roster is not valid");
        keys.push(editor.key);
        last = editor.index;
    }
}

/* A sealed roster taken apart by the table of gateway/bulletin/wire.h. */
function splitRoster(sealed) {
    const reader = makeReader(sealed);
    if (reader.number(1) !== WIRE_MAGIC) refuse("version", "these are no sealed bytes");
    const newsroom = reader.take(2);
    const number = reader.number(3);
    const sent_s = EPOCH_S + reader.number(4);
    const rest = reader.take(WIRE_HEADER_SIZE - 12);
    const hasElements = (rest[3] & WIRE_TLV_FLAG) !== 0;
    rest[3] &= ~WIRE_TLV_FLAG;
    /* lifetime of a day, kind, regions 1; all else is 0 */
    if (!sameBytes(rest, new Uint8Array([1440 >> 8, 1440 & 255, WIRE_KIND_ROSTER << 4, 0, 0, 0, 0, 0, 1, 0, 0, 0])))
        refuse("value", "this is no roster");
    const list = reader.take(reader.number(2));
    const stations = hasElements ? readElements(reader) : [];
    const body = sealed.slice(0, sealed.length - reader.left());
    if (reader.number(1) !== 1 || reader.number(1) !== WIRE_NEWSROOM_KEY_INDEX) refuse("quorum", "a roster has the newsroom key's approval alone");
    const signature = reader.take(64);
    if (number === 0 || reader.left() > 0) refuse("format", "this roster is damaged");
    return { newsroom, number, sent_s, list, stations, body, signature };
}

/* Reads a sealed roster that the newsroom key of this fingerprint has signed: {number, sent_s, approvals, newsroomKey, editors:
 * [{index, name, key, from_s, until_s, revoked}], stations: [{name, key, from_s, until_s}]}. Dates are the caller's to compare. */
export async function readRoster(sealed, pinned) {
    const sodium = await loadSodium();
    const wire = splitRoster(sealed);
    const roster = { ...readList(wire.list), stations: wire.stations };
    if (foldFingerprint(await fingerprint(roster.newsroomKey)) !== foldFingerprint(pinned))
        refuse("key", "this roster is another newsroom's");
    if (!sameBytes((await hash(roster.newsroomKey)).slice(0, 2), wire.newsroom)) refuse("key", "this roster names another newsroom");
    if (!sodium.crypto_core_ed25519_is_valid_point(roster.newsroomKey) || !(await verify(wire.body, wire.signature, roster.newsroomKey)))
        refuse("seal", "the newsroom key has not signed this roster");
    checkEditors(sodium, roster);
    checkStations(sodium, roster);
    return { number: wire.number, sent_s: wire.sent_s, ...roster };
}
