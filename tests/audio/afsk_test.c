/* AFSK1200 and APRS bulletins, both ways, through FM; that others read them is packet_check's to show. */
#include "audio/afsk.h"
#include "audio/afsk_rx.h"
#include "audio/aprs.h"
#include "audio/hdlc.h"
#include "tests/audio/channel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PEAK 8000.0
#define SILENCE_MS 700
#define FRAMES_MAX 64
#define TEXT                                                                                       \
    "AZAT No 41 23:05 Almaty: shooting on Tole Bi street. Stay inside, lock the doors, keep "      \
    "away from windows. Until 06:00. (7Q2K)"

struct heard {
    size_t count;
    struct ax25 frame[FRAMES_MAX];
};

static void add_frame(void *arg, const struct ax25 *frame)
{
    struct heard *heard = arg;

    if (heard->count < FRAMES_MAX)
        heard->frame[heard->count++] = *frame;
}

static void hear(struct heard *heard, const struct pcm *pcm)
{
    struct afsk_rx *rx = afsk_rx_new(add_frame, heard);

    heard->count = 0;
    for (size_t at = 0; at < pcm->count; at += 333)
        afsk_rx_take(rx, pcm->samples + at, pcm->count - at < 333 ? pcm->count - at : 333);
    afsk_rx_free(rx);
}

static struct ax25 make_frame(const char *text)
{
    struct ax25 frame = {.source = "UN7ABC-10", .destination = "APZDBL", .text_size = strlen(text)};

    memcpy(frame.text, text, frame.text_size);
    return frame;
}

static void sound(struct pcm *pcm, const struct ax25 *frame, unsigned times)
{
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;

    assert_int_equal(ax25_encode(bytes, &size, frame), ERR_OK);
    pcm_append_silence(pcm, SILENCE_MS);
    for (unsigned i = 0; i < times; i++) {
        afsk_append(pcm, bytes, size, i ? AFSK_NEXT_FLAGS : AFSK_LEAD_FLAGS, PEAK);
        pcm_append_silence(pcm, 2 * SILENCE_MS);
    }
}

