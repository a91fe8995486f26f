/* The quiet programme: what our own receiver finds in it, and how long it is. */
#include "audio/datac.h"
#include "audio/quiet.h"
#include "audio/rx_station.h"

#include "audio/collect.h"
#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TIME_S (NEWSROOM_SENT_S + 3600)

struct heard {
    struct rx_judge judge;
    struct collect collect;
    unsigned rosters, idents;
    enum rx_station_verdict verdict;
};

static void take_result(void *arg, const struct rx_heard *result)
{
    struct heard *heard = arg;

    heard->rosters += result->result == ERR_OK && result->bulletin.kind == BULLETIN_ROSTER;
}

static void take_packet(void *arg, const struct datac_packet *packet)
{
    struct heard *heard = arg;
    struct collect_found found;
    struct rx_station station;
    struct ident ident;

    if (collect_add(&heard->collect, &found, packet->payload) == ERR_OK)
        rx_judge_object(&heard->judge, found.bytes, found.size, TIME_S);
    if (ident_decode(&ident, packet->payload) != ERR_OK)
        return;
    rx_station_judge(&station, &heard->judge, &ident, TIME_S + 30);
    heard->verdict = station.verdict;
    heard->idents++;
    assert_int_equal(ident.number, 41);
    assert_string_equal(ident.call, "UN7ABC");
}

static void listen(struct heard *heard, const struct pcm *pcm, const char *fingerprint)
{
    struct datac_demodulator *demodulator = datac_demodulator_new(take_packet, heard);
    struct pcm end;

    rx_judge_init(&heard->judge, take_result, heard);
    collect_init(&heard->collect);
    assert_int_equal(rx_judge_pin(&heard->judge, fingerprint), ERR_OK);
    pcm_init(&end, QUIET_RATE_HZ);
    pcm_append_silence(&end, DATAC_FLUSH_MS);
    datac_demodulate(demodulator, pcm->samples, pcm->count);
    datac_demodulate(demodulator, end.samples, end.count);
    pcm_wipe(&end);
    datac_demodulator_free(demodulator);
}

static struct newsroom newsroom;
static struct station station;
static struct sealed roster;

/* A newsroom whose roster names the station. */
static struct quiet_request prepare(void)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {77};

    newsroom_make(&newsroom, 1);
    seal_keypair(station.public_key, station.secret, seed);
    newsroom.roster.station_count = 1;
    newsroom.roster.stations[0] = (struct roster_station){
        .name = "UN7ABC", .from_s = BULLETIN_EPOCH_S, .until_s = TIME_S + 86400};
    memcpy(newsroom.roster.stations[0].public_key, station.public_key, SEAL_PUBLIC_SIZE);
    roster = newsroom_seal_roster(&newsroom);
    return (struct quiet_request){.station = &station,
        .roster = roster.bytes,
        .roster_size = roster.size,
        .fingerprint = newsroom.fingerprint,
        .sender = "AZAT",
        .call = "UN7ABC",
        .times = ":00 :30",
        .number = 41,
        .time_s = TIME_S,
        .next_s = TIME_S + 3600};
}

/* With nothing but the fingerprint: the roster comes with it. */
static void a_receiver_checks_it_by_the_fingerprint_alone(void **state)
{
    const struct quiet_request request = prepare();
    struct heard *heard = calloc(1, sizeof(*heard));
    struct quiet quiet;
    struct pcm pcm;

    (void)state;
    assert_non_null(heard);
    assert_int_equal(quiet_sign(&quiet, &request), ERR_OK);
    assert_int_equal(quiet_render(&pcm, &quiet), ERR_OK);
    assert_in_range(pcm.count / QUIET_RATE_HZ, 30, 90);
    listen(heard, &pcm, newsroom.fingerprint);
    assert_int_equal(heard->rosters, 1);
    assert_int_equal(heard->idents, 2);
    assert_int_equal(heard->verdict, RX_STATION_SIGNED);
    assert_int_equal(heard->judge.verified, 0);
    pcm_wipe(&pcm);
    free(heard);
}

/* What no receiver would believe is not signed. */
static void who_is_not_listed_signs_nothing(void **state)
{
    struct quiet_request request = prepare();
    struct quiet quiet;

    (void)state;
    request.time_s = TIME_S + 86400 + 60;
    assert_int_equal(quiet_sign(&quiet, &request), ERR_ROSTER);
    request.time_s = TIME_S;
    station.public_key[0] ^= 1;
    assert_int_equal(quiet_sign(&quiet, &request), ERR_ROSTER);
    station.public_key[0] ^= 1;
    request.call = "UN7ABC-10000";
    assert_int_equal(quiet_sign(&quiet, &request), ERR_LONG);
    request.call = "un7abc";
    assert_int_equal(quiet_sign(&quiet, &request), ERR_FORMAT);
    request.fingerprint = "0000-0000-0000-0000-0000-0000-0000-0000";
    assert_int_equal(quiet_sign(&quiet, &request), ERR_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receiver_checks_it_by_the_fingerprint_alone),
        cmocka_unit_test(who_is_not_listed_signs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
