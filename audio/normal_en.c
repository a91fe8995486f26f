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

static void say_number(struct normal_sink *sink, const struct normal_number *number)
{
    static const char *const ordinal_endings[] = {
        "st", "nd", "rd", "th", "ST", "ND", "RD", "TH", NULL};
    const struct normal_value *last = number->range ? &number->until : &number->value;
    bool ordinal = normal_among(number->suffix, ordinal_endings) && last->kind == NORMAL_WHOLE;
    bool single = last->kind == NORMAL_WHOLE && last->whole == 1;

    if (number->range) {
        say_value(sink, &number->value, false);
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
    {"Щ", "shch"}, {"Ы", "y"}, {"І", "i"}, {"Э", "e"}, {"Ю", "yu"}, {"Я", "ya"}, {NULL, NULL}};

static const struct normal_pair words[] = {{"OK", "okay"}, {"ОК", "okay"}, {"RH", "R H"},
    {"WI", "why"}, {"FI", "fye"}, {"FREEDV", "free D V"}, {NULL, NULL}};

static const struct normal_pair endings[] = {{"TEL", "telephone"}, {"APPROX", "approximately"},
    {"AVE", "avenue"}, {"MIN", "minutes"}, {"HRS", "hours"}, {NULL, NULL}};

static const struct normal_sign signs[] = {{"№", "number", false}, {"Nos.", "numbers", true},
    {"No.", "number", true}, {"No", "number", true}, {"no.", "number", true},
    {"%", "per cent", false}, {"+", "plus", false}, {"&", "and", false}, {"₸", "tenge", false},
    {"°", "degrees", false}, {"=", "equals", false}, {"@", "at", false}, {NULL, NULL, false}};

static const struct normal_unit units[] = {
    {"°C", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"℃", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"°", NULL, "degree", NULL, "degrees", NULL, NORMAL_NEUTER},
    {"%", NULL, "per cent", NULL, NULL, NULL, NORMAL_NEUTER},
    {"₸", NULL, "tenge", NULL, NULL, NULL, NORMAL_NEUTER},
    {"KZT", NULL, "tenge", NULL, NULL, NULL, NORMAL_NEUTER},
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

static const char *const calls[] = {"CALL", "DIAL", "PHONE", "RING", "NUMBER", "TELEPHONE", NULL};
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
    .say_number = say_number,
};
