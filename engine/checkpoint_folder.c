// SPDX-License-Identifier: MIT
#include "checkpoint_folder.h"

#include "failure.h"
#include "training.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DIGITS = 12, PREFIX = 11, FILE_NAME = PREFIX + DIGITS + 3 };
enum { READINGS = 16 }; /* damaged files passed over at most */

static const char prefix[] = "checkpoint-", suffix[] = ".h5";

/* ---- names ----------------------------------------------------------------------------------- */

/* The step in the name of a checkpoint. `rest` is what comes behind the name: nothing in a
 * checkpoint, ".PID.N.tmp" in one that is being written. */
static bool read_name(const char *name, uint64_t *step, const char **rest)
{
    if (strncmp(name, prefix, PREFIX) != 0 || strspn(name + PREFIX, "0123456789") != DIGITS ||
        strncmp(name + PREFIX + DIGITS, suffix, 3) != 0)
        return false;
    *step = strtoull(name + PREFIX, NULL, 10);
    *rest = name + FILE_NAME;
    return true;
}

static bool is_temporary(const char *rest)
{
    size_t length = strlen(rest);
    return rest[0] == '.' && length > 4 && strcmp(rest + length - 4, ".tmp") == 0 &&
           strspn(rest, "0123456789.") == length - 3;
}

static size_t room_of(const struct checkpoint_folder *folder)
{
    return strlen(folder->path) + 2 + 256; /* the longest name of a file */
}

static const char *path_of(struct checkpoint_folder *folder, uint64_t step)
{
    snprintf(folder->file, room_of(folder), "%s/%s%0*llu%s", folder->path, prefix, DIGITS,
             (unsigned long long)step, suffix);
    return folder->file;
}

/* The newest checkpoint of a step below `below`. */
static bool find_below(const struct checkpoint_folder *folder, uint64_t below, uint64_t *newest)
{
    bool found = false;
    const char *rest;
    DIR *stream = opendir(folder->path);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        uint64_t step;
        if (!read_name(entry->d_name, &step, &rest) || rest[0] != '\0' || step >= below ||
            (found && step < *newest))
            continue;
        *newest = step;
        found = true;
    }
    if (stream != NULL)
        closedir(stream);
    return found;
}

bool checkpoint_folder_holds(const struct checkpoint_folder *folder)
{
    uint64_t newest;
    return find_below(folder, UINT64_MAX, &newest);
}

/* Removes what was being written; and, with `finished`, checkpoints other than these two. What
 * cannot be removed is in nobody's way. */
static void clear(struct checkpoint_folder *folder, bool finished, uint64_t keep, uint64_t keep_too)
{
    const char *rest;
    DIR *stream = opendir(folder->path);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        uint64_t step;
        if (!read_name(entry->d_name, &step, &rest))
            continue;
        bool is_other = rest[0] == '\0' && step != keep && step != keep_too;
        if (finished ? !is_other : !is_temporary(rest))
            continue;
        snprintf(folder->old, room_of(folder), "%s/%.255s", folder->path, entry->d_name);
        unlink(folder->old);
    }
    if (stream != NULL)
        closedir(stream);
}

/* ---- the folder ------------------------------------------------------------------------------ */

static int fail(char *error, const char *path, const char *cause)
{
    snprintf(error, CHECKPOINT_ERROR, "%.160s: cannot hold checkpoints: %s", path, cause);
    return 2;
}

/* The ranks of a job that has been killed may live on for a moment. File systems that have no locks
 * say something else than that it is taken. */
