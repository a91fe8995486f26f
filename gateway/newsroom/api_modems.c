/* api_modems: what an editor tells a modem. */
#include "gateway/base/fields.h"
#include "gateway/messages/states.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"

#include <string.h>

#define ACTION_SIZE 16

void api_modems_control(struct request *request)
{
    struct document *body;
    struct fields in;
    char why[DOCUMENT_WHY_MAX], action[ACTION_SIZE];
    struct message message = {.type = MESSAGE_MODEM_CONTROL, .fd = -1};
    struct message_modem_control *control = &message.as.modem_control;
    const char *name = request->arguments.text[0];
    if (strlen(name) >= sizeof control->name) {
        response_error(request, ERR_MISSING, "there is no modem of this name");
        return;
    }
    if (!ask_parse_body(&body, request))
        return;
    memcpy(control->name, name, strlen(name) + 1);
    fields_init(&in, body, "", why);
    fields_get_text(&in, "action", action, sizeof action);
    if (in.err == ERR_OK && states_parse_control(&control->control, action) != ERR_OK)
        fields_refuse(&in, ERR_VALUE, "action", "must be pause, resume or drain");
    if (ask_end_fields(&in, body, request))
        ask_one(request, &message, NULL);
}
