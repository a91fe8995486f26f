#include "gateway/newsroom/tls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SERIAL_SIZE 16
#define HASH_SIZE 32
#define PATH_SIZE 512
#define SLACK_S 86400                    /* a browser's clock may be behind ours */
#define SERVER_USAGE "1.3.6.1.5.5.7.3.1" /* RFC 5280, 4.2.1.12 */

static enum err result_of(int code)
{
    return code == GNUTLS_E_SUCCESS ? ERR_OK : ERR_SYSTEM;
}

static void print_fingerprint(char text[TLS_FINGERPRINT_SIZE], const uint8_t hash[HASH_SIZE])
{
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(text + 3 * i, 4, "%02X%s", hash[i], i + 1 < HASH_SIZE ? ":" : "");
}

static enum err find_fingerprint(char text[TLS_FINGERPRINT_SIZE], gnutls_x509_crt_t certificate)
{
    uint8_t hash[HASH_SIZE];
    size_t size = sizeof hash;
    enum err err =
        result_of(gnutls_x509_crt_get_fingerprint(certificate, GNUTLS_DIG_SHA256, hash, &size));
    if (err == ERR_OK)
        print_fingerprint(text, hash);
    return err;
}

static enum err add_name(gnutls_x509_crt_t certificate, const char *name)
{
    uint8_t address[sizeof(struct in6_addr)];
    const void *data = address;
    unsigned size = sizeof address;
    gnutls_x509_subject_alt_name_t type = GNUTLS_SAN_IPADDRESS;
    if (inet_pton(AF_INET, name, address) == 1) {
        size = sizeof(struct in_addr);
    } else if (inet_pton(AF_INET6, name, address) != 1) {
        type = GNUTLS_SAN_DNSNAME;
        data = name;
        size = (unsigned)strlen(name);
    }
    return result_of(
        gnutls_x509_crt_set_subject_alt_name(certificate, type, data, size, GNUTLS_FSAN_APPEND));
}

static enum err fill_times(gnutls_x509_crt_t certificate, int64_t now_s)
{
    uint8_t serial[SERIAL_SIZE];
    if (gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial) != 0)
        return ERR_SYSTEM;
    serial[0] &= 0x7f; /* a positive number: RFC 5280, 4.1.2.2 */
    if (gnutls_x509_crt_set_version(certificate, 3) != 0 ||
        gnutls_x509_crt_set_serial(certificate, serial, sizeof serial) != 0 ||
        gnutls_x509_crt_set_activation_time(certificate, now_s - SLACK_S) != 0 ||
        gnutls_x509_crt_set_expiration_time(certificate, now_s + TLS_LIFE_S) != 0)
        return ERR_SYSTEM;
    return ERR_OK;
}

static enum err fill(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key,
    const char *const *names, size_t count, int64_t now_s)
{
    static const char subject[] = "dabyl newsroom";
    enum err err = fill_times(certificate, now_s);
    for (size_t i = 0; i < count && i < TLS_NAMES_MAX && err == ERR_OK; i++)
        err = add_name(certificate, names[i]);
    if (err != ERR_OK)
        return err;
    if (gnutls_x509_crt_set_dn_by_oid(
            certificate, GNUTLS_OID_X520_COMMON_NAME, 0, subject, sizeof subject - 1) != 0 ||
        gnutls_x509_crt_set_key(certificate, key) != 0 ||
        gnutls_x509_crt_set_basic_constraints(certificate, 0, -1) != 0 ||
        gnutls_x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE) != 0 ||
        gnutls_x509_crt_set_key_purpose_oid(certificate, SERVER_USAGE, 0) != 0)
        return ERR_SYSTEM;
    return result_of(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
}

/* PEM with a NUL. */
static enum err export_both(
    struct tls_identity *identity, gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
    size_t size = sizeof identity->certificate - 1;
    enum err err = result_of(
        gnutls_x509_crt_export(certificate, GNUTLS_X509_FMT_PEM, identity->certificate, &size));
    if (err != ERR_OK)
        return err;
    identity->certificate[size] = '\0';
    size = sizeof identity->key - 1;
    err = result_of(gnutls_x509_privkey_export(key, GNUTLS_X509_FMT_PEM, identity->key, &size));
    if (err == ERR_OK)
        identity->key[size] = '\0';
    return err == ERR_OK ? find_fingerprint(identity->fingerprint, certificate) : err;
}

