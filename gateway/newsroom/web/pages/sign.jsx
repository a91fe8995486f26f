/* sign: what waits for a second editor, and the review of one of them. */
import { useEffect, useState } from "preact/hooks";
import * as api from "../api.js";
import { Badge, Card, CodeBox, Empty, ErrorNote, Waiting } from "../parts/basic.jsx";
import { LapsesIn } from "../parts/lapse.jsx";
import { editorName, KindBadge, titleOf } from "../parts/naming.jsx";
import { HasReading } from "../parts/reading.jsx";
import { areaName } from "../parts/tile_map.jsx";
import { readDraft } from "../signing.js";
import { useStore } from "../store.js";
import { useCore } from "../use_core.js";
import { t } from "../words.js";
import { Review } from "./sign_review.jsx";

export function Page({ args }) {
    const { core, error } = useCore();
    if (error) return <ErrorNote error={error} />;
    if (!core) return <Waiting />;
    return args[0] ? <Review core={core} id={Number(args[0])} /> : <Queue core={core} />;
}

const isShown = (read) => read.state !== "sent" && !(read.bulletin.kind === "retract" && read.state === "ready");

function Queue({ core }) {
    const changed = useStore((state) => state.changed.drafts);
    const [reads, setReads] = useState(null);
    const [error, setError] = useState(null);
    useEffect(() => {
        api.listDrafts()
            .then((drafts) => Promise.all(drafts.map((draft) => readDraft(core, draft))))
            .then((all) => setReads(all.filter(isShown)))
            .catch(setError);
    }, [changed]);
    return (
        <div class="page">
            <div class="page-head">
                <h1>{t("nav.sign")}</h1>
            </div>
            <ErrorNote error={error} />
            {!reads && !error && <Waiting />}
            {reads && reads.length === 0 && (
                <Empty title={t("sign.none")}>
                    <p>{t("sign.none_more")}</p>
                </Empty>
            )}
            {reads && reads.length > 0 && (
                <Card title={t("sign.waiting")}>
                    <ul class="list">
                        {reads.map((read) => (
                            <QueueRow key={read.id} core={core} read={read} />
                        ))}
                    </ul>
                </Card>
            )}
        </div>
    );
}

function QueueRow({ core, read }) {
    const site = useStore((state) => state.site);
    const { bulletin } = read;
    const names = bulletin.approvals.map((approval) => editorName(site, approval.editor)).join(", ");
    return (
        <li>
            <a class={"list-row " + bulletin.kind} href={"#/sign/" + read.id}>
                <KindBadge kind={bulletin.kind} />
                <span class="list-title">{titleOf(bulletin)}</span>
                <span class="hint">{bulletin.regions.map((code) => areaName(core.areas(), code)).join(", ")}</span>
                {read.state === "open" ? (
                    <Badge>{t("sign.nobody")}</Badge>
                ) : (
                    <>
                        <CodeBox code={read.code} />
                        <HasReading body={read.body} code={read.code} />
                        <span class="hint list-end">
                            {names} · <LapsesIn read={read} />
                        </span>
                    </>
                )}
            </a>
        </li>
    );
}
