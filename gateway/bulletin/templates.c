#include "gateway/bulletin/templates.h"

#include "gateway/bulletin/phrases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS_MAX 8
#define SLOT_NUMBER "n"
#define SLOT_NAME_SIZE 16

static const struct template templates[] = {
    {
        "shooting",
        "place until",
        BULLETIN_ALERT,
        "shooting",
        {BULLETIN_SECURITY, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED,
            BULLETIN_SHELTER},
        {
            {"АТЫС: {place}",
                "{until} дейін далаға шықпаңыз. Терезеден аулақ, еденге жақын отырыңыз.",
                "Адам өміріне қауіп бар."},
            {"СТРЕЛЬБА: {place}",
                "Не выходите до {until}. Держитесь дальше от окон, сядьте на пол.",
                "Есть угроза жизни."},
            {"SHOOTING: {place}",
                "Stay indoors until {until}. Keep away from windows and low to the floor.",
                "There is danger to life."},
        },
    },
    {
        "curfew",
        "place from to",
        BULLETIN_ALERT,
        "curfew",
        {BULLETIN_SECURITY, BULLETIN_SEVERE, BULLETIN_EXPECTED, BULLETIN_OBSERVED,
            BULLETIN_SHELTER},
        {
            {"КОМЕНДАНТТЫҚ САҒАТ: {place}, {from}-{to}",
                "{from} дейін үйге жетіңіз. {to} дейін көшеге шықпаңыз.", ""},
            {"КОМЕНДАНТСКИЙ ЧАС: {place}, {from}-{to}",
                "Будьте дома к {from}. Не выходите на улицу до {to}.", ""},
            {"CURFEW: {place}, {from}-{to}", "Be home by {from}. Stay off the streets until {to}.",
                ""},
        },
    },
    {
        "avoid",
        "place route",
        BULLETIN_ALERT,
        "avoid",
        {BULLETIN_SAFETY, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED, BULLETIN_AVOID},
        {
            {"ҚАУІПТІ: {place}", "Ол жаққа бармаңыз. Айналып өтіңіз: {route}.", ""},
            {"ОПАСНО: {place}", "Туда не ходите. Обходите так: {route}.", ""},
            {"DANGER: {place}", "Keep away. Way round: {route}.", ""},
        },
    },
    {
        "evacuate",
        "place point time",
        BULLETIN_ALERT,
        "evacuate",
        {BULLETIN_SAFETY, BULLETIN_EXTREME, BULLETIN_IMMEDIATE, BULLETIN_LIKELY, BULLETIN_EVACUATE},
        {
            {"КӨШІҢІЗ: {place}",
                "Жиналатын жер: {point}, {time}. Құжат, дәрі, су және жылы киім алыңыз.",
                "Қарттар мен балаларға көмектесіңіз."},
            {"ЭВАКУАЦИЯ: {place}",
                "Сбор: {point}, {time}. Возьмите документы, лекарства, воду и тёплую одежду.",
                "Помогите пожилым и детям."},
            {"EVACUATE: {place}",
                "Meet at {point}, {time}. Take documents, medicine, water and warm clothes.",
                "Help the elderly and children."},
        },
    },
    {
        "hospital",
        "name place",
        BULLETIN_ALERT,
        "hospital",
        {BULLETIN_HEALTH, BULLETIN_MODERATE, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED,
            BULLETIN_RESPONSE_NONE},
        {
            {"АУРУХАНА АШЫҚ: {name}, {place}",
                "Жаралыларды қабылдап жатыр. Өзіңіз жете алмасаңыз: 103.", ""},
            {"БОЛЬНИЦА ОТКРЫТА: {name}, {place}",
                "Принимает раненых. Если не можете добраться: 103.", ""},
            {"HOSPITAL OPEN: {name}, {place}",
                "It takes the wounded. If you cannot get there: 103.", ""},
        },
    },
    {
        "water",
        "place point time",
        BULLETIN_ALERT,
        "water",
        {BULLETIN_INFRA, BULLETIN_MODERATE, BULLETIN_EXPECTED, BULLETIN_OBSERVED, BULLETIN_PREPARE},
        {
            {"СУ ТАРАТУ: {place}", "Таратылатын жер: {point}, {time}. Ыдыс ала келіңіз.", ""},
            {"РАЗДАЧА ВОДЫ: {place}", "Раздают: {point}, {time}. Возьмите свою тару.", ""},
            {"WATER: {place}", "Given out at {point}, {time}. Bring containers.", ""},
        },
    },
    {
        "boil",
        "place",
        BULLETIN_ALERT,
        "boil",
        {BULLETIN_HEALTH, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, BULLETIN_LIKELY, BULLETIN_AVOID},
        {
            {"СУ ІШПЕҢІЗ: {place}",
                "Крандағы суды тек қайнатып ішіңіз. Тамаққа және тіс жууға да солай.", ""},
            {"НЕ ПЕЙТЕ ВОДУ ИЗ КРАНА: {place}", "Сначала кипятите. Для еды и чистки зубов тоже.",
                ""},
            {"DO NOT DRINK TAP WATER: {place}", "Boil it first. Also for cooking and teeth.", ""},
        },
    },
    {
        "shutdown",
        "place freq",
        BULLETIN_ALERT,
        "shutdown",
        {BULLETIN_INFRA, BULLETIN_MODERATE, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED,
            BULLETIN_MONITOR},
        {
            {"ИНТЕРНЕТ ӨШІРІЛДІ: {place}",
                "Қоңырау мен SMS істеуі мүмкін. Радиодан тыңдаңыз: {freq}.", ""},
            {"ИНТЕРНЕТ ОТКЛЮЧЁН: {place}", "Звонки и SMS могут работать. Слушайте радио: {freq}.",
                ""},
            {"INTERNET CUT: {place}",
                "Calls and texts may still work. Listen on the radio: {freq}.", ""},
        },
    },
    {
        "false",
        "claim",
        BULLETIN_ALERT,
        "false",
        {BULLETIN_OTHER, BULLETIN_MINOR, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED, BULLETIN_ASSESS},
        {
            {"ЖАЛҒАН: {claim}", "Тексердік, бұл рас емес. Басқаларға жібермеңіз.", ""},
            {"ЛОЖЬ: {claim}", "Мы проверили: это неправда. Не пересылайте.", ""},
            {"FALSE: {claim}", "We checked: it is not true. Do not pass it on.", ""},
        },
    },
    {
        "unconfirmed",
        "claim",
        BULLETIN_ALERT,
        "unconfirmed",
        {BULLETIN_OTHER, BULLETIN_MINOR, BULLETIN_IMMEDIATE, BULLETIN_POSSIBLE, BULLETIN_MONITOR},
        {
            {"РАСТАЛМАҒАН: {claim}", "Әзірге дәлел жоқ, тексеріп жатырмыз. Анықталса, хабарлаймыз.",
                ""},
            {"НЕ ПОДТВЕРЖДЕНО: {claim}", "Доказательств пока нет, проверяем. Сообщим, что узнаем.",
                ""},
            {"NOT CONFIRMED: {claim}",
                "No proof yet, we are checking. We will tell you what we learn.", ""},
        },
    },
    {
        "allclear",
        "place note n",
        BULLETIN_ALL_CLEAR,
        "allclear",
        {BULLETIN_SAFETY, BULLETIN_MINOR, BULLETIN_PAST, BULLETIN_OBSERVED,
            BULLETIN_RESPONSE_ALL_CLEAR},
        {
            {"ҚАУІП СЕЙІЛДІ: {place}", "{note}.", ""},
            {"ОПАСНОСТЬ МИНОВАЛА: {place}", "{note}.", ""},
            {"ALL CLEAR: {place}", "{note}.", ""},
        },
    },
    {
        "retract",
        "n",
        BULLETIN_RETRACT,
        "retract",
        {BULLETIN_OTHER, BULLETIN_MINOR, BULLETIN_PAST, BULLETIN_OBSERVED, BULLETIN_RESPONSE_NONE},
        {
            {"ҚАТЕ: №{n} хабар дұрыс емес", "Біз жазған қауіп жоқ. Кешірім сұраймыз.", ""},
            {"ОШИБКА: сообщение №{n} неверно",
                "Опасности, о которой мы писали, нет. Просим прощения.", ""},
            {"MISTAKE: our message No {n} was wrong",
                "The danger we wrote of is not there. We are sorry.", ""},
        },
    },
    {
        "drill",
        "",
        BULLETIN_DRILL,
        "drill",
        {BULLETIN_OTHER, BULLETIN_MINOR, BULLETIN_FUTURE, BULLETIN_OBSERVED,
            BULLETIN_RESPONSE_NONE},
        {
            {"Ескерту жүйесін тексеру",
                "Қауіп жоқ, ештеңе істеудің қажеті жоқ. Алсаңыз, ОК деп жауап беріңіз.", ""},
            {"Проверка оповещения",
                "Опасности нет, делать ничего не нужно. Если получили, ответьте ОК.", ""},
            {"Test of the alert system",
                "There is no danger and nothing to do. If you got this, reply OK.", ""},
        },
    },
    {
        "flood",
        "place",
        BULLETIN_ALERT,
        "flood",
        {BULLETIN_MET, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, BULLETIN_LIKELY, BULLETIN_EVACUATE},
        {
            {"СУ ТАСҚЫНЫ: {place}",
                "Биік жерге шығыңыз. Судан жаяу да, көлікпен де өтпеңіз. Көмек: 112.", ""},
            {"ПАВОДОК: {place}",
                "Поднимитесь выше. Не пересекайте воду ни пешком, ни на машине. Помощь: 112.", ""},
            {"FLOOD: {place}",
                "Move to high ground. Do not walk or drive through water. Help: 112.", ""},
        },
    },
    {
        "quake",
        "place mag",
        BULLETIN_ALERT,
        "quake",
        {BULLETIN_GEO, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, BULLETIN_OBSERVED, BULLETIN_EVACUATE},
        {
            {"ЖЕР СІЛКІНІСІ: {place}, {mag} балл",
                "Ашық жерге шығыңыз, лифтіге мінбеңіз. Қайта сілкінуі мүмкін.", ""},
            {"ЗЕМЛЕТРЯСЕНИЕ: {place}, сила {mag}",
                "Выйдите на открытое место, не лифтом. Возможны новые толчки.", ""},
            {"EARTHQUAKE: {place}, intensity {mag}",
                "Go to open ground, do not use lifts. Expect aftershocks.", ""},
        },
    },
    {
        "storm",
        "place road until",
        BULLETIN_ALERT,
        "storm",
        {BULLETIN_MET, BULLETIN_SEVERE, BULLETIN_IMMEDIATE, BULLETIN_LIKELY, BULLETIN_AVOID},
        {
            {"БОРАН: {place}",
                "Жол {until} дейін жабық: {road}. Сапарға шықпаңыз. Жолда қалсаңыз: 112.", ""},
            {"БУРАН: {place}", "Дорога закрыта до {until}: {road}. Не выезжайте. Застряли: 112.",
                ""},
            {"SNOWSTORM: {place}",
                "Road closed until {until}: {road}. Do not set out. If stuck: 112.", ""},
        },
    },
};

