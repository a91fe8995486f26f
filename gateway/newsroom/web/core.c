#include "gateway/newsroom/web/core.h"

#include "audio/script.h"
#include "gateway/bulletin/area.h"
#include "gateway/bulletin/complete.h"
#include "gateway/bulletin/phrases.h"
#include "gateway/bulletin/templates.h"
#include "gateway/bulletin/wire.h"
#include "gateway/newsroom/web/core_names.h"
#include "modems/compose.h"
#include "modems/translit.h"

#include <stdio.h>
#include <string.h>

#define VALUES_MAX 32
#define SLOT_MAX 16

/* A slot's value as it was given; templates_fill checks it. */
struct value {
    char slot[SLOT_MAX + 1];
    char value[TEMPLATES_VALUE_MAX + 2]; /* one byte over the maximum, so that too long is seen */
    enum bulletin_language language;
    bool all;
};

struct core {
    uint8_t in[CORE_IN_SIZE];
    char out[NORMAL_TEXT_MAX];
    size_t out_size;
    const char *why;
    char template_why[TEMPLATES_WHY_SIZE];
    struct bulletin bulletin;
    struct wire_sealed sealed;
    struct value values[VALUES_MAX];
    size_t value_count;
    char words[CORE_WORD_COUNT][COMPOSE_NAME_MAX + 1];
    struct compose compose;
    struct segment segment;
};

static struct core core;

/* ---- passing texts ---- */

uint8_t *core_in(void)
{
    return core.in;
}

size_t core_in_size(void)
{
    return CORE_IN_SIZE;
}

const char *core_out(void)
{
    return core.out;
}

size_t core_out_size(void)
{
    return core.out_size;
}

const char *core_why(void)
{
    return core.why != NULL ? core.why : "";
}

static enum err refuse(enum err err, const char *why)
{
    core.why = why;
    return err;
}

/* core_in[from..size) as a terminated text. */
static enum err take_text(char *text, size_t room, size_t from, size_t size)
{
    if (size > CORE_IN_SIZE || from > size || size - from >= room)
        return refuse(ERR_LONG, NULL);
    memcpy(text, core.in + from, size - from);
    text[size - from] = '\0';
    return ERR_OK;
}

static enum err give(enum err err)
{
    core.out_size = err == ERR_OK ? strlen(core.out) : 0;
    return refuse(err, NULL);
}

/* ---- the bulletin ---- */

#define NUMBER_BITS_MAX 53 /* whole numbers up to 2^53 are exact in JavaScript */

int core_find_event(size_t size)
{
    char name[COMPOSE_NAME_MAX];
    uint8_t event = 0;
    if (take_text(name, sizeof name, 0, size) != ERR_OK ||
        phrases_event_parse(&event, name) != ERR_OK)
        return -1;
    return event;
}

int core_find_area(size_t size)
{
    char code[COMPOSE_NAME_MAX];
    if (take_text(code, sizeof code, 0, size) != ERR_OK)
        return -1;
    const struct area *area = area_find_code(code);
    return area != NULL ? area->bit : -1;
}

void core_clear(void)
{
    core.bulletin = (struct bulletin){
        .lifetime_min = BULLETIN_LIFETIME_DEFAULT_MIN,
        .category = BULLETIN_OTHER,
        .response = BULLETIN_RESPONSE_NONE,
        .text_model = BULLETIN_TEXT_MODEL_MIXER,
    };
}

/* Fields are little-endian in memory, as all of WebAssembly is: the low bytes of the number are the field. */
enum err core_set(unsigned field, double value)
{
    if (field >= CORE_NAMES_FIELD_COUNT)
        return refuse(ERR_MISSING, NULL);
    unsigned bits = (unsigned)core_names_fields[field].size * 8;
    double limit = (double)(1ull << (bits < NUMBER_BITS_MAX ? bits : NUMBER_BITS_MAX));
    if (!(value >= 0 && value < limit) || (double)(uint64_t)value != value)
        return refuse(ERR_VALUE, core_names_fields[field].name);
    uint64_t number = (uint64_t)value;
    memcpy((char *)&core.bulletin + core_names_fields[field].offset, &number,
        core_names_fields[field].size);
    return ERR_OK;
}

