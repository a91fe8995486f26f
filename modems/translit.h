/* translit: Kazakh and Russian in Latin letters that fit the GSM 7-bit alphabet, and typographic characters to plain
 * ones that do.
 *
 * Kazakh: the alphabet of 2021 fitted to GSM 7-bit, in which its ğ ş ŋ ū ı are missing: ғ gh, ш sh, ң ñ, ұ u, і i;
 * ä ö ü and q stay. Russian: everyday Latin as people text it: zh ch sh sch yu ya y. All letters are rows of one table
 * (translit.c), whichever language they come from, so that a place name in the other language's letters is read too.
 */
#ifndef MODEMS_TRANSLIT_H
#define MODEMS_TRANSLIT_H

#include "gateway/bulletin/bulletin.h"

#include <stddef.h>

/* Typographic characters (« » “ ” – — № … ’, no-break and thin spaces, bullets, fractions) to what fits GSM 7-bit, and Latin
 * letters that are not in it to their nearest. Invisible ones (soft hyphen, zero-width space) and combining marks are left
 * out. All others, Cyrillic too, stay as they are. Writes a terminated text; ERR_LONG if it does not fit. */
ERR_CHECKED enum err translit_normalize(char *out, size_t size, const char *text);

/* The same, and Cyrillic to Latin by the table of the language (that of Russian for English). A letter that becomes several
 * is "Sh" before or after a small letter and "SH" among capitals. */
ERR_CHECKED enum err translit_print_latin(
    char *out, size_t size, const char *text, enum bulletin_language language);

/* The different characters of a text that are still not in the GSM 7-bit alphabet, in their order, into a terminated text, cut
 * at a whole character: what an editor is shown as the reason for a text that costs three times more. */
void translit_list_misfits(char *out, size_t size, const char *text);

#endif
