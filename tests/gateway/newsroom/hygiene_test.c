/* hygiene: what is refused, what passes and what is made of it. */
#include "gateway/newsroom/hygiene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define OWN_HOST "desk.test:8443"

static void add(struct hygiene_head *head, const char *name, const char *value)
{
    head->headers[head->header_count++] =
        (struct hygiene_header){name, strlen(name), value, strlen(value)};
}

static struct hygiene_head head_of(const char *method, const char *target)
{
    struct hygiene_head head = {.method = method, .version = "HTTP/1.1", .target = target};
    add(&head, "Host", OWN_HOST);
    return head;
}

static struct hygiene_site own_site(void)
{
    struct hygiene_site site = {.port = 8443};
    assert_int_equal(hygiene_add_name(&site, "Desk.Test"), ERR_OK);
    assert_int_equal(hygiene_add_name(&site, "::1"), ERR_OK);
    return site;
}

static unsigned check(struct hygiene_clean *clean, const struct hygiene_head *head)
{
    struct hygiene_site site = own_site();
    struct hygiene_verdict verdict = hygiene_check(clean, head, &site, "192.168.1.5");
    assert_true(verdict.status == 0 || verdict.why != NULL);
    return verdict.status;
}

static void test_targets(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        unsigned status;
        const char *path;
        const char *query;
    } rows[] = {
        {"/", 0, "/", ""},
        {"/api/drafts/7", 0, "/api/drafts/7", ""},
        {"/api/tips?after=17", 0, "/api/tips", "after=17"},
        {"/api/modems/%D0%B0", 0, "/api/modems/\xd0\xb0", ""},
        {"/a%20b", 0, "/a b", ""},
        {"/?", 0, "/", ""},
        {"/a?b?c", 0, "/a", "b?c"},
        {"/...", 0, "/...", ""},
        {"", 400, NULL, NULL},
        {"*", 400, NULL, NULL},
        {"api", 400, NULL, NULL},
        {"http://desk.test:8443/", 400, NULL, NULL},
        {"//api", 400, NULL, NULL},
        {"/api/", 400, NULL, NULL},
        {"/api//site", 400, NULL, NULL},
        {"/./api", 400, NULL, NULL},
        {"/api/..", 400, NULL, NULL},
        {"/%2e%2e/api", 400, NULL, NULL},
        {"/%2E/api", 400, NULL, NULL},
        {"/api%2fsite", 400, NULL, NULL},
        {"/api%5Csite", 400, NULL, NULL},
        {"/api\\site", 400, NULL, NULL},
        {"/api%25", 400, NULL, NULL},
        {"/api%", 400, NULL, NULL},
        {"/api%4", 400, NULL, NULL},
        {"/api%4g", 400, NULL, NULL},
        {"/api%00", 400, NULL, NULL},
        {"/api%0a", 400, NULL, NULL},
        {"/api%7f", 400, NULL, NULL},
        {"/%ff", 400, NULL, NULL},
        {"/%c0%af", 400, NULL, NULL},
        {"/a b", 400, NULL, NULL},
        {"/a\xd0\xb0", 400, NULL, NULL},
        {"/a#b", 400, NULL, NULL},
        {"/a?b%", 400, NULL, NULL},
        {"/a?b c", 400, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_clean clean;
        struct hygiene_head head = head_of("GET", rows[i].target);
        unsigned status = check(&clean, &head);
        if (status != rows[i].status)
            print_error("target '%s'\n", rows[i].target);
        assert_int_equal(status, rows[i].status);
        if (status != 0)
            continue;
        assert_string_equal(clean.path, rows[i].path);
        assert_string_equal(clean.query, rows[i].query);
    }
}

static void test_target_sizes(void **state)
{
    (void)state;
    static const struct {
        size_t path;
        size_t query;
        unsigned status;
    } rows[] = {
        {254, 0, 0}, {255, 0, 414}, {10, 254, 0}, {10, 255, 0}, {10, 256, 414}, {600, 0, 414}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char target[1024] = "/";
        struct hygiene_clean clean;
        memset(target + 1, 'a', rows[i].path);
        if (rows[i].query > 0) {
            target[1 + rows[i].path] = '?';
            memset(target + 2 + rows[i].path, 'b', rows[i].query);
        }
        struct hygiene_head head = head_of("GET", target);
        if (check(&clean, &head) != rows[i].status)
            fail_msg("path %zu query %zu: want %u", rows[i].path, rows[i].query, rows[i].status);
    }
}

