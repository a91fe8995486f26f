/* api_radio: what was made for the transmitter. */
#include "gateway/base/log.h"
#include "gateway/newsroom/api_handlers.h"
#include "gateway/newsroom/ask.h"
#include "gateway/newsroom/shapes.h"

#include <fcntl.h>
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

struct play {
    struct request *request;
    unsigned number;
    char path[MESSAGES_DETAIL_SIZE]; /* as the radio told it; empty: not found yet */
};

/* The recording of this name in the radio's own folder, whatever else its path says. -1: there is none. */
static int open_recording(const struct play *play, struct stat *is)
{
    const char *slash = strrchr(play->path, '/');
    const char *name = slash != NULL ? slash + 1 : play->path;
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
    int fd = open_recording(play, &is);
    if (fd < 0)
        response_error(play->request, ERR_MISSING,
            "there is no recording of this number; it is made when a bulletin is accepted, by a "
            "site with a radio");
    else
        response_file(play->request, "audio/wav", fd, (uint64_t)is.st_size);
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

void api_radio_play(struct request *request)
{
    const struct message message = {.type = MESSAGE_AIR_LIST, .fd = -1};
    const char *name = request->arguments.text[0];
    char *end = NULL;
    bool digit = name[0] >= '1' && name[0] <= '9';
    unsigned long number = digit ? strtoul(name, &end, 10) : 0;
    if (number == 0 || number > BULLETIN_NUMBER_MAX || strcmp(end, ".wav") != 0) {
        response_error(request, ERR_MISSING, "a recording is named NUMBER.wav");
        return;
    }
    struct play *play = calloc(1, sizeof *play);
    if (play == NULL)
        log_fatal("no_memory play");
    play->request = request;
    play->number = (unsigned)number;
    backend_ask(request->backend, &message, take_airing, play);
}
