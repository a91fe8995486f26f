#include "audio/aprs.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define ADDRESSEE "BLN"
#define ADDRESSEE_LETTERS 9
#define HEAD_LETTERS (1 + ADDRESSEE_LETTERS + 1) /* with a colon on each side */
#define NAME_AT 4

static bool is_name(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static char replace(char c)
{
    static const char from[] = "|~{}";
    static const char to[] = "/-()";
    const char *found = c ? strchr(from, c) : NULL;

    if (found)
        return to[found - from];
    return c >= ' ' && c < 0x7f ? c : ' ';
}

void aprs_take_line(char line[APRS_LINE_MAX + 1], const char **text)
{
    const char *start = *text + strspn(*text, " \n");
    size_t size = strlen(start);

    if (size > APRS_LINE_MAX) {
        size = APRS_LINE_MAX + 1;
        while (size > APRS_LINE_LEAST && start[size - 1] != ' ')
            size--;
        size = size > APRS_LINE_LEAST ? size - 1 : APRS_LINE_MAX;
    }
    for (size_t i = 0; i < size; i++)
        line[i] = replace(start[i]);
    line[size] = '\0';
    *text = start + size;
}

enum err aprs_print_line(struct ax25 *frame, const struct aprs_line *line)
{
    char text[HEAD_LETTERS + APRS_LINE_MAX + 1];

    if (ax25_check_call(line->source))
        return ERR_FORMAT;
    if (!is_name(line->name))
        return ERR_VALUE;
    (void)snprintf(text, sizeof(text), ":" ADDRESSEE "%c     :%s", line->name, line->text);
    *frame = (struct ax25){.destination = APRS_DESTINATION, .text_size = strlen(text)};
    memcpy(frame->source, line->source, sizeof(frame->source));
    memcpy(frame->text, text, frame->text_size);
    return ERR_OK;
}

enum err aprs_parse_line(struct aprs_line *line, const struct ax25 *frame)
{
    const uint8_t *text = frame->text;
    size_t size = frame->text_size;

    if (size < HEAD_LETTERS || memcmp(text, ":" ADDRESSEE, NAME_AT) != 0 ||
        !is_name((char)text[NAME_AT]) || text[HEAD_LETTERS - 1] != ':')
        return ERR_MISSING;
    while (size > HEAD_LETTERS && (text[size - 1] == '\r' || text[size - 1] == '\n'))
        size--;
    if (size - HEAD_LETTERS > APRS_LINE_MAX)
        return ERR_LONG;
    memcpy(line->source, frame->source, sizeof(line->source));
    line->name = (char)text[NAME_AT];
    for (size_t i = HEAD_LETTERS; i < size; i++)
        line->text[i - HEAD_LETTERS] = text[i] >= ' ' && text[i] < 0x7f ? (char)text[i] : '.';
    line->text[size - HEAD_LETTERS] = '\0';
    return ERR_OK;
}
