/* pack_train: fits the weights of text model 1 to its priming text and prints gateway/bulletin/pack_weights.c. Each text is
 * predicted from all others, as a text that nobody has seen will be. Model 1 is frozen: this stays to show how its weights
 * were made, and to make those of a later model.
 *
 *   pack_train [passes] > gateway/bulletin/pack_weights.c
 */
#include "gateway/bulletin/pack_mixer.h"
#include "gateway/bulletin/pack_predict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS_MAX 256
#define PASSES 50
#define RATE 0.002
#define RATE_LEAST 0.05 /* of RATE, in the last pass */
#define RATE_FINE 0.6   /* of the rate, for the rows by prefix and last byte */
#define WEIGHT_FIRST 0.15
#define ODDS_ONE 256.0
#define WEIGHT_ONE 4096.0
#define BIAS_ONE 4096.0
#define CERTAIN 1e-5

/* One bit of the priming text as the mixing sees it. */
struct example {
    int16_t odds[PACK_CONTEXT_COUNT];
    uint8_t level[PACK_CONTEXT_COUNT];
    uint8_t order_row;
    uint8_t prefix_row;
    uint8_t last_row;
    uint8_t letters_row;
    uint8_t bit;
};

struct text {
    size_t at; /* in the priming text */
    size_t size;
    struct example *examples;
};

struct weights {
    double order[PACK_ORDER_ROWS][PACK_CONTEXT_COUNT];
    double prefix[PACK_PREFIX_ROWS][PACK_CONTEXT_COUNT];
    double last[PACK_HISTORY_CLASSES][PACK_CONTEXT_COUNT];
    double letters[PACK_HISTORY_LETTERS][PACK_CONTEXT_COUNT];
    double seen[PACK_LEVELS][PACK_CONTEXT_COUNT];
    double bias[PACK_PREFIX_ROWS];
};

static void must(int truth, const char *what)
{
    if (truth)
        return;
    fprintf(stderr, "pack_train: %s\n", what);
    exit(1);
}

static void note_byte(struct example *example, const struct pack_history *history, uint8_t byte)
{
    struct pack_counts counts;
    struct pack_predictor predictor;
    pack_history_count(&counts, history);
    pack_predict_begin(&predictor, &counts);
    for (int i = 7; i >= 0; i--, example++) {
        struct pack_inputs inputs;
        pack_predict_inputs(&inputs, &predictor);
        for (int c = 0; c < PACK_CONTEXT_COUNT; c++) {
            example->odds[c] = (int16_t)inputs.odds[c];
            example->level[c] = (uint8_t)inputs.level[c];
        }
        example->order_row = (uint8_t)predictor.order_row;
        example->prefix_row = (uint8_t)inputs.prefix_row;
        example->last_row = (uint8_t)predictor.last_row;
        example->letters_row = (uint8_t)predictor.letters_row;
        example->bit = byte >> i & 1;
        pack_predict_take(&predictor, example->bit);
    }
}

static void note_text(struct text *text, const struct buf_out *prime)
{
    struct pack_history *history = malloc(sizeof *history);
    text->examples = calloc(text->size * 8, sizeof *text->examples);
    must(history != NULL && text->examples != NULL, "no memory");
    pack_history_init(history);
    for (size_t i = 0; i < prime->used; i++)
        if (i < text->at || i >= text->at + text->size)
            must(pack_history_add(history, prime->data[i]) == ERR_OK, "history is full");
    pack_history_begin_own(history);
    for (size_t i = 0; i < text->size; i++) {
        uint8_t byte = prime->data[text->at + i];
        note_byte(text->examples + 8 * i, history, byte);
        must(pack_history_add(history, byte) == ERR_OK, "history is full");
    }
    free(history);
}

static double predict(const struct weights *w, const struct example *x)
{
    double sum = w->bias[x->prefix_row];
    for (int c = 0; c < PACK_CONTEXT_COUNT; c++)
        if (x->level[c] > 0)
            sum +=
                x->odds[c] / ODDS_ONE *
                (w->order[x->order_row][c] + w->prefix[x->prefix_row][c] + w->last[x->last_row][c] +
                    w->letters[x->letters_row][c] + w->seen[x->level[c]][c]);
    return 1 / (1 + exp(-sum));
}

static void correct(struct weights *w, const struct example *x, double error, double rate)
{
    double fine = rate * RATE_FINE;
    w->bias[x->prefix_row] += fine * error;
    for (int c = 0; c < PACK_CONTEXT_COUNT; c++) {
        double slope = x->level[c] > 0 ? error * x->odds[c] / ODDS_ONE : 0;
        w->order[x->order_row][c] += rate * slope;
        w->seen[x->level[c]][c] += rate * slope;
        w->prefix[x->prefix_row][c] += fine * slope;
        w->last[x->last_row][c] += fine * slope;
        w->letters[x->letters_row][c] += fine * slope;
    }
}

