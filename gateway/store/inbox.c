#include "gateway/store/inbox.h"

#include <stdio.h>
#include <string.h>

#define DIGEST_TEXT_SIZE (MESSAGES_TEXT_SIZE + MESSAGES_NUMBER_SIZE + MESSAGES_NAME_SIZE + 80)

static void digest_of(struct store *store, uint8_t digest[VAULT_HASH_SIZE],
    const struct message_inbound *inbound, const char *modem)
{
    char text[DIGEST_TEXT_SIZE];
    (void)snprintf(text, sizeof text, "inbound|%s|%lld|%s|%u|%u|%u|%s", modem,
        (long long)inbound->smsc_s, inbound->number, inbound->reference, inbound->part,
        inbound->parts, inbound->text);
    vault_hash(store_vault(store), digest, text);
}

static void drop_oldest(struct store *store, const uint8_t hash[VAULT_HASH_SIZE])
{
    struct store_query query = store_query(store, SQL_INBOUND_PENDING);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    if (store_value(&query, 0) < INBOX_PENDING_MAX)
        return;
    query = store_query(store, SQL_INBOUND_DROP_OLDEST);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    (void)store_run(&query);
}

bool inbox_add(struct store *store, const struct message_inbound *inbound, const char *modem,
    const uint8_t hash[VAULT_HASH_SIZE], int64_t now_s)
{
    uint8_t digest[VAULT_HASH_SIZE];
    digest_of(store, digest, inbound, modem);
    uint8_t sealed[VAULT_SEALED_MAX];
    size_t sealed_size = 0;
    bool part = inbound->parts > 1;
    if (part) {
        drop_oldest(store, hash);
        if (vault_seal(store_vault(store), sealed, &sealed_size, inbound->text, digest) != ERR_OK)
            part = false;
    }
    struct store_query query = store_query(store, SQL_INBOUND_ADD);
    store_bind_bytes(&query, digest, sizeof digest);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    store_bind_int(&query, inbound->reference);
    store_bind_int(&query, inbound->part);
    store_bind_int(&query, part ? inbound->parts : 0);
    store_bind_int(&query, now_s);
    store_bind_bytes(&query, part ? sealed : (const uint8_t *)"", part ? sealed_size : 0);
    return store_run(&query) == 1;
}

static void forget_parts(
    struct store *store, const struct message_inbound *inbound, const uint8_t hash[VAULT_HASH_SIZE])
{
    struct store_query query = store_query(store, SQL_INBOUND_JOINED);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    store_bind_int(&query, inbound->reference);
    store_bind_int(&query, inbound->parts);
    (void)store_run(&query);
}

/* Appends the row's words if it is the part that is wanted next. */
static enum err append_part(
    struct store *store, struct store_query *query, char *text, unsigned *wanted)
{
    uint8_t digest[VAULT_HASH_SIZE] = {0};
    uint8_t bytes[VAULT_SEALED_MAX];
    if (store_get_int(query) != (int64_t)*wanted)
        return ERR_OK;
    (void)store_get_bytes(query, digest, sizeof digest);
    struct vault_sealed sealed = {bytes, store_get_bytes(query, bytes, sizeof bytes)};
    size_t used = strnlen(text, INBOX_JOINED_SIZE);
    ++*wanted;
    return vault_unseal(store_vault(store), text + used, INBOX_JOINED_SIZE - used, &sealed, digest);
}

enum err inbox_join(struct store *store, char text[INBOX_JOINED_SIZE],
    const struct message_inbound *inbound, const uint8_t hash[VAULT_HASH_SIZE], int64_t now_s)
{
    unsigned wanted = 1;
    enum err err = ERR_OK;
    text[0] = '\0';
    struct store_query query = store_query(store, SQL_INBOUND_PARTS);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    store_bind_int(&query, inbound->reference);
    store_bind_int(&query, inbound->parts);
    store_bind_int(&query, now_s - INBOX_JOIN_S);
    while (err == ERR_OK && store_next(&query))
        err = append_part(store, &query, text, &wanted);
    store_end(&query);
    if (err == ERR_OK && wanted <= inbound->parts)
        return ERR_BUSY;
    forget_parts(store, inbound, hash);
    return err;
}

void inbox_purge(struct store *store, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_INBOUND_PURGE);
    store_bind_int(&query, now_s - INBOX_KEEP_S);
    (void)store_run(&query);
    query = store_query(store, SQL_ANSWER_PURGE);
    store_bind_int(&query, now_s - INBOX_ANSWER_KEEP_S);
    (void)store_run(&query);
}

