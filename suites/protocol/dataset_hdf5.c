// SPDX-License-Identifier: MIT
#include "dataset_source.h"

#include "case.h"
#include "hdf5_safe_process.h"

#include <hdf5.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const long long schema_version = 1;

struct object {
    const struct dataset_source *source;
    const char *name;
    hid_t id;
    int rank;
    hsize_t dims[4];
};

/* What the child has read. */
struct parcel {
    struct dataset data;
    int has_split;
    int in_place;    /* known to both */
    uint64_t offset; /* in place, of the first image in the file */
};

/* Returns 1 when found, 0 when absent, -1 after complaining. */
static int read_text(const struct dataset_source *s, hid_t object, const char *name, char text[256])
{
    int status = -1;
    if (H5Aexists(object, name) <= 0)
        return 0;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    size_t size = H5Tget_size(type);
    memset(text, 0, 256);
    /* Variable-length strings are refused because reading them follows pointers in the file. */
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0 && size > 0 &&
        size < 256 && H5Sget_simple_extent_npoints(space) == 1 &&
        H5Aread(attribute, type, text) >= 0)
        status = 1;
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
    if (status < 0)
        dataset_fail(
            s,
            "its attribute '%s' is not a fixed-length string of less than 256 bytes; write it "
            "so (h5py: numpy.bytes_)",
            name);
    return status;
}

static int read_integer(const struct dataset_source *s, hid_t object, const char *name,
                        long long *value)
{
    int status = -1;
    if (H5Aexists(object, name) <= 0)
        return 0;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    if (H5Tget_class(type) == H5T_INTEGER && H5Sget_simple_extent_npoints(space) == 1 &&
        H5Aread(attribute, H5T_NATIVE_LLONG, value) >= 0)
        status = 1;
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
    if (status < 0)
        dataset_fail(s, "its attribute '%s' is not one integer; write it so", name);
    return status;
}

/* An integer attribute with a range; absent leaves `value` alone. */
static int read_bounded(const struct dataset_source *s, hid_t object, const char *name,
                        unsigned *value)
{
    long long number = 0;
    int found = read_integer(s, object, name, &number);
    if (found < 0)
        return DATASET_UNUSABLE;
    if (found > 0 && (number < 1 || number > 256))
        return dataset_fail(s, "its attribute '%s' is %lld; it has to be 1 to 256", name, number);
    if (found > 0)
        *value = (unsigned)number;
    return 0;
}

/* Why the storage of a dataset is not trusted, or NULL.
 *
 * Chunks are refused although they are harmless in themselves: HDF5 1.10 copies a chunk without
 * asking whether as much came out of its filters, and inflates it to wherever that leads. */
static const char *storage_fault(hid_t properties)
{
    H5D_layout_t layout = H5Pget_layout(properties);
    if (layout == H5D_CHUNKED)
        return "is stored in chunks or compressed";
    if (layout != H5D_CONTIGUOUS && layout != H5D_COMPACT)
        return "has a virtual layout, which can point to other files";
    if (H5Pget_external_count(properties) != 0)
        return "is stored in other files";
    if (H5Pget_nfilters(properties) != 0)
        return "is filtered";
    return NULL;
}

static int is_unsigned_byte(hid_t type)
{
    return H5Tget_class(type) == H5T_INTEGER && H5Tcommitted(type) == 0 && H5Tget_size(type) == 1 &&
           H5Tget_sign(type) == H5T_SGN_NONE && H5Tget_precision(type) == 8;
}

/* Whether the values are in this file, and as many as the shape says. */
static int object_check_storage(const struct object *o)
{
    size_t factors[4], bytes, limit = dataset_limit(o->source->in_place);
    for (int i = 0; i < o->rank; i++)
        factors[i] = o->dims[i] > limit ? SIZE_MAX : (size_t)o->dims[i];
    if (dataset_total(&bytes, factors, (size_t)o->rank, limit) != 0)
        return dataset_fail(o->source,
                            "/%s is empty or larger than the limit of %zu bytes; check that the "
                            "file is intact",
                            o->name, limit);
    if (H5Dget_storage_size(o->id) != bytes || bytes > o->source->bytes)
        return dataset_fail(o->source,
                            "/%s claims %zu bytes that the file does not hold; write it again",
                            o->name, bytes);
    return 0;
}

/* Reads the shape and checks everything that must hold before memory is taken for the values. The
 * storage comes first, because asking a virtual dataset for its shape opens other files. */
