/* complete: does a bulletin tell people all that they need? Six parts, of which warnings most often lack one:
 *
 *     source    how sure the newsroom is: a certainty is chosen. (Who speaks stands before every text by itself.)
 *     guidance  what to do: an instruction in each of its languages
 *     hazard    what it is: an event of the phrase book, or its word in each headline
 *     place     where: regions are chosen, and each language names a place in its own words
 *     time      when: an urgency is chosen, and what is yet to come (Expected, Future) says in each language when.
 *               (Sent time and end of validity stand in every text by themselves: enough for what happens now.)
 *     impact    what it does to people: a description in each of its languages
 *
 * Place and time are found by signs (capitals within a sentence, names of regions, the Kazakh ending for "in", hours, words
 * of time) that are on the lenient side: a warning is not to be held up by a guess. Pure.
 */
#ifndef GATEWAY_BULLETIN_COMPLETE_H
#define GATEWAY_BULLETIN_COMPLETE_H

#include "gateway/bulletin/bulletin.h"

enum complete_part {
    COMPLETE_SOURCE,
    COMPLETE_GUIDANCE,
    COMPLETE_HAZARD,
    COMPLETE_PLACE,
    COMPLETE_TIME,
    COMPLETE_IMPACT,
    COMPLETE_PART_COUNT
};

/* "source", "guidance", ...; static, "?" for a value out of range. */
const char *complete_print_part(enum complete_part part);

/* The missing parts, a mask of 1 << enum complete_part. The bulletin may be unfinished: no number, no regions, no
 * language (then all that is said in words is missing); its texts must be terminated UTF-8. */
unsigned complete_find_missing(const struct bulletin *bulletin);

/* ERR_MISSING for an alert or update of severity Extreme that lacks a part; *why then says the first one in a static English
 * phrase ("an Extreme alert must name the place"); why may be NULL. All others are ERR_OK. */
ERR_CHECKED enum err complete_check(const struct bulletin *bulletin, const char **why);

#endif
