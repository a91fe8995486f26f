#include "audio/bundle.h"

#include "gateway/base/buf.h"
#include "gateway/bulletin/wire.h"

#define COUNT_SIZE 1
#define LENGTH_SIZE 2

enum err bundle_encode(uint8_t bytes[BUNDLE_SIZE_MAX], struct bundle *bundle)
{
    struct buf_out out;
    size_t kept = 0, size = COUNT_SIZE;

    if (bundle->count > BUNDLE_MAX)
        return ERR_LONG;
    for (size_t i = 0; i < bundle->count; i++) {
        const struct bundle_member *member = &bundle->members[i];

        if (member->size == 0 || member->size > WIRE_SEALED_MAX ||
            LENGTH_SIZE + member->size > BUNDLE_SIZE_MAX - size)
            continue;
        size += LENGTH_SIZE + member->size;
        bundle->members[kept++] = *member;
    }
    bundle->count = kept;
    bundle->size = size;
    if (kept == 0)
        return ERR_SHORT;
    buf_out_init(&out, bytes, BUNDLE_SIZE_MAX);
    buf_put_u8(&out, (uint8_t)kept);
    for (size_t i = 0; i < kept; i++) {
        buf_put_u16(&out, (uint16_t)bundle->members[i].size);
        buf_put_bytes(&out, bundle->members[i].sealed, bundle->members[i].size);
    }
    return out.err;
}

enum err bundle_decode(struct bundle *bundle, const uint8_t *bytes, size_t size)
{
    struct buf_in in;

    buf_in_init(&in, bytes, size);
    *bundle = (struct bundle){.count = buf_get_u8(&in)};
    if (in.err)
        return in.err;
    if (bundle->count == 0 || bundle->count > BUNDLE_MAX)
        return ERR_VALUE;
    for (size_t i = 0; i < bundle->count; i++) {
        struct bundle_member *member = &bundle->members[i];

        member->size = buf_get_u16(&in);
        if (!in.err && (member->size == 0 || member->size > WIRE_SEALED_MAX))
            return ERR_VALUE;
        member->sealed = buf_get_view(&in, member->size);
    }
    bundle->size = in.at;
    return in.err;
}
