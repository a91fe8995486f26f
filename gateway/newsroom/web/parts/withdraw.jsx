/* withdraw: back to writing: the approvals are given up, and the retraction that waits with them. */
import { useState } from "preact/hooks";
import * as api from "../api.js";
import { go } from "../router.js";
import { toast } from "../store.js";
import { t } from "../words.js";
import { Button } from "./basic.jsx";

async function withdraw(read, sketch) {
    await api.dropDraft(read.id);
    if (!sketch) return;
    if (sketch.text.retractId) await api.dropDraft(sketch.text.retractId).catch(() => {});
    const text = { ...sketch.text, draftId: 0, retractId: 0 };
    await api.putSketch(sketch.id, { version: sketch.version, text });
}

export function WithdrawButton({ read, sketch }) {
    const [busy, setBusy] = useState(false);
    const act = async () => {
        setBusy(true);
        try {
            await withdraw(read, sketch);
            go(sketch ? "compose/" + sketch.id : "sign");
        } catch (failure) {
            toast(failure.why || failure.message, "bad");
        }
        setBusy(false);
    };
    return (
        <Button busy={busy} disabled={busy} onClick={act}>
            {t("sign.withdraw")}
        </Button>
    );
}
