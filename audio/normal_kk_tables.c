/* Kazakh: abbreviations, units, names of letters. The grammar is normal_kk.c's. */
#include "audio/normal_language.h"

static const struct normal_pair consonants[] = {{"Б", "бэ"}, {"В", "вэ"}, {"Г", "гэ"}, {"Ғ", "ға"},
    {"Д", "дэ"}, {"Ж", "жы"}, {"З", "зэ"}, {"Й", "й"}, {"К", "ка"}, {"Қ", "қа"}, {"Л", "эл"},
    {"М", "эм"}, {"Н", "эн"}, {"Ң", "эң"}, {"П", "пэ"}, {"Р", "эр"}, {"С", "эс"}, {"Т", "тэ"},
    {"Ф", "эф"}, {"Х", "ха"}, {"Һ", "һа"}, {"Ц", "цэ"}, {"Ч", "чэ"}, {"Ш", "ша"}, {"Щ", "ща"},
    {NULL, NULL}};

static const struct normal_pair script[] = {{"SCH", "щ"}, {"SH", "ш"}, {"CH", "ч"}, {"ZH", "ж"},
    {"KH", "х"}, {"TS", "ц"}, {"YU", "ю"}, {"YA", "я"}, {"GH", "ғ"}, {"NG", "ң"}, {"PH", "ф"},
    {"TH", "т"}, {"EE", "и"}, {"OO", "у"}, {"A", "а"}, {"B", "б"}, {"C", "к"}, {"D", "д"},
    {"E", "е"}, {"F", "ф"}, {"G", "г"}, {"H", "х"}, {"I", "и"}, {"J", "ж"}, {"K", "к"}, {"L", "л"},
    {"M", "м"}, {"N", "н"}, {"O", "о"}, {"P", "п"}, {"Q", "қ"}, {"R", "р"}, {"S", "с"}, {"T", "т"},
    {"U", "у"}, {"V", "в"}, {"W", "уа"}, {"X", "кс"}, {"Y", "й"}, {"Z", "з"}, {"Ä", "ә"},
    {"Ö", "ө"}, {"Ü", "ү"}, {"Ñ", "ң"}, {"Ğ", "ғ"}, {"Ş", "ш"}, {"Ū", "ұ"}, {"İ", "и"}, {"Ç", "ч"},
    {NULL, NULL}};

static const struct normal_pair words[] = {{"OK", "окей"}, {"ОК", "окей"}, {"WHATSAPP", "уатсап"},
    {"TELEGRAM", "телеграм"}, {"YOUTUBE", "ютуб"}, {"INSTAGRAM", "инстаграм"},
    {"FACEBOOK", "фейсбук"}, {"GOOGLE", "гугл"}, {"ZOOM", "зум"}, {"SIGNAL", "сигнал"},
    {"TIKTOK", "тикток"}, {"IPHONE", "айфон"}, {"ANDROID", "андроид"}, {"VIBER", "вайбер"},
    {"WI", "уай"}, {"FI", "фай"}, {"ONLINE", "онлайн"}, {"AIR", "эйр"}, {"ASTANA", "астана"},
    {"FREEDV", "фри ди ви"}, {"USB", "ю эс би"}, {"FM", "эф эм"}, {"UTC", "ю ти си"},
    {"GPS", "жи пи эс"}, {"SOS", "сос"}, {"ID", "айди"}, {"TV", "ти ви"}, {"SIM", "сим"},
    {"WWW", "үш дабл ю"}, {"KZ", "ка зэт"}, {"ТГ", "теңге"}, {"ТЕЛ", "телефон"}, {"ІІМ", "і і эм"},
    {"ШҚО", "ша қа о"}, {"БҚО", "бэ қа о"}, {"СҚО", "эс қа о"}, {"ХҚКО", "ха қа ка о"},
    {"ЖСН", "жы эс эн"}, {"АҚШ", "а қа ша"}, {"АҚ", "а қа"}, {"ӘҚК", "ә қа ка"}, {"ҰҚК", "ұ қа ка"},
    {"ТЖ", "тэ жы"}, {"ІІБ", "і і бэ"}, {"ЖАО", "жы а о"}, {"АЖҚС", "а жы қа эс"}, {NULL, NULL}};

static const struct normal_pair endings[] = {{"ТЕЛ", "телефон"}, {"КӨШ", "көшесі"},
    {"ДАҢ", "даңғылы"}, {"ДАҢҒ", "даңғылы"}, {"МИН", "минут"}, {"САҒ", "сағат"}, {"ОБЛ", "облысы"},
    {"АУД", "ауданы"}, {"ТҰР", "тұрғын"}, {"Ж", "жыл"}, {"ЖЖ", "жылдар"}, {"ҚАЛ", "қаласы"},
    {"МКР", "шағын ауданы"}, {"Т.Б", "тағы басқалар"}, {NULL, NULL}};

