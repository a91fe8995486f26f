#include "audio/renderings.h"

#include "audio/render.h"
#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

enum making { NOTHING, ASKED, STALE };

struct asked {
    struct schedule_item item; /* by its header, which nobody has checked: for the row alone */
    struct message_air air;
};

struct renderings {
    const struct radio_role *role;
    struct on_air *on_air;
    struct render *render;
    void (*answer)(const struct message_aired *aired);
    enum making making;
    uint32_t key;   /* schedule_key of what is being made */
    size_t waiting; /* the first one is being made while making is ASKED */
    struct asked asked[RENDERINGS_MAX];
};

static struct schedule_item read_item(const struct message_air *air, int64_t now_s)
{
    static const struct schedule no_times;
    struct wire_sealed sealed;

    if (wire_decode_sealed(&sealed, air->bulletin.bytes, air->bulletin.size))
        return (struct schedule_item){.due_s = SCHEDULE_NEVER};
    return schedule_make(&no_times, &sealed.header, now_s);
}

static void put_sealed(
    struct message_sealed_bytes *to, const uint8_t bytes[WIRE_SEALED_MAX], uint16_t size)
{
    to->size = size;
    memcpy(to->bytes, bytes, size);
}

static void get_sealed(
    uint8_t bytes[WIRE_SEALED_MAX], uint16_t *size, const struct message_sealed_bytes *from)
{
    *size = from->size;
    memcpy(bytes, from->bytes, from->size);
}

/* -- what has been made */

static struct live to_live(const struct render_done *done)
{
    struct live live = {.seconds = done->aired.seconds, .made = done->made};

    _Static_assert(sizeof(live.path) >= sizeof(done->aired.path), "one length of paths");
    memcpy(live.path, done->aired.path, sizeof(done->aired.path));
    return live;
}

static void remove_asked(struct renderings *renderings, size_t index)
{
    renderings->waiting--;
    memmove(&renderings->asked[index], &renderings->asked[index + 1],
        (renderings->waiting - index) * sizeof(renderings->asked[0]));
}

static void put_on_air(struct renderings *renderings, const struct render_done *done)
{
    const struct message_air *air = &renderings->asked[0].air;
    struct live live = to_live(done);
    enum err err;

    get_sealed(live.sealed, &live.sealed_size, &air->bulletin);
    get_sealed(live.roster, &live.roster_size, &air->roster);
    err = on_air_put(renderings->on_air, &live);
    if (err)
        log_error("not_queued number=%u error=%s", (unsigned)done->aired.number, err_name(err));
}

static void end_asked(struct renderings *renderings, const struct render_done *done)
{
    if (done->aired.result == ERR_OK)
        put_on_air(renderings, done);
    else
        on_air_expect_nothing(renderings->on_air);
    remove_asked(renderings, 0);
    renderings->answer(&done->aired);
}

static void end_stale(struct renderings *renderings, const struct render_done *done)
{
    const struct live sound = to_live(done);

    on_air_remade(
        renderings->on_air, renderings->key, done->aired.result == ERR_OK ? &sound : NULL);
}

static void on_done(void *arg, const struct render_done *done)
{
    struct renderings *renderings = arg;
    const enum making making = renderings->making;

    renderings->making = NOTHING;
    on_air_note_making(renderings->on_air, 0);
    if (making == ASKED)
        end_asked(renderings, done);
    else
        end_stale(renderings, done);
    renderings_look(renderings);
}

/* -- what is made next */

static void begin(struct renderings *renderings, const struct message_air *air)
{
    struct render_order order = {.air = air, .now_s = on_air_now_s(renderings->on_air)};

    order.other_count =
        lives_list_others(on_air_lives(renderings->on_air), order.others, renderings->key);
    on_air_note_making(renderings->on_air, renderings->key);
    render_begin(renderings->render, &order);
}

