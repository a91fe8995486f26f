/* tile_map: the regions as tiles, to choose from or only to show. One tab stop; the arrow keys walk, space chooses. */
import { useRef, useState } from "preact/hooks";
import { COUNTRY, stepTile, TILES } from "../map.js";
import { language, t } from "../words.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/* areas: core.areas(); chosen: codes. Without onChange it only shows. tone: "alert" or "drill". */
export function TileMap({ areas, chosen, onChange, tone = "" }) {
    const [at, setAt] = useState(0);
    const [told, setTold] = useState(null);
    const grid = useRef(null);
    const whole = chosen.includes(COUNTRY);
    const nameOf = (code) => areaName(areas, code);
    const walk = (event) => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        const to = stepTile(at, step[0], step[1]);
        setAt(to);
        grid.current.children[to].focus();
    };
    const toggle = (code) => onChange(toggleRegion(chosen, code));
    const summary = chosen.map(nameOf).join(", ");
    if (!onChange)
        return (
            <figure class={"map shown " + tone} role="img" aria-label={summary}>
                <div class="map-grid" aria-hidden="true">
                    {TILES.map((tile) => (
                        <span key={tile.code} class={tileClass(tile, whole || chosen.includes(tile.code))} style={place(tile)}>
                            {tile.short[language()]}
                        </span>
                    ))}
                </div>
            </figure>
        );
    return (
        <div class={"map " + tone}>
            <div class="map-grid" role="group" aria-label={t("map.label")} ref={grid} onKeyDown={walk}>
                {TILES.map((tile, i) => (
                    <button
                        key={tile.code}
                        type="button"
                        class={tileClass(tile, whole || chosen.includes(tile.code))}
                        style={place(tile)}
                        aria-pressed={whole || chosen.includes(tile.code)}
                        tabindex={i === at ? 0 : -1}
                        onClick={() => toggle(tile.code)}
                        onFocus={() => (setAt(i), setTold(tile.code))}
                        onMouseEnter={() => setTold(tile.code)}
                        onMouseLeave={() => setTold(null)}
                    >
                        <span aria-hidden="true">{tile.short[language()]}</span>
                        <span class="unseen">{nameOf(tile.code)}</span>
                    </button>
                ))}
            </div>
            <p class="map-told" aria-hidden="true">
                {told ? nameOf(told) : summary || t("map.none")}
            </p>
        </div>
    );
}

const tileClass = (tile, on) => "tile" + (tile.city ? " city" : "") + (on ? " on" : "");

const place = (tile) => ({ gridColumn: tile.west + 1 + " / span 1", gridRow: tile.south + 1 + " / span 1" });

/* Whole country or regions: one excludes the other. */
export function toggleRegion(chosen, code) {
    if (code === COUNTRY) return chosen.includes(COUNTRY) ? [] : [COUNTRY];
    const regions = chosen.filter((one) => one !== COUNTRY);
    return regions.includes(code) ? regions.filter((one) => one !== code) : [...regions, code].sort();
}

export function areaName(areas, code, name = language()) {
    const area = areas.find((one) => one.code === code);
    return area ? area.name[name] : code;
}

/* The same as a list of checkboxes, for whoever reads better than points. */
export function RegionList({ areas, chosen, onChange }) {
    const name = language();
    const sorted = [...areas].sort((a, b) =>
        a.code === COUNTRY ? -1 : b.code === COUNTRY ? 1 : a.name[name].localeCompare(b.name[name], name),
    );
    return (
        <fieldset class="region-list">
            <legend class="unseen">{t("map.label")}</legend>
            {sorted.map((area) => (
                <label key={area.code} class="check">
                    <input
                        type="checkbox"
                        checked={chosen.includes(area.code)}
                        onChange={() => onChange(toggleRegion(chosen, area.code))}
                    />
                    <span>{area.name[name]}</span>
                </label>
            ))}
        </fieldset>
    );
}
