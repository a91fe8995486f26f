/* station: the transmitter's own key pair, by which it signs when it sends (ident.h). The radio makes it at its first start and keeps it
 * in a folder of its own; the newsroom vouches for it by naming it in the roster (roster.h).
 *
 *   station.key      mode 0600: "DABYLSTN" 8 bytes, version 1, seed 32. Not encrypted: a gateway starts without people
 *   station.key.pub  a line of text: "dabyl-station", the call sign, the public key in base64 (RFC 4648, 4)
 */
#ifndef AUDIO_STATION_H
#define AUDIO_STATION_H

#include "gateway/base/err.h"
#include "gateway/bulletin/roster.h"

#include <stdbool.h>

struct station {
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE]; /* station_wipe when it is not needed any more */
};

/* Reads the key in folder, which must be there, or makes one; writes the public line with that name anew if it differs, NULL: with
 * "-". Logs what it has made. Never overwrites a key that it can't read: ERR_FORMAT, ERR_VERSION, and as errno says. Blocks for the
 * disk. */
ERR_CHECKED enum err station_open(struct station *station, const char *folder, const char *name);
void station_wipe(struct station *station);
/* Does the roster name it, and is it in date? */
bool station_is_listed(const struct station *station, const struct roster *roster, int64_t when_s);

#endif
