// SPDX-License-Identifier: MIT
/* case_test_files.h - a small file of cases in memory, and a folder for files, for the tests of the
 * protocol. */
#pragma once

#include "case.h"

#include <setjmp.h>
#include <stdarg.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char test_folder[256];

static inline int make_folder(void **state)
{
    const char *base = getenv("TMPDIR");
    (void)state;
    snprintf(test_folder, sizeof test_folder, "%s/assay-test-XXXXXX", base != NULL ? base : "/tmp");
    return mkdtemp(test_folder) == NULL;
}

/* Path of a file in the folder; valid until the fourth call after. */
static const char *in_folder(const char *name)
{
    static char path[4][512];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", test_folder, name);
    return path[turn];
}

/* Number of files in the folder whose name contains `part`; removes them if asked to. */
static inline int files_with(const char *part, int remove_them)
{
    int count = 0;
    DIR *stream = opendir(test_folder);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] == '.' || strstr(entry->d_name, part) == NULL)
            continue;
        count++;
        if (remove_them)
            remove(in_folder(entry->d_name));
    }
    if (stream != NULL)
        closedir(stream);
    return count;
}

static inline int remove_folder(void **state)
{
    (void)state;
    files_with("", 1);
    return rmdir(test_folder);
}

static inline void *test_memory(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    assert_non_null(memory);
    return memory;
}

/* An array with exact values: sixteenths, or whole numbers. */
static inline struct request_array sample_array(const char *name, int rank, size_t rows,
                                                size_t columns, int integral)
{
    struct request_array array = {.rank = rank, .dim = {rows, columns}, .integral = integral};
    snprintf(array.name, sizeof array.name, "%s", name);
    array.count = rank == 0 ? 1 : rank == 1 ? rows : rows * columns;
    if (rank < 2)
        array.dim[1] = 0;
    if (rank < 1)
        array.dim[0] = 0;
    array.value = test_memory(array.count, sizeof(double));
    for (size_t i = 0; i < array.count; i++)
        array.value[i] = ((double)(i % 97) - 40) / (integral ? 1 : 16);
    return array;
}

static inline void sample_case(struct assay_case *test, const char *technique, const char *name,
                               size_t rows)
{
    snprintf(test->technique, sizeof test->technique, "%s", technique);
    snprintf(test->name, sizeof test->name, "%s", name);
    snprintf(test->tier, sizeof test->tier, "bounded");
    snprintf(test->covers, sizeof test->covers, "ACT-01 ACT-02");
    snprintf(test->why, sizeof test->why, "Na\xc3\xafve code fails here.");
    struct request *r = &test->request;
    r->numbers = 2;
    r->number = test_memory(2, sizeof *r->number);
    r->number[0] = (struct request_number){"rate", 0.001};
    r->number[1] = (struct request_number){"block", 64};
    r->choices = 1;
    r->choice = test_memory(1, sizeof *r->choice);
    r->choice[0] = (struct request_choice){"epsilon_place", "inside"};
    r->inputs = 4;
    r->input = test_memory(4, sizeof *r->input);
    r->input[0] = sample_array("x", 2, rows, 3, 0);
    r->input[1] = sample_array("label", 1, 5, 0, 1);
    r->input[2] = sample_array("scale", 0, 0, 0, 0);
    r->input[3] = sample_array("nothing", 2, 0, 3, 0);
}

