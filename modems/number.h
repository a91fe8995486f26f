/* number: phone numbers: subscribers' mobiles in one form, which senders may be answered, and how a number is shown.
 *
 * Kazakhstan: country code 7 and ten digits, national prefix 8, international prefix 00. Numbers are portable between
 * operators, so nothing is read from a prefix but that it is a mobile.
 */
#ifndef MODEMS_NUMBER_H
#define MODEMS_NUMBER_H

#include "gateway/base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_SIZE 13      /* "+77011234567" and a NUL */
#define NUMBER_MASK_SIZE 48 /* what number_mask writes at most, with its NUL */

enum number_class {
    NUMBER_MOBILE, /* a Kazakh mobile */
    NUMBER_OTHER, /* a phone number, but not of a Kazakh mobile: abroad, fixed, an unknown prefix */
    NUMBER_SHORT, /* a service: six digits or fewer */
    NUMBER_LETTERS, /* an alphanumeric sender, or no number at all */
    NUMBER_CLASS_COUNT
};

/* A Kazakh mobile as people write it ("8 (701) 123-45-67", "7011234567", "007 7011234567") to "+77011234567".
 * Spaces, dashes, dots and brackets are ignored. ERR_FORMAT if it is no phone number, ERR_VALUE if it is one but not of a
 * Kazakh mobile. */
ERR_CHECKED enum err number_parse_mobile(char number[NUMBER_SIZE], const char *text);

enum number_class number_classify(const char *text);

/* May the sender of an inbound text be answered? Only Kazakh mobiles: letters and short codes are machines, which
 * answer back without end, and numbers abroad are how strangers spend a gateway's credit. */
bool number_can_answer(const char *sender);

/* How a number may be shown: "+7 7•• ••• ••42" for a mobile; of other numbers of seven digits and more only the last
 * two stay; short codes and letters are shown as they are, cut to the room. */
void number_mask(char mask[NUMBER_MASK_SIZE], const char *text);

#endif
