/* Bytes of the store's file turn, as on a worn disk or card: after a power cut the store finds it and says what to do, or what it
 * goes on with is not wrong: no number is another's, no count is off, no row of the audit is believed that was altered.
 */
#include "tests/faults/life.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#define COMMITS 150
#define FLIPS 1200
#define FILE_MAX (8u << 20)
#define EXIT_OUR_FAULT 70

/* What became of a flip. */
enum outcome {
    REFUSED, /* at the start, with advice */
    ENDED,   /* the process ended itself; the next start refused or found nothing wrong */
    SAME,    /* nothing that is kept has changed: the byte lay in free room, or says the same */
    NOTICED, /* opened; a seal or the chain of the audit says which row is wrong */
    UNNOTICED,
    OUTCOMES
};

struct bench {
    char folder[64];
    size_t size;
    uint8_t *bytes;
    uint64_t digest;
    enum outcome *outcome; /* shared with a child */
};

static void path_of(char path[128], const struct bench *bench, const char *name)
{
    (void)snprintf(path, 128, "%s/%s", bench->folder, name);
}

static void lay(const struct bench *bench)
{
    char path[128];
    remove_all(bench->folder, false);
    path_of(path, bench, "store.db");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    must(fd >= 0 && write(fd, bench->bytes, bench->size) == (ssize_t)bench->size, "laid");
    close(fd);
}

/* A number that opens is its row's; one that does not says so. Returns how many do not. */
static unsigned wrong_numbers(struct store *store)
{
    struct subscribers_entry entry, found;
    unsigned wrong = 0, rows = 0;
    enum err err = ERR_OK;
    for (int64_t after = 0;
         (err = subscribers_next(store, &entry, after)) != ERR_MISSING && rows <= COMMITS;
         after = entry.id, rows++) {
        char own[MESSAGES_NUMBER_SIZE];
        (void)snprintf(own, sizeof own, "+7701%07u", (unsigned)entry.id);
        must(err != ERR_OK || strcmp(entry.number, own) == 0, "no number is another's");
        wrong += err != ERR_OK || subscribers_find(store, &found, own) != ERR_OK;
    }
    return wrong + (rows != COMMITS);
}

static enum outcome judge(const struct bench *bench)
{
    struct store *store = NULL;
    char why[STORE_WHY_MAX];
    int64_t row = 0;
    mark_cut(bench->folder);
    enum err err = store_open(&store, why, bench->folder);
    if (err != ERR_OK) {
        must(strstr(why, "restore") != NULL || err == ERR_VERSION, why);
        return REFUSED;
    }
    unsigned wrong = wrong_numbers(store);
    must(subscribers_count(store) == COMMITS - COMMITS / 5, "the count is right");
    wrong += audit_verify(store, &row) != ERR_OK;
    uint64_t digest = digest_of(bench->folder);
    store_close(store);
    return digest == bench->digest ? SAME : wrong > 0 ? NOTICED : UNNOTICED;
}

static enum outcome flip(struct bench *bench, size_t at, uint8_t mask)
{
    int status = 0;
    bench->bytes[at] ^= mask;
    lay(bench);
    bench->bytes[at] ^= mask;
    *bench->outcome = ENDED;
    pid_t pid = fork();
    if (pid == 0) {
        *bench->outcome = judge(bench);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == EXIT_OUR_FAULT);
    return *bench->outcome;
}

static void a_turned_byte_is_found_or_does_no_harm(void **state)
{
    struct bench *bench = *state;
    static const char *const names[OUTCOMES] = {"refused", "ended", "same", "noticed", "unnoticed"};
    unsigned counts[OUTCOMES] = {0}, seed = 5;
    for (unsigned i = 0; i < FLIPS; i++)
        counts[flip(bench, (size_t)rand_r(&seed) % bench->size, (uint8_t)(1u << i % 8))]++;
    for (unsigned i = 0; i < OUTCOMES; i++)
        print_message("%u %s\n", counts[i], names[i]);
    assert_true(counts[REFUSED] > 0);
    assert_true(counts[NOTICED] > 0);
}

static void read_all(struct bench *bench)
{
    char path[128];
    path_of(path, bench, "store.db");
    FILE *file = fopen(path, "rb");
    must(file != NULL, "the store");
    bench->bytes = malloc(FILE_MAX);
    bench->size = fread(bench->bytes, 1, FILE_MAX, file);
    (void)fclose(file);
}

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_int_equal(seal_init(), ERR_OK);
    (void)snprintf(bench->folder, sizeof bench->folder, "%s/dabyl-flip-XXXXXX",
        access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(bench->folder));
    struct store *store = open_store(bench->folder);
    for (unsigned n = 1; n <= COMMITS; n++)
        work(store, n);
    store_close(store);
    read_all(bench);
    bench->digest = digest_of(bench->folder);
    bench->outcome = mmap(
        NULL, sizeof *bench->outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    remove_all(bench->folder, true);
    (void)rmdir(bench->folder);
    (void)munmap(bench->outcome, sizeof *bench->outcome);
    free(bench->bytes);
    free(bench);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_turned_byte_is_found_or_does_no_harm, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
