/* use_core: our own C code in the browser (core.js), loaded once, and where it is wanted. */
import { useEffect, useState } from "preact/hooks";
import { loadCore } from "./core.js";

let loading = null;
let loaded = null;

/* The lists never change: read once. */
function withLists(core) {
    const lists = { areas: core.areas(), events: core.events(), templates: core.templates() };
    const held = {};
    for (const name of Object.keys(lists)) held[name] = () => lists[name];
    return { ...core, ...held };
}

export function getCore() {
    if (!loading)
        loading = loadCore().then((core) => (loaded = withLists(core)));
    loading.catch(() => (loading = null)); /* asked again next time */
    return loading;
}

/* {core, error}: core is null until it is there. */
export function useCore() {
    const [state, setState] = useState({ core: loaded, error: null });
    useEffect(() => {
        if (!state.core)
            getCore().then(
                (core) => setState({ core, error: null }),
                (error) => setState({ core: null, error }),
            );
    }, []);
    return state;
}
