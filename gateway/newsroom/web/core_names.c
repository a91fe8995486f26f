#include "gateway/newsroom/web/core_names.h"

#include "gateway/bulletin/area.h"
#include "gateway/bulletin/complete.h"
#include "gateway/bulletin/phrases.h"
#include "gateway/bulletin/templates.h"
#include "gateway/newsroom/web/core.h"

#define SIZE(name) sizeof(((struct bulletin *)NULL)->name)
#define FIELD(name)                                                                                \
    {                                                                                              \
#name, offsetof(struct bulletin, name), SIZE(name)                                         \
    }

const struct core_names_field core_names_fields[CORE_NAMES_FIELD_COUNT] = {
    FIELD(number),
    FIELD(sent_s),
    FIELD(lifetime_min),
    FIELD(kind),
    FIELD(severity),
    FIELD(urgency),
    FIELD(certainty),
    FIELD(category),
    FIELD(response),
    FIELD(event),
    FIELD(regions),
    FIELD(languages),
    FIELD(text_model),
    FIELD(follows),
    FIELD(newsroom),
    FIELD(audit_head),
    FIELD(everyone),
};

const struct core_names_text core_names_texts[CORE_NAMES_TEXT_COUNT] = {
    {"headline", offsetof(struct bulletin_text, headline), BULLETIN_HEADLINE_MAX},
    {"instruction", offsetof(struct bulletin_text, instruction), BULLETIN_INSTRUCTION_MAX},
    {"description", offsetof(struct bulletin_text, description), BULLETIN_DESCRIPTION_MAX},
};

typedef const char *name_entry(unsigned index, enum bulletin_language language);

/* A list whose entries are the same in every language: VALUE is its name at index, below COUNT. */
#define LIST(function, count, value)                                                               \
    static const char *function(unsigned index, enum bulletin_language language)                   \
    {                                                                                              \
        (void)language;                                                                            \
        return index < (count) ? (value) : NULL;                                                   \
    }

LIST(name_field, CORE_NAMES_FIELD_COUNT, core_names_fields[index].name)
LIST(name_kind, BULLETIN_ROSTER, bulletin_print_kind((enum bulletin_kind)index))
LIST(name_severity, BULLETIN_SEVERITY_COUNT, bulletin_print_severity((enum bulletin_severity)index))
LIST(name_urgency, BULLETIN_URGENCY_COUNT, bulletin_print_urgency((enum bulletin_urgency)index))
LIST(name_certainty, BULLETIN_CERTAINTY_COUNT,
    bulletin_print_certainty((enum bulletin_certainty)index))
LIST(name_category, BULLETIN_CATEGORY_COUNT, bulletin_print_category((enum bulletin_category)index))
LIST(name_response, BULLETIN_RESPONSE_COUNT, bulletin_print_response((enum bulletin_response)index))
LIST(name_language, BULLETIN_LANGUAGE_COUNT, bulletin_print_language((enum bulletin_language)index))
LIST(name_text, CORE_NAMES_TEXT_COUNT, core_names_texts[index].name)
LIST(name_error, ERR_COUNT, err_name((enum err)index))
LIST(name_error_text, ERR_COUNT, err_text((enum err)index))
LIST(name_event, UINT8_MAX, phrases_event_name((uint8_t)(index + 1)))
LIST(name_area_code, AREA_COUNT, area_find_bit(index)->code)
LIST(name_part, COMPLETE_PART_COUNT, complete_print_part((enum complete_part)index))

static const char *name_event_word(unsigned index, enum bulletin_language language)
{
    return index < UINT8_MAX ? phrases_event_word((uint8_t)(index + 1), language) : NULL;
}

static const char *name_area(unsigned index, enum bulletin_language language)
{
    return index < AREA_COUNT ? area_find_bit(index)->name[language] : NULL;
}

static const char *name_area_centre(unsigned index, enum bulletin_language language)
{
    if (index >= AREA_COUNT)
        return NULL;
    const char *centre = area_find_bit(index)->centre[language];
    return centre != NULL ? centre : "";
}

static const char *name_template(unsigned index, enum bulletin_language language)
{
    const struct template *template = templates_get(index);
    (void)language;
    return template != NULL ? template->name : NULL;
}

static const char *name_template_slots(unsigned index, enum bulletin_language language)
{
    const struct template *template = templates_get(index);
    (void)language;
    return template != NULL ? template->slots : NULL;
}

static name_entry *const lists[CORE_LIST_COUNT] = {
    [CORE_FIELDS] = name_field,
    [CORE_KINDS] = name_kind,
    [CORE_SEVERITIES] = name_severity,
    [CORE_URGENCIES] = name_urgency,
    [CORE_CERTAINTIES] = name_certainty,
    [CORE_CATEGORIES] = name_category,
    [CORE_RESPONSES] = name_response,
    [CORE_LANGUAGES] = name_language,
    [CORE_TEXTS] = name_text,
    [CORE_ERRORS] = name_error,
    [CORE_ERROR_TEXTS] = name_error_text,
    [CORE_EVENTS] = name_event,
    [CORE_EVENT_WORDS] = name_event_word,
    [CORE_AREA_CODES] = name_area_code,
    [CORE_AREA_NAMES] = name_area,
    [CORE_AREA_CENTRES] = name_area_centre,
    [CORE_TEMPLATES] = name_template,
    [CORE_TEMPLATE_SLOTS] = name_template_slots,
    [CORE_PARTS] = name_part,
};

const char *core_name(enum core_list list, unsigned index, enum bulletin_language language)
{
    bool known = (unsigned)list < CORE_LIST_COUNT && (unsigned)language < BULLETIN_LANGUAGE_COUNT;
    return known ? lists[list](index, language) : NULL;
}
