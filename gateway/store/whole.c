#include "gateway/store/whole.h"

#include "gateway/base/role.h"
#include "gateway/store/schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define ALIVE_STEPS 1000000 /* of SQLite's machine, between two signs of life during a long check */

static int stay_alive(void *arg)
{
    (void)arg;
    role_alive();
    return 0;
}

void whole_find_damage(char finding[WHOLE_FINDING_SIZE], struct sqlite3 *db)
{
    const char *const checks[] = {"PRAGMA integrity_check(1)", schema_audience_check()};
    finding[0] = '\0';
    sqlite3_progress_handler(db, ALIVE_STEPS, stay_alive, NULL);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && finding[0] == '\0'; i++) {
        sqlite3_stmt *statement = NULL;
        const char *said = NULL;
        int result = sqlite3_prepare_v2(db, checks[i], -1, &statement, NULL);
        if (result == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
            said = (const char *)sqlite3_column_text(statement, 0);
        if (said == NULL)
            said = i > 0 && sqlite3_errcode(db) == SQLITE_ERROR ? "ok" : sqlite3_errmsg(db);
        if (strcmp(said, "ok") != 0)
            (void)snprintf(finding, WHOLE_FINDING_SIZE, "%s", said);
        (void)sqlite3_finalize(statement);
    }
    sqlite3_progress_handler(db, 0, NULL, NULL);
}
