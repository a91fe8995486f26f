/* vectors: makes the frozen files anew and compares, then reads each as a receiver would.
 *
 *   vectors_test             from the root of the tree
 *   vectors_test write DIR   writes the files into DIR and its folders, which must be there
 */
#include "tests/vectors/audience.c"
#include "tests/vectors/idents.c"
#include "tests/vectors/make.c"
#include "tests/vectors/negatives.c"
#include "tests/vectors/negatives_roster.c"
#include "tests/vectors/parts.c"
#include "tests/vectors/stations.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define FOLDER "tests/vectors/"
#define FILE_MAX (1u << 20)

static size_t read_file(uint8_t *bytes, const char *path)
{
    char name[sizeof FOLDER + VECTORS_PATH_MAX];
    (void)snprintf(name, sizeof name, FOLDER "%s", path);
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        fail_msg("%s: cannot be opened", name);
    size_t size = fread(bytes, 1, FILE_MAX, file);
    assert_int_equal(fclose(file), 0);
    return size;
}

static void compare_file(void *arg, const char *path, const uint8_t *bytes, size_t size)
{
    size_t *count = arg;
    uint8_t *found = malloc(FILE_MAX);
    assert_non_null(found);
    size_t found_size = read_file(found, path);
    if (found_size != size || memcmp(found, bytes, size) != 0)
        fail_msg("%s%s is not what the maker makes", FOLDER, path);
    free(found);
    ++*count;
}

static void test_maker_makes_the_frozen_files(void **state)
{
    (void)state;
    size_t count = 0;
    vectors_make(compare_file, &count);
    assert_true(count > 100);
}

static json_t *load(const char *name)
{
    char path[sizeof FOLDER + VECTORS_PATH_MAX];
    json_error_t error;
    (void)snprintf(path, sizeof path, FOLDER "%s", name);
    json_t *list = json_load_file(path, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (list == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    assert_true(json_array_size(list) > 0);
    return list;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    if (text == NULL)
        fail_msg("no text %s", name);
    return text;
}

static int64_t number_of(const json_t *object, const char *name)
{
    const json_t *number = json_object_get(object, name);
    if (!json_is_integer(number))
        fail_msg("no number %s", name);
    return json_integer_value(number);
}

static size_t unhex(uint8_t *bytes, const json_t *object, const char *name)
{
    const char *text = text_of(object, name);
    size_t size = strlen(text) / 2;
    for (size_t i = 0; i < size; i++) {
        unsigned value;
        assert_int_equal(sscanf(text + 2 * i, "%2x", &value), 1);
        bytes[i] = (uint8_t)value;
    }
    return size;
}

/* The bytes of a row: in its file and in its hex the same. */
static void get_sealed(struct bytes *sealed, const json_t *row)
{
    uint8_t *file = malloc(FILE_MAX);
    assert_non_null(file);
    sealed->size = unhex(sealed->data, row, "sealed");
    assert_int_equal(read_file(file, text_of(row, "file")), sealed->size);
    assert_memory_equal(file, sealed->data, sealed->size);
    free(file);
}

static void test_keys(void **state)
{
    (void)state;
    json_t *list = load("keys.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        uint8_t seed[SEAL_SEED_SIZE], wanted[SEAL_PUBLIC_SIZE], id[2], wanted_id[2];
        struct key key;
        assert_int_equal(unhex(seed, row, "seed"), sizeof seed);
        assert_int_equal(unhex(wanted, row, "public"), sizeof wanted);
        assert_int_equal(unhex(wanted_id, row, "newsroom_id"), sizeof wanted_id);
        seal_keypair(key.public_key, key.secret, seed);
        assert_memory_equal(key.public_key, wanted, sizeof wanted);
        seal_newsroom_id(id, wanted);
        assert_memory_equal(id, wanted_id, sizeof id);
        assert_int_equal(seal_check_fingerprint(text_of(row, "fingerprint"), wanted), ERR_OK);
    }
    json_decref(list);
}

static void test_texts(void **state)
{
    (void)state;
    json_t *list = load("texts.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        uint8_t packed[PACK_BYTES_MAX];
        char text[PACK_TEXT_MAX + 1];
        size_t size;
        struct buf_in in;
        buf_in_init(&in, packed, unhex(packed, row, "packed"));
        assert_int_equal(
            pack_decode(text, &size, sizeof text, (uint8_t)number_of(row, "model"), &in), ERR_OK);
        assert_string_equal(text, text_of(row, "text"));
    }
    json_decref(list);
}

static void get_roster(struct roster *roster, const char *name)
{
    json_t *list = load("rosters.json");
    size_t i;
    json_t *row;
    bool found = false;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        if (strcmp(text_of(row, "name"), name) != 0)
            continue;
        get_sealed(&sealed, row);
        assert_int_equal(
            roster_open(roster, sealed.data, sealed.size, text_of(row, "fingerprint")), ERR_OK);
        found = true;
    }
    assert_true(found);
    json_decref(list);
}

static void check_editors(const struct roster *roster, const json_t *list)
{
    size_t i;
    json_t *row;
    assert_int_equal(roster->editor_count, json_array_size(list));
    json_array_foreach(list, i, row)
    {
        uint8_t public_key[SEAL_PUBLIC_SIZE];
        const struct roster_editor *editor = &roster->editors[i];
        assert_int_equal(unhex(public_key, row, "public"), sizeof public_key);
        assert_memory_equal(editor->public_key, public_key, sizeof public_key);
        assert_int_equal(editor->index, number_of(row, "index"));
        assert_string_equal(editor->name, text_of(row, "name"));
        assert_int_equal(editor->from_s, number_of(row, "from"));
        assert_int_equal(editor->until_s, number_of(row, "until"));
        assert_int_equal(editor->revoked, json_is_true(json_object_get(row, "revoked")));
    }
}

static void test_rosters(void **state)
{
    (void)state;
    json_t *list = load("rosters.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct roster roster;
        get_roster(&roster, text_of(row, "name"));
        assert_int_equal(roster.number, number_of(row, "number"));
        assert_int_equal(roster.sent_s, number_of(row, "sent"));
        assert_int_equal(roster.approvals, number_of(row, "approvals"));
        check_editors(&roster, json_object_get(row, "editors"));
    }
    json_decref(list);
}

static void check_refused_rosters(const char *name)
{
    json_t *list = load(name);
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        struct roster roster;
        get_sealed(&sealed, row);
        enum err err = roster_decode(&roster, sealed.data, sealed.size);
        if (strcmp(err_name(err), text_of(row, "result")) != 0)
            fail_msg("%s: %s instead of %s", text_of(row, "name"), err_name(err),
                text_of(row, "result"));
    }
    json_decref(list);
}