#define TEMPLATE_COUNT (sizeof templates / sizeof templates[0])

/* A filling under way: what is filled with what, and where it is told what is wrong. */
struct filling {
    const struct template *template;
    const struct templates_value *values;
    size_t count;
    char *why;
};

const struct template *templates_get(size_t index)
{
    return index < TEMPLATE_COUNT ? &templates[index] : NULL;
}

const struct template *templates_find(const char *name)
{
    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        if (strcmp(templates[i].name, name) == 0)
            return &templates[i];
    return NULL;
}

__attribute__((format(printf, 3, 4))) static enum err refuse(
    const struct filling *filling, enum err err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(filling->why, TEMPLATES_WHY_SIZE, format, args);
    va_end(args);
    return err;
}

static bool has_slot(const struct template *template, const char *slot)
{
    size_t size = strlen(slot);
    for (const char *at = template->slots; *at != '\0'; at += strspn(at, " ")) {
        size_t here = strcspn(at, " ");
        if (here == size && memcmp(at, slot, size) == 0)
            return true;
        at += here;
    }
    return false;
}

static bool is_twin(const struct templates_value *a, const struct templates_value *b)
{
    return strcmp(a->slot, b->slot) == 0 && a->all == b->all &&
           (a->all || a->language == b->language);
}

