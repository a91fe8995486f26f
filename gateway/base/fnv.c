#include "gateway/base/fnv.h"

#define PRIME 0x100000001b3u

uint64_t fnv_add(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ next[i]) * PRIME;
    return hash;
}
