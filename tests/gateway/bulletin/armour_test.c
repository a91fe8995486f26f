/* armour: text there and back, and stock tools as judges. */
#include "tests/gateway/bulletin/fixture.h"

#include "gateway/bulletin/armour.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t two[] = {FIXTURE_AIDA, FIXTURE_BOLAT};

static void armoured(char text[ARMOUR_TEXT_MAX], uint8_t sealed[WIRE_SEALED_MAX], size_t *size)
{
    struct bulletin b;
    fixture_bulletin(&b);
    *size = fixture_seal(sealed, &b, two, 2);
    assert_int_equal(armour_print(text, sealed, *size), ERR_OK);
}

static void expect_back(const char *text, const uint8_t *sealed, size_t size)
{
    uint8_t got[WIRE_SEALED_MAX];
    size_t got_size;
    assert_int_equal(armour_parse(got, &got_size, text, strlen(text)), ERR_OK);
    assert_int_equal(got_size, size);
    assert_memory_equal(got, sealed, size);
}

static enum err parse(const char *text)
{
    uint8_t got[WIRE_SEALED_MAX];
    size_t got_size;
    return armour_parse(got, &got_size, text, strlen(text));
}

/* Every length modulo three, by headlines of growing length. */
static void test_every_length_comes_back(void **state)
{
    (void)state;
    for (size_t length = 1; length < 100; length++) {
        char text[ARMOUR_TEXT_MAX];
        uint8_t sealed[WIRE_SEALED_MAX];
        struct bulletin b;
        fixture_bulletin(&b);
        memset(b.text[BULLETIN_EN].headline, 'x', length);
        b.text[BULLETIN_EN].headline[length] = '\0';
        size_t size = fixture_seal(sealed, &b, two, 2);
        assert_int_equal(armour_print(text, sealed, size), ERR_OK);
        expect_back(text, sealed, size);
    }
}

static void test_longest_fits(void **state)
{
    (void)state;
    static const uint8_t all[WIRE_APPROVALS_MAX] = {1, 2, 3, 4, 5, 6, 7, 8};
    char text[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX];
    struct bulletin b;
    fixture_bulletin(&b);
    b.languages = 1u << BULLETIN_EN;
    memset(b.text, 0, 2 * sizeof b.text[0]);
    memset(b.text[BULLETIN_EN].instruction, 'i', BULLETIN_INSTRUCTION_MAX);
    size_t used = fixture_seal(sealed, &b, all, WIRE_APPROVALS_MAX);
    size_t described = strlen(b.text[BULLETIN_EN].description);
    memset(b.text[BULLETIN_EN].description, 'd', described + WIRE_SEALED_MAX - used);
    size_t size = fixture_seal(sealed, &b, all, WIRE_APPROVALS_MAX);
    assert_int_equal(size, WIRE_SEALED_MAX);
    assert_int_equal(armour_print(text, sealed, size), ERR_OK);
    expect_back(text, sealed, size);
}

static void test_looks_as_documented(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX], head[64], code[SEAL_CODE_SIZE];
    uint8_t sealed[WIRE_SEALED_MAX];
    struct wire_sealed wire;
    size_t size;
    armoured(text, sealed, &size);
    assert_int_equal(wire_decode_sealed(&wire, sealed, size), ERR_OK);
    seal_print_code(code, wire.body, wire.body_size);
    (void)snprintf(head, sizeof head, "-----BEGIN DABYL BULLETIN-----\nCode: %s\n\n", code);
    assert_memory_equal(text, head, strlen(head));
    assert_string_equal(text + strlen(text) - 29, "-----END DABYL BULLETIN-----\n");
    size_t first = strcspn(text + strlen(head), "\n");
    assert_int_equal(first, ARMOUR_LINE_LETTERS);
}

/* As it comes out of mail and chat: text around, CRLF, blanks at the ends, another header line. */
static void test_travels_by_mail(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX], mail[2 * ARMOUR_TEXT_MAX] = "Forwarded:\n-----\n\n";
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    armoured(text, sealed, &size);
    size_t used = strlen(mail);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n') {
            memcpy(mail + used, " \t\r", 3);
            used += 3;
        }
        mail[used++] = *at;
        if (*at == '\n' && at == strchr(text, '\n')) {
            memcpy(mail + used, "Comment: pass it on\n", 20);
            used += 20;
        }
    }
    memcpy(mail + used, "Stay safe", 10);
    expect_back(mail, sealed, size);
}

static void test_every_cut_is_refused(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX], got[WIRE_SEALED_MAX];
    size_t size, got_size;
    armoured(text, sealed, &size);
    size_t whole = strlen(text) - 1; /* the last newline may be missing */
    for (size_t cut = 0; cut < whole; cut++) {
        char *copy = malloc(cut + 1);
        assert_non_null(copy);
        memcpy(copy, text, cut);
        assert_int_not_equal(armour_parse(got, &got_size, copy, cut), ERR_OK);
        free(copy);
    }
    assert_int_equal(armour_parse(got, &got_size, text, whole), ERR_OK);
    assert_int_equal(parse(""), ERR_MISSING);
    assert_int_equal(parse("-----BEGIN DABYL BULLETIN-----\n"), ERR_SHORT);
}

