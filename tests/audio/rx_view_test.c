/* The screen that people watch: everything has its row, nothing from the air moves the cursor, it fits any size. */
#include "audio/rx_view.h"

#include "gateway/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define EVIL                                                                                       \
    "\x1b[2J\x1b]0;x\a\x9b"                                                                        \
    "5n\xe2\x80\xae\r\n\t"

static struct rx_view view;
static struct collect collect;
static struct rx_judge judge;
static struct rx_view_now now;
static char screen[RX_VIEW_SIZE];

static int start(void **state)
{
    (void)state;
    memset(&view, 0, sizeof view);
    memset(&judge, 0, sizeof judge);
    collect_init(&collect);
    view.source = "default";
    now = (struct rx_view_now){.collect = &collect, .judge = &judge, .rows = 24, .columns = 80};
    return 0;
}

static const char *print(void)
{
    size_t size = rx_view_print(screen, &view, &now);
    assert_int_equal(size, strlen(screen));
    return screen;
}

static void check_shown(const char *part)
{
    if (!strstr(screen, part))
        fail_msg("\"%s\" is not in:\n%s", part, screen);
}

/* Rows and columns as a terminal takes them; any control that is not ours fails. */
static void check_fits(unsigned rows, unsigned columns)
{
    const char *at = screen;
    unsigned row = 1, column = 0;
    while (*at) {
        if (!strncmp(at, "\x1b[H", 3) || !strncmp(at, "\x1b[K", 3) || !strncmp(at, "\x1b[J", 3)) {
            at += 3;
            continue;
        }
        uint32_t code = utf8_next(&at);
        if (code == '\r' && *at == '\n') {
            at++;
            row++;
            column = 0;
        } else if (code < ' ' || (code >= 0x7f && code < 0xa0) || code == 0xfffd ||
                   code == 0x202e) {
            fail_msg("row %u has %04x: %s", row, code, screen);
        } else {
            column++;
        }
        assert_in_range(column, 0, columns - 1);
        assert_in_range(row, 1, rows);
    }
}

static struct rx_heard make_heard(enum err result, uint32_t number, const char *text)
{
    struct rx_heard heard = {.result = result, .readable = true, .code = "2QNB"};
    heard.bulletin.number = number;
    heard.bulletin.languages = 1 << BULLETIN_RU;
    snprintf(heard.bulletin.text[BULLETIN_RU].headline, BULLETIN_HEADLINE_MAX, "%s", text);
    snprintf(heard.bulletin.text[BULLETIN_RU].instruction, BULLETIN_INSTRUCTION_MAX, "%s", text);
    return heard;
}

static void fill(const char *text)
{
    for (uint32_t i = 0; i < 20; i++) {
        struct rx_heard heard = make_heard(i % 3 ? ERR_OK : ERR_QUORUM, 100 + i, text);
        rx_view_take_heard(&view, &heard);
        rx_view_take_text(&view, RX_TEXT_MFSK32, text);
        rx_view_take_notice(&view, text);
    }
    collect.object_count = COLLECT_OBJECTS_MAX;
    for (unsigned i = 0; i < COLLECT_OBJECTS_MAX; i++)
        collect.objects[i].k = 16;
}

static void test_parts(void **state)
{
    (void)state;
    static const int16_t loud[] = {16384, -16384, 16384, -16384};
    struct rx_heard good = make_heard(ERR_OK, 41, "Уходите"),
                    bad = make_heard(ERR_QUORUM, 42, "Ложь");
    print();
    check_shown("no sound comes");
    check_shown("waits for sound");
    check_shown("bulletins: none yet");
    rx_view_take_sound(&view, loud, 4);
    rx_view_take_heard(&view, &good);
    rx_view_take_heard(&view, &bad);
    rx_view_take_text(&view, RX_TEXT_MFSK32, "CALL 112");
    rx_view_take_notice(&view, "a notice");
    collect.object_count = 2;
    collect.objects[0].k = 3;
    collect.objects[1].k = 9;
    collect.objects[1].kind = FRAME_BUNDLE;
    now.front = (struct rx_front_stats){
        .good = 3, .bad = 2, .synced = true, .snr_last_db = 3.2, .offset_last_hz = -40};
    print();
    check_shown("-6 dB, peak -6 dB");
    check_shown("hears data; last SNR 3.2 dB, offset -40 Hz");
    check_shown("3 heard, 2 failed");
    check_shown("0 of 3 frames");
    check_shown("0 of 9 frames of several older ones");
    check_shown("VERIFIED  0000 41");
    check_shown("check code 2QNB");
    check_shown("[ru] Уходите");
    check_shown("not verified  0000 42");
    check_shown("not enough different editors");
    check_shown("MFSK32: CALL 112");
    check_shown("a notice");
    assert_null(strstr(screen, "Ложь")); /* what is not verified is not shown */
    print();
    check_shown("no sound comes");
}

static void test_missing(void **state)
{
    (void)state;
    judge.newsroom_count = 1;
    judge.newsrooms[0].least = 40;
    judge.newsrooms[0].most = 42;
    judge.newsrooms[0].number_count = 2;
    judge.newsrooms[0].numbers[0] = 40;
    judge.newsrooms[0].numbers[1] = 42;
    print();
    check_shown("missing between the numbers that were heard: 41");
}

static void test_injection(void **state)
{
    (void)state;
    view.source = EVIL;
    fill(EVIL);
    print();
    check_fits(24, 80);
}

/* However large, however small, however much there is. */
static void test_sizes(void **state)
{
    (void)state;
    char text[600];
    memset(text, 'w', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 9; i < sizeof text - 1; i += 10)
        text[i] = ' ';
    fill(text);
    static const unsigned sizes[][2] = {
        {24, 80}, {4, 20}, {5, 30}, {10, 40}, {50, 132}, {200, 256}, {24, 21}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        now.rows = sizes[i][0];
        now.columns = sizes[i][1];
        print();
        check_fits(now.rows, now.columns);
    }
    now.rows = now.columns = 0; /* some terminals say so */
    print();
    check_fits(4, 20);
    now.rows = now.columns = 100000;
    print();
    check_fits(RX_VIEW_ROWS_MAX, RX_VIEW_COLUMNS_MAX);
}

/* At 24x80, however much text there is, the newest bulletin, text and notice are seen. */
static void test_newest(void **state)
{
    (void)state;
    fill("first");
    struct rx_heard heard = make_heard(ERR_OK, 999, "newest bulletin");
    rx_view_take_heard(&view, &heard);
    rx_view_take_text(&view, RX_TEXT_AFSK1200, "newest text");
    rx_view_take_notice(&view, "newest notice");
    print();
    check_shown("999");
    check_shown("newest bulletin");
    check_shown("AFSK1200: newest text");
    check_shown("newest notice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_parts, start),
        cmocka_unit_test_setup(test_missing, start),
        cmocka_unit_test_setup(test_injection, start),
        cmocka_unit_test_setup(test_sizes, start),
        cmocka_unit_test_setup(test_newest, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
