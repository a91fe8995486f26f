#include "gateway/bulletin/area.h"

#include "gateway/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define FOLDED_MAX 256 /* bytes of a folded name or list */
#define CODE_PREFIX 3  /* "KZ-" */

/* By bit. Names of the three cities stand without "city". */
static const struct area areas[AREA_COUNT] = {
    {0, "KZ", {"Қазақстан", "Казахстан", "Kazakhstan"}, {NULL, NULL, NULL}},
    {1, "KZ-10", {"Абай облысы", "Абайская область", "Abai Region"}, {"Семей", "Семей", "Semey"}},
    {2, "KZ-11", {"Ақмола облысы", "Акмолинская область", "Akmola Region"},
        {"Көкшетау", "Кокшетау", "Kokshetau"}},
    {3, "KZ-15", {"Ақтөбе облысы", "Актюбинская область", "Aktobe Region"},
        {"Ақтөбе", "Актобе", "Aktobe"}},
    {4, "KZ-19", {"Алматы облысы", "Алматинская область", "Almaty Region"},
        {"Қонаев", "Конаев", "Qonaev"}},
    {5, "KZ-23", {"Атырау облысы", "Атырауская область", "Atyrau Region"},
        {"Атырау", "Атырау", "Atyrau"}},
    {6, "KZ-27",
        {"Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan Region"},
        {"Орал", "Уральск", "Oral"}},
    {7, "KZ-31", {"Жамбыл облысы", "Жамбылская область", "Zhambyl Region"},
        {"Тараз", "Тараз", "Taraz"}},
    {8, "KZ-33", {"Жетісу облысы", "Жетысуская область", "Zhetisu Region"},
        {"Талдықорған", "Талдыкорган", "Taldykorgan"}},
    {9, "KZ-35", {"Қарағанды облысы", "Карагандинская область", "Karaganda Region"},
        {"Қарағанды", "Караганда", "Karaganda"}},
    {10, "KZ-39", {"Қостанай облысы", "Костанайская область", "Kostanay Region"},
        {"Қостанай", "Костанай", "Kostanay"}},
    {11, "KZ-43", {"Қызылорда облысы", "Кызылординская область", "Kyzylorda Region"},
        {"Қызылорда", "Кызылорда", "Kyzylorda"}},
    {12, "KZ-47", {"Маңғыстау облысы", "Мангистауская область", "Mangystau Region"},
        {"Ақтау", "Актау", "Aktau"}},
    {13, "KZ-55", {"Павлодар облысы", "Павлодарская область", "Pavlodar Region"},
        {"Павлодар", "Павлодар", "Pavlodar"}},
    {14, "KZ-59",
        {"Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan Region"},
        {"Петропавл", "Петропавловск", "Petropavl"}},
    {15, "KZ-61", {"Түркістан облысы", "Туркестанская область", "Turkistan Region"},
        {"Түркістан", "Туркестан", "Turkistan"}},
    {16, "KZ-62", {"Ұлытау облысы", "Улытауская область", "Ulytau Region"},
        {"Жезқазған", "Жезказган", "Zhezkazgan"}},
    {17, "KZ-63",
        {"Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region"},
        {"Өскемен", "Усть-Каменогорск", "Oskemen"}},
    {18, "KZ-71", {"Астана", "Астана", "Astana"}, {NULL, NULL, NULL}},
    {19, "KZ-75", {"Алматы", "Алматы", "Almaty"}, {NULL, NULL, NULL}},
    {20, "KZ-79", {"Шымкент", "Шымкент", "Shymkent"}, {NULL, NULL, NULL}},
};

/* What else people write: short and old names, other spellings, codes before 2022, abbreviations. "Almaty" alone is the city;
 * the region of that name needs its word. */
