/* sign_dialog: the author signs: the gateway stamps number and time, the page shows the check code of exactly the bytes that
 * are signed, the author signs them and the retraction. */
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api.js";
import { writtenLanguages } from "../draft.js";
import { moment } from "../format.js";
import { go } from "../router.js";
import { approve, restamp, signRetraction, stamp } from "../signing.js";
import { toast } from "../store.js";
import { t } from "../words.js";
import { Bar, Button, CodeBox, ErrorNote, Facts, Waiting } from "./basic.jsx";
import { Dialog } from "./dialog.jsx";
import { ChooseReadings, keepReadings } from "./reading.jsx";
import { areaName } from "./tile_map.jsx";
import { Unlock } from "./unlock.jsx";

export function SignDialog({ core, held, onClose }) {
    const { sketch } = held;
    const draft = sketch.text.draft;
    const drill = draft.kind === "drill";
    const [read, setRead] = useState(null);
    const [step, setStep] = useState("");
    const [files, setFiles] = useState({});
    const [share, setShare] = useState(0); /* of the recording that is going up */
    const [error, setError] = useState(null);
    const dropped = useRef(null);
    useEffect(() => {
        stamp(core, draft).then((stamped) => {
            dropped.current = stamped.id;
            setRead(stamped);
        }, setError);
    }, []);
    const close = () => {
        if (step) return;
        if (dropped.current) api.dropDraft(dropped.current).catch(() => {});
        onClose();
    };
    const sign = async () => {
        setError(null);
        try {
            setStep("signing");
            const signed = await approve(core, read);
            dropped.current = null;
            await keepSigned(core, held, signed, setStep);
            if (Object.keys(files).length > 0) setStep("reading");
            await keepReadings(signed.body, files, setShare);
            go("sign/" + signed.id);
        } catch (failure) {
            setStep("");
            setError(failure);
            if (failure.status === 409) restamp(core, draft, read.id).then(setRead, setError);
        }
    };
    return (
        <Dialog title={t(drill ? "sign.as_author_drill" : "sign.as_author")} tone={drill ? "drill" : "alert"} onClose={close}>
            {!read && !error && <Waiting>{t("signing.stamping")}</Waiting>}
            {read && <Stamped core={core} read={read} />}
            {read && <ChooseReadings languages={writtenLanguages(draft)} files={files} onFiles={setFiles} disabled={!!step} />}
            <ErrorNote error={error} />
            {step === "reading" && <Bar value={share} most={1} label={t("reading.sending")} />}
            {read && (
                <Unlock>
                    <div class="row">
                        <Button tone={drill ? "drill" : "alert"} icon="sign" busy={!!step} disabled={!!step} onClick={sign}>
                            {step ? t("signing." + step) : t("sign.these")}
                        </Button>
                        <Button disabled={!!step} onClick={close}>
                            {t("common.cancel")}
                        </Button>
                    </div>
                </Unlock>
            )}
        </Dialog>
    );
}

/* What is signed stays the sketch's, also if the retraction could not be signed: then that is told. */
async function keepSigned(core, held, signed, setStep) {
    const { retraction } = held.sketch.text;
    let retractId = 0;
    if (retraction && retraction.on && signed.bulletin.kind !== "drill") {
        setStep("retraction");
        try {
            retractId = (await signRetraction(core, retraction, signed)).id;
        } catch (failure) {
            toast(t("signing.no_retraction", { why: failure.message }), "bad");
        }
    }
    held.change({ draftId: signed.id, retractId, hand: null }, { draft: signed.id });
    await held.save();
}

function Stamped({ core, read }) {
    const { bulletin } = read;
    const regions = bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ");
    return (
        <>
            <div class="stamped">
                <p>
                    {t("sign.number")} <strong>№ {bulletin.number}</strong>
                </p>
                <p>
                    {t("common.code")} <CodeBox code={read.code} big />
                </p>
            </div>
            <Facts
                rows={[
                    { label: t("compose.kind"), value: t("kind." + bulletin.kind) },
                    { label: t("compose.where"), value: regions },
                    { label: t("compose.until"), value: moment(bulletin.expires_s) },
                    { label: t("code.severity"), value: t("severity." + bulletin.severity) },
                ]}
            />
            <p class="hint">{t("sign.code_hint")}</p>
        </>
    );
}
