#include "gateway/dispatcher/steer.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/bulletin/phrases.h"
#include "gateway/dispatcher/delivery.h"
#include "gateway/store/inbox.h"
#include "gateway/store/modems.h"
#include "gateway/store/outbox.h"
#include "gateway/store/sims.h"
#include "modems/number.h"

#include <stdio.h>
#include <string.h>

#define REGISTERED_HOME 1 /* 3GPP TS 27.007, 7.2 */
#define REGISTERED_ROAMING 5
#define MS_PER_S 1000
#define MS_PER_MIN 60000
#define S_PER_MIN 60
#define PART_DEFAULT_MS 3000 /* until a modem has shown how long it takes */
#define PART_MOST_MS 60000   /* a longer gap is no pace but a pause */
#define PART_WEIGHT 8        /* of what was known against one more part */
#define HASTE_MS                                                                                   \
    40000 /* the longest wait that a modem's failures cause; for a phone it is longer */
#define MINUTES_MOST 10080 /* a week: beyond it is never */
#define TEST_LIFE_S 600    /* that a test text waits for its modem */

static const struct conf_modem *find_conf(const struct site *site, const char *name)
{
    for (unsigned i = 0; i < site->conf.modem_count; i++)
        if (strcmp(site->conf.modems[i].name, name) == 0)
            return &site->conf.modems[i];
    return NULL;
}

/* The budget is that of its SIM. */
static void load_budget(struct peer *peer)
{
    struct site *site = peer->peers->site;
    struct sims_spent list[SIMS_SPENT_MIN];
    struct budget_limits limits = {0};
    const struct conf_modem *conf = find_conf(site, peer->name);
    if (conf != NULL)
        limits = (struct budget_limits){conf->per_minute, conf->per_hour, conf->per_day};
    int64_t now_min = site_now_s(site) / S_PER_MIN;
    budget_init(&peer->budget, &limits, clock_boot_ms());
    unsigned count = sims_list_spent(site->store, list, peer->sim, now_min - BUDGET_MINUTES);
    for (unsigned i = 0; i < count; i++) {
        int64_t ago = now_min - list[i].minute;
        budget_restore(&peer->budget, ago > 0 ? (uint32_t)ago : 0, list[i].count);
    }
}

/* True if it is another one than before. */
static bool set_sim(struct peer *peer, const struct sims_card *card)
{
    struct store *store = peer->peers->site->store;
    int64_t sim = sims_find(store, card);
    if (sim == peer->sim)
        return false;
    peer->sim = sim;
    modems_set_sim(store, peer->modem, sim);
    load_budget(peer);
    return true;
}

void steer_load(struct peer *peer)
{
    struct modems_entry row;
    if (modems_get(peer->peers->site->store, &row, peer->modem) == ERR_OK) {
        peer->hold = row.hold;
        peer->sim = row.sim;
    }
    if (peer->sim == 0)
        (void)set_sim(peer, &(struct sims_card){"", "", peer->name});
    else
        load_budget(peer);
}

static void log_breaker(const struct peer *peer)
{
    const struct breaker *breaker = &peer->breaker;
    int64_t wait_ms = breaker->until_ms - clock_boot_ms();
    log_info("modem_breaker modem=%s state=%s cause=%s wait_s=%lld", peer->name,
        breaker_print(breaker->state), messages_cause(breaker->cause),
        breaker->state == MESSAGE_BREAKER_OPEN ? (long long)(wait_ms / MS_PER_S) : 0);
}

/* What an operator lets it have. */
static const unsigned wants[MESSAGE_HOLD_COUNT] = {
    [MESSAGE_HOLD_NONE] = DELIVERY_NEW | DELIVERY_BEGUN | DELIVERY_TESTS,
    [MESSAGE_HOLD_PAUSED] = DELIVERY_TESTS,
    [MESSAGE_HOLD_DRAINED] = DELIVERY_BEGUN | DELIVERY_TESTS,
};

unsigned steer_want(struct peer *peer)
{
    int64_t now_ms = clock_boot_ms();
    uint32_t held = peer->parts - peer->pulls;
    if (breaker_check(&peer->breaker, now_ms))
        log_breaker(peer);
    peer->limited = breaker_room(&peer->breaker) <= held || budget_left(&peer->budget, now_ms) == 0;
    if (peer->limited || peer->hold >= MESSAGE_HOLD_COUNT)
        return 0;
    bool well = peer->breaker.state == MESSAGE_BREAKER_CLOSED;
    return wants[peer->hold] | (well ? (unsigned)DELIVERY_DOUBTS : 0);
}

