/* What a service centre sends: the stream is cut into PDUs as the link does it, each is read, and its text, place and receipt
 * too. What is read is well formed, whatever the bytes were.
 */
#include "gateway/base/utf8.h"
#include "modems/smpp_receipt.h"
#include "modems/smpp_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void read_deliver(const uint8_t *pdu, size_t size)
{
    static struct message_inbound inbound;
    struct smpp_pdu_deliver deliver;
    struct smpp_receipt receipt;
    memset(&inbound, 0, sizeof inbound);
    if (smpp_pdu_get_deliver(&deliver, pdu, size) != ERR_OK)
        return;
    require(deliver.size == 0 ||
            (deliver.message > pdu && deliver.message + deliver.size <= pdu + size));
    smpp_text_get_inbound(&inbound, &deliver);
    require(utf8_check(inbound.text, strlen(inbound.text)) == ERR_OK);
    require(utf8_check(inbound.number, strlen(inbound.number)) == ERR_OK);
    require(inbound.parts == 0 || (inbound.part >= 1 && inbound.part <= inbound.parts));
    if (smpp_receipt_get(&receipt, &deliver) == ERR_OK)
        require(receipt.id[0] != '\0' || receipt.reference != 0);
}

static void read_pdu(const uint8_t *pdu, size_t size)
{
    struct smpp_pdu_header header;
    char id[SMPP_PDU_MESSAGE_ID_SIZE];
    /* exactly as long as it says, so that a sanitizer sees a read past its end */
    uint8_t *copy = malloc(size);
    require(copy != NULL);
    memcpy(copy, pdu, size);
    require(smpp_pdu_get_header(&header, copy, size) == ERR_OK);
    enum err err = smpp_pdu_get_submit_resp(id, copy, size);
    require(strlen(id) < sizeof id && (err == ERR_OK || id[0] == '\0'));
    read_deliver(copy, size);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t one = 0;
    for (size_t at = 0; smpp_pdu_measure(&one, data + at, size - at) == ERR_OK; at += one) {
        require(one >= SMPP_PDU_HEADER_SIZE && one <= SMPP_PDU_MAX && one <= size - at);
        read_pdu(data + at, one);
    }
    return 0;
}
