// SPDX-License-Identifier: MIT
/* hdf5_safe_array.c - reading one dataset.
 *
 * The order of the checks matters. A virtual dataset opens other files as soon as it is asked for
 * its shape, and external storage as soon as it is read, so the layout is looked at first; sizes
 * come next, and memory last. */
#include "hdf5_safe.h"

#include <stdlib.h>
#include <string.h>

/* One dataset while it is being read. */
struct source {
    const struct safe_object *parent;
    const char *name;
    hid_t dataset, creation, type, space;
    H5D_layout_t layout;
};

int safe_numeric(hid_t type)
{
    static const size_t ieee[][6] = {/* size, sign, exponent at, bits, mantissa bits, bias */
                                     {2, 15, 10, 5, 10, 15},
                                     {4, 31, 23, 8, 23, 127},
                                     {8, 63, 52, 11, 52, 1023}};
    H5T_class_t class = H5Tget_class(type);
    if (class != H5T_INTEGER && class != H5T_FLOAT)
        return 0;
    size_t size = H5Tget_size(type), sign, at, bits, from, mantissa;
    H5T_order_t order = H5Tget_order(type);
    int whole = H5Tget_precision(type) == 8 * size && H5Tget_offset(type) == 0;
    if (!whole || (order != H5T_ORDER_LE && order != H5T_ORDER_BE && size != 1))
        return 0;
    if (class == H5T_INTEGER)
        return size == 1 || size == 2 || size == 4 || size == 8;
    if (H5Tget_fields(type, &sign, &at, &bits, &from, &mantissa) < 0)
        return 0;
    for (size_t i = 0; i < sizeof ieee / sizeof *ieee; i++)
        if (size == ieee[i][0] && sign == ieee[i][1] && at == ieee[i][2] && bits == ieee[i][3] &&
            from == 0 && mantissa == ieee[i][4] && H5Tget_ebias(type) == ieee[i][5] &&
            H5Tget_norm(type) == H5T_NORM_IMPLIED)
            return 1;
    return 0;
}

/* ---- what the dataset is --------------------------------------------------------------------- */

static int check_filters(struct source *s)
{
    int count = H5Pget_nfilters(s->creation), deflated = 0;
    for (int i = 0; i < count; i++) {
        unsigned flags, config;
        size_t values = 0;
        H5Z_filter_t filter =
            H5Pget_filter2(s->creation, (unsigned)i, &flags, &values, NULL, 0, NULL, &config);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
            filter != H5Z_FILTER_FLETCHER32)
            return safe_fail_at(s->parent, s->name,
                                "uses filter %d: use none, deflate (gzip), shuffle or fletcher32",
                                (int)filter);
        deflated += filter == H5Z_FILTER_DEFLATE;
    }
    if (count < 0 || count > SAFE_FILTERS || deflated > 1)
        return safe_fail_at(s->parent, s->name, "has %d filters: store it without filters", count);
    return 0;
}

static int check_layout(struct source *s)
{
    s->layout = H5Pget_layout(s->creation);
    if (s->layout == H5D_VIRTUAL)
        return safe_fail_at(s->parent, s->name,
                            "is a virtual dataset, whose values are in other "
                            "files: store the values themselves");
    if (H5Pget_external_count(s->creation) != 0)
        return safe_fail_at(s->parent, s->name,
                            "has external storage, which is in another file: "
                            "store the values themselves");
    if (s->layout != H5D_COMPACT && s->layout != H5D_CONTIGUOUS && s->layout != H5D_CHUNKED)
        return safe_fail_at(s->parent, s->name, "has an unknown layout: store it contiguously");
    return check_filters(s);
}

static int check_type(struct source *s)
{
    s->type = H5Dget_type(s->dataset);
    if (s->type < 0)
        return safe_fail_at(s->parent, s->name, "has an unreadable type: the file is damaged");
    if (H5Tcommitted(s->type) > 0)
        return safe_fail_at(s->parent, s->name, "has a committed type: use a plain number type");
    if (!safe_numeric(s->type))
        return safe_fail_at(s->parent, s->name,
                            "is not made of integers of 8 to 64 bits or of "
                            "IEEE floats of 16 to 64 bits: store float32, float64 or int32");
    return 0;
}

static int wrong_rank(const struct safe_object *parent, const char *name, int rank, int largest)
{
    return safe_fail_at(parent, name, "has rank %d, and at most %d is allowed: reshape it", rank,
                        largest);
}

