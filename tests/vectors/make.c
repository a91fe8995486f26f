#include "tests/vectors/make.h"

#include "tests/vectors/parts.h"

#include "gateway/bulletin/armour.h"
#include "gateway/bulletin/pack.h"

#include <stdio.h>
#include <string.h>

/* Once frozen, a model joins this list and its vectors join the files; the others stay as they are. */
static const uint8_t models[] = {
    BULLETIN_TEXT_MODEL_PLAIN, BULLETIN_TEXT_MODEL_DEFLATE, BULLETIN_TEXT_MODEL_MIXER};
static const char *const model_names[] = {"plain", "mixer", "deflate"};

static const struct {
    const char *name;
    uint8_t seed;
} keys[] = {
    {"newsroom", SEED_NEWSROOM},
    {"stranger", SEED_STRANGER},
    {"aida", SEED_AIDA},
    {"bolat", SEED_BOLAT},
    {"vera", SEED_VERA},
    {"gulnar", SEED_GULNAR},
    {"dina", SEED_DINA},
};

static void make_keys(struct maker *maker)
{
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(keys); i++) {
        struct key key;
        uint8_t id[2];
        char fingerprint[SEAL_FINGERPRINT_SIZE];
        parts_key(&key, keys[i].seed);
        seal_newsroom_id(id, key.public_key);
        seal_print_fingerprint(fingerprint, key.public_key);
        parts_add(maker, json_pack("{s:s, s:o, s:o, s:o, s:s}", "name", keys[i].name, "seed",
                             parts_hex(key.secret, SEAL_SEED_SIZE), "public",
                             parts_hex(key.public_key, SEAL_PUBLIC_SIZE), "newsroom_id",
                             parts_hex(id, sizeof id), "fingerprint", fingerprint));
    }
    parts_end(maker, "keys.json");
}

/* Texts on their own: what a model makes of them. */
static const char *const texts[] = {
    "",
    "a",
    "Shooting in central Almaty\001Do not go out. Stay away from windows.\001",
    "Орталықта атыс\001Көшеге шықпаңыз.\001\002Стрельба в центре\001Не выходите.\001Да.",
    "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "№7 «103» – 21:00—06:00 5 °C €",
    "日本 😀 ğüş ꙮ",
};

static void make_texts(struct maker *maker)
{
    parts_begin(maker);
    for (size_t i = 0; i < COUNT(models) * COUNT(texts); i++) {
        uint8_t model = models[i / COUNT(texts)];
        const char *text = texts[i % COUNT(texts)];
        uint8_t packed[PACK_BYTES_MAX];
        size_t size;
        struct buf_in in;
        buf_in_init(&in, (const uint8_t *)text, strlen(text));
        parts_must(pack_encode(packed, &size, sizeof packed, model, &in) == ERR_OK);
        parts_add(maker, json_pack("{s:i, s:s, s:o}", "model", model, "text", text, "packed",
                             parts_hex(packed, size)));
    }
    parts_end(maker, "texts.json");
}

static json_t *print_editors(const struct roster *roster)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < roster->editor_count; i++) {
        const struct roster_editor *editor = &roster->editors[i];
        json_t *object = json_pack("{s:i, s:o, s:s, s:I, s:I, s:b}", "index", editor->index,
            "public", parts_hex(editor->public_key, SEAL_PUBLIC_SIZE), "name", editor->name, "from",
            (json_int_t)editor->from_s, "until", (json_int_t)editor->until_s, "revoked",
            editor->revoked);
        parts_must(object != NULL && json_array_append_new(list, object) == 0);
    }
    return list;
}

