// SPDX-License-Identifier: MIT
/* checkpoint_read.c - reading a file that anybody may have written or changed. */
#include "checkpoint.h"

#include "../suites/protocol/case_read.h"
#include "../suites/protocol/hdf5_safe.h"
#include "../suites/protocol/hdf5_safe_process.h"
#include "hash.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the reading process sends. */
struct parcel {
    struct checkpoint checkpoint;
    char hash[HASH_TEXT]; /* as the file states it */
};

/* Enters a group and lists its attributes, or its members; more than `most` are refused. */
static int enter(const struct safe_object *root, const char *name, bool has_members, size_t most,
                 struct safe_object *group, struct safe_names *names)
{
    if (safe_enter(root, name, group) != 0)
        return 2;
    int code = has_members ? safe_members(group, names) : safe_attributes(group, names);
    if (code == 0 && names->count > most) {
        code = safe_fail(group,
                         "has %zu members, and a checkpoint has at most %zu: give another "
                         "file",
                         names->count, most);
        free(names->name);
    }
    if (code != 0)
        safe_leave(group);
    return code;
}

static void leave(struct safe_object *group, struct safe_names *names)
{
    free(names->name);
    safe_leave(group);
}

static int read_settings(struct checkpoint *checkpoint, const struct safe_object *root)
{
    struct safe_object group;
    struct safe_names names;
    if (enter(root, "recipe", false, CHECKPOINT_SETTINGS, &group, &names) != 0)
        return 2;
    int code = 0;
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct checkpoint_setting *setting = &checkpoint->setting[checkpoint->settings++];
        memcpy(setting->name, names.name[i], sizeof setting->name);
        code = safe_text(&group, names.name[i], setting->value, sizeof setting->value);
    }
    leave(&group, &names);
    return code;
}

static int read_numbers(struct checkpoint *checkpoint, const struct safe_object *root)
{
    struct safe_object group;
    struct safe_names names;
    if (enter(root, "progress", false, CHECKPOINT_NUMBERS, &group, &names) != 0)
        return 2;
    int code = 0;
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct checkpoint_number *number = &checkpoint->number[checkpoint->numbers++];
        memcpy(number->name, names.name[i], sizeof number->name);
        code = safe_number(&group, names.name[i], &number->value, NULL);
    }
    leave(&group, &names);
    return code;
}

static int read_array(struct checkpoint *checkpoint, const struct safe_object *group,
                      const char *name)
{
    struct safe_values values;
    if (safe_values(group, name, &values) != 0)
        return 2;
    struct checkpoint_array *array = &checkpoint->array[checkpoint->arrays++];
    memcpy(array->name, name, sizeof array->name);
    array->rows = values.dim[0];
    array->columns = values.rank == 2 ? values.dim[1] : 1;
    array->value = values.value;
    if (values.rank == 1 || values.rank == 2)
        return 0;
    return safe_fail_at(group, name, "has rank %d, and 1 or 2 is needed: give another file",
                        values.rank);
}

static int read_arrays(struct checkpoint *checkpoint, const struct safe_object *root)
{
    struct safe_object group;
    struct safe_names names;
    if (enter(root, "state", true, CHECKPOINT_ARRAYS, &group, &names) != 0)
        return 2;
    int code = 0;
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_array(checkpoint, &group, names.name[i]);
    leave(&group, &names);
    return code;
}

/* In the reading process. */
static int read_file(void *target, const char *path, char *error)
{
    struct parcel *parcel = target;
    struct safe_file file;
    struct safe_object root;
    if (safe_open(&file, &root, path, error) != 0)
        return 2;
    int code = read_format(&root, "assay-checkpoint");
    if (code == 0)
        code = safe_text(&root, "sha256", parcel->hash, sizeof parcel->hash);
    if (code == 0)
        code = read_settings(&parcel->checkpoint, &root);
    if (code == 0)
        code = read_numbers(&parcel->checkpoint, &root);
    if (code == 0)
        code = read_arrays(&parcel->checkpoint, &root);
    safe_close(&file, &root);
    return code;
}

/* A count that what follows has room for. */
static void move_count(struct safe_pipe *pipe, size_t *count, size_t most)
{
    safe_move(pipe, count, sizeof *count);
    pipe->failed |= *count > most;
    if (pipe->failed)
        *count = 0;
}

static void move_array(struct safe_pipe *pipe, struct checkpoint_array *array)
{
    size_t count = array->rows * array->columns;
    safe_move_text(pipe, array->name, sizeof array->name);
    safe_move(pipe, &array->rows, sizeof array->rows);
    safe_move(pipe, &array->columns, sizeof array->columns);
    array->value = safe_move_count(pipe, array->value, &count, sizeof *array->value);
    pipe->failed |= array->columns == 0
                        ? count != 0
                        : count / array->columns != array->rows || count % array->columns != 0;
    if (!pipe->failed)
        safe_move(pipe, array->value, count * sizeof *array->value);
}

static void move_parcel(struct safe_pipe *pipe, void *target)
{
    struct parcel *parcel = target;
    struct checkpoint *checkpoint = &parcel->checkpoint;
    safe_move_text(pipe, parcel->hash, sizeof parcel->hash);
    move_count(pipe, &checkpoint->settings, CHECKPOINT_SETTINGS);
    for (size_t i = 0; i < checkpoint->settings; i++) {
        struct checkpoint_setting *setting = &checkpoint->setting[i];
        safe_move_text(pipe, setting->name, sizeof setting->name);
        safe_move_text(pipe, setting->value, sizeof setting->value);
    }
    move_count(pipe, &checkpoint->numbers, CHECKPOINT_NUMBERS);
    for (size_t i = 0; i < checkpoint->numbers; i++) {
        safe_move_text(pipe, checkpoint->number[i].name, sizeof checkpoint->number[i].name);
        safe_move(pipe, &checkpoint->number[i].value, sizeof(double));
    }
    move_count(pipe, &checkpoint->arrays, CHECKPOINT_ARRAYS);
    for (size_t i = 0; i < checkpoint->arrays; i++)
        move_array(pipe, &checkpoint->array[i]);
}

void checkpoint_release(struct checkpoint *checkpoint)
{
    for (size_t i = 0; i < CHECKPOINT_ARRAYS; i++)
        free(checkpoint->array[i].value);
    *checkpoint = (struct checkpoint){.arrays = 0};
}

int checkpoint_read(struct checkpoint *checkpoint, const char *path, char *error)
{
    struct parcel parcel = {.hash = ""};
    char hash[HASH_TEXT];
    struct safe_errand errand = {path, &parcel, read_file, move_parcel};
    int code = safe_elsewhere(&errand, error);
    *checkpoint = parcel.checkpoint;
    if (code == 0) {
        checkpoint_hash(checkpoint, hash);
        if (strcmp(hash, parcel.hash) != 0) {
            snprintf(error, CHECKPOINT_ERROR,
                     "%.160s: is damaged: its contents do not have the SHA-256 that it states",
                     path);
            code = 2;
        }
    }
    if (code != 0)
        checkpoint_release(checkpoint);
    return code;
}
