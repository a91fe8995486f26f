/* The role as the gateway starts it: a process with its message socket on fd 3. */
#include "audio/attic.h"
#include "audio/on_air.h"
#include "audio/plot.h"
#include "audio/radio_role.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/role.h"
#include "gateway/messages/messages.h"
#include "tests/audio/folder.h"
#include "tests/audio/newsroom.h"

#include <fcntl.h>
#include <png.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ANSWER_MS 60000
#define OLD_PATH_SIZE 64

struct peer {
    struct newsroom newsroom;
    char directory[32];
    const char *programme;
    pid_t child;
    int fd;
};

static void start(struct peer *peer)
{
    const struct on_air_config files = {
        .directory = peer->directory, .fingerprint = peer->newsroom.fingerprint};
    struct radio_role role = {.directory = peer->directory,
        .on_air = &files,
        .programme = peer->programme,
        .fingerprint = peer->newsroom.fingerprint,
        .sender = "AZAT",
        .languages = 1u << BULLETIN_EN};
    int fds[2];

    assert_int_equal(ipc_pair(fds), ERR_OK);
    peer->child = fork();
    assert_true(peer->child >= 0);
    if (peer->child == 0) {
        dup2(fds[1], ROLE_MESSAGE_FD);
        _exit(role_begin() ? radio_role_run(&role) : 99);
    }
    close(fds[1]);
    peer->fd = fds[0];
}

static struct peer *prepare(const char *programme)
{
    static struct peer peer;

    peer.programme = programme;
    newsroom_make(&peer.newsroom, 9);
    for (int i = 0; i < NEWSROOM_EDITORS; i++)
        peer.newsroom.roster.editors[i].until_s = clock_wall_s() + 86400;
    snprintf(peer.directory, sizeof(peer.directory), "/tmp/dabyl-air-XXXXXX");
    assert_non_null(mkdtemp(peer.directory));
    return &peer;
}

static int set_up_programme(void **state, const char *programme)
{
    struct peer *peer = prepare(programme);

    start(peer);
    *state = peer;
    return 0;
}

static int set_up_data(void **state)
{
    return set_up_programme(state, "data");
}

static void print_old(char path[OLD_PATH_SIZE], const struct peer *peer)
{
    (void)snprintf(path, OLD_PATH_SIZE, "%s/bulletin-7-hf.png", peer->directory);
}

/* With a picture that is too old. */
static int set_up_old(void **state)
{
    struct peer *peer = prepare("tone");
    const struct timespec old = {.tv_sec = clock_wall_s() - ATTIC_KEPT_S - 60};
    char path[OLD_PATH_SIZE];
    int fd;

    print_old(path, peer);
    fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(futimens(fd, (const struct timespec[]){old, old}), 0);
    assert_int_equal(close(fd), 0);
    start(peer);
    *state = peer;
    return 0;
}

static int set_up(void **state)
{
    return set_up_programme(state, "hf");
}

static int set_up_short(void **state)
{
    return set_up_programme(state, "tone");
}

