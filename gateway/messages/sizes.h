/* sizes: how large the fields of messages are (messages.h); texts with their NUL; and the field that is sealed bytes.
 */
#ifndef GATEWAY_MESSAGES_SIZES_H
#define GATEWAY_MESSAGES_SIZES_H

#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/wire.h"

#include <stdint.h>

#define MESSAGES_NAME_SIZE 32
#define MESSAGES_NUMBER_SIZE 24           /* a phone number or an alphanumeric sender, UTF-8 */
#define MESSAGES_MASK_SIZE 48             /* a masked number, UTF-8 */
#define MESSAGES_TEXT_SIZE 1024           /* a text's UTF-8 */
#define MESSAGES_DETAIL_SIZE 256          /* a line for people */
#define MESSAGES_MINUTES_NEVER UINT32_MAX /* no modem, or none with a budget left for days */
#define MESSAGES_NO_LIMIT UINT32_MAX
/* Added to the number in BULLETIN_GET: its retraction, which has the number of what it retracts. */
#define MESSAGES_RETRACTION (BULLETIN_NUMBER_MAX + 1ULL)
#define MESSAGES_EVENT_SIZE 41  /* the name of an event in the audit chain */
#define MESSAGES_AUDIT_SIZE 481 /* what it says */
#define MESSAGES_HASH_SIZE 32   /* of a row of the audit chain */
#define MESSAGES_UDH_MAX 12     /* 3GPP TS 23.040, 9.2.3.24, with its length byte */

struct message_sealed_bytes {
    uint16_t size;
    uint8_t bytes[WIRE_SEALED_MAX];
};

#endif
