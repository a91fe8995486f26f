/* core: dabyl's own rules in the browser and in node: core.wasm (core.c, core.h) with the shape of a library.
 *
 *     const core = await loadCore();          fetched once, when a page first needs it
 *     const body = core.encode(draft);        the bytes that editors sign
 *
 * A draft is an object as in gateway/bulletin/json.h: {kind, regions: ["KZ-75"], ..., kk: {headline, instruction,
 * description}, ...}. It may also have what the gateway stamps: number, sent_s, newsroom and audit_head (hex), text_model.
 * What decode adds beside (expires_s, languages, body, approvals) is ignored where a draft is given, and so is a language
 * without a letter.
 * What can't be done throws a CoreError. */

const MODULE_PATH = "/core.wasm";
const NO_CODE = "0000"; /* stands for a check code that is not known yet: as long as one */
const APPROVAL_SIZE = 65; /* index, signature */

/* In the order of enum core_list, enum core_word and enum core_measure. */
const LISTS = ["fields", "kind", "severity", "urgency", "certainty", "category", "response", "languages", "texts",
    "errors", "errorTexts", "events", "eventWords", "areaCodes", "areaNames", "areaCentres", "templates",
    "templateSlots", "parts"];
const WORDS = ["sender", "code", "word"];
const MEASURES = ["units", "unitsPerPart", "isUcs2", "leftSentences", "leftBytes", "more", "over", "partCount"];

const CODES = ["kind", "severity", "urgency", "certainty", "category", "response"];
const STAMPED = ["number", "sent_s", "newsroom", "audit_head", "text_model"];
const ADDED = ["expires_s", "languages", "body", "approvals"];

/* err: the gateway's name for it ("long", "value", "missing", "text", ...); field: what it is about ("kk.headline"). */
export class CoreError extends Error {
    constructor(err, field, why) {
        super(why);
        this.name = "CoreError";
        this.err = err;
        this.field = field;
    }
}

/* ---- passing texts, bytes and results ---- */

/* The module's exports without their prefix, and how texts go in and out. */
function openModule(instance) {
    const x = instance.exports;
    if (x._initialize) x._initialize();
    const memory = new Uint8Array(x.memory.buffer);
    const encoder = new TextEncoder();
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const m = { x };

    m.bytes = (from, size) => memory.slice(from, from + size);
    m.string = (from) => decoder.decode(memory.subarray(from, memory.indexOf(0, from)));
    m.out = () => m.string(x.core_out());
    m.put = (bytes) => {
        if (bytes.length > m.room) throw new CoreError("long", "", "more bytes than any bulletin has");
        memory.set(bytes, x.core_in());
        return bytes.length;
    };
    m.write = (text) => m.put(encoder.encode(text));
    m.name = (list, index, language = 0) => {
        const at = x.core_name(LISTS.indexOf(list), index, language);
        return at === 0 ? null : m.string(at);
    };
    m.names = (list, language = 0) => {
        const all = [];
        for (let name; (name = m.name(list, all.length, language)) !== null; ) all.push(name);
        return all;
    };
    /* Throws unless result is 0, ERR_OK. */
    m.must = (result, field, why) => {
        if (result === 0) return;
        const about = field || m.string(x.core_why());
        throw new CoreError(m.names("errors")[result], about, why || `${about ? about + ": " : ""}${m.name("errorTexts", result)}`);
    };
    m.room = x.core_in_size();
    return m;
}

/* ---- a draft to the module's bulletin and back ---- */

function takeCode(m, name, value) {
    const index = typeof value === "string" ? m.names(name).indexOf(value) : -1;
    if (index < 0) throw new CoreError("value", name, `${name}: no such word: "${value}"`);
    setNumber(m, name, index);
}

function setNumber(m, name, value) {
    const index = m.fields.indexOf(name);
    if (index < 0) throw new CoreError("value", name, `unknown member "${name}"`);
    m.must(m.x.core_set(index, typeof value === "number" ? value : NaN), name, `${name}: must be a whole number in its range`);
}

const getNumber = (m, name) => m.x.core_get(m.fields.indexOf(name));

