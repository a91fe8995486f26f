/* replay: calls a fuzz target once with each file of a folder, as libFuzzer does with -runs=0. A crash is the failure. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "re");
    uint8_t *whole = malloc(INPUT_MAX);
    if (file == NULL || whole == NULL) {
        perror(path);
        exit(2);
    }
    size_t size = fread(whole, 1, INPUT_MAX, file);
    (void)fclose(file);
    /* exactly as long as the input, so that a sanitizer sees a read past its end */
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL)
        exit(2);
    for (size_t i = 0; i < size; i++)
        data[i] = whole[i];
    free(whole);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        (void)fprintf(stderr, "usage: NAME_replay FOLDER\n");
        return 2;
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            count += replay(argv[1], entry->d_name);
    (void)closedir(folder);
    (void)printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