/* Another letter anywhere in the base64 is seen by the code or by the structure; in the signatures only the seal sees
 * it. */
static void test_code_guards_the_body(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    armoured(text, sealed, &size);
    size_t start = (size_t)(strstr(text, "\n\n") - text) + 2;
    size_t body = size - 1 - 2 * WIRE_APPROVAL_SIZE;
    size_t letters = body / 3 * 4;
    for (size_t at = start; at < start + letters + letters / ARMOUR_LINE_LETTERS; at++) {
        char was = text[at];
        text[at] = was == 'A' ? 'B' : 'A';
        assert_int_not_equal(parse(text), ERR_OK);
        text[at] = '*';
        assert_int_equal(parse(text), ERR_FORMAT);
        text[at] = was;
    }
    assert_int_equal(parse(text), ERR_OK);
}

/* Replaces the first of a by b in a fresh armoured text and parses. */
static enum err parse_with(const char *a, const char *b)
{
    char text[ARMOUR_TEXT_MAX], changed[2 * ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    armoured(text, sealed, &size);
    const char *at = strstr(text, a);
    assert_non_null(at);
    (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, b, at + strlen(a));
    return parse(changed);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    assert_int_equal(parse_with("Code: ", "Code: "), ERR_OK);
    assert_int_equal(parse_with("Code: ", "code: "), ERR_FORMAT);
    assert_int_equal(parse_with("Code: ", "Code: 0"), ERR_FORMAT);
    assert_int_equal(parse_with("Code: ", "Code: 0000\nCode: "), ERR_FORMAT);
    assert_int_equal(parse_with("Code: ", "no header\nCode: "), ERR_FORMAT);
    assert_int_equal(parse_with("\n\n", "\n"), ERR_FORMAT);
    assert_int_equal(parse_with("\n\n", "\n\n "), ERR_FORMAT);
    assert_int_equal(parse_with("\n\n", "\n\n="), ERR_FORMAT);
    assert_int_equal(parse_with("\n-----END", "AAAA\n-----END"), ERR_FORMAT);
    assert_int_equal(parse_with("\n-----END", "\n====\n-----END"), ERR_FORMAT);
    assert_int_equal(parse_with("-----END DABYL", "-----END OTHER"), ERR_FORMAT);
}

/* Armours bulletins of rising number until one's last group of base64 is as wanted: so many padding letters, and
 * before them wanted, unless that is NUL. */
static char *armour_ending(char text[ARMOUR_TEXT_MAX], size_t padding, char wanted)
{
    uint8_t sealed[WIRE_SEALED_MAX];
    struct bulletin b;
    fixture_bulletin(&b);
    for (b.number = 1; b.number < 2000; b.number++) {
        (void)snprintf(b.text[BULLETIN_EN].description, 4, "%.*s", (int)(b.number % 3), "xxx");
        size_t size = fixture_seal(sealed, &b, two, 2);
        assert_int_equal(armour_print(text, sealed, size), ERR_OK);
        char *end = strstr(text, "\n-----END");
        size_t found = 0;
        while (end[-1 - (ptrdiff_t)found] == '=')
            found++;
        if (found == padding && (wanted == '\0' || end[-1 - (ptrdiff_t)padding] == wanted))
            return end;
    }
    fail();
    return NULL;
}

/* The same bytes written otherwise (RFC 4648, 3.5): bits without a meaning, padding elsewhere, groups cut up. */
static void test_base64_is_canonical(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX];
    char *end = armour_ending(text, 1, 'A');
    assert_int_equal(parse(text), ERR_OK);
    end[-2] = 'B';
    assert_int_equal(parse(text), ERR_FORMAT);
    end[-2] = '=';
    end[-1] = 'A';
    assert_int_equal(parse(text), ERR_FORMAT);
    end = armour_ending(text, 2, 'A');
    end[-3] = 'B';
    assert_int_equal(parse(text), ERR_FORMAT);
    end = armour_ending(text, 0, '\0');
    assert_int_equal(parse(text), ERR_OK);
    memmove(end + 1, end, strlen(end) + 1);
    *end = 'A';
    assert_int_equal(parse(text), ERR_FORMAT);
    assert_int_equal(parse_with("\nseX3", "\nsQ==5fc="), ERR_FORMAT);
}

