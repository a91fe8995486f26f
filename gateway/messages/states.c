#include "gateway/messages/states.h"

#include "gateway/base/names.h"
#include "gateway/messages/messages.h"

static const struct names holds[] = {
    {MESSAGE_HOLD_NONE, "none"},
    {MESSAGE_HOLD_PAUSED, "paused"},
    {MESSAGE_HOLD_DRAINED, "drained"},
    {0, NULL},
};

static const struct names breakers[] = {
    {MESSAGE_BREAKER_CLOSED, "closed"},
    {MESSAGE_BREAKER_OPEN, "open"},
    {MESSAGE_BREAKER_TRYING, "trying"},
    {0, NULL},
};

static const struct names bulletins[] = {
    {MESSAGE_BULLETIN_SENDING, "sending"},
    {MESSAGE_BULLETIN_DONE, "done"},
    {MESSAGE_BULLETIN_EXPIRED, "expired"},
    {MESSAGE_BULLETIN_RETRACTED, "retracted"},
    {MESSAGE_BULLETIN_HELD, "held"},
    {0, NULL},
};

static const struct names drafts[] = {
    {MESSAGE_DRAFT_OPEN, "open"},
    {MESSAGE_DRAFT_APPROVED, "approved"},
    {MESSAGE_DRAFT_READY, "ready"},
    {MESSAGE_DRAFT_SENT, "sent"},
    {0, NULL},
};

static const struct names rumours[] = {
    {MESSAGE_RUMOUR_CHECKING, "checking"},
    {MESSAGE_RUMOUR_ANSWERED, "answered"},
    {MESSAGE_RUMOUR_CLOSED, "closed"},
    {0, NULL},
};

static const struct names on_airs[] = {
    {MESSAGE_ON_AIR_NONE, "none"},
    {MESSAGE_ON_AIR_WAITING, "waiting"},
    {MESSAGE_ON_AIR_LISTENING, "listening"},
    {MESSAGE_ON_AIR_KEYED, "keyed"},
    {MESSAGE_ON_AIR_DOUBT, "doubt"},
    {0, NULL},
};

static const struct names controls[] = {
    {MESSAGE_CONTROL_PAUSE, "pause"},
    {MESSAGE_CONTROL_RESUME, "resume"},
    {MESSAGE_CONTROL_DRAIN, "drain"},
    {0, NULL},
};

const char *states_print_hold(uint8_t hold)
{
    return names_print(holds, hold);
}

const char *states_print_breaker(uint8_t breaker)
{
    return names_print(breakers, breaker);
}

const char *states_print_bulletin(uint8_t state)
{
    return names_print(bulletins, state);
}

const char *states_print_draft(uint8_t state)
{
    return names_print(drafts, state);
}

const char *states_print_rumour(uint8_t status)
{
    return names_print(rumours, status);
}

bool states_is_in_doubt(const struct message_on_air *on_air, int64_t now_s)
{
    return on_air->state == MESSAGE_ON_AIR_DOUBT && now_s - on_air->since_s >= STATES_DOUBT_S;
}

const char *states_print_on_air(uint8_t state)
{
    return names_print(on_airs, state);
}

static enum err parse(uint8_t *code, const struct names *table, const char *word)
{
    int found;
    enum err err = names_parse(&found, table, word);
    if (err == ERR_OK)
        *code = (uint8_t)found;
    return err;
}

enum err states_parse_rumour(uint8_t *status, const char *word)
{
    return parse(status, rumours, word);
}

enum err states_parse_control(uint8_t *control, const char *word)
{
    return parse(control, controls, word);
}
