/* sign_in: choose a key that this browser keeps, open a key file, or make a key. Key and passphrase stay in the browser. */
import { useEffect, useState } from "preact/hooks";
import * as keybox from "../keybox.js";
import { loadSodium, makeKey } from "../keys.js";
import { Button, Card, ErrorNote, Field, Note } from "../parts/basic.jsx";
import { Mark } from "../parts/header.jsx";
import { LanguageSwitch } from "../parts/language.jsx";
import { signIn, UnknownKey } from "../session.js";
import { t, useLanguage } from "../words.js";

const NAME = /^[\p{L}\p{N}._-]+$/u;
const NAME_BYTES = 12;
const PASSPHRASE_MIN = 8;
const FILE_BYTES = 110;

export function SignIn() {
    useLanguage();
    const [keys, setKeys] = useState(null);
    const [making, setMaking] = useState(false);
    const load = () => keybox.listKeys().then(setKeys);
    useEffect(() => {
        load();
        loadSodium().catch(() => {}); /* asked again when it is needed */
    }, []);
    if (keys === null) return null;
    return (
        <div class="gate">
            <header class="gate-head">
                <span class="brand">
                    <Mark />
                    dabyl
                </span>
                <LanguageSwitch />
            </header>
            <main class="gate-main">
                <h1>{t("sign_in.title")}</h1>
                <p class="lead">{t("sign_in.lead")}</p>
                {making ? (
                    <MakeKey onDone={() => load().then(() => setMaking(false))} />
                ) : (
                    <OpenKey keys={keys} onKeys={load} onMake={() => setMaking(true)} />
                )}
            </main>
        </div>
    );
}

function signInError(error) {
    if (error instanceof UnknownKey) return { message: t("sign_in.unknown") };
    if (error.name === "KeyError" && error.err === "key") return { message: t("sign_in.passphrase_wrong") };
    if (error.name === "KeyError" && error.err === "value") return { message: t("sign_in.origin") };
    return error;
}

function OpenKey({ keys, onKeys, onMake }) {
    const [chosen, setChosen] = useState(keys[0] ? keys[0].name : "");
    const [passphrase, setPassphrase] = useState("");
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const entry = keys.find((key) => key.name === chosen) || keys[0];
    const enter = async (event) => {
        event.preventDefault();
        setBusy(true);
        setError(null);
        try {
            await keybox.open(entry.file, passphrase);
            await signIn();
        } catch (failure) {
            setError(signInError(failure));
            setBusy(false);
        }
    };
    return (
        <>
            {entry && (
                <form class="card" onSubmit={enter}>
                    <KeyList keys={keys} chosen={entry.name} onChoose={setChosen} />
                    <Field
                        label={t("sign_in.passphrase")}
                        type="password"
                        autocomplete="current-password"
                        value={passphrase}
                        onInput={(event) => setPassphrase(event.currentTarget.value)}
                    />
                    <ErrorNote error={error} />
                    <Button tone="main" type="submit" icon="key" busy={busy} disabled={busy || !passphrase}>
                        {busy ? t("sign_in.opening") : t("sign_in.enter")}
                    </Button>
                </form>
            )}
            <OtherKey first={!entry} onKeys={onKeys} onMake={onMake} />
        </>
    );
}

function KeyList({ keys, chosen, onChoose }) {
    return (
        <fieldset class="key-list">
            <legend>{t("sign_in.which")}</legend>
            {keys.map((key) => (
                <label key={key.name} class="key-one">
                    <input
                        type="radio"
                        name="key"
                        checked={key.name === chosen}
                        onChange={() => onChoose(key.name)}
                    />
                    <span>{key.name}</span>
                </label>
            ))}
        </fieldset>
    );
}

async function takeFile(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length !== FILE_BYTES) throw new Error(t("sign_in.no_key_file"));
    const name = new TextDecoder().decode(bytes.slice(10, 22)).replace(/\0+$/, "");
    await keybox.keepKey({ name, file: bytes, publicLine: "" });
}

