/* schema: the tables, as numbered migrations: each one transaction, applied in order, never changed once released.
 */
#ifndef GATEWAY_STORE_SCHEMA_H
#define GATEWAY_STORE_SCHEMA_H

#define SCHEMA_VERSION 7 /* the number of the last migration */

/* The SQL that leads from version number - 1 to number, 1..SCHEMA_VERSION; NULL for others. */
const char *schema_migration(int number);

/* Gives one row: "ok", or what is wrong: the audience is a sum over subscribers, which SQLite's own check can't know. */
const char *schema_audience_check(void);

#endif
