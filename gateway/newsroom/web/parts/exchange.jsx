/* exchange: bulletins for and from other sites: the feed of CAP messages, and a sealed bulletin that came by other ways. */
import * as api from "../api.js";
import { go } from "../router.js";
import { checkApprovals, readDraft } from "../signing.js";
import { getState, toast } from "../store.js";
import { trustedRoster } from "../trust.js";
import { toBase64 } from "../base64.js";
import { useFile } from "../use_work.js";
import { t } from "../words.js";
import { Badge, Button, CodeBox, ErrorNote, Facts } from "./basic.jsx";
import { titleOf } from "./naming.jsx";
import { areaName } from "./tile_map.jsx";

const FEED = "/api/feed.atom";
const FILE_BYTES = 8192;

/* What a sealed file says, and whose approvals of it are good. */
async function readFile(core, file) {
    if (file.size > FILE_BYTES) throw new Error(t("exchange.no_file"));
    const sealed = new Uint8Array(await file.arrayBuffer());
    let read;
    try {
        read = await readDraft(core, { sealed: toBase64(sealed) });
    } catch (error) {
        throw new Error(t("exchange.no_file") + " (" + error.message + ")");
    }
    return { sealed, ...read, approvals: await checkApprovals(read, await trustedRoster(getState().site)) };
}

export function Exchange({ core }) {
    const { read, setRead, busy, error, act, take } = useFile((file) => readFile(core, file));
    const put = () =>
        act(async () => {
            const told = await api.importBulletin(read.sealed);
            toast(t("exchange.taken", { n: String(told.number) }));
            go("bulletin/" + told.number);
        });
    return (
        <details class="card">
            <summary>
                <h2>{t("exchange.title")}</h2>
            </summary>
            <p>{t("exchange.feed_more")}</p>
            <div class="row">
                <a class="button small" href={FEED} download="dabyl.atom">
                    Atom
                </a>
            </div>
            <p>{t("exchange.sealed_more")}</p>
            <ErrorNote error={error} />
            <div class="row">
                <label class="button file">
                    <input type="file" disabled={busy} onChange={take} />
                    <span>{t("exchange.open")}</span>
                </label>
            </div>
            {read && <Read core={core} read={read} busy={busy} onPut={put} onDrop={() => setRead(null)} />}
        </details>
    );
}

function Read({ core, read, busy, onPut, onDrop }) {
    const { bulletin } = read;
    return (
        <div class="stack">
            <h3>{titleOf(bulletin)}</h3>
            <Facts
                rows={[
                    { label: t("compose.kind"), value: t("kind." + bulletin.kind) },
                    { label: t("sign.number"), value: "№ " + bulletin.number },
                    { label: t("common.code"), value: <CodeBox code={read.code} /> },
                    { label: t("compose.where"), value: bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ") },
                ]}
            />
            <p class="signatures">
                {read.approvals.map((one) => (
                    <Badge key={one.editor} tone={one.good ? "good" : "bad"}>
                        {one.name}: {t(one.good ? "sign.good" : "sign.bad")}
                    </Badge>
                ))}
            </p>
            <div class="row">
                <Button tone={bulletin.kind === "drill" ? "drill" : "danger full"} busy={busy} disabled={busy} onClick={onPut}>
                    {t("exchange.put")}
                </Button>
                <Button onClick={onDrop}>{t("common.cancel")}</Button>
            </div>
        </div>
    );
}