/* Returns the bits that the text costs before it is learnt from. */
static double learn(struct weights *w, const struct text *text, double rate)
{
    double bits = 0;
    for (size_t i = 0; i < text->size * 8; i++) {
        const struct example *x = &text->examples[i];
        double p = fmin(fmax(predict(w, x), CERTAIN), 1 - CERTAIN);
        bits -= log2(x->bit ? p : 1 - p);
        correct(w, x, x->bit - p, rate);
    }
    return bits;
}

static size_t split(struct text texts[TEXTS_MAX], const struct buf_out *prime)
{
    size_t count = 0;
    for (size_t at = 0; at < prime->used; count++) {
        must(count < TEXTS_MAX, "too many texts");
        texts[count].at = at;
        texts[count].size = strlen((const char *)prime->data + at) + 1;
        at += texts[count].size;
    }
    return count;
}

/* Another order in each pass, the same in each run. */
static void shuffle(struct text *texts, size_t count, uint32_t *state)
{
    for (size_t i = count; i-- > 1;) {
        *state = *state * 1664525u + 1013904223u;
        size_t other = (*state >> 8) % (i + 1);
        struct text text = texts[i];
        texts[i] = texts[other];
        texts[other] = text;
    }
}

static void print_rows(
    const char *name, const double *weights, size_t rows, size_t columns, double one)
{
    printf("    .%s =\n        {\n", name);
    for (size_t row = 0; row < rows; row++) {
        printf(columns > 1 ? "            {" : "            ");
        for (size_t i = 0; i < columns; i++)
            printf("%s%ld", i > 0 ? ", " : "", lround(weights[row * columns + i] * one));
        printf(columns > 1 ? "},\n" : ",\n");
    }
    printf("        },\n");
}

static void print_weights(const struct weights *w)
{
    printf("/* Made by tests/bench/pack_train.c. Frozen: one changed number makes another text "
           "model. */\n"
           "#include \"gateway/bulletin/pack_predict.h\"\n\nconst struct pack_weights pack_weights "
           "= {\n");
    print_rows("order", w->order[0], PACK_ORDER_ROWS, PACK_CONTEXT_COUNT, WEIGHT_ONE);
    print_rows("prefix", w->prefix[0], PACK_PREFIX_ROWS, PACK_CONTEXT_COUNT, WEIGHT_ONE);
    print_rows("last", w->last[0], PACK_HISTORY_CLASSES, PACK_CONTEXT_COUNT, WEIGHT_ONE);
    print_rows("letters", w->letters[0], PACK_HISTORY_LETTERS, PACK_CONTEXT_COUNT, WEIGHT_ONE);
    print_rows("seen", w->seen[0], PACK_LEVELS, PACK_CONTEXT_COUNT, WEIGHT_ONE);
    print_rows("bias", w->bias, PACK_PREFIX_ROWS, 1, BIAS_ONE);
    printf("};\n");
}

int main(int argc, char **argv)
{
    static uint8_t bytes[PACK_HISTORY_MAX];
    static struct text texts[TEXTS_MAX];
    static struct weights weights;
    struct buf_out prime;
    uint32_t state = 1;
    long passes = argc > 1 ? strtol(argv[1], NULL, 10) : PASSES;
    buf_out_init(&prime, bytes, sizeof bytes);
    must(pack_mixer_prime(&prime) == ERR_OK, "priming text is too long");
    size_t count = split(texts, &prime);
    for (size_t i = 0; i < count; i++)
        note_text(&texts[i], &prime);
    for (size_t row = 0; row < PACK_ORDER_ROWS; row++)
        for (size_t c = 0; c < PACK_CONTEXT_COUNT; c++)
            weights.order[row][c] = WEIGHT_FIRST;
    for (long pass = 0; pass < passes; pass++) {
        double bits = 0;
        shuffle(texts, count, &state);
        for (size_t i = 0; i < count; i++)
            bits +=
                learn(&weights, &texts[i], RATE * (1 - (double)pass / (double)passes + RATE_LEAST));
        fprintf(stderr, "pass %ld: %.4f bits a bit\n", pass + 1, bits / 8 / (double)prime.used);
    }
    print_weights(&weights);
    for (size_t i = 0; i < count; i++)
        free(texts[i].examples);
    return 0;
}
