/* audit: who did what, row by row, the newest first; and whether the chain that holds the rows is whole. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { clockSeconds, moment } from "../format.js";
import { findNewest, readPage } from "../long_list.js";
import { Badge, Button, Card, Empty, ErrorNote, Note, Table } from "../parts/basic.jsx";
import { Command, Loaded } from "../parts/loaded.jsx";
import { useFetched } from "../use_fetched.js";
import { useWork } from "../use_work.js";
import { t, tOr } from "../words.js";

const PAGE_ROWS = 100;
const HASH_SHOWN = 12;
const HEAD_SHOWN = 4; /* digits of it that each bulletin carries */

/* newest: the id that the page begins with; null: the newest of all. */
async function load(newest) {
    const last = newest === null ? await findNewest(api.listAudit) : newest;
    return { last, rows: await readPage(api.listAudit, last, PAGE_ROWS) };
}

export function Page() {
    const [from, setFrom] = useState(null);
    const [head, setHead] = useState(null);
    const page = useFetched(async () => {
        const loaded = await load(from);
        if (from === null && loaded.rows[0]) setHead(loaded.rows[0]);
        return loaded;
    }, [from]);
    const newest = () => (from === null ? page.again() : setFrom(null));
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.audit")}</h1>
                <Button onClick={newest}>{t("audit.newest")}</Button>
            </div>
            <Chain head={head} />
            <Loaded from={page}>
                {({ rows }) => <Rows rows={rows} onMove={setFrom} />}
            </Loaded>
        </div>
    );
}

function Chain({ head }) {
    const [result, setResult] = useState(null);
    const { busy, error, act } = useWork();
    const verify = () => act(async () => setResult(await api.verifyAudit()));
    return (
        <Card title={t("audit.chain")}>
            <p>{t("audit.chain_more")}</p>
            {head && (
                <p>
                    {t("audit.head")}{" "}
                    <span class="mono hash">
                        <b>{head.hash.slice(0, HEAD_SHOWN)}</b>
                        {head.hash.slice(HEAD_SHOWN)}
                    </span>
                </p>
            )}
            <p class="hint">{t("audit.head_more")}</p>
            {result && <Verdict result={result} />}
            <ErrorNote error={error} />
            <div class="row">
                <Button tone="main" icon="audit" busy={busy} disabled={busy} onClick={verify}>
                    {busy ? t("audit.verifying") : t("audit.verify")}
                </Button>
            </div>
            <p class="hint">{t("audit.without")}</p>
            <Command>{"dabylctl audit verify\ndabylctl audit show"}</Command>
        </Card>
    );
}

const Verdict = ({ result }) =>
    result.whole ? (
        <Note tone="good" title={t("audit.whole", { n: result.rows })}>
            {t("audit.whole_more")}
        </Note>
    ) : (
        <Note tone="bad" title={t("audit.broken")}>
            <p>{result.why}</p>
            <p>{t("audit.broken_more")}</p>
        </Note>
    );

const TONES = { refused: "bad", sign_in_refused: "bad", throttled: "bad", commit: "good", retract: "alert", roster: "warn", export: "warn" };

const toRow = (row) => ({
    id: row.id,
    number: row.id,
    at: <time title={clockSeconds(row.at_s)}>{moment(row.at_s)}</time>,
    event: <Badge tone={TONES[row.event]}>{tOr("audit_event." + row.event, row.event)}</Badge>,
    detail: <span class="mono">{row.detail}</span>,
    hash: (
        <span class="mono" title={row.hash}>
            {row.hash.slice(0, HASH_SHOWN)}…
        </span>
    ),
});

function Rows({ rows, onMove }) {
    if (rows.length === 0) return <Empty title={t("audit.none")} />;
    const first = rows[0].id;
    const last = rows[rows.length - 1].id;
    const columns = [
        { key: "number", label: "№", number: true },
        { key: "at", label: t("audit.at") },
        { key: "event", label: t("audit.event") },
        { key: "detail", label: t("audit.detail") },
        { key: "hash", label: t("audit.hash") },
    ];
    return (
        <Card title={t("audit.rows", { from: last, to: first })}>
            <Table caption={t("nav.audit")} columns={columns} rows={rows.map(toRow)} />
            <div class="row">
                <Button disabled={last <= 1} onClick={() => onMove(last - 1)}>
                    {t("audit.older")}
                </Button>
            </div>
        </Card>
    );
}
