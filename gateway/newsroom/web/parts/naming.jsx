/* naming: how drafts, bulletins, kinds, editors and texts are called on every page; and how a sketch is begun. */
import * as api from "../api.js";
import { LANGUAGES, retractionOfTemplate } from "../draft.js";
import { go } from "../router.js";
import { language, t } from "../words.js";
import { Badge } from "./basic.jsx";

export function findTemplate(core, name) {
    return core.templates().find((one) => one.name === name);
}

/* A new sketch of this text; goes to it. */
export async function beginSketch(core, draft, more = {}) {
    const retraction = retractionOfTemplate(findTemplate(core, "retract"), draft.kind);
    const text = { draft, notes: "", retraction, template: null, values: {}, ...more };
    const sketch = await api.addSketch({ text });
    go("compose/" + sketch.id);
}

export const titleOf = (draft) =>
    [language(), ...LANGUAGES].map((name) => draft[name] && draft[name].headline).find(Boolean) || t("compose.untitled");

/* What a row of the gateway's list says; of a retraction, struck out, what it retracts. said: of the same number. */
export function RowTitle({ row, said }) {
    if (!said) return "…";
    return row.kind === "retract" ? <del>{titleOf(said)}</del> : titleOf(said);
}

const toneOf = (kind) => (kind === "drill" ? "drill" : kind === "alert" ? "alert" : "accent");

export const KindBadge = ({ kind }) => <Badge tone={toneOf(kind)}>{t("kind." + kind)}</Badge>;

export function editorName(site, index) {
    const editors = (site && site.roster && site.roster.editors) || [];
    const found = editors.find((editor) => editor.index === index);
    return found ? found.name : t("common.editor", { n: index });
}

/* A text with its open slots marked. */
export const Slotted = ({ text }) =>
    (text || "")
        .split(/(\{\w+\})/)
        .map((piece, i) => (piece.startsWith("{") ? <mark key={i}>{t("slot." + piece.slice(1, -1))}</mark> : piece));
