/* use_sketch: a sketch that saves itself. When somebody else has changed it meanwhile, both versions are kept: one goes on
 * as this sketch, the other becomes a sketch of its own. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { useStore } from "./store.js";

const SAVE_MS = 900;
const UNSAVED = "dabyl.unsaved."; /* what could not be saved, for as long as this tab lives: also over a new sign-in */
const RETRY_MS = 5000;

function keepUnsaved(id, kept) {
    try {
        if (kept) sessionStorage.setItem(UNSAVED + id, JSON.stringify(kept));
        else sessionStorage.removeItem(UNSAVED + id);
    } catch {
        /* no storage: what is on the screen stays there */
    }
}

function findUnsaved(id) {
    try {
        return JSON.parse(sessionStorage.getItem(UNSAVED + id));
    } catch {
        return null;
    }
}

/* state: "loading", "saved", "changed", "saving", "offline", "conflict", "failed". */
export function useSketch(id) {
    const [sketch, setSketch] = useState(null);
    const [state, setState] = useState("loading");
    const [theirs, setTheirs] = useState(null);
    const [error, setError] = useState(null);
    const now = useRef({ sketch: null, text: null, dirty: false, saving: null, timer: 0 });
    const changed = useStore((all) => all.changed.sketches);

    const take = (read) => {
        now.current.sketch = read;
        now.current.text = read.text;
        now.current.dirty = false;
        setSketch(read);
        setState("saved");
        setTheirs(null);
        setError(null);
    };

    /* At first: what an earlier visit could not save goes on, or is a second version. */
    const begin = (read) => {
        const holder = now.current;
        const unsaved = findUnsaved(id);
        take(read);
        if (!unsaved) return;
        holder.text = unsaved.text;
        holder.dirty = true;
        setSketch({ ...read, text: unsaved.text });
        if (unsaved.version === read.version) return void save();
        setTheirs(read);
        setState("conflict");
    };

    useEffect(() => {
        const holder = now.current;
        api.getSketch(id).then(begin, setError);
        return () => {
            clearTimeout(holder.timer);
            if (holder.dirty) save();
        };
    }, [id]);

    useEffect(() => {
        const warn = (event) => now.current.dirty && event.preventDefault(); /* the browser asks before it closes */
        addEventListener("beforeunload", warn);
        return () => removeEventListener("beforeunload", warn);
    }, []);

    useEffect(() => {
        const holder = now.current;
        if (!holder.sketch || holder.dirty || holder.saving) return;
        api.getSketch(id)
            .then((read) => read.version !== holder.sketch.version && !holder.dirty && !holder.saving && take(read))
            .catch(() => {}); /* the connection's band tells */
    }, [changed]);

    const fail = async (failure) => {
        const holder = now.current;
        if (failure.status === 409) {
            setTheirs(await api.getSketch(id));
            return setState("conflict");
        }
        setError(failure.status === 0 ? null : failure);
        setState(failure.status === 0 ? "offline" : "failed");
        clearTimeout(holder.timer);
        if (failure.status === 0 || failure.status >= 500) holder.timer = setTimeout(save, RETRY_MS);
    };

    const write = async () => {
        const holder = now.current;
        const text = holder.text;
        holder.dirty = false;
        setState("saving");
        try {
            const { version, draft, closed } = holder.sketch;
            const saved = await api.putSketch(id, { version, draft: draft || undefined, closed, text });
            holder.sketch = { ...holder.sketch, ...saved, text };
            keepUnsaved(id, null);
            setSketch({ ...holder.sketch, text: holder.text });
            setError(null);
            setState(holder.dirty ? "changed" : "saved");
        } catch (failure) {
            holder.dirty = true;
            keepUnsaved(id, { version: holder.sketch.version, text: holder.text });
            await fail(failure);
        }
    };

    /* One at a time, so that versions follow each other. Resolves when what is on the screen is stored, or can't be. */
    const save = async () => {
        const holder = now.current;
        clearTimeout(holder.timer);
        while (holder.saving) await holder.saving;
        if (!holder.dirty) return;
        holder.saving = write();
        await holder.saving;
        holder.saving = null;
    };

    const change = useCallback((members, fields = {}) => {
        const holder = now.current;
        holder.text = { ...holder.text, ...members };
        holder.sketch = { ...holder.sketch, ...fields };
        holder.dirty = true;
        setSketch({ ...holder.sketch, text: holder.text });
        setState((was) => (was === "conflict" ? was : "changed"));
        clearTimeout(holder.timer);
        holder.timer = setTimeout(save, SAVE_MS);
    }, []);

    /* Ends a conflict: mine goes on or theirs; the other is kept beside it. */
    const settle = async (mine) => {
        const holder = now.current;
        const other = mine ? theirs.text : holder.text;
        await api.addSketch({ text: other });
        keepUnsaved(id, null);
        if (!mine) return take(theirs);
        holder.sketch = { ...holder.sketch, version: theirs.version };
        holder.dirty = true;
        setTheirs(null);
        await save();
    };

    return { sketch, state, theirs, error, change, save, settle };
}
