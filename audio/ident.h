/* ident: who sends: one data frame of its own (frame.h, FRAME_IDENT, k = 1), by which a listener learns the station, the number of the
 * newest bulletin and when broadcasts begin. It is not signed: anybody may send one; nothing of it is verified. Pure.
 *
 *  off  len  field
 *    0    1  version, 1
 *    1    2  newsroom (wire.h)
 *    3    3  number of the newest bulletin, big-endian
 *    6    9  call sign, zeros behind it (ax25.h)
 *   15  106  when broadcasts begin, as people write it: ":00 :30"; printable ASCII, zeros behind it
 *
 * There is no time of day in it: the sound is made ahead and sent again by the schedule.
 */
#ifndef AUDIO_IDENT_H
#define AUDIO_IDENT_H

#include "audio/ax25.h"
#include "audio/frame.h"

#define IDENT_NEWSROOM_SIZE 2
#define IDENT_TIMES_MAX 106
#define IDENT_TEXT_SIZE 192

struct ident {
    uint8_t newsroom[IDENT_NEWSROOM_SIZE];
    uint32_t number;
    char call[AX25_CALL_SIZE];
    char times[IDENT_TIMES_MAX + 1]; /* empty: not known */
};

/* ERR_FORMAT for a call sign, ERR_VALUE for a number, ERR_TEXT for times that are not printable ASCII. */
ERR_CHECKED enum err ident_encode(uint8_t bytes[FRAME_SIZE], const struct ident *ident);
/* ERR_MISSING if it is another frame, ERR_VERSION; otherwise the same, ERR_FORMAT for a tag that does not fit, too. */
ERR_CHECKED enum err ident_decode(struct ident *ident, const uint8_t bytes[FRAME_SIZE]);
/* For people: "UN7ABC, newsroom 1a2b, newest bulletin 41, sends at :00 :30". */
void ident_print(char text[IDENT_TEXT_SIZE], const struct ident *ident);

#endif
