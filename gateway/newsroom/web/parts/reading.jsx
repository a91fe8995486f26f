/* reading: a person's recorded voice where a bulletin is signed, reviewed and looked at: chosen, uploaded, heard, signed. */
import { useEffect, useState } from "preact/hooks";
import { checkSound, fetchReading, listReadings, putReading, signReading } from "../reading.js";
import { toast, useStore } from "../store.js";
import { useWork } from "../use_work.js";
import { t } from "../words.js";
import { Badge, Bar, Button, Card, ErrorNote } from "./basic.jsx";
import { Icon } from "./icon.jsx";
import { languageName } from "./language.jsx";
import { editorName } from "./naming.jsx";
import { Unlock } from "./unlock.jsx";

const ACCEPT = ".wav,.flac,audio/wav,audio/flac";
const HEARD_SHARE = 0.95; /* of its length: a player may end a little early */
const MEGABYTE = 1048576;

/* ---- small parts ---- */

function FileButton({ name, children, disabled, onFile }) {
    const take = (event) => {
        const input = event.currentTarget;
        const file = input.files[0];
        input.value = "";
        if (file) onFile(file);
    };
    return (
        <label class="button small file">
            <input type="file" accept={ACCEPT} disabled={disabled} onChange={take} aria-label={children + ", " + languageName(name)} />
            <span aria-hidden="true">{children}</span>
        </label>
    );
}

const heardSeconds = (ranges) => {
    let sum = 0;
    for (let i = 0; i < ranges.length; i++) sum += ranges.end(i) - ranges.start(i);
    return sum;
};

/* Plays a blob; onHeard once all of it has been played. */
function Sound({ blob, name, autoplay, onHeard }) {
    const [address, setAddress] = useState(null);
    useEffect(() => {
        const made = URL.createObjectURL(blob);
        setAddress(made);
        return () => URL.revokeObjectURL(made);
    }, [blob]);
    const follow = ({ currentTarget: { played, duration } }) => {
        if (onHeard && duration > 0 && heardSeconds(played) >= HEARD_SHARE * duration) onHeard();
    };
    const label = t("reading.title") + ", " + languageName(name);
    return address && <audio controls autoplay={autoplay} src={address} aria-label={label} onTimeUpdate={follow} onEnded={follow} />;
}

/* Exactly the bytes that the gateway has, and that would be signed. */
function Player({ body, row, onHeard }) {
    const [sound, setSound] = useState(null);
    const { busy, error, setError, act } = useWork();
    useEffect(() => {
        setSound(null);
        setError(null);
    }, [row.file]);
    const load = () => act(async () => setSound({ file: row.file, blob: await fetchReading(body, row) }));
    const ready = sound && sound.file === row.file;
    return (
        <>
            {!ready && (
                <Button tone="small" icon="play" busy={busy} disabled={busy} onClick={load}>
                    {t(busy ? "reading.loading" : "reading.listen")}
                </Button>
            )}
            <ErrorNote error={error} />
            {ready && <Sound blob={sound.blob} name={row.language} autoplay onHeard={onHeard && (() => onHeard(row))} />}
        </>
    );
}

function StateBadge({ row, needed }) {
    const n = row.approvals.length;
    if (n >= needed) return <Badge tone="good">{t("reading.ready", { n })}</Badge>;
    return <Badge tone="warn">{n === 0 ? t("reading.unsigned") : t("reading.signed", { n, needed })}</Badge>;
}

function Signers({ row }) {
    const site = useStore((state) => state.site);
    if (row.approvals.length === 0) return null;
    return <p class="hint">{t("reading.signers", { names: row.approvals.map((editor) => editorName(site, editor)).join(", ") })}</p>;
}

/* ---- review ---- */

/* One language's recording: what there is, and what this editor may do with it. voices: of use_readings.js */
export function Reading({ name, voices }) {
    const [share, setShare] = useState(null);
    const { busy, error, act: work } = useWork();
    const row = voices.rows.find((one) => one.language === name);
    if (!voices.on || (!row && !voices.open)) return null;
    const act = async (step) => {
        await work(step);
        setShare(null);
    };
    const put = (file) => act(() => voices.put(name, file, setShare));
    return (
        <div class="voice reading">
            <div class="row between">
                <h3>{t("reading.title")}</h3>
                {row && <StateBadge row={row} needed={voices.needed} />}
            </div>
            {row ? <Signers row={row} /> : <p class="hint">{t("reading.none")}</p>}
            {row && <Player body={voices.body} row={row} onHeard={voices.know} />}
            {share !== null && <Bar value={share} most={1} label={t("reading.sending")} />}
            {row && voices.open && share === null && <Signing row={row} voices={voices} busy={busy} onSign={() => act(() => voices.sign(row))} />}
            <ErrorNote error={error} />
            {voices.open && (
                <div class="row">
                    <FileButton name={name} disabled={busy} onFile={put}>
                        {t(row ? "reading.replace" : "reading.choose")}
                    </FileButton>
                    {row && (
                        <Button tone="small" disabled={busy} onClick={() => act(() => voices.drop(name))}>
                            {t("reading.remove")}
                        </Button>
                    )}
                </div>
            )}
            {voices.open && <p class="hint">{t(row ? "reading.replace_hint" : "reading.choose_hint", { n: voices.needed })}</p>}
        </div>
    );
}

