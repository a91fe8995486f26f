/* gist: the words of a text that people send, as far as they tell what it is about; and whether two of them are about the same.
 * Pure.
 */
#ifndef GATEWAY_DISPATCHER_GIST_H
#define GATEWAY_DISPATCHER_GIST_H

#include "gateway/messages/newsroom.h"

/* The text in capitals: Latin and Cyrillic letters and digits alone, words apart by one space, cut at a whole word where it
 * is too long. Nothing that may be a phone's number is left: digits that stand together are a "*" if they are more than 4, and
 * all are if there are more than 6 in it. The text is terminated and need not be UTF-8. */
void gist_print(char gist[MESSAGES_WORDS_SIZE], const char *text);

/* How many words of one that asks are among the words of one that is known; 0 if they are fewer than half. Look-alikes are
 * alike, endings do not count: one to four letters, by how much is the same before them. Both as gist_print writes them. */
unsigned gist_match(const char *known, const char *asks);

#endif
