/* aprs: bulletins as APRS has them (APRS Protocol Reference 1.0.1, chapter 14), which direwolf, multimon-ng and every APRS set
 * show:
 *
 *   :BLN3     :Until 06:00. (7Q2K)        addressee of nine characters, then up to APRS_LINE_MAX printable ones, no | ~ {
 *
 * A later line of the same station and name takes the place of the earlier one. Pure.
 */
#ifndef AUDIO_APRS_H
#define AUDIO_APRS_H

#include "audio/ax25.h"

#define APRS_DESTINATION "APZDBL" /* APZ: programs that are not in APRS's list */
#define APRS_CALL_DEFAULT                                                                          \
    "N0CALL" /* nobody's: whoever transmits puts the sign of their licence in its place */
#define APRS_LINE_MAX 67
#define APRS_LINE_LEAST 54 /* a line is not cut shorter than that for the sake of a whole word */

/* One line: of whom, under which name (0..9, A..Z), terminated. */
struct aprs_line {
    char source[AX25_CALL_SIZE];
    char name;
    char text[APRS_LINE_MAX + 1];
};

/* Takes the next line off *text, which is ASCII and moves on; at a space, where there is one. Characters that may not stand in
 * a line are replaced. Empty at the end. */
void aprs_take_line(char line[APRS_LINE_MAX + 1], const char **text);

/* ERR_FORMAT for a source that is no call sign, ERR_VALUE for a name. */
ERR_CHECKED enum err aprs_print_line(struct ax25 *frame, const struct aprs_line *line);
/* Bulletins of anybody. Named groups' (BLN0WX) too; what is not printable ASCII becomes '.'. ERR_MISSING if it is another
 * thing, ERR_LONG. */
ERR_CHECKED enum err aprs_parse_line(struct aprs_line *line, const struct ax25 *frame);

#endif
