/* English: numbers with "and", times on the 24-hour clock.
 */
#include "audio/normal_language.h"

#include <string.h>

struct numeral {
    const char *cardinal;
    const char *ordinal;
};

static const struct numeral small[20] = {{"zero", "zeroth"}, {"one", "first"}, {"two", "second"},
    {"three", "third"}, {"four", "fourth"}, {"five", "fifth"}, {"six", "sixth"},
    {"seven", "seventh"}, {"eight", "eighth"}, {"nine", "ninth"}, {"ten", "tenth"},
    {"eleven", "eleventh"}, {"twelve", "twelfth"}, {"thirteen", "thirteenth"},
    {"fourteen", "fourteenth"}, {"fifteen", "fifteenth"}, {"sixteen", "sixteenth"},
    {"seventeen", "seventeenth"}, {"eighteen", "eighteenth"}, {"nineteen", "nineteenth"}};

static const struct numeral tens[10] = {{"", ""}, {"", ""}, {"twenty", "twentieth"},
    {"thirty", "thirtieth"}, {"forty", "fortieth"}, {"fifty", "fiftieth"}, {"sixty", "sixtieth"},
    {"seventy", "seventieth"}, {"eighty", "eightieth"}, {"ninety", "ninetieth"}};

static const struct scale {
    uint64_t size;
    struct numeral name;
} scales[] = {{1000000000, {"billion", "billionth"}}, {1000000, {"million", "millionth"}},
    {1000, {"thousand", "thousandth"}}};

static void say_one(struct normal_sink *sink, const struct numeral *numeral, bool ordinal)
{
    normal_say(sink, ordinal ? numeral->ordinal : numeral->cardinal);
}

/* 1 to 999; and: "and" before its last two digits. */
static void say_hundreds(struct normal_sink *sink, unsigned n, bool and, bool ordinal)
{
    static const struct numeral hundred = {"hundred", "hundredth"};

    if (n >= 100) {
        say_one(sink, &small[n / 100], false);
        say_one(sink, &hundred, ordinal && n % 100 == 0);
    }
    n %= 100;
    if (n > 0 && and)
        normal_say(sink, "and");
    if (n >= 20)
        say_one(sink, &tens[n / 10], ordinal && n % 10 == 0);
    if (n >= 20 && n % 10 > 0)
        say_one(sink, &small[n % 10], ordinal);
    if (n > 0 && n < 20)
        say_one(sink, &small[n], ordinal);
}

static void say_whole(struct normal_sink *sink, uint64_t n, bool ordinal)
{
    uint64_t rest = n;

    if (n == 0)
        say_one(sink, &small[0], ordinal);
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        unsigned many = (unsigned)(rest / scales[i].size);

        rest %= scales[i].size;
        if (many == 0)
            continue;
        say_hundreds(sink, many, many > 100, false);
        say_one(sink, &scales[i].name, ordinal && n % scales[i].size == 0);
    }
    say_hundreds(sink, (unsigned)rest, n > 100, ordinal);
}

static void say_time(struct normal_sink *sink, const struct normal_value *value)
{
    say_whole(sink, value->whole, false);
    if (value->minutes == 0) {
        normal_say(sink, "hundred hours");
        return;
    }
    if (value->minutes < 10)
        normal_say(sink, "oh");
    say_whole(sink, value->minutes, false);
}

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};
/* May before a day is more often a verb. */
static const char *const month_words[] = {"JANUARY", "FEBRUARY", "MARCH", "APRIL", "JUNE", "JULY",
    "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER", NULL};

static void say_date(struct normal_sink *sink, const struct normal_value *value)
{
    say_whole(sink, value->whole, true);
    normal_say(sink, months[value->month - 1]);
    if (value->year > 0)
        say_whole(sink, value->year, false);
}

