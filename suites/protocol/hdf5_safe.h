// SPDX-License-Identifier: MIT
/* hdf5_safe.h - the only way in which this project reads an HDF5 file that somebody else wrote.
 *
 * An HDF5 file is closer to a program than to a table: it can name other files to be read in its
 * place, name code to be loaded, and state sizes that it does not have. So nothing is followed
 * but hard links to groups and to plain arrays of numbers, and every size is compared with the
 * limits below before memory is taken. Depth is fixed by the callers, one call a level, so a cycle
 * of hard links ends by itself.
 *
 * Functions return 0, or 2 with one sentence in the error buffer given to safe_open: file, object,
 * cause, remedy. HDF5 prints nothing.
 */
#pragma once

#include "case.h"

#include <hdf5.h>

enum {
    SAFE_PATH = 6 * (ASSAY_NAME + 1), /* deepest object: /technique/case/golden/output */
    SAFE_RANK = REQUEST_RANK + 1,     /* goldens and bounds have an axis of their own in front */
    SAFE_LINKS = 1 << 16,             /* objects in one group, attributes of one object */
    SAFE_OBJECTS = 1 << 20,           /* objects and attributes met in one file */
    SAFE_ELEMENTS = 1 << 28,          /* elements of one dataset */
    SAFE_CHUNK = 1 << 26,             /* bytes of one chunk */
    SAFE_FILTERS = 3,                 /* of one dataset */
    SAFE_STRING = 4096                /* bytes of one string attribute */
};

struct safe_file {
    hid_t id, transfer;
    const char *path;
    char *error;           /* ASSAY_ERROR bytes */
    uint64_t size;         /* of the file, in bytes */
    uint64_t bytes_left;   /* that may still be read from it into memory: safe_budget() at first */
    uint64_t objects_left; /* SAFE_OBJECTS at first */
};

struct safe_object {
    struct safe_file *file;
    hid_t id;
    char path[SAFE_PATH]; /* for messages */
};

struct safe_names {
    size_t count;
    char (*name)[ASSAY_NAME];
};

/* A dataset as it is stored. */
struct safe_values {
    int rank;
    size_t dim[SAFE_RANK];
    size_t count; /* product of dim */
    int integral; /* of an integer type */
    double *value;
};

/* How arrays of numbers are read and written, a property list that the caller closes: HDF5's own
 * clears a mebibyte for every array whose type changes. */
hid_t safe_transfer(void);

/* Opens a file for reading, and its root group. On failure there is nothing to close. */
int safe_open(struct safe_file *file, struct safe_object *root, const char *path, char *error);
void safe_close(struct safe_file *file, struct safe_object *root);

/* Whether a member is there, and is no soft or external link; `kind` is for the message. */
int safe_hard(const struct safe_object *parent, const char *name, const char *kind);

/* Opens a group inside another. On failure there is nothing to leave. */
int safe_enter(const struct safe_object *parent, const char *name, struct safe_object *group);
void safe_leave(struct safe_object *group);

/* Names of the members of a group, or of the attributes of one: in the order in which they were
 * made if the file knows it, otherwise by name. The caller frees names->name. */
int safe_members(const struct safe_object *group, struct safe_names *names);
int safe_attributes(const struct safe_object *group, struct safe_names *names);

/* Whether the list holds the name. */
int safe_listed(const struct safe_names *names, const char *name);

/* Whether the group has an attribute of this name, and whether it is a string. */
int safe_has(const struct safe_object *group, const char *attribute);
int safe_is_text(const struct safe_object *group, const char *attribute);

/* A string attribute (fixed or variable length, any padding), of less than `size` bytes. */
int safe_text(const struct safe_object *group, const char *attribute, char *text, size_t size);

/* A numeric attribute of one element; `integral`, unless NULL, tells whether it is an integer. */
int safe_number(const struct safe_object *group, const char *attribute, double *value,
                int *integral);

/* Reads a dataset of any integer or IEEE type as double. The caller frees values->value. */
int safe_values(const struct safe_object *parent, const char *name, struct safe_values *values);

/* The same with its name, for a rank of at most REQUEST_RANK. The caller frees array->value. */
int safe_array(const struct safe_object *parent, const char *name, struct request_array *array);

/* Takes memory for `bytes` of values that the file stands for, without storing them, from what may
 * still be read from it. Fails when there is no more. */
int safe_take(const struct safe_object *parent, const char *name, uint64_t bytes);

/* Whether a type is an integer of 8 to 64 bits or an IEEE binary16, 32 or 64, in either byte
 * order. */
int safe_numeric(hid_t type);

/* Whether every chunk of a chunked dataset of `element` bytes an element is in the file and holds
 * as many bytes as it should. Called by safe_array. */
int safe_chunks(const struct safe_object *parent, const char *name, hid_t dataset, hid_t creation,
                size_t element, const struct safe_values *shape);

/* Whether no value of variable length exceeds SAFE_STRING. Called by safe_open. */
int safe_heaps(const struct safe_object *root);

/* Puts "FILE: OBJECT: sentence" into the error buffer; returns 2. */
int safe_fail(const struct safe_object *object, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for a member or attribute of `object`. */
int safe_fail_at(const struct safe_object *object, const char *member, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Length of the valid UTF-8 sequence at `at` that is not a control character, or 0. */
size_t safe_character(const unsigned char *at);

/* Copies `text` for a message: what is not printable ASCII becomes '?'. */
void safe_printable(char *out, size_t size, const char *text);
