/* qr: a QR code (ISO/IEC 18004) for a terminal. The seam to libqrencode.
 */
#ifndef GATEWAY_TOOLS_QR_H
#define GATEWAY_TOOLS_QR_H

#include "gateway/base/err.h"

#include <stdio.h>

/* Two rows of dots to a line of half blocks, a quiet zone of four dots around, dark on light whatever the terminal's
 * colours. ERR_LONG if the text does not fit. */
ERR_CHECKED enum err qr_print(FILE *to, const char *text);

#endif
