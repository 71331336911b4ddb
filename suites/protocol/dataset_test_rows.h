// SPDX-License-Identifier: MIT
/* Data sets in place, for dataset_test.c, its only user, which includes cmocka.h before. */
#ifndef ASSAY_DATASET_TEST_ROWS_H
#define ASSAY_DATASET_TEST_ROWS_H

#include "dataset.h"
#include "dataset_test_files.h"

#include <stdlib.h>
#include <string.h>

enum { WANTED = 64, ROWS = 40, WIDE = 3, HIGH = 30000 };

/* Reads some rows of an open data set: in no order, some of them twice. */
static int read_some(const struct dataset *data, unsigned char *pixels, struct dataset_row *row,
                     uint64_t *bytes, char error[512])
{
    for (size_t i = 0; i < WANTED; i++)
        row[i] = (struct dataset_row){(i * 7919 + 3) % data->samples, pixels + i * data->features};
    return dataset_read(data, row, WANTED, bytes, error, 512);
}

static int open_and_read(struct dataset *data, const char *path, const char *labels, char *error)
{
    struct dataset_row row[WANTED];
    int status = dataset_open(data, path, labels, error, 512);
    if (status != 0)
        return status;
    unsigned char *pixels = malloc(WANTED * data->features);
    status = read_some(data, pixels, row, NULL, error);
    free(pixels);
    if (status != 0)
        dataset_free(data);
    return status;
}

/* What is left in its files is what is loaded. */
static void assert_same_in_place(const struct dataset *loaded, const char *path, const char *labels)
{
    char error[512] = "";
    uint64_t bytes = 0;
    struct dataset data;
    struct dataset_row row[WANTED];
    if (dataset_open(&data, path, labels, error, sizeof error) != 0)
        fail_msg("%s", error);
    assert_null(data.pixels);
    assert_true(data.samples == loaded->samples && data.features == loaded->features &&
                data.classes == loaded->classes && data.maximum == loaded->maximum);
    assert_string_equal(data.name, loaded->name);
    assert_memory_equal(data.labels, loaded->labels, data.samples);
    assert_memory_equal(data.split, loaded->split, data.samples);
    unsigned char *pixels = malloc(WANTED * data.features);
    if (read_some(&data, pixels, row, &bytes, error) != 0)
        fail_msg("%s", error);
    assert_true(bytes > 0);
    for (size_t i = 0; i < WANTED; i++)
        assert_memory_equal(pixels + i * data.features,
                            loaded->pixels + (i * 7919 + 3) % data.samples * data.features,
                            data.features);
    free(pixels);
    dataset_free(&data);
}

/* Images of 90,000 bytes. */
static void write_wide(const char **images, const char **names)
{
    enum { HEAD = 16 };
    static unsigned char bytes[HEAD + ROWS * WIDE * HIGH] = {0, 0, 8, 3, 0, 0, 0, ROWS};
    unsigned char labels[8 + ROWS] = {0, 0, 8, 1, 0, 0, 0, ROWS};
    bytes[11] = WIDE;
    bytes[14] = HIGH >> 8;
    bytes[15] = HIGH & 255;
    for (size_t i = HEAD; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i / 17 + i / 4096);
    for (size_t i = 0; i < ROWS; i++)
        labels[8 + i] = (unsigned char)(i % 3);
    *images = write_file("wide.idx", bytes, sizeof bytes);
    *names = write_file("wide.labels", labels, sizeof labels);
}

#endif
