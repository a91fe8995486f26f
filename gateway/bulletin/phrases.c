#include "gateway/bulletin/phrases.h"

#include <string.h>

#define WORDS(kk, ru, en)                                                                          \
    {                                                                                              \
        [BULLETIN_KK] = (kk), [BULLETIN_RU] = (ru), [BULLETIN_EN] = (en)                           \
    }

/* Answers fit one text once filled: Kazakh and Russian in 70 UTF-16 units, English in 160 letters of GSM 03.38. */
static const char *const phrases[PHRASE_COUNT][BULLETIN_LANGUAGE_COUNT] = {
    [PHRASE_DRILL] = WORDS("ЖАТТЫҒУ", "УЧЕБНАЯ ТРЕВОГА", "DRILL"),
    [PHRASE_UPDATE] = WORDS("ЖАҢАРТУ", "ОБНОВЛЕНИЕ", "UPDATE"),
    [PHRASE_RETRACT] = WORDS("ҚАТЕ: №{n} хабар дұрыс емес.", "ОШИБКА: сообщение №{n} неверно.",
        "MISTAKE: our message No {n} was wrong."),
    [PHRASE_ALL_CLEAR] = WORDS("ҚАУІП СЕЙІЛДІ", "ОПАСНОСТЬ МИНОВАЛА", "ALL CLEAR"),
    [PHRASE_UNTIL] = WORDS("{t} дейін.", "До {t}.", "Until {t}."),
    [PHRASE_MORE] =
        WORDS("Толығы: {n} деп жіберіңіз.", "Полностью: ответьте {n}.", "Full text: reply {n}."),
    [PHRASE_JOINED] = WORDS("Хабарлар: {a}. Шығу: ТОҚТА. Оператор көреді.",
        "Тревоги: {a}. Выход: СТОП. Оператор видит.",
        "Safety alerts for {a}. To leave, text STOP. Your mobile operator can see these texts."),
    [PHRASE_LEFT] = WORDS("Тоқтатылды, енді хабар келмейді. Қайта қосылу: БАСТА.",
        "Отключено, сообщений больше не будет. Вернуться: СТАРТ.",
        "You have left and get no more texts from us. To come back, text START."),
    [PHRASE_FORGOTTEN] = WORDS("Нөміріңіз бен баптауларыңыз өшірілді.",
        "Ваш номер и настройки удалены.", "Your number and settings are deleted."),
    [PHRASE_HELP] = WORDS("БАСТА ТОҚТА СОҢҒЫ РАДИО KK RU EN ЛАТ; АЙМАҚ Ақтау; ТЕКСЕР 41; ТАҒЫ",
        "СТАРТ СТОП НОВОСТИ РАДИО KK RU EN ЛАТ; РЕГИОН Актау; ПРОВЕРЬ 41; ЕЩЁ",
        "Text START, STOP, AREA Aktau, LAST, CHECK 41, RADIO, KK, RU, EN or LAT. MORE shows other "
        "words."),
    [PHRASE_HELP_MORE] = WORDS("41; ДЕҢГЕЙ 1-3; СӨЗ қауын; ХАБАР не болды; RX 41 5; ЖОЮ",
        "41; УРОВЕНЬ 1-3; СЛОВО дыня; СООБЩИТЬ что видели; RX 41 5; УДАЛИТЬ",
        "41 (that message in full), LEVEL 1-3 (3: only the gravest), WORD melon (then in each "
        "text), REPORT what you saw, RX 41 5 (radio heard 1-5), DELETE (forget me)."),
    [PHRASE_LANGUAGE_SET] = WORDS("Енді хабарлар қазақша келеді.",
        "Теперь сообщения будут на русском.", "You will now get texts in English."),
    [PHRASE_SCRIPT_SET] =
        WORDS("Әріптер ауыстырылды.", "Алфавит изменён.", "Your alphabet is changed."),
    [PHRASE_AREA_SET] = WORDS("Аймақ: {a}.", "Регион: {a}.", "Region: {a}."),
    [PHRASE_AREA_UNKNOWN] = WORDS("Мұндай аймақты білмейміз. Былай жазыңыз: АЙМАҚ Ақтау",
        "Не знаем такого региона. Напишите так: РЕГИОН Актау",
        "We do not know this region. Write it like this: AREA Aktau"),
    [PHRASE_NOTHING] = WORDS("Қазір күшінде тұрған хабар жоқ.", "Сейчас нет действующих сообщений.",
        "No message is in force now."),
    [PHRASE_REAL] = WORDS("№{n} біздікі, {t}, коды {c}. Күшінде.",
        "№{n} наше, {t}, код {c}. Действует.", "No {n} is ours, sent {t}, code {c}, in force."),
    [PHRASE_REAL_EXPIRED] = WORDS("№{n} біздікі, {t}, бірақ мерзімі өтті.",
        "№{n} наше, {t}, но срок истёк.", "No {n} is ours, sent {t}, but it is over."),
    [PHRASE_REAL_RETRACTED] = WORDS("№{n} біздікі, бірақ қате болғандықтан қайтарып алынды.",
        "№{n} наше, но отозвано: это была ошибка.",
        "No {n} is ours, but it was a mistake and we withdrew it."),
    [PHRASE_NOT_OURS] = WORDS(
        "Біз №{n} хабар жіберген жоқпыз.", "Мы не отправляли №{n}.", "We sent no message No {n}."),
    [PHRASE_UNKNOWN_WORD] = WORDS("Бұл сөзді түсінбедік. Көмек керек болса: КӨМЕК",
        "Не понимаем это слово. Отправьте: ПОМОЩЬ", "We do not know this word. Text HELP."),
    [PHRASE_THANKS] = WORDS(
        "Рақмет, жауабыңызды алдық.", "Спасибо, ответ получен.", "Thank you, we have your answer."),
    [PHRASE_WORD_SET] = WORDS("Сөзіңіз: {w}. Ол әр хабарда тұрады.",
        "Ваше слово: {w}. Оно будет в каждом сообщении.",
        "Your word is {w}. It will stand in each message from us."),
    [PHRASE_LEVEL_SET] = WORDS("Деңгей: {n} (1 - бәрі, 3 - тек ең қауіптісі).",
        "Уровень: {n} (1 - все, 3 - только самое опасное).",
        "Level {n}: 1 is every message, 3 only the gravest."),
    [PHRASE_REPORTED] =
        WORDS("Рақмет, хабарыңыз редакцияда, №{n}.", "Спасибо, ваше сообщение в редакции, №{n}.",
            "Thank you, the newsroom has your report, No {n}."),
    [PHRASE_RADIO] = WORDS("Әр хабардан кейін эфирдеміз. Жиілікті редакциядан біліңіз.",
        "Мы в эфире после каждого сообщения. Частоту скажет редакция.",
        "We are on the air after each message. Ask the newsroom for the frequency."),
    [PHRASE_NO_RADIO] = WORDS("Қазір радиода хабар таратпаймыз.", "Сейчас мы не вещаем по радио.",
        "We are not on the radio now."),
    [PHRASE_RADIO_NOW] = WORDS(
        "Қазір эфирде №{n}, {w}.", "Сейчас в эфире №{n}, {w}.", "On the air now: No {n}, {w}."),
    [PHRASE_RADIO_NOW_ANY] =
        WORDS("Қазір эфирде №{n}.", "Сейчас в эфире №{n}.", "On the air now: No {n}."),
    [PHRASE_RADIO_NEXT] =
        WORDS("Келесі эфир {t}, {w}.", "Следующий эфир {t}, {w}.", "Next broadcast {t}, {w}."),
    [PHRASE_RADIO_NEXT_ANY] =
        WORDS("Келесі эфир {t}.", "Следующий эфир {t}.", "Next broadcast {t}."),
    [PHRASE_RADIO_ASK] = WORDS("Жиілікті редакциядан біліңіз.", "Частоту скажет редакция.",
        "Ask the newsroom for the frequency."),
    [PHRASE_DIGEST] = WORDS("Күшінде: {a}. Толығы: нөмірін жіберіңіз.",
        "Действуют: {a}. Полностью: пришлите номер.",
        "In force: {a}. For the full text send its number."),
    [PHRASE_DIGEST_UNTIL] = WORDS("№{n} {w}, {t} дейін", "№{n} {w} до {t}", "No {n} {w} until {t}"),
    [PHRASE_DIGEST_ITEM] = WORDS("№{n} {w}", "№{n} {w}", "No {n} {w}"),
    [PHRASE_MODEM_TEST] = WORDS("{s}: {w} модемін тексеру, {t}. Жауап керек емес.",
        "{s}: проверка модема {w}, {t}. Ответа не нужно.",
        "{s}: test of modem {w}, {t}. No answer is needed."),
    [PHRASE_VOICE_INTRO] = WORDS("Бұл {s}. Нөмірі {n} хабарлама, уақыты {t}.",
        "Говорит {s}. Сообщение номер {n}, {t}.", "This is {s}. Bulletin number {n}, {t}."),
    [PHRASE_VOICE_CODE] = WORDS("Тексеру коды: {c}.", "Код проверки: {c}.", "Check code: {c}."),
    [PHRASE_VOICE_UNTIL] = WORDS("{t} дейін күшінде.", "Действует до {t}.", "In force until {t}."),
    [PHRASE_VOICE_DRILL] = WORDS("Бұл тек жаттығу.", "Это только учения.", "This is only a drill."),
    [PHRASE_SIGN_CALL] = WORDS("Шақыру белгісі: {c}.", "Позывной: {c}.", "Call sign: {c}."),
    [PHRASE_SIGN_TIMES] =
        WORDS("Эфирге {t} шығамыз.", "Мы выходим в эфир {t}.", "We broadcast {t}."),
    [PHRASE_SIGN_EVERY] = WORDS("әр {n} минут сайын", "каждые {n} минут", "every {n} minutes"),
    [PHRASE_SIGN_HOURLY] = WORDS("әр сағаттың", "каждый час", "every hour"),
    [PHRASE_SIGN_FULL] = WORDS("басында", "в начале", "at the full hour"),
    [PHRASE_SIGN_MINUTES] = WORDS("{n}-минутында", "на {n}-ой минуте", "at {n} past"),
    [PHRASE_SIGN_AND] = WORDS(", сонымен қатар ", ", а также ", ", and "),
    [PHRASE_SIGN_DAILY] = WORDS("күн сайын {t} кезінде", "ежедневно в {t}", "each day at {t}"),
    [PHRASE_QUIET] = WORDS("Бұл {s}. Қазір {t}. Жағдай тыныш, күшінде хабар жоқ.",
        "Говорит {s}, {t}. Всё спокойно, действующих сообщений нет.",
        "This is {s}. It is {t}. All is quiet, no bulletin is in force."),
    [PHRASE_QUIET_NEWEST] = WORDS("Соңғы хабарламаның нөмірі {n}.",
        "Последнее сообщение было под номером {n}.", "The newest bulletin was number {n}."),
    [PHRASE_QUIET_NEXT] = WORDS("Келесі беріліс уақыты: {t}.", "Следующая передача в {t}.",
        "The next broadcast is at {t}."),
    [PHRASE_RUMOUR_CHECKING] = WORDS("Мұны тексеріп жатырмыз. Анықтап хабарлаймыз.",
        "Мы это проверяем. Сообщим, когда узнаем.",
        "We are looking into this and will tell you when we know."),
    [PHRASE_RUMOUR_ANSWERED] =
        WORDS("№{n} хабарымызды қараңыз: {a}", "Смотрите наше №{n}: {a}", "See our No {n}: {a}"),
    [PHRASE_RUMOUR_UNKNOWN] = WORDS("Бұл туралы әлі білмейміз. Сұрағыңыз редакцияда.",
        "Об этом пока ничего не знаем. Вопрос передан редакции.",
        "We know nothing about this yet. The newsroom has your question."),
};

