#include "gateway/store/schema.h"

#include <stddef.h>

/* Numbers of phones stand nowhere in clear: `number` is sealed, `hash` is keyed (vault.h). Recipients are not rows: a
 * `cursor` walks `subscriber_walk` in id order; `delivery` holds what is in flight and what went otherwise than well. */
static const char first[] =
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at_s INTEGER NOT NULL, event TEXT "
    "NOT NULL,"
    " detail TEXT NOT NULL, hash BLOB NOT NULL);"
    "CREATE TABLE subscriber (id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE,"
    " number BLOB NOT NULL, language INTEGER NOT NULL, latin INTEGER NOT NULL, regions INTEGER NOT "
    "NULL,"
    " level INTEGER NOT NULL, stopped INTEGER NOT NULL DEFAULT 0, consent TEXT NOT NULL,"
    " joined_s INTEGER NOT NULL, stopped_s INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX subscriber_walk ON subscriber (language, latin, id, regions, level) WHERE "
    "stopped = 0;"
    "CREATE TABLE audience (language INTEGER NOT NULL, latin INTEGER NOT NULL, regions INTEGER NOT "
    "NULL,"
    " level INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (language, latin, regions, "
    "level)) WITHOUT ROWID;"
    "CREATE TABLE bulletin (key INTEGER PRIMARY KEY, number INTEGER NOT NULL, kind INTEGER NOT "
    "NULL, state INTEGER NOT "
    "NULL,"
    " sent_s INTEGER NOT NULL, expires_s INTEGER NOT NULL, follows INTEGER NOT NULL, regions "
    "INTEGER NOT NULL,"
    " severity INTEGER NOT NULL, code TEXT NOT NULL, sealed BLOB NOT NULL, committed_s INTEGER NOT "
    "NULL,"
    " recipients INTEGER NOT NULL, emptied INTEGER NOT NULL DEFAULT 0, aired INTEGER NOT NULL "
    "DEFAULT 0,"
    " air_path TEXT NOT NULL DEFAULT '');"
    "CREATE INDEX bulletin_live ON bulletin (state, expires_s);"
    "CREATE TABLE cursor (id INTEGER PRIMARY KEY, bulletin INTEGER NOT NULL, phase INTEGER NOT "
    "NULL,"
    " language INTEGER NOT NULL, latin INTEGER NOT NULL, hwm INTEGER NOT NULL, hi INTEGER NOT NULL,"
    " done INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL "
    "DEFAULT 0,"
    " delivered INTEGER NOT NULL DEFAULT 0, undeliverable INTEGER NOT NULL DEFAULT 0,"
    " unknown INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT "
    "NULL DEFAULT 0,"
    " parts INTEGER NOT NULL DEFAULT 0, again INTEGER NOT NULL DEFAULT 0,"
    " UNIQUE (bulletin, phase, language, latin));"
    "CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, bulletin INTEGER NOT NULL,"
    " cursor INTEGER NOT NULL, subscriber INTEGER NOT NULL, state INTEGER NOT NULL, part INTEGER "
    "NOT NULL,"
    " parts INTEGER NOT NULL, mr INTEGER NOT NULL, modem INTEGER NOT NULL, attempt INTEGER NOT "
    "NULL,"
    " failures INTEGER NOT NULL, doubts INTEGER NOT NULL, again INTEGER NOT NULL, due_ms INTEGER "
    "NOT NULL,"
    " other_ms INTEGER NOT NULL, code INTEGER NOT NULL, UNIQUE (bulletin, subscriber));"
    "CREATE INDEX delivery_due ON delivery (bulletin, state, due_ms);"
    "CREATE INDEX delivery_waiting ON delivery (state, due_ms, other_ms) WHERE state IN (3, 4);"
    "CREATE INDEX delivery_modem ON delivery (modem, state);"
    "CREATE INDEX delivery_subscriber ON delivery (subscriber);"
    "CREATE TABLE part_ref (id INTEGER PRIMARY KEY AUTOINCREMENT, modem INTEGER NOT NULL, mr "
    "INTEGER NOT NULL,"
    " hash BLOB NOT NULL, bulletin INTEGER NOT NULL, cursor INTEGER NOT NULL);"
    "CREATE INDEX part_ref_find ON part_ref (modem, mr, id);"
    "CREATE INDEX part_ref_bulletin ON part_ref (bulletin);"
    "CREATE TABLE modem (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, imei TEXT NOT NULL "
    "DEFAULT '',"
    " imsi TEXT NOT NULL DEFAULT '', mr INTEGER NOT NULL DEFAULT 255, sent INTEGER NOT NULL "
    "DEFAULT 0,"
    " failed INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE roster (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL, put_s INTEGER NOT "
    "NULL);"
    "CREATE TABLE draft (id INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL, number "
    "INTEGER NOT NULL,"
    " body BLOB NOT NULL, created_s INTEGER NOT NULL, first_s INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX draft_number ON draft (number);"
    "CREATE TABLE approval (draft INTEGER NOT NULL, editor INTEGER NOT NULL, signature BLOB NOT "
    "NULL,"
    " at_s INTEGER NOT NULL, PRIMARY KEY (draft, editor)) WITHOUT ROWID;"
    "CREATE TABLE inbound (id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, hash "
    "BLOB NOT NULL,"
    " reference INTEGER NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL, text BLOB NOT "
    "NULL,"
    " at_s INTEGER NOT NULL);"
    "CREATE INDEX inbound_join ON inbound (hash, reference, parts) WHERE parts > 0;"
    "CREATE INDEX inbound_at ON inbound (at_s);"
    "CREATE TABLE answer (id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL, number BLOB "
    "NOT NULL,"
    " text TEXT NOT NULL, word INTEGER NOT NULL, modem INTEGER NOT NULL, state INTEGER NOT NULL,"
    " at_s INTEGER NOT NULL);"
    "CREATE INDEX answer_hash ON answer (hash, at_s);"
    "CREATE INDEX answer_state ON answer (state, id);"
    "CREATE INDEX answer_at ON answer (at_s);";

