#include "gateway/dispatcher/answers.h"

#include "gateway/base/log.h"
#include "gateway/dispatcher/moved.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/inbox.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <stdio.h>
#include <string.h>

#define HOUR_S 3600
#define DAY_S 86400

_Static_assert(INBOX_ANSWER_SIZE >= COMPOSE_TEXT_SIZE, "an answer may be a whole bulletin");

/* What must be known now has more room than the rest, not any amount: a number may say START and STOP without end. */
static const struct limits {
    uint32_t per_hour;
    uint32_t per_day;
    uint32_t waiting;
} limits[2] = {
    [false] = {ANSWERS_PER_HOUR, ANSWERS_PER_DAY, ANSWERS_WAITING_MAX},
    [true] = {ANSWERS_URGENT_PER_HOUR, ANSWERS_URGENT_PER_DAY, ANSWERS_URGENT_WAITING_MAX},
};

static bool within_limits(const struct answers_talk *talk)
{
    struct store *store = talk->site->store;
    const struct limits *limit = &limits[talk->urgent];
    return inbox_count_since(store, talk->hash, talk->now_s - HOUR_S, -1) < limit->per_hour &&
           inbox_count_since(store, talk->hash, talk->now_s - DAY_S, -1) < limit->per_day &&
           (talk->urgent || inbox_count_since(store, talk->hash, talk->now_s - ANSWERS_SAME_WORD_S,
                                (int)talk->command.verb) == 0) &&
           !inbox_has_waiting(store, limit->waiting);
}

bool answers_may_say(const struct answers_talk *talk)
{
    return within_limits(talk);
}

static void queue(const struct answers_talk *talk, struct inbox_answer *answer)
{
    memcpy(answer->number, talk->number, sizeof answer->number);
    answer->modem = talk->modem;
    answer->word = (int)talk->command.verb;
    enum err err = inbox_add_answer(talk->site->store, answer, talk->now_s);
    if (err != ERR_OK)
        log_error("answer_not_queued error=%s", err_name(err));
    talk->site->work = true;
}

void answers_say_text(struct answers_talk *talk, const char *text)
{
    struct inbox_answer answer = {0};
    if (!within_limits(talk)) {
        log_info("answer_over_limit word=%s", command_print_verb(talk->command.verb));
        return;
    }
    enum err err = ERR_OK;
    if (talk->latin)
        err = translit_print_latin(answer.text, sizeof answer.text, text, talk->language);
    else
        (void)snprintf(answer.text, sizeof answer.text, "%s", text);
    if (err == ERR_OK)
        queue(talk, &answer);
    else
        log_error("answer_not_composed error=%s", err_name(err));
}

void answers_say(struct answers_talk *talk, enum phrase phrase, const char *const *values)
{
    char text[INBOX_ANSWER_SIZE];
    enum err err = phrases_fill(text, sizeof text, phrases_get(phrase, talk->language), values);
    if (err == ERR_OK)
        answers_say_text(talk, text);
    else
        log_error("answer_not_composed phrase=%d error=%s", (int)phrase, err_name(err));
}

void answers_say_bulletin(struct answers_talk *talk, uint32_t key, unsigned parts)
{
    struct bulletin bulletin;
    struct bulletins_entry row;
    struct inbox_answer answer = {0};
    struct compose compose;
    struct compose_request request = {.bulletin = &bulletin,
        .latin = talk->latin,
        .parts = parts,
        .sender = talk->site->conf.sender,
        .word = talk->known ? talk->subscriber.word : ""};
    if (!within_limits(talk))
        return;
    enum err err = bulletins_get(talk->site->store, &row, key);
    if (err == ERR_OK)
        err = plan_read_bulletin(&bulletin, talk->site->store, key);
    if (err == ERR_OK) {
        request.code = row.code;
        request.language = compose_find_language(&bulletin, talk->language);
        err = compose_text(&compose, &request);
    }
    if (err != ERR_OK) {
        log_error("answer_not_composed bulletin=%u error=%s", key / 2, err_name(err));
        return;
    }
    memcpy(answer.text, compose.text, sizeof compose.text);
    queue(talk, &answer);
    if (talk->known)
        moved_answered(talk->site, &row, &talk->subscriber);
}
