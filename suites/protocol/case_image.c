// SPDX-License-Identifier: MIT
/* case_image.c - building an HDF5 file in memory.
 *
 * The bytes are taken from HDF5 when it closes the file and would release them. The function made
 * for that, H5Fget_file_image, changes the first block without its checksum (1.10.8), and no
 * library then opens the copy.
 *
 * Groups are made in a draft and copied into the file when they are complete, because HDF5 then
 * knows how large their headers are: made in place, half of a small file is reserved space and
 * headers in pieces. */
#include "case_image.h"
#include "hdf5_safe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROWTH = 1 << 20,      /* bytes by which the image grows */
    COMPACT = 4096,        /* a dataset of at most so many bytes stands in its own header */
    USUAL_MEMBERS = 8,     /* what a group holds without a heap, which costs kilobytes */
    COMPACT_MEMBERS = 256, /* and what it can hold when it says so, in eight bytes */
    ALL_MEMBERS = 65535    /* the most that it can say */
};

void image_fail(struct image *image, const char *format, ...)
{
    va_list arguments;
    if (image->error[0] != '\0')
        return;
    va_start(arguments, format);
    vsnprintf(image->error, sizeof image->error, format, arguments);
    va_end(arguments);
}

/* No times, and no order but that of names: it would cost eight bytes a member. Creation properties
 * of a file are those of its root group. */
static void set_group_properties(hid_t creation, size_t members)
{
    H5Pset_obj_track_times(creation, 0);
    if (members <= USUAL_MEMBERS)
        return;
    /* What grows beyond its header is moved member by member, in quadratic time: seconds for the
     * results of all techniques. */
    unsigned most = members > COMPACT_MEMBERS ? ALL_MEMBERS : COMPACT_MEMBERS;
    H5Pset_link_phase_change(creation, most, COMPACT_MEMBERS / 2);
    H5Pset_attr_phase_change(creation, COMPACT_MEMBERS, COMPACT_MEMBERS / 2);
}

/* ---- memory, on behalf of HDF5's in-memory driver ---------------------------------------------
 */

static void *image_malloc(size_t size, H5FD_file_image_op_t operation, void *data)
{
    struct image *image = data;
    (void)operation;
    image->size = size;
    return malloc(size);
}

static void *image_realloc(void *bytes, size_t size, H5FD_file_image_op_t operation, void *data)
{
    struct image *image = data;
    void *larger = realloc(bytes, size);
    (void)operation;
    if (larger != NULL)
        image->size = size;
    return larger;
}

static herr_t image_free(void *bytes, H5FD_file_image_op_t operation, void *data)
{
    struct image *image = data;
    if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
        image->bytes = bytes;
    else
        free(bytes);
    return 0;
}

static void *image_memcpy(void *to, const void *from, size_t size, H5FD_file_image_op_t operation,
                          void *data)
{
    (void)operation, (void)data;
    return memcpy(to, from, size);
}

/* HDF5 copies property lists as it likes; all copies stand for the one image. */
static void *image_same(void *data)
{
    return data;
}

static herr_t image_keep(void *data)
{
    (void)data;
    return 0;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* A file in memory, with so many members of its root; the callbacks, unless NULL, get its bytes. */
static hid_t create(const char *name, size_t members, H5FD_file_image_callbacks_t *callbacks)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_fapl_core(access, GROWTH, 0);
    if (callbacks != NULL)
        H5Pset_file_image_callbacks(access, callbacks);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    /* The format of 1.8: what every reader in use understands, with checksums on all metadata. */
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
    /* One object after the other: blocks that gather small ones would leave gaps. */
    H5Pset_meta_block_size(access, 0);
    H5Pset_small_data_block_size(access, 0);
    set_group_properties(creation, members);
    hid_t file = H5Fcreate(name, H5F_ACC_TRUNC, creation, access);
    H5Pclose(creation);
    H5Pclose(access);
    return file;
}

void image_begin(struct image *image, const char *format, size_t members)
{
    size_t most = members > COMPACT_MEMBERS ? members : COMPACT_MEMBERS;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5FD_file_image_callbacks_t callbacks = {image_malloc, image_memcpy, image_realloc, image_free,
                                             image_same,   image_keep,   image};
    *image = (struct image){.file = -1, .draft = -1, .transfer = -1};
    image->file = create("assay", most, &callbacks);
    image->draft = create("draft", most, NULL);
    image->transfer = safe_transfer();
    if (image->file < 0 || image->draft < 0 || image->transfer < 0) {
        image_fail(image, "an HDF5 file cannot be begun in memory: free some memory");
        return;
    }
    image_text(image, image->file, "format", format);
    image_integer(image, image->file, "format_version", ASSAY_SCHEMA_VERSION);
}