/* What of a delivery may have got to a phone: a retraction goes nowhere else. What modems have spent, minute by minute, and
 * what an operator has told them. */
static const char second[] =
    "ALTER TABLE delivery ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;"
    "UPDATE delivery SET reached = 1 WHERE part > 1 OR doubts > 0 OR state IN (4, 5);"
    "ALTER TABLE modem ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE spent (modem INTEGER NOT NULL, minute INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (modem, minute)) WITHOUT ROWID;";

/* Personal words, tips for the desk (sealed as numbers are), how well the radio is heard. */
static const char third[] =
    "ALTER TABLE subscriber ADD COLUMN word BLOB NOT NULL DEFAULT x'';"
    "CREATE TABLE report (id INTEGER PRIMARY KEY AUTOINCREMENT, at_s INTEGER NOT NULL, hash BLOB "
    "NOT NULL, sender BLOB NOT NULL, number BLOB NOT NULL, text BLOB NOT NULL);"
    "CREATE INDEX report_sender ON report (sender, at_s);"
    "CREATE TABLE reception (bulletin INTEGER NOT NULL, level INTEGER NOT NULL, count INTEGER NOT "
    "NULL, PRIMARY KEY (bulletin, level)) WITHOUT ROWID;";

/* What a SIM has spent goes with it from modem to modem: a SIM is known by its ICCID, else by its IMSI, and one that tells
 * neither by the modem that it is in. */
static const char fourth[] =
    "CREATE TABLE sim (id INTEGER PRIMARY KEY, iccid TEXT NOT NULL, imsi TEXT NOT NULL, modem TEXT "
    "NOT NULL);"
    "INSERT INTO sim (iccid, imsi, modem) SELECT '', imsi, '' FROM modem WHERE imsi <> '' GROUP BY "
    "imsi;"
    "INSERT INTO sim (iccid, imsi, modem) SELECT '', '', name FROM modem WHERE imsi = '';"
    "ALTER TABLE modem ADD COLUMN sim INTEGER NOT NULL DEFAULT 0;"
    "UPDATE modem SET sim = (SELECT id FROM sim WHERE CASE modem.imsi WHEN '' THEN sim.modem = "
    "modem.name ELSE sim.imsi = modem.imsi END);"
    "CREATE TABLE sim_spent (sim INTEGER NOT NULL, minute INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (sim, minute)) WITHOUT ROWID;"
    "INSERT INTO sim_spent (sim, minute, count) SELECT modem.sim, minute, sum(count) FROM spent"
    " JOIN modem ON modem.id = spent.modem GROUP BY modem.sim, minute;"
    "DROP TABLE spent;";

