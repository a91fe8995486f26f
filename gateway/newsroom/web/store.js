/* store: what the page knows of the gateway, kept fresh by its events. Parts of the page read it with useStore. */
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.js";
import { nowSeconds } from "./format.js";

const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 15000;

/* editor: undefined not known yet, null nobody, else {index, name}. changed: how often drafts, sketches, rumours changed. */
let state = {
    editor: undefined,
    site: null,
    bulletins: [],
    online: true,
    toasts: [],
    changed: { drafts: 0, sketches: 0, rumours: 0 },
};
const watchers = new Set();
let source = null;
let retry_ms = RETRY_FIRST_MS;
let retryTimer = 0;
let ahead_s = 0;
let toastId = 0;

export const getState = () => state;

export function setState(change) {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher(state);
}

/* The part of the state that pick chooses; the component is drawn anew when that changes. */
export function useStore(pick) {
    const [value, setValue] = useState(() => pick(state));
    useEffect(() => {
        const watcher = (now) => setValue(() => pick(now));
        watcher(state);
        watchers.add(watcher);
        return () => watchers.delete(watcher);
    }, []);
    return value;
}

/* The gateway's time, which alone decides what has expired. */
export const gatewayNow = () => nowSeconds() + ahead_s;

/* The gateway's time, drawn anew every so many milliseconds. */
export function useNow(every_ms = 1000) {
    const [now, setNow] = useState(gatewayNow());
    useEffect(() => {
        const timer = setInterval(() => setNow(gatewayNow()), every_ms);
        return () => clearInterval(timer);
    }, [every_ms]);
    return now;
}

export function toast(text, tone = "good") {
    const id = ++toastId;
    setState({ toasts: [...state.toasts, { id, text, tone }] });
    if (tone !== "bad") setTimeout(() => dismiss(id), 6000);
}

export function dismiss(id) {
    setState({ toasts: state.toasts.filter((shown) => shown.id !== id) });
}

function takeStatus(status) {
    const site = { ...(state.site || {}), ...(status.site || {}) };
    if (status.modems) site.modems = status.modems;
    if (site.now_s) ahead_s = site.now_s - nowSeconds();
    setState({ site, bulletins: status.bulletins || state.bulletins });
}

export async function refresh() {
    const [site, bulletins] = await Promise.all([api.getSite(), api.listBulletins()]);
    ahead_s = site.now_s - nowSeconds();
    setState({ site, bulletins });
}

function count(what) {
    setState({ changed: { ...state.changed, [what]: state.changed[what] + 1 } });
}

function lose() {
    if (source) source.close();
    source = null;
    setState({ online: false });
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, retry_ms);
    retry_ms = Math.min(retry_ms * 2, RETRY_MAX_MS);
}

async function recover() {
    retry_ms = RETRY_FIRST_MS;
    setState({ online: true });
    try {
        await refresh();
    } catch (error) {
        if (error.status === 0) lose();
    }
    for (const what of Object.keys(state.changed)) count(what);
}

/* Listens for events, and again whenever the connection is lost, as long as somebody is signed in. */
export function connect() {
    clearTimeout(retryTimer);
    if (!state.editor || source) return;
    source = new EventSource("/api/events");
    source.onopen = recover;
    source.onerror = () => {
        lose();
        api.getSession().catch(() => {}); /* a session that is over is told by its 401 */
    };
    source.addEventListener("status", (event) => takeStatus(JSON.parse(event.data)));
    for (const what of Object.keys(state.changed))
        source.addEventListener(what, () => count(what));
}

export function disconnect() {
    clearTimeout(retryTimer);
    if (source) source.close();
    source = null;
    setState({ online: true });
}

export function enter(session) {
    api.setToken(session.token);
    setState({ editor: session.editor });
    connect();
}

export function leave() {
    api.setToken(null);
    setState({ editor: null, site: null, bulletins: [] });
    disconnect();
}

/* Who am I? At the start of the page. */
export async function start() {
    api.watchSignedOut(() => state.editor && leave());
    api.watchLost(() => source && lose());
    try {
        enter(await api.getSession());
    } catch (error) {
        setState({ editor: null, online: error.status !== 0 });
    }
}
