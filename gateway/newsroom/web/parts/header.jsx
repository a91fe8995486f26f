/* header: the situation in one big word, who is signed in, language, help; and a band when the connection is lost. */
import * as api from "../api.js";
import { clock } from "../format.js";
import * as keybox from "../keybox.js";
import { findActive, findFaults, findSituation } from "../situation.js";
import { leave, useNow, useStore } from "../store.js";
import { t, tOr } from "../words.js";
import { Icon } from "./icon.jsx";
import { LanguageSwitch } from "./language.jsx";

async function signOut() {
    keybox.close();
    try {
        await api.signOut();
    } catch {
        /* the session ends by itself; here it ends now */
    }
    leave();
}

export function Header({ onHelp, onMenu, menuOpen }) {
    const editor = useStore((state) => state.editor);
    return (
        <header class="top">
            <div class="top-bar">
                <button
                    type="button"
                    class="button quiet only-icon menu-button"
                    aria-expanded={menuOpen}
                    aria-controls="navigation"
                    onClick={onMenu}
                >
                    <Icon name={menuOpen ? "close" : "menu"} />
                    <span class="unseen">{t("common.menu")}</span>
                </button>
                <a class="brand" href="#/">
                    <Mark />
                    dabyl
                </a>
                <div class="top-tools">
                    <LanguageSwitch />
                    <button type="button" class="button quiet only-icon help-button" onClick={onHelp}>
                        <b aria-hidden="true">?</b>
                        <span class="unseen">{t("help.title")}</span>
                    </button>
                    <span class="who">{editor.name}</span>
                    <button type="button" class="button quiet" onClick={signOut}>
                        {t("common.sign_out")}
                    </button>
                </div>
            </div>
            <Situation />
        </header>
    );
}

/* A bell whose sound goes both ways. */
export const Mark = () => (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <path class="mark-bell" d="M16 6c4.500 0 7 3.400 7 8v5l2 3H7l2-3v-5c0-4.600 2.500-8 7-8zM13.500 24h5a2.500 2.500 0 0 1-5 0z" />
        <path class="mark-wave" d="M5 8c-2.300 3.200-2.300 7.800 0 11M27 8c2.300 3.200 2.300 7.800 0 11" />
    </svg>
);

function Situation() {
    const now = useNow(5000);
    const site = useStore((state) => state.site);
    const bulletins = useStore((state) => state.bulletins);
    const online = useStore((state) => state.online);
    const active = findActive(bulletins, now);
    const situation = findSituation(site, bulletins, now);
    const faults = findFaults(site);
    return (
        <>
            <div class={"situation " + (online ? situation : "lost")} role="status">
                <strong>{online ? t("situation." + situation) : t("situation.lost")}</strong>
                <span class="situation-more">
                    {!online && t("situation.lost_more")}
                    {online && (active.length ? t("situation.active", { n: active.length }) : t("situation.none"))}
                </span>
                <time class="situation-clock">{clock(now)}</time>
            </div>
            {online && faults.length > 0 && (
                <div class="faults" role="status">
                    <Icon name="warn" />
                    <span>{faults.map((fault) => tOr("fault." + fault, fault)).join(" · ")}</span>
                </div>
            )}
        </>
    );
}
