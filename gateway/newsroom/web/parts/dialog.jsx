/* dialog: a question over the page. Focus stays in it; Escape closes it. */
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../words.js";
import { Icon } from "./icon.jsx";

export function Dialog({ title, tone, onClose, children }) {
    const box = useRef(null);
    const id = useId();
    useEffect(() => {
        const before = document.activeElement;
        box.current.showModal();
        return () => before && before.focus && before.focus();
    }, []);
    const cancel = (event) => {
        event.preventDefault();
        onClose();
    };
    return (
        <dialog class={"dialog " + (tone || "")} ref={box} onCancel={cancel} aria-labelledby={id}>
            <header class="card-head">
                <h2 id={id}>{title}</h2>
                <button type="button" class="button quiet only-icon" onClick={onClose}>
                    <Icon name="close" />
                    <span class="unseen">{t("common.close")}</span>
                </button>
            </header>
            {children}
        </dialog>
    );
}
