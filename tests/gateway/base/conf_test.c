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
            "parts = 3\nlatin_first = true\nradio_text_ru = \"5505\"\nlawyer_text_en = \"Ask\"\n"
            "modem \"one\" { device = \"/dev/a\" pin = \"1234\" number = \"+77011234567\" "
            "per_minute = 30 per_hour = 900 per_day = 5000 answer_timeout = 5 }\nmodem \"two\" { "
            "device = \"/dev/b\" }\nradio { "
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
    assert_int_equal(conf.modems[0].per_hour, 900);
    assert_string_equal(conf.modems[0].number, "+77011234567");
    assert_string_equal(conf.radio_text[0], "");
    assert_string_equal(conf.radio_text[1], "5505");
    assert_string_equal(conf.lawyer_text[2], "Ask");
    assert_int_equal(conf.modems[0].per_day, 5000);
    assert_int_equal(conf.modems[1].per_day, 0);
    assert_int_equal(conf.modems[0].answer_timeout_s, 5);
    assert_int_equal(conf.modems[1].answer_timeout_s, 60);
    assert_int_equal(conf.modems[1].prompt_timeout_s, 8);
    assert_true(conf.radio);
    assert_string_equal(conf.radio_directory, "/tmp/x/air");
    assert_string_equal(conf.radio_programme, "hf");
    assert_string_equal(conf.radio_call, "");
    assert_int_equal(conf.report_wait_s, 60);
}

static void test_modems_by_identity(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(
        load(&conf, why,
            HEAD "devices = \"/tmp/tty*\"\n"
                 "modem \"one\" { imei = \"356938035643015\" usb_reset = \"/bin/x\" "
                 "ussd = \"*100#\" ussd_pattern = \"Balance: ([0-9]+)\" }\n"
                 "modem \"two\" { iccid = \"8977101000000000012\" ussd_every = 60 }\n"),
        ERR_OK);
    assert_string_equal(conf.devices, "/tmp/tty*");
    assert_string_equal(conf.modems[0].device, "");
    assert_string_equal(conf.modems[0].imei, "356938035643015");
    assert_string_equal(conf.modems[0].usb_reset, "/bin/x");
    assert_string_equal(conf.modems[0].ussd, "*100#");
    assert_string_equal(conf.modems[0].ussd_pattern, "Balance: ([0-9]+)");
    assert_int_equal(conf.modems[0].ussd_every_s, 3600);
    assert_string_equal(conf.modems[1].iccid, "8977101000000000012");
    assert_string_equal(conf.modems[1].ussd, "");
    assert_int_equal(conf.modems[1].ussd_every_s, 60);
    assert_int_equal(load(&conf, why, HEAD), ERR_OK);
    assert_string_equal(conf.devices, "/dev/serial/by-id/* /dev/ttyUSB* /dev/ttyACM*");
}

static void test_transmitter(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(load(&conf, why, HEAD "radio { }\n"), ERR_OK);
    assert_string_equal(conf.transmitter.card, "");
    assert_string_equal(conf.transmitter.ptt, "none");
    assert_string_equal(conf.transmitter.at, ":00 :30");
    assert_int_equal(conf.transmitter.lead_ms, 400);
    assert_int_equal(conf.transmitter.duty, 25);
    assert_true(conf.radio_quiet);
    assert_int_equal(
        load(&conf, why,
            HEAD "radio { call = \"UN7ABC-10\" card = \"plughw:1,0\" ptt = \"rts\" ptt_device = "
                 "\"/dev/ttyS0\" rig = \"127.0.0.1:4532\" mode = \"USB\" frequency "
                 "= \"7105000\" at = \":15\" receiver = \"plughw:2\" "
                 "receiver_level = -50 max_seconds = 300 duty = 10 lead_ms = 300 quiet = "
                 "\"never\" }\n"),
        ERR_OK);
    assert_string_equal(conf.transmitter.card, "plughw:1,0");
    assert_false(conf.radio_quiet);
    assert_string_equal(conf.radio_call, "UN7ABC-10");
    assert_string_equal(conf.transmitter.ptt_device, "/dev/ttyS0");
    assert_string_equal(conf.transmitter.rig, "127.0.0.1:4532");
    assert_string_equal(conf.transmitter.frequency, "7105000");
    assert_string_equal(conf.transmitter.receiver, "plughw:2");
    assert_int_equal(conf.transmitter.receiver_level, -50);
    assert_int_equal(conf.transmitter.max_seconds, 300);
    assert_int_equal(load(&conf, why, HEAD "radio { quiet = \"daily\" }\n"), ERR_FORMAT);
    assert_non_null(strstr(why, "quiet is 'daily'; it may be hourly or never"));
}

#define BIND "smpp \"op\" { host = \"127.0.0.1\" system_id = \"azat\" password_file = \"/p\" "

static void test_smpp(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(load(&conf, why,
                         HEAD BIND "port = 2776 source = \"1414\" window = 20 per_second = 50 }\n"
                                   "smpp \"two\" { host = \"h\" system_id = \"b\" "
                                   "password_file = \"/q\" }\n"),
        ERR_OK);
    assert_int_equal(conf.smpp_count, 2);
    assert_string_equal(conf.smpp[0].name, "op");
    assert_string_equal(conf.smpp[0].host, "127.0.0.1");
    assert_int_equal(conf.smpp[0].port, 2776);
    assert_string_equal(conf.smpp[0].system_id, "azat");
    assert_string_equal(conf.smpp[0].password_file, "/p");
    assert_string_equal(conf.smpp[0].source, "1414");
    assert_int_equal(conf.smpp[0].window, 20);
    assert_int_equal(conf.smpp[0].per_second, 50);
    assert_string_equal(conf.smpp[1].source, "");
    assert_int_equal(conf.smpp[1].port, 2775);
    assert_int_equal(conf.smpp[1].window, 10);
    assert_int_equal(conf.smpp[1].per_second, 0);
    assert_int_equal(conf.smpp[1].answer_timeout_s, 60);
}

