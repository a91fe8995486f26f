/* pages: the table of pages. A page is a component that pages/NAME.jsx exports as Page; it gets {args, query} of the address
 * (#/NAME/ARG?query) and is fetched when it is first opened. To add one: write it, add its row here and its name (nav.) to the
 * words; without a group it has no place in the navigation: others lead to it, and it is shown there as within one. */

/* key: its letter behind "g"; badge: what is counted beside its name. */
export const PAGES = [
    { name: "now", load: () => import("./pages/now.jsx"), group: "work", icon: "now", key: "n" },
    { name: "compose", load: () => import("./pages/compose.jsx"), group: "work", icon: "compose", key: "c" },
    { name: "sign", load: () => import("./pages/sign.jsx"), group: "work", icon: "sign", key: "s", badge: "drafts" },
    { name: "drill", load: () => import("./pages/drill.jsx"), group: "work", icon: "drill", key: "d" },
    { name: "bulletins", load: () => import("./pages/bulletins.jsx"), group: "see", icon: "bulletins", key: "b" },
    { name: "bulletin", load: () => import("./pages/bulletin.jsx"), within: "bulletins" },
    { name: "radio", load: () => import("./pages/radio.jsx"), group: "see", icon: "radio", key: "r" },
    { name: "modems", load: () => import("./pages/modems.jsx"), group: "see", icon: "modems", key: "m" },
    { name: "rumours", load: () => import("./pages/rumours.jsx"), group: "desk", icon: "rumours", key: "u" },
    { name: "subscribers", load: () => import("./pages/subscribers.jsx"), group: "desk", icon: "people", key: "p" },
    { name: "staff", load: () => import("./pages/staff.jsx"), group: "house", icon: "staff", key: "t" },
    { name: "audit", load: () => import("./pages/audit.jsx"), group: "house", icon: "audit", key: "a" },
];

export const GROUPS = ["work", "see", "desk", "house"];

export const HOME = "now";

export const findPage = (name) => PAGES.find((page) => page.name === name);
