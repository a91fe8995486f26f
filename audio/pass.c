#include "audio/pass.h"

/* A carousel that is not open yet is opened with these; of two whose tags are the same the first is sent. */
static enum err open_carousel(
    struct carousel **carousel, const struct carousel_item *items, size_t count)
{
    enum err err = ERR_OK;

    if (*carousel)
        return ERR_OK;
    *carousel = segment_allocate(sizeof(**carousel));
    carousel_init(*carousel);
    for (size_t i = 0; i < count && (!err || err == ERR_EXISTS); i++)
        err = carousel_add(*carousel, &items[i]);
    return err == ERR_EXISTS ? ERR_OK : err;
}

/* Roster and bulletin go round by themselves, so that each pass has all of the bulletin's symbols, and other ones of the roster's. */
static enum err open_all(struct segment_source *source)
{
    const struct programme_input *input = source->input;
    const struct carousel_item roster = {
        .object = FRAME_BULLETIN, .bytes = input->roster, .size = input->roster_size};
    const struct carousel_item bulletin = {
        .object = FRAME_BULLETIN, .bytes = input->sealed, .size = input->sealed_size};
    struct carousel **of = source->carousels;
    enum err err = open_carousel(&of[SEGMENT_ROSTER], &roster, input->roster ? 1 : 0);

    if (!err)
        err = open_carousel(&of[SEGMENT_BULLETIN], &bulletin, 1);
    return err ? err : open_carousel(&of[SEGMENT_OTHERS], input->others, input->other_count);
}

static enum err put_frame(struct pass *pass, struct carousel *carousel)
{
    if (pass->count == sizeof(pass->frame) / sizeof(pass->frame[0]))
        return ERR_LONG;
    return carousel_next(carousel, pass->frame[pass->count++]);
}

static enum err put_frames(struct pass *pass, struct carousel *carousel, size_t count)
{
    enum err err = ERR_OK;

    while (count-- > 0 && !err)
        err = put_frame(pass, carousel);
    return err;
}

/* Of each its 2k symbols once, at most. */
static size_t count_others(const struct carousel *others)
{
    size_t count = 0;

    for (unsigned i = 0; i < others->count; i++)
        count += (size_t)2 * others->objects[i].k;
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* So many of either, evenly mixed, the bulletin's first. */
static enum err mix(struct pass *pass, struct carousel *const *of, size_t own, size_t others)
{
    size_t given = 0, given_others = 0;
    enum err err = ERR_OK;

    while (given + given_others < own + others && !err) {
        bool turn = given_others == others || (given < own && given * others <= given_others * own);

        err = put_frame(pass, of[turn ? SEGMENT_BULLETIN : SEGMENT_OTHERS]);
        given += turn;
        given_others += !turn;
    }
    return err;
}

enum err pass_make(struct pass *pass, struct segment_source *source, size_t others_max)
{
    struct carousel **of = source->carousels;
    enum err err = open_all(source);
    size_t k, others;

    pass->count = 0;
    if (err)
        return err;
    k = of[SEGMENT_BULLETIN]->objects[0].k;
    carousel_limit(of[SEGMENT_OTHERS]);
    others = least(least(others_max, PASS_OTHERS_MAX), count_others(of[SEGMENT_OTHERS]));
    if (of[SEGMENT_ROSTER]->count > 0)
        err = put_frames(pass, of[SEGMENT_ROSTER], of[SEGMENT_ROSTER]->objects[0].k);
    if (!err)
        err = put_frames(pass, of[SEGMENT_BULLETIN], k);
    return err ? err : mix(pass, of, k, others);
}

enum err pass_fill(struct pass *pass, struct segment_source *source, size_t multiple)
{
    size_t over = pass->count % multiple;

    return put_frames(pass, source->carousels[SEGMENT_BULLETIN], over > 0 ? multiple - over : 0);
}