static void make_roster(
    struct maker *maker, const char *name, const struct roster *roster, uint8_t newsroom_seed)
{
    const char *const names[] = {"rosters", name, "bulletin"};
    char path[VECTORS_PATH_MAX];
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    struct key key;
    struct bytes sealed;
    parts_key(&key, newsroom_seed);
    parts_must(roster_seal(sealed.data, &sealed.size, roster, key.secret) == ERR_OK);
    parts_file(maker, path, names, &sealed);
    seal_print_fingerprint(fingerprint, roster->newsroom_key);
    parts_add(maker,
        json_pack("{s:s, s:s, s:s, s:o, s:i, s:I, s:i, s:o, s:o}", "name", name, "file", path,
            "fingerprint", fingerprint, "newsroom_key",
            parts_hex(roster->newsroom_key, SEAL_PUBLIC_SIZE), "number", (int)roster->number,
            "sent", (json_int_t)roster->sent_s, "approvals", (int)roster->approvals, "editors",
            print_editors(roster), "sealed", parts_hex(sealed.data, sealed.size)));
}

static void fill_roster(struct roster *roster)
{
    while (roster->editor_count < ROSTER_EDITORS_MAX) {
        struct key key;
        struct roster_editor *editor = &roster->editors[roster->editor_count++];
        parts_key(&key, (uint8_t)(0x80 + roster->editor_count));
        *editor = (struct roster_editor){.index = (uint8_t)(222 + roster->editor_count),
            .name = "x",
            .from_s = NOW_S,
            .until_s = BULLETIN_EPOCH_S + 0xffffffffLL};
        memcpy(editor->public_key, key.public_key, SEAL_PUBLIC_SIZE);
    }
}

static void make_rosters(struct maker *maker)
{
    struct roster roster;
    struct key key;
    parts_begin(maker);
    parts_roster(&roster);
    make_roster(maker, "staff", &roster, SEED_NEWSROOM);
    roster.number = ROSTER_NUMBER + 1;
    roster.approvals = 1;
    make_roster(maker, "one-approval", &roster, SEED_NEWSROOM);
    roster.approvals = 2;
    fill_roster(&roster);
    make_roster(maker, "full", &roster, SEED_NEWSROOM);
    roster.editor_count = 0;
    make_roster(maker, "empty", &roster, SEED_NEWSROOM);
    parts_roster(&roster);
    parts_key(&key, SEED_STRANGER);
    memcpy(roster.newsroom_key, key.public_key, SEAL_PUBLIC_SIZE);
    make_roster(maker, "stranger", &roster, SEED_STRANGER);
    parts_end(maker, "rosters.json");
}

static json_t *print_texts(const struct bulletin *b)
{
    json_t *texts_by_language = json_object();
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const struct bulletin_text *text = &b->text[i];
        if ((b->languages >> i & 1) == 0)
            continue;
        json_t *object = json_pack("{s:s, s:s, s:s}", "headline", text->headline, "instruction",
            text->instruction, "description", text->description);
        parts_must(json_object_set_new(texts_by_language,
                       bulletin_print_language((enum bulletin_language)i), object) == 0);
    }
    return texts_by_language;
}

static json_t *print_bulletin(const struct bulletin *b)
{
    json_t *object = json_pack("{s:o, s:i, s:I, s:i, s:s, s:s, s:s, s:s, s:s, s:s}", "newsroom",
        parts_hex(b->newsroom, sizeof b->newsroom), "number", (int)b->number, "sent",
        (json_int_t)b->sent_s, "lifetime_min", b->lifetime_min, "kind",
        bulletin_print_kind(b->kind), "severity", bulletin_print_severity(b->severity), "urgency",
        bulletin_print_urgency(b->urgency), "certainty", bulletin_print_certainty(b->certainty),
        "category", bulletin_print_category(b->category), "response",
        bulletin_print_response(b->response));
    json_t *more = json_pack("{s:i, s:i, s:o, s:i, s:i, s:o}", "event", b->event, "regions",
        (int)b->regions, "audit_head", parts_hex(b->audit_head, sizeof b->audit_head), "model",
        b->text_model, "follows", (int)b->follows, "texts", print_texts(b));
    parts_must(object != NULL && more != NULL && json_object_update_new(object, more) == 0);
    return object;
}

