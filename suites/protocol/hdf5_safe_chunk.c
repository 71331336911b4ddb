// SPDX-License-Identifier: MIT
/* hdf5_safe_chunk.c - whether the chunks of a dataset hold what its shape says.
 *
 * HDF5 inflates a chunk into as much memory as it takes, a thousand times the size of the file, and
 * then copies from it as many bytes as the shape says, whether or not they came out (1.10.8 reads
 * beyond the end of its buffer). So each chunk is looked up as H5Dread will look it up, and each
 * compressed one is inflated here first, with its output counted and thrown away.
 */
#include "hdf5_safe.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CHECKSUM = 4 }; /* bytes that fletcher32 adds */

struct chunks {
    const struct safe_object *parent;
    const char *name;
    hid_t dataset;
    int filters;
    H5Z_filter_t filter[SAFE_FILTERS]; /* in the order of writing */
    size_t bytes;                      /* of one chunk in memory */
};

static int wrong_size(const struct chunks *c)
{
    return safe_fail_at(c->parent, c->name,
                        "has a chunk that does not hold the values it stands for: the file is "
                        "damaged or hostile, write it again");
}

static int not_stored(const struct chunks *c)
{
    return safe_fail_at(c->parent, c->name,
                        "declares more values than the file holds: write all "
                        "of them, or write the file again if it is truncated");
}

/* Number of bytes that come out, or limit + 1 when there are more, or 0 when they cannot. */
static size_t inflated_size(unsigned char *bytes, size_t size, size_t limit)
{
    unsigned char window[16384];
    z_stream stream = {.next_in = bytes, .avail_in = (uInt)size};
    size_t total = 0;
    int status = Z_OK;
    if (size > UINT_MAX || inflateInit(&stream) != Z_OK)
        return 0;
    while (status == Z_OK && total <= limit) {
        stream.next_out = window;
        stream.avail_out = sizeof window;
        status = inflate(&stream, Z_NO_FLUSH);
        total += sizeof window - stream.avail_out;
    }
    inflateEnd(&stream);
    if (total > limit)
        return limit + 1;
    return status == Z_STREAM_END ? total : 0;
}

/* Walks the filters backwards, as reading does; bit i of `mask` says that filter i was left out. */
static int check_filtered(const struct chunks *c, unsigned char *bytes, size_t size, unsigned mask)
{
    int first = 1;
    for (int i = c->filters - 1; i >= 0; i--) {
        if (mask >> i & 1)
            continue;
        if (c->filter[i] == H5Z_FILTER_FLETCHER32) {
            if (size < CHECKSUM)
                return wrong_size(c);
            size -= CHECKSUM;
        } else if (c->filter[i] == H5Z_FILTER_DEFLATE) {
            if (!first)
                return safe_fail_at(c->parent, c->name,
                                    "is shuffled after it is compressed: "
                                    "shuffle first, or store it without filters");
            size = inflated_size(bytes, size, c->bytes + CHECKSUM);
        } else
            first = 0;
    }
    return size == c->bytes ? 0 : wrong_size(c);
}

static int check_chunk(const struct chunks *c, const hsize_t *offset)
{
    hsize_t size = 0;
    haddr_t address = HADDR_UNDEF;
    unsigned mask = 0;
    uint32_t read_mask = 0;
    const struct safe_file *file = c->parent->file;
    if (H5Dget_chunk_info_by_coord(c->dataset, offset, &mask, &address, &size) < 0 ||
        address == HADDR_UNDEF || size > file->size || address > file->size - size)
        return not_stored(c);
    if (c->filters == 0)
        return size == c->bytes ? 0 : wrong_size(c);
    if (size > SAFE_CHUNK)
        return safe_fail_at(c->parent, c->name,
                            "has chunks of more than %d bytes: use smaller "
                            "ones",
                            SAFE_CHUNK);
    unsigned char *bytes = calloc((size_t)size + 1, 1);
    if (bytes == NULL)
        return safe_fail_at(c->parent, c->name, "needs more memory than there is: split the file");
    int code = H5Dread_chunk(c->dataset, H5P_DEFAULT, offset, &read_mask, bytes) < 0
                   ? not_stored(c)
                   : check_filtered(c, bytes, (size_t)size, read_mask);
    free(bytes);
    return code;
}

static int read_filters(struct chunks *c, hid_t creation)
{
    unsigned options = 0;
    c->filters = H5Pget_nfilters(creation);
    if (c->filters < 0 || c->filters > SAFE_FILTERS || H5Pget_chunk_opts(creation, &options) < 0 ||
        options != 0)
        return safe_fail_at(c->parent, c->name, "has unusual chunks: store it contiguously");
    for (int i = 0; i < c->filters; i++) {
        unsigned flags, config;
        size_t values = 0;
        c->filter[i] =
            H5Pget_filter2(creation, (unsigned)i, &flags, &values, NULL, 0, NULL, &config);
    }
    return 0;
}

int safe_chunks(const struct safe_object *parent, const char *name, hid_t dataset, hid_t creation,
                size_t element, const struct safe_values *shape)
{
    struct chunks c = {.parent = parent, .name = name, .dataset = dataset};
    hsize_t chunk[SAFE_RANK] = {0}, offset[SAFE_RANK] = {0};
    uint64_t needed = 1, bytes = element;
    int rank = H5Pget_chunk(creation, SAFE_RANK, chunk);
    if (rank != shape->rank || rank == 0)
        return safe_fail_at(parent, name, "has damaged chunks: write the file again");
    for (int i = 0; i < rank; i++) {
        if (chunk[i] == 0 || chunk[i] > SAFE_CHUNK || (bytes *= chunk[i]) > SAFE_CHUNK)
            return safe_fail_at(parent, name, "has chunks of more than %d bytes: use smaller ones",
                                SAFE_CHUNK);
        needed *= (shape->dim[i] + chunk[i] - 1) / chunk[i];
    }
    if (needed > SAFE_LINKS)
        return safe_fail_at(parent, name, "has more than %d chunks: use larger ones", SAFE_LINKS);
    c.bytes = (size_t)bytes;
    if (read_filters(&c, creation) != 0)
        return 2;
    for (uint64_t i = 0; i < needed; i++) {
        if (check_chunk(&c, offset) != 0)
            return 2;
        for (int axis = rank - 1; axis >= 0; axis--) {
            offset[axis] += chunk[axis];
            if (offset[axis] < shape->dim[axis])
                break;
            offset[axis] = 0;
        }
    }
    return 0;
}
