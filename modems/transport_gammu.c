#include "modems/transport.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/utf8.h"
#include "modems/pdu_guard.h"

/* libgammu's result codes share three names with ours. */
#define ERR_TIMEOUT GAMMU_ERR_TIMEOUT
#define ERR_BUSY GAMMU_ERR_BUSY
#define ERR_FULL GAMMU_ERR_FULL
#include <gammu.h>
#undef ERR_TIMEOUT
#undef ERR_BUSY
#undef ERR_FULL

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REPLIES 1 /* tries of each command; the parent has its own deadlines */
#define SPEED "at115200"
#define ANSWER_MAX_MS 600000 /* the parent's deadline is shorter */
#define WAIT_MS 1000
#define DESCRIPTORS 64 /* of this process, at most */
#define DIGITS_MIN 3
#define DIGITS_MAX 15
#define UNITS_MAX 160 /* of a part's text */
#define CONCAT8 0x00  /* information elements, TS 23.040, 9.2.3.24 */
#define CONCAT16 0x08
#define DAYS_TO_1970 719468 /* from 0000-03-01 */
#define DAY_S 86400

struct link {
    GSM_StateMachine *machine;
    int tty; /* libgammu's descriptor, only to wait for; -1 not found */
    GSM_SMSC centre;
    bool answered;
    struct transport_sent sent;
    GSM_MultiSMSMessage cursor; /* where the sweep is */
};

struct cause {
    GSM_Error code;
    enum err err;
};

static const struct cause causes[] = {
    {ERR_NONE, ERR_OK},
    {GAMMU_ERR_TIMEOUT, ERR_TIMEOUT},
    {ERR_EMPTY, ERR_MISSING},
    {ERR_INVALIDLOCATION, ERR_MISSING},
    {ERR_EMPTYSMSC, ERR_MISSING},
    {ERR_GETTING_SMSC, ERR_MISSING},
    {ERR_CORRUPTED, ERR_FORMAT},
    {ERR_INVALIDDATA, ERR_VALUE},
};

static enum err translate(GSM_Error code, const char *what)
{
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
        if (causes[i].code == code)
            return causes[i].err;
    log_warn("gammu_failed call=%s code=%d text=\"%s\"", what, (int)code, GSM_ErrorString(code));
    return ERR_DEVICE;
}

/* ---- connecting ---- */

static void configure(GSM_Config *config, const char *path)
{
    *config = (GSM_Config){0};
    config->Device = strdup(path);
    config->Connection = strdup(SPEED);
    config->DebugFile = strdup("");
    config->UseGlobalDebugFile = TRUE;
    if (config->Device == NULL || config->Connection == NULL || config->DebugFile == NULL)
        log_fatal("no_memory");
    for (size_t i = 0; i < sizeof config->CNMIParams / sizeof config->CNMIParams[0]; i++)
        config->CNMIParams[i] = -1;
    config->CNMIParams[3] = 1; /* reports come as +CDS */
}

static void take_status(GSM_StateMachine *machine, int status, int reference, void *arg)
{
    (void)machine;
    struct link *link = arg;
    link->answered = true;
    link->sent = (struct transport_sent){status, reference};
}

static void copy_name(char name[MESSAGES_NAME_SIZE], const char *from)
{
    size_t size = strnlen(from, MESSAGES_NAME_SIZE - 1);
    size_t kept = 0;
    for (size_t i = 0; i < size; i++)
        if (from[i] >= ' ' && from[i] <= '~')
            name[kept++] = from[i];
    name[kept] = '\0';
}

static void identify(struct link *link, struct message_modem_hello *hello)
{
    char text[GSM_MAX_INFO_LENGTH + 1] = "";
    *hello = (struct message_modem_hello){0};
    if (translate(GSM_GetIMEI(link->machine, text), "imei") == ERR_OK)
        copy_name(hello->imei, text);
    if (translate(GSM_GetSIMIMSI(link->machine, text), "imsi") == ERR_OK)
        copy_name(hello->imsi, text);
    if (translate(GSM_GetModel(link->machine, text), "model") == ERR_OK)
        copy_name(hello->model, text);
}

/* libgammu tells nobody which descriptor it has opened. */
static int find_tty(const char *path)
{
    struct stat wanted, found;
    if (stat(path, &wanted) != 0)
        return -1;
    for (int fd = 0; fd < DESCRIPTORS; fd++)
        if (fstat(fd, &found) == 0 && S_ISCHR(found.st_mode) && found.st_rdev == wanted.st_rdev)
            return fd;
    return -1;
}

