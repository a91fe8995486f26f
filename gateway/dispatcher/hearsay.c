#include "gateway/dispatcher/hearsay.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/dispatcher/gist.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/rumours.h"

#include <stdio.h>
#include <string.h>

/* The one that fits best, the newest of equals. ERR_MISSING. */
static enum err find_rumour(struct site *site, struct message_rumour *found, const char *asks)
{
    struct message_rumour rumour;
    unsigned best = 0;
    for (int64_t after = 0; rumours_next(site->store, &rumour, after) == ERR_OK;
         after = (int64_t)rumour.id) {
        unsigned score = 0;
        if (rumour.status != MESSAGE_RUMOUR_CLOSED)
            score = gist_match(rumour.words, asks);
        if (score > 0 && score >= best) {
            best = score;
            *found = rumour;
        }
    }
    return best > 0 ? ERR_OK : ERR_MISSING;
}

/* An accepted bulletin that has not been taken back. */
static enum err read_answer(struct site *site, struct bulletin *bulletin, uint32_t number)
{
    struct bulletins_entry row;
    uint32_t key = bulletins_key(number, BULLETIN_ALERT);
    enum err err = bulletins_get(site->store, &row, key);
    if (err == ERR_OK && row.state == MESSAGE_BULLETIN_RETRACTED)
        err = ERR_STATE;
    return err == ERR_OK ? plan_read_bulletin(bulletin, site->store, key) : err;
}

static void say(struct answers_talk *talk, const struct message_rumour *rumour)
{
    static const char *const nothing[] = {NULL};
    struct bulletin bulletin;
    if (rumour == NULL) {
        answers_say(talk, PHRASE_RUMOUR_UNKNOWN, nothing);
    } else if (rumour->status == MESSAGE_RUMOUR_ANSWERED &&
               read_answer(talk->site, &bulletin, rumour->bulletin) == ERR_OK) {
        char number[12];
        enum bulletin_language language = compose_find_language(&bulletin, talk->language);
        (void)snprintf(number, sizeof number, "%u", bulletin.number);
        const char *const values[] = {"n", number, "a", bulletin.text[language].headline, NULL};
        answers_say(talk, PHRASE_RUMOUR_ANSWERED, values);
    } else {
        answers_say(talk, PHRASE_RUMOUR_CHECKING, nothing);
    }
}

void hearsay_answer(struct answers_talk *talk)
{
    char gist[MESSAGES_WORDS_SIZE];
    struct message_rumour rumour;
    gist_print(gist, talk->command.text);
    bool found = find_rumour(talk->site, &rumour, gist) == ERR_OK;
    if (answers_may_say(talk)) { /* as often as anybody is answered: nobody fills the list alone */
        if (gist[0] != '\0')
            rumours_add_asked(talk->site->store, gist, talk->now_s);
        if (found)
            rumours_count_asked(talk->site->store, (int64_t)rumour.id);
    }
    say(talk, found ? &rumour : NULL);
}

static enum err check_text(char why[MESSAGES_DETAIL_SIZE], const char *name, const char *text)
{
    enum err err = utf8_check(text, strlen(text));
    if (err != ERR_OK)
        site_explain(why, "the %s is not a text: %s", name, err_text(err));
    return err;
}

static enum err check_texts(char why[MESSAGES_DETAIL_SIZE], const struct message_rumour *put)
{
    enum err err = check_text(why, "claim", put->claim);
    if (err == ERR_OK)
        err = check_text(why, "evidence", put->evidence);
    return err;
}

static enum err check(
    struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct message_rumour *put)
{
    struct bulletin bulletin;
    bool known = put->editor == MESSAGES_NO_EDITOR ||
                 (site->has_roster && roster_find(&site->roster, put->editor) != NULL);
    if (!known) {
        site_explain(why, "editor %u is not in the roster", put->editor);
        return ERR_ROSTER;
    }
    if (put->status >= MESSAGE_RUMOUR_STATUS_COUNT) {
        site_explain(why, "a rumour is being checked, answered or closed");
        return ERR_VALUE;
    }
    if (put->status == MESSAGE_RUMOUR_ANSWERED &&
        (put->bulletin == 0 || put->bulletin > BULLETIN_NUMBER_MAX ||
            read_answer(site, &bulletin, put->bulletin) != ERR_OK)) {
        site_explain(why, "no bulletin %u has been accepted that still holds", put->bulletin);
        return ERR_VALUE;
    }
    return check_texts(why, put);
}

/* Whether it may be one of those that are open. */
static enum err check_room(struct site *site, char why[MESSAGES_DETAIL_SIZE],
    const struct message_rumour *before, const struct message_rumour *rumour)
{
    bool opens = rumour->status != MESSAGE_RUMOUR_CLOSED &&
                 (rumour->id == 0 || before->status == MESSAGE_RUMOUR_CLOSED);
    if (!opens || rumours_count_open(site->store) < RUMOURS_OPEN_MAX)
        return ERR_OK;
    site_explain(why, "%d rumours are open: close some first", RUMOURS_OPEN_MAX);
    return ERR_FULL;
}

static enum err find_before(
    struct site *site, struct message_rumour *before, char why[MESSAGES_DETAIL_SIZE], uint64_t id)
{
    if (id == 0)
        return ERR_OK;
    enum err err = rumours_get(site->store, before, (int64_t)(id & INT64_MAX));
    if (err != ERR_OK)
        site_explain(why, "there is no rumour %llu", (unsigned long long)id);
    return err;
}

enum err hearsay_put(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    struct message_rumour rumour = request->as.rumour, before = {0};
    enum err err = check(site, why, &rumour);
    if (err == ERR_OK)
        err = find_before(site, &before, why, rumour.id);
    if (err == ERR_OK)
        err = check_room(site, why, &before, &rumour);
    if (err != ERR_OK)
        return err;
    gist_print(rumour.words, request->as.rumour.words);
    if (gist_match(rumour.words, rumour.words) == 0) {
        site_explain(why, "say by which words people will ask about it");
        return ERR_VALUE;
    }
    rumour.at_s = site_now_s(site);
    if (rumour.status != MESSAGE_RUMOUR_ANSWERED)
        rumour.bulletin = 0;
    if (rumour.id == 0)
        rumours_add(site->store, &rumour);
    else
        rumours_save(site->store, &rumour);
    site_audit(site, "rumour", "rumour=%llu status=%u bulletin=%u", (unsigned long long)rumour.id,
        rumour.status, rumour.bulletin);
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    reply->as.ok.value = rumour.id;
    return ERR_OK;
}

enum err hearsay_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    (void)id;
    *message = (struct message){.type = MESSAGE_RUMOUR, .fd = -1};
    enum err err = rumours_next(site->store, &message->as.rumour, *at);
    if (err == ERR_OK)
        *at = (int64_t)message->as.rumour.id;
    return err;
}

enum err hearsay_list_asked(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    (void)id;
    *message = (struct message){.type = MESSAGE_ASKED, .fd = -1};
    return rumours_get_asked(site->store, &message->as.asked, (unsigned)(*at)++);
}
