/* words: what each word that a subscriber may text does: one function a word, one table.
 */
#ifndef GATEWAY_DISPATCHER_WORDS_H
#define GATEWAY_DISPATCHER_WORDS_H

#include "gateway/dispatcher/answers.h"

/* Carries out talk->command. All of it happens in the open transaction. */
void words_obey(struct answers_talk *talk);

#endif