static inline void sample_golden(struct assay_golden *golden, size_t rows)
{
    for (int p = 0; p < ASSAY_PRECISIONS; p++) {
        golden->margin[p] = p == ASSAY_F32 ? 1024 : INFINITY;
        golden->certified[p] = p < ASSAY_LOW || (p == ASSAY_F16 && rows > 2);
    }
    golden->outputs = 2;
    golden->output = test_memory(2, sizeof *golden->output);
    for (size_t o = 0; o < 2; o++) {
        struct request_array array = sample_array(o ? "class" : "y", 2, rows, 3, (int)o);
        struct assay_golden_array *output = &golden->output[o];
        memcpy(output->name, array.name, sizeof output->name);
        memcpy(output->dim, array.dim, sizeof output->dim);
        output->rank = array.rank;
        output->count = array.count;
        output->integral = array.integral;
        output->high = array.value;
        output->low = test_memory(array.count, sizeof(double));
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            output->bound[p] = test_memory(array.count, sizeof(double));
        for (size_t i = 0; i < array.count && o == 0; i++) {
            output->low[i] = array.value[i] * 0x1p-54;
            output->bound[ASSAY_F64][i] = 0x1p-50;
            output->bound[ASSAY_F32][i] = 0x1p-20;
            output->bound[ASSAY_F16][i] = rows > 2 ? 0x1p-7 : 0;
        }
    }
}

static inline void sample_refused(struct assay_case *test)
{
    sample_case(test, "sigmoid", "impossible", 0);
    snprintf(test->tier, sizeof test->tier, "refused");
    snprintf(test->quotes, sizeof test->quotes, "rate");
    test->request.number[0].value = -1;
}

static inline void sample_statistical(struct assay_case *test)
{
    sample_case(test, "sigmoid", "random", 2);
    snprintf(test->tier, sizeof test->tier, "statistical");
    struct request *r = &test->request;
    r->draws = 3;
    r->draw = test_memory(3, sizeof *r->draw);
    r->draw[0] = (struct request_draw){"noise", "normal", 0, {0}};
    r->draw[1] = (struct request_draw){"mask", "bernoulli 0.7", 2, {64, 20}};
    r->draw[2] = (struct request_draw){"none", "uniform", 4, {1, 0, 268435456, 1}};
    test->laws = 2;
    test->law = test_memory(2, sizeof *test->law);
    test->law[0] = (struct assay_law){"y", "two 0 0.3 1.5"};
    test->law[1] = (struct assay_law){"order", "permutation"};
}

enum { SAMPLE_CASES = 5, SAMPLE_REFUSED = 3, SAMPLE_STATISTICAL = 4 };

/* Cases of two techniques, out of order; the second is too large for a header. */
static inline struct assay_file sample_file(int with_golden)
{
    static const size_t rows[] = {2, 600, 4};
    struct assay_file file = {.cases = SAMPLE_CASES};
    file.test = test_memory(SAMPLE_CASES, sizeof *file.test);
    if (with_golden)
        file.golden = test_memory(SAMPLE_CASES, sizeof *file.golden);
    sample_case(&file.test[0], "sigmoid", "zulu", rows[0]);
    sample_case(&file.test[1], "sigmoid", "alpha", rows[1]);
    sample_case(&file.test[2], "relu", "one", rows[2]);
    sample_refused(&file.test[SAMPLE_REFUSED]);
    sample_statistical(&file.test[SAMPLE_STATISTICAL]);
    for (size_t i = 0; with_golden && i < SAMPLE_CASES; i++) {
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            file.golden[i].margin[p] = INFINITY;
        if (i < SAMPLE_REFUSED)
            sample_golden(&file.golden[i], rows[i]);
    }
    return file;
}

static inline void write_sample(const char *path, int with_golden)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file = sample_file(with_golden);
    if (assay_file_write(&file, path, error) != 0)
        fail_msg("%s", error);
    assay_file_free(&file);
}

/* The bytes of a file; the caller frees them. */
static inline unsigned char *read_bytes(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    *size = (size_t)ftell(stream);
    rewind(stream);
    unsigned char *bytes = test_memory(*size, 1);
    assert_int_equal(fread(bytes, 1, *size, stream), *size);
    fclose(stream);
    return bytes;
}

static inline void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

/* One sentence that names the file and contains the words, up to an empty one. */
static inline void assert_sentence(const char *error, const char *const words[])
{
    assert_true(strlen(error) > 0 && strlen(error) < ASSAY_ERROR - 1);
    assert_null(strchr(error, '\n'));
    for (size_t i = 0; words[i] != NULL; i++)
        if (strstr(error, words[i]) == NULL)
            fail_msg("'%s' lacks '%s'", error, words[i]);
}
