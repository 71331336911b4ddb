// SPDX-License-Identifier: MIT
/* hdf5_safe_test_files.h - good files spoiled through HDF5, for the tests of reading. They are made
 * in this process and read in another, so this one keeps the features that reading turns off. */
#pragma once

#include "case_test_files.h"

#include <hdf5.h>

enum { WORDS = 4 };

/* One change to a good file, and what the sentence says. */
struct spoiled {
    const char *words[WORDS];
    void (*spoil)(hid_t file);
};

static inline hid_t open_group(hid_t file, const char *path)
{
    hid_t group = H5Gopen2(file, path, H5P_DEFAULT);
    assert_true(group >= 0);
    return group;
}

/* A dataset with any type, shape and creation properties; written when `data` is not NULL. */
static inline void put(hid_t file, const char *path, hid_t type, int rank, const hsize_t *dim,
                       hid_t creation, const void *data)
{
    H5Ldelete(file, path, H5P_DEFAULT);
    hid_t space = rank >= 0 ? H5Screate_simple(rank, dim, NULL) : H5Screate(H5S_NULL);
    hid_t dataset = H5Dcreate2(file, path, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(dataset >= 0);
    if (data != NULL)
        assert_true(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0);
    H5Dclose(dataset);
    H5Sclose(space);
}

static const char x_path[] = "/sigmoid/zulu/inputs/x";
static const char golden_path[] = "/sigmoid/zulu/golden/y";
static const hsize_t shape[2] = {2, 3};
static const float six[6] = {1, 2, 3, 4, 5, 6};

static inline void put_number(hid_t file, const char *path, const char *name, double value)
{
    hid_t group = open_group(file, path), space = H5Screate(H5S_SCALAR);
    H5Adelete(group, name);
    hid_t id = H5Acreate2(group, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(id >= 0 && H5Awrite(id, H5T_NATIVE_DOUBLE, &value) >= 0);
    H5Aclose(id);
    H5Sclose(space);
    H5Gclose(group);
}

static inline void put_text(hid_t file, const char *path, const char *name, const char *value,
                            size_t size, H5T_str_t padding)
{
    hid_t group = open_group(file, path), space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size);
    if (size != H5T_VARIABLE)
        H5Tset_strpad(type, padding);
    H5Adelete(group, name);
    hid_t id = H5Acreate2(group, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    const void *data = size == H5T_VARIABLE ? (const void *)&value : value;
    assert_true(id >= 0 && H5Awrite(id, type, data) >= 0);
    H5Aclose(id);
    H5Tclose(type);
    H5Sclose(space);
    H5Gclose(group);
}

static inline void remove_attribute(hid_t file, const char *path, const char *name)
{
    hid_t group = open_group(file, path);
    assert_true(H5Adelete(group, name) >= 0);
    H5Gclose(group);
}

static inline void make_group(hid_t file, const char *path)
{
    H5Gclose(H5Gcreate2(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

static inline void check_spoiled(const struct spoiled *row, size_t number)
{
    char error[ASSAY_ERROR] = "", name[32];
    const char *words[WORDS + 2] = {"spoiled"};
    struct assay_file read;
    snprintf(name, sizeof name, "spoiled-%zu.h5", number);
    write_sample(in_folder(name), 1);
    hid_t file = H5Fopen(in_folder(name), H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0);
    row->spoil(file);
    assert_true(H5Fclose(file) >= 0);
    for (size_t i = 0; i < WORDS && row->words[i] != NULL; i++)
        words[i + 1] = row->words[i];
    if (assay_file_read(&read, in_folder(name), 1, error) != 2)
        fail_msg("row %zu (%s) is accepted", number, row->words[0]);
    assert_sentence(error, words);
    assert_int_equal(read.cases, 0);
    assert_null(read.test);
}

/* Makes every file of a table and tries to read it. */
static inline void check_table(const struct spoiled *table, size_t rows)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    write_sample(in_folder("good.h5"), 1);
    for (size_t i = 0; i < rows; i++)
        check_spoiled(&table[i], i);
}
