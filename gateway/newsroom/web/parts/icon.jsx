/* icon: a few signs drawn by us as lines; always beside words, never instead of them. */
const LINES = {
    now: "M4 13h3l2-7 4 13 3-9 1 3h3",
    compose: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    sign: "M4 17c3 0 3-9 6-9s-1 8 2 8 3-4 4-4 1 2 4 2M4 21h16",
    bulletins: "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5",
    radio: "M12 13v7M9 20h6M12 10a1.5 1.5 0 1 0 0 .01M8.5 13.500a5 5 0 1 1 7 0M5.500 16.500a9 9 0 1 1 13 0",
    modems: "M7 8h10v10H7zM10 4v4M14 4v4M10 12h4M12 18v3",
    people: "M9 11a3 3 0 1 0 0-.01M3 20c0-4 3-6 6-6s6 2 6 6M16 11a2.500 2.500 0 1 0-1-4.800M17 14c3 .5 4 2.500 4 5",
    rumours: "M4 5h16v11H10l-4 4v-4H4zM12 8v4M12 13.800v.2",
    drill: "M4 20L20 4M4 12l8-8M12 20l8-8",
    staff: "M14 10a4 4 0 1 0-3.500 4L9 15.500V17H7v2H4v-3l5.500-5.500M15.500 8.500v.01",
    audit: "M12 3l7 3v6c0 4-3 7-7 9-4-2-7-5-7-9V6zM9 12l2 2 4-4",
    menu: "M4 7h16M4 12h16M4 17h16",
    close: "M6 6l12 12M18 6L6 18",
    check: "M5 13l4 4L19 7",
    warn: "M12 4l9 16H3zM12 10v4M12 17v.2",
    clock: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v4l3 2",
    key: "M14 10a4 4 0 1 0-3.500 4L9 15.500V17H7v2H4v-3l5.500-5.500",
    play: "M8 5l11 7-11 7z",
    arrow: "M5 12h14M13 6l6 6-6 6",
    back: "M19 12H5M11 6l-6 6 6 6",
    plus: "M12 5v14M5 12h14",
    phone: "M8 3h8v18H8zM11 18h2",
};

export function Icon({ name }) {
    return (
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={LINES[name]} />
        </svg>
    );
}
