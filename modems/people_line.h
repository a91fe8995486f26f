/* people_line: a line of a list of subscribers, NUMBER;LANGUAGE;SCRIPT;REGIONS, also apart by tabs. All but the number may be
 * left out: kk, cyrillic, KZ (the whole country). Pure.
 */
#ifndef MODEMS_PEOPLE_LINE_H
#define MODEMS_PEOPLE_LINE_H

#include "gateway/messages/messages.h"

#include <stdbool.h>

#define PEOPLE_LINE_MAX 512 /* bytes with the NUL */

/* Whether it says nothing: empty, or begins with '#'. */
bool people_line_is_blank(const char *line);
/* Reads a terminated line, which is changed; put's consent and tester are left alone. NULL, or a static phrase of why it is
 * wrong, which never holds a number. */
const char *people_line_parse(struct message_subscriber_put *put, char *line);

#endif
