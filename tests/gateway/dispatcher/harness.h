/* harness: a real dispatcher process on a state folder of its own, fake modems at socketpairs, a client at its control socket,
 * and keys from fixed seeds.
 */
#ifndef TESTS_GATEWAY_DISPATCHER_HARNESS_H
#define TESTS_GATEWAY_DISPATCHER_HARNESS_H

#include "gateway/base/clock.h"
#include "gateway/base/ipc.h"
#include "gateway/bulletin/roster.h"
#include "gateway/messages/messages.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define WAIT_MS 5000
#define EDITORS 3
#define MODEMS_MAX 8

#define UNUSED __attribute__((unused))

struct keys {
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE];
};

struct rig {
    char folder[64];
    char conf[96];
    const char *ballast; /* argument, or NULL */
    const char *more;    /* lines of the configuration, or NULL */
    const char *limits;  /* of modem m0 in the configuration, or NULL */
    pid_t pid;
    int parent;  /* our end of the dispatcher's fd 3 */
    int control; /* a client */
    int modems[MODEMS_MAX];
    struct keys newsroom;
    struct keys editors[EDITORS];
    uint32_t roster_number;
};

static struct rig *rig_in_use; /* set up and not torn down yet */

UNUSED static void key_from(struct keys *keys, uint8_t n)
{
    uint8_t seed[SEAL_SEED_SIZE];
    memset(seed, n, sizeof seed);
    seal_keypair(keys->public_key, keys->secret, seed);
}

UNUSED static void program_path(char path[PATH_MAX], const char *name)
{
    char self[PATH_MAX] = {0};
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    char *cut = strstr(self, "/tests/gateway/");
    assert_non_null(cut);
    *cut = '\0';
    snprintf(path, PATH_MAX, "%.3800s/bin/%s", self, name);
}

UNUSED static void write_conf(struct rig *rig)
{
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    seal_print_fingerprint(fingerprint, rig->newsroom.public_key);
    FILE *file = fopen(rig->conf, "w");
    assert_non_null(file);
    fprintf(file,
        "sender = \"AZAT\"\nstate = \"%s\"\nfingerprint = \"%s\"\nreport_wait = 1\n%s"
        "modem \"m0\" { device = \"/dev/null\" %s }\n",
        rig->folder, fingerprint, rig->more != NULL ? rig->more : "",
        rig->limits != NULL ? rig->limits : "");
    assert_int_equal(fclose(file), 0);
}

UNUSED static void wait_readable(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (poll(&ready, 1, WAIT_MS) != 1)
        fail_msg("no message came within %d ms", WAIT_MS);
}

UNUSED static void receive(int fd, struct message *message)
{
    wait_readable(fd);
    assert_int_equal(messages_receive(fd, message), ERR_OK);
}

UNUSED static void expect(int fd, struct message *message, enum message_type type)
{
    receive(fd, message);
    if (message->type == MESSAGE_REFUSED && type != MESSAGE_REFUSED)
        fail_msg("refused: %s", message->as.refused.detail);
    if (message->type != type)
        fail_msg("got %s, want %s", messages_name(message->type), messages_name(type));
}

UNUSED static bool is_silent(int fd, int for_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return poll(&ready, 1, for_ms) == 0;
}

UNUSED static void put(int fd, const struct message *message)
{
    assert_int_equal(messages_send(fd, message), ERR_OK);
}

UNUSED static void start(struct rig *rig)
{
    int fds[2];
    char program[PATH_MAX];
    char path[128];
    program_path(program, "dabyl-dispatcher");
    assert_int_equal(ipc_pair(fds), ERR_OK);
    rig->pid = fork();
    assert_true(rig->pid >= 0);
    if (rig->pid == 0) {
        dup2(fds[1], 3);
        int null = open(getenv("SHOW_LOG") != NULL ? "/dev/stderr" : "/dev/null", O_WRONLY);
        dup2(null, 2);
        execl(program, program, "--config", rig->conf, "--ballast",
            rig->ballast != NULL ? rig->ballast : "0", (char *)NULL);
        _exit(127);
    }
    close(fds[1]);
    rig->parent = fds[0];
    snprintf(path, sizeof path, "%s/control", rig->folder);
    for (int i = 0; i < WAIT_MS / 5; i++) {
        if (ipc_connect(&rig->control, path) == ERR_OK)
            return;
        usleep(5000);
    }
    fail_msg("the dispatcher %s does not start", program);
}

