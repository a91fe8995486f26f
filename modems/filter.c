#include "modems/filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* What gets a modem out of any mode, then a query that every modem answers, with and without SIM. One try after another has a
 * query of its own, so that a late answer to an earlier one is not taken for the last one's. */
static const struct {
    const char *query;
    const char *answer;
} resyncs[] = {
    {"\x1b\rAT+CMEE?\r", "+CMEE:"},
    {"\x1b\rAT+CSQ\r", "+CSQ:"},
    {"\x1b\rAT+CFUN?\r", "+CFUN:"},
};

#define SEND_COMMAND "AT+CMGS="
#define SEND_ANSWER "+CMGS:"
#define USSD_ANSWER "+CUSD:"
#define USSD_JOINED_MAX 300 /* bytes of an answer that goes over several lines */
#define CODE_MAX 0xffff

enum meaning {
    NOISE,    /* of no use to us */
    ANSWERED, /* the network has answered a USSD request */
    STORED,   /* something new is in storage */
    PDU_NEXT, /* the next line is a PDU */
    SKIP_NEXT /* the next line is of no use either */
};

struct unsolicited {
    const char *prefix;
    enum meaning meaning;
};

/* 3GPP TS 27.005, 3.4.1; TS 27.007; V.250; and what makers add without a prefix character. Lines that begin with one are
 * told by not being named like the command that runs. */
static const struct unsolicited table[] = {
    {"+CMTI:", STORED},
    {"+CDSI:", STORED},
    {"+CMT:", PDU_NEXT},
    {"+CDS:", PDU_NEXT},
    {"+CBM:", SKIP_NEXT},
    {USSD_ANSWER, ANSWERED},
    {"RING", NOISE},
    {"NO CARRIER", NOISE},
    {"NO ANSWER", NOISE},
    {"NO DIALTONE", NOISE},
    {"BUSY", NOISE},
    {"RDY", NOISE},
    {"CALL READY", NOISE},
    {"SMS READY", NOISE},
    {"SMS DONE", NOISE},
    {"PB DONE", NOISE},
    {"PB READY", NOISE},
    {"NORMAL POWER DOWN", NOISE},
    {"UNDER-VOLTAGE", NOISE},
    {"OVER-VOLTAGE", NOISE},
};

static const char *const errors[] = {
    "+CMS ERROR:", "+CME ERROR:", "MODEM ERROR:", "COMMAND NOT SUPPORT", "ERROR"};

