/* metrics: /metrics (Prometheus' text format 0.0.4) and /healthz. Counts alone: no number, no text, no name of a person.
 */
#ifndef GATEWAY_NEWSROOM_METRICS_H
#define GATEWAY_NEWSROOM_METRICS_H

#include "gateway/newsroom/routes.h"

const struct routes_table *metrics_table(void);

#endif
