#include "audio/programme.h"

#include "audio/carousel.h"
#include "audio/datac.h"
#include "audio/script.h"
#include "audio/shape.h"
#include "audio/speech.h"
#include "audio/tone.h"
#include "audio/voice.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

#define START_MS 400 /* a transmitter needs as long before what it sends is whole */
#define PAUSE_MS 500
#define HF_LOW_HZ 300
#define HF_HIGH_HZ 2700 /* what an SSB transmitter's filter passes */
#define FM_HIGH_HZ 3000
#define PASSES 2                       /* how often data are sent */
#define FRAMES_MAX (3 * ERASURE_K_MAX) /* of one pass: the roster's k, the bulletin's 2k */

enum kind { SILENCE, TONE, SPEECH, DATA, VOICE };

/* One row of a running order. */
struct step {
    enum kind kind;
    unsigned milliseconds; /* of silence or tone */
    unsigned pass;         /* of data */
    bool each;             /* once for each language, a pause after it */
    bool brief;            /* speech without the description */
    double high_hz;        /* upper end of the band of plain speech */
};

static const struct step hf[] = {
    {.kind = SILENCE, .milliseconds = START_MS},
    {.kind = TONE, .milliseconds = TONE_SECONDS * 1000},
    {.kind = SILENCE, .milliseconds = PAUSE_MS},
    {.kind = SPEECH, .each = true, .brief = true, .high_hz = HF_HIGH_HZ},
    {.kind = DATA, .pass = 0},
    {.kind = VOICE, .each = true},
    {.kind = DATA, .pass = 1},
};

static const struct step fm[] = {
    {.kind = SILENCE, .milliseconds = START_MS},
    {.kind = SPEECH, .each = true, .high_hz = FM_HIGH_HZ},
    {.kind = DATA, .pass = 0},
    {.kind = DATA, .pass = 1},
};

static const struct order {
    const char *name;
    const struct step *steps;
    size_t count;
} orders[] = {
    {"hf", hf, sizeof(hf) / sizeof(hf[0])},
    {"fm", fm, sizeof(fm) / sizeof(fm[0])},
};

/* What has been spoken in one language. */
struct spoken {
    struct pcm brief;
    struct pcm full;
};

struct segment {
    const struct step *step;
    enum bulletin_language language;
};

struct frames {
    size_t count;
    uint8_t frame[FRAMES_MAX][FRAME_SIZE];
};

struct programme {
    size_t count;
    struct segment segments[PROGRAMME_SEGMENTS_MAX];
    struct spoken spoken[BULLETIN_LANGUAGE_COUNT];
    struct frames passes[PASSES];
    struct datac_modulator *modulator;
    size_t burst_samples; /* of one frame with its gap */
};

static const struct pcm *find_speech(
    const struct programme *programme, const struct segment *segment)
{
    const struct spoken *spoken = &programme->spoken[segment->language];

    return segment->step->brief ? &spoken->brief : &spoken->full;
}

static size_t to_samples(unsigned milliseconds)
{
    return (size_t)milliseconds * PROGRAMME_RATE_HZ / 1000;
}

static size_t silence_samples(const struct programme *programme, const struct segment *segment)
{
    (void)programme;
    return to_samples(segment->step->milliseconds);
}

static enum err silence_render(
    struct pcm *pcm, const struct programme *programme, const struct segment *segment)
{
    (void)programme;
    pcm_append_silence(pcm, segment->step->milliseconds);
    return ERR_OK;
}

static enum err tone_render(
    struct pcm *pcm, const struct programme *programme, const struct segment *segment)
{
    (void)programme;
    tone_append(pcm, TONE_HZ, segment->step->milliseconds, PROGRAMME_PEAK);
    return ERR_OK;
}

static size_t speech_samples(const struct programme *programme, const struct segment *segment)
{
    return find_speech(programme, segment)->count + to_samples(PAUSE_MS);
}

