#include "audio/rx_input.h"

#include "audio/pcm.h"
#include "audio/wav.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK 4096 /* samples */

struct player {
    struct pcm_resampler *resampler;
    struct pcm out;
    rx_input_handler *handler;
    void *arg;
};

static void play_block(struct player *player, const int16_t *samples, size_t count, bool last)
{
    pcm_resampler_push(player->resampler, &player->out, samples, count, last);
    if (player->out.count)
        player->handler(player->arg, player->out.samples, player->out.count);
    player->out.count = 0;
}

static void play_file(struct player *player, struct wav_reader *reader)
{
    int16_t samples[BLOCK];
    size_t got;
    while ((got = wav_read(reader, samples, BLOCK)) > 0)
        play_block(player, samples, got, false);
    play_block(player, NULL, 0, true);
}

/* A read may end in the middle of a sample: its first byte is kept for the next. */
static enum err play_raw(struct player *player)
{
    uint8_t bytes[2 * BLOCK];
    int16_t samples[BLOCK];
    size_t held = 0;
    ssize_t got;
    while ((got = read(STDIN_FILENO, bytes + held, sizeof bytes - held)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_from_errno(errno);
        size_t size = held + (size_t)got, count = size / 2;
        for (size_t i = 0; i < count; i++)
            samples[i] = (int16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8);
        play_block(player, samples, count, false);
        held = size % 2;
        bytes[0] = bytes[size - 1];
    }
    play_block(player, NULL, 0, true);
    return ERR_OK;
}

enum err rx_input_play(const char *path, unsigned raw_rate_hz, rx_input_handler *handler, void *arg)
{
    struct wav_reader *reader = NULL;
    struct player player = {.handler = handler, .arg = arg};
    unsigned rate_hz = raw_rate_hz;
    enum err err = ERR_OK;
    if (strcmp(path, "-") != 0)
        err = wav_open(&reader, path);
    if (!err && reader)
        rate_hz = wav_rate_hz(reader);
    if (!err)
        err = pcm_resampler_new(&player.resampler, rate_hz, RX_INPUT_RATE_HZ);
    pcm_init(&player.out, RX_INPUT_RATE_HZ);
    if (!err && reader)
        play_file(&player, reader);
    else if (!err)
        err = play_raw(&player);
    pcm_resampler_free(player.resampler);
    pcm_wipe(&player.out);
    wav_close(reader);
    return err;
}
