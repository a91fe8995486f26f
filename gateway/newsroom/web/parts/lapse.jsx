/* lapse: how long the first approval still waits for the second. */
import { countdown } from "../format.js";
import { useNow } from "../store.js";
import { t } from "../words.js";

const LAPSE_S = 15 * 60; /* as the dispatcher's drafts.h */
const SOON_S = 3 * 60;

export function LapsesIn({ read }) {
    const now = useNow(1000);
    if (read.state !== "approved" || !read.first_s) return null;
    const left = read.first_s + LAPSE_S - now;
    return <time class={"lapse" + (left < SOON_S ? " soon" : "")}>{t("sign.lapses", { time: countdown(left) })}</time>;
}