/* The bytes of a frame by hand: addresses from AX.25 2.2, 3.12; the check sequence of "123456789" is X.25's 906e. */
static void a_frame_has_its_bytes(void **state)
{
    static const uint8_t head[] = {'A' << 1, 'P' << 1, 'Z' << 1, ('D' << 1) & 0xff,
        ('B' << 1) & 0xff, ('L' << 1) & 0xff, 0xe0, ('U' << 1) & 0xff, ('N' << 1) & 0xff, '7' << 1,
        'A' << 1, 'B' << 1, 'C' << 1, 0x60 | 10 << 1 | 1, 0x03, 0xf0, 'h', 'i'};
    struct ax25 frame = make_frame("hi"), back;
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;

    (void)state;
    assert_int_equal(ax25_encode(bytes, &size, &frame), ERR_OK);
    assert_int_equal(size, sizeof head + 2);
    assert_memory_equal(bytes, head, sizeof head);
    assert_int_equal(ax25_decode(&back, bytes, size), ERR_OK);
    assert_string_equal(back.source, "UN7ABC-10");
    assert_string_equal(back.destination, "APZDBL");
    assert_int_equal(back.text_size, 2);
    for (size_t bit = 0; bit < size * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(ax25_decode(&back, bytes, size), ERR_FORMAT);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_int_equal(ax25_decode(&back, bytes, 2), ERR_SHORT);
}

static void call_signs_are_checked(void **state)
{
    static const char *const good[] = {"N0CALL", "UN7ABC-10", "A", "UP4L-1", "AB1CDE-15"};
    static const char *const bad[] = {"", "-1", "un7abc", "AB1CDEF", "UN7ABC-16", "UN7ABC-0",
        "UN7ABC-", "UN7ABC-1x", "UN 7", "А"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(ax25_check_call(good[i]), ERR_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ax25_check_call(bad[i]), ERR_FORMAT);
}

/* Lines hold 67 characters, are cut between words, lose nothing, and three are enough for one text message. */
static void text_is_cut_into_lines(void **state)
{
    const char *text = TEXT;
    char all[256] = "", line[APRS_LINE_MAX + 1], worst[161];
    unsigned lines = 0;

    (void)state;
    for (aprs_take_line(line, &text); line[0]; aprs_take_line(line, &text)) {
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", lines++ ? " " : "", line);
        assert_in_range(strlen(line), 1, APRS_LINE_MAX);
    }
    assert_string_equal(all, TEXT);
    assert_int_equal(lines, 2);
    for (size_t word = 1; word < 160; word++) {
        for (size_t i = 0; i < 160; i++)
            worst[i] = i % (word + 1) == word ? ' ' : 'x';
        worst[160] = '\0';
        text = worst;
        for (lines = 0; aprs_take_line(line, &text), line[0]; lines++)
            assert_in_range(strlen(line), 1, APRS_LINE_MAX);
        assert_in_range(lines, 3, 3);
    }
    text = "a|b~c{d}e\tf";
    aprs_take_line(line, &text);
    assert_string_equal(line, "a/b-c(d)e f");
}

static void a_line_is_printed_and_parsed(void **state)
{
    struct aprs_line line = {.source = "N0CALL", .name = '3', .text = "Stay inside."}, back;
    struct ax25 frame;

    (void)state;
    assert_int_equal(aprs_print_line(&frame, &line), ERR_OK);
    assert_int_equal(frame.text_size, 23);
    assert_memory_equal(frame.text, ":BLN3     :Stay inside.", 23);
    assert_int_equal(aprs_parse_line(&back, &frame), ERR_OK);
    assert_string_equal(back.source, "N0CALL");
    assert_int_equal(back.name, '3');
    assert_string_equal(back.text, "Stay inside.");
    line.name = '?';
    assert_int_equal(aprs_print_line(&frame, &line), ERR_VALUE);
    frame = make_frame(":N0CALL   :hello");
    assert_int_equal(aprs_parse_line(&back, &frame), ERR_MISSING);
    frame = make_frame(":BLN0WX   :a\x1b[2Jb\r\n");
    assert_int_equal(aprs_parse_line(&back, &frame), ERR_OK);
    assert_string_equal(back.text, "a.[2Jb");
    frame = make_frame(":BLN0     :"
                       "12345678901234567890123456789012345678901234567890123456789012345678");
    assert_int_equal(aprs_parse_line(&back, &frame), ERR_LONG);
}

static void length_is_known_before(void **state)
{
    struct ax25 frame = make_frame(":BLN0     :" TEXT);
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;

    (void)state;
    assert_int_equal(ax25_encode(bytes, &size, &frame), ERR_OK);
    for (unsigned rate_hz = 8000; rate_hz <= 48000; rate_hz += 4321) {
        struct pcm pcm;

        pcm_init(&pcm, rate_hz);
        afsk_append(&pcm, bytes, size, AFSK_LEAD_FLAGS, PEAK);
        assert_int_equal(pcm.count, afsk_count_samples(bytes, size, AFSK_LEAD_FLAGS, rate_hz));
        pcm_wipe(&pcm);
    }
}

/* Bytes of any kind, runs of ones too, in frames of every length. */
static void every_frame_is_heard(void **state)
{
    static struct heard heard;
    unsigned byte = 1;

    (void)state;
    for (size_t size = 1; size <= AX25_TEXT_MAX; size += 15) {
        struct ax25 frame = make_frame("");
        struct pcm pcm;

        frame.text_size = size;
        for (size_t i = 0; i < size; i++)
            frame.text[i] = i % 3 ? 0xff : (uint8_t)(byte = byte * 73 + 41);
        pcm_init(&pcm, AFSK_RX_RATE_HZ);
        sound(&pcm, &frame, 1);
        hear(&heard, &pcm);
        assert_int_equal(heard.count, 1);
        assert_int_equal(heard.frame[0].text_size, size);
        assert_memory_equal(heard.frame[0].text, frame.text, size);
        pcm_wipe(&pcm);
    }
}

/* How many of so many frames come through FM. */
static size_t count_through(const char *options, unsigned times)
{
    static struct heard heard;
    struct ax25 frame =
        make_frame(":BLN0     :AZAT No 41 23:05 Almaty: shooting on Tole Bi street.");
    struct pcm pcm, air;

    pcm_init(&pcm, AFSK_RX_RATE_HZ);
    sound(&pcm, &frame, times);
    assert_int_equal(channel_play(&air, &pcm, options), 0);
    hear(&heard, &air);
    for (size_t i = 0; i < heard.count; i++)
        assert_memory_equal(heard.frame[i].text, frame.text, frame.text_size);
    pcm_wipe(&pcm);
    pcm_wipe(&air);
    return heard.count;
}

static void noise_on_fm_is_borne(void **state)
{
    (void)state;
    assert_int_equal(count_through("--fm-cn 12 --seed 3", 20), 20);
    assert_int_equal(count_through("--fm-cn 12 --seed 4 --ppm 200", 20), 20);
}

static void noise_says_nothing(void **state)
{
    static struct heard heard;
    struct pcm pcm, air;

    (void)state;
    pcm_init(&pcm, AFSK_RX_RATE_HZ);
    pcm_append_silence(&pcm, 120000);
    assert_int_equal(channel_play(&air, &pcm, "--fm-cn -20"), 0);
    hear(&heard, &air);
    assert_int_equal(heard.count, 0);
    pcm_wipe(&pcm);
    pcm_wipe(&air);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_has_its_bytes),
        cmocka_unit_test(call_signs_are_checked),
        cmocka_unit_test(text_is_cut_into_lines),
        cmocka_unit_test(a_line_is_printed_and_parsed),
        cmocka_unit_test(length_is_known_before),
        cmocka_unit_test(every_frame_is_heard),
        cmocka_unit_test(noise_on_fm_is_borne),
        cmocka_unit_test(noise_says_nothing),
    };

    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
