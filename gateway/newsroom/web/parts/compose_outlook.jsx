/* compose_outlook: what comes of a draft: how complete it is, whom it reaches how soon, the texts, the voice. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { rosterBytes } from "../airtime.js";
import * as api from "../api.js";
import { cleanDraft, LANGUAGES, missingLanguages, writtenLanguages } from "../draft.js";
import { countdown, minutes } from "../format.js";
import { useNow, useStore } from "../store.js";
import { language, number, t } from "../words.js";
import { Button, Card, Facts, Note } from "./basic.jsx";
import { Tabs } from "./choice.jsx";
import { Icon } from "./icon.jsx";
import { languageName } from "./language.jsx";
import { airtime, composeText, countParts, Phone, scriptsOf, scriptText, Voice } from "./preview.jsx";

const PARTS_OF_WARNING = ["source", "guidance", "hazard", "place", "time", "impact"];
const ASK_MS = 500;
const CODE_TO_COME = "0000";

/* saved: what is said of saving, beside the button. */
export function Outlook({ core, draft, obstacles, locked, saved, onSign }) {
    const facts = useFacts();
    const shown = useMemo(() => forPreview(draft), [draft]);
    const written = writtenLanguages(draft);
    const drill = draft.kind === "drill";
    const complete = useMemo(() => findComplete(core, shown), [core, shown]);
    const stopped = obstacles.length > 0 || !!complete.refused;
    return (
        <aside class="outlook" aria-label={t("outlook.label")}>
            <Card title={t("outlook.reach")}>
                <Reach core={core} draft={shown} regions={draft.regions} facts={facts} written={written} />
            </Card>
            <Card title={t("outlook.complete")}>
                <Meter complete={complete} />
                {complete.refused && <Note tone="bad">{t("outlook.extreme")}</Note>}
            </Card>
            <Card title={t("outlook.preview")}>
                {written.length === 0 ? (
                    <p class="hint">{t("outlook.nothing")}</p>
                ) : (
                    <Previews core={core} draft={shown} facts={facts} written={written} />
                )}
            </Card>
            <div class="sign-box">
                {saved}
                <Obstacles obstacles={obstacles} />
                <Button tone={drill ? "drill" : "alert"} icon="sign" disabled={stopped || locked} onClick={onSign}>
                    {t(drill ? "sign.as_author_drill" : "sign.as_author")}
                </Button>
            </div>
        </aside>
    );
}

/* What previews say of number and code before the gateway has given them. */
export function useFacts() {
    const site = useStore((state) => state.site);
    const bulletins = useStore((state) => state.bulletins);
    const now = useNow(30000);
    const highest = bulletins.reduce((most, one) => Math.max(most, one.number), 0);
    return useMemo(
        () => ({
            sender: (site && site.sender) || "dabyl",
            code: CODE_TO_COME,
            number: highest + 1,
            sent_s: now,
            roster_bytes: rosterBytes(site),
            signs: !!(site && site.on_air),
        }),
        [site && site.sender, highest, now],
    );
}

/* A draft may still lack what every text needs: shown as if it had it. */
function forPreview(draft) {
    const shown = { ...draft };
    if (draft.regions.length === 0) shown.regions = ["KZ"];
    if (!draft.lifetime_min) shown.lifetime_min = 360;
    if (draft.kind === "update" || draft.kind === "all-clear") shown.follows = draft.follows || 1;
    return shown;
}

function findComplete(core, draft) {
    try {
        return core.complete(cleanDraft(draft));
    } catch {
        return { refused: null };
    }
}

function Meter({ complete }) {
    const done = PARTS_OF_WARNING.filter((part) => complete[part]).length;
    return (
        <>
            <div class="meter" role="img" aria-label={t("outlook.complete_of", { n: done, most: PARTS_OF_WARNING.length })}>
                {PARTS_OF_WARNING.map((part) => (
                    <span key={part} class={complete[part] ? "on" : ""} />
                ))}
            </div>
            <ul class="meter-parts">
                {PARTS_OF_WARNING.map((part) => (
                    <li key={part} class={complete[part] ? "on" : ""}>
                        <Icon name={complete[part] ? "check" : "plus"} />
                        <span>
                            <b>{t("part." + part)}</b>
                            {!complete[part] && <span class="hint"> {t("part." + part + ".hint")}</span>}
                        </span>
                        <span class="unseen">{t(complete[part] ? "part.there" : "part.missing")}</span>
                    </li>
                ))}
            </ul>
        </>
    );
}

