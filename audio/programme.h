/* programme: the running order of one broadcast: a list of segments (segment.h). Everything is made at SEGMENT_RATE_HZ; its length is known
 * before it is rendered.
 *
 * hf (shortwave, upper side band, centre 1,500 Hz): "start tone pause brief data mfsk voice data ident": silence for push-to-talk, a
 *   tone to tune by, plain speech in each language (brief; behind it the call sign, and when broadcasts begin), data (the roster, then
 *   every symbol of the bulletin), text as MFSK32, FreeDV 700D voice in each language (in full), data again with the symbols that
 *   follow, who sends (ident.h).
 * fm (narrow band): "start speech afsk fast data afsk fast data voice2400 data ident": speech in each language (in full), text as
 *   APRS bulletins in AFSK1200, data in fast bursts (datac1, four frames each) and in slow ones, FreeDV 2400B voice in each language (in
 *   full). The fast bursts come before the slow, for whoever hears well need not wait; the slow ones, which reach further, are spread
 *   over the most time, against what fades.
 * Other words: "voice700e", FreeDV 700E ("voice700d" is "voice"); "armour", the sealed bulletin as text at 110 baud (teletype.h); "same"
 *   and "sameend", the header of the Emergency Alert System and its end (same.h).
 * Any other order is the same words in another row, in languages of their own, repeated (order.h).
 */
#ifndef AUDIO_PROGRAMME_H
#define AUDIO_PROGRAMME_H

#include "audio/segment.h"

#define PROGRAMME_SEGMENTS_MAX 32
#define PROGRAMME_IDENT_S 120 /* an order with "ident" has one about so often */

struct programme;

struct programme_segment {
    const char *name;     /* "silence", "tone", "speech", "data", "mfsk", "voice", "voice700e",
                             "voice2400", "afsk", "armour", "ident", "same", "sameend" */
    const char *language; /* "kk", ... or NULL */
    double seconds;
};

/* Is this the name of a running order ("hf", "fm"), or one itself ("tone speech data")? */
bool programme_exists(const char *text);

/* The name of a running order, for files: its own, or "own" for one in words. Static. */
const char *programme_name(const char *text);

/* Prepares a running order: writes scripts, speaks them (blocks, see speech.h), cuts frames. ERR_MISSING for an unknown word or
 * name, or if no language is left; what the segments' create says. */
ERR_CHECKED enum err programme_new(
    struct programme **programme, const char *text, const struct programme_input *input);
/* NULL is allowed. */
void programme_free(struct programme *programme);

size_t programme_count(const struct programme *programme);
/* The segment with this index, which is below the count. */
struct programme_segment programme_describe(const struct programme *programme, size_t index);
double programme_seconds(const struct programme *programme);

/* Appends the segment's sound to pcm, which is at SEGMENT_RATE_HZ. ERR_SYSTEM if a library fails. */
ERR_CHECKED enum err programme_render(
    struct pcm *pcm, const struct programme *programme, size_t index);

#endif
