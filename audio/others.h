/* others: what the data segments of a programme carry beside its own bulletin: of all that is in force each by itself with its share
 * of the air (carousel.h), those that are older in one bundle (bundle.h). Pure; no heap.
 *
 * What another one of them ends is left out: what is retracted, and what an update or all-clear for all its regions follows.
 */
#ifndef AUDIO_OTHERS_H
#define AUDIO_OTHERS_H

#include "audio/bundle.h"
#include "audio/carousel.h"
#include "gateway/bulletin/bulletin.h"

#define OTHERS_MAX 32 /* in force, the programme's own among them; more are not looked at */
#define OTHERS_SINGLE_MAX                                                                          \
    6 /* go by themselves, those of the greatest weight; the bundle has the rest */
#define OTHERS_OLDER_S 7200 /* sent so long ago: in the bundle */

/* One that is in force. */
struct others_member {
    const uint8_t *sealed; /* accepted; must outlive what is chosen */
    size_t size;
    uint32_t number;
    uint32_t follows;
    enum bulletin_kind kind;
    enum bulletin_severity severity;
    uint32_t regions;
    int64_t sent_s;
};

struct others {
    size_t count;
    struct carousel_item items[OTHERS_SINGLE_MAX + 1];
    uint8_t bundle
        [BUNDLE_SIZE_MAX]; /* the last item's bytes, if there is one; so others is not copied */
};

struct others_member others_describe(
    const struct bulletin *bulletin, const uint8_t *sealed, size_t size);

/* Chooses from members[count], of which the first is the programme's own bulletin: that is only ever in the bundle, which is the same
 * in the programmes of all that are in force. Each programme begins with other symbols. */
void others_choose(
    struct others *others, const struct others_member *members, size_t count, int64_t now_s);

#endif
