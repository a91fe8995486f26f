/* dabyl-rx: hears broadcasts, rebuilds what they carry, verifies it and shows it. See dabyl-rx(1).
 */
#include "audio/collect.h"
#include "audio/ident.h"
#include "audio/rx_front.h"
#include "audio/rx_input.h"
#include "audio/rx_judge.h"
#include "audio/rx_options.h"
#include "audio/rx_print.h"
#include "audio/rx_relay.h"
#include "audio/rx_screen.h"
#include "audio/rx_station.h"
#include "audio/rx_trust.h"
#include "audio/rx_view.h"
#include "audio/rx_voice.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REDRAW_MS 250
#define IQ_CHANNELS 2

struct rx {
    struct rx_options options;
    struct collect collect;
    struct rx_judge judge;
    struct rx_front *front;
    struct rx_voice *voice; /* NULL if no voice is wanted */
    bool speaker_lost;      /* as it was said last */
    struct rx_relay relay;
    bool live;
    unsigned channels;    /* of the recording that is played */
    struct rx_view *view; /* NULL: lines are printed */
    char *screen;         /* RX_VIEW_SIZE, with the view */
    int64_t drawn_ms;
    char missing[RX_NEWSROOMS_MAX][RX_PRINT_NOTICE_SIZE]; /* as it was said last */
    char ident[RX_STATION_TEXT_SIZE];                     /* the same */
    bool output_failed;
};

static volatile sig_atomic_t stopped;

static void handle_stop(int number)
{
    (void)number;
    stopped = 1;
}

/* The first Ctrl-C ends it with its summary, another one at once. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = handle_stop, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

/* A line for people beside what is verified. */
static void tell(struct rx *rx, const char *notice)
{
    char clean[RX_TEXT_SIZE];
    if (rx->view) {
        rx_view_take_notice(rx->view, notice);
        return;
    }
    (void)rx_text_clean(clean, notice, RX_TEXT_COLUMNS_MAX);
    (void)fprintf(stderr, "dabyl-rx: %s\n", clean);
}

static void tell_error(struct rx *rx, const char *what, const char *why)
{
    char notice[RX_PRINT_NOTICE_SIZE];
    (void)snprintf(notice, sizeof notice, "%s: %s", what, why);
    tell(rx, notice);
}

static void check_output(struct rx *rx)
{
    rx->output_failed |= fflush(stdout) != 0 || ferror(stdout) != 0;
}

static void show(struct rx *rx, const struct rx_heard *heard)
{
    if (rx->options.json)
        rx->output_failed |= rx_print_json(stdout, heard) != ERR_OK;
    else
        rx_print_text(stdout, heard);
    check_output(rx);
}

static void hand_on(struct rx *rx, const struct rx_heard *heard)
{
    if (rx->options.relay)
        rx_relay_add(&rx->relay, heard);
    if (!rx->options.save)
        return;
    enum err err = rx_relay_save(rx->options.save, heard);
    if (!err)
        return;
    tell_error(rx, rx->options.save, err_text(err));
    rx->output_failed = true;
}

static void take_result(void *arg, const struct rx_heard *heard)
{
    struct rx *rx = arg;
    bool roster = heard->bulletin.kind == BULLETIN_ROSTER;
    char notice[RX_PRINT_NOTICE_SIZE];
    rx_print_notice(notice, heard);
    if (roster || (heard->result && !rx->view))
        tell(rx, notice);
    if (roster)
        return;
    if (rx->view)
        rx_view_take_heard(rx->view, heard);
    else if (!heard->result || rx->options.unverified)
        show(rx, heard);
    if (!heard->result)
        hand_on(rx, heard);
}

/* What is newly known to be missing, while it may yet be heard. */
static void tell_missing(struct rx *rx)
{
    if (!rx->live || rx->view)
        return;
    for (unsigned i = 0; i < rx->judge.newsroom_count; i++) {
        char missing[RX_PRINT_NOTICE_SIZE];
        bool some = rx_print_missing(missing, &rx->judge.newsrooms[i]);
        if (some && strcmp(missing, rx->missing[i]) != 0)
            tell(rx, missing);
        memcpy(rx->missing[i], missing, sizeof missing);
    }
}

