/* The whole of it: what is refused, what is described, and that what is rendered is heard again. */
#include "audio/afsk_rx.h"
#include "audio/air.h"
#include "audio/aprs.h"
#include "audio/bundle.h"
#include "audio/collect.h"
#include "audio/datac.h"
#include "audio/mfsk_rx.h"
#include "audio/voice.h"
#include "tests/audio/newsroom.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW_S (NEWSROOM_SENT_S + 60)
#define AIDA_AND_MARAT 3u

struct bench {
    struct newsroom newsroom;
    struct sealed bulletin;
    struct sealed roster;
    struct air_request request;
    struct air air;
    char why[AIR_WHY_MAX];
};

static void set_up(struct bench *bench, unsigned signers)
{
    struct bulletin bulletin;

    newsroom_make(&bench->newsroom, 5);
    bulletin = newsroom_bulletin(&bench->newsroom, 41);
    bench->bulletin = newsroom_seal(&bench->newsroom, &bulletin, signers);
    bench->roster = newsroom_seal_roster(&bench->newsroom);
    bench->request = (struct air_request){.sealed = bench->bulletin.bytes,
        .sealed_size = bench->bulletin.size,
        .roster = bench->roster.bytes,
        .roster_size = bench->roster.size,
        .fingerprint = bench->newsroom.fingerprint,
        .programme = "hf",
        .sender = "AZAT",
        .now_s = NOW_S};
}

static enum err open_bench(struct bench *bench)
{
    return air_open(&bench->air, bench->why, &bench->request);
}

static void ignore_segment(void *arg, const struct programme_segment *segment)
{
    (void)arg;
    assert_true(segment->seconds > 0.0);
}

static void what_receivers_refuse_is_not_aired(void **state)
{
    static struct bench bench;

    (void)state;
    set_up(&bench, 1u);
    assert_int_equal(open_bench(&bench), ERR_QUORUM);
    assert_non_null(strstr(bench.why, "bulletin"));
    assert_int_equal(bench.air.bulletin.number, 41);
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.now_s = NEWSROOM_SENT_S + 360 * 60;
    assert_int_equal(open_bench(&bench), ERR_EXPIRED);
    bench.request.now_s = NEWSROOM_SENT_S - BULLETIN_AHEAD_MAX_S - 1;
    assert_int_equal(open_bench(&bench), ERR_FUTURE);
    bench.request.now_s = NOW_S;
    bench.bulletin.bytes[30] ^= 1;
    assert_int_equal(open_bench(&bench), ERR_SEAL);
    bench.bulletin.bytes[30] ^= 1;
    bench.roster.bytes[40] ^= 1;
    assert_int_not_equal(open_bench(&bench), ERR_OK);
    assert_non_null(strstr(bench.why, "roster"));
    bench.roster.bytes[40] ^= 1;
    bench.request.sealed_size--;
    assert_int_equal(open_bench(&bench), ERR_SHORT);
    bench.request.sealed_size++;
    bench.request.fingerprint = "0000-0000-0000-0000-0000-0000-0000-0000";
    assert_int_equal(open_bench(&bench), ERR_KEY);
    assert_null(bench.air.programme);
}

static void unknown_orders_and_languages_are_refused(void **state)
{
    static struct bench bench;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "am";
    assert_int_equal(open_bench(&bench), ERR_MISSING);
    assert_false(programme_exists("am"));
    bench.request.programme = "hf";
    bench.request.languages = 1u << BULLETIN_KK; /* which it lacks */
    assert_int_equal(open_bench(&bench), ERR_MISSING);
    assert_non_null(strstr(bench.why, "languages"));
}

static void assert_names(const struct programme *programme, const char *want)
{
    char names[256] = "";

    for (size_t i = 0; i < programme_count(programme); i++) {
        struct programme_segment segment = programme_describe(programme, i);
        size_t used = strlen(names);

        snprintf(names + used, sizeof(names) - used, "%s%s%s ", segment.name,
            segment.language ? ":" : "", segment.language ? segment.language : "");
    }
    assert_string_equal(names, want);
}

