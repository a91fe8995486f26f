/* reading_bytes: what editors sign of a recording (gateway/bulletin/reading.h), and how a recording's file begins. Pure. */
const MAGIC = 0xb2;
const CODES = { kk: 0, ru: 1, en: 2 };
const HASH_SIZE = 32;
const HEAD_SIZE = 12;

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));

/* This bulletin, this language, exactly this file. */
export function readingStatement(bodyHash, language, fileHash) {
    if (bodyHash.length !== HASH_SIZE || fileHash.length !== HASH_SIZE || !(language in CODES)) throw new Error("no reading");
    return Uint8Array.of(MAGIC, ...bodyHash, CODES[language], ...fileHash);
}

/* "audio/wav" or "audio/flac" by how the file begins; null for others. Its name says nothing. */
export async function soundType(blob) {
    const head = new TextDecoder("latin1").decode(await blob.slice(0, HEAD_SIZE).arrayBuffer());
    if (head.startsWith("fLaC")) return "audio/flac";
    return head.startsWith("RIFF") && head.endsWith("WAVE") ? "audio/wav" : null;
}
