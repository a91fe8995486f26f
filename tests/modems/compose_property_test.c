/* What holds for every text, tried on thousands of bulletins made from a fixed seed: in all languages and scripts, for all
 * budgets. A failure names the bulletin's number: CASE in the message; its seed is FIRST_SEED + CASE.
 */
#include "modems/compose.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/phrases.h"
#include "modems/sentence.h"
#include "modems/translit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define CASES 2000
#define FIRST_SEED 20260105u
#define SENT_S 1767636300LL
#define YEAR_S 31536000u
#define SENDER "АРНА"
#define CODE "7Q2K"

static const char *const words[BULLETIN_LANGUAGE_COUNT][16] = {
    {"көше", "Алматы", "ҚАУІПТІ", "шықпаңыз", "үй", "№5", "103", "су", "ә", "Әуежай", "–", "«Арна»",
        "жол", "ЩЕҢБЕР", "и\u0306од", "қ."},
    {"улица", "ул.", "Алматы", "СТРЕЛЬБА", "не", "выходите", "5 000 ₸", "г.", "щит", "подъезд",
        "№ 12", "18:00", "(до утра)", "—", "ёж", "т.е."},
    {"street", "Almaty", "DANGER", "do", "not", "go", "No. 7", "{a}", "€50", "[x]", "café",
        "Mr. Smith", "5th", "ŋ", "\"so\"", "~"},
};
static const char *const odd[] = {"🔥", "👩\u200d🚒", "🇰🇿", "漢字", "👍🏽", "☎"};
static const char *const ends[] = {".", ".", ".", "!", "?", "…", "...", ".»", "?!", ".)"};

struct made {
    struct bulletin bulletin;
    bool is_odd; /* has characters that no table makes plain */
};

static uint32_t pick(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)((*seed >> 11) % below);
}

/* Appends where there is room for at most `most` bytes. */
static bool append(char *text, size_t most, const char *piece)
{
    size_t used = strlen(text), size = strlen(piece);
    if (used + size > most)
        return false;
    memcpy(text + used, piece, size + 1);
    return true;
}

static bool make_field(char *text, size_t most, unsigned language, uint64_t *seed)
{
    bool is_odd = false, oddly = pick(seed, 8) == 0, whole = true;
    size_t want = pick(seed, 16) == 0 ? most : pick(seed, (uint32_t)most / (1 + pick(seed, 8)) + 1);
    text[0] = '\0';
    while (whole && strlen(text) < want) {
        const char *word = words[language][pick(seed, 16)];
        if (oddly && pick(seed, 10) == 0) {
            word = odd[pick(seed, sizeof odd / sizeof *odd)];
            is_odd = true;
        }
        whole = append(text, most, word);
        if (whole && pick(seed, 6) == 0)
            whole = append(text, most, ends[pick(seed, sizeof ends / sizeof *ends)]);
        if (whole && pick(seed, 40) != 0)
            whole = append(text, most, pick(seed, 20) == 0 ? "  " : " ");
    }
    return is_odd;
}

static void make(struct made *made, uint64_t *seed)
{
    static const enum bulletin_kind kinds[] = {
        BULLETIN_ALERT, BULLETIN_UPDATE, BULLETIN_RETRACT, BULLETIN_ALL_CLEAR, BULLETIN_DRILL};
    struct bulletin *bulletin = &made->bulletin;
    *made = (struct made){0};
    bulletin->kind = kinds[pick(seed, 5)];
    bulletin->number = 1 + pick(seed, BULLETIN_NUMBER_MAX);
    bulletin->sent_s = SENT_S + pick(seed, YEAR_S);
    bulletin->lifetime_min = (uint16_t)(1 + pick(seed, BULLETIN_LIFETIME_MAX_MIN));
    bulletin->languages = (1u << BULLETIN_LANGUAGE_COUNT) - 1;
    bulletin->regions = BULLETIN_COUNTRY;
    if (bulletin->kind == BULLETIN_RETRACT)
        bulletin->follows = bulletin->number;
    else if (bulletin->kind == BULLETIN_UPDATE || bulletin->kind == BULLETIN_ALL_CLEAR)
        bulletin->follows = 1 + bulletin->number++ / 2;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        struct bulletin_text *text = &bulletin->text[i];
        bool headline =
            make_field(text->headline, BULLETIN_HEADLINE_MAX / (1 + pick(seed, 3)), i, seed);
        bool instruction = make_field(text->instruction, BULLETIN_INSTRUCTION_MAX, i, seed);
        bool description = make_field(text->description, BULLETIN_DESCRIPTION_MAX, i, seed);
        if (text->headline[strspn(text->headline, " ")] == '\0')
            (void)snprintf(text->headline, sizeof text->headline, "%s", words[i][1]);
        made->is_odd = made->is_odd || headline || instruction || description;
    }
    const char *why = NULL;
    if (bulletin_check(bulletin, &why) != ERR_OK)
        fail_msg("the test makes bad bulletins: %s", why);
}

