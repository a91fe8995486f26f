#include "gateway/tools/listing.h"

#include "gateway/tools/link.h"

#include <unistd.h>

int listing_print(
    const struct args *args, enum message_type ask, enum message_type type, listing_row *row)
{
    struct message message = {.type = ask};
    int fd;
    int code = link_open(&fd, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct document *list = document_new_list();
    code = link_ask(fd, &message);
    while (code == ARGS_EXIT_OK && message.type != MESSAGE_END) {
        if (message.type == type)
            code = row(args, list, &message);
        if (code == ARGS_EXIT_OK)
            code = link_next(fd, &message);
    }
    close(fd);
    if (code == ARGS_EXIT_OK && args->json)
        return output_print(list);
    document_free(list);
    return code;
}
