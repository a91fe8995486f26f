/* floor: the last wall time that was believed (gateway/base/trust.h).
 */
#ifndef GATEWAY_STORE_FLOOR_H
#define GATEWAY_STORE_FLOOR_H

#include "gateway/store/store.h"

/* 0: none yet. */
int64_t floor_get_s(struct store *store);
/* In the open transaction. */
void floor_put_s(struct store *store, int64_t wall_s);

#endif
