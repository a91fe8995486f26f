/* use_readings: the recordings for a signed draft, kept fresh, and which of them this editor may sign: those that were heard
 * whole here, or chosen here. */
import { useEffect, useRef, useState } from "preact/hooks";
import { dropReading, listReadings, putReading, signReading } from "./reading.js";
import { useStore } from "./store.js";

const LOOK_MS = 5000;
const ACTIVE_MS = 60000;

/* Looks again every few seconds as long as somebody is at the page: a page that is left alone must not keep its session alive. */
function useLooking(look, on) {
    const latest = useRef(look);
    latest.current = look;
    useEffect(() => {
        if (!on) return undefined;
        let active_ms = Date.now();
        const stir = () => (active_ms = Date.now());
        const timer = setInterval(() => Date.now() - active_ms < ACTIVE_MS && latest.current(), LOOK_MS);
        for (const kind of ["pointermove", "keydown"]) document.addEventListener(kind, stir);
        return () => {
            clearInterval(timer);
            for (const kind of ["pointermove", "keydown"]) document.removeEventListener(kind, stir);
        };
    }, [on]);
}

/* How many signatures a recording has once this editor has signed what she may. */
const countAfter = (row, me, known) => row.approvals.length + (known && !row.approvals.includes(me) ? 1 : 0);

export function useReadings(read) {
    const radio = useStore((state) => !!(state.site && state.site.radio));
    const needed = useStore((state) => (state.site && state.site.roster ? state.site.roster.approvals : 2));
    const changed = useStore((state) => state.changed.drafts);
    const me = useStore((state) => (state.editor ? state.editor.index : -1));
    const [rows, setRows] = useState([]);
    const [known, setKnown] = useState({}); /* language: the file's hash */
    const on = radio && read.state !== "open"; /* until somebody has signed, the bytes still change */
    const open = on && read.state !== "sent";
    const look = () => listReadings(read.body).then(setRows, () => {});
    useEffect(() => void (on && look()), [on, read.id, read.code, changed]);
    useLooking(look, open);
    const isKnown = (row) => known[row.language] === row.file;
    const know = (row) => setKnown((before) => ({ ...before, [row.language]: row.file }));
    const signed = (row) => row.approvals.includes(me);
    /* What could not be signed counts as not heard: the next try sends without it, because people wait for the warning. */
    const forget = (error) => {
        setKnown({});
        throw error;
    };
    const sign = (wanted) =>
        wanted.reduce((before, row) => before.then(() => signReading(read.body, row)), Promise.resolve()).finally(look);
    return {
        on,
        open,
        rows,
        needed,
        know,
        isKnown,
        signed,
        body: read.body,
        /* with the bulletin itself, for who has not signed that yet */
        alone: read.bulletin.approvals.some((approval) => approval.editor === me),
        willPlay: (row) => countAfter(row, me, isKnown(row)) >= needed,
        put: (name, file, onShare) => putReading(read.body, name, file, onShare).then(know).finally(look),
        drop: (name) => dropReading(read.body, name).finally(look),
        sign: (row) => sign([row]),
        signKnown: () => sign(rows.filter((row) => isKnown(row) && !signed(row))).catch(forget),
    };
}
