/* dabyl-rx from outside: sealed bulletins through carousel, modem, the real channel simulator and the real program. */
#include "audio/afsk.h"
#include "audio/afsk_rx.h"
#include "audio/ax25.h"
#include "audio/bundle.h"
#include "audio/carousel.h"
#include "audio/datac.h"
#include "audio/ident.h"
#include "audio/mfsk.h"
#include "audio/voice.h"
#include "tests/audio/channel.h"
#include "tests/audio/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OUTPUT_SIZE 16384

static struct newsroom newsroom;
static char output[OUTPUT_SIZE];

/* Runs dabyl-rx with these arguments (IN stands for the recording) and keeps what it prints. Its exit code. */
static int run_rx(const char *arguments)
{
    char program[CHANNEL_PATH_SIZE], path[CHANNEL_PATH_SIZE], command[CHANNEL_COMMAND_SIZE];
    channel_program(program, "dabyl-rx");
    channel_file(path, "out.wav");
    snprintf(command, sizeof command, "IN='%s'; timeout 60 '%s' --now %lld %s", path, program,
        (long long)NEWSROOM_SENT_S + 600, arguments);
    return channel_shell(output, sizeof output, command);
}

static int run_pinned(const char *arguments)
{
    char all[CHANNEL_COMMAND_SIZE / 2];
    snprintf(all, sizeof all, "--fingerprint %s %s", newsroom.fingerprint, arguments);
    return run_rx(all);
}

static void check_said(const char *text)
{
    if (!strstr(output, text))
        fail_msg("\"%s\" is not in:\n%s", text, output);
}

static void check_not_said(const char *text)
{
    if (strstr(output, text))
        fail_msg("\"%s\" is in:\n%s", text, output);
}

static struct carousel make_carousel(bool roster, uint32_t number, unsigned signers)
{
    struct carousel carousel;
    carousel_init(&carousel);
    struct bulletin bulletin = newsroom_bulletin(&newsroom, number);
    struct sealed sealed = newsroom_seal(&newsroom, &bulletin, signers);
    struct carousel_item item = {.bytes = sealed.bytes, .size = sealed.size};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    sealed = newsroom_seal_roster(&newsroom);
    item = (struct carousel_item){.bytes = sealed.bytes, .size = sealed.size, .first = true};
    if (roster)
        assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    return carousel;
}

/* Sends it through the channel and leaves what a receiver hears in out.wav. */
static void play(struct pcm *air, const char *options)
{
    struct pcm heard;
    assert_int_equal(channel_play(&heard, air, options), 0);
    pcm_wipe(air);
    pcm_wipe(&heard);
}

/* Broadcasts frames of the carousel and leaves what a receiver hears in out.wav. */
static void broadcast(struct carousel *carousel, unsigned frames, const char *options)
{
    struct pcm air;
    struct datac_modulator *modulator = datac_modulator_new();
    pcm_init(&air, DATAC_RATE_HZ);
    pcm_append_silence(&air, 500);
    for (unsigned i = 0; i < frames; i++) {
        uint8_t frame[FRAME_SIZE];
        assert_int_equal(carousel_next(carousel, frame), ERR_OK);
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    play(&air, options);
}

static int start(void **state)
{
    newsroom_make(&newsroom, 1);
    return channel_start(state);
}

/* Roster and bulletin from one pass at 0 dB: decoded, verified, told once. */
static void test_one_pass(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    broadcast(&carousel, carousel_round(&carousel), "--snr 0");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 0);
    check_said("\"verified\":true");
    check_said("\"number\":41");
    check_said("Danger: flood in the lower valley");
    assert_ptr_equal(strchr(output, '\n') + 1, output + strlen(output));
    assert_int_equal(run_pinned("--stats \"$IN\" 2>&1"), 0);
    check_said("VERIFIED\n");
    check_said("signed by: Aida, Marat (2 needed)");
    check_said("took roster 7");
    check_not_said("NOT VERIFIED");
    check_said(" 0 failed");
}