static bool take_lock(int folder)
{
    enum { TURNS = 200 };
    const struct timespec turn = {0, 50000000};
    for (int i = 0; i < TURNS; i++) {
        if (flock(folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return true;
        nanosleep(&turn, NULL);
    }
    return false;
}

int checkpoint_folder_open(struct checkpoint_folder *folder, const char *path, char *error)
{
    struct stat status;
    *folder = (struct checkpoint_folder){.path = path, .lock = -1};
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return fail(error, path,
                    errno == ENOENT ? "its parent folder does not exist: make it first"
                                    : strerror(errno));
    if (stat(path, &status) != 0)
        return fail(error, path, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return fail(error, path, "it is not a folder: give the name of a folder");
    folder->lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->lock < 0)
        return fail(error, path, strerror(errno));
    folder->file = calloc(room_of(folder), 1);
    folder->old = calloc(room_of(folder), 1);
    int code = 0;
    if (folder->file == NULL || folder->old == NULL)
        code = fail(error, path, "out of memory");
    else if (!take_lock(folder->lock))
        code = fail(error, path, "another run works in it: wait for its end, or give another one");
    if (code != 0)
        checkpoint_folder_close(folder);
    else
        clear(folder, false, 0, 0);
    return code;
}

void checkpoint_folder_close(struct checkpoint_folder *folder)
{
    free(folder->file);
    free(folder->old);
    if (folder->lock >= 0)
        close(folder->lock);
    *folder = (struct checkpoint_folder){.lock = -1};
}

/* ---- loading --------------------------------------------------------------------------------- */

static bool has_shape(const struct checkpoint_array *array, size_t rows, size_t columns)
{
    return array != NULL && array->rows == rows && array->columns == columns;
}

/* Whether a checkpoint of the right settings could have been written by such a run. */
static bool fits(const struct checkpoint *found, const struct checkpoint *mine,
                 const struct checkpoint_course *course, uint64_t step)
{
    const struct checkpoint_array *losses = checkpoint_array(found, "losses");
    const size_t epoch = (size_t)step / course->per_epoch;
    const size_t position = (size_t)step % course->per_epoch * course->batch;
    bool fits = step <= course->steps && losses != NULL && losses->rows <= TRAINING_STEPS &&
                losses->columns == 2 && has_shape(checkpoint_array(found, "epochs"), epoch, 3) &&
                checkpoint_number(found, "step") == (double)step &&
                checkpoint_number(found, "epoch") == (double)epoch &&
                checkpoint_number(found, "position") == (double)position;
    for (size_t i = 0; i < mine->arrays && fits; i++) {
        const struct checkpoint_array *array = &mine->array[i];
        bool grows = strcmp(array->name, "losses") == 0 || strcmp(array->name, "epochs") == 0;
        fits =
            grows || has_shape(checkpoint_array(found, array->name), array->rows, array->columns);
    }
    return fits && found->numbers == mine->numbers && found->arrays == mine->arrays;
}

/* Reads one. Returns 0, 2, or -1 when it is damaged, which an older one can make up for. */
static int load(struct checkpoint_folder *folder, uint64_t step, const struct checkpoint *mine,
                const struct checkpoint_course *course, struct checkpoint *found, char *error)
{
    const char *path = path_of(folder, step);
    if (checkpoint_read(found, path, error) != 0)
        return -1;
    int code = checkpoint_compare(found, mine, path, error);
    if (code == 0 && !fits(found, mine, course, step)) {
        snprintf(error, CHECKPOINT_ERROR,
                 "%.160s: is damaged: its numbers and arrays do not belong together", path);
        code = -1;
    }
    if (code != 0)
        checkpoint_release(found);
    return code;
}

int checkpoint_folder_load(struct checkpoint_folder *folder, const struct checkpoint *mine,
                           const struct checkpoint_course *course, struct checkpoint *found,
                           bool *is_there, char *error)
{
    char first[CHECKPOINT_ERROR] = "";
    uint64_t step = UINT64_MAX;
    int damaged = 0;
    *is_there = false;
    while (damaged < READINGS && find_below(folder, step, &step)) {
        int code = load(folder, step, mine, course, found, error);
        if (code > 0)
            return code;
        if (code == 0) {
            if (damaged > 0)
                fprintf(stderr, "assay-engine: %s; going on from %s\n", first, folder->file);
            folder->newest = step;
            folder->has_newest = *is_there = true;
            return 0;
        }
        if (damaged++ == 0)
            snprintf(first, sizeof first, "%s", error);
    }
    if (damaged == 0)
        return 0;
    snprintf(error, CHECKPOINT_ERROR,
             "%.300s; none of the %d checkpoints in %.100s can be used: empty the folder to start "
             "from the beginning",
             first, damaged, folder->path);
    return 2;
}

/* ---- storing --------------------------------------------------------------------------------- */

int checkpoint_folder_store(struct checkpoint_folder *folder, struct checkpoint *mine,
                            uint64_t step, char *error)
{
    struct stat status;
    const char *path = path_of(folder, step);
    /* A file is replaced at the end of a link; what somebody has linked here is not ours. */
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
        unlink(path);
    if (checkpoint_write(mine, path, error) != 0)
        return 2;
    clear(folder, true, step, folder->has_newest ? folder->newest : step);
    folder->newest = step;
    folder->has_newest = true;
    return 0;
}
