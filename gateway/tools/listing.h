/* listing: a command that prints what the gateway answers row by row, for people or as one JSON list.
 */
#ifndef GATEWAY_TOOLS_LISTING_H
#define GATEWAY_TOOLS_LISTING_H

#include "gateway/messages/messages.h"
#include "gateway/tools/args.h"
#include "gateway/tools/output.h"

/* Prints a row, or appends it to list if args->json. Returns an exit code, told if not ARGS_EXIT_OK, which ends the list. */
typedef int listing_row(const struct args *args, struct document *list, const struct message *row);

/* What is asked for, the type of its answers, and what prints each. */
struct listing {
    enum message_type ask;
    enum message_type type;
    listing_row *row;
    uint64_t id; /* that the request names; 0 none */
};

/* As listing_print, for several lists that are printed as one; the last has no row. */
int listing_print_all(const struct args *args, const struct listing *listings);

/* Asks, then calls row for each answer of the type, passing over others, up to MESSAGE_END. Returns the command's exit code. */
int listing_print(
    const struct args *args, enum message_type ask, enum message_type type, listing_row *row);

#endif
