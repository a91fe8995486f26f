/* unlock: the passphrase, where the editor's key is closed. Draws its children when the key is open. */
import { useEffect, useState } from "preact/hooks";
import { sameBytes } from "../base64.js";
import * as keybox from "../keybox.js";
import { getState } from "../store.js";
import { trustedRoster } from "../trust.js";
import { t } from "../words.js";
import { Button, Field, Note } from "./basic.jsx";

/* Is the open key the one that the roster has for who is signed in? */
async function isMine(key) {
    const { site, editor } = getState();
    const roster = await trustedRoster(site);
    const listed = roster.editors.find((one) => one.index === editor.index);
    return !!listed && sameBytes(listed.key, key.publicKey);
}

async function openMine(name, passphrase) {
    if (keybox.canReopen()) {
        await keybox.reopen(passphrase);
    } else {
        const keys = await keybox.listKeys();
        const entry = keys.find((key) => key.name === name) || keys[0];
        if (!entry) throw new Error(t("unlock.none"));
        await keybox.open(entry.file, passphrase);
    }
    if (await isMine(keybox.currentKey())) return;
    keybox.close();
    throw new Error(t("unlock.other"));
}

export function Unlock({ children }) {
    const { editor } = getState();
    const [open, setOpen] = useState(!!keybox.currentKey());
    const [passphrase, setPassphrase] = useState("");
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState("");
    useEffect(() => {
        const timer = setInterval(() => setOpen(!!keybox.currentKey()), 1000);
        return () => clearInterval(timer);
    }, []);
    if (open) return children;
    const unlock = async (event) => {
        event.preventDefault();
        setBusy(true);
        setError("");
        try {
            await openMine(editor.name, passphrase);
            setOpen(true);
        } catch (failure) {
            setError(failure.err === "key" ? t("sign_in.passphrase_wrong") : failure.message);
        }
        setBusy(false);
    };
    return (
        <form class="stack" onSubmit={unlock}>
            <Note title={t("unlock.title", { name: editor.name })}>{t("unlock.more")}</Note>
            <Field
                label={t("sign_in.passphrase")}
                type="password"
                autocomplete="current-password"
                error={error}
                value={passphrase}
                onInput={(event) => setPassphrase(event.currentTarget.value)}
            />
            <Button tone="main" type="submit" icon="key" busy={busy} disabled={busy || !passphrase}>
                {busy ? t("sign_in.opening") : t("unlock.open")}
            </Button>
        </form>
    );
}
