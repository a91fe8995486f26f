/* compose_retraction: the correction, written and signed together with the alert, so that one tap releases it. */
import { FIELDS, LANGUAGES, retractionOfTemplate } from "../draft.js";
import { t } from "../words.js";
import { Button, Card, Field } from "./basic.jsx";
import { languageName } from "./language.jsx";
import { Slotted } from "./naming.jsx";

export function RetractionPart({ core, draft, retraction, onChange }) {
    const template = core.templates().find((one) => one.name === "retract");
    const set = (name, field) => (event) =>
        onChange({ ...retraction, [name]: { ...retraction[name], [field]: event.currentTarget.value } });
    return (
        <Card title={t("retraction.title")}>
            <p class="hint">{t("retraction.hint")}</p>
            <label class="check">
                <input
                    type="checkbox"
                    checked={retraction.on}
                    onChange={(event) => onChange({ ...retraction, on: event.currentTarget.checked })}
                />
                <span>{t("retraction.on")}</span>
            </label>
            {retraction.on && (
                <>
                    <ul class="retraction-texts">
                        {LANGUAGES.map((name) => (
                            <li key={name} lang={name}>
                                <b>
                                    <Slotted text={retraction[name].headline} />.
                                </b>{" "}
                                {retraction[name].instruction}
                            </li>
                        ))}
                    </ul>
                    <details>
                        <summary>{t("retraction.change")}</summary>
                        <div class="languages-columns">
                            {LANGUAGES.map((name) => (
                                <fieldset key={name} class="language-column">
                                    <legend lang={name}>{languageName(name)}</legend>
                                    {FIELDS.slice(0, 2).map((field) => (
                                        <Field key={field} label={t("field." + field)}>
                                            {(given) => (
                                                <textarea
                                                    {...given}
                                                    lang={name}
                                                    rows="2"
                                                    value={retraction[name][field]}
                                                    onInput={set(name, field)}
                                                />
                                            )}
                                        </Field>
                                    ))}
                                </fieldset>
                            ))}
                        </div>
                        <Button
                            tone="small"
                            onClick={() => onChange({ ...retractionOfTemplate(template, draft.kind), on: true })}
                        >
                            {t("retraction.restore")}
                        </Button>
                    </details>
                </>
            )}
        </Card>
    );
}