static void test_hosts(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        unsigned status;
    } rows[] = {
        {"desk.test:8443", 0},
        {"DESK.test:8443", 0},
        {"192.168.1.5:8443", 0},
        {"[::1]:8443", 0},
        {"desk.test", 421},
        {"desk.test:443", 421},
        {"desk.test:08443", 421},
        {"desk.test:84430", 421},
        {"desk.test:", 421},
        {"desk.test.evil:8443", 421},
        {"evil.test:8443", 421},
        {"desk.tes:8443", 421},
        {"192.168.1.6:8443", 421},
        {"::1:8443", 400},
        {"[::1:8443", 400},
        {"[::1]8443", 400},
        {":8443", 400},
        {"", 400},
        {"desk.test:8443, desk.test:8443", 421},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_head head = {.method = "GET", .version = "HTTP/1.1", .target = "/"};
        struct hygiene_clean clean;
        add(&head, "host", rows[i].host);
        if (check(&clean, &head) != rows[i].status)
            fail_msg("host '%s': want %u", rows[i].host, rows[i].status);
    }
    struct hygiene_head none = {.method = "GET", .version = "HTTP/1.1", .target = "/"};
    struct hygiene_clean clean;
    assert_int_equal(check(&clean, &none), 400);
    add(&none, "Host", OWN_HOST);
    add(&none, "HOST", OWN_HOST);
    assert_int_equal(check(&clean, &none), 400);
}

static void test_bodies(void **state)
{
    (void)state;
    static const struct {
        const char *names[3];
        const char *values[3];
        unsigned status;
        uint64_t size;
    } rows[] = {
        {{NULL}, {NULL}, 0, 0},
        {{"Content-Length"}, {"0"}, 0, 0},
        {{"content-length"}, {"4194304"}, 0, 4194304},
        {{"Content-Length"}, {"000000000012"}, 0, 12},
        {{"Content-Length"}, {"0000000000012"}, 400, 0},
        {{"Content-Length"}, {""}, 400, 0},
        {{"Content-Length"}, {"+2"}, 400, 0},
        {{"Content-Length"}, {"2 "}, 400, 0},
        {{"Content-Length"}, {"2, 2"}, 400, 0},
        {{"Content-Length"}, {"0x2"}, 400, 0},
        {{"Content-Length", "Content-Length"}, {"2", "2"}, 400, 0},
        {{"Content-Length", "CONTENT-LENGTH"}, {"2", "3"}, 400, 0},
        {{"Transfer-Encoding"}, {"chunked"}, 501, 0},
        {{"Content-Length", "Transfer-Encoding"}, {"2", "chunked"}, 501, 0},
        {{"transfer-encoding"}, {"identity"}, 501, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_head head = head_of("POST", "/");
        struct hygiene_clean clean;
        for (size_t j = 0; rows[i].names[j] != NULL; j++)
            add(&head, rows[i].names[j], rows[i].values[j]);
        if (check(&clean, &head) != rows[i].status)
            fail_msg("row %zu: want %u", i, rows[i].status);
        if (rows[i].status == 0)
            assert_int_equal(clean.body_size, rows[i].size);
    }
    struct hygiene_head get = head_of("GET", "/");
    struct hygiene_clean clean;
    add(&get, "Content-Length", "2");
    assert_int_equal(check(&clean, &get), 400);
}

static void test_lines_and_headers(void **state)
{
    (void)state;
    static const struct {
        const char *method;
        const char *version;
        unsigned status;
    } lines[] = {{"GET", "HTTP/1.1", 0}, {"DELETE", "HTTP/1.1", 0}, {"HEAD", "HTTP/1.1", 0},
        {"get", "HTTP/1.1", 501}, {"TRACE", "HTTP/1.1", 501}, {"CONNECT", "HTTP/1.1", 501},
        {"", "HTTP/1.1", 501}, {"GET", "HTTP/1.0", 505}, {"GET", "HTTP/2.0", 505}};
    static const struct {
        const char *name;
        const char *value;
        unsigned status;
    } headers[] = {{"X-A", "b\tc", 0}, {"X-A", "", 0}, {"X A", "b", 400}, {"X-A ", "b", 400},
        {"", "b", 400}, {"X-A", "b\nc", 400}, {"X-A", "b\x7f", 400}, {"X\xd0", "b", 400}};
    struct hygiene_clean clean;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct hygiene_head head = head_of(lines[i].method, "/");
        head.version = lines[i].version;
        assert_int_equal(check(&clean, &head), lines[i].status);
        assert_true(
            lines[i].status != 0 || clean.head_only == (strcmp(lines[i].method, "HEAD") == 0));
    }
    for (size_t i = 0; i < COUNT(headers); i++) {
        struct hygiene_head head = head_of("GET", "/");
        add(&head, headers[i].name, headers[i].value);
        if (check(&clean, &head) != headers[i].status)
            fail_msg("header row %zu: want %u", i, headers[i].status);
    }
    struct hygiene_head many = head_of("GET", "/");
    while (many.header_count < HYGIENE_HEADERS_MAX)
        add(&many, "X-A", "b");
    assert_int_equal(check(&clean, &many), 0);
    many.header_count++;
    assert_int_equal(check(&clean, &many), 431);
}