static void take_text(void *arg, enum rx_text_mode mode, const char *line)
{
    struct rx *rx = arg;
    char text[RX_TEXT_JSON_SIZE];
    if (rx->view) {
        rx_view_take_text(rx->view, mode, line);
    } else if (rx->options.json) {
        rx_text_print_json(text, mode, line);
        (void)printf("%s\n", text);
        check_output(rx);
    } else {
        (void)rx_text_clean(text, line, RX_TEXT_COLUMNS_MAX);
        (void)fprintf(stderr, "text, not verified (%s): %s\n", rx_text_print_mode(mode), text);
    }
}

/* Only what a station of the newsroom has signed, lately, stands apart from what anybody may say. */
static void tell_station(struct rx *rx, const struct rx_station *station, const char *text)
{
    char plain[RX_STATION_JSON_SIZE];
    if (rx->options.json) {
        rx_station_print_json(plain, station);
        (void)printf("%s\n", plain);
        check_output(rx);
    } else if (station->verdict == RX_STATION_SIGNED) {
        tell(rx, text);
    } else {
        ident_print(plain, &station->ident);
        take_text(rx, RX_TEXT_IDENT, station->ident.dated ? text : plain);
    }
    if (rx_station_print_missing(plain, station))
        tell(rx, plain);
}

static void take_ident(struct rx *rx, const struct ident *ident, int64_t now_s)
{
    char text[RX_STATION_TEXT_SIZE];
    struct rx_station station;
    rx_station_judge(&station, &rx->judge, ident, now_s);
    rx_station_print(text, &station);
    if (strcmp(text, rx->ident) != 0)
        tell_station(rx, &station, text);
    memcpy(rx->ident, text, sizeof text);
}

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct rx *rx = arg;
    struct collect_found found;
    struct ident ident;
    int64_t now_s = rx->options.now_given ? rx->options.now_s : clock_wall_s();
    enum err err = collect_add(&rx->collect, &found, packet->payload);
    if (err == ERR_MISSING && ident_decode(&ident, packet->payload) == ERR_OK)
        take_ident(rx, &ident, now_s);
    if (err)
        return;
    if (found.object->kind == FRAME_BUNDLE)
        rx_judge_bundle(&rx->judge, found.bytes, found.size, now_s);
    else
        rx_judge_object(&rx->judge, found.bytes, found.size, now_s);
    tell_missing(rx);
}

static void take_sound(void *arg, const int16_t *samples, size_t count)
{
    struct rx *rx = arg;
    rx_front_push(rx->front, samples, count);
    if (rx->view)
        rx_view_take_sound(rx->view, samples, count);
    enum err err =
        rx->voice ? rx_voice_push(rx->voice, samples, count, rx_front_tuning(rx->front)) : ERR_OK;
    if (!err)
        return;
    tell_error(rx, rx->options.voice, err_text(err));
    rx->output_failed = true;
}

static void draw(struct rx *rx)
{
    struct rx_view_now now = {.collect = &rx->collect,
        .judge = &rx->judge,
        .front = rx_front_stats(rx->front),
        .voice_wanted = rx->voice != NULL};
    if (rx->voice) {
        now.voice_synced = rx_voice_synced(rx->voice);
        now.voice_s = rx_voice_seconds(rx->voice);
    }
    rx_screen_size(&now.rows, &now.columns);
    size_t size = rx_view_print(rx->screen, rx->view, &now);
    if (rx_screen_write(rx->screen, size))
        return;
    rx->output_failed = true;
    stopped = 1;
}

static void hand_over(struct rx *rx)
{
    char why[RX_RELAY_WHY_SIZE];
    if (rx_relay_step(&rx->relay, why, clock_boot_ms()))
        tell(rx, why);
}