static const struct {
    uint8_t bit;
    const char *name;
} aliases[] = {
    {0, "Қазақстан Республикасы"},
    {0, "Республика Казахстан"},
    {0, "Qazaqstan"},
    {1, "Абай"},
    {1, "Абайская"},
    {1, "Abai"},
    {1, "Abay"},
    {1, "Семипалатинск"},
    {2, "Ақмола"},
    {2, "Акмолинская"},
    {2, "Akmola"},
    {2, "Aqmola"},
    {2, "Kokchetav"},
    {2, "Кокчетав"},
    {2, "KZ-AKM"},
    {3, "Актюбинская"},
    {3, "Актюбинск"},
    {3, "Aqtobe"},
    {3, "Aktyubinsk"},
    {3, "KZ-AKT"},
    {4, "Алматинская"},
    {4, "область Алматы"},
    {4, "Алматы область"},
    {4, "Almaty oblast"},
    {4, "Almaty oblysy"},
    {4, "Konaev"},
    {4, "Қапшағай"},
    {4, "Капчагай"},
    {4, "Kapchagay"},
    {4, "KZ-ALM"},
    {5, "Атырауская"},
    {5, "Гурьев"},
    {5, "KZ-ATY"},
    {6, "Батыс Қазақстан"},
    {6, "Западно-Казахстанская"},
    {6, "West Kazakhstan"},
    {6, "БҚО"},
    {6, "ЗКО"},
    {6, "Uralsk"},
    {6, "KZ-ZAP"},
    {7, "Жамбыл"},
    {7, "Жамбылская"},
    {7, "Zhambyl"},
    {7, "Jambyl"},
    {7, "Джамбул"},
    {7, "KZ-ZHA"},
    {8, "Жетісу"},
    {8, "Жетису"},
    {8, "Жетысу"},
    {8, "Жетысуская"},
    {8, "Zhetisu"},
    {8, "Zhetysu"},
    {8, "Jetisu"},
    {8, "Taldyqorgan"},
    {9, "Карагандинская"},
    {9, "Qaragandy"},
    {9, "Karagandy"},
    {9, "KZ-KAR"},
    {10, "Костанайская"},
    {10, "Кустанай"},
    {10, "Qostanay"},
    {10, "Kostanai"},
    {10, "KZ-KUS"},
    {11, "Кызылординская"},
    {11, "Кзыл-Орда"},
    {11, "Qyzylorda"},
    {11, "KZ-KZY"},
    {12, "Маңғыстау"},
    {12, "Мангистау"},
    {12, "Мангистауская"},
    {12, "Mangystau"},
    {12, "Mangistau"},
    {12, "Aqtau"},
    {12, "KZ-MAN"},
    {13, "Павлодарская"},
    {13, "KZ-PAV"},
    {14, "Солтүстік Қазақстан"},
    {14, "Северо-Казахстанская"},
    {14, "North Kazakhstan"},
    {14, "СҚО"},
    {14, "СКО"},
    {14, "Petropavlovsk"},
    {14, "KZ-SEV"},
    {15, "Туркестанская"},
    {15, "Turkestan"},
    {15, "Оңтүстік Қазақстан"},
    {15, "Южно-Казахстанская"},
    {15, "ЮКО"},
    {15, "KZ-YUZ"},
    {16, "Ұлытау"},
    {16, "Улытауская"},
    {16, "Ulytau"},
    {16, "Джезказган"},
    {17, "Шығыс Қазақстан"},
    {17, "Восточно-Казахстанская"},
    {17, "East Kazakhstan"},
    {17, "ШҚО"},
    {17, "ВКО"},
    {17, "Ust-Kamenogorsk"},
    {17, "KZ-VOS"},
    {18, "Нұр-Сұлтан"},
    {18, "Нур-Султан"},
    {18, "Nur-Sultan"},
    {18, "KZ-AST"},
    {19, "Алма-Ата"},
    {19, "Alma-Ata"},
    {19, "KZ-ALA"},
    {20, "Чимкент"},
    {20, "Chimkent"},
    {20, "KZ-SHY"},
};

/* Words that say only what kind of place it is; they may stand before or after a name. */
static const char *const kinds[] = {"облысы", "облыс", "область", "области", "обл", "region",
    "oblast", "oblysy", "қаласы", "қала", "қ", "город", "г", "city"};

/* The look-alikes and the letters that people leave out: capitals of one Cyrillic letter and what it is read as; 0 drops it. */
static const struct {
    uint16_t code;
    char read_as;
} look_alikes[] = {
    {0x0410, 'A'}, /* А */
    {0x0412, 'B'}, /* В */
    {0x0415, 'E'}, /* Е */
    {0x0401, 'E'}, /* Ё */
    {0x041a, 'K'}, /* К */
    {0x049a, 'K'}, /* Қ */
    {0x041c, 'M'}, /* М */
    {0x041d, 'H'}, /* Н */
    {0x04a2, 'H'}, /* Ң */
    {0x04ba, 'H'}, /* Һ */
    {0x041e, 'O'}, /* О */
    {0x04e8, 'O'}, /* Ө */
    {0x0420, 'P'}, /* Р */
    {0x0421, 'C'}, /* С */
    {0x0422, 'T'}, /* Т */
    {0x0423, 'Y'}, /* У */
    {0x04b0, 'Y'}, /* Ұ */
    {0x04ae, 'Y'}, /* Ү */
    {0x0425, 'X'}, /* Х */
    {0x0406, 'I'}, /* І */
    {0x04d8, 'A'}, /* Ә */
    {0x042c, 0},   /* Ь */
    {0x042a, 0},   /* Ъ */
};

/* Pairs of letters that are both Cyrillic. */
static const struct {
    uint16_t code;
    uint16_t read_as;
} plain_letters[] = {
    {0x0492, 0x0413}, /* Ғ Г */
    {0x0419, 0x0418}, /* Й И */
    {0x0429, 0x0428}, /* Щ Ш */
};

const struct area *area_find_bit(unsigned bit)
{
    return bit < AREA_COUNT ? &areas[bit] : NULL;
}