static enum err check_value(const struct filling *filling, size_t index)
{
    const struct templates_value *value = &filling->values[index];
    const char *slots = filling->template->slots;
    if (!has_slot(filling->template, value->slot))
        return refuse(filling, ERR_VALUE, "there is no slot '%.40s'; its slots: %s", value->slot,
            *slots != '\0' ? slots : "none");
    for (size_t i = 0; i < index; i++)
        if (is_twin(value, &filling->values[i]))
            return refuse(filling, ERR_EXISTS, "slot '%s' is given twice", value->slot);
    enum err err = bulletin_check_line(value->value, TEMPLATES_VALUE_MAX);
    if (err != ERR_OK)
        return refuse(filling, err, "slot '%s': %s", value->slot, err_text(err));
    return ERR_OK;
}

/* The language's own value, or that for all; NULL if there is none. */
static const char *find_value(
    const struct filling *filling, const char *slot, enum bulletin_language language)
{
    const char *found = NULL;
    for (size_t i = 0; i < filling->count; i++) {
        const struct templates_value *value = &filling->values[i];
        if (strcmp(value->slot, slot) != 0 || (!value->all && value->language != language))
            continue;
        if (!value->all)
            return value->value;
        found = value->value;
    }
    return found;
}

/* Without what surrounds it. */
static void trim(char out[TEMPLATES_VALUE_MAX + 1], const char *value)
{
    value += strspn(value, " ");
    size_t size = strlen(value);
    while (size > 0 && value[size - 1] == ' ')
        size--;
    if (size > 1 && value[size - 1] == '.' && value[size - 2] != '.')
        size--;
    (void)snprintf(out, TEMPLATES_VALUE_MAX + 1, "%.*s", (int)size, value);
}

