#include "gateway/store/store.h"

#include "gateway/bulletin/area.h"
#include "gateway/bulletin/seal.h"
#include "gateway/store/audit.h"
#include "gateway/store/cursors.h"
#include "gateway/store/inbox.h"
#include "gateway/store/outbox.h"
#include "gateway/store/subscribers.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW_S 1800000000

struct site {
    char folder[64];
    struct store *store;
};

static void open_site(struct site *site)
{
    char why[STORE_WHY_MAX];
    enum err err = store_open(&site->store, why, site->folder);
    if (err != ERR_OK)
        fail_msg("%s", why);
}

static int setup(void **state)
{
    struct site *site = calloc(1, sizeof *site);
    assert_int_equal(seal_init(), ERR_OK);
    snprintf(site->folder, sizeof site->folder, "/tmp/dabyl-store-XXXXXX");
    assert_non_null(mkdtemp(site->folder));
    open_site(site);
    *state = site;
    return 0;
}

static int teardown(void **state)
{
    struct site *site = *state;
    static const char *const names[] = {
        "store.db", "store.db-wal", "store.db-shm", "site.key", "lock"};
    char path[128];
    store_close(site->store);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", site->folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(site->folder);
    free(site);
    return 0;
}

static int64_t add_subscriber(struct site *site, unsigned n, uint8_t language, uint32_t regions)
{
    struct subscribers_entry entry = {.language = language, .regions = regions};
    snprintf(entry.number, sizeof entry.number, "+7701%07u", n);
    assert_int_equal(subscribers_add(site->store, &entry, NOW_S), ERR_OK);
    return entry.id;
}

static void what_is_committed_outlives_the_process(void **state)
{
    struct site *site = *state;
    store_begin(site->store);
    add_subscriber(site, 1, BULLETIN_KK, 1);
    store_commit(site->store);
    store_begin(site->store);
    add_subscriber(site, 2, BULLETIN_KK, 1);
    store_rollback(site->store);
    store_close(site->store);
    open_site(site);
    struct subscribers_entry entry;
    assert_int_equal(subscribers_find(site->store, &entry, "+77010000001"), ERR_OK);
    assert_string_equal(entry.number, "+77010000001");
    assert_int_equal(subscribers_find(site->store, &entry, "+77010000002"), ERR_MISSING);
    assert_int_equal(subscribers_count(site->store), 1);
}

static unsigned syncs;

/* SQLite's call comes here: counted and carried out. */
int fdatasync(int fd)
{
    syncs++;
    return (int)syscall(SYS_fdatasync, fd);
}

static void each_commit_waits_for_the_disk(void **state)
{
    struct site *site = *state;
    for (unsigned n = 0; n < 5; n++) {
        store_begin(site->store);
        add_subscriber(site, n, BULLETIN_KK, 1);
        unsigned before = syncs;
        store_commit(site->store);
        assert_in_range(syncs - before, 1, 3);
    }
}

static void a_second_process_is_refused(void **state)
{
    struct site *site = *state;
    struct store *second = NULL;
    char why[STORE_WHY_MAX];
    assert_int_equal(store_open(&second, why, site->folder), ERR_BUSY);
    assert_non_null(strstr(why, "in use by another dispatcher"));
}

static void a_newer_schema_is_refused(void **state)
{
    struct site *site = *state;
    char command[256];
    char why[STORE_WHY_MAX];
    store_close(site->store);
    site->store = NULL;
    snprintf(command, sizeof command, "%s/store.db", site->folder);
    pid_t child = fork();
    if (child == 0) {
        execlp("sqlite3", "sqlite3", command, "INSERT INTO migration VALUES (99, 0)", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) == 127)
        skip();
    assert_int_equal(store_open(&site->store, why, site->folder), ERR_VERSION);
    assert_non_null(strstr(why, "schema 99"));
}

