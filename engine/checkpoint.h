// SPDX-License-Identifier: MIT
/* checkpoint.h - the state of a training run between two steps, as a file.
 *
 * In no particular precision and without MPI: rank 0 calls it. What is in such a file, and what a
 * run takes from it, is in data/README.md. Functions return 0, or 2 with one sentence in `error`
 * (CHECKPOINT_ERROR bytes).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    CHECKPOINT_ERROR = 512,
    CHECKPOINT_NAME = 48,
    CHECKPOINT_TEXT = 96,
    CHECKPOINT_SETTINGS = 32,
    CHECKPOINT_NUMBERS = 16,
    CHECKPOINT_ARRAYS = 8
};

struct recipe;
struct dataset;
struct setting_record;

/* What must be the same when the run goes on: the recipe, the data, how is computed. */
struct checkpoint_setting {
    char name[CHECKPOINT_NAME], value[CHECKPOINT_TEXT];
};

struct checkpoint_number {
    char name[CHECKPOINT_NAME];
    double value;
};

struct checkpoint_array {
    char name[CHECKPOINT_NAME];
    bool is_f32; /* stored in binary32, which all its values are */
    size_t rows, columns;
    double *value; /* (rows,columns) */
};

struct checkpoint {
    size_t settings, numbers, arrays;
    struct checkpoint_setting setting[CHECKPOINT_SETTINGS];
    struct checkpoint_number number[CHECKPOINT_NUMBERS];
    struct checkpoint_array array[CHECKPOINT_ARRAYS];
};

/* ---- making one ------------------------------------------------------------------------------ */

/* All settings of a run. Reads the data once, for their hash. */
int checkpoint_describe(struct checkpoint *checkpoint, const struct recipe *recipe,
                        const struct dataset *data, const struct setting_record *setting,
                        char *error);

/* Sets a number or an array, which stays the caller's; makes it when there is none. */
void checkpoint_set(struct checkpoint *checkpoint, const char *name, double value);
void checkpoint_set_array(struct checkpoint *checkpoint, const char *name, bool is_f32, size_t rows,
                          size_t columns, double *value);

/* Replaces the file at `path`, which is in no moment anything but the whole old or the whole new
 * one. Sorts the checkpoint by name. */
int checkpoint_write(struct checkpoint *checkpoint, const char *path, char *error);

/* ---- using one ------------------------------------------------------------------------------- */

/* Reads a file that anybody may have written, in a process of its own (hdf5_safe_process.h), and
 * compares its hash. The caller releases it unless this fails. */
int checkpoint_read(struct checkpoint *checkpoint, const char *path, char *error);
void checkpoint_release(struct checkpoint *checkpoint);

/* The number, or -1 if there is none. */
double checkpoint_number(const struct checkpoint *checkpoint, const char *name);

/* The array, or NULL if there is none of that name. */
const struct checkpoint_array *checkpoint_array(const struct checkpoint *checkpoint,
                                                const char *name);

/* Whether `found` has the settings of `mine`; the sentence names the first that differs. */
int checkpoint_compare(const struct checkpoint *found, const struct checkpoint *mine,
                       const char *path, char *error);

/* SHA-256 of everything in it, once it is sorted. */
void checkpoint_hash(const struct checkpoint *checkpoint, char text[]);