/* Tuned in during the first frame: the next pass brings what was lost. */
static void test_late(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(false, 41, 0x3);
    unsigned k = carousel_round(&carousel);
    broadcast(&carousel, k + 1, "--snr 0 --from 2.5");
    struct sealed roster = newsroom_seal_roster(&newsroom);
    char path[CHANNEL_PATH_SIZE], arguments[CHANNEL_PATH_SIZE + 64];
    channel_file(path, "in.wav"); /* no longer needed: the roster takes its place */
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(roster.bytes, 1, roster.size, file), roster.size);
    fclose(file);
    snprintf(arguments, sizeof arguments, "--roster '%s' --json \"$IN\"", path);
    assert_int_equal(run_pinned(arguments), 0);
    check_said("\"verified\":true");
}

/* The same by standard input, at another rate. */
static void test_standard_input(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    broadcast(&carousel, carousel_round(&carousel), "--snr 3");
    struct pcm heard, fast;
    char path[CHANNEL_PATH_SIZE];
    channel_file(path, "out.wav");
    assert_int_equal(wav_load(&heard, path), ERR_OK);
    assert_int_equal(pcm_resample(&fast, &heard, 48000), ERR_OK);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(fast.samples, 2, fast.count, file), fast.count);
    fclose(file);
    pcm_wipe(&heard);
    pcm_wipe(&fast);
    assert_int_equal(run_pinned("--rate 48000 --json - < \"$IN\" 2>/dev/null"), 0);
    check_said("\"verified\":true");
}

/* One approval: nothing is shown but a line that says why; asked for, it is shown and marked. */
static void test_unverified(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x1);
    broadcast(&carousel, carousel_round(&carousel), "--snr 6");
    assert_int_equal(run_pinned("\"$IN\" 2>/dev/null"), 1);
    assert_string_equal(output, "");
    assert_int_equal(run_pinned("\"$IN\" 2>&1 >/dev/null"), 1);
    check_said("heard bulletin 41");
    check_said("not verified: not enough different editors have signed");
    assert_int_equal(run_pinned("--unverified \"$IN\" 2>/dev/null"), 1);
    check_said("NOT VERIFIED - do not rely on it");
    check_said("Danger: flood");
    assert_int_equal(run_pinned("--unverified --json \"$IN\" 2>/dev/null"), 1);
    check_said("\"verified\":false");
    check_said("\"reason\":\"quorum\"");
}

/* A right broadcast, heard with another newsroom's fingerprint. */
static void test_wrong_fingerprint(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    broadcast(&carousel, carousel_round(&carousel), "");
    struct newsroom other;
    char arguments[256];
    newsroom_make(&other, 2);
    snprintf(arguments, sizeof arguments, "--fingerprint %s \"$IN\" 2>&1", other.fingerprint);
    assert_int_equal(run_rx(arguments), 1);
    check_said("heard roster 7");
    check_said("not verified");
    check_not_said("flood");
}

static void write_roster(const struct newsroom *from, size_t change_at)
{
    char path[CHANNEL_PATH_SIZE];
    struct sealed roster = newsroom_seal_roster(from);
    channel_file(path, "in.wav");
    roster.bytes[change_at] ^= change_at ? 1 : 0;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(roster.bytes, 1, roster.size, file), roster.size);
    fclose(file);
}

/* Another newsroom's roster, and one that was changed after it was signed: the line names the file and says what to do. */
static void test_wrong_roster(void **state)
{
    (void)state;
    struct newsroom other;
    char path[CHANNEL_PATH_SIZE], arguments[CHANNEL_PATH_SIZE + 64];
    channel_file(path, "in.wav");
    snprintf(arguments, sizeof arguments, "--roster '%s' x.wav 2>&1", path);
    newsroom_make(&other, 2);
    write_roster(&other, 0);
    assert_int_equal(run_pinned(arguments), 4);
    check_said("in.wav: roster of another newsroom, whose fingerprint is ");
    check_said(other.fingerprint);
    struct sealed good = newsroom_seal_roster(&newsroom);
    for (size_t at = 8; at < good.size; at += 9) {
        write_roster(&newsroom, at);
        if (run_pinned(arguments) != 4)
            fail_msg("byte %zu can be changed: %s", at, output);
        check_said("in.wav: ");
        check_not_said("passphrase");
    }
}

