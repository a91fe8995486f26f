/* phone: a text as a phone shows it, drawn on a terminal: a frame, lines broken between words, a border behind each part.
 *
 *     ┌──────────────────────────────┐
 *     │ АРНА №41 23:05 Мост закрыт:  │
 *     ├─ 1 of 2: 67 of 67 ───────────┤
 *     │ Уральск. (7Q2K)              │
 *     └─ 2 of 2: 15 of 67 ───────────┘
 */
#ifndef GATEWAY_TOOLS_PHONE_H
#define GATEWAY_TOOLS_PHONE_H

#include "modems/segment.h"

/* Draws a text of segment_split on standard output, with the units of each part and what it has room for. */
void phone_draw(const struct segment *segment);

#endif
