/* health: GET /healthz and /metrics, for who watches the site: no session is needed, nothing but counts is told.
 */
#ifndef GATEWAY_NEWSROOM_HEALTH_H
#define GATEWAY_NEWSROOM_HEALTH_H

#include "gateway/newsroom/routes.h"

const struct routes_table *health_table(void);

#endif
