#include "audio/speak.h"

#include "audio/script.h"
#include "audio/speech.h"
#include "gateway/bulletin/seal.h"
#include "gateway/bulletin/wire.h"

enum err speak_body(struct pcm *pcm, const struct speak_request *request)
{
    char words[NORMAL_TEXT_MAX];
    struct bulletin bulletin;
    struct wire_sealed parts;
    char code[SEAL_CODE_SIZE];

    pcm_init(pcm, SPEAK_RATE_HZ);
    enum err err = wire_decode_body(&parts, request->body, request->body_size);
    if (!err)
        err = wire_decode_bulletin(&bulletin, &parts);
    if (err)
        return err;
    if (bulletin.sent_s == 0)
        bulletin.sent_s = request->now_s;
    seal_print_code(code, parts.body, parts.body_size);
    const struct script script = {.bulletin = &bulletin,
        .code = code,
        .sender = request->sender,
        .language = request->language};
    err = script_write(words, sizeof(words), &script);
    return err ? err : speech_say(pcm, words, request->language, SPEAK_RATE_HZ);
}
