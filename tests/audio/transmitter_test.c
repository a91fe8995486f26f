/* The transmitter with ALSA's file plugin for a card and the real rigctld for a transceiver. */
#include "audio/duty_file.h"
#include "audio/tone.h"
#include "audio/transmitter.h"
#include "audio/wav.h"
#include "tests/audio/rigctld.h"

#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#define TONE_MS 1500
#define SECOND_MS 1000
#define END_MS 30000
#define NOT_YET ERR_COUNT

struct site {
    char folder[32];
    char path[64]; /* of the programme */
    struct rigctld rigctld;
    struct loop *loop;
    struct transmitter_config config;
    struct transmitter *transmitter;
    struct loop_source *timer;
    void (*on_timer)(struct site *site);
    unsigned again; /* programmes to be begun when one has ended */
    enum err first; /* what the first of them came to */
    enum err result;
    uint32_t from_ms;
    bool allowed;
};

static void write_file(const struct site *site, const char *name, const void *bytes, size_t size)
{
    char path[96];
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s/%s", site->folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* air: a file; deaf: a card whose other end stops taking; loud and quiet: receivers. */
static void write_cards(const struct site *site)
{
    char text[2048];
    int size = snprintf(text, sizeof(text),
        "pcm.nothing { type null }\n"
        "pcm.air { type file slave.pcm nothing file %s/air.raw format raw }\n"
        "pcm.pulled { type file slave.pcm nothing file \"|head -c 60000 >/dev/null\" format raw }\n"
        "pcm.loud { type file slave.pcm nothing file /dev/null infile %s/loud.raw format raw }\n"
        "pcm.quiet { type file slave.pcm nothing file /dev/null infile /dev/zero format raw }\n",
        site->folder, site->folder);

    write_file(site, "asound.conf", text, (size_t)size);
    (void)snprintf(text, sizeof(text), "%s/asound.conf", site->folder);
    assert_int_equal(setenv("ALSA_CONFIG_PATH", text, 1), 0);
}

static bool may_key(void *arg)
{
    return ((struct site *)arg)->allowed;
}

static void begin(struct site *site);

static void on_end(void *arg, enum err err)
{
    struct site *site = arg;

    site->result = err;
    if (site->again == 0) {
        loop_stop(site->loop, 0);
        return;
    }
    site->again--;
    site->first = err;
    assert_false(rigctld_is_keyed(&site->rigctld));
    begin(site);
}

static void on_time(void *arg)
{
    struct site *site = arg;

    if (site->on_timer)
        site->on_timer(site);
    else
        loop_stop(site->loop, 1);
}

static int set_up(void **state)
{
    static struct site site;
    struct pcm pcm;

    site = (struct site){.folder = "/tmp/dabyl-tx-XXXXXX", .allowed = true, .result = NOT_YET};
    assert_non_null(mkdtemp(site.folder));
    write_cards(&site);
    pcm_init(&pcm, TRANSMITTER_RATE_HZ);
    tone_append(&pcm, 1000, TONE_MS, 8000.0);
    (void)snprintf(site.path, sizeof(site.path), "%s/programme.wav", site.folder);
    assert_int_equal(wav_save(site.path, &pcm), ERR_OK);
    for (int i = 0; i < 10; i++)
        write_file(&site, "loud.raw", pcm.samples, pcm.count * sizeof(pcm.samples[0]));
    pcm_wipe(&pcm);
    rigctld_start(&site.rigctld);
    site.config = (struct transmitter_config){.card = "air",
        .lead_ms = 300,
        .max_s = 60,
        .duty_percent = 50,
        .mode = "USB",
        .keyer = {.line = KEYER_RIGCTLD}};
    (void)snprintf(site.config.keyer.rig, sizeof(site.config.keyer.rig), "%s", site.rigctld.place);
    site.loop = loop_new();
    site.timer = loop_add_timer(site.loop, on_time, &site);
    *state = &site;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {
        "asound.conf", "air.raw", "loud.raw", "programme.wav", "keyed"};
    struct site *site = *state;
    char path[96];

    transmitter_free(site->transmitter);
    assert_false(site->rigctld.pid && rigctld_is_keyed(&site->rigctld));
    loop_remove(site->timer);
    loop_free(site->loop);
    rigctld_kill(&site->rigctld);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", site->folder, names[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(site->folder), 0);
    return 0;
}

static void begin(struct site *site)
{
    const struct transmitter_events events = {may_key, on_end, site};
    const struct transmitter_programme programme = {
        .path = site->path, .seconds = 2, .from_ms = site->from_ms, .hz = 7105000};

    if (!site->transmitter)
        site->transmitter = transmitter_new(site->loop, &site->config, &events);
    site->result = NOT_YET;
    assert_int_equal(transmitter_begin(site->transmitter, &programme), ERR_OK);
}

/* Runs until it has ended; after_ms from now `then` is called. */
static void run(struct site *site, int64_t after_ms, void (*then)(struct site *site))
{
    site->on_timer = then;
    loop_set_timer(site->timer, then ? after_ms : END_MS);
    (void)loop_run(site->loop);
}

static size_t raw_samples(const struct site *site)
{
    char path[96];
    struct stat about;

    (void)snprintf(path, sizeof(path), "%s/air.raw", site->folder);
    return stat(path, &about) ? 0 : (size_t)about.st_size / sizeof(int16_t);
}

static void look_keyed(struct site *site)
{
    assert_true(rigctld_is_keyed(&site->rigctld));
    assert_int_equal(transmitter_state(site->transmitter), TRANSMITTER_PLAYING);
}

static void a_programme_goes_out_keyed(void **state)
{
    struct site *site = *state;
    char line[RIGCTLD_LINE_MAX];
    int64_t begun_ms = clock_boot_ms();

    begin(site);
    run(site, 1000, look_keyed);
    assert_int_equal(site->result, ERR_OK);
    assert_false(rigctld_is_keyed(&site->rigctld));
    assert_true(clock_boot_ms() - begun_ms >= 300 + TONE_MS);
    assert_true(rigctld_ask(&site->rigctld, "f\n", line));
    assert_string_equal(line, "7105000");
    assert_int_equal(raw_samples(site), TONE_MS * TRANSMITTER_RATE_HZ / 1000);
    assert_int_equal(transmitter_state(site->transmitter), TRANSMITTER_IDLE);
}

static void what_may_not_be_keyed_is_not(void **state)
{
    struct site *site = *state;

    site->allowed = false;
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(site->result, ERR_STATE);
    assert_false(rigctld_is_keyed(&site->rigctld));
    assert_int_equal(raw_samples(site), 0);
}

static void stop(struct site *site)
{
    look_keyed(site);
    transmitter_stop(site->transmitter);
}

static void a_stop_unkeys_at_once(void **state)
{
    struct site *site = *state;

    begin(site);
    run(site, 900, stop);
    assert_int_equal(site->result, ERR_STATE);
    assert_false(rigctld_is_keyed(&site->rigctld));
    assert_true(raw_samples(site) < TONE_MS * TRANSMITTER_RATE_HZ / 1000);
}

static void a_card_that_is_not_there_is_never_keyed(void **state)
{
    struct site *site = *state;

    site->config.card = "elsewhere";
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(site->result, ERR_DEVICE);
    assert_false(rigctld_is_keyed(&site->rigctld));
}

/* Its other end goes away in the middle; the next programme opens it anew. */
static void a_card_that_is_lost_unkeys(void **state)
{
    struct site *site = *state;

    site->config.card = "pulled";
    site->again = 1;
    begin(site);
    run(site, 700, look_keyed);
    assert_int_equal(site->first, ERR_DEVICE);
    assert_int_equal(site->result, ERR_DEVICE);
}

static void lose_rigctld(struct site *site)
{
    look_keyed(site);
    rigctld_kill(&site->rigctld);
    rigctld_run(&site->rigctld);
    char line[RIGCTLD_LINE_MAX];
    /* a transceiver that is still keyed when its rigctld comes back */
    assert_true(rigctld_ask(&site->rigctld, "T 1\n", line));
    assert_string_equal(line, "RPRT 0");
}

static void a_lost_rigctld_unkeys_when_it_is_back(void **state)
{
    struct site *site = *state;

    begin(site);
    run(site, 700, lose_rigctld);
    assert_int_not_equal(site->result, ERR_OK);
    assert_int_not_equal(site->result, NOT_YET);
    assert_false(rigctld_is_keyed(&site->rigctld));
}

static pid_t find_keyer(void)
{
    char path[64];
    pid_t pid = 0;

    (void)snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (int child; fscanf(file, "%d", &child) == 1;)
        pid = child;
    assert_int_equal(fclose(file), 0);
    return pid;
}

static void kill_keyer(struct site *site)
{
    look_keyed(site);
    assert_int_equal(kill(find_keyer(), SIGKILL), 0);
}

/* Its successor unkeys before anything else. */
static void a_killed_keyer_is_replaced(void **state)
{
    struct site *site = *state;

    site->again = 1;
    begin(site);
    run(site, 700, kill_keyer);
    assert_int_equal(site->first, ERR_CLOSED);
    assert_int_equal(site->result, ERR_OK);
}

static void look_silent(struct site *site)
{
    assert_true(transmitter_is_in_doubt(site->transmitter));
    assert_int_equal(raw_samples(site), 0);
    loop_stop(site->loop, 0);
}

/* A pseudo-terminal has no RTS: nothing is sent, and nobody says that it is unkeyed. */
static void without_its_line_nothing_is_sent(void **state)
{
    struct site *site = *state;
    int master, slave;

    site->config.keyer = (struct keyer_config){.line = KEYER_RTS};
    assert_int_equal(openpty(&master, &slave, site->config.keyer.device, NULL, NULL), 0);
    begin(site);
    run(site, 1500, look_silent);
    assert_int_equal(site->result, NOT_YET);
    assert_int_equal(kill(find_keyer(), SIGKILL), 0);
    close(master);
    close(slave);
}

/* Stopped while it is being keyed, and begun again at once: what the keyer says of the first is not taken for the second. */
static void stop_keying(struct site *site)
{
    assert_int_equal(transmitter_state(site->transmitter), TRANSMITTER_KEYING);
    transmitter_stop(site->transmitter);
}

static void a_stop_while_keying_is_over(void **state)
{
    struct site *site = *state;

    site->again = 1;
    begin(site);
    stop_keying(site);
    run(site, 1200, look_keyed);
    assert_int_equal(site->first, ERR_STATE);
    assert_int_equal(site->result, ERR_OK);
}

static void stop_listening(struct site *site)
{
    assert_int_equal(transmitter_state(site->transmitter), TRANSMITTER_LISTENING);
    assert_false(rigctld_is_keyed(&site->rigctld));
    transmitter_stop(site->transmitter);
}

static void who_speaks_is_let_speak(void **state)
{
    struct site *site = *state;

    site->config.receiver = "loud";
    site->config.receiver_dbfs = -35;
    begin(site);
    run(site, 3 * TRANSMITTER_LISTEN_MS, stop_listening);
    assert_int_equal(site->result, ERR_STATE);
    assert_int_equal(raw_samples(site), 0);
}

static void in_silence_it_begins(void **state)
{
    struct site *site = *state;
    int64_t begun_ms = clock_boot_ms();

    site->config.receiver = "quiet";
    site->config.receiver_dbfs = -35;
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(site->result, ERR_OK);
    assert_true(clock_boot_ms() - begun_ms >= TRANSMITTER_LISTEN_MS + TONE_MS);
}

/* The rest of it, and what has been heard counts from the file's beginning. */
static void it_goes_on_where_it_was(void **state)
{
    struct site *site = *state;

    site->from_ms = 1000;
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(site->result, ERR_OK);
    assert_int_equal(raw_samples(site), (TONE_MS - 1000) * TRANSMITTER_RATE_HZ / 1000);
    assert_in_range(transmitter_played_ms(site->transmitter), 1001, TONE_MS);
}

static void the_time_out_cuts(void **state)
{
    struct site *site = *state;

    site->config.max_s = 1;
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(site->result, ERR_OK);
    assert_int_equal(raw_samples(site), TRANSMITTER_RATE_HZ);
}

static void what_was_keyed_counts(void **state)
{
    struct site *site = *state;

    site->config.duty_percent = 1; /* 36 s of an hour */
    begin(site);
    run(site, 0, NULL);
    assert_int_equal(transmitter_wait_ms(site->transmitter, 30), 0);
    assert_true(transmitter_wait_ms(site->transmitter, 36) > 3500000);
}

static void start_again(struct site *site)
{
    const struct transmitter_events events = {may_key, on_end, site};

    transmitter_free(site->transmitter);
    loop_remove(site->timer);
    loop_free(site->loop);
    site->loop = loop_new();
    site->timer = loop_add_timer(site->loop, on_time, site);
    site->transmitter = transmitter_new(site->loop, &site->config, &events);
}

/* A program that is started again counts on; without its file it begins at nothing; with one that it can't read at all. */
static void what_was_keyed_counts_after_a_restart(void **state)
{
    struct site *site = *state;

    site->config.duty_percent = 1;
    site->config.directory = site->folder;
    begin(site);
    run(site, 0, NULL);
    assert_true(transmitter_wait_ms(site->transmitter, 36) > 3500000);
    start_again(site);
    assert_int_equal(transmitter_wait_ms(site->transmitter, 30), 0);
    assert_true(transmitter_wait_ms(site->transmitter, 36) > 3500000);
    write_file(site, "keyed", "x", 1);
    start_again(site);
    assert_true(transmitter_wait_ms(site->transmitter, 1) > 3500000);
}

static void look_counted(struct site *site)
{
    struct duty duty;

    look_keyed(site);
    duty_file_load(&duty, site->folder, 50);
    assert_in_range(duty_used_ms(&duty, clock_boot_ms()), 300, 2000);
}

/* On disk before it is keyed: what is killed then has counted. */
static void what_is_keyed_is_on_disk(void **state)
{
    struct site *site = *state;

    site->config.directory = site->folder;
    begin(site);
    run(site, 700, look_counted);
    assert_int_equal(site->result, ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_programme_goes_out_keyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_may_not_be_keyed_is_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stop_unkeys_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_that_is_not_there_is_never_keyed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_that_is_lost_unkeys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_rigctld_unkeys_when_it_is_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_killed_keyer_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_its_line_nothing_is_sent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stop_while_keying_is_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_speaks_is_let_speak, set_up, tear_down),
        cmocka_unit_test_setup_teardown(in_silence_it_begins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_goes_on_where_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_time_out_cuts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_keyed_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_keyed_counts_after_a_restart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_keyed_is_on_disk, set_up, tear_down),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