static void say_fraction(struct normal_sink *sink, const struct normal_value *value)
{
    bool single = value->whole == 1;

    say_whole(sink, value->whole, false);
    if (value->under == 2)
        normal_say(sink, "half");
    else if (value->under == 4)
        normal_say(sink, "quarter");
    else
        say_whole(sink, value->under, true);
    if (!single)
        normal_attach(sink, "s");
}

static void say_value(struct normal_sink *sink, const struct normal_value *value, bool ordinal)
{
    if (value->minus)
        normal_say(sink, "minus");
    switch (value->kind) {
    case NORMAL_TIME:
        say_time(sink, value);
        break;
    case NORMAL_DECIMAL:
        say_whole(sink, value->whole, false);
        normal_say(sink, "point");
        for (const char *digit = value->fraction; *digit; digit++)
            say_one(sink, &small[*digit - '0'], false);
        break;
    case NORMAL_DATE:
        say_date(sink, value);
        break;
    case NORMAL_FRACTION:
        say_fraction(sink, value);
        break;
    case NORMAL_DIGITS:
        normal_say_digits(sink, value->digits, &normal_en);
        break;
    case NORMAL_WHOLE:
        for (unsigned i = 0; i < value->zeros; i++)
            say_one(sink, &small[0], false);
        say_whole(sink, value->whole, ordinal);
        break;
    }
}

/* Is it a day beside its month? */
static bool is_day(const struct normal_number *number, const struct normal_value *last)
{
    return last->kind == NORMAL_WHOLE && last->whole >= 1 && last->whole <= 31 && !number->unit &&
           !number->suffix[0] &&
           (normal_among(number->after, month_words) || normal_among(number->before, month_words));
}

static void say_number(struct normal_sink *sink, const struct normal_number *number)
{
    static const char *const ordinal_endings[] = {
        "st", "nd", "rd", "th", "ST", "ND", "RD", "TH", NULL};
    const struct normal_value *last = number->range ? &number->until : &number->value;
    bool ending = normal_among(number->suffix, ordinal_endings);
    bool day = is_day(number, last);
    bool ordinal = day || (ending && last->kind == NORMAL_WHOLE);
    bool single = last->kind == NORMAL_WHOLE && last->whole == 1;

    if (number->range) {
        say_value(sink, &number->value, day);
        normal_say(sink, "to");
    }
    say_value(sink, last, ordinal);
    if (number->unit) {
        normal_say(sink, single || !number->unit->many ? number->unit->one : number->unit->many);
        if (number->unit->after)
            normal_say(sink, number->unit->after);
    }
    if (!ordinal)
        normal_say(sink, number->suffix);
}

static const struct normal_pair script[] = {{"А", "a"}, {"Ә", "ae"}, {"Б", "b"}, {"В", "v"},
    {"Г", "g"}, {"Ғ", "g"}, {"Д", "d"}, {"Е", "e"}, {"Ё", "yo"}, {"Ж", "zh"}, {"З", "z"},
    {"И", "i"}, {"Й", "y"}, {"К", "k"}, {"Қ", "k"}, {"Л", "l"}, {"М", "m"}, {"Н", "n"}, {"Ң", "ng"},
    {"О", "o"}, {"Ө", "o"}, {"П", "p"}, {"Р", "r"}, {"С", "s"}, {"Т", "t"}, {"У", "u"}, {"Ұ", "u"},
    {"Ү", "u"}, {"Ф", "f"}, {"Х", "kh"}, {"Һ", "h"}, {"Ц", "ts"}, {"Ч", "ch"}, {"Ш", "sh"},
    {"Щ", "shch"}, {"Ы", "i"}, {"І", "i"}, {"Э", "e"}, {"Ю", "yu"}, {"Я", "ya"}, {NULL, NULL}};