static const struct normal_sign signs[] = {{"т. б.", "тағы басқалар", NORMAL_ANY},
    {"т.б.", "тағы басқалар", NORMAL_ANY}, {"т.с.с.", "тағы сол сияқты", NORMAL_ANY},
    {"ш/а", "шағын ауданы", NORMAL_ANY}, {"пәт.", "пәтер", NORMAL_DIGIT},
    {"кв.", "пәтер", NORMAL_DIGIT}, {"қ.", "қаласы", NORMAL_ANY}, {"№№", "нөмірлер", NORMAL_ANY},
    {"№", "нөмір", NORMAL_ANY}, {"%", "пайыз", NORMAL_ANY}, {"+", "плюс", NORMAL_ANY},
    {"&", "және", NORMAL_ANY}, {"₸", "теңге", NORMAL_ANY}, {"₽", "рубль", NORMAL_ANY},
    {"$", "доллар", NORMAL_ANY}, {"€", "еуро", NORMAL_ANY}, {"°", "градус", NORMAL_ANY},
    {"±", "плюс минус", NORMAL_ANY}, {"=", "тең", NORMAL_ANY}, {"@", "ат", NORMAL_ANY},
    {"½", "жарты", NORMAL_ANY}, {"¼", "төрттен бір", NORMAL_ANY}, {"¾", "төрттен үш", NORMAL_ANY},
    {NULL, NULL, NORMAL_ANY}};

static const struct normal_unit units[] = {
    {"мкЗв/сағ", "сағатына", "микрозиверт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мкЗв/ч", "сағатына", "микрозиверт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м²", NULL, "шаршы метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м³", NULL, "текше метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м3", NULL, "текше метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км²", NULL, "шаршы километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мың", NULL, "мың", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"млн", NULL, "миллион", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"млрд", NULL, "миллиард", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"KZT", NULL, "теңге", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"₽", NULL, "рубль", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"$", NULL, "доллар", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"€", NULL, "еуро", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"£", NULL, "фунт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"Вт", NULL, "ватт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"МВт", NULL, "мегаватт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"Гц", NULL, "герц", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"дБ", NULL, "децибел", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км/с", "секундына", "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"°C", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"°С", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"℃", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"°", NULL, "градус", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"%", NULL, "пайыз", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"₸", NULL, "теңге", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"тг", NULL, "теңге", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км/сағ", "сағатына", "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км/ч", "сағатына", "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м/с", "секундына", "метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мм", NULL, "миллиметр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"см", NULL, "сантиметр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"км", NULL, "километр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"м", NULL, "метр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"га", NULL, "гектар", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кг", NULL, "килограмм", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"г", NULL, "грамм", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"т", NULL, "тонна", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мл", NULL, "миллилитр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"л", NULL, "литр", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"мин", NULL, "минут", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"сағ", NULL, "сағат", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"сек", NULL, "секунд", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"МГц", NULL, "мегагерц", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кГц", NULL, "килогерц", NULL, NULL, NULL, NORMAL_MASCULINE},
    {"кВт", NULL, "киловатт", NULL, NULL, NULL, NORMAL_MASCULINE},
    {NULL, NULL, NULL, NULL, NULL, NULL, NORMAL_MASCULINE},
};

static const char *const calls[] = {
    "ХАБАРЛАС", "ҚОҢЫРАУ", "НӨМІР", "ТЕЛЕФОН", "ҚЫЗМЕТІ", "ЖӘРДЕМ", "ТЕРІҢІЗ", NULL};
static const char *const hours[] = {"САҒАТ", "УАҚЫТЫ", NULL};
static const char *const days[] = {NULL};
static const char *const counted[] = {"МЫҢ", "МЛН", "МЛРД", "МИЛЛИ", "ПАЙЫЗ", "БАЛЛ", "МЕТР",
    "КИЛО", "САНТИ", "ГРАДУС", "ТОННА", "ЛИТР", "ЕСЕ", "ШАРШЫ", "МЕГА", NULL};
static const char *const houses[] = {"ҮЙ", "КӨШЕ", "ДАҢҒЫЛ", "ПӘТЕР", "НӨМІР", "ШАҒЫН", NULL};
static const char *const years[] = {"ж.", "жыл", NULL};
static const char *const joins[] = {"ЖӘНЕ", "НЕМЕСЕ", "МЕН", "ӘЛДЕ", NULL};

const struct normal_language normal_kk = {
    .digit = {"нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"},
    .plus = "плюс",
    .letter = {"а", "бэ", "цэ", "дэ", "е", "эф", "гэ", "аш", "и", "жи", "ка", "эл", "эм", "эн", "о",
        "пэ", "кю", "эр", "эс", "тэ", "у", "вэ", "дабл вэ", "икс", "игрек", "зэт"},
    .spelling = {"альфа", "браво", "чарли", "дельта", "эко", "фокстрот", "гольф", "хотел", "индия",
        "жульет", "кило", "лима", "майк", "новембер", "оскар", "папа", "квебек", "ромео", "сьерра",
        "танго", "юниформ", "виктор", "виски", "иксрей", "янки", "зулу"},
    .vowels = "АӘЕЁИОӨУҰҮЫІЭЮЯ",
    .consonants = consonants,
    .script = script,
    .words = words,
    .endings = endings,
    .signs = signs,
    .units = units,
    .calls = calls,
    .joins = joins,
    .hours = hours,
    .days = days,
    .counted = counted,
    .houses = houses,
    .years = years,
    .inner_y = "ы",
    .dot = "нүкте",
    .say_number = normal_kk_say_number,
    .say_word = normal_kk_say_word,
};
