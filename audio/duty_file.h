/* duty_file: the record of keyed time on disk ("keyed", duty.h), so that a transmitter whose program is started again and again is
 * keyed for no more than its share.
 */
#ifndef AUDIO_DUTY_FILE_H
#define AUDIO_DUTY_FILE_H

#include "audio/duty.h"

/* What was kept; nothing where there is no file; the whole share, with a line in the log, where it can't be read or understood. */
void duty_file_load(struct duty *duty, const char *directory, unsigned percent);
/* Blocks for the disk. A failure is logged. */
void duty_file_save(const struct duty *duty, const char *directory);

#endif
