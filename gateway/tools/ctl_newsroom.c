#include "gateway/tools/ctl.h"

#include "gateway/tools/link.h"
#include "gateway/tools/output.h"
#include "gateway/tools/qr.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LINE_SIZE 512

/* The newsroom's process writes it at each start: the address, then the certificate's fingerprint. */
struct shown {
    char address[LINE_SIZE];
    char fingerprint[LINE_SIZE];
};

static int read_shown(struct shown *shown, const char *state)
{
    char path[CONF_PATH_MAX + 16];
    (void)snprintf(path, sizeof path, "%s/newsroom/show", state);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return args_fail(ARGS_EXIT_GATEWAY,
            "no newsroom has run on %s; add newsroom { } to the configuration and start dabyld",
            state);
    bool whole = fgets(shown->address, LINE_SIZE, file) != NULL &&
                 fgets(shown->fingerprint, LINE_SIZE, file) != NULL;
    (void)fclose(file);
    if (!whole)
        return args_fail(ARGS_EXIT_INPUT, "%s is not whole; start the gateway anew", path);
    shown->address[strcspn(shown->address, "\n")] = '\0';
    shown->fingerprint[strcspn(shown->fingerprint, "\n")] = '\0';
    return ARGS_EXIT_OK;
}

int ctl_newsroom_show(const struct args *args)
{
    char state[CONF_PATH_MAX];
    char sender[CONF_SENDER_MAX + 1];
    struct shown shown;
    int code = link_find_site(state, sender, args);
    if (code == ARGS_EXIT_OK)
        code = read_shown(&shown, state);
    if (code != ARGS_EXIT_OK)
        return code;
    if (args->json) {
        struct document *document = document_new_object();
        document_set_text(document, "address", shown.address);
        document_set_text(document, "certificate", shown.fingerprint);
        return output_print(document);
    }
    printf("address      %s\n"
           "certificate  SHA-256 %s\n"
           "The browser does not know this certificate and says so once: compare this fingerprint "
           "with what it shows,\nthen accept it.\n",
        shown.address, shown.fingerprint);
    if (qr_print(stdout, shown.address) != ERR_OK)
        return args_fail(ARGS_EXIT_INPUT, "the address is too long for a QR code");
    return ARGS_EXIT_OK;
}
