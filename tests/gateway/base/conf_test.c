/* conf: what a right file gives, and for each wrong one the line and what would be right. */
#include "gateway/base/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "sender = \"AZAT\"\nstate = \"/tmp/x\"\nfingerprint = \"ABCD\"\n"

static enum err load(struct conf *conf, char why[CONF_WHY_MAX], const char *text)
{
    char path[] = "/tmp/conf_testXXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    enum err err = conf_load(conf, why, path);
    unlink(path);
    return err;
}

static void test_right(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(
        load(&conf, why,
            HEAD
            "parts = 3\nlatin_first = true\nmodem \"one\" { device = \"/dev/a\" pin = \"1234\" "
            "per_minute = 30 answer_timeout = 5 }\nmodem \"two\" { device = \"/dev/b\" }\nradio { "
            "}\n"),
        ERR_OK);
    assert_string_equal(conf.sender, "AZAT");
    assert_int_equal(conf.parts, 3);
    assert_true(conf.latin_first);
    assert_int_equal(conf.modem_count, 2);
    assert_string_equal(conf.modems[1].name, "two");
    assert_string_equal(conf.modems[1].device, "/dev/b");
    assert_string_equal(conf.modems[0].pin, "1234");
    assert_int_equal(conf.modems[0].per_minute, 30);
    assert_int_equal(conf.modems[0].answer_timeout_s, 5);
    assert_int_equal(conf.modems[1].answer_timeout_s, 60);
    assert_int_equal(conf.modems[1].prompt_timeout_s, 20);
    assert_true(conf.radio);
    assert_string_equal(conf.radio_directory, "/tmp/x/air");
    assert_string_equal(conf.radio_programme, "hf");
    assert_int_equal(conf.report_wait_s, 60);
}

static const struct {
    const char *text;
    const char *why; /* must be part of the line shown */
} wrong[] = {
    {HEAD "partz = 3\n", ":4: no such option 'partz'"},
    {HEAD "parts = 9\n", ":4: parts is 9; it may be 1 to 6"},
    {HEAD "parts = many\n", ":4:"},
    {HEAD "\nmodem \"one\" { devise = \"/dev/a\" }\n", ":5: no such option 'devise'"},
    {HEAD "modem \"one\" { device = \"/dev/a\" prompt_timeout = 0 }\n",
        ":4: prompt_timeout is 0; it may be 1 to 600"},
    {HEAD "modem \"one\" { }\n", "needs device"},
    {HEAD "modem \"one\" { device = \"/dev/a\" pin = \"12a4\" }\n", "pin must be 4 to 8 digits"},
    {HEAD "modem \"one\" { device = \"/dev/a\" }\nmodem \"one\" { device = \"/dev/b\" }\n", "one"},
    {"sender = \"TWELVELETTER\"\n", ":1: sender is 12 bytes long; it may have 11"},
    {"sender = \"AZAT\"\nstate = \"/x\"\n", "this line is missing: fingerprint"},
    {"state = \"/x\"\n", "this line is missing: sender"},
    {HEAD "modem \"one\" { device = \"/dev/a\"\n", ":4: this section is not closed"},
};

static void test_wrong(void **state)
{
    (void)state;
    static struct conf conf;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char why[CONF_WHY_MAX];
        if (load(&conf, why, wrong[i].text) == ERR_OK)
            fail_msg("row %zu: was taken, want '%s'", i, wrong[i].why);
        if (strstr(why, wrong[i].why) == NULL)
            fail_msg("row %zu: got '%s', want '%s' in it", i, why, wrong[i].why);
    }
}

static void test_missing(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(conf_load(&conf, why, "/nonexistent/dabyl.conf"), ERR_MISSING);
    assert_string_equal(why, "/nonexistent/dabyl.conf: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
