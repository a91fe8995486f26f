#include "modems/smpp_worker.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/role.h"
#include "modems/cause.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 1000
#define CONNECT_MS 10000
#define BIND_MS 10000
#define ENQUIRE_ANSWER_MS 10000
#define LEAVE_MS 2000  /* for answers to what is under way */
#define UNBIND_MS 1000 /* for the answer to unbind */
#define PAUSE_MIN_MS 500
#define PAUSE_MAX_MS 5000      /* a centre that is back is found within this */
#define PAUSE_REFUSED_MS 60000 /* after a wrong password: more tries would lock the account */
#define SETTLED_MS 30000       /* bound for so long: earlier failures are forgotten */
#define PAUSE_DOUBLINGS 4

static const char *const stage_names[SMPP_STAGE_COUNT] = {
    "down", "connecting", "binding", "bound", "leaving"};

/* ---- to the dispatcher ---- */

static void send_mail(struct smpp_worker *worker)
{
    while (worker->mail_count > 0 &&
           messages_send(worker->options->message_fd, &worker->mail[worker->mail_at]) != ERR_BUSY) {
        worker->mail_at = (worker->mail_at + 1) % SMPP_WORKER_MAIL_MAX;
        worker->mail_count--;
    }
    if (worker->mail_count == 0)
        worker->mail_at = 0; /* so that no more of the ring is touched than is needed */
    if (worker->message_source != NULL)
        loop_set_events(
            worker->message_source, LOOP_READ | (worker->mail_count > 0 ? LOOP_WRITE : 0u));
}

void smpp_worker_tell(struct smpp_worker *worker, const struct message *message)
{
    if (worker->mail_count == 0 && messages_send(worker->options->message_fd, message) != ERR_BUSY)
        return;
    if (worker->mail_count == SMPP_WORKER_MAIL_MAX)
        log_fatal("mail_full bind=%s", worker->options->name);
    worker->mail[(worker->mail_at + worker->mail_count++) % SMPP_WORKER_MAIL_MAX] = *message;
    if (worker->mail_count == 1)
        send_mail(worker);
}

void smpp_worker_tell_state(
    struct smpp_worker *worker, enum message_condition state, const char *detail)
{
    struct message message = {.type = MESSAGE_MODEM_STATE, .fd = -1};
    message.as.modem_state.state = (uint8_t)state;
    message.as.modem_state.signal = UINT8_MAX;
    message.as.modem_state.registration = UINT8_MAX;
    message.as.modem_state.credit = -1;
    (void)snprintf(
        message.as.modem_state.detail, sizeof message.as.modem_state.detail, "%s", detail);
    smpp_worker_tell(worker, &message);
}

static void say_hello(struct smpp_worker *worker)
{
    struct message message = {.type = MESSAGE_MODEM_HELLO, .fd = -1};
    struct message_modem_hello *hello = &message.as.modem_hello;
    (void)snprintf(hello->imei, sizeof hello->imei, "%.23s:%.6s", worker->options->host,
        worker->options->port);
    (void)snprintf(hello->imsi, sizeof hello->imsi, "%s", worker->options->system_id);
    (void)snprintf(hello->model, sizeof hello->model, "SMPP 3.4");
    hello->parts = (uint16_t)worker->jobs.slots;
    smpp_worker_tell(worker, &message);
}

/* ---- to the centre ---- */

uint32_t smpp_worker_next_sequence(struct smpp_worker *worker)
{
    worker->sequence = worker->sequence == SMPP_PDU_SEQUENCE_MAX ? 1 : worker->sequence + 1;
    return worker->sequence;
}

static void put_plain(struct smpp_worker *worker, const struct smpp_pdu_header *header)
{
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_plain(&out, header);
    smpp_link_put(&worker->link, &out);
}

void smpp_worker_respond(
    struct smpp_worker *worker, uint32_t request, uint32_t sequence, uint32_t status)
{
    const struct smpp_pdu_header header = {request | SMPP_PDU_RESPONSE, status, sequence};
    put_plain(worker, &header);
}

static void request(struct smpp_worker *worker, enum smpp_pdu_id id)
{
    const struct smpp_pdu_header header = {
        (uint32_t)id, SMPP_STATUS_OK, smpp_worker_next_sequence(worker)};
    put_plain(worker, &header);
}

bool smpp_worker_is_bound(const struct smpp_worker *worker)
{
    return worker->stage == SMPP_BOUND;
}

/* ---- stages ---- */