void steer_given(struct peer *peer)
{
    struct peers *peers = peer->peers;
    int64_t now_ms = clock_boot_ms();
    peer->given_ms = now_ms;
    for (unsigned i = 0; i < peers->count; i++) /* it may go back to where it was before */
        if (peers->list[i].sim == peer->sim)
            budget_add(&peers->list[i].budget, now_ms);
    sims_add_spent(peers->site->store, peer->sim, site_now_s(peers->site) / S_PER_MIN);
}

/* A modem with room for one takes as long as from the giving; one that is fed through a window, as between two that leave. */
static void learn_pace(struct peer *peer)
{
    int64_t now_ms = clock_boot_ms();
    int64_t took_ms = now_ms - (peer->parts == 1 ? peer->given_ms : peer->sent_ms);
    peer->sent_ms = now_ms;
    if (took_ms < 0 || took_ms > PART_MOST_MS)
        return;
    if (took_ms == 0)
        took_ms = 1;
    peer->part_ms =
        peer->part_ms == 0
            ? (uint32_t)took_ms
            : (uint32_t)(((int64_t)peer->part_ms * (PART_WEIGHT - 1) + took_ms) / PART_WEIGHT);
    peer->part_ms = peer->part_ms == 0 ? 1 : peer->part_ms;
}

/* What it was set aside for is over, and what waits because of that is due. */
static void renew(struct peer *peer)
{
    if (!breaker_succeed(&peer->breaker))
        return;
    outbox_hasten(peer->peers->site->store, peer->modem, clock_boot_ms(), HASTE_MS);
    peer->peers->site->work = true;
    peer->state.detail[0] = '\0';
    log_breaker(peer);
}

/* Whoever tells nothing still has what it had; an operator's bind has no SIM. */
void steer_set_sim(struct peer *peer, const struct message_modem_hello *hello)
{
    bool told = hello->iccid[0] != '\0' || hello->imsi[0] != '\0';
    if (told && find_conf(peer->peers->site, peer->name) != NULL &&
        set_sim(peer, &(struct sims_card){hello->iccid, hello->imsi, peer->name}))
        renew(peer);
}

void steer_sent(struct peer *peer)
{
    learn_pace(peer);
    renew(peer);
}

void steer_failed(struct peer *peer, const struct message_part_failed *failed, unsigned before)
{
    const struct breaker_failure failure = {.cause = (enum message_cause)failed->cause,
        .delivery = failed->job >> DELIVERY_JOB_SHIFT,
        .before = before,
        .seed = (uint32_t)peer->modem};
    if (!breaker_fail(&peer->breaker, &failure, clock_boot_ms()))
        return;
    (void)snprintf(peer->state.detail, sizeof peer->state.detail,
        "set aside for a while: %s, code %u%s", messages_cause(failure.cause), failed->code,
        failure.cause == MESSAGE_CAUSE_SIM ? "; is there credit?" : "");
    outbox_release(peer->peers->site->store, peer->modem);
    log_breaker(peer);
}

void steer_wake(struct peers *peers)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (breaker_wake(&peers->list[i].breaker, MESSAGE_CAUSE_NETWORK))
            log_breaker(&peers->list[i]);
}

static bool has_network(const struct message_modem_state *state)
{
    return state->registration == REGISTERED_HOME || state->registration == REGISTERED_ROAMING;
}

void steer_heard(struct peer *peer, const struct message_modem_state *now)
{
    const struct message_modem_state *before = &peer->state;
    bool network = !has_network(before) && has_network(now);
    bool credit = before->credit >= 0 && now->credit > before->credit;
    if ((network && breaker_wake(&peer->breaker, MESSAGE_CAUSE_NETWORK)) ||
        (credit && breaker_wake(&peer->breaker, MESSAGE_CAUSE_SIM)))
        log_breaker(peer);
}

void steer_tick(struct peers *peers)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].limited)
            peers->list[i].fresh = true;
    inbox_end_tests(peers->site->store, site_now_s(peers->site) - TEST_LIFE_S);
}

static bool counts_as_sending(const struct peer *peer)
{
    return peer->role == MESSAGE_ROLE_MODEM && peer->connected && peer->hold == MESSAGE_HOLD_NONE &&
           peer->breaker.state == MESSAGE_BREAKER_CLOSED &&
           (!peer->told || peer->state.state == MESSAGE_MODEM_ONLINE);
}

static uint64_t allowed(struct peers *peers, uint32_t minutes)
{
    uint64_t sum = 0;
    int64_t now_ms = clock_boot_ms();
    for (unsigned i = 0; i < peers->count; i++) {
        struct peer *peer = &peers->list[i];
        uint32_t part_ms = peer->part_ms != 0 ? peer->part_ms : PART_DEFAULT_MS;
        if (counts_as_sending(peer))
            sum += budget_allows(&peer->budget, now_ms, minutes, MS_PER_MIN / part_ms);
    }
    return sum;
}

