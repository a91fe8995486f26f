/* import_people: a list of people who agreed to get texts goes to the gateway, with how they agreed. The file is never shown:
 * there are numbers in it. */
import { useRef, useState } from "preact/hooks";
import * as api from "../api.js";
import { bytesOf } from "../draft.js";
import { useWork } from "../use_work.js";
import { t, tOr } from "../words.js";
import { Button, Card, ErrorNote, Field, Note, Table } from "./basic.jsx";

const FILE_BYTES = 4000000;
const CONSENT_BYTES = 255;
const EXAMPLE = "NUMBER;kk;cyrillic;KZ-75\nNUMBER;ru;latin;KZ-19,KZ-75\nNUMBER;en;;KZ";

const isBlank = (line) => line.trim() === "" || line.startsWith("#");

/* What is known of a file without showing it. */
async function readList(file) {
    if (file.size > FILE_BYTES) throw new Error(t("import.long"));
    const csv = (await file.text()).replace(/^\ufeff/, "");
    const lines = csv.split("\n").filter((line) => !isBlank(line)).length;
    if (lines === 0) throw new Error(t("import.empty"));
    return { csv, lines, name: file.name };
}

export function ImportPeople({ onDone }) {
    const [list, setList] = useState(null);
    const [consent, setConsent] = useState("");
    const [testers, setTesters] = useState(false);
    const [result, setResult] = useState(null);
    const { busy, error, act: work } = useWork();
    const tooLong = bytesOf(consent) > CONSENT_BYTES;
    const act = (step) => {
        setResult(null);
        return work(step);
    };
    const put = (event) => {
        event.preventDefault();
        act(async () => {
            const told = await api.importSubscribers(list.csv, consent.trim(), testers);
            setResult(told);
            if (told.refused.length > 0) return;
            setList(null);
            onDone();
        });
    };
    return (
        <Card title={t("import.title")}>
            <form class="stack" onSubmit={put}>
                <p>{t("import.lead")}</p>
                <ChooseList list={list} onFile={(file) => act(async () => setList(await readList(file)))} />
                <Field
                    label={t("import.consent")}
                    hint={t("import.consent_hint")}
                    error={tooLong ? t("import.consent_long") : ""}
                    autocomplete="off"
                    value={consent}
                    onInput={(event) => setConsent(event.currentTarget.value)}
                />
                <label class="check">
                    <input type="checkbox" checked={testers} onChange={(event) => setTesters(event.currentTarget.checked)} />
                    <span>
                        {t("import.testers")} <span class="hint">{t("import.testers_hint")}</span>
                    </span>
                </label>
                <ErrorNote error={error} />
                <div class="row">
                    <Button tone="main" type="submit" icon="people" busy={busy} disabled={busy || !list || !consent.trim() || tooLong}>
                        {busy ? t("import.busy") : list ? t("import.put", { n: list.lines }) : t("import.put_none")}
                    </Button>
                </div>
            </form>
            {result && <Result result={result} />}
        </Card>
    );
}

function ChooseList({ list, onFile }) {
    const input = useRef(null);
    const take = () => {
        const file = input.current.files[0];
        if (file) onFile(file);
        input.current.value = "";
    };
    return (
        <>
            <div class="row">
                <label class="button file">
                    <input type="file" accept=".csv,.txt,text/csv,text/plain" ref={input} onChange={take} />
                    <span>{t("import.file")}</span>
                </label>
                <span role="status">{list && t("import.chosen", { name: list.name, n: list.lines })}</span>
            </div>
            <details>
                <summary>{t("import.form")}</summary>
                <pre class="command">{EXAMPLE}</pre>
                <p class="hint">{t("import.form_more")}</p>
            </details>
        </>
    );
}

function Result({ result }) {
    if (result.refused.length === 0)
        return (
            <Note tone={result.stopped ? "warn" : "good"} title={t("import.done", { n: result.added })}>
                {result.changed > 0 && t("import.changed", { n: result.changed })}
                {result.stopped && <p>{t("import.stopped", { why: result.stopped })}</p>}
            </Note>
        );
    const columns = [
        { key: "line", label: t("import.line"), number: true },
        { key: "why", label: t("import.why") },
    ];
    const rows = result.refused.map((row) => ({ id: row.line, line: row.line, why: tOr("import.why." + row.why, row.why) }));
    return (
        <>
            <Note tone="bad" title={t("import.refused", { n: result.refused.length })}>
                {t("import.refused_more")}
            </Note>
            <Table caption={t("import.refused_lines")} columns={columns} rows={rows} />
        </>
    );
}