static void test_refused_rosters(void **state)
{
    (void)state;
    check_refused_rosters("rosters-refused.json");
    check_refused_rosters("stations-refused.json");
}

/* The receiver of README. */
static enum err receive(struct bulletin *bulletin, struct wire_sealed *wire, struct quorum *quorum,
    const struct bytes *sealed, const char *roster_name)
{
    struct roster roster;
    if (strcmp(roster_name, "stations") == 0)
        stations_roster(&roster);
    else
        get_roster(&roster, roster_name);
    enum err err = wire_decode_sealed(wire, sealed->data, sealed->size);
    if (err == ERR_OK && wire->size != sealed->size)
        return ERR_FORMAT;
    return err == ERR_OK ? quorum_accept(bulletin, quorum, &roster, wire, NOW_S) : err;
}

static void check_texts(const struct bulletin *b, const json_t *texts_by_language)
{
    assert_int_equal(json_object_size(texts_by_language), __builtin_popcount(b->languages));
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &b->text[i];
        const json_t *row =
            json_object_get(texts_by_language, bulletin_print_language((enum bulletin_language)i));
        if (row == NULL) {
            assert_int_equal(b->languages >> i & 1, 0);
            continue;
        }
        assert_string_equal(text->headline, text_of(row, "headline"));
        assert_string_equal(text->instruction, text_of(row, "instruction"));
        assert_string_equal(text->description, text_of(row, "description"));
    }
}

static void check_bulletin(const struct bulletin *b, const json_t *row)
{
    uint8_t pair[2];
    assert_int_equal(unhex(pair, row, "newsroom"), 2);
    assert_memory_equal(b->newsroom, pair, 2);
    assert_int_equal(unhex(pair, row, "audit_head"), 2);
    assert_memory_equal(b->audit_head, pair, 2);
    assert_int_equal(b->number, number_of(row, "number"));
    assert_int_equal(b->sent_s, number_of(row, "sent"));
    assert_int_equal(b->lifetime_min, number_of(row, "lifetime_min"));
    assert_string_equal(bulletin_print_kind(b->kind), text_of(row, "kind"));
    assert_string_equal(bulletin_print_severity(b->severity), text_of(row, "severity"));
    assert_string_equal(bulletin_print_urgency(b->urgency), text_of(row, "urgency"));
    assert_string_equal(bulletin_print_certainty(b->certainty), text_of(row, "certainty"));
    assert_string_equal(bulletin_print_category(b->category), text_of(row, "category"));
    assert_string_equal(bulletin_print_response(b->response), text_of(row, "response"));
    assert_int_equal(b->event, number_of(row, "event"));
    assert_int_equal(b->regions, number_of(row, "regions"));
    assert_int_equal(b->text_model, number_of(row, "model"));
    assert_int_equal(b->follows, number_of(row, "follows"));
    check_texts(b, json_object_get(row, "texts"));
}

