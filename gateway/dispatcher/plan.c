#include "gateway/dispatcher/plan.h"

#include "gateway/base/log.h"

#include <stdlib.h>
#include <string.h>

#define LIVE_MAX 4096 /* going out at the same time; a day has 1,440 minutes */

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL)
        log_fatal("no_memory");
    return memory;
}

enum err plan_read_bulletin(struct bulletin *bulletin, struct store *store, uint32_t key)
{
    struct message_sealed_bytes bytes;
    struct wire_sealed sealed;
    enum err err = bulletins_get_sealed(store, &bytes, key);
    if (err == ERR_OK)
        err = wire_decode_sealed(&sealed, bytes.bytes, bytes.size);
    return err == ERR_OK ? wire_decode_bulletin(bulletin, &sealed) : err;
}

static void free_entry(struct plan_entry *entry)
{
    for (int language = 0; language < BULLETIN_LANGUAGE_COUNT; language++) {
        free(entry->texts[language][0]);
        free(entry->texts[language][1]);
    }
    free(entry);
}

static void insert(struct plan *plan, struct plan_entry *entry)
{
    if (plan->count == plan->room) {
        plan->room = plan->room == 0 ? 16 : plan->room * 2;
        plan->entries = reallocarray(plan->entries, plan->room, sizeof(struct plan_entry *));
        if (plan->entries == NULL)
            log_fatal("no_memory");
    }
    unsigned at = plan->count++;
    for (; at > 0; at--) {
        if (bulletin_compare_priority(&plan->entries[at - 1]->bulletin, &entry->bulletin) >= 0)
            break;
        plan->entries[at] = plan->entries[at - 1];
    }
    plan->entries[at] = entry;
}

/* A bulletin that a bad disk has altered is not what was approved. */
static enum err check_code(struct store *store, const struct bulletins_entry *row)
{
    struct message_sealed_bytes bytes;
    struct wire_sealed sealed;
    char code[SEAL_CODE_SIZE];
    enum err err = bulletins_get_sealed(store, &bytes, row->key);
    if (err == ERR_OK)
        err = wire_decode_sealed(&sealed, bytes.bytes, bytes.size);
    if (err != ERR_OK)
        return err;
    seal_print_code(code, sealed.body, sealed.body_size);
    return strcmp(code, row->code) == 0 ? ERR_OK : ERR_SEAL;
}

void plan_add(struct plan *plan, struct store *store, uint32_t key)
{
    struct bulletins_entry row;
    struct plan_entry *entry = zeroed(sizeof *entry);
    enum err err = bulletins_get(store, &row, key);
    if (err == ERR_OK)
        err = plan_read_bulletin(&entry->bulletin, store, key);
    if (err == ERR_OK)
        err = check_code(store, &row);
    if (err != ERR_OK) {
        log_error("bulletin_unreadable key=%u error=%s", key, err_name(err));
        free_entry(entry);
        return;
    }
    entry->key = key;
    entry->expires_s = row.expires_s;
    entry->audience = (struct subscribers_audience){row.regions, row.severity, row.testers};
    memcpy(entry->code, row.code, sizeof entry->code);
    insert(plan, entry);
}

void plan_load(struct plan *plan, struct store *store)
{
    memset(plan, 0, sizeof *plan);
    uint32_t *keys = zeroed(LIVE_MAX * sizeof keys[0]);
    unsigned count = bulletins_list_live(store, keys, LIVE_MAX);
    for (unsigned i = 0; i < count; i++)
        plan_add(plan, store, keys[i]);
    free(keys);
}

void plan_free(struct plan *plan)
{
    for (unsigned i = 0; i < plan->count; i++)
        free_entry(plan->entries[i]);
    free(plan->entries);
    memset(plan, 0, sizeof *plan);
}

static unsigned index_of(const struct plan *plan, uint32_t key)
{
    unsigned i = 0;
    while (i < plan->count && plan->entries[i]->key != key)
        i++;
    return i;
}

void plan_remove(struct plan *plan, uint32_t key)
{
    unsigned i = index_of(plan, key);
    if (i == plan->count)
        return;
    free_entry(plan->entries[i]);
    plan->count--;
    memmove(
        &plan->entries[i], &plan->entries[i + 1], (plan->count - i) * sizeof(struct plan_entry *));
}

struct plan_entry *plan_find(const struct plan *plan, uint32_t key)
{
    unsigned i = index_of(plan, key);
    return i < plan->count ? plan->entries[i] : NULL;
}

static enum err make_text(struct plan_text *text, const struct plan_entry *entry,
    const struct conf *conf, struct compose_request *request)
{
    request->bulletin = &entry->bulletin;
    request->parts = conf->parts;
    request->sender = conf->sender;
    request->code = entry->code;
    enum err err = compose_text(&text->compose, request);
    return err == ERR_OK ? segment_split(&text->segment, text->compose.text, SEGMENT_REFERENCE_8, 0)
                         : err;
}

enum err plan_make_personal(struct plan_text *text, const struct plan_entry *entry,
    const struct conf *conf, const struct subscribers_entry *subscriber)
{
    struct compose_request request = {.latin = subscriber->latin != 0, .word = subscriber->word};
    request.language =
        compose_find_language(&entry->bulletin, (enum bulletin_language)subscriber->language);
    return make_text(text, entry, conf, &request);
}

const struct plan_text *plan_get_text(
    struct plan_entry *entry, const struct conf *conf, uint8_t language, uint8_t latin)
{
    if (language >= BULLETIN_LANGUAGE_COUNT || latin > 1)
        return NULL;
    struct compose_request request = {.latin = latin != 0};
    request.language = compose_find_language(&entry->bulletin, (enum bulletin_language)language);
    struct plan_text **text = &entry->texts[request.language][latin];
    if (*text != NULL)
        return *text;
    *text = zeroed(sizeof **text);
    enum err err = make_text(*text, entry, conf, &request);
    if (err == ERR_OK)
        return *text;
    log_error("text_not_composed bulletin=%u language=%s error=%s", entry->bulletin.number,
        bulletin_print_language(request.language), err_name(err));
    free(*text);
    *text = NULL;
    return NULL;
}
