/* claim_bench: durable deliveries a second, by the dispatcher's own functions, without modems: claim, hold and sent for so
 * many workers at a time, each step one commit.
 *
 * Usage: claim_bench CONFIG STATE TEXTS WORKERS
 *
 * STATE is of a gateway that is not running and has bulletins going out. Prints texts and the seconds they took.
 */
#include "gateway/base/clock.h"
#include "gateway/bulletin/seal.h"
#include "gateway/dispatcher/delivery.h"
#include "gateway/store/modems.h"

#include <stdio.h>
#include <stdlib.h>

#define WORKERS_MAX 256
#define MS_PER_S 1000.0

struct bench {
    struct site site;
    int64_t modem[WORKERS_MAX];
    struct message held[WORKERS_MAX];
    unsigned workers;
    uint16_t reference;
};

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "claim_bench: %s: %s\n", what, detail);
    exit(1);
}

static unsigned claim(struct bench *bench)
{
    unsigned count = 0;
    store_begin(bench->site.store);
    while (count < bench->workers) {
        enum err err = delivery_claim(&bench->site, &bench->held[count], bench->modem[count],
            DELIVERY_BEGUN | DELIVERY_NEW | DELIVERY_DOUBTS);
        if (err == ERR_MISSING)
            break;
        count += err == ERR_OK;
    }
    store_commit(bench->site.store);
    return count;
}

static void hold(struct bench *bench, unsigned count)
{
    struct message reply;
    store_begin(bench->site.store);
    for (unsigned i = 0; i < count; i++) {
        struct message_job job = {.job = bench->held[i].as.part.job};
        delivery_hold(&bench->site, &reply, bench->modem[i], &job);
        if (reply.type != MESSAGE_PART_GO)
            fail("not held", "a part that was just claimed");
    }
    store_commit(bench->site.store);
}

static void sent(struct bench *bench, unsigned count)
{
    store_begin(bench->site.store);
    for (unsigned i = 0; i < count; i++) {
        struct message_part_sent words = {
            .job = bench->held[i].as.part.job, .reference = bench->reference & UINT8_MAX};
        delivery_sent(&bench->site, bench->modem[i], &words);
    }
    bench->reference++;
    tally_flush(&bench->site);
    store_commit(bench->site.store);
}

static void open_site(struct bench *bench, const char *config, const char *state)
{
    char why[STORE_WHY_MAX];
    if (seal_init() != ERR_OK)
        fail("cannot start", "libsodium");
    if (conf_load(&bench->site.conf, why, config) != ERR_OK)
        fail(config, why);
    if (store_open(&bench->site.store, why, state) != ERR_OK)
        fail(state, why);
    bench->site.ballast.room = BALLAST_PLENTY;
    store_begin(bench->site.store);
    site_load(&bench->site);
    for (unsigned i = 0; i < bench->workers; i++) {
        char name[MESSAGES_NAME_SIZE];
        struct modems_entry row;
        snprintf(name, sizeof name, "bench%u", i);
        modems_find(bench->site.store, &row, name);
        bench->modem[i] = row.id;
    }
    store_commit(bench->site.store);
}

int main(int argc, char **argv)
{
    long texts = argc == 5 ? strtol(argv[3], NULL, 10) : 0;
    long workers = argc == 5 ? strtol(argv[4], NULL, 10) : 0;
    if (texts < 1 || workers < 1 || workers > WORKERS_MAX)
        fail("usage", "claim_bench CONFIG STATE TEXTS WORKERS");
    struct bench *bench = calloc(1, sizeof *bench);
    if (bench == NULL)
        fail("cannot start", "no memory");
    bench->workers = (unsigned)workers;
    open_site(bench, argv[1], argv[2]);
    long done = 0;
    int64_t begun_ms = clock_boot_ms();
    for (unsigned count; done < texts && (count = claim(bench)) > 0; done += count) {
        hold(bench, count);
        sent(bench, count);
    }
    printf("%ld %.3f\n", done, (double)(clock_boot_ms() - begun_ms) / MS_PER_S);
    site_free(&bench->site);
    free(bench);
    return 0;
}
