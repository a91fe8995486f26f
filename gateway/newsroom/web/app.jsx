/* app: the page: header, navigation and the page that the address names; or the sign-in. */
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { findPage, HOME } from "./pages.jsx";
import { SignIn } from "./pages/sign_in.jsx";
import { ErrorNote, Waiting } from "./parts/basic.jsx";
import { Header } from "./parts/header.jsx";
import { Help } from "./parts/help.jsx";
import { Navigation } from "./parts/navigation.jsx";
import { Toasts } from "./parts/toasts.jsx";
import { useRoute } from "./router.js";
import { watchKeys } from "./shortcuts.js";
import { start, useStore } from "./store.js";
import { startWords, t, useLanguage } from "./words.js";

function App() {
    useLanguage();
    const editor = useStore((state) => state.editor);
    useEffect(() => void start(), []);
    if (editor === undefined) return <Waiting />;
    return (
        <>
            {editor ? <Newsroom /> : <SignIn />}
            <Toasts />
        </>
    );
}

function Newsroom() {
    const route = useRoute();
    const [help, setHelp] = useState(false);
    const [menu, setMenu] = useState(false);
    const main = useRef(null);
    const page = findPage(route.name) || findPage(HOME);
    useEffect(() => watchKeys(() => setHelp(true)), []);
    useEffect(() => {
        setMenu(false);
        document.title = t("nav." + (page.within || page.name)) + " · dabyl";
        scrollTo(0, 0);
        if (main.current) main.current.focus({ preventScroll: true });
    }, [route.name, route.args[0]]);
    const skip = (event) => {
        event.preventDefault();
        main.current.focus();
    };
    return (
        <div class="shell">
            <a class="skip" href="#main" onClick={skip}>
                {t("common.skip")}
            </a>
            <Header onHelp={() => setHelp(true)} onMenu={() => setMenu(!menu)} menuOpen={menu} />
            <Navigation current={page.within || page.name} open={menu} />
            <main id="main" tabindex="-1" ref={main}>
                <PageOf key={page.name + "/" + (route.args[0] || "")} page={page} route={route} />
            </main>
            {help && <Help onClose={() => setHelp(false)} />}
        </div>
    );
}

const fetched = {};

function PageOf({ page, route }) {
    const [state, setState] = useState({ Page: fetched[page.name] });
    useEffect(() => {
        if (state.Page) return;
        const take = (module) => setState({ Page: (fetched[page.name] = module.Page) });
        page.load().then(take, (error) => setState({ error }));
    }, []);
    if (state.error) return <ErrorNote error={state.error} />;
    return state.Page ? <state.Page args={route.args} query={route.query} /> : <Waiting />;
}

startWords().then(() => render(<App />, document.getElementById("app")));
