/* fnv: FNV-1a of Fowler, Noll and Vo in 64 bits: tells bytes apart that nobody has chosen to be alike. Whoever may gain by two that are
 * alike needs a keyed hash (store/vault.h) instead.
 */
#ifndef GATEWAY_BASE_FNV_H
#define GATEWAY_BASE_FNV_H

#include <stddef.h>
#include <stdint.h>

#define FNV_START 0xcbf29ce484222325u /* the hash of nothing */

/* The hash of what was hashed before and these bytes behind it. */
uint64_t fnv_add(uint64_t hash, const void *bytes, size_t size);

#endif