/* Letters and digits as the reader's script shows them, without spaces and full stops, which compose may set. */
static void strip(
    char out[COMPOSE_TEXT_SIZE], const char *text, const struct compose_request *request)
{
    char script[COMPOSE_TEXT_SIZE];
    size_t used = 0;
    if (request->latin || request->language == BULLETIN_EN)
        assert_int_equal(
            translit_print_latin(script, sizeof script, text, request->language), ERR_OK);
    else
        (void)snprintf(script, sizeof script, "%s", text);
    for (const char *at = script; *at != '\0'; at++)
        if (*at != ' ' && *at != '.')
            out[used++] = *at;
    out[used] = '\0';
}

static void put_drill(char *text, size_t size, const struct compose_request *request, bool brief)
{
    static const enum bulletin_language orders[][BULLETIN_LANGUAGE_COUNT] = {
        [BULLETIN_KK] = {BULLETIN_KK, BULLETIN_RU, BULLETIN_EN},
        [BULLETIN_RU] = {BULLETIN_RU, BULLETIN_KK, BULLETIN_EN},
        [BULLETIN_EN] = {BULLETIN_EN, BULLETIN_RU, BULLETIN_KK},
    };
    text[0] = '\0';
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        enum bulletin_language language = orders[request->language][i];
        char word[128], latin[128];
        (void)snprintf(word, sizeof word, "%s", phrases_get(PHRASE_DRILL, language));
        if (brief)
            word[strcspn(word, " ")] = '\0';
        assert_int_equal(translit_print_latin(latin, sizeof latin, word, language), ERR_OK);
        bool is_latin = request->latin || request->language == BULLETIN_EN;
        if (i > 0)
            assert_true(append(text, size - 1, "/"));
        assert_true(append(text, size - 1, is_latin ? latin : word));
    }
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), length = strlen(end);
    return size >= length && strcmp(text + size - length, end) == 0;
}

/* Number and time first, behind the word for drill. */
static void check_begin(const char *text, const struct compose_request *request)
{
    char drill[256], source[64], hhmm[CLOCK_HHMM_SIZE];
    bool is_latin = request->latin || request->language == BULLETIN_EN;
    if (request->bulletin->kind == BULLETIN_DRILL) {
        put_drill(drill, sizeof drill, request, false);
        assert_true(begins_with(text, drill));
        text += strlen(drill) + 1;
    }
    clock_print_hhmm(hhmm, request->bulletin->sent_s);
    (void)snprintf(source, sizeof source, "%s%u %s ", is_latin ? "ARNA No " : "АРНА №",
        (unsigned)request->bulletin->number, hhmm);
    assert_true(begins_with(text, source));
}

/* The check code, and what alone may stand behind it. */
static void check_end(const struct compose *out, const struct compose_request *request)
{
    char code[64], end[512] = "", more[256], number[16], drill[256];
    (void)snprintf(code, sizeof code, " (%s%s%s)", CODE, request->word != NULL ? " " : "",
        request->word != NULL ? request->word : "");
    (void)snprintf(number, sizeof number, "%u", (unsigned)request->bulletin->number);
    if (out->more) {
        char phrase[256];
        const char *const values[] = {"n", number, NULL};
        assert_int_equal(phrases_fill(phrase, sizeof phrase,
                             phrases_get(PHRASE_MORE, request->language), values),
            ERR_OK);
        if (request->latin || request->language == BULLETIN_EN)
            assert_int_equal(
                translit_print_latin(more, sizeof more, phrase, request->language), ERR_OK);
        else
            (void)snprintf(more, sizeof more, "%s", phrase);
        (void)snprintf(end, sizeof end, " %s", more);
    }
    if (request->bulletin->kind == BULLETIN_DRILL) {
        put_drill(drill, sizeof drill, request, true);
        assert_true(append(end, sizeof end - 1, " ") && append(end, sizeof end - 1, drill));
    }
    char want[1024];
    (void)snprintf(want, sizeof want, "%s%s", code, end);
    assert_true(ends_with(out->text, want));
}

static unsigned count_sentences(const char *text)
{
    unsigned count = 0;
    for (text += sentence_measure_space(text); *text != '\0'; count++) {
        text += sentence_measure(text);
        text += sentence_measure_space(text);
    }
    return count;
}

/* A field is said up to the border of two sentences. */
static void check_border(const char *field, size_t said)
{
    size_t at = sentence_measure_space(field);
    while (at < said) {
        at += sentence_measure(field + at);
        at += sentence_measure_space(field + at);
    }
    assert_true(at == said || said == 0);
}