static void test_newsroom(void **state)
{
    (void)state;
    static struct conf conf;
    char why[CONF_WHY_MAX];
    assert_int_equal(load(&conf, why, HEAD), ERR_OK);
    assert_false(conf.newsroom.on);
    assert_int_equal(load(&conf, why, HEAD "newsroom { }\n"), ERR_OK);
    assert_true(conf.newsroom.on);
    assert_string_equal(conf.newsroom.listen, "0.0.0.0");
    assert_int_equal(conf.newsroom.port, 8443);
    assert_string_equal(conf.newsroom.names, "");
    assert_string_equal(conf.newsroom.page, "");
    assert_int_equal(load(&conf, why,
                         HEAD "newsroom { listen = \"127.0.0.1\" port = 443 "
                              "names = \"desk.test 10.0.0.1\" page = \"/tmp/page\" }\n"),
        ERR_OK);
    assert_string_equal(conf.newsroom.listen, "127.0.0.1");
    assert_int_equal(conf.newsroom.port, 443);
    assert_string_equal(conf.newsroom.names, "desk.test 10.0.0.1");
    assert_string_equal(conf.newsroom.page, "/tmp/page");
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
    {HEAD "radio { lead_ms = 200 }\n", ":4: lead_ms is 200; it may be 300 to 500"},
    {HEAD "radio { call = \"UN7ABCDE-10\" }\n", ":4: call is 11 bytes long; it may have 9"},
    {HEAD "radio { duty = 0 }\n", ":4: duty is 0; it may be 1 to 100"},
    {HEAD "radio { rig = \"127.0.0.1:4532\" }\n", ":4: radio has rig and needs card"},
    {HEAD "radio { card = \"a\" mode = \"USB\" }\n", ":4: radio has mode and needs rig"},
    {HEAD "newsroom { port = 0 }\n", ":4: port is 0; it may be 1 to 65535"},
    {HEAD "newsroom { name = \"desk\" }\n", ":4: no such option 'name'"},
    {HEAD "modem \"one\" { device = \"/dev/a\" pin = \"12a4\" }\n", "pin must be 4 to 8 digits"},
    {HEAD "modem \"one\" { device = \"/dev/a\" }\nmodem \"one\" { device = \"/dev/b\" }\n", "one"},
    {"sender = \"TWELVELETTER\"\n", ":1: sender is 12 bytes long; it may have 11"},
    {"sender = \"AZAT\"\nstate = \"/x\"\n", "this line is missing: fingerprint"},
    {"state = \"/x\"\n", "this line is missing: sender"},
    {HEAD "modem \"one\" { imei = \"35693803564301\" }\n", "imei must be 15 digits"},
    {HEAD "modem \"one\" { iccid = \"897710\" }\n", "iccid must be 18 to 20 digits"},
    {HEAD "modem \"one\" { device = \"/a\" ussd = \"*1#\" }\n", "needs ussd_pattern"},
    {HEAD "modem \"one\" { device = \"/a\" ussd_pattern = \"([0-9]\" }\n", "ussd_pattern must"},
    {HEAD "modem \"one\" { device = \"/a\" ussd_pattern = \"[0-9]+\" }\n", "in brackets"},
    {HEAD "modem \"one\" { device = \"/a\" ussd_every = 59 }\n", ":4: ussd_every is 59"},
    {HEAD "modem \"one\" { device = \"/dev/a\"\n", ":4: this section is not closed"},
    {HEAD BIND "port = 70000 }\n", ":4: port is 70000; it may be 1 to 65535"},
    {HEAD BIND "window = 0 }\n", ":4: window is 0; it may be 1 to 256"},
    {HEAD BIND "per_second = 10001 }\n", ":4: per_second is 10001; it may be 0 to 10000"},
    {HEAD BIND "source = \"123456789012345678901\" }\n",
        ":4: source is 21 bytes long; it may have 20"},
    {HEAD "smpp \"op\" { system_id = \"a\" password_file = \"/p\" }\n", "smpp \"op\" needs host"},
    {HEAD "smpp \"op\" { host = \"h\" password_file = \"/p\" }\n", "smpp \"op\" needs system_id"},
    {HEAD "smpp \"op\" { host = \"h\" system_id = \"a\" }\n", "smpp \"op\" needs password_file"},
    {HEAD "smpp \"op\" { host = \"h\" system_id = \"0123456789abcdef\" }\n", "it may have 15"},
    {HEAD BIND "}\nmodem \"op\" { device = \"/dev/a\" }\n", "has the name of a modem"},
    {HEAD "smpp \"\" { }\n", "the name of this smpp must have 1 to 31 bytes"},
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
        cmocka_unit_test(test_modems_by_identity),
        cmocka_unit_test(test_newsroom),
        cmocka_unit_test(test_transmitter),
        cmocka_unit_test(test_smpp),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
