/* use_work: something asked of the gateway that takes a while and may fail, told beside the button that asked for it. */
import { useState } from "preact/hooks";

/* {busy, error, setError, act}: act(work) awaits work(); what it throws is error until the next act. */
export function useWork() {
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState(null);
    const act = async (work) => {
        setBusy(true);
        setError(null);
        try {
            await work();
        } catch (failure) {
            setError(failure);
        }
        setBusy(false);
    };
    return { busy, error, setError, act };
}

/* The same for a file that is chosen, and read by readFile(file): take is the input's onChange, read what came of it or null. */
export function useFile(readFile) {
    const work = useWork();
    const [read, setRead] = useState(null);
    const take = (event) => {
        const input = event.currentTarget;
        const file = input.files[0];
        setRead(null);
        if (file) work.act(async () => setRead(await readFile(file)));
        input.value = "";
    };
    return { ...work, read, setRead, take };
}
