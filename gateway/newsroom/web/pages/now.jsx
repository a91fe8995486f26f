/* now: what is in force, how far it has come, and whether all is well. */
import { clock, span } from "../format.js";
import { Badge, Card, CodeBox, Empty, Facts, Waiting } from "../parts/basic.jsx";
import { span95 } from "../parts/compose_outlook.jsx";
import { Icon } from "../parts/icon.jsx";
import { KindBadge, RowTitle } from "../parts/naming.jsx";
import { countReached, Progress } from "../parts/progress.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { Transmitter, transmitterWord } from "../parts/transmitter.jsx";
import { findActive, findFaults } from "../situation.js";
import { useNow, useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useSealed } from "../use_sealed.js";
import { number, t, tOr } from "../words.js";

const RECENT = 8;

export function Page() {
    const { core } = useCore();
    const site = useStore((state) => state.site);
    const bulletins = useStore((state) => state.bulletins);
    const now = useNow(1000);
    if (!core || !site) return <Waiting />;
    const active = findActive(bulletins, now).sort((a, b) => b.sent_s - a.sent_s);
    const recent = bulletins.filter((one) => !active.includes(one) && one.kind !== "roster").slice(-RECENT).reverse();
    return <Overview core={core} site={site} active={active} recent={recent} now={now} />;
}

function Overview({ core, site, active, recent, now }) {
    const said = useSealed(core, [...active, ...recent].map((one) => one.number));
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.now")}</h1>
                <a class="button main" href="#/compose">
                    <Icon name="compose" />
                    <span>{t("now.write")}</span>
                </a>
            </div>
            {active.length === 0 && (
                <Empty title={t("now.quiet")}>
                    <p>{t("now.quiet_more")}</p>
                </Empty>
            )}
            <div class="active-list">
                {active.map((one) => (
                    <Active key={one.number + one.kind} core={core} row={one} said={said[one.number]} now={now} />
                ))}
            </div>
            <Transmitter site={site} />
            <Health site={site} />
            {recent.length > 0 && (
                <Card title={t("now.recent")}>
                    <ul class="list">
                        {recent.map((one) => (
                            <Recent key={one.number + one.kind} row={one} said={said[one.number]} />
                        ))}
                    </ul>
                </Card>
            )}
        </div>
    );
}

const regionsOf = (core, row) => row.regions.map((code) => areaName(core.areas(), code)).join(", ");

function Active({ core, row, said, now }) {
    return (
        <a class={"active " + row.kind} href={"#/bulletin/" + row.number}>
            <div class="active-head">
                <KindBadge kind={row.kind} />
                <b>№ {row.number}</b>
                <CodeBox code={row.check_code} />
                <span class="active-left">
                    <Icon name="clock" /> {t("now.left", { time: span(row.expires_s - now) })}
                </span>
            </div>
            <p class="active-title">
                <RowTitle row={row} said={said} />
            </p>
            <p class="hint">{regionsOf(core, row)}</p>
            <Progress row={row} legend={false} />
            <p class="active-foot">
                <span>{t("progress.words", { n: countReached(row), most: row.recipients })}</span>
                {row.queued > 0 && <span>{t("now.last_in", { time: span95(row.minutes) })}</span>}
                {row.aired && <Badge tone="accent">{t("now.aired")}</Badge>}
                {row.kind === "drill" && <Badge tone="drill">{t("now.oks", { n: row.oks })}</Badge>}
            </p>
        </a>
    );
}

const stateWord = (row) => t("state." + row.state);

function Recent({ row, said }) {
    return (
        <li>
            <a class="list-row" href={"#/bulletin/" + row.number}>
                <KindBadge kind={row.kind} />
                <b>№ {row.number}</b>
                <span class="list-title">
                    <RowTitle row={row} said={said} />
                </span>
                <span class="hint list-end">
                    {stateWord(row)} · {clock(row.sent_s)} · {number(countReached(row))}
                </span>
            </a>
        </li>
    );
}

function Health({ site }) {
    const online = site.modems.filter((modem) => modem.state === "online").length;
    const faults = findFaults(site);
    return (
        <Card title={t("now.health")}>
            <Facts
                rows={[
                    { label: t("now.subscribers"), value: number(site.subscribers) },
                    { label: t("now.testers"), value: number(site.testers || 0) },
                    { label: t("now.modems"), value: t("now.of", { n: online, most: site.modems.length }) },
                    { label: t("now.to_all"), value: span95(site.minutes) },
                    { label: t("now.radio"), value: transmitterWord(site) },
                    { label: t("now.inbound"), value: number(site.inbound) },
                ]}
            />
            {faults.length > 0 && (
                <ul>
                    {faults.map((fault) => (
                        <li key={fault} class="fault">
                            <Icon name="warn" /> {tOr("fault." + fault, fault)}
                        </li>
                    ))}
                </ul>
            )}
        </Card>
    );
}