enum err inbox_add_answer(struct store *store, const struct inbox_answer *answer, int64_t now_s)
{
    uint8_t hash[VAULT_HASH_SIZE];
    uint8_t sealed[VAULT_SEALED_MAX];
    size_t sealed_size = 0;
    vault_hash(store_vault(store), hash, answer->number);
    enum err err = vault_seal(store_vault(store), sealed, &sealed_size, answer->number, hash);
    if (err != ERR_OK)
        return err;
    struct store_query query = store_query(store, SQL_ANSWER_ADD);
    store_bind_bytes(&query, hash, sizeof hash);
    store_bind_bytes(&query, sealed, sealed_size);
    store_bind_text(&query, answer->text);
    store_bind_int(&query, answer->word);
    store_bind_int(&query, answer->modem);
    store_bind_int(&query, now_s);
    (void)store_run(&query);
    return ERR_OK;
}

enum err inbox_get_answer(struct store *store, struct inbox_answer *answer, int64_t id)
{
    struct store_query query = store_query(store, SQL_ANSWER_GET);
    store_bind_int(&query, id);
    if (!store_next(&query))
        return ERR_MISSING;
    uint8_t bytes[VAULT_SEALED_MAX];
    answer->id = store_get_int(&query);
    (void)store_get_bytes(&query, answer->hash, sizeof answer->hash);
    struct vault_sealed sealed = {bytes, store_get_bytes(&query, bytes, sizeof bytes)};
    store_get_text(&query, answer->text, sizeof answer->text);
    answer->word = (int)store_get_int(&query);
    store_end(&query);
    return vault_unseal(
        store_vault(store), answer->number, sizeof answer->number, &sealed, answer->hash);
}

int64_t inbox_find_answer(struct store *store, int64_t modem, int64_t now_s)
{
    struct store_query query = store_query(store, SQL_ANSWER_WAITING);
    store_bind_int(&query, modem);
    store_bind_int(&query, now_s - INBOX_SAME_MODEM_S);
    store_bind_int(&query, INBOX_TEST_WORD);
    return store_value(&query, 0);
}

int64_t inbox_find_test(struct store *store, int64_t modem)
{
    struct store_query query = store_query(store, SQL_ANSWER_TEST);
    store_bind_int(&query, modem);
    store_bind_int(&query, INBOX_TEST_WORD);
    return store_value(&query, 0);
}

uint32_t inbox_count_tests(struct store *store)
{
    struct store_query query = store_query(store, SQL_ANSWER_TESTS);
    store_bind_int(&query, INBOX_TEST_WORD);
    return (uint32_t)store_value(&query, 0);
}

void inbox_end_tests(struct store *store, int64_t before_s)
{
    struct store_query query = store_query(store, SQL_ANSWER_END_TESTS);
    store_bind_int(&query, INBOX_TEST_WORD);
    store_bind_int(&query, before_s);
    (void)store_run(&query);
}

void inbox_set_answer(struct store *store, int64_t id, enum inbox_answer_state state)
{
    struct store_query query = store_query(store, SQL_ANSWER_STATE);
    store_bind_int(&query, id);
    store_bind_int(&query, (int64_t)state);
    (void)store_run(&query);
}

void inbox_drop_answers(struct store *store, const uint8_t hash[VAULT_HASH_SIZE])
{
    struct store_query query = store_query(store, SQL_ANSWER_DROP);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    (void)store_run(&query);
}

void inbox_drop_all(struct store *store)
{
    struct store_query query = store_query(store, SQL_ANSWER_DROP_ALL);
    (void)store_run(&query);
    query = store_query(store, SQL_BULLETIN_FORGET_DELIVERIES);
    store_bind_int(&query, 0);
    (void)store_run(&query);
}

uint32_t inbox_count_waiting(struct store *store)
{
    struct store_query query = store_query(store, SQL_ANSWER_QUEUED);
    return (uint32_t)store_value(&query, 0);
}

bool inbox_has_waiting(struct store *store, uint32_t count)
{
    struct store_query query = store_query(store, SQL_ANSWER_MANY);
    store_bind_int(&query, count);
    return store_value(&query, 0) >= (int64_t)count;
}

uint32_t inbox_count_since(
    struct store *store, const uint8_t hash[VAULT_HASH_SIZE], int64_t since_s, int word)
{
    struct store_query query =
        store_query(store, word < 0 ? SQL_ANSWER_SINCE : SQL_ANSWER_WORD_SINCE);
    store_bind_bytes(&query, hash, VAULT_HASH_SIZE);
    store_bind_int(&query, since_s);
    if (word >= 0)
        store_bind_int(&query, word);
    return (uint32_t)store_value(&query, 0);
}
