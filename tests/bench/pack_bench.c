/* pack_bench: what text model 1 saves and costs: bytes of texts beside UTF-8 and KZ-1048, and milliseconds, by language.
 * Each text is checked to come out again.
 *
 *   pack_bench FILE.jsonl     each line an object with kk, ru, en, each with headline, instruction, description
 */
#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/pack.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINE_MAX_BYTES 65536
#define NS_PER_MS 1e6
#define ALL BULLETIN_LANGUAGE_COUNT /* the row of texts in three languages */
#define ROWS (BULLETIN_LANGUAGE_COUNT + 1)

static const char *const names[ROWS] = {"kk", "ru", "en", "all"};

struct sums {
    size_t texts;
    size_t utf8;
    size_t plain;
    size_t mixed;
    size_t longest;
    double encode_ms;
    double decode_ms;
};

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / NS_PER_MS;
}

static void must(int truth, const char *what)
{
    if (truth)
        return;
    fprintf(stderr, "pack_bench: %s\n", what);
    exit(1);
}

static size_t pack(uint8_t bytes[PACK_BYTES_MAX], uint8_t model, const char *text)
{
    struct buf_in in;
    size_t size = 0;
    buf_in_init(&in, (const uint8_t *)text, strlen(text));
    must(pack_encode(bytes, &size, PACK_BYTES_MAX, model, &in) == ERR_OK, "a text can't be packed");
    return size;
}

static void measure(struct sums *sums, const char *text)
{
    uint8_t bytes[PACK_BYTES_MAX];
    char again[PACK_TEXT_MAX + 1];
    struct buf_in in;
    size_t size;
    size_t plain = pack(bytes, BULLETIN_TEXT_MODEL_PLAIN, text);
    double start = now_ms();
    size_t mixed = pack(bytes, BULLETIN_TEXT_MODEL_MIXER, text);
    double middle = now_ms();
    buf_in_init(&in, bytes, mixed);
    must(pack_decode(again, &size, sizeof again, BULLETIN_TEXT_MODEL_MIXER, &in) == ERR_OK,
        "no decoding");
    double end = now_ms();
    must(strcmp(text, again) == 0, "a text comes out otherwise");
    sums->texts++;
    sums->utf8 += strlen(text);
    sums->plain += plain;
    sums->mixed += mixed;
    sums->longest = mixed > sums->longest ? mixed : sums->longest;
    sums->encode_ms += middle - start;
    sums->decode_ms += end - middle;
}

/* headline 0x01 instruction 0x01 description */
static void join_fields(char text[PACK_TEXT_MAX], json_t *fields)
{
    const char *headline = "", *instruction = "", *description = "";
    must(json_unpack(fields, "{s?s, s?s, s?s}", "headline", &headline, "instruction", &instruction,
             "description", &description) == 0,
        "not the form of a text");
    must(snprintf(text, PACK_TEXT_MAX, "%s\x01%s\x01%s", headline, instruction, description) <
             PACK_TEXT_MAX,
        "a text is too long");
}

static void measure_line(struct sums sums[ROWS], json_t *line)
{
    char all[ROWS * PACK_TEXT_MAX] = "";
    for (int i = 0; i <= BULLETIN_LANGUAGE_COUNT; i++) {
        char text[PACK_TEXT_MAX];
        if (i == ALL) {
            measure(&sums[ALL], all);
            continue;
        }
        join_fields(text, json_object_get(line, names[i]));
        measure(&sums[i], text);
        size_t used = strlen(all);
        (void)snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? "\x02" : "", text);
    }
}

int main(int argc, char **argv)
{
    static char line[LINE_MAX_BYTES];
    struct sums sums[ROWS] = {0};
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    must(file != NULL, "usage: pack_bench FILE.jsonl, which can be read");
    while (fgets(line, sizeof line, file) != NULL) {
        json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        must(object != NULL, "a line is no JSON");
        measure_line(sums, object);
        json_decref(object);
    }
    fclose(file);
    for (int i = 0; i < ROWS; i++) {
        double n = sums[i].texts > 0 ? (double)sums[i].texts : 1;
        printf("%-4s %3zu texts, bytes a text: UTF-8 %.1f, KZ-1048 %.1f, mixer %.1f (longest %zu); "
               "ms: encode %.2f, "
               "decode %.2f\n",
            names[i], sums[i].texts, (double)sums[i].utf8 / n, (double)sums[i].plain / n,
            (double)sums[i].mixed / n, sums[i].longest, sums[i].encode_ms / n,
            sums[i].decode_ms / n);
    }
    return 0;
}
