#include "modems/smpp_receipt.h"

#include "modems/smpp_text.h"

#include <string.h>

#define TEXT_SIZE 512
#define STATUS_UNKNOWN 0xff /* not in the table */

/* message_state (SMPP 5.2.28), its name in receipts, and the TP-ST (3GPP TS 23.040, 9.2.3.15) that says the same. */
static const struct {
    uint8_t state;
    uint8_t status;
    const char *name;
} states[] = {
    {1, 0x20, "ENROUTE"},
    {2, 0x00, "DELIVRD"},
    {3, 0x46, "EXPIRED"},
    {4, 0x48, "DELETED"},
    {5, 0x43, "UNDELIV"},
    {6, 0x20, "ACCEPTD"}, /* read on the subscriber's behalf: whether it was shown is not known */
    {7, 0x20, "UNKNOWN"},
    {8, 0x42, "REJECTD"},
};

bool smpp_receipt_is(const struct smpp_pdu_deliver *deliver)
{
    unsigned kind = deliver->esm_class & SMPP_ESM_KIND;
    return kind == SMPP_ESM_RECEIPT || kind == SMPP_ESM_INTERMEDIATE;
}

/* The word after "name:", up to a space; case of the name does not matter. false if there is none or it is too long. */
static bool find_word(char *word, size_t word_size, const char *text, const char *name)
{
    const char *at = strcasestr(text, name);
    if (at == NULL)
        return false;
    at += strlen(name);
    size_t size = strcspn(at, " ");
    if (size == 0 || size >= word_size)
        return false;
    memcpy(word, at, size);
    word[size] = '\0';
    return true;
}

static uint8_t find_status(uint8_t state, const char *name)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (state != 0 ? states[i].state == state : strcasecmp(states[i].name, name) == 0)
            return states[i].status;
    return STATUS_UNKNOWN;
}

enum err smpp_receipt_get(struct smpp_receipt *receipt, const struct smpp_pdu_deliver *deliver)
{
    char text[TEXT_SIZE];
    char name[SMPP_PDU_MESSAGE_ID_SIZE] = "";
    smpp_text_get_ascii(text, sizeof text, deliver);
    memset(receipt, 0, sizeof *receipt);
    memcpy(receipt->id, deliver->receipted_id, sizeof receipt->id);
    receipt->reference = deliver->reference;
    if (receipt->id[0] == '\0')
        (void)find_word(receipt->id, sizeof receipt->id, text, "id:");
    (void)find_word(name, sizeof name, text, "stat:");
    receipt->status = find_status(deliver->state, name);
    bool named = receipt->id[0] != '\0' || receipt->reference != 0;
    return named && receipt->status != STATUS_UNKNOWN ? ERR_OK : ERR_FORMAT;
}
