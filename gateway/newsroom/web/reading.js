/* reading: an editor's recorded voice in place of the synthesiser's, for one language of a bulletin: its way to the gateway and
 * back, its signature. Signed is only what this browser has hashed itself. */
import * as api from "./api.js";
import * as keybox from "./keybox.js";
import { hashBlob } from "./keys.js";
import { fromHex, readingStatement, soundType, toHex } from "./reading_bytes.js";
import { t } from "./words.js";

const BYTES_MAX = 32 << 20; /* as the gateway takes them */

/* Throws for a file that the gateway would not take. */
export async function checkSound(file) {
    if (file.size > BYTES_MAX) throw new Error(t("reading.too_big"));
    if (!(await soundType(file))) throw new Error(t("reading.no_sound"));
}

const hashBody = async (body) => toHex(await hashBlob(new Blob([body])));

/* [{language, body, file, approvals}] */
export const listReadings = async (body) => api.listReadings(await hashBody(body));

/* Hands in a recording; onShare is told how much of it has gone, 0 to 1. What the gateway stored must be this file. */
export async function putReading(body, language, file, onShare) {
    await checkSound(file);
    const hash = toHex(await hashBlob(file));
    const row = await api.putReading(language, await hashBody(body), file, await soundType(file), onShare);
    if (row.file !== hash) throw new Error(t("reading.differs"));
    return row;
}

export const dropReading = async (body, language) => api.dropReading(language, await hashBody(body));

/* The recording as the gateway has it, which must be the one that row names: what is heard is what is signed. */
export async function fetchReading(body, row) {
    const sound = await api.getReading(row.language, await hashBody(body));
    if (toHex(await hashBlob(sound)) !== row.file) throw new Error(t("reading.differs"));
    return sound;
}

/* Signs a recording with the open key: this bulletin, this language, exactly this file. */
export async function signReading(body, row) {
    const hash = await hashBody(body);
    const signature = await keybox.sign(readingStatement(fromHex(hash), row.language, fromHex(row.file)));
    return api.approveReading(row.language, hash, signature);
}
