/* words: what the page says, in Kazakh, Russian or English. The wording is data (words/LANGUAGE.js), the same keys in
 * each. A text may have {slots}; one with forms divided by | is chosen by {n}: kk and en "one|many", ru "one|few|many". */
import { useEffect, useState } from "preact/hooks";

/* Each is fetched when it is first wanted. */
const LOADERS = {
    kk: () => import("./words/kk.js"),
    ru: () => import("./words/ru.js"),
    en: () => import("./words/en.js"),
};
const tables = {};
const REMEMBERED = "dabyl.language";
const watchers = new Set();

export const LANGUAGES = ["kk", "ru", "en"];

function firstLanguage() {
    const wanted = [readRemembered(), ...(navigator.languages || [])];
    for (const tag of wanted) {
        const short = String(tag || "").slice(0, 2);
        if (LOADERS[short]) return short;
    }
    return "ru";
}

function readRemembered() {
    try {
        return localStorage.getItem(REMEMBERED);
    } catch {
        return null; /* no storage: asked anew each time */
    }
}

let current = firstLanguage();
document.documentElement.lang = current;

export const language = () => current;

async function loadLanguage(name) {
    if (!tables[name]) tables[name] = (await LOADERS[name]()).default;
}

/* To be awaited before anything is drawn. */
export const startWords = () => loadLanguage(current);

export async function setLanguage(name) {
    await loadLanguage(name);
    current = name;
    document.documentElement.lang = name;
    try {
        localStorage.setItem(REMEMBERED, name);
    } catch {
        /* it holds until the page is closed */
    }
    for (const watcher of watchers) watcher(name);
}

/* Draws the component anew when the language changes. */
export function useLanguage() {
    const [, draw] = useState(current);
    useEffect(() => {
        watchers.add(draw);
        return () => watchers.delete(draw);
    }, []);
    return current;
}

function pickForm(forms, n, name) {
    if (name !== "ru") return forms[n === 1 ? 0 : forms.length - 1];
    const ten = n % 10;
    const hundred = n % 100;
    if (ten === 1 && hundred !== 11) return forms[0];
    const few = ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14);
    return forms[Math.min(few ? 1 : 2, forms.length - 1)];
}

export function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, slot) => {
        const value = values[slot];
        if (value === undefined) return whole;
        return typeof value === "number" ? number(value) : String(value);
    });
}

/* The text of a key in the reader's language. */
export function t(key, values = {}) {
    const text = tables[current][key];
    if (text === undefined) return key;
    const forms = text.split("|");
    return fill(forms.length > 1 ? pickForm(forms, Number(values.n), current) : text, values);
}

/* The text of a key, or the alternative where there is none: for words that come from the gateway. */
export const tOr = (key, other) => (tables[current][key] === undefined ? other : t(key));

/* 12345 as 12 345, with a space that does not break. */
export function number(n) {
    const [whole, rest] = String(n).split(".");
    const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
    return rest ? grouped + "." + rest : grouped;
}