/* Every segment, and the whole, is as long as was described; and as loud as the transmitter was set for. */
static void described_length_is_the_rendered_one(void **state)
{
    static const char *const orders[] = {
        "hf", "fm", "tone, mfsk armour data", "same voice700d voice700e:ru sameend"};
    static const char *const names[] = {"silence tone silence speech:ru speech:en data mfsk:ru "
                                        "mfsk:en ident voice:ru voice:en data ident ",
        "silence speech:ru speech:en afsk:ru afsk:en fast data afsk:ru afsk:en fast ident data "
        "voice2400:ru voice2400:en data ident ",
        "tone mfsk:ru mfsk:en armour data ", "same voice:ru voice:en voice700e:ru sameend "};
    static struct bench bench;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    for (size_t order = 0; order < sizeof(orders) / sizeof(orders[0]); order++) {
        size_t total = 0;

        bench.request.programme = orders[order];
        assert_int_equal(open_bench(&bench), ERR_OK);
        assert_names(bench.air.programme, names[order]);
        for (size_t i = 0; i < programme_count(bench.air.programme); i++) {
            struct programme_segment segment = programme_describe(bench.air.programme, i);
            struct pcm pcm;

            pcm_init(&pcm, SEGMENT_RATE_HZ);
            assert_int_equal(programme_render(&pcm, bench.air.programme, i), ERR_OK);
            assert_int_equal(pcm.count, lrint(segment.seconds * SEGMENT_RATE_HZ));
            if (strcmp(segment.name, "silence") != 0)
                assert_in_range(pcm_peak(&pcm), 14000, 18500);
            total += pcm.count;
            pcm_wipe(&pcm);
        }
        assert_int_equal(total, lrint(programme_seconds(bench.air.programme) * SEGMENT_RATE_HZ));
        air_close(&bench.air);
    }
}

/* In a long programme whoever tunes in learns within two minutes who sends, or else within one segment. */
static void who_sends_is_told_again(void **state)
{
    static struct bench bench;
    double since_s = 0.0, longest_s = 0.0;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "start data*9 voice:ru*2 ident";
    assert_int_equal(open_bench(&bench), ERR_OK);
    for (size_t i = 0; i < programme_count(bench.air.programme); i++) {
        struct programme_segment segment = programme_describe(bench.air.programme, i);
        bool told = strcmp(segment.name, "ident") == 0;

        since_s = told ? 0.0 : since_s + segment.seconds;
        longest_s = since_s > longest_s ? since_s : longest_s;
    }
    assert_true(programme_seconds(bench.air.programme) > 2 * PROGRAMME_IDENT_S);
    assert_true(longest_s > PROGRAMME_IDENT_S / 2 && longest_s <= PROGRAMME_IDENT_S);
    air_close(&bench.air);
    bench.request.programme = "tone data ident";
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_names(bench.air.programme, "tone data ident ");
    air_close(&bench.air);
    bench.request.programme = "data*4"; /* nor where nobody asked for it */
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_names(bench.air.programme, "data data data data ");
    air_close(&bench.air);
}

struct heard {
    struct collect collect;
    unsigned packets;
    unsigned objects;
    bool bulletin;
    bool roster;
    uint64_t others; /* the numbers of other bulletins, by bit */
    const struct bench *bench;
};

/* Another bulletin, by itself or in a bundle. */
static void hear_other(struct heard *heard, const uint8_t *bytes, size_t size)
{
    struct wire_sealed sealed;
    struct bundle bundle = {.count = 0};

    if (wire_decode_sealed(&sealed, bytes, size) == ERR_OK)
        heard->others |= (uint64_t)1 << sealed.header.number;
    else
        assert_int_equal(bundle_decode(&bundle, bytes, size), ERR_OK);
    for (size_t i = 0; i < bundle.count; i++)
        hear_other(heard, bundle.members[i].sealed, bundle.members[i].size);
}

static void hear(void *arg, const struct datac_packet *packet)
{
    struct heard *heard = arg;
    struct collect_found found;

    heard->packets++;
    if (collect_add(&heard->collect, &found, packet->payload) != ERR_OK)
        return;
    heard->objects++;
    if (found.size >= heard->bench->bulletin.size &&
        memcmp(found.bytes, heard->bench->bulletin.bytes, heard->bench->bulletin.size) == 0)
        heard->bulletin = true;
    if (found.size >= heard->bench->roster.size &&
        memcmp(found.bytes, heard->bench->roster.bytes, heard->bench->roster.size) == 0)
        heard->roster = true;
    hear_other(heard, found.bytes, found.size);
}

