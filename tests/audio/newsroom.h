/* newsroom: for tests of the radio side: a newsroom with editors from fixed seeds, its roster and sealed bulletins.
 * Included by tests only.
 */
#ifndef TESTS_AUDIO_NEWSROOM_H
#define TESTS_AUDIO_NEWSROOM_H

#include "gateway/bulletin/quorum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEWSROOM_EDITORS 3
#define NEWSROOM_SENT_S (BULLETIN_EPOCH_S + 40000000) /* of every bulletin */

struct newsroom {
    struct roster roster;
    char fingerprint[SEAL_FINGERPRINT_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE];
    uint8_t editor_secrets[NEWSROOM_EDITORS][SEAL_SECRET_SIZE];
};

struct sealed {
    size_t size;
    uint8_t bytes[WIRE_SEALED_MAX];
};

static inline void newsroom_must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "newsroom: %s\n", what);
    abort();
}

static inline void newsroom_make(struct newsroom *newsroom, uint8_t salt)
{
    static const char *const names[NEWSROOM_EDITORS] = {"Aida", "Marat", "Ольга"};
    uint8_t seed[SEAL_SEED_SIZE] = {salt, 1};
    memset(newsroom, 0, sizeof *newsroom);
    newsroom_must(seal_init() == ERR_OK, "libsodium");
    struct roster *roster = &newsroom->roster;
    seal_keypair(roster->newsroom_key, newsroom->secret, seed);
    seal_print_fingerprint(newsroom->fingerprint, roster->newsroom_key);
    roster->number = 7;
    roster->sent_s = NEWSROOM_SENT_S - 86400;
    roster->approvals = 2;
    roster->editor_count = NEWSROOM_EDITORS;
    for (uint8_t i = 0; i < NEWSROOM_EDITORS; i++) {
        struct roster_editor *editor = &roster->editors[i];
        seed[1] = (uint8_t)(10 + i);
        seal_keypair(editor->public_key, newsroom->editor_secrets[i], seed);
        editor->index = i;
        snprintf(editor->name, sizeof editor->name, "%s", names[i]);
        editor->from_s = roster->sent_s;
        editor->until_s = NEWSROOM_SENT_S + 86400 * 100;
    }
}

static inline struct sealed newsroom_seal_roster(const struct newsroom *newsroom)
{
    struct sealed sealed;
    newsroom_must(
        roster_seal(sealed.bytes, &sealed.size, &newsroom->roster, newsroom->secret) == ERR_OK,
        "roster");
    return sealed;
}

static inline struct bulletin newsroom_bulletin(const struct newsroom *newsroom, uint32_t number)
{
    struct bulletin bulletin = {.number = number,
        .sent_s = NEWSROOM_SENT_S,
        .lifetime_min = 360,
        .severity = BULLETIN_EXTREME,
        .category = BULLETIN_SAFETY,
        .regions = 1u << 20,
        .languages = 1 << BULLETIN_RU | 1 << BULLETIN_EN,
        .text_model = BULLETIN_TEXT_MODEL_PLAIN};
    seal_newsroom_id(bulletin.newsroom, newsroom->roster.newsroom_key);
    snprintf(bulletin.text[BULLETIN_RU].headline, BULLETIN_HEADLINE_MAX,
        "Опасность: паводок в низовьях реки");
    snprintf(bulletin.text[BULLETIN_RU].instruction, BULLETIN_INSTRUCTION_MAX,
        "Уходите на возвышенность, помогите соседям.");
    snprintf(bulletin.text[BULLETIN_EN].headline, BULLETIN_HEADLINE_MAX,
        "Danger: flood in the lower valley");
    snprintf(bulletin.text[BULLETIN_EN].instruction, BULLETIN_INSTRUCTION_MAX,
        "Go to high ground, help your neighbours.");
    return bulletin;
}

/* Sealed by the editors whose bits are set in signers. */
static inline struct sealed newsroom_seal(
    const struct newsroom *newsroom, const struct bulletin *bulletin, unsigned signers)
{
    struct sealed sealed;
    struct wire_approval approvals[NEWSROOM_EDITORS];
    uint8_t body[WIRE_BODY_MAX];
    size_t body_size;
    unsigned count = 0;
    struct buf_in in;
    newsroom_must(wire_encode_body(body, &body_size, bulletin) == ERR_OK, "body");
    buf_in_init(&in, body, body_size);
    for (uint8_t i = 0; i < NEWSROOM_EDITORS; i++)
        if (signers >> i & 1)
            seal_approve(&approvals[count++], i, &in, newsroom->editor_secrets[i]);
    newsroom_must(
        wire_encode_sealed(sealed.bytes, &sealed.size, &in, approvals, count) == ERR_OK, "seal");
    return sealed;
}

#endif
