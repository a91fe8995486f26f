/* pool: two emulated modems, whose ttys are seen under names of the test's own. */
#ifndef TESTS_MODEMS_POOL_H
#define TESTS_MODEMS_POOL_H

#include "tests/modems/bench.h"

#include <sys/stat.h>

#define FIRST "356938035643015"
#define SECOND "356938035643023"
#define OPTION(text) ((char[]){text})

/* Two modems; their ttys are seen under names of the test's own. */
struct pool {
    struct bench bench;
    struct bench second; /* another worker, same emulator */
    char dev[80];
    char globs[96];
    char log[96];
};

static inline void plug(struct pool *pool, const char *name, int modem)
{
    char link[160];
    char target[160];
    (void)snprintf(link, sizeof link, "%s/%s", pool->dev, name);
    (void)snprintf(target, sizeof target, "%s/modem%d", pool->bench.dir, modem);
    assert_int_equal(symlink(target, link), 0);
}

static inline void unplug(struct pool *pool, const char *name)
{
    char link[160];
    (void)snprintf(link, sizeof link, "%s/%s", pool->dev, name);
    assert_int_equal(unlink(link), 0);
}

static inline void start_pool_sim(struct pool *pool)
{
    struct bench *bench = &pool->bench;
    (void)snprintf(bench->dir, sizeof bench->dir, "/tmp/pool_test.XXXXXX");
    assert_non_null(mkdtemp(bench->dir));
    (void)snprintf(bench->device, sizeof bench->device, "%s/modem1", bench->dir);
    (void)snprintf(pool->dev, sizeof pool->dev, "%s/dev", bench->dir);
    (void)snprintf(pool->globs, sizeof pool->globs, "%s/*", pool->dev);
    (void)snprintf(pool->log, sizeof pool->log, "%s/log", bench->dir);
    char *const argv[] = {OPTION("dabyl-modemsim"), OPTION("--dir"), bench->dir, OPTION("--modems"),
        OPTION("2"), OPTION("--log"), pool->log, OPTION("--balance"), OPTION("100"), NULL};
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    bench->sim = run(bench, argv, -1, null);
    close(null);
    wait_path(bench->device);
    char path[96];
    (void)snprintf(path, sizeof path, "%s/modem2", bench->dir);
    wait_path(path);
    assert_int_equal(mkdir(pool->dev, 0700), 0);
}

static inline int begin_pool(void **state)
{
    struct pool *pool = calloc(1, sizeof *pool);
    assert_non_null(pool);
    find_programs(&pool->bench);
    start_pool_sim(pool);
    plug(pool, "a", 1);
    plug(pool, "b", 2);
    pool->second = pool->bench;
    *state = pool;
    return 0;
}

static inline int end_pool(void **state)
{
    struct pool *pool = *state;
    if (pool->second.worker > 0)
        stop(pool->second.worker);
    if (pool->bench.worker > 0)
        stop(pool->bench.worker);
    stop(pool->bench.sim);
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf %s", pool->bench.dir);
    assert_int_equal(system(command), 0);
    free(pool);
    return 0;
}

static inline void fault_first(struct bench *bench, char *spec)
{
    char text[TEXT_SIZE];
    ask_sim(bench,
        SIM(OPTION("fault"), OPTION("--dir"), bench->dir, OPTION("--modem"), OPTION("1"), spec),
        text);
}

static inline void seek(struct pool *pool, struct bench *bench, char *imei)
{
    start_worker_with(bench, OPTIONS(OPTION("--imei"), imei, OPTION("--devices"), pool->globs));
}

static inline void read_file(char text[TEXT_SIZE], const char *path)
{
    text[0] = '\0';
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return;
    text[fread(text, 1, TEXT_SIZE - 1, file)] = '\0';
    (void)fclose(file);
}

#endif