static enum err gammu_open(void **state, struct message_modem_hello *hello, const char *path)
{
    struct link *link = calloc(1, sizeof *link);
    if (link == NULL)
        log_fatal("no_memory");
    *state = link;
    link->machine = GSM_AllocStateMachine();
    if (link->machine == NULL)
        log_fatal("no_memory");
    configure(GSM_GetConfig(link->machine, 0), path);
    GSM_SetConfigNum(link->machine, 1);
    enum err err = translate(GSM_InitConnection(link->machine, REPLIES), "init");
    if (err != ERR_OK)
        return err;
    link->tty = find_tty(path);
    GSM_SetSendSMSStatusCallback(link->machine, take_status, link);
    if (translate(GSM_SetIncomingSMS(link->machine, TRUE), "incoming") != ERR_OK)
        log_info("modem_polled reason=\"announces no arrivals\"");
    (void)GSM_SetFastSMSSending(link->machine, TRUE);
    identify(link, hello);
    link->centre.Location = 1;
    return translate(GSM_GetSMSC(link->machine, &link->centre), "centre");
}

/* ---- sending ---- */

static bool is_number(const char *number)
{
    const char *digits = number + (*number == '+');
    size_t size = strspn(digits, "0123456789");
    return digits[size] == '\0' && size >= DIGITS_MIN && size <= DIGITS_MAX;
}

struct units {
    unsigned char *bytes; /* UTF-16, big-endian, terminated */
    size_t count;
    bool full;
};

static void put_unit(struct units *units, uint32_t unit)
{
    if (units->count == UNITS_MAX) {
        units->full = true;
        return;
    }
    units->bytes[2 * units->count] = (unsigned char)(unit >> 8);
    units->bytes[2 * units->count + 1] = (unsigned char)(unit & 0xff);
    units->count++;
}

void EncodeUnicodeSpecialNOKIAChars(unsigned char *to, const unsigned char *units, size_t count);

/* Called by libgammu instead of its own, which takes ~ in UCS-2 for an escape of Nokia's and, where it is doubled for that reason, cuts
 * the end off a part that is nearly full. */
void EncodeUnicodeSpecialNOKIAChars(unsigned char *to, const unsigned char *units, size_t count)
{
    memcpy(to, units, 2 * count);
    to[2 * count] = 0;
    to[2 * count + 1] = 0;
}

