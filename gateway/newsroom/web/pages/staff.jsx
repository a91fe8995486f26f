/* staff: who may sign: the roster as the newsroom's key has signed it, a new roster, and a new editor's key. */
import { useEffect, useState } from "preact/hooks";
import { fromBase64 } from "../base64.js";
import { moment } from "../format.js";
import { fingerprint } from "../keys.js";
import { Badge, Button, Card, Empty, Facts, Note, Table, Waiting } from "../parts/basic.jsx";
import { Command } from "../parts/loaded.jsx";
import { NewRoster } from "../parts/new_roster.jsx";
import { useNow, useStore } from "../store.js";
import { trustedRoster } from "../trust.js";
import { t } from "../words.js";
import { MakeKey } from "./sign_in.jsx";

const DAY_S = 86400;
const SOON_S = 30 * DAY_S;

export function Page() {
    const site = useStore((state) => state.site);
    if (!site) return <Waiting />;
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.staff")}</h1>
            </div>
            {site.roster ? <Roster key={site.roster.sealed} site={site} /> : <NoRoster />}
            <div class="two">
                <NewRoster site={site} />
                <NewKey />
            </div>
        </div>
    );
}

const NoRoster = () => (
    <Empty title={t("fault.no_roster")}>
        <p>{t("staff.no_roster_more")}</p>
        <Command>dabylctl roster put newsroom.roster</Command>
    </Empty>
);

/* {roster, prints: {index: fingerprint}} once read and checked in this browser. */
async function readTrusted(site) {
    const roster = await trustedRoster(site);
    const prints = {};
    for (const editor of roster.editors) prints[editor.index] = await fingerprint(editor.key);
    return { roster, prints };
}

function Roster({ site }) {
    const [read, setRead] = useState(null);
    const [error, setError] = useState(null);
    useEffect(() => void readTrusted(site).then(setRead, setError), []);
    if (error)
        return (
            <Note tone="bad" title={t("trust.roster")}>
                {error.message}
            </Note>
        );
    if (!read) return <Waiting>{t("staff.checking")}</Waiting>;
    return <Editors site={site} roster={read.roster} prints={read.prints} />;
}

/* From the first that holds: revoked, not yet, over, ends soon, good. */
function findValidity(editor, now_s) {
    if (editor.revoked) return "revoked";
    if (now_s < editor.from_s) return "early";
    if (now_s > editor.until_s) return "over";
    return editor.until_s - now_s < SOON_S ? "soon" : "good";
}

const VALIDITY_TONES = { revoked: "bad", early: "warn", over: "bad", soon: "warn", good: "good" };

const day = (at_s) => new Date((at_s + 5 * 3600) * 1000).toISOString().slice(0, 10);

function Editors({ site, roster, prints }) {
    const me = useStore((state) => state.editor);
    const now = useNow(60000);
    const columns = [
        { key: "name", label: t("staff.name") },
        { key: "state", label: t("staff.state") },
        { key: "from", label: t("staff.from") },
        { key: "until", label: t("staff.until") },
        { key: "print", label: t("staff.print") },
    ];
    const rows = roster.editors.map((editor) => {
        const validity = findValidity(editor, now);
        return {
            id: editor.index,
            name: (
                <span class="row">
                    <b>{editor.name}</b>
                    {editor.index === me.index && <Badge tone="accent">{t("staff.you")}</Badge>}
                </span>
            ),
            state: <Badge tone={VALIDITY_TONES[validity]}>{t("validity." + validity)}</Badge>,
            from: <span class="nowrap">{day(editor.from_s)}</span>,
            until: <span class="nowrap">{day(editor.until_s)}</span>,
            print: <span class="mono hash">{prints[editor.index]}</span>,
        };
    });
    return (
        <>
            <Newsroom site={site} roster={roster} />
            <Card title={t("staff.editors", { n: roster.editors.length })}>
                <Table caption={t("staff.caption")} columns={columns} rows={rows} />
                <p class="hint">{t("staff.revoked_more")}</p>
            </Card>
        </>
    );
}

function Newsroom({ site, roster }) {
    const address = URL.createObjectURL(new Blob([fromBase64(site.roster.sealed)]));
    useEffect(() => () => URL.revokeObjectURL(address), [address]);
    return (
        <Card title={site.sender} aside={<Badge tone="good">{t("staff.checked")}</Badge>}>
            <Facts
                rows={[
                    { label: t("staff.number"), value: roster.number },
                    { label: t("staff.approvals"), value: t(roster.approvals === 1 ? "staff.one" : "staff.two") },
                    { label: t("staff.made"), value: moment(roster.sent_s) },
                    ...roster.stations.map((station) => ({
                        label: t("staff.station"),
                        value: station.name + " · " + t("staff.until") + " " + day(station.until_s),
                    })),
                ]}
            />
            {roster.stations.length > 0 && <p class="hint">{t("staff.station_more")}</p>}
            {roster.approvals === 1 && <Note title={t("staff.one")}>{t("staff.one_more")}</Note>}
            <div class="stack">
                <h3>{t("staff.fingerprint")}</h3>
                <p class="fingerprint mono">{site.fingerprint}</p>
                <p class="hint">{t("staff.fingerprint_more")}</p>
            </div>
            <div class="row">
                <a class="button small" href={address} download={"roster-" + roster.number + ".roster"}>
                    {t("staff.download")}
                </a>
            </div>
        </Card>
    );
}

function NewKey() {
    const [making, setMaking] = useState(false);
    if (making) return <MakeKey onDone={() => setMaking(false)} />;
    return (
        <Card title={t("sign_in.make")}>
            <p>{t("staff.key_more")}</p>
            <div class="row">
                <Button icon="key" onClick={() => setMaking(true)}>
                    {t("sign_in.make")}
                </Button>
            </div>
        </Card>
    );
}
