#include "audio/shape.h"
#include "audio/speech.h"
#include "gateway/base/utf8.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RATE_HZ 8000

static const char *const texts[BULLETIN_LANGUAGE_COUNT] = {
    [BULLETIN_KK] = "Алматы орталығында атыс болып жатыр. Көшеге шықпаңыз. Терезеден алыс болыңыз.",
    [BULLETIN_RU] =
        "В центре Алматы идёт стрельба. Не выходите на улицу. Держитесь дальше от окон.",
    [BULLETIN_EN] = "Shooting in central Almaty. Do not go out. Stay away from windows."};

/* Each language speaks between 7 and 16 characters a second, at -3 dBFS, and not just noise or a click. */
static void every_language_speaks(void **state)
{
    (void)state;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        struct pcm pcm;
        double seconds, rate;

        assert_int_equal(
            speech_say(&pcm, texts[language], (enum bulletin_language)language, RATE_HZ), ERR_OK);
        assert_int_equal(pcm.rate_hz, RATE_HZ);
        seconds = (double)pcm.count / RATE_HZ;
        rate = (double)utf8_count(texts[language]) / seconds;
        assert_true(rate > 7.0 && rate < 16.0);
        assert_in_range(pcm_peak(&pcm), (int)SHAPE_MINUS_3_DBFS - 2, (int)SHAPE_MINUS_3_DBFS + 2);
        assert_true(pcm_rms(&pcm) > 500.0);
        assert_true(shape_crest_db(&pcm) > 12.0 && shape_crest_db(&pcm) < 30.0);
        pcm_wipe(&pcm);
    }
}

/* Twice the text takes about twice as long; each call is independent of the one before. */
static void length_follows_the_text(void **state)
{
    struct pcm once, twice, again;
    char text[512] = "";

    (void)state;
    strncat(text, texts[BULLETIN_RU], sizeof(text) / 2 - 2);
    strncat(text, " ", 2);
    strncat(text, texts[BULLETIN_RU], sizeof(text) / 2 - 2);
    assert_int_equal(speech_say(&once, texts[BULLETIN_RU], BULLETIN_RU, RATE_HZ), ERR_OK);
    assert_int_equal(speech_say(&twice, text, BULLETIN_RU, RATE_HZ), ERR_OK);
    assert_int_equal(speech_say(&again, texts[BULLETIN_RU], BULLETIN_RU, RATE_HZ), ERR_OK);
    assert_true(fabs((double)twice.count / (double)once.count - 2.0) < 0.1);
    assert_int_equal(once.count, again.count);
    assert_memory_equal(once.samples, again.samples, once.count * sizeof(*once.samples));
    pcm_wipe(&once);
    pcm_wipe(&twice);
    pcm_wipe(&again);
}

/* The synthesiser's own rate is left alone; nothing to say is no failure. */
static void odd_requests(void **state)
{
    struct pcm pcm;

    (void)state;
    assert_int_equal(speech_say(&pcm, texts[BULLETIN_EN], BULLETIN_EN, SPEECH_RATE_HZ), ERR_OK);
    assert_int_equal(pcm.rate_hz, SPEECH_RATE_HZ);
    assert_true(pcm.count > 3u * SPEECH_RATE_HZ);
    pcm_wipe(&pcm);
    assert_int_equal(speech_say(&pcm, "", BULLETIN_EN, RATE_HZ), ERR_OK);
    assert_true(pcm.count < RATE_HZ);
    pcm_wipe(&pcm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_speaks),
        cmocka_unit_test(length_follows_the_text),
        cmocka_unit_test(odd_requests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