static void test_bounds(void **state)
{
    (void)state;
    static char text[ARMOUR_INPUT_MAX + 1];
    char armour[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    memset(text, '\n', sizeof text);
    assert_int_equal(armour_parse(sealed, &size, text, sizeof text), ERR_LONG);
    assert_int_equal(armour_parse(sealed, &size, text, sizeof text - 1), ERR_MISSING);
    int head = snprintf(text, sizeof text, "-----BEGIN DABYL BULLETIN-----\nCode: 0000\n\n");
    memset(text + head, 'A', 2 * WIRE_SEALED_MAX);
    assert_int_equal(
        armour_parse(sealed, &size, text, (size_t)head + 2 * WIRE_SEALED_MAX), ERR_LONG);
    struct bulletin b;
    fixture_bulletin(&b);
    size = fixture_seal(sealed, &b, two, 2);
    assert_int_equal(armour_print(armour, sealed, size + 1), ERR_FORMAT);
    assert_int_equal(armour_print(armour, sealed, size - 1), ERR_SHORT);
}

static void test_roster_travels_too(void **state)
{
    (void)state;
    char text[ARMOUR_TEXT_MAX];
    uint8_t sealed[WIRE_SEALED_MAX];
    size_t size;
    struct roster roster;
    struct fixture_key newsroom;
    fixture_roster(&roster);
    fixture_key(&newsroom, FIXTURE_NEWSROOM);
    assert_int_equal(roster_seal(sealed, &size, &roster, newsroom.secret), ERR_OK);
    assert_int_equal(armour_print(text, sealed, size), ERR_OK);
    expect_back(text, sealed, size);
}

static void test_names_in_signify_files(void **state)
{
    (void)state;
    char text[ARMOUR_SIGNIFY_MAX], name[ARMOUR_NAME_MAX + 2];
    struct fixture_key key;
    struct wire_approval approval = {0};
    fixture_key(&key, 1);
    memset(name, 'n', sizeof name);
    name[ARMOUR_NAME_MAX] = '\0';
    assert_int_equal(armour_print_signify_key(text, key.public_key, name), ERR_OK);
    assert_int_equal(armour_print_signify_signature(text, &approval, key.public_key, name), ERR_OK);
    name[ARMOUR_NAME_MAX] = 'n';
    name[ARMOUR_NAME_MAX + 1] = '\0';
    assert_int_equal(armour_print_signify_key(text, key.public_key, name), ERR_LONG);
    assert_int_equal(armour_print_signify_key(text, key.public_key, "a\nb"), ERR_TEXT);
    assert_int_equal(
        armour_print_signify_signature(text, &approval, key.public_key, "a\nb"), ERR_TEXT);
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Runs argv silently; its exit code, 127 if there is no such program. */
static int run(const char *const argv[])
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
            _exit(126);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The files of Aida's approval, in a new folder which becomes the working one; the body's last byte is changed by
 * flip. */
static void export(char folder[], uint8_t flip)
{
    char text[ARMOUR_SIGNIFY_MAX];
    uint8_t body[WIRE_BODY_MAX];
    struct buf_in view;
    struct bulletin b;
    struct fixture_key aida;
    struct wire_approval approval;
    fixture_bulletin(&b);
    fixture_body(body, &view, &b);
    fixture_key(&aida, FIXTURE_EDITOR + FIXTURE_AIDA);
    fixture_approve(&approval, two, 1, &view);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    body[view.size - 1] ^= flip;
    write_file("body", body, view.size);
    assert_int_equal(armour_print_signify_key(text, aida.public_key, "Аида"), ERR_OK);
    write_file("aida.pub", text, strlen(text));
    assert_int_equal(
        armour_print_signify_signature(text, &approval, aida.public_key, "Аида"), ERR_OK);
    write_file("aida.sig", text, strlen(text));
    armour_print_pem(text, aida.public_key);
    write_file("aida.pem", text, strlen(text));
    write_file("aida.raw", approval.signature, WIRE_SIGNATURE_SIZE);
}

static void clean(const char *folder)
{
    static const char *const files[] = {"body", "aida.pub", "aida.sig", "aida.pem", "aida.raw"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        assert_int_equal(unlink(files[i]), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* A good approval passes and one of other bytes does not; skipped where the tool is not installed. */
static void judge(const char *const tool[])
{
    int good, bad;
    char folder[] = "/tmp/armour_test.XXXXXX", other[] = "/tmp/armour_test.XXXXXX";
    export(folder, 0);
    good = run(tool);
    clean(folder);
    export(other, 1);
    bad = run(tool);
    clean(other);
    if (good == 127)
        skip();
    assert_int_equal(good, 0);
    assert_int_not_equal(bad, 0);
}

static void test_signify_verifies(void **state)
{
    (void)state;
    judge((const char *const[]){
        "signify-openbsd", "-V", "-q", "-p", "aida.pub", "-x", "aida.sig", "-m", "body", NULL});
}

static void test_openssl_verifies(void **state)
{
    (void)state;
    judge((const char *const[]){"openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey",
        "aida.pem", "-sigfile", "aida.raw", "-in", "body", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_length_comes_back),
        cmocka_unit_test(test_longest_fits),
        cmocka_unit_test(test_looks_as_documented),
        cmocka_unit_test(test_travels_by_mail),
        cmocka_unit_test(test_every_cut_is_refused),
        cmocka_unit_test(test_code_guards_the_body),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_base64_is_canonical),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_roster_travels_too),
        cmocka_unit_test(test_names_in_signify_files),
        cmocka_unit_test(test_signify_verifies),
        cmocka_unit_test(test_openssl_verifies),
    };
    if (seal_init() != ERR_OK)
        return 1;
    return cmocka_run_group_tests_name("armour", tests, NULL, NULL);
}
