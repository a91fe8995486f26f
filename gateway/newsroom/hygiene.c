#include "gateway/newsroom/hygiene.h"

#include "gateway/base/utf8.h"

#include <string.h>
#include <strings.h>

#define BODY_DIGITS_MAX 12
#define PORT_HTTPS 443

static const struct hygiene_verdict clean_verdict = {0, NULL};

static struct hygiene_verdict refuse(unsigned status, const char *why)
{
    return (struct hygiene_verdict){status, why};
}

/* RFC 9110, 5.6.2. */
static bool is_token(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return size > 0;
}

/* RFC 9110, 5.5: no control character but a tab. */
static bool is_value(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < ' ' ? text[i] != '\t' : text[i] == 0x7f)
            return false;
    return size <= HYGIENE_VALUE_MAX;
}

static bool is_named(const struct hygiene_header *header, const char *name)
{
    return header->name_size == strlen(name) &&
           strncasecmp(header->name, name, header->name_size) == 0;
}

static size_t listed(const struct hygiene_head *head)
{
    return head->header_count < HYGIENE_HEADERS_MAX ? head->header_count : HYGIENE_HEADERS_MAX;
}

static unsigned count(const struct hygiene_head *head, const char *name)
{
    unsigned found = 0;
    for (size_t i = 0; i < listed(head); i++)
        found += is_named(&head->headers[i], name);
    return found;
}

const struct hygiene_header *hygiene_find(const struct hygiene_head *head, const char *name)
{
    if (count(head, name) != 1)
        return NULL;
    for (size_t i = 0; i < listed(head); i++)
        if (is_named(&head->headers[i], name))
            return &head->headers[i];
    return NULL;
}

static bool is_text(const struct hygiene_header *header, const char *text)
{
    return header->value_size == strlen(text) &&
           memcmp(header->value, text, header->value_size) == 0;
}

static struct hygiene_verdict check_line(const struct hygiene_head *head)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
    bool known = false;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        known = known || strcmp(head->method, methods[i]) == 0;
    if (!known)
        return refuse(501, "this method is not served here");
    if (strcmp(head->version, "HTTP/1.1") != 0)
        return refuse(505, "only HTTP/1.1 is spoken here");
    return clean_verdict;
}

static struct hygiene_verdict check_headers(const struct hygiene_head *head)
{
    if (head->header_count > HYGIENE_HEADERS_MAX)
        return refuse(431, "too many headers");
    for (size_t i = 0; i < head->header_count; i++) {
        const struct hygiene_header *header = &head->headers[i];
        if (!is_token(header->name, header->name_size))
            return refuse(400, "a header's name is malformed");
        if (!is_value(header->value, header->value_size))
            return refuse(400, "a header's value is malformed or too long");
    }
    return clean_verdict;
}

