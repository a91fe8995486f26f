/* cap_import: a CAP 1.2 message from elsewhere to a draft, which editors read, complete and sign as their own. Nothing of it is
 * believed: its signatures are not looked at, and what a draft has no place for is named in a note. Pure.
 *
 *   status Exercise, Test     a drill, whatever the msgType          msgType Alert, Update, Cancel   alert, update, all-clear
 *   category, responseType    the first one                          severity, urgency, certainty    as they are
 *   event                     one of the phrase book, if its name is  expires - sent                  lifetime_min
 *   language kk.., ru.., en.. headline, instruction, description      area                            geocode ISO3166-2, or
 *                             of the first info in each                                               names of our regions
 */
#ifndef GATEWAY_BULLETIN_CAP_IMPORT_H
#define GATEWAY_BULLETIN_CAP_IMPORT_H

#include "gateway/bulletin/bulletin.h"
#include "gateway/bulletin/cap_rules.h"

#define CAP_NOTES_MAX 48
#define CAP_NOTE_MAX 240
#define CAP_SEALED_PARAMETER                                                                       \
    "dabyl:sealed" /* valueName of the parameter with sealed bytes in base64 */

/* The draft may be incomplete: no regions, nothing that it follows. */
struct cap_draft {
    struct bulletin bulletin;
    unsigned note_count;
    char notes[CAP_NOTES_MAX][CAP_NOTE_MAX]; /* one line each, UTF-8 */
};

/* Reads xml[0..size) into draft; tree is room to work in. ERR_FORMAT, ERR_VALUE, ERR_LONG as cap_xml.h and cap_rules.h say;
 * ERR_VALUE also for what speaks to machines alone (status System or Draft, msgType Ack or Error) or has no text in any of our
 * languages. fault says which rule is broken. */
ERR_CHECKED enum err cap_import(struct cap_draft *draft, struct cap_fault *fault,
    struct cap_tree *tree, const char *xml, size_t size);

#endif
