/* situation: the one word that the newsroom is in: quiet, alert, drill or degraded. Pure. */

const ENDED = new Set(["expired", "retracted"]);

/* Is it in force at now_s? Retractions and all-clears end a danger: they are news, but no alert. */
export const isActive = (bulletin, now_s) =>
    bulletin.expires_s > now_s && !ENDED.has(bulletin.state) && bulletin.kind !== "roster";

const isDanger = (bulletin) => bulletin.kind === "alert" || bulletin.kind === "update";

/* A danger is over for the screen when a later bulletin in force follows it. */
export function findActive(bulletins, now_s) {
    const active = bulletins.filter((bulletin) => isActive(bulletin, now_s));
    const followed = new Set(active.map((bulletin) => bulletin.follows).filter(Boolean));
    return active.filter((bulletin) => !followed.has(bulletin.number) || bulletin.follows === bulletin.number);
}

/* What does not work, as the gateway names it. */
export const findFaults = (site) => (site && site.degraded) || [];

export function findSituation(site, bulletins, now_s) {
    const active = findActive(bulletins, now_s);
    if (active.some(isDanger)) return "alert";
    if (active.some((bulletin) => bulletin.kind === "drill")) return "drill";
    return findFaults(site).length > 0 ? "degraded" : "quiet";
}
