#include "modems/health.h"

#include <string.h>

#define WELL_MS 60000        /* online for so long: earlier troubles are forgotten */
#define REFRESHED_MS 3600000 /* online for so long: and earlier resets */
#define REST_DOUBLINGS_MAX 4
#define PAUSES 7
#define RESET_PAUSE_MS 3000 /* the modem takes its time to come back, or to vanish */

static const enum health_state moves[HEALTH_STATE_COUNT][HEALTH_EVENT_COUNT] = {
    [HEALTH_GONE] = {HEALTH_STARTING, HEALTH_GONE, HEALTH_GONE, HEALTH_RESETTING, HEALTH_GONE},
    [HEALTH_STARTING] = {HEALTH_STARTING, HEALTH_ONLINE, HEALTH_SICK, HEALTH_RESETTING,
        HEALTH_GONE},
    [HEALTH_ONLINE] = {HEALTH_ONLINE, HEALTH_ONLINE, HEALTH_SICK, HEALTH_RESETTING, HEALTH_GONE},
    [HEALTH_SICK] = {HEALTH_SICK, HEALTH_ONLINE, HEALTH_SICK, HEALTH_RESETTING, HEALTH_GONE},
    [HEALTH_RESETTING] = {HEALTH_STARTING, HEALTH_ONLINE, HEALTH_SICK, HEALTH_RESETTING,
        HEALTH_GONE},
};

static const struct {
    const char *name;
    int patience;    /* of illness, and since it appeared, in patiences */
    bool answers;    /* only a modem that answers can be told */
    int64_t rest_ms; /* after the first time; twice as long after each */
} remedies[HEALTH_REMEDY_COUNT] = {
    [HEALTH_RESTART_TALKER] = {"restart talker", 0, false, 0},
    [HEALTH_REOPEN_TTY] = {"reopen tty", 0, false, 0},
    [HEALTH_RESTART_MODEM] = {"restart modem", 1, true, 300000},
    [HEALTH_CYCLE_POWER] = {"cycle power", 2, false, 900000},
};

#define REOPEN_TROUBLES 3 /* from so many on the tty is opened anew */

/* Before the next try. Asking a silent modem or one without a SIM costs nothing, and it is to be back within seconds; the
 * driver's failures cost a process each. */
static const int pauses_ms[HEALTH_TROUBLE_COUNT][PAUSES] = {
    [HEALTH_SILENT] = {0, 500, 1000, 1000, 1000, 1000, 1000},
    [HEALTH_UNFIT] = {1000, 1000, 2000, 3000, 3000, 3000, 3000},
    [HEALTH_DRIVER] = {0, 1000, 2000, 5000, 10000, 30000, 60000},
};

void health_init(struct health *health, bool can_cycle_power, int64_t patience_ms)
{
    *health = (struct health){
        .can_cycle_power = can_cycle_power, .patience_ms = patience_ms, .ill_ms = -1};
}

bool health_move(struct health *health, enum health_event event, int64_t now_ms)
{
    enum health_state from = health->state;
    health->state = moves[from][event];
    if (event == HEALTH_APPEARED && (from == HEALTH_GONE || from == HEALTH_RESETTING))
        health->appeared_ms = now_ms;
    if (event == HEALTH_VANISHED && from != HEALTH_GONE)
        health->vanished++;
    if (health->state == HEALTH_ONLINE && from != HEALTH_ONLINE)
        health->online_ms = now_ms;
    return health->state != from;
}

static bool is_open(const struct health *health, enum health_remedy remedy,
    enum health_trouble trouble, int64_t now_ms)
{
    int64_t patience_ms = remedies[remedy].patience * health->patience_ms;
    if (remedy == HEALTH_CYCLE_POWER && !health->can_cycle_power)
        return false;
    if (remedies[remedy].answers && trouble == HEALTH_SILENT)
        return false;
    return now_ms - health->ill_ms >= patience_ms && now_ms - health->appeared_ms >= patience_ms &&
           now_ms >= health->next_ms[remedy];
}

static void begin(struct health *health, enum health_remedy remedy, int64_t now_ms)
{
    unsigned doublings = health->times[remedy]++;
    if (doublings > REST_DOUBLINGS_MAX)
        doublings = REST_DOUBLINGS_MAX;
    health->next_ms[remedy] = now_ms + (remedies[remedy].rest_ms << doublings);
}

struct health_plan health_ail(struct health *health, enum health_trouble trouble, int64_t now_ms)
{
    unsigned count = health->troubles[trouble]++;
    if (health->ill_ms < 0)
        health->ill_ms = now_ms;
    for (int i = HEALTH_CYCLE_POWER; i >= HEALTH_RESTART_MODEM; i--)
        if (is_open(health, (enum health_remedy)i, trouble, now_ms)) {
            begin(health, (enum health_remedy)i, now_ms);
            return (struct health_plan){(enum health_remedy)i, RESET_PAUSE_MS};
        }
    return (struct health_plan){
        health_troubles(health) < REOPEN_TROUBLES ? HEALTH_RESTART_TALKER : HEALTH_REOPEN_TTY,
        pauses_ms[trouble][count < PAUSES ? count : PAUSES - 1]};
}

void health_worked(struct health *health)
{
    health->ill_ms = -1;
    health->vanished = 0;
    memset(health->troubles, 0, sizeof health->troubles);
}

void health_tick(struct health *health, int64_t now_ms)
{
    if (health->state != HEALTH_ONLINE)
        return;
    if (now_ms - health->online_ms >= WELL_MS)
        health_worked(health);
    if (now_ms - health->online_ms >= REFRESHED_MS) {
        memset(health->times, 0, sizeof health->times);
        memset(health->next_ms, 0, sizeof health->next_ms);
    }
}

int health_absence_ms(const struct health *health)
{
    static const int absences_ms[] = {250, 250, 250, 250, 1000, 2000, 4000};
    unsigned last = sizeof absences_ms / sizeof absences_ms[0] - 1;
    return absences_ms[health->vanished < last ? health->vanished : last];
}

unsigned health_troubles(const struct health *health)
{
    unsigned sum = 0;
    for (size_t i = 0; i < HEALTH_TROUBLE_COUNT; i++)
        sum += health->troubles[i];
    return sum;
}

enum message_condition health_condition(enum health_state state)
{
    static const enum message_condition conditions[HEALTH_STATE_COUNT] = {MESSAGE_MODEM_GONE,
        MESSAGE_MODEM_STARTING, MESSAGE_MODEM_ONLINE, MESSAGE_MODEM_SICK, MESSAGE_MODEM_SICK};
    return conditions[state];
}

const char *health_name(enum health_state state)
{
    static const char *const names[HEALTH_STATE_COUNT] = {
        "gone", "starting", "online", "sick", "resetting"};
    return names[state];
}

const char *health_remedy_name(enum health_remedy remedy)
{
    return remedies[remedy].name;
}