static enum err put_text(GSM_SMSMessage *sms, const struct message_part *part)
{
    struct units units = {sms->Text, 0, false};
    const char *next = part->text;
    uint32_t code;
    while ((code = utf8_next(&next)) != 0) {
        if (code > 0xffff) {
            put_unit(&units, 0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        put_unit(&units, code);
    }
    if (units.full)
        return ERR_VALUE;
    sms->Text[2 * units.count] = 0;
    sms->Text[2 * units.count + 1] = 0;
    sms->Length = (int)units.count;
    return ERR_OK;
}

/* TP-VP, relative: 3GPP TS 23.040, 9.2.3.12.1, rounded up. */
static unsigned char validity(unsigned minutes)
{
    static const struct {
        unsigned to_min; /* up to this */
        unsigned step_min;
        int base; /* code = base + minutes / step, rounded up */
    } ranges[] = {{720, 5, -1}, {1440, 30, 119}, {43200, 1440, 166}, {635040, 10080, 192}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (minutes <= ranges[i].to_min) {
            unsigned steps = (minutes + ranges[i].step_min - 1) / ranges[i].step_min;
            int code = ranges[i].base + (int)steps;
            return (unsigned char)(code < 0 ? 0 : code);
        }
    return 255;
}

static void put_header(GSM_SMSMessage *sms, const struct message_part *part)
{
    if (part->udh_size == 0 || part->udh_size > MESSAGES_UDH_MAX)
        return;
    sms->UDH.Type = UDH_UserUDH;
    sms->UDH.Length = part->udh_size;
    memcpy(sms->UDH.Text, part->udh, part->udh_size);
}

static enum err fill(GSM_SMSMessage *sms, const struct link *link, const struct message_part *part)
{
    if (!is_number(part->number))
        return ERR_VALUE;
    if (part->udh_size > 0 && part->udh[0] + 1 != part->udh_size)
        return ERR_VALUE;
    memset(sms, 0, sizeof *sms);
    GSM_SetDefaultSMSData(sms);
    sms->PDU = part->report ? SMS_Status_Report : SMS_Submit;
    sms->Class = -1;
    sms->Coding = part->coding == MESSAGE_UCS2 ? SMS_Coding_Unicode_No_Compression
                                               : SMS_Coding_Default_No_Compression;
    sms->MessageReference = (unsigned char)(part->reference & UINT8_MAX);
    sms->RejectDuplicates = part->again != 0;
    EncodeUnicode(sms->Number, part->number, strlen(part->number));
    sms->SMSC.Location = 0;
    memcpy(sms->SMSC.Number, link->centre.Number, sizeof sms->SMSC.Number);
    sms->SMSC.Validity.Format = SMS_Validity_RelativeFormat;
    sms->SMSC.Validity.Relative = (GSM_ValidityPeriod)validity(part->validity_min);
    put_header(sms, part);
    return put_text(sms, part);
}

/* By itself libgammu looks forty times a second, which for a network of two seconds costs more than all the rest. */
static void read_answer(struct link *link)
{
    struct pollfd wait = {link->tty, POLLIN, 0};
    if (link->tty >= 0)
        (void)poll(&wait, 1, WAIT_MS);
    (void)GSM_ReadDevice(link->machine, link->tty < 0);
}

static enum err gammu_send(
    void *state, struct transport_sent *sent, const struct message_part *part)
{
    struct link *link = state;
    GSM_SMSMessage sms;
    enum err err = fill(&sms, link, part);
    if (err != ERR_OK)
        return err;
    link->answered = false;
    GSM_Error code = GSM_SendSMS(link->machine, &sms);
    int64_t until_ms = clock_boot_ms() + ANSWER_MAX_MS;
    while (code == ERR_NONE && !link->answered && clock_boot_ms() < until_ms)
        read_answer(link);
    *sent = link->sent;
    if (link->answered)
        return ERR_OK;
    return code == ERR_NONE ? ERR_TIMEOUT : translate(code, "send");
}

/* ---- receiving ---- */

static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t m = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - DAYS_TO_1970;
}

/* 0 if it is no time: phones without a network and hostile texts have such. */
static int64_t wall_s(const GSM_DateTime *time)
{
    if (time->Year < 1970 || time->Year > 2099 || time->Month < 1 || time->Month > 12)
        return 0;
    int64_t days = days_from_civil(time->Year, time->Month, time->Day);
    int64_t minutes = (int64_t)time->Hour * 60 + time->Minute;
    return days * DAY_S + minutes * 60 + time->Second - time->Timezone;
}

static uint32_t unit_at(const unsigned char *units, size_t i)
{
    return (uint32_t)units[2 * i] << 8 | units[2 * i + 1];
}

/* The character at *i, which is moved to its second half if it has one. */
static uint32_t code_at(const unsigned char *units, size_t *i, size_t count)
{
    uint32_t code = unit_at(units, *i);
    if (code < 0xd800 || code >= 0xdc00 || *i + 1 >= count)
        return code;
    uint32_t low = unit_at(units, *i + 1);
    if (low < 0xdc00 || low >= 0xe000)
        return code;
    (*i)++;
    return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

/* units: UTF-16, big-endian; ends at count or a zero. Cut where the room ends. */
static void print_units(char *text, size_t room, const unsigned char *units, size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code = code_at(units, &i, count);
        if (code == 0)
            break;
        char bytes[4];
        size_t size = utf8_put(bytes, code);
        if (used + size >= room)
            break;
        memcpy(text + used, bytes, size);
        used += size;
    }
    text[used] = '\0';
}

/* The opposite of put_text's: libgammu doubles ~ in UCS-2. */
static void undouble(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        *out++ = *in;
        if (in[0] == '~' && in[1] == '~')
            in++;
    }
    *out = '\0';
}

static void read_header(struct message_inbound *inbound, const GSM_UDHHeader *header)
{
    size_t end =
        header->Length > 0 && header->Length <= GSM_MAX_UDH_LENGTH ? (size_t)header->Length : 0;
    const uint8_t *bytes = header->Text;
    for (size_t at = 1; at + 2 <= end && at + 2 + bytes[at + 1] <= end; at += 2u + bytes[at + 1]) {
        const uint8_t *value = bytes + at + 2;
        bool wide = bytes[at] == CONCAT16 && bytes[at + 1] == 4;
        if (!wide && (bytes[at] != CONCAT8 || bytes[at + 1] != 3))
            continue;
        inbound->reference = (uint16_t)(wide ? value[0] << 8 | value[1] : value[0]);
        inbound->parts = value[wide ? 2 : 1];
        inbound->part = value[wide ? 3 : 2];
    }
    if (inbound->part == 0 || inbound->part > inbound->parts || inbound->parts == 1)
        inbound->reference = inbound->part = inbound->parts = 0;
}

static void read_text(struct transport_found *found, const GSM_SMSMessage *sms)
{
    struct message_inbound *inbound = &found->inbound;
    found->kind = TRANSPORT_TEXT;
    print_units(inbound->number, sizeof inbound->number, sms->Number, GSM_MAX_NUMBER_LENGTH);
    size_t count = sms->Length < 0                    ? 0
                   : sms->Length > GSM_MAX_SMS_LENGTH ? GSM_MAX_SMS_LENGTH
                                                      : (size_t)sms->Length;
    bool binary = sms->Coding != SMS_Coding_Default_No_Compression &&
                  sms->Coding != SMS_Coding_Unicode_No_Compression;
    print_units(inbound->text, sizeof inbound->text, sms->Text, binary ? 0 : 2 * count);
    if (sms->Coding == SMS_Coding_Unicode_No_Compression)
        undouble(inbound->text);
    if (sms->UDH.Type != UDH_NoUDH)
        read_header(inbound, &sms->UDH);
    inbound->smsc_s = wall_s(&sms->DateTime);
}

static void read_report(struct transport_found *found, const GSM_SMSMessage *sms)
{
    struct message_report *report = &found->report;
    found->kind = TRANSPORT_REPORT;
    print_units(report->number, sizeof report->number, sms->Number, GSM_MAX_NUMBER_LENGTH);
    report->reference = sms->MessageReference;
    report->status = sms->DeliveryStatus;
    report->done_s = wall_s(&sms->DateTime);
}

static void read_message(struct transport_found *found, const GSM_SMSMessage *sms)
{
    found->kind = TRANSPORT_OTHER;
    if (sms->PDU == SMS_Deliver)
        read_text(found, sms);
    else if (sms->PDU == SMS_Status_Report)
        read_report(found, sms);
}

static enum err gammu_next(void *state, struct transport_found *found, bool first)
{
    struct link *link = state;
    GSM_SMSMessage *sms = &link->cursor.SMS[0];
    *found = (struct transport_found){.kind = TRANSPORT_CORRUPT};
    if (first)
        sms->Location = 0;
    sms->Folder = 0;
    int before = sms->Location;
    GSM_Error code = GSM_GetNextSMS(link->machine, &link->cursor, first);
    bool moved = sms->Location > 0 && sms->Location != before;
    bool odd = code == ERR_CORRUPTED || code == ERR_UNKNOWN || code == ERR_EMPTY;
    if (code != ERR_NONE && !(moved && odd)) /* an empty place is no end, if others lie behind it */
        return translate(code, "next");
    found->location = (uint32_t)sms->Location;
    if (code == ERR_NONE)
        read_message(found, sms);
    return ERR_OK;
}

static enum err gammu_remove(void *state, uint32_t location)
{
    struct link *link = state;
    GSM_SMSMessage sms;
    memset(&sms, 0, sizeof sms);
    sms.Location = (int)location;
    return translate(GSM_DeleteSMS(link->machine, &sms), "delete");
}

static int hex_value(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = digit == '\0' ? NULL : strchr(digits, digit | 0x20);
    return found == NULL ? -1 : (int)(found - digits);
}

static enum err gammu_decode(void *state, struct transport_found *found, const char *hex)
{
    (void)state;
    uint8_t pdu[PDU_GUARD_MAX];
    size_t size = strlen(hex) / 2;
    *found = (struct transport_found){.kind = TRANSPORT_CORRUPT};
    if (size == 0 || size > sizeof pdu)
        return ERR_FORMAT;
    for (size_t i = 0; i < size; i++) {
        int high = hex_value(hex[2 * i]);
        int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return ERR_FORMAT;
        pdu[i] = (uint8_t)(high << 4 | low);
    }
    GSM_SMSMessage sms;
    size_t end = 0;
    memset(&sms, 0, sizeof sms);
    if (GSM_DecodePDUFrame(GSM_GetGlobalDebug(), &sms, pdu, size, &end, TRUE) == ERR_NONE)
        read_message(found, &sms);
    return ERR_OK;
}

const struct transport transport_gammu = {
    .name = "gammu",
    .open = gammu_open,
    .send = gammu_send,
    .next = gammu_next,
    .remove = gammu_remove,
    .decode = gammu_decode,
};