static void the_site_key_is_private_and_needed(void **state)
{
    struct site *site = *state;
    char path[128];
    char why[STORE_WHY_MAX];
    struct stat info;
    snprintf(path, sizeof path, "%s/site.key", site->folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    store_close(site->store);
    site->store = NULL;
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(store_open(&site->store, why, site->folder), ERR_FORMAT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(store_open(&site->store, why, site->folder), ERR_MISSING);
    assert_non_null(strstr(why, "site.key"));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite("0123456789abcdef0123456789abcdef", 1, 32, file), 32);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(store_open(&site->store, why, site->folder), ERR_KEY);
}

static bool file_holds(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char *bytes = malloc(8 << 20);
    size_t size = fread(bytes, 1, 8 << 20, file);
    bool found = memmem(bytes, size, text, strlen(text)) != NULL;
    free(bytes);
    fclose(file);
    return found;
}

static void numbers_are_nowhere_in_clear(void **state)
{
    struct site *site = *state;
    char path[128];
    struct subscribers_entry entry = {
        .number = "+77019876543", .consent = "texted START", .regions = 1};
    struct inbox_answer answer = {.number = "+77019876543", .text = "bye"};
    store_begin(site->store);
    assert_int_equal(subscribers_add(site->store, &entry, NOW_S), ERR_OK);
    assert_int_equal(inbox_add_answer(site->store, &answer, NOW_S), ERR_OK);
    store_commit(site->store);
    snprintf(path, sizeof path, "%s/store.db-wal", site->folder);
    assert_true(file_holds(path, "texted START"));
    assert_false(file_holds(path, "7019876543"));
    snprintf(path, sizeof path, "%s/store.db", site->folder);
    assert_false(file_holds(path, "7019876543"));
}

static void a_sealed_number_moved_to_another_row_does_not_open(void **state)
{
    struct site *site = *state;
    uint8_t first[VAULT_HASH_SIZE], second[VAULT_HASH_SIZE], bytes[VAULT_SEALED_MAX];
    struct vault_sealed sealed = {bytes, 0};
    char text[32];
    vault_hash(store_vault(site->store), first, "+77010000001");
    vault_hash(store_vault(site->store), second, "+77010000002");
    assert_memory_not_equal(first, second, sizeof first);
    assert_int_equal(
        vault_seal(store_vault(site->store), bytes, &sealed.size, "+77010000001", first), ERR_OK);
    assert_int_equal(
        vault_unseal(store_vault(site->store), text, sizeof text, &sealed, first), ERR_OK);
    assert_string_equal(text, "+77010000001");
    assert_int_equal(
        vault_unseal(store_vault(site->store), text, sizeof text, &sealed, second), ERR_SEAL);
    bytes[30] ^= 1;
    assert_int_equal(
        vault_unseal(store_vault(site->store), text, sizeof text, &sealed, first), ERR_SEAL);
    assert_int_equal(vault_unseal(store_vault(site->store), text, 4, &sealed, first), ERR_LONG);
}

static void a_cursor_takes_each_concerned_subscriber_once(void **state)
{
    struct site *site = *state;
    struct subscribers_audience audience = {.regions = 1u << 5, .severity = 3};
    store_begin(site->store);
    for (unsigned n = 0; n < 3000; n++) /* every tenth in region 5, the others in region 6 */
        add_subscriber(site, n, BULLETIN_RU, n % 10 == 0 ? 1u << 5 : 1u << 6);
    cursors_open(site->store, 40);
    add_subscriber(site, 9000, BULLETIN_RU, 1u << 5);
    assert_int_equal(subscribers_count_audience(site->store, &audience), 301);
    struct cursors_entry list[CURSORS_SEGMENTS];
    unsigned taken = 0, steps = 0;
    int64_t last = 0;
    for (unsigned count; (count = cursors_list(site->store, list, 40)) > 0 && steps < 10000;
         steps++)
        for (unsigned i = 0; i < count; i++) {
            int64_t id = cursors_walk(site->store, &list[i], &audience);
            assert_true(id == 0 || id > last);
            last = id > 0 ? id : last;
            taken += id > 0;
        }
    assert_int_equal(taken, 300); /* who came later gets it as an answer */
    struct cursors_counts counts;
    cursors_sum(site->store, &counts, 40);
    assert_int_equal(counts.taken, 300);
    assert_true(counts.done);
    store_commit(site->store);
}

static void a_walk_is_bounded_and_keeps_its_place(void **state)
{
    struct site *site = *state;
    struct subscribers_audience audience = {.regions = 1u << 5, .severity = 3};
    struct cursors_entry list[CURSORS_SEGMENTS];
    store_begin(site->store);
    for (unsigned n = 0; n < CURSORS_WALK_MAX + 10; n++)
        add_subscriber(site, n, BULLETIN_KK, 1u << 6);
    int64_t wanted = add_subscriber(site, 5000, BULLETIN_KK, 1u << 5);
    cursors_open(site->store, 2);
    assert_int_equal(cursors_list(site->store, list, 2), CURSORS_SEGMENTS);
    assert_int_equal(list[0].language, BULLETIN_KK);
    assert_int_equal(cursors_walk(site->store, &list[0], &audience), 0);
    assert_int_equal(list[0].hwm, CURSORS_WALK_MAX);
    store_commit(site->store);
    store_close(site->store);
    open_site(site);
    (void)cursors_list(site->store, list, 2);
    assert_int_equal(cursors_walk(site->store, &list[0], &audience), wanted);
}

/* Each cursor's step takes at most one; returns how many were taken. */
static unsigned take_all(struct site *site, uint32_t bulletin, int64_t *order, unsigned most)
{
    struct subscribers_audience audience = {.regions = 1, .severity = 3};
    struct cursors_entry list[CURSORS_SEGMENTS];
    unsigned taken = 0;
    for (unsigned steps = 0; taken < most && steps < 100; steps++) {
        if (cursors_list(site->store, list, bulletin) == 0)
            break;
        int64_t id = cursors_walk(site->store, &list[0], &audience);
        if (id != 0)
            order[taken++] = id;
    }
    return taken;
}

/* Makes a row of a delivery as it stands. */
static void add_row(struct site *site, int64_t subscriber, enum outbox_state state, bool reached)
{
    struct outbox_entry entry = {.bulletin = 4,
        .cursor = 1,
        .subscriber = subscriber,
        .state = state,
        .part = 1,
        .mr = OUTBOX_MR_NONE,
        .reached = reached};
    outbox_add(site->store, &entry);
}

static void a_retraction_takes_only_those_reached(void **state)
{
    struct site *site = *state;
    int64_t reached[6], order[8];
    store_begin(site->store);
    for (unsigned n = 0; n < 8; n++)
        add_subscriber(site, n, BULLETIN_RU, 1);
    cursors_open(site->store, 4);
    int64_t late = add_subscriber(site, 100, BULLETIN_RU, 1);
    assert_int_equal(take_all(site, 4, reached, 6), 6);
    add_row(site, reached[0], OUTBOX_MISSED, false);
    add_row(site, reached[1], OUTBOX_CLAIMED, false);
    add_row(site, reached[2], OUTBOX_SUBMITTING, false);
    add_row(site, reached[3], OUTBOX_UNKNOWN, true);
    add_row(site, reached[4], OUTBOX_NEXT, true);
    outbox_mark_reached(site->store, 4, late, 0);
    outbox_mark_reached(site->store, 4, reached[4], 0); /* there is a row already */
    assert_int_equal(cursors_count_reached(site->store, 4), 5);
    cursors_open(site->store, 5);
    struct outbox_entry entry;
    assert_int_equal(outbox_find_due(site->store, &entry, 5, 1, 1000), ERR_OK);
    assert_int_equal(entry.subscriber, late);
    assert_int_equal(take_all(site, 5, order, 8), 4);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(order[i], reached[2 + i]);
    store_commit(site->store);
}

/* In doubt, due at 1000 for its modem and at 2000 for others. */
static void others_have_time_for_what_a_failing_modem_left_in_doubt(void **state)
{
    struct site *site = *state;
    struct outbox_entry entry;
    store_begin(site->store);
    add_row(site, add_subscriber(site, 0, BULLETIN_RU, 1), OUTBOX_DOUBT, true);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 0, INT64_MAX), ERR_OK);
    entry.modem = 1;
    entry.parts = 1;
    entry.doubts = 1;
    entry.due_ms = 1000;
    entry.other_ms = 2000;
    outbox_save(site->store, &entry);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 1, 1000), ERR_OK);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 2, 1999), ERR_MISSING);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 2, 2000), ERR_OK);
    int64_t all_ms = 2000 + OUTBOX_OTHERS_MS;
    for (int64_t modem = 1; modem <= 2; modem++) {
        assert_int_equal(
            outbox_find_due_sure(site->store, &entry, 4, modem, all_ms - 1), ERR_MISSING);
        assert_int_equal(outbox_find_due_sure(site->store, &entry, 4, modem, all_ms), ERR_OK);
    }
    assert_int_equal(outbox_soonest(site->store, 999), 1000);
    assert_int_equal(outbox_soonest(site->store, 1000), 2000);
    assert_int_equal(outbox_soonest(site->store, 2000), all_ms);
    assert_int_equal(outbox_soonest(site->store, all_ms), 0);
    outbox_release(site->store, 2);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 2, 1999), ERR_MISSING);
    outbox_release(site->store, 1);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 2, 999), ERR_MISSING);
    assert_int_equal(outbox_find_due(site->store, &entry, 4, 2, 1000), ERR_OK);
    entry.doubts = 0; /* a plain retry is anybody's */
    outbox_save(site->store, &entry);
    assert_int_equal(outbox_find_due_sure(site->store, &entry, 4, 1, 1000), ERR_OK);
    assert_int_equal(outbox_soonest(site->store, 2000), 0);
    store_commit(site->store);
}

