#include "modems/people_line.h"

#include "gateway/bulletin/area.h"
#include "modems/number.h"

#include <string.h>

#define FIELDS 4

/* Splits at ';' or tab in place; the rest are empty. */
static void split(char *line, char *fields[FIELDS])
{
    static char empty[] = "";
    line[strcspn(line, "\r\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line != NULL ? line : empty;
        line = line != NULL ? strpbrk(line, ";\t") : NULL;
        if (line != NULL)
            *line++ = '\0';
    }
}

static const char *parse_script(uint8_t *latin, const char *script)
{
    *latin = strcmp(script, "latin") == 0;
    if (*latin || script[0] == '\0' || strcmp(script, "cyrillic") == 0)
        return NULL;
    return "the script is cyrillic or latin";
}

bool people_line_is_blank(const char *line)
{
    return line[0] == '#' || line[strspn(line, " \r\n\t")] == '\0';
}

const char *people_line_parse(struct message_subscriber_put *put, char *line)
{
    char *fields[FIELDS];
    char number[NUMBER_SIZE];
    enum bulletin_language language = BULLETIN_KK;
    split(line, fields);
    enum err err = number_parse_mobile(number, fields[0]);
    if (err != ERR_OK)
        return err == ERR_VALUE ? "not a mobile number of Kazakhstan" : "not a phone number";
    memcpy(put->number, number, sizeof number);
    if (fields[1][0] != '\0' && bulletin_parse_language(&language, fields[1]) != ERR_OK)
        return "the language is kk, ru or en";
    put->language = (uint8_t)language;
    put->regions = BULLETIN_COUNTRY;
    if (fields[3][0] != '\0' && area_parse(&put->regions, fields[3]) != ERR_OK)
        return "an unknown region; codes are KZ-10 to KZ-79, KZ is the whole country";
    return parse_script(&put->latin, fields[2]);
}
