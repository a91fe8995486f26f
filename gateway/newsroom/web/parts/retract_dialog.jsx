/* retract_dialog: it was wrong. The retraction that was signed together with the alert is released by one confirmation; where
 * there is none, one is written, signed and sent here. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { draftOfRetraction, LANGUAGES, retractionOfTemplate } from "../draft.js";
import { approve, findRetraction, stamp } from "../signing.js";
import { refresh, toast } from "../store.js";
import { t } from "../words.js";
import { Button, CodeBox, ErrorNote, Field, Note, Waiting } from "./basic.jsx";
import { Dialog } from "./dialog.jsx";
import { languageName } from "./language.jsx";
import { findTemplate } from "./naming.jsx";
import { countReached } from "./progress.jsx";
import { Unlock } from "./unlock.jsx";

export function RetractDialog({ core, row, bulletin, onClose }) {
    const [ready, setReady] = useState(undefined);
    const [error, setError] = useState(null);
    useEffect(() => {
        findRetraction(core, row.number, row.sent_s).then(setReady, (failure) => {
            setError(failure);
            setReady(null);
        });
    }, []);
    const done = () => {
        toast(t("retract.done", { n: row.number }));
        refresh().catch(() => {});
        onClose();
    };
    return (
        <Dialog title={t("retract.title", { n: row.number })} tone="alert" onClose={onClose}>
            <p>{t("retract.reaches", { n: countReached(row) + (row.in_flight || 0) })}</p>
            <ErrorNote error={error} />
            {ready === undefined && <Waiting />}
            {ready && <Ready ready={ready} onDone={done} onClose={onClose} />}
            {ready === null && <Anew core={core} bulletin={bulletin} onDone={done} onClose={onClose} />}
        </Dialog>
    );
}

function useSending(send, onDone) {
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const act = async () => {
        setBusy(true);
        setError(null);
        try {
            await send();
            onDone();
        } catch (failure) {
            setError(failure);
            setBusy(false);
        }
    };
    return { busy, error, act };
}

const Buttons = ({ busy, act, onClose }) => (
    <div class="row">
        <Button tone="danger full" icon="warn" busy={busy} disabled={busy} onClick={act}>
            {busy ? t("signing.sending") : t("retract.now")}
        </Button>
        <Button disabled={busy} onClick={onClose}>
            {t("common.cancel")}
        </Button>
    </div>
);

function Ready({ ready, onDone, onClose }) {
    const { busy, error, act } = useSending(() => api.sendDraft(ready.id), onDone);
    return (
        <>
            <div class="stack">
                {LANGUAGES.filter((name) => ready.bulletin[name]).map((name) => (
                    <p key={name} lang={name}>
                        <b>{ready.bulletin[name].headline}.</b> {ready.bulletin[name].instruction}
                    </p>
                ))}
                <p>
                    {t("common.code")} <CodeBox code={ready.code} />
                </p>
            </div>
            <ErrorNote error={error} />
            <Buttons busy={busy} act={act} onClose={onClose} />
        </>
    );
}

function Anew({ core, bulletin, onDone, onClose }) {
    const template = findTemplate(core, "retract");
    const [retraction, setRetraction] = useState(() => retractionOfTemplate(template, bulletin.kind));
    const send = async () => {
        const read = await stamp(core, draftOfRetraction(retraction, template, bulletin));
        const signed = await approve(core, read);
        await api.sendDraft(signed.id);
    };
    const { busy, error, act } = useSending(send, onDone);
    const set = (name, field) => (event) =>
        setRetraction({ ...retraction, [name]: { ...retraction[name], [field]: event.currentTarget.value } });
    return (
        <>
            <Note>{t("retract.anew")}</Note>
            {LANGUAGES.map((name) => (
                <fieldset key={name} class="language-column">
                    <legend lang={name}>{languageName(name)}</legend>
                    {["headline", "instruction"].map((field) => (
                        <Field key={field} label={t("field." + field)} lang={name} value={retraction[name][field]} onInput={set(name, field)} />
                    ))}
                </fieldset>
            ))}
            <ErrorNote error={error} />
            <Unlock>
                <Buttons busy={busy} act={act} onClose={onClose} />
            </Unlock>
        </>
    );
}
