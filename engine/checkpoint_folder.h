// SPDX-License-Identifier: MIT
/* checkpoint_folder.h - the folder that holds the checkpoints of one run.
 *
 * Files are named checkpoint-000000000042.h5, by the step after which they were written; the two
 * newest that are whole are kept. One run at a time works in a folder. Rank 0 calls it. Functions
 * return 0, or 2 with one sentence in `error` (CHECKPOINT_ERROR bytes).
 */
#pragma once

#include "checkpoint.h"

#include <stdint.h>

struct checkpoint_folder {
    const char *path;
    int lock;         /* the open folder, locked where the file system can; -1: not open */
    bool has_newest;  /* known to be whole: read or written by this run */
    uint64_t newest;  /* its step */
    char *file, *old; /* memory for paths */
};

/* What a checkpoint must fit into, besides having the settings. */
struct checkpoint_course {
    size_t steps, per_epoch, batch;
};

/* Makes the folder if it is missing, waits until no other run works in it, and removes what a run
 * that was killed while writing has left. */
int checkpoint_folder_open(struct checkpoint_folder *folder, const char *path, char *error);
void checkpoint_folder_close(struct checkpoint_folder *folder);

/* Whether it holds a file with the name of a checkpoint. */
bool checkpoint_folder_holds(const struct checkpoint_folder *folder);

/* The newest checkpoint that is whole, with the settings of `mine` and the shapes of its arrays.
 * *is_there: whether there is one; then the caller releases it. Damaged ones are passed over, with
 * a line on stderr, unless none is left; one of another run is an error. */
int checkpoint_folder_load(struct checkpoint_folder *folder, const struct checkpoint *mine,
                           const struct checkpoint_course *course, struct checkpoint *found,
                           bool *is_there, char *error);

/* Writes a checkpoint, then removes all but it and the one before it. */
int checkpoint_folder_store(struct checkpoint_folder *folder, struct checkpoint *mine,
                            uint64_t step, char *error);
