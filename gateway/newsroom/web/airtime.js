/* airtime: about how long the whole broadcast takes on shortwave (audio/programme.h, "hf"): tone, brief speech, data twice, text,
 * digital voice, who it was. Pure. */

const SPOKEN_PER_S = 10.8; /* letters a second at 130 words a minute */
const SPEECH_PAUSE_S = 3; /* between sentences, and behind a language */
const START_S = 2.9; /* silence, tone, silence */
const FRAME_S = 3.61; /* a burst and its gap */
const FRAME_BYTES = 121;
const APPROVALS_BYTES = 131; /* two of them and their count */
const PASSES = 2;
const MFSK_S = 5.5; /* its beginning, first line and end */
const MFSK_PER_S = 7.5; /* characters */
const VOICE_EDGES_S = 1.9;
const SIGN_S = 8; /* call sign and times behind a language's brief speech */

/* About how long a voice takes for these words. */
export const spokenSeconds = (words) => (words ? words.length / SPOKEN_PER_S + SPEECH_PAUSE_S : 0);

/* Of the site's sealed roster, in base64 as the gateway gives it. */
export const rosterBytes = (site) => (site && site.roster ? Math.floor((site.roster.sealed.length * 3) / 4) : 0);

const frames = (bytes) => Math.ceil(bytes / FRAME_BYTES);

/* each: per language {brief, full: spoken words, text: the Latin text of one part}; sizes in bytes of the body and the sealed roster;
 * signs: there is a transmitter, whose times are said. */
export function airtimeSeconds(each, body_bytes, roster_bytes, signs) {
    const spoken = each.reduce((sum, one) => sum + spokenSeconds(one.brief) + spokenSeconds(one.full) + VOICE_EDGES_S, 0);
    const written = each.reduce((sum, one) => sum + MFSK_S + one.text.length / MFSK_PER_S, 0);
    const data = PASSES * (2 * frames(body_bytes + APPROVALS_BYTES) + frames(roster_bytes));
    return START_S + spoken + (signs ? each.length * SIGN_S : 0) + written + (data + 1) * FRAME_S;
}