static int object_check(struct object *o)
{
    hid_t properties = H5Dget_create_plist(o->id);
    const char *fault = storage_fault(properties);
    H5Pclose(properties);
    if (fault != NULL)
        return dataset_fail(
            o->source, "/%s %s; store it plainly in the file itself (h5repack -l CONTI -f NONE)",
            o->name, fault);
    hid_t type = H5Dget_type(o->id);
    int is_byte = is_unsigned_byte(type);
    H5Tclose(type);
    if (!is_byte)
        return dataset_fail(o->source, "/%s does not hold unsigned 8-bit integers; convert it",
                            o->name);
    hid_t space = H5Dget_space(o->id);
    o->rank = H5Sget_simple_extent_ndims(space);
    int is_readable =
        o->rank >= 1 && o->rank <= 4 && H5Sget_simple_extent_dims(space, o->dims, NULL) == o->rank;
    H5Sclose(space);
    if (!is_readable)
        return dataset_fail(o->source, "/%s does not have 1 to 4 dimensions; see data/digits.md",
                            o->name);
    return object_check_storage(o);
}

/* On failure there is nothing to close. */
static int object_open(struct object *o, const struct dataset_source *s, hid_t file,
                       const char *name)
{
    H5L_info_t link;
    *o = (struct object){.source = s, .name = name, .id = H5I_INVALID_HID};
    if (H5Lexists(file, name, H5P_DEFAULT) <= 0)
        return dataset_fail(s, "it has no /%s; see data/digits.md for the layout", name);
    if (H5Lget_info(file, name, &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD)
        return dataset_fail(s, "/%s is a link to somewhere else; store the data itself", name);
    hid_t access = H5Pcreate(H5P_DATASET_ACCESS);
    H5Pset_efile_prefix(access, "/nonexistent");
    H5Pset_virtual_prefix(access, "/nonexistent");
    o->id = H5Dopen2(file, name, access);
    H5Pclose(access);
    if (o->id < 0)
        return dataset_fail(s, "/%s cannot be opened as a dataset; check that the file is intact",
                            name);
    if (object_check(o) == 0)
        return 0;
    H5Dclose(o->id);
    return DATASET_UNUSABLE;
}

static int object_read(const struct object *o, unsigned char *values)
{
    if (H5Dread(o->id, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        return dataset_fail(o->source, "/%s cannot be read; the file is damaged, download it again",
                            o->name);
    return 0;
}

/* Where in the file the values begin. */
static int object_find(const struct object *o, uint64_t *offset)
{
    haddr_t address = H5Dget_offset(o->id);
    if (address == HADDR_UNDEF)
        return dataset_fail(o->source,
                            "/%s is stored within its header (compact), so it is small; load it "
                            "without --stream",
                            o->name);
    *offset = address;
    return 0;
}

static int hdf5_read_images(struct dataset *out, const struct dataset_source *s, hid_t file,
                            uint64_t *offset)
{
    struct object images;
    if (object_open(&images, s, file, "images") != 0)
        return DATASET_UNUSABLE;
    /* [samples][features], [samples][height][width] or [samples][channels][height][width] */
    for (int i = 0; i < 3; i++)
        out->shape[i] = images.rank - 3 + i < 1 ? 1 : (size_t)images.dims[images.rank - 3 + i];
    out->samples = (size_t)images.dims[0];
    int status = images.rank < 2
                     ? dataset_fail(s, "/images has one dimension; it needs samples and pixels")
                     : read_bounded(s, images.id, "maximum", &out->maximum);
    if (status == 0)
        status = dataset_allocate(out, s);
    if (status == 0)
        status = s->in_place ? object_find(&images, offset) : object_read(&images, out->pixels);
    H5Dclose(images.id);
    return status;
}

/* /labels or /split: one byte per sample. `classes` is NULL for /split. */
static int hdf5_read_column(const struct dataset *out, const struct dataset_source *s, hid_t file,
                            const char *name, unsigned char *values, unsigned *classes)
{
    struct object column;
    int status = object_open(&column, s, file, name);
    if (status != 0)
        return status;
    if (column.rank != 1 || column.dims[0] != out->samples)
        status = dataset_fail(
            s, "/%s does not have one entry for each of the %zu images; make them agree", name,
            out->samples);
    if (status == 0 && classes != NULL)
        status = read_bounded(s, column.id, "classes", classes);
    if (status == 0)
        status = object_read(&column, values);
    H5Dclose(column.id);
    return status;
}

static int hdf5_read(struct parcel *parcel, const struct dataset_source *s, hid_t file)
{
    struct dataset *out = &parcel->data;
    char text[256];
    long long version = 0;
    unsigned classes = 0;
    int found = read_text(s, file, "schema", text);
    if (found < 0)
        return DATASET_UNUSABLE;
    if (found == 0 || strcmp(text, "assay-dataset") != 0)
        return dataset_fail(s, "it is an HDF5 file but no Assay data set (no attribute schema = "
                               "'assay-dataset'); see data/digits.md for the layout");
    found = read_integer(s, file, "schema_version", &version);
    if (found < 0)
        return DATASET_UNUSABLE;
    if (found == 0 || version != schema_version)
        return dataset_fail(
            s,
            "its schema_version is %lld and this program reads %lld; use a program and a "
            "file of one version",
            version, schema_version);
    found = read_text(s, file, "name", text);
    if (found < 0)
        return DATASET_UNUSABLE;
    if (found > 0)
        dataset_set_name(out, text);
    if (hdf5_read_images(out, s, file, &parcel->offset) != 0 ||
        hdf5_read_column(out, s, file, "labels", out->labels, &classes) != 0)
        return DATASET_UNUSABLE;
    out->classes = classes;
    parcel->has_split = H5Lexists(file, "split", H5P_DEFAULT) > 0;
    return parcel->has_split ? hdf5_read_column(out, s, file, "split", out->split, NULL) : 0;
}

/* ---- a process of its own -------------------------------------------------------------------- */

static int read_file(void *target, const char *path, char *error)
{
    struct parcel *parcel = target;
    struct stat status;
    if (stat(path, &status) != 0)
        status.st_size = 0;
    struct dataset_source s = {.path = path,
                               .bytes = (uint64_t)status.st_size,
                               .error = error,
                               .error_size = ASSAY_ERROR,
                               .in_place = parcel->in_place};
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
    if (H5Lis_registered(H5L_TYPE_EXTERNAL) > 0)
        H5Lunregister(H5L_TYPE_EXTERNAL);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_sec2(access);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    /* Some cluster file systems have no locks, and a reader needs none. */
    H5Pset_file_locking(access, 0, 1);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, access);
    H5Pclose(access);
    if (file < 0)
        return dataset_fail(&s, "it is a truncated or damaged HDF5 file; download it again");
    safe_confine();
    int code = hdf5_read(parcel, &s, file);
    H5Fclose(file);
    return code;
}

static unsigned char *move_bytes(struct safe_pipe *pipe, unsigned char *bytes, size_t count)
{
    size_t sent = count;
    bytes = safe_move_count(pipe, bytes, &sent, 1);
    pipe->failed |= sent != count;
    safe_move(pipe, bytes, sent);
    return bytes;
}

static void move_parcel(struct safe_pipe *pipe, void *target)
{
    struct parcel *parcel = target;
    struct dataset *data = &parcel->data;
    safe_move(pipe, &data->samples, sizeof data->samples);
    safe_move(pipe, data->shape, sizeof data->shape);
    safe_move(pipe, &data->classes, sizeof data->classes);
    safe_move(pipe, &data->maximum, sizeof data->maximum);
    safe_move_text(pipe, data->name, sizeof data->name);
    safe_move(pipe, &parcel->has_split, sizeof parcel->has_split);
    size_t factors[] = {data->samples, data->shape[0], data->shape[1], data->shape[2]}, bytes = 0;
    size_t limit = dataset_limit(parcel->in_place);
    pipe->failed |= dataset_total(&bytes, factors, 4, limit) != 0 || data->classes > 256;
    if (pipe->failed)
        return;
    data->features = bytes / data->samples;
    if (parcel->in_place)
        safe_move(pipe, &parcel->offset, sizeof parcel->offset);
    else
        data->pixels = move_bytes(pipe, data->pixels, bytes);
    data->labels = move_bytes(pipe, data->labels, data->samples);
    data->split = move_bytes(pipe, data->split, data->samples);
}

int dataset_read_hdf5(struct dataset *out, const struct dataset_source *s, int *has_split)
{
    char error[ASSAY_ERROR] = "";
    struct parcel parcel = {.data = *out, .in_place = s->in_place};
    struct safe_errand errand = {s->path, &parcel, read_file, move_parcel};
    int status = safe_elsewhere(&errand, error);
    *out = parcel.data;
    if (status != 0) {
        snprintf(s->error, s->error_size, "%s", error);
        return DATASET_UNUSABLE;
    }
    dataset_set_name(out, parcel.data.name);
    *has_split = parcel.has_split != 0;
    return s->in_place ? dataset_keep(out, s, parcel.offset, out->features) : 0;
}
