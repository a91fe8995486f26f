/* sign_review: what the second editor sees before she signs: everything decoded in her own browser from the bytes that she
 * is going to sign, nothing from the gateway's rendering. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { rosterBytes } from "../airtime.js";
import * as api from "../api.js";
import { fromBase64 } from "../base64.js";
import { draftOfBulletin, FIELDS, LANGUAGES, writtenLanguages } from "../draft.js";
import { diffWords } from "../diff.js";
import { moment, span } from "../format.js";
import { Badge, Card, CodeBox, ErrorNote, Facts, Note, Waiting } from "../parts/basic.jsx";
import { ReachFacts, useAudience } from "../parts/compose_outlook.jsx";
import { Icon } from "../parts/icon.jsx";
import { languageName } from "../parts/language.jsx";
import { LapsesIn } from "../parts/lapse.jsx";
import { editorName } from "../parts/naming.jsx";
import { airtime, composeText, Phone, scriptsOf, scriptText, Voice } from "../parts/preview.jsx";
import { Reading } from "../parts/reading.jsx";
import { Confirm } from "../parts/sign_confirm.jsx";
import { areaName, TileMap } from "../parts/tile_map.jsx";
import { checkApprovals, findRetraction, readDraft } from "../signing.js";
import { useStore } from "../store.js";
import { trustedRoster } from "../trust.js";
import { useReadings } from "../use_readings.js";
import { t } from "../words.js";

export function Review({ core, id }) {
    const changed = useStore((state) => state.changed.drafts);
    const [read, setRead] = useState(null);
    const [error, setError] = useState(null);
    const load = () => api.getDraft(id).then((answer) => readDraft(core, answer)).then(setRead).catch(setError);
    useEffect(() => void load(), [id, changed]);
    if (!read) return error ? <Gone error={error} /> : <Waiting />;
    return <Loaded core={core} read={read} onRead={setRead} />;
}

const Gone = ({ error }) => (
    <div class="page">
        <a class="back" href="#/sign">
            ← {t("nav.sign")}
        </a>
        <ErrorNote error={error} />
    </div>
);

function Loaded({ core, read, onRead }) {
    const { bulletin } = read;
    const drill = bulletin.kind === "drill";
    const sketch = useSketchOf(read.id);
    const checked = useChecked(read);
    const voices = useReadings(read);
    const site = useStore((state) => state.site);
    const draft = draftOfBulletin(bulletin);
    const facts = {
        sender: site ? site.sender : "",
        code: read.code,
        number: bulletin.number,
        sent_s: bulletin.sent_s,
        roster_bytes: rosterBytes(site),
        signs: !!(site && site.on_air),
    };
    return (
        <div class={"page review " + (drill ? "is-drill" : "")}>
            <a class="back" href="#/sign">
                ← {t("nav.sign")}
            </a>
            <div class={"review-band " + (drill ? "hatched" : "is-" + bulletin.kind)}>
                <div>
                    <p class="review-kind">{t(drill ? "drill.band" : "kind." + bulletin.kind)}</p>
                    <h1>
                        № {bulletin.number} · {bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ")}
                    </h1>
                </div>
                <CodeBox code={read.code} big />
            </div>
            <Signatures read={read} checked={checked} />
            <div class="compose-columns">
                <div class="stack">
                    {bulletin.follows > 0 && <Changes core={core} bulletin={bulletin} />}
                    <Texts core={core} draft={draft} facts={facts} body={read.body} voices={voices} />
                    <Decoders core={core} bulletin={bulletin} />
                </div>
                <aside class="outlook">
                    <Whom core={core} draft={draft} facts={facts} />
                    {!drill && <Retraction core={core} read={read} />}
                    <Notes sketch={sketch} />
                    <Confirm core={core} read={read} good={checked.good} onRead={onRead} sketch={sketch} voices={voices} />
                </aside>
            </div>
        </div>
    );
}

/* The sketch of which this draft was made: it has the notes. */
function useSketchOf(id) {
    const [sketch, setSketch] = useState(null);
    useEffect(() => {
        api.listSketches()
            .then((sketches) => setSketch(sketches.find((one) => one.draft === id) || null))
            .catch(() => {});
    }, [id]);
    return sketch;
}

/* The approvals so far, checked by the roster that this browser trusts: {approvals, distrust: it trusts none, good: all are; null at first}. */
function useChecked(read) {
    const site = useStore((state) => state.site);
    const [checked, setChecked] = useState({ approvals: [], distrust: false, good: null });
    useEffect(() => {
        if (!site) return;
        trustedRoster(site)
            .then((roster) => checkApprovals(read, roster))
            .then((approvals) => setChecked({ approvals, distrust: false, good: approvals.every((one) => one.good) }))
            .catch(() => setChecked({ approvals: [], distrust: true, good: false }));
    }, [read, site && site.roster && site.roster.number]);
    return checked;
}

function Signatures({ read, checked }) {
    const site = useStore((state) => state.site);
    const needed = site && site.roster ? site.roster.approvals : 2;
    return (
        <div class="signatures">
            {checked.approvals.map((one) => (
                <Badge key={one.editor} tone={one.good ? "good" : "bad"}>
                    <Icon name={one.good ? "check" : "warn"} /> {one.name}:{" "}
                    {t(one.good ? "sign.good" : "sign.bad")}
                </Badge>
            ))}
            <span class="hint">{t("sign.needed", { n: needed })}</span>
            <LapsesIn read={read} />
            {checked.distrust && <Note tone="bad" title={t("trust.roster")} />}
        </div>
    );
}

