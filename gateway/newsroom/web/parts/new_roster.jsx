/* new_roster: a roster file that the newsroom's key has signed: read and checked here, what it changes is shown, then it is put in
 * place of the old one. */
import * as api from "../api.js";
import { toBase64 } from "../base64.js";
import { loadSodium } from "../keys.js";
import { refresh, toast } from "../store.js";
import { trustedRoster } from "../trust.js";
import { useFile } from "../use_work.js";
import { t } from "../words.js";
import { Button, Card, ErrorNote, Note } from "./basic.jsx";
import { Command } from "./loaded.jsx";

const FILE_BYTES = 16384;

async function readFile(site, file) {
    if (file.size > FILE_BYTES) throw new Error(t("staff.no_file"));
    const sealed = new Uint8Array(await file.arrayBuffer());
    await loadSodium();
    const roster = await trustedRoster({ ...site, roster: { sealed: toBase64(sealed) } }).catch((error) => {
        throw new Error(t("staff.no_file") + " (" + error.message + ")");
    });
    if (site.roster && roster.number <= site.roster.number) throw new Error(t("staff.old_file", { n: roster.number }));
    return { sealed, roster };
}

/* What becomes different: [{name, what}], what is "added", "revoked", "back", "gone" or "dates". */
export function findChanges(before, after) {
    const changes = [];
    for (const editor of after) {
        const was = before.find((one) => one.index === editor.index);
        const what = !was
            ? "added"
            : editor.revoked !== was.revoked
              ? editor.revoked
                  ? "revoked"
                  : "back"
              : editor.until_s !== was.until_s || editor.from_s !== was.from_s
                ? "dates"
                : "";
        if (what) changes.push({ name: editor.name, what });
    }
    const left = before.filter((was) => !after.some((one) => one.index === was.index));
    return [...changes, ...left.map((was) => ({ name: was.name, what: "gone" }))];
}

export function NewRoster({ site }) {
    const { read, setRead, busy, error, act, take } = useFile((file) => readFile(site, file));
    const put = () =>
        act(async () => {
            const told = await api.putRoster(read.sealed);
            setRead(null);
            toast(t("staff.put_done", { n: told.number }));
            await refresh();
        });
    return (
        <Card title={t("staff.new")}>
            <p>{t("staff.new_more")}</p>
            <Command>dabylctl roster make --key newsroom.key --roster old.roster --editor new.pub -o new.roster</Command>
            <ErrorNote error={error} />
            <div class="row">
                <label class="button file">
                    <input type="file" disabled={busy} onChange={take} />
                    <span>{t("staff.open")}</span>
                </label>
            </div>
            {read && <Changes before={site.roster ? site.roster.editors : []} roster={read.roster} />}
            {read && (
                <div class="row">
                    <Button tone="danger" busy={busy} disabled={busy} onClick={put}>
                        {t("staff.put", { n: read.roster.number })}
                    </Button>
                    <Button onClick={() => setRead(null)}>{t("common.cancel")}</Button>
                </div>
            )}
        </Card>
    );
}

const StationList = ({ stations }) => (
    <li>
        {t("staff.stations")}: <b>{stations.map((station) => station.name).join(", ")}</b>
    </li>
);

function Changes({ before, roster }) {
    const changes = findChanges(before, roster.editors);
    return (
        <Note title={t("staff.read", { n: roster.number })}>
            <ul>
                {changes.map((change) => (
                    <li key={change.name + change.what}>
                        <b>{change.name}</b>: {t("staff_change." + change.what)}
                    </li>
                ))}
                {changes.length === 0 && <li>{t("staff.same")}</li>}
                {roster.stations.length > 0 && <StationList stations={roster.stations} />}
                <li>
                    {t("staff.approvals")}: <b>{t(roster.approvals === 1 ? "staff.one" : "staff.two")}</b>
                </li>
            </ul>
        </Note>
    );
}
