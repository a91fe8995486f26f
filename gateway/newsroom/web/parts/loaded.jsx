/* loaded: what is shown while something is fetched, when it could not be, and when it is there. */
import { t } from "../words.js";
import { Button, ErrorNote, Waiting } from "./basic.jsx";

/* from: of use_fetched.js; children: draws its value. */
export function Loaded({ from, children }) {
    return (
        <>
            {from.error && (
                <div class="stack">
                    <ErrorNote error={from.error} />
                    <div class="row">
                        <Button onClick={from.again}>{t("common.again")}</Button>
                    </div>
                </div>
            )}
            {from.value === null && !from.error && <Waiting />}
            {from.value !== null && children(from.value)}
        </>
    );
}

/* A command of the gateway's own program, for what is not done in a browser. */
export const Command = ({ children }) => <pre class="command">{children}</pre>;
