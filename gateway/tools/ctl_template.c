#include "gateway/tools/ctl.h"

#include "gateway/bulletin/templates.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

static struct document *texts_output(
    const struct template *template, enum bulletin_language language)
{
    struct document *object = document_new_object();
    document_set_text(object, "headline", template->text[language].headline);
    document_set_text(object, "instruction", template->text[language].instruction);
    document_set_text(object, "description", template->text[language].description);
    return object;
}

static struct document *slots_output(const struct template *template)
{
    struct document *list = document_new_list();
    for (const char *at = template->slots; *at != '\0'; at += strspn(at, " ")) {
        char slot[32];
        size_t size = strcspn(at, " ");
        (void)snprintf(slot, sizeof slot, "%.*s", (int)size, at);
        document_append_text(list, slot);
        at += size;
    }
    return list;
}

static struct document *template_output(const struct template *template)
{
    struct document *object = document_new_object();
    document_set_text(object, "name", template->name);
    document_set(object, "slots", slots_output(template));
    document_set_text(object, "kind", bulletin_print_kind(template->kind));
    document_set_text(object, "event", template->event);
    document_set_text(object, "category", bulletin_print_category(template->codes.category));
    document_set_text(object, "severity", bulletin_print_severity(template->codes.severity));
    document_set_text(object, "urgency", bulletin_print_urgency(template->codes.urgency));
    document_set_text(object, "certainty", bulletin_print_certainty(template->codes.certainty));
    document_set_text(object, "response", bulletin_print_response(template->codes.response));
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        enum bulletin_language language = (enum bulletin_language)i;
        document_set(object, bulletin_print_language(language), texts_output(template, language));
    }
    return object;
}

int ctl_template_list(const struct args *args)
{
    const struct template *template;
    if (args->word_count != 0)
        return args_fail(ARGS_EXIT_USAGE, "template list takes no words");
    struct document *list = document_new_list();
    for (size_t i = 0; (template = templates_get(i)) != NULL; i++)
        if (args->json)
            document_append(list, template_output(template));
        else
            printf("%-12s %-17s %s\n", template->name, template->slots,
                template->text[BULLETIN_EN].headline);
    if (args->json)
        return output_print(list);
    document_free(list);
    return ARGS_EXIT_OK;
}

static void print_template(const struct template *template)
{
    printf("%s: %s, %s, %s, %s, %s, %s\nslots: %s\n", template->name,
        bulletin_print_kind(template->kind), bulletin_print_category(template->codes.category),
        bulletin_print_severity(template->codes.severity),
        bulletin_print_urgency(template->codes.urgency),
        bulletin_print_certainty(template->codes.certainty),
        bulletin_print_response(template->codes.response),
        template->slots[0] != '\0' ? template->slots : "none");
    for (int i = 0; i < BULLETIN_LANGUAGE_COUNT; i++) {
        const char *description = template->text[i].description;
        printf("\n%s  %s\n    %s\n", bulletin_print_language((enum bulletin_language)i),
            template->text[i].headline, template->text[i].instruction);
        if (description[0] != '\0')
            printf("    %s\n", description);
    }
}

int ctl_template_show(const struct args *args)
{
    if (args->word_count != 1)
        return args_fail(ARGS_EXIT_USAGE, "name one template of 'dabylctl template list'");
    const struct template *template = templates_find(args->words[0]);
    if (template == NULL)
        return args_fail(ARGS_EXIT_USAGE,
            "there is no template '%s'; 'dabylctl template list' names them", args->words[0]);
    if (args->json)
        return output_print(template_output(template));
    print_template(template);
    return ARGS_EXIT_OK;
}
