/* sign_confirm: the second editor's last step: types the region's name (or, of a drill, its word), holds to sign, and the
 * bulletin goes out. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { DRILL_WORDS, foldName, LANGUAGES } from "../draft.js";
import { approve } from "../signing.js";
import { refresh, useStore } from "../store.js";
import { language, t } from "../words.js";
import { Accepted } from "./accepted.jsx";
import { Card, ErrorNote, Field, Note } from "./basic.jsx";
import { HoldButton } from "./hold.jsx";
import { OnAir } from "./reading.jsx";
import { areaName } from "./tile_map.jsx";
import { Unlock } from "./unlock.jsx";
import { WithdrawButton } from "./withdraw.jsx";

/* Words that only say what sort of place it is: nobody needs to type them. */
const PLACE_WORDS = /(^| )(облысы|область|region|қаласы|город|city)(?= |$)/g;

/* What may be typed for any of the regions, in any language. */
export function namesToType(areas, regions) {
    const names = new Set();
    for (const code of regions)
        for (const name of LANGUAGES) {
            const whole = foldName(areaName(areas, code, name));
            names.add(whole);
            names.add(whole.replace(PLACE_WORDS, " ").trim());
        }
    return names;
}

const drillWords = () => new Set(LANGUAGES.map((name) => foldName(DRILL_WORDS[name])));

/* good: whether every approval so far is; otherwise there is nothing to sign. */
export function Confirm({ core, read, good, onRead, sketch, voices }) {
    const me = useStore((state) => state.editor);
    const [accepted, setAccepted] = useState(null);
    const signed = read.bulletin.approvals.some((approval) => approval.editor === me.index);
    if (accepted) return <Accepted number={accepted} code={read.code} drill={read.bulletin.kind === "drill"} />;
    if (read.state === "sent") return <Sent read={read} />;
    if (read.state === "open") return <Lapsed read={read} sketch={sketch} />;
    if (signed && read.state !== "ready") return <WaitForOther read={read} sketch={sketch} />;
    return (
        <Card title={t(read.bulletin.kind === "drill" ? "confirm.title_drill" : "confirm.title")}>
            {good === false && <Note tone="bad" title={t("confirm.bad")} />}
            <Unlock>
                <Typed core={core} read={read} good={good} sketch={sketch} signed={signed} voices={voices} onRead={onRead} onAccepted={setAccepted} />
            </Unlock>
            <WithdrawButton read={read} sketch={sketch} />
        </Card>
    );
}

const Sent = ({ read }) => (
    <Card title={t("confirm.sent")}>
        <a class="button main" href={"#/bulletin/" + read.bulletin.number}>
            <span>№ {read.bulletin.number}</span>
        </a>
    </Card>
);

const Lapsed = ({ read, sketch }) => (
    <Card title={t("confirm.lapsed")}>
        <p>{t("confirm.lapsed_more")}</p>
        <WithdrawButton read={read} sketch={sketch} />
    </Card>
);

const WaitForOther = ({ read, sketch }) => (
    <Card title={t("confirm.wait")}>
        <p>{t("confirm.wait_more")}</p>
        <WithdrawButton read={read} sketch={sketch} />
    </Card>
);

function Typed({ core, read, good, sketch, signed, voices, onRead, onAccepted }) {
    const { bulletin } = read;
    const drill = bulletin.kind === "drill";
    const [typed, setTyped] = useState("");
    const [step, setStep] = useState("");
    const [error, setError] = useState(null);
    const accepts = drill ? drillWords() : namesToType(core.areas(), bulletin.regions);
    const right = accepts.has(foldName(typed));
    const wanted = drill
        ? DRILL_WORDS[language()]
        : bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ");
    const act = async () => {
        setError(null);
        try {
            let now = read;
            setStep("signing");
            await voices.signKnown(); /* before it goes out: the radio begins at once */
            if (!signed) now = await approve(core, read);
            setStep("sending");
            onAccepted(await sendReady(now, onRead, sketch));
        } catch (failure) {
            setError(failure);
        }
        setStep("");
    };
    return (
        <div class="stack">
            <Field
                label={t(drill ? "confirm.type_drill" : "confirm.type")}
                hint={t("confirm.type_hint", { name: wanted })}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                value={typed}
                onInput={(event) => setTyped(event.currentTarget.value)}
            />
            <OnAir voices={voices} languages={LANGUAGES.filter((name) => bulletin[name])} />
            <ErrorNote error={error} />
            <HoldButton
                label={step ? t("signing." + step) : t(drill ? "confirm.hold_drill" : "confirm.hold")}
                yes={t(drill ? "hold.yes_drill" : "hold.yes")}
                tone={drill ? "drill" : "alert"}
                disabled={!right || !good || !!step}
                onDone={act}
            />
        </div>
    );
}

const closeSketch = ({ id, version, draft, text }) =>
    api.putSketch(id, { version, draft: draft || undefined, closed: true, text });

/* Its number once it is accepted; null if more editors must sign. */
async function sendReady(read, onRead, sketch) {
    if (read.state !== "ready") {
        onRead(read);
        return null;
    }
    const { number } = await api.sendDraft(read.id);
    refresh().catch(() => {});
    if (sketch) closeSketch(sketch).catch(() => {}); /* at worst it stays among those being written */
    return number;
}
