/* keybox: the editors' key files that this browser keeps (encrypted, as they are downloaded), and the one key that is open.
 * An open key is wiped at sign-out and when it has not been used for a while. */
import { openKey } from "./keys.js";

const BASE = "dabyl";
const SHELF = "keys";
const IDLE_MS = 15 * 60 * 1000;

let opened = null;
let lastFile = null; /* encrypted, so that it may stay in memory when the key is wiped */
let idleTimer = 0;

const promised = (request) =>
    new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });

function openBase() {
    const request = indexedDB.open(BASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: "name" });
    return promised(request);
}

async function shelf(mode) {
    const base = await openBase();
    return base.transaction(SHELF, mode).objectStore(SHELF);
}

/* [{name, file, publicLine}] */
export async function listKeys() {
    try {
        return await promised((await shelf("readonly")).getAll());
    } catch {
        return []; /* private windows keep nothing: the file is opened each time */
    }
}

export async function keepKey(entry) {
    return promised((await shelf("readwrite")).put(entry));
}

export async function forgetKey(name) {
    return promised((await shelf("readwrite")).delete(name));
}

export const currentKey = () => opened && opened.key;

function touch() {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(close, IDLE_MS);
}

/* Opens a key file and holds it for signing. Throws for a wrong passphrase. */
export async function open(file, passphrase) {
    const key = await openKey(file, passphrase);
    close();
    opened = { key };
    lastFile = file;
    touch();
    return key;
}

/* Opens again the key that was used last. */
export const reopen = (passphrase) => open(lastFile, passphrase);

export const canReopen = () => lastFile !== null;

export function close() {
    clearTimeout(idleTimer);
    if (opened) opened.key.wipe();
    opened = null;
}

/* Signs with the open key. */
export async function sign(bytes) {
    touch();
    return opened.key.sign(bytes);
}
