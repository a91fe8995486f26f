/* use_sealed: what bulletins say, read from their sealed bytes in this browser. Sealed bytes never change: each is fetched
 * once. */
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.js";
import { fromBase64 } from "./base64.js";

const read = new Map();

export async function readSealed(core, number) {
    if (!read.has(number)) {
        const answer = await api.getBulletin(number);
        read.set(number, core.decode(fromBase64(answer.sealed)));
    }
    return read.get(number);
}

/* {number: bulletin} of those that are there already. */
export function useSealed(core, numbers) {
    const [, draw] = useState(0);
    const wanted = numbers.join(" ");
    useEffect(() => {
        for (const number of numbers)
            if (!read.has(number))
                readSealed(core, number).then(
                    () => draw((n) => n + 1),
                    () => {}, /* shown without its words */
                );
    }, [wanted]);
    return Object.fromEntries(numbers.filter((number) => read.has(number)).map((number) => [number, read.get(number)]));
}