/* The largest of everything that is a number, and what KZ-1048 lacks. */
static void change_to_edges(struct bulletin *bulletin)
{
    static const struct bulletin_text odd = {"日本 😀 ğüş ꙮ €", "", "x"};
    bulletin->number = BULLETIN_NUMBER_MAX;
    bulletin->sent_s = NOW_S + BULLETIN_AHEAD_MAX_S;
    bulletin->lifetime_min = BULLETIN_LIFETIME_MAX_MIN;
    bulletin->urgency = BULLETIN_URGENCY_UNKNOWN;
    bulletin->certainty = BULLETIN_CERTAINTY_UNKNOWN;
    bulletin->category = BULLETIN_OTHER;
    bulletin->response = BULLETIN_RESPONSE_NONE;
    bulletin->event = 255;
    bulletin->regions = BULLETIN_REGIONS_ALL;
    bulletin->text[BULLETIN_EN] = odd;
}

/* A body of WIRE_BODY_MAX in the plain model. */
static void change_to_longest(struct bulletin *bulletin)
{
    struct bulletin_text *text = &bulletin->text[BULLETIN_EN];
    size_t left = WIRE_TEXT_MAX - 2 - BULLETIN_HEADLINE_MAX - BULLETIN_INSTRUCTION_MAX;
    memset(text->headline, 'h', BULLETIN_HEADLINE_MAX);
    memset(text->instruction, 'i', BULLETIN_INSTRUCTION_MAX);
    memset(text->description, 'd', left);
    text->description[left] = '\0';
}

/* Two elements that no reader knows, to be skipped: type 1 of 3 bytes, type 127 of none. */
static void add_tlvs(struct bytes *body)
{
    static const uint8_t tlvs[] = {0, 7, 1, 3, 'x', 'y', 'z', 127, 0};
    body->data[13] |= 0x02;
    memcpy(body->data + body->size, tlvs, sizeof tlvs);
    body->size += sizeof tlvs;
}

/* What a bulletin is besides the alert that parts_bulletin makes. */
static const struct variant {
    const char *name;
    enum bulletin_kind kind;
    enum bulletin_severity severity;
    uint8_t languages;
    uint32_t follows;
    const char *roster;
    size_t signer_count;
    struct signer signers[3];
    void (*change)(struct bulletin *bulletin);
    bool tlvs;
} variants[] = {
    {"alert-kk-ru-en", BULLETIN_ALERT, BULLETIN_EXTREME, KK | RU | EN, 0, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, NULL, false},
    {"alert-kk-ru", BULLETIN_ALERT, BULLETIN_SEVERE, KK | RU, 0, "staff", 2,
        {{BOLAT, SEED_BOLAT}, {DINA, SEED_DINA}}, NULL, false},
    {"alert-kk-en", BULLETIN_ALERT, BULLETIN_MODERATE, KK | EN, 0, "staff", 2,
        {{AIDA, SEED_AIDA}, {DINA, SEED_DINA}}, NULL, false},
    {"update-ru-en", BULLETIN_UPDATE, BULLETIN_MINOR, RU | EN, NUMBER - 1, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, NULL, false},
    {"retract-kk", BULLETIN_RETRACT, BULLETIN_EXTREME, KK, NUMBER, "staff", 1,
        {{BOLAT, SEED_BOLAT}}, NULL, false},
    {"all-clear-ru", BULLETIN_ALL_CLEAR, BULLETIN_SEVERITY_UNKNOWN, RU, 1, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, NULL, false},
    {"drill-en", BULLETIN_DRILL, BULLETIN_EXTREME, EN, 0, "staff", 3,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}, {DINA, SEED_DINA}}, NULL, false},
    {"one-editor", BULLETIN_ALERT, BULLETIN_EXTREME, EN, 0, "one-approval", 1, {{AIDA, SEED_AIDA}},
        NULL, false},
    {"edges", BULLETIN_ALERT, BULLETIN_EXTREME, EN, 0, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, change_to_edges, false},
    {"longest", BULLETIN_ALERT, BULLETIN_EXTREME, EN, 0, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, change_to_longest, false},
    {"skipped-tlvs", BULLETIN_UPDATE, BULLETIN_EXTREME, EN, NUMBER - 1, "staff", 2,
        {{AIDA, SEED_AIDA}, {BOLAT, SEED_BOLAT}}, NULL, true},
};

