/* sayings: what CHECK answers about a rumour, in the readers' three languages: the phrases of gateway/bulletin/phrases.c, which
 * tests/newsroom/desk_pages_check compares. {n} is the bulletin's number, {a} its headline. */
export const SAYINGS = {
    checking: {
        kk: "Мұны тексеріп жатырмыз. Анықтап хабарлаймыз.",
        ru: "Мы это проверяем. Сообщим, когда узнаем.",
        en: "We are looking into this and will tell you when we know.",
    },
    answered: {
        kk: "№{n} хабарымызды қараңыз: {a}",
        ru: "Смотрите наше №{n}: {a}",
        en: "See our No {n}: {a}",
    },
    closed: {
        kk: "Бұл туралы әлі білмейміз. Сұрағыңыз редакцияда.",
        ru: "Об этом пока ничего не знаем. Вопрос передан редакции.",
        en: "We know nothing about this yet. The newsroom has your question.",
    },
};