double core_get(unsigned field)
{
    uint64_t number = 0;
    if (field < CORE_NAMES_FIELD_COUNT)
        memcpy(&number, (const char *)&core.bulletin + core_names_fields[field].offset,
            core_names_fields[field].size);
    return (double)number;
}

enum err core_set_text(enum bulletin_language language, unsigned text, size_t size)
{
    if ((unsigned)language >= BULLETIN_LANGUAGE_COUNT || text >= CORE_NAMES_TEXT_COUNT)
        return refuse(ERR_MISSING, NULL);
    char *to = (char *)&core.bulletin.text[language] + core_names_texts[text].offset;
    return take_text(to, core_names_texts[text].max + 1, 0, size);
}

const char *core_text(enum bulletin_language language, unsigned text)
{
    if ((unsigned)language >= BULLETIN_LANGUAGE_COUNT || text >= CORE_NAMES_TEXT_COUNT)
        return "";
    return (const char *)&core.bulletin.text[language] + core_names_texts[text].offset;
}

size_t core_text_max(unsigned text)
{
    return text < CORE_NAMES_TEXT_COUNT ? core_names_texts[text].max : 0;
}

enum err core_check(void)
{
    const char *why = NULL;
    enum err err = core.bulletin.number == 0 ? bulletin_check_draft(&core.bulletin, &why)
                                             : bulletin_check(&core.bulletin, &why);
    return refuse(err, why);
}

unsigned core_find_missing(void)
{
    return complete_find_missing(&core.bulletin);
}

enum err core_check_complete(void)
{
    const char *why = NULL;
    enum err err = complete_check(&core.bulletin, &why);
    return refuse(err, why);
}

enum err core_encode(void)
{
    enum err err = wire_encode_body((uint8_t *)core.out, &core.out_size, &core.bulletin);
    if (err != ERR_OK)
        core.out_size = 0;
    return refuse(err, NULL);
}

enum err core_decode_sealed(size_t size)
{
    if (size > CORE_IN_SIZE)
        return refuse(ERR_LONG, NULL);
    enum err err = wire_decode_sealed(&core.sealed, core.in, size);
    if (err == ERR_OK && core.sealed.size != size)
        err = ERR_FORMAT;
    if (err == ERR_OK)
        err = wire_decode_bulletin(&core.bulletin, &core.sealed);
    return refuse(err, NULL);
}

enum err core_decode_body(size_t size)
{
    if (size > CORE_IN_SIZE)
        return refuse(ERR_LONG, NULL);
    enum err err = wire_decode_body(&core.sealed, core.in, size);
    if (err == ERR_OK)
        err = wire_decode_bulletin(&core.bulletin, &core.sealed);
    return refuse(err, NULL);
}

size_t core_body_size(void)
{
    return core.sealed.body_size;
}

unsigned core_approval_count(void)
{
    return core.sealed.approval_count;
}

const uint8_t *core_approval(unsigned index)
{
    _Static_assert(sizeof(struct wire_approval) == WIRE_APPROVAL_SIZE, "an approval as it travels");
    return index < WIRE_APPROVALS_MAX ? &core.sealed.approvals[index].editor : NULL;
}

/* ---- templates ---- */

static void load_texts(const struct template *template)
{
    for (unsigned i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        struct bulletin_text *to = &core.bulletin.text[i];
        (void)snprintf(to->headline, sizeof to->headline, "%s", template->text[i].headline);
        (void)snprintf(
            to->instruction, sizeof to->instruction, "%s", template->text[i].instruction);
        (void)snprintf(
            to->description, sizeof to->description, "%s", template->text[i].description);
    }
}

enum err core_load_template(unsigned index)
{
    const struct template *template = templates_get(index);
    core.value_count = 0;
    if (template == NULL)
        return refuse(ERR_MISSING, NULL);
    core_clear();
    core.bulletin.kind = template->kind;
    core.bulletin.severity = template->codes.severity;
    core.bulletin.urgency = template->codes.urgency;
    core.bulletin.certainty = template->codes.certainty;
    core.bulletin.category = template->codes.category;
    core.bulletin.response = template->codes.response;
    core.bulletin.languages = (1u << BULLETIN_LANGUAGE_COUNT) - 1;
    load_texts(template);
    return phrases_event_parse(&core.bulletin.event, template->event);
}