static void test_expired(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    broadcast(&carousel, carousel_round(&carousel), "");
    assert_int_equal(run_pinned("--now 2026-12-31T00:00:00Z \"$IN\" 2>&1"), 1);
    check_said("expired");
    check_not_said("flood");
}

/* 42 after 40: 41 is said to be missing. */
static void test_missing_number(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 40, 0x3);
    struct bulletin bulletin = newsroom_bulletin(&newsroom, 42);
    struct sealed sealed = newsroom_seal(&newsroom, &bulletin, 0x6);
    struct carousel_item item = {.bytes = sealed.bytes, .size = sealed.size};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    broadcast(&carousel, carousel_round(&carousel) + 2, "--snr 3");
    assert_int_equal(run_pinned("\"$IN\" 2>&1 >/dev/null"), 0);
    check_said("missing between the numbers that were heard: 41\n");
}

#define VOICE_S 10 /* who sends takes half as long in the text channel */

/* A vowel of 100 Hz in each mode, one behind another, as a sound card takes it. */
static void send_voices(void)
{
    struct pcm speech, voice, air, wide;
    char path[CHANNEL_PATH_SIZE];
    pcm_init(&speech, VOICE_RATE_HZ);
    pcm_init(&air, VOICE_RATE_HZ);
    for (int i = 0; i < VOICE_S * VOICE_RATE_HZ; i++)
        pcm_append(&speech, &(int16_t){(int16_t)(i % 80 < 4 ? 20000 : -1000)}, 1);
    for (int mode = 0; mode < VOICE_MODE_COUNT; mode++) {
        const char *name = mode == VOICE_700D ? "UN7ABC-10" : "AZAT";
        assert_int_equal(voice_encode(&voice, &speech, (enum voice_mode)mode, name), ERR_OK);
        pcm_append(&air, voice.samples, voice.count);
        pcm_append_silence(&air, 2000);
        pcm_wipe(&voice);
    }
    channel_file(path, "out.wav");
    assert_int_equal(pcm_resample(&wide, &air, 48000), ERR_OK);
    assert_int_equal(wav_save(path, &wide), ERR_OK);
    pcm_wipe(&speech);
    pcm_wipe(&air);
    pcm_wipe(&wide);
}

/* A broadcast's voice, in whatever mode, goes to a file: as long as what was spoken, give or take what a receiver needs to find it. */
static void test_voice(void **state)
{
    (void)state;
    struct pcm voice;
    char path[CHANNEL_PATH_SIZE], arguments[CHANNEL_PATH_SIZE + 64];
    send_voices();
    channel_file(path, "in.wav");
    snprintf(arguments, sizeof arguments, "--voice '%s' \"$IN\" 2>&1", path);
    assert_int_equal(run_rx(arguments), 1); /* voice proves nothing */
    check_said("s of voice");
    check_said("text, not verified (FreeDV): UN7ABC\ntext, not verified (FreeDV): AZAT\n");
    check_not_said("AZAT\ntext, not verified (FreeDV)"); /* once, though two voices say it */
    assert_int_equal(wav_load(&voice, path), ERR_OK);
    assert_int_equal(voice.rate_hz, VOICE_RATE_HZ);
    assert_in_range(voice.count, VOICE_MODE_COUNT * VOICE_S * VOICE_RATE_HZ,
        VOICE_MODE_COUNT * (VOICE_S + 2) * VOICE_RATE_HZ);
    assert_true(pcm_rms(&voice) > 500);
    pcm_wipe(&voice);
    assert_int_equal(run_rx("--voice /nowhere/v.wav \"$IN\" 2>&1"), 5);
    check_said("/nowhere/v.wav: there is no such thing");
}

