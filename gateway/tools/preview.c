#include "gateway/tools/preview.h"

#include "gateway/base/utf8.h"
#include "gateway/tools/args.h"
#include "gateway/tools/phone.h"
#include "modems/translit.h"

#include <stdio.h>
#include <string.h>

#define LETTER_SIZE 8  /* one character */
#define PLAIN_SIZE 16  /* what the Latin script makes of it */
#define CODE_SIZE 16   /* "U+1F525" */
#define LINE_MAX 12    /* misfits that people are shown */
#define CYRILLIC 0x400 /* the block's first and last code */
#define CYRILLIC_LAST 0x52f

int preview_make(struct preview *preview, const struct compose_request *request)
{
    preview->request = *request;
    enum err err = compose_text(&preview->compose, request);
    if (err == ERR_OK)
        err = segment_split(&preview->segment, preview->compose.text, SEGMENT_REFERENCE_8, 0);
    if (err == ERR_MISSING)
        return args_fail(ARGS_EXIT_INPUT, "the bulletin has no text in %s",
            bulletin_print_language(request->language));
    if (err != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "it cannot be composed: %s", err_text(err));
    return ARGS_EXIT_OK;
}

static bool is_latin(const struct preview *preview)
{
    return preview->request.latin || preview->request.language == BULLETIN_EN;
}

/* The next misfit of a list, and what Latin letters make of it: moves *list on; false at its end, *latin false if nothing. */
static bool next_misfit(char letter[LETTER_SIZE], char plain[PLAIN_SIZE], bool *latin,
    const char **list, enum bulletin_language language)
{
    const char *from = *list;
    if (*from == '\0')
        return false;
    (void)utf8_next(list);
    (void)snprintf(letter, LETTER_SIZE, "%.*s", (int)(*list - from), from);
    *latin = translit_print_latin(plain, PLAIN_SIZE, letter, language) == ERR_OK &&
             strcmp(plain, letter) != 0;
    return true;
}

static struct document *list_misfits(const struct preview *preview)
{
    char misfits[COMPOSE_TEXT_SIZE], letter[LETTER_SIZE], plain[PLAIN_SIZE], code[CODE_SIZE];
    const char *list = misfits;
    bool latin;
    struct document *rows = document_new_list();
    translit_list_misfits(misfits, sizeof misfits, preview->compose.text);
    while (next_misfit(letter, plain, &latin, &list, preview->request.language)) {
        const char *at = letter;
        struct document *row = document_new_object();
        (void)snprintf(code, sizeof code, "U+%04X", (unsigned)utf8_next(&at));
        document_set_text(row, "character", letter);
        document_set_text(row, "code", code);
        if (latin)
            document_set_text(row, "latin", plain);
        else
            document_set_null(row, "latin");
        document_append(rows, row);
    }
    return rows;
}

static struct document *list_parts(const struct segment *segment)
{
    struct document *list = document_new_list();
    for (unsigned i = 0; i < segment->count; i++) {
        char text[MESSAGES_TEXT_SIZE];
        const struct segment_part *part = &segment->part[i];
        struct document *row = document_new_object();
        (void)snprintf(text, sizeof text, "%.*s", (int)part->size, part->text);
        document_set_text(row, "text", text);
        document_set_number(row, "units", part->units);
        document_append(list, row);
    }
    return list;
}

struct document *preview_output(const struct preview *preview)
{
    const struct compose *compose = &preview->compose;
    const struct segment *segment = &preview->segment;
    struct document *object = document_new_object();
    document_set_text(object, "language", bulletin_print_language(preview->request.language));
    document_set_text(object, "script", is_latin(preview) ? "latin" : "cyrillic");
    document_set_text(object, "encoding", segment->coding == MESSAGE_GSM7 ? "gsm7" : "ucs2");
    document_set_text(object, "text", compose->text);
    document_set_number(object, "part_count", segment->count);
    document_set(object, "parts", list_parts(segment));
    document_set_number(object, "units", (int64_t)compose->size.units);
    document_set_number(
        object, "units_per_part", segment_room(segment->coding, segment->count > 1));
    document_set(object, "misfits", list_misfits(preview));
    document_set_number(object, "left_out_sentences", compose->left_sentences);
    document_set_number(object, "left_out_bytes", (int64_t)compose->left_bytes);
    document_set_bool(object, "says_how_to_get_rest", compose->more);
    document_set_bool(object, "over_budget", compose->over);
    return object;
}

static bool is_cyrillic(const char *letter)
{
    uint32_t code = utf8_next(&letter);
    return code >= CYRILLIC && code <= CYRILLIC_LAST;
}

/* "UCS-2 because of: Cyrillic, № (No ), 🔥" */
static void print_misfits(const struct preview *preview)
{
    char misfits[COMPOSE_TEXT_SIZE], letter[LETTER_SIZE], plain[PLAIN_SIZE];
    const char *list = misfits, *comma = "";
    bool latin, cyrillic = false;
    unsigned shown = 0;
    if (preview->segment.coding == MESSAGE_GSM7)
        return;
    translit_list_misfits(misfits, sizeof misfits, preview->compose.text);
    printf("  UCS-2 because of: ");
    while (next_misfit(letter, plain, &latin, &list, preview->request.language)) {
        if (is_cyrillic(letter) && latin) {
            cyrillic = true;
            continue;
        }
        if (shown++ == LINE_MAX)
            printf(" ...");
        if (shown > LINE_MAX)
            continue;
        printf(latin ? "%s%s (Latin: \"%s\")" : "%s%s%s", comma, letter, latin ? plain : "");
        comma = ", ";
    }
    printf("%s\n", !cyrillic ? "" : shown > 0 ? ", Cyrillic letters" : "Cyrillic letters");
}

static void print_left(const struct preview *preview)
{
    const struct compose *compose = &preview->compose;
    if (compose->left_sentences > 0)
        printf("  left out: %u sentence%s, %zu bytes; the text %s\n", compose->left_sentences,
            compose->left_sentences == 1 ? "" : "s", compose->left_bytes,
            compose->more ? "says how to get them" : "has no room to say so");
    if (compose->over)
        printf("  OVER the budget of %u part%s: shorten the headline\n", preview->request.parts,
            preview->request.parts == 1 ? "" : "s");
}

void preview_print(const struct preview *preview)
{
    const struct segment *segment = &preview->segment;
    printf("%s, %s letters: %u part%s, %s\n", bulletin_print_language(preview->request.language),
        is_latin(preview) ? "Latin" : "Cyrillic", segment->count, segment->count == 1 ? "" : "s",
        segment->coding == MESSAGE_GSM7 ? "GSM 7-bit" : "UCS-2");
    phone_draw(segment);
    print_misfits(preview);
    print_left(preview);
}
