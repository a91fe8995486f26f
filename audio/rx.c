/* dabyl-rx: hears broadcasts, rebuilds what they carry, verifies it and shows it. See dabyl-rx(1).
 */
#include "audio/collect.h"
#include "audio/rx_front.h"
#include "audio/rx_input.h"
#include "audio/rx_judge.h"
#include "audio/rx_options.h"
#include "audio/rx_print.h"
#include "audio/rx_trust.h"
#include "audio/voice.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdio.h>
#include <stdlib.h>

struct rx {
    struct rx_options options;
    struct collect collect;
    struct rx_judge judge;
    struct rx_front *front;
    struct voice_receiver *voice; /* NULL if no voice is wanted */
    struct pcm speech;
    bool output_failed;
};

static void take_result(void *arg, const struct rx_heard *heard)
{
    struct rx *rx = arg;
    bool roster = heard->bulletin.kind == BULLETIN_ROSTER;
    if (roster || heard->result)
        rx_print_notice(stderr, heard);
    if (roster || (heard->result && !rx->options.unverified))
        return;
    if (rx->options.json)
        rx->output_failed |= rx_print_json(stdout, heard) != ERR_OK;
    else
        rx_print_text(stdout, heard);
    rx->output_failed |= fflush(stdout) != 0 || ferror(stdout) != 0;
}

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct rx *rx = arg;
    struct collect_found found;
    if (collect_add(&rx->collect, &found, packet->payload))
        return;
    int64_t now_s = rx->options.now_given ? rx->options.now_s : clock_wall_s();
    rx_judge_object(&rx->judge, found.bytes, found.size, now_s);
}

static void take_sound(void *arg, const int16_t *samples, size_t count)
{
    struct rx *rx = arg;
    rx_front_push(rx->front, samples, count);
    if (rx->voice)
        voice_receiver_push(rx->voice, &rx->speech, samples, count);
}

/* The inputs in turn. False if one could not be read; it is named. */
static bool play_inputs(struct rx *rx)
{
    unsigned played = 0;
    for (unsigned i = 0; i < rx->options.input_count; i++) {
        const char *path = rx->options.inputs[i];
        enum err err = rx_input_play(path, rx->options.rate_hz, take_sound, rx);
        rx_front_flush(rx->front);
        if (err)
            (void)fprintf(stderr, "dabyl-rx: %s: %s\n", path,
                err == ERR_FORMAT ? "no sound file that can be read" : err_text(err));
        else
            played++;
    }
    return played == rx->options.input_count;
}

static void save_voice(struct rx *rx)
{
    const char *path = rx->options.voice;
    enum err err = wav_save(path, &rx->speech);
    if (err) {
        (void)fprintf(stderr, "dabyl-rx: %s: %s\n", path, err_text(err));
        rx->output_failed = true;
        return;
    }
    (void)fprintf(
        stderr, "dabyl-rx: %s: %.1f s of voice\n", path, (double)rx->speech.count / VOICE_RATE_HZ);
}

static enum rx_exit listen_and_tell(struct rx *rx)
{
    bool good = play_inputs(rx);
    if (rx->voice)
        save_voice(rx);
    rx_print_missing(stderr, &rx->judge);
    if (rx->options.stats) {
        struct rx_front_stats stats = rx_front_stats(rx->front);
        rx_print_stats(stderr, &stats, &rx->collect);
    }
    if (rx->output_failed)
        return RX_EXIT_OUTPUT;
    if (!good)
        return RX_EXIT_INPUT;
    return rx->judge.verified ? RX_EXIT_VERIFIED : RX_EXIT_NOTHING;
}

static void open_receivers(struct rx *rx)
{
    rx->front = rx_front_new(take_packet, rx);
    pcm_init(&rx->speech, VOICE_RATE_HZ);
    if (!rx->options.voice)
        return;
    rx->voice = voice_receiver_new();
    if (!rx->voice)
        log_fatal("no_memory what=voice");
}

int main(int argc, char **argv)
{
    struct rx *rx = calloc(1, sizeof *rx);
    if (!rx || seal_init())
        log_fatal("cannot_start");
    rx_judge_init(&rx->judge, take_result, rx);
    enum rx_exit code = RX_EXIT_VERIFIED;
    if (rx_options_parse(&rx->options, argc, argv)) {
        code = RX_EXIT_USAGE;
    } else if (rx->options.help) {
        rx_options_print_help();
    } else if (rx_trust_load(&rx->judge, &rx->options)) {
        code = RX_EXIT_TRUST;
    } else {
        open_receivers(rx);
        code = listen_and_tell(rx);
    }
    rx_front_free(rx->front);
    voice_receiver_free(rx->voice);
    pcm_wipe(&rx->speech);
    free(rx);
    return (int)code;
}
