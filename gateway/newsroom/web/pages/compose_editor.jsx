/* compose_editor: one sketch: the form at the left, what comes of it at the right, both always true to each other. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { draftOfTemplate, findObstacles, retractionOfTemplate, wantsRetraction } from "../draft.js";
import { clock } from "../format.js";
import { Button, ErrorNote, Note, Waiting } from "../parts/basic.jsx";
import { Outlook } from "../parts/compose_outlook.jsx";
import { RetractionPart } from "../parts/compose_retraction.jsx";
import { Codes, What } from "../parts/compose_what.jsx";
import { Where, Until } from "../parts/compose_where.jsx";
import { Evidence, Words } from "../parts/compose_words.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { editorName, findTemplate, Slotted, titleOf } from "../parts/naming.jsx";
import { SignDialog } from "../parts/sign_dialog.jsx";
import { go } from "../router.js";
import { toast, useStore } from "../store.js";
import { useSketch } from "../use_sketch.js";
import { t } from "../words.js";

export function Editor({ core, id }) {
    const held = useSketch(id);
    if (!held.sketch) return held.error ? <ErrorNote error={held.error} /> : <Waiting />;
    return <Form core={core} id={id} held={held} />;
}

function Form({ core, id, held }) {
    const { sketch, change } = held;
    const text = sketch.text;
    const draft = text.draft;
    const [signing, setSigning] = useState(false);
    const edit = (members) => change({ draft: { ...draft, ...members } });
    const setKind = (kind) => {
        const retraction = { ...text.retraction, on: wantsRetraction(kind) };
        const words = kind === "drill" && !text.draft.ru.headline ? drillWords(core) : {};
        change({ draft: { ...draft, ...words, kind }, retraction });
    };
    const locked = sketch.draft > 0;
    const obstacles = findObstacles(draft);
    return (
        <div class={"page compose " + (draft.kind === "drill" ? "is-drill" : "")}>
            <div class="page-head">
                <div>
                    <a class="back" href="#/compose">
                        ← {t("compose.all")}
                    </a>
                    <h1>
                        <Slotted text={titleOf(draft)} />
                    </h1>
                </div>
                <SaveState held={held} />
                <div class="row">
                    <HandOn held={held} />
                    <Button onClick={() => closeSketch(held)}>{t("compose.put_away")}</Button>
                </div>
            </div>
            {draft.kind === "drill" && <div class="drill-band hatched">{t("drill.band")}</div>}
            {locked && <Locked held={held} />}
            {held.state === "conflict" && held.theirs && <Conflict held={held} />}
            <div class="compose-columns">
                <fieldset class="stack" disabled={locked}>
                    <What core={core} draft={draft} onKind={setKind} onEdit={edit} />
                    <Where core={core} draft={draft} onEdit={edit} />
                    <Until draft={draft} onEdit={edit} />
                    <Words core={core} text={text} onChange={change} />
                    <Codes draft={draft} onEdit={edit} />
                    <Evidence notes={text.notes} onInput={(notes) => change({ notes })} />
                    <RetractionPart
                        core={core}
                        draft={draft}
                        retraction={text.retraction || retractionOfTemplate(findTemplate(core, "retract"), draft.kind)}
                        onChange={(retraction) => change({ retraction })}
                    />
                </fieldset>
                <Outlook
                    core={core}
                    draft={draft}
                    obstacles={obstacles}
                    locked={locked}
                    saved={<SaveState held={held} />}
                    onSign={() => held.save().then(() => setSigning(true))}
                />
            </div>
            {signing && <SignDialog core={core} held={held} onClose={() => setSigning(false)} />}
        </div>
    );
}

function drillWords(core) {
    const { kk, ru, en, event } = draftOfTemplate(findTemplate(core, "drill"));
    return { kk, ru, en, event };
}

async function closeSketch(held) {
    held.change({}, { closed: true });
    await held.save();
    toast(t("compose.put_away_done"));
    go("compose");
}

function SaveState({ held }) {
    const { state, sketch, error } = held;
    const tone = { offline: "warn", failed: "bad", conflict: "bad" }[state] || "";
    const words = t("save." + state, { time: clock(sketch.at_s || 0) });
    return (
        <p class={"save-state " + tone} role="status">
            {words}
            {state === "failed" && error ? ": " + error.why : ""}
        </p>
    );
}

function HandOn({ held }) {
    const [open, setOpen] = useState(false);
    const site = useStore((state) => state.site);
    const me = useStore((state) => state.editor);
    const others = ((site && site.roster.editors) || []).filter((one) => one.index !== me.index && !one.revoked);
    const hand = (editor) => {
        held.change({ hand: editor.index });
        held.save();
        setOpen(false);
        toast(t("compose.handed", { name: editor.name }));
    };
    return (
        <>
            <Button onClick={() => setOpen(true)}>{t("compose.hand_on")}</Button>
            {open && (
                <Dialog title={t("compose.hand_on")} onClose={() => setOpen(false)}>
                    <p class="hint">{t("compose.hand_hint")}</p>
                    <div class="row">
                        {others.map((editor) => (
                            <Button key={editor.index} onClick={() => hand(editor)}>
                                {editor.name}
                            </Button>
                        ))}
                    </div>
                </Dialog>
            )}
        </>
    );
}

/* Signed once: to change it, the approval must be given up. */
function Locked({ held }) {
    const { sketch, change, save } = held;
    const [error, setError] = useState(null);
    const withdraw = async () => {
        try {
            for (const id of [sketch.text.retractId, sketch.draft])
                if (id) await api.dropDraft(id).catch((failure) => failure.status !== 404 && Promise.reject(failure));
            change({ retractId: 0, draftId: 0 }, { draft: 0 });
            await save();
        } catch (failure) {
            setError(failure);
        }
    };
    return (
        <Note title={t("compose.locked")}>
            <p>{t("compose.locked_more")}</p>
            <ErrorNote error={error} />
            <div class="row">
                <a class="button" href={"#/sign/" + sketch.draft}>
                    {t("compose.to_sign")}
                </a>
                <Button onClick={withdraw}>{t("compose.withdraw")}</Button>
            </div>
        </Note>
    );
}

function Conflict({ held }) {
    const site = useStore((state) => state.site);
    const name = editorName(site, held.theirs.editor);
    return (
        <div class="conflict">
            <Note tone="bad" title={t("conflict.title", { name })}>
                <p>{t("conflict.more")}</p>
                <div class="row">
                    <Button onClick={() => held.settle(true)}>{t("conflict.mine")}</Button>
                    <Button onClick={() => held.settle(false)}>{t("conflict.theirs", { name })}</Button>
                </div>
            </Note>
        </div>
    );
}
