/* trust: whose keys count. The roster is taken apart in this browser and checked against the newsroom key's fingerprint, which
 * is remembered at the first sign-in: a gateway that was taken over later can't make up editors. */
import { fromBase64 } from "./base64.js";
import { readRoster } from "./keys.js";

const PINNED = "dabyl.fingerprint";

function pinned(offered) {
    try {
        const known = localStorage.getItem(PINNED);
        if (!known) localStorage.setItem(PINNED, offered);
        return known || offered;
    } catch {
        return offered; /* no storage: trusted anew each time */
    }
}

/* The roster that the newsroom key of the remembered fingerprint has signed; throws where the gateway's is another's. */
export async function trustedRoster(site) {
    if (!site.roster) throw new Error("no roster");
    return readRoster(fromBase64(site.roster.sealed), pinned(site.fingerprint));
}
