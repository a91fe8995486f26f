/* upload: bodies that are too large for the memory: written to a file in site->readings as they come.
 */
#ifndef GATEWAY_NEWSROOM_UPLOAD_H
#define GATEWAY_NEWSROOM_UPLOAD_H

#include "gateway/newsroom/request.h"

#include <stdbool.h>

/* In events->head: makes the file and expects size bytes. False: answered with why not. */
bool upload_begin(struct request *request, uint64_t size);
/* Gives the file its name among the others, in place of one that has it. ERR_FULL ..., as errno says. */
ERR_CHECKED enum err upload_keep(struct request *request, const char *name);
/* Removes what was not kept. */
void upload_end(struct request *request);

#endif
