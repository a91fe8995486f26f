/* hygiene: whatever head comes, what passes is what the handlers rely on. Input: "METHOD target version\n", then lines
 * "name:value". */
#include "gateway/base/utf8.h"
#include "gateway/newsroom/hygiene.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool right)
{
    if (!right)
        abort();
}

static const char *word(char **rest, const char *separators)
{
    char *found = strsep(rest, separators);
    return found != NULL ? found : "";
}

static void take_headers(struct hygiene_head *head, char *rest)
{
    while (rest != NULL) {
        char *value = strsep(&rest, "\n");
        char *name = strsep(&value, ":");
        if (head->header_count < HYGIENE_HEADERS_MAX)
            head->headers[head->header_count] = (struct hygiene_header){
                name, strlen(name), value != NULL ? value : "", value != NULL ? strlen(value) : 0};
        head->header_count++;
    }
}

static void check_clean(const struct hygiene_clean *clean)
{
    size_t size = strnlen(clean->path, HYGIENE_PATH_SIZE);
    must(size > 0 && size < HYGIENE_PATH_SIZE && clean->path[0] == '/');
    must(utf8_check(clean->path, size) == ERR_OK);
    must(strstr(clean->path, "//") == NULL && strchr(clean->path, '\\') == NULL);
    for (size_t i = 0; i < size; i++)
        must((unsigned char)clean->path[i] >= ' ' && clean->path[i] != 0x7f);
    for (const char *part = clean->path; part != NULL; part = strchr(part + 1, '/'))
        must(strcmp(part, "/.") != 0 && strcmp(part, "/..") != 0 && strncmp(part, "/./", 3) != 0 &&
             strncmp(part, "/../", 4) != 0);
    must(strnlen(clean->query, HYGIENE_QUERY_SIZE) < HYGIENE_QUERY_SIZE);
    must(strncmp(clean->origin, "https://", 8) == 0 && strcmp(clean->origin + 8, clean->host) == 0);
    must(strcmp(clean->host, "a:8443") == 0 || strcmp(clean->host, "10.0.0.1:8443") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hygiene_site site = {.port = 8443};
    struct hygiene_head head = {0};
    struct hygiene_clean clean;
    char cookie[65];
    char *text = malloc(size + 1);
    if (text == NULL)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    char *rest = text;
    head.method = word(&rest, " ");
    head.target = word(&rest, " ");
    head.version = word(&rest, "\n");
    take_headers(&head, rest);
    must(hygiene_add_name(&site, "a") == ERR_OK);
    struct hygiene_verdict verdict = hygiene_check(&clean, &head, &site, "10.0.0.1");
    must((verdict.status == 0) == (verdict.why == NULL));
    if (verdict.status == 0) {
        check_clean(&clean);
        (void)hygiene_check_origin(&head, &clean);
    }
    (void)hygiene_check_type(&head, "application/json text/xml");
    if (hygiene_find_cookie(cookie, sizeof cookie, &head, "__Host-dabyl") == ERR_OK)
        must(strnlen(cookie, sizeof cookie) < sizeof cookie);
    free(text);
    return 0;
}
