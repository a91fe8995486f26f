/* renderings: what is to be rendered, one at a time (render.h), and in which row: an urgent bulletin that has come in; then stale
 * sounds of which the turn has come (on_air.h); then other bulletins that have come in; then what is stale otherwise. An urgent one
 * that comes in ends what is made of the others, which begins again later; so does what is made with a bulletin that is in force no
 * longer.
 */
#ifndef AUDIO_RENDERINGS_H
#define AUDIO_RENDERINGS_H

#include "audio/on_air.h"
#include "audio/radio_role.h"

#define RENDERINGS_MAX 64 /* that wait; as many as the dispatcher asks for (PEERS_AIR_MAX) */

struct renderings;

/* answer is called for each that was asked for, from the loop or from renderings_withdraw. role and on_air must outlive it. */
struct renderings *renderings_new(struct loop *loop, const struct radio_role *role,
    struct on_air *on_air, void (*answer)(const struct message_aired *aired));
/* What has come in: copied. ERR_BUSY: too many wait. */
ERR_CHECKED enum err renderings_ask(struct renderings *renderings, const struct message_air *air);
/* A bulletin is not made any more, and its asker answered with ERR_STATE; retractions of it are. */
void renderings_withdraw(struct renderings *renderings, uint32_t number);
/* Begins what is next: to be called now and then, since turns come with time. */
void renderings_look(struct renderings *renderings);
void renderings_free(struct renderings *renderings);

#endif
