#include "audio/air.h"

#include "audio/others.h"
#include "audio/readings.h"
#include "audio/wav.h"
#include "gateway/base/log.h"

#include <stdio.h>

/* What a programme is made of beside the request's own bytes. */
struct material {
    struct pcm recorded[BULLETIN_LANGUAGE_COUNT];
    struct others others;
};

static enum err fail(char why[AIR_WHY_MAX], const char *what, enum err err)
{
    (void)snprintf(why, AIR_WHY_MAX, "%s: %s", what, err_text(err));
    return err;
}

/* Recordings of this bulletin that editors have signed; what is not signed is as if it were not there. */
static void load_readings(struct air *air, struct pcm recorded[BULLETIN_LANGUAGE_COUNT],
    const struct wire_sealed *sealed, const struct roster *roster, const char *folder)
{
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT && folder; i++) {
        const struct readings_request wanted = {.folder = folder,
            .body = sealed->body,
            .body_size = sealed->body_size,
            .language = (enum bulletin_language)i,
            .roster = roster,
            .sent_s = air->bulletin.sent_s};
        struct pcm pcm;

        if ((air->bulletin.languages & 1u << i) != 0 &&
            readings_load(&pcm, &wanted, SEGMENT_RATE_HZ) == ERR_OK) {
            recorded[i] = pcm;
            air->read_languages |= (uint8_t)(1u << i);
        }
    }
}

/* One that is in force, as every receiver will judge it. */
static enum err check_other(struct others_member *member, const struct air_other *other,
    const struct roster *roster, int64_t now_s)
{
    struct wire_sealed sealed;
    struct bulletin bulletin;
    struct quorum quorum;
    enum err err = wire_decode_sealed(&sealed, other->sealed, other->size);

    if (!err && sealed.size != other->size)
        err = ERR_FORMAT;
    if (!err)
        err = quorum_accept(&bulletin, &quorum, roster, &sealed, now_s);
    if (!err)
        *member = others_describe(&bulletin, other->sealed, other->size);
    return err;
}

/* What else is in force. */
static void load_others(struct others *others, const struct bulletin *own,
    const struct air_request *request, const struct roster *roster)
{
    struct others_member members[1 + AIR_OTHERS_MAX];
    size_t count = 0;

    members[count++] = others_describe(own, request->sealed, request->sealed_size);
    for (size_t i = 0; i < request->other_count && i < AIR_OTHERS_MAX; i++) {
        enum err err = check_other(&members[count], &request->others[i], roster, request->now_s);

        count += !err;
        if (err)
            log_warn("other_left_out beside=%u index=%zu error=%s", (unsigned)own->number, i,
                err_name(err));
    }
    others_choose(others, members, count, request->now_s);
}

/* The bulletin as every receiver will judge it. */
static enum err accept(struct air *air, struct material *material, char why[AIR_WHY_MAX],
    const struct air_request *request)
{
    struct wire_sealed sealed;
    struct roster roster;
    struct quorum quorum;
    enum err err = wire_decode_sealed(&sealed, request->sealed, request->sealed_size);

    if (err)
        return fail(why, "bulletin", err);
    air->bulletin = sealed.header;
    err = roster_open(&roster, request->roster, request->roster_size, request->fingerprint);
    if (err)
        return fail(why, "roster", err);
    if (sealed.size != request->sealed_size)
        return fail(why, "bulletin", ERR_FORMAT);
    err = quorum_accept(&air->bulletin, &quorum, &roster, &sealed, request->now_s);
    if (err) {
        air->bulletin = sealed.header;
        return fail(why, "bulletin", err);
    }
    seal_print_code(air->code, sealed.body, sealed.body_size);
    load_readings(air, material->recorded, &sealed, &roster, request->readings);
    load_others(&material->others, &air->bulletin, request, &roster);
    return ERR_OK;
}

enum err air_open(struct air *air, char why[AIR_WHY_MAX], const struct air_request *request)
{
    struct material material = {.others.count = 0};
    struct programme_input input = {.recorded = material.recorded,
        .bulletin = &air->bulletin,
        .code = air->code,
        .sealed = request->sealed,
        .sealed_size = request->sealed_size,
        .roster = request->roster,
        .roster_size = request->roster_size,
        .sender = request->sender,
        .call = request->call,
        .times = request->times,
        .languages = request->languages};
    enum err err;

    *air = (struct air){.programme = NULL};
    if (!programme_exists(request->programme))
        return fail(why, "programme", ERR_MISSING);
    err = accept(air, &material, why, request);
    if (err)
        return err;
    input.others = material.others.items;
    input.other_count = material.others.count;
    err = programme_new(&air->programme, request->programme, &input);
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        pcm_wipe(&material.recorded[i]);
    return err ? fail(why, err == ERR_MISSING ? "languages" : "speech", err) : ERR_OK;
}

void air_close(struct air *air)
{
    programme_free(air->programme);
    air->programme = NULL;
}

enum err air_render(struct pcm *pcm, const struct air *air, air_progress *progress, void *arg)
{
    enum err err = ERR_OK;

    pcm_init(pcm, SEGMENT_RATE_HZ);
    for (size_t i = 0; i < programme_count(air->programme) && !err; i++) {
        struct programme_segment segment = programme_describe(air->programme, i);

        progress(arg, &segment);
        err = programme_render(pcm, air->programme, i);
    }
    return err;
}

enum err air_save(const char *path, const struct pcm *pcm, unsigned rate_hz)
{
    struct pcm other;
    enum err err;

    if (rate_hz == pcm->rate_hz)
        return wav_save(path, pcm);
    err = pcm_resample(&other, pcm, rate_hz);
    if (!err)
        err = wav_save(path, &other);
    pcm_wipe(&other);
    return err;
}