static void enter(struct smpp_worker *worker, enum smpp_stage stage, int deadline_ms)
{
    if (worker->stage != stage)
        log_info("bind_stage bind=%s from=%s to=%s", worker->options->name,
            stage_names[worker->stage], stage_names[stage]);
    worker->stage = stage;
    if (deadline_ms > 0)
        loop_set_timer(worker->deadline, deadline_ms);
    else
        loop_stop_timer(worker->deadline);
}

static int pause_ms(const struct smpp_worker *worker)
{
    unsigned doublings = worker->failures > 0 ? worker->failures - 1 : 0;
    int pause = PAUSE_MIN_MS << (doublings < PAUSE_DOUBLINGS ? doublings : PAUSE_DOUBLINGS);
    return pause < PAUSE_MAX_MS ? pause : PAUSE_MAX_MS;
}

static void go_down(struct smpp_worker *worker, const char *why, int after_ms)
{
    bool leaving = worker->stage == SMPP_LEAVING;
    smpp_link_close(&worker->link);
    smpp_jobs_lost(worker);
    smpp_inbound_lost(worker);
    worker->slow = false;
    if (worker->failures == 0 || worker->stage != SMPP_CONNECTING)
        log_warn("bind_down bind=%s reason=\"%s\"", worker->options->name, why);
    smpp_worker_tell_state(worker, MESSAGE_MODEM_SICK, why);
    worker->failures++;
    enter(worker, SMPP_DOWN, after_ms > 0 ? after_ms : pause_ms(worker));
    if (leaving)
        loop_stop(worker->loop, 0);
}

static void on_lost(void *arg, const char *why)
{
    struct smpp_worker *worker = arg;
    if (worker->stage == SMPP_BOUND && clock_boot_ms() - worker->bound_ms >= SETTLED_MS)
        worker->failures = 0;
    go_down(worker, why, 0);
}

static void begin_connecting(struct smpp_worker *worker)
{
    char why[MESSAGES_DETAIL_SIZE];
    enter(worker, SMPP_CONNECTING, CONNECT_MS);
    enum err err = smpp_link_open(&worker->link, worker->options->host, worker->options->port);
    if (err == ERR_OK)
        return;
    (void)snprintf(why, sizeof why, "%.64s: %s", worker->options->host,
        err == ERR_MISSING ? "no such host" : err_text(err));
    go_down(worker, why, 0);
}