/* Codes 1.. in this order; they travel in bulletins: rows are only ever added, at the end. */
static const struct {
    const char *name;
    const char *word[BULLETIN_LANGUAGE_COUNT];
} events[] = {
    {"shooting", WORDS("АТЫС", "СТРЕЛЬБА", "SHOOTING")},
    {"curfew", WORDS("КОМЕНДАНТТЫҚ САҒАТ", "КОМЕНДАНТСКИЙ ЧАС", "CURFEW")},
    {"avoid", WORDS("ҚАУІПТІ", "ОПАСНО", "DANGER")},
    {"evacuation", WORDS("КӨШІҢІЗ", "ЭВАКУАЦИЯ", "EVACUATE")},
    {"hospital open", WORDS("АУРУХАНА АШЫҚ", "БОЛЬНИЦА ОТКРЫТА", "HOSPITAL OPEN")},
    {"water delivery", WORDS("СУ", "ВОДА", "WATER")},
    {"boil", WORDS("СУ ІШПЕҢІЗ", "НЕ ПЕЙТЕ ВОДУ", "DO NOT DRINK WATER")},
    {"internet shutdown", WORDS("ИНТЕРНЕТ ӨШІРІЛДІ", "ИНТЕРНЕТ ОТКЛЮЧЁН", "INTERNET CUT")},
    {"internet restored", WORDS("ИНТЕРНЕТ ҚОСЫЛДЫ", "ИНТЕРНЕТ ВКЛЮЧЁН", "INTERNET IS BACK")},
    {"rumour correction", WORDS("ЖАЛҒАН", "ЛОЖЬ", "FALSE")},
    {"unconfirmed", WORDS("РАСТАЛМАҒАН", "НЕ ПОДТВЕРЖДЕНО", "NOT CONFIRMED")},
    {"all clear", WORDS("ҚАУІП СЕЙІЛДІ", "ОПАСНОСТЬ МИНОВАЛА", "ALL CLEAR")},
    {"correction", WORDS("ТҮЗЕТУ", "ИСПРАВЛЕНИЕ", "CORRECTION")},
    {"drill", WORDS("ЖАТТЫҒУ", "УЧЕБНАЯ ТРЕВОГА", "DRILL")},
    {"flood", WORDS("СУ ТАСҚЫНЫ", "ПАВОДОК", "FLOOD")},
    {"earthquake", WORDS("ЖЕР СІЛКІНІСІ", "ЗЕМЛЕТРЯСЕНИЕ", "EARTHQUAKE")},
    {"snowstorm", WORDS("БОРАН", "БУРАН", "SNOWSTORM")},
    {"mudflow", WORDS("СЕЛ", "СЕЛЬ", "MUDFLOW")},
    {"wildfire", WORDS("ДАЛА ӨРТІ", "ПРИРОДНЫЙ ПОЖАР", "WILDFIRE")},
    {"fire", WORDS("ӨРТ", "ПОЖАР", "FIRE")},
    {"gas leak", WORDS("ГАЗ ШЫҒЫП ЖАТЫР", "УТЕЧКА ГАЗА", "GAS LEAK")},
    {"heating failure", WORDS("ЖЫЛУ ЖОҚ", "НЕТ ОТОПЛЕНИЯ", "NO HEATING")},
    {"power failure", WORDS("ЖАРЫҚ ЖОҚ", "НЕТ СВЕТА", "POWER CUT")},
    {"airport closed", WORDS("ӘУЕЖАЙ ЖАБЫҚ", "АЭРОПОРТ ЗАКРЫТ", "AIRPORT CLOSED")},
    {"banks", WORDS("БАНКТЕР", "БАНКИ", "BANKS")},
    {"blood donors needed", WORDS("ҚАН КЕРЕК", "НУЖНА КРОВЬ", "BLOOD NEEDED")},
    {"checkpoints", WORDS("БЛОКБЕКЕТТЕР", "БЛОКПОСТЫ", "CHECKPOINTS")},
    {"legal help", WORDS("ЗАҢГЕР КӨМЕГІ", "ПОМОЩЬ ЮРИСТА", "LEGAL HELP")},
    {"explosion", WORDS("ЖАРЫЛЫС", "ВЗРЫВ", "EXPLOSION")},
    {"chemical leak", WORDS("УЛЫ ЗАТ", "ЯДОВИТОЕ ВЕЩЕСТВО", "TOXIC LEAK")},
    {"strong wind", WORDS("ҚАТТЫ ЖЕЛ", "СИЛЬНЫЙ ВЕТЕР", "STRONG WIND")},
    {"severe frost", WORDS("ҚАТТЫ АЯЗ", "СИЛЬНЫЙ МОРОЗ", "SEVERE FROST")},
};