function takeEvent(m, name, value) {
    if (value === "") return;
    if (typeof value === "number") return setNumber(m, name, value); /* as decode gives one without a name */
    const code = typeof value === "string" ? m.x.core_find_event(m.write(value)) : -1;
    if (code < 0) throw new CoreError("value", name, `${name}: no such word: "${value}"`);
    setNumber(m, name, code);
}

function takeRegions(m, name, value) {
    if (!Array.isArray(value)) throw new CoreError("format", name, `${name}: must be a list of codes`);
    let mask = 0;
    for (const code of value) {
        const bit = typeof code === "string" ? m.x.core_find_area(m.write(code)) : -1;
        if (bit < 0) throw new CoreError("value", name, `${name}: no such region: "${code}"`);
        mask |= 1 << bit;
    }
    setNumber(m, name, mask);
}

/* Two bytes in hex, as a newsroom's id and an audit head are shown. */
function takePair(m, name, value) {
    if (!/^[0-9a-f]{4}$/.test(value)) throw new CoreError("format", name, `${name}: must be four hex digits`);
    setNumber(m, name, parseInt(value.slice(2) + value.slice(0, 2), 16));
}

function givePair(m, name) {
    const value = getNumber(m, name);
    return [value & 0xff, value >> 8].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function takeText(m, language, name, value) {
    const field = `${m.languages[language]}.${name}`;
    const text = m.texts.indexOf(name);
    if (text < 0) throw new CoreError("value", field, `${m.languages[language]}: unknown member "${name}"`);
    if (typeof value !== "string") throw new CoreError("format", field, `${field}: must be a text`);
    const most = m.x.core_text_max(text);
    const size = new TextEncoder().encode(value).length;
    if (size > most) throw new CoreError("long", field, `${field}: ${size} bytes, at most ${most} fit`);
    if (value.includes("\0")) throw new CoreError("text", field, `${field}: ${m.name("errorTexts", m.errors.indexOf("text"))}`);
    m.must(m.x.core_set_text(language, text, m.write(value)), field);
}

function takeLanguage(m, name, value) {
    const language = m.languages.indexOf(name);
    if (value === null || typeof value !== "object") throw new CoreError("format", name, `${name}: must be an object with a headline`);
    for (const text of Object.keys(value)) takeText(m, language, text, value[text]);
    if (Object.values(value).some((text) => text !== "")) setNumber(m, "languages", getNumber(m, "languages") | (1 << language));
}

function takeEveryone(m, name, value) {
    if (typeof value !== "boolean") throw new CoreError("format", name, `${name}: must be true or false`);
    setNumber(m, name, value ? 1 : 0);
}

/* How each member of a draft is read; null and undefined are as if it were not there. */
const readers = { event: takeEvent, regions: takeRegions, everyone: takeEveryone, newsroom: takePair, audit_head: takePair };

function takeMember(m, name, value) {
    if (readers[name]) return readers[name](m, name, value);
    if (CODES.includes(name)) return takeCode(m, name, value);
    if (m.languages.includes(name)) return takeLanguage(m, name, value);
    return setNumber(m, name, value);
}

function takeDraft(m, draft) {
    m.x.core_clear();
    for (const name of Object.keys(draft)) {
        const value = draft[name];
        if (value !== null && value !== undefined && !ADDED.includes(name)) takeMember(m, name, value);
    }
}

/* bulletin_check's word, with the language where a text is at fault. */
function check(m) {
    const result = m.x.core_check();
    if (result === 0) return;
    const field = m.string(m.x.core_why());
    for (let language = 0; language < m.languages.length; language++)
        if ((getNumber(m, "languages") >> language) & 1 && m.string(m.x.core_text(language, 0)) === "")
            throw new CoreError("missing", `${m.languages[language]}.headline`, `${m.languages[language]}: has no headline`);
    m.must(result, field);
}

function giveDraft(m) {
    const draft = {};
    for (const name of CODES) draft[name] = m.name(name, getNumber(m, name));
    const event = getNumber(m, "event");
    draft.event = event === 0 ? null : m.name("events", event - 1) || event;
    draft.regions = m.names("areaCodes").filter((code, bit) => (getNumber(m, "regions") >> bit) & 1);
    draft.lifetime_min = getNumber(m, "lifetime_min");
    if (getNumber(m, "follows") !== 0) draft.follows = getNumber(m, "follows");
    if (getNumber(m, "everyone") !== 0) draft.everyone = true;
    m.languages.forEach((name, language) => {
        if ((getNumber(m, "languages") >> language) & 1)
            draft[name] = Object.fromEntries(m.texts.map((text, i) => [text, m.string(m.x.core_text(language, i))]));
    });
    return draft;
}

function giveBulletin(m, bytes) {
    const approvals = [];
    for (let i = 0; i < m.x.core_approval_count(); i++) {
        const row = m.bytes(m.x.core_approval(i), APPROVAL_SIZE);
        approvals.push({ editor: row[0], signature: row.slice(1) });
    }
    const bulletin = giveDraft(m);
    return {
        ...bulletin,
        number: getNumber(m, "number"),
        sent_s: getNumber(m, "sent_s"),
        expires_s: getNumber(m, "sent_s") + 60 * bulletin.lifetime_min,
        newsroom: givePair(m, "newsroom"),
        audit_head: givePair(m, "audit_head"),
        text_model: getNumber(m, "text_model"),
        languages: m.languages.filter((name) => bulletin[name]),
        body: bytes.slice(0, m.x.core_body_size()),
        approvals,
    };
}

/* ---- what people read and hear ---- */

/* What must be known before it can be shown: number and time stand in for those that a draft gets at last. */
function takeForShow(m, draft, options) {
    takeDraft(m, draft);
    if (getNumber(m, "number") === 0) {
        const retracts = m.name("kind", getNumber(m, "kind")) === "retract";
        setNumber(m, "number", options.number || getNumber(m, "follows") + (retracts ? 0 : 1));
        setNumber(m, "sent_s", options.sent_s || Math.floor(Date.now() / 1000));
    }
    check(m);
    WORDS.forEach((name, word) => {
        const value = options[name] || (name === "code" ? NO_CODE : "");
        m.must(m.x.core_set_word(word, m.write(value)), name);
    });
}

function languageOf(m, name) {
    const language = m.languages.indexOf(name);
    if (language < 0) throw new CoreError("value", "language", `language: no such word: "${name}"`);
    return language;
}

/* Each character that costs a text its 160 letters a part, with what the Latin script writes for it. */
function listMisfits(m, language) {
    m.x.core_list_misfits();
    return Array.from(m.out(), (character) => {
        const result = m.x.core_print_latin(language, m.write(character));
        const latin = result === 0 ? m.out() : character;
        const code = "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
        return { character, code, latin: latin === character ? null : latin };
    });
}

function compose(m, draft, options) {
    takeForShow(m, draft, options);
    const language = languageOf(m, options.language);
    m.must(m.x.core_compose(language, options.latin ? 1 : 0, options.parts || 0), "", null);
    const text = m.bytes(m.x.core_out(), m.x.core_out_size());
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const measured = Object.fromEntries(MEASURES.map((name, i) => [name, m.x.core_measure(i)]));
    const parts = [];
    for (let part = 0, at = 0; part < measured.partCount; part++) {
        const size = m.x.core_part_size(part);
        parts.push(decoder.decode(text.subarray(at, at + size)));
        at += size;
    }
    return {
        text: decoder.decode(text),
        parts,
        units: measured.units,
        unitsPerPart: measured.unitsPerPart,
        coding: measured.isUcs2 ? "ucs2" : "gsm7",
        leftSentences: measured.leftSentences,
        leftBytes: measured.leftBytes,
        more: measured.more === 1,
        over: measured.over === 1,
        misfits: listMisfits(m, language),
    };
}

function script(m, draft, options) {
    takeForShow(m, draft, options);
    m.must(m.x.core_write_script(languageOf(m, options.language), options.brief ? 1 : 0), "", null);
    return m.out();
}

/* ---- templates, completeness, lists ---- */

function fill(m, name, values) {
    const index = m.names("templates").indexOf(name);
    m.must(m.x.core_load_template(index >>> 0), name);
    for (const slot of Object.keys(values)) {
        const given = typeof values[slot] === "object" ? values[slot] : { all: values[slot] };
        for (const key of Object.keys(given)) {
            const language = key === "all" ? m.languages.length : languageOf(m, key);
            m.must(m.x.core_add_value(language, m.write(`${slot}\0${given[key]}`)), slot);
        }
    }
    const result = m.x.core_fill_template(index);
    const why = m.string(m.x.core_why());
    m.must(result, "", why);
    return giveDraft(m);
}

function listTemplates(m) {
    return m.names("templates").map((name, index) => {
        m.must(m.x.core_load_template(index), name);
        const slots = m.name("templateSlots", index).split(" ").filter(Boolean);
        return { name, slots, ...giveDraft(m) };
    });
}

function complete(m, draft) {
    takeDraft(m, draft);
    const missing = m.x.core_find_missing();
    const answer = Object.fromEntries(m.names("parts").map((name, part) => [name, ((missing >> part) & 1) === 0]));
    answer.refused = m.x.core_check_complete() === 0 ? null : m.string(m.x.core_why());
    return answer;
}

const inEach = (m, list, index) => Object.fromEntries(m.languages.map((name, language) => [name, m.name(list, index, language)]));

function listAreas(m) {
    return m.names("areaCodes").map((code, bit) => {
        const centre = inEach(m, "areaCentres", bit);
        return { code, bit, name: inEach(m, "areaNames", bit), centre: centre.en === "" ? null : centre };
    });
}

function listEvents(m) {
    return m.names("events").map((name, index) => ({ name, code: index + 1, word: inEach(m, "eventWords", index) }));
}

/* ---- the library ---- */

function makeCore(instance) {
    const m = openModule(instance);
    for (const list of ["fields", "languages", "texts", "errors"]) m[list] = m.names(list);
    return {
        /* The body of a draft or of a stamped bulletin. */
        encode(draft) {
            takeDraft(m, draft);
            check(m);
            m.must(m.x.core_encode(), "", null);
            return m.bytes(m.x.core_out(), m.x.core_out_size());
        },
        /* A sealed bulletin: its draft, what was stamped, its body and approvals. Looks at no signature: keys.js does. */
        decode(sealed) {
            m.must(m.x.core_decode_sealed(m.put(sealed)), "", null);
            return giveBulletin(m, sealed);
        },
        /* The same of a body alone, which may be a draft's; approvals is empty. */
        decodeBody(body) {
            m.must(m.x.core_decode_body(m.put(body)), "", null);
            return giveBulletin(m, body);
        },
        /* options: language, latin, parts, sender, code, word, number, sent_s */
        compose: (draft, options) => compose(m, draft, options),
        /* options: language, code, sender, brief, number, sent_s */
        script: (draft, options) => script(m, draft, options),
        /* Each template with its codes, and its texts with the slots in braces. */
        templates: () => listTemplates(m),
        /* values: {place: {kk, ru, en}, until: "23:00"} */
        fill: (name, values) => fill(m, name, values),
        /* Which of the six parts of a warning it has; the draft may be unfinished. */
        complete: (draft) => complete(m, draft),
        areas: () => listAreas(m),
        events: () => listEvents(m),
        /* {kind: [...], severity: [...], ...}: what may stand in each */
        codes: () => Object.fromEntries(CODES.map((name) => [name, m.names(name)])),
        /* {headline: 240, ...}: bytes of UTF-8 */
        limits: () => Object.fromEntries(m.texts.map((name, i) => [name, m.x.core_text_max(i)])),
    };
}

let loading = null;

async function fetchModule() {
    const response = await fetch(MODULE_PATH, { credentials: "same-origin" });
    if (!response.ok) throw new CoreError("missing", "", `${MODULE_PATH}: ${response.status}`);
    return WebAssembly.instantiate(await response.arrayBuffer(), {});
}

/* The library, fetched on first use; tests hand the module's bytes over. */
export async function loadCore(bytes) {
    if (bytes) return makeCore((await WebAssembly.instantiate(bytes, {})).instance);
    if (!loading)
        loading = fetchModule().then((made) => makeCore(made.instance)).catch((error) => {
            loading = null; /* the next call tries again */
            throw error;
        });
    return loading;
}
