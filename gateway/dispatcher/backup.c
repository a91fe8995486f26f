#include "gateway/dispatcher/backup.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/store/copy.h"

#include <stdio.h>

enum err backup_begin(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    (void)request;
    copy_end(site->copy);
    site->copy = NULL;
    enum err err = copy_begin(&site->copy, site->store, site_now_s(site));
    if (err != ERR_OK) {
        site_explain(why, "no copy of the store can be made: %s", err_text(err));
        return err;
    }
    site_audit(site, "backup", "a copy of the store");
    log_info("backup_begun");
    *reply = (struct message){.type = MESSAGE_OK, .fd = -1};
    return ERR_OK;
}

static void print_failure(struct message *message, enum err err)
{
    *message = (struct message){.type = MESSAGE_REFUSED, .fd = -1};
    message->as.refused.result = (uint8_t)err;
    (void)snprintf(message->as.refused.detail, sizeof message->as.refused.detail,
        "the copy of the store could not be made: %s", err_text(err));
}

enum err backup_step(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    uint32_t left = 0;
    (void)peers;
    (void)at;
    (void)id;
    if (site->copy == NULL)
        return ERR_MISSING;
    enum err err = copy_step(site->copy, &left);
    *message = (struct message){.type = MESSAGE_OK, .fd = -1};
    message->as.ok.value = left;
    if (err == ERR_BUSY)
        return ERR_OK;
    copy_end(site->copy);
    site->copy = NULL;
    if (err == ERR_OK)
        log_info("backup_copied");
    else
        print_failure(message, err);
    return ERR_OK;
}
