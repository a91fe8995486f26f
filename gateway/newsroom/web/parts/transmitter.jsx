/* transmitter: what it does now, and when it sends next; what to do where it may be keyed or does not work. */
import { moment } from "../format.js";
import { number, t, tOr } from "../words.js";
import { Badge, Card, Facts, Note } from "./basic.jsx";

const TONES = { keyed: "alert", listening: "warn", doubt: "warn" };

const onFrequency = (hz) => (hz ? t("transmitter.khz", { n: number(hz / 1000) }) : null);

/* "on the air", "off the air", "recordings only", "off": in a word. */
export const transmitterWord = (site) =>
    t(!site.radio ? "common.off" : site.on_air ? "transmitter." + site.on_air.state : "transmitter.none");

/* Without a number it says that all is quiet. */
const sends = (on_air) =>
    on_air.number ? <a href={"#/bulletin/" + on_air.number}>№ {on_air.number}</a> : t("transmitter.quiet");

const next = (on_air) => [moment(on_air.next_s), onFrequency(on_air.next_hz)].filter(Boolean).join(", ");

export function Transmitter({ site }) {
    const on_air = site.radio && site.on_air;
    if (!on_air) return null;
    return (
        <Card
            title={t("transmitter.title")}
            aside={<Badge tone={TONES[on_air.state]}>{t("transmitter." + on_air.state)}</Badge>}
        >
            {site.degraded.includes("transmitter_doubt") && (
                <Note tone="bad" title={t("transmitter.in_doubt")}>
                    {t("transmitter.in_doubt_more")}
                </Note>
            )}
            {on_air.failed && (
                <Note title={t("transmitter.broke")}>
                    {t("transmitter.broke_more", { why: tOr("transmitter.why." + on_air.failed, on_air.failed) })}
                </Note>
            )}
            <Facts
                rows={[
                    (on_air.number || on_air.state === "keyed") && { label: t("transmitter.sends"), value: sends(on_air) },
                    on_air.hz && { label: t("transmitter.on"), value: onFrequency(on_air.hz) },
                    { label: t("transmitter.since"), value: moment(on_air.since_s) },
                    { label: t("transmitter.next"), value: on_air.next_s ? next(on_air) : t("transmitter.never") },
                ]}
            />
        </Card>
    );
}
