/* What the control socket answers to each request. */
#include "tests/fakes/modemsim_clock.h"
#include "tests/fakes/modemsim_condition.h"
#include "tests/fakes/modemsim_control.h"
#include "tests/fakes/modemsim_inbound.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REPEAT_MAX 100000
#define ERROR_SIZE 256

/* The value of KEY= in a request, or NULL. */
static const char *field(const struct out *request, const char *key)
{
    size_t length = strlen(key);
    for (size_t at = 0; at < request->length; at += strlen(request->data + at) + 1) {
        const char *text = request->data + at;
        if (strncmp(text, key, length) == 0 && text[length] == '=')
            return text + length + 1;
    }
    return NULL;
}

static unsigned long field_number(
    const struct out *request, const char *key, unsigned long otherwise)
{
    const char *text = field(request, key);
    return text ? strtoul(text, NULL, 10) : otherwise;
}

static bool inject_once(struct out *error, struct modem *modem, const struct out *request)
{
    const char *hex = field(request, "raw-pdu");
    const char *from = field(request, "from"), *text = field(request, "text");
    uint8_t pdu[STORE_PDU_MAX];
    size_t length = 0;
    if (hex) {
        if (!pdu_hex_decode(pdu, sizeof pdu, &length, hex, strlen(hex)) || !length)
            out_print(error, "-the PDU is not hexadecimal, empty or longer than %d bytes\n",
                STORE_PDU_MAX);
        else if (!inbound_pdu(modem, pdu, length))
            out_text(error, "-too many texts wait for room in the SIM\n");
        return !error->length;
    }
    if (!from || !text)
        out_text(error, "-give a sender and a text, or a PDU\n");
    else if (!inbound_text(modem, from, text, INBOUND_TOLD))
        out_text(error,
            "-the sender is no number of up to 20 digits nor 11 letters of the GSM alphabet, "
            "or the text is longer than 255 parts, or too many wait\n");
    return !error->length;
}

static void inject_answer(struct out *answer, struct sim *sim, const struct out *request)
{
    unsigned long modem = field_number(request, "modem", 1);
    unsigned long repeat = field_number(request, "repeat", 1);
    if (modem < 1 || modem > sim->options.modems || repeat < 1 || repeat > REPEAT_MAX) {
        out_print(
            answer, "-modems are 1 to %u, repeats 1 to %d\n", sim->options.modems, REPEAT_MAX);
        return;
    }
    for (unsigned long i = 0; i < repeat; i++)
        if (!inject_once(answer, &sim->modems[modem - 1], request))
            return;
    out_text(answer, "+");
}

static void fault_answer(struct out *answer, struct sim *sim, const struct out *request)
{
    unsigned long modem = field_number(request, "modem", 0);
    const char *spec = field(request, "spec");
    struct fault fault;
    char error[ERROR_SIZE];
    if (modem > sim->options.modems || !spec) {
        out_print(answer, "-modems are 1 to %u, or none for all\n", sim->options.modems);
        return;
    }
    if (!fault_parse(&fault, error, sizeof error, spec)) {
        out_print(answer, "-%s\n", error);
        return;
    }
    for (unsigned long i = 1; i <= sim->options.modems; i++) {
        if ((modem == 0 || modem == i) && !condition_add(&sim->modems[i - 1], &fault)) {
            out_print(answer, "-modem %lu has %d faults already; clear some\n", i, FAULT_LIST_MAX);
            return;
        }
    }
    out_text(answer, "+");
}

static void faults_print(struct out *out, const struct fault_set *faults)
{
    out_text(out, ",\"faults\":[");
    for (size_t i = 0; i < faults->count; i++)
        out_print(out, "%s\"%s\"", i ? "," : "", fault_name(faults->list[i].id));
    out_text(out, "]");
}

static void modem_print(struct out *out, const struct modem *modem)
{
    static const char *const health[] = {"well", "hung", "mute", "stalled"};
    const struct modem_identity *id = &modem->identity;
    bool here = modem->tty.master >= 0 && modem->tty.watch >= 0;
    out_print(out, "{\"modem\":%u,\"link\":", modem->index);
    out_json(out, modem->tty.link);
    out_text(out, ",\"device\":");
    out_json(out, here ? modem->tty.device : "");
    out_print(out, ",\"open\":%s,\"health\":\"%s\",\"network\":%s,\"sim\":%s",
        modem->tty.openers > 0 ? "true" : "false", here ? health[modem->health] : "vanished",
        modem->has_network ? "true" : "false", modem->has_sim ? "true" : "false");
    out_print(out,
        ",\"imei\":\"%s\",\"imsi\":\"%s\",\"iccid\":\"%s\",\"number\":\"%s\",\"smsc\":", id->imei,
        id->imsi, id->iccid, id->number);
    out_json(out, id->smsc);
    out_print(out,
        ",\"attempts\":%u,\"accepted\":%lu,\"refused\":%lu,\"inbound\":%lu,\"reports\":%lu",
        modem->faults.attempts, modem->counts.accepted, modem->counts.refused,
        modem->counts.inbound, modem->counts.reports);
    out_print(out, ",\"stored\":%u,\"store_size\":%u,\"waiting\":%u,\"balance\":%.2f",
        store_used(&modem->store), modem->store.size, modem->pending_count, modem->balance);
    faults_print(out, &modem->faults);
    out_text(out, "}");
}

static void status_answer(struct out *answer, struct sim *sim, const struct out *request)
{
    struct modem_counts sum = {0};
    unsigned waiting = 0;
    (void)request;
    int64_t wall_ms = clock_wall_ms();
    out_print(answer, "+{\"pid\":%d,\"t\":%" PRId64 ".%03d,\"modems\":[", (int)getpid(),
        wall_ms / 1000, (int)(wall_ms % 1000));
    for (unsigned i = 0; i < sim->options.modems; i++) {
        const struct modem *modem = &sim->modems[i];
        out_text(answer, i ? ",\n" : "\n");
        modem_print(answer, modem);
        sum.accepted += modem->counts.accepted;
        sum.refused += modem->counts.refused;
        sum.inbound += modem->counts.inbound;
        sum.reports += modem->counts.reports;
        waiting += modem->pending_count;
    }
    out_print(answer,
        "\n],\"accepted\":%lu,\"refused\":%lu,\"inbound\":%lu,\"reports\":%lu,\"waiting\":%u}\n",
        sum.accepted, sum.refused, sum.inbound, sum.reports, waiting);
}

static void phones_answer(struct out *answer, struct sim *sim, const struct out *request)
{
    out_text(answer, "+");
    phones_print(answer, &sim->phones, field(request, "number"), field(request, "json") != NULL);
}

void request_answer(struct out *answer, struct sim *sim, const struct out *request)
{
    static const struct {
        const char *verb;
        void (*run)(struct out *answer, struct sim *sim, const struct out *request);
    } verbs[] = {
        {"inject", inject_answer},
        {"fault", fault_answer},
        {"status", status_answer},
        {"phones", phones_answer},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].verb, request->data) == 0) {
            verbs[i].run(answer, sim, request);
            return;
        }
    }
    out_text(answer, "-no such request; client and emulator are of different versions\n");
}