/* Asks the gateway whom it would reach, a moment after the last change. null: not known yet; {}: it could not say. */
export function useAudience(core, draft, regions, written, facts) {
    const [audience, setAudience] = useState(null);
    const parts = useMemo(() => countParts(core, draft, written, facts), [core, draft, facts]);
    const question = JSON.stringify({
        regions,
        severity: draft.severity,
        testers: draft.kind === "drill" && !draft.everyone,
        languages: written,
        parts,
    });
    useEffect(() => {
        if (regions.length === 0 || written.length === 0) return setAudience(null);
        let current = true;
        const timer = setTimeout(() => {
            api.getAudience(JSON.parse(question)).then(
                (answer) => current && setAudience(answer),
                () => current && setAudience({}),
            );
        }, ASK_MS);
        return () => {
            current = false;
            clearTimeout(timer);
        };
    }, [question]);
    return audience;
}

function Reach({ core, draft, regions, facts, written }) {
    const audience = useAudience(core, draft, regions, written, facts);
    const air_s = useMemo(() => airtime(core, draft, written, facts), [core, draft, facts]);
    return <ReachFacts audience={audience} regions={regions} air_s={air_s} />;
}

export const span95 = (n) => (n === undefined || n === null || n < 0 ? t("reach.never") : minutes(n));

export function ReachFacts({ audience, regions, air_s }) {
    if (regions.length === 0) return <p class="hint">{t("obstacle.region")}</p>;
    const known = audience && audience.people !== undefined;
    const say = (value) => (known ? value() : audience ? t("reach.unknown") : "…");
    return (
        <div class="reach">
            <p class="reach-people">
                <strong class={known ? "" : "dim"}>{say(() => number(audience.people))}</strong> {known && t("reach.people", { n: audience.people })}
            </p>
            <Facts
                rows={[
                    { label: t("reach.most"), value: say(() => span95(audience.minutes95)) },
                    { label: t("reach.last"), value: say(() => span95(audience.minutes)) },
                    { label: t("reach.texts"), value: say(() => number(audience.parts)) },
                    { label: t("reach.air"), value: air_s > 0 ? t("reach.about", { time: countdown(air_s) }) : "…" },
                ]}
            />
        </div>
    );
}

function Previews({ core, draft, facts, written }) {
    const [wanted, setWanted] = useState(language());
    const name = written.includes(wanted) ? wanted : written[0];
    const words = scriptText(core, draft, name, facts);
    const missing = missingLanguages(draft);
    const tabs = LANGUAGES.filter((one) => written.includes(one)).map((one) => ({
        value: one,
        label: languageName(one),
    }));
    return (
        <>
            <Tabs label={t("outlook.preview")} tabs={tabs} value={name} onChange={setWanted}>
                <div class="phones">
                    {scriptsOf(name).map((latin) => (
                        <Phone
                            key={String(latin)}
                            made={composeText(core, draft, name, latin, facts)}
                            name={name}
                            latin={latin}
                            sender={facts.sender}
                            sent_s={facts.sent_s}
                        />
                    ))}
                </div>
                <Voice key={name} words={words} name={name} body={() => core.encode(cleanDraft(draft))} />
            </Tabs>
            {missing.length > 0 && (
                <Note>{t("outlook.languages", { names: missing.map(languageName).join(", ") })}</Note>
            )}
        </>
    );
}

const namedSlots = (values) =>
    values && values.slots ? { slot: values.slots.map((slot) => t("slot." + slot)).join(", ") } : values;

function Obstacles({ obstacles }) {
    if (obstacles.length === 0) return null;
    return (
        <div class="obstacles" role="status">
            <p>{t("outlook.before")}</p>
            <ul>
                {obstacles.map(({ key, values }, i) => (
                    <li key={i}>{t(key, namedSlots(values))}</li>
                ))}
            </ul>
        </div>
    );
}
