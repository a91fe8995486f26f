#include "gateway/store/copy_file.h"

#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#define PATH_SIZE 512

void copy_file_remove(const char *folder)
{
    static const char *const names[] = {
        COPY_FILE_NAME, COPY_FILE_NAME "-journal", COPY_FILE_NAME "-wal"};
    char path[PATH_SIZE];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
}
