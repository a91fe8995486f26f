/* draft: a bulletin while it is being written. Pure: nothing here asks the gateway or touches the page.
 *
 * A sketch's text: {draft, notes, retraction: {on, kk, ru, en}, template, values, hand, draftId, retractId}. The draft has the
 * members of gateway/bulletin/json.h, but may be incomplete; notes are never sent; hand is the index of the editor to
 * whom it was handed on; draftId and retractId are the gateway's drafts made of it. */

export const LANGUAGES = ["kk", "ru", "en"];
export const FIELDS = ["headline", "instruction", "description"];
export const LIMITS = { headline: 240, instruction: 800, description: 1200 }; /* bytes, bulletin.h */
export const DRILL_WORDS = { kk: "ЖАТТЫҒУ", ru: "УЧЕБНАЯ ТРЕВОГА", en: "DRILL" }; /* phrases.c */
export const KINDS = ["alert", "update", "all-clear", "drill"];
export const FOLLOWING = new Set(["update", "all-clear"]);
export const LIFETIME_DEFAULT_MIN = 360;
export const LIFETIME_MAX_MIN = 1440;
export const CODES = {
    severity: ["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
    urgency: ["Immediate", "Expected", "Future", "Past", "Unknown"],
    certainty: ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    category: [
        "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other",
    ],
    response: ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"],
};
const SLOT = /\{(\w+)\}/g;

export const emptyText = () => ({ headline: "", instruction: "", description: "" });

export function emptyDraft(kind = "alert") {
    return {
        kind,
        event: null,
        category: "Other",
        severity: "Unknown",
        urgency: "Unknown",
        certainty: "Unknown",
        response: "None",
        regions: [],
        lifetime_min: LIFETIME_DEFAULT_MIN,
        follows: null,
        kk: emptyText(),
        ru: emptyText(),
        en: emptyText(),
    };
}

/* A template as core.templates() tells of it, as a draft with its slots still open. */
export function draftOfTemplate(template) {
    const draft = emptyDraft(template.kind);
    draft.event = template.event || null;
    for (const code of Object.keys(CODES)) if (template[code]) draft[code] = template[code];
    for (const name of LANGUAGES) draft[name] = { ...emptyText(), ...template[name] };
    return draft;
}

export function slotsOf(template) {
    const slots = template ? template.slots : [];
    return Array.isArray(slots) ? slots : slots.split(" ").filter(Boolean);
}

/* A template's texts with the values {slot: {all, kk, ru, en}} put in; slots without a value stay open. */
export function fillTexts(template, values) {
    const texts = {};
    for (const name of LANGUAGES) {
        texts[name] = emptyText();
        for (const field of FIELDS) texts[name][field] = fillSlots(template[name][field] || "", values, name);
    }
    return texts;
}

export function fillSlots(text, values, name) {
    return text.replace(SLOT, (whole, slot) => {
        const value = values[slot];
        const given = value && (value[name] || value.all);
        return given ? trimValue(given) : whole;
    });
}

/* The texts have their own full stops. */
const trimValue = (value) => value.trim().replace(/([^.])\.$/, "$1");

/* Slots that are still open in any text. */
export function openSlots(draft) {
    const open = new Set();
    for (const name of LANGUAGES)
        for (const field of FIELDS)
            for (const found of draft[name][field].matchAll(SLOT)) open.add(found[1]);
    return [...open];
}

export const bytesOf = (text) => new TextEncoder().encode(text).length;

export const isWritten = (text) => FIELDS.some((field) => text[field].trim() !== "");

export const writtenLanguages = (draft) => LANGUAGES.filter((name) => draft[name] && isWritten(draft[name]));

/* The draft as core.encode wants it: without what is empty or does not belong to its kind. */
export function cleanDraft(draft) {
    const clean = { kind: draft.kind, regions: [...draft.regions].sort(), lifetime_min: draft.lifetime_min };
    for (const code of Object.keys(CODES)) clean[code] = draft[code];
    if (draft.event) clean.event = draft.event;
    if (draft.follows && (FOLLOWING.has(draft.kind) || draft.kind === "retract")) clean.follows = draft.follows;
    if (draft.kind === "drill" && draft.everyone) clean.everyone = true;
    for (const name of writtenLanguages(draft)) clean[name] = cleanText(draft[name]);
    return clean;
}

function cleanText(text) {
    const clean = { headline: text.headline.trim() };
    for (const field of ["instruction", "description"]) if (text[field].trim()) clean[field] = text[field].trim();
    return clean;
}

/* What a decoded bulletin says, as a draft: for comparing with what was written, and for one that follows it. */
export function draftOfBulletin(bulletin) {
    const draft = { ...emptyDraft(bulletin.kind), ...pick(bulletin, ["event", "regions", "lifetime_min", "follows"]) };
    for (const code of Object.keys(CODES)) if (bulletin[code]) draft[code] = bulletin[code];
    for (const name of LANGUAGES) if (bulletin[name]) draft[name] = { ...emptyText(), ...bulletin[name] };
    if (bulletin.everyone) draft.everyone = true;
    return draft;
}

function pick(from, names) {
    const picked = {};
    for (const name of names) if (from[name] !== undefined) picked[name] = from[name];
    return picked;
}

/* An update of a bulletin, or its all-clear made from that template. */
export function draftFollowing(bulletin, kind, template) {
    const draft = kind === "all-clear" && template ? draftOfTemplate(template) : draftOfBulletin(bulletin);
    return { ...draft, kind, follows: bulletin.number, regions: [...bulletin.regions], everyone: undefined };
}

/* What keeps the draft from being signed: keys of the words, with their values. Empty: nothing. */
export function findObstacles(draft) {
    const obstacles = [];
    const add = (key, values) => obstacles.push({ key: "obstacle." + key, values });
    if (draft.regions.length === 0) add("region");
    if (!(draft.lifetime_min >= 1 && draft.lifetime_min <= LIFETIME_MAX_MIN)) add("expiry");
    if (FOLLOWING.has(draft.kind) && !draft.follows) add("follows");
    const written = writtenLanguages(draft);
    if (written.length === 0) add("text");
    for (const name of written) if (!draft[name].headline.trim()) add("headline." + name);
    const slots = openSlots(draft);
    if (slots.length > 0) add("slot", { slots });
    for (const name of written)
        for (const field of FIELDS)
            if (bytesOf(draft[name][field].trim()) > LIMITS[field]) add("long." + name, { n: LIMITS[field] });
    return obstacles;
}

/* Languages that would be missed, so that the editor knows. */
export const missingLanguages = (draft) => LANGUAGES.filter((name) => !isWritten(draft[name]));

/* Whether a retraction is offered by default: with what tells of a danger. */
export const wantsRetraction = (kind) => kind === "alert" || kind === "update";

/* The retraction of what has this number; its text has {n} open until the number is known. */
export function draftOfRetraction(retraction, template, bulletin) {
    const draft = { ...draftOfTemplate(template), kind: "retract" };
    const values = { n: { all: String(bulletin.number) } };
    for (const name of LANGUAGES) {
        const text = retraction[name] || emptyText();
        for (const field of FIELDS) draft[name][field] = fillSlots(text[field], values, name);
    }
    draft.regions = [...bulletin.regions];
    draft.lifetime_min = bulletin.lifetime_min;
    draft.follows = bulletin.number;
    return draft;
}

export function retractionOfTemplate(template, kind) {
    const retraction = { on: wantsRetraction(kind) };
    for (const name of LANGUAGES) retraction[name] = { ...emptyText(), ...template[name] };
    return retraction;
}

/* Without case and marks, which nobody needs to type right: for comparing what an editor types to confirm. */
export const foldName = (text) => text.toLocaleLowerCase("ru").replace(/ё/g, "е").replace(/[\s\-.]+/g, " ").trim();
