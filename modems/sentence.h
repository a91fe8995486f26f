/* sentence: where a sentence ends, so that a text is cut between sentences only.
 */
#ifndef MODEMS_SENTENCE_H
#define MODEMS_SENTENCE_H

#include <stddef.h>

/* Bytes of the first sentence of a terminated UTF-8 text, with its closing marks, without the space behind it. It ends at
 * . ! ? or … before a space, a line break or the end, but not behind an abbreviation ("ул. Абая", "No. 7"), a single letter,
 * a number that begins it ("1. Stay in."), or before a small letter. 0 only for an empty text. In doubt two
 * sentences count as one. */
size_t sentence_measure(const char *text);

/* Bytes of space at the start of a text. */
size_t sentence_measure_space(const char *text);

#endif
