#include "gateway/dispatcher/words.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/utf8.h"
#include "gateway/bulletin/area.h"
#include "gateway/dispatcher/hearsay.h"
#include "gateway/dispatcher/moved.h"
#include "gateway/dispatcher/outcome.h"
#include "gateway/dispatcher/peers.h"
#include "gateway/dispatcher/summary.h"
#include "gateway/dispatcher/tuning.h"
#include "gateway/store/bulletins.h"
#include "gateway/store/inbox.h"
#include "gateway/store/reports.h"

#include <stdio.h>
#include <string.h>

#define AREA_TEXT_SIZE 256
#define LATEST_MAX 64
#define DAY_S 86400
#define DIGEST_ITEMS_MAX 8 /* named in one text; the newest */

static const char *const no_values[] = {NULL};

/* LEVEL 1 to 3 of a text to the least severity: all, severe, extreme. */
static const uint8_t levels[COMMAND_LEVEL_MAX + 1] = {0, 0, BULLETIN_SEVERE, BULLETIN_EXTREME};

static void say(struct answers_talk *talk, enum phrase phrase)
{
    answers_say(talk, phrase, no_values);
}

static void say_areas(struct answers_talk *talk, enum phrase phrase)
{
    char names[AREA_TEXT_SIZE];
    area_print_names(names, sizeof names, talk->subscriber.regions, talk->language);
    const char *const values[] = {"a", names, NULL};
    answers_say(talk, phrase, values);
}

/* What the person has in another language is said again. */
static void save(struct answers_talk *talk, const struct subscribers_entry *before)
{
    subscribers_save(talk->site->store, &talk->subscriber, talk->now_s);
    uint32_t again = moved_settings(talk->site, before, &talk->subscriber);
    if (again == 0)
        return;
    talk->language = (enum bulletin_language)talk->subscriber.language;
    talk->latin = talk->subscriber.latin != 0;
    answers_say_bulletin(talk, again, talk->site->conf.parts);
}

/* Languages and letters, as far as the text names them. */
static void take_choices(struct answers_talk *talk)
{
    struct subscribers_entry *subscriber = &talk->subscriber;
    const struct command *command = &talk->command;
    if (command->chosen != COMMAND_ANY_LANGUAGE)
        subscriber->language = (uint8_t)command->chosen;
    if (command->script != COMMAND_SCRIPT_NONE)
        subscriber->latin = command->script == COMMAND_LATIN;
    if (command->regions != 0)
        subscriber->regions = command->regions;
}

static bool in_force(const struct bulletins_entry *row, int64_t now_s)
{
    return row->expires_s > now_s &&
           (row->state == MESSAGE_BULLETIN_SENDING || row->state == MESSAGE_BULLETIN_DONE);
}

/* A drill for testers is nobody else's. */
static bool is_for(const struct answers_talk *talk, const struct bulletins_entry *row)
{
    return !row->testers || (talk->known && talk->subscriber.tester);
}

/* The newest in force that concerns the person; 0 if there is none. */
static uint32_t find_last(const struct answers_talk *talk)
{
    uint32_t keys[LATEST_MAX];
    unsigned count =
        bulletins_list_latest(talk->site->store, keys, LATEST_MAX, BULLETIN_NUMBER_MAX * 2 + 2);
    for (unsigned i = 0; i < count; i++) {
        struct bulletins_entry row;
        if (bulletins_get(talk->site->store, &row, keys[i]) == ERR_OK &&
            in_force(&row, talk->now_s) && is_for(talk, &row) &&
            (!talk->known || area_concerns(row.regions, talk->subscriber.regions)))
            return keys[i];
    }
    return 0;
}

/* Whether this one, that has gone out, did not come because the person was not there, or not for it, then. */
static bool was_elsewhere(const struct answers_talk *talk, uint32_t key)
{
    return plan_find(&talk->site->plan, key) == NULL &&
           !moved_was_reached(talk->site, key, &talk->subscriber);
}

/* What somebody who joins now has missed, or who comes from elsewhere: those in force that concern the person and that no
 * cursor will bring, the newest first; returns how many. */
static unsigned list_missed(
    const struct answers_talk *talk, uint32_t missed[LATEST_MAX], bool joins)
{
    uint32_t keys[LATEST_MAX];
    unsigned used = 0;
    unsigned count =
        bulletins_list_latest(talk->site->store, keys, LATEST_MAX, BULLETIN_NUMBER_MAX * 2 + 2);
    for (unsigned i = 0; i < count; i++) {
        struct bulletins_entry row;
        if (bulletins_retracted(keys[i]) == 0 &&
            bulletins_get(talk->site->store, &row, keys[i]) == ERR_OK &&
            in_force(&row, talk->now_s) && is_for(talk, &row) &&
            row.severity >= talk->subscriber.level &&
            area_concerns(row.regions, talk->subscriber.regions) &&
            (joins ? moved_has_missed(talk->site, keys[i], &talk->subscriber)
                   : was_elsewhere(talk, keys[i])))
            missed[used++] = keys[i];
    }
    return used;
}