UNUSED static void crash(struct rig *rig)
{
    kill(rig->pid, SIGKILL);
    assert_int_equal(waitpid(rig->pid, NULL, 0), rig->pid);
    close(rig->parent);
    close(rig->control);
    for (int i = 0; i < MODEMS_MAX; i++)
        if (rig->modems[i] >= 0)
            close(rig->modems[i]);
    memset(rig->modems, -1, sizeof rig->modems);
    rig->control = rig->parent = -1;
}

/* Our end of the socket of a role that has come. */
UNUSED static int plug_role(struct rig *rig, const struct message_peer *who)
{
    int fds[2];
    struct message message = {.type = MESSAGE_PEER, .as.peer = *who};
    assert_int_equal(ipc_pair(fds), ERR_OK);
    message.fd = fds[1];
    put(rig->parent, &message);
    close(fds[1]);
    return fds[0];
}

UNUSED static int plug(struct rig *rig, uint16_t index)
{
    struct message_peer who = {.role = MESSAGE_ROLE_MODEM, .index = index};
    snprintf(who.name, sizeof who.name, "m%u", index);
    rig->modems[index] = plug_role(rig, &who);
    return rig->modems[index];
}

/* The caller's to close. */
UNUSED static int plug_newsroom(struct rig *rig)
{
    return plug_role(
        rig, &(struct message_peer){.role = MESSAGE_ROLE_NEWSROOM, .name = "newsroom"});
}

/* The caller's to close. */
UNUSED static int plug_radio(struct rig *rig)
{
    return plug_role(rig, &(struct message_peer){.role = MESSAGE_ROLE_RADIO, .name = "radio"});
}

UNUSED static void unplug(struct rig *rig, uint16_t index)
{
    close(rig->modems[index]);
    rig->modems[index] = -1;
}

UNUSED static void ask(struct rig *rig, struct message *message)
{
    put(rig->control, message);
    receive(rig->control, message);
}

UNUSED static void seal_roster(
    struct rig *rig, struct message_sealed_bytes *sealed, const struct roster *roster)
{
    size_t size = 0;
    assert_int_equal(roster_seal(sealed->bytes, &size, roster, rig->newsroom.secret), ERR_OK);
    sealed->size = (uint16_t)size;
}

UNUSED static void fill_roster(struct rig *rig, struct roster *roster, uint32_t number)
{
    memset(roster, 0, sizeof *roster);
    memcpy(roster->newsroom_key, rig->newsroom.public_key, SEAL_PUBLIC_SIZE);
    roster->number = number;
    roster->sent_s = clock_wall_s() - 10;
    roster->approvals = 2;
    roster->editor_count = EDITORS;
    for (uint8_t i = 0; i < EDITORS; i++) {
        struct roster_editor *editor = &roster->editors[i];
        editor->index = i;
        memcpy(editor->public_key, rig->editors[i].public_key, SEAL_PUBLIC_SIZE);
        snprintf(editor->name, sizeof editor->name, "editor%u", i);
        editor->from_s = BULLETIN_EPOCH_S;
        editor->until_s = clock_wall_s() + 86400 * 30;
    }
}