static const struct normal_pair words[] = {{"OK", "okay"}, {"ОК", "okay"}, {"RH", "R H"},
    {"WI", "why"}, {"FI", "fye"}, {"FREEDV", "free D V"}, {"TENGE", "teng gay"}, {"WWW", "W W W"},
    {"KZ", "K Z"}, {"WHATSAPP", "what's app"}, {"PM", "P.M."}, {NULL, NULL}};

static const struct normal_pair endings[] = {{"TEL", "telephone"}, {"APPROX", "approximately"},
    {"AVE", "avenue"}, {"MIN", "minutes"}, {"HRS", "hours"}, {"RD", "road"}, {"APT", "apartment"},
    {"BLDG", "building"}, {"DR", "doctor"}, {"MR", "mister"}, {"MRS", "missis"},
    {"INCL", "including"}, {"GOV", "government"}, {"DEPT", "department"}, {"ETC", "et cetera"},
    {NULL, NULL}};

static const struct normal_sign signs[] = {{"e.g.", "for example", NORMAL_ANY},
    {"i.e.", "that is", NORMAL_ANY}, {"a.m.", "A.M.", NORMAL_ANY}, {"p.m.", "P.M.", NORMAL_ANY},
    {"St.", "street", NORMAL_DIGIT}, {"№", "number", NORMAL_ANY}, {"Nos.", "numbers", NORMAL_DIGIT},
    {"No.", "number", NORMAL_DIGIT}, {"No", "number", NORMAL_DIGIT},
    {"no.", "number", NORMAL_DIGIT}, {"%", "per cent", NORMAL_ANY}, {"+", "plus", NORMAL_ANY},
    {"&", "and", NORMAL_ANY}, {"₸", "teng gay", NORMAL_ANY}, {"$", "dollars", NORMAL_ANY},
    {"€", "euros", NORMAL_ANY}, {"£", "pounds", NORMAL_ANY}, {"°", "degrees", NORMAL_ANY},
    {"±", "plus or minus", NORMAL_ANY}, {"=", "equals", NORMAL_ANY}, {"@", "at", NORMAL_ANY},
    {"½", "half", NORMAL_ANY}, {"¼", "a quarter", NORMAL_ANY}, {"¾", "three quarters", NORMAL_ANY},
    {NULL, NULL, NORMAL_ANY}};

