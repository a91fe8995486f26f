#include "tests/fakes/modemsim_at.h"

#include "tests/fakes/modemsim_gsm.h"
#include "tests/fakes/modemsim_modem.h"
#include "tests/fakes/modemsim_send.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CME_NOT_ALLOWED 3
#define CME_SIM_OUT 10
#define CME_SIM_PIN 11
#define CMS_SIM_OUT 310
#define CMS_SIM_PIN 311

static const struct setting {
    const char *name;
    uint8_t most, first; /* largest value; value after power-on */
} settings[AT_SETTINGS] = {
    [AT_SET_CMEE] = {"+CMEE", 2, 0},
    [AT_SET_CMGF] = {"+CMGF", 1, 0},
    [AT_SET_CMMS] = {"+CMMS", 2, 0},
    [AT_SET_CREG] = {"+CREG", 2, 0},
    [AT_SET_CGREG] = {"+CGREG", 2, 0},
    [AT_SET_CEREG] = {"+CEREG", 2, 0},
    [AT_SET_CLIP] = {"+CLIP", 1, 0},
    [AT_SET_CLIR] = {"+CLIR", 2, 0},
    [AT_SET_COLP] = {"+COLP", 1, 0},
    [AT_SET_CRC] = {"+CRC", 1, 0},
    [AT_SET_CSDH] = {"+CSDH", 1, 0},
    [AT_SET_CGATT] = {"+CGATT", 1, 1},
    [AT_SET_CURC] = {"^CURC", 1, 1},
};

/* 27.007 section 9.2 */
static const struct {
    unsigned code;
    const char *text;
} cme_texts[] = {
    {3, "operation not allowed"},
    {4, "operation not supported"},
    {10, "SIM not inserted"},
    {11, "SIM PIN required"},
    {12, "SIM PUK required"},
    {16, "incorrect password"},
    {22, "not found"},
    {30, "no network service"},
    {50, "incorrect parameters"},
};

/* What ATZ and AT&F bring back; the line in hand stays. */
static void settings_init(struct at *at)
{
    static const uint8_t csmp[4] = {17, 167, 0, 0};
    at->echo = at->verbose = true;
    at->quiet = false;
    at->charset = AT_CHARSET_GSM;
    at->csms = 0;
    memset(at->cnmi, 0, sizeof at->cnmi);
    memcpy(at->csmp, csmp, sizeof csmp);
    for (size_t i = 0; i < AT_SETTINGS; i++)
        at->set[i] = settings[i].first;
}

void at_init(struct at *at)
{
    *at = (struct at){0};
    settings_init(at);
}

void at_mode_set(struct modem *modem, enum at_mode mode)
{
    modem->at.mode = mode;
    if (mode == AT_COMMAND || mode == AT_BUSY)
        modem_release(modem);
}

bool at_arg_number(unsigned *value, const char **args, unsigned otherwise)
{
    *value = otherwise;
    if (isdigit((unsigned char)**args)) {
        char *end;
        unsigned long number = strtoul(*args, &end, 10);
        *value = number < FAULT_FOR_EVER ? (unsigned)number : FAULT_FOR_EVER;
        *args = end;
    }
    if (**args == ',')
        (*args)++;
    else if (**args)
        return false;
    return true;
}

bool at_arg_text(char *text, size_t size, const char **args)
{
    bool quoted = **args == '"';
    const char *from = *args + quoted;
    size_t length = strcspn(from, quoted ? "\"" : ",");
    if (!length || length >= size || (quoted && from[length] != '"'))
        return false;
    memcpy(text, from, length);
    text[length] = 0;
    *args = from + length + quoted;
    if (**args == ',')
        (*args)++;
    return true;
}

void at_text(struct out *out, const struct modem *modem, const char *utf8)
{
    uint8_t units[AT_LINE_SIZE];
    size_t length = 0;
    out_text(out, "\"");
    if (modem->at.charset == AT_CHARSET_UCS2 && gsm_ucs2_encode(units, sizeof units, &length, utf8))
        out_hex(out, units, length);
    else
        out_text(out, utf8);
    out_text(out, "\"");
}

static void error_write(struct modem *modem, const char *family, unsigned code)
{
    size_t rows = sizeof cme_texts / sizeof *cme_texts;
    bool words = modem->at.set[AT_SET_CMEE] == 2 && strcmp(family, "+CME") == 0;
    for (size_t i = 0; words && i < rows; i++) {
        if (cme_texts[i].code == code) {
            modem_line(modem, "%s ERROR: %s", family, cme_texts[i].text);
            return;
        }
    }
    modem_line(modem, "%s ERROR: %u", family, code);
}

