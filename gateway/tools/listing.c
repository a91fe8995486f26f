#include "gateway/tools/listing.h"

#include "gateway/tools/link.h"

#include <unistd.h>

static int collect(
    const struct args *args, struct document *list, int fd, const struct listing *listing)
{
    struct message message = {.type = listing->ask};
    message.as.id.id = listing->id;
    int code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type != MESSAGE_END) {
        if (message.type == listing->type)
            code = listing->row(args, list, &message);
        if (code == ARGS_EXIT_OK)
            code = link_next(fd, &message);
    }
    return code;
}

int listing_print_all(const struct args *args, const struct listing *listings)
{
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct document *list = document_new_list();
    for (; code == ARGS_EXIT_OK && listings->row != NULL; listings++)
        code = collect(args, list, fd, listings);
    close(fd);
    if (code == ARGS_EXIT_OK && args->json)
        return output_print(list);
    document_free(list);
    return code;
}

int listing_print(
    const struct args *args, enum message_type ask, enum message_type type, listing_row *row)
{
    const struct listing listings[] = {{ask, type, row, 0}, {MESSAGE_NONE, MESSAGE_NONE, NULL, 0}};
    return listing_print_all(args, listings);
}
