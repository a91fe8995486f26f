/* count_map: how many people there are, on the tiles of the regions. The same stands in a table beside it, so that readers of
 * screens are not told it twice. */
import { TILES } from "../map.js";
import { language, number } from "../words.js";

const PLENTY = 0.5; /* of the most */
const SOME = 0.15;

function heatOf(count, most) {
    if (count === 0) return 0;
    return count > PLENTY * most ? 3 : count > SOME * most ? 2 : 1;
}

/* counts: {code: people} */
export function CountMap({ counts }) {
    const most = Math.max(0, ...TILES.map((tile) => counts[tile.code] || 0));
    return (
        <div class="map count-map" aria-hidden="true">
            <div class="map-grid">
                {TILES.map((tile) => (
                    <CountTile key={tile.code} tile={tile} count={counts[tile.code] || 0} most={most} />
                ))}
            </div>
        </div>
    );
}

const CountTile = ({ tile, count, most }) => (
    <span
        class={"tile heat-" + heatOf(count, most) + (tile.city ? " city" : "")}
        style={{ gridColumn: tile.west + 1 + " / span 1", gridRow: tile.south + 1 + " / span 1" }}
    >
        <span>{tile.short[language()]}</span>
        <b>{number(count)}</b>
    </span>
);
