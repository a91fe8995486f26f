/* Any bytes: what decodes as a bundle lies inside them, encodes to the same bytes again, and a receiver judges each bulletin in it
 * without believing any: nobody has signed them. */
#include "audio/bundle.h"
#include "audio/rx_judge.h"

#include <stdlib.h>
#include <string.h>

#define NOW_S (BULLETIN_EPOCH_S + 40000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_result(void *arg, const struct rx_heard *heard)
{
    (void)arg;
    if (heard->result == ERR_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct rx_judge judge;
    struct bundle bundle, again;
    uint8_t bytes[BUNDLE_SIZE_MAX];
    if (size > BUNDLE_SIZE_MAX || bundle_decode(&bundle, data, size))
        return 0;
    for (size_t i = 0; i < bundle.count; i++)
        if (bundle.members[i].sealed < data ||
            bundle.members[i].size > size - (size_t)(bundle.members[i].sealed - data))
            abort();
    again = bundle;
    if (bundle_encode(bytes, &again) || again.size != bundle.size ||
        memcmp(bytes, data, bundle.size) != 0)
        abort();
    if (seal_init())
        abort();
    rx_judge_init(&judge, take_result, NULL);
    rx_judge_bundle(&judge, data, size, NOW_S);
    return 0;
}
