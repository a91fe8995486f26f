/* session: signing in by signing the gateway's challenge with an editor's key. */
import * as api from "./api.js";
import { toBase64 } from "./base64.js";
import * as keybox from "./keybox.js";
import { signInBytes } from "./keys.js";
import { enter } from "./store.js";

/* The key's place in the roster: the gateway names the editors' public keys with the challenge. */
function findIndex(challenge, publicKey) {
    const wanted = toBase64(publicKey);
    const found = (challenge.editors || []).find((editor) => editor.key === wanted);
    return found ? found.index : null;
}

/* The roster does not have this key. */
export class UnknownKey extends Error {}

/* Signs in with the open key. */
export async function signIn() {
    const key = keybox.currentKey();
    const challenge = await api.getChallenge();
    const index = findIndex(challenge, key.publicKey);
    if (index === null) throw new UnknownKey();
    const signature = await keybox.sign(signInBytes(challenge));
    enter(await api.signIn(index, challenge.nonce, signature));
}
