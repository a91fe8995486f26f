/* The dispatcher is killed again and again at random moments while fake modems deliver; what they saw is compared with what is
 * promised: nobody is left out, and there is at most one extra copy per modem and crash.
 */
#include "tests/gateway/dispatcher/harness.h"

#include <sys/mount.h>

#define SUBSCRIBERS 150
#define CRASHES 25
#define MODEMS 3
#define LIFE_MAX_MS 60
#define LATE_S 2400 /* more than the 30 minutes of digest_after */

static unsigned number_of(const char *number)
{
    return (unsigned)strtoul(number + 5, NULL, 10);
}

/* What a modem and the network have seen. */
struct seen {
    unsigned copies[SUBSCRIBERS]; /* Ctrl-Z written */
    unsigned marked_again;
    struct message_part parts[MODEMS]; /* in hand */
};

/* One message of a modem's dialogue; false at its end. */
static bool step(struct seen *seen, int modem, unsigned n)
{
    struct message message;
    if (messages_receive(modem, &message) != ERR_OK)
        return false;
    struct message out = {.type = MESSAGE_PART_HOLD, .fd = -1};
    if (message.type == MESSAGE_PART) {
        seen->parts[n] = message.as.part;
        out.as.job.job = message.as.part.job;
        (void)!messages_send(modem, &out);
    } else if (message.type == MESSAGE_PART_GO) {
        seen->copies[number_of(seen->parts[n].number)]++;
        seen->marked_again += seen->parts[n].again;
        out.type = MESSAGE_PART_SENT;
        out.as.part_sent = (struct message_part_sent){message.as.job.job, seen->parts[n].reference};
        (void)!messages_send(modem, &out);
        out.type = MESSAGE_PULL;
        (void)!messages_send(modem, &out);
    }
    return true;
}

/* Delivers for so long or, if quiet_ms is given, until nothing has happened for that long. */
static void deliver(struct rig *rig, struct seen *seen, int64_t for_ms, int quiet_ms)
{
    struct pollfd ready[MODEMS];
    int64_t end_ms = clock_boot_ms() + for_ms;
    for (unsigned i = 0; i < MODEMS; i++)
        ready[i] = (struct pollfd){.fd = rig->modems[i], .events = POLLIN};
    while (clock_boot_ms() < end_ms) {
        int wait_ms = quiet_ms > 0 ? quiet_ms : (int)(end_ms - clock_boot_ms());
        if (poll(ready, MODEMS, wait_ms) <= 0 && quiet_ms > 0)
            return;
        for (unsigned i = 0; i < MODEMS; i++)
            if (ready[i].revents != 0 && !step(seen, rig->modems[i], i))
                return;
    }
}

static void plug_all(struct rig *rig)
{
    for (uint16_t i = 0; i < MODEMS; i++)
        pull(plug(rig, i));
}

/* Kills it so often, then lets it finish; returns how many copies were too many. */
static unsigned survive(struct rig *rig, struct seen *seen)
{
    const char *given = getenv("SEED");
    unsigned seed = given != NULL ? (unsigned)strtoul(given, NULL, 10) : 7;
    print_message("SEED=%u\n", seed);
    for (unsigned i = 0; i < CRASHES; i++) {
        plug_all(rig);
        deliver(rig, seen, 1 + rand_r(&seed) % LIFE_MAX_MS, 0);
        crash(rig);
        start(rig);
    }
    plug_all(rig);
    deliver(rig, seen, 60000, 3000);
    unsigned extra = 0;
    for (unsigned n = 0; n < SUBSCRIBERS; n++) {
        assert_in_range(seen->copies[n], 1, 2);
        extra += seen->copies[n] - 1;
    }
    assert_in_range(extra, 0, CRASHES * MODEMS);
    assert_true(seen->marked_again >= extra); /* each extra copy says that it is one */
    return extra;
}

static void killed_at_any_moment_nobody_is_left_out(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct seen seen = {0};
    for (unsigned n = 0; n < SUBSCRIBERS; n++)
        subscribe(rig, n);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    unsigned extra = survive(rig, &seen);
    struct message_status_bulletin status = status_of(rig, 2, false);
    print_message("extra copies %u, marked as such %u, sent %u, unknown %u\n", extra,
        seen.marked_again, status.sent, status.unknown);
    assert_int_equal(status.sent + status.unknown, SUBSCRIBERS);
    assert_int_equal(status.queued + status.in_flight + status.doubt, 0);
}

/* One text that names three bulletins: each is told to all by it, and to nobody besides. */
static void killed_at_any_moment_nobody_is_left_out_of_a_digest(void **state)
{
    struct rig *rig = *state;
    struct bulletin bulletin;
    struct seen seen = {0};
    for (unsigned n = 0; n < SUBSCRIBERS; n++)
        subscribe(rig, n);
    for (uint32_t number = 2; number <= 4; number++) {
        fill_bulletin(rig, &bulletin, number);
        bulletin.severity = BULLETIN_MODERATE;
        bulletin.sent_s -= LATE_S;
        assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    }
    unsigned extra = survive(rig, &seen);
    for (uint32_t number = 2; number <= 4; number++) {
        struct message_status_bulletin status = status_of(rig, number, false);
        print_message("extra copies %u, marked as such %u, told %u, unknown %u\n", extra,
            seen.marked_again, status.digest, status.unknown);
        assert_int_equal(status.digest + status.unknown, SUBSCRIBERS);
        assert_int_equal(status.sent + status.queued + status.in_flight + status.doubt, 0);
    }
}

static void a_disk_that_fills_up_ends_nothing_and_loses_nothing(void **state)
{
    struct rig *rig = *state;
    char filler[128];
    struct bulletin bulletin;
    struct seen seen = {0};
    if (mount("dabyl", rig->folder, "tmpfs", 0, "size=24m,mode=700") != 0) {
        print_message("no tmpfs can be mounted here\n");
        skip();
    }
    write_conf(rig);
    rig->ballast = "8388608";
    start(rig);
    put_roster(rig);
    for (unsigned n = 0; n < SUBSCRIBERS; n++)
        subscribe(rig, n);
    fill_bulletin(rig, &bulletin, 2);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
    snprintf(filler, sizeof filler, "%s/filler", rig->folder);
    int fd = open(filler, O_WRONLY | O_CREAT, 0600);
    static const char block[65536];
    while (write(fd, block, sizeof block) > 0)
        continue;
    close(fd);
    usleep(1500000);
    fill_bulletin(rig, &bulletin, 3);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_FULL);
    plug_all(rig);
    deliver(rig, &seen, 60000, 2000);
    assert_int_equal(status_of(rig, 2, false).sent, SUBSCRIBERS);
    assert_int_equal(unlink(filler), 0);
    usleep(1500000);
    assert_int_equal(submit(rig, &bulletin, 2), ERR_OK);
}

static int teardown_disk(void **state)
{
    struct rig *rig = *state;
    if (rig->pid > 0 && rig->control >= 0)
        crash(rig);
    (void)umount2(rig->folder, MNT_DETACH);
    return teardown(state);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_any_moment_nobody_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(
            killed_at_any_moment_nobody_is_left_out_of_a_digest, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_disk_that_fills_up_ends_nothing_and_loses_nothing, setup_plain, teardown_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