static struct hygiene_verdict check_body(
    struct hygiene_clean *clean, const struct hygiene_head *head)
{
    if (count(head, "transfer-encoding") > 0)
        return refuse(501, "Transfer-Encoding is not served here; send Content-Length");
    clean->body_size = 0;
    unsigned lengths = count(head, "content-length");
    if (lengths > 1)
        return refuse(400, "more than one Content-Length");
    if (lengths == 0)
        return clean_verdict;
    const struct hygiene_header *length = hygiene_find(head, "content-length");
    if (length->value_size == 0 || length->value_size > BODY_DIGITS_MAX)
        return refuse(400, "Content-Length is malformed");
    for (size_t i = 0; i < length->value_size; i++) {
        if (length->value[i] < '0' || length->value[i] > '9')
            return refuse(400, "Content-Length is malformed");
        clean->body_size = clean->body_size * 10 + (uint64_t)(length->value[i] - '0');
    }
    bool bodiless = strcmp(head->method, "GET") == 0 || strcmp(head->method, "HEAD") == 0;
    if (bodiless && clean->body_size > 0)
        return refuse(400, "this method has no body");
    return clean_verdict;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One character of the target; what is encoded must not be what could stand for something else when it is not. */
static bool decode_one(char *to, const char **from)
{
    const char *at = *from;
    *from = at + 1;
    *to = *at;
    if (*at != '%')
        return (unsigned char)*at > ' ' && (unsigned char)*at < 0x7f &&
               strchr("\\\"<>^`{|}#", *at) == NULL;
    int high = hex(at[1]);
    int low = high >= 0 ? hex(at[2]) : -1;
    if (low < 0)
        return false;
    *from = at + 3;
    *to = (char)(high * 16 + low);
    return (unsigned char)*to >= ' ' && *to != 0x7f && strchr("/\\%", *to) == NULL;
}

/* No empty part, "." or "..": two readers would differ about them. */
static bool has_plain_parts(const char *path)
{
    for (const char *part = path + 1; part[-1] == '/'; part += strcspn(part, "/") + 1) {
        size_t size = strcspn(part, "/");
        bool last = part[size] == '\0';
        bool dots =
            (size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.');
        if (dots || (size == 0 && !(last && part == path + 1)))
            return false;
        if (last)
            return true;
    }
    return true;
}

static bool decode_path(char path[HYGIENE_PATH_SIZE], const char *from, const char *end)
{
    size_t used = 0;
    while (from < end) {
        if (used + 1 == HYGIENE_PATH_SIZE || !decode_one(&path[used], &from))
            return false;
        used++;
    }
    path[used] = '\0';
    return from == end && utf8_check(path, used) == ERR_OK;
}

static struct hygiene_verdict check_target(
    struct hygiene_clean *clean, const struct hygiene_head *head)
{
    size_t size = strnlen(head->target, HYGIENE_TARGET_MAX + 1);
    size_t path_size = strcspn(head->target, "?");
    if (size > HYGIENE_TARGET_MAX || path_size >= HYGIENE_PATH_SIZE ||
        size - path_size > HYGIENE_QUERY_SIZE)
        return refuse(414, "the address is too long");
    if (head->target[0] != '/')
        return refuse(400, "the address must begin with '/'");
    if (!decode_path(clean->path, head->target, head->target + path_size) ||
        !has_plain_parts(clean->path))
        return refuse(400, "the address is malformed");
    const char *from = head->target + path_size + (path_size < size ? 1 : 0);
    size_t query_size = size - (size_t)(from - head->target);
    memcpy(clean->query, from, query_size);
    clean->query[query_size] = '\0';
    for (char ignored; *from != '\0';)
        if (!decode_one(&ignored, &from))
            return refuse(400, "the query is malformed");
    return clean_verdict;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* "name", "name:port", "[address]:port": *name_size is of the name without brackets, which begins at *name. */
static bool split_host(const char **name, size_t *name_size, const char **port, const char *host)
{
    const char *end;
    if (host[0] == '[') {
        end = strchr(host, ']');
        if (end == NULL)
            return false;
        *name = host + 1;
        *name_size = (size_t)(end - *name);
        end++;
    } else {
        end = host + strcspn(host, ":");
        *name = host;
        *name_size = (size_t)(end - host);
    }
    *port = *end == ':' ? end + 1 : NULL;
    return *name_size > 0 && (*end == '\0' || *end == ':');
}

static bool is_port(const char *text, unsigned port)
{
    if (text == NULL)
        return port == PORT_HTTPS;
    unsigned value = 0;
    size_t size = strlen(text);
    if (size == 0 || size > 5 || text[0] == '0')
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (unsigned)(text[i] - '0');
    }
    return value == port;
}

static bool is_ours(
    const char *name, size_t size, const struct hygiene_site *site, const char *local)
{
    if (local != NULL && strlen(local) == size && memcmp(local, name, size) == 0)
        return true;
    for (unsigned i = 0; i < site->name_count; i++)
        if (strlen(site->names[i]) == size && memcmp(site->names[i], name, size) == 0)
            return true;
    return false;
}

static struct hygiene_verdict check_host(struct hygiene_clean *clean,
    const struct hygiene_head *head, const struct hygiene_site *site, const char *local)
{
    static const char scheme[] = "https://";
    if (count(head, "host") != 1)
        return refuse(400, "there must be one Host");
    const struct hygiene_header *host = hygiene_find(head, "host");
    if (host->value_size >= HYGIENE_HOST_SIZE)
        return refuse(421, "this is not the host that you look for");
    for (size_t i = 0; i < host->value_size; i++)
        clean->host[i] = lower(host->value[i]);
    clean->host[host->value_size] = '\0';
    const char *name;
    const char *port;
    size_t name_size;
    if (!split_host(&name, &name_size, &port, clean->host))
        return refuse(400, "Host is malformed");
    if (!is_port(port, site->port) || !is_ours(name, name_size, site, local))
        return refuse(421, "this is not the host that you look for");
    memcpy(clean->origin, scheme, sizeof scheme - 1);
    memcpy(clean->origin + sizeof scheme - 1, clean->host, host->value_size + 1);
    return clean_verdict;
}

struct hygiene_verdict hygiene_check(struct hygiene_clean *clean, const struct hygiene_head *head,
    const struct hygiene_site *site, const char *local)
{
    struct hygiene_verdict verdict = check_line(head);
    if (verdict.status == 0)
        verdict = check_headers(head);
    if (verdict.status == 0)
        verdict = check_body(clean, head);
    if (verdict.status == 0)
        verdict = check_host(clean, head, site, local);
    if (verdict.status == 0)
        verdict = check_target(clean, head);
    clean->head_only = strcmp(head->method, "HEAD") == 0;
    return verdict;
}

struct hygiene_verdict hygiene_check_origin(
    const struct hygiene_head *head, const struct hygiene_clean *clean)
{
    const struct hygiene_header *origin = hygiene_find(head, "origin");
    if (origin == NULL || !is_text(origin, clean->origin))
        return refuse(403, "this comes from another page than ours");
    unsigned sites = count(head, "sec-fetch-site");
    if (sites == 0)
        return clean_verdict;
    const struct hygiene_header *site = hygiene_find(head, "sec-fetch-site");
    if (site == NULL || !is_text(site, "same-origin"))
        return refuse(403, "this comes from another page than ours");
    return clean_verdict;
}

struct hygiene_verdict hygiene_check_type(const struct hygiene_head *head, const char *types)
{
    const struct hygiene_header *type = hygiene_find(head, "content-type");
    size_t size = 0;
    while (type != NULL && size < type->value_size && type->value[size] != ';' &&
           type->value[size] != ' ')
        size++;
    for (const char *one = types; size > 0 && *one != '\0'; one += strspn(one, " ")) {
        size_t one_size = strcspn(one, " ");
        if (one_size == size && strncasecmp(one, type->value, size) == 0)
            return clean_verdict;
        one += one_size;
    }
    return refuse(415, "the body is of a type that is not taken here");
}

static enum err take_cookie(char *value, size_t size, const char *from, size_t from_size)
{
    if (from_size >= size)
        return ERR_LONG;
    memcpy(value, from, from_size);
    value[from_size] = '\0';
    return ERR_OK;
}

enum err hygiene_find_cookie(
    char *value, size_t size, const struct hygiene_head *head, const char *name)
{
    const struct hygiene_header *cookies = hygiene_find(head, "cookie");
    size_t name_size = strlen(name);
    enum err err = ERR_MISSING;
    const char *at = cookies != NULL ? cookies->value : NULL;
    const char *end = cookies != NULL ? at + cookies->value_size : NULL;
    while (at < end) {
        const char *stop = memchr(at, ';', (size_t)(end - at));
        size_t left = (size_t)((stop != NULL ? stop : end) - at);
        if (left > name_size && memcmp(at, name, name_size) == 0 && at[name_size] == '=') {
            if (err != ERR_MISSING)
                return ERR_EXISTS;
            err = take_cookie(value, size, at + name_size + 1, left - name_size - 1);
        }
        at += left + 1;
        while (at < end && *at == ' ')
            at++;
    }
    return err;
}

enum err hygiene_add_name(struct hygiene_site *site, const char *name)
{
    size_t size = strlen(name);
    if (site->name_count == HYGIENE_NAMES_MAX)
        return ERR_FULL;
    if (size >= HYGIENE_NAME_SIZE)
        return ERR_LONG;
    if (size == 0)
        return ERR_TEXT;
    char *to = site->names[site->name_count];
    for (size_t i = 0; i <= size; i++)
        to[i] = lower(name[i]);
    for (size_t i = 0; i < size; i++)
        if ((to[i] < 'a' || to[i] > 'z') && (to[i] < '0' || to[i] > '9') &&
            strchr("-._:", to[i]) == NULL)
            return ERR_TEXT;
    site->name_count++;
    return ERR_OK;
}
