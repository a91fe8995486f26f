#include "audio/rx_print.h"

#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/json.h"

#include <inttypes.h>
#include <string.h>

#define REGIONS_SIZE 1024
#define LOCAL_SIZE 24
#define MISSING_RUNS_MAX 16 /* named in one line */

/* "24.11 23:05", Kazakhstan time. */
static void print_local(char text[LOCAL_SIZE], int64_t when_s)
{
    char hhmm[CLOCK_HHMM_SIZE];
    unsigned day, month;
    clock_print_hhmm(hhmm, when_s);
    clock_local_day(&day, &month, when_s);
    (void)snprintf(text, LOCAL_SIZE, "%02u.%02u %s", day, month, hhmm);
}

const char *rx_print_reason(const struct rx_heard *heard)
{
    if (heard->result == ERR_ROSTER && !heard->roster)
        return "no roster of its newsroom is known yet, or the newsroom is not the one trusted";
    if (heard->result == ERR_EXPIRED)
        return "signed as it must be, but it has expired (--now judges an old recording)";
    if (heard->result == ERR_KEY)
        return "from a newsroom that is not trusted here (--fingerprint)";
    return err_text(heard->result);
}

static void print_verdict(FILE *out, const struct rx_heard *heard)
{
    if (heard->result)
        (void)fprintf(out, "NOT VERIFIED - do not rely on it: %s\n", rx_print_reason(heard));
    else if (heard->roster && heard->roster->approvals == 1)
        (void)fprintf(out, "VERIFIED (one editor: this newsroom's rule)\n");
    else
        (void)fprintf(out, "VERIFIED\n");
}

static void print_head(FILE *out, const struct rx_heard *heard)
{
    const struct bulletin *bulletin = &heard->bulletin;
    char sent[LOCAL_SIZE], expires[LOCAL_SIZE], regions[REGIONS_SIZE];
    print_local(sent, bulletin->sent_s);
    print_local(expires, bulletin_expires_s(bulletin));
    area_print_names(regions, sizeof regions, bulletin->regions, BULLETIN_EN);
    (void)fprintf(out, "newsroom %02x%02x, bulletin %" PRIu32 ", %s", bulletin->newsroom[0],
        bulletin->newsroom[1], bulletin->number, bulletin_print_kind(bulletin->kind));
    if (bulletin->follows)
        (void)fprintf(out, " of %" PRIu32, bulletin->follows);
    (void)fprintf(out, "\nsent %s, until %s (Kazakhstan time)\n", sent, expires);
    (void)fprintf(out, "regions: %s\n", regions);
    (void)fprintf(out, "check code: %s\n", heard->code);
}

static void print_texts(FILE *out, const struct bulletin *bulletin)
{
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &bulletin->text[i];
        if (!(bulletin->languages & 1 << i))
            continue;
        (void)fprintf(
            out, "[%s] %s\n", bulletin_print_language((enum bulletin_language)i), text->headline);
        if (text->instruction[0])
            (void)fprintf(out, "     %s\n", text->instruction);
        if (text->description[0])
            (void)fprintf(out, "     %s\n", text->description);
    }
}

static void print_signers(FILE *out, const struct rx_heard *heard)
{
    (void)fprintf(out, "signed by:");
    for (unsigned i = 0; i < heard->quorum.count; i++) {
        const struct roster_editor *editor =
            heard->roster ? roster_find(heard->roster, heard->quorum.editors[i]) : NULL;
        (void)fprintf(out, "%s %s", i ? "," : "", editor ? editor->name : "?");
    }
    (void)fprintf(out, "%s (%u needed)\n", heard->quorum.count ? "" : " nobody known here",
        heard->quorum.needed);
}

void rx_print_text(FILE *out, const struct rx_heard *heard)
{
    print_verdict(out, heard);
    if (heard->bulletin.kind == BULLETIN_DRILL)
        (void)fprintf(out, "DRILL - DRILL - DRILL%s\n",
            heard->bulletin.everyone ? "" : " (by text to testers only)");
    print_head(out, heard);
    if (heard->readable)
        print_texts(out, &heard->bulletin);
    else
        (void)fprintf(out, "its text cannot be read\n");
    print_signers(out, heard);
    (void)fputc('\n', out);
}