/* One capital, read as its look-alike; 0 if it is dropped. */
static uint32_t fold_letter(uint32_t code)
{
    code = utf8_upper(code);
    for (size_t i = 0; i < sizeof look_alikes / sizeof look_alikes[0]; i++)
        if (look_alikes[i].code == code)
            return (uint32_t)look_alikes[i].read_as;
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++)
        if (plain_letters[i].code == code)
            return plain_letters[i].read_as;
    return code;
}

static bool is_word_letter(uint32_t code)
{
    return code > 0x7f || (code >= '0' && code <= '9') ||
           ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
}

/* Folds text[0..size) into words, each with one space before it: "KZ-75" is " KZ 75". False if it does not fit. */
static bool fold(char folded[FOLDED_MAX], const char *text, size_t size)
{
    size_t used = 0;
    bool between = true;
    for (const char *at = text; at < text + size;) {
        uint32_t code = utf8_next(&at);
        if (!is_word_letter(code)) {
            between = true;
            continue;
        }
        if (used + 6 > FOLDED_MAX)
            return false;
        if (between)
            folded[used++] = ' ';
        between = false;
        code = fold_letter(code);
        if (code != 0)
            used += utf8_put(folded + used, code);
    }
    folded[used] = '\0';
    return true;
}

/* The length of name, folded, if it begins the folded words and ends at a word's end; otherwise 0. */
static size_t match(const char *words, const char *name)
{
    char folded[FOLDED_MAX];
    if (name == NULL || !fold(folded, name, strlen(name)))
        return 0;
    size_t size = strlen(folded);
    bool same = strncmp(words, folded, size) == 0;
    return same && (words[size] == ' ' || words[size] == '\0') ? size : 0;
}

static void take_longer(size_t *longest, uint32_t *region, size_t size, unsigned bit)
{
    if (size <= *longest)
        return;
    *longest = size;
    *region = 1u << bit;
}

/* The longest name, centre, code or alias that begins the words, and its region; 0 if there is none. */
static size_t match_region(uint32_t *region, const char *words)
{
    size_t longest = 0;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++) {
        const struct area *area = &areas[bit];
        take_longer(&longest, region, match(words, area->code), bit);
        if (bit > 0)
            take_longer(&longest, region, match(words, area->code + CODE_PREFIX), bit);
        for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
            take_longer(&longest, region, match(words, area->name[i]), bit);
            take_longer(&longest, region, match(words, area->centre[i]), bit);
        }
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        take_longer(&longest, region, match(words, aliases[i].name), aliases[i].bit);
    return longest;
}

static size_t match_kind(const char *words)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t size = match(words, kinds[i]);
        if (size > 0)
            return size;
    }
    return 0;
}

/* One stretch between commas. */
static enum err parse_words(uint32_t *regions, const char *words)
{
    while (*words != '\0') {
        uint32_t region = 0;
        size_t size = match_region(&region, words);
        if (size == 0)
            size = match_kind(words);
        if (size == 0)
            return ERR_MISSING;
        *regions |= region;
        words += size;
    }
    return ERR_OK;
}

enum err area_parse(uint32_t *regions, const char *text)
{
    uint32_t found = 0;
    while (*text != '\0') {
        char words[FOLDED_MAX];
        size_t size = strcspn(text, ",;\n");
        if (!fold(words, text, size) || parse_words(&found, words) != ERR_OK)
            return ERR_MISSING;
        text += size;
        text += strspn(text, ",;\n");
    }
    *regions = found;
    return found != 0 ? ERR_OK : ERR_MISSING;
}

const struct area *area_find_code(const char *code)
{
    char folded[FOLDED_MAX];
    if (!fold(folded, code, strlen(code)))
        return NULL;
    for (unsigned bit = 0; bit < AREA_COUNT; bit++) {
        size_t size = match(folded, areas[bit].code);
        if (size == 0 && bit > 0)
            size = match(folded, areas[bit].code + CODE_PREFIX);
        if (size > 0 && folded[size] == '\0')
            return &areas[bit];
    }
    return NULL;
}

bool area_concerns(uint32_t concerned, uint32_t chosen)
{
    return ((concerned | chosen) & BULLETIN_COUNTRY) != 0 || (concerned & chosen) != 0;
}

/* Appends a separator (unless it is the first) and a word, if both fit; false if not. */
static bool append(char *text, size_t size, const char *separator, const char *word)
{
    size_t used = strlen(text);
    int more = snprintf(text + used, size - used, "%s%s", used > 0 ? separator : "", word);
    if (more >= 0 && (size_t)more < size - used)
        return true;
    text[used] = '\0';
    return false;
}

void area_print_codes(char *text, size_t size, uint32_t regions)
{
    if (size == 0)
        return;
    text[0] = '\0';
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((regions & 1u << bit) != 0 && !append(text, size, " ", areas[bit].code))
            return;
}

void area_print_names(char *text, size_t size, uint32_t regions, enum bulletin_language language)
{
    if (size == 0)
        return;
    text[0] = '\0';
    for (unsigned bit = 0; bit < AREA_COUNT; bit++)
        if ((regions & 1u << bit) != 0 && !append(text, size, ", ", areas[bit].name[language]))
            return;
}