static bool begins(const char *text, const char *prefix)
{
    return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static const char *find_error(const char *line)
{
    for (size_t i = 0; i < COUNT(errors); i++)
        if (begins(line, errors[i]))
            return errors[i];
    return NULL;
}

static bool is_ok(const char *line)
{
    return strcmp(line, "OK") == 0;
}

static int parse_code(const char *text)
{
    while (*text == ' ')
        text++;
    if (!isdigit((unsigned char)*text))
        return -1;
    long code = strtol(text, NULL, 10);
    return code > CODE_MAX ? CODE_MAX : (int)code;
}

static int error_code(const char *line)
{
    const char *colon = strchr(line, ':');
    int code = colon == NULL ? 0 : parse_code(colon + 1);
    return code < 0 ? 0 : code;
}

static void emit(struct filter *filter, enum filter_event event, int value, const char *text)
{
    filter->sink.event(filter->sink.arg, event, value, text);
}

static void say(struct filter *filter, const char *bytes, size_t size)
{
    if (filter->asks)
        return;
    filter->sink.to_talker(filter->sink.arg, bytes, size);
}

static void tell(struct filter *filter, const char *bytes, size_t size)
{
    filter->sink.to_modem(filter->sink.arg, bytes, size);
}

void filter_init(struct filter *filter, const struct filter_sink *sink)
{
    *filter = (struct filter){.sink = *sink, .reference = -1};
}

const char *filter_state_name(enum filter_state state)
{
    static const char *const names[FILTER_STATE_COUNT] = {
        "idle", "answer", "prompt", "edit", "held", "result", "resync"};
    return state < FILTER_STATE_COUNT ? names[state] : "?";
}

/* As a modem lays out an answer: an empty line before its first line and before its last. */
static void pass(struct filter *filter, const char *line, bool final)
{
    size_t size = strlen(line);
    if (!final && filter->answer_bytes + size > FILTER_ANSWER_MAX) {
        filter->dropped++;
        return;
    }
    if (final || filter->answer_bytes == 0)
        say(filter, "\r\n", 2);
    say(filter, line, size);
    say(filter, "\r\n", 2);
    filter->answer_bytes += size + 2;
}

/* The name in a line or command that begins with a prefix character ("+CMGL" in "+CMGL: 1,1"); its length, or 0. */
static size_t name_size(const char *text)
{
    if (*text == '\0' || strchr("+^*%$#&_", *text) == NULL)
        return 0;
    return strcspn(text, ":=?;, ");
}

static bool is_foreign(const struct filter *filter, const char *line)
{
    size_t size = name_size(line);
    const char *running = filter->command + (begins(filter->command, "AT") ? 2 : 0);
    if (size == 0 || strcasecmp(running, "I") == 0)
        return false;
    return name_size(running) != size || strncasecmp(running, line, size) != 0;
}

static bool is_echo(const struct filter *filter, const char *line)
{
    return filter->command_size > 0 && strcmp(line, filter->command) == 0;
}

static void finish(struct filter *filter, const char *line)
{
    pass(filter, line, true);
    filter->state = FILTER_IDLE;
    filter->command_size = 0;
}

static void refuse(struct filter *filter, const char *line)
{
    finish(filter, line);
    emit(filter, FILTER_REFUSED, error_code(line), line);
}

/* What the talker has written meanwhile. */
static void release_ahead(struct filter *filter)
{
    char ahead[FILTER_COMMAND_MAX];
    size_t size = filter->ahead_size;
    memcpy(ahead, filter->ahead, size);
    filter->ahead_size = 0;
    filter_from_talker(filter, ahead, size);
}

static void end_ask(struct filter *filter)
{
    filter->asks = false;
    release_ahead(filter);
}

static void take_idle(struct filter *filter, const char *line)
{
    const char *found = strstr(line, SEND_ANSWER);
    if (found != NULL)
        emit(filter, FILTER_LATE, parse_code(found + strlen(SEND_ANSWER)), line);
    filter->dropped++;
}

static void take_answer(struct filter *filter, const char *line)
{
    if (is_echo(filter, line))
        return;
    if (is_ok(line) || find_error(line) != NULL) {
        finish(filter, line);
        emit(filter, FILTER_DONE, 0, line);
        if (filter->asks)
            end_ask(filter);
    } else if (is_foreign(filter, line)) {
        filter->dropped++;
    } else {
        pass(filter, line, false);
        emit(filter, FILTER_LINE, 0, line);
    }
}

/* PROMPT, EDIT and HELD: only an error may end them; the rest is echo or noise. */
static void take_writing(struct filter *filter, const char *line)
{
    if (find_error(line) != NULL)
        refuse(filter, line);
    else if (!is_echo(filter, line))
        filter->dropped++;
}

/* The answer may stand behind the PDU's echo or behind garbage, in one line. */
static void take_result(struct filter *filter, const char *line)
{
    const char *answer = strstr(line, SEND_ANSWER);
    const char *cms = strstr(line, "+CMS ERROR:");
    const char *cme = strstr(line, "+CME ERROR:");
    if (answer != NULL && filter->reference < 0) {
        filter->reference = parse_code(answer + strlen(SEND_ANSWER));
        pass(filter, answer, false);
        emit(filter, FILTER_SENT, filter->reference, answer);
    } else if (is_ok(line)) {
        if (filter->reference < 0)
            emit(filter, FILTER_SENT, -1, line);
        finish(filter, line);
    } else if (cms != NULL || cme != NULL || find_error(line) != NULL) {
        refuse(filter, cms != NULL ? cms : cme != NULL ? cme : line);
    } else {
        filter->dropped++;
    }
}

static void leave_resync(struct filter *filter)
{
    filter->state = FILTER_IDLE;
    filter->command_size = 0;
    emit(filter, FILTER_SYNCED, 0, "");
    release_ahead(filter);
}

static void take_resync(struct filter *filter, const char *line)
{
    const char *found = strstr(line, SEND_ANSWER);
    if (found != NULL)
        emit(filter, FILTER_LATE, parse_code(found + strlen(SEND_ANSWER)), line);
    else if (begins(line, resyncs[filter->query].answer))
        filter->query_seen = true;
    else if (is_ok(line) && filter->query_seen)
        leave_resync(filter);
}

typedef void take_line(struct filter *filter, const char *line);

static take_line *const takers[FILTER_STATE_COUNT] = {
    take_idle, take_answer, take_writing, take_writing, take_writing, take_result, take_resync};

static bool is_hex(const char *text)
{
    size_t size = strspn(text, "0123456789ABCDEFabcdef");
    return size > 0 && text[size] == '\0';
}

static bool take_unsolicited(struct filter *filter, const char *line)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        if (!begins(line, table[i].prefix))
            continue;
        filter->pdu_follows = table[i].meaning == PDU_NEXT || table[i].meaning == SKIP_NEXT;
        filter->pdu_wanted = table[i].meaning == PDU_NEXT;
        if (table[i].meaning == STORED)
            emit(filter, FILTER_ARRIVED, 0, line);
        else if (table[i].meaning == ANSWERED)
            emit(filter, FILTER_USSD, 0, line);
        else if (table[i].meaning == NOISE)
            filter->dropped++;
        return true;
    }
    return false;
}

