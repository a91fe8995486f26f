/* rx_station: what a receiver makes of an ident (ident.h): whether a station of a pinned newsroom's roster has signed it, lately. That is
 * less than a verified bulletin: one stolen station's key can say falsely that all is quiet. Pure.
 */
#ifndef AUDIO_RX_STATION_H
#define AUDIO_RX_STATION_H

#include "audio/ident.h"
#include "audio/rx_judge.h"

#define RX_STATION_APART_S                                                                         \
    900 /* between its time and the receiver's clock: waits, clocks that are wrong */
#define RX_STATION_TEXT_SIZE 512
#define RX_STATION_JSON_SIZE 2048

enum rx_station_verdict {
    RX_STATION_UNSIGNED, /* of version 1: anybody may send one */
    RX_STATION_UNKNOWN, /* of a newsroom that is not trusted here, or whose roster is not known yet */
    RX_STATION_STRANGER, /* signed by no station of the roster, or by one that was not in date */
    RX_STATION_OLD, /* signed, but not about now: a recording, a replay, a clock that is wrong */
    RX_STATION_SIGNED,
    RX_STATION_VERDICT_COUNT
};

struct rx_station {
    enum rx_station_verdict verdict;
    struct ident ident;
    const char *name; /* of the station, in the roster; NULL unless one has signed */
    uint32_t newest;  /* of the verified bulletins here; 0: none */
    uint32_t first,
        last; /* that it knows of and that were not heard, above newest; 0: none. Of a signed one alone */
};

/* name points into the judge's roster. */
void rx_station_judge(struct rx_station *station, const struct rx_judge *judge,
    const struct ident *ident, int64_t now_s);
/* "signed by the station UN7ABC: all quiet ..."; one line. */
void rx_station_print(char text[RX_STATION_TEXT_SIZE], const struct rx_station *station);
/* What follows from it for who listens: numbers that were not heard. False, and an empty text, if nothing does. */
bool rx_station_print_missing(char text[RX_STATION_TEXT_SIZE], const struct rx_station *station);
/* One object on one line: text, mode and verified (false: it is no bulletin), and of version 2 the fields and the verdict. */
void rx_station_print_json(char json[RX_STATION_JSON_SIZE], const struct rx_station *station);

#endif
