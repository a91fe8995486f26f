#include "gateway/parent/folders.h"

#include "gateway/base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_MODE 0700

void folders_make(const char *path)
{
    if (mkdir(path, FOLDER_MODE) != 0 && errno != EEXIST)
        log_error("folder_not_made path=%s error=%s", path, strerror(errno));
}

static enum err make_inside(char path[FOLDERS_PATH_MAX], const struct conf *conf, const char *name)
{
    if (snprintf(path, FOLDERS_PATH_MAX, "%s/%s", conf->state, name) >= FOLDERS_PATH_MAX)
        return ERR_LONG;
    folders_make(path);
    return ERR_OK;
}

enum err folders_make_readings(char path[FOLDERS_PATH_MAX], const struct conf *conf)
{
    enum err err = make_inside(path, conf, "newsroom");
    return err == ERR_OK ? make_inside(path, conf, "newsroom/readings") : err;
}

enum err folders_make_station(char path[FOLDERS_PATH_MAX], const struct conf *conf)
{
    return make_inside(path, conf, "station");
}
