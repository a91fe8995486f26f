/* subscribers: how many get texts, by region, language and script: never who. And putting in people who agreed. */
import * as api from "../api.js";
import { Card, Empty, ErrorNote, Facts, Table, Waiting } from "../parts/basic.jsx";
import { CountMap } from "../parts/count_map.jsx";
import { ImportPeople } from "../parts/import_people.jsx";
import { languageName } from "../parts/language.jsx";
import { Loaded } from "../parts/loaded.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useFetched } from "../use_fetched.js";
import { number, t } from "../words.js";

export function Page() {
    const { core, error } = useCore();
    const site = useStore((state) => state.site);
    if (error) return <ErrorNote error={error} />;
    return core && site ? <Subscribers core={core} site={site} /> : <Waiting />;
}

function Subscribers({ core, site }) {
    const counts = useFetched(api.countSubscribers, [site.subscribers]);
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.subscribers")}</h1>
            </div>
            <Card title={t("people.all")}>
                <Facts
                    rows={[
                        { label: t("now.subscribers"), value: number(site.subscribers) },
                        { label: t("now.testers"), value: number(site.testers || 0) },
                        { label: t("now.inbound"), value: number(site.inbound) },
                        { label: t("people.waiting"), value: number(site.answers_waiting) },
                    ]}
                />
                <p class="hint">{t("people.privacy")}</p>
            </Card>
            <Loaded from={counts}>{(rows) => <Counts core={core} rows={rows} />}</Loaded>
            <ImportPeople onDone={counts.again} />
        </div>
    );
}

/* The kinds of text that there are: language and script. */
const GROUPS = [
    ["kk", "cyrillic"],
    ["kk", "latin"],
    ["ru", "cyrillic"],
    ["ru", "latin"],
    ["en", "latin"],
    ["en", "cyrillic"],
];

const sumOf = (rows) => rows.reduce((sum, row) => sum + row.count, 0);

const fits = ([language, script]) => (row) => row.language === language && row.script === script;

/* English is written in one script: whichever is told, it is the same text. */
function usedGroups(rows) {
    return GROUPS.filter((group) => rows.some(fits(group)));
}

const groupName = ([language, script]) =>
    language === "en" ? languageName(language) : languageName(language) + ", " + t("script." + script);

function rowOf(core, code, rows, groups) {
    const mine = rows.filter((row) => row.region === code);
    const cells = groups.map((group) => [group.join(), number(sumOf(mine.filter(fits(group))))]);
    return { id: code, region: areaName(core.areas(), code), total: sumOf(mine), ...Object.fromEntries(cells) };
}

function Counts({ core, rows }) {
    if (rows.length === 0)
        return (
            <Empty title={t("people.none")}>
                <p>{t("people.none_more")}</p>
            </Empty>
        );
    const groups = usedGroups(rows);
    const codes = [...new Set(rows.map((row) => row.region))];
    const table = codes.map((code) => rowOf(core, code, rows, groups)).sort((a, b) => b.total - a.total);
    const columns = [
        { key: "region", label: t("bulletin.region") },
        { key: "people", label: t("people.total"), number: true },
        ...groups.map((group) => ({ key: group.join(), label: groupName(group), number: true })),
    ];
    return (
        <>
            <Card title={t("people.where")}>
                <CountMap counts={Object.fromEntries(table.map((row) => [row.id, row.total]))} />
                <p class="hint">{t("people.several")}</p>
            </Card>
            <Card title={t("people.how")}>
                <Table caption={t("people.how")} columns={columns} rows={table.map((row) => ({ ...row, people: number(row.total) }))} />
            </Card>
        </>
    );
}