/* One text that names what still holds, not all of it again. */
static void say_digest(struct answers_talk *talk, const uint32_t *keys, unsigned count)
{
    struct bulletin bulletins[DIGEST_ITEMS_MAX];
    struct summary summary = {0};
    char text[INBOX_ANSWER_SIZE];
    const struct summary_reader reader = {
        talk->language, talk->latin, "", talk->subscriber.word, talk->site->conf.parts};
    for (unsigned i = 0; i < count && i < DIGEST_ITEMS_MAX; i++)
        if (plan_read_bulletin(&bulletins[i], talk->site->store, keys[i]) == ERR_OK)
            (void)summary_add(&summary, &bulletins[i]);
    while (summary.count > 0 && summary_print(text, sizeof text, &summary, &reader) != ERR_OK)
        summary.count--;
    for (unsigned i = 0; i < summary.count; i++) {
        const struct bulletin *named = summary.items[i];
        struct bulletins_entry row;
        if (bulletins_get(talk->site->store, &row,
                bulletins_key(named->number, (uint8_t)named->kind)) == ERR_OK)
            moved_answered(talk->site, &row, &talk->subscriber);
    }
    answers_say_text(talk, text);
}

static void say_missed(struct answers_talk *talk, bool joins)
{
    uint32_t missed[LATEST_MAX];
    unsigned count = list_missed(talk, missed, joins);
    talk->urgent = true;
    if (count == 1)
        answers_say_bulletin(talk, missed[0], talk->site->conf.parts);
    else if (count > 1)
        say_digest(talk, missed, count);
}

static void come_back(struct answers_talk *talk, const struct subscribers_entry *before)
{
    subscribers_save(talk->site->store, &talk->subscriber, talk->now_s);
    moved_away(talk->site, before, &talk->subscriber);
}

static void obey_start(struct answers_talk *talk)
{
    struct subscribers_entry *subscriber = &talk->subscriber;
    char when[CLOCK_UTC_SIZE];
    const struct subscribers_entry before = *subscriber;
    bool joins = !talk->known || subscriber->stopped;
    if (!talk->known) {
        memset(subscriber, 0, sizeof *subscriber);
        memcpy(subscriber->number, talk->number, sizeof subscriber->number);
        subscriber->language = (uint8_t)talk->language;
        subscriber->latin = talk->latin || talk->site->conf.latin_first;
        subscriber->regions = BULLETIN_COUNTRY;
    }
    take_choices(talk);
    subscriber->stopped = false;
    clock_print_utc(when, talk->now_s);
    (void)snprintf(subscriber->consent, sizeof subscriber->consent, "texted START %s", when);
    if (talk->known && !joins)
        save(talk, &before);
    else if (talk->known)
        come_back(talk, &before);
    else if (subscribers_add(talk->site->store, subscriber, talk->now_s) != ERR_OK)
        return;
    talk->known = true;
    talk->language = (enum bulletin_language)subscriber->language;
    talk->latin = subscriber->latin != 0;
    say_areas(talk, PHRASE_JOINED);
    say_missed(talk, joins);
}

static void obey_stop(struct answers_talk *talk)
{
    if (!talk->known || talk->subscriber.stopped)
        return; /* confirmed once */
    talk->subscriber.stopped = true;
    subscribers_save(talk->site->store, &talk->subscriber, talk->now_s);
    outcome_end_subscriber(talk->site, &talk->subscriber);
    talk->urgent = true;
    say(talk, PHRASE_LEFT);
}

static void obey_delete(struct answers_talk *talk)
{
    if (!talk->known)
        return;
    outcome_end_subscriber(talk->site, &talk->subscriber);
    subscribers_remove(talk->site->store, &talk->subscriber);
    talk->urgent = true;
    say(talk, PHRASE_FORGOTTEN);
}

static void obey_help(struct answers_talk *talk)
{
    say(talk, PHRASE_HELP);
}

static void obey_more(struct answers_talk *talk)
{
    say(talk, PHRASE_HELP_MORE);
}

static void obey_settings(struct answers_talk *talk, enum phrase phrase)
{
    struct subscribers_entry before = talk->subscriber;
    if (!talk->known) {
        say(talk, PHRASE_HELP);
        return;
    }
    take_choices(talk);
    save(talk, &before);
    talk->language = (enum bulletin_language)talk->subscriber.language;
    talk->latin = talk->subscriber.latin != 0;
    say(talk, phrase);
}

