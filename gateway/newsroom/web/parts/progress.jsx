/* progress: how far a bulletin has come, as one bar of all its people and the same in numbers. Unknown is never counted as
 * sent. */
import { number, t } from "../words.js";

/* From good to bad, in the order in which they stand in the bar. */
export const CLASSES = [
    { key: "delivered", tone: "delivered" },
    { key: "sent", tone: "sent" },
    { key: "digest", tone: "sent" },
    { key: "in_flight", tone: "flight" },
    { key: "queued", tone: "queued" },
    { key: "unknown", tone: "unknown" },
    { key: "doubt", tone: "unknown" },
    { key: "failed", tone: "failed" },
    { key: "undeliverable", tone: "failed" },
    { key: "skipped", tone: "skipped" },
];

/* sent counts those of whom no phone has reported yet. */
const countOf = (row, key) => row[key] || 0;

export const isReached = (row) => countOf(row, "delivered") + countOf(row, "sent") + countOf(row, "digest");

export function Progress({ row, legend = true }) {
    const shown = CLASSES.filter(({ key }) => countOf(row, key) > 0);
    const total = Math.max(1, row.recipients, shown.reduce((sum, { key }) => sum + row[key], 0));
    const words = t("progress.words", { n: isReached(row), most: row.recipients });
    return (
        <div class="progress">
            <div class="progress-bar" role="img" aria-label={words}>
                {shown.map(({ key, tone }) => (
                    <span key={key} class={"part-" + tone} style={{ width: (100 * row[key]) / total + "%" }} />
                ))}
            </div>
            {legend && (
                <ul class="progress-legend">
                    {shown.map(({ key, tone }) => (
                        <li key={key}>
                            <span class={"dot part-" + tone} aria-hidden="true" /> {t("progress." + key)}{" "}
                            <b>{number(row[key])}</b>
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}