/* The role ends by itself when its socket closes, with exit code 0. */
static int tear_down(void **state)
{
    struct peer *peer = *state;
    int status;

    close(peer->fd);
    alarm(10);
    assert_int_equal(waitpid(peer->child, &status, 0), peer->child);
    alarm(0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    folder_remove(peer->directory);
    return 0;
}

static void put(struct message_sealed_bytes *to, const struct sealed *sealed)
{
    to->size = (uint16_t)sealed->size;
    memcpy(to->bytes, sealed->bytes, sealed->size);
}

static void send_bulletin(
    const struct peer *peer, const struct bulletin *bulletin, unsigned signers)
{
    static struct message message;
    struct sealed sealed = newsroom_seal(&peer->newsroom, bulletin, signers);

    message = (struct message){.type = MESSAGE_AIR, .fd = -1};
    put(&message.as.air.bulletin, &sealed);
    sealed = newsroom_seal_roster(&peer->newsroom);
    put(&message.as.air.roster, &sealed);
    assert_int_equal(messages_send(peer->fd, &message), ERR_OK);
}

static struct message_aired wait_answer(const struct peer *peer)
{
    static struct message message;
    struct pollfd ready = {.fd = peer->fd, .events = POLLIN};

    assert_int_equal(poll(&ready, 1, ANSWER_MS), 1);
    assert_int_equal(messages_receive(peer->fd, &message), ERR_OK);
    assert_int_equal(message.type, MESSAGE_AIRED);
    return message.as.aired;
}

/* Sends a bulletin of that age and waits for the answer. */
static struct message_aired air(const struct peer *peer, int64_t age_s, unsigned signers)
{
    struct bulletin bulletin = newsroom_bulletin(&peer->newsroom, 41);

    bulletin.sent_s = clock_wall_s() - age_s;
    send_bulletin(peer, &bulletin, signers);
    return wait_answer(peer);
}

static void put_out(const struct peer *peer, uint32_t number, bool retracts)
{
    struct bulletin bulletin = newsroom_bulletin(&peer->newsroom, number);

    bulletin.sent_s = clock_wall_s() - 5;
    if (retracts) {
        bulletin.kind = BULLETIN_RETRACT;
        bulletin.follows = number;
    }
    send_bulletin(peer, &bulletin, 3u);
    assert_int_equal(wait_answer(peer).result, ERR_OK);
}

/* What the files say of one that is in force. */
struct sought {
    uint32_t key;
    bool found;
    struct live live;
};

static bool seek(void *arg, const struct live *live)
{
    struct sought *sought = arg;
    struct wire_sealed sealed;
    struct schedule_item item;

    assert_int_equal(wire_decode_sealed(&sealed, live->sealed, live->sealed_size), ERR_OK);
    item = (struct schedule_item){
        .number = sealed.header.number, .retraction = sealed.header.kind == BULLETIN_RETRACT};
    if (schedule_key(&item) == sought->key) {
        sought->found = true;
        sought->live = *live;
    }
    return true;
}

/* Until the sound of one carries just these others. */
static void want_carried(
    const struct peer *peer, uint32_t key, const uint32_t *others, size_t count)
{
    struct sought sought;
    bool same;
    int64_t until_ms = clock_boot_ms() + ANSWER_MS;

    do {
        assert_true(clock_boot_ms() < until_ms);
        (void)poll(NULL, 0, 50);
        sought = (struct sought){.key = key};
        live_load(peer->directory, seek, &sought);
        same = sought.found && sought.live.made.with_count == count;
        for (size_t i = 0; same && i < count; i++)
            same = live_carries(&sought.live.made, others[i]);
    } while (!same);
    assert_true(live_has_file(&sought.live));
}

static void a_bulletin_becomes_two_sounds_and_a_picture(void **state)
{
    const struct peer *peer = *state;
    struct message_aired aired = air(peer, 5, 3u);
    char path[sizeof(aired.path)];
    png_image picture = {.version = PNG_IMAGE_VERSION};
    struct pcm pcm;

    assert_int_equal(aired.result, ERR_OK);
    assert_int_equal(aired.number, 41);
    snprintf(path, sizeof(path), "%s/bulletin-41-hf-48000.wav", peer->directory);
    assert_string_equal(aired.path, path);
    assert_int_equal(wav_load(&pcm, path), ERR_OK);
    assert_int_equal(pcm.rate_hz, RADIO_ROLE_CARD_HZ);
    assert_in_range(aired.seconds - pcm.count / pcm.rate_hz, 0, 1);
    pcm_wipe(&pcm);
    snprintf(path, sizeof(path), "%s/bulletin-41-hf-8000.wav", peer->directory);
    assert_int_equal(wav_load(&pcm, path), ERR_OK);
    assert_int_equal(pcm.rate_hz, RADIO_ROLE_MODEM_HZ);
    assert_in_range(aired.seconds - pcm.count / pcm.rate_hz, 0, 1);
    pcm_wipe(&pcm);
    snprintf(path, sizeof(path), "%s/bulletin-41-hf.png", peer->directory);
    assert_true(png_image_begin_read_from_file(&picture, path));
    assert_in_range(picture.height, PLOT_ROWS_PER_S * (uint32_t)aired.seconds, PLOT_ROWS_MAX);
    png_image_free(&picture);
}

/* Nothing is written for what may not be aired, and the answer says why; the role goes on. */
static void refusals_are_answered(void **state)
{
    const struct peer *peer = *state;
    struct message_aired aired = air(peer, 6 * 3600, 3u);

    assert_int_equal(aired.result, ERR_EXPIRED);
    assert_int_equal(aired.number, 41);
    assert_string_equal(aired.path, "");
    aired = air(peer, 5, 4u);
    assert_int_equal(aired.result, ERR_QUORUM);
    assert_int_equal(aired.number, 41);
    assert_string_equal(aired.path, "");
}

/* Each sound is made anew when what is in force beside it changes. */
static void sounds_carry_what_is_in_force(void **state)
{
    const struct peer *peer = *state;
    const uint32_t first = 2 * 41, second = 2 * 42, third = 2 * 43, retraction = 2 * 41 + 1;

    put_out(peer, 41, false);
    want_carried(peer, first, NULL, 0);
    put_out(peer, 42, false);
    want_carried(peer, second, &first, 1);
    want_carried(peer, first, &second, 1);
    put_out(peer, 43, false);
    want_carried(peer, third, (const uint32_t[]){first, second}, 2);
    want_carried(peer, first, (const uint32_t[]){second, third}, 2);
    put_out(peer, 41, true);
    want_carried(peer, retraction, (const uint32_t[]){second, third}, 2);
    want_carried(peer, second, (const uint32_t[]){retraction, third}, 2);
    want_carried(peer, third, (const uint32_t[]){retraction, second}, 2);
}

static struct bulletin bulletin_of(
    const struct peer *peer, uint32_t number, enum bulletin_severity severity)
{
    struct bulletin bulletin = newsroom_bulletin(&peer->newsroom, number);

    bulletin.sent_s = clock_wall_s() - 5;
    bulletin.severity = severity;
    return bulletin;
}

/* What is being made of one that is not urgent is begun again later. */
static void an_urgent_one_is_made_first(void **state)
{
    const struct peer *peer = *state;
    struct bulletin other = bulletin_of(peer, 41, BULLETIN_MINOR);
    struct bulletin urgent = bulletin_of(peer, 42, BULLETIN_EXTREME);
    const uint32_t key = 2 * 42;

    send_bulletin(peer, &other, 3u);
    send_bulletin(peer, &urgent, 3u);
    assert_int_equal(wait_answer(peer).number, 42);
    assert_int_equal(wait_answer(peer).number, 41);
    want_carried(peer, 2 * 41, &key, 1);
}

/* The first one's sound is stale as soon as the second is there. */
static void an_urgent_one_does_not_wait_for_the_stale(void **state)
{
    const struct peer *peer = *state;
    struct bulletin second = bulletin_of(peer, 42, BULLETIN_EXTREME);
    struct bulletin third = bulletin_of(peer, 43, BULLETIN_EXTREME);
    struct sought sought = {.key = 2 * 41};

    put_out(peer, 41, false);
    send_bulletin(peer, &second, 3u);
    send_bulletin(peer, &third, 3u);
    assert_int_equal(wait_answer(peer).number, 42);
    assert_int_equal(wait_answer(peer).number, 43);
    live_load(peer->directory, seek, &sought);
    assert_true(sought.found);
    assert_int_equal(sought.live.made.with_count, 0);
    want_carried(peer, sought.key, (const uint32_t[]){2 * 42, 2 * 43}, 2);
}

/* Of bulletins that are in force no longer, by the role itself. */
static void old_files_go(void **state)
{
    const struct peer *peer = *state;
    const int64_t until_ms = clock_boot_ms() + ANSWER_MS;
    static struct message message = {.type = MESSAGE_CLOCK, .fd = -1};
    char path[OLD_PATH_SIZE];

    /* not before it knows what is in force */
    message.as.clock = (struct message_clock){clock_wall_s(), clock_boot_ms()};
    assert_int_equal(messages_send(peer->fd, &message), ERR_OK);

    print_old(path, peer);
    while (access(path, F_OK) == 0) {
        assert_true(clock_boot_ms() < until_ms);
        (void)poll(NULL, 0, 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_bulletin_becomes_two_sounds_and_a_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals_are_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_urgent_one_is_made_first, set_up_data, tear_down),
        cmocka_unit_test_setup_teardown(
            an_urgent_one_does_not_wait_for_the_stale, set_up_data, tear_down),
        cmocka_unit_test_setup_teardown(old_files_go, set_up_old, tear_down),
        cmocka_unit_test_setup_teardown(sounds_carry_what_is_in_force, set_up_short, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
