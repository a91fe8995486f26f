/* segment: a text to the parts that phones put together again (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
 *
 *                              one part   each of several, 8-bit reference   16-bit reference
 *     GSM 7-bit, septets          160                  153                         152
 *     UCS-2, UTF-16 units          70                   67                          66
 *
 * Parts are slices of the text: put together they are the text again, to the byte. No part ends inside a surrogate pair,
 * an escape pair, or between a letter and what belongs to it (combining marks, joined emoji, flags), unless such a
 * character alone were longer than a part. Breaks fall behind a space near the end where that costs no further part.
 */
#ifndef MODEMS_SEGMENT_H
#define MODEMS_SEGMENT_H

#include "gateway/messages/messages.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEGMENT_PARTS_MAX 64 /* of one text; ours are far shorter, the standard allows 255 */
#define SEGMENT_UDH_SIZE 7   /* the longer of both headers, with its length byte */

/* Which concatenation header: its reference has 8 or 16 bits. */
enum segment_reference { SEGMENT_REFERENCE_8, SEGMENT_REFERENCE_16, SEGMENT_REFERENCE_COUNT };

struct segment_part {
    const char *text; /* into the text that was split, unterminated */
    size_t size;      /* bytes of it */
    uint16_t units;   /* septets or UTF-16 units, without the header */
    uint8_t udh_size; /* 0 for a single part */
    uint8_t udh[SEGMENT_UDH_SIZE];
};

struct segment {
    enum message_coding coding; /* of all parts */
    uint8_t count;              /* 1..SEGMENT_PARTS_MAX */
    struct segment_part part[SEGMENT_PARTS_MAX];
};

/* Splits a terminated text that must outlive *segment; an empty one is one empty part. reference tells this text from
 * others to the same phone; of it the low 8 bits are used by SEGMENT_REFERENCE_8. ERR_TEXT if it is not UTF-8, ERR_LONG
 * if it needs more than SEGMENT_PARTS_MAX parts. */
ERR_CHECKED enum err segment_split(
    struct segment *segment, const char *text, enum segment_reference width, uint16_t reference);

/* Units that a part has room for with an 8-bit reference: alone, or as one of several. */
unsigned segment_room(enum message_coding coding, bool is_one_of_several);

struct segment_size {
    enum message_coding coding;
    uint32_t misfit; /* the first character that is not in the GSM 7-bit alphabet; 0 if all are */
    size_t units;    /* septets or UTF-16 units of the whole text */
    size_t parts;    /* 1.., with an 8-bit reference; may be over SEGMENT_PARTS_MAX */
};

/* What a terminated UTF-8 text takes, without splitting it. */
void segment_measure(struct segment_size *size, const char *text);

#endif