static void test_bulletins(void **state)
{
    (void)state;
    json_t *list = load("bulletins.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        struct bulletin bulletin;
        struct wire_sealed wire;
        struct quorum quorum;
        char code[SEAL_CODE_SIZE];
        get_sealed(&sealed, row);
        enum err err = receive(&bulletin, &wire, &quorum, &sealed, text_of(row, "roster"));
        if (err != ERR_OK)
            fail_msg("%s: %s", text_of(row, "name"), err_name(err));
        check_bulletin(&bulletin, json_object_get(row, "bulletin"));
        assert_int_equal(wire.body_size, number_of(row, "body_size"));
        seal_print_code(code, wire.body, wire.body_size);
        assert_string_equal(code, text_of(row, "code"));
        assert_int_equal(quorum.count, json_array_size(json_object_get(row, "approvals")));
    }
    json_decref(list);
}

static void check_negatives(const char *name, const char *roster)
{
    json_t *list = load(name);
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        struct bulletin bulletin;
        struct wire_sealed wire;
        struct quorum quorum;
        get_sealed(&sealed, row);
        enum err err = receive(&bulletin, &wire, &quorum, &sealed, roster);
        if (strcmp(err_name(err), text_of(row, "result")) != 0)
            fail_msg("%s: %s instead of %s", text_of(row, "name"), err_name(err),
                text_of(row, "result"));
    }
    json_decref(list);
}

static void test_negatives(void **state)
{
    (void)state;
    check_negatives("negatives.json", "staff");
    check_negatives("stations-bulletins-refused.json", "stations");
}

/* What is read is also what is written, where nothing unknown was skipped. */
static void test_audience(void **state)
{
    (void)state;
    json_t *list = load("audience.json");
    size_t i;
    json_t *row;
    json_array_foreach(list, i, row)
    {
        struct bytes sealed;
        struct bulletin bulletin;
        struct wire_sealed wire;
        struct quorum quorum;
        uint8_t body[WIRE_BODY_MAX];
        size_t body_size;
        get_sealed(&sealed, row);
        assert_int_equal(receive(&bulletin, &wire, &quorum, &sealed, "staff"), ERR_OK);
        assert_string_equal(bulletin_print_kind(bulletin.kind), text_of(row, "kind"));
        assert_int_equal(bulletin.everyone, json_is_true(json_object_get(row, "everyone")));
        assert_int_equal(wire.body_size, number_of(row, "body_size"));
        if (strcmp(text_of(row, "name"), "drill-for-everyone-and-more") == 0)
            continue;
        assert_int_equal(wire_encode_body(body, &body_size, &bulletin), ERR_OK);
        assert_int_equal(body_size, wire.body_size);
        assert_memory_equal(body, wire.body, body_size);
    }
    json_decref(list);
    check_negatives("audience-refused.json", "staff");
}

#include "tests/vectors/read_stations.c"

/* reader.py was written from README and the headers' tables alone. */
static void test_another_reader_agrees(void **state)
{
    (void)state;
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)execlp("python3", "python3", FOLDER "reader.py", (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        skip(); /* no python3 here */
    assert_int_equal(status, 0);
}

static void write_file(void *arg, const char *path, const uint8_t *bytes, size_t size)
{
    char name[FILENAME_MAX];
    (void)snprintf(name, sizeof name, "%s/%s", (const char *)arg, path);
    char *slash = strrchr(name, '/');
    *slash = '\0';
    (void)mkdir(name, 0777);
    *slash = '/';
    FILE *file = fopen(name, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(name);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_maker_makes_the_frozen_files),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_rosters),
        cmocka_unit_test(test_stations),
        cmocka_unit_test(test_refused_rosters),
        cmocka_unit_test(test_bulletins),
        cmocka_unit_test(test_negatives),
        cmocka_unit_test(test_audience),
        cmocka_unit_test(test_idents),
        cmocka_unit_test(test_another_reader_agrees),
    };
    if (seal_init() != ERR_OK)
        return 1;
    if (argc == 3 && strcmp(argv[1], "write") == 0) {
        vectors_make(write_file, argv[2]);
        return 0;
    }
    return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}
