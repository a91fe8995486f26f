/* accepted: it is on disk and goes out now. Then its page. */
import { useEffect, useRef } from "preact/hooks";
import { go } from "../router.js";
import { t } from "../words.js";
import { Button, CodeBox } from "./basic.jsx";
import { Icon } from "./icon.jsx";

const SHOWN_MS = 6000;

export function Accepted({ number, code, drill }) {
    const box = useRef(null);
    const follow = () => go("bulletin/" + number);
    useEffect(() => {
        box.current.showModal();
        const timer = setTimeout(follow, SHOWN_MS);
        return () => clearTimeout(timer);
    }, []);
    return (
        <dialog class={"accepted " + (drill ? "drill" : "")} ref={box} aria-labelledby="accepted" onCancel={follow}>
            <Icon name="check" />
            <p id="accepted" class="accepted-word">
                {t(drill ? "accepted.drill" : "accepted.title")}
            </p>
            <p class="accepted-number">№ {number}</p>
            <CodeBox code={code} big />
            <p>{t("accepted.more")}</p>
            <Button tone="main" icon="arrow" onClick={follow}>
                {t("accepted.follow")}
            </Button>
        </dialog>
    );
}
