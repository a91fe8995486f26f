/* Data on FM: fast bursts and slow ones, through the real channel simulator, heard as a receiver hears. */
#include "audio/air.h"
#include "audio/collect.h"
#include "audio/frame.h"
#include "audio/rx_front.h"
#include "audio/rx_judge.h"
#include "tests/audio/channel.h"
#include "tests/audio/newsroom.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NOW_S (NEWSROOM_SENT_S + 60)
#define OTHERS 4
#define OWN 41

struct bench {
    struct newsroom newsroom;
    struct sealed bulletin, roster, others[OTHERS];
    struct air_other in_force[OTHERS];
    struct collect collect;
    struct rx_judge judge;
    uint64_t verified; /* numbers, by bit */
    struct rx_front_stats stats;
};

/* 42 and 43 just sent, 38 and 39 hours ago. */
static void make_bench(struct bench *bench)
{
    static const uint32_t numbers[OTHERS] = {42, 43, 38, 39};
    struct bulletin bulletin;

    memset(bench, 0, sizeof(*bench));
    newsroom_make(&bench->newsroom, 5);
    bulletin = newsroom_bulletin(&bench->newsroom, OWN);
    bench->bulletin = newsroom_seal(&bench->newsroom, &bulletin, 3u);
    bench->roster = newsroom_seal_roster(&bench->newsroom);
    for (size_t i = 0; i < OTHERS; i++) {
        bulletin = newsroom_bulletin(&bench->newsroom, numbers[i]);
        bulletin.sent_s -= numbers[i] < OWN ? 3 * 3600 : 0;
        bench->others[i] = newsroom_seal(&bench->newsroom, &bulletin, 3u);
        bench->in_force[i] = (struct air_other){bench->others[i].bytes, bench->others[i].size};
    }
}

/* The sound of this order. */
static struct pcm render(const struct bench *bench, const char *order, size_t others)
{
    const struct air_request request = {.sealed = bench->bulletin.bytes,
        .sealed_size = bench->bulletin.size,
        .roster = bench->roster.bytes,
        .roster_size = bench->roster.size,
        .fingerprint = bench->newsroom.fingerprint,
        .programme = order,
        .sender = "AZAT",
        .others = bench->in_force,
        .other_count = others,
        .now_s = NOW_S};
    char why[AIR_WHY_MAX];
    struct air air;
    struct pcm pcm;

    assert_int_equal(air_open(&air, why, &request), ERR_OK);
    pcm_init(&pcm, SEGMENT_RATE_HZ);
    for (size_t i = 0; i < programme_count(air.programme); i++) {
        size_t before = pcm.count;

        assert_int_equal(programme_render(&pcm, air.programme, i), ERR_OK);
        assert_int_equal(pcm.count - before,
            lrint(programme_describe(air.programme, i).seconds * SEGMENT_RATE_HZ));
    }
    air_close(&air);
    return pcm;
}

static void take_heard(void *arg, const struct rx_heard *heard)
{
    struct bench *bench = arg;

    assert_int_equal(heard->result, ERR_OK);
    if (heard->bulletin.kind != BULLETIN_ROSTER)
        bench->verified |= (uint64_t)1 << heard->bulletin.number;
}

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct bench *bench = arg;
    struct collect_found found;

    if (collect_add(&bench->collect, &found, packet->payload) != ERR_OK)
        return;
    if (found.object->kind == FRAME_BUNDLE)
        rx_judge_bundle(&bench->judge, found.bytes, found.size, NOW_S);
    else
        rx_judge_object(&bench->judge, found.bytes, found.size, NOW_S);
}

static void take_text(void *arg, enum rx_text_mode mode, const char *line)
{
    (void)arg;
    (void)mode;
    fail_msg("text where there is none: %s", line);
}

/* Plays it through FM and hears it. */
static void hear(struct bench *bench, struct pcm *sent, const char *options)
{
    struct rx_front *front =
        rx_front_new(&(struct rx_front_handlers){take_packet, take_text, bench});
    struct pcm got;

    collect_init(&bench->collect);
    rx_judge_init(&bench->judge, take_heard, bench);
    assert_int_equal(rx_judge_pin(&bench->judge, bench->newsroom.fingerprint), ERR_OK);
    assert_int_equal(channel_play(&got, sent, options), 0);
    rx_front_push(front, got.samples, got.count);
    rx_front_flush(front);
    bench->stats = rx_front_stats(front);
    rx_front_free(front);
    pcm_wipe(&got);
    pcm_wipe(sent);
}

/* Whoever hears FM well has everything that is in force after the fast bursts of one programme. */
static void fast_bursts_carry_all_that_is_in_force(void **state)
{
    static struct bench bench;
    struct pcm sent;

    (void)state;
    make_bench(&bench);
    sent = render(&bench, "start fast fast", OTHERS);
    assert_in_range(sent.count, 30 * SEGMENT_RATE_HZ, 70 * SEGMENT_RATE_HZ);
    hear(&bench, &sent, "--fm-cn 10");
    assert_int_equal(bench.stats.bad, 0);
    assert_int_equal(bench.stats.good % FRAME_FAST_COUNT, 0);
    for (uint32_t number = 38; number <= 43; number++)
        assert_true(number == 40 || (bench.verified & 1ull << number));
}

/* Where fast bursts carry it, slow ones are the bulletin's own. */
static void slow_bursts_need_not_carry_it_too(void **state)
{
    static struct bench bench;
    struct pcm alone, with;

    (void)state;
    make_bench(&bench);
    alone = render(&bench, "fast data", 0);
    with = render(&bench, "fast data", OTHERS);
    assert_true(with.count > alone.count);
    pcm_wipe(&alone);
    pcm_wipe(&with);
    alone = render(&bench, "data", 0);
    with = render(&bench, "data", OTHERS);
    assert_true(with.count > alone.count);
    pcm_wipe(&alone);
    pcm_wipe(&with);
}

/* Where FM is at its end, and no fast burst comes through, the slow ones of the same programme do. */
static void weak_fm_still_has_the_bulletin(void **state)
{
    static struct bench bench;
    struct pcm sent;

    (void)state;
    make_bench(&bench);
    sent = render(&bench, "fast data", 0);
    hear(&bench, &sent, "--fm-cn 3 --seed 3");
    assert_true(bench.verified & 1ull << OWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fast_bursts_carry_all_that_is_in_force),
        cmocka_unit_test(slow_bursts_need_not_carry_it_too),
        cmocka_unit_test(weak_fm_still_has_the_bulletin),
    };

    return cmocka_run_group_tests(tests, channel_start, channel_stop);
}
