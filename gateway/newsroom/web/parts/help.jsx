/* help: the keys, and how to switch them off. */
import { useState } from "preact/hooks";
import { PAGES } from "../pages.jsx";
import { shortcutsOn, switchShortcuts } from "../shortcuts.js";
import { t } from "../words.js";
import { Dialog } from "./dialog.jsx";

const EVERYWHERE = [
    ["?", "help.help"],
    ["Esc", "help.escape"],
    ["Tab", "help.tab"],
    ["← → ↑ ↓", "help.arrows"],
    ["Space", "help.space"],
];

export function Help({ onClose }) {
    const [on, setOn] = useState(shortcutsOn());
    const turn = (event) => {
        switchShortcuts(event.currentTarget.checked);
        setOn(event.currentTarget.checked);
    };
    return (
        <Dialog title={t("help.title")} onClose={onClose}>
            <dl class="keys">
                {EVERYWHERE.map(([key, what]) => (
                    <div key={key}>
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{t(what)}</dd>
                    </div>
                ))}
                {PAGES.filter((page) => page.key).map((page) => (
                    <div key={page.name}>
                        <dt>
                            <kbd>g</kbd> <kbd>{page.key}</kbd>
                        </dt>
                        <dd>{t("nav." + page.name)}</dd>
                    </div>
                ))}
            </dl>
            <label class="check">
                <input type="checkbox" checked={on} onChange={turn} />
                <span>{t("help.switch")}</span>
            </label>
        </Dialog>
    );
}