static void vary(struct bulletin *bulletin, const struct variant *variant, uint8_t model)
{
    static const struct bulletin_text empty;
    parts_bulletin(bulletin);
    bulletin->kind = variant->kind;
    bulletin->severity = variant->severity;
    bulletin->languages = variant->languages;
    bulletin->follows = variant->follows;
    bulletin->text_model = model;
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++)
        if ((variant->languages >> i & 1) == 0)
            bulletin->text[i] = empty;
    if (variant->change != NULL)
        variant->change(bulletin);
}

static void make_bulletin(struct maker *maker, const struct variant *variant, uint8_t model)
{
    char name[VECTORS_PATH_MAX];
    const char *const names[] = {"bulletins", name, "bulletin"};
    char path[VECTORS_PATH_MAX];
    char code[SEAL_CODE_SIZE];
    struct bulletin bulletin;
    struct bytes bytes;
    (void)snprintf(name, sizeof name, "%s-%s", variant->name, model_names[model]);
    vary(&bulletin, variant, model);
    parts_body(&bytes, &bulletin);
    if (variant->tlvs)
        add_tlvs(&bytes);
    size_t body_size = bytes.size;
    seal_print_code(code, bytes.data, body_size);
    parts_seal(&bytes, variant->signers, variant->signer_count);
    parts_file(maker, path, names, &bytes);
    json_t *approvals = json_array();
    for (size_t i = 0; i < variant->signer_count; i++)
        parts_must(json_array_append_new(approvals, json_integer(variant->signers[i].index)) == 0);
    parts_add(maker,
        json_pack("{s:s, s:s, s:s, s:i, s:s, s:o, s:o, s:o}", "name", name, "file", path, "roster",
            variant->roster, "body_size", (int)body_size, "code", code, "approvals", approvals,
            "bulletin", print_bulletin(&bulletin), "sealed", parts_hex(bytes.data, bytes.size)));
}

static void make_bulletins(struct maker *maker)
{
    parts_begin(maker);
    for (size_t m = 0; m < COUNT(models); m++)
        for (size_t i = 0; i < COUNT(variants); i++)
            make_bulletin(maker, &variants[i], models[m]);
    parts_end(maker, "bulletins.json");
}

static void put_text(struct maker *maker, const char *path, const char *text)
{
    maker->handler(maker->arg, path, (const uint8_t *)text, strlen(text));
}

/* One bulletin with everything that stock tools need to check Aida's approval of it. */
static void make_exports(struct maker *maker)
{
    char text[ARMOUR_TEXT_MAX];
    struct bulletin bulletin;
    struct bytes bytes;
    struct wire_sealed sealed;
    struct key aida;
    parts_key(&aida, SEED_AIDA);
    parts_bulletin(&bulletin);
    parts_body(&bytes, &bulletin);
    maker->handler(maker->arg, "signify/body", bytes.data, bytes.size);
    parts_seal_well(&bytes);
    parts_must(wire_decode_sealed(&sealed, bytes.data, bytes.size) == ERR_OK);
    parts_must(armour_print(text, bytes.data, bytes.size) == ERR_OK);
    put_text(maker, "signify/bulletin.txt", text);
    parts_must(armour_print_signify_key(text, aida.public_key, "Аида") == ERR_OK);
    put_text(maker, "signify/aida.pub", text);
    parts_must(armour_print_signify_signature(
                   text, &sealed.approvals[0], aida.public_key, "Аида") == ERR_OK);
    put_text(maker, "signify/aida.sig", text);
    armour_print_pem(text, aida.public_key);
    put_text(maker, "signify/aida.pem", text);
    maker->handler(
        maker->arg, "signify/aida.raw", sealed.approvals[0].signature, WIRE_SIGNATURE_SIZE);
}

void vectors_make(vectors_handler *handler, void *arg)
{
    struct maker maker = {.handler = handler, .arg = arg};
    make_keys(&maker);
    make_texts(&maker);
    make_rosters(&maker);
    make_bulletins(&maker);
    negatives_make_bulletins(&maker);
    negatives_make_rosters(&maker);
    make_exports(&maker);
    audience_make(&maker);
    stations_make(&maker);
    idents_make(&maker);
}
