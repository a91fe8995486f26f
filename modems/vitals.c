#include "modems/vitals.h"

#include "gateway/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RSSI_MAX 31
#define HOME 1
#define ROAMING 5
#define LETTERS_END 0x530 /* Latin, Greek, Cyrillic */
#define SIM_FIRST 10      /* 27.007, 9.2: no SIM, PIN, PUK, failure; 14 is busy */
#define SIM_BUSY 14
#define SIM_LAST 15

static const char *skip_name(const char *line, const char *name)
{
    size_t size = strlen(name);
    if (strncmp(line, name, size) != 0)
        return NULL;
    return line + size + strspn(line + size, " ");
}

/* 8.5: 0-31, 99 not known. */
static void take_signal(struct vitals *vitals, const char *line)
{
    const char *value = skip_name(line, "+CSQ:");
    if (value == NULL)
        return;
    unsigned long rssi = strtoul(value, NULL, 10);
    vitals->signal = rssi <= RSSI_MAX ? (uint8_t)(rssi * 100 / RSSI_MAX) : VITALS_UNKNOWN;
}

/* "+CREG: <n>,<stat>..." */
static uint8_t parse_registration(const char *value)
{
    const char *comma = strchr(value, ',');
    unsigned long state = strtoul(comma != NULL ? comma + 1 : value, NULL, 10);
    return state < VITALS_UNKNOWN ? (uint8_t)state : VITALS_UNKNOWN;
}

static void take_registration(struct vitals *vitals, const char *line)
{
    const char *value = skip_name(line, "+CREG:");
    if (value != NULL)
        vitals->registration = parse_registration(value);
}

/* Where there is LTE alone, only this is true (10.1.22). */
static void take_lte_registration(struct vitals *vitals, const char *line)
{
    const char *value = skip_name(line, "+CEREG:");
    if (value == NULL)
        return;
    uint8_t state = parse_registration(value);
    if (vitals->registration == VITALS_UNKNOWN || state == HOME || state == ROAMING)
        if (vitals->registration != HOME && vitals->registration != ROAMING)
            vitals->registration = state;
}

/* 7.3: "+COPS: <mode>,<format>,"<name>"", or the mode alone without a network. */
static void take_operator(struct vitals *vitals, const char *line)
{
    char name[4 * MESSAGES_NAME_SIZE] = "";
    const char *value = skip_name(line, "+COPS:");
    if (value == NULL)
        return;
    const char *quote = strchr(value, '"');
    size_t size = quote == NULL ? 0 : strcspn(quote + 1, "\"");
    vitals->operator_name[0] = '\0';
    if (size == 0 || size >= sizeof name)
        return;
    memcpy(name, quote + 1, size);
    if (!vitals_decode_ucs2(vitals->operator_name, sizeof vitals->operator_name, name))
        (void)snprintf(vitals->operator_name, sizeof vitals->operator_name, "%.*s",
            MESSAGES_NAME_SIZE - 1, name);
}

static void take_sim(struct vitals *vitals, const char *line)
{
    const char *state = skip_name(line, "+CPIN:");
    const char *error = skip_name(line, "+CME ERROR:");
    if (state != NULL)
        vitals->sim_out = strncmp(state, "READY", 5) != 0;
    if (error == NULL)
        return;
    unsigned long code = strtoul(error, NULL, 10);
    vitals->sim_out = code >= SIM_FIRST && code <= SIM_LAST && code != SIM_BUSY;
}

static const struct {
    const char *command;
    void (*line)(struct vitals *vitals, const char *line);
} questions[] = {
    {"AT+CPIN?", take_sim},
    {"AT+CSQ", take_signal},
    {"AT+CREG?", take_registration},
    {"AT+CEREG?", take_lte_registration},
    {"AT+COPS?", take_operator},
};

#define QUESTIONS (sizeof questions / sizeof questions[0])

void vitals_init(struct vitals *vitals)
{
    *vitals = (struct vitals){.signal = VITALS_UNKNOWN, .registration = VITALS_UNKNOWN};
}

const char *vitals_question(unsigned step)
{
    return step < QUESTIONS ? questions[step].command : NULL;
}

void vitals_line(struct vitals *vitals, unsigned step, const char *line)
{
    if (step < QUESTIONS)
        questions[step].line(vitals, line);
}

bool vitals_decode_ucs2(char *text, size_t size, const char *hex)
{
    size_t digits = strlen(hex);
    size_t used = 0;
    text[0] = '\0';
    if (digits == 0 || digits % 4 != 0 || strspn(hex, "0123456789ABCDEFabcdef") != digits)
        return false;
    for (size_t i = 0; i < digits; i += 4) {
        char unit[5] = {hex[i], hex[i + 1], hex[i + 2], hex[i + 3], '\0'};
        uint32_t code = (uint32_t)strtoul(unit, NULL, 16);
        char bytes[4];
        if ((code < ' ' && code != '\n' && code != '\r') || code >= LETTERS_END)
            return false;
        size_t wrote = utf8_put(bytes, code < ' ' ? ' ' : code);
        if (used + wrote >= size)
            break;
        memcpy(text + used, bytes, wrote);
        used += wrote;
        text[used] = '\0';
    }
    return true;
}

bool vitals_has_network(const struct vitals *vitals)
{
    return vitals->registration == HOME || vitals->registration == ROAMING ||
           vitals->registration == VITALS_UNKNOWN;
}
