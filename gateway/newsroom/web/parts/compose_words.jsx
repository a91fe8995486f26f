/* compose_words: the three languages side by side, the slots of the template, and the notes that are never sent. */
import { bytesOf, draftOfTemplate, fillTexts, FIELDS, LANGUAGES, LIMITS, openSlots, slotsOf } from "../draft.js";
import { language, t, tOr } from "../words.js";
import { Button, Card, Field } from "./basic.jsx";
import { languageName } from "./language.jsx";

const LINES = { headline: 2, instruction: 4, description: 3 };

export function Words({ core, text, onChange }) {
    const { draft } = text;
    const template = text.template && core.templates().find((one) => one.name === text.template);
    const set = (name, field) => (event) => {
        const value = event.currentTarget.value;
        onChange({ draft: { ...draft, [name]: { ...draft[name], [field]: value } } });
    };
    return (
        <Card title={t("compose.words")}>
            {template && slotsOf(template).length > 0 && <Slots template={template} text={text} onChange={onChange} />}
            <div class="languages-columns">
                {LANGUAGES.map((name) => (
                    <fieldset key={name} class="language-column">
                        <legend lang={name}>{languageName(name)}</legend>
                        {FIELDS.map((field) => (
                            <TextField key={field} name={name} field={field} value={draft[name][field]} onInput={set(name, field)} />
                        ))}
                    </fieldset>
                ))}
            </div>
        </Card>
    );
}

function TextField({ name, field, value, onInput }) {
    const used = bytesOf(value);
    const limit = LIMITS[field];
    const error = used > limit ? t("compose.too_long", { n: used - limit }) : "";
    return (
        <Field label={t("field." + field)} error={error}>
            {(given) => (
                <textarea
                    {...given}
                    lang={name}
                    rows={LINES[field]}
                    aria-invalid={used > limit}
                    value={value}
                    onInput={onInput}
                    placeholder={t("field." + field + ".hint")}
                />
            )}
        </Field>
    );
}

/* A text that was made from the template and not changed by hand goes on following the slots. */
function Slots({ template, text, onChange }) {
    const values = text.values || {};
    const fill = (slot, name, value) => {
        const next = { ...values, [slot]: { ...values[slot], [name]: value } };
        const before = fillTexts(template, values);
        const after = fillTexts(template, next);
        const draft = { ...text.draft };
        for (const one of LANGUAGES) {
            draft[one] = { ...draft[one] };
            for (const field of FIELDS)
                if (draft[one][field] === before[one][field]) draft[one][field] = after[one][field];
        }
        onChange({ values: next, draft });
    };
    const restore = () => onChange({ draft: { ...text.draft, ...textsOf(template, values) } });
    const open = openSlots(text.draft);
    return (
        <fieldset class="slots">
            <legend>{t("compose.slots")}</legend>
            <p class="hint">{t("compose.slots_hint")}</p>
            {slotsOf(template).map((slot) => (
                <div key={slot} class={"slot" + (open.includes(slot) ? " open" : "")}>
                    <b id={"slot-" + slot}>{t("slot." + slot)}</b>
                    {LANGUAGES.map((name) => (
                        <input
                            key={name}
                            lang={name}
                            aria-label={t("slot." + slot) + ", " + languageName(name)}
                            placeholder={slotHint(slot, name)}
                            value={(values[slot] && values[slot][name]) || ""}
                            onInput={(event) => fill(slot, name, event.currentTarget.value)}
                        />
                    ))}
                </div>
            ))}
            <div class="row">
                <Button tone="small" onClick={restore}>
                    {t("compose.restore")}
                </Button>
            </div>
        </fieldset>
    );
}

function textsOf(template, values) {
    const { kk, ru, en } = draftOfTemplate(template);
    return fillTexts({ kk, ru, en }, values);
}

const slotHint = (slot, name) => languageName(name) + tOr("slot." + slot + ".hint", "");

export function Evidence({ notes, onInput }) {
    return (
        <Card title={t("compose.evidence")}>
            <Field label={t("compose.evidence_label")} hint={t("compose.evidence_hint")}>
                {(given) => (
                    <textarea
                        {...given}
                        rows="3"
                        lang={language()}
                        value={notes}
                        onInput={(event) => onInput(event.currentTarget.value)}
                    />
                )}
            </Field>
        </Card>
    );
}
