/* smpp_text: addresses and texts between our messages and the octets of short_message. What we send is in two codings: the GSM
 * 7-bit alphabet with one septet in each octet (data_coding 0) and UCS-2 (8), behind a user data header if the text has several
 * parts. What comes may be in any, and a stranger wrote it. Pure.
 */
#ifndef MODEMS_SMPP_TEXT_H
#define MODEMS_SMPP_TEXT_H

#include "gateway/messages/messages.h"
#include "modems/smpp_pdu.h"

/* "+77011234567" is international, "1414" a service's number, "AZAT" letters (SMPP 5.2.5, 5.2.6), "" the centre's choice.
 * ERR_LONG over 20 characters, ERR_TEXT if one is not printable ASCII. */
ERR_CHECKED enum err smpp_text_put_address(struct smpp_pdu_address *address, const char *number);
/* The other way; what is not printable becomes '?'. */
void smpp_text_get_address(
    char number[MESSAGES_NUMBER_SIZE], const struct smpp_pdu_address *address);

/* The part's header and text into submit's message, size, coding and udh. ERR_LONG if that is more than one part can be,
 * ERR_TEXT for a character that its coding does not have, ERR_VALUE for another coding. */
ERR_CHECKED enum err smpp_text_put_part(
    struct smpp_pdu_submit *submit, const struct message_part *part);

/* Number, text and place among several parts of what was delivered, into an otherwise zeroed message. What can't be read
 * becomes U+FFFD; data instead of text becomes an empty text; what does not fit is cut. */
void smpp_text_get_inbound(struct message_inbound *inbound, const struct smpp_pdu_deliver *deliver);

/* The text of a receipt: ASCII, other characters as '?', always terminated. */
void smpp_text_get_ascii(char *text, size_t text_size, const struct smpp_pdu_deliver *deliver);

#endif
