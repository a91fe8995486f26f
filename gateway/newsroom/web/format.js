/* format: times and lengths as people read them. All of Kazakhstan keeps UTC+5, and so do the texts that go out. */
import { t } from "./words.js";

const LOCAL_OFFSET_S = 5 * 3600;
const two = (n) => String(n).padStart(2, "0");
const local = (at_s) => new Date((at_s + LOCAL_OFFSET_S) * 1000);

/* 23:05 */
export function clock(at_s) {
    const date = local(at_s);
    return two(date.getUTCHours()) + ":" + two(date.getUTCMinutes());
}

/* 23:05:09 */
export const clockSeconds = (at_s) => clock(at_s) + ":" + two(local(at_s).getUTCSeconds());

/* 24.11, 23:05; only the time if it is today */
export function moment(at_s, now_s = nowSeconds()) {
    const date = local(at_s);
    const today = local(now_s);
    const same = date.toISOString().slice(0, 10) === today.toISOString().slice(0, 10);
    const day = two(date.getUTCDate()) + "." + two(date.getUTCMonth() + 1);
    return same ? clock(at_s) : day + ", " + clock(at_s);
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

/* Seconds as "4 h 20 min", "35 min", "under a minute". */
export function span(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 1) return t("time.moment");
    const hours = Math.floor(minutes / 60);
    if (hours === 0) return t("time.minutes", { n: minutes });
    if (minutes % 60 === 0) return t("time.hours", { n: hours });
    return t("time.hours", { n: hours }) + " " + t("time.minutes", { n: minutes % 60 });
}

/* Seconds as 14:59, for what runs out. */
export function countdown(seconds) {
    const left = Math.max(0, Math.floor(seconds));
    return Math.floor(left / 60) + ":" + two(left % 60);
}

/* Minutes that may be a fraction, rounded up: nobody is told too early an end. */
export const minutes = (n) => span(Math.max(1, Math.ceil(n)) * 60);
