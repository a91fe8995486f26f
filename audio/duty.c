#include "audio/duty.h"

#include "gateway/base/buf.h"
#include "gateway/base/fnv.h"

#include <stdbool.h>
#include <string.h>

#define PERCENT 100
#define MS_PER_S 1000
#define VERSION 1

void duty_add(struct duty *duty, int64_t begin_ms, int64_t end_ms)
{
    if (duty->count == DUTY_SPANS_MAX) {
        /* the pause between them counts as keyed: on the safe side */
        duty->spans[1].begin_ms = duty->spans[0].begin_ms;
        duty->count--;
        memmove(&duty->spans[0], &duty->spans[1], duty->count * sizeof(duty->spans[0]));
    }
    duty->spans[duty->count++] = (struct duty_span){begin_ms, end_ms};
}

void duty_end(struct duty *duty, int64_t end_ms)
{
    if (duty->count > 0)
        duty->spans[duty->count - 1].end_ms = end_ms;
}

static int64_t share_ms(unsigned percent)
{
    return (int64_t)DUTY_WINDOW_MS / PERCENT * percent;
}

void duty_fill(struct duty *duty, int64_t now_ms, unsigned percent)
{
    *duty = (struct duty){.count = 1, .spans = {{now_ms - share_ms(percent), now_ms}}};
}

int64_t duty_used_ms(const struct duty *duty, int64_t now_ms)
{
    int64_t from_ms = now_ms - DUTY_WINDOW_MS;
    int64_t used_ms = 0;

    for (size_t i = 0; i < duty->count; i++) {
        const struct duty_span *span = &duty->spans[i];
        int64_t begin_ms = span->begin_ms > from_ms ? span->begin_ms : from_ms;

        if (span->end_ms > begin_ms)
            used_ms += span->end_ms - begin_ms;
    }
    return used_ms;
}

/* The transmission's own last moment sees the fullest hour: it must have room then. */
static int64_t over_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, int64_t most_ms)
{
    int64_t used_ms = duty_used_ms(duty, now_ms + length_ms);

    return used_ms + length_ms - most_ms;
}

int64_t duty_wait_ms(const struct duty *duty, int64_t now_ms, int64_t length_ms, unsigned percent)
{
    int64_t most_ms = share_ms(percent);
    int64_t at_ms = now_ms;
    int64_t over;

    if (length_ms > most_ms)
        length_ms = most_ms;
    /* each second waited frees at most a second: so as many may be waited at once */
    while ((over = over_ms(duty, at_ms, length_ms, most_ms)) > 0)
        at_ms += over;
    return at_ms - now_ms;
}

void duty_encode(uint8_t record[DUTY_RECORD_MAX], size_t *size, const struct duty *duty,
    const struct duty_clocks *now)
{
    struct buf_out out;

    buf_out_init(&out, record, DUTY_RECORD_MAX);
    buf_put_u8(&out, VERSION);
    buf_put_u64(&out, (uint64_t)now->boot_ms);
    buf_put_u64(&out, (uint64_t)now->wall_s);
    buf_put_u8(&out, (uint8_t)duty->count);
    for (size_t i = 0; i < duty->count; i++) {
        buf_put_u64(&out, (uint64_t)duty->spans[i].begin_ms);
        buf_put_u64(&out, (uint64_t)duty->spans[i].end_ms);
    }
    buf_put_u64(&out, fnv_add(FNV_START, record, out.used));
    *size = out.used;
}

/* Since the record was written: at least. A boot clock that is behind its own record is another boot's, and all of that has
 * passed; otherwise it is the same boot's, or less than has passed. */
static int64_t passed_ms(const struct duty_clocks *then, const struct duty_clocks *now)
{
    int64_t wall_ms = (now->wall_s - then->wall_s) * MS_PER_S;

    if (now->boot_ms >= then->boot_ms)
        return now->boot_ms - then->boot_ms;
    return wall_ms > now->boot_ms ? wall_ms : now->boot_ms;
}

static int64_t min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Into the present boot's clock; what was to end later than now has ended. */
static void rebase(struct duty *duty, int64_t shift_ms, int64_t now_ms)
{
    for (size_t i = 0; i < duty->count; i++) {
        struct duty_span *span = &duty->spans[i];

        span->begin_ms = min(span->begin_ms + shift_ms, now_ms);
        span->end_ms = min(span->end_ms + shift_ms, now_ms);
    }
}

static void get_spans(struct buf_in *in, struct duty *duty)
{
    duty->count = buf_get_u8(in);
    if (duty->count > DUTY_SPANS_MAX && !in->err)
        in->err = ERR_LONG;
    for (size_t i = 0; i < duty->count && !in->err; i++) {
        duty->spans[i].begin_ms = (int64_t)buf_get_u64(in);
        duty->spans[i].end_ms = (int64_t)buf_get_u64(in);
    }
}

enum err duty_decode(
    struct duty *duty, const uint8_t *record, size_t size, const struct duty_clocks *now)
{
    struct duty_clocks then;
    struct buf_in in;
    uint64_t check;
    uint8_t version;
    bool whole;
    enum err err;

    buf_in_init(&in, record, size);
    version = buf_get_u8(&in);
    then.boot_ms = (int64_t)buf_get_u64(&in);
    then.wall_s = (int64_t)buf_get_u64(&in);
    get_spans(&in, duty);
    check = fnv_add(FNV_START, record, in.at);
    whole = buf_get_u64(&in) == check;
    err = buf_in_end(&in);
    if (err)
        return err;
    if (!whole)
        return ERR_FORMAT;
    if (version != VERSION)
        return ERR_VERSION;
    rebase(duty, now->boot_ms - passed_ms(&then, now) - then.boot_ms, now->boot_ms);
    return ERR_OK;
}