static void listen(struct heard *heard, const struct bench *bench, struct pcm *pcm)
{
    struct datac_demodulator *demodulator = datac_demodulator_new(hear, heard);

    memset(heard, 0, sizeof(*heard));
    heard->bench = bench;
    collect_init(&heard->collect);
    pcm_append_silence(pcm, DATAC_FLUSH_MS);
    datac_demodulate(demodulator, pcm->samples, pcm->count);
    datac_demodulator_free(demodulator);
}

static void render_segment(
    struct pcm *pcm, const struct bench *bench, const char *name, unsigned nth)
{
    pcm_init(pcm, SEGMENT_RATE_HZ);
    for (size_t i = 0; i < programme_count(bench->air.programme); i++) {
        if (strcmp(programme_describe(bench->air.programme, i).name, name) != 0 || nth-- > 0)
            continue;
        assert_int_equal(programme_render(pcm, bench->air.programme, i), ERR_OK);
        return;
    }
    fail_msg("no segment %s", name);
}

static void take_name(void *arg, const char *name)
{
    snprintf(arg, VOICE_TEXT_SIZE, "%s", name);
}

static unsigned hear_voice(const struct pcm *pcm, enum voice_mode mode, char name[VOICE_TEXT_SIZE])
{
    struct voice_receiver *receiver = voice_receiver_new(mode);
    struct pcm speech;
    unsigned frames;

    assert_non_null(receiver);
    pcm_init(&speech, VOICE_RATE_HZ);
    voice_receiver_hear_text(receiver, take_name, name);
    voice_receiver_push(receiver, &speech, pcm->samples, pcm->count);
    frames = voice_receiver_frames(receiver);
    voice_receiver_free(receiver);
    pcm_wipe(&speech);
    return frames;
}

static void add_text(void *arg, const char *line)
{
    char *text = arg;
    size_t used = strlen(text);

    snprintf(text + used, MFSK_TEXT_MAX - used, "%s\n", line);
}

static void hear_text(char text[MFSK_TEXT_MAX], const struct pcm *pcm)
{
    struct mfsk_rx *rx = mfsk_rx_new(add_text, text);

    text[0] = '\0';
    mfsk_rx_take(rx, pcm->samples, pcm->count);
    mfsk_rx_finish(rx);
    mfsk_rx_free(rx);
}

/* Words in languages of their own, repeated; those that the bulletin lacks are passed over. */
static void an_order_may_be_written_out(void **state)
{
    static struct bench bench;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "speech:en, mfsk:kk+en*2 pause*2 ident";
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_names(bench.air.programme, "speech:en mfsk:en mfsk:en silence silence ident ");
    air_close(&bench.air);
    bench.request.programme = "speech:kk";
    assert_int_equal(open_bench(&bench), ERR_MISSING);
    assert_string_equal(programme_name("fm"), "fm");
    assert_string_equal(programme_name("tone data"), "own");
}

/* Bulletin and roster come back from either pass of data, the text from its segment. */
static void what_is_rendered_is_heard(void **state)
{
    static struct bench bench;
    static struct heard heard;
    struct pcm pcm;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.languages = 1u << BULLETIN_RU;
    assert_int_equal(open_bench(&bench), ERR_OK);
    for (unsigned pass = 0; pass < 2; pass++) {
        render_segment(&pcm, &bench, "data", pass);
        listen(&heard, &bench, &pcm);
        assert_true(heard.bulletin);
        assert_true(heard.roster);
        assert_int_equal(heard.objects, 2);
        pcm_wipe(&pcm);
    }
    char text[MFSK_TEXT_MAX];
    render_segment(&pcm, &bench, "mfsk", 0);
    hear_text(text, &pcm);
    if (!strstr(text, "AZAT No 41") || !strstr(text, bench.air.code))
        fail_msg("heard: %s", text);
    pcm_wipe(&pcm);
    air_close(&bench.air);
}

/* Each in its own mode, and with the call sign beside it, or who speaks. */
static void voices_are_heard_in_their_modes(void **state)
{
    static const char *const names[VOICE_MODE_COUNT] = {"voice", "voice700e", "voice2400"};
    static struct bench bench;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.languages = 1u << BULLETIN_RU;
    bench.request.programme = "voice700d voice700e voice2400";
    for (int i = 0; i < VOICE_MODE_COUNT; i++) {
        enum voice_mode mode = (enum voice_mode)i;
        char name[VOICE_TEXT_SIZE] = "";
        struct pcm pcm;

        bench.request.call = i == 0 ? NULL : "UN7ABC-10";
        assert_int_equal(open_bench(&bench), ERR_OK);
        render_segment(&pcm, &bench, names[i], 0);
        assert_true(hear_voice(&pcm, mode, name) + 25u > pcm.count / voice_frame_samples(mode));
        assert_string_equal(name, i == 0 ? "AZAT" : "UN7ABC");
        pcm_wipe(&pcm);
        air_close(&bench.air);
    }
}

