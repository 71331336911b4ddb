// SPDX-License-Identifier: MIT
/* hdf5_safe_heap.c - whether the strings of variable length in a file have the lengths they state.
 *
 * Such a string is stored in a heap, and the attribute holds its length and its place there. HDF5
 * makes a buffer for the length that the attribute states, of at least 4096 bytes, and copies into
 * it as many bytes as the heap states, so a hostile file writes into memory what it likes (1.10.8).
 * The two lengths cannot be compared from outside the library. But with no object of any heap above
 * 4096 bytes nothing can overflow, and no honest file has one: texts here are far shorter.
 *
 * Heaps are found by their signature anywhere in the file. By chance numbers have these eight bytes
 * once in 10^19.
 */
#include "hdf5_safe.h"
#include "hdf5_safe_process.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A heap is 16 bytes of header (signature and version, size), then objects, each with 16 bytes
 * before it (index, references, zeros, size) and padded to a multiple of 8. Index 0 is free space.
 */
enum { WINDOW = 1 << 16, SIGNATURE = 8, HEADER = 16 };

static const unsigned char signature[SIGNATURE] = {'G', 'C', 'O', 'L', 1, 0, 0, 0};

static uint64_t little_endian(const unsigned char *bytes, int size)
{
    uint64_t value = 0;
    for (int i = size - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

static int damaged(const struct safe_object *root)
{
    return safe_fail(root, "has a damaged heap of strings: write the file again");
}

/* Checks the heap at `at`. */
static int check_heap(int file, const struct safe_object *root, uint64_t at)
{
    unsigned char header[HEADER];
    uint64_t size = root->file->size;
    if (pread(file, header, HEADER, (off_t)at) != HEADER)
        return damaged(root);
    uint64_t length = little_endian(header + 8, 8), used = HEADER;
    if (length < HEADER || length > size - at)
        return damaged(root);
    while (used + HEADER <= length) {
        if (pread(file, header, HEADER, (off_t)(at + used)) != HEADER)
            return damaged(root);
        uint64_t object = little_endian(header + 8, 8);
        if (little_endian(header, 2) == 0) {
            /* Free space, whose size includes its header; HDF5 loops forever over size 0. */
            if (object < HEADER || object > length - used)
                return damaged(root);
            used += object;
            continue;
        }
        if (object > SAFE_STRING)
            return safe_fail(root,
                             "holds a variable-length value of more than %d bytes: shorten "
                             "the texts",
                             SAFE_STRING);
        used += HEADER + (object + 7) / 8 * 8;
    }
    return used <= length ? 0 : damaged(root);
}

static int scan(int file, const struct safe_object *root, unsigned char *window)
{
    uint64_t at = 0;
    for (;;) {
        at = safe_next_data(file, at); /* a hole of terabytes costs nothing to make */
        if (at == UINT64_MAX)
            return 0;
        ssize_t length = pread(file, window, WINDOW, (off_t)at);
        if (length < 0)
            return safe_fail(root, "cannot be read to its end: check the disk");
        if (length < SIGNATURE)
            return 0;
        const unsigned char *end = window + length - SIGNATURE + 1, *hit = window;
        while ((hit = memchr(hit, 'G', (size_t)(end - hit))) != NULL) {
            if (memcmp(hit, signature, SIGNATURE) == 0 &&
                check_heap(file, root, at + (uint64_t)(hit - window)) != 0)
                return 2;
            if (++hit == end)
                break;
        }
        at += (uint64_t)(length - SIGNATURE + 1); /* a signature may lie across two windows */
    }
}

int safe_heaps(const struct safe_object *root)
{
    int file = open(root->file->path, O_RDONLY | O_CLOEXEC);
    unsigned char *window = malloc(WINDOW);
    int code = file >= 0 && window != NULL ? scan(file, root, window)
                                           : safe_fail(root, "cannot be read: free some memory");
    free(window);
    if (file >= 0)
        close(file);
    return code;
}
