#include "gateway/dispatcher/incoming.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/dispatcher/words.h"
#include "gateway/store/inbox.h"
#include "modems/number.h"

#include <string.h>

/* In the language of the keyword; where it does not tell, in the person's own. */
static void choose_language(struct answers_talk *talk)
{
    bool told = talk->command.language != COMMAND_ANY_LANGUAGE;
    talk->language = told ? talk->command.language : BULLETIN_KK;
    talk->latin = told && talk->command.latin;
    if (talk->known && !told)
        talk->language = (enum bulletin_language)talk->subscriber.language;
    if (talk->known && talk->language == (enum bulletin_language)talk->subscriber.language)
        talk->latin = talk->latin || talk->subscriber.latin != 0;
}

/* One of our own SIMs: an answer would be answered without end. */
static bool is_ours(const struct site *site, const char *number)
{
    char own[NUMBER_SIZE];
    for (unsigned i = 0; i < site->conf.modem_count; i++)
        if (site->conf.modems[i].number[0] != '\0' &&
            number_parse_mobile(own, site->conf.modems[i].number) == ERR_OK &&
            strcmp(own, number) == 0)
            return true;
    return false;
}

/* What we say ourselves begins with our name: a machine sends it back. */
static bool is_echo(const struct site *site, const char *text)
{
    size_t size = strlen(site->conf.sender);
    return strncmp(text, site->conf.sender, size) == 0 && (text[size] == ' ' || text[size] == ':');
}

static void obey(struct answers_talk *talk, const char *text)
{
    if (is_echo(talk->site, text)) {
        log_info("inbound_ignored: it is our own text");
        return;
    }
    command_parse(&talk->command, text);
    talk->known = subscribers_find(talk->site->store, &talk->subscriber, talk->number) == ERR_OK;
    choose_language(talk);
    words_obey(talk);
}

void incoming_take(
    struct site *site, int64_t modem_id, const char *modem, const struct message_inbound *inbound)
{
    struct answers_talk talk = {.site = site, .modem = modem_id, .now_s = site_now_s(site)};
    char number[NUMBER_SIZE];
    bool answerable = number_can_answer(inbound->number) &&
                      number_parse_mobile(number, inbound->number) == ERR_OK;
    memcpy(talk.number, answerable ? number : inbound->number,
        answerable ? sizeof number : sizeof talk.number);
    vault_hash(store_vault(site->store), talk.hash, talk.number);
    if (!inbox_add(site->store, inbound, modem, talk.hash, talk.now_s)) {
        log_info("inbound_again modem=%s", modem);
        return;
    }
    site->inbound++;
    if (!answerable || is_ours(site, talk.number)) {
        log_info("inbound_ignored modem=%s: %s", modem,
            answerable ? "from one of our own" : "not from a mobile");
        return;
    }
    if (inbound->parts <= 1) {
        obey(&talk, inbound->text);
        return;
    }
    char text[INBOX_JOINED_SIZE];
    enum err err = inbox_join(site->store, text, inbound, talk.hash, talk.now_s);
    if (err == ERR_OK)
        obey(&talk, text);
    else if (err != ERR_BUSY)
        log_warn("inbound_not_joined modem=%s error=%s", modem, err_name(err));
}