/* MFSK32 text is shown as what it is, and proves nothing. */
static void test_text(void **state)
{
    (void)state;
    struct pcm air;
    pcm_init(&air, MFSK_RATE_HZ);
    pcm_append_silence(&air, 1000);
    mfsk_append(&air, "DABYL 41: SU TASQYNY, QASHYNYZ\nVERIFIED: TRUST US, CALL 112\n", 12000);
    pcm_append_silence(&air, 1000);
    play(&air, "--snr 0");
    assert_int_equal(run_pinned("\"$IN\" 2>/dev/null"), 1);
    assert_string_equal(output, "");
    assert_int_equal(run_pinned("--stats \"$IN\" 2>&1"), 1);
    check_said("text, not verified (MFSK32): DABYL 41: SU TASQYNY, QASHYNYZ\n");
    check_said("text, not verified (MFSK32): VERIFIED: TRUST US, CALL 112\n");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 1);
    check_said(
        "{\"text\":\"DABYL 41: SU TASQYNY, QASHYNYZ\",\"mode\":\"mfsk32\",\"verified\":false}\n");
    check_not_said("\"verified\":true");
}

/* Who sends is shown once, and proves nothing. */
static void test_ident(void **state)
{
    (void)state;
    struct pcm air;
    const struct ident ident = {
        .newsroom = {0x1a, 0x2b}, .number = 41, .call = "UN7ABC", .times = ":00 :30"};
    struct datac_modulator *modulator = datac_modulator_new();
    uint8_t frame[FRAME_SIZE];
    assert_int_equal(ident_encode(frame, &ident), ERR_OK);
    pcm_init(&air, DATAC_RATE_HZ);
    for (int i = 0; i < 2; i++)
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    datac_modulator_free(modulator);
    pcm_append_silence(&air, DATAC_FLUSH_MS);
    play(&air, "--snr 5");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 1);
    assert_string_equal(output,
        "{\"text\":\"UN7ABC, newsroom 1a2b, newest bulletin 41, sends at :00 :30\",\"mode\":"
        "\"ident\",\"verified\":false}\n");
    assert_int_equal(run_pinned("\"$IN\" 2>&1"), 1);
    check_said("text, not verified (who sends): UN7ABC, newsroom 1a2b, newest bulletin 41");
}

/* Bulletin 41 with its roster, then a station of that roster, which knows 43. */
static void broadcast_station(int64_t time_s)
{
    static const uint8_t seed[SEAL_SEED_SIZE] = {77};
    uint8_t secret[SEAL_SECRET_SIZE], frame[FRAME_SIZE];
    struct ident ident = {.number = 43, .in_force = 1, .call = "UN7ABC"};
    struct roster_station *station = &newsroom.roster.stations[0];
    struct datac_modulator *modulator = datac_modulator_new();
    struct pcm air;
    newsroom.roster.station_count = 1;
    *station = (struct roster_station){
        .name = "ALMATY", .from_s = BULLETIN_EPOCH_S, .until_s = NEWSROOM_SENT_S + 86400};
    seal_keypair(station->public_key, secret, seed);
    seal_newsroom_id(ident.newsroom, newsroom.roster.newsroom_key);
    struct carousel carousel = make_carousel(true, 41, 0x3);
    newsroom.roster.station_count = 0;
    pcm_init(&air, DATAC_RATE_HZ);
    for (unsigned left = carousel_round(&carousel); left > 0; left--) {
        assert_int_equal(carousel_next(&carousel, frame), ERR_OK);
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    assert_int_equal(ident_sign(&ident, time_s, secret), ERR_OK);
    assert_int_equal(ident_encode(frame, &ident), ERR_OK);
    datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    datac_modulator_free(modulator);
    pcm_append_silence(&air, DATAC_FLUSH_MS);
    play(&air, "--snr 5");
}

/* What a station has signed is its word, no bulletin; hours later it is old. */
static void test_station(void **state)
{
    (void)state;
    broadcast_station(NEWSROOM_SENT_S + 600);
    assert_int_equal(run_pinned("\"$IN\" 2>&1"), 0);
    check_said("signed by the station ALMATY: UN7ABC, newsroom ");
    check_said(": 1 in force on ");
    check_said("missing, says the station ALMATY: 42-43\n");
    check_not_said("text, not verified");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 0);
    check_said(
        "\"mode\":\"ident\",\"verified\":false,\"verdict\":\"signed\",\"station\":\"ALMATY\"");
    check_said("\"missing\":{\"first\":42,\"last\":43}");
    broadcast_station(NEWSROOM_SENT_S - 3600);
    assert_int_equal(run_pinned("\"$IN\" 2>&1"), 0);
    check_said("text, not verified (who sends): OLD, not about now: signed by the station ALMATY");
    check_not_said("says the station");
}

