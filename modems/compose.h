/* compose: from a bulletin to the text that a subscriber reads. A pure function: the editor's preview, the gateway and any
 * other site make the same text of the same sealed bytes.
 *
 *     [drill] SENDER №41 23:05 [what it follows] HEADLINE. INSTRUCTION. DESCRIPTION. UNTIL. (7Q2K) [more] [drill]
 *
 * Source, number and local time come first. Then the headline, always; then sentences of instruction and description in
 * their order, as far as the budget of parts goes; whole sentences only, each with a full stop where it has no mark of its
 * own. Until and check code are always there. If anything is left out, the text ends with what to text back for the rest,
 * where there is room for that. A drill begins and ends with its word in all three languages; a retraction says which
 * number was wrong.
 */
#ifndef MODEMS_COMPOSE_H
#define MODEMS_COMPOSE_H

#include "gateway/bulletin/bulletin.h"
#include "modems/segment.h"

#define COMPOSE_TEXT_SIZE 4096              /* bytes; the longest bulletin in Latin letters fits */
#define COMPOSE_PARTS_DEFAULT 2             /* of a delivery */
#define COMPOSE_PARTS_ALL SEGMENT_PARTS_MAX /* the full text: the answer to a bare number */

#define COMPOSE_NAME_MAX 64 /* bytes of sender, check code, word */

struct compose_request {
    const struct bulletin *bulletin; /* one that bulletin_check accepts, no roster */
    enum bulletin_language language;
    bool latin;         /* Kazakh and Russian in Latin letters; English always is */
    unsigned parts;     /* budget, 1..COMPOSE_PARTS_ALL; 0 is COMPOSE_PARTS_DEFAULT */
    const char *sender; /* who speaks, as subscribers know it */
    const char *code;   /* check code of the sealed bytes */
    const char *word;   /* the subscriber's own word beside the check code; NULL or "" for none */
};

struct compose {
    char text[COMPOSE_TEXT_SIZE]; /* UTF-8 */
    struct segment_size size;     /* parts, units, coding, and the character that makes it UCS-2 */
    size_t instruction_bytes;     /* how much of the bulletin's instruction is said, */
    size_t description_bytes;     /* and of its description: the rest was left out */
    unsigned left_sentences;      /* left out of both together */
    size_t left_bytes;
    bool more; /* it ends with what to text back for the rest */
    bool over; /* what must be said takes more parts than the budget: shorten the headline */
};

/* ERR_MISSING if the bulletin has no text in the language, ERR_VALUE for a roster or a budget out of range, ERR_LONG if it
 * does not fit COMPOSE_TEXT_SIZE, or a name COMPOSE_NAME_MAX. */
ERR_CHECKED enum err compose_text(struct compose *compose, const struct compose_request *request);

#define COMPOSE_MOMENT_SIZE 16 /* "31.12 23:59" and a NUL */
/* Until when it holds: local time, with the day where that is another one than the day it was sent. */
void compose_print_until(char text[COMPOSE_MOMENT_SIZE], const struct bulletin *bulletin);

/* The language to speak to somebody who chose `wanted`: that one if the bulletin has it, or else the one that is most likely
 * understood (Russian for Kazakh and English, Kazakh for Russian). */
enum bulletin_language compose_find_language(
    const struct bulletin *bulletin, enum bulletin_language wanted);

#endif
