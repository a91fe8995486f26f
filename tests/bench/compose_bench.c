/* compose_bench: what texts cost in parts: whole and short, Cyrillic and Latin, in each language.
 *
 * Usage: compose_bench FILE...
 *
 * Each file holds JSON objects one after another: drafts, or lines with "kk", "ru", "en": {"headline", "instruction",
 * "description"}. Links with our library, -ljansson and what that needs.
 *
 * bare:     only the texts: all three / headline and instruction / headline, averages of parts
 * composed: as subscribers get them, with source, number, time, until and check code: in full; with a budget of two parts
 *           and of one, and how many sentences of how many these leave out
 */
#include "gateway/base/clock.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BULLETINS_MAX 1000
#define SENT_S 1767636300LL
#define LIFETIME_MIN 360
#define BARE_SIZE 8192

struct row {
    const char *name;
    enum bulletin_language language;
    bool latin;
};

static const struct row rows[] = {
    {"kk Cyrillic", BULLETIN_KK, false},
    {"kk Latin", BULLETIN_KK, true},
    {"ru Cyrillic", BULLETIN_RU, false},
    {"ru Latin", BULLETIN_RU, true},
    {"en", BULLETIN_EN, true},
};

static struct bulletin bulletins[BULLETINS_MAX];
static size_t count;

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "compose_bench: %s: %s\n", what, detail);
    exit(1);
}

static void copy_field(char *to, size_t size, const json_t *texts, const char *name)
{
    const char *text = json_string_value(json_object_get(texts, name));
    if (text == NULL)
        return;
    if (strlen(text) >= size)
        fail("too long", text);
    memcpy(to, text, strlen(text) + 1);
}

static void add_bulletin(const json_t *object)
{
    if (count == BULLETINS_MAX)
        fail("too many bulletins", "the rest is not read");
    struct bulletin *bulletin = &bulletins[count];
    *bulletin = (struct bulletin){.number = 41 + (uint32_t)count,
        .sent_s = SENT_S,
        .lifetime_min = LIFETIME_MIN,
        .kind = BULLETIN_ALERT};
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const json_t *texts =
            json_object_get(object, bulletin_print_language((enum bulletin_language)i));
        struct bulletin_text *text = &bulletin->text[i];
        copy_field(text->headline, sizeof text->headline, texts, "headline");
        copy_field(text->instruction, sizeof text->instruction, texts, "instruction");
        copy_field(text->description, sizeof text->description, texts, "description");
        if (text->headline[0] != '\0')
            bulletin->languages |= (uint8_t)(1u << i);
    }
    count += bulletin->languages != 0;
}

static void read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    json_error_t error;
    json_t *object;
    if (file == NULL)
        fail("cannot be read", path);
    while ((object = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error)) != NULL) {
        add_bulletin(object);
        json_decref(object);
    }
    fclose(file);
}

static double bare_parts(const struct bulletin *bulletin, const struct row *row, int fields)
{
    const struct bulletin_text *text = &bulletin->text[row->language];
    const char *const parts[] = {text->headline, text->instruction, text->description};
    char bare[BARE_SIZE], out[BARE_SIZE];
    size_t used = 0;
    struct segment_size size;
    for (int i = 0; i < fields; i++)
        used +=
            (size_t)snprintf(bare + used, sizeof bare - used, "%s%s", i > 0 ? " " : "", parts[i]);
    memcpy(out, bare, used + 1);
    if (row->latin && translit_print_latin(out, sizeof out, bare, row->language) != ERR_OK)
        fail("too long", bare);
    segment_measure(&size, out);
    return (double)size.parts;
}

struct total {
    double parts;
    double left;
};

static struct total compose_all(const struct row *row, unsigned budget)
{
    struct total total = {0, 0};
    for (size_t i = 0; i < count; i++) {
        struct compose compose;
        const struct compose_request request = {
            &bulletins[i], row->language, row->latin, budget, "ARNA", "7Q2K", NULL};
        if (compose_text(&compose, &request) != ERR_OK)
            fail("cannot be composed", bulletins[i].text[row->language].headline);
        total.parts += (double)compose.size.parts;
        total.left += compose.left_sentences;
    }
    return total;
}

static void print_row(const struct row *row)
{
    double bare[3] = {0, 0, 0}, n = (double)count;
    for (size_t i = 0; i < count; i++)
        for (int fields = 1; fields <= 3; fields++)
            bare[3 - fields] += bare_parts(&bulletins[i], row, fields);
    struct total full = compose_all(row, COMPOSE_PARTS_ALL), two = compose_all(row, 2),
                 one = compose_all(row, 1);
    printf("%-12s %6.2f %6.2f %6.2f %10.2f %8.2f (%.2f) %6.2f (%.2f)\n", row->name, bare[0] / n,
        bare[1] / n, bare[2] / n, full.parts / n, two.parts / n, two.left / n, one.parts / n,
        one.left / n);
}

static void keep_complete(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (bulletins[i].languages == (1u << BULLETIN_LANGUAGE_COUNT) - 1)
            bulletins[kept++] = bulletins[i];
    count = kept;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        read_file(argv[i]);
    keep_complete();
    if (count == 0)
        fail("usage", "compose_bench FILE... with bulletins in three languages");
    printf("parts a text, average of %zu; in brackets the sentences left out\n", count);
    printf("%-12s %6s %6s %6s %10s %15s %13s\n", "", "full", "short", "head", "composed", "2 parts",
        "1 part");
    int64_t start_ms = clock_boot_ms();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        print_row(&rows[i]);
    double texts = (double)(count * 3 * (sizeof rows / sizeof *rows));
    printf(
        "%.0f texts composed, %.2f ms each\n", texts, (double)(clock_boot_ms() - start_ms) / texts);
    return 0;
}