/* A language's slots as phrases_fill wants them. */
struct pairs {
    char name[SLOTS_MAX][SLOT_NAME_SIZE];
    char value[SLOTS_MAX][TEMPLATES_VALUE_MAX + 1];
    const char *list[2 * SLOTS_MAX + 1];
};

static enum err list_pairs(
    struct pairs *pairs, const struct filling *filling, enum bulletin_language language)
{
    size_t count = 0;
    const char *at = filling->template->slots;
    for (; *at != '\0' && count < SLOTS_MAX; count++) {
        size_t size = strcspn(at, " ");
        char *name = pairs->name[count];
        (void)snprintf(name, SLOT_NAME_SIZE, "%.*s", (int)size, at);
        const char *value = find_value(filling, name, language);
        trim(pairs->value[count], value != NULL ? value : "");
        if (pairs->value[count][0] == '\0')
            return refuse(filling, ERR_MISSING, "slot '%s' has no value in %s", name,
                bulletin_print_language(language));
        pairs->list[2 * count] = name;
        pairs->list[2 * count + 1] = pairs->value[count];
        at += size;
        at += strspn(at, " ");
    }
    pairs->list[2 * count] = NULL;
    return ERR_OK;
}

static enum err fill_language(
    struct bulletin_text *text, const struct filling *filling, enum bulletin_language language)
{
    struct pairs pairs;
    enum err err = list_pairs(&pairs, filling, language);
    if (err != ERR_OK)
        return err;
    const struct {
        const char *name;
        char *to;
        size_t size;
        const char *from;
    } fields[] = {
        {"headline", text->headline, sizeof text->headline,
            filling->template->text[language].headline},
        {"instruction", text->instruction, sizeof text->instruction,
            filling->template->text[language].instruction},
        {"description", text->description, sizeof text->description,
            filling->template->text[language].description},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        err = phrases_fill(fields[i].to, fields[i].size, fields[i].from, pairs.list);
        if (err != ERR_OK)
            return refuse(filling, err, "%s in %s: %s", fields[i].name,
                bulletin_print_language(language), err_text(err));
    }
    return ERR_OK;
}

/* The number that it follows is the same in each language. */
static enum err fill_follows(struct bulletin *bulletin, const struct filling *filling)
{
    char *end = NULL;
    if (!has_slot(filling->template, SLOT_NUMBER))
        return ERR_OK;
    for (size_t i = 0; i < filling->count; i++) {
        const struct templates_value *value = &filling->values[i];
        if (strcmp(value->slot, SLOT_NUMBER) != 0)
            continue;
        unsigned long number = strtoul(value->value, &end, 10);
        if (value->value[0] < '1' || value->value[0] > '9' || *end != '\0' ||
            number > BULLETIN_NUMBER_MAX || !value->all)
            return refuse(filling, ERR_VALUE,
                "slot '%s' is the number of a bulletin, one for all languages", value->slot);
        bulletin->follows = (uint32_t)number;
    }
    return ERR_OK;
}

enum err templates_fill(struct bulletin *bulletin, char why[TEMPLATES_WHY_SIZE],
    const struct template *template, const struct templates_value *values, size_t count)
{
    const struct filling filling = {template, values, count, why};
    *bulletin = (struct bulletin){
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .kind = template->kind,
        .severity = template->codes.severity,
        .urgency = template->codes.urgency,
        .certainty = template->codes.certainty,
        .category = template->codes.category,
        .response = template->codes.response,
        .languages = (1u << BULLETIN_LANGUAGE_COUNT) - 1,
        .text_model = BULLETIN_TEXT_MODEL_MIXER,
    };
    why[0] = '\0';
    enum err err = phrases_event_parse(&bulletin->event, template->event);
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        err = check_value(&filling, i);
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT && err == ERR_OK; i++)
        err = fill_language(&bulletin->text[i], &filling, (enum bulletin_language)i);
    return err == ERR_OK ? fill_follows(bulletin, &filling) : err;
}
