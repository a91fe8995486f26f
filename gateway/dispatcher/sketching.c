#include "gateway/dispatcher/sketching.h"

#include "gateway/base/clock.h"
#include "gateway/base/utf8.h"
#include "gateway/store/sketches.h"

#include <string.h>

static const char *name_of(const struct site *site, uint8_t editor)
{
    const struct roster_editor *found =
        site->has_roster ? roster_find(&site->roster, editor) : NULL;
    return found != NULL ? found->name : "somebody at the command line";
}

static enum err check(
    const struct site *site, char why[MESSAGES_DETAIL_SIZE], const struct message_sketch_put *put)
{
    bool known = put->editor == MESSAGES_NO_EDITOR ||
                 (site->has_roster && roster_find(&site->roster, put->editor) != NULL);
    if (!known) {
        site_explain(why, "editor %u is not in the roster", put->editor);
        return ERR_ROSTER;
    }
    enum err err = utf8_check(put->text, strlen(put->text));
    if (err != ERR_OK)
        site_explain(why, "the sketch is not a text: %s", err_text(err));
    return err;
}

/* The sketch as it is now; one that is new is empty. */
static enum err find(struct site *site, struct message_sketch *sketch,
    char why[MESSAGES_DETAIL_SIZE], const struct message_sketch_put *put)
{
    memset(sketch, 0, sizeof *sketch);
    sketch->closed = 1;
    sketch->author = put->editor;
    if (put->id == 0)
        return ERR_OK;
    enum err err = sketches_get(site->store, sketch, (int64_t)(put->id & INT64_MAX));
    if (err != ERR_OK) {
        site_explain(why, "there is no sketch %llu", (unsigned long long)put->id);
        return err;
    }
    if (sketch->version == put->version)
        return ERR_OK;
    site_explain(why, "%s has changed it meanwhile: read it again", name_of(site, sketch->editor));
    return ERR_STATE;
}

enum err sketching_put(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    const struct message_sketch_put *put = &request->as.sketch_put;
    *reply = (struct message){.type = MESSAGE_SKETCH, .fd = -1};
    struct message_sketch *sketch = &reply->as.sketch;
    enum err err = check(site, why, put);
    if (err == ERR_OK)
        err = find(site, sketch, why, put);
    if (err != ERR_OK)
        return err;
    if (sketch->closed && !put->closed && sketches_count_open(site->store) >= SKETCHES_OPEN_MAX) {
        site_explain(why, "%d sketches are open: close some first", SKETCHES_OPEN_MAX);
        return ERR_FULL;
    }
    sketch->editor = put->editor;
    sketch->draft = put->draft & INT64_MAX;
    sketch->closed = put->closed != 0;
    sketch->at_s = site_now_s(site);
    memcpy(sketch->text, put->text, sizeof sketch->text);
    if (put->id == 0)
        sketches_add(site->store, sketch);
    else
        sketches_save(site->store, sketch);
    if (sketch->closed)
        sketching_purge(site);
    return ERR_OK;
}

enum err sketching_get(struct site *site, struct message *reply, char why[MESSAGES_DETAIL_SIZE],
    const struct message *request)
{
    *reply = (struct message){.type = MESSAGE_SKETCH, .fd = -1};
    enum err err =
        sketches_get(site->store, &reply->as.sketch, (int64_t)(request->as.id.id & INT64_MAX));
    if (err != ERR_OK)
        site_explain(why, "there is no sketch %llu", (unsigned long long)request->as.id.id);
    return err;
}

enum err sketching_list(
    struct site *site, struct peers *peers, struct message *message, int64_t *at, uint64_t id)
{
    (void)peers;
    (void)id;
    *message = (struct message){.type = MESSAGE_SKETCH, .fd = -1};
    enum err err = sketches_next(site->store, &message->as.sketch, *at);
    if (err == ERR_OK)
        *at = (int64_t)message->as.sketch.id;
    return err;
}

void sketching_purge(struct site *site)
{
    sketches_purge(site->store, site_now_s(site) - SKETCHES_KEEP_S);
}
