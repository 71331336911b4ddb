// SPDX-License-Identifier: MIT
/* case_image.h - how case files and result files are written: an HDF5 file is built in memory, and
 * its bytes are stored in one step.
 *
 * The bytes depend on the content and the order of the calls alone: no times, fixed format version.
 * Built in memory, because a full disk is then an ordinary error of write() and not one deep inside
 * HDF5.
 */
#pragma once

#include "case.h"

#include <hdf5.h>

enum image_type { IMAGE_U16, IMAGE_I32, IMAGE_F32, IMAGE_F64 };

/* Errors are sticky: after the first, calls do nothing, and image_store reports it. */
struct image {
    hid_t file;  /* the attributes of the root */
    hid_t draft; /* the groups, which image_store packs into the file */
    hid_t transfer;
    char error[ASSAY_ERROR];
    unsigned char *bytes; /* of the file, once it is closed */
    size_t size;          /* of the memory that holds them */
};

/* Begins a file with the root attributes `format` and `format_version`; `members` is how many groups
 * its root will have. */
void image_begin(struct image *image, const char *format, size_t members);

/* The first error of an image stays. */
void image_fail(struct image *image, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A group inside `parent` (image->draft or a group); image_leave closes it. `members` is how many
 * attributes or how many members it will have, whichever is more. */
hid_t image_group(struct image *image, hid_t parent, const char *name, size_t members);
void image_leave(hid_t group);

/* Attributes of a group. */
void image_text(struct image *image, hid_t group, const char *name, const char *text);
void image_number(struct image *image, hid_t group, const char *name, double value);
void image_integer(struct image *image, hid_t group, const char *name, int32_t value);

/* A dataset of the given type, of at most 5 axes; dim may be NULL when rank is 0. */
void image_array(struct image *image, hid_t group, const char *name, enum image_type type, int rank,
                 const size_t *dim, const double *value);

/* Pointers to the parts of something in the order of their names; each part begins with its name.
 * The caller frees them. NULL when memory is short, which the image then knows. */
const void **image_by_name(struct image *image, const void *part, size_t count, size_t size);

/* Stores the file and releases the image, also when something has failed. Returns 0, or 2 with a
 * sentence; an existing file at `path` is then as it was. */
int image_store(struct image *image, const char *path, char *error);

/* Whether a file can be stored at `path`, as far as that can be known beforehand. */
int store_check(const char *path, char *error);

/* Replaces the file at `path` by these bytes: all of them or, when it fails, none. */
int store_bytes(const char *path, const void *bytes, size_t size, char *error);
