// SPDX-License-Identifier: MIT
/* exchange.c - what a file is, and what all of its kinds have in common. */
#include "parts.h"

#include "../protocol/case_check.h"
#include "../protocol/case_image.h"
#include "../protocol/case_move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 1 << 30 };

const char *exchange_format_name(enum exchange_format format)
{
    static const char *const names[] = {"npz", "json", "csv"};
    return names[format];
}

/* ---- writing --------------------------------------------------------------------------------- */

struct exchange_precision exchange_precision(const struct assay_golden *golden,
                                             const struct assay_golden_array *output, int which)
{
    const double *bound = output != NULL ? output->bound[which] : NULL;
    return (struct exchange_precision){precision_formats[which].name, bound, golden->margin[which]};
}

size_t exchange_index(const struct assay_file *file, size_t i)
{
    size_t index = 0;
    while (i > 0 && strcmp(file->test[i - 1].technique, file->test[i].technique) == 0) {
        index++;
        i--;
    }
    return index;
}

static int write_stream(const struct assay_file *file, enum exchange_format format, int hexadecimal,
                        void **bytes, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    if (out == NULL)
        return 2;
    int code = format == EXCHANGE_JSON ? exchange_write_json(file, out)
                                       : exchange_write_csv(file, hexadecimal, out);
    if (fclose(out) != 0)
        code = 2;
    *bytes = text;
    return code;
}

int exchange_write(const struct assay_file *file, enum exchange_format format, int hexadecimal,
                   const char *path, char *error)
{
    void *bytes = NULL;
    size_t size = 0;
    int code = format == EXCHANGE_NPZ ? exchange_write_npz(file, &bytes, &size)
                                      : write_stream(file, format, hexadecimal, &bytes, &size);
    if (code == 0)
        code = store_bytes(path, bytes, size, error);
    else
        snprintf(error, ASSAY_ERROR, "%.160s: does not fit into memory: export fewer cases", path);
    free(bytes);
    return code;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Which of the formats it is, by its first bytes. */
static int parse(struct exchange_reader *reader, const unsigned char *bytes, size_t size)
{
    size_t at = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a mark of UTF-8 */
    if (size >= 4 && memcmp(bytes, "PK", 2) == 0)
        return exchange_read_npz(reader, bytes, size);
    bytes += at;
    size -= at;
    while (size > 0 && strchr(" \t\r\n", bytes[0]) != NULL && bytes[0] != '\0') {
        bytes++;
        size--;
    }
    if (size == 0)
        return exchange_fail(reader, "is empty: the program that should have written it has not");
    if (bytes[0] == '{')
        return exchange_read_json(reader, bytes, size);
    return exchange_read_csv(reader, bytes, size);
}

static int parse_budget(struct assay_result *result, const unsigned char *bytes, size_t size,
                        uint64_t budget, const char *path, char *error)
{
    struct exchange_reader reader = {
        .path = path, .error = error, .bytes_left = budget, .result = result};
    memset(result, 0, sizeof *result);
    int code = parse(&reader, bytes, size);
    if (code == 0)
        code = exchange_collect(&reader);
    if (code == 0)
        code = check_result(result, path, error);
    exchange_reader_free(&reader);
    return code;
}

int exchange_parse(struct assay_result *result, const unsigned char *bytes, size_t size,
                   const char *path, char *error)
{
    uint64_t budget = ((uint64_t)64 << 20) + 8 * (uint64_t)size;
    int code = parse_budget(result, bytes, size, budget, path, error);
    if (code != 0)
        assay_result_free(result);
    return code;
}

static int cannot_read(const char *path, const char *cause, char *error)
{
    snprintf(error, ASSAY_ERROR, "%.300s: cannot be read: %s", path, cause);
    return 2;
}

static unsigned char *load(int file, size_t size)
{
    unsigned char *bytes = malloc(size + 1);
    size_t got = 0;
    while (bytes != NULL && got < size) {
        ssize_t part = read(file, bytes + got, size - got);
        if (part <= 0 && !(part < 0 && errno == EINTR)) {
            free(bytes);
            return NULL;
        }
        got += part > 0 ? (size_t)part : 0;
    }
    return bytes;
}

/* Reads in this process; `target` is a struct assay_result. */
static int read_here(void *target, const char *path, char *error)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), code = 2; /* not to wait for a FIFO */
    if (file < 0)
        return cannot_read(path, strerror(errno), error);
    unsigned char *bytes = NULL;
    size_t size = 0;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        cannot_read(path, "it is not a regular file: give an npz, JSON or CSV file", error);
    } else if (status.st_size > LARGEST_FILE) {
        cannot_read(path, "it has more than 1 GiB: split it", error);
    } else {
        size = (size_t)status.st_size;
        bytes = load(file, size);
        if (bytes == NULL)
            cannot_read(path, "it is larger than the memory for it, or changes meanwhile: split it",
                        error);
    }
    uint64_t budget = safe_budget(path);
    close(file);
    safe_confine();
    if (bytes != NULL)
        code = parse_budget(target, bytes, size, budget, path, error);
    free(bytes);
    return code;
}

int exchange_read(struct assay_result *result, const char *path, char *error)
{
    memset(result, 0, sizeof *result);
    struct safe_errand errand = {path, result, read_here, move_result};
    int code = safe_elsewhere(&errand, error);
    if (code == 0)
        code = check_result(result, path, error);
    if (code != 0)
        assay_result_free(result);
    return code;
}
