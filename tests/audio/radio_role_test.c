/* The role as the gateway starts it: a process with its message socket on fd 3. */
#include "audio/radio_role.h"
#include "audio/wav.h"
#include "gateway/base/clock.h"
#include "gateway/base/role.h"
#include "gateway/messages/messages.h"
#include "tests/audio/newsroom.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ANSWER_MS 60000

struct peer {
    struct newsroom newsroom;
    char directory[32];
    pid_t child;
    int fd;
};

static void start(struct peer *peer)
{
    struct radio_role role = {.directory = peer->directory,
        .programme = "hf",
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

static int set_up(void **state)
{
    static struct peer peer;

    newsroom_make(&peer.newsroom, 9);
    for (int i = 0; i < NEWSROOM_EDITORS; i++)
        peer.newsroom.roster.editors[i].until_s = clock_wall_s() + 86400;
    snprintf(peer.directory, sizeof(peer.directory), "/tmp/dabyl-air-XXXXXX");
    assert_non_null(mkdtemp(peer.directory));
    start(&peer);
    *state = &peer;
    return 0;
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
    assert_int_equal(rmdir(peer->directory), 0);
    return 0;
}

static void put(struct message_sealed_bytes *to, const struct sealed *sealed)
{
    to->size = (uint16_t)sealed->size;
    memcpy(to->bytes, sealed->bytes, sealed->size);
}

/* Sends a bulletin of that age and waits for the answer. */
static struct message_aired air(const struct peer *peer, int64_t age_s, unsigned signers)
{
    static struct message message;
    struct bulletin bulletin = newsroom_bulletin(&peer->newsroom, 41);
    struct pollfd ready = {.fd = peer->fd, .events = POLLIN};
    struct sealed sealed;

    bulletin.sent_s = clock_wall_s() - age_s;
    message = (struct message){.type = MESSAGE_AIR, .fd = -1};
    sealed = newsroom_seal(&peer->newsroom, &bulletin, signers);
    put(&message.as.air.bulletin, &sealed);
    sealed = newsroom_seal_roster(&peer->newsroom);
    put(&message.as.air.roster, &sealed);
    assert_int_equal(messages_send(peer->fd, &message), ERR_OK);
    assert_int_equal(poll(&ready, 1, ANSWER_MS), 1);
    assert_int_equal(messages_receive(peer->fd, &message), ERR_OK);
    assert_int_equal(message.type, MESSAGE_AIRED);
    return message.as.aired;
}

static void a_bulletin_becomes_two_files(void **state)
{
    const struct peer *peer = *state;
    struct message_aired aired = air(peer, 5, 3u);
    char path[sizeof(aired.path)];
    struct pcm pcm;

    assert_int_equal(aired.result, ERR_OK);
    assert_int_equal(aired.number, 41);
    snprintf(path, sizeof(path), "%s/bulletin-41-hf-48000.wav", peer->directory);
    assert_string_equal(aired.path, path);
    assert_int_equal(wav_load(&pcm, path), ERR_OK);
    assert_int_equal(pcm.rate_hz, RADIO_ROLE_CARD_HZ);
    assert_in_range(aired.seconds - pcm.count / pcm.rate_hz, 0, 1);
    pcm_wipe(&pcm);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof(path), "%s/bulletin-41-hf-8000.wav", peer->directory);
    assert_int_equal(wav_load(&pcm, path), ERR_OK);
    assert_int_equal(pcm.rate_hz, RADIO_ROLE_MODEM_HZ);
    assert_in_range(aired.seconds - pcm.count / pcm.rate_hz, 0, 1);
    pcm_wipe(&pcm);
    assert_int_equal(unlink(path), 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bulletin_becomes_two_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals_are_answered, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