static const struct normal_unit units[] = {
    {"µSv/h", NULL, "microsievert", NULL, "microsieverts", "per hour", NORMAL_NEUTER},
    {"m²", NULL, "square metre", NULL, "square metres", NULL, NORMAL_NEUTER},
    {"m³", NULL, "cubic metre", NULL, "cubic metres", NULL, NORMAL_NEUTER},
    {"km²", NULL, "square kilometre", NULL, "square kilometres", NULL, NORMAL_NEUTER},
    {"°F", NULL, "degree", NULL, "degrees", "Fahrenheit", NORMAL_NEUTER},
    {"mph", NULL, "mile", NULL, "miles", "per hour", NORMAL_NEUTER},
    {"am", NULL, "A.M.", NULL, NULL, NULL, NORMAL_NEUTER},
    {"pm", NULL, "P.M.", NULL, NULL, NULL, NORMAL_NEUTER},
    {"$", NULL, "dollar", NULL, "dollars", NULL, NORMAL_NEUTER},
    {"€", NULL, "euro", NULL, "euros", NULL, NORMAL_NEUTER},
    {"£", NULL, "pound", NULL, "pounds", NULL, NORMAL_NEUTER},
    {"mln", NULL, "million", NULL, NULL, NULL, NORMAL_NEUTER},
    {"bn", NULL, "billion", NULL, NULL, NULL, NORMAL_NEUTER},
    {"W", NULL, "watt", NULL, "watts", NULL, NORMAL_NEUTER},
    {"MW", NULL, "megawatt", NULL, "megawatts", NULL, NORMAL_NEUTER},
    {"ft", NULL, "foot", NULL, "feet", NULL, NORMAL_NEUTER},
    {"mi", NULL, "mile", NULL, "miles", NULL, NORMAL_NEUTER},
    {"hrs", NULL, "hour", NULL, "hours", NULL, NORMAL_NEUTER},
    {"hr", NULL, "hour", NULL, "hours", NULL, NORMAL_NEUTER},
    {"sec", NULL, "second", NULL, "seconds", NULL, NORMAL_NEUTER},
    {"dB", NULL, "decibel", NULL, "decibels", NULL, NORMAL_NEUTER},
    {"°C", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"℃", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"°", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"%", NULL, "per cent", NULL, NULL, NULL, NORMAL_NEUTER},
    {"₸", NULL, "teng gay", NULL, NULL, NULL, NORMAL_NEUTER},
    {"KZT", NULL, "teng gay", NULL, NULL, NULL, NORMAL_NEUTER},
    {"km/h", NULL, "kilometre", NULL, "kilometres", "per hour", NORMAL_NEUTER},
    {"m/s", NULL, "metre", NULL, "metres", "per second", NORMAL_NEUTER},
    {"mm", NULL, "millimetre", NULL, "millimetres", NULL, NORMAL_NEUTER},
    {"cm", NULL, "centimetre", NULL, "centimetres", NULL, NORMAL_NEUTER},
    {"km", NULL, "kilometre", NULL, "kilometres", NULL, NORMAL_NEUTER},
    {"m", NULL, "metre", NULL, "metres", NULL, NORMAL_NEUTER},
    {"ha", NULL, "hectare", NULL, "hectares", NULL, NORMAL_NEUTER},
    {"kg", NULL, "kilogram", NULL, "kilograms", NULL, NORMAL_NEUTER},
    {"g", NULL, "gram", NULL, "grams", NULL, NORMAL_NEUTER},
    {"t", NULL, "tonne", NULL, "tonnes", NULL, NORMAL_NEUTER},
    {"ml", NULL, "millilitre", NULL, "millilitres", NULL, NORMAL_NEUTER},
    {"l", NULL, "litre", NULL, "litres", NULL, NORMAL_NEUTER},
    {"min", NULL, "minute", NULL, "minutes", NULL, NORMAL_NEUTER},
    {"h", NULL, "hour", NULL, "hours", NULL, NORMAL_NEUTER},
    {"MHz", NULL, "megahertz", NULL, NULL, NULL, NORMAL_NEUTER},
    {"kHz", NULL, "kilohertz", NULL, NULL, NULL, NORMAL_NEUTER},
    {"kW", NULL, "kilowatt", NULL, "kilowatts", NULL, NORMAL_NEUTER},
    {NULL, NULL, NULL, NULL, NULL, NULL, NORMAL_NEUTER},
};

static const char *const calls[] = {
    "CALL", "DIAL", "PHONE", "RING", "NUMBER", "TELEPHONE", "SERVICE", NULL};
static const char *const hours[] = {"AT", NULL};
static const char *const days[] = {"ON", "DATED", "SINCE", NULL};
static const char *const counted[] = {
    "MILLION", "BILLION", "THOUSAND", "PER", "METRE", "KILO", "DEGREE", "TIMES", "LITRE", NULL};
static const char *const houses[] = {
    "HOUSE", "STREET", "AVENUE", "ROAD", "BUILDING", "APARTMENT", "NUMBER", NULL};
static const char *const years[] = {NULL};
static const char *const joins[] = {"OR", "AND", "AT", "FOR", "IF", "IMMEDIATELY", "NOW", NULL};

const struct normal_language normal_en = {
    .digit = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"},
    .plus = "plus",
    .letter = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q",
        "R", "S", "T", "U", "V", "W", "X", "Y", "Z"},
    .spelling = {"Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India",
        "Juliett", "Kilo", "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra",
        "Tango", "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu"},
    .latin = true,
    .comma_groups = true,
    .vowels = "",
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
    .dot = "dot",
    .say_number = say_number,
};
