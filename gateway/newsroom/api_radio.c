/* api_radio: what was made for the transmitter. */
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct document *new_airing(const struct message *reply)
{
    bool made = reply->type == MESSAGE_AIRED && reply->as.aired.result == ERR_OK;
    return made ? shapes_new_airing(&reply->as.aired) : NULL;
}

void api_radio_list(struct request *request)
{
    const struct message message = {.type = MESSAGE_AIR_LIST, .fd = -1};
    ask_list(request, &message, new_airing);
}

/* What may be had of a broadcast, by the end of its address. */
static const struct kind {
    const char *suffix;
    const char *type;
    bool beside; /* the sound, under a name of its own */
    const char *missing;
} kinds[] = {
    {".wav", "audio/wav", false,
        "there is no recording of this number; it is made when a bulletin is accepted, by a "
        "site with a radio"},
    {".png", "image/png", true,
        "there is no picture of this number; it is made with the recording"},
};

struct play {
    struct request *request;
    unsigned number;
    const struct kind *kind;
    char path[MESSAGES_DETAIL_SIZE]; /* as the radio told it; empty: not found yet */
};

/* The name of what is wanted in the radio's own folder, whatever else its path says: "bulletin-3-hf-48000.wav" has the picture
 * "bulletin-3-hf.png". Empty if it has another form. */
static void print_name(char name[MESSAGES_DETAIL_SIZE], const struct play *play)
{
    const char *slash = strrchr(play->path, '/');
    const char *sound = slash != NULL ? slash + 1 : play->path;
    const char *end = play->kind->beside ? strrchr(sound, '-') : sound + strlen(sound);
    name[0] = '\0';
    if (end != NULL)
        (void)snprintf(name, MESSAGES_DETAIL_SIZE, "%.*s%s", (int)(end - sound), sound,
            play->kind->beside ? play->kind->suffix : "");
}

/* -1: there is none. */
static int open_file(const struct play *play, struct stat *is)
{
    char name[MESSAGES_DETAIL_SIZE];
    print_name(name, play);
    int folder = open(play->request->site->air_directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = folder >= 0 && name[0] != '\0'
                 ? openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                 : -1;
    if (folder >= 0)
        close(folder);
    if (fd >= 0 && (fstat(fd, is) != 0 || !S_ISREG(is->st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static void answer_play(const struct play *play)
{
    struct stat is;
    int fd = open_file(play, &is);
    if (fd < 0)
        response_error(play->request, ERR_MISSING, play->kind->missing);
    else
        response_file(play->request, play->kind->type, fd, (uint64_t)is.st_size);
}

static void take_airing(void *arg, const struct message *reply, bool last)
{
    struct play *play = arg;
    const struct message_aired *aired = &reply->as.aired;
    if (reply->type == MESSAGE_AIRED && aired->number == play->number && aired->result == ERR_OK)
        memcpy(play->path, aired->path, sizeof play->path);
    if (!last)
        return;
    if (reply->type == MESSAGE_REFUSED)
        response_refused(play->request, &reply->as.refused);
    else
        answer_play(play);
    free(play);
}

static const struct kind *find_kind(const char *suffix)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].suffix, suffix) == 0)
            return &kinds[i];
    return NULL;
}

void api_radio_play(struct request *request)
{
    const struct message message = {.type = MESSAGE_AIR_LIST, .fd = -1};
    const char *name = request->arguments.text[0];
    char *end = NULL;
    bool digit = name[0] >= '1' && name[0] <= '9';
    unsigned long number = digit ? strtoul(name, &end, 10) : 0;
    const struct kind *kind = number > 0 && number <= BULLETIN_NUMBER_MAX ? find_kind(end) : NULL;
    if (kind == NULL) {
        response_error(
            request, ERR_MISSING, "a recording is named NUMBER.wav, its picture NUMBER.png");
        return;
    }
    struct play *play = calloc(1, sizeof *play);
    if (play == NULL)
        log_fatal("no_memory play");
    play->request = request;
    play->number = (unsigned)number;
    play->kind = kind;
    backend_ask(request->backend, &message, take_airing, play);
}
