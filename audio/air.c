#include "audio/air.h"

#include "audio/wav.h"

#include <stdio.h>

static enum err fail(char why[AIR_WHY_MAX], const char *what, enum err err)
{
    (void)snprintf(why, AIR_WHY_MAX, "%s: %s", what, err_text(err));
    return err;
}

/* The bulletin as every receiver will judge it. */
static enum err accept(struct air *air, char why[AIR_WHY_MAX], const struct air_request *request)
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
    return ERR_OK;
}

enum err air_open(struct air *air, char why[AIR_WHY_MAX], const struct air_request *request)
{
    struct programme_input input = {.bulletin = &air->bulletin,
        .code = air->code,
        .sealed = request->sealed,
        .sealed_size = request->sealed_size,
        .roster = request->roster,
        .roster_size = request->roster_size,
        .sender = request->sender,
        .languages = request->languages};
    enum err err;

    *air = (struct air){.programme = NULL};
    if (!programme_exists(request->programme))
        return fail(why, "programme", ERR_MISSING);
    err = accept(air, why, request);
    if (err)
        return err;
    err = programme_new(&air->programme, request->programme, &input);
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

    pcm_init(pcm, PROGRAMME_RATE_HZ);
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
