/* navigation: the pages by group, beside the page or, on narrow screens, behind the menu button. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { GROUPS, PAGES } from "../pages.jsx";
import { useStore } from "../store.js";
import { t } from "../words.js";
import { Icon } from "./icon.jsx";

/* How many drafts wait for a second editor. */
function useWaiting() {
    const changed = useStore((state) => state.changed.drafts);
    const [waiting, setWaiting] = useState(0);
    useEffect(() => {
        api.listDrafts()
            .then((drafts) => setWaiting(drafts.filter((draft) => draft.state === "approved").length))
            .catch(() => {}); /* the connection's band tells */
    }, [changed]);
    return waiting;
}

export function Navigation({ current, open }) {
    const waiting = useWaiting();
    return (
        <nav id="navigation" class={"navigation" + (open ? " open" : "")} aria-label={t("common.pages")}>
            {GROUPS.map((group) => (
                <Group key={group} group={group} current={current} waiting={waiting} />
            ))}
        </nav>
    );
}

function Group({ group, current, waiting }) {
    const pages = PAGES.filter((page) => page.group === group);
    if (pages.length === 0) return null;
    return (
        <ul>
            {pages.map((page) => (
                <li key={page.name}>
                    <a href={"#/" + page.name} aria-current={page.name === current ? "page" : undefined}>
                        <Icon name={page.icon} />
                        <span>{t("nav." + page.name)}</span>
                        {page.badge === "drafts" && waiting > 0 && (
                            <b class="count" aria-label={t("nav.waiting", { n: waiting })}>
                                {waiting}
                            </b>
                        )}
                    </a>
                </li>
            ))}
        </ul>
    );
}
