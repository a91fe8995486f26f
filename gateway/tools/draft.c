#include "gateway/tools/draft.h"

#include "gateway/bulletin/area.h"
#include "gateway/bulletin/json.h"
#include "gateway/bulletin/templates.h"
#include "gateway/tools/output.h"

#include <string.h>

#define SLOT_SIZE 32

/* "place=Aktau" or "ru.place=Актау"; the slot's name goes to slot. */
static int parse_set(struct templates_value *value, char slot[SLOT_SIZE], const char *set)
{
    const char *equals = strchr(set, '=');
    size_t size = equals != NULL ? (size_t)(equals - set) : 0;
    if (size == 0 || size >= SLOT_SIZE)
        return args_fail(ARGS_EXIT_USAGE,
            "--set is '%s'; write SLOT=TEXT, or kk.SLOT=TEXT for one language", set);
    memcpy(slot, set, size);
    slot[size] = '\0';
    *value = (struct templates_value){.slot = slot, .value = equals + 1, .all = true};
    char *dot = strchr(slot, '.');
    if (dot == NULL)
        return ARGS_EXIT_OK;
    *dot = '\0';
    value->slot = dot + 1;
    value->all = false;
    if (bulletin_parse_language(&value->language, slot) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "--set is '%s'; the language may be kk, ru or en", set);
    return ARGS_EXIT_OK;
}

static int fill(struct bulletin *bulletin, const struct args *args)
{
    struct templates_value values[ARGS_SETS_MAX];
    char slots[ARGS_SETS_MAX][SLOT_SIZE];
    char why[TEMPLATES_WHY_SIZE];
    const struct template *template = templates_find(args->template_name);
    if (template == NULL)
        return args_fail(ARGS_EXIT_USAGE,
            "there is no template '%s'; 'dabylctl template list' names them", args->template_name);
    for (unsigned i = 0; i < args->set_count; i++) {
        int code = parse_set(&values[i], slots[i], args->sets[i]);
        if (code != ARGS_EXIT_OK)
            return code;
    }
    if (templates_fill(bulletin, why, template, values, args->set_count) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "template %s: %s", template->name, why);
    return ARGS_EXIT_OK;
}

static int parse_rest(struct bulletin *bulletin, const struct args *args)
{
    long minutes;
    if (args->regions == NULL)
        return args_fail(
            ARGS_EXIT_USAGE, "name the regions: --regions KZ-75 (KZ is the whole country)");
    if (area_parse(&bulletin->regions, args->regions) != ERR_OK)
        return args_fail(ARGS_EXIT_USAGE, "--regions is '%s'; write codes or names", args->regions);
    if (args_number(&minutes, args->lifetime, "--lifetime",
            (const long[]){1, BULLETIN_LIFETIME_MAX_MIN, BULLETIN_LIFETIME_DEFAULT_MIN}) != ERR_OK)
        return ARGS_EXIT_USAGE;
    bulletin->lifetime_min = (uint16_t)minutes;
    return ARGS_EXIT_OK;
}

int draft_fill_template(char *text, size_t *used, size_t size, const struct args *args)
{
    static struct bulletin bulletin;
    int code = fill(&bulletin, args);
    if (code == ARGS_EXIT_OK)
        code = parse_rest(&bulletin, args);
    if (code != ARGS_EXIT_OK)
        return code;
    struct document *draft = json_new_draft(&bulletin);
    *used = document_write(text, size, draft);
    document_free(draft);
    return *used > 0 ? ARGS_EXIT_OK : args_fail(ARGS_EXIT_INPUT, "the draft is too long");
}
