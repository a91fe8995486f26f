/* basic: the small parts that every page is made of. */
import { useId } from "preact/hooks";
import { t } from "../words.js";
import { Icon } from "./icon.jsx";

/* tone: "main", "quiet", "danger"; plain without. */
export function Button({ tone, icon, busy, children, ...rest }) {
    return (
        <button type="button" class={"button " + (tone || "")} aria-busy={busy || undefined} {...rest}>
            {icon && <Icon name={icon} />}
            <span>{children}</span>
        </button>
    );
}

/* tone: "good", "bad", "warn", "drill", "alert"; plain without. */
export const Badge = ({ tone, children }) => <span class={"badge " + (tone || "")}>{children}</span>;

/* What went wrong or must be known. Announced when it appears. */
export function Note({ tone = "warn", title, children }) {
    return (
        <div class={"note " + tone} role={tone === "bad" ? "alert" : "status"}>
            <Icon name={tone === "good" ? "check" : "warn"} />
            <div>
                {title && <strong>{title}</strong>}
                {children && <div>{children}</div>}
            </div>
        </div>
    );
}

/* A line for people about an error of api.js or of our own. */
export function errorText(error) {
    if (error.status === 0) return t("error.offline");
    if (error.status === 403) return error.why || t("error.denied");
    if (error.status === 429) return t("error.often");
    if (error.status === 507) return t("error.full");
    return error.why || error.message || t("error.unknown");
}

export const ErrorNote = ({ error }) =>
    error ? (
        <Note tone="bad" title={t("error.title")}>
            {errorText(error)}
        </Note>
    ) : null;

export function Card({ title, aside, children, level = 2, ...rest }) {
    const Heading = "h" + level;
    const id = useId();
    return (
        <section class="card" aria-labelledby={title ? id : undefined} {...rest}>
            {title && (
                <header class="card-head">
                    <Heading id={id}>{title}</Heading>
                    {aside}
                </header>
            )}
            {children}
        </section>
    );
}

export function Empty({ title, children }) {
    return (
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children}
        </div>
    );
}

export const Waiting = ({ children }) => (
    <p class="waiting" role="status">
        <span class="spinner" aria-hidden="true" />
        {children || t("common.loading")}
    </p>
);

/* A labelled input; hint is read with it. */
export function Field({ label, hint, error, children, ...rest }) {
    const id = useId();
    const described = [hint && id + "h", error && id + "e"].filter(Boolean).join(" ") || undefined;
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {children ? (
                children({ id, "aria-describedby": described })
            ) : (
                <input id={id} aria-describedby={described} aria-invalid={!!error} {...rest} />
            )}
            {hint && (
                <p class="hint" id={id + "h"}>
                    {hint}
                </p>
            )}
            {error && (
                <p class="hint bad" id={id + "e"} role="alert">
                    {error}
                </p>
            )}
        </div>
    );
}

/* rows: [{label, value}] */
export const Facts = ({ rows }) => (
    <dl class="facts">
        {rows.filter(Boolean).map(({ label, value }) => (
            <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        ))}
    </dl>
);

/* columns: [{key, label, number}], rows: [{id, ...cells}] */
export function Table({ caption, columns, rows }) {
    return (
        <div class="table" tabindex="0" role="group" aria-label={caption}>
            <table>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        {columns.map((column) => (
                            <th key={column.key} scope="col" class={column.number ? "number" : ""}>
                                {column.label}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={row.id}>
                            {columns.map((column) => (
                                <td key={column.key} class={column.number ? "number" : ""}>
                                    {row[column.key]}
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

/* The check code, as it stands in the text and is spoken on the air. */
export const CodeBox = ({ code, big }) => (
    <span class={"code" + (big ? " big" : "")} aria-label={t("common.code") + " " + [...code].join(" ")}>
        {code}
    </span>
);

/* How far: value of most, in words beside it. */
export function Bar({ value, most, label, tone }) {
    const share = most > 0 ? Math.min(100, (100 * value) / most) : 0;
    return (
        <div
            class={"bar " + (tone || "")}
            role="progressbar"
            aria-label={label}
            aria-valuemin="0"
            aria-valuemax={most}
            aria-valuenow={value}
        >
            <div style={{ width: share + "%" }} />
        </div>
    );
}
