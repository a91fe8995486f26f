#include "gateway/store/sql.h"

/* States are enum outbox_state (outbox.h): 0 claimed, 1 submitting, 2 next, 3 retry, 4 doubt, 5 unknown, 6 missed, 7
 * reached, 8 named, 9 told; of answers
 * enum inbox_answer_state: 0 queued, 1 taken, 2 done; of bulletins enum message_bulletin_state: 0 sending. */
#define DELIVERY                                                                                   \
    "id, bulletin, cursor, subscriber, state, part, parts, mr, modem, attempt, failures, doubts, " \
    "again, due_ms, other_ms, code, reached, digest, regions FROM delivery "
#define SUBSCRIBER                                                                                 \
    "id, hash, number, language, latin, regions, level, stopped, consent, joined_s, tester, word " \
    "FROM "                                                                                        \
    "subscriber "

#define SKETCH "id, version, author, editor, draft, closed, at_s, text FROM sketch "

#define RUMOUR "id, status, editor, bulletin, asked, at_s, words, claim, evidence FROM rumour "

static const char *const texts[SQL_COUNT] = {
    [SQL_SETTING_PUT] = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
    [SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [SQL_AUDIT_ADD] = "INSERT INTO audit (at_s, event, detail, hash) VALUES (?1, ?2, ?3, ?4)",
    [SQL_AUDIT_HEAD] = "SELECT hash FROM audit ORDER BY id DESC LIMIT 1",
    [SQL_AUDIT_AFTER] =
        "SELECT id, at_s, event, detail, hash FROM audit WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_AUDIT_ALL] = "SELECT id, at_s, event, detail, hash FROM audit ORDER BY id",

    [SQL_SUBSCRIBER_ADD] =
        "INSERT INTO subscriber (hash, number, language, latin, regions, level, stopped, consent,"
        " joined_s, tester) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_SUBSCRIBER_FIND] = "SELECT " SUBSCRIBER "WHERE hash = ?1",
    [SQL_SUBSCRIBER_GET] = "SELECT " SUBSCRIBER "WHERE id = ?1",
    [SQL_SUBSCRIBER_HASH] = "SELECT hash, stopped FROM subscriber WHERE id = ?1",
    [SQL_SUBSCRIBER_SAVE] =
        "UPDATE subscriber SET language = ?2, latin = ?3, regions = ?4, level = ?5, stopped = ?6,"
        " consent = ?7, stopped_s = ?8, tester = ?9, word = ?10 WHERE id = ?1",
    [SQL_SUBSCRIBER_REMOVE] = "DELETE FROM subscriber WHERE id = ?1",
    [SQL_SUBSCRIBER_AFTER] = "SELECT " SUBSCRIBER "WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_SUBSCRIBER_WALK] =
        "SELECT id, regions, level FROM subscriber INDEXED BY subscriber_walk WHERE stopped = 0"
        " AND language = ?1 AND latin = ?2 AND id > ?3 AND id <= ?4 ORDER BY id",
    [SQL_SUBSCRIBER_HIGHEST] = "SELECT max(id) FROM subscriber",
    [SQL_DELIVERY_FIND] = "SELECT 1 FROM delivery WHERE bulletin = ?1 AND subscriber = ?2",
    [SQL_DELIVERY_PASSED_BY] = "SELECT 1 FROM delivery WHERE bulletin = ?1 AND subscriber = ?2"
                               " AND ((reached = 0 AND state <> 1) OR state = 7 OR digest > 0)",
    [SQL_DELIVERY_COUNT_PASSED_BY] =
        "SELECT count(*) FROM delivery WHERE bulletin = ?1 AND reached = 0 AND state <> 1"
        " AND cursor > 0",
    [SQL_DELIVERY_COUNT_BESIDES] =
        "SELECT count(*) FROM delivery WHERE bulletin = ?1 AND state = 7 AND cursor = 0",
    [SQL_DELIVERY_MARK] =
        "INSERT OR IGNORE INTO delivery (bulletin, cursor, subscriber, state, part, parts, mr,"
        " modem, attempt, failures, doubts, again, due_ms, other_ms, code, reached)"
        " VALUES (?1, ?3, ?2, ?4, 1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, ?4 = 7)",
    [SQL_DELIVERY_FOLLOW] =
        "INSERT OR IGNORE INTO delivery (bulletin, cursor, subscriber, state, part, parts, mr,"
        " modem, attempt, failures, doubts, again, due_ms, other_ms, code, reached)"
        " SELECT ?1, ?2, subscriber, 3, 1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM delivery"
        " WHERE bulletin = ?3 AND (state = 7 OR (digest > 0 AND (reached > 0 OR state = 1)))",
    [SQL_AUDIENCE_ADD] =
        "INSERT INTO audience (language, latin, regions, level, count) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
    [SQL_AUDIENCE_ALL] =
        "SELECT language, latin, regions, level, count FROM audience WHERE count > 0",

    [SQL_TESTER_ALL] =
        "SELECT language, latin, regions, level, count(*) FROM subscriber INDEXED BY "
        "subscriber_testers WHERE stopped = 0 AND tester = 1 GROUP BY language, latin, regions, "
        "level",
    [SQL_TESTER_WALK] =
        "SELECT id, regions, level FROM subscriber INDEXED BY subscriber_testers WHERE stopped = 0"
        " AND tester = 1 AND language = ?1 AND latin = ?2 AND id > ?3 AND id <= ?4 ORDER BY id",

    [SQL_BULLETIN_ADD] = "INSERT INTO bulletin (key, number, kind, state, sent_s, expires_s, "
                         "follows, regions, severity,"
                         " code, committed_s, recipients, testers, sealed)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [SQL_BULLETIN_GET] =
        "SELECT key, number, kind, state, sent_s, expires_s, follows, regions, severity, code,"
        " committed_s, recipients, emptied, aired, air_path, air_seconds, aired_s, testers, oks"
        " FROM bulletin WHERE key = ?1",
    [SQL_BULLETIN_SEALED] = "SELECT sealed FROM bulletin WHERE key = ?1",
    [SQL_BULLETIN_STATE] = "UPDATE bulletin SET state = ?2 WHERE key = ?1",
    [SQL_BULLETIN_AIRED] = "UPDATE bulletin SET aired = ?2, air_path = ?3, air_seconds = ?4,"
                           " aired_s = ?5 WHERE key = ?1",
    [SQL_BULLETIN_AIRED_BEFORE] =
        "SELECT key FROM bulletin WHERE aired = 1 AND key < ?1 ORDER BY key DESC LIMIT 1",
    [SQL_BULLETIN_OK] = "UPDATE bulletin SET oks = oks + 1 WHERE key = ?1",
    [SQL_SEEN_ADD] = "INSERT OR IGNORE INTO seen (bulletin, subscriber) VALUES (?1, ?2)",
    [SQL_BULLETIN_HIGHEST] = "SELECT max(coalesce((SELECT max(number) FROM bulletin), 0),"
                             " coalesce((SELECT max(number) FROM roster), 0))",
    [SQL_BULLETIN_HELD] = "SELECT key FROM bulletin WHERE state = 4 ORDER BY key",
    [SQL_BULLETIN_LIVE] = "SELECT key FROM bulletin WHERE state = 0 ORDER BY key",
    [SQL_BULLETIN_RETRACTABLE] = "SELECT key FROM bulletin WHERE state IN (1, 2) AND expires_s > ?1"
                                 " AND emptied = 0 AND key % 2 = 0",
    [SQL_BULLETIN_LATEST] = "SELECT key FROM bulletin WHERE key < ?1 ORDER BY key DESC",
    [SQL_BULLETIN_CLOSABLE] = "SELECT key FROM bulletin WHERE emptied = 0 AND state <> 0 AND "
                              "expires_s <= ?1 AND NOT EXISTS"
                              " (SELECT 1 FROM delivery WHERE delivery.bulletin = bulletin.key AND "
                              "delivery.state IN (0, 1, 8))",
    [SQL_BULLETIN_EMPTIED] = "UPDATE bulletin SET emptied = 1 WHERE key = ?1",
    [SQL_BULLETIN_DELIVERIES] =
        "SELECT state, count(*) FROM delivery WHERE bulletin = ?1 GROUP BY state",
    [SQL_BULLETIN_FORGET_DELIVERIES] = "DELETE FROM delivery WHERE bulletin = ?1",
    [SQL_BULLETIN_FORGET_SEEN] = "DELETE FROM seen WHERE bulletin = ?1",
    [SQL_BULLETIN_FORGET_REFS] = "DELETE FROM part_ref WHERE bulletin = ?1",

    [SQL_CURSOR_ADD] = "INSERT INTO cursor (bulletin, phase, language, latin, hwm, hi) VALUES (?1, "
                       "0, ?2, ?3, ?4, ?5)",
    [SQL_CURSOR_FIND] =
        "SELECT id, bulletin, language, latin, hwm, hi, done FROM cursor"
        " WHERE bulletin = ?1 AND language = ?2 AND latin = ?3 AND hi >= ?4 LIMIT 1",
    [SQL_CURSOR_OPEN] = "SELECT id, bulletin, language, latin, hwm, hi, done, taken FROM cursor"
                        " WHERE bulletin = ?1 AND done = 0",
    [SQL_CURSOR_MOVE] = "UPDATE cursor SET hwm = ?2, done = ?3, taken = taken + ?4 WHERE id = ?1",
    [SQL_CURSOR_COUNT] =
        "UPDATE cursor SET sent = sent + ?2, delivered = delivered + ?3,"
        " undeliverable = undeliverable + ?4, unknown = unknown + ?5, failed = failed + ?6,"
        " skipped = skipped + ?7, parts = parts + ?8, again = again + ?9, digest = digest + ?10"
        " WHERE id = ?1",
    [SQL_CURSOR_SUM] =
        "SELECT coalesce(sum(taken), 0), coalesce(sum(sent), 0), coalesce(sum(delivered), 0),"
        " coalesce(sum(undeliverable), 0), coalesce(sum(unknown), 0), coalesce(sum(failed), 0),"
        " coalesce(sum(skipped), 0), coalesce(sum(parts), 0), coalesce(sum(again), 0),"
        " coalesce(sum(digest), 0), coalesce(min(done), 1) FROM cursor WHERE bulletin = ?1",
    [SQL_CURSOR_RECIPIENTS] = "UPDATE cursor SET recipients = ?4 WHERE bulletin = ?1 AND language "
                              "= ?2 AND latin = ?3",
    [SQL_CURSOR_OF] =
        "SELECT language, latin, recipients, (SELECT count(*) FROM delivery WHERE"
        " delivery.bulletin = cursor.bulletin AND state IN (0, 1, 2, 3, 4, 8) AND"
        " delivery.cursor = cursor.id), taken, sent, delivered, undeliverable, unknown, failed,"
        " skipped, parts, digest FROM cursor WHERE bulletin = ?1 AND (recipients > 0 OR taken > 0)"
        " ORDER BY language, latin",
    [SQL_OUTCOME_RECIPIENTS] = "INSERT INTO outcome (bulletin, region, recipients, sent, "
                               "delivered, undeliverable, unknown,"
                               " failed, skipped, parts) VALUES (?1, ?2, ?3, 0, 0, 0, 0, 0, 0, 0)",
    [SQL_OUTCOME_COUNT] =
        "INSERT INTO outcome (bulletin, region, recipients, sent, delivered, undeliverable, "
        "unknown,"
        " failed, skipped, parts, digest) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        " ON CONFLICT DO UPDATE SET sent = sent + excluded.sent, delivered = delivered +"
        " excluded.delivered, undeliverable = undeliverable + excluded.undeliverable, unknown ="
        " unknown + excluded.unknown, failed = failed + excluded.failed, skipped = skipped +"
        " excluded.skipped, parts = parts + excluded.parts, digest = digest + excluded.digest",
    [SQL_OUTCOME_OF] = "SELECT region, recipients, sent, delivered, undeliverable, unknown, "
                       "failed, skipped, parts,"
                       " digest FROM outcome WHERE bulletin = ?1 ORDER BY region",
    [SQL_OUTCOME_CAUSE_ADD] =
        "INSERT INTO outcome_cause (bulletin, cause, count) VALUES (?1, ?2, 1)"
        " ON CONFLICT DO UPDATE SET count = count + 1",
    [SQL_OUTCOME_CAUSES] = "SELECT cause, count FROM outcome_cause WHERE bulletin = ?1",
    [SQL_CURSOR_FORGET] = "UPDATE cursor SET hwm = 0, hi = 0, done = 1 WHERE bulletin = ?1",

    [SQL_DELIVERY_ADD] =
        "INSERT INTO delivery (bulletin, cursor, subscriber, state, part, parts, mr, modem, "
        "attempt,"
        " failures, doubts, again, due_ms, other_ms, code, reached, digest, regions)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    [SQL_DELIVERY_SAVE] =
        "UPDATE delivery SET bulletin = ?1, cursor = ?2, subscriber = ?3, state = ?4, part = ?5,"
        " parts = ?6, mr = ?7, modem = ?8, attempt = ?9, failures = ?10, doubts = ?11, again = ?12,"
        " due_ms = ?13, other_ms = ?14, code = ?15, reached = ?16, digest = ?17,"
        " regions = ?18 WHERE id = ?19",
    [SQL_DELIVERY_SUBMIT] = "UPDATE delivery SET state = 1, mr = ?2 WHERE id = ?1",
    [SQL_DELIVERY_REMOVE] = "DELETE FROM delivery WHERE id = ?1",
    [SQL_DELIVERY_GET] = "SELECT " DELIVERY "WHERE id = ?1",
    [SQL_DELIVERY_NEXT] = "SELECT " DELIVERY "WHERE modem = ?1 AND state = 2 LIMIT 1",
    [SQL_DELIVERY_DUE] = "SELECT " DELIVERY "WHERE bulletin = ?1 AND state = ?4 AND due_ms <= ?2"
                         " AND (modem = ?3 OR other_ms <= ?2) ORDER BY due_ms LIMIT 1",
    [SQL_DELIVERY_DUE_SURE] =
        "SELECT " DELIVERY
        "WHERE bulletin = ?1 AND state = ?4 AND due_ms <= ?2 AND (other_ms <= ?2 - ?5"
        " OR (doubts = 0 AND (modem = ?3 OR other_ms <= ?2))) ORDER BY due_ms LIMIT 1",
    [SQL_DELIVERY_RELEASE] = "UPDATE delivery SET other_ms = due_ms WHERE modem = ?1 AND state IN "
                             "(3, 4) AND doubts > 0 AND parts = 1",
    [SQL_DELIVERY_HASTEN] = "UPDATE delivery SET due_ms = ?2,"
                            " other_ms = CASE WHEN part > 1 OR doubts > 0 THEN other_ms ELSE ?2 END"
                            " WHERE modem = ?1 AND state = 3 AND due_ms > ?2 AND due_ms <= ?3",
    [SQL_DELIVERY_SOONEST] =
        "SELECT min(CASE WHEN due_ms > ?1 THEN due_ms WHEN other_ms > ?1 THEN other_ms ELSE "
        "other_ms + ?2 END)"
        " FROM delivery WHERE state IN (3, 4)"
        " AND (due_ms > ?1 OR other_ms > ?1 OR (doubts > 0 AND other_ms + ?2 > ?1))",
    [SQL_DELIVERY_RETRIES] =
        "SELECT count(*) FROM (SELECT 1 FROM delivery WHERE bulletin = ?1 AND state = 3"
        " AND due_ms <= ?2 LIMIT ?3)",
    [SQL_DELIVERY_HELD] = "SELECT " DELIVERY
                          "WHERE modem = ?1 AND state IN (0, 1, 2) AND id > ?2 ORDER BY id LIMIT 1",
    [SQL_DELIVERY_OF_SUBSCRIBER] =
        "SELECT " DELIVERY "WHERE subscriber = ?1 AND bulletin > 0 AND state IN (2, 3, 4)"
        " AND id > ?2 ORDER BY id LIMIT 1",
    [SQL_DELIVERY_OF_BULLETIN] =
        "SELECT " DELIVERY "WHERE bulletin = ?1 AND (state IN (2, 3, 4) OR (state = 8 AND reached "
        "= 0)) AND id > ?2 ORDER BY id LIMIT 1",
    [SQL_DELIVERY_OF_BOTH] = "SELECT " DELIVERY "WHERE bulletin = ?1 AND subscriber = ?2",
    [SQL_DELIVERY_NAMED] = "SELECT " DELIVERY "WHERE subscriber = ?1 AND digest = ?2 AND id <> ?2 "
                           "AND state IN (5, 8) AND id > ?3 ORDER BY "
                           "id LIMIT 1",
    [SQL_DELIVERY_NAMED_REACHED] =
        "UPDATE delivery SET reached = ?3 WHERE subscriber = ?1 AND digest = ?2 AND state = 8",
    [SQL_DELIVERY_DIGEST_DUE] =
        "SELECT " DELIVERY "INDEXED BY delivery_digest WHERE digest = id AND state = 3 AND doubts "
        "= 0 AND due_ms <= ?1 AND (modem = ?2 OR other_ms <= ?1) ORDER BY due_ms LIMIT 1",
    [SQL_DELIVERY_DOUBTFUL] =
        "SELECT " DELIVERY
        "WHERE subscriber = (SELECT id FROM subscriber WHERE hash = ?1) AND bulletin > 0"
        " AND modem = ?2 AND mr = ?3 AND state IN (0, 3, 4, 5) AND (state > 3 OR doubts > 0)"
        " AND part = parts ORDER BY id DESC LIMIT 1",
    [SQL_DELIVERY_ALL_HELD] =
        "SELECT " DELIVERY "WHERE state IN (0, 1, 2) AND id > ?1 ORDER BY id LIMIT 1",
    [SQL_DELIVERY_RESTART_CLOCK] =
        "UPDATE delivery SET due_ms = CASE state WHEN 4 THEN ?2 ELSE ?1 END,"
        " other_ms = CASE WHEN state = 4 THEN ?2 + ?3 WHEN part > 1 OR doubts > 0 THEN ?1 + ?3"
        " ELSE ?1 END WHERE state IN (3, 4)",
    [SQL_DELIVERY_AFTER] =
        "SELECT " DELIVERY "WHERE state IN (4, 5) AND bulletin > 0 AND id > ?1 ORDER BY id LIMIT 1",

    [SQL_REF_ADD] = "INSERT INTO part_ref (modem, mr, hash, bulletin, cursor, regions)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_REF_TRIM] =
        "DELETE FROM part_ref WHERE modem = ?1 AND mr = ?2 AND id <= (SELECT id FROM part_ref"
        " WHERE modem = ?1 AND mr = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
    [SQL_REF_FIND] = "SELECT id, bulletin, cursor, regions FROM part_ref WHERE modem = ?1 AND mr = "
                     "?2 AND hash = ?3"
                     " ORDER BY id DESC LIMIT 1",
    [SQL_REF_REMOVE] = "DELETE FROM part_ref WHERE id = ?1",

    [SQL_MODEM_ADD] = "INSERT OR IGNORE INTO modem (name) VALUES (?1)",
    [SQL_MODEM_FIND] = "SELECT id FROM modem WHERE name = ?1",
    [SQL_MODEM_GET] =
        "SELECT name, imei, imsi, mr, sent, failed, hold, sim FROM modem WHERE id = ?1",
    [SQL_MODEM_IDENTITY] = "UPDATE modem SET imei = ?2, imsi = ?3 WHERE id = ?1",
    [SQL_MODEM_COUNT] =
        "UPDATE modem SET sent = sent + ?2, failed = failed + ?3, mr = ?4 WHERE id = ?1",

    [SQL_MODEM_HOLD] = "UPDATE modem SET hold = ?2 WHERE id = ?1",
    [SQL_MODEM_SIM] = "UPDATE modem SET sim = ?2 WHERE id = ?1",

    /* Not every modem shows the check digit at an ICCID's end. */
    [SQL_SIM_FIND] =
        "SELECT id FROM sim WHERE CASE WHEN ?1 <> '' AND iccid <> ''"
        " THEN substr(iccid, 1, length(?1)) = ?1 OR substr(?1, 1, length(iccid)) = iccid"
        " WHEN ?2 <> '' THEN imsi = ?2 WHEN ?1 = '' THEN modem = ?3 END ORDER BY iccid = '' LIMIT "
        "1",
    [SQL_SIM_ADD] = "INSERT INTO sim (iccid, imsi, modem) VALUES (?1, ?2, ?3)",
    [SQL_SIM_LEARN] =
        "UPDATE sim SET iccid = CASE WHEN length(?2) > length(iccid) THEN ?2 ELSE iccid END,"
        " imsi = CASE ?3 WHEN '' THEN imsi ELSE ?3 END WHERE id = ?1",
    [SQL_SIM_PURGE] = "DELETE FROM sim WHERE id NOT IN (SELECT sim FROM modem)"
                      " AND id NOT IN (SELECT sim FROM sim_spent)",
    [SQL_SPENT_ADD] = "INSERT INTO sim_spent (sim, minute, count) VALUES (?1, ?2, 1)"
                      " ON CONFLICT DO UPDATE SET count = count + 1",
    [SQL_SPENT_SINCE] =
        "SELECT minute, count FROM sim_spent WHERE sim = ?1 AND minute >= ?2 ORDER BY minute",
    [SQL_SPENT_PURGE] = "DELETE FROM sim_spent WHERE minute < ?1",

    [SQL_ROSTER_ADD] = "INSERT INTO roster (number, sealed, put_s) VALUES (?1, ?2, ?3)",
    [SQL_ROSTER_NEWEST] = "SELECT sealed FROM roster ORDER BY number DESC LIMIT 1",
    [SQL_DRAFT_ADD] = "INSERT INTO draft (state, number, body, created_s) VALUES (?1, ?2, ?3, ?4)",
    [SQL_DRAFT_GET] = "SELECT id, state, number, created_s, first_s, body FROM draft WHERE id = ?1",
    [SQL_DRAFT_SAVE] =
        "UPDATE draft SET state = ?2, number = ?3, first_s = ?4, body = ?5 WHERE id = ?1",
    [SQL_DRAFT_REMOVE] = "DELETE FROM draft WHERE id = ?1",
    [SQL_DRAFT_AFTER] = "SELECT id FROM draft WHERE id > ?1 AND state <> 3 ORDER BY id LIMIT 1",
    [SQL_DRAFT_HIGHEST] = "SELECT max(number) FROM draft",
    [SQL_DRAFT_RESERVED] = "SELECT id FROM draft WHERE number = ?1 AND state <> 3 LIMIT 1",
    [SQL_DRAFT_LAPSED] = "SELECT id FROM draft WHERE state = 1 AND first_s <= ?1 LIMIT 1",
    [SQL_APPROVAL_ADD] =
        "INSERT INTO approval (draft, editor, signature, at_s) VALUES (?1, ?2, ?3, ?4)",
    [SQL_APPROVAL_ALL] =
        "SELECT editor, signature FROM approval WHERE draft = ?1 ORDER BY at_s, editor",
    [SQL_APPROVAL_CLEAR] = "DELETE FROM approval WHERE draft = ?1",

    [SQL_INBOUND_ADD] =
        "INSERT OR IGNORE INTO inbound (digest, hash, reference, part, parts, at_s, text)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_INBOUND_PARTS] =
        "SELECT part, digest, text FROM inbound WHERE hash = ?1 AND reference = ?2 AND parts = ?3"
        " AND at_s >= ?4 ORDER BY part, id",
    [SQL_INBOUND_JOINED] = "UPDATE inbound SET parts = 0, text = x'' WHERE hash = ?1 AND reference "
                           "= ?2 AND parts = ?3",
    [SQL_INBOUND_PENDING] = "SELECT count(*) FROM inbound WHERE hash = ?1 AND parts > 0",
    [SQL_INBOUND_DROP_OLDEST] =
        "UPDATE inbound SET parts = 0, text = x'' WHERE id = (SELECT min(id) FROM inbound"
        " WHERE hash = ?1 AND parts > 0)",
    [SQL_INBOUND_PURGE] = "DELETE FROM inbound WHERE at_s < ?1",

    [SQL_ANSWER_ADD] = "INSERT INTO answer (hash, number, text, word, modem, state, at_s)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
    [SQL_ANSWER_GET] = "SELECT id, hash, number, text, word FROM answer WHERE id = ?1",
    [SQL_ANSWER_WAITING] =
        "SELECT id FROM answer WHERE state = 0 AND (modem = ?1 OR at_s <= ?2) AND word <> ?3"
        " ORDER BY id LIMIT 1",
    [SQL_ANSWER_STATE] =
        "UPDATE answer SET state = ?2, text = CASE ?2 WHEN 2 THEN '' ELSE text END WHERE id = ?1",
    [SQL_ANSWER_SINCE] = "SELECT count(*) FROM answer WHERE hash = ?1 AND at_s > ?2",
    [SQL_ANSWER_WORD_SINCE] =
        "SELECT count(*) FROM answer WHERE hash = ?1 AND at_s > ?2 AND word = ?3",
    [SQL_ANSWER_DROP_ALL] = "UPDATE answer SET state = 2, text = '' WHERE state < 2",
    [SQL_ANSWER_DROP] = "UPDATE answer SET state = 2, text = '' WHERE hash = ?1 AND state = 0",
    [SQL_ANSWER_QUEUED] = "SELECT count(*) FROM answer WHERE state < 2",
    [SQL_ANSWER_MANY] = "SELECT count(*) FROM (SELECT 1 FROM answer WHERE state < 2 LIMIT ?1)",
    [SQL_ANSWER_PURGE] = "DELETE FROM answer WHERE at_s < ?1 AND state = 2",
    [SQL_ANSWER_TEST] = "SELECT id FROM answer WHERE state = 0 AND modem = ?1 AND word = ?2",
    [SQL_ANSWER_TESTS] = "SELECT count(*) FROM answer WHERE state < 2 AND word = ?1",
    [SQL_ANSWER_END_TESTS] =
        "UPDATE answer SET state = 2, text = '' WHERE state = 0 AND word = ?1 AND at_s <= ?2",

    [SQL_REPORT_ADD] =
        "INSERT INTO report (at_s, hash, sender, number, text) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_REPORT_TRIM] = "DELETE FROM report WHERE id <= ?1",
    [SQL_REPORT_COUNT] = "SELECT count(*) FROM report WHERE sender = ?1 AND at_s > ?2",
    [SQL_REPORT_AFTER] =
        "SELECT id, at_s, hash, number, text FROM report WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_RECEPTION_ADD] = "INSERT INTO reception (bulletin, level, count) VALUES (?1, ?2, 1)"
                          " ON CONFLICT DO UPDATE SET count = count + 1",
    [SQL_RECEPTION_AFTER] = "SELECT min(bulletin) FROM reception WHERE bulletin > ?1",
    [SQL_RECEPTION_OF] = "SELECT level, count FROM reception WHERE bulletin = ?1 ORDER BY level",

    [SQL_SKETCH_ADD] = "INSERT INTO sketch (version, author, editor, draft, closed, at_s, text)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_SKETCH_SAVE] = "UPDATE sketch SET version = ?2, editor = ?3, draft = ?4, closed = ?5,"
                        " at_s = ?6, text = ?7 WHERE id = ?1",
    [SQL_SKETCH_GET] = "SELECT " SKETCH "WHERE id = ?1",
    [SQL_SKETCH_AFTER] = "SELECT " SKETCH "WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_SKETCH_COUNT_OPEN] = "SELECT count(*) FROM sketch WHERE closed = 0",
    [SQL_SKETCH_PURGE] = "DELETE FROM sketch WHERE closed = 1 AND at_s < ?1",
    [SQL_SKETCH_TRIM] = "DELETE FROM sketch WHERE id IN (SELECT id FROM sketch WHERE closed = 1"
                        " ORDER BY at_s DESC, id DESC LIMIT -1 OFFSET ?1)",

    [SQL_RUMOUR_ADD] = "INSERT INTO rumour (status, editor, bulletin, at_s, words, claim, evidence)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_RUMOUR_SAVE] = "UPDATE rumour SET status = ?1, editor = ?2, bulletin = ?3, at_s = ?4,"
                        " words = ?5, claim = ?6, evidence = ?7 WHERE id = ?8",
    [SQL_RUMOUR_GET] = "SELECT " RUMOUR "WHERE id = ?1",
    [SQL_RUMOUR_AFTER] = "SELECT " RUMOUR "WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_RUMOUR_COUNT_OPEN] = "SELECT count(*) FROM rumour WHERE status <> 2",
    [SQL_RUMOUR_ASKED] = "UPDATE rumour SET asked = asked + 1 WHERE id = ?1",
    [SQL_RUMOUR_TRIM] = "DELETE FROM rumour WHERE id IN (SELECT id FROM rumour WHERE status = 2"
                        " ORDER BY at_s DESC, id DESC LIMIT -1 OFFSET ?1)",
    [SQL_ASKED_ADD] = "INSERT INTO asked (text, count, last_s) VALUES (?1, 1, ?2)"
                      " ON CONFLICT DO UPDATE SET count = count + 1, last_s = ?2",
    [SQL_ASKED_TRIM] =
        "DELETE FROM asked WHERE text IN (SELECT text FROM asked ORDER BY last_s DESC LIMIT -1"
        " OFFSET ?1)",
    [SQL_ASKED_NTH] =
        "SELECT text, count, last_s FROM asked ORDER BY count DESC, last_s DESC, text LIMIT 1"
        " OFFSET ?1",
};

const char *sql_text(enum sql sql)
{
    return texts[sql];
}
