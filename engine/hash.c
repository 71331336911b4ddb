// SPDX-License-Identifier: MIT
#include "hash.h"

#include "failure.h"

#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>

static void check(bool done)
{
    if (!done)
        failure_abort("OpenSSL cannot compute SHA-256; check its installation");
}

struct hash hash_begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    check(context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    return (struct hash){context};
}

void hash_add(struct hash *hash, const void *bytes, size_t count)
{
    check(EVP_DigestUpdate(hash->context, bytes, count) == 1);
}

void hash_end(struct hash *hash, char text[HASH_TEXT])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    check(EVP_DigestFinal_ex(hash->context, digest, &length) == 1 && length == 32);
    for (size_t i = 0; i < length; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    EVP_MD_CTX_free(hash->context);
}

void hash_bytes(const void *bytes, size_t count, char text[HASH_TEXT])
{
    struct hash hash = hash_begin();
    hash_add(&hash, bytes, count);
    hash_end(&hash, text);
}
