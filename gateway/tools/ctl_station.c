#include "gateway/tools/ctl.h"

#include "gateway/base/conf.h"
#include "gateway/tools/keyfile.h"
#include "gateway/tools/link.h"
#include "gateway/tools/output.h"

#include <stdio.h>
#include <string.h>

/* The radio writes the line when it makes its key (audio/station.h). */
static int read_line(char line[KEYFILE_PUBLIC_LINE_MAX], const char *state)
{
    char path[CONF_PATH_MAX + 32];
    (void)snprintf(path, sizeof path, "%s/station/station.key.pub", state);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return args_fail(ARGS_EXIT_GATEWAY,
            "no radio has run on %s; add radio { } to the configuration and start dabyld", state);
    bool whole = fgets(line, KEYFILE_PUBLIC_LINE_MAX, file) != NULL;
    (void)fclose(file);
    struct keyfile_public key;
    if (!whole || keyfile_parse_public(&key, line) != ERR_OK || key.kind != KEYFILE_STATION)
        return args_fail(ARGS_EXIT_INPUT, "%s is no station's public key", path);
    return ARGS_EXIT_OK;
}

static int print(const struct args *args, const char *line)
{
    struct keyfile_public key;
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    if (keyfile_parse_public(&key, line) != ERR_OK)
        return ARGS_EXIT_INPUT;
    seal_print_fingerprint(fingerprint, key.public_key);
    if (!args->json)
        return printf("%s\nfingerprint %s\n", line, fingerprint) < 0 ? ARGS_EXIT_INPUT
                                                                     : ARGS_EXIT_OK;
    struct document *object = document_new_object();
    document_set_text(object, "kind", "station");
    document_set_text(object, "name", key.name);
    document_set_text(object, "fingerprint", fingerprint);
    document_set_text(object, "public", line);
    return output_print(object);
}

int ctl_station_show(const struct args *args)
{
    char state[CONF_PATH_MAX];
    char sender[CONF_SENDER_MAX + 1];
    char line[KEYFILE_PUBLIC_LINE_MAX + 1];
    int code = link_find_site(state, sender, args);
    if (code == ARGS_EXIT_OK)
        code = read_line(line, state);
    if (code != ARGS_EXIT_OK)
        return code;
    size_t size = strcspn(line, "\r\n");
    line[size] = '\n';
    if (args->out != NULL &&
        args_save_file(args->out, (const unsigned char *)line, size + 1, false) != ERR_OK)
        return ARGS_EXIT_INPUT;
    line[size] = '\0';
    return print(args, line);
}