enum err rx_print_json(FILE *out, const struct rx_heard *heard)
{
    char line[JSON_TEXT_MAX];
    size_t size;
    struct json_verdict verdict = {.result = heard->result,
        .roster = heard->roster,
        .quorum = &heard->quorum,
        .code = heard->code};
    enum err err = json_print_bulletin(line, &size, &heard->bulletin, &verdict);
    if (!err)
        (void)fprintf(out, "%s\n", line);
    return err;
}

void rx_print_notice(char notice[RX_PRINT_NOTICE_SIZE], const struct rx_heard *heard)
{
    const struct bulletin *bulletin = &heard->bulletin;
    if (bulletin->kind == BULLETIN_ROSTER && !heard->result)
        (void)snprintf(notice, RX_PRINT_NOTICE_SIZE,
            "took roster %" PRIu32 " of newsroom %02x%02x: %u editors", bulletin->number,
            bulletin->newsroom[0], bulletin->newsroom[1], heard->roster->editor_count);
    else
        (void)snprintf(notice, RX_PRINT_NOTICE_SIZE,
            "heard %s %" PRIu32 " of newsroom %02x%02x, not verified: %s",
            bulletin->kind == BULLETIN_ROSTER ? "roster" : "bulletin", bulletin->number,
            bulletin->newsroom[0], bulletin->newsroom[1], rx_print_reason(heard));
}

/* "41" or "41-43" behind what is there. */
static void add_run(char *text, size_t size, uint32_t first, uint32_t last)
{
    size_t used = strlen(text);
    if (last > first)
        (void)snprintf(text + used, size - used, " %" PRIu32 "-%" PRIu32, first, last);
    else
        (void)snprintf(text + used, size - used, " %" PRIu32, first);
}

bool rx_print_missing(char notice[RX_PRINT_NOTICE_SIZE], const struct rx_newsroom *newsroom)
{
    uint32_t first, last, from = 0;
    unsigned runs = 0;
    notice[0] = '\0';
    for (; rx_judge_missing(newsroom, from, &first, &last) && runs < MISSING_RUNS_MAX; runs++) {
        (void)strncat(notice, runs ? "," : "missing between the numbers that were heard:",
            RX_PRINT_NOTICE_SIZE - strlen(notice) - 1);
        add_run(notice, RX_PRINT_NOTICE_SIZE, first, last);
        from = last + 1;
    }
    if (runs == MISSING_RUNS_MAX)
        (void)strncat(notice, " ...", RX_PRINT_NOTICE_SIZE - strlen(notice) - 1);
    return runs > 0;
}

static void print_object(FILE *out, const struct collect_object *object)
{
    (void)fprintf(out, "%s %02x%02x%02x: %u of %u symbols, %u frames, %s\n",
        object->kind == FRAME_BUNDLE ? "bundle" : "object", object->tag[0], object->tag[1],
        object->tag[2], collect_distinct(object), object->k, object->frames,
        object->found_count ? "whole" : "not whole");
}

void rx_print_stats(FILE *out, const struct rx_front_stats *front, const struct collect *collect)
{
    (void)fprintf(out, "sound: %.1f s\n", (double)front->samples / DATAC_RATE_HZ);
    (void)fprintf(out,
        "frames: %" PRIu64 " heard, %" PRIu64 " failed, %" PRIu64 " not ours, %" PRIu64
        " of kinds not known yet\n",
        front->good, front->bad, collect->foreign, collect->skipped);
    if (front->joined || front->lines)
        (void)fprintf(out,
            "of the frames %" PRIu64 " from several copies together; lines of text: %" PRIu64 "\n",
            front->joined, front->lines);
    if (front->good)
        (void)fprintf(out, "signal: SNR %.1f dB (%.1f to %.1f), offset %.1f Hz\n",
            front->snr_mean_db, front->snr_least_db, front->snr_most_db, front->offset_mean_hz);
    for (unsigned i = 0; i < collect->object_count; i++)
        print_object(out, &collect->objects[i]);
}