/* At the end each gets one more try, while the gateway answers. */
static void hand_over_rest(struct rx *rx)
{
    char notice[RX_PRINT_NOTICE_SIZE];
    unsigned tries = rx->relay.waiting_count;
    for (unsigned i = 0; i < tries && (i == 0 || !rx->relay.away); i++) {
        rx_relay_hurry(&rx->relay);
        if (!rx->relay.asked)
            hand_over(rx);
        rx_relay_wait(&rx->relay);
        hand_over(rx);
    }
    unsigned lost = rx->relay.waiting_count + rx->relay.dropped;
    if (!lost)
        return;
    (void)snprintf(notice, sizeof notice,
        "the gateway has not taken %u verified bulletins (--save keeps what is verified)", lost);
    tell(rx, notice);
    rx->output_failed = true;
}

static void tell_device(struct rx *rx, const char *name, bool lost)
{
    tell_error(rx, name, lost ? "lost; it is opened again once it is back" : "is back");
}

static void take_device(void *arg, bool lost)
{
    struct rx *rx = arg;
    tell_device(rx, rx->options.device, lost);
}

static void watch_speaker(struct rx *rx)
{
    bool lost = rx->voice && rx_voice_speaker_lost(rx->voice);
    if (lost != rx->speaker_lost)
        tell_device(rx, rx->options.speaker, lost);
    rx->speaker_lost = lost;
}

static void tick(void *arg)
{
    struct rx *rx = arg;
    int64_t now_ms = clock_boot_ms();
    hand_over(rx);
    watch_speaker(rx);
    if (!rx->view || now_ms - rx->drawn_ms < REDRAW_MS)
        return;
    rx->drawn_ms = now_ms;
    draw(rx);
}

static void take_recording(void *arg, unsigned channels)
{
    struct rx *rx = arg;
    rx->channels = channels;
}

/* What software receivers record has two channels, too, and need not be sound. */
static void tell_channels(struct rx *rx, const char *path, const struct rx_front_stats *before)
{
    struct rx_front_stats now = rx_front_stats(rx->front);
    if (rx->channels == IQ_CHANNELS && now.good == before->good)
        tell_error(rx, path,
            "no frame was heard in the mean of its two channels; if they are I and Q of a software "
            "receiver, have it write what it demodulates as upper side band");
    rx->channels = 0;
}

static enum err play(struct rx *rx, const char *path)
{
    const struct rx_input input = {.sound = take_sound,
        .tick = tick,
        .device = take_device,
        .recording = take_recording,
        .arg = rx,
        .stop = &stopped};
    struct rx_front_stats before = rx_front_stats(rx->front);
    enum err err = rx->options.device ? rx_input_listen(&input, path)
                                      : rx_input_play(&input, path, rx->options.rate_hz);
    if (rx_front_stats(rx->front).samples > before.samples)
        rx_front_flush(rx->front);
    tell_channels(rx, path, &before);
    return err;
}

static void tell_input(struct rx *rx, const char *path, enum err err)
{
    const char *why = err == ERR_FORMAT   ? "no sound file that can be read"
                      : err == ERR_DEVICE ? "no sound card that can be opened"
                      : err == ERR_BUSY   ? "another program has this sound card"
                                          : err_text(err);
    tell_error(rx, path, why);
}

/* The inputs in turn. False if one could not be read; it is named. */
static bool play_inputs(struct rx *rx)
{
    unsigned count = rx->options.device ? 1 : rx->options.input_count, played = 0;
    for (unsigned i = 0; i < count && (i == 0 || !stopped); i++) {
        const char *path = rx->options.device ? rx->options.device : rx->options.inputs[i];
        enum err err = play(rx, path);
        if (err)
            tell_input(rx, path, err);
        else
            played++;
    }
    return played == count || (stopped && played);
}

