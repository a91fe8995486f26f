/* long_list: lists that the gateway tells from an id on, the oldest first, STEP rows at a time. Pure but for the asking. */

export const STEP = 1000; /* as gateway/newsroom/ask.c */

const lastId = (rows) => rows[rows.length - 1].id;

/* All rows, as far as most. */
export async function readAll(list, most = 20 * STEP) {
    const all = [];
    let after = 0;
    while (all.length < most) {
        const rows = await list(after);
        all.push(...rows);
        if (rows.length < STEP) break;
        after = lastId(rows);
    }
    return all;
}

/* The id of the newest row, found in few questions, however long the list is; 0 if it is empty. */
export async function findNewest(list) {
    let rows = await list(0);
    let low = 0;
    let high = null; /* nothing comes after it */
    let stride = STEP;
    while (rows.length === STEP && (high === null || high - low > 1)) {
        const at = high === null ? low + stride : Math.floor((low + high) / 2);
        const more = await list(at);
        if (more.length === 0) {
            high = at;
        } else {
            low = at;
            rows = more;
        }
        stride *= 2;
    }
    return rows.length === 0 ? 0 : lastId(rows);
}

/* At most size rows up to this id, the newest first. */
export async function readPage(list, newest, size) {
    const rows = await list(Math.max(0, newest - size));
    return rows.filter((row) => row.id <= newest).reverse();
}
