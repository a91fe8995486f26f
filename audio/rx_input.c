#include "audio/rx_input.h"

#include "audio/card.h"
#include "audio/pcm.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define BLOCK 4096          /* samples */
#define CARD_WAIT_MS 20     /* a card is asked so often */
#define CARD_RETRY_MS 1000  /* a lost one */
#define CARD_SILENT_MS 5000 /* one that gives nothing for so long is lost */

struct player {
    const struct rx_input *input;
    struct pcm_resampler *resampler;
    struct pcm out;
};

static enum err open_player(struct player *player, const struct rx_input *input, unsigned rate_hz)
{
    *player = (struct player){.input = input};
    pcm_init(&player->out, RX_INPUT_RATE_HZ);
    return pcm_resampler_new(&player->resampler, rate_hz, RX_INPUT_RATE_HZ);
}

static void close_player(struct player *player)
{
    pcm_resampler_free(player->resampler);
    pcm_wipe(&player->out);
}

static void play_block(struct player *player, const int16_t *samples, size_t count, bool last)
{
    const struct rx_input *input = player->input;
    pcm_resampler_push(player->resampler, &player->out, samples, count, last);
    if (player->out.count)
        input->sound(input->arg, player->out.samples, player->out.count);
    player->out.count = 0;
    input->tick(input->arg);
}

static void play_file(struct player *player, struct wav_reader *reader)
{
    int16_t samples[BLOCK];
    size_t got;
    while (!*player->input->stop && (got = wav_read(reader, samples, BLOCK)) > 0)
        play_block(player, samples, got, false);
    play_block(player, NULL, 0, true);
}

/* Until there are bytes or the end. False if it is to stop. */
static bool wait_for_bytes(const struct rx_input *input)
{
    struct pollfd waiting = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!*input->stop) {
        if (poll(&waiting, 1, RX_INPUT_WAIT_MS) > 0)
            return true;
        input->tick(input->arg);
    }
    return false;
}

/* A read may end in the middle of a sample: its first byte is kept for the next. */
static enum err play_raw(struct player *player)
{
    uint8_t bytes[2 * BLOCK];
    int16_t samples[BLOCK];
    size_t held = 0;
    while (wait_for_bytes(player->input)) {
        ssize_t got = read(STDIN_FILENO, bytes + held, sizeof bytes - held);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0)
            return err_from_errno(errno);
        if (got == 0)
            break;
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

enum err rx_input_play(const struct rx_input *input, const char *path, unsigned raw_rate_hz)
{
    struct wav_reader *reader = NULL;
    struct player player;
    unsigned rate_hz = raw_rate_hz;
    if (strcmp(path, "-") != 0) {
        enum err err = wav_open(&reader, path);
        if (err)
            return err;
        rate_hz = wav_rate_hz(reader);
    }
    if (reader)
        input->recording(input->arg, wav_channels(reader));
    enum err err = open_player(&player, input, rate_hz);
    if (!err && reader)
        play_file(&player, reader);
    else if (!err)
        err = play_raw(&player);
    close_player(&player);
    wav_close(reader);
    return err;
}

/* At the best rate that it has. */
static enum err open_card(struct card **card, unsigned *rate_hz, const char *device)
{
    static const unsigned rates[] = {48000, 44100, 8000};
    enum err err = ERR_DEVICE;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0] && err == ERR_DEVICE; i++) {
        err = card_open(card, device, CARD_RECORD, rates[i]);
        *rate_hz = rates[i];
    }
    return err;
}

/* Until it is stopped or the card is lost. */
static void play_card(struct player *player, struct card *card)
{
    const struct rx_input *input = player->input;
    int64_t heard_ms = clock_boot_ms();
    int16_t samples[BLOCK];
    size_t got = 0;
    while (!*input->stop && !card_read(card, &got, samples, BLOCK)) {
        int64_t now_ms = clock_boot_ms();
        if (got) {
            heard_ms = now_ms;
            play_block(player, samples, got, false);
            continue;
        }
        if (now_ms - heard_ms > CARD_SILENT_MS)
            return;
        (void)poll(NULL, 0, CARD_WAIT_MS);
        input->tick(input->arg);
    }
    /* what it gave before it failed */
    if (got)
        play_block(player, samples, got, false);
}

/* False if it is to stop. */
static bool reopen(
    struct card **card, unsigned *rate_hz, const struct rx_input *input, const char *device)
{
    int64_t tried_ms = clock_boot_ms();
    while (!*input->stop) {
        (void)poll(NULL, 0, RX_INPUT_WAIT_MS);
        input->tick(input->arg);
        if (clock_boot_ms() - tried_ms < CARD_RETRY_MS)
            continue;
        tried_ms = clock_boot_ms();
        if (!open_card(card, rate_hz, device))
            return true;
    }
    return false;
}

enum err rx_input_listen(const struct rx_input *input, const char *device)
{
    struct card *card;
    unsigned rate_hz;
    enum err err = open_card(&card, &rate_hz, device);
    if (err)
        return err;
    for (;;) {
        struct player player;
        err = open_player(&player, input, rate_hz);
        if (!err)
            play_card(&player, card);
        close_player(&player);
        card_close(card);
        if (err || *input->stop)
            return err;
        input->device(input->arg, true);
        if (!reopen(&card, &rate_hz, input, device))
            return ERR_OK;
        input->device(input->arg, false);
    }
}
