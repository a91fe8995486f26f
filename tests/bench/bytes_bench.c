/* bytes_bench: how many bytes bulletins take in each text model, alone and sealed.
 *
 * Usage: bytes_bench FILE...
 *
 * Each file holds JSON objects one after another: drafts, or lines with "kk", "ru", "en": {"headline", "instruction",
 * "description"}. Prints, for each language of each bulletin and then for all its languages as one text:
 *
 *   NAME UTF-8 MODEL0 MODEL1 MODEL2 SEALED TEXT
 *
 * SEALED is the whole with header and two approvals in the smallest model, 0 but for all languages; - is a model that this
 * program lacks; TEXT is the text itself in JSON, as it is packed: fields joined by U+0001, languages by U+0002.
 */
#include "gateway/bulletin/pack.h"
#include "gateway/bulletin/wire.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 12
#define SEALED_EXTRA (WIRE_HEADER_SIZE + 1 + 2 * WIRE_APPROVAL_SIZE)

static const char *const languages[] = {"kk", "ru", "en"};
static const char *const fields[] = {"headline", "instruction", "description"};
static const uint8_t models[] = {
    BULLETIN_TEXT_MODEL_PLAIN, BULLETIN_TEXT_MODEL_MIXER, BULLETIN_TEXT_MODEL_DEFLATE};

#define LANGUAGES (sizeof languages / sizeof languages[0])
#define FIELDS (sizeof fields / sizeof fields[0])
#define MODELS (sizeof models / sizeof models[0])

struct text {
    size_t size;
    char bytes[PACK_TEXT_MAX + 1];
};

static _Noreturn void fail(const char *what, const char *detail)
{
    fprintf(stderr, "bytes_bench: %s: %s\n", what, detail);
    exit(1);
}

static void append(struct text *text, const char *bytes)
{
    size_t size = strlen(bytes);
    if (text->size + size > PACK_TEXT_MAX)
        fail("too long", bytes);
    memcpy(text->bytes + text->size, bytes, size + 1);
    text->size += size;
}

/* false if the bulletin lacks the language. */
static bool join_fields(struct text *text, const json_t *bulletin, const char *language)
{
    const json_t *object = json_object_get(bulletin, language);
    text->size = 0;
    if (json_string_length(json_object_get(object, fields[0])) == 0)
        return false;
    for (size_t i = 0; i < FIELDS; i++) {
        const char *field = json_string_value(json_object_get(object, fields[i]));
        append(text, i > 0 ? "\001" : "");
        append(text, field != NULL ? field : "");
    }
    return true;
}

/* 0 for a model that is not there; what is packed must come back. */
static size_t pack(const struct text *text, uint8_t model)
{
    uint8_t bytes[PACK_BYTES_MAX];
    char back[PACK_TEXT_MAX + 1];
    size_t size = 0, back_size = 0;
    struct buf_in in;
    buf_in_init(&in, (const uint8_t *)text->bytes, text->size);
    enum err err = pack_encode(bytes, &size, sizeof bytes, model, &in);
    if (err == ERR_VERSION)
        return 0;
    if (err != ERR_OK)
        fail("not packed", err_text(err));
    buf_in_init(&in, bytes, size);
    err = pack_decode(back, &back_size, sizeof back, model, &in);
    if (err != ERR_OK || back_size != text->size || memcmp(back, text->bytes, back_size) != 0)
        fail("comes back otherwise", text->bytes);
    return size;
}

static void print_row(const char *name, const struct text *text, bool whole)
{
    size_t least = 0;
    printf("%s %zu", name, text->size);
    for (size_t i = 0; i < MODELS; i++) {
        size_t size = pack(text, models[i]);
        if (size == 0)
            printf(" -");
        else
            printf(" %zu", size);
        least = size > 0 && (least == 0 || size < least) ? size : least;
    }
    json_t *string = json_stringn(text->bytes, text->size);
    char *printed = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    if (printed == NULL)
        fail("no memory", name);
    printf(" %zu %s\n", whole ? least + SEALED_EXTRA : 0, printed);
    free(printed);
    json_decref(string);
}

static void take_bulletin(const json_t *bulletin)
{
    static struct text one, all;
    all.size = 0;
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (!join_fields(&one, bulletin, languages[i]))
            continue;
        print_row(languages[i], &one, false);
        append(&all, all.size > 0 ? "\002" : "");
        append(&all, one.bytes);
    }
    if (all.size > 0)
        print_row("all", &all, true);
}

static void read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    json_t *object;
    if (file == NULL)
        fail("cannot be read", path);
    while ((object = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)) != NULL) {
        take_bulletin(object);
        json_decref(object);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        fail("usage", "bytes_bench FILE...");
    for (int i = 1; i < argc; i++)
        read_file(argv[i]);
    return 0;
}
