/* reading: what is read is written as the same bytes, and has every editor once. */
#include "gateway/bulletin/reading.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading reading;
    uint8_t again[READING_SIZE_MAX];
    if (reading_decode(&reading, data, size) != ERR_OK)
        return 0;
    check(reading.approval_count <= WIRE_APPROVALS_MAX);
    for (unsigned i = 1; i < reading.approval_count; i++)
        check(reading.approvals[i].editor > reading.approvals[i - 1].editor);
    check(reading_encode(again, &reading) == size && memcmp(again, data, size) == 0);
    return 0;
}
