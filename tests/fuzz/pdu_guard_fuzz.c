/* The first byte says whether a service centre's address is in front; the rest is the PDU. What the check lets through is
 * decoded by libgammu, which knows no sanitizer: a canary behind its message tells whether it wrote too far, its stack
 * protector the rest.
 */
#include "modems/pdu_guard.h"

#include <gammu.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CANARY_BYTES 4096
#define CANARY 0x5a

struct target {
    GSM_SMSMessage message;
    uint8_t canary[CANARY_BYTES];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_whole(const struct target *target)
{
    for (size_t i = 0; i < CANARY_BYTES; i++)
        if (target->canary[i] != CANARY)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct target target;
    struct pdu_guard_note note = {0};
    size_t end = 0;
    if (size < 2 || size > PDU_GUARD_MAX + 2)
        return 0;
    uint8_t *pdu = malloc(size - 1);
    require(pdu != NULL);
    memcpy(pdu, data + 1, size - 1);
    memset(&target.message, 0, sizeof target.message);
    memset(target.canary, CANARY, sizeof target.canary);
    const struct pdu_guard_call call = {
        GSM_GetGlobalDebug(), &target.message, pdu, size - 1, &end, data[0] & 1};
    int result = pdu_guard_decode(&note, &call);
    require(is_whole(&target));
    require(note.busy == 0);
    require(result != ERR_NONE || (target.message.UDH.Length <= GSM_MAX_UDH_LENGTH &&
                                      target.message.Length <= GSM_MAX_SMS_LENGTH));
    free(pdu);
    return 0;
}
