// SPDX-License-Identifier: MIT
/* hash.h - SHA-256. */
#pragma once

#include <stddef.h>

enum { HASH_TEXT = 65 };

/* The 64 hexadecimal digits of the SHA-256 of the bytes, and a 0. */
void hash_bytes(const void *bytes, size_t count, char text[HASH_TEXT]);

/* The same of bytes that come one after another. */
struct hash {
    void *context;
};
struct hash hash_begin(void);
void hash_add(struct hash *hash, const void *bytes, size_t count);
void hash_end(struct hash *hash, char text[HASH_TEXT]);