static void result_write(struct modem *modem, enum at_result result, unsigned code)
{
    struct at *at = &modem->at;
    if (result == AT_NOTHING || at->quiet)
        return;
    if (result == AT_CMS)
        error_write(modem, "+CMS", code);
    else if (result == AT_CME && at->set[AT_SET_CMEE])
        error_write(modem, "+CME", code);
    else if (!at->verbose)
        modem_put(modem, result == AT_OK ? "0\r" : "4\r");
    else
        modem_line(modem, "%s", result == AT_OK ? "OK" : "ERROR");
}

static enum at_result setting_run(struct modem *modem, struct at_call *call, size_t row)
{
    static const char *const network[] = {"+CREG", "+CGREG", "+CEREG"};
    const struct setting *s = &settings[row];
    unsigned value;
    const char *args = call->args;
    switch (call->op) {
    case AT_OP_TEST:
        modem_line(modem, "%s: (0-%u)", s->name, s->most);
        return AT_OK;
    case AT_OP_READ:
        if (row >= AT_SET_CREG && row <= AT_SET_CEREG)
            modem_line(modem, "%s: %u,%d", network[row - AT_SET_CREG], modem->at.set[row],
                modem->has_network && modem->has_sim ? 1 : 2);
        else
            modem_line(modem, "%s: %u", s->name, modem->at.set[row]);
        return AT_OK;
    case AT_OP_EXEC:
        return AT_OK;
    case AT_OP_SET:
    default:
        if (!at_arg_number(&value, &args, 0) || value > s->most)
            return AT_ERROR;
        modem->at.set[row] = (uint8_t)value;
        return AT_OK;
    }
}

static enum at_result sim_check(const struct modem *modem, struct at_call *call, bool sms)
{
    if (modem->has_sim && modem->pin_given)
        return AT_OK;
    bool out = !modem->has_sim;
    call->code = sms ? (out ? CMS_SIM_OUT : CMS_SIM_PIN) : (out ? CME_SIM_OUT : CME_SIM_PIN);
    return sms ? AT_CMS : AT_CME;
}

static const struct at_command *row_find(const char *name, bool *sms)
{
    static const struct at_command *const tables[] = {
        at_sms_commands, at_identity_commands, at_status_commands};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        *sms = t == 0;
        for (const struct at_command *c = tables[t]; c->name; c++)
            if (strcasecmp(c->name, name) == 0)
                return c;
    }
    return NULL;
}

static enum at_result extended_run(struct modem *modem, struct at_call *call, const char *name)
{
    bool sms;
    const struct at_command *row = row_find(name, &sms);
    if (row) {
        enum at_result barred = row->needs_sim ? sim_check(modem, call, sms) : AT_OK;
        return barred == AT_OK ? row->run(modem, call) : barred;
    }
    for (size_t i = 0; i < AT_SETTINGS; i++)
        if (strcasecmp(settings[i].name, name) == 0)
            return setting_run(modem, call, i);
    call->code = CME_NOT_ALLOWED + 1;
    return AT_CME;
}

/* One command that begins with + ^ % or *, and past the semicolon behind it. */
static enum at_result extended_take(struct modem *modem, char **line, unsigned *code)
{
    char *name = *line, *p = name + 1;
    struct at_call call = {.op = AT_OP_EXEC, .args = ""};
    bool quoted = false;
    while (isalnum((unsigned char)*p) || *p == '_')
        p++;
    char *mark = p;
    for (; *p && (quoted || *p != ';'); p++)
        quoted ^= *p == '"';
    *line = *p ? p + 1 : p;
    *p = 0;
    if (*mark == '?')
        call.op = AT_OP_READ;
    else if (*mark == '=' && mark[1] == '?')
        call.op = AT_OP_TEST;
    else if (*mark == '=')
        call = (struct at_call){.op = AT_OP_SET, .args = mark + 1};
    else if (*mark)
        return AT_ERROR;
    *mark = 0;
    enum at_result result = extended_run(modem, &call, name);
    *code = call.code;
    return result;
}

