/* toasts: short news at the edge of the screen. What went wrong stays until it is dismissed. */
import { dismiss, useStore } from "../store.js";
import { t } from "../words.js";
import { Icon } from "./icon.jsx";

export function Toasts() {
    const toasts = useStore((state) => state.toasts);
    return (
        <div class="toasts" role="log" aria-live="polite" aria-label={t("common.news")}>
            {toasts.map((shown) => (
                <div key={shown.id} class={"toast " + shown.tone}>
                    <span>{shown.text}</span>
                    <button type="button" class="button quiet only-icon" onClick={() => dismiss(shown.id)}>
                        <Icon name="close" />
                        <span class="unseen">{t("common.close")}</span>
                    </button>
                </div>
            ))}
        </div>
    );
}