enum err tls_make(
    struct tls_identity *identity, const char *const *names, size_t count, int64_t now_s)
{
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
    if (gnutls_x509_privkey_init(&key) != 0)
        return ERR_SYSTEM;
    if (gnutls_x509_crt_init(&certificate) != 0) {
        gnutls_x509_privkey_deinit(key);
        return ERR_SYSTEM;
    }
    enum err err = result_of(gnutls_x509_privkey_generate(
        key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
    if (err == ERR_OK)
        err = fill(certificate, key, names, count, now_s);
    if (err == ERR_OK)
        err = export_both(identity, certificate, key);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    return err;
}

static enum err read_file(char text[TLS_PEM_MAX], const char *folder, const char *name)
{
    char path[PATH_SIZE];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return ERR_LONG;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    ssize_t got = read(fd, text, TLS_PEM_MAX - 1);
    close(fd);
    if (got < 0)
        return ERR_SYSTEM;
    text[got] = '\0';
    return ERR_OK;
}

static gnutls_datum_t datum_of(char *text)
{
    return (gnutls_datum_t){(unsigned char *)text, (unsigned)strlen(text)};
}

/* The certificate is the key's. */
static enum err check_pair(
    struct tls_identity *identity, gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key)
{
    gnutls_datum_t pem = datum_of(identity->certificate);
    gnutls_datum_t key_pem = datum_of(identity->key);
    uint8_t ids[2][HASH_SIZE];
    size_t sizes[2] = {HASH_SIZE, HASH_SIZE};
    if (gnutls_x509_crt_import(certificate, &pem, GNUTLS_X509_FMT_PEM) != 0 ||
        gnutls_x509_privkey_import(key, &key_pem, GNUTLS_X509_FMT_PEM) != 0)
        return ERR_FORMAT;
    if (gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, ids[0], &sizes[0]) != 0 ||
        gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, ids[1], &sizes[1]) != 0 ||
        memcmp(ids[0], ids[1], HASH_SIZE) != 0)
        return ERR_FORMAT;
    return find_fingerprint(identity->fingerprint, certificate);
}

enum err tls_load(struct tls_identity *identity, const char *folder)
{
    enum err err = read_file(identity->certificate, folder, "certificate.pem");
    if (err == ERR_OK)
        err = read_file(identity->key, folder, "key.pem");
    if (err != ERR_OK)
        return err;
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
    if (gnutls_x509_privkey_init(&key) != 0)
        return ERR_SYSTEM;
    if (gnutls_x509_crt_init(&certificate) != 0) {
        gnutls_x509_privkey_deinit(key);
        return ERR_SYSTEM;
    }
    err = check_pair(identity, certificate, key);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    return err;
}

static enum err write_all(int fd, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, text, size);
        if (put < 0)
            return err_from_errno(errno);
        text += put;
        size -= (size_t)put;
    }
    return fsync(fd) == 0 ? ERR_OK : err_from_errno(errno);
}

/* Under another name first. */
static enum err write_file(const char *text, const char *folder, const char *name)
{
    char path[PATH_SIZE];
    char part[PATH_SIZE];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path ||
        snprintf(part, sizeof part, "%s/%s.part", folder, name) >= (int)sizeof part)
        return ERR_LONG;
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    enum err err = write_all(fd, text, strlen(text));
    close(fd);
    if (err == ERR_OK && rename(part, path) != 0)
        err = err_from_errno(errno);
    return err;
}

enum err tls_save(const struct tls_identity *identity, const char *folder)
{
    enum err err = write_file(identity->key, folder, "key.pem");
    return err == ERR_OK ? write_file(identity->certificate, folder, "certificate.pem") : err;
}

void tls_wipe(struct tls_identity *identity)
{
    explicit_bzero(identity->key, sizeof identity->key);
}
