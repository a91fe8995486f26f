/* Power cuts: a store is made, migrated and worked with on a disk that remembers; then what may be there after a cut at any moment
 * is laid out thousands of times and opened by the real store. Whatever was acknowledged is there, exactly, and nothing half.
 *
 * POWERCUT_STATES=N: how many (make powercut); POWERCUT_SEED=N: another series.
 */
#include "tests/faults/disk.h"
#include "tests/faults/life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#define COMMITS 240
#define REOPEN_EVERY 100 /* commits: the store is closed and opened again */
#define STATES 1200
#define EXIT_OUR_FAULT 70
#define TRIES 24 /* at which an error comes */
#define LYING 3  /* one sync of so many does nothing */

/* What a run has acknowledged, told as it goes along to whoever looks from outside. */
struct told {
    unsigned commits;
    unsigned at[COMMITS + 1];     /* entries of the record when the commit was acknowledged */
    uint64_t digest[COMMITS + 1]; /* of all that was in the store then */
    unsigned state, refused, older;
};

struct bench {
    char folder[64];
    char cut[64];
    struct disk_record record;
    struct told *told;
};

/* A whole life, recorded. */
static void live(struct bench *bench, unsigned commits)
{
    struct store *store = open_store(bench->folder);
    for (unsigned n = 1; n <= commits; n++) {
        work(store, n);
        bench->told->commits = n;
        bench->told->at[n] = bench->record.count;
        if (bench->record.on)
            bench->told->digest[n] = digest_of(bench->folder);
        if (n % REOPEN_EVERY != 0)
            continue;
        store_close(store);
        store = open_store(bench->folder);
    }
    store_close(store);
}

static void copy_key(const struct bench *bench)
{
    char from[128], to[128];
    uint8_t key[32];
    (void)snprintf(from, sizeof from, "%s/site.key", bench->folder);
    (void)snprintf(to, sizeof to, "%s/site.key", bench->cut);
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    must(in != NULL && out != NULL, "the site key");
    must(fread(key, 1, sizeof key, in) == sizeof key && fwrite(key, 1, sizeof key, out) == 32,
        "its bytes");
    (void)fclose(in);
    (void)fclose(out);
    must(chmod(to, 0600) == 0, "its rights");
}

/* Opens what a cut has left. least: commits acknowledged before it; an honest disk has them all. */
static void recover(struct bench *bench, unsigned least, bool honest)
{
    struct told *told = bench->told;
    struct store *store = NULL;
    char why[STORE_WHY_MAX];
    mark_cut(bench->cut);
    enum err err = store_open(&store, why, bench->cut);
    if (!honest && err == ERR_FORMAT && strstr(why, "restore the last backup") != NULL) {
        told->refused++;
        return;
    }
    must(err == ERR_OK, why);
    unsigned found = (unsigned)rows_of_audit(store);
    must(found <= told->commits, "no commit that never was");
    must(found >= least || !honest, "what was acknowledged is there");
    must(found <= least + 1, "at most the commit under way beyond what was acknowledged");
    told->older += found < least;
    must(found == 0 || digest_of(bench->cut) == told->digest[found], "exactly what was there then");
    store_close(store);
}

static void cut_everywhere(struct bench *bench, unsigned states, unsigned lies)
{
    struct disk_model *model = calloc(1, sizeof *model);
    const char *seed = getenv("POWERCUT_SEED");
    unsigned count = bench->record.count, acknowledged = 0;
    uint64_t owed = 0;
    model->seed = seed != NULL ? (unsigned)strtoul(seed, NULL, 10) : 11;
    model->lies = lies;
    for (unsigned i = 0; i < count; i++) {
        disk_play(model, &bench->record.entries[i]);
        while (acknowledged < bench->told->commits && bench->told->at[acknowledged + 1] <= i + 1)
            acknowledged++;
        for (owed += states; owed >= count; owed -= count) {
            remove_all(bench->cut, false);
            disk_lay(model, (enum disk_how)(bench->told->state % DISK_HOW_COUNT), bench->cut);
            recover(bench, acknowledged, lies == 0);
            bench->told->state++;
        }
    }
}

/* In a child: a store that fails ends its process. */
static int in_child(struct bench *bench, void (*run)(struct bench *bench, unsigned n), unsigned n)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        run(bench, n);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static unsigned states_wanted(void)
{
    const char *text = getenv("POWERCUT_STATES");
    return text != NULL ? (unsigned)strtoul(text, NULL, 10) : STATES;
}

