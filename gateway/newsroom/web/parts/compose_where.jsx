/* compose_where: for which regions, and until when. Neither has a silent default that reaches everybody or lasts for ever. */
import { useState } from "preact/hooks";
import { LIFETIME_MAX_MIN } from "../draft.js";
import { minutes, moment } from "../format.js";
import { useNow } from "../store.js";
import { t } from "../words.js";
import { Button, Card, Field, Note } from "./basic.jsx";
import { Choice } from "./choice.jsx";
import { areaName, RegionList, TileMap, toggleRegion } from "./tile_map.jsx";

const QUICK_MIN = [60, 180, 360, 720, 1440];
const COUNTRY = "KZ";

export function Where({ core, draft, onEdit }) {
    const [view, setView] = useState("map");
    const areas = core.areas();
    const set = (regions) => onEdit({ regions });
    const whole = draft.regions.includes(COUNTRY);
    const tone = draft.kind === "drill" ? "drill" : "";
    return (
        <Card
            title={t("compose.where")}
            aside={
                <div class="row">
                    <Choice
                        label={t("map.view")}
                        hideLabel
                        value={view}
                        onChange={setView}
                        options={[
                            { value: "map", label: t("map.map") },
                            { value: "list", label: t("map.list") },
                        ]}
                    />
                </div>
            }
        >
            {view === "map" ? (
                <TileMap areas={areas} chosen={draft.regions} onChange={set} tone={tone} />
            ) : (
                <RegionList areas={areas} chosen={draft.regions} onChange={set} />
            )}
            <div class="row">
                <Button aria-pressed={whole} tone={whole ? "main" : ""} onClick={() => set(toggleRegion(draft.regions, COUNTRY))}>
                    {areaName(areas, COUNTRY)}: {t("map.whole")}
                </Button>
                {draft.regions.length > 0 && (
                    <Button tone="quiet" onClick={() => set([])}>
                        {t("map.clear")}
                    </Button>
                )}
            </div>
            {whole && <Note>{t("map.whole_warning")}</Note>}
        </Card>
    );
}

export function Until({ draft, onEdit }) {
    const now = useNow(15000);
    const lifetime = draft.lifetime_min;
    const set = (value) => onEdit({ lifetime_min: Math.min(LIFETIME_MAX_MIN, Math.max(0, Math.floor(value) || 0)) });
    return (
        <Card title={t("compose.until")}>
            <div class="row">
                {QUICK_MIN.map((quick) => (
                    <Button
                        key={quick}
                        tone={quick === lifetime ? "main" : ""}
                        aria-pressed={quick === lifetime}
                        onClick={() => set(quick)}
                    >
                        {minutes(quick)}
                    </Button>
                ))}
            </div>
            <div class="pair end">
                <Field
                    label={t("compose.minutes")}
                    type="number"
                    inputmode="numeric"
                    min="1"
                    max={LIFETIME_MAX_MIN}
                    value={lifetime || ""}
                    onInput={(event) => set(event.currentTarget.value)}
                />
                <p class="until">
                    {lifetime ? t("compose.ends", { time: moment(now + lifetime * 60) }) : t("obstacle.expiry")}
                </p>
            </div>
        </Card>
    );
}