function Texts({ core, draft, facts, body, voices }) {
    return writtenLanguages(draft).map((name) => {
        const words = scriptText(core, draft, name, facts);
        return (
            <Card key={name} title={<span lang={name}>{languageName(name)}</span>}>
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
                <Voice words={words} name={name} body={() => body} />
                <Reading name={name} voices={voices} />
            </Card>
        );
    });
}

function Whom({ core, draft, facts }) {
    const written = writtenLanguages(draft);
    const audience = useAudience(core, draft, draft.regions, written, facts);
    const air_s = useMemo(() => airtime(core, draft, written, facts), [core, draft, facts.code, facts.roster_bytes, facts.signs]);
    const testersOnly = draft.kind === "drill" && !draft.everyone;
    return (
        <Card title={t("review.whom")}>
            <TileMap areas={core.areas()} chosen={draft.regions} tone={draft.kind === "drill" ? "drill" : "alert"} />
            {draft.kind === "drill" && (
                <Note tone="drill" title={t(testersOnly ? "review.testers_only" : "review.drill_everyone")} />
            )}
            <ReachFacts audience={audience} regions={draft.regions} air_s={air_s} />
        </Card>
    );
}

/* The fields as every decoder reads them. */
function Decoders({ core, bulletin }) {
    const code = (name) => ({ label: t("code." + name), value: t(name + "." + bulletin[name]) });
    const event = core.events().find((one) => one.name === bulletin.event);
    return (
        <Card title={t("review.decoders")}>
            <Facts
                rows={[
                    event && { label: t("compose.event"), value: LANGUAGES.map((name) => event.word[name]).join(" · ") },
                    code("severity"),
                    code("urgency"),
                    code("certainty"),
                    code("response"),
                    code("category"),
                    { label: t("review.sent"), value: moment(bulletin.sent_s) },
                    { label: t("review.expires"), value: moment(bulletin.expires_s) + " (" + span(bulletin.expires_s - bulletin.sent_s) + ")" },
                    { label: t("review.bytes"), value: bulletin.body.length },
                    bulletin.follows > 0 && { label: t("compose.follows"), value: "№ " + bulletin.follows },
                ]}
            />
        </Card>
    );
}

/* Word by word, against what it follows. */
function Changes({ core, bulletin }) {
    const [before, setBefore] = useState(null);
    const [error, setError] = useState(null);
    useEffect(() => {
        api.getBulletin(bulletin.follows)
            .then((answer) => setBefore(core.decode(fromBase64(answer.sealed))))
            .catch(setError);
    }, [bulletin.follows]);
    return (
        <Card title={t("review.changes", { n: bulletin.follows })}>
            <ErrorNote error={error} />
            {before &&
                LANGUAGES.filter((name) => before[name] || bulletin[name]).map((name) => (
                    <div key={name} class="diff" lang={name}>
                        <h3>
                            {languageName(name)} {isSame(before, bulletin, name) && <Badge tone="warn">{t("review.same")}</Badge>}
                        </h3>
                        {FIELDS.map((field) => (
                            <DiffLine key={field} before={textOf(before, name, field)} after={textOf(bulletin, name, field)} />
                        ))}
                    </div>
                ))}
            {before && <RegionChange core={core} before={before.regions} after={bulletin.regions} />}
        </Card>
    );
}

const textOf = (bulletin, name, field) => (bulletin[name] && bulletin[name][field]) || "";

/* One language that stayed as it was while others changed is easily an oversight. */
const isSame = (before, after, name) => FIELDS.every((field) => textOf(before, name, field) === textOf(after, name, field));

const TAGS = { same: "span", gone: "del", new: "ins" };

function DiffLine({ before, after }) {
    if (!before && !after) return null;
    return (
        <p>
            {diffWords(before, after).map((piece, i) => {
                const Tag = TAGS[piece.change];
                return <Tag key={i}>{piece.text}</Tag>;
            })}
        </p>
    );
}

function RegionChange({ core, before, after }) {
    const names = (codes) => codes.map((code) => areaName(core.areas(), code)).join(", ");
    const gone = before.filter((code) => !after.includes(code));
    const fresh = after.filter((code) => !before.includes(code));
    if (gone.length + fresh.length === 0) return null;
    return (
        <p class="diff">
            {t("compose.where")}: {gone.length > 0 && <del>{names(gone)}</del>} {fresh.length > 0 && <ins>{names(fresh)}</ins>}
        </p>
    );
}

function Retraction({ core, read }) {
    const [found, setFound] = useState(undefined);
    useEffect(() => {
        findRetraction(core, read.bulletin.number, read.bulletin.sent_s).then(setFound, () => setFound(null));
    }, [read.id, read.code]);
    if (found === undefined) return null;
    if (found === null) return <Note title={t("review.no_retraction")}>{t("review.no_retraction_more")}</Note>;
    return (
        <details class="card">
            <summary>
                <b>{t("review.retraction")}</b> <CodeBox code={found.code} />
            </summary>
            {LANGUAGES.filter((name) => found.bulletin[name]).map((name) => (
                <p key={name} lang={name}>
                    <b>{found.bulletin[name].headline}.</b> {found.bulletin[name].instruction}
                </p>
            ))}
        </details>
    );
}

function Notes({ sketch }) {
    const site = useStore((state) => state.site);
    const text = sketch && sketch.text.notes;
    return (
        <Card title={t("review.notes")}>
            {sketch && (
                <p class="hint">
                    {t("review.written", { name: editorName(site, sketch.author), time: moment(sketch.at_s) })}
                </p>
            )}
            {text ? <p class="notes">{text}</p> : <p class="hint">{t("review.no_notes")}</p>}
        </Card>
    );
}
