/* bulletin: one that was sent: how far it has come, by language, script and region, what failed and why, what was on the air;
 * and what may follow: retraction, update, all-clear. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { fromBase64 } from "../base64.js";
import { draftFollowing, draftOfBulletin, writtenLanguages } from "../draft.js";
import { countdown, moment, span } from "../format.js";
import { Badge, Button, Card, CodeBox, ErrorNote, Facts, Note, Table, Waiting } from "../parts/basic.jsx";
import { span95 } from "../parts/compose_outlook.jsx";
import { languageName } from "../parts/language.jsx";
import { beginSketch, findTemplate, titleOf } from "../parts/naming.jsx";
import { composeText, Phone, scriptsOf } from "../parts/preview.jsx";
import { countReached, Progress } from "../parts/progress.jsx";
import { Recorded } from "../parts/reading.jsx";
import { RetractDialog } from "../parts/retract_dialog.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { Waterfall } from "../parts/waterfall.jsx";
import { useNow, useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { number, t, tOr } from "../words.js";

export function Page({ args, query }) {
    const { core, error } = useCore();
    if (error) return <ErrorNote error={error} />;
    return core ? <Found core={core} number={Number(args[0])} retract={query.retract === "1"} /> : <Waiting />;
}

function Found({ core, number: n, retract }) {
    const rows = useStore((state) => state.bulletins);
    const mine = JSON.stringify(rows.filter((row) => row.number === n));
    const [row, setRow] = useState(null);
    const [error, setError] = useState(null);
    useEffect(() => {
        api.getBulletin(n).then(setRow, setError);
    }, [n, mine]);
    if (!row) return error ? <ErrorNote error={error} /> : <Waiting />;
    return <Whole core={core} row={row} askRetract={retract} />;
}

const MAY_FOLLOW = new Set(["alert", "update"]);

function Whole({ core, row, askRetract }) {
    const [retracting, setRetracting] = useState(askRetract);
    const [error, setError] = useState(null);
    const bulletin = core.decode(fromBase64(row.sealed));
    const drill = row.kind === "drill";
    const retracted = row.state === "retracted" || !!row.retraction;
    const follow = async (kind) => {
        try {
            const template = findTemplate(core, "allclear");
            await beginSketch(core, draftFollowing(bulletin, kind, template), kind === "all-clear" ? { template: "allclear" } : {});
        } catch (failure) {
            setError(failure);
        }
    };
    return (
        <div class={"page " + (drill ? "is-drill" : "")}>
            <a class="back" href="#/bulletins">
                ← {t("nav.bulletins")}
            </a>
            <Band core={core} row={row} bulletin={bulletin} />
            <ErrorNote error={error} />
            <div class="row">
                {!retracted && row.kind !== "retract" && (
                    <Button tone="danger full" icon="warn" onClick={() => setRetracting(true)}>
                        {t("bulletin.retract")}
                    </Button>
                )}
                {MAY_FOLLOW.has(row.kind) && !retracted && (
                    <>
                        <Button icon="compose" onClick={() => follow("update")}>
                            {t("bulletin.update")}
                        </Button>
                        <Button icon="check" onClick={() => follow("all-clear")}>
                            {t("bulletin.all_clear")}
                        </Button>
                    </>
                )}
            </div>
            {row.retraction && <Retracted row={row.retraction} />}
            <Reached row={row} />
            <div class="two">
                <Languages rows={row.languages} />
                <Regions core={core} rows={row.regions_reached} />
                <Failures rows={row.failures} />
                <Air row={row} />
                <Recorded body={bulletin.body} number={row.number} />
            </div>
            <Said core={core} row={row} bulletin={bulletin} />
            <Exports row={row} />
            {retracting && !retracted && (
                <RetractDialog core={core} row={row} bulletin={bulletin} onClose={() => setRetracting(false)} />
            )}
        </div>
    );
}

function Band({ core, row, bulletin }) {
    const now = useNow(1000);
    const left = row.expires_s - now;
    const over = left <= 0 || row.state === "retracted";
    const kind = over ? "is-over" : row.kind === "drill" ? "hatched" : "is-" + row.kind;
    return (
        <div class={"review-band " + kind}>
            <div>
                <p class="review-kind">
                    {t("kind." + row.kind)} · № {row.number} · {t("state." + row.state)}
                </p>
                <h1>{titleOf(bulletin)}</h1>
                <p>
                    {bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ")} · {moment(row.sent_s)} ·{" "}
                    {left > 0 ? t("now.left", { time: span(left) }) : t("bulletin.over", { time: moment(row.expires_s) })}
                </p>
            </div>
            <CodeBox code={row.check_code} big />
        </div>
    );
}

function Retracted({ row }) {
    return (
        <Note tone="bad" title={t("bulletin.retracted", { time: moment(row.sent_s) })}>
            {row.recipients > 0 && <Progress row={row} />}
        </Note>
    );
}

function Reached({ row }) {
    return (
        <Card title={t("bulletin.reached")}>
            <p class="reach-people">
                <strong>{number(countReached(row))}</strong> {t("bulletin.of", { n: row.recipients })}
            </p>
            <Progress row={row} />
            <Facts
                rows={[
                    row.queued > 0 && { label: t("reach.last"), value: span95(row.minutes) },
                    { label: t("reach.texts"), value: number(row.parts) },
                    row.again > 0 && { label: t("bulletin.again"), value: row.again },
                    row.kind === "drill" && { label: t("bulletin.oks"), value: row.oks },
                    row.kind === "drill" && {
                        label: t("review.whom"),
                        value: t(row.everyone ? "drill.everyone" : "bulletin.testers"),
                    },
                ]}
            />
        </Card>
    );
}

/* Of those reached (sent) some are known to have it (delivered). */
const COUNT_COLUMNS = ["recipients", "reached", "delivered", "queued", "failed", "unknown"];