static void add_line(void *arg, const struct ax25 *frame)
{
    char *text = arg;
    size_t used = strlen(text);
    struct aprs_line line;

    assert_int_equal(aprs_parse_line(&line, frame), ERR_OK);
    snprintf(text + used, MFSK_TEXT_MAX - used, "%s %c %s\n", line.source, line.name, line.text);
}

static void hear_packets(char text[MFSK_TEXT_MAX], const struct pcm *pcm)
{
    struct afsk_rx *rx = afsk_rx_new(add_line, text);

    text[0] = '\0';
    afsk_rx_take(rx, pcm->samples, pcm->count);
    afsk_rx_free(rx);
}

/* Each language has lines of its own, under the call sign of the licence, or a placeholder. */
static void packets_have_names_and_a_call_sign(void **state)
{
    static struct bench bench;
    char text[MFSK_TEXT_MAX];
    struct pcm pcm;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "afsk";
    assert_int_equal(open_bench(&bench), ERR_OK);
    render_segment(&pcm, &bench, "afsk", 0);
    hear_packets(text, &pcm);
    assert_ptr_equal(strstr(text, "N0CALL 3 AZAT No 41 "), text);
    assert_non_null(strstr(text, bench.air.code));
    pcm_wipe(&pcm);
    air_close(&bench.air);
    bench.request.call = "UN7ABC-10";
    assert_int_equal(open_bench(&bench), ERR_OK);
    render_segment(&pcm, &bench, "afsk", 1);
    hear_packets(text, &pcm);
    assert_ptr_equal(strstr(text, "UN7ABC-10 6 AZAT No 41 "), text);
    pcm_wipe(&pcm);
    air_close(&bench.air);
    bench.request.call = "much too long";
    assert_int_equal(open_bench(&bench), ERR_FORMAT);
}

/* In plain speech alone: digital voice has its own text for it. */
static void the_station_signs_off(void **state)
{
    static struct bench bench;
    double seconds[3][2];
    struct pcm pcm;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "brief voice";
    bench.request.languages = 1u << BULLETIN_EN;
    for (int i = 0; i < 3; i++) {
        bench.request.call = i > 0 ? "UN7ABC" : NULL;
        bench.request.times = i > 1 ? ":00 :30" : NULL;
        assert_int_equal(open_bench(&bench), ERR_OK);
        for (size_t j = 0; j < 2; j++)
            seconds[i][j] = programme_describe(bench.air.programme, j).seconds;
        pcm_init(&pcm, SEGMENT_RATE_HZ);
        assert_int_equal(programme_render(&pcm, bench.air.programme, 0), ERR_OK);
        assert_int_equal(pcm.count, lrint(seconds[i][0] * SEGMENT_RATE_HZ));
        pcm_wipe(&pcm);
        air_close(&bench.air);
    }
    assert_true(seconds[1][0] > seconds[0][0] + 2.0);
    assert_true(seconds[2][0] > seconds[1][0] + 2.0);
    assert_true(seconds[2][1] == seconds[0][1]);
}

enum { OTHERS = 4 };

/* 42 just sent, 38 and 39 hours ago, 40 just sent and retracted. */
static void make_others(struct bench *bench, struct sealed sealed[OTHERS + 1])
{
    static const uint32_t numbers[OTHERS] = {42, 38, 39, 40};
    struct bulletin bulletin;

    for (size_t i = 0; i < OTHERS; i++) {
        bulletin = newsroom_bulletin(&bench->newsroom, numbers[i]);
        if (numbers[i] < 40)
            bulletin.sent_s -= 3 * 3600;
        else
            bulletin.severity = BULLETIN_MINOR;
        sealed[i] = newsroom_seal(&bench->newsroom, &bulletin, AIDA_AND_MARAT);
    }
    bulletin.kind = BULLETIN_RETRACT;
    bulletin.follows = 40;
    sealed[OTHERS] = newsroom_seal(&bench->newsroom, &bulletin, 1u);
}

