/* use_fetched: the gateway's answer to one question, asked anew when one of deps changes or by again(). What was there stays on the
 * screen meanwhile, and when the gateway fails. */
import { useEffect, useState } from "preact/hooks";

/* {value, error, again}: value is null until there is an answer. */
export function useFetched(ask, deps = []) {
    const [state, setState] = useState({ value: null, error: null });
    const [turn, setTurn] = useState(0);
    useEffect(() => {
        let here = true;
        const take = (value) => here && setState({ value, error: null });
        const fail = (error) => here && setState((was) => ({ value: was.value, error }));
        ask().then(take, fail);
        return () => {
            here = false;
        };
    }, [...deps, turn]);
    return { ...state, again: () => setTurn((n) => n + 1) };
}
