/* fill_bench: subscribers by the million, through the store's own functions, in a state folder that a gateway opens after.
 *
 * Usage: fill_bench FOLDER COUNT
 *
 * All speak English and read Latin letters, in Almaty; numbers are +77010000001 and on. Prints the seconds it took.
 */
#include "gateway/base/clock.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/seal.h"
#include "gateway/store/subscribers.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT_MAX 2000000
#define BATCH 20000 /* a transaction */
#define FIRST 77010000001ULL

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "fill_bench: %s: %s\n", what, detail);
    exit(1);
}

static void add(struct store *store, unsigned index, uint32_t regions)
{
    struct subscribers_entry entry = {.language = BULLETIN_EN,
        .latin = 1,
        .regions = regions,
        .level = BULLETIN_SEVERITY_UNKNOWN,
        .consent = "bench"};
    snprintf(entry.number, sizeof entry.number, "+%llu", FIRST + index);
    enum err err = subscribers_add(store, &entry, clock_wall_s());
    if (err != ERR_OK)
        fail("subscriber not added", err_text(err));
}

int main(int argc, char **argv)
{
    long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (count < 1 || count > COUNT_MAX)
        fail("usage", "fill_bench FOLDER COUNT");
    struct store *store;
    char why[STORE_WHY_MAX];
    uint32_t regions;
    if (seal_init() != ERR_OK || area_parse(&regions, "KZ-75") != ERR_OK)
        fail("cannot start", "libsodium or the regions");
    if (store_open(&store, why, argv[1]) != ERR_OK)
        fail(argv[1], why);
    int64_t begun_ms = clock_boot_ms();
    for (unsigned i = 0; i < (unsigned)count; i++) {
        if (i % BATCH == 0) {
            store_commit(store);
            store_begin(store);
        }
        add(store, i, regions);
    }
    store_commit(store);
    store_close(store);
    printf("%.3f\n", (double)(clock_boot_ms() - begun_ms) / 1000);
    return 0;
}
