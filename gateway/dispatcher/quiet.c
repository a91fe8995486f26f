#include "gateway/dispatcher/quiet.h"

#include "gateway/store/bulletins.h"

#define PAGE 16 /* bulletins looked at at a time */
#define LONGEST_S (60LL * BULLETIN_LIFETIME_MAX_MIN)

/* True if no older one can be in force. */
static bool take(struct message_quiet *quiet, const struct bulletins_entry *row, int64_t now_s)
{
    bool over = row->state == MESSAGE_BULLETIN_EXPIRED || row->state == MESSAGE_BULLETIN_RETRACTED;
    if (row->number > quiet->number)
        quiet->number = row->number;
    if (!over && row->expires_s > now_s && row->expires_s > quiet->until_s)
        quiet->until_s = row->expires_s;
    return row->sent_s + LONGEST_S + BULLETIN_AHEAD_MAX_S < now_s;
}

static void look(struct message_quiet *quiet, struct site *site, int64_t now_s)
{
    uint32_t keys[PAGE], before = UINT32_MAX;
    unsigned count = PAGE;
    while (count == PAGE) {
        count = bulletins_list_latest(site->store, keys, PAGE, before);
        for (unsigned i = 0; i < count; i++) {
            struct bulletins_entry row;
            if (bulletins_get(site->store, &row, keys[i]) == ERR_OK && take(quiet, &row, now_s))
                return;
            before = keys[i];
        }
    }
}

void quiet_fill(struct message_quiet *quiet, struct site *site)
{
    int64_t now_s = site_now_s(site);
    *quiet = (struct message_quiet){.number = 0};
    if (site->has_roster)
        quiet->roster = site->roster_bytes;
    look(quiet, site, now_s);
    if (site->time != TRUST_VERIFIED)
        quiet->until_s = INT64_MAX;
}
