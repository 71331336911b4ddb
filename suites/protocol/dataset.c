// SPDX-License-Identifier: MIT
#include "dataset.h"
#include "dataset_source.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    IDX_IMAGES = 0x803,
    IDX_LABELS = 0x801,
    IDX_IMAGES_HEADER = 16,
    IDX_LABELS_HEADER = 8,
    CIFAR_PIXELS = 3 * 32 * 32,
    CIFAR_RECORD = 1 + CIFAR_PIXELS,
    CIFAR_CLASSES = 10
};

/* ---- errors and files ------------------------------------------------------------------------ */

int dataset_fail(const struct dataset_source *s, const char *format, ...)
{
    /* The end of a very long path says more than its start, and the cause must fit as well. */
    size_t length = strlen(s->path);
    const char *path = length > 200 ? s->path + length - 200 : s->path;
    int used = snprintf(s->error, s->error_size, "cannot load data set %s: ", path);
    if (used >= 0 && (size_t)used < s->error_size) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(s->error + used, s->error_size - (size_t)used, format, arguments);
        va_end(arguments);
    }
    return DATASET_UNUSABLE;
}

static int source_open(struct dataset_source *s)
{
    struct stat status;
    memset(s->head, 0, sizeof s->head);
    s->file = NULL;
    if (stat(s->path, &status) != 0)
        return dataset_fail(s, "%s; check the path", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return dataset_fail(s, "it is not a regular file; give the data file itself");
    if (status.st_size == 0)
        return dataset_fail(s, "it is empty; download or copy it again");
    s->bytes = (uint64_t)status.st_size;
    s->file = fopen(s->path, "rb");
    if (s->file == NULL)
        return dataset_fail(s, "%s; check its permissions", strerror(errno));
    (void)!fread(s->head, 1, sizeof s->head, s->file);
    if (ferror(s->file) || fseek(s->file, 0, SEEK_SET) != 0)
        return dataset_fail(s, "%s; check the disk", strerror(errno));
    return 0;
}

static void source_close(struct dataset_source *s)
{
    if (s->file != NULL)
        fclose(s->file);
    s->file = NULL;
}

static int source_read(const struct dataset_source *s, unsigned char *buffer, size_t bytes)
{
    if (fread(buffer, 1, bytes, s->file) != bytes)
        return dataset_fail(s, "reading stopped before its end; copy it again");
    return 0;
}

static int source_skip(const struct dataset_source *s, long bytes)
{
    if (fseek(s->file, bytes, SEEK_CUR) != 0)
        return dataset_fail(s, "%s; check the disk", strerror(errno));
    return 0;
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* ---- the data set ---------------------------------------------------------------------------- */

size_t dataset_limit(int in_place)
{
    return in_place ? DATASET_FILES_MAX : DATASET_BYTES_MAX;
}

int dataset_total(size_t *total, const size_t *factors, size_t count, size_t limit)
{
    *total = 1;
    for (size_t i = 0; i < count; i++) {
        if (factors[i] == 0 || *total > limit / factors[i])
            return -1;
        *total *= factors[i];
    }
    return 0;
}

int dataset_allocate(struct dataset *out, const struct dataset_source *s)
{
    size_t factors[] = {out->samples, out->shape[0], out->shape[1], out->shape[2]};
    size_t bytes;
    size_t limit = dataset_limit(s->in_place);
    if (dataset_total(&bytes, factors, 4, limit) != 0 || out->samples >= DATASET_BYTES_MAX)
        return dataset_fail(
            s,
            "its header says %zu samples of %zu x %zu x %zu, which is nothing or more than "
            "the limit of %zu bytes; check that the file is intact",
            factors[0], factors[1], factors[2], factors[3], limit);
    out->features = bytes / out->samples;
    out->pixels = s->in_place ? NULL : malloc(bytes);
    out->labels = malloc(out->samples);
    out->split = calloc(out->samples, 1);
    if ((out->pixels == NULL && !s->in_place) || out->labels == NULL || out->split == NULL)
        return dataset_fail(s, "there is no memory for its %zu bytes; use a smaller one", bytes);
    return 0;
}

/* classes = 0 means that the format does not say. */
static int validate(struct dataset *data, const struct dataset_source *s)
{
    size_t largest = 0;
    for (size_t i = 0; i < data->samples; i++) {
        if (data->classes != 0 && data->labels[i] >= data->classes)
            return dataset_fail(s,
                                "label %u of sample %zu is not below %zu, the number of classes; "
                                "check that the file is intact",
                                data->labels[i], i, data->classes);
        if (data->labels[i] > largest)
            largest = data->labels[i];
        if (data->split[i] > DATASET_TEST)
            return dataset_fail(s,
                                "/split holds %u for sample %zu; use 0 for training and 1 for test",
                                data->split[i], i);
    }
    for (size_t i = 0; data->pixels != NULL && i < data->samples * data->features; i++)
        if (data->pixels[i] > data->maximum)
            return dataset_fail(
                s,
                "pixel %u in sample %zu is above the maximum of %u; correct the pixels "
                "or the attribute 'maximum'",
                data->pixels[i], i / data->features, data->maximum);
    if (data->classes == 0)
        data->classes = largest + 1;
    return 0;
}

void dataset_set_name(struct dataset *data, const char *name)
{
    size_t i = 0;
    for (; i + 1 < sizeof data->name && name[i] != '\0'; i++)
        data->name[i] = name[i] >= ' ' && name[i] <= '~' ? name[i] : '?';
    data->name[i] = '\0';
}

/* ---- IDX and CIFAR-10 ------------------------------------------------------------------------ */

static int check_length(const struct dataset_source *s, uint64_t expected)
{
    if (s->bytes < expected)
        return dataset_fail(
            s,
            "it is truncated, %llu bytes where its header promises %llu; download it "
            "again",
            (unsigned long long)s->bytes, (unsigned long long)expected);
    if (s->bytes > expected)
        return dataset_fail(s,
                            "it has %llu bytes where its header promises %llu; download it again",
                            (unsigned long long)s->bytes, (unsigned long long)expected);
    return 0;
}

static int idx_read_labels(struct dataset *out, const struct dataset_source *s)
{
    unsigned char header[IDX_LABELS_HEADER];
    if (s->bytes < IDX_LABELS_HEADER || big_endian(s->head) != IDX_LABELS)
        return dataset_fail(s,
                            "it is not an IDX label file, which starts with 00 00 08 01; give the "
                            "uncompressed label file that belongs to the images");
    uint32_t count = big_endian(s->head + 4);
    if (count != out->samples)
        return dataset_fail(
            s,
            "it has %lu labels for %zu images; give the label file that belongs to the "
            "images",
            (unsigned long)count, out->samples);
    if (check_length(s, (uint64_t)IDX_LABELS_HEADER + count) != 0 ||
        source_read(s, header, sizeof header) != 0)
        return DATASET_UNUSABLE;
    return source_read(s, out->labels, out->samples);
}

static int idx_load(struct dataset *out, const struct dataset_source *s, const char *label_path)
{
    unsigned char header[IDX_IMAGES_HEADER];
    if (big_endian(s->head) == IDX_LABELS)
        return dataset_fail(
            s, "it holds IDX labels, not images; give the image file first and this one as "
               "its labels");
    if (big_endian(s->head) != IDX_IMAGES)
        return dataset_fail(
            s,
            "it is an IDX file of another type (%08lx); only images of unsigned bytes, "
            "00000803, are read",
            (unsigned long)big_endian(s->head));
    if (label_path == NULL)
        return dataset_fail(s, "IDX images keep their labels in a second file; give that one too");
    if (s->bytes < IDX_IMAGES_HEADER)
        return dataset_fail(s, "it is truncated within its header; download it again");
    out->samples = big_endian(s->head + 4);
    out->shape[0] = 1;
    out->shape[1] = big_endian(s->head + 8);
    out->shape[2] = big_endian(s->head + 12);
    size_t factors[] = {out->samples, out->shape[1], out->shape[2]};
    size_t bytes;
    /* A size that dataset_allocate() is going to refuse needs no comparison with the length. */
    if (dataset_total(&bytes, factors, 3, dataset_limit(s->in_place)) == 0 &&
        check_length(s, IDX_IMAGES_HEADER + bytes) != 0)
        return DATASET_UNUSABLE;
    if (dataset_allocate(out, s) != 0 || source_read(s, header, sizeof header) != 0)
        return DATASET_UNUSABLE;
    if (s->in_place ? dataset_keep(out, s, IDX_IMAGES_HEADER, out->features) != 0
                    : source_read(s, out->pixels, bytes) != 0)
        return DATASET_UNUSABLE;
    struct dataset_source labels = *s;
    labels.path = label_path;
    int status = source_open(&labels);
    if (status == 0)
        status = idx_read_labels(out, &labels);
    source_close(&labels);
    return status;
}

static int cifar_load(struct dataset *out, const struct dataset_source *s)
{
    if (s->bytes / CIFAR_RECORD >= DATASET_BYTES_MAX)
        return dataset_fail(s, "it is too large; give one batch after the other");
    out->samples = (size_t)(s->bytes / CIFAR_RECORD);
    out->shape[0] = 3;
    out->shape[1] = out->shape[2] = 32;
    out->classes = CIFAR_CLASSES;
    int status = dataset_allocate(out, s);
    for (size_t i = 0; status == 0 && i < out->samples; i++) {
        status = source_read(s, out->labels + i, 1);
        if (status == 0 && s->in_place)
            status = source_skip(s, CIFAR_PIXELS);
        else if (status == 0)
            status = source_read(s, out->pixels + i * CIFAR_PIXELS, CIFAR_PIXELS);
    }
    return status == 0 && s->in_place ? dataset_keep(out, s, 1, CIFAR_RECORD) : status;
}

/* ---- recognition and lists ------------------------------------------------------------------- */

/* What people give by mistake; none of these first bytes is a CIFAR-10 label. */
static const struct {
    const char *start;
    size_t length;
    const char *advice;
} mistakes[] = {
    {"\x1f\x8b", 2, "it is compressed; unpack it with gunzip"},
    {"BZh", 3, "it is compressed; unpack it with bunzip2"},
    {"\xfd"
     "7zXZ",
     5, "it is compressed; unpack it with unxz"},
    {"PK\x03\x04", 4, "it is a ZIP or .npz archive; convert it to the layout in data/digits.md"},
    {"\x93NUMPY", 6, "it is a NumPy array; convert it to the layout in data/digits.md"},
    {"\x80", 1, "it looks like a Python pickle; take the binary version of CIFAR-10"},
};

/* A CIFAR-10 file may start like an IDX file, so its length decides unless the magic is one of the
 * two that are read (to which an image would have to agree in 31 bits). */
static int looks_like_idx(const struct dataset_source *s)
{
    uint32_t magic = big_endian(s->head);
    if (magic == IDX_IMAGES || magic == IDX_LABELS)
        return 1;
    return magic > 0x800 && magic < 0x1000 && s->bytes % CIFAR_RECORD != 0;
}

static int load_file(struct dataset *out, const struct dataset_source *s, const char *labels,
                     int *has_split)
{
    const char *base = strrchr(s->path, '/');
    dataset_set_name(out, base != NULL ? base + 1 : s->path);
    out->maximum = 255;
    if (looks_like_idx(s))
        return idx_load(out, s, labels);
    if (labels != NULL)
        return dataset_fail(
            s, "it is not an IDX image file, and only those have a separate label file; "
               "leave the label file out");
    if (memcmp(s->head, "\211HDF\r\n\032\n", 8) == 0)
        return dataset_read_hdf5(out, s, has_split);
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (memcmp(s->head, mistakes[i].start, mistakes[i].length) == 0)
            return dataset_fail(s, "%s", mistakes[i].advice);
    if (s->bytes % CIFAR_RECORD == 0)
        return cifar_load(out, s);
    return dataset_fail(
        s,
        "it is neither HDF5 nor IDX, nor whole CIFAR-10 records of %d bytes; give a "
        "data set in one of these formats",
        CIFAR_RECORD);
}

void dataset_free(struct dataset *data)
{
    dataset_leave(data);
    free(data->pixels);
    free(data->labels);
    free(data->split);
    *data = (struct dataset){0};
}

void dataset_split(unsigned char *split, const unsigned char *labels, size_t samples)
{
    size_t position[256] = {0}, start = 0;
    for (size_t i = 0; i < samples; i++)
        position[labels[i]]++;
    for (int label = 0; label < 256; label++) {
        size_t count = position[label];
        position[label] = start;
        start += count;
    }
    for (size_t i = 0; i < samples; i++)
        split[i] = position[labels[i]]++ % 5 == 1 ? DATASET_TEST : DATASET_TRAIN;
}

/* One file of the list, complete and checked. `has_split` may become 1, never 0. */
static int load_part(struct dataset *part, struct dataset_source *s, const char *labels,
                     int *has_split)
{
    static const char mark[] = "test:";
    int is_test = strncmp(s->path, mark, sizeof mark - 1) == 0;
    if (is_test)
        s->path += sizeof mark - 1;
    int own_split = 0;
    int status = source_open(s);
    if (status == 0)
        status = load_file(part, s, labels, &own_split);
    source_close(s);
    if (status == 0)
        status = validate(part, s);
    if (status != 0)
        return status;
    if (is_test)
        memset(part->split, DATASET_TEST, part->samples);
    *has_split = *has_split || is_test || own_split;
    return 0;
}

/* With `in_place` the files are joined, else the pixels. */
static int append_images(struct dataset *out, struct dataset *part, const struct dataset_source *s)
{
    if (s->in_place)
        return dataset_join(out, part);
    size_t bytes = out->samples * out->features, more = part->samples * part->features;
    unsigned char *pixels = realloc(out->pixels, bytes + more);
    if (pixels == NULL)
        return DATASET_UNUSABLE;
    out->pixels = pixels;
    memcpy(pixels + bytes, part->pixels, more);
    return 0;
}

static int append(struct dataset *out, struct dataset *part, const struct dataset_source *s)
{
    size_t factors[] = {out->samples + part->samples, out->features};
    size_t bytes, old = out->samples, limit = dataset_limit(s->in_place);
    if (memcmp(out->shape, part->shape, sizeof out->shape) != 0 || out->maximum != part->maximum)
        return dataset_fail(s, "its images differ in shape or maximum from those of the files "
                               "before it; give files of one data set");
    if (dataset_total(&bytes, factors, 2, limit) != 0 || factors[0] >= DATASET_BYTES_MAX)
        return dataset_fail(s, "with it the list exceeds the limit of %zu bytes; give fewer files",
                            limit);
    unsigned char *labels = realloc(out->labels, factors[0]);
    out->labels = labels != NULL ? labels : out->labels;
    unsigned char *split = realloc(out->split, factors[0]);
    out->split = split != NULL ? split : out->split;
    if (labels == NULL || split == NULL || append_images(out, part, s) != 0)
        return dataset_fail(s, "there is no memory for %zu bytes; give fewer files", bytes);
    memcpy(labels + old, part->labels, part->samples);
    memcpy(split + old, part->split, part->samples);
    out->samples = factors[0];
    out->classes = out->classes > part->classes ? out->classes : part->classes;
    return 0;
}

/* Cuts the first name off a comma-separated list; returns NULL at its end. */
static char *next_name(char **list)
{
    char *name = *list;
    if (name == NULL)
        return NULL;
    char *comma = strchr(name, ',');
    if (comma != NULL)
        *comma++ = '\0';
    *list = comma;
    return name;
}

static int load_list(struct dataset *out, char *paths, char *label_paths, struct dataset_source *s)
{
    int has_split = 0, status = 0;
    for (char *path; status == 0 && (path = next_name(&paths)) != NULL;) {
        struct dataset part = {0};
        char *labels = next_name(&label_paths);
        s->path = path;
        status = load_part(&part, s, labels, &has_split);
        if (status == 0 && out->samples != 0) {
            status = append(out, &part, s);
        } else if (status == 0) {
            *out = part;
            part = (struct dataset){0};
        }
        dataset_free(&part);
    }
    if (status == 0 && label_paths != NULL)
        status = dataset_fail(s, "there are more label files than image files; give one for each");
    if (status == 0 && !has_split)
        dataset_split(out->split, out->labels, out->samples);
    return status;
}

static const char synthetic[] = "synthetic:";

static int load(struct dataset *out, const char *path, const char *label_path,
                struct dataset_source *s)
{
    char *paths = strdup(path);
    char *label_paths = label_path != NULL ? strdup(label_path) : NULL;
    *out = (struct dataset){0};
    int status;
    if (strncmp(path, synthetic, strlen(synthetic)) == 0)
        status = s->in_place
                     ? dataset_fail(s, "synthetic data are made in memory; leave out --stream")
                     : dataset_make_synthetic(out, s, path + strlen(synthetic));
    else if (paths == NULL || (label_path != NULL && label_paths == NULL))
        status = dataset_fail(s, "there is no memory for its name; free some");
    else
        status = load_list(out, paths, label_paths, s);
    free(paths);
    free(label_paths);
    if (status != 0)
        dataset_free(out);
    return status;
}

int dataset_load(struct dataset *out, const char *path, const char *label_path, char *error,
                 size_t error_size)
{
    struct dataset_source s = {.path = path, .error = error, .error_size = error_size};
    return load(out, path, label_path, &s);
}

int dataset_open(struct dataset *out, const char *path, const char *label_path, char *error,
                 size_t error_size)
{
    struct dataset_source s = {
        .path = path, .error = error, .error_size = error_size, .in_place = 1};
    return load(out, path, label_path, &s);
}