/* Who has not signed the bulletin yet signs the recording with it; who has, signs it here. */
function Signing({ row, voices, busy, onSign }) {
    if (voices.signed(row))
        return (
            <p class="reading-mine" role="status">
                <Icon name="check" /> {t("reading.mine")}
            </p>
        );
    if (!voices.isKnown(row)) return <p role="status">{t("reading.hear_first")}</p>;
    if (!voices.alone)
        return (
            <p class="reading-mine" role="status">
                <Icon name="check" /> {t("reading.with_bulletin")}
            </p>
        );
    return (
        <Unlock>
            <div class="row">
                <Button tone="main" icon="sign" busy={busy} disabled={busy} onClick={onSign}>
                    {t("reading.sign")}
                </Button>
            </div>
        </Unlock>
    );
}

/* Beside the last step: whose voice will be heard if this editor signs now. Nothing where there is no recording. */
export function OnAir({ voices, languages }) {
    if (!voices.on || voices.rows.length === 0) return null;
    const say = (name) => {
        const row = voices.rows.find((one) => one.language === name);
        if (!row) return "reading.air_synthetic";
        if (voices.willPlay(row)) return "reading.air_recorded";
        return voices.signed(row) || voices.isKnown(row) ? "reading.air_unsigned" : "reading.air_unheard";
    };
    return (
        <div class="on-air" role="status">
            <b>{t("reading.on_air")}</b>
            <ul>
                {languages.map((name) => (
                    <li key={name}>
                        {languageName(name)}: {t(say(name))}
                    </li>
                ))}
            </ul>
        </div>
    );
}

/* ---- signing as author ---- */

/* files: {language: File}, which are handed in and signed with the bulletin. */
export function ChooseReadings({ languages, files, onFiles, disabled }) {
    const radio = useStore((state) => !!(state.site && state.site.radio));
    const [error, setError] = useState(null);
    if (!radio) return null;
    const take = (name) => async (file) => {
        try {
            await checkSound(file);
            setError(null);
            onFiles({ ...files, [name]: file });
        } catch (failure) {
            setError(failure);
        }
    };
    const drop = (name) => onFiles(Object.fromEntries(Object.entries(files).filter(([one]) => one !== name)));
    return (
        <details class="readings">
            <summary>{t("reading.optional", { n: Object.keys(files).length })}</summary>
            <p class="hint">{t("reading.author_hint")}</p>
            <ErrorNote error={error} />
            {languages.map((name) => (
                <Chosen key={name} name={name} file={files[name]} disabled={disabled} onFile={take(name)} onDrop={() => drop(name)} />
            ))}
        </details>
    );
}

const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(1);

const Chosen = ({ name, file, disabled, onFile, onDrop }) => (
    <div class="voice reading">
        <div class="row between">
            <b lang={name}>{languageName(name)}</b>
            <div class="row">
                <FileButton name={name} disabled={disabled} onFile={onFile}>
                    {t(file ? "reading.replace" : "reading.choose")}
                </FileButton>
                {file && (
                    <Button tone="small" disabled={disabled} onClick={onDrop}>
                        {t("reading.remove")}
                    </Button>
                )}
            </div>
        </div>
        <p class="hint" role="status">
            {file ? t("reading.file", { name: file.name, size: megabytes(file.size) }) : t("reading.none")}
        </p>
        {file && <Sound blob={file} name={name} />}
    </div>
);

/* Hands in and signs what the author chose. The bulletin is signed already: what fails is told, and can be done again at its review. */
export async function keepReadings(body, files, onShare) {
    for (const [name, file] of Object.entries(files)) {
        try {
            await signReading(body, await putReading(body, name, file, onShare));
        } catch (failure) {
            toast(t("reading.failed", { language: languageName(name), why: failure.why || failure.message }), "bad");
        }
    }
}

/* ---- in lists ---- */

/* That there is something to be heard before one signs. */
export function HasReading({ body, code }) {
    const radio = useStore((state) => !!(state.site && state.site.radio));
    const [count, setCount] = useState(0);
    useEffect(() => {
        if (radio) listReadings(body).then((rows) => setCount(rows.length), () => {}); /* its review tells more */
    }, [code, radio]);
    return count > 0 && <Badge tone="accent">{t("reading.title")}</Badge>;
}

/* ---- afterwards ---- */

/* The recordings of a bulletin that was sent. */
export function Recorded({ body, number }) {
    const needed = useStore((state) => (state.site && state.site.roster ? state.site.roster.approvals : 2));
    const [rows, setRows] = useState([]);
    useEffect(() => {
        listReadings(body).then(setRows, () => {}); /* without them the page shows all else */
    }, [number]);
    if (rows.length === 0) return null;
    return (
        <Card title={t("reading.sent_title")}>
            {rows.map((row) => (
                <div key={row.language} class="stack reading">
                    <div class="row between">
                        <b lang={row.language}>{languageName(row.language)}</b>
                        <Badge tone={row.approvals.length >= needed ? "good" : "warn"}>
                            {t("reading.signed", { n: row.approvals.length, needed })}
                        </Badge>
                    </div>
                    <Signers row={row} />
                    <Player body={body} row={row} />
                </div>
            ))}
            <p class="hint">{t("reading.sent_hint")}</p>
        </Card>
    );
}
