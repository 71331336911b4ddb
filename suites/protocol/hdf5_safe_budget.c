// SPDX-License-Identifier: MIT
/* hdf5_safe_budget.c - how much a file may cost who reads it. */
#define _GNU_SOURCE /* SEEK_DATA */
#include "hdf5_safe_process.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint64_t mebibyte = UINT64_C(1) << 20;

/* Bytes of a file without its holes, which cost nothing to make. */
static uint64_t data_bytes(int file, uint64_t size)
{
    uint64_t data = 0;
#ifdef SEEK_DATA
    enum { PIECES = 4096 };
    off_t at = 0;
    for (int i = 0; i < PIECES && at >= 0 && (uint64_t)at < size; i++) {
        off_t from = lseek(file, at, SEEK_DATA);
        if (from < 0)
            return errno == ENXIO ? data : size; /* a hole to the end; or unknown here */
        at = lseek(file, from, SEEK_HOLE);
        if (at < from)
            return size;
        data += (uint64_t)(at - from);
    }
    return data;
#else
    (void)file, (void)data;
    return size;
#endif
}

uint64_t safe_data(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    uint64_t data = 0;
    if (file < 0)
        return 0;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        data = data_bytes(file, (uint64_t)status.st_size);
    close(file);
    return data;
}

uint64_t safe_budget(const char *path)
{
    const uint64_t largest = 4096 * mebibyte;
    uint64_t data = safe_data(path);
    return data < largest / 8 - 8 * mebibyte ? 64 * mebibyte + 8 * data : largest;
}

uint64_t safe_next_data(int file, uint64_t at)
{
#ifdef SEEK_DATA
    off_t next = lseek(file, (off_t)at, SEEK_DATA);
    if (next > (off_t)at)
        return (uint64_t)next;
    if (next < 0 && errno == ENXIO)
        return UINT64_MAX;
#else
    (void)file;
#endif
    return at;
}
