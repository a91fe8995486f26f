/* mfsk_bench: what a sealed bulletin says, as MFSK32 text again and again, and what our receiver reads of it.
 *
 * Usage: mfsk_bench make BULLETIN SECONDS OUT.wav
 *        mfsk_bench hear IN.wav
 *
 * make writes one transmission of at least SECONDS: all that the bulletin says in words, in Latin letters, number, times and check code
 * once. It prints how many seconds the text takes, then for each of its words: the seconds at which it begins, the seconds at which a
 * receiver can have it, the word; in the first copy. hear prints the text.
 */
#include "audio/mfsk_rx.h"
#include "audio/wav.h"
#include "gateway/bulletin/seal.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SENDER "AZAT"
#define PEAK 16384.0
#define SECONDS_MAX 1200
#define SOUND_TEXT_MAX (1u << 16)
#define BIT_S 0.016     /* of a character's code */
#define LEAD_BITS 59    /* before the first character: idle, CR, STX, CR */
#define BEHIND_BITS 107 /* from a bit to where it is through the interleaver and decided */
#define TAIL_MS 2000    /* of silence, in which receivers finish */

static _Noreturn void fail(const char *what, const char *detail)
{
    fprintf(stderr, "mfsk_bench: %s: %s\n", what, detail);
    exit(1);
}

static void must(enum err err, const char *what)
{
    if (err != ERR_OK)
        fail(what, err_text(err));
}

/* Appends a line. */
static void add_line(char text[MFSK_TEXT_MAX], const char *line)
{
    size_t used = strlen(text);
    must(mfsk_print_ascii(text + used, MFSK_TEXT_MAX - 1 - used, line), "text");
    memcpy(text + strlen(text), "\n", sizeof "\n");
}

/* In one language as a subscriber reads it, with number, times and check code. */
static void add_whole(char text[MFSK_TEXT_MAX], const struct bulletin *bulletin,
    enum bulletin_language language, const char *code)
{
    static struct compose compose;
    const struct compose_request request = {.bulletin = bulletin,
        .language = language,
        .latin = true,
        .parts = COMPOSE_PARTS_ALL,
        .sender = SENDER,
        .code = code};
    must(compose_text(&compose, &request), "text");
    add_line(text, compose.text);
}

/* In another language only what happened and what to do. */
static void add_words(
    char text[MFSK_TEXT_MAX], const struct bulletin *bulletin, enum bulletin_language language)
{
    char words[MFSK_TEXT_MAX], latin[MFSK_TEXT_MAX];
    const struct bulletin_text *of = &bulletin->text[language];
    snprintf(words, sizeof words, "%s. %s %s", of->headline, of->instruction, of->description);
    must(translit_print_latin(latin, sizeof latin, words, language), "text");
    add_line(text, latin);
}

static void print_text(char text[MFSK_TEXT_MAX], const char *path)
{
    static uint8_t bytes[WIRE_SEALED_MAX];
    static struct bulletin bulletin;
    struct wire_sealed sealed;
    char code[SEAL_CODE_SIZE];
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        fail(path, "cannot be read");
    size_t size = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    must(wire_decode_sealed(&sealed, bytes, size), path);
    must(wire_decode_bulletin(&bulletin, &sealed), path);
    seal_print_code(code, sealed.body, sealed.body_size);
    text[0] = '\0';
    for (enum bulletin_language i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        if (bulletin.text[i].headline[0] != '\0') {
            if (text[0] == '\0')
                add_whole(text, &bulletin, i, code);
            else
                add_words(text, &bulletin, i);
        }
}

static double text_seconds(const char *text)
{
    return (double)(mfsk_count_samples(text) - mfsk_count_samples("")) / MFSK_RATE_HZ;
}

/* Cuts the text up. */
static void print_words(char *text)
{
    char *next = text;
    for (char *word = text; *word != '\0'; word = next) {
        size_t length = strcspn(word, " \n");
        next = word + length + strspn(word + length, " \n");
        char kept = *word;
        *word = '\0';
        double begins_s = text_seconds(text) + LEAD_BITS * BIT_S;
        *word = kept;
        kept = *next;
        *next = '\0';
        double ready_s = text_seconds(text) + (LEAD_BITS + BEHIND_BITS) * BIT_S;
        *next = kept;
        printf("%.3f %.3f %.*s\n", begins_s, ready_s, (int)length, word);
    }
}

static void make(const char *bulletin, double seconds, const char *path)
{
    static char text[MFSK_TEXT_MAX], all[SOUND_TEXT_MAX];
    struct pcm pcm;
    print_text(text, bulletin);
    for (size_t used = 0; text_seconds(all) < seconds; used += strlen(text)) {
        if (used + strlen(text) >= sizeof all)
            fail("seconds", "too many");
        memcpy(all + used, text, strlen(text) + 1);
    }
    pcm_init(&pcm, MFSK_RATE_HZ);
    mfsk_append(&pcm, all, PEAK);
    pcm_append_silence(&pcm, TAIL_MS);
    must(wav_save(path, &pcm), path);
    pcm_wipe(&pcm);
    printf("%.3f\n", text_seconds(text));
    print_words(text);
}

static void print_line(void *arg, const char *line)
{
    (void)arg;
    puts(line);
}

static void hear(const char *path)
{
    struct pcm pcm;
    struct mfsk_rx *rx = mfsk_rx_new(print_line, NULL);
    must(wav_load(&pcm, path), path);
    if (pcm.rate_hz != MFSK_RATE_HZ)
        fail(path, "is not of 8,000 samples a second");
    mfsk_rx_take(rx, pcm.samples, pcm.count);
    mfsk_rx_finish(rx);
    mfsk_rx_free(rx);
    pcm_wipe(&pcm);
}

int main(int argc, char **argv)
{
    double seconds = argc == 5 ? strtod(argv[3], NULL) : 0;
    must(seal_init(), "libsodium");
    if (argc == 3 && strcmp(argv[1], "hear") == 0)
        hear(argv[2]);
    else if (argc == 5 && strcmp(argv[1], "make") == 0 && seconds > 0 && seconds <= SECONDS_MAX)
        make(argv[2], seconds, argv[4]);
    else
        fail("usage", "mfsk_bench make|hear ...");
    return 0;
}
