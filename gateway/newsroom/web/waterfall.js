/* waterfall: the picture of a recording: time across, frequency up, loudness as colour. Reads WAV of 16 bits. Pure but for the
 * canvas that it draws on. */

export const TOP_HZ = 4000;
const FINE_HZ = 16; /* the lines that can be told apart */
const COLUMNS = 900;
const ROWS = 220;
const RANGE_DB = 70;

const text4 = (view, at) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

/* {rate, samples: Int16Array of the first channel}. Throws for what is no such recording. */
export function readWav(buffer) {
    const view = new DataView(buffer);
    if (buffer.byteLength < 44 || text4(view, 0) !== "RIFF" || text4(view, 8) !== "WAVE") throw new Error("no WAV");
    const found = {};
    for (let at = 12; at + 8 <= buffer.byteLength; ) {
        const size = view.getUint32(at + 4, true);
        found[text4(view, at)] = { at: at + 8, size: Math.min(size, buffer.byteLength - at - 8) };
        at += 8 + size + (size % 2);
    }
    const { "fmt ": format, data } = found;
    if (!format || !data || view.getUint16(format.at + 14, true) !== 16) throw new Error("no WAV of 16 bits");
    const channels = view.getUint16(format.at + 2, true);
    const samples = new Int16Array(Math.floor(data.size / 2 / channels));
    for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(data.at + 2 * i * channels, true);
    return { rate: view.getUint32(format.at + 4, true), samples };
}

/* Cooley and Tukey's transform in place; the size is a power of two. */
export function transform(re, im) {
    const size = re.length;
    for (let i = 1, j = 0; i < size; i++) {
        let bit = size >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) {
            [re[i], re[j]] = [re[j], re[i]];
            [im[i], im[j]] = [im[j], im[i]];
        }
    }
    for (let half = 1; half < size; half *= 2)
        for (let k = 0; k < half; k++) {
            const c = Math.cos((Math.PI * k) / half);
            const s = -Math.sin((Math.PI * k) / half);
            for (let i = k; i < size; i += 2 * half) turn(re, im, i, i + half, c, s);
        }
}

function turn(re, im, a, b, c, s) {
    const x = re[b] * c - im[b] * s;
    const y = re[b] * s + im[b] * c;
    re[b] = re[a] - x;
    im[b] = im[a] - y;
    re[a] += x;
    im[a] += y;
}

/* Loudness of each row (0 is TOP_HZ) around one moment, in dB under full scale. */
function measure(wav, middle, size) {
    const re = new Float64Array(size);
    const im = new Float64Array(size);
    const from = middle - size / 2;
    for (let i = 0; i < size; i++) {
        const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size);
        re[i] = ((wav.samples[from + i] || 0) / 32768) * hann;
    }
    transform(re, im);
    const rows = new Float64Array(ROWS);
    for (let row = 0; row < ROWS; row++) {
        const bin = Math.min(size / 2 - 1, Math.round((TOP_HZ * (ROWS - row) * size) / (ROWS * wav.rate)));
        rows[row] = 20 * Math.log10(Math.hypot(re[bin], im[bin]) / (size / 4) + 1e-9);
    }
    return rows;
}

/* From night blue over teal to pale yellow. */
function paint(pixels, at, db) {
    const v = Math.min(1, Math.max(0, 1 + db / RANGE_DB));
    pixels[at] = 255 * Math.min(1, Math.max(0, 2.2 * v - 1));
    pixels[at + 1] = 255 * Math.min(1, 0.06 + 0.9 * v * v);
    pixels[at + 2] = 255 * (0.16 + 0.5 * Math.sin(Math.PI * v));
    pixels[at + 3] = 255;
}

export function drawWaterfall(canvas, wav) {
    const size = 2 ** Math.round(Math.log2(wav.rate / FINE_HZ));
    canvas.width = COLUMNS;
    canvas.height = ROWS;
    const context = canvas.getContext("2d");
    const image = context.createImageData(COLUMNS, ROWS);
    for (let column = 0; column < COLUMNS; column++) {
        const rows = measure(wav, Math.floor((wav.samples.length * (column + 0.5)) / COLUMNS), size);
        rows.forEach((db, row) => paint(image.data, 4 * (row * COLUMNS + column), db));
    }
    context.putImageData(image, 0, 0);
}
