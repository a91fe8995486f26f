#include "modems/cause.h"

#include <stddef.h>

#define NETWORK MESSAGE_CAUSE_NETWORK
#define NUMBER MESSAGE_CAUSE_NUMBER
#define TEXT MESSAGE_CAUSE_TEXT
#define SIM MESSAGE_CAUSE_SIM
#define MODEM MESSAGE_CAUSE_MODEM

/* The first row that holds a code counts. */
static const struct {
    enum cause_family family;
    int first;
    int last;
    struct cause cause;
} rows[] = {
    /* TS 24.011, E-1 and E-2: what the network says. 1, 28 and 30 may as well be the sender's or the service centre's fault
     * (TS 23.040, 11): no number is given up for one of them alone. */
    {CAUSE_CMS, 1, 1, {NUMBER, false, CAUSE_RETRY, "number, or service centre's, is not assigned"}},
    {CAUSE_CMS, 8, 8, {SIM, false, CAUSE_RETRY, "barred by the operator"}},
    {CAUSE_CMS, 10, 10, {SIM, false, CAUSE_RETRY, "call barred, or no credit"}},
    {CAUSE_CMS, 17, 17, {NETWORK, false, CAUSE_RETRY, "network failure"}},
    {CAUSE_CMS, 21, 21, {NETWORK, false, CAUSE_RETRY, "transfer rejected"}},
    {CAUSE_CMS, 22, 22, {NETWORK, false, CAUSE_RETRY, "network is congested"}},
    {CAUSE_CMS, 27, 27, {NUMBER, false, CAUSE_RETRY, "receiver is out of service"}},
    {CAUSE_CMS, 28, 28, {NUMBER, false, CAUSE_RETRY, "subscriber is not identified"}},
    {CAUSE_CMS, 29, 29, {SIM, false, CAUSE_RETRY, "facility rejected"}},
    {CAUSE_CMS, 30, 30, {NUMBER, false, CAUSE_RETRY, "subscriber is unknown"}},
    {CAUSE_CMS, 38, 47, {NETWORK, false, CAUSE_RETRY, "network is congested or out of order"}},
    {CAUSE_CMS, 50, 69, {SIM, false, CAUSE_RETRY, "SIM has no text service, or no credit"}},
    {CAUSE_CMS, 81, 81, {MODEM, false, CAUSE_RETRY, "invalid transfer reference"}},
    {CAUSE_CMS, 98, 98, {MODEM, false, CAUSE_RETRY, "message out of turn"}},
    {CAUSE_CMS, 95, 111, {TEXT, false, CAUSE_RETRY, "network did not understand the message"}},
    {CAUSE_CMS, 112, 127, {NETWORK, false, CAUSE_RETRY, "interworking failed"}},
    /* TS 23.040, 9.2.3.22: what the service centre or the SIM says */
    {CAUSE_CMS, 128, 191, {TEXT, true, CAUSE_RETRY, "protocol, coding or command not supported"}},
    {CAUSE_CMS, 192, 192, {NETWORK, false, CAUSE_RETRY, "service centre is busy"}},
    {CAUSE_CMS, 193, 193, {SIM, false, CAUSE_RETRY, "no subscription at the service centre"}},
    {CAUSE_CMS, 194, 194, {NETWORK, false, CAUSE_RETRY, "service centre failed"}},
    {CAUSE_CMS, 195, 195, {NUMBER, true, CAUSE_RETRY, "invalid number"}},
    {CAUSE_CMS, 196, 196, {NUMBER, true, CAUSE_RETRY, "number is barred"}},
    {CAUSE_CMS, 197, 197, {NETWORK, false, CAUSE_SENT, "duplicate: the network has it already"}},
    {CAUSE_CMS, 198, 199, {TEXT, true, CAUSE_RETRY, "validity is not supported"}},
    {CAUSE_CMS, 208, 208, {MODEM, false, CAUSE_SWEEP, "SIM's storage is full"}},
    {CAUSE_CMS, 211, 211, {MODEM, false, CAUSE_SWEEP, "storage is full"}},
    {CAUSE_CMS, 212, 212, {MODEM, false, CAUSE_WAIT, "SIM is busy"}},
    {CAUSE_CMS, 255, 255, {NETWORK, false, CAUSE_RETRY, "unspecified"}},
    /* TS 27.005, 3.2.5: what the modem says */
    {CAUSE_CMS, 301, 301, {MODEM, false, CAUSE_WAIT, "text service is reserved"}},
    {CAUSE_CMS, 302, 302, {SIM, false, CAUSE_RETRY, "operation not allowed"}},
    {CAUSE_CMS, 304, 305, {TEXT, true, CAUSE_RETRY, "invalid message"}},
    {CAUSE_CMS, 314, 314, {SIM, false, CAUSE_WAIT, "SIM is busy"}},
    {CAUSE_CMS, 310, 318, {SIM, false, CAUSE_CHECK, "no SIM, a wrong one, or it wants its PIN"}},
    {CAUSE_CMS, 322, 322, {MODEM, false, CAUSE_SWEEP, "storage is full"}},
    {CAUSE_CMS, 330, 330, {SIM, false, CAUSE_RETRY, "service centre's number is unknown"}},
    {CAUSE_CMS, 331, 331, {NETWORK, false, CAUSE_RETRY, "no network"}},
    {CAUSE_CMS, 332, 332, {NETWORK, false, CAUSE_RETRY, "network does not answer"}},
    {CAUSE_CMS, 500, 500, {MODEM, false, CAUSE_RETRY, "unknown error"}},
    /* makers' own numbers */
    {CAUSE_CMS, 514, 520, {TEXT, true, CAUSE_RETRY, "modem refuses the message"}},

    /* TS 27.007, 9.2 */
    {CAUSE_CME, 3, 3, {SIM, false, CAUSE_RETRY, "operation not allowed"}},
    {CAUSE_CME, 14, 14, {SIM, false, CAUSE_WAIT, "SIM is busy"}},
    {CAUSE_CME, 5, 18, {SIM, false, CAUSE_CHECK, "no SIM, a wrong one, or it wants its PIN"}},
    {CAUSE_CME, 20, 20, {MODEM, false, CAUSE_SWEEP, "storage is full"}},
    {CAUSE_CME, 24, 25, {TEXT, true, CAUSE_RETRY, "invalid message"}},
    {CAUSE_CME, 26, 27, {NUMBER, true, CAUSE_RETRY, "invalid number"}},
    {CAUSE_CME, 30, 31, {NETWORK, false, CAUSE_RETRY, "no network"}},
    {CAUSE_CME, 32, 32, {SIM, false, CAUSE_RETRY, "emergency calls only"}},
    {CAUSE_CME, 40, 47, {SIM, false, CAUSE_RETRY, "modem is locked to another network"}},
    {CAUSE_CME, 103, 113, {SIM, false, CAUSE_RETRY, "network refuses this SIM"}},

    /* gammu-error.h of libgammu 1.42 */
    {CAUSE_GAMMU, 14, 14, {MODEM, false, CAUSE_RETRY, "no answer in time"}},
    {CAUSE_GAMMU, 23, 23, {SIM, false, CAUSE_RETRY, "SIM wants its PIN"}},
    {CAUSE_GAMMU, 26, 26, {MODEM, false, CAUSE_SWEEP, "storage is full"}},
    {CAUSE_GAMMU, 30, 30, {SIM, false, CAUSE_RETRY, "permission denied"}},
    {CAUSE_GAMMU, 31, 31, {SIM, false, CAUSE_RETRY, "service centre's number is unknown"}},
    {CAUSE_GAMMU, 44, 44, {TEXT, true, CAUSE_RETRY, "invalid message"}},
    {CAUSE_GAMMU, 49, 49, {SIM, false, CAUSE_RETRY, "no SIM"}},
    {CAUSE_GAMMU, 65, 65, {NETWORK, false, CAUSE_RETRY, "no network"}},
    {CAUSE_GAMMU, 66, 66, {MODEM, false, CAUSE_WAIT, "modem is busy"}},
    {CAUSE_GAMMU, 69, 69, {SIM, false, CAUSE_RETRY, "service centre's number is unknown"}},
    {CAUSE_GAMMU, 73, 73, {NETWORK, false, CAUSE_RETRY, "network failure"}},

    /* SMPP 3.4, 5.1.3 */
    {CAUSE_SMPP, 0x01, 0x01, {TEXT, true, CAUSE_RETRY, "text is too long"}},
    {CAUSE_SMPP, 0x02, 0x03, {TEXT, false, CAUSE_RETRY, "centre did not understand the message"}},
    {CAUSE_SMPP, 0x04, 0x05, {MODEM, false, CAUSE_RETRY, "centre does not know this bind"}},
    {CAUSE_SMPP, 0x06, 0x07, {TEXT, true, CAUSE_RETRY, "centre refuses a flag"}},
    {CAUSE_SMPP, 0x08, 0x08, {NETWORK, false, CAUSE_RETRY, "centre failed"}},
    {CAUSE_SMPP, 0x0a, 0x0a, {SIM, false, CAUSE_RETRY, "centre refuses the sender"}},
    {CAUSE_SMPP, 0x0b, 0x0b, {NUMBER, true, CAUSE_RETRY, "invalid number"}},
    {CAUSE_SMPP, 0x0d, 0x0f, {SIM, false, CAUSE_RETRY, "centre refuses the account"}},
    {CAUSE_SMPP, 0x14, 0x14, {NETWORK, false, CAUSE_WAIT, "centre's queue is full"}},
    {CAUSE_SMPP, 0x15, 0x15, {SIM, false, CAUSE_RETRY, "centre refuses the service"}},
    {CAUSE_SMPP, 0x33, 0x44, {TEXT, true, CAUSE_RETRY, "centre refuses the message"}},
    {CAUSE_SMPP, 0x45, 0x45, {NETWORK, false, CAUSE_RETRY, "submission failed"}},
    {CAUSE_SMPP, 0x48, 0x49, {SIM, false, CAUSE_RETRY, "centre refuses the sender's kind"}},
    {CAUSE_SMPP, 0x50, 0x51, {NUMBER, true, CAUSE_RETRY, "centre refuses the number's kind"}},
    {CAUSE_SMPP, 0x53, 0x53, {SIM, false, CAUSE_RETRY, "centre refuses the system type"}},
    {CAUSE_SMPP, 0x58, 0x58, {NETWORK, false, CAUSE_WAIT, "throttled"}},
    {CAUSE_SMPP, 0x61, 0x62, {TEXT, true, CAUSE_RETRY, "validity is not supported"}},
    {CAUSE_SMPP, 0x64, 0x64, {NETWORK, false, CAUSE_RETRY, "centre is busy"}},
    {CAUSE_SMPP, 0x65, 0x65, {TEXT, true, CAUSE_RETRY, "centre refuses the message for ever"}},
    {CAUSE_SMPP, 0x66, 0x66, {TEXT, false, CAUSE_RETRY, "centre rejects the message"}},
    {CAUSE_SMPP, 0xc0, 0xc4, {TEXT, false, CAUSE_RETRY, "centre refuses an optional field"}},
    {CAUSE_SMPP, 0xfe, 0xfe, {NETWORK, false, CAUSE_RETRY, "delivery failed"}},
};

struct cause cause_find(enum cause_family family, int code)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].family == family && code >= rows[i].first && code <= rows[i].last)
            return rows[i].cause;
    return (struct cause){MODEM, false, CAUSE_RETRY, "modem failed"};
}