/* What else is in force comes with the data of one programme, the older ones in a bundle. Of what is retracted no frame is there. */
static void others_in_force_are_heard_with_it(void **state)
{
    static struct bench bench;
    static struct heard heard;
    struct sealed sealed[OTHERS + 1];
    struct air_other others[OTHERS + 1];
    struct pcm pcm, more;
    double alone_s;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "data data data data";
    assert_int_equal(open_bench(&bench), ERR_OK);
    alone_s = programme_seconds(bench.air.programme);
    air_close(&bench.air);
    make_others(&bench, sealed);
    for (size_t i = 0; i <= OTHERS; i++)
        others[i] = (struct air_other){sealed[i].bytes, sealed[i].size};
    bench.request.others = others;
    bench.request.other_count = OTHERS + 1;
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_true(programme_seconds(bench.air.programme) < 2 * alone_s);
    pcm_init(&pcm, SEGMENT_RATE_HZ);
    for (unsigned nth = 0; nth < 4; nth++) {
        render_segment(&more, &bench, "data", nth);
        pcm_append(&pcm, more.samples, more.count);
        pcm_wipe(&more);
    }
    listen(&heard, &bench, &pcm);
    pcm_wipe(&pcm);
    air_close(&bench.air);
    assert_true(heard.bulletin);
    for (size_t i = 0; i < OTHERS; i++)
        assert_true(heard.others & 1ull << sealed[i].bytes[5]);
    for (unsigned i = 0; i < heard.collect.object_count; i++)
        assert_memory_not_equal(
            heard.collect.objects[i].found[0], sealed[OTHERS - 1].bytes, sealed[OTHERS - 1].size);
}

/* What a receiver would refuse is left out; the rest goes on the air. */
static void refused_others_are_left_out(void **state)
{
    static struct bench bench;
    struct sealed sealed[OTHERS + 1];
    struct air_other others[OTHERS + 1];
    double alone_s, with_s;

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.programme = "data";
    make_others(&bench, sealed);
    assert_int_equal(open_bench(&bench), ERR_OK);
    alone_s = programme_seconds(bench.air.programme);
    air_close(&bench.air);
    for (size_t i = 0; i < OTHERS; i++) {
        sealed[i].bytes[60] ^= 1;
        others[i] = (struct air_other){sealed[i].bytes, sealed[i].size - (i == 1)};
    }
    bench.request.others = others;
    bench.request.other_count = OTHERS;
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_true(fabs(programme_seconds(bench.air.programme) - alone_s) < 1e-9);
    air_close(&bench.air);
    sealed[0].bytes[60] ^= 1;
    assert_int_equal(open_bench(&bench), ERR_OK);
    with_s = programme_seconds(bench.air.programme);
    assert_true(with_s > alone_s);
    air_close(&bench.air);
}

/* In a whole programme segments follow each other, each announced before it is made. */
static void a_whole_programme_is_its_segments(void **state)
{
    static struct bench bench;
    struct pcm whole, tone;
    size_t from = SEGMENT_RATE_HZ * 2 / 5; /* after the silence */

    (void)state;
    set_up(&bench, AIDA_AND_MARAT);
    bench.request.languages = 1u << BULLETIN_RU;
    assert_int_equal(open_bench(&bench), ERR_OK);
    assert_int_equal(air_render(&whole, &bench.air, ignore_segment, NULL), ERR_OK);
    render_segment(&tone, &bench, "tone", 0);
    assert_memory_equal(whole.samples + from, tone.samples, tone.count * sizeof(*tone.samples));
    assert_int_equal(whole.count, lrint(programme_seconds(bench.air.programme) * SEGMENT_RATE_HZ));
    pcm_wipe(&whole);
    pcm_wipe(&tone);
    air_close(&bench.air);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_receivers_refuse_is_not_aired),
        cmocka_unit_test(unknown_orders_and_languages_are_refused),
        cmocka_unit_test(described_length_is_the_rendered_one),
        cmocka_unit_test(who_sends_is_told_again),
        cmocka_unit_test(an_order_may_be_written_out),
        cmocka_unit_test(what_is_rendered_is_heard),
        cmocka_unit_test(voices_are_heard_in_their_modes),
        cmocka_unit_test(packets_have_names_and_a_call_sign),
        cmocka_unit_test(the_station_signs_off),
        cmocka_unit_test(others_in_force_are_heard_with_it),
        cmocka_unit_test(refused_others_are_left_out),
        cmocka_unit_test(a_whole_programme_is_its_segments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
