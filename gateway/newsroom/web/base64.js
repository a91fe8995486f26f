/* base64: bytes to and from base64, standard alphabet with padding, as the API has them. */
export function toBase64(bytes) {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
}

export function fromBase64(text) {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return bytes;
}

export function sameBytes(a, b) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
