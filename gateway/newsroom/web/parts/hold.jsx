/* hold: a button that must be held down, by pointer or by space or Enter, so that nothing goes out by a slip of the hand.
 * Whoever cannot hold chooses two presses instead. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words.js";
import { Button } from "./basic.jsx";

const HOLD_MS = 1500;
const isPress = (event) => event.key === " " || event.key === "Enter";

/* yes: what the second press is called. */
export function HoldButton({ label, yes, tone = "alert", disabled, onDone }) {
    const [twoPresses, setTwoPresses] = useState(false);
    return (
        <div class="hold-box">
            {twoPresses ? (
                <TwoPresses label={label} yes={yes} tone={tone} disabled={disabled} onDone={onDone} />
            ) : (
                <Hold label={label} tone={tone} disabled={disabled} onDone={onDone} />
            )}
            <label class="check">
                <input
                    type="checkbox"
                    checked={twoPresses}
                    onChange={(event) => setTwoPresses(event.currentTarget.checked)}
                />
                <span>{t("hold.cannot")}</span>
            </label>
        </div>
    );
}

function Hold({ label, tone, disabled, onDone }) {
    const [held, setHeld] = useState(false);
    const timer = useRef(0);
    const release = () => {
        clearTimeout(timer.current);
        timer.current = 0;
        setHeld(false);
    };
    const press = () => {
        if (disabled || timer.current) return;
        setHeld(true);
        timer.current = setTimeout(() => {
            release();
            onDone();
        }, HOLD_MS);
    };
    useEffect(() => release, []);
    const key = (event, act) => {
        if (!isPress(event)) return;
        event.preventDefault();
        act();
    };
    return (
        <button
            type="button"
            class={"hold " + tone + (held ? " held" : "")}
            disabled={disabled}
            onPointerDown={(event) => event.button === 0 && press()}
            onPointerUp={release}
            onPointerLeave={release}
            onPointerCancel={release}
            onContextMenu={(event) => event.preventDefault()}
            onKeyDown={(event) => key(event, press)}
            onKeyUp={(event) => key(event, release)}
            onBlur={release}
        >
            <span class="hold-fill" aria-hidden="true" />
            <span class="hold-label">{held ? t("hold.holding") : label}</span>
        </button>
    );
}

function TwoPresses({ label, yes, tone, disabled, onDone }) {
    const [sure, setSure] = useState(false);
    if (!sure)
        return (
            <button type="button" class={"hold " + tone} disabled={disabled} onClick={() => setSure(true)}>
                <span class="hold-label">{label}</span>
            </button>
        );
    return (
        <div class="two-presses" role="group" aria-label={t("hold.sure")}>
            <p>{t("hold.sure")}</p>
            <Button onClick={() => setSure(false)}>{t("common.cancel")}</Button>
            <button type="button" class={"hold " + tone} disabled={disabled} onClick={onDone}>
                <span class="hold-label">{yes}</span>
            </button>
        </div>
    );
}
