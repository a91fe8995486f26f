/* ident: who sends: one data frame of its own (frame.h, FRAME_IDENT, k = 1), by which a listener learns the station, the number of the
 * newest bulletin and when broadcasts begin. Pure.
 *
 * Version 1 is not signed: anybody may send one, and nothing of it is verified. There is no time of day in it: the sound is made
 * ahead and sent again by the schedule.
 *
 *  off  len  field
 *    0    1  version, 1
 *    1    2  newsroom (wire.h)
 *    3    3  number of the newest bulletin, big-endian; not 0
 *    6    9  call sign, zeros behind it (ax25.h)
 *   15  106  when broadcasts begin, as people write it: ":00 :30"; printable ASCII, zeros behind it
 *
 * Version 2 is signed by a station of the newsroom's roster (roster.h): it says at which time what was so. Numbers are big-endian.
 *
 *  off  len  field
 *    0    1  version, 2
 *    1    2  newsroom
 *    3    3  number of the newest bulletin; 0: there has been none
 *    6    4  that time, minutes since 2025-01-01T00:00Z
 *   10    1  bulletins in force then; 255: so many or more
 *   11    9  call sign
 *   20   37  when broadcasts begin
 *   57   64  Ed25519 signature (RFC 8032) of the byte IDENT_MAGIC and the 57 bytes before it
 *
 * IDENT_MAGIC keeps what a station signs apart from all else that is signed (bulletin/README.md). Which station has signed is not
 * said: a receiver tries those of the roster, ROSTER_STATIONS_MAX at most.
 */
#ifndef AUDIO_IDENT_H
#define AUDIO_IDENT_H

#include "audio/ax25.h"
#include "audio/frame.h"
#include "gateway/bulletin/seal.h"

#include <stdbool.h>

#define IDENT_MAGIC 0xb3
#define IDENT_NEWSROOM_SIZE 2
#define IDENT_TIMES_MAX 106
#define IDENT_SIGNED_TIMES_MAX 37
#define IDENT_IN_FORCE_MAX 255
#define IDENT_TEXT_SIZE 256

struct ident {
    bool dated; /* version 2: time_s, in_force and signature are there */
    uint8_t newsroom[IDENT_NEWSROOM_SIZE];
    uint32_t number;
    int64_t time_s; /* whole minutes */
    uint8_t in_force;
    char call[AX25_CALL_SIZE];
    char times[IDENT_TIMES_MAX + 1]; /* empty: not known */
    uint8_t signature[WIRE_SIGNATURE_SIZE];
};

/* As many words of times as the version has room for. */
void ident_set_times(struct ident *ident, const char *times);
/* Makes it one of version 2, of that time, and signs it. What ident_encode says. */
ERR_CHECKED enum err ident_sign(
    struct ident *ident, int64_t time_s, const uint8_t secret[SEAL_SECRET_SIZE]);
/* ERR_SEAL unless it is of version 2 and signed by that key. */
ERR_CHECKED enum err ident_check(
    const struct ident *ident, const uint8_t public_key[SEAL_PUBLIC_SIZE]);

/* ERR_FORMAT for a call sign, ERR_VALUE for a number or time, ERR_TEXT for times that are not printable ASCII, ERR_LONG for too
 * many. */
ERR_CHECKED enum err ident_encode(uint8_t bytes[FRAME_SIZE], const struct ident *ident);
/* ERR_MISSING if it is another frame, ERR_VERSION; otherwise the same, ERR_FORMAT for a tag that does not fit, too. The signature
 * is not checked. */
ERR_CHECKED enum err ident_decode(struct ident *ident, const uint8_t bytes[FRAME_SIZE]);
/* For people: "UN7ABC, newsroom 1a2b, newest bulletin 41, sends at :00 :30"; of version 2 "UN7ABC, newsroom 1a2b: all quiet on 24.11.
 * at 19:00, newest bulletin 41, sends at :00 :30", Kazakhstan time. */
void ident_print(char text[IDENT_TEXT_SIZE], const struct ident *ident);

#endif
