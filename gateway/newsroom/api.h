/* api: the routes of the HTTP API that ask the dispatcher: one table per family, gathered here.
 */
#ifndef GATEWAY_NEWSROOM_API_H
#define GATEWAY_NEWSROOM_API_H

#include "gateway/newsroom/routes.h"

/* All of them; static. */
const struct routes_table *api_tables(size_t *count);

#endif