static void begin_asked(struct renderings *renderings, size_t index)
{
    struct asked *asked = renderings->asked;
    const struct asked first = asked[index];

    memmove(&asked[1], &asked[0], index * sizeof(asked[0]));
    asked[0] = first;
    renderings->making = ASKED;
    renderings->key = schedule_key(&first.item);
    begin(renderings, &asked[0].air);
}

static void begin_stale(struct renderings *renderings, const struct live *live)
{
    struct message_air air;

    put_sealed(&air.bulletin, live->sealed, live->sealed_size);
    put_sealed(&air.roster, live->roster, live->roster_size);
    renderings->making = STALE;
    renderings->key = schedule_key(&live->item);
    log_info(
        "renders_anew number=%u retraction=%d", (unsigned)live->item.number, live->item.retraction);
    begin(renderings, &air);
}

/* Of what has come in: the urgent first, of those the one that goes out first. NULL: nothing waits. */
static const struct asked *find_asked(const struct renderings *renderings)
{
    const struct asked *best = NULL;

    for (size_t i = 0; i < renderings->waiting; i++) {
        const struct asked *asked = &renderings->asked[i];

        if (!best || (asked->item.urgent != best->item.urgent
                             ? asked->item.urgent
                             : asked->item.urgent && schedule_is_before(&asked->item, &best->item)))
            best = asked;
    }
    return best;
}

/* Is what is being made of no use any more, or of less than what has come in? */
static bool is_superseded(const struct renderings *renderings)
{
    const struct asked *asked = find_asked(renderings);
    const struct lives *lives = on_air_lives(renderings->on_air);

    if (live_is_over(render_making(renderings->render), &lives->queue))
        return true;
    if (renderings->making == STALE && !lives_has(lives, renderings->key))
        return true;
    if (!asked || !asked->item.urgent)
        return false;
    return renderings->making == STALE || !renderings->asked[0].item.urgent;
}

static void cancel(struct renderings *renderings)
{
    render_cancel(renderings->render);
    renderings->making = NOTHING;
    on_air_note_making(renderings->on_air, 0);
}

void renderings_look(struct renderings *renderings)
{
    const struct asked *asked = find_asked(renderings);
    const struct live *stale;

    if (renderings->making != NOTHING && is_superseded(renderings))
        cancel(renderings);
    if (renderings->making != NOTHING)
        return;
    stale = on_air_find_stale(renderings->on_air);
    if (asked &&
        (asked->item.urgent || !stale || stale->item.due_s > on_air_now_s(renderings->on_air)))
        begin_asked(renderings, (size_t)(asked - renderings->asked));
    else if (stale)
        begin_stale(renderings, stale);
}

/* -- for others */

struct renderings *renderings_new(struct loop *loop, const struct radio_role *role,
    struct on_air *on_air, void (*answer)(const struct message_aired *aired))
{
    struct renderings *renderings = calloc(1, sizeof(*renderings));

    if (!renderings)
        log_fatal("no_memory");
    renderings->role = role;
    renderings->on_air = on_air;
    renderings->answer = answer;
    renderings->render = render_new(loop, role, on_done, renderings);
    return renderings;
}

enum err renderings_ask(struct renderings *renderings, const struct message_air *air)
{
    struct asked *asked = &renderings->asked[renderings->waiting];

    if (renderings->waiting == RENDERINGS_MAX)
        return ERR_BUSY;
    asked->item = read_item(air, on_air_now_s(renderings->on_air));
    asked->air = *air;
    renderings->waiting++;
    renderings_look(renderings);
    return ERR_OK;
}

void renderings_withdraw(struct renderings *renderings, uint32_t number)
{
    for (size_t i = renderings->waiting; i-- > 0;) {
        const struct schedule_item *item = &renderings->asked[i].item;

        if (item->number != number || item->retraction)
            continue;
        if (i == 0 && renderings->making == ASKED)
            cancel(renderings);
        renderings->answer(&(struct message_aired){.number = number, .result = ERR_STATE});
        remove_asked(renderings, i);
    }
}

void renderings_free(struct renderings *renderings)
{
    if (!renderings)
        return;
    render_free(renderings->render);
    free(renderings);
}
