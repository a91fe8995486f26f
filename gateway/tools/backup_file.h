/* backup_file: a backup: a site's key and a copy of its store, encrypted with a passphrase. A seam to libsodium.
 *
 * "DABYLBAK" 8 bytes, version 1, salt 16, header 24, then pieces of BACKUP_FILE_PIECE bytes (the last may be shorter) each with 17
 * bytes of its own: libsodium's secretstream (XChaCha20-Poly1305), key by Argon2id (RFC 9106, 64 MiB, 3 passes), all before
 * the header as associated data of the first piece. In clear: the site key 32, then the store's file. The last piece is marked, so
 * that a file that was cut is found out.
 */
#ifndef GATEWAY_TOOLS_BACKUP_FILE_H
#define GATEWAY_TOOLS_BACKUP_FILE_H

#include "gateway/base/err.h"

#include <stdint.h>
#include <stdio.h>

#define BACKUP_FILE_KEY_SIZE 32
#define BACKUP_FILE_PIECE 65536

/* Reads store to its end. ERR_SYSTEM: a file can't be read or written, or no memory. */
ERR_CHECKED enum err backup_file_write(
    FILE *backup, FILE *store, const uint8_t key[BACKUP_FILE_KEY_SIZE], const char *passphrase);
/* Writes what it has checked to store, piece by piece: of use only if all is well. ERR_FORMAT: no backup; ERR_VERSION; ERR_KEY: the
 * passphrase is wrong; ERR_SEAL: altered; ERR_SHORT: cut; ERR_SYSTEM. */
ERR_CHECKED enum err backup_file_read(
    FILE *store, uint8_t key[BACKUP_FILE_KEY_SIZE], FILE *backup, const char *passphrase);

#endif
