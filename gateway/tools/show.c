#include "gateway/tools/show.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/json.h"
#include "gateway/bulletin/phrases.h"
#include "gateway/messages/states.h"

#include <stdio.h>
#include <string.h>

#define AREAS_SIZE 512
#define TENTHS 10
#define HZ_PER_KHZ 1000.0

/* A draft that no one has signed may have no number and time yet; only its body is a bulletin's. */
static enum err take_apart(struct wire_sealed *sealed, const struct message_sealed_bytes *bytes)
{
    enum err err = wire_decode_sealed(sealed, bytes->bytes, bytes->size);
    size_t size = sealed->size;
    if (err != ERR_OK && bytes->size > 0 && bytes->bytes[bytes->size - 1] == 0) {
        err = wire_decode_body(sealed, bytes->bytes, bytes->size - 1u);
        size = sealed->size + 1;
    }
    return err == ERR_OK && size != bytes->size ? ERR_FORMAT : err;
}

enum err show_open(struct show *show, const struct message_sealed_bytes *bytes,
    const struct roster *roster, int64_t now_s)
{
    memset(show, 0, sizeof *show);
    enum err err = take_apart(&show->sealed, bytes);
    if (err == ERR_OK)
        err = wire_decode_bulletin(&show->bulletin, &show->sealed);
    if (err != ERR_OK)
        return err;
    seal_print_code(show->code, show->sealed.body, show->sealed.body_size);
    struct bulletin accepted;
    show->result = quorum_accept(&accepted, &show->quorum, roster, &show->sealed, now_s);
    return ERR_OK;
}

static void print_signers(const struct show *show, const struct roster *roster)
{
    printf("signed by  ");
    for (unsigned i = 0; i < show->sealed.approval_count; i++) {
        const struct roster_editor *editor =
            roster != NULL ? roster_find(roster, show->sealed.approvals[i].editor) : NULL;
        printf("%s%s", i > 0 ? ", " : "",
            editor != NULL ? editor->name : "an editor whom the roster does not have");
    }
    printf("%s\n", show->sealed.approval_count == 0 ? "nobody yet" : "");
}

static void print_text(const struct bulletin *bulletin, enum bulletin_language language)
{
    const struct bulletin_text *text = &bulletin->text[language];
    printf("\n[%s] %s\n", bulletin_print_language(language), text->headline);
    if (text->instruction[0] != '\0')
        printf("     %s\n", text->instruction);
    if (text->description[0] != '\0')
        printf("     %s\n", text->description);
}

void show_print(const struct show *show, const struct roster *roster)
{
    const struct bulletin *bulletin = &show->bulletin;
    char areas[AREAS_SIZE];
    char sent[CLOCK_UTC_SIZE];
    char expires[CLOCK_UTC_SIZE];
    area_print_names(areas, sizeof areas, bulletin->regions, BULLETIN_EN);
    clock_print_utc(sent, bulletin->sent_s);
    clock_print_utc(expires, bulletin_expires_s(bulletin));
    printf("number     %u (%s)\n", bulletin->number, bulletin_print_kind(bulletin->kind));
    if (bulletin->follows != 0)
        printf("follows    %u\n", bulletin->follows);
    printf("check code %s\n", show->code);
    printf("regions    %s\n", areas);
    if (bulletin->kind == BULLETIN_DRILL)
        printf("to         %s\n", bulletin->everyone ? "everyone" : "testers only");
    const char *event = phrases_event_name(bulletin->event);
    printf("what       %s%s%s, %s, %s\n", event != NULL ? event : "", event != NULL ? ", " : "",
        bulletin_print_severity(bulletin->severity), bulletin_print_urgency(bulletin->urgency),
        bulletin_print_certainty(bulletin->certainty));
    printf("sent       %s\nexpires    %s\n", sent, expires);
    print_signers(show, roster);
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++)
        if ((bulletin->languages & (1u << language)) != 0)
            print_text(bulletin, (enum bulletin_language)language);
}

