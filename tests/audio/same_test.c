/* The header of the Emergency Alert System: what it says, and its sound; that others read it is same_check's to show. */
#include "audio/same.h"
#include "gateway/bulletin/phrases.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RATE_HZ 8000
#define PREAMBLE_BYTES 16
#define SENT_S 1795521900 /* 2026-11-24T12:05:00Z, the 328th day */

static struct bulletin make_bulletin(void)
{
    return (struct bulletin){.number = 41,
        .sent_s = SENT_S,
        .lifetime_min = 360,
        .kind = BULLETIN_ALERT,
        .category = BULLETIN_SAFETY,
        .response = BULLETIN_RESPONSE_NONE,
        .regions = BULLETIN_COUNTRY};
}

static void assert_header(const struct bulletin *bulletin, const char *station, const char *want)
{
    char text[SAME_TEXT_SIZE];

    same_print(text, bulletin, station);
    assert_string_equal(text, want);
}

static void a_header_says_what_where_and_when(void **state)
{
    struct bulletin bulletin = make_bulletin();

    (void)state;
    assert_header(&bulletin, "UN7ABC-10", "ZCZC-CIV-CEM-099000+0600-3281205-UN7ABC  -");
    bulletin.regions = 1u << 1 | 1u << 20;
    bulletin.lifetime_min = 46;
    assert_header(&bulletin, "AZAT", "ZCZC-CIV-CEM-099001-099020+0100-3281205-AZAT    -");
    bulletin.lifetime_min = 61;
    assert_header(&bulletin, "", "ZCZC-CIV-CEM-099001-099020+0130-3281205-        -");
    bulletin.regions = BULLETIN_REGIONS_ALL;
    bulletin.lifetime_min = BULLETIN_LIFETIME_MAX_MIN;
    bulletin.sent_s = 1735689600; /* the first minute of 2025 */
    assert_header(&bulletin, "Newsroom, Almaty", "ZCZC-CIV-CEM-099000+2400-0010000-Newsroom-");
}

/* The longest is of all regions one by one. */
static void the_longest_header_fits(void **state)
{
    struct bulletin bulletin = make_bulletin();
    char text[SAME_TEXT_SIZE];

    (void)state;
    bulletin.regions = BULLETIN_REGIONS_ALL & ~BULLETIN_COUNTRY;
    same_print(text, &bulletin, "UN7ABC");
    assert_non_null(strstr(text, "-099001-"));
    assert_non_null(strstr(text, "-099020+0600-3281205-UN7ABC  -"));
    assert_int_equal(strlen(text), 12 + 20 * 7 + 5 + 8 + 10);
}

/* A drill is practice, whatever it is about; what to do says more than what happened, and that more than its category. */
static void the_code_is_of_what_matters_most(void **state)
{
    struct bulletin bulletin = make_bulletin();

    (void)state;
    bulletin.category = BULLETIN_SECURITY;
    assert_header(&bulletin, "A", "ZCZC-CIV-CDW-099000+0600-3281205-A       -");
    assert_int_equal(phrases_event_parse(&bulletin.event, "earthquake"), ERR_OK);
    assert_header(&bulletin, "A", "ZCZC-CIV-EQW-099000+0600-3281205-A       -");
    bulletin.response = BULLETIN_SHELTER;
    assert_header(&bulletin, "A", "ZCZC-CIV-SPW-099000+0600-3281205-A       -");
    bulletin.kind = BULLETIN_DRILL;
    assert_header(&bulletin, "A", "ZCZC-CIV-DMO-099000+0600-3281205-A       -");
    bulletin.kind = BULLETIN_RETRACT;
    assert_header(&bulletin, "A", "ZCZC-CIV-ADR-099000+0600-3281205-A       -");
}

static double power(const int16_t *samples, size_t count, double hz)
{
    double re = 0, im = 0;

    for (size_t i = 0; i < count; i++) {
        re += samples[i] * cos(2 * M_PI * hz * (double)i / RATE_HZ);
        im += samples[i] * sin(2 * M_PI * hz * (double)i / RATE_HZ);
    }
    return re * re + im * im;
}

/* Bytes from a place on, lowest bit first, by which tone is louder in each bit's time. */
static void hear(char *text, size_t size, const struct pcm *pcm, size_t from)
{
    double bit_samples = RATE_HZ * 48.0 / 25000.0;

    for (size_t at = 0; at < size; at++) {
        unsigned byte = 0;

        for (unsigned bit = 0; bit < 8; bit++) {
            size_t start = from + (size_t)lround((double)(8 * at + bit) * bit_samples);
            const int16_t *samples = pcm->samples + start;

            assert_true(start + 15 <= pcm->count);
            byte |= (power(samples, 15, 6250.0 / 3) > power(samples, 15, 1562.5) ? 1u : 0) << bit;
        }
        text[at] = (char)byte;
    }
}

static void it_is_heard_three_times(void **state)
{
    static const char text[] = "ZCZC-CIV-CEM-099000+0600-3281205-UN7ABC  -";
    char heard[PREAMBLE_BYTES + sizeof(text)];
    size_t size = PREAMBLE_BYTES + strlen(text);
    struct pcm pcm;

    (void)state;
    pcm_init(&pcm, RATE_HZ);
    same_append(&pcm, text, 10000.0);
    assert_int_equal(pcm.count, same_count_samples(text, RATE_HZ));
    assert_int_equal(pcm.count % 3, 0);
    assert_in_range(pcm_peak(&pcm), 9900, 10000);
    for (size_t burst = 0; burst < 3; burst++) {
        hear(heard, size, &pcm, burst * pcm.count / 3);
        for (size_t i = 0; i < PREAMBLE_BYTES; i++)
            assert_int_equal((uint8_t)heard[i], 0xab);
        assert_memory_equal(heard + PREAMBLE_BYTES, text, strlen(text));
        for (size_t i = 0; i < RATE_HZ; i++) /* a second of silence */
            assert_int_equal(pcm.samples[(burst + 1) * pcm.count / 3 - 1 - i], 0);
    }
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_says_what_where_and_when),
        cmocka_unit_test(the_longest_header_fits),
        cmocka_unit_test(the_code_is_of_what_matters_most),
        cmocka_unit_test(it_is_heard_three_times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