static void cut_honest(struct bench *bench, unsigned n)
{
    bench->record.on = true;
    live(bench, COMMITS);
    bench->record.on = false;
    copy_key(bench);
    cut_everywhere(bench, n, 0);
}

static void cut_lying(struct bench *bench, unsigned n)
{
    bench->record.on = true;
    live(bench, COMMITS);
    bench->record.on = false;
    copy_key(bench);
    cut_everywhere(bench, n, LYING);
}

static void after_a_cut_at_any_moment_all_that_was_acknowledged_is_there(void **state)
{
    struct bench *bench = *state;
    int code = in_child(bench, cut_honest, states_wanted());
    print_message("%u states of %u commits\n", bench->told->state, bench->told->commits);
    assert_int_equal(code, 0);
    assert_int_equal(bench->told->state, states_wanted());
    assert_int_equal(bench->told->older, 0);
}

/* A disk that says that it has written and has not can lose what was acknowledged, and nobody can help that; but what is
 * opened is what once was, or it is refused. */
static void of_a_disk_that_lies_nothing_wrong_is_believed(void **state)
{
    struct bench *bench = *state;
    int code = in_child(bench, cut_lying, states_wanted() / 4);
    print_message("%u states: %u refused, %u older than acknowledged\n", bench->told->state,
        bench->told->refused, bench->told->older);
    assert_int_equal(code, 0);
    assert_true(bench->told->older > 0); /* it did lie */
}

static void live_until_a_sync_fails(struct bench *bench, unsigned n)
{
    bench->record.fail_sync = n;
    live(bench, 30);
}

static void live_until_a_read_fails(struct bench *bench, unsigned n)
{
    struct subscribers_entry entry;
    live(bench, 30);
    bench->record.reads = 0;
    bench->record.fail_read = n;
    struct store *store = open_store(bench->folder);
    for (int64_t after = 0; subscribers_next(store, &entry, after) == ERR_OK; after = entry.id)
        continue;
    (void)rows_of_audit(store);
    store_close(store);
}

/* The folder after a process that ended by itself: what it acknowledged is there. */
static void check_after(struct bench *bench, unsigned n)
{
    (void)n;
    struct store *store = open_store(bench->folder);
    unsigned found = (unsigned)rows_of_audit(store);
    must(found == bench->told->commits || found == bench->told->commits + 1,
        "what was acknowledged");
    store_close(store);
}

static void fails_and_recovers(
    struct bench *bench, void (*run)(struct bench *bench, unsigned n), unsigned least)
{
    unsigned ended = 0;
    for (unsigned n = 1; n <= TRIES; n++) {
        bench->told->commits = 0;
        int code = in_child(bench, run, n);
        /* 1: refused while opening, with a reason */
        assert_true(code == EXIT_OUR_FAULT || code == 0 || code == 1);
        ended += code != 0;
        assert_int_equal(in_child(bench, check_after, 0), 0);
        remove_all(bench->folder, true);
    }
    print_message("%u of %u runs met the error\n", ended, TRIES);
    assert_true(ended >= least);
}

static void a_sync_that_fails_ends_the_process_and_is_not_tried_again(void **state)
{
    fails_and_recovers(*state, live_until_a_sync_fails, TRIES);
}

static void a_read_that_fails_ends_the_process(void **state)
{
    fails_and_recovers(*state, live_until_a_read_fails, 7);
}

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    const char *root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    assert_int_equal(seal_init(), ERR_OK);
    (void)snprintf(bench->folder, sizeof bench->folder, "%s/dabyl-disk-XXXXXX", root);
    (void)snprintf(bench->cut, sizeof bench->cut, "%s/dabyl-cut-XXXXXX", root);
    assert_non_null(mkdtemp(bench->folder));
    assert_non_null(mkdtemp(bench->cut));
    bench->told =
        mmap(NULL, sizeof *bench->told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(bench->told != MAP_FAILED);
    disk_register(&bench->record);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    (void)sqlite3_vfs_unregister(&bench->record.vfs);
    remove_all(bench->folder, true);
    remove_all(bench->cut, true);
    (void)rmdir(bench->folder);
    (void)rmdir(bench->cut);
    (void)munmap(bench->told, sizeof *bench->told);
    free(bench);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            after_a_cut_at_any_moment_all_that_was_acknowledged_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(
            of_a_disk_that_lies_nothing_wrong_is_believed, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_sync_that_fails_ends_the_process_and_is_not_tried_again, setup, teardown),
        cmocka_unit_test_setup_teardown(a_read_that_fails_ends_the_process, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