struct document *show_output(const struct show *show, const struct roster *roster)
{
    const struct json_verdict verdict = {
        .result = show->result, .roster = roster, .quorum = &show->quorum, .code = show->code};
    return json_new_bulletin(&show->bulletin, &verdict);
}

uint32_t show_count_heard(const uint32_t heard[MESSAGES_HEARD])
{
    uint32_t count = 0;
    for (unsigned i = 0; i < MESSAGES_HEARD; i++)
        count += heard[i];
    return count;
}

/* In tenths, rounded. */
static uint32_t mean_of(const uint32_t heard[MESSAGES_HEARD])
{
    uint64_t sum = 0, count = show_count_heard(heard);
    for (unsigned i = 0; i < MESSAGES_HEARD; i++)
        sum += (uint64_t)heard[i] * (i + 1);
    return count > 0 ? (uint32_t)((sum * TENTHS + count / 2) / count) : 0;
}

void show_print_heard(const uint32_t heard[MESSAGES_HEARD])
{
    uint32_t mean = mean_of(heard);
    printf("heard by %u:", show_count_heard(heard));
    for (unsigned i = 0; i < MESSAGES_HEARD; i++)
        printf(" %u x%u,", i + 1, heard[i]);
    printf(" mean %u.%u\n", mean / TENTHS, mean % TENTHS);
}

void show_set_heard(struct document *object, const uint32_t heard[MESSAGES_HEARD])
{
    struct document *levels = document_new_list();
    for (unsigned i = 0; i < MESSAGES_HEARD; i++)
        document_append_number(levels, heard[i]);
    document_set_number(object, "heard", show_count_heard(heard));
    document_set(object, "heard_levels", levels);
    document_set_number(object, "heard_mean", mean_of(heard));
}

static void print_time(const char *word, int64_t time_s, uint32_t hz)
{
    char text[CLOCK_UTC_SIZE];
    if (time_s == 0)
        return;
    clock_print_utc(text, time_s);
    printf(", %s %s", word, text);
    if (hz != 0)
        printf(" on %.1f kHz", hz / HZ_PER_KHZ);
}

void show_print_on_air(const struct message_on_air *on_air, int64_t now_s)
{
    if (on_air->state == MESSAGE_ON_AIR_NONE)
        return;
    printf("transmitter %s", states_print_on_air(on_air->state));
    if (on_air->number != 0)
        printf(", bulletin %u", on_air->number);
    else if (on_air->state == MESSAGE_ON_AIR_KEYED)
        printf(", all is quiet");
    if (on_air->hz != 0)
        printf(", %.1f kHz", on_air->hz / HZ_PER_KHZ);
    print_time("since", on_air->since_s, 0);
    print_time("next", on_air->next_s, on_air->next_hz);
    printf("\n");
    if (states_is_in_doubt(on_air, now_s))
        printf("  it may still be keyed: switch it off by hand, then look at its line or at "
               "rigctld\n");
    if (on_air->result != ERR_OK)
        printf("  the last broadcast did not go out whole: %s; it is tried again\n",
            err_text((enum err)on_air->result));
}

void show_set_on_air(struct document *object, const struct message_on_air *on_air, int64_t now_s)
{
    struct document *row = document_new_object();
    document_set_text(row, "state", states_print_on_air(on_air->state));
    document_set_number(row, "number", on_air->number);
    document_set_number(row, "hz", on_air->hz);
    if (on_air->since_s != 0)
        document_set_time(row, "since", on_air->since_s);
    if (on_air->next_s != 0)
        document_set_time(row, "next", on_air->next_s);
    document_set_number(row, "next_hz", on_air->next_hz);
    document_set_bool(row, "doubt", states_is_in_doubt(on_air, now_s));
    document_set_text(
        row, "failed", on_air->result != ERR_OK ? err_name((enum err)on_air->result) : "");
    document_set(object, "on_air", row);
}