static enum err speech_render(
    struct pcm *pcm, const struct programme *programme, const struct segment *segment)
{
    const struct pcm *speech = find_speech(programme, segment);
    struct pcm shaped;

    pcm_init(&shaped, PROGRAMME_RATE_HZ);
    pcm_append(&shaped, speech->samples, speech->count);
    shape_compress(&shaped, HF_LOW_HZ, segment->step->high_hz);
    shape_peak(&shaped, PROGRAMME_PEAK);
    pcm_append(pcm, shaped.samples, shaped.count);
    pcm_append_silence(pcm, PAUSE_MS);
    pcm_wipe(&shaped);
    return ERR_OK;
}

static size_t data_samples(const struct programme *programme, const struct segment *segment)
{
    return programme->passes[segment->step->pass].count * programme->burst_samples;
}

static enum err data_render(
    struct pcm *pcm, const struct programme *programme, const struct segment *segment)
{
    const struct frames *pass = &programme->passes[segment->step->pass];

    for (size_t i = 0; i < pass->count; i++)
        datac_modulate(programme->modulator, pcm, pass->frame[i], DATAC_GAP_MS);
    return ERR_OK;
}

static size_t voice_samples(const struct programme *programme, const struct segment *segment)
{
    return voice_encoded_samples(find_speech(programme, segment)->count) + to_samples(PAUSE_MS);
}

static enum err voice_render(
    struct pcm *pcm, const struct programme *programme, const struct segment *segment)
{
    struct pcm modem;
    enum err err = voice_encode(&modem, find_speech(programme, segment));

    if (!err) {
        pcm_append(pcm, modem.samples, modem.count);
        pcm_append_silence(pcm, PAUSE_MS);
    }
    pcm_wipe(&modem);
    return err;
}

/* The verbs of each kind of segment. */
static const struct verbs {
    const char *name;
    size_t (*samples)(const struct programme *programme, const struct segment *segment);
    enum err (*render)(
        struct pcm *pcm, const struct programme *programme, const struct segment *segment);
} kinds[] = {
    [SILENCE] = {"silence", silence_samples, silence_render},
    [TONE] = {"tone", silence_samples, tone_render},
    [SPEECH] = {"speech", speech_samples, speech_render},
    [DATA] = {"data", data_samples, data_render},
    [VOICE] = {"voice", voice_samples, voice_render},
};

static const struct order *find_order(const char *name)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        if (strcmp(orders[i].name, name) == 0)
            return &orders[i];
    }
    return NULL;
}

bool programme_exists(const char *name)
{
    return find_order(name) != NULL;
}

static void put_segments(struct programme *programme, const struct step *step, uint8_t languages)
{
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        bool wanted = step->each ? (languages & 1u << language) != 0 : language == 0;

        if (wanted && programme->count < PROGRAMME_SEGMENTS_MAX)
            programme->segments[programme->count++] =
                (struct segment){.step = step, .language = (enum bulletin_language)language};
    }
}

static enum err speak(struct pcm *speech, const struct programme_input *input,
    enum bulletin_language language, bool brief)
{
    char words[NORMAL_TEXT_MAX];
    const struct pcm *recorded = input->recorded ? &input->recorded[language] : NULL;
    const struct script script = {.bulletin = input->bulletin,
        .code = input->code,
        .sender = input->sender,
        .language = language,
        .brief = brief};
    enum err err;

    if (recorded && recorded->count > 0) {
        pcm_init(speech, PROGRAMME_RATE_HZ);
        pcm_append(speech, recorded->samples, recorded->count);
        return ERR_OK;
    }
    err = script_write(words, sizeof(words), &script);
    return err ? err : speech_say(speech, words, language, PROGRAMME_RATE_HZ);
}

/* Speaks what the segments need, once. */
static enum err speak_all(struct programme *programme, const struct programme_input *input)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < programme->count && !err; i++) {
        const struct segment *segment = &programme->segments[i];
        struct spoken *spoken = &programme->spoken[segment->language];
        struct pcm *speech = segment->step->brief ? &spoken->brief : &spoken->full;

