#include "audio/radio_quiet.h"

#include "audio/air.h"
#include "audio/schedule.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static enum err fail(char why[RADIO_QUIET_WHY_MAX], const char *what, enum err err)
{
    (void)snprintf(why, RADIO_QUIET_WHY_MAX, "%s: %s", what, err_text(err));
    return err;
}

static enum err parse_number(uint32_t *number, const char *text)
{
    char *end;
    unsigned long value;

    *number = 0;
    if (!text)
        return ERR_OK;
    errno = 0;
    value = strtoul(text, &end, 10);
    if (errno != 0 || *text < '0' || *text > '9' || *end != '\0' || value > BULLETIN_NUMBER_MAX)
        return ERR_VALUE;
    *number = (uint32_t)value;
    return ERR_OK;
}

/* The next time of the schedule; 0 if there is none. */
static enum err find_next(int64_t *next_s, const struct quiet_request *request)
{
    struct schedule schedule = {.hz = {0}};
    enum err err = request->times ? schedule_parse_times(&schedule, request->times) : ERR_OK;
    int64_t found_s = err ? SCHEDULE_NEVER : schedule_next(&schedule, request->time_s);

    *next_s = found_s == SCHEDULE_NEVER ? 0 : found_s;
    return err;
}

static enum err save(char why[RADIO_QUIET_WHY_MAX], const struct radio_quiet *quiet,
    const struct quiet_request *request)
{
    struct quiet made;
    struct pcm pcm = {0};
    enum err err = quiet_sign(&made, request);

    if (err)
        return fail(why,
            err == ERR_ROSTER ? "the roster does not name this station" : "roster or call sign",
            err);
    err = quiet_render(&pcm, &made);
    if (err) {
        pcm_wipe(&pcm);
        return fail(why, "speech", err);
    }
    err = air_save(quiet->out, &pcm, quiet->rate_hz);
    pcm_wipe(&pcm);
    return err ? fail(why, quiet->out, err) : ERR_OK;
}

enum err radio_quiet_make(char why[RADIO_QUIET_WHY_MAX], const struct radio_quiet *quiet)
{
    struct quiet_request request = quiet->request;
    struct station station;
    enum err err = parse_number(&request.number, quiet->newest);

    if (err)
        return fail(why, "the newest number", err);
    err = find_next(&request.next_s, &request);
    if (err)
        return fail(why, "the times", err);
    err = station_open(&station, quiet->station, request.call);
    if (err)
        return fail(why, quiet->station, err);
    request.station = &station;
    err = save(why, quiet, &request);
    station_wipe(&station);
    return err;
}
