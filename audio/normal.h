/* normal: text as it is written to text as it is to be spoken: times, phone and service numbers, ordinals, decimals,
 * ranges, units, signs, abbreviations and foreign letters become plain words, which the synthesiser reads right. Pure.
 *
 * Each language is a file of tables and of the grammar of its numbers (normal_kk.c, normal_ru.c, normal_en.c).
 */
#ifndef AUDIO_NORMAL_H
#define AUDIO_NORMAL_H

#include "gateway/base/err.h"
#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

#define NORMAL_TEXT_MAX                                                                            \
    49152 /* suffices for one language of any bulletin, were it all per cent signs */

/* Writes the words of a terminated UTF-8 text, terminated, into words[size]. ERR_LONG if they do not fit. What has no
 * sound (quotes, emoji) is left out. */
ERR_CHECKED enum err normal_text(
    char *words, size_t size, const char *text, enum bulletin_language language);

/* Spells a code letter by letter: "7QK" becomes "seven, Q, Quebec, K, Kilo". Letters A-Z and digits only: ERR_TEXT.
 * ERR_LONG if it does not fit words[size]. */
ERR_CHECKED enum err normal_spell(
    char *words, size_t size, const char *code, enum bulletin_language language);

/* A call sign as radio amateurs say it: "Uniform November seven". The same errors. */
ERR_CHECKED enum err normal_spell_call(
    char *words, size_t size, const char *call, enum bulletin_language language);

#endif
