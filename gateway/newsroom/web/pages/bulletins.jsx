/* bulletins: all that was sent, the newest first. */
import { useState } from "preact/hooks";
import { moment } from "../format.js";
import { Card, CodeBox, Empty, Waiting } from "../parts/basic.jsx";
import { Choice } from "../parts/choice.jsx";
import { Exchange } from "../parts/exchange.jsx";
import { KindBadge, RowTitle } from "../parts/naming.jsx";
import { countReached } from "../parts/progress.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { useSealed } from "../use_sealed.js";
import { t } from "../words.js";

const PAGE_SIZE = 30;

export function Page() {
    const { core } = useCore();
    const bulletins = useStore((state) => state.bulletins);
    const [kind, setKind] = useState("all");
    if (!core) return <Waiting />;
    const fits = (row) => kind === "all" || (kind === "drill") === (row.kind === "drill");
    const rows = bulletins.filter((row) => row.kind !== "roster" && fits(row)).sort((a, b) => b.sent_s - a.sent_s);
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.bulletins")}</h1>
                <Choice
                    label={t("bulletins.which")}
                    hideLabel
                    value={kind}
                    onChange={setKind}
                    options={["all", "real", "drill"].map((value) => ({ value, label: t("bulletins." + value) }))}
                />
            </div>
            {rows.length === 0 ? <Empty title={t("bulletins.none")} /> : <Rows core={core} rows={rows.slice(0, PAGE_SIZE)} />}
            <Exchange core={core} />
        </div>
    );
}

function Rows({ core, rows }) {
    const said = useSealed(core, rows.map((row) => row.number));
    return (
        <Card>
            <ul class="list">
                {rows.map((row) => (
                    <li key={row.number + row.kind}>
                        <a class="list-row" href={"#/bulletin/" + row.number}>
                            <KindBadge kind={row.kind} />
                            <b>№ {row.number}</b>
                            <CodeBox code={row.check_code} />
                            <span class="list-title">
                                <RowTitle row={row} said={said[row.number]} />
                            </span>
                            <span class="hint">{row.regions.map((code) => areaName(core.areas(), code)).join(", ")}</span>
                            <span class="hint list-end">
                                {t("state." + row.state)} · {moment(row.sent_s)} ·{" "}
                                {t("progress.words", { n: countReached(row), most: row.recipients })}
                            </span>
                        </a>
                    </li>
                ))}
            </ul>
        </Card>
    );
}
