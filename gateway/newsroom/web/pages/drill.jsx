/* drill: practising with the whole machinery; to testers, in other colours, with a word for it at both ends of each text. And what
 * past drills have shown: who answered OK. */
import { useState } from "preact/hooks";
import { draftOfTemplate, DRILL_WORDS, emptyDraft } from "../draft.js";
import { moment } from "../format.js";
import { Badge, Bar, Button, Card, Empty, ErrorNote, Field, Note, Table, Waiting } from "../parts/basic.jsx";
import { Command } from "../parts/loaded.jsx";
import { beginSketch, titleOf } from "../parts/naming.jsx";
import { countReached, Progress } from "../parts/progress.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { isActive } from "../situation.js";
import { useNow, useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useSealed } from "../use_sealed.js";
import { language, t } from "../words.js";

export function Page() {
    const { core, error } = useCore();
    const site = useStore((state) => state.site);
    if (error) return <ErrorNote error={error} />;
    return core && site ? <Drills core={core} site={site} /> : <Waiting />;
}

function Drills({ core, site }) {
    const now = useNow(5000);
    const bulletins = useStore((state) => state.bulletins);
    const drills = bulletins.filter((row) => row.kind === "drill").sort((a, b) => b.sent_s - a.sent_s);
    const said = useSealed(core, drills.map((row) => row.number));
    const running = drills.filter((row) => isActive(row, now));
    return (
        <div class="page is-drill">
            <div class="drill-band hatched">{t("drill.band")}</div>
            <div class="page-head">
                <h1>{t("nav.drill")}</h1>
            </div>
            {running.map((row) => (
                <Running key={row.number} row={row} said={said[row.number]} />
            ))}
            <div class="two">
                <Begin core={core} />
                <Testers site={site} />
            </div>
            <Past core={core} rows={drills} said={said} />
        </div>
    );
}

function Running({ row, said }) {
    return (
        <Card
            title={t("drills.running", { n: row.number })}
            aside={<Badge tone="drill">{t(row.everyone ? "drill.everyone" : "bulletin.testers")}</Badge>}
        >
            <p>
                <b>{said ? titleOf(said) : "…"}</b>
            </p>
            <Progress row={row} />
            <Answers row={row} />
            <div class="row">
                <a class="button" href={"#/bulletin/" + row.number}>
                    {t("accepted.follow")}
                </a>
            </div>
        </Card>
    );
}

const shareOf = (row) => (row.recipients > 0 ? Math.round((100 * row.oks) / row.recipients) : 0);

function Answers({ row }) {
    return (
        <div class="signal">
            <span>{t("bulletin.oks")}</span>
            <Bar value={row.oks} most={row.recipients} label={t("drills.answers", { n: row.number })} tone="drill" />
            <b class="number">{t("now.of", { n: row.oks, most: row.recipients })}</b>
        </div>
    );
}

/* What is practised is what would be sent: any template, as a drill. */
const asDrill = (template) => ({ ...draftOfTemplate(template), kind: "drill" });

function Begin({ core }) {
    const templates = core.templates().filter((one) => one.kind === "drill" || one.kind === "alert");
    const [name, setName] = useState((templates.find((one) => one.kind === "drill") || templates[0]).name);
    const [error, setError] = useState(null);
    const begin = (draft, more) => beginSketch(core, draft, more).catch(setError);
    const chosen = templates.find((one) => one.name === name);
    return (
        <Card title={t("drills.begin")}>
            <p>{t("drills.begin_more", { word: DRILL_WORDS[language()] })}</p>
            <Field label={t("drills.what")}>
                {(given) => (
                    <select {...given} value={name} onChange={(event) => setName(event.currentTarget.value)}>
                        {templates.map((one) => (
                            <option key={one.name} value={one.name}>
                                {one[language()].headline.replace(/\{(\w+)\}/g, "…")}
                            </option>
                        ))}
                    </select>
                )}
            </Field>
            <ErrorNote error={error} />
            <div class="row">
                <Button tone="drill" icon="drill" onClick={() => begin(asDrill(chosen), { template: chosen.name })}>
                    {t("drills.write")}
                </Button>
                <Button onClick={() => begin(emptyDraft("drill"))}>{t("compose.blank")}</Button>
            </div>
            <p class="hint">{t("drills.confirm")}</p>
        </Card>
    );
}

function Testers({ site }) {
    const count = site.testers || 0;
    return (
        <Card title={t("now.testers")}>
            <p class="reach-people">
                <strong>{count}</strong> {t("drills.testers", { n: count })}
            </p>
            {count === 0 && <Note title={t("drills.no_testers")}>{t("drills.no_testers_more")}</Note>}
            <p>{t("drills.testers_more")}</p>
            <div class="row">
                <a class="button" href="#/subscribers">
                    {t("drills.add")}
                </a>
            </div>
            <Command>dabylctl subscribers tester +7XXXXXXXXXX</Command>
        </Card>
    );
}

function Past({ core, rows, said }) {
    if (rows.length === 0)
        return (
            <Empty title={t("drills.none")}>
                <p>{t("drills.none_more")}</p>
            </Empty>
        );
    const columns = [
        { key: "number", label: "№" },
        { key: "at", label: t("review.sent") },
        { key: "title", label: t("compose.what") },
        { key: "regions", label: t("compose.where") },
        { key: "recipients", label: t("progress.recipients"), number: true },
        { key: "reached", label: t("progress.reached"), number: true },
        { key: "oks", label: t("bulletin.oks"), number: true },
        { key: "share", label: t("drills.share"), number: true },
    ];
    const table = rows.map((row) => ({
        id: row.number,
        number: (
            <a class="nowrap" href={"#/bulletin/" + row.number}>
                № {row.number}
            </a>
        ),
        at: moment(row.sent_s),
        title: said[row.number] ? titleOf(said[row.number]) : "…",
        regions: row.regions.map((code) => areaName(core.areas(), code)).join(", "),
        recipients: row.recipients,
        reached: countReached(row),
        oks: row.oks,
        share: shareOf(row) + " %",
    }));
    return (
        <Card title={t("drills.past")}>
            <p class="hint">{t("drills.past_more")}</p>
            <Table caption={t("drills.past")} columns={columns} rows={table} />
        </Card>
    );
}