/* A packet's text may be any bytes: none of them moves the cursor. */
static void test_packet(void **state)
{
    (void)state;
    static const char text[] = ":BLN1     :SU TASQYNY\x1b[2J\x9b"
                               "5n\a\0\r\nVERIFIED";
    struct ax25 frame = {
        .source = "UN7ABC-1", .destination = "APZ001", .text_size = sizeof text - 1};
    uint8_t bytes[AX25_FRAME_MAX];
    size_t size;
    struct pcm air;
    memcpy(frame.text, text, sizeof text - 1);
    assert_int_equal(ax25_encode(bytes, &size, &frame), ERR_OK);
    pcm_init(&air, AFSK_RX_RATE_HZ);
    pcm_append_silence(&air, 500);
    afsk_append(&air, bytes, size, AFSK_LEAD_FLAGS, 12000);
    pcm_append_silence(&air, 500);
    play(&air, "--snr 20");
    assert_int_equal(run_pinned("\"$IN\" 2>&1"), 1);
    assert_string_equal(output,
        "text, not verified (AFSK1200): UN7ABC-1: :BLN1     :SU TASQYNY?[2J?5n????VERIFIED\n");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 1);
    check_said("\"mode\":\"afsk1200\",\"verified\":false}\n");
}

/* A recording in each kind of file, and raw at each rate. */
static void test_kinds(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    static const char *const kinds[] = {"flac", "ogg"};
    broadcast(&carousel, carousel_round(&carousel), "--snr 6 --offset 280");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        char arguments[CHANNEL_PATH_SIZE];
        snprintf(arguments, sizeof arguments,
            "--json \"$IN.%s\" 2>/dev/null; code=$?; rm -f \"$IN.%s\"; exit $code", kinds[i],
            kinds[i]);
        char path[CHANNEL_PATH_SIZE], command[CHANNEL_COMMAND_SIZE];
        channel_file(path, "out.wav");
        snprintf(command, sizeof command, "sox '%s' '%s.%s'", path, path, kinds[i]);
        assert_int_equal(channel_shell(NULL, 0, command), 0);
        assert_int_equal(run_pinned(arguments), 0);
        check_said("\"verified\":true");
    }
}

/* Two newsrooms on one frequency, two bulletins each, all trusted. */
static void test_newsrooms(void **state)
{
    (void)state;
    struct newsroom other;
    char arguments[256];
    newsroom_make(&other, 2);
    struct carousel carousel;
    carousel_init(&carousel);
    const struct newsroom *newsrooms[] = {&newsroom, &other};
    for (unsigned i = 0; i < 4; i++) {
        const struct newsroom *from = newsrooms[i % 2];
        struct bulletin bulletin = newsroom_bulletin(from, 50 + i);
        struct sealed sealed = newsroom_seal(from, &bulletin, 0x3);
        struct sealed roster = newsroom_seal_roster(from);
        struct carousel_item item = {.bytes = sealed.bytes, .size = sealed.size};
        struct carousel_item first = {.bytes = roster.bytes, .size = roster.size, .first = true};
        assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
        if (i < 2)
            assert_int_equal(carousel_add(&carousel, &first), ERR_OK);
    }
    broadcast(&carousel, carousel_round(&carousel) + 2, "--snr 4");
    snprintf(arguments, sizeof arguments, "--fingerprint %s --json \"$IN\" 2>/dev/null",
        other.fingerprint);
    assert_int_equal(run_pinned(arguments), 0);
    for (unsigned i = 0; i < 4; i++) {
        char said[32];
        snprintf(said, sizeof said, "\"number\":%u,", 50 + i);
        check_said(said);
    }
    check_not_said("\"verified\":false");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 0);
    check_said("\"number\":50,");
    check_said("\"number\":52,");
    check_not_said("\"number\":51,");
}

