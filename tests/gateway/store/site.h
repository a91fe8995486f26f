/* site: for tests of the store: a real one in a folder of its own. Included by tests only.
 */
#ifndef TESTS_GATEWAY_STORE_SITE_H
#define TESTS_GATEWAY_STORE_SITE_H

#include "gateway/bulletin/seal.h"
#include "gateway/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct site {
    char folder[64];
    struct store *store;
};

static const char *const site_database[] = {"store.db", "store.db-wal", "store.db-shm", NULL};

static inline void site_open(struct site *site)
{
    char why[STORE_WHY_MAX];
    if (store_open(&site->store, why, site->folder) != ERR_OK)
        fail_msg("%s", why);
}

/* A test's set-up. */
static inline int site_start(void **state)
{
    struct site *site = calloc(1, sizeof *site);
    assert_int_equal(seal_init(), ERR_OK);
    snprintf(site->folder, sizeof site->folder, "/tmp/dabyl-store-XXXXXX");
    assert_non_null(mkdtemp(site->folder));
    site_open(site);
    *state = site;
    return 0;
}

static inline void site_remove_files(struct site *site, const char *const *names)
{
    char path[128];
    for (; *names != NULL; names++) {
        snprintf(path, sizeof path, "%s/%s", site->folder, *names);
        (void)unlink(path);
    }
}

/* A test's tear-down. */
static inline int site_stop(void **state)
{
    static const char *const others[] = {"site.key", "lock", NULL};
    struct site *site = *state;
    store_close(site->store);
    site_remove_files(site, site_database);
    site_remove_files(site, others);
    (void)rmdir(site->folder);
    free(site);
    return 0;
}

#endif
