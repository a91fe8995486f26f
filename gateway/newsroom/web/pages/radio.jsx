/* radio: the programmes that were made for the transmitter: what to play next, how they sound and look, and how well listeners
 * heard them. */
import * as api from "../api.js";
import { countdown, moment, span } from "../format.js";
import { Badge, Card, CodeBox, Empty, ErrorNote, Facts, Note, Waiting } from "../parts/basic.jsx";
import { Loaded } from "../parts/loaded.jsx";
import { KindBadge, titleOf } from "../parts/naming.jsx";
import { Transmitter } from "../parts/transmitter.jsx";
import { Waterfall } from "../parts/waterfall.jsx";
import { isActive } from "../situation.js";
import { useNow, useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useFetched } from "../use_fetched.js";
import { useSealed } from "../use_sealed.js";
import { t } from "../words.js";

const SHOWN = 20;

export function Page() {
    const { core, error } = useCore();
    const site = useStore((state) => state.site);
    if (error) return <ErrorNote error={error} />;
    return core && site ? <Radio core={core} site={site} /> : <Waiting />;
}

function Radio({ core, site }) {
    const bulletins = useStore((state) => state.bulletins);
    const aired = bulletins.filter((row) => row.aired).length;
    const airings = useFetched(api.listAirings, [aired]);
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.radio")}</h1>
                <Badge tone={site.radio ? "good" : "warn"}>{t(site.radio ? "radio.on" : "radio.off")}</Badge>
            </div>
            {!site.radio && <Note title={t("radio.off")}>{t("radio.off_more")}</Note>}
            <Transmitter site={site} />
            <Loaded from={airings}>{(rows) => (
                    <Programmes core={core} rows={rows} bulletins={bulletins} byHand={!site.on_air} />
                )}</Loaded>
        </div>
    );
}

/* A number may have two: the bulletin's and, later, its retraction's. The retraction is what holds then. */
function bulletinOf(bulletins, number) {
    const rows = bulletins.filter((row) => row.number === number);
    return rows.find((row) => row.kind === "retract") || rows[0];
}

/* byHand: there is no transmitter, so that somebody chooses what to play. */
function Programmes({ core, rows, bulletins, byHand }) {
    const now = useNow(15000);
    const newest = [...rows].sort((a, b) => b.at_s - a.at_s).slice(0, SHOWN);
    const said = useSealed(core, newest.map((row) => row.number));
    if (newest.length === 0)
        return (
            <Empty title={t("radio.none")}>
                <p>{t("radio.none_more")}</p>
            </Empty>
        );
    const holds = (row) => {
        const bulletin = bulletinOf(bulletins, row.number);
        return !!bulletin && isActive(bulletin, now);
    };
    const inForce = newest.filter(holds);
    const next = byHand && (inForce.find((row) => bulletinOf(bulletins, row.number).kind !== "drill") || inForce[0]);
    return (
        <>
            {byHand && <Next row={next} left={next && bulletinOf(bulletins, next.number).expires_s - now} />}
            <div class="two">
                {newest.map((row) => (
                    <Programme
                        key={row.number + "/" + row.at_s}
                        row={row}
                        bulletin={bulletinOf(bulletins, row.number)}
                        said={said[row.number]}
                        active={holds(row)}
                        next={row === next}
                    />
                ))}
            </div>
        </>
    );
}

function Next({ row, left }) {
    if (!row)
        return (
            <Card title={t("radio.next")}>
                <p>{t("radio.next_none")}</p>
            </Card>
        );
    return (
        <Card title={t("radio.next")}>
            <p class="reach-people">
                <strong>№ {row.number}</strong> {t("radio.lasts", { time: countdown(row.seconds) })},{" "}
                {t("now.left", { time: span(left) })}
            </p>
            <p class="hint">{t("radio.next_more")}</p>
            <div class="row">
                <a class="button main" href={row.wav} download={row.number + ".wav"}>
                    <span>{t("radio.download")}</span>
                </a>
            </div>
        </Card>
    );
}

function Programme({ row, bulletin, said, active, next }) {
    return (
        <Card
            title={"№ " + row.number + ": " + (said ? titleOf(said) : "…")}
            aside={
                <span class="row">
                    {bulletin && <KindBadge kind={bulletin.kind} />}
                    {next && <Badge tone="good">{t("radio.is_next")}</Badge>}
                    {!active && <Badge>{t("radio.over")}</Badge>}
                </span>
            }
        >
            <Facts
                rows={[
                    { label: t("radio.made"), value: moment(row.at_s) },
                    { label: t("radio.length"), value: countdown(row.seconds) },
                    bulletin && { label: t("review.expires"), value: moment(bulletin.expires_s) },
                    bulletin && { label: t("common.code"), value: <CodeBox code={bulletin.check_code} /> },
                ]}
            />
            <audio controls preload="none" src={row.wav} aria-label={t("radio.listen", { n: row.number })} />
            <details>
                <summary>{t("radio.look")}</summary>
                <Waterfall airing={row} />
            </details>
            {bulletin && bulletin.heard && <Heard counts={bulletin.heard} />}
            <div class="row">
                <a class="button small" href={"#/bulletin/" + row.number}>
                    {t("radio.bulletin")}
                </a>
                <a class="button small" href={row.wav} download={row.number + ".wav"}>
                    {t("radio.download")}
                </a>
            </div>
        </Card>
    );
}

/* counts: how many listeners heard it at each level, 1 hardly to 5 well. */
function Heard({ counts }) {
    const most = Math.max(...counts);
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) return <p class="hint">{t("radio.unheard")}</p>;
    return (
        <div class="stack">
            <h3>{t("radio.heard", { n: all })}</h3>
            <ul class="heard">
                {counts.map((count, i) => (
                    <li key={i}>
                        <span>{t("radio.level_" + (i + 1))}</span>
                        <span class="heard-bar" aria-hidden="true">
                            <span style={{ width: (100 * count) / most + "%" }} />
                        </span>
                        <b class="number">{count}</b>
                    </li>
                ))}
            </ul>
        </div>
    );
}
