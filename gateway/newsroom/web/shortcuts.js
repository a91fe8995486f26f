/* shortcuts: "?" for help, "g" and a letter for a page. Keys are taken by their place on the keyboard, so that they work
 * under a Kazakh or Russian layout too. They can be switched off (WCAG 2.1.4). */
import { PAGES } from "./pages.jsx";
import { go } from "./router.js";

const SWITCH = "dabyl.shortcuts";
const SECOND_KEY_MS = 1500;

export function shortcutsOn() {
    try {
        return localStorage.getItem(SWITCH) !== "off";
    } catch {
        return true;
    }
}

export function switchShortcuts(on) {
    try {
        localStorage.setItem(SWITCH, on ? "on" : "off");
    } catch {
        /* not remembered */
    }
}

const isTyping = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

/* Listens until the returned function is called. */
export function watchKeys(onHelp) {
    let armed_ms = 0;
    const listen = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
        if (!shortcutsOn() || document.querySelector("dialog[open]")) return;
        if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return onHelp();
        const second = Date.now() - armed_ms < SECOND_KEY_MS;
        armed_ms = event.code === "KeyG" ? Date.now() : 0;
        if (!second) return;
        const page = PAGES.find((one) => one.key && event.code === "Key" + one.key.toUpperCase());
        if (page) go(page.name);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
}