UNUSED static void put_roster(struct rig *rig)
{
    struct roster roster;
    struct message message = {.type = MESSAGE_ROSTER_PUT, .fd = -1};
    fill_roster(rig, &roster, 1);
    seal_roster(rig, &message.as.sealed.sealed, &roster);
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

static void remove_folder(const char *folder)
{
    char path[PATH_MAX];
    DIR *all = opendir(folder);
    for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        snprintf(path, sizeof path, "%.100s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            (void)unlink(path);
    }
    if (all != NULL)
        (void)closedir(all);
    (void)rmdir(folder);
}

/* Also of a test whose setup failed: it is never torn down. */
static void drop_rig(void)
{
    struct rig *rig = rig_in_use;
    if (rig == NULL)
        return;
    if (rig->pid > 0 && rig->parent > 0 && kill(rig->pid, SIGKILL) == 0)
        (void)waitpid(rig->pid, NULL, 0);
    remove_folder(rig->folder);
    free(rig);
    rig_in_use = NULL;
}

UNUSED static int setup_plain(void **state)
{
    static bool first = true;
    if (first && atexit(drop_rig) != 0)
        return -1;
    first = false;
    drop_rig();
    struct rig *rig = rig_in_use = calloc(1, sizeof *rig);
    assert_int_equal(seal_init(), ERR_OK);
    memset(rig->modems, -1, sizeof rig->modems);
    snprintf(rig->folder, sizeof rig->folder, "/tmp/dabyl-rig-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    snprintf(rig->conf, sizeof rig->conf, "%s/dabyl.conf", rig->folder);
    key_from(&rig->newsroom, 99);
    for (uint8_t i = 0; i < EDITORS; i++)
        key_from(&rig->editors[i], i);
    write_conf(rig);
    *state = rig;
    return 0;
}

UNUSED static int setup(void **state)
{
    setup_plain(state);
    start(*state);
    put_roster(*state);
    return 0;
}

UNUSED static int teardown(void **state)
{
    struct rig *rig = *state;
    if (rig->pid > 0 && rig->control >= 0)
        crash(rig);
    drop_rig();
    return 0;
}

UNUSED static void fill_bulletin(struct rig *rig, struct bulletin *bulletin, uint32_t number)
{
    memset(bulletin, 0, sizeof *bulletin);
    seal_newsroom_id(bulletin->newsroom, rig->newsroom.public_key);
    bulletin->number = number;
    bulletin->sent_s = clock_wall_s();
    bulletin->lifetime_min = 60;
    bulletin->kind = BULLETIN_ALERT;
    bulletin->severity = BULLETIN_SEVERE;
    bulletin->urgency = BULLETIN_IMMEDIATE;
    bulletin->certainty = BULLETIN_OBSERVED;
    bulletin->category = BULLETIN_SAFETY;
    bulletin->response = BULLETIN_SHELTER;
    bulletin->regions = BULLETIN_COUNTRY;
    bulletin->languages = 1 << BULLETIN_EN;
    bulletin->text_model = BULLETIN_TEXT_MODEL_PLAIN;
    snprintf(bulletin->text[BULLETIN_EN].headline, sizeof bulletin->text[BULLETIN_EN].headline,
        "Gas leak");
}

/* Signed by editors 0.. */
UNUSED static void seal_bulletin(struct rig *rig, struct message_sealed_bytes *sealed,
    const struct bulletin *bulletin, unsigned editors)
{
    uint8_t body[WIRE_BODY_MAX];
    size_t size = 0;
    struct wire_approval approvals[EDITORS];
    struct buf_in in;
    assert_int_equal(wire_encode_body(body, &size, bulletin), ERR_OK);
    buf_in_init(&in, body, size);
    for (uint8_t i = 0; i < editors; i++)
        seal_approve(&approvals[i], i, &in, rig->editors[i].secret);
    assert_int_equal(wire_encode_sealed(sealed->bytes, &size, &in, approvals, editors), ERR_OK);
    sealed->size = (uint16_t)size;
}

UNUSED static enum err submit_bytes(struct rig *rig, const struct message_sealed_bytes *sealed)
{
    struct message message = {.type = MESSAGE_BULLETIN_SUBMIT, .fd = -1};
    message.as.sealed.sealed = *sealed;
    ask(rig, &message);
    if (message.type == MESSAGE_OK)
        return ERR_OK;
    assert_int_equal(message.type, MESSAGE_REFUSED);
    assert_true(message.as.refused.detail[0] != '\0');
    return (enum err)message.as.refused.result;
}

UNUSED static enum err submit(struct rig *rig, const struct bulletin *bulletin, unsigned editors)
{
    struct message_sealed_bytes sealed;
    seal_bulletin(rig, &sealed, bulletin, editors);
    return submit_bytes(rig, &sealed);
}

UNUSED static void subscribe(struct rig *rig, unsigned n)
{
    struct message message = {.type = MESSAGE_SUBSCRIBER_PUT, .fd = -1};
    struct message_subscriber_put *to = &message.as.subscriber_put;
    snprintf(to->number, sizeof to->number, "+7701%07u", n);
    to->language = BULLETIN_EN;
    to->regions = BULLETIN_COUNTRY;
    snprintf(to->consent, sizeof to->consent, "on paper");
    ask(rig, &message);
    assert_int_equal(message.type, MESSAGE_OK);
}

UNUSED static void pull(int modem)
{
    const struct message message = {.type = MESSAGE_PULL, .fd = -1};
    put(modem, &message);
}

UNUSED static void hold(int modem, uint64_t job)
{
    struct message message = {.type = MESSAGE_PART_HOLD, .fd = -1};
    message.as.job.job = job;
    put(modem, &message);
}

UNUSED static void sent(int modem, uint64_t job, uint16_t reference)
{
    struct message message = {.type = MESSAGE_PART_SENT, .fd = -1};
    message.as.part_sent.job = job;
    message.as.part_sent.reference = reference;
    put(modem, &message);
}

/* Pulls until a part comes. */
UNUSED static void take(int modem, struct message_part *part)
{
    struct message message;
    pull(modem);
    expect(modem, &message, MESSAGE_PART);
    *part = message.as.part;
}

UNUSED static void take_and_hold(int modem, struct message_part *part)
{
    struct message message;
    take(modem, part);
    hold(modem, part->job);
    expect(modem, &message, MESSAGE_PART_GO);
    assert_int_equal(message.as.job.job, part->job);
}

UNUSED static void send_all_of(int modem, struct message_part *part, uint16_t reference)
{
    take_and_hold(modem, part);
    sent(modem, part->job, reference);
}

/* Of the bulletin with this number; retraction: of its retraction. */
UNUSED static struct message_status_bulletin status_of(
    struct rig *rig, uint32_t number, bool retraction)
{
    struct message_status_bulletin status = {0};
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    message.as.id.id = number;
    put(rig->control, &message);
    for (;;) {
        receive(rig->control, &message);
        if (message.type == MESSAGE_END)
            return status;
        if (message.type == MESSAGE_STATUS_BULLETIN &&
            (message.as.status_bulletin.kind == BULLETIN_RETRACT) == retraction)
            status = message.as.status_bulletin;
    }
}

/* How a modem is according to the dispatcher. */
UNUSED static struct message_status_modem modem_of(struct rig *rig, const char *name)
{
    struct message_status_modem status = {0};
    struct message message = {.type = MESSAGE_STATUS_GET, .fd = -1};
    put(rig->control, &message);
    for (;;) {
        receive(rig->control, &message);
        if (message.type == MESSAGE_END)
            return status;
        if (message.type == MESSAGE_STATUS_MODEM && strcmp(message.as.status_modem.name, name) == 0)
            status = message.as.status_modem;
    }
}

UNUSED static void fail_part(int modem, uint64_t job, enum message_cause cause, bool final)
{
    struct message message = {.type = MESSAGE_PART_FAILED, .fd = -1};
    message.as.part_failed.job = job;
    message.as.part_failed.cause = (uint8_t)cause;
    message.as.part_failed.final = final;
    put(modem, &message);
}

#endif