#define EVENT_COUNT (sizeof events / sizeof events[0])

/* Short names of the same events, as templates use them. */
static const struct {
    const char *name;
    const char *event;
} short_names[] = {
    {"evacuate", "evacuation"},
    {"hospital", "hospital open"},
    {"water", "water delivery"},
    {"shutdown", "internet shutdown"},
    {"false", "rumour correction"},
    {"allclear", "all clear"},
    {"retract", "correction"},
    {"quake", "earthquake"},
    {"storm", "snowstorm"},
};

const char *phrases_get(enum phrase phrase, enum bulletin_language language)
{
    return phrases[phrase][language];
}

/* The value of the placeholder name[0..size), or NULL. */
static const char *find_value(const char *const *values, const char *name, size_t size)
{
    for (; values[0] != NULL; values += 2)
        if (strlen(values[0]) == size && memcmp(values[0], name, size) == 0)
            return values[1];
    return NULL;
}

enum err phrases_fill(char *text, size_t size, const char *phrase, const char *const *values)
{
    size_t used = 0;
    while (*phrase != '\0') {
        const char *piece = phrase;
        const char *end = *phrase == '{' ? strchr(phrase, '}') : NULL;
        size_t piece_size = strcspn(phrase + 1, "{") + 1;
        phrase += piece_size;
        if (end != NULL) {
            piece = find_value(values, piece + 1, (size_t)(end - piece - 1));
            if (piece == NULL)
                return ERR_MISSING;
            piece_size = strlen(piece);
            phrase = end + 1;
        }
        if (piece_size >= size - used)
            return ERR_LONG;
        memcpy(text + used, piece, piece_size);
        used += piece_size;
    }
    if (used >= size)
        return ERR_LONG;
    text[used] = '\0';
    return ERR_OK;
}

const char *phrases_event_name(uint8_t event)
{
    return event >= 1 && event <= EVENT_COUNT ? events[event - 1].name : NULL;
}

const char *phrases_event_word(uint8_t event, enum bulletin_language language)
{
    return event >= 1 && event <= EVENT_COUNT ? events[event - 1].word[language] : NULL;
}

enum err phrases_event_parse(uint8_t *event, const char *name)
{
    for (size_t i = 0; i < sizeof short_names / sizeof short_names[0]; i++)
        if (strcmp(short_names[i].name, name) == 0)
            name = short_names[i].event;
    for (size_t i = 0; i < EVENT_COUNT; i++)
        if (strcmp(events[i].name, name) == 0) {
            *event = (uint8_t)(i + 1);
            return ERR_OK;
        }
    return ERR_MISSING;
}
