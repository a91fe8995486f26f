/* The first byte says whether a service centre's address is in front; the rest is the PDU. What the check lets through is
 * decoded by libgammu into memory of its exact size, so that the sanitizer sees it leave. */
#include "modems/pdu_guard.h"

#include <gammu.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > PDU_GUARD_MAX + 2)
        return 0;
    uint8_t *pdu = malloc(size - 1);
    GSM_SMSMessage *message = calloc(1, sizeof *message);
    struct pdu_guard_note note = {0};
    size_t end = 0;
    if (pdu == NULL || message == NULL)
        abort();
    memcpy(pdu, data + 1, size - 1);
    const struct pdu_guard_call call = {
        GSM_GetGlobalDebug(), message, pdu, size - 1, &end, data[0] & 1};
    if (pdu_guard_decode(&note, &call) == ERR_NONE &&
        (message->UDH.Length > GSM_MAX_UDH_LENGTH || message->Length > GSM_MAX_SMS_LENGTH))
        abort();
    if (note.busy)
        abort();
    free(message);
    free(pdu);
    return 0;
}