/* Exactly headline and what is counted as said stand in the text, in one piece; all else is counted as left out. */
static void check_said(const struct compose *out, const struct compose_request *request)
{
    static char said[COMPOSE_TEXT_SIZE], want[COMPOSE_TEXT_SIZE], got[COMPOSE_TEXT_SIZE];
    const struct bulletin_text *text = &request->bulletin->text[request->language];
    const char *left[] = {
        text->instruction + out->instruction_bytes, text->description + out->description_bytes};
    check_border(text->instruction, out->instruction_bytes);
    check_border(text->description, out->description_bytes);
    assert_int_equal(out->left_bytes, strlen(left[0]) + strlen(left[1]));
    assert_int_equal(out->left_sentences, count_sentences(left[0]) + count_sentences(left[1]));
    if (left[0][0] != '\0')
        assert_int_equal(out->description_bytes, 0);
    (void)snprintf(said, sizeof said, "%s %.*s %.*s", text->headline, (int)out->instruction_bytes,
        text->instruction, (int)out->description_bytes, text->description);
    strip(want, said, request);
    struct compose_request shown = *request;
    shown.latin = false;
    shown.language = BULLETIN_RU;
    strip(got, out->text, &shown);
    assert_non_null(strstr(got, want));
    if (out->over)
        assert_int_equal(out->left_sentences,
            count_sentences(text->instruction) + count_sentences(text->description));
}

/* One more sentence would not have fitted. */
static void check_full(const struct compose *out, const struct compose_request *request)
{
    static struct bulletin longer;
    static struct compose more;
    struct compose_request all = *request;
    longer = *request->bulletin;
    all.bulletin = &longer;
    all.parts = COMPOSE_PARTS_ALL;
    struct bulletin_text *text = &longer.text[request->language];
    char *left = text->instruction + out->instruction_bytes;
    if (*left != '\0')
        text->description[0] = '\0';
    else
        left = text->description + out->description_bytes;
    left[sentence_measure(left)] = '\0';
    assert_int_equal(compose_text(&more, &all), ERR_OK);
    assert_true(more.size.parts > request->parts);
}

/* What phones put together is the text, and no part is longer than the air carries. */
static void check_parts(const struct compose *out)
{
    static char joined[COMPOSE_TEXT_SIZE];
    static struct segment segment;
    size_t used = 0;
    assert_int_equal(utf8_check(out->text, strlen(out->text)), ERR_OK);
    if (segment_split(&segment, out->text, SEGMENT_REFERENCE_8, 9) != ERR_OK) {
        assert_true(out->size.parts > SEGMENT_PARTS_MAX);
        return;
    }
    assert_int_equal(segment.count, out->size.parts);
    unsigned most = segment.coding == MESSAGE_GSM7 ? 160 : 70,
             each = segment.coding == MESSAGE_GSM7 ? 153 : 67;
    for (unsigned i = 0; i < segment.count; i++) {
        const struct segment_part *part = &segment.part[i];
        assert_true(part->units <= (segment.count == 1 ? most : each));
        assert_int_equal(utf8_check(part->text, part->size), ERR_OK);
        memcpy(joined + used, part->text, part->size);
        used += part->size;
    }
    joined[used] = '\0';
    assert_string_equal(joined, out->text);
}

static void check_one(struct compose *out, const struct compose_request *request, bool is_odd)
{
    static struct compose again;
    assert_int_equal(compose_text(out, request), ERR_OK);
    assert_int_equal(compose_text(&again, request), ERR_OK);
    assert_memory_equal(out, &again, sizeof again);
    assert_true(out->over == (out->size.parts > request->parts));
    assert_true(!out->more || out->left_sentences > 0);
    if ((request->latin || request->language == BULLETIN_EN) && !is_odd)
        assert_int_equal(out->size.coding, MESSAGE_GSM7);
    check_begin(out->text, request);
    check_end(out, request);
    check_said(out, request);
    check_parts(out);
    if (out->left_sentences > 0)
        check_full(out, request);
}

/* A greater budget never says less, and nothing is left out for the sake of words that are not there. */
static void check_budgets(
    const struct made *made, enum bulletin_language language, bool latin, uint64_t *seed)
{
    const unsigned budgets[] = {1, 2, 3, 4 + pick(seed, 6), COMPOSE_PARTS_ALL};
    static struct compose out;
    size_t said = 0;
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        const struct compose_request request = {&made->bulletin, language, latin, budgets[i],
            SENDER, CODE, pick(seed, 4) == 0 ? "tulpar" : NULL};
        check_one(&out, &request, made->is_odd);
        if (request.word == NULL) {
            assert_true(out.instruction_bytes + out.description_bytes >= said);
            said = out.instruction_bytes + out.description_bytes;
        }
    }
    assert_int_equal(out.left_sentences, 0);
}

static void test_properties(void **state)
{
    static struct made made;
    (void)state;
    for (unsigned i = 0; i < CASES; i++) {
        uint64_t seed = FIRST_SEED + i;
        (void)pick(&seed, 2);
        make(&made, &seed);
        for (unsigned language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
            check_budgets(&made, (enum bulletin_language)language, false, &seed);
            check_budgets(&made, (enum bulletin_language)language, true, &seed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
