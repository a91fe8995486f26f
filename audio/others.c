#include "audio/others.h"

#include <string.h>

/* One of those that are left, with what decides its place. */
struct candidate {
    const struct others_member *member;
    enum bulletin_severity severity; /* of what it ends, where it ends something */
    unsigned weight;
};

struct candidates {
    size_t count;
    struct candidate list[OTHERS_MAX];
};

struct others_member others_describe(
    const struct bulletin *bulletin, const uint8_t *sealed, size_t size)
{
    return (struct others_member){.sealed = sealed,
        .size = size,
        .number = bulletin->number,
        .follows = bulletin->follows,
        .kind = bulletin->kind,
        .severity = bulletin->severity,
        .regions = bulletin->regions,
        .sent_s = bulletin->sent_s};
}

static bool is_end(const struct others_member *member)
{
    return member->kind == BULLETIN_RETRACT || member->kind == BULLETIN_ALL_CLEAR;
}

/* Does a take b's place? */
static bool supersedes(const struct others_member *a, const struct others_member *b)
{
    bool covers = (a->regions & BULLETIN_COUNTRY) != 0 || (b->regions & ~a->regions) == 0;

    if (a->follows == 0 || a->follows != b->number || b->kind == BULLETIN_RETRACT)
        return false;
    return a->kind == BULLETIN_RETRACT || covers;
}

static bool is_same(const struct others_member *a, const struct others_member *b)
{
    return a->number == b->number && (a->kind == BULLETIN_RETRACT) == (b->kind == BULLETIN_RETRACT);
}

static bool is_left(const struct others_member *members, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++)
        if (supersedes(&members[i], &members[index]) ||
            (i < index && is_same(&members[i], &members[index])))
            return false;
    return true;
}

/* What ends something counts as much as that did; where it is not there, as the worst. A drill is never more than a small thing. */
static enum bulletin_severity find_severity(
    const struct others_member *members, size_t count, const struct others_member *member)
{
    if (member->kind == BULLETIN_DRILL || member->severity == BULLETIN_SEVERITY_UNKNOWN)
        return BULLETIN_MINOR;
    if (!is_end(member))
        return member->severity;
    for (size_t i = 0; i < count; i++)
        if (members[i].number == member->follows && !is_end(&members[i]))
            return members[i].severity;
    return BULLETIN_EXTREME;
}

/* Keeps the list in order: the greatest weight first, of equal ones the newest. */
static void insert(struct candidates *candidates, const struct candidate *candidate)
{
    size_t at = candidates->count++;

    for (; at > 0; at--) {
        const struct candidate *before = &candidates->list[at - 1];

        if (before->weight > candidate->weight ||
            (before->weight == candidate->weight &&
                before->member->number >= candidate->member->number))
            break;
        candidates->list[at] = *before;
    }
    candidates->list[at] = *candidate;
}

static bool is_older(const struct others_member *member, int64_t now_s)
{
    return now_s - member->sent_s >= OTHERS_OLDER_S;
}

/* Splits what is left into what goes by itself and what is bundled, the newest first. */
static void split(struct candidates *single, struct candidates *bundled,
    const struct others_member *members, size_t count, int64_t now_s)
{
    struct candidates all = {.count = 0};

    for (size_t i = 0; i < count; i++) {
        const struct others_member *member = &members[i];
        struct candidate candidate = {
            .member = member, .severity = find_severity(members, count, member)};

        candidate.weight =
            carousel_weigh(candidate.severity, now_s - member->sent_s, erasure_count(member->size));
        if (is_left(members, count, i) && (i > 0 || is_older(member, now_s)))
            insert(&all, &candidate);
    }
    for (size_t i = 0; i < all.count; i++) {
        struct candidate candidate = all.list[i];

        if (!is_older(candidate.member, now_s) && single->count < OTHERS_SINGLE_MAX) {
            single->list[single->count++] = candidate;
            continue;
        }
        candidate.weight = 0; /* now by number alone */
        insert(bundled, &candidate);
    }
}

static bool has_others(const struct candidates *bundled, const struct others_member *own)
{
    return bundled->count > 1 || (bundled->count == 1 && bundled->list[0].member != own);
}

static void put_single(
    struct others *others, const struct candidate *candidate, unsigned rank, int64_t now_s)
{
    const struct others_member *member = candidate->member;
    unsigned k = erasure_count(member->size);

    others->items[others->count++] = (struct carousel_item){.object = FRAME_BULLETIN,
        .bytes = member->sealed,
        .size = member->size,
        .weight = carousel_weigh(candidate->severity, now_s - member->sent_s, k),
        .first = is_end(member) && !is_older(member, now_s),
        .from = rank * ((k + 1) / 2)};
}

/* It weighs what the one in it does that weighs most, and none in it grows older: all of it is to come through once in a while. */
static void put_bundle(
    struct others *others, const struct candidates *bundled, unsigned rank, int64_t now_s)
{
    struct bundle bundle = {.count = 0};
    unsigned weight = 0, k;

    for (size_t i = 0; i < bundled->count && bundle.count < BUNDLE_MAX; i++)
        bundle.members[bundle.count++] =
            (struct bundle_member){bundled->list[i].member->sealed, bundled->list[i].member->size};
    if (bundle_encode(others->bundle, &bundle))
        return;
    k = erasure_count(bundle.size);
    for (size_t i = 0; i < bundled->count; i++) {
        int64_t age_s = now_s - bundled->list[i].member->sent_s;
        unsigned its = carousel_weigh(
            bundled->list[i].severity, age_s < OTHERS_OLDER_S ? age_s : OTHERS_OLDER_S, k);

        weight = its > weight ? its : weight;
    }
    others->items[others->count++] = (struct carousel_item){.object = FRAME_BUNDLE,
        .bytes = others->bundle,
        .size = bundle.size,
        .weight = weight,
        .from = rank * ((k + 1) / 2)};
}

void others_choose(
    struct others *others, const struct others_member *members, size_t count, int64_t now_s)
{
    struct candidates single = {.count = 0}, bundled = {.count = 0};
    unsigned rank = 0; /* of the programme's own among all numbers */

    others->count = 0;
    count = count < OTHERS_MAX ? count : OTHERS_MAX;
    for (size_t i = 1; i < count; i++)
        rank += members[i].number < members[0].number;
    split(&single, &bundled, members, count, now_s);
    for (size_t i = 0; i < single.count; i++)
        put_single(others, &single.list[i], rank, now_s);
    if (bundled.count == 1 && bundled.list[0].member != members)
        put_single(others, &bundled.list[0], rank, now_s);
    else if (has_others(&bundled, members))
        put_bundle(others, &bundled, rank, now_s);
}
