/* pack_prime: the priming text of text model 1: warnings as a newsroom might write them, invented, in Kazakh, Russian and
 * English, with the names of regions and cities. UTF-8, in the form of wire.h; each text is ended by 0x00. Some are in all
 * three languages, some in one. Frozen: BLAKE2b-256 of its KZ-1048 bytes, 48,105 with the zeros, is
 * e66331bff82921c13b1acbc1057e87dcefd6da8d97a34d0c546e80a610b2b949
 */
#ifndef GATEWAY_BULLETIN_PACK_PRIME_H
#define GATEWAY_BULLETIN_PACK_PRIME_H

#include <stddef.h>

extern const char *const pack_prime_text;
extern const size_t pack_prime_size; /* bytes of UTF-8 */

#endif