static void run_sql(struct site *site, const char *statement)
{
    char path[128];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/store.db", site->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statement, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t first_bad_row(struct site *site)
{
    int64_t row = 0;
    return audit_verify(site->store, &row) == ERR_OK ? 0 : row;
}

static void the_audit_chain_shows_what_was_altered_or_removed(void **state)
{
    struct site *site = *state;
    static const struct {
        const char *statement;
        int64_t bad;
    } cases[] = {
        {"UPDATE audit SET detail = 'number=9' WHERE id = 2", 2},
        {"UPDATE audit SET event = 'roster' WHERE id = 2", 2},
        {"UPDATE audit SET at_s = at_s + 1 WHERE id = 3", 3},
        {"UPDATE audit SET hash = zeroblob(32) WHERE id = 1", 1},
        {"DELETE FROM audit WHERE id = 2", 3},
        {"DELETE FROM audit WHERE id = 1", 2},
        {"UPDATE audit SET id = 9 WHERE id = 2", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t row = 0;
        store_begin(site->store);
        audit_add(site->store, NOW_S, "roster", "number=1");
        audit_add(site->store, NOW_S + 1, "commit", "number=2");
        audit_add(site->store, NOW_S + 2, "commit", "number=3");
        store_commit(site->store);
        assert_int_equal(audit_verify(site->store, &row), ERR_OK);
        assert_int_equal(row, 3);
        run_sql(site, cases[i].statement);
        assert_int_equal(first_bad_row(site), cases[i].bad);
        run_sql(site, "DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'");
    }
    uint8_t head[AUDIT_HASH_SIZE], empty[AUDIT_HASH_SIZE] = {0};
    audit_head(site->store, head);
    assert_memory_equal(head, empty, sizeof head);
}

static void an_inbound_text_counts_once(void **state)
{
    struct site *site = *state;
    struct message_inbound inbound = {.number = "+77010000001", .text = "STOP", .smsc_s = NOW_S};
    uint8_t hash[VAULT_HASH_SIZE];
    vault_hash(store_vault(site->store), hash, inbound.number);
    store_begin(site->store);
    assert_true(inbox_add(site->store, &inbound, "one", hash, NOW_S));
    store_commit(site->store);
    assert_false(inbox_add(site->store, &inbound, "one", hash, NOW_S + 60));
    assert_true(inbox_add(site->store, &inbound, "two", hash, NOW_S + 60));
    inbound.smsc_s++;
    assert_true(inbox_add(site->store, &inbound, "one", hash, NOW_S + 60));
}

static void parts_are_joined_in_order_and_forgotten(void **state)
{
    struct site *site = *state;
    struct message_inbound inbound = {.number = "+77010000001",
        .text = "world",
        .reference = 7,
        .part = 2,
        .parts = 2,
        .smsc_s = NOW_S};
    char text[INBOX_JOINED_SIZE];
    uint8_t hash[VAULT_HASH_SIZE];
    vault_hash(store_vault(site->store), hash, inbound.number);
    store_begin(site->store);
    assert_true(inbox_add(site->store, &inbound, "one", hash, NOW_S));
    assert_int_equal(inbox_join(site->store, text, &inbound, hash, NOW_S), ERR_BUSY);
    inbound.part = 1;
    snprintf(inbound.text, sizeof inbound.text, "hello ");
    assert_true(inbox_add(site->store, &inbound, "one", hash, NOW_S));
    assert_int_equal(inbox_join(site->store, text, &inbound, hash, NOW_S), ERR_OK);
    assert_string_equal(text, "hello world");
    assert_int_equal(inbox_join(site->store, text, &inbound, hash, NOW_S), ERR_BUSY);
    store_commit(site->store);
}

static void references_are_found_newest_first_and_bounded(void **state)
{
    struct site *site = *state;
    struct outbox_ref ref = {.modem = 1, .mr = 5, .bulletin = 1, .cursor = 1};
    vault_hash(store_vault(site->store), ref.hash, "+77010000001");
    store_begin(site->store);
    for (unsigned i = 0; i < 10 * OUTBOX_REFS_PER_MR; i++) {
        ref.cursor = i;
        outbox_add_ref(site->store, &ref);
    }
    unsigned found = 0;
    for (int64_t newest = -1; outbox_find_ref(site->store, &ref) == ERR_OK; found++) {
        assert_true(newest < 0 || ref.cursor < newest);
        newest = ref.cursor;
        outbox_remove_ref(site->store, ref.id);
    }
    assert_in_range(found, OUTBOX_REFS_PER_MR, 2 * OUTBOX_REFS_PER_MR);
    ref.cursor = 1;
    outbox_add_ref(site->store, &ref);
    ref.mr = 6;
    assert_int_equal(outbox_find_ref(site->store, &ref), ERR_MISSING);
    store_commit(site->store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(what_is_committed_outlives_the_process),
        TEST(each_commit_waits_for_the_disk),
        TEST(a_second_process_is_refused),
        TEST(a_newer_schema_is_refused),
        TEST(the_site_key_is_private_and_needed),
        TEST(numbers_are_nowhere_in_clear),
        TEST(a_sealed_number_moved_to_another_row_does_not_open),
        TEST(a_cursor_takes_each_concerned_subscriber_once),
        TEST(a_walk_is_bounded_and_keeps_its_place),
        TEST(a_retraction_takes_only_those_reached),
        TEST(others_have_time_for_what_a_failing_modem_left_in_doubt),
        TEST(the_audit_chain_shows_what_was_altered_or_removed),
        TEST(an_inbound_text_counts_once),
        TEST(parts_are_joined_in_order_and_forgotten),
        TEST(references_are_found_newest_first_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