const ALWAYS = new Set(["recipients", "reached", "delivered"]);

const counted = (row) => ({
    ...row,
    reached: row.sent + (row.digest || 0),
    failed: row.failed + row.undeliverable,
});

function Counts({ title, first, rows }) {
    if (!rows || rows.length === 0) return null;
    const columns = [
        { key: "first", label: first },
        ...COUNT_COLUMNS.filter((key) => ALWAYS.has(key) || rows.some((row) => row[key] > 0)).map((key) => ({ key, label: t("progress." + key), number: true })),
    ];
    return (
        <Card title={title}>
            <Table caption={title} columns={columns} rows={rows} />
        </Card>
    );
}

const Languages = ({ rows }) => (
    <Counts
        title={t("bulletin.languages")}
        first={t("bulletin.language")}
        rows={(rows || []).map((row) => ({
            ...counted(row),
            id: row.language + row.script,
            first: languageName(row.language) + ", " + t("script." + row.script),
        }))}
    />
);

const Regions = ({ core, rows }) => (
    <Counts
        title={t("bulletin.regions")}
        first={t("bulletin.region")}
        rows={(rows || []).map((row) => ({ ...counted(row), id: row.region, first: areaName(core.areas(), row.region) }))}
    />
);

function Failures({ rows }) {
    if (!rows || rows.length === 0) return null;
    return (
        <Card title={t("bulletin.failures")}>
            <Facts rows={rows.map((row) => ({ label: tOr("cause." + row.cause, row.cause), value: row.failed }))} />
        </Card>
    );
}

function Air({ row }) {
    if (!row.air) return null;
    return (
        <Card title={t("bulletin.air")} aside={<Badge tone="accent">{moment(row.air.at_s)}</Badge>}>
            <p>{t("bulletin.air_more", { time: countdown(row.air.seconds) })}</p>
            <audio controls preload="none" src={row.air.wav} aria-label={t("bulletin.air")} />
            <Waterfall airing={row.air} />
        </Card>
    );
}

function Said({ core, row, bulletin }) {
    const site = useStore((state) => state.site);
    const draft = { ...draftOfBulletin(bulletin), number: bulletin.number, sent_s: bulletin.sent_s };
    const facts = { sender: site ? site.sender : "", code: row.check_code, number: bulletin.number, sent_s: bulletin.sent_s };
    return (
        <details class="card">
            <summary>
                <h2>{t("bulletin.said")}</h2>
            </summary>
            <div class="phones">
                {writtenLanguages(draft).flatMap((name) =>
                    scriptsOf(name).map((latin) => (
                        <Phone
                            key={name + latin}
                            made={composeText(core, draft, name, latin, facts)}
                            name={name}
                            latin={latin}
                            sender={facts.sender}
                            sent_s={facts.sent_s}
                        />
                    )),
                )}
            </div>
        </details>
    );
}

function Exports({ row }) {
    const address = URL.createObjectURL(new Blob([fromBase64(row.sealed)]));
    useEffect(() => () => URL.revokeObjectURL(address), [address]);
    return (
        <div class="row">
            <a class="button small" href={api.capAddress(row.number)} download={row.number + ".cap.xml"}>
                CAP 1.2
            </a>
            {row.retraction && (
                <a class="button small" href={api.capAddress(row.number) + "?retraction=1"} download={row.number + "-retraction.cap.xml"}>
                    CAP 1.2: {t("kind.retract")}
                </a>
            )}
            <a class="button small" href={address} download={row.number + ".bulletin"}>
                {t("bulletin.sealed")}
            </a>
        </div>
    );
}
