#include "audio/quiet.h"

#include "audio/aprs.h"
#include "audio/carousel.h"
#include "audio/datac.h"
#include "audio/script_quiet.h"
#include "audio/script_sign.h"
#include "audio/segment.h"
#include "audio/shape.h"
#include "audio/speech.h"
#include "audio/tone.h"

#include <stdlib.h>
#include <string.h>

#define START_MS 400 /* a transmitter needs as long before what it sends is whole */
#define LOW_HZ 300
#define HIGH_HZ 2700   /* what an SSB transmitter's filter passes */
#define SPARE_FRAMES 1 /* of the roster, beside the k that suffice */

_Static_assert(QUIET_RATE_HZ == DATAC_RATE_HZ, "frames and speech have one rate");

static enum err sign(
    struct ident *ident, const struct roster *roster, const struct quiet_request *request)
{
    const char *call = request->call ? request->call : APRS_CALL_DEFAULT;

    *ident = (struct ident){.dated = true, .number = request->number};
    if (strlen(call) >= sizeof(ident->call))
        return ERR_LONG;
    seal_newsroom_id(ident->newsroom, roster->newsroom_key);
    memcpy(ident->call, call, strlen(call));
    ident_set_times(ident, request->times ? request->times : "");
    return ident_sign(ident, request->time_s, request->station->secret);
}

enum err quiet_sign(struct quiet *quiet, const struct quiet_request *request)
{
    struct roster roster;
    enum err err =
        roster_open(&roster, request->roster, request->roster_size, request->fingerprint);

    *quiet = (struct quiet){.sender = request->sender,
        .next_s = request->next_s,
        .languages = request->languages,
        .roster = request->roster,
        .roster_size = request->roster_size};
    if (!err && !station_is_listed(request->station, &roster, request->time_s))
        err = ERR_ROSTER;
    return err ? err : sign(&quiet->ident, &roster, request);
}

static enum err put_roster(
    struct pcm *pcm, struct datac_modulator *modulator, const struct quiet *quiet)
{
    struct carousel *carousel = segment_allocate(sizeof(*carousel));
    const struct carousel_item item = {
        .object = FRAME_BULLETIN, .bytes = quiet->roster, .size = quiet->roster_size};
    uint8_t frame[FRAME_SIZE];
    enum err err;

    carousel_init(carousel);
    err = carousel_add(carousel, &item);
    for (unsigned left = err ? 0 : carousel_round(carousel) + SPARE_FRAMES; left > 0 && !err;
         left--) {
        err = carousel_next(carousel, frame);
        if (!err)
            datac_modulate(modulator, pcm, frame, DATAC_GAP_MS);
    }
    free(carousel);
    return err;
}

/* The call sign behind what is there, if it has one of its own. */
static enum err add_sign(
    char words[NORMAL_TEXT_MAX], const char *call, enum bulletin_language language)
{
    const struct script_sign sign = {.call = call, .language = language};
    size_t used = strlen(words);

    if (strcmp(call, APRS_CALL_DEFAULT) == 0 || used + 1 >= NORMAL_TEXT_MAX)
        return ERR_OK;
    words[used] = ' ';
    return script_sign_write(words + used + 1, NORMAL_TEXT_MAX - used - 1, &sign);
}

static enum err put_speech(
    struct pcm *pcm, const struct quiet *quiet, enum bulletin_language language)
{
    const struct script_quiet script = {.sender = quiet->sender,
        .time_s = quiet->ident.time_s,
        .next_s = quiet->next_s,
        .number = quiet->ident.number,
        .language = language};
    char words[NORMAL_TEXT_MAX];
    struct pcm spoken = {0};
    enum err err = script_quiet_write(words, sizeof(words), &script);

    if (!err)
        err = add_sign(words, quiet->ident.call, language);
    if (!err)
        err = speech_say(&spoken, words, language, QUIET_RATE_HZ);
    if (!err) {
        shape_compress(&spoken, LOW_HZ, HIGH_HZ);
        shape_peak(&spoken, SEGMENT_PEAK);
        pcm_append(pcm, spoken.samples, spoken.count);
        pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    }
    pcm_wipe(&spoken);
    return err;
}

enum err quiet_render(struct pcm *pcm, const struct quiet *quiet)
{
    uint8_t languages = quiet->languages ? quiet->languages : 0xff, frame[FRAME_SIZE];
    struct datac_modulator *modulator = datac_modulator_new();
    enum err err = ident_encode(frame, &quiet->ident);

    pcm_init(pcm, QUIET_RATE_HZ);
    pcm_append_silence(pcm, START_MS);
    tone_append(pcm, TONE_HZ, TONE_SECONDS * 1000, SEGMENT_PEAK);
    pcm_append_silence(pcm, SEGMENT_PAUSE_MS);
    if (!err && quiet->roster)
        err = put_roster(pcm, modulator, quiet);
    if (!err)
        datac_modulate(modulator, pcm, frame, DATAC_GAP_MS);
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT && !err; i++)
        if ((languages & 1u << i) != 0)
            err = put_speech(pcm, quiet, (enum bulletin_language)i);
    if (!err)
        datac_modulate(modulator, pcm, frame, DATAC_GAP_MS);
    datac_modulator_free(modulator);
    return err;
}
