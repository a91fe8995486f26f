#include "gateway/bulletin/quorum.h"

#include <string.h>

static unsigned needed(const struct roster *roster, enum bulletin_kind kind)
{
    return kind == BULLETIN_RETRACT ? 1 : roster->approvals;
}

/* By key, not by index: what counts is people. */
static bool has_counted(
    const struct quorum *quorum, const struct roster *roster, const struct roster_editor *editor)
{
    for (unsigned i = 0; i < quorum->count; i++) {
        const struct roster_editor *other = roster_find(roster, quorum->editors[i]);
        if (other != NULL && memcmp(other->public_key, editor->public_key, SEAL_PUBLIC_SIZE) == 0)
            return true;
    }
    return false;
}

/* Counts one approval, unless its editor is counted already. */
static enum err count_approval(struct quorum *quorum, const struct roster *roster,
    const struct wire_sealed *sealed, const struct wire_approval *approval)
{
    const struct roster_editor *editor = roster_find(roster, approval->editor);
    struct buf_in body;
    if (editor == NULL || !roster_editor_valid(editor, sealed->header.sent_s))
        return ERR_ROSTER;
    buf_in_init(&body, sealed->body, sealed->body_size);
    enum err err = seal_check(approval, &body, editor->public_key);
    if (err == ERR_OK && !has_counted(quorum, roster, editor))
        quorum->editors[quorum->count++] = editor->index;
    return err;
}

enum err quorum_check(
    struct quorum *quorum, const struct roster *roster, const struct wire_sealed *sealed)
{
    uint8_t id[2];
    *quorum = (struct quorum){.needed = needed(roster, sealed->header.kind)};
    if (sealed->header.kind == BULLETIN_ROSTER || sealed->header.number == 0 ||
        sealed->approval_count > WIRE_APPROVALS_MAX)
        return ERR_VALUE;
    seal_newsroom_id(id, roster->newsroom_key);
    if (memcmp(id, sealed->header.newsroom, sizeof id) != 0)
        return ERR_KEY;
    for (unsigned i = 0; i < sealed->approval_count; i++) {
        enum err err = count_approval(quorum, roster, sealed, &sealed->approvals[i]);
        if (err != ERR_OK)
            return err;
    }
    return quorum->count >= quorum->needed && quorum->count > 0 ? ERR_OK : ERR_QUORUM;
}

enum err quorum_accept(struct bulletin *bulletin, struct quorum *quorum,
    const struct roster *roster, const struct wire_sealed *sealed, int64_t now_s)
{
    memset(bulletin, 0, sizeof *bulletin);
    *quorum = (struct quorum){.needed = 2};
    if (roster == NULL)
        return ERR_ROSTER;
    enum err err = quorum_check(quorum, roster, sealed);
    if (err == ERR_OK)
        err = wire_decode_bulletin(bulletin, sealed);
    return err == ERR_OK ? bulletin_check_time(bulletin, now_s) : err;
}
