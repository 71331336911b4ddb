// SPDX-License-Identifier: MIT
/* Data sets whose images stay in their files. */
#include "dataset_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct dataset_part {
    char *path;
    int file;
    size_t samples, stride;
    uint64_t offset; /* of its first image */
    struct stat found;
};

/* Neighbours that fit are read together, as are rows with less than a page between them: the page
 * is read anyway. */
enum { WINDOW = 1 << 16, PAGE = 4096 };

/* ---- opening and closing --------------------------------------------------------------------- */

static int has_changed(const struct stat *before, const struct stat *now)
{
    return before->st_size != now->st_size || before->st_mtim.tv_sec != now->st_mtim.tv_sec ||
           before->st_mtim.tv_nsec != now->st_mtim.tv_nsec || before->st_ino != now->st_ino ||
           before->st_dev != now->st_dev;
}

int dataset_keep(struct dataset *out, const struct dataset_source *s, uint64_t offset,
                 size_t stride)
{
    uint64_t span = (uint64_t)(out->samples - 1) * stride + out->features;
    struct stat now;
    out->part = calloc(1, sizeof *out->part);
    if (out->part == NULL)
        return dataset_fail(s, "there is no memory to open it; free some");
    struct dataset_part *part = out->part;
    out->parts = 1;
    part->samples = out->samples;
    part->stride = stride;
    part->offset = offset;
    part->path = strdup(s->path);
    part->file = fcntl(fileno(s->file), F_DUPFD_CLOEXEC, 0);
    if (part->path == NULL || part->file < 0 || fstat(part->file, &part->found) != 0 ||
        stat(s->path, &now) != 0)
        return dataset_fail(s, "%s; close other files, or check the disk", strerror(errno));
    /* An HDF5 file has been looked at by another process, and by its name. */
    if (has_changed(&part->found, &now) || s->bytes != (uint64_t)now.st_size)
        return dataset_fail(s, "it changed while it was opened; wait until it is written");
    if (offset > s->bytes || span > s->bytes - offset)
        return dataset_fail(s, "its images lie beyond its end; write it again");
    /* The kernel would read 128 KiB around each of some random rows. */
    posix_fadvise(part->file, 0, 0, POSIX_FADV_RANDOM);
    return 0;
}

int dataset_join(struct dataset *out, struct dataset *part)
{
    struct dataset_part *joined =
        realloc(out->part, (out->parts + part->parts) * sizeof *out->part);
    if (joined == NULL)
        return DATASET_UNUSABLE;
    memcpy(joined + out->parts, part->part, part->parts * sizeof *joined);
    out->part = joined;
    out->parts += part->parts;
    part->parts = 0;
    return 0;
}

void dataset_leave(struct dataset *data)
{
    for (size_t i = 0; i < data->parts; i++) {
        free(data->part[i].path);
        if (data->part[i].file >= 0)
            close(data->part[i].file);
    }
    free(data->part);
}

/* ---- reading --------------------------------------------------------------------------------- */

static int compare_rows(const void *a, const void *b)
{
    size_t left = ((const struct dataset_row *)a)->sample;
    size_t right = ((const struct dataset_row *)b)->sample;
    return (left > right) - (left < right);
}

/* Rows of one file, in its order. */
struct selection {
    const struct dataset *data;
    const struct dataset_part *part;
    size_t first; /* sample of the file */
    const struct dataset_row *row;
    size_t count;
    struct dataset_source source; /* for messages */
};

static uint64_t place_of(const struct selection *from, size_t i)
{
    return from->part->offset + (from->row[i].sample - from->first) * (uint64_t)from->part->stride;
}

/* How many rows from `i` on are read together. */
static size_t run_length(const struct selection *from, size_t i)
{
    size_t end = i + 1, features = from->data->features;
    while (end < from->count && place_of(from, end) - place_of(from, i) + features <= WINDOW &&
           place_of(from, end) - place_of(from, end - 1) <= features + PAGE)
        end++;
    return end - i;
}

static int read_bytes(const struct selection *from, unsigned char *to, uint64_t at, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t got = pread(from->part->file, to + done, count - done, (off_t)(at + done));
        if (got == 0)
            return dataset_fail(&from->source, "it was cut off while it was in use; copy it again, "
                                               "and leave it alone until the run ends");
        if (got < 0 && errno != EINTR)
            return dataset_fail(&from->source, "%s; check the disk", strerror(errno));
        done += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

static int check_row(const struct selection *from, const struct dataset_row *row)
{
    unsigned largest = 0;
    if (from->data->maximum >= 255)
        return 0;
    for (size_t i = 0; i < from->data->features; i++)
        largest = row->to[i] > largest ? row->to[i] : largest;
    if (largest <= from->data->maximum)
        return 0;
    return dataset_fail(&from->source,
                        "pixel %u in sample %zu is above the maximum of %u; correct the pixels or "
                        "the attribute 'maximum'",
                        largest, row->sample - from->first, from->data->maximum);
}

static int read_run(const struct selection *from, size_t i, size_t rows, uint64_t *bytes)
{
    unsigned char window[WINDOW];
    uint64_t start = place_of(from, i);
    size_t features = from->data->features;
    size_t span = (size_t)(place_of(from, i + rows - 1) - start) + features;
    int status = read_bytes(from, rows == 1 ? from->row[i].to : window, start, span);
    *bytes += span;
    for (size_t k = i; k < i + rows && status == 0; k++) {
        if (rows > 1)
            memcpy(from->row[k].to, window + (place_of(from, k) - start), features);
        status = check_row(from, &from->row[k]);
    }
    return status;
}

/* All places are named before the first is read, so that the disk can work on many at once. */
static int read_selection(const struct selection *from, uint64_t *bytes)
{
    struct stat now;
    int status = 0;
    for (size_t i = 0, rows; i < from->count; i += rows) {
        rows = run_length(from, i);
        uint64_t at = place_of(from, i), end = place_of(from, i + rows - 1) + from->data->features;
        posix_fadvise(from->part->file, (off_t)at, (off_t)(end - at), POSIX_FADV_WILLNEED);
    }
    for (size_t i = 0, rows; i < from->count && status == 0; i += rows) {
        rows = run_length(from, i);
        status = read_run(from, i, rows, bytes);
    }
    if (status == 0 && fstat(from->part->file, &now) != 0)
        status = dataset_fail(&from->source, "%s; check the disk", strerror(errno));
    if (status == 0 && has_changed(&from->part->found, &now))
        status = dataset_fail(&from->source, "it changed while it was in use; start again, and "
                                             "leave it alone until the run ends");
    return status;
}

int dataset_read(const struct dataset *data, struct dataset_row *row, size_t count, uint64_t *bytes,
                 char *error, size_t error_size)
{
    uint64_t read = 0;
    int status = 0;
    if (data->pixels != NULL) {
        for (size_t i = 0; i < count; i++)
            memcpy(row[i].to, data->pixels + row[i].sample * data->features, data->features);
        return 0;
    }
    qsort(row, count, sizeof *row, compare_rows);
    for (size_t p = 0, first = 0, begin = 0; p < data->parts && status == 0; p++) {
        size_t end = begin;
        while (end < count && row[end].sample < first + data->part[p].samples)
            end++;
        struct selection from = {
            .data = data,
            .part = &data->part[p],
            .first = first,
            .row = row + begin,
            .count = end - begin,
            .source = {.path = data->part[p].path, .error = error, .error_size = error_size}};
        if (begin < end)
            status = read_selection(&from, &read);
        first += data->part[p].samples;
        begin = end;
    }
    if (bytes != NULL)
        *bytes += read;
    return status;
}
