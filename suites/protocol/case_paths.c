// SPDX-License-Identifier: MIT
#include "case_paths.h"

#include "hdf5_safe.h"
#include "hdf5_safe_process.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 32 }; /* folders inside folders; a loop of links ends there */

static int out_of_memory(char *error)
{
    snprintf(error, ASSAY_ERROR, "no memory is left for the list of case files");
    return 2;
}

static int append(struct case_paths *paths, const char *path, char *error)
{
    char **grown = realloc(paths->path, (paths->count + 1) * sizeof *grown);
    char *copy = strdup(path);
    if (grown)
        paths->path = grown;
    if (!grown || !copy) {
        free(copy);
        return out_of_memory(error);
    }
    paths->path[paths->count++] = copy;
    return 0;
}

/* What the attribute `format` of a file says; empty if it has none. */
struct format {
    char text[ASSAY_NAME];
};

static int read_format(void *target, const char *path, char *error)
{
    struct format *format = target;
    struct safe_file file;
    struct safe_object root;
    if (safe_open(&file, &root, path, error) != 0)
        return 2;
    if (safe_has(&root, "format"))
        safe_text(&root, "format", format->text, sizeof format->text);
    safe_close(&file, &root);
    return 0;
}

static void move_format(struct safe_pipe *pipe, void *target)
{
    struct format *format = target;
    safe_move_text(pipe, format->text, sizeof format->text);
}

static int is_something_else(const char *path)
{
    char ignored[ASSAY_ERROR] = "";
    struct format format = {""};
    struct safe_errand errand = {path, &format, read_format, move_format};
    return safe_elsewhere(&errand, ignored) == 0 && strcmp(format.text, "assay-cases") != 0;
}

static int cannot_read(const char *path, const char *remedy, char *error)
{
    snprintf(error, ASSAY_ERROR, "%.300s: cannot be read: %s; %s", path, strerror(errno), remedy);
    return 2;
}

static int search(struct case_paths *paths, const char *folder, int depth, char *error);

static int consider(struct case_paths *paths, const char *path, int depth, char *error)
{
    struct stat status;
    size_t length = strlen(path);
    if (stat(path, &status) != 0)
        return 0; /* a link to nowhere is no case file */
    if (S_ISDIR(status.st_mode) && depth < DEPTH_MAX)
        return search(paths, path, depth + 1, error);
    if (S_ISREG(status.st_mode) && length > 3 && strcmp(path + length - 3, ".h5") == 0 &&
        !is_something_else(path))
        return append(paths, path, error);
    return 0;
}

static int search(struct case_paths *paths, const char *folder, int depth, char *error)
{
    DIR *stream = opendir(folder);
    int status = 0;
    if (!stream)
        return cannot_read(folder, "check its permissions", error);
    for (struct dirent *entry; status == 0 && (entry = readdir(stream)) != NULL;) {
        size_t size = strlen(folder) + strlen(entry->d_name) + 2;
        if (entry->d_name[0] == '.')
            continue;
        char *path = malloc(size);
        if (path) {
            snprintf(path, size, "%s/%s", folder, entry->d_name);
            status = consider(paths, path, depth, error);
        } else {
            status = out_of_memory(error);
        }
        free(path);
    }
    closedir(stream);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int case_paths_add(struct case_paths *paths, const char *path, char *error)
{
    struct stat status;
    size_t before = paths->count;
    if (stat(path, &status) != 0)
        return cannot_read(path, "check the path of the case file", error);
    if (!S_ISDIR(status.st_mode))
        return append(paths, path, error);
    if (search(paths, path, 0, error) != 0)
        return 2;
    if (paths->count == before) {
        snprintf(error, ASSAY_ERROR,
                 "%.300s: holds no case files; give case files, or a folder with files that end in "
                 ".h5",
                 path);
        return 2;
    }
    qsort(paths->path + before, paths->count - before, sizeof *paths->path, compare_paths);
    return 0;
}

void case_paths_free(struct case_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->path[i]);
    free(paths->path);
    *paths = (struct case_paths){0};
}