enum err core_add_value(enum bulletin_language language, size_t size)
{
    if (core.value_count == VALUES_MAX || size > CORE_IN_SIZE)
        return refuse(ERR_LONG, NULL);
    size_t slot_size = strnlen((const char *)core.in, size);
    struct value *value = &core.values[core.value_count];
    if (slot_size == size)
        return refuse(ERR_FORMAT, NULL);
    enum err err = take_text(value->slot, sizeof value->slot, 0, slot_size);
    if (err == ERR_OK)
        err = take_text(value->value, sizeof value->value, slot_size + 1, size);
    value->all = language == BULLETIN_LANGUAGE_COUNT;
    value->language = value->all ? BULLETIN_KK : language;
    if (err == ERR_OK)
        core.value_count++;
    return err;
}

enum err core_fill_template(unsigned index)
{
    struct templates_value values[VALUES_MAX];
    const struct template *template = templates_get(index);
    if (template == NULL)
        return refuse(ERR_MISSING, NULL);
    for (size_t i = 0; i < core.value_count; i++) {
        const struct value *value = &core.values[i];
        values[i] =
            (struct templates_value){value->slot, value->value, value->language, value->all};
    }
    enum err err =
        templates_fill(&core.bulletin, core.template_why, template, values, core.value_count);
    return refuse(err, core.template_why);
}

/* ---- what people read and hear ---- */

enum err core_set_word(enum core_word word, size_t size)
{
    if ((unsigned)word >= CORE_WORD_COUNT)
        return refuse(ERR_MISSING, NULL);
    return take_text(core.words[word], sizeof core.words[word], 0, size);
}

enum err core_compose(enum bulletin_language language, bool latin, unsigned parts)
{
    const struct compose_request request = {
        .bulletin = &core.bulletin,
        .language = language,
        .latin = latin,
        .parts = parts,
        .sender = core.words[CORE_SENDER],
        .code = core.words[CORE_CODE],
        .word = core.words[CORE_OWN_WORD],
    };
    if ((unsigned)language >= BULLETIN_LANGUAGE_COUNT)
        return refuse(ERR_VALUE, NULL);
    enum err err = compose_text(&core.compose, &request);
    if (err == ERR_OK)
        err = segment_split(&core.segment, core.compose.text, SEGMENT_REFERENCE_8, 0);
    if (err == ERR_OK)
        memcpy(core.out, core.compose.text, sizeof core.compose.text);
    return give(err);
}

unsigned core_measure(enum core_measure measure)
{
    const struct compose *compose = &core.compose;
    enum message_coding coding = core.segment.coding;
    switch (measure) {
    case CORE_UNITS:
        return (unsigned)compose->size.units;
    case CORE_UNITS_PER_PART:
        return segment_room(coding, core.segment.count > 1);
    case CORE_IS_UCS2:
        return coding != MESSAGE_GSM7;
    case CORE_LEFT_SENTENCES:
        return compose->left_sentences;
    case CORE_LEFT_BYTES:
        return (unsigned)compose->left_bytes;
    case CORE_MORE:
        return compose->more;
    case CORE_OVER:
        return compose->over;
    case CORE_PART_COUNT:
        return core.segment.count;
    default:
        return 0;
    }
}

size_t core_part_size(unsigned part)
{
    return part < core.segment.count ? core.segment.part[part].size : 0;
}

void core_list_misfits(void)
{
    translit_list_misfits(core.out, sizeof core.out, core.compose.text);
    (void)give(ERR_OK);
}

enum err core_print_latin(enum bulletin_language language, size_t size)
{
    char text[CORE_IN_SIZE];
    if ((unsigned)language >= BULLETIN_LANGUAGE_COUNT)
        return refuse(ERR_VALUE, NULL);
    enum err err = take_text(text, sizeof text, 0, size);
    if (err == ERR_OK)
        err = translit_print_latin(core.out, sizeof core.out, text, language);
    return give(err);
}

enum err core_write_script(enum bulletin_language language, bool brief)
{
    const struct script script = {
        .bulletin = &core.bulletin,
        .code = core.words[CORE_CODE],
        .sender = core.words[CORE_SENDER],
        .language = language,
        .brief = brief,
    };
    if ((unsigned)language >= BULLETIN_LANGUAGE_COUNT)
        return refuse(ERR_VALUE, NULL);
    return give(script_write(core.out, sizeof core.out, &script));
}