uint32_t steer_minutes(struct peers *peers, uint64_t parts)
{
    uint32_t low = 0, high = MINUTES_MOST; /* not enough below low; enough at high, if ever */
    if (parts == 0)
        return 0;
    if (allowed(peers, high) < parts)
        return MESSAGES_MINUTES_NEVER;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (allowed(peers, middle) < parts)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void steer_print(struct peer *peer, struct message_status_modem *status)
{
    int64_t now_ms = clock_boot_ms();
    int64_t wait_ms = peer->breaker.until_ms - now_ms;
    memcpy(status->operator_name, peer->state.operator_name, sizeof status->operator_name);
    status->credit = peer->told ? peer->state.credit : -1;
    status->pace = peer->state.pace;
    status->hold = peer->hold;
    status->breaker = (uint8_t)peer->breaker.state;
    status->cause = (uint8_t)peer->breaker.cause;
    if (peer->breaker.state == MESSAGE_BREAKER_OPEN && wait_ms > 0)
        status->wait_s = (uint32_t)((wait_ms + MS_PER_S - 1) / MS_PER_S);
    status->rate = budget_rate(&peer->budget, now_ms);
    status->part_ms = peer->part_ms;
    status->left = budget_left(&peer->budget, now_ms);
}

static void hold(struct peer *peer, enum message_hold what)
{
    peer->hold = (uint8_t)what;
    peer->fresh = true;
    modems_set_hold(peer->peers->site->store, peer->modem, what);
    if (what == MESSAGE_HOLD_PAUSED)
        delivery_pass_on(peer->peers->site, peer->modem);
    if (what == MESSAGE_HOLD_NONE)
        renew(peer);
}

/* One at a time: it is to show whether a modem sends, not to send. */
static enum err test(struct peer *peer, char why[MESSAGES_DETAIL_SIZE], const char *to)
{
    struct site *site = peer->peers->site;
    struct inbox_answer answer = {.word = INBOX_TEST_WORD, .modem = peer->modem};
    char number[NUMBER_SIZE];
    char when[CLOCK_HHMM_SIZE];
    if (number_parse_mobile(number, to) != ERR_OK) {
        site_explain(why, "this is no mobile number of Kazakhstan");
        return ERR_VALUE;
    }
    if (inbox_count_tests(site->store) > 0) {
        site_explain(why, "another test text is still on its way");
        return ERR_BUSY;
    }
    clock_print_hhmm(when, site_now_s(site));
    const char *const values[] = {"s", site->conf.sender, "w", peer->name, "t", when, NULL};
    enum err err = phrases_fill(
        answer.text, sizeof answer.text, phrases_get(PHRASE_MODEM_TEST, BULLETIN_EN), values);
    if (err != ERR_OK)
        return err;
    memcpy(answer.number, number, sizeof number);
    peer->fresh = true;
    return inbox_add_answer(site->store, &answer, site_now_s(site));
}

static struct peer *find_modem(struct peers *peers, const char *name)
{
    for (unsigned i = 0; i < peers->count; i++)
        if (peers->list[i].role == MESSAGE_ROLE_MODEM && strcmp(peers->list[i].name, name) == 0)
            return &peers->list[i];
    return NULL;
}

enum err steer_control(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    static const char *const words[MESSAGE_CONTROL_COUNT] = {
        [MESSAGE_CONTROL_PAUSE] = "pause",
        [MESSAGE_CONTROL_RESUME] = "resume",
        [MESSAGE_CONTROL_DRAIN] = "drain",
        [MESSAGE_CONTROL_TEST] = "test",
    };
    static const enum message_hold holds[MESSAGE_CONTROL_COUNT] = {
        [MESSAGE_CONTROL_PAUSE] = MESSAGE_HOLD_PAUSED,
        [MESSAGE_CONTROL_RESUME] = MESSAGE_HOLD_NONE,
        [MESSAGE_CONTROL_DRAIN] = MESSAGE_HOLD_DRAINED,
    };
    const struct message_modem_control *control = &request->as.modem_control;
    char mask[NUMBER_MASK_SIZE];
    struct peer *peer = find_modem(site->peers, control->name);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    if (control->control >= MESSAGE_CONTROL_COUNT)
        return ERR_VALUE;
    if (peer == NULL) {
        site_explain(why, "there is no modem %s", control->name);
        return ERR_MISSING;
    }
    bool tests = control->control == MESSAGE_CONTROL_TEST;
    enum err err = tests ? test(peer, why, control->number) : ERR_OK;
    if (err != ERR_OK)
        return err;
    number_mask(mask, control->number);
    if (!tests)
        hold(peer, holds[control->control]);
    site_audit(site, "modem", "%s %s%s%s", words[control->control], peer->name, tests ? " to " : "",
        tests ? mask : "");
    log_info("modem_control modem=%s control=%s", peer->name, words[control->control]);
    return ERR_OK;
}
