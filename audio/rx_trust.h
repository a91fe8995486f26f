/* rx_trust: what a listener was told to trust: fingerprints, public keys and rosters from the command line.
 */
#ifndef AUDIO_RX_TRUST_H
#define AUDIO_RX_TRUST_H

#include "audio/rx_judge.h"
#include "audio/rx_options.h"

/* Pins every newsroom named by the options and loads the rosters. Without a fingerprint or key a roster file pins its own
 * newsroom, whose fingerprint is then said on standard error. Any error after one line on standard error. */
ERR_CHECKED enum err rx_trust_load(struct rx_judge *judge, const struct rx_options *options);

/* A line as dabylctl writes it: "dabyl-newsroom", a name or "-", the key in base64 (RFC 4648, 4). ERR_FORMAT. */
ERR_CHECKED enum err rx_trust_parse_key(uint8_t public_key[SEAL_PUBLIC_SIZE], const char *line);

#endif
