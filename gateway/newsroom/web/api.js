/* api: one function for each request that the gateway answers. What fails throws an ApiError: a status (0: no answer came),
 * the gateway's name for it and one line for people. */
import { toBase64 } from "./base64.js";

let token = null;
let onSignedOut = () => {};
let onLost = () => {};

export class ApiError extends Error {
    constructor(status, error, why) {
        super(why);
        this.status = status;
        this.error = error;
        this.why = why;
    }
}

export function setToken(value) {
    token = value;
}

/* Calls handler when the gateway says that the session is over. */
export function watchSignedOut(handler) {
    onSignedOut = handler;
}

/* Calls handler when no answer comes. */
export function watchLost(handler) {
    onLost = handler;
}

async function request(method, path, body, type) {
    const headers = {};
    if (type) headers["Content-Type"] = type;
    if (method !== "GET" && token) headers["X-Dabyl-Token"] = token;
    try {
        return await fetch(path, { method, headers, body, credentials: "same-origin" });
    } catch {
        onLost();
        throw new ApiError(0, "offline", "");
    }
}

async function refuse(response) {
    let told = {};
    try {
        told = await response.json();
    } catch {
        /* no JSON: the status alone must do */
    }
    if (response.status === 401) onSignedOut();
    throw new ApiError(response.status, told.error || "", told.why || "");
}

async function ask(method, path, value, type = "application/json") {
    const body = value === undefined || type !== "application/json" ? value : JSON.stringify(value);
    const response = await request(method, path, body, body === undefined ? null : type);
    if (!response.ok) return refuse(response);
    const kind = response.headers.get("Content-Type") || "";
    if (kind.startsWith("application/json")) return response.json();
    return kind.startsWith("audio/") ? response.blob() : response.text();
}

const get = (path) => ask("GET", path);
const post = (path, value, type) => ask("POST", path, value === undefined ? {} : value, type);
const put = (path, value) => ask("PUT", path, value);
const drop = (path) => ask("DELETE", path);

export const getChallenge = () => post("/api/challenge");
export const signIn = (editor, nonce, signature) =>
    post("/api/session", { editor, nonce, signature: toBase64(signature) });
export const getSession = () => get("/api/session");
export const signOut = () => drop("/api/session");

export const getSite = () => get("/api/site");
export const putRoster = (sealed) => put("/api/roster", { sealed: toBase64(sealed) });

export const listBulletins = () => get("/api/bulletins");
export const getBulletin = (number) => get("/api/bulletins/" + number);
export const importBulletin = (sealed) => post("/api/bulletins", { sealed: toBase64(sealed) });
export const capAddress = (number) => "/api/bulletins/" + number + "/cap";

export const listSketches = () => get("/api/sketches");
export const getSketch = (id) => get("/api/sketches/" + id);
export const addSketch = (sketch) => post("/api/sketches", sketch);
export const putSketch = (id, sketch) => put("/api/sketches/" + id, sketch);

export const listDrafts = () => get("/api/drafts");
export const getDraft = (id) => get("/api/drafts/" + id);
export const addDraft = (body) => post("/api/drafts", { body: toBase64(body) });
export const dropDraft = (id) => drop("/api/drafts/" + id);
export const approveDraft = (id, body, signature) =>
    post("/api/drafts/" + id + "/approvals", {
        body: toBase64(body),
        signature: toBase64(signature),
    });
export const sendDraft = (id) => post("/api/drafts/" + id + "/send");

export const getAudience = (question) => post("/api/audience", question);
export const listen = (body, language) => post("/api/listen", { body: toBase64(body), language });

const readingAddress = (language, body, what = "") => "/api/readings/" + language + what + "?body=" + body;
export const listReadings = (body) => get("/api/readings?body=" + body);
export const getReading = (language, body) => get(readingAddress(language, body, "/sound"));
export const dropReading = (language, body) => drop(readingAddress(language, body));
export const approveReading = (language, body, signature) =>
    post(readingAddress(language, body, "/approvals"), { signature: toBase64(signature) });

/* A recording goes up; onShare is told how much of it has gone, 0 to 1, which fetch can't tell. */
export function putReading(language, body, file, type, onShare) {
    return new Promise((resolve, reject) => {
        const sending = new XMLHttpRequest();
        sending.open("PUT", readingAddress(language, body));
        sending.responseType = "json";
        sending.setRequestHeader("Content-Type", type);
        sending.setRequestHeader("X-Dabyl-Token", token || "");
        sending.upload.onprogress = (event) => onShare(event.loaded / Math.max(1, event.total));
        sending.onload = () => {
            const told = sending.response || {};
            if (sending.status === 401) onSignedOut();
            if (sending.status < 300) resolve(told);
            else reject(new ApiError(sending.status, told.error || "", told.why || ""));
        };
        sending.onerror = () => {
            onLost();
            reject(new ApiError(0, "offline", ""));
        };
        sending.send(file);
    });
}

export const readCap = (xml) => post("/api/cap", xml, "application/cap+xml");

export const steerModem = (name, action) =>
    post("/api/modems/" + encodeURIComponent(name), { action });
export const countSubscribers = () => get("/api/subscribers");
export const importSubscribers = (csv, consent, testers) =>
    post("/api/subscribers", { csv, consent, testers });

export const listTips = (after = 0) => get("/api/tips?after=" + after);
export const listRumours = () => get("/api/rumours");
export const addRumour = (rumour) => post("/api/rumours", rumour);
export const putRumour = (id, rumour) => put("/api/rumours/" + id, rumour);
export const listAsked = () => get("/api/asked");
export const listAudit = (after = 0) => get("/api/audit?after=" + after);
export const verifyAudit = () => get("/api/audit/verify");
export const listAirings = () => get("/api/radio");
