/* choice: one of a few (radio buttons drawn as a row), and tabs with roving focus. */
import { useId, useRef } from "preact/hooks";

/* options: [{value, label, hint, tone}]. The arrow keys move, as in any group of radio buttons. */
export function Choice({ label, options, value, onChange, hideLabel }) {
    const name = useId();
    return (
        <fieldset class="choice">
            <legend class={hideLabel ? "unseen" : ""}>{label}</legend>
            <div class="choice-row">
                {options.map((option) => (
                    <label key={option.value} class={"choice-one " + (option.tone || "")} title={option.hint}>
                        <input
                            type="radio"
                            name={name}
                            checked={option.value === value}
                            onChange={() => onChange(option.value)}
                        />
                        <span lang={option.lang}>{option.label}</span>
                    </label>
                ))}
            </div>
            <ChosenHint options={options} value={value} />
        </fieldset>
    );
}

function ChosenHint({ options, value }) {
    const chosen = options.find((option) => option.value === value);
    return chosen && chosen.hint ? <p class="hint">{chosen.hint}</p> : null;
}

const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/* tabs: [{value, label, mark}]; the panel is what stands inside. */
export function Tabs({ label, tabs, value, onChange, children }) {
    const id = useId();
    const row = useRef(null);
    const move = (event) => {
        const at = tabs.findIndex((tab) => tab.value === value);
        const edge = { Home: 0, End: tabs.length - 1 }[event.key];
        const step = STEP[event.key];
        if (edge === undefined && !step) return;
        event.preventDefault();
        const to = edge === undefined ? (at + step + tabs.length) % tabs.length : edge;
        onChange(tabs[to].value);
        row.current.children[to].focus();
    };
    return (
        <div class="tabs">
            <div class="tab-row" role="tablist" aria-label={label} ref={row} onKeyDown={move}>
                {tabs.map((tab) => (
                    <button
                        key={tab.value}
                        type="button"
                        role="tab"
                        id={id + tab.value}
                        aria-selected={tab.value === value}
                        aria-controls={id + "panel"}
                        tabindex={tab.value === value ? 0 : -1}
                        onClick={() => onChange(tab.value)}
                    >
                        {tab.label}
                        {tab.mark && <span class="tab-mark">{tab.mark}</span>}
                    </button>
                ))}
            </div>
            <div role="tabpanel" id={id + "panel"} aria-labelledby={id + value} tabindex="0">
                {children}
            </div>
        </div>
    );
}
