/* routes and requests: which path fits which pattern, and numbers of path and query. */
#include "gateway/newsroom/request.h"
#include "gateway/newsroom/routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void nobody(struct request *request)
{
    (void)request;
}

static const struct route routes[] = {
    {ROUTES_GET, "/api/drafts", 0, 0, NULL, nobody},
    {ROUTES_POST, "/api/drafts", 0, 0, NULL, nobody},
    {ROUTES_GET, "/api/drafts/:id", 0, 0, NULL, nobody},
    {ROUTES_POST, "/api/drafts/:id/approvals", 0, 0, NULL, nobody},
    {ROUTES_GET, "/api/audit/verify", 0, 0, NULL, nobody},
    {ROUTES_GET, "/api/:one/:two", 0, 0, NULL, nobody},
};
static const struct routes_table table = {routes, sizeof routes / sizeof routes[0]};

static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        enum routes_method method;
        const char *path;
        enum err err;
        size_t route;
        const char *arguments[REQUEST_ARGUMENTS_MAX];
    } rows[] = {
        {ROUTES_GET, "/api/drafts", ERR_OK, 0, {NULL}},
        {ROUTES_POST, "/api/drafts", ERR_OK, 1, {NULL}},
        {ROUTES_PUT, "/api/drafts", ERR_STATE, 0, {NULL}},
        {ROUTES_GET, "/api/drafts/7", ERR_OK, 2, {"7"}},
        {ROUTES_POST, "/api/drafts/7", ERR_STATE, 0, {NULL}},
        {ROUTES_POST, "/api/drafts/7/approvals", ERR_OK, 3, {"7"}},
        {ROUTES_GET, "/api/audit/verify", ERR_OK, 4, {NULL}},
        {ROUTES_GET, "/api/a/b", ERR_OK, 5, {"a", "b"}},
        {ROUTES_GET, "/api/drafts/", ERR_MISSING, 0, {NULL}},
        {ROUTES_GET, "/api", ERR_MISSING, 0, {NULL}},
        {ROUTES_GET, "/api/drafts/7/approvals/8", ERR_MISSING, 0, {NULL}},
        {ROUTES_GET, "/apix/drafts", ERR_MISSING, 0, {NULL}},
        {ROUTES_GET, "/", ERR_MISSING, 0, {NULL}},
        {ROUTES_GET,
            "/api/drafts/"
            "0123456789012345678901234567890123456789012345678901234567890123",
            ERR_MISSING, 0, {NULL}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct request_arguments arguments;
        const struct route *route = NULL;
        enum err err = routes_find(&route, &arguments, &table, rows[i].method, rows[i].path);
        if (err != rows[i].err)
            fail_msg("%s: got %s, want %s", rows[i].path, err_name(err), err_name(rows[i].err));
        if (err != ERR_OK)
            continue;
        assert_ptr_equal(route, &routes[rows[i].route]);
        for (unsigned j = 0; j < REQUEST_ARGUMENTS_MAX && rows[i].arguments[j] != NULL; j++)
            assert_string_equal(arguments.text[j], rows[i].arguments[j]);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
        uint64_t value;
    } rows[] = {{"0", ERR_OK, 0}, {"41", ERR_OK, 41}, {"9223372036854775807", ERR_OK, INT64_MAX},
        {"9223372036854775808", ERR_VALUE, 0}, {"99999999999999999999999", ERR_VALUE, 0},
        {"-1", ERR_FORMAT, 0}, {"1.5", ERR_FORMAT, 0}, {"", ERR_FORMAT, 0}, {" 1", ERR_FORMAT, 0},
        {"0x1", ERR_FORMAT, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct request request = {.arguments = {.count = 1}};
        char query[64];
        uint64_t value = 5;
        (void)snprintf(request.arguments.text[0], REQUEST_ARGUMENT_SIZE, "%s", rows[i].text);
        assert_int_equal(request_number(&value, &request, 0), rows[i].err);
        if (rows[i].err == ERR_OK)
            assert_int_equal(value, rows[i].value);
        (void)snprintf(query, sizeof query, "x=7&after=%s&y", rows[i].text);
        request.query = query;
        value = 5;
        assert_int_equal(request_query_number(&value, &request, "after"), rows[i].err);
        if (rows[i].err == ERR_OK)
            assert_int_equal(value, rows[i].value);
        value = 5;
        assert_int_equal(request_query_number(&value, &request, "fter"), ERR_OK);
        assert_int_equal(value, 5);
        assert_int_equal(request_number(&value, &request, 1), ERR_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests_name("routes", tests, NULL, NULL);
}
