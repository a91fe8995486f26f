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

/* The gateway counts the delivered among the sent: here each person stands once. */
function countOf(row, key) {
    const count = row[key] || 0;
    return key === "sent" ? Math.max(0, count - (row.delivered || 0)) : count;
}

/* How many it has reached, as far as anybody knows. */
export const countReached = (row) => (row.sent || 0) + (row.digest || 0);

export function Progress({ row, legend = true }) {
    const shown = CLASSES.filter(({ key }) => countOf(row, key) > 0);
    const total = Math.max(1, row.recipients, shown.reduce((sum, { key }) => sum + countOf(row, key), 0));
    const words = t("progress.words", { n: countReached(row), most: row.recipients });
    return (
        <div class="progress">
            <div class="progress-bar" role="img" aria-label={words}>
                {shown.map(({ key, tone }) => (
                    <span key={key} class={"part-" + tone} style={{ width: (100 * countOf(row, key)) / total + "%" }} />
                ))}
            </div>
            {legend && (
                <ul class="progress-legend">
                    {shown.map(({ key, tone }) => (
                        <li key={key}>
                            <span class={"dot part-" + tone} aria-hidden="true" /> {t("progress." + key)}{" "}
                            <b>{number(countOf(row, key))}</b>
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}
