/* modems: what each does, what keeps one from sending, and pausing, draining or resuming it. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { span } from "../format.js";
import { Badge, Bar, Button, Card, Empty, ErrorNote, Facts, Note, Waiting } from "../parts/basic.jsx";
import { span95 } from "../parts/compose_outlook.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Command } from "../parts/loaded.jsx";
import { toast, useStore } from "../store.js";
import { language, number, t, tOr } from "../words.js";

export function Page() {
    const site = useStore((state) => state.site);
    const [order, setOrder] = useState(null);
    if (!site) return <Waiting />;
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.modems")}</h1>
            </div>
            {site.modems.length === 0 ? (
                <Empty title={t("modems.none")}>
                    <p>{t("modems.none_more")}</p>
                </Empty>
            ) : (
                <Totals site={site} />
            )}
            <div class="modem-list">
                {site.modems.map((modem) => (
                    <Modem key={modem.name} modem={modem} onOrder={(action) => setOrder({ modem, action })} />
                ))}
            </div>
            {site.modems.length > 0 && (
                <Card title={t("modems.test")}>
                    <p>{t("modems.test_more")}</p>
                    <Command>{"dabylctl modems test " + site.modems[0].name + " --to +7XXXXXXXXXX"}</Command>
                </Card>
            )}
            {order && <OrderDialog {...order} onClose={() => setOrder(null)} />}
        </div>
    );
}

const sum = (modems, key) => modems.reduce((all, modem) => all + (modem[key] || 0), 0);

function Totals({ site }) {
    const { modems } = site;
    const online = modems.filter((modem) => modem.state === "online").length;
    return (
        <Card title={t("modems.together")}>
            <Facts
                rows={[
                    { label: t("now.modems"), value: t("now.of", { n: online, most: modems.length }) },
                    { label: t("modems.rate"), value: number(sum(modems, "rate")) },
                    { label: t("modems.sent"), value: number(sum(modems, "sent")) },
                    { label: t("modems.failed"), value: number(sum(modems, "failed")) },
                    { label: t("now.to_all"), value: span95(site.minutes) },
                ]}
            />
        </Card>
    );
}

const STATE_TONES = { online: "good", starting: "warn", sick: "bad", gone: "bad" };

/* Why it gets no work: {title, more}; null when it does get some. The first that holds counts; badges tell the states' names. */
function findRest(modem) {
    if (modem.hold !== "none") return { more: t("hold_of." + modem.hold + ".more") };
    if (modem.state !== "online") return { more: t("modem_state." + modem.state + ".more") };
    if (modem.breaker === "open")
        return { title: t("breaker." + modem.cause), more: t("breaker.wait", { time: span(modem.wait_s) }) };
    if (modem.breaker === "trying") return { title: t("breaker.trying"), more: tOr("breaker." + modem.cause, "") };
    if (modem.left === 0) return { title: t("modems.spent"), more: t("modems.spent_more") };
    return null;
}

const known = (value, say) => (value === null || value === undefined ? t("reach.unknown") : say(value));

const seconds = (ms) => (ms / 1000).toLocaleString(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function Modem({ modem, onOrder }) {
    const rest = findRest(modem);
    const rests = modem.hold !== "none" || modem.breaker !== "closed";
    return (
        <Card
            title={modem.name}
            aside={
                <span class="row">
                    {modem.hold !== "none" && <Badge tone="warn">{t("hold_of." + modem.hold)}</Badge>}
                    <Badge tone={STATE_TONES[modem.state]}>{t("modem_state." + modem.state)}</Badge>
                </span>
            }
        >
            {rest && <Note title={rest.title}>{rest.more}</Note>}
            <Signal modem={modem} />
            <Facts
                rows={[
                    { label: t("modems.operator"), value: modem.operator || t("reach.unknown") },
                    { label: t("modems.rate"), value: number(modem.rate) },
                    { label: t("modems.part"), value: known(modem.part_ms, (ms) => t("modems.seconds", { n: seconds(ms) })) },
                    { label: t("modems.pace"), value: modem.pace > 0 ? modem.pace + " %" : t("modems.no_pace") },
                    { label: t("modems.credit"), value: known(modem.credit, number) },
                    { label: t("modems.left"), value: modem.left === null ? t("modems.no_limit") : number(modem.left) },
                    { label: t("modems.sent"), value: number(modem.sent) },
                    { label: t("modems.failed"), value: number(modem.failed) },
                ]}
            />
            {modem.detail && (
                <p>
                    <span class="hint">{t("modems.detail")}</span> <span class="mono">{modem.detail}</span>
                </p>
            )}
            <div class="row">
                {rests && (
                    <Button tone="main" onClick={() => onOrder("resume")}>
                        {t("modems.resume")}
                    </Button>
                )}
                {modem.hold === "none" && (
                    <>
                        <Button onClick={() => onOrder("pause")}>{t("modems.pause")}</Button>
                        <Button onClick={() => onOrder("drain")}>{t("modems.drain")}</Button>
                    </>
                )}
            </div>
        </Card>
    );
}

function Signal({ modem }) {
    if (modem.signal === null || modem.state === "gone") return <p class="hint">{t("modems.no_signal")}</p>;
    return (
        <div class="signal">
            <span>{t("modems.signal")}</span>
            <Bar value={modem.signal} most={100} label={t("modems.signal") + ", " + modem.name} />
            <b class="number">{modem.signal} %</b>
        </div>
    );
}

/* Asked once more: a paused modem makes everything slower. */
function OrderDialog({ modem, action, onClose }) {
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const act = async () => {
        setBusy(true);
        setError(null);
        try {
            await api.steerModem(modem.name, action);
            toast(t("modems." + action + "_done", { name: modem.name }));
            onClose();
        } catch (failure) {
            setError(failure);
            setBusy(false);
        }
    };
    return (
        <Dialog title={t("modems." + action + "_ask", { name: modem.name })} onClose={onClose}>
            <p>{t("modems." + action + "_more")}</p>
            <ErrorNote error={error} />
            <div class="row">
                <Button tone={action === "resume" ? "main" : "danger"} busy={busy} disabled={busy} onClick={act}>
                    {t("modems." + action)}
                </Button>
                <Button onClick={onClose}>{t("common.cancel")}</Button>
            </div>
        </Dialog>
    );
}
