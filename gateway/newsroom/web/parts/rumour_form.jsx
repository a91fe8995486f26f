/* rumour_form: a claim that is looked into: its words, status and evidence; and what CHECK answers about it. That is a fixed phrase
 * or the headline of an accepted bulletin: nothing unsigned is ever said. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { bytesOf, LANGUAGES } from "../draft.js";
import { SAYINGS } from "../sayings.js";
import { toast, useStore } from "../store.js";
import { fill, t } from "../words.js";
import { useSealed } from "../use_sealed.js";
import { Button, ErrorNote, Field } from "./basic.jsx";
import { Choice } from "./choice.jsx";
import { Dialog } from "./dialog.jsx";
import { titleOf } from "./naming.jsx";

const LIMITS = { words: 96, claim: 512, evidence: 1024 }; /* bytes, gateway/messages/newsroom.h */
const STATUSES = ["checking", "answered", "closed"];

/* said: the bulletin that answers, as it was decoded; without it, its number alone. */
export function Answer({ status, bulletin, said }) {
    const headline = (name) => (said && (said[name] || {}).headline) || (said ? titleOf(said) : "…");
    return (
        <div class="sayings">
            <h3>{t("rumours.says")}</h3>
            {LANGUAGES.map((name) => (
                <p key={name} class="bubble" lang={name}>
                    {fill(SAYINGS[status][name], { n: String(bulletin || "…"), a: headline(name) })}
                </p>
            ))}
        </div>
    );
}

function checkForm(given) {
    const wrong = {};
    for (const [name, most] of Object.entries(LIMITS))
        wrong[name] = bytesOf(given[name]) > most ? t("compose.too_long", { n: bytesOf(given[name]) - most }) : "";
    return wrong;
}

export function RumourForm({ core, given, onDone, onClose }) {
    const [rumour, setRumour] = useState(given);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const wrong = checkForm(rumour);
    const set = (change) => setRumour({ ...rumour, ...change });
    const whole =
        rumour.words.trim() &&
        rumour.claim.trim() &&
        (rumour.status !== "answered" || rumour.bulletin) &&
        Object.values(wrong).every((why) => !why);
    const save = async (event) => {
        event.preventDefault();
        setBusy(true);
        setError(null);
        const { id, status, words, claim, evidence } = rumour;
        const put = { status, words: words.trim(), claim: claim.trim(), evidence: evidence.trim() };
        if (status === "answered") put.bulletin = rumour.bulletin;
        try {
            await (id ? api.putRumour(id, put) : api.addRumour(put));
            toast(t("rumours.saved"));
            onDone();
        } catch (failure) {
            setError(failure);
            setBusy(false);
        }
    };
    const field = (name, rows) => (
        <Field label={t("rumours." + name)} hint={t("rumours." + name + "_hint")} error={wrong[name]}>
            {(more) => <textarea {...more} rows={rows} value={rumour[name]} onInput={(event) => set({ [name]: event.currentTarget.value })} />}
        </Field>
    );
    return (
        <Dialog title={t(given.id ? "rumours.change" : "rumours.add")} onClose={onClose}>
            <form class="stack" onSubmit={save}>
                {field("claim", 2)}
                {field("words", 1)}
                {field("evidence", 3)}
                <Choice
                    label={t("rumours.status")}
                    value={rumour.status}
                    onChange={(status) => set({ status })}
                    options={STATUSES.map((value) => ({
                        value,
                        label: t("rumour_status." + value),
                        hint: t("rumour_status." + value + ".hint"),
                    }))}
                />
                <Answering core={core} rumour={rumour} onChoose={(bulletin) => set({ bulletin })} />
                <ErrorNote error={error} />
                <div class="row">
                    <Button tone="main" type="submit" busy={busy} disabled={busy || !whole}>
                        {t("rumours.save")}
                    </Button>
                    <Button onClick={onClose}>{t("common.cancel")}</Button>
                </div>
            </form>
        </Dialog>
    );
}

const mayAnswer = (row) => !["roster", "retract", "drill"].includes(row.kind) && row.state !== "retracted";

function Answering({ core, rumour, onChoose }) {
    const bulletins = useStore((state) => state.bulletins);
    const rows = bulletins.filter(mayAnswer).sort((a, b) => b.sent_s - a.sent_s);
    const said = useSealed(core, rows.map((row) => row.number));
    return (
        <>
            {rumour.status === "answered" && (
                <Field label={t("rumours.by")} hint={rows.length === 0 ? t("rumours.by_none") : t("rumours.by_hint")}>
                    {(given) => (
                        <select {...given} value={rumour.bulletin || ""} onChange={(event) => onChoose(Number(event.currentTarget.value) || null)}>
                            <option value="">{t("compose.follows_none")}</option>
                            {rows.map((row) => (
                                <option key={row.number} value={row.number}>
                                    № {row.number}: {said[row.number] ? titleOf(said[row.number]) : "…"}
                                </option>
                            ))}
                        </select>
                    )}
                </Field>
            )}
            <Answer status={rumour.status} bulletin={rumour.bulletin} said={said[rumour.bulletin]} />
        </>
    );
}