/* One line; it may have been changed since the last bind. */
static bool read_password(struct smpp_worker *worker, char password[SMPP_PDU_PASSWORD_SIZE])
{
    char text[SMPP_PDU_PASSWORD_SIZE + 2] = "";
    int fd = open(worker->options->password_file, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[strcspn(text, "\r\n")] = '\0';
    size_t size = strlen(text);
    if (got < 0 || size >= SMPP_PDU_PASSWORD_SIZE)
        return false;
    memcpy(password, text, size + 1);
    return true;
}

static void on_connected(void *arg)
{
    struct smpp_worker *worker = arg;
    char password[SMPP_PDU_PASSWORD_SIZE];
    uint8_t bytes[SMPP_PDU_OUT_MAX];
    struct buf_out out;
    if (!read_password(worker, password)) {
        go_down(
            worker, "the password file can't be read, or has more than 8 characters", PAUSE_MAX_MS);
        return;
    }
    const struct smpp_pdu_bind bind = {worker->options->system_id, password};
    buf_out_init(&out, bytes, sizeof bytes);
    smpp_pdu_put_bind(&out, smpp_worker_next_sequence(worker), &bind);
    enter(worker, SMPP_BINDING, BIND_MS);
    smpp_link_put(&worker->link, &out);
    smpp_link_flush(&worker->link);
}

static bool is_account_refused(uint32_t status)
{
    return status >= SMPP_STATUS_BIND_FAILED && status <= SMPP_STATUS_BAD_SYSTEM_ID;
}

static void on_bind_resp(struct smpp_worker *worker, const struct smpp_pdu_header *header)
{
    char why[MESSAGES_DETAIL_SIZE];
    if (worker->stage != SMPP_BINDING)
        return;
    if (header->status != SMPP_STATUS_OK) {
        struct cause cause = cause_find(CAUSE_SMPP, (int)(header->status & INT32_MAX));
        (void)snprintf(why, sizeof why, "bind refused: %s (0x%x)", cause.text, header->status);
        go_down(worker, why, is_account_refused(header->status) ? PAUSE_REFUSED_MS : 0);
        return;
    }
    worker->bound_ms = clock_boot_ms();
    worker->enquired = false;
    worker->no_reference = false;
    smpp_pace_init(&worker->pace, worker->options->per_second, worker->options->window);
    enter(worker, SMPP_BOUND, worker->options->enquire_ms);
    say_hello(worker);
    smpp_worker_tell_state(worker, MESSAGE_MODEM_ONLINE, "");
}

/* ---- what the centre says ---- */

static void on_answer(
    struct smpp_worker *worker, const struct smpp_pdu_header *header, const char *message_id)
{
    if (!smpp_jobs_answer(worker, header, message_id))
        log_info("answer_unasked bind=%s pdu=%s status=0x%x", worker->options->name,
            smpp_pdu_name(header->id), header->status);
}

static void on_submit_resp(struct smpp_worker *worker, const struct smpp_pdu_header *header,
    const uint8_t *pdu, size_t size)
{
    char message_id[SMPP_PDU_MESSAGE_ID_SIZE];
    if (smpp_pdu_get_submit_resp(message_id, pdu, size) != ERR_OK)
        message_id[0] = '\0'; /* the status counts; only its receipt will not be found */
    on_answer(worker, header, message_id);
}

static void on_unbind_resp(struct smpp_worker *worker)
{
    if (worker->stage == SMPP_LEAVING)
        loop_stop(worker->loop, 0);
}

static void on_unbind(struct smpp_worker *worker, const struct smpp_pdu_header *header)
{
    smpp_worker_respond(worker, SMPP_UNBIND, header->sequence, SMPP_STATUS_OK);
    smpp_link_flush(&worker->link);
    if (worker->link.fd >= 0)
        go_down(worker, "the centre ended the bind", 0);
}

static void on_pdu(void *arg, const uint8_t *pdu, size_t size)
{
    struct smpp_worker *worker = arg;
    struct smpp_pdu_header header;
    if (smpp_pdu_get_header(&header, pdu, size) != ERR_OK)
        return; /* can't be: it was measured */
    worker->heard_ms = clock_boot_ms();
    worker->enquired = false;
    if (header.id == (SMPP_SUBMIT | SMPP_PDU_RESPONSE))
        on_submit_resp(worker, &header, pdu, size);
    else if (header.id == SMPP_DELIVER)
        smpp_inbound_deliver(worker, header.sequence, pdu, size);
    else if (header.id == SMPP_ENQUIRE)
        smpp_worker_respond(worker, SMPP_ENQUIRE, header.sequence, SMPP_STATUS_OK);
    else if (header.id == (SMPP_BIND_TRANSCEIVER | SMPP_PDU_RESPONSE))
        on_bind_resp(worker, &header);
    else if (header.id == (SMPP_GENERIC_NACK | SMPP_PDU_RESPONSE))
        on_answer(worker, &header, "");
    else if (header.id == SMPP_UNBIND)
        on_unbind(worker, &header);
    else if (header.id == (SMPP_UNBIND | SMPP_PDU_RESPONSE))
        on_unbind_resp(worker);
    else if ((header.id & SMPP_PDU_RESPONSE) == 0)
        smpp_worker_respond(worker, SMPP_GENERIC_NACK, header.sequence, SMPP_STATUS_BAD_COMMAND);
}

static void on_idle(void *arg)
{
    smpp_jobs_next(arg);
}

/* ---- time ---- */

/* In silence the centre is asked whether it is there; without an answer it is not. */
static void enquire(struct smpp_worker *worker)
{
    int64_t silent_ms = clock_boot_ms() - worker->heard_ms;
    if (worker->enquired) {
        on_lost(worker, "it does not answer enquire_link");
        return;
    }
    if (silent_ms < worker->options->enquire_ms) {
        loop_set_timer(worker->deadline, worker->options->enquire_ms - silent_ms);
        return;
    }
    worker->enquired = true;
    request(worker, SMPP_ENQUIRE);
    loop_set_timer(worker->deadline, ENQUIRE_ANSWER_MS);
    smpp_link_flush(&worker->link);
}

static void leave(struct smpp_worker *worker)
{
    if (worker->unbind_sent) {
        loop_stop(worker->loop, 0);
        return;
    }
    worker->unbind_sent = true;
    request(worker, SMPP_UNBIND);
    loop_set_timer(worker->deadline, UNBIND_MS);
    smpp_link_flush(&worker->link);
}

static void on_deadline(void *arg)
{
    struct smpp_worker *worker = arg;
    switch (worker->stage) {
    case SMPP_DOWN:
        begin_connecting(worker);
        break;
    case SMPP_CONNECTING:
        go_down(worker, "it does not take the connection", 0);
        break;
    case SMPP_BINDING:
        go_down(worker, "it does not answer the bind", 0);
        break;
    case SMPP_BOUND:
        enquire(worker);
        break;
    case SMPP_LEAVING:
        leave(worker);
        break;
    case SMPP_STAGE_COUNT:
        break;
    }
}

static void on_pace(void *arg)
{
    struct smpp_worker *worker = arg;
    smpp_jobs_next(worker);
    smpp_link_flush(&worker->link);
}

static void on_tick(void *arg)
{
    struct smpp_worker *worker = arg;
    loop_set_timer(worker->tick, TICK_MS);
    role_alive();
    smpp_jobs_tick(worker);
    smpp_inbound_tick(worker);
    smpp_jobs_next(worker);
    if (worker->stage == SMPP_LEAVING && !worker->unbind_sent &&
        worker->jobs.count[SMPP_JOB_SUBMITTED] == 0)
        leave(worker);
    smpp_link_flush(&worker->link);
}

/* ---- the end ---- */

static void on_quit(void *arg)
{
    struct smpp_worker *worker = arg;
    if (worker->stage != SMPP_BOUND) {
        loop_stop(worker->loop, 0);
        return;
    }
    enter(worker, SMPP_LEAVING, LEAVE_MS);
    if (worker->jobs.count[SMPP_JOB_SUBMITTED] == 0)
        leave(worker);
}

static void take_message(struct smpp_worker *worker, const struct message *message)
{
    if (message->fd >= 0)
        close(message->fd);
    if (message->type == MESSAGE_PART)
        smpp_jobs_part(worker, &message->as.part);
    else if (message->type == MESSAGE_PART_GO)
        smpp_jobs_go(worker, message->as.job.job);
    else if (message->type == MESSAGE_PART_DROP)
        smpp_jobs_drop(worker, message->as.job.job);
    else if (message->type == MESSAGE_INBOUND_STORED)
        smpp_inbound_stored(worker, message->as.serial.serial);
    else
        log_warn(
            "message_unasked bind=%s type=%s", worker->options->name, messages_name(message->type));
}

/* Nobody is left to tell: says goodbye to the centre without waiting. */
static void dispatcher_gone(struct smpp_worker *worker)
{
    log_info("dispatcher_gone bind=%s", worker->options->name);
    if (worker->stage == SMPP_BOUND || worker->stage == SMPP_LEAVING)
        request(worker, SMPP_UNBIND);
    smpp_link_flush(&worker->link);
    loop_stop(worker->loop, 0);
}

static void on_message(void *arg, int fd, unsigned events)
{
    (void)events;
    struct smpp_worker *worker = arg;
    struct message message;
    enum err err;
    send_mail(worker);
    while ((err = messages_receive(fd, &message)) == ERR_OK)
        take_message(worker, &message);
    if (err == ERR_CLOSED) {
        dispatcher_gone(worker);
        return;
    }
    smpp_jobs_next(worker);
    smpp_link_flush(&worker->link);
}

static void start(struct smpp_worker *worker)
{
    static const struct smpp_link_events events = {on_connected, on_pdu, on_idle, on_lost};
    struct loop *loop = worker->loop;
    worker->deadline = loop_add_timer(loop, on_deadline, worker);
    worker->tick = loop_add_timer(loop, on_tick, worker);
    worker->pace_timer = loop_add_timer(loop, on_pace, worker);
    worker->term = loop_add_signal(loop, SIGTERM, on_quit, worker);
    worker->interrupt = loop_add_signal(loop, SIGINT, on_quit, worker);
    worker->message_source =
        loop_add_fd(loop, worker->options->message_fd, LOOP_READ, on_message, worker);
    smpp_link_init(&worker->link, loop, &events, worker);
    smpp_jobs_init(worker);
    loop_set_timer(worker->tick, TICK_MS);
    smpp_worker_tell_state(worker, MESSAGE_MODEM_STARTING, "");
    begin_connecting(worker);
    role_ready();
}

static void end(struct smpp_worker *worker)
{
    struct loop_source *sources[] = {worker->deadline, worker->tick, worker->pace_timer,
        worker->term, worker->interrupt, worker->message_source};
    smpp_link_close(&worker->link);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        loop_remove(sources[i]);
    loop_free(worker->loop);
    free(worker);
}

int smpp_worker_run(const struct smpp_worker_options *options)
{
    struct smpp_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        log_fatal("no_memory");
    worker->options = options;
    worker->loop = loop_new();
    start(worker);
    int code = loop_run(worker->loop);
    end(worker);
    return code;
}
