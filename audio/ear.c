#include "audio/ear.h"

#include "audio/card.h"
#include "gateway/base/log.h"

#include <math.h>
#include <stdlib.h>

#define RATE_HZ 48000
#define PIECE 4800 /* samples taken at a time */
#define FULL_SCALE 32768.0
#define DB_PER_DECADE 20.0
#define SMALLEST 1e-6 /* -120 dBFS */

struct ear {
    struct card *card;
    double energy; /* of the samples heard */
    size_t heard;
    int16_t piece[PIECE];
};

enum err ear_open(struct ear **ear, const char *card)
{
    struct ear *new = calloc(1, sizeof(*new));
    enum err err;

    if (!new)
        log_fatal("no_memory");
    err = card_open(&new->card, card, CARD_RECORD, RATE_HZ);
    if (err) {
        free(new);
        return err;
    }
    *ear = new;
    return ERR_OK;
}

enum err ear_listen(struct ear *ear)
{
    size_t got;
    enum err err = card_read(ear->card, &got, ear->piece, PIECE);

    if (err)
        return err;
    for (size_t i = 0; i < got; i++)
        ear->energy += (double)ear->piece[i] * ear->piece[i];
    ear->heard += got;
    return ERR_OK;
}

double ear_dbfs(const struct ear *ear)
{
    double rms = sqrt(ear->energy / (double)(ear->heard > 0 ? ear->heard : 1));

    return DB_PER_DECADE * log10(rms / FULL_SCALE + SMALLEST);
}

void ear_forget(struct ear *ear)
{
    ear->energy = 0.0;
    ear->heard = 0;
}

void ear_close(struct ear *ear)
{
    if (!ear)
        return;
    card_close(ear->card);
    free(ear);
}