function OtherKey({ first, onKeys, onMake }) {
    const [error, setError] = useState(null);
    const take = async (event) => {
        const input = event.currentTarget;
        setError(null);
        try {
            await takeFile(input.files[0]);
            onKeys();
        } catch (failure) {
            setError(failure);
        }
        input.value = "";
    };
    return (
        <Card title={first ? t("sign_in.first") : t("sign_in.other")}>
            <p class="hint">{t("sign_in.other_hint")}</p>
            <ErrorNote error={error} />
            <div class="row">
                <label class="button file">
                    <input type="file" onChange={take} />
                    <span>{t("sign_in.file")}</span>
                </label>
                <Button icon="plus" onClick={onMake}>
                    {t("sign_in.make")}
                </Button>
            </div>
        </Card>
    );
}

function checkMaking({ name, first, second }) {
    const bytes = new TextEncoder().encode(name).length;
    return {
        name: name && (!NAME.test(name) || bytes > NAME_BYTES) ? t("sign_in.name_bad", { n: NAME_BYTES }) : "",
        first: first && first.length < PASSPHRASE_MIN ? t("sign_in.short", { n: PASSPHRASE_MIN }) : "",
        second: second && second !== first ? t("sign_in.differ") : "",
    };
}

export function MakeKey({ onDone }) {
    const [given, setGiven] = useState({ name: "", first: "", second: "" });
    const [made, setMade] = useState(null);
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const wrong = checkMaking(given);
    const whole = given.name && given.first && given.second && !wrong.name && !wrong.first && !wrong.second;
    const set = (key) => (event) => setGiven({ ...given, [key]: event.currentTarget.value });
    const make = async (event) => {
        event.preventDefault();
        setBusy(true);
        try {
            const key = await makeKey(given.name, given.first);
            await keybox.keepKey({ name: given.name, ...key });
            setMade({ name: given.name, ...key });
        } catch (failure) {
            setError(failure);
        }
        setBusy(false);
    };
    if (made) return <Made made={made} onDone={onDone} />;
    return (
        <form class="card" onSubmit={make}>
            <h2>{t("sign_in.make")}</h2>
            <Field
                label={t("sign_in.name")}
                hint={t("sign_in.name_hint")}
                error={wrong.name}
                autocomplete="username"
                value={given.name}
                onInput={set("name")}
            />
            <Field
                label={t("sign_in.passphrase_new")}
                hint={t("sign_in.passphrase_hint")}
                error={wrong.first}
                type="password"
                autocomplete="new-password"
                value={given.first}
                onInput={set("first")}
            />
            <Field
                label={t("sign_in.passphrase_again")}
                error={wrong.second}
                type="password"
                autocomplete="new-password"
                value={given.second}
                onInput={set("second")}
            />
            <ErrorNote error={error} />
            <div class="row">
                <Button tone="main" type="submit" busy={busy} disabled={!whole || busy}>
                    {busy ? t("sign_in.making") : t("sign_in.make_now")}
                </Button>
                <Button onClick={onDone}>{t("common.cancel")}</Button>
            </div>
        </form>
    );
}

function Made({ made, onDone }) {
    const [copied, setCopied] = useState(false);
    const address = URL.createObjectURL(new Blob([made.file], { type: "application/octet-stream" }));
    const copy = async () => {
        await navigator.clipboard.writeText(made.publicLine);
        setCopied(true);
    };
    return (
        <Card title={t("sign_in.made", { name: made.name })}>
            <Note tone="good" title={t("sign_in.made_more")} />
            <p>{t("sign_in.hand_over")}</p>
            <pre class="public-line">{made.publicLine}</pre>
            <div class="row">
                <Button onClick={copy}>{copied ? t("common.copied") : t("common.copy")}</Button>
                <a class="button" href={address} download={made.name.toLowerCase() + ".key"}>
                    <span>{t("sign_in.download")}</span>
                </a>
                <Button tone="main" onClick={onDone}>
                    {t("common.continue")}
                </Button>
            </div>
        </Card>
    );
}
