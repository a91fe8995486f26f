/* own_names: this machine's name is listed, nothing twice, and no list is too short. */
#include "gateway/parent/own_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#define LIST_SIZE 1024

static unsigned times(const char *list, const char *name)
{
    char copy[LIST_SIZE];
    char *rest = copy;
    unsigned found = 0;
    (void)snprintf(copy, sizeof copy, "%s", list);
    for (char *one; (one = strsep(&rest, " ")) != NULL;)
        found += strcmp(one, name) == 0;
    return found;
}

static void test_own_name(void **state)
{
    (void)state;
    char host[65] = "";
    char list[LIST_SIZE] = "desk.test";
    assert_int_equal(gethostname(host, sizeof host - 1), 0);
    own_names_append(list, sizeof list, "0.0.0.0");
    assert_int_equal(strncmp(list, "desk.test ", 10), 0);
    assert_int_equal(times(list, host), 1);
    assert_int_equal(times(list, "127.0.0.1"), 0);
    assert_int_equal(times(list, ""), 0);
    own_names_append(list, sizeof list, "0.0.0.0");
    assert_int_equal(times(list, host), 1);
}

/* The first name is the one that is printed: it must lead to where we listen. */
static void test_listened(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"127.0.0.1", "localhost"}, {"127.0.0.9", "localhost"},
        {"::1", "localhost"}, {"192.0.2.77", "192.0.2.77"}, {"2001:db8::7", "2001:db8::7"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char list[LIST_SIZE] = "";
        own_names_append(list, sizeof list, cases[i][0]);
        list[strcspn(list, " ")] = '\0';
        assert_string_equal(list, cases[i][1]);
    }
    char all[LIST_SIZE] = "";
    own_names_append(all, sizeof all, "0.0.0.0");
    assert_int_equal(times(all, "0.0.0.0"), 0);
}

static void test_short_lists(void **state)
{
    (void)state;
    char whole[LIST_SIZE] = "";
    own_names_append(whole, sizeof whole, "0.0.0.0");
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        char list[LIST_SIZE];
        memset(list, 'x', sizeof list);
        list[0] = '\0';
        own_names_append(list, size, "0.0.0.0");
        assert_true(strlen(list) < size);
        char *rest = list;
        for (char *one; (one = strsep(&rest, " ")) != NULL;)
            assert_true(one[0] == '\0' || times(whole, one) == 1); /* none is cut */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_name),
        cmocka_unit_test(test_listened),
        cmocka_unit_test(test_short_lists),
    };
    return cmocka_run_group_tests_name("own_names", tests, NULL, NULL);
}