static void test_origin(void **state)
{
    (void)state;
    static const struct {
        const char *origin;
        const char *site;
        unsigned status;
    } rows[] = {
        {"https://desk.test:8443", NULL, 0},
        {"https://desk.test:8443", "same-origin", 0},
        {"https://desk.test:8443", "cross-site", 403},
        {"https://desk.test:8443", "same-site", 403},
        {"https://desk.test:8443", "none", 403},
        {"http://desk.test:8443", NULL, 403},
        {"https://desk.test", NULL, 403},
        {"https://desk.test:8443/", NULL, 403},
        {"https://desk.test:84430", NULL, 403},
        {"https://192.168.1.5:8443", NULL, 403},
        {"null", NULL, 403},
        {"", NULL, 403},
        {NULL, NULL, 403},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_head head = head_of("POST", "/");
        struct hygiene_clean clean;
        if (rows[i].origin != NULL)
            add(&head, "Origin", rows[i].origin);
        if (rows[i].site != NULL)
            add(&head, "Sec-Fetch-Site", rows[i].site);
        assert_int_equal(check(&clean, &head), 0);
        if (hygiene_check_origin(&head, &clean).status != rows[i].status)
            fail_msg("origin row %zu: want %u", i, rows[i].status);
    }
    struct hygiene_head twice = head_of("POST", "/");
    struct hygiene_clean clean;
    add(&twice, "Origin", "https://desk.test:8443");
    add(&twice, "Origin", "https://desk.test:8443");
    assert_int_equal(check(&clean, &twice), 0);
    assert_int_equal(hygiene_check_origin(&twice, &clean).status, 403);
}

static void test_types(void **state)
{
    (void)state;
    static const char *const xml = "application/cap+xml text/xml";
    static const struct {
        const char *type;
        const char *types;
        unsigned status;
    } rows[] = {{"application/json", "application/json", 0},
        {"Application/JSON; charset=utf-8", "application/json", 0}, {"text/xml", NULL, 0},
        {"application/cap+xml", NULL, 0}, {"text/plain", NULL, 415}, {"text", NULL, 415},
        {"text/xml2", NULL, 415}, {"", NULL, 415}, {";", NULL, 415},
        {"application/x-www-form-urlencoded", "application/json", 415}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_head head = head_of("POST", "/");
        add(&head, "Content-Type", rows[i].type);
        const char *types = rows[i].types != NULL ? rows[i].types : xml;
        if (hygiene_check_type(&head, types).status != rows[i].status)
            fail_msg("type '%s': want %u", rows[i].type, rows[i].status);
    }
    struct hygiene_head none = head_of("POST", "/");
    assert_int_equal(hygiene_check_type(&none, xml).status, 415);
}

static void test_cookies(void **state)
{
    (void)state;
    static const struct {
        const char *cookies;
        enum err err;
        const char *value;
    } rows[] = {{"id=abc", ERR_OK, "abc"}, {"x=1; id=abc; y=2", ERR_OK, "abc"}, {"id=", ERR_OK, ""},
        {"xid=abc", ERR_MISSING, NULL}, {"id", ERR_MISSING, NULL}, {"", ERR_MISSING, NULL},
        {"id=a; id=b", ERR_EXISTS, NULL}, {"id=0123456789abcdef", ERR_LONG, NULL},
        {";;; id=q;", ERR_OK, "q"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hygiene_head head = head_of("GET", "/");
        char value[16];
        add(&head, "Cookie", rows[i].cookies);
        if (hygiene_find_cookie(value, sizeof value, &head, "id") != rows[i].err)
            fail_msg("cookies '%s': want %s", rows[i].cookies, err_name(rows[i].err));
        if (rows[i].err == ERR_OK)
            assert_string_equal(value, rows[i].value);
    }
}

static void test_names(void **state)
{
    (void)state;
    struct hygiene_site site = {0};
    char longest[HYGIENE_NAME_SIZE + 1];
    assert_int_equal(hygiene_add_name(&site, ""), ERR_TEXT);
    assert_int_equal(hygiene_add_name(&site, "a b"), ERR_TEXT);
    assert_int_equal(hygiene_add_name(&site, "a/b"), ERR_TEXT);
    memset(longest, 'a', HYGIENE_NAME_SIZE);
    longest[HYGIENE_NAME_SIZE] = '\0';
    assert_int_equal(hygiene_add_name(&site, longest), ERR_LONG);
    assert_int_equal(site.name_count, 0);
    for (unsigned i = 0; i < HYGIENE_NAMES_MAX; i++)
        assert_int_equal(hygiene_add_name(&site, "a"), ERR_OK);
    assert_int_equal(hygiene_add_name(&site, "a"), ERR_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_target_sizes),
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_lines_and_headers),
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("hygiene", tests, NULL, NULL);
}
