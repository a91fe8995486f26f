/* rumours: what is being looked into and what CHECK answers about it; what people ask; what they report, with masked numbers. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { moment } from "../format.js";
import { readAll } from "../long_list.js";
import { Badge, Button, Card, Empty, ErrorNote, Facts, Table, Waiting } from "../parts/basic.jsx";
import { Tabs } from "../parts/choice.jsx";
import { Loaded } from "../parts/loaded.jsx";
import { editorName } from "../parts/naming.jsx";
import { Answer, RumourForm } from "../parts/rumour_form.jsx";
import { useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useFetched } from "../use_fetched.js";
import { useSealed } from "../use_sealed.js";
import { number, t } from "../words.js";

const TIPS_SHOWN = 50;
const ASKED_SHOWN = 100;

export function Page({ query }) {
    const { core, error } = useCore();
    if (error) return <ErrorNote error={error} />;
    return core ? <Desk core={core} first={query.tab || "claims"} /> : <Waiting />;
}

function Desk({ core, first }) {
    const changed = useStore((state) => state.changed.rumours);
    const inbound = useStore((state) => (state.site ? state.site.inbound : 0));
    const [tab, setTab] = useState(first);
    const [form, setForm] = useState(null);
    useEffect(() => setTab(first), [first]);
    const rumours = useFetched(api.listRumours, [changed]);
    const asked = useFetched(api.listAsked, [changed, inbound]);
    const tips = useFetched(() => readAll(api.listTips), [inbound]);
    const tabOf = (value, from) => ({ value, label: t("rumours." + value), mark: from.value && number(from.value.length) });
    const begin = (given) => setForm({ words: "", claim: "", evidence: "", status: "checking", bulletin: null, ...given });
    const saved = () => {
        setForm(null);
        setTab("claims");
        rumours.again();
    };
    const panels = {
        claims: () => <Loaded from={rumours}>{(rows) => <Claims core={core} rows={rows} onEdit={begin} />}</Loaded>,
        asked: () => <Loaded from={asked}>{(rows) => <Asked rows={rows} onTake={begin} />}</Loaded>,
        tips: () => <Loaded from={tips}>{(rows) => <Tips rows={rows} onTake={begin} />}</Loaded>,
    };
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.rumours")}</h1>
                <Button tone="main" icon="plus" onClick={() => begin({})}>
                    {t("rumours.add")}
                </Button>
            </div>
            <p class="lead">{t("rumours.lead")}</p>
            <Tabs
                label={t("nav.rumours")}
                tabs={[tabOf("claims", rumours), tabOf("asked", asked), tabOf("tips", tips)]}
                value={tab}
                onChange={setTab}
            >
                {panels[tab]()}
            </Tabs>
            {form && <RumourForm core={core} given={form} onDone={saved} onClose={() => setForm(null)} />}
        </div>
    );
}

const STATUS_TONES = { checking: "warn", answered: "good", closed: "" };
const ORDER = { checking: 0, answered: 1, closed: 2 };

function Claims({ core, rows, onEdit }) {
    const numbers = rows.map((row) => row.bulletin).filter(Boolean);
    const said = useSealed(core, numbers);
    if (rows.length === 0)
        return (
            <Empty title={t("rumours.none")}>
                <p>{t("rumours.none_more")}</p>
            </Empty>
        );
    const sorted = [...rows].sort((a, b) => ORDER[a.status] - ORDER[b.status] || b.asked - a.asked || b.id - a.id);
    return (
        <div class="two">
            {sorted.map((row) => (
                <Claim key={row.id} row={row} said={said[row.bulletin]} onEdit={() => onEdit(row)} />
            ))}
        </div>
    );
}

function Claim({ row, said, onEdit }) {
    const site = useStore((state) => state.site);
    return (
        <Card title={row.claim} aside={<Badge tone={STATUS_TONES[row.status]}>{t("rumour_status." + row.status)}</Badge>}>
            <Facts
                rows={[
                    { label: t("rumours.words"), value: row.words },
                    { label: t("rumours.times"), value: number(row.asked) },
                    { label: t("rumours.last"), value: editorName(site, row.editor) + ", " + moment(row.at_s) },
                ]}
            />
            {row.evidence && (
                <div>
                    <h3>{t("rumours.evidence")}</h3>
                    <p class="notes">{row.evidence}</p>
                </div>
            )}
            <Answer status={row.status} bulletin={row.bulletin} said={said} />
            <div class="row">
                <Button onClick={onEdit}>{t("rumours.change")}</Button>
                {row.bulletin && (
                    <a class="button" href={"#/bulletin/" + row.bulletin}>
                        № {row.bulletin}
                    </a>
                )}
            </div>
        </Card>
    );
}

function Asked({ rows, onTake }) {
    if (rows.length === 0)
        return (
            <Empty title={t("rumours.asked_none")}>
                <p>{t("rumours.asked_none_more")}</p>
            </Empty>
        );
    const columns = [
        { key: "text", label: t("rumours.asked_what") },
        { key: "count", label: t("rumours.times"), number: true },
        { key: "at", label: t("rumours.asked_last") },
        { key: "take", label: t("rumours.do") },
    ];
    const table = rows.slice(0, ASKED_SHOWN).map((row) => ({
        id: row.text,
        text: row.text,
        count: number(row.count),
        at: moment(row.last_s),
        take: (
            <Button class="button small" onClick={() => onTake({ words: row.text })}>
                {t("rumours.take")}
            </Button>
        ),
    }));
    return (
        <Card title={t("rumours.asked_title")}>
            <p class="hint">{t("rumours.asked_more")}</p>
            <Table caption={t("rumours.asked")} columns={columns} rows={table} />
        </Card>
    );
}

function Tips({ rows, onTake }) {
    const [shown, setShown] = useState(TIPS_SHOWN);
    if (rows.length === 0)
        return (
            <Empty title={t("rumours.tips_none")}>
                <p>{t("rumours.tips_none_more")}</p>
            </Empty>
        );
    const newest = [...rows].reverse().slice(0, shown);
    return (
        <Card title={t("rumours.tips_title")}>
            <p class="hint">{t("rumours.tips_more")}</p>
            <ul class="list">
                {newest.map((row) => (
                    <li key={row.id} class="tip">
                        <p class="row">
                            <span class="mono">{row.number}</span>
                            <time class="hint">{moment(row.at_s)}</time>
                        </p>
                        <p class="notes">{row.text}</p>
                        <div class="row">
                            <Button class="button small" onClick={() => onTake({ claim: row.text })}>
                                {t("rumours.take")}
                            </Button>
                        </div>
                    </li>
                ))}
            </ul>
            {rows.length > shown && (
                <div class="row">
                    <Button onClick={() => setShown(shown + TIPS_SHOWN)}>{t("rumours.older")}</Button>
                </div>
            )}
        </Card>
    );
}
