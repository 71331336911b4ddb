// SPDX-License-Identifier: MIT
/* case_store.c - replacing a file atomically: write beside it, flush, rename, flush the folder. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "case_image.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100, PART = 1 << 30 };

static int fail(char *error, const char *path, const char *cause)
{
    snprintf(error, ASSAY_ERROR, "%.200s: cannot be written: %s", path, cause);
    return 2;
}

/* The file that is really replaced: behind a symbolic link its target, so that the link stays. */
static char *resolve(const char *path)
{
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) {
        char *target = realpath(path, NULL);
        if (target != NULL)
            return target;
    }
    return strdup(path);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return strdup(".");
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    char *folder = calloc(length + 1, 1);
    if (folder != NULL)
        memcpy(folder, path, length);
    return folder;
}

static int check_target(const char *target, const char *folder, const char *path, char *error)
{
    struct stat status;
    if (target[0] == '\0' || target[strlen(target) - 1] == '/')
        return fail(error, path, "the name of a file is needed");
    if (stat(target, &status) == 0 && !S_ISREG(status.st_mode))
        return fail(error, path,
                    S_ISDIR(status.st_mode) ? "it is a directory: give the name of a file"
                                            : "it is not a regular file: give another name");
    if (stat(folder, &status) != 0)
        return fail(error, path,
                    errno == ENOENT ? "its folder does not exist: make it first" : strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return fail(error, path, "its folder is not a folder: give another path");
    if (access(folder, W_OK | X_OK) != 0)
        return fail(error, path,
                    errno == EACCES ? "its folder is not writable: give another path"
                                    : strerror(errno));
    return 0;
}

int store_check(const char *path, char *error)
{
    char *target = resolve(path), *folder = target != NULL ? folder_of(target) : NULL;
    int code = folder != NULL ? check_target(target, folder, path, error)
                              : fail(error, path, "out of memory");
    free(folder);
    free(target);
    return code;
}

/* Creates a file of its own beside `target`; O_EXCL, so that nothing is ever written through a
 * link that somebody has placed there. */
static int create_beside(const char *target, char *temporary, size_t size)
{
    for (int i = 0; i < TRIES; i++) {
        snprintf(temporary, size, "%s.%ld.%d.tmp", target, (long)getpid(), i);
        int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static int write_all(int file, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size < PART ? size : PART);
        if (written < 0 && errno != EINTR)
            return -1;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    return fsync(file);
}

/* A rename is durable once its folder is; file systems that cannot flush a folder say EINVAL. */
static void flush_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    fsync(file);
    close(file);
}

static int replace(const char *target, const char *folder, const void *bytes, size_t size)
{
    size_t room = strlen(target) + 48;
    char *temporary = calloc(room, 1);
    int file = temporary != NULL ? create_beside(target, temporary, room) : -1, code = -1;
    if (file >= 0) {
        code = write_all(file, bytes, size);
        int cause = errno;
        if (close(file) != 0 && code == 0) {
            code = -1;
            cause = errno;
        }
        if (code == 0 && rename(temporary, target) != 0) {
            code = -1;
            cause = errno;
        }
        if (code != 0)
            unlink(temporary);
        errno = cause;
    }
    int cause = errno;
    free(temporary);
    if (code == 0)
        flush_folder(folder);
    errno = cause;
    return code;
}

int store_bytes(const char *path, const void *bytes, size_t size, char *error)
{
    if (store_check(path, error) != 0)
        return 2;
    char *target = resolve(path), *folder = target != NULL ? folder_of(target) : NULL;
    int code = 0;
    if (folder == NULL)
        code = fail(error, path, "out of memory");
    else if (replace(target, folder, bytes, size) != 0)
        code = fail(error, path, strerror(errno));
    free(folder);
    free(target);
    return code;
}