        if (segment->step->each && speech->count == 0)
            err = speak(speech, input, segment->language, segment->step->brief);
    }
    return err;
}

static enum err put_frames(struct frames *frames, struct carousel *carousel, unsigned count)
{
    enum err err = ERR_OK;

    while (count-- > 0 && !err) {
        if (frames->count == sizeof(frames->frame) / sizeof(frames->frame[0]))
            return ERR_LONG;
        err = carousel_next(carousel, frames->frame[frames->count++]);
    }
    return err;
}

/* One object's symbols go round by themselves, so that each pass has all of the bulletin's, in both passes other ones of the
 * roster's. share: frames of a pass over k. */
static enum err cut(struct programme *programme, const uint8_t *bytes, size_t size, unsigned share)
{
    struct carousel *carousel = malloc(sizeof(*carousel));
    enum err err;

    if (!carousel)
        log_fatal("no_memory");
    carousel_init(carousel);
    err = carousel_add(
        carousel, &(struct carousel_item){.object = FRAME_BULLETIN, .bytes = bytes, .size = size});
    for (unsigned pass = 0; pass < PASSES && !err; pass++)
        err = put_frames(&programme->passes[pass], carousel, share * carousel_round(carousel));
    free(carousel);
    return err;
}

static enum err cut_all(struct programme *programme, const struct programme_input *input)
{
    static const uint8_t nothing[DATAC_PAYLOAD_SIZE];
    struct pcm burst;
    enum err err = ERR_OK;

    pcm_init(&burst, DATAC_RATE_HZ);
    programme->modulator = datac_modulator_new();
    datac_modulate(programme->modulator, &burst, nothing, DATAC_GAP_MS);
    programme->burst_samples = burst.count;
    pcm_wipe(&burst);
    if (input->roster)
        err = cut(programme, input->roster, input->roster_size, 1);
    return err ? err : cut(programme, input->sealed, input->sealed_size, 2);
}

enum err programme_new(
    struct programme **programme, const char *name, const struct programme_input *input)
{
    const struct order *order = find_order(name);
    uint8_t languages = input->languages ? input->languages : 0xff;
    struct programme *new;
    enum err err;

    languages &= input->bulletin->languages;
    if (!order || !languages)
        return ERR_MISSING;
    new = calloc(1, sizeof(*new));
    if (!new)
        log_fatal("no_memory");
    for (size_t i = 0; i < order->count; i++)
        put_segments(new, &order->steps[i], languages);
    err = speak_all(new, input);
    if (!err)
        err = cut_all(new, input);
    if (err) {
        programme_free(new);
        return err;
    }
    *programme = new;
    return ERR_OK;
}

void programme_free(struct programme *programme)
{
    if (!programme)
        return;
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        pcm_wipe(&programme->spoken[language].brief);
        pcm_wipe(&programme->spoken[language].full);
    }
    datac_modulator_free(programme->modulator);
    free(programme);
}

size_t programme_count(const struct programme *programme)
{
    return programme->count;
}

static size_t count_samples(const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return kinds[segment->step->kind].samples(programme, segment);
}

struct programme_segment programme_describe(const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return (struct programme_segment){.name = kinds[segment->step->kind].name,
        .language = segment->step->each ? bulletin_print_language(segment->language) : NULL,
        .seconds = (double)count_samples(programme, index) / PROGRAMME_RATE_HZ};
}

double programme_seconds(const struct programme *programme)
{
    size_t samples = 0;

    for (size_t i = 0; i < programme->count; i++)
        samples += count_samples(programme, i);
    return (double)samples / PROGRAMME_RATE_HZ;
}

enum err programme_render(struct pcm *pcm, const struct programme *programme, size_t index)
{
    const struct segment *segment = &programme->segments[index];

    return kinds[segment->step->kind].render(pcm, programme, segment);
}