/* The terminal is given back; what was verified is left on it. */
static void close_view(struct rx *rx)
{
    struct rx_view *view = rx->view;
    unsigned first =
        view->heard_count > RX_VIEW_BULLETINS_MAX ? view->heard_count - RX_VIEW_BULLETINS_MAX : 0;
    draw(rx);
    rx_screen_close();
    rx->view = NULL;
    for (unsigned i = first; i < view->heard_count; i++) {
        const struct rx_heard *heard = &view->heard[i % RX_VIEW_BULLETINS_MAX];
        if (!heard->result || rx->options.unverified)
            show(rx, heard);
    }
    first = view->notice_count > RX_VIEW_NOTICES_MAX ? view->notice_count - RX_VIEW_NOTICES_MAX : 0;
    for (unsigned i = first; i < view->notice_count; i++)
        tell(rx, view->notices[i % RX_VIEW_NOTICES_MAX]);
    free(view);
}

static void tell_end(struct rx *rx)
{
    char notice[RX_PRINT_NOTICE_SIZE];
    if (rx->options.voice) {
        (void)snprintf(notice, sizeof notice, "%s: %.1f s of voice", rx->options.voice,
            rx_voice_seconds(rx->voice));
        tell(rx, notice);
    }
    for (unsigned i = 0; i < rx->judge.newsroom_count; i++)
        if (rx_print_missing(notice, &rx->judge.newsrooms[i]))
            tell(rx, notice);
    if (rx->options.stats || (rx->live && !rx->options.json)) {
        struct rx_front_stats stats = rx_front_stats(rx->front);
        rx_print_stats(stderr, &stats, &rx->collect);
    }
}

static enum rx_exit listen_and_tell(struct rx *rx)
{
    bool good = play_inputs(rx);
    hand_over_rest(rx);
    if (rx->view)
        close_view(rx);
    tell_end(rx);
    if (rx->output_failed)
        return RX_EXIT_OUTPUT;
    if (!good)
        return RX_EXIT_INPUT;
    return rx->judge.verified ? RX_EXIT_VERIFIED : RX_EXIT_NOTHING;
}

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory)
        log_fatal("no_memory what=receiver");
    return memory;
}

static enum err open_voice(struct rx *rx)
{
    const char *path = rx->options.voice, *speaker = rx->options.speaker;
    if (!path && !speaker)
        return ERR_OK;
    enum err err = rx_voice_open(&rx->voice, path, speaker);
    if (!err)
        rx_voice_hear_text(rx->voice, take_text, rx);
    if (err)
        tell_error(
            rx, err == ERR_DEVICE || err == ERR_BUSY || !path ? speaker : path, err_text(err));
    return err;
}

static void open_view(struct rx *rx)
{
    bool usual = rx->live && !rx->options.json && !rx->options.lines;
    if (!rx_screen_there() || !(rx->options.view || usual))
        return;
    rx->view = allocate(sizeof *rx->view);
    rx->view->source = rx->options.device                    ? rx->options.device
                       : !strcmp(rx->options.inputs[0], "-") ? "standard input"
                                                             : rx->options.inputs[0];
    rx->screen = allocate(RX_VIEW_SIZE);
    rx_screen_open();
}

static enum rx_exit run(struct rx *rx)
{
    const struct rx_front_handlers handlers = {.packet = take_packet, .text = take_text, .arg = rx};
    catch_signals();
    rx->live = rx_options_live(&rx->options);
    rx->relay.socket = rx->options.relay;
    if (open_voice(rx))
        return RX_EXIT_OUTPUT;
    rx->front = rx_front_new(&handlers);
    open_view(rx);
    return listen_and_tell(rx);
}

int main(int argc, char **argv)
{
    struct rx *rx = allocate(sizeof *rx);
    if (seal_init())
        log_fatal("cannot_start");
    rx_judge_init(&rx->judge, take_result, rx);
    enum rx_exit code = RX_EXIT_VERIFIED;
    if (rx_options_parse(&rx->options, argc, argv))
        code = RX_EXIT_USAGE;
    else if (rx->options.help)
        rx_options_print_help();
    else if (rx_trust_load(&rx->judge, &rx->options))
        code = RX_EXIT_TRUST;
    else
        code = run(rx);
    rx_front_free(rx->front);
    rx_voice_close(rx->voice);
    free(rx->screen);
    free(rx);
    return (int)code;
}
