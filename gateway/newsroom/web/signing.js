/* signing: from a draft to signed bytes. The gateway stamps number, time and audit head; what it gives back is read here,
 * compared with what was written, and only those bytes are signed. */
import * as api from "./api.js";
import { fromBase64, sameBytes } from "./base64.js";
import { cleanDraft, draftOfBulletin, draftOfRetraction } from "./draft.js";
import * as keybox from "./keybox.js";
import { checkCode, verify } from "./keys.js";
import { t } from "./words.js";

/* What a draft's answer holds, read by our own code: {id, state, bulletin, body, code, created_s, first_s}. */
export async function readDraft(core, answer) {
    const bulletin = core.decode(fromBase64(answer.sealed));
    return { ...answer, bulletin, body: bulletin.body, code: await checkCode(bulletin.body) };
}

/* Whether the gateway stamped what was written, and nothing else. */
function checkSame(core, draft, read) {
    const again = core.encode(cleanDraft(draftOfBulletin(read.bulletin)));
    const written = core.encode(cleanDraft(draft));
    if (!sameBytes(again, written)) throw new Error(t("signing.differs"));
}

/* Hands a draft to the gateway, which gives it a number. */
export async function stamp(core, draft) {
    const answer = await api.addDraft(core.encode(cleanDraft(draft)));
    return restamp(core, draft, answer.id);
}

export async function restamp(core, draft, id) {
    const read = await readDraft(core, await api.getDraft(id));
    checkSame(core, draft, read);
    return read;
}

/* Adds this editor's approval to exactly these bytes. */
export async function approve(core, read) {
    const signature = await keybox.sign(read.body);
    return readDraft(core, await api.approveDraft(read.id, read.body, signature));
}

const retracts = (retraction, signed) =>
    retraction.kind === "retract" &&
    retraction.follows === signed.bulletin.number &&
    retraction.number === signed.bulletin.number &&
    retraction.sent_s === signed.bulletin.sent_s;

/* Makes and signs the retraction of what has just been signed. One editor is enough for it; it waits unreleased. */
export async function signRetraction(core, retraction, signed) {
    const template = core.templates().find((one) => one.name === "retract");
    const draft = draftOfRetraction(retraction, template, signed.bulletin);
    const read = await stamp(core, draft);
    if (!retracts(read.bulletin, signed)) {
        await api.dropDraft(read.id);
        throw new Error(t("signing.retraction_differs"));
    }
    return approve(core, read);
}

/* Among the gateway's drafts, the signed retraction of a number; null if there is none. */
export async function findRetraction(core, number, sent_s) {
    for (const answer of await api.listDrafts()) {
        if (answer.state !== "ready") continue;
        const read = await readDraft(core, answer);
        const { kind, follows } = read.bulletin;
        if (kind === "retract" && follows === number && read.bulletin.sent_s === sent_s) return read;
    }
    return null;
}

/* Whose approvals are good, by the keys of a roster of trust.js: [{editor, name, good}]. */
export async function checkApprovals(read, roster) {
    const checked = [];
    for (const approval of read.bulletin.approvals) {
        const editor = roster.editors.find((one) => one.index === approval.editor);
        const good = !!editor && (await verify(read.body, approval.signature, editor.key));
        checked.push({ editor: approval.editor, name: editor ? editor.name : String(approval.editor), good });
    }
    return checked;
}

