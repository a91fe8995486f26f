/* ear: a receiver at a sound card that is listened to before the transmitter is keyed: how loud it is.
 */
#ifndef AUDIO_EAR_H
#define AUDIO_EAR_H

#include "gateway/base/err.h"

struct ear;

/* ERR_BUSY, ERR_DEVICE: it can't be listened to. Close with ear_close. Does not block, as all here. */
ERR_CHECKED enum err ear_open(struct ear **ear, const char *card);
/* Takes what has been received. ERR_DEVICE: it has gone. */
ERR_CHECKED enum err ear_listen(struct ear *ear);
/* Of what was taken since it was opened, or since the last ear_forget; full scale is 0. */
double ear_dbfs(const struct ear *ear);
void ear_forget(struct ear *ear);
/* NULL is allowed. */
void ear_close(struct ear *ear);

#endif