/* The network's text may hold line ends: it goes on until the quotes are closed. */
static bool goes_on(struct filter *filter)
{
    bool quiet = filter->state == FILTER_IDLE || filter->asks;
    filter->line[filter->line_size] = '\0';
    if (!quiet || filter->line_size > USSD_JOINED_MAX || !begins(filter->line, USSD_ANSWER))
        return false;
    const char *quote = strchr(filter->line, '"');
    if (quote == NULL || strchr(quote + 1, '"') != NULL)
        return false;
    if (filter->line[filter->line_size - 1] != ' ')
        filter->line[filter->line_size++] = ' ';
    return true;
}

static void take(struct filter *filter)
{
    if (goes_on(filter))
        return;
    while (filter->line_size > 0 && filter->line[filter->line_size - 1] == ' ')
        filter->line_size--;
    filter->line[filter->line_size] = '\0';
    const char *line = filter->line;
    bool is_pdu = filter->pdu_follows && is_hex(line);
    bool empty = filter->line_size == 0;
    filter->line_size = 0;
    if (empty)
        return;
    filter->pdu_follows = false;
    if (is_pdu && filter->pdu_wanted)
        emit(filter, FILTER_PDU, 0, line);
    else if (!is_pdu && !take_unsolicited(filter, line))
        takers[filter->state](filter, line);
}

static bool is_prompt(const struct filter *filter)
{
    return filter->state == FILTER_PROMPT && filter->line_size == 2 &&
           memcmp(filter->line, "> ", 2) == 0;
}

static void take_byte(struct filter *filter, char byte)
{
    if (byte == '\r' || byte == '\n') {
        take(filter);
        return;
    }
    if (byte < ' ' || byte > '~' || (byte == ' ' && filter->line_size == 0))
        return;
    if (filter->line_size < FILTER_LINE_MAX)
        filter->line[filter->line_size++] = byte;
    else
        filter->cut++;
    if (is_prompt(filter)) {
        filter->line_size = 0;
        filter->state = FILTER_EDIT;
        say(filter, "\r\n> ", 4);
        filter->answer_bytes = 0;
        emit(filter, FILTER_PROMPTED, 0, "");
    }
}

void filter_from_modem(struct filter *filter, const void *bytes, size_t size)
{
    const char *next = bytes;
    for (size_t i = 0; i < size; i++)
        take_byte(filter, next[i]);
}