/* V.250 section 5.3.1: a letter, or & and a letter, and digits; S registers. */
static enum at_result basic_take(struct modem *modem, char **line)
{
    char *p = *line;
    bool amp = *p == '&';
    p += amp;
    char letter = (char)toupper((unsigned char)*p);
    if (!isalpha((unsigned char)letter))
        return AT_ERROR;
    p++;
    unsigned long value = strtoul(p, &p, 10);
    if (letter == 'S' && (*p == '=' || *p == '?'))
        strtoul(p + 1, &p, 10);
    *line = p;
    if (amp && letter != 'F')
        return AT_OK;
    switch (letter) {
    case 'E':
        modem->at.echo = value != 0;
        return AT_OK;
    case 'V':
        modem->at.verbose = value != 0;
        return AT_OK;
    case 'Q':
        modem->at.quiet = value != 0;
        return AT_OK;
    case 'F':
    case 'Z':
        settings_init(&modem->at);
        return AT_OK;
    case 'I':
        modem_line(modem, "%s", modem->sim->options.manufacturer);
        modem_line(modem, "%s", modem->sim->options.model);
        return AT_OK;
    default:
        return strchr("HLMSX", letter) ? AT_OK : AT_ERROR;
    }
}

static void line_run(struct modem *modem, char *line)
{
    enum at_result result = AT_OK;
    unsigned code = 0;
    while (*line == ' ')
        line++;
    if (strncasecmp(line, "AT", 2) != 0)
        return;
    for (line += 2; *line && result == AT_OK;) {
        if (*line == ';' || *line == ' ')
            line++;
        else if (strchr("+^%*$#", *line))
            result = extended_take(modem, &line, &code);
        else
            result = basic_take(modem, &line);
    }
    result_write(modem, result, code);
    if (modem->restart) {
        modem_flush(modem);
        modem->restart = false;
        modem_reset(modem);
    }
}

static void command_byte(struct modem *modem, uint8_t byte)
{
    struct at *at = &modem->at;
    if (byte == '\r') {
        at->line[at->line_length] = 0;
        bool over = at->line_over;
        at->line_length = 0;
        at->line_over = false;
        if (over)
            result_write(modem, AT_ERROR, 0);
        else
            line_run(modem, at->line);
    } else if (byte == AT_ESC) {
        at->line_length = 0;
    } else if (byte == '\b') {
        at->line_length -= at->line_length > 0;
    } else if (byte >= ' ') {
        if (at->line_length + 1 < sizeof at->line)
            at->line[at->line_length++] = (char)byte;
        else
            at->line_over = true;
    }
}

static void entry_byte(struct modem *modem, uint8_t byte)
{
    struct at *at = &modem->at;
    if (byte == AT_CTRL_Z || byte == AT_ESC) {
        at->entry[at->entry_length] = 0;
        if (byte == AT_CTRL_Z)
            send_entered(modem);
        else
            send_cancelled(modem);
    } else if (at->entry_length + 1 < sizeof at->entry) {
        at->entry[at->entry_length++] = (char)byte;
    } else {
        at->entry_over = true;
    }
}

/* Echo comes as the bytes are taken, before what they bring about. */
static void byte_take(struct modem *modem, uint8_t byte)
{
    struct at *at = &modem->at;
    switch (at->mode) {
    case AT_COMMAND:
    case AT_ENTRY:
        if (at->echo && byte != AT_ESC && byte != AT_CTRL_Z)
            out_bytes(&modem->out, &byte, 1);
        if (at->mode == AT_COMMAND)
            command_byte(modem, byte);
        else
            entry_byte(modem, byte);
        break;
    case AT_BUSY:
        if (at->held_length < sizeof at->held)
            at->held[at->held_length++] = byte;
        break;
    case AT_AWAIT_PROMPT:
    default:
        break;
    }
}

void at_feed(struct modem *modem, const uint8_t *bytes, size_t length)
{
    uint32_t life = modem->life;
    for (size_t i = 0; i < length && modem->health == MODEM_WELL && modem->life == life; i++)
        byte_take(modem, bytes[i]);
    modem_flush(modem);
}

void at_end(struct modem *modem, enum at_result result, unsigned code)
{
    uint8_t held[AT_HELD_SIZE];
    size_t length = modem->at.held_length;
    result_write(modem, result, code);
    at_mode_set(modem, AT_COMMAND);
    modem_flush(modem);
    memcpy(held, modem->at.held, length);
    modem->at.held_length = 0;
    at_feed(modem, held, length);
}
