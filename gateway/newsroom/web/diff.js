/* diff: which words of a text are new, gone or the same, by their longest common sequence; and what a shortened text leaves out. Pure. */

const split = (text) => text.split(/(\s+)/).filter((piece) => piece !== "");

function lengths(a, b) {
    const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--)
        for (let j = b.length - 1; j >= 0; j--)
            table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    return table;
}

function push(pieces, change, text) {
    const last = pieces[pieces.length - 1];
    if (last && last.change === change) last.text += text;
    else pieces.push({ change, text });
}

/* [{change: "same" | "gone" | "new", text}] */
export function diffWords(before, after) {
    const a = split(before);
    const b = split(after);
    const table = lengths(a, b);
    const pieces = [];
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) push(pieces, "same", a[(j++, i++)]);
        else if (i < a.length && (j === b.length || table[i + 1][j] >= table[i][j + 1])) push(pieces, "gone", a[i++]);
        else push(pieces, "new", b[j++]);
    }
    return pieces;
}

/* Whole sentences are left out in one piece: before it both texts are the same, behind it what the shorter one goes on with. */
export function findLeft(whole, made) {
    let at = 0;
    while (at < made.length && whole[at] === made[at]) at++;
    at = whole.lastIndexOf(" ", at - 1) + 1;
    const rest = made.slice(at);
    let kept = Math.min(rest.length, whole.length - at);
    while (kept > 0 && !whole.endsWith(rest.slice(0, kept))) kept--;
    return whole.slice(at, whole.length - kept).trim();
}
