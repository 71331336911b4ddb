// SPDX-License-Identifier: MIT
#include "hash.h"

#include "failure.h"

#include <openssl/evp.h>
#include <stdio.h>

void hash_bytes(const void *bytes, size_t count, char text[HASH_TEXT])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (EVP_Digest(bytes, count, digest, &length, EVP_sha256(), NULL) != 1 || length != 32)
        failure_abort("OpenSSL cannot compute SHA-256; check its installation");
    for (size_t i = 0; i < length; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
}
