/* segment: one piece of a broadcast: a tone, speech, data frames, text, digital voice. Each kind is one file, segment_NAME.c, with
 * the same four verbs in one constant; a programme (programme.h) is a list of them.
 */
#ifndef AUDIO_SEGMENT_H
#define AUDIO_SEGMENT_H

#include "audio/carousel.h"
#include "audio/pcm.h"
#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEGMENT_RATE_HZ 8000
#define SEGMENT_PEAK                                                                               \
    16384.0 /* of all kinds: that of the modems, so that the transmitter is set once */
#define SEGMENT_PAUSE_MS 500 /* behind what people listen to */

/* What is to be said. Everything must outlive the programme. */
struct programme_input {
    const struct bulletin *bulletin; /* accepted by quorum_accept: nothing is checked here */
    const char *code;                /* its check code */
    const uint8_t *sealed;
    size_t sealed_size;
    const uint8_t *roster; /* sealed roster, or NULL: none is sent */
    size_t roster_size;
    const char *sender; /* who speaks */
    const char
        *call; /* the licence's call sign, for kinds that need one; NULL: a placeholder (aprs.h) */
    const char *times;          /* when broadcasts begin, ":00 :30"; NULL: not known */
    const struct pcm *recorded; /* BULLETIN_LANGUAGE_COUNT of them: spoken by a person, at
                                   SEGMENT_RATE_HZ; an empty one is synthesised. NULL: all are */
    uint8_t
        languages; /* mask of those wanted; those that the bulletin lacks are passed over; 0: all that it has */
    const struct carousel_item *others; /* what shares the data segments with it, accepted */
    size_t other_count;                 /* below CAROUSEL_OBJECTS_MAX */
};

/* What goes round in the data segments. */
enum segment_carousel { SEGMENT_ROSTER, SEGMENT_BULLETIN, SEGMENT_OTHERS, SEGMENT_CAROUSEL_COUNT };

/* What the segments of one programme share. */
struct segment_source {
    const struct programme_input *input;
    double high_hz;                                /* upper end of the band of plain speech */
    struct pcm spoken[BULLETIN_LANGUAGE_COUNT][2]; /* in full and in brief, once it is wanted */
    struct carousel *carousels[SEGMENT_CAROUSEL_COUNT]; /* once they are wanted */
    bool fast; /* a segment of fast bursts has come: these carry what else is in force */
};

/* What is wanted of one segment. */
struct segment_wish {
    enum bulletin_language language; /* of a kind that is made once for each language */
    bool brief;                      /* speech without the description */
    unsigned milliseconds;           /* of a pause or tone */
};

struct segment_kind {
    const char *name; /* "speech" */
    bool each;        /* made once for each language */
    /* Prepares it: *state is the kind's own, on the heap. May block for as long as speaking takes. */
    enum err (*create)(
        void **state, struct segment_source *source, const struct segment_wish *wish);
    /* Its length at SEGMENT_RATE_HZ. */
    size_t (*samples)(const void *state);
    /* Appends its sound. */
    enum err (*render)(struct pcm *pcm, const void *state);
    void (*destroy)(void *state);
};

extern const struct segment_kind segment_pause;
extern const struct segment_kind segment_tone;
extern const struct segment_kind segment_speech;
extern const struct segment_kind segment_data;
extern const struct segment_kind segment_fast;
extern const struct segment_kind segment_mfsk;
extern const struct segment_kind segment_voice;
extern const struct segment_kind segment_voice_700e;
extern const struct segment_kind segment_voice_2400;
extern const struct segment_kind segment_afsk;
extern const struct segment_kind segment_armour;
extern const struct segment_kind segment_ident;
extern const struct segment_kind segment_same;
extern const struct segment_kind segment_same_end;

/* The speech of a language, in full or in brief: a recording, or synthesised at its first use. What script_write and speech_say
 * say. */
ERR_CHECKED enum err segment_speak(
    const struct pcm **speech, struct segment_source *source, const struct segment_wish *wish);
/* size bytes of zeros; no memory: the process ends. */
void *segment_allocate(size_t size);
/* Samples of so many milliseconds. */
size_t segment_count_samples(unsigned milliseconds);

#endif
