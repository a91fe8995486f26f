#include "modems/command.h"

#include "gateway/bulletin/area.h"
#include "modems/command_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ALMATY (1u << 19)
#define ASTANA (1u << 18)
#define MANGYSTAU (1u << 12)
#define WEST (1u << 6)

/* The words that subscribers were promised. */
static const struct {
    const char *word;
    enum command_verb verb;
    int value;
} words[] = {
    {"START", COMMAND_START, 0},
    {"JOIN", COMMAND_START, 0},
    {"SUBSCRIBE", COMMAND_START, 0},
    {"СТАРТ", COMMAND_START, 0},
    {"НАЧАТЬ", COMMAND_START, 0},
    {"ПОДПИСКА", COMMAND_START, 0},
    {"ПОДПИСАТЬСЯ", COMMAND_START, 0},
    {"БАСТА", COMMAND_START, 0},
    {"БАСТАУ", COMMAND_START, 0},
    {"ЖАЗЫЛУ", COMMAND_START, 0},
    {"ҚОСЫЛУ", COMMAND_START, 0},
    {"BASTA", COMMAND_START, 0},
    {"BASTAU", COMMAND_START, 0},
    {"JAZYLU", COMMAND_START, 0},
    {"ZHAZYLU", COMMAND_START, 0},
    {"QOSYLU", COMMAND_START, 0},
    {"KOSYLU", COMMAND_START, 0},
    {"NACHAT", COMMAND_START, 0},
    {"PODPISKA", COMMAND_START, 0},
    {"STOP", COMMAND_STOP, 0},
    {"STOPALL", COMMAND_STOP, 0},
    {"UNSUBSCRIBE", COMMAND_STOP, 0},
    {"END", COMMAND_STOP, 0},
    {"QUIT", COMMAND_STOP, 0},
    {"СТОП", COMMAND_STOP, 0},
    {"ОТПИСКА", COMMAND_STOP, 0},
    {"ОТПИСАТЬСЯ", COMMAND_STOP, 0},
    {"ХВАТИТ", COMMAND_STOP, 0},
    {"ТОҚТА", COMMAND_STOP, 0},
    {"ТОҚТАТ", COMMAND_STOP, 0},
    {"ТОҚТАТУ", COMMAND_STOP, 0},
    {"БАС ТАРТУ", COMMAND_STOP, 0},
    {"TOQTA", COMMAND_STOP, 0},
    {"TOKTA", COMMAND_STOP, 0},
    {"TOQTAT", COMMAND_STOP, 0},
    {"TOKTAT", COMMAND_STOP, 0},
    {"OTPISKA", COMMAND_STOP, 0},
    {"HVATIT", COMMAND_STOP, 0},
    {"MORE", COMMAND_MORE, 0},
    {"ЕЩЁ", COMMAND_MORE, 0},
    {"ЕЩЕ", COMMAND_MORE, 0},
    {"ТАҒЫ", COMMAND_MORE, 0},
    {"TAGY", COMMAND_MORE, 0},
    {"TAGHY", COMMAND_MORE, 0},
    {"ESHCHE", COMMAND_MORE, 0},
    {"YESHCHYO", COMMAND_MORE, 0},
    {"DELETE", COMMAND_DELETE, 0},
    {"FORGET", COMMAND_DELETE, 0},
    {"УДАЛИТЬ", COMMAND_DELETE, 0},
    {"ЗАБЫТЬ", COMMAND_DELETE, 0},
    {"ЖОЮ", COMMAND_DELETE, 0},
    {"ӨШІРУ", COMMAND_DELETE, 0},
    {"UDALIT", COMMAND_DELETE, 0},
    {"JOIU", COMMAND_DELETE, 0},
    {"OSHIRU", COMMAND_DELETE, 0},
    {"HELP", COMMAND_HELP, 0},
    {"INFO", COMMAND_HELP, 0},
    {"?", COMMAND_HELP, 0},
    {"ПОМОЩЬ", COMMAND_HELP, 0},
    {"ИНФО", COMMAND_HELP, 0},
    {"СПРАВКА", COMMAND_HELP, 0},
    {"КӨМЕК", COMMAND_HELP, 0},
    {"АНЫҚТАМА", COMMAND_HELP, 0},
    {"KOMEK", COMMAND_HELP, 0},
    {"POMOSH", COMMAND_HELP, 0},
    {"POMOSHCH", COMMAND_HELP, 0},
    {"SPRAVKA", COMMAND_HELP, 0},
    {"KZ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"KK", COMMAND_LANGUAGE, BULLETIN_KK},
    {"KAZ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"KAZAKH", COMMAND_LANGUAGE, BULLETIN_KK},
    {"КАЗ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"КАЗАХСКИЙ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"ҚАЗ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"ҚАЗАҚША", COMMAND_LANGUAGE, BULLETIN_KK},
    {"QAZ", COMMAND_LANGUAGE, BULLETIN_KK},
    {"QAZAQSHA", COMMAND_LANGUAGE, BULLETIN_KK},
    {"KAZAKSHA", COMMAND_LANGUAGE, BULLETIN_KK},
    {"RU", COMMAND_LANGUAGE, BULLETIN_RU},
    {"RUS", COMMAND_LANGUAGE, BULLETIN_RU},
    {"RUSSIAN", COMMAND_LANGUAGE, BULLETIN_RU},
    {"РУ", COMMAND_LANGUAGE, BULLETIN_RU},
    {"РУС", COMMAND_LANGUAGE, BULLETIN_RU},
    {"РУССКИЙ", COMMAND_LANGUAGE, BULLETIN_RU},
    {"ПО-РУССКИ", COMMAND_LANGUAGE, BULLETIN_RU},
    {"ОРЫС", COMMAND_LANGUAGE, BULLETIN_RU},
    {"ОРЫСША", COMMAND_LANGUAGE, BULLETIN_RU},
    {"ORYSSHA", COMMAND_LANGUAGE, BULLETIN_RU},
    {"RUSSKIY", COMMAND_LANGUAGE, BULLETIN_RU},
    {"EN", COMMAND_LANGUAGE, BULLETIN_EN},
    {"ENG", COMMAND_LANGUAGE, BULLETIN_EN},
    {"ENGLISH", COMMAND_LANGUAGE, BULLETIN_EN},
    {"АНГЛ", COMMAND_LANGUAGE, BULLETIN_EN},
    {"АНГЛИЙСКИЙ", COMMAND_LANGUAGE, BULLETIN_EN},
    {"АҒЫЛШЫН", COMMAND_LANGUAGE, BULLETIN_EN},
    {"АҒЫЛШЫНША", COMMAND_LANGUAGE, BULLETIN_EN},
    {"LAT", COMMAND_SCRIPT, COMMAND_LATIN},
    {"LATIN", COMMAND_SCRIPT, COMMAND_LATIN},
    {"ЛАТ", COMMAND_SCRIPT, COMMAND_LATIN},
    {"ЛАТИНИЦА", COMMAND_SCRIPT, COMMAND_LATIN},
    {"ЛАТЫНША", COMMAND_SCRIPT, COMMAND_LATIN},
    {"LATYNSHA", COMMAND_SCRIPT, COMMAND_LATIN},
    {"CYR", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"CYRILLIC", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"КИР", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"КИРИЛЛИЦА", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"КИРИЛЛИЦАМЕН", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"КИРИЛШЕ", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"KIR", COMMAND_SCRIPT, COMMAND_CYRILLIC},
    {"AREA", COMMAND_AREA, 0},
    {"REGION", COMMAND_AREA, 0},
    {"CITY", COMMAND_AREA, 0},
    {"РЕГИОН", COMMAND_AREA, 0},
    {"ОБЛАСТЬ", COMMAND_AREA, 0},
    {"ГОРОД", COMMAND_AREA, 0},
    {"АЙМАҚ", COMMAND_AREA, 0},
    {"ОБЛЫС", COMMAND_AREA, 0},
    {"ҚАЛА", COMMAND_AREA, 0},
    {"AIMAQ", COMMAND_AREA, 0},
    {"AYMAK", COMMAND_AREA, 0},
    {"OBLYS", COMMAND_AREA, 0},
    {"QALA", COMMAND_AREA, 0},
    {"LAST", COMMAND_LAST, 0},
    {"NEWS", COMMAND_LAST, 0},
    {"ПОСЛЕДНЕЕ", COMMAND_LAST, 0},
    {"НОВОСТИ", COMMAND_LAST, 0},
    {"ПОСЛЕДНИЕ", COMMAND_LAST, 0},
    {"СОҢҒЫ", COMMAND_LAST, 0},
    {"ЖАҢАЛЫҚ", COMMAND_LAST, 0},
    {"SONGY", COMMAND_LAST, 0},
    {"JANALYQ", COMMAND_LAST, 0},
    {"NOVOSTI", COMMAND_LAST, 0},
    {"CHECK", COMMAND_CHECK, 0},
    {"VERIFY", COMMAND_CHECK, 0},
    {"ПРОВЕРЬ", COMMAND_CHECK, 0},
    {"ПРОВЕРИТЬ", COMMAND_CHECK, 0},
    {"ПРОВЕРКА", COMMAND_CHECK, 0},
    {"ТЕКСЕР", COMMAND_CHECK, 0},
    {"ТЕКСЕРУ", COMMAND_CHECK, 0},
    {"TEKSER", COMMAND_CHECK, 0},
    {"PROVER", COMMAND_CHECK, 0},
    {"PROVERKA", COMMAND_CHECK, 0},
    {"RADIO", COMMAND_RADIO, 0},
    {"РАДИО", COMMAND_RADIO, 0},
    {"РАДИО", COMMAND_RADIO, 0},
    {"REPORT", COMMAND_REPORT, 0},
    {"TIP", COMMAND_REPORT, 0},
    {"СООБЩИТЬ", COMMAND_REPORT, 0},
    {"СООБЩАЮ", COMMAND_REPORT, 0},
    {"ХАБАР", COMMAND_REPORT, 0},
    {"ХАБАРЛАУ", COMMAND_REPORT, 0},
    {"HABAR", COMMAND_REPORT, 0},
    {"SOOBSHIT", COMMAND_REPORT, 0},
    {"OK", COMMAND_OK, 0},
    {"YES", COMMAND_OK, 0},
    {"RECEIVED", COMMAND_OK, 0},
    {"ОК", COMMAND_OK, 0},
    {"ДА", COMMAND_OK, 0},
    {"ПОЛУЧИЛ", COMMAND_OK, 0},
    {"ПОЛУЧИЛА", COMMAND_OK, 0},
    {"ИӘ", COMMAND_OK, 0},
    {"АЛДЫМ", COMMAND_OK, 0},
    {"IA", COMMAND_OK, 0},
    {"DA", COMMAND_OK, 0},
    {"ALDYM", COMMAND_OK, 0},
    {"LEVEL", COMMAND_LEVEL, 0},
    {"УРОВЕНЬ", COMMAND_LEVEL, 0},
    {"ДЕҢГЕЙ", COMMAND_LEVEL, 0},
    {"DENGEI", COMMAND_LEVEL, 0},
    {"LAWYER", COMMAND_LAWYER, 0},
    {"ЮРИСТ", COMMAND_LAWYER, 0},
    {"ЗАҢГЕР", COMMAND_LAWYER, 0},
    {"ZANGER", COMMAND_LAWYER, 0},
    {"YURIST", COMMAND_LAWYER, 0},
};

static struct command parse(const char *text)
{
    struct command command;
    command_parse(&command, text);
    return command;
}

static void check_word(const char *text, size_t i)
{
    struct command command = parse(text);
    assert_int_equal(command.verb, words[i].verb);
    if (words[i].verb == COMMAND_LANGUAGE)
        assert_int_equal(command.chosen, words[i].value);
    if (words[i].verb == COMMAND_SCRIPT)
        assert_int_equal(command.script, words[i].value);
}

static void test_every_word(void **state)
{
    (void)state;
    assert_int_equal(sizeof words / sizeof *words, 174);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[128];
        check_word(words[i].word, i);
        snprintf(text, sizeof text, " # «%s»!\n", words[i].word);
        check_word(text, i);
        char folded[COMMAND_FOLDED_SIZE];
        command_fold_word(folded, words[i].word, strlen(words[i].word));
        check_word(folded, i); /* all look-alikes Latin */
    }
}

static void test_small_letters(void **state)
{
    static const struct {
        const char *text;
        enum command_verb verb;
    } rows[] = {
        {"стоп", COMMAND_STOP},
        {"Стоп.", COMMAND_STOP},
        {"тоқта", COMMAND_STOP},
        {"токта", COMMAND_STOP},
        {"#stop", COMMAND_STOP},
        {"сТоп!!!", COMMAND_STOP},
        {"бас тарту", COMMAND_STOP},
        {"Бас  Тарту.", COMMAND_STOP},
        {"көмек", COMMAND_HELP},
        {"комек", COMMAND_HELP},
        {"kömek", COMMAND_HELP},
        {"?", COMMAND_HELP},
        {"help?", COMMAND_HELP},
        {"и\u0306нфо", COMMAND_HELP},
        {"после\u0301днее", COMMAND_LAST},
        {"Өшіру", COMMAND_DELETE},
        {"öshirü", COMMAND_DELETE},
        {"ok", COMMAND_OK},
        {"oк", COMMAND_OK},
        {"ок, понял", COMMAND_OK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(parse(rows[i].text).verb, rows[i].verb);
}

/* Words that look alike must not mean different things. */
static void test_no_clash(void **state)
{
    (void)state;
    for (const struct command_word *a = command_words; a->word != NULL; a++)
        for (const struct command_word *b = a + 1; b->word != NULL; b++) {
            char folded_a[COMMAND_FOLDED_SIZE], folded_b[COMMAND_FOLDED_SIZE];
            command_fold_word(folded_a, a->word, strlen(a->word));
            command_fold_word(folded_b, b->word, strlen(b->word));
            assert_true(strlen(folded_a) < COMMAND_FOLDED_SIZE - 5);
            if (strcmp(folded_a, folded_b) != 0)
                continue;
            assert_int_equal(a->verb, b->verb);
            assert_int_equal(a->value, b->value);
            assert_string_not_equal(a->word, b->word);
        }
}

static void test_language_of_word(void **state)
{
    static const struct {
        const char *text;
        enum bulletin_language language;
        bool latin;
    } rows[] = {
        {"STOP", BULLETIN_EN, false},
        {"СТОП", BULLETIN_RU, false},
        {"ТОҚТА", BULLETIN_KK, false},
        {"TOKTA", BULLETIN_KK, true},
        {"otpiska", BULLETIN_RU, true},
        {"көмек", BULLETIN_KK, false},
        {"komek", BULLETIN_KK, true},
        {"OK", COMMAND_ANY_LANGUAGE, false},
        {"РАДИО", COMMAND_ANY_LANGUAGE, false},
        {"41", COMMAND_ANY_LANGUAGE, false},
        {"whatever", COMMAND_ANY_LANGUAGE, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(parse(rows[i].text).language, rows[i].language);
        assert_int_equal(parse(rows[i].text).latin, rows[i].latin);
    }
}

static void test_stop_anywhere(void **state)
{
    static const struct {
        const char *text;
        enum command_verb verb;
    } rows[] = {
        {"please stop", COMMAND_STOP},
        {"please stop now", COMMAND_STOP},
        {"всё, стоп", COMMAND_STOP},
        {"мен бас тарту", COMMAND_STOP},
        {"start stop", COMMAND_STOP},
        {"ok stop", COMMAND_STOP},
        {"stop sending me all of these texts", COMMAND_STOP},
        {"please do not stop now", COMMAND_UNKNOWN},
        {"report bus stop", COMMAND_REPORT},
        {"хабар стоп", COMMAND_REPORT},
        {"nonstop", COMMAND_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(parse(rows[i].text).verb, rows[i].verb);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        enum command_verb verb;
        uint32_t number;
    } rows[] = {
        {"41", COMMAND_NUMBER, 41},
        {" #41 ", COMMAND_NUMBER, 41},
        {"№41", COMMAND_NUMBER, 41},
        {"№ 41.", COMMAND_NUMBER, 41},
        {"No 41", COMMAND_NUMBER, 41},
        {"No41?", COMMAND_NUMBER, 41},
        {"n 41", COMMAND_NUMBER, 41},
        {"16777215", COMMAND_NUMBER, BULLETIN_NUMBER_MAX},
        {"16777216", COMMAND_UNKNOWN, 0},
        {"4294967337", COMMAND_UNKNOWN, 0},
        {"0", COMMAND_UNKNOWN, 0},
        {"-41", COMMAND_UNKNOWN, 0},
        {"41 42", COMMAND_UNKNOWN, 0},
        {"41a", COMMAND_UNKNOWN, 0},
        {"+77011234567", COMMAND_UNKNOWN, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(parse(rows[i].text).verb, rows[i].verb);
        assert_int_equal(parse(rows[i].text).number, rows[i].number);
    }
}

static void test_start(void **state)
{
    static const struct {
        const char *text;
        uint32_t regions;
        enum bulletin_language chosen;
        enum command_script script;
        enum command_fault fault;
    } rows[] = {
        {"START", 0, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"start almaty", ALMATY, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"БАСТА Алматы", ALMATY, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"СТАРТ 75, 71", ALMATY | ASTANA, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"START RU", 0, BULLETIN_RU, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"START KZ-75 RU LAT", ALMATY, BULLETIN_RU, COMMAND_LATIN, COMMAND_FINE},
        {"баста қаз батыс қазақстан облысы", WEST, BULLETIN_KK, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"START region Aqtau", MANGYSTAU, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
        {"START EN Atlantis", 0, BULLETIN_EN, COMMAND_SCRIPT_NONE, COMMAND_ARGUMENT_WRONG},
        {"START +75", ALMATY, COMMAND_ANY_LANGUAGE, COMMAND_SCRIPT_NONE, COMMAND_FINE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct command command = parse(rows[i].text);
        assert_int_equal(command.verb, COMMAND_START);
        assert_int_equal(command.regions, rows[i].regions);
        assert_int_equal(command.chosen, rows[i].chosen);
        assert_int_equal(command.script, rows[i].script);
        assert_int_equal(command.fault, rows[i].fault);
    }
}

static void test_area(void **state)
{
    static const struct {
        const char *text;
        uint32_t regions, add, remove;
        enum command_fault fault;
    } rows[] = {
        {"AREA 75", ALMATY, 0, 0, COMMAND_FINE},
        {"AREA KZ", BULLETIN_COUNTRY, 0, 0, COMMAND_FINE},
        {"РЕГИОН Актау, Астана", MANGYSTAU | ASTANA, 0, 0, COMMAND_FINE},
        {"АЙМАҚ +75 −71", 0, ALMATY, ASTANA, COMMAND_FINE},
        {"area + Almaty - Astana Aqtau", 0, ALMATY, ASTANA | MANGYSTAU, COMMAND_FINE},
        {"AREA KZ-75", ALMATY, 0, 0, COMMAND_FINE},
        {"AREA", 0, 0, 0, COMMAND_ARGUMENT_MISSING},
        {"AREA +", 0, 0, 0, COMMAND_ARGUMENT_MISSING},
        {"AREA Atlantis", 0, 0, 0, COMMAND_ARGUMENT_WRONG},
        {"AREA +75 -Atlantis", 0, ALMATY, 0, COMMAND_ARGUMENT_WRONG},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct command command = parse(rows[i].text);
        assert_int_equal(command.verb, COMMAND_AREA);
        assert_int_equal(command.regions, rows[i].regions);
        assert_int_equal(command.add, rows[i].add);
        assert_int_equal(command.remove, rows[i].remove);
        assert_int_equal(command.fault, rows[i].fault);
    }
}

static void test_other_arguments(void **state)
{
    static const struct {
        const char *text;
        enum command_verb verb;
        enum command_fault fault;
        uint32_t number;
        uint8_t level;
        const char *word;
    } rows[] = {
        {"LEVEL 2", COMMAND_LEVEL, COMMAND_FINE, 0, 2, ""},
        {"уровень 4", COMMAND_LEVEL, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"LEVEL", COMMAND_LEVEL, COMMAND_ARGUMENT_MISSING, 0, 0, ""},
        {"CHECK 41", COMMAND_CHECK, COMMAND_FINE, 41, 0, ""},
        {"тексер №41 7q2к", COMMAND_CHECK, COMMAND_FINE, 41, 0, "7Q2K"},
        {"CHECK 41 (7Q2K)", COMMAND_CHECK, COMMAND_FINE, 41, 0, "7Q2K"},
        {"CHECK 7Q2K", COMMAND_CHECK, COMMAND_ARGUMENT_WRONG, 0, 0, "7Q2K"},
        {"CHECK", COMMAND_CHECK, COMMAND_ARGUMENT_MISSING, 0, 0, ""},
        {"CHECK abc", COMMAND_CHECK, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"WORD Тұлпар", COMMAND_WORD, COMMAND_FINE, 0, 0, "Тұлпар"},
        {"СӨЗ тұлпар!", COMMAND_WORD, COMMAND_FINE, 0, 0, "тұлпар"},
        {"WORD", COMMAND_WORD, COMMAND_ARGUMENT_MISSING, 0, 0, ""},
        {"WORD two words", COMMAND_WORD, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"WORD a\x01z", COMMAND_WORD, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"WORD \xff", COMMAND_WORD, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"WORD 123456789012345678901234567890123", COMMAND_WORD, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"WORD 12345678901234567890123456789012", COMMAND_WORD, COMMAND_FINE, 0, 0,
            "12345678901234567890123456789012"},
        {"RX 41 5", COMMAND_RX, COMMAND_FINE, 41, 5, ""},
        {"RX 41 6", COMMAND_RX, COMMAND_ARGUMENT_WRONG, 41, 0, ""},
        {"RX", COMMAND_RX, COMMAND_ARGUMENT_WRONG, 0, 0, ""},
        {"REPORT", COMMAND_REPORT, COMMAND_ARGUMENT_MISSING, 0, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct command command = parse(rows[i].text);
        assert_int_equal(command.verb, rows[i].verb);
        assert_int_equal(command.fault, rows[i].fault);
        assert_int_equal(command.number, rows[i].number);
        assert_int_equal(command.level, rows[i].level);
        assert_string_equal(command.word, rows[i].word);
    }
}

static void test_report(void **state)
{
    (void)state;
    assert_string_equal(
        parse("Хабар: Абай көшесінде өрт, 3 үй!").text, "Абай көшесінде өрт, 3 үй!");
    assert_int_equal(parse("ХАБАР: x").fault, COMMAND_FINE);
    assert_null(parse("LAST").text);
}

static void test_nothing(void **state)
{
    static const char *const rows[] = {"", " ", "\n\t", "...", "!", "\u00a0", "#", "—"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(parse(rows[i]).verb, COMMAND_NONE);
    assert_int_equal(parse("\xff\xfe").verb, COMMAND_UNKNOWN);
    assert_int_equal(parse("Қайырлы кеш").verb, COMMAND_UNKNOWN);
    assert_string_equal(command_print_verb(COMMAND_START), "start");
    for (int verb = 0; verb < COMMAND_VERB_COUNT; verb++)
        assert_string_not_equal(command_print_verb((enum command_verb)verb), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word),
        cmocka_unit_test(test_small_letters),
        cmocka_unit_test(test_no_clash),
        cmocka_unit_test(test_language_of_word),
        cmocka_unit_test(test_stop_anywhere),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_area),
        cmocka_unit_test(test_other_arguments),
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