static int check_shape(struct source *s, struct safe_values *array)
{
    hsize_t dim[H5S_MAX_RANK] = {0};
    s->space = H5Dget_space(s->dataset);
    H5S_class_t class = s->space < 0 ? H5S_NO_CLASS : H5Sget_simple_extent_type(s->space);
    if (class != H5S_SCALAR && class != H5S_SIMPLE)
        return safe_fail_at(s->parent, s->name, "has no shape: store an array or a scalar");
    int rank = H5Sget_simple_extent_dims(s->space, dim, NULL);
    if (rank < 0 || rank > SAFE_RANK)
        return wrong_rank(s->parent, s->name, rank, SAFE_RANK);
    array->rank = rank;
    uint64_t count = 1;
    int empty = 0;
    for (int i = 0; i < rank; i++) {
        empty |= dim[i] == 0;
        if (dim[i] > SAFE_ELEMENTS || (count *= dim[i] > 0 ? dim[i] : 1) > SAFE_ELEMENTS)
            return safe_fail_at(s->parent, s->name, "has more than %d elements: split it",
                                SAFE_ELEMENTS);
        array->dim[i] = (size_t)dim[i];
    }
    array->count = empty ? 0 : (size_t)count;
    return 0;
}

/* ---- whether its values are there ------------------------------------------------------------ */

static int not_stored(const struct source *s)
{
    return safe_fail_at(s->parent, s->name,
                        "declares more values than the file holds: write all "
                        "of them, or write the file again if it is truncated");
}

int safe_take(const struct safe_object *parent, const char *name, uint64_t bytes)
{
    if (bytes > parent->file->bytes_left)
        return safe_fail_at(parent, name,
                            "brings the file above what it may hold, 64 MiB of values and eight "
                            "times its size, at most 4 GiB: split the file, or store it without "
                            "compression");
    parent->file->bytes_left -= bytes;
    return 0;
}

static int check_storage(struct source *s, const struct safe_values *array)
{
    uint64_t bytes = (uint64_t)array->count * H5Tget_size(s->type);
    if (array->count > 0 && s->layout != H5D_CHUNKED &&
        (bytes > s->parent->file->size || H5Dget_storage_size(s->dataset) < bytes))
        return not_stored(s);
    if (safe_take(s->parent, s->name, (uint64_t)array->count * sizeof(double)) != 0)
        return 2;
    if (array->count == 0 || s->layout != H5D_CHUNKED)
        return 0;
    return safe_chunks(s->parent, s->name, s->dataset, s->creation, H5Tget_size(s->type), array);
}

/* ---- reading --------------------------------------------------------------------------------- */

static int read_values(struct source *s, struct safe_values *array)
{
    array->value = calloc(array->count > 0 ? array->count : 1, sizeof *array->value);
    if (array->value == NULL)
        return safe_fail_at(s->parent, s->name, "needs more memory than there is: split the file");
    if (array->count == 0)
        return 0;
    if (H5Dread(s->dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, s->parent->file->transfer,
                array->value) >= 0)
        return 0;
    free(array->value);
    array->value = NULL;
    return safe_fail_at(s->parent, s->name,
                        "cannot be read: the file is damaged (or its checksum "
                        "fails), write it again");
}

static int read_dataset(struct source *s, struct safe_values *array)
{
    s->creation = H5Dget_create_plist(s->dataset);
    if (s->creation < 0)
        return safe_fail_at(s->parent, s->name, "has an unreadable layout: the file is damaged");
    if (check_layout(s) != 0 || check_type(s) != 0 || check_shape(s, array) != 0 ||
        check_storage(s, array) != 0)
        return 2;
    array->integral = H5Tget_class(s->type) == H5T_INTEGER;
    return read_values(s, array);
}

/* HDF5 ignores the id -1 only after complaining, which the error stack swallows; be tidy. */
static void close_source(struct source *s)
{
    if (s->space >= 0)
        H5Sclose(s->space);
    if (s->type >= 0)
        H5Tclose(s->type);
    if (s->creation >= 0)
        H5Pclose(s->creation);
    H5Oclose(s->dataset);
}

int safe_values(const struct safe_object *parent, const char *name, struct safe_values *array)
{
    struct source s = {
        .parent = parent, .name = name, .dataset = -1, .creation = -1, .type = -1, .space = -1};
    memset(array, 0, sizeof *array);
    if (safe_hard(parent, name, "dataset") != 0)
        return 2;
    s.dataset = H5Oopen(parent->id, name, H5P_DEFAULT);
    if (s.dataset < 0)
        return safe_fail_at(parent, name, "cannot be opened: the file is damaged, write it again");
    int code;
    if (H5Iget_type(s.dataset) != H5I_DATASET)
        code = safe_fail_at(parent, name, "is not a dataset: see the schema in data/README.md");
    else
        code = read_dataset(&s, array);
    close_source(&s);
    return code;
}

int safe_array(const struct safe_object *parent, const char *name, struct request_array *array)
{
    struct safe_values values;
    memset(array, 0, sizeof *array);
    if (safe_values(parent, name, &values) != 0)
        return 2;
    if (values.rank > REQUEST_RANK) {
        free(values.value);
        return wrong_rank(parent, name, values.rank, REQUEST_RANK);
    }
    memcpy(array->name, name, strnlen(name, ASSAY_NAME - 1));
    memcpy(array->dim, values.dim, sizeof array->dim);
    array->rank = values.rank;
    array->count = values.count;
    array->integral = values.integral;
    array->value = values.value;
    return 0;
}
