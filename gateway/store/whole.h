/* whole: whether a store's file is what it should be.
 */
#ifndef GATEWAY_STORE_WHOLE_H
#define GATEWAY_STORE_WHOLE_H

#define WHOLE_FINDING_SIZE 128

struct sqlite3;

/* The first thing that is wrong with the file as SQLite sees it; then with what only we know: the audience is a sum over
 * subscribers. Empty if nothing is. Takes seconds for a million of them. */
void whole_find_damage(char finding[WHOLE_FINDING_SIZE], struct sqlite3 *db);

#endif