static void obey_language(struct answers_talk *talk)
{
    obey_settings(talk, PHRASE_LANGUAGE_SET);
}

static void obey_script(struct answers_talk *talk)
{
    obey_settings(talk, PHRASE_SCRIPT_SET);
}

static void obey_area(struct answers_talk *talk)
{
    const struct command *command = &talk->command;
    struct subscribers_entry before = talk->subscriber;
    uint32_t base = command->regions != 0 ? command->regions : before.regions;
    uint32_t regions = (base | command->add) & ~command->remove;
    if (!talk->known) {
        say(talk, PHRASE_HELP);
    } else if (command->fault != COMMAND_FINE || regions == 0) {
        say(talk, PHRASE_AREA_UNKNOWN);
    } else {
        talk->subscriber.regions = regions;
        save(talk, &before);
        say_areas(talk, PHRASE_AREA_SET);
        say_missed(talk, false);
    }
}

static void obey_level(struct answers_talk *talk)
{
    struct subscribers_entry before = talk->subscriber;
    if (!talk->known || talk->command.fault != COMMAND_FINE ||
        talk->command.level > COMMAND_LEVEL_MAX) {
        say(talk, PHRASE_HELP);
        return;
    }
    talk->subscriber.level = levels[talk->command.level];
    save(talk, &before);
    char level[4];
    (void)snprintf(level, sizeof level, "%u", talk->command.level);
    const char *const values[] = {"n", level, NULL};
    answers_say(talk, PHRASE_LEVEL_SET, values);
}

static void obey_last(struct answers_talk *talk)
{
    uint32_t key = find_last(talk);
    if (key == 0)
        say(talk, PHRASE_NOTHING);
    else
        answers_say_bulletin(talk, key, talk->site->conf.parts);
}

static void say_about(
    struct answers_talk *talk, enum phrase phrase, const struct bulletins_entry *row)
{
    char number[12];
    char when[CLOCK_HHMM_SIZE];
    (void)snprintf(number, sizeof number, "%u", talk->command.number);
    clock_print_hhmm(when, row->sent_s);
    const char *const values[] = {"n", number, "t", when, "c", row->code, NULL};
    answers_say(talk, phrase, values);
}

/* ERR_MISSING has been answered. */
static enum err find_asked(struct answers_talk *talk, struct bulletins_entry *row)
{
    uint32_t key = bulletins_key(talk->command.number, BULLETIN_ALERT);
    *row = (struct bulletins_entry){.code = ""};
    enum err err =
        talk->command.number == 0 ? ERR_MISSING : bulletins_get(talk->site->store, row, key);
    if (err != ERR_OK)
        say_about(talk, PHRASE_NOT_OURS, row);
    return err;
}

static void obey_check(struct answers_talk *talk)
{
    struct bulletins_entry row;
    if (talk->command.text != NULL) {
        hearsay_answer(talk);
        return;
    }
    if (find_asked(talk, &row) != ERR_OK)
        return;
    if (row.state == MESSAGE_BULLETIN_RETRACTED)
        say_about(talk, PHRASE_REAL_RETRACTED, &row);
    else if (in_force(&row, talk->now_s))
        say_about(talk, PHRASE_REAL, &row);
    else
        say_about(talk, PHRASE_REAL_EXPIRED, &row);
}

static void obey_number(struct answers_talk *talk)
{
    struct bulletins_entry row;
    if (find_asked(talk, &row) != ERR_OK)
        return;
    if (in_force(&row, talk->now_s))
        answers_say_bulletin(talk, row.key, COMPOSE_PARTS_ALL);
    else if (row.state == MESSAGE_BULLETIN_RETRACTED)
        say_about(talk, PHRASE_REAL_RETRACTED, &row);
    else
        say_about(talk, PHRASE_REAL_EXPIRED, &row);
}

static void obey_word(struct answers_talk *talk)
{
    if (!talk->known || talk->command.fault != COMMAND_FINE || talk->command.word[0] == '\0') {
        say(talk, PHRASE_HELP);
        return;
    }
    _Static_assert(SUBSCRIBERS_WORD_SIZE >= COMMAND_WORD_SIZE, "a word fits");
    memcpy(talk->subscriber.word, talk->command.word, sizeof talk->command.word);
    subscribers_save(talk->site->store, &talk->subscriber, talk->now_s);
    const char *const values[] = {"w", talk->subscriber.word, NULL};
    answers_say(talk, PHRASE_WORD_SET, values);
}

