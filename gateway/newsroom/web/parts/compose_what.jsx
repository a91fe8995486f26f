/* compose_what: kind, what happened, and the CAP codes with what they mean in plain words. */
import { CODES, FOLLOWING, KINDS } from "../draft.js";
import { moment } from "../format.js";
import { useStore } from "../store.js";
import { language, t } from "../words.js";
import { Card, Field } from "./basic.jsx";
import { Choice } from "./choice.jsx";

const KIND_TONE = { alert: "alert", drill: "drill" };

export function What({ core, draft, onKind, onEdit }) {
    return (
        <Card title={t("compose.what")}>
            <Choice
                label={t("compose.kind")}
                value={draft.kind}
                onChange={onKind}
                options={KINDS.map((kind) => ({
                    value: kind,
                    label: t("kind." + kind),
                    hint: t("kind." + kind + ".hint"),
                    tone: KIND_TONE[kind],
                }))}
            />
            {FOLLOWING.has(draft.kind) && <Follows draft={draft} onEdit={onEdit} />}
            {draft.kind === "drill" && <Everyone draft={draft} onEdit={onEdit} />}
            <Event core={core} draft={draft} onEdit={onEdit} />
        </Card>
    );
}

export function Codes({ draft, onEdit }) {
    return (
        <Card title={t("compose.codes")}>
            {["severity", "urgency", "certainty"].map((code) => (
                <Code key={code} code={code} draft={draft} onEdit={onEdit} />
            ))}
            <div class="pair">
                <CodeSelect code="response" draft={draft} onEdit={onEdit} />
                <CodeSelect code="category" draft={draft} onEdit={onEdit} />
            </div>
        </Card>
    );
}

function Follows({ draft, onEdit }) {
    const bulletins = useStore((state) => state.bulletins);
    const candidates = bulletins.filter((one) => one.kind !== "retract" && one.kind !== "roster");
    return (
        <Field label={t("compose.follows")} hint={t("compose.follows_hint")}>
            {(given) => (
                <select
                    {...given}
                    value={draft.follows || ""}
                    onChange={(event) => onEdit({ follows: Number(event.currentTarget.value) || null })}
                >
                    <option value="">{t("compose.follows_none")}</option>
                    {draft.follows && !candidates.some((one) => one.number === draft.follows) && (
                        <option value={draft.follows}>№ {draft.follows}</option>
                    )}
                    {candidates.map((one) => (
                        <option key={one.number} value={one.number}>
                            № {one.number} · {t("kind." + one.kind)} · {moment(one.sent_s)}
                        </option>
                    ))}
                </select>
            )}
        </Field>
    );
}

function Everyone({ draft, onEdit }) {
    const site = useStore((state) => state.site);
    const testers = site ? site.testers : 0;
    return (
        <Choice
            label={t("drill.to")}
            value={draft.everyone ? "everyone" : "testers"}
            onChange={(to) => onEdit({ everyone: to === "everyone" || undefined })}
            options={[
                { value: "testers", label: t("drill.testers", { n: testers || 0 }), hint: t("drill.testers_hint") },
                { value: "everyone", label: t("drill.everyone"), hint: t("drill.everyone_hint"), tone: "drill" },
            ]}
        />
    );
}

function Event({ core, draft, onEdit }) {
    return (
        <Field label={t("compose.event")} hint={t("compose.event_hint")}>
            {(given) => (
                <select
                    {...given}
                    value={draft.event || ""}
                    onChange={(event) => onEdit({ event: event.currentTarget.value || null })}
                >
                    <option value="">{t("compose.event_none")}</option>
                    {core.events().map((event) => (
                        <option key={event.name} value={event.name}>
                            {sentence(event.word[language()])}
                        </option>
                    ))}
                </select>
            )}
        </Field>
    );
}

/* The phrase book shouts; a list to choose from need not. */
const sentence = (word) => word.charAt(0) + word.slice(1).toLocaleLowerCase(language());

function Code({ code, draft, onEdit }) {
    return (
        <Choice
            label={t("code." + code)}
            value={draft[code]}
            onChange={(value) => onEdit({ [code]: value })}
            options={CODES[code].map((value) => ({
                value,
                label: t(code + "." + value),
                hint: t(code + "." + value + ".hint"),
                tone: value === "Extreme" ? "alert" : "",
            }))}
        />
    );
}

function CodeSelect({ code, draft, onEdit }) {
    return (
        <Field label={t("code." + code)}>
            {(given) => (
                <select {...given} value={draft[code]} onChange={(event) => onEdit({ [code]: event.currentTarget.value })}>
                    {CODES[code].map((value) => (
                        <option key={value} value={value}>
                            {t(code + "." + value)}
                        </option>
                    ))}
                </select>
            )}
        </Field>
    );
}
