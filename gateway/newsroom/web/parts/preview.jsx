/* preview: what phones, ears and decoders get, made by the same code as at the gateway, in this browser. */
import { useState } from "preact/hooks";
import { airtimeSeconds, spokenSeconds } from "../airtime.js";
import * as api from "../api.js";
import { findLeft } from "../diff.js";
import { cleanDraft } from "../draft.js";
import { clock, countdown } from "../format.js";
import { useWork } from "../use_work.js";
import { t } from "../words.js";
import { Button, errorText, Note } from "./basic.jsx";
import { Slotted } from "./naming.jsx";

export const PARTS = 2; /* what a delivery may take (compose.h) */
const PARTS_ALL = 64; /* a text in full (segment.h) */

/* Which texts there are: English has no Cyrillic one. */
export const scriptsOf = (name) => (name === "en" ? [true] : [false, true]);

/* facts: {sender, code, number, sent_s}. {text, parts, ...} of core.compose and the words that were left out, or {why}. */
export function composeText(core, draft, name, latin, facts, parts = PARTS) {
    try {
        const clean = cleanDraft(draft);
        const made = core.compose(clean, { language: name, latin, parts, ...facts });
        if (made.leftSentences === 0) return made;
        const whole = core.compose(clean, { language: name, latin, parts: PARTS_ALL, ...facts });
        return { ...made, left: findLeft(whole.text, made.text) };
    } catch (error) {
        return { why: error.message, parts: [] };
    }
}

export function scriptText(core, draft, name, facts) {
    try {
        return core.script(cleanDraft(draft), { language: name, ...facts });
    } catch {
        return "";
    }
}

/* About how long all of it takes on the air; 0 while it cannot be encoded. */
export function airtime(core, draft, languages, facts) {
    const each = languages.map((name) => ({
        brief: scriptText(core, draft, name, { ...facts, brief: true }),
        full: scriptText(core, draft, name, facts),
        text: composeText(core, draft, name, true, facts, 1).text || "",
    }));
    try {
        return airtimeSeconds(each, core.encode(cleanDraft(draft)).length, facts.roster_bytes, facts.signs);
    } catch {
        return 0;
    }
}

/* How many parts a text takes per language and script, as the audience is asked. */
export function countParts(core, draft, languages, facts) {
    const parts = {};
    for (const name of languages) {
        const count = (latin) => composeText(core, draft, name, latin, facts).parts.length;
        parts[name] = { cyrillic: name === "en" ? count(true) : count(false), latin: count(true) };
    }
    return parts;
}

export function Phone({ made, name, latin, sender, sent_s }) {
    return (
        <figure class="phone">
            <figcaption>
                <b>{t(latin ? (name === "en" ? "script.gsm" : "script.latin") : "script.cyrillic")}</b>
                <PartCount made={made} />
            </figcaption>
            <div class="phone-screen">
                <div class="phone-from">
                    <span>{sender}</span>
                    <time>{clock(sent_s)}</time>
                </div>
                {made.why ? <p class="phone-why">{made.why}</p> : <Bubble made={made} name={name} />}
            </div>
            <Misfits made={made} latin={latin} />
        </figure>
    );
}

/* One text, with thin marks where one part ends and the next begins. */
function Bubble({ made, name }) {
    return (
        <p class="bubble" lang={name}>
            {made.parts.map((part, i) => (
                <span key={i}>
                    {i > 0 && <span class="seam" title={t("preview.seam")} aria-hidden="true" />}
                    <Slotted text={part} />
                </span>
            ))}
        </p>
    );
}

function PartCount({ made }) {
    if (made.why) return null;
    const n = made.parts.length;
    return (
        <span class={"part-count" + (made.over ? " bad" : "")}>
            {t("preview.parts", { n })} · {made.units} {t(made.coding === "ucs2" ? "preview.ucs2" : "preview.gsm")}
        </span>
    );
}

function Misfits({ made, latin }) {
    if (made.why) return null;
    const flip = latin && made.coding === "ucs2" ? made.misfits || [] : [];
    return (
        <div class="phone-notes">
            {made.over && <p class="bad">{t("preview.over")}</p>}
            {made.leftSentences > 0 && (
                <p class="left-out">
                    {t("preview.left", { n: made.leftSentences })} <q>{made.left}</q> {made.more && t("preview.more")}
                </p>
            )}
            {flip.length > 0 && (
                <p class="left-out">
                    {t("preview.flips")}{" "}
                    {flip.slice(0, 4).map((misfit) => (
                        <kbd key={misfit.character}>{misfit.character}</kbd>
                    ))}
                </p>
            )}
        </div>
    );
}

/* The words that are spoken, and the voice itself. body: a function that makes the bytes. */
export function Voice({ words, body, name }) {
    const [sound, setSound] = useState(null);
    const { busy, error, act } = useWork();
    const play = () => act(async () => setSound(URL.createObjectURL(await api.listen(body(), name))));
    return (
        <div class="voice">
            <div class="row between">
                <span class="hint">{t("preview.spoken", { time: countdown(spokenSeconds(words)) })}</span>
                <Button tone="small" icon="play" busy={busy} disabled={busy || !words} onClick={play}>
                    {busy ? t("preview.listen_wait") : t("preview.listen")}
                </Button>
            </div>
            {error && <Note tone="warn">{errorText(error)}</Note>}
            {sound && <audio controls autoplay src={sound} aria-label={t("preview.listen")} />}
            <details>
                <summary>{t("preview.words")}</summary>
                <p class="spoken" lang={name}>
                    {words}
                </p>
            </details>
        </div>
    );
}
