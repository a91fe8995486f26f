/* normal_ru: the numerals of Russian. For normal_ru*.c alone. */
#ifndef AUDIO_NORMAL_RU_H
#define AUDIO_NORMAL_RU_H

#include "audio/normal_language.h"

enum grammar { NOMINATIVE, GENITIVE, DATIVE, INSTRUMENTAL, PREPOSITIONAL, GRAMMAR_COUNT };

/* What is written after an ordinal's digits, and what is said. */
struct ending;

/* The form after this number: 1, 21 and so on; 2 to 4 and so on; others. */
const char *normal_ru_plural(uint64_t n, const char *one, const char *few, const char *many);
void normal_ru_say_whole(
    struct normal_sink *sink, uint64_t n, enum normal_gender gender, enum grammar grammar);
/* By what is written after the digits, in upper case: "Й", "ГО"; NULL: it makes no ordinal. */
const struct ending *normal_ru_find_ending(const char *written);
void normal_ru_say_ordinal(struct normal_sink *sink, uint64_t n, const struct ending *ending);
/* "5-этажный": the genitive joined to the word. */
void normal_ru_say_compound(struct normal_sink *sink, uint64_t n, const char *word);

#endif