hid_t image_group(struct image *image, hid_t parent, const char *name, size_t members)
{
    if (image->error[0] != '\0')
        return -1;
    hid_t creation = H5Pcreate(H5P_GROUP_CREATE);
    set_group_properties(creation, members);
    hid_t group = H5Gcreate2(parent, name, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Pclose(creation);
    if (group < 0)
        image_fail(image, "group '%s' cannot be made: its name is there twice, or memory is short",
                   name);
    return group;
}

void image_leave(hid_t group)
{
    if (group >= 0)
        H5Gclose(group);
}

static void attribute(struct image *image, hid_t group, const char *name, hid_t stored,
                      hid_t memory, const void *value)
{
    if (image->error[0] != '\0')
        return;
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t id = H5Acreate2(group, name, stored, space, H5P_DEFAULT, H5P_DEFAULT);
    if (id < 0 || H5Awrite(id, memory, value) < 0)
        image_fail(image,
                   "attribute '%s' cannot be made: its name is there twice, or memory is short",
                   name);
    if (id >= 0)
        H5Aclose(id);
    H5Sclose(space);
}

void image_text(struct image *image, hid_t group, const char *name, const char *text)
{
    size_t length = strlen(text);
    int ascii = 1;
    for (size_t i = 0; i < length; i++)
        ascii &= (unsigned char)text[i] < 0x80;
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, length > 0 ? length : 1);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, ascii ? H5T_CSET_ASCII : H5T_CSET_UTF8);
    attribute(image, group, name, type, type, text);
    H5Tclose(type);
}

void image_number(struct image *image, hid_t group, const char *name, double value)
{
    attribute(image, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

void image_integer(struct image *image, hid_t group, const char *name, int32_t value)
{
    attribute(image, group, name, H5T_STD_I32LE, H5T_NATIVE_INT32, &value);
}

static hid_t dataset(hid_t group, const char *name, hid_t type, hid_t space)
{
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    hssize_t bytes = H5Sget_simple_extent_npoints(space) * (hssize_t)H5Tget_size(type);
    H5Pset_obj_track_times(creation, 0);
    H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER);
    H5Pset_layout(creation, bytes > 0 && bytes <= COMPACT ? H5D_COMPACT : H5D_CONTIGUOUS);
    hid_t id = H5Dcreate2(group, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    H5Pclose(creation);
    return id;
}

void image_array(struct image *image, hid_t group, const char *name, enum image_type type, int rank,
                 const size_t *dim, const double *value)
{
    hid_t stored = type == IMAGE_U16   ? H5T_STD_U16LE
                   : type == IMAGE_I32 ? H5T_STD_I32LE
                   : type == IMAGE_F32 ? H5T_IEEE_F32LE
                                       : H5T_IEEE_F64LE;
    hsize_t size[REQUEST_RANK + 1] = {0};
    size_t count = 1;
    if (image->error[0] != '\0')
        return;
    for (int i = 0; i < rank; i++) {
        size[i] = dim[i];
        count *= dim[i];
    }
    hid_t space = rank > 0 ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t id = dataset(group, name, stored, space);
    if (id < 0 || (count > 0 &&
                   H5Dwrite(id, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, image->transfer, value) < 0))
        image_fail(image,
                   "dataset '%s' cannot be made: its name is there twice, or memory is short",
                   name);
    if (id >= 0)
        H5Dclose(id);
    H5Sclose(space);
}

/* ---- order ----------------------------------------------------------------------------------- */

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const void **image_by_name(struct image *image, const void *part, size_t count, size_t size)
{
    const void **sorted = calloc(count + 1, sizeof *sorted);
    if (sorted == NULL) {
        image_fail(image, "the file does not fit into memory: split it");
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = (const char *)part + i * size;
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare_names);
    return sorted;
}

/* ---- its bytes ------------------------------------------------------------------------------- */

static herr_t copy_group(hid_t draft, const char *name, const H5L_info_t *link, void *data)
{
    const struct image *image = data;
    (void)link;
    return H5Ocopy(draft, name, image->file, name, H5P_DEFAULT, H5P_DEFAULT) < 0 ? -1 : 0;
}

/* Copies the groups of the draft into the file, by name. */
static herr_t pack(struct image *image)
{
    hsize_t position = 0;
    if (image->file < 0 || image->draft < 0 || image->error[0] != '\0')
        return -1;
    return H5Literate(image->draft, H5_INDEX_NAME, H5_ITER_INC, &position, copy_group, image);
}

/* Closes the file. Returns its size, or 0: the memory is larger, the first block (version 2) has
 * the end of the file at byte 28. */
static size_t finish(struct image *image)
{
    enum { END_AT = 28, BLOCK = 48 };
    uint64_t end = 0;
    herr_t status = pack(image);
    if (image->draft >= 0)
        H5Fclose(image->draft);
    if (image->file >= 0 && H5Fclose(image->file) < 0)
        status = -1;
    H5Pclose(image->transfer);
    image->file = image->draft = image->transfer = -1;
    H5Eclear2(H5E_DEFAULT);
    if (status < 0 || image->bytes == NULL || image->size < BLOCK || image->error[0] != '\0') {
        image_fail(image, "the file does not fit into memory: split it");
        return 0;
    }
    for (int i = 7; i >= 0; i--)
        end = end << 8 | image->bytes[END_AT + i];
    if (end >= BLOCK && end <= image->size)
        return (size_t)end;
    image_fail(image, "this HDF5 library writes another first block: use HDF5 1.10 or later");
    return 0;
}

int image_store(struct image *image, const char *path, char *error)
{
    int code = 2;
    size_t size = finish(image);
    if (size > 0)
        code = store_bytes(path, image->bytes, size, error);
    else
        snprintf(error, ASSAY_ERROR, "%.160s: cannot be written: %.300s", path, image->error);
    free(image->bytes);
    image->bytes = NULL;
    return code;
}