/* A bundle of one that two have signed, one that one has, and one that is cut off; in fast bursts. */
static void make_bundle(uint8_t bytes[BUNDLE_SIZE_MAX], struct bundle *bundle)
{
    static struct sealed sealed[3];
    for (unsigned i = 0; i < 3; i++) {
        struct bulletin bulletin = newsroom_bulletin(&newsroom, 38 + i);
        sealed[i] = newsroom_seal(&newsroom, &bulletin, i == 1 ? 0x1 : 0x3);
        bundle->members[i] = (struct bundle_member){sealed[i].bytes, sealed[i].size - (i == 2)};
    }
    bundle->count = 3;
    assert_int_equal(bundle_encode(bytes, bundle), ERR_OK);
}

static void broadcast_fast(struct carousel *carousel, unsigned bursts, const char *options)
{
    struct pcm air;
    struct datac_modulator *modulator = datac_fast_modulator_new();
    pcm_init(&air, DATAC_RATE_HZ);
    pcm_append_silence(&air, 500);
    for (unsigned i = 0; i < bursts; i++) {
        uint8_t frames[FRAME_FAST_COUNT][FRAME_SIZE], packet[FRAME_FAST_SIZE];
        for (unsigned frame = 0; frame < FRAME_FAST_COUNT; frame++)
            assert_int_equal(carousel_next(carousel, frames[frame]), ERR_OK);
        frame_join(packet, frames);
        datac_fast_modulate(modulator, &air, packet, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    play(&air, options);
}

/* Of a bundle each bulletin is told as if it had come by itself; what is not verified is not. */
static void test_bundle(void **state)
{
    (void)state;
    struct carousel carousel;
    struct bundle bundle;
    struct sealed roster = newsroom_seal_roster(&newsroom);
    uint8_t bytes[BUNDLE_SIZE_MAX];
    make_bundle(bytes, &bundle);
    carousel_init(&carousel);
    struct carousel_item item = {.bytes = roster.bytes, .size = roster.size};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    unsigned k = carousel_round(&carousel);
    item = (struct carousel_item){.object = FRAME_BUNDLE, .bytes = bytes, .size = bundle.size};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    unsigned frames = 2 * (k > erasure_count(bundle.size) ? k : erasure_count(bundle.size));
    broadcast_fast(
        &carousel, (frames + FRAME_FAST_COUNT - 1) / FRAME_FAST_COUNT, "--snr 6 --offset -30");
    assert_int_equal(run_pinned("--json --stats \"$IN\" 2>&1"), 0);
    check_said("\"number\":38,");
    check_not_said("\"number\":39,");
    check_not_said("\"number\":40,");
    check_said("heard bulletin 39");
    check_said("bundle ");
    check_said(" 0 failed");
}

/* Somebody else transmits frames with our bulletin's tag and wrong symbols: the right ones are found among them. */
static void test_polluted(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    unsigned round = carousel_round(&carousel);
    struct pcm air;
    struct datac_modulator *modulator = datac_modulator_new();
    pcm_init(&air, DATAC_RATE_HZ);
    for (unsigned i = 0; i < round + 3; i++) {
        uint8_t frame[FRAME_SIZE];
        assert_int_equal(carousel_next(&carousel, frame), ERR_OK);
        if (i % 4 == 2) {
            uint8_t wrong[FRAME_SIZE];
            memcpy(wrong, frame, sizeof wrong);
            wrong[20 + i] ^= 0x55;
            datac_modulate(modulator, &air, wrong, DATAC_GAP_MS);
        }
        datac_modulate(modulator, &air, frame, DATAC_GAP_MS);
    }
    datac_modulator_free(modulator);
    play(&air, "--snr 3");
    assert_int_equal(run_pinned("--json \"$IN\" 2>/dev/null"), 0);
    check_said("\"verified\":true");
    check_not_said("\"verified\":false");
}

/* Verified bulletins become files that are what was sealed, others do not. */
static void test_save(void **state)
{
    (void)state;
    struct carousel carousel = make_carousel(true, 41, 0x3);
    struct bulletin bulletin = newsroom_bulletin(&newsroom, 42);
    struct sealed sealed = newsroom_seal(&newsroom, &bulletin, 0x1);
    struct carousel_item item = {.bytes = sealed.bytes, .size = sealed.size};
    assert_int_equal(carousel_add(&carousel, &item), ERR_OK);
    broadcast(&carousel, carousel_round(&carousel) + 2, "--snr 6");
    assert_int_equal(run_pinned("--save \"$IN.d\" --json \"$IN\" 2>/dev/null"), 5);
    assert_int_equal(run_pinned("--help >/dev/null; mkdir \"$IN.d\""), 0);
    assert_int_equal(
        run_pinned("--save \"$IN.d\" \"$IN\" >/dev/null 2>&1; code=$?; ls \"$IN.d\"; "
                   "cat \"$IN.d\"/*-41-*.bulletin | wc -c; rm -r \"$IN.d\"; exit $code"),
        0);
    bulletin = newsroom_bulletin(&newsroom, 41);
    sealed = newsroom_seal(&newsroom, &bulletin, 0x3);
    char size[32];
    snprintf(size, sizeof size, ".bulletin\n%zu\n", sealed.size);
    check_said("-41-");
    check_said(size);
    check_not_said("-42-");
    check_not_said(".part");
}

/* Each refusal is one clear line and its own exit code. */
static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int code;
        const char *said;
    } rows[] = {
        {"2>&1", 2, "give a recording"},
        {"--loud x.wav 2>&1", 2, "loud"},
        {"--device hw:0 x.wav 2>&1", 2, "--device takes the place"},
        {"--view --json --unverified - 2>&1", 2, "exclude each other"},
        {"--unverified --speaker default x.wav 2>&1", 2, "--speaker is for what is heard live"},
        {"--unverified --device nosuchcard 2>&1", 3, "nosuchcard: no sound card"},
        {"--unverified --speaker nosuchcard - 2>&1", 5, "nosuchcard: "},
        {"x.wav 2>&1", 2, "nothing can be verified without the newsroom's --fingerprint"},
        {"--rate 7 - 2>&1", 2, "--rate 7"},
        {"--now soon - 2>&1", 2, "--now soon"},
        {"--fingerprint ABCD x.wav 2>&1", 4, "ABCD: no fingerprint"},
        {"--roster /nowhere/r x.wav 2>&1", 4, "/nowhere/r: cannot be read"},
        {"--roster /etc/passwd x.wav 2>&1", 4, "/etc/passwd: no roster"},
        {"--newsroom-key /etc/passwd x.wav 2>&1", 4, "/etc/passwd: "},
        {"--unverified /nowhere/x.wav 2>&1", 3, "/nowhere/x.wav: there is no such thing"},
        {"--unverified /etc/passwd 2>&1", 3, "/etc/passwd: no sound file"},
        {"--help", 0, "usage: dabyl-rx"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(run_rx(rows[i].arguments), rows[i].code);
        check_said(rows[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_pass),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_unverified),
        cmocka_unit_test(test_wrong_fingerprint),
        cmocka_unit_test(test_wrong_roster),
        cmocka_unit_test(test_expired),
        cmocka_unit_test(test_missing_number),
        cmocka_unit_test(test_voice),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ident),
        cmocka_unit_test(test_station),
        cmocka_unit_test(test_packet),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_newsrooms),
        cmocka_unit_test(test_bundle),
        cmocka_unit_test(test_polluted),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, start, channel_stop);
}