static void obey_radio(struct answers_talk *talk)
{
    const struct conf *conf = &talk->site->conf;
    const struct tuning tuning = {.on_air = &talk->site->peers->on_air,
        .mode = conf->transmitter.mode,
        .language = talk->language,
        .latin = talk->latin,
        .now_s = talk->now_s};
    const char *own = conf->radio_text[talk->language];
    char text[TUNING_TEXT_SIZE];
    if (own[0] != '\0')
        answers_say_text(talk, own);
    else if (peers_has_radio(talk->site->peers) && tuning_print(text, &tuning) == ERR_OK)
        answers_say_text(talk, text);
    else
        say(talk, conf->radio ? PHRASE_RADIO : PHRASE_NO_RADIO);
}

static void obey_lawyer(struct answers_talk *talk)
{
    const char *text = talk->site->conf.lawyer_text[talk->language];
    if (text[0] != '\0')
        answers_say_text(talk, text);
    else
        say(talk, PHRASE_HELP);
}

/* At most so many from one number: a stranger must not fill the desk. */
static void obey_report(struct answers_talk *talk)
{
    struct reports_entry entry = {.at_s = talk->now_s};
    char number[12];
    const char *text = talk->command.text;
    if (text == NULL || text[0] == '\0') {
        say(talk, PHRASE_HELP);
        return;
    }
    if (reports_count_of(talk->site->store, talk->number, talk->now_s - DAY_S) >= REPORTS_PER_DAY) {
        log_info("report_over_limit");
        return;
    }
    memcpy(entry.number, talk->number, sizeof entry.number);
    size_t size = utf8_cut(text, strlen(text), REPORTS_TEXT_MAX);
    memcpy(entry.text, text, size);
    if (reports_add(talk->site->store, &entry) != ERR_OK)
        return;
    (void)snprintf(number, sizeof number, "%lld", (long long)entry.id);
    const char *const values[] = {"n", number, NULL};
    answers_say(talk, PHRASE_REPORTED, values);
}

static void obey_reception(struct answers_talk *talk)
{
    struct bulletins_entry row;
    if (talk->command.fault != COMMAND_FINE) {
        say(talk, PHRASE_HELP);
        return;
    }
    if (find_asked(talk, &row) != ERR_OK)
        return;
    reports_add_reception(talk->site->store, row.number, talk->command.level);
    say(talk, PHRASE_THANKS);
}

/* The newest drill in force that was for the person; 0 if there is none. */
static uint32_t find_drill(const struct answers_talk *talk)
{
    uint32_t keys[LATEST_MAX];
    unsigned count =
        bulletins_list_latest(talk->site->store, keys, LATEST_MAX, BULLETIN_NUMBER_MAX * 2 + 2);
    for (unsigned i = 0; i < count; i++) {
        struct bulletins_entry row;
        if (bulletins_get(talk->site->store, &row, keys[i]) != ERR_OK ||
            row.kind != BULLETIN_DRILL || !in_force(&row, talk->now_s))
            continue;
        const struct subscribers_audience audience = {row.regions, row.severity, row.testers};
        if (subscribers_is_concerned(&audience, &talk->subscriber))
            return keys[i];
    }
    return 0;
}

static void obey_ok(struct answers_talk *talk)
{
    uint32_t drill = talk->known ? find_drill(talk) : 0;
    if (drill != 0)
        bulletins_add_ok(talk->site->store, drill, talk->subscriber.id);
    say(talk, PHRASE_THANKS);
}

static void obey_unknown(struct answers_talk *talk)
{
    say(talk, PHRASE_UNKNOWN_WORD);
}

static void obey_nothing(struct answers_talk *talk)
{
    (void)talk;
}

static void (*const obeys[COMMAND_VERB_COUNT])(struct answers_talk *talk) = {
    [COMMAND_NONE] = obey_nothing,
    [COMMAND_UNKNOWN] = obey_unknown,
    [COMMAND_START] = obey_start,
    [COMMAND_STOP] = obey_stop,
    [COMMAND_DELETE] = obey_delete,
    [COMMAND_HELP] = obey_help,
    [COMMAND_LANGUAGE] = obey_language,
    [COMMAND_SCRIPT] = obey_script,
    [COMMAND_AREA] = obey_area,
    [COMMAND_LEVEL] = obey_level,
    [COMMAND_LAST] = obey_last,
    [COMMAND_NUMBER] = obey_number,
    [COMMAND_CHECK] = obey_check,
    [COMMAND_WORD] = obey_word,
    [COMMAND_RADIO] = obey_radio,
    [COMMAND_REPORT] = obey_report,
    [COMMAND_RX] = obey_reception,
    [COMMAND_OK] = obey_ok,
    [COMMAND_LAWYER] = obey_lawyer,
    [COMMAND_MORE] = obey_more,
};

void words_obey(struct answers_talk *talk)
{
    log_info("word verb=%s", command_print_verb(talk->command.verb));
    if (talk->command.verb < COMMAND_VERB_COUNT && obeys[talk->command.verb] != NULL)
        obeys[talk->command.verb](talk);
}
