/* rx_text: text from the air as a terminal may have it. Nothing of it can move the cursor, colour, ring, clear or turn the direction
 * of writing, and each character takes one column. Pure.
 */
#ifndef AUDIO_RX_TEXT_H
#define AUDIO_RX_TEXT_H

#include <stddef.h>

#define RX_TEXT_COLUMNS_MAX 256 /* of a line that is shown */
#define RX_TEXT_SIZE (4 * RX_TEXT_COLUMNS_MAX + 1)
#define RX_TEXT_JSON_SIZE 4096 /* room for any line of rx_text_print_json */

enum rx_text_mode {
    RX_TEXT_MFSK32,
    RX_TEXT_AFSK1200,
    RX_TEXT_IDENT,
    RX_TEXT_VOICE, /* beside digital voice */
    RX_TEXT_MODE_COUNT
};

/* Called with each line of text heard, terminated, as it came. */
typedef void rx_text_handler(void *arg, enum rx_text_mode mode, const char *line);

/* "MFSK32" */
const char *rx_text_print_mode(enum rx_text_mode mode);
/* At most columns characters of text, which is terminated and may be anything at all: controls, what is no UTF-8 and what is not one
 * column wide become '?'. Terminated; returns the columns. clean has 4 bytes for each column, and one. */
size_t rx_text_clean(char *clean, const char *text, size_t columns);
/* {"text":"...","mode":"mfsk32","verified":false}, cleaned, at most RX_TEXT_COLUMNS_MAX characters of text; terminated. */
void rx_text_print_json(char json[RX_TEXT_JSON_SIZE], enum rx_text_mode mode, const char *line);

#endif
