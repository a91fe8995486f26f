/* reading_tool: what editors sign of a recording, by our own C code: for the check that the page makes the same bytes.
 *
 *   reading_tool BODY LANGUAGE SOUND      two files; prints the statement in hexadecimal
 */
#include "gateway/bulletin/reading.h"

#include <stdio.h>

#define FILE_SIZE_MAX (4u << 20)

static enum err hash_file(uint8_t hash[SEAL_HASH_SIZE], const char *path)
{
    static uint8_t bytes[FILE_SIZE_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ERR_MISSING;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    seal_hash(hash, bytes, size);
    return ERR_OK;
}

int main(int argc, char **argv)
{
    uint8_t statement[READING_STATEMENT_SIZE];
    struct reading reading = {.approval_count = 0};
    if (argc != 4 || seal_init() != ERR_OK ||
        bulletin_parse_language(&reading.language, argv[2]) != ERR_OK)
        return 2;
    if (hash_file(reading.body_hash, argv[1]) != ERR_OK ||
        hash_file(reading.file_hash, argv[3]) != ERR_OK)
        return 1;
    reading_print_statement(statement, &reading);
    for (size_t i = 0; i < sizeof statement; i++)
        (void)printf("%02x", statement[i]);
    return puts("") < 0;
}