static void start_command(struct filter *filter)
{
    filter->command[filter->command_size] = '\0';
    filter->answer_bytes = 0;
    bool sends = begins(filter->command, SEND_COMMAND);
    filter->state = sends ? FILTER_PROMPT : FILTER_ANSWER;
    if (sends) {
        filter->ctrl_z = false;
        filter->reference = -1;
    }
    say(filter, filter->command, filter->command_size);
    say(filter, "\r", 1);
    char whole[FILTER_COMMAND_MAX + 1];
    memcpy(whole, filter->command, filter->command_size);
    whole[filter->command_size] = '\r';
    tell(filter, whole, filter->command_size + 1);
}

/* IDLE and ANSWER: a command that comes before the last one's end replaces it, as the talker has given it up. */
static void command_byte(struct filter *filter, char byte)
{
    if (filter->state == FILTER_ANSWER && byte != FILTER_ESC && byte != '\r' && byte != '\n') {
        filter->state = FILTER_IDLE;
        filter->command_size = 0;
    }
    if (byte == '\r' && filter->state == FILTER_IDLE && filter->command_size > 0)
        start_command(filter);
    else if (byte >= ' ' && byte <= '~' && filter->command_size < FILTER_COMMAND_MAX)
        filter->command[filter->command_size++] = byte;
}

static void talker_byte(struct filter *filter, char byte)
{
    bool edits = filter->state == FILTER_PROMPT || filter->state == FILTER_EDIT ||
                 filter->state == FILTER_HELD;
    if (filter->state == FILTER_RESYNC || filter->asks) {
        if (filter->ahead_size < sizeof filter->ahead)
            filter->ahead[filter->ahead_size++] = byte;
    } else if (edits && byte == FILTER_ESC) {
        filter_resync(filter);
    } else if (filter->state == FILTER_EDIT && byte == FILTER_CTRL_Z) {
        filter->state = FILTER_HELD;
        emit(filter, FILTER_HOLDING, 0, "");
    } else if (filter->state == FILTER_IDLE || filter->state == FILTER_ANSWER) {
        command_byte(filter, byte);
    }
}

/* The PDU goes on in one piece. */
static size_t pass_hex(struct filter *filter, const char *bytes, size_t size)
{
    size_t hex = 0;
    while (filter->state == FILTER_EDIT && hex < size && isxdigit((unsigned char)bytes[hex]))
        hex++;
    if (hex > 0)
        tell(filter, bytes, hex);
    return hex;
}

void filter_from_talker(struct filter *filter, const void *bytes, size_t size)
{
    const char *next = bytes;
    size_t at = 0;
    while (at < size) {
        at += pass_hex(filter, next + at, size - at);
        if (at < size)
            talker_byte(filter, next[at++]);
    }
}

enum err filter_ask(struct filter *filter, const char *command)
{
    size_t size = strlen(command);
    if (filter->state != FILTER_IDLE || filter->command_size > 0)
        return ERR_STATE;
    if (size > FILTER_COMMAND_MAX)
        return ERR_LONG;
    filter->asks = true;
    memcpy(filter->command, command, size);
    filter->command_size = size;
    start_command(filter);
    return ERR_OK;
}

enum err filter_go(struct filter *filter)
{
    if (filter->state != FILTER_HELD)
        return ERR_STATE;
    const char ctrl_z = FILTER_CTRL_Z;
    filter->state = FILTER_RESULT;
    filter->ctrl_z = true;
    filter->answer_bytes = 0;
    tell(filter, &ctrl_z, 1);
    return ERR_OK;
}

enum err filter_drop(struct filter *filter)
{
    if (filter->state != FILTER_PROMPT && filter->state != FILTER_EDIT &&
        filter->state != FILTER_HELD)
        return ERR_STATE;
    pass(filter, "ERROR", true);
    filter_resync(filter);
    return ERR_OK;
}

void filter_resync(struct filter *filter)
{
    bool again = filter->state == FILTER_RESYNC;
    filter->asks = false;
    filter->state = FILTER_RESYNC;
    filter->query_seen = false;
    filter->command_size = 0;
    filter->ahead_size = 0;
    filter->line_size = 0;
    filter->pdu_follows = false;
    filter->query = again ? (filter->query + 1) % COUNT(resyncs) : 0;
    tell(filter, resyncs[filter->query].query, strlen(resyncs[filter->query].query));
}
