/* folder: the folder of a test, in which there are no others. */
#ifndef TESTS_AUDIO_FOLDER_H
#define TESTS_AUDIO_FOLDER_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

static void folder_remove(const char *directory)
{
    DIR *folder = opendir(directory);

    assert_non_null(folder);
    for (const struct dirent *row = readdir(folder); row; row = readdir(folder))
        if (row->d_name[0] != '.')
            assert_int_equal(unlinkat(dirfd(folder), row->d_name, 0), 0);
    (void)closedir(folder);
    assert_int_equal(rmdir(directory), 0);
}

#endif
