/* wire: what is taken as sealed bytes or as a body has exactly one encoding, and nothing is read past its end. */
#include "gateway/bulletin/seal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth)
{
    if (!truth)
        abort();
}

/* Seals it again out of what was taken apart. */
static void check_sealed(const struct wire_sealed *sealed, const uint8_t *data)
{
    uint8_t again[WIRE_SEALED_MAX];
    size_t again_size;
    struct buf_in body;
    check(sealed->size <= WIRE_SEALED_MAX && sealed->body_size <= WIRE_BODY_MAX);
    check(sealed->header.number != 0);
    buf_in_init(&body, sealed->body, sealed->body_size);
    enum err err =
        wire_encode_sealed(again, &again_size, &body, sealed->approvals, sealed->approval_count);
    check(err == ERR_OK && again_size == sealed->size && memcmp(again, data, again_size) == 0);
}

/* Elements are skipped and deflate has many forms; all other bodies must come back byte for byte. */
static void check_body(const struct wire_sealed *sealed)
{
    struct bulletin bulletin;
    uint8_t again[WIRE_BODY_MAX];
    size_t again_size;
    if (wire_decode_bulletin(&bulletin, sealed) != ERR_OK)
        return;
    check(bulletin.kind != BULLETIN_ROSTER);
    bool has_tlv = (sealed->body[13] & 0x02) != 0;
    bool many_forms = bulletin.text_model == BULLETIN_TEXT_MODEL_DEFLATE;
    enum err err = wire_encode_body(again, &again_size, &bulletin);
    if (many_forms)
        return;
    check(err == ERR_OK);
    if (has_tlv)
        return;
    check(again_size == sealed->body_size && memcmp(again, sealed->body, again_size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wire_sealed sealed;
    if (wire_decode_sealed(&sealed, data, size) == ERR_OK) {
        check_sealed(&sealed, data);
        check_body(&sealed);
    }
    if (wire_decode_body(&sealed, data, size) == ERR_OK) {
        check(sealed.size == size);
        check_body(&sealed);
    }
    return 0;
}
