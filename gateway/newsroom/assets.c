#include "gateway/newsroom/assets.h"

#include "gateway/base/log.h"
#include "gateway/newsroom/response.h"
#include "gateway/newsroom/server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 512
#define INDEX "/index.html"

extern const struct assets_file assets_files[];

struct assets {
    char folder[PATH_SIZE]; /* empty: embedded */
};

static const struct {
    const char *end;
    const char *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
};

const char *assets_type(const char *path)
{
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t end_size = strlen(types[i].end);
        if (size > end_size && strcmp(path + size - end_size, types[i].end) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

/* "/" and "/drafts/7" are the page itself; "/missing.js" is nothing. */
static const char *file_path(const char *path)
{
    const char *name = strrchr(path, '/');
    return name == NULL || strchr(name, '.') == NULL ? INDEX : path;
}

static const struct assets_file *find_embedded(const char *path)
{
    for (const struct assets_file *file = assets_files; file->path != NULL; file++)
        if (strcmp(file->path, path) == 0)
            return file;
    return NULL;
}

static void send_embedded(struct request *request)
{
    struct server_request *own = server_of(request);
    const char *path = file_path(own->clean.path);
    const struct assets_file *file = find_embedded(path);
    response_header(request, "ETag", file->etag);
    response_header(request, "Cache-Control", "no-cache");
    response_header(request, "Vary", "Accept-Encoding");
    if (strcmp(own->match, file->etag) == 0) {
        response_static(request, 304, NULL, NULL, 0);
        return;
    }
    response_header(request, "Content-Encoding", "gzip");
    response_static(
        request, 200, assets_type(path), file->bytes, (size_t)(file->end - file->bytes));
}

static int open_file(struct stat *about, const struct assets *assets, const char *path)
{
    char full[2 * PATH_SIZE];
    (void)snprintf(full, sizeof full, "%s%s", assets->folder, path);
    int fd = open(full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, about) != 0 || !S_ISREG(about->st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

static void send_file(struct request *request)
{
    struct server_request *own = server_of(request);
    const char *path = file_path(own->clean.path);
    struct stat about;
    int fd = open_file(&about, own->server->assets, path);
    if (fd < 0)
        response_error(request, ERR_MISSING, "there is no such page");
    else
        response_file(request, assets_type(path), fd, (uint64_t)about.st_size);
}

const struct route *assets_find(const struct assets *assets, const char *path)
{
    static const struct route embedded = {.pattern = "/", .handler = send_embedded};
    static const struct route on_disk = {.pattern = "/", .handler = send_file};
    if (assets->folder[0] != '\0')
        return &on_disk;
    return find_embedded(file_path(path)) != NULL ? &embedded : NULL;
}

struct assets *assets_new(const char *folder)
{
    struct assets *assets = calloc(1, sizeof *assets);
    if (assets == NULL)
        log_fatal("no_memory");
    if (folder != NULL && snprintf(assets->folder, PATH_SIZE, "%s", folder) >= PATH_SIZE)
        log_fatal("path_too_long folder=%s", folder);
    return assets;
}