/* For the newsroom's page: sketches, testers, what became of a bulletin by region and cause, who has answered a drill (until it
 * is closed), rumours and what people ask about. */
static const char fifth[] =
    "CREATE TABLE sketch (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, author "
    "INTEGER NOT NULL, editor INTEGER NOT NULL, draft INTEGER NOT NULL, closed INTEGER NOT NULL,"
    " at_s INTEGER NOT NULL, text TEXT NOT NULL);"
    "CREATE INDEX sketch_closed ON sketch (closed, at_s);"
    "ALTER TABLE subscriber ADD COLUMN tester INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX subscriber_testers ON subscriber (language, latin, id, regions, level)"
    " WHERE stopped = 0 AND tester = 1;"
    "ALTER TABLE bulletin ADD COLUMN testers INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE bulletin ADD COLUMN oks INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE bulletin ADD COLUMN air_seconds INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE bulletin ADD COLUMN aired_s INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE cursor ADD COLUMN recipients INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE part_ref ADD COLUMN regions INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE seen (bulletin INTEGER NOT NULL, subscriber INTEGER NOT NULL,"
    " PRIMARY KEY (bulletin, subscriber)) WITHOUT ROWID;"
    "CREATE TABLE outcome (bulletin INTEGER NOT NULL, region INTEGER NOT NULL, recipients INTEGER "
    "NOT NULL, sent INTEGER NOT NULL, delivered INTEGER NOT NULL, undeliverable INTEGER NOT NULL,"
    " unknown INTEGER NOT NULL, failed INTEGER NOT NULL, skipped INTEGER NOT NULL, parts INTEGER "
    "NOT NULL, PRIMARY KEY (bulletin, region)) WITHOUT ROWID;"
    "CREATE TABLE outcome_cause (bulletin INTEGER NOT NULL, cause INTEGER NOT NULL, count INTEGER "
    "NOT NULL, PRIMARY KEY (bulletin, cause)) WITHOUT ROWID;"
    "CREATE TABLE rumour (id INTEGER PRIMARY KEY AUTOINCREMENT, status INTEGER NOT NULL, editor "
    "INTEGER NOT NULL, bulletin INTEGER NOT NULL, asked INTEGER NOT NULL DEFAULT 0, at_s INTEGER "
    "NOT NULL, words TEXT NOT NULL, claim TEXT NOT NULL, evidence TEXT NOT NULL);"
    "CREATE TABLE asked (text TEXT PRIMARY KEY, count INTEGER NOT NULL, last_s INTEGER NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE INDEX asked_last ON asked (last_s);";

/* Deliveries that one text names, a digest: `digest` is the id of the row that stands for the text. */
static const char sixth[] =
    "ALTER TABLE delivery ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX delivery_digest ON delivery (due_ms) WHERE digest = id AND state = 3;"
    "ALTER TABLE cursor ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;";

/* For the counts by region: what the recipient had chosen when the delivery was given to a modem; told by a digest. */
static const char seventh[] = "ALTER TABLE delivery ADD COLUMN regions INTEGER NOT NULL DEFAULT 0;"
                              "ALTER TABLE outcome ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;";

static const char *const migrations[SCHEMA_VERSION] = {
    first, second, third, fourth, fifth, sixth, seventh};

const char *schema_migration(int number)
{
    return number >= 1 && number <= SCHEMA_VERSION ? migrations[number - 1] : NULL;
}

#define KINDS_KEPT "SELECT language, latin, regions, level, count FROM audience WHERE count <> 0"
#define KINDS_COUNTED                                                                              \
    "SELECT language, latin, regions, level, count(*) FROM subscriber WHERE stopped = 0 GROUP BY " \
    "language, latin, regions, level"

const char *schema_audience_check(void)
{
    return "SELECT CASE WHEN EXISTS (" KINDS_KEPT " EXCEPT " KINDS_COUNTED
           ") OR EXISTS (" KINDS_COUNTED " EXCEPT " KINDS_KEPT
           ") THEN 'the audience is not the sum of the subscribers' ELSE 'ok' END";
}
