/* compose: what is being written, and where to begin: a template shown in full, an empty draft, or a CAP message. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { draftOfTemplate, emptyDraft, slotsOf } from "../draft.js";
import { moment } from "../format.js";
import { Badge, Button, Card, Empty, ErrorNote, Field, Waiting } from "../parts/basic.jsx";
import { beginSketch, editorName, KindBadge, Slotted, titleOf } from "../parts/naming.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { toast, useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { language, t } from "../words.js";
import { Editor } from "./compose_editor.jsx";

const CAP_BYTES = 256 * 1024;

export function Page({ args }) {
    const { core, error } = useCore();
    if (error) return <ErrorNote error={error} />;
    if (!core) return <Waiting />;
    return args[0] ? <Editor core={core} id={Number(args[0])} /> : <Begin core={core} />;
}

function Begin({ core }) {
    const [error, setError] = useState(null);
    const begin = async (draft, more) => {
        try {
            await beginSketch(core, draft, more);
        } catch (failure) {
            setError(failure);
        }
    };
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.compose")}</h1>
            </div>
            <ErrorNote error={error} />
            <Sketches core={core} />
            <Templates core={core} onBegin={begin} />
            <FromCap onBegin={begin} />
        </div>
    );
}

function Sketches({ core }) {
    const changed = useStore((state) => state.changed.sketches);
    const [sketches, setSketches] = useState(null);
    const [error, setError] = useState(null);
    useEffect(() => void api.listSketches().then(setSketches, setError), [changed]);
    const open = (sketches || []).filter((sketch) => !sketch.closed).sort((a, b) => b.at_s - a.at_s);
    if (error) return <ErrorNote error={error} />;
    if (open.length === 0) return null;
    return (
        <Card title={t("compose.open")}>
            <ul class="list">
                {open.map((sketch) => (
                    <SketchRow key={sketch.id} core={core} sketch={sketch} />
                ))}
            </ul>
        </Card>
    );
}

function SketchRow({ core, sketch }) {
    const { draft, hand } = sketch.text;
    const me = useStore((state) => state.editor);
    const site = useStore((state) => state.site);
    const nameOf = (index) => editorName(site, index);
    return (
        <li>
            <a class="list-row" href={"#/compose/" + sketch.id}>
                <KindBadge kind={draft.kind} />
                <span class="list-title">
                    <Slotted text={titleOf(draft)} />
                </span>
                <span class="hint">{draft.regions.map((code) => areaName(core.areas(), code)).join(", ")}</span>
                {hand === me.index && <Badge tone="warn">{t("compose.handed_to_you")}</Badge>}
                {sketch.draft > 0 && <Badge tone="good">{t("compose.signed_once")}</Badge>}
                <span class="hint list-end">
                    {nameOf(sketch.editor)} · {moment(sketch.at_s)}
                </span>
            </a>
        </li>
    );
}

function Templates({ core, onBegin }) {
    const [wanted, setWanted] = useState("");
    const name = language();
    const fits = (template) => {
        const text = Object.values(template[name]).join(" ") + " " + template.name;
        return text.toLocaleLowerCase(name).includes(wanted.trim().toLocaleLowerCase(name));
    };
    const shown = core.templates().filter((one) => one.kind !== "retract" && fits(one));
    return (
        <Card
            title={t("compose.begin")}
            aside={
                <Button icon="plus" onClick={() => onBegin(emptyDraft())}>
                    {t("compose.blank")}
                </Button>
            }
        >
            <p class="hint">{t("compose.begin_hint")}</p>
            <Field
                label={t("compose.find")}
                type="search"
                value={wanted}
                onInput={(event) => setWanted(event.currentTarget.value)}
            />
            <ul class="templates">
                {shown.map((template) => (
                    <li key={template.name}>
                        <TemplateCard template={template} onBegin={onBegin} />
                    </li>
                ))}
            </ul>
            {shown.length === 0 && <Empty title={t("compose.none_found")} />}
        </Card>
    );
}

/* Its whole text: a name alone has sent wrong warnings before. */
function TemplateCard({ template, onBegin }) {
    const name = language();
    const text = template[name];
    const begin = () => onBegin(draftOfTemplate(template), { template: template.name });
    return (
        <button type="button" class={"template " + template.kind} onClick={begin}>
            <span class="row">
                <KindBadge kind={template.kind} />
                <Badge>{t("severity." + template.severity)}</Badge>
            </span>
            <strong lang={name}>
                <Slotted text={text.headline} />
            </strong>
            <span lang={name}>
                <Slotted text={text.instruction} /> <Slotted text={text.description} />
            </span>
            {slotsOf(template).length > 0 && <span class="unseen">{t("compose.has_slots")}</span>}
        </button>
    );
}

function FromCap({ onBegin }) {
    const [xml, setXml] = useState("");
    const [error, setError] = useState(null);
    const take = async () => {
        setError(null);
        try {
            const read = await api.readCap(xml);
            const draft = { ...emptyDraft(), ...read.draft };
            await onBegin(draft, { notes: (read.notes || []).join("\n") });
            toast(t("cap.taken"));
        } catch (failure) {
            setError(failure);
        }
    };
    const open = async (event) => {
        const file = event.currentTarget.files[0];
        if (file && file.size > CAP_BYTES) return setError(new Error(t("cap.long")));
        if (file) setXml(await file.text());
    };
    return (
        <details class="card">
            <summary>
                <h2>{t("cap.title")}</h2>
            </summary>
            <p class="hint">{t("cap.hint")}</p>
            <Field label={t("cap.xml")}>
                {(given) => (
                    <textarea
                        {...given}
                        rows="6"
                        spellcheck={false}
                        class="mono"
                        value={xml}
                        onInput={(event) => setXml(event.currentTarget.value)}
                    />
                )}
            </Field>
            <ErrorNote error={error} />
            <div class="row">
                <label class="button file">
                    <input type="file" accept=".xml,.cap" onChange={open} />
                    <span>{t("cap.file")}</span>
                </label>
                <Button tone="main" disabled={!xml.trim()} onClick={take}>
                    {t("cap.take")}
                </Button>
            </div>
        </details>
    );
}
