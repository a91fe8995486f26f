/* router: which page the address names. #/bulletin/41?x=1 is page "bulletin", argument "41", query {x: "1"}. */
import { useEffect, useState } from "preact/hooks";

export function parseRoute(hash) {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
    const [name = "", ...args] = path.split("/").filter(Boolean).map(decodeURIComponent);
    return { name, args, query: Object.fromEntries(new URLSearchParams(query)) };
}

export function go(path) {
    location.hash = "#/" + path;
}

/* Changes the address without a step in the history. */
export function settle(path) {
    history.replaceState(null, "", "#/" + path);
    dispatchEvent(new Event("hashchange"));
}

export function useRoute() {
    const [route, setRoute] = useState(parseRoute(location.hash));
    useEffect(() => {
        const follow = () => setRoute(parseRoute(location.hash));
        addEventListener("hashchange", follow);
        return () => removeEventListener("hashchange", follow);
    }, []);
    return route;
}
