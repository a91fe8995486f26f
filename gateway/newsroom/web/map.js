/* map: Kazakhstan as tiles, drawn by us: 17 regions and 3 cities (round), about where they lie. west: column, south: row. */
const tile = (code, west, south, kk, ru, en, city = false) => ({ code, west, south, short: { kk, ru, en }, city });

export const TILES = [
    tile("KZ-39", 2, 0, "Қост", "Кост", "Kost"),
    tile("KZ-59", 3, 0, "СҚО", "СКО", "NKaz"),
    tile("KZ-11", 4, 0, "Ақм", "Акм", "Akm"),
    tile("KZ-55", 5, 0, "Павл", "Павл", "Pavl"),
    tile("KZ-27", 0, 1, "БҚО", "ЗКО", "WKaz"),
    tile("KZ-15", 1, 1, "Ақт", "Акт", "Akt"),
    tile("KZ-62", 2, 1, "Ұлт", "Улт", "Ulyt"),
    tile("KZ-35", 3, 1, "Қар", "Кар", "Kar"),
    tile("KZ-71", 4, 1, "Аст", "Аст", "Ast", true),
    tile("KZ-10", 5, 1, "Абай", "Абай", "Abai"),
    tile("KZ-63", 6, 1, "ШҚО", "ВКО", "EKaz"),
    tile("KZ-23", 0, 2, "Атыр", "Атыр", "Atyr"),
    tile("KZ-43", 1, 2, "Қыз", "Кыз", "Kyz"),
    tile("KZ-61", 2, 2, "Түрк", "Турк", "Turk"),
    tile("KZ-31", 3, 2, "Жам", "Жам", "Zham"),
    tile("KZ-19", 4, 2, "АлмО", "АлмО", "AlmR"),
    tile("KZ-33", 5, 2, "Жет", "Жет", "Zhet"),
    tile("KZ-47", 0, 3, "Маң", "Манг", "Mang"),
    tile("KZ-79", 2, 3, "Шым", "Шым", "Shym", true),
    tile("KZ-75", 4, 3, "Алм", "Алм", "Alm", true),
];

export const COUNTRY = "KZ";

/* The nearest tile in a direction (dx, dy of -1, 0, 1), by its index; the same one at the edge. */
export function stepTile(index, dx, dy) {
    const from = TILES[index];
    let best = index;
    let bestCost = Infinity;
    TILES.forEach((to, i) => {
        const ahead = (to.west - from.west) * dx + (to.south - from.south) * dy;
        const aside = Math.abs((to.west - from.west) * dy) + Math.abs((to.south - from.south) * dx);
        const cost = ahead + 3 * aside;
        if (ahead > 0 && cost < bestCost) [best, bestCost] = [i, cost];
    });
    return best;
}
