// SPDX-License-Identifier: MIT
/* Makes the small files of dataset_test.c, its only user, which includes cmocka.h before. */
#ifndef ASSAY_DATASET_TEST_FILES_H
#define ASSAY_DATASET_TEST_FILES_H

#include <hdf5.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SAMPLES = 5, SIDE = 2, RECORD = 3073 };

static char folder[512];

/* A path in the folder; valid until the 64th call after. */
static const char *in_folder(const char *name)
{
    static char paths[64][1024];
    static int next;
    char *path = paths[next++ % 64];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char *write_file(const char *name, const void *bytes, size_t count)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* `sizes` are the big-endian words after the magic; the values count up from 0. */
static const char *write_idx(const char *name, uint32_t magic, const uint32_t *sizes,
                             size_t n_sizes, size_t values)
{
    unsigned char bytes[4096];
    size_t used = 0;
    for (size_t i = 0; i <= n_sizes; i++) {
        uint32_t word = i == 0 ? magic : sizes[i - 1];
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes[used++] = (unsigned char)(word >> shift);
    }
    for (size_t i = 0; i < values; i++)
        bytes[used++] = (unsigned char)i;
    return write_file(name, bytes, used);
}

static const char *write_cifar(const char *name, size_t records, unsigned char label)
{
    static unsigned char bytes[4 * RECORD];
    memset(bytes, 200, sizeof bytes);
    for (size_t i = 0; i < records; i++)
        bytes[i * RECORD] = (unsigned char)(label + i);
    bytes[1] = 7;
    return write_file(name, bytes, records * RECORD);
}

static void put_integer(hid_t object, const char *name, hid_t type, int value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    if (H5Aexists(object, name) > 0)
        H5Adelete(object, name);
    hid_t id = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(id, H5T_NATIVE_INT, &value) >= 0);
    H5Aclose(id);
    H5Sclose(space);
}

/* size 0 makes a string of variable length. */
static void put_text(hid_t object, const char *name, const char *text, size_t size)
{
    hid_t space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size == 0 ? H5T_VARIABLE : size);
    if (H5Aexists(object, name) > 0)
        H5Adelete(object, name);
    hid_t id = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(id, type, size == 0 ? (const void *)&text : text) >= 0);
    H5Aclose(id);
    H5Tclose(type);
    H5Sclose(space);
}

/* Replaces a dataset by one of bytes 0, 1, 2, ...; without values it is created and left alone. */
static void put_bytes(hid_t file, const char *name, hid_t type, hid_t create, int rank,
                      const hsize_t *dims, int with_values)
{
    unsigned char values[64];
    for (int i = 0; i < 64; i++)
        values[i] = (unsigned char)i;
    if (H5Lexists(file, name, H5P_DEFAULT) > 0)
        H5Ldelete(file, name, H5P_DEFAULT);
    hid_t space = H5Screate_simple(rank, dims, NULL);
    hid_t id = H5Dcreate2(file, name, type, space, H5P_DEFAULT, create, H5P_DEFAULT);
    assert_true(id >= 0);
    if (with_values)
        assert_true(H5Dwrite(id, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(id);
    H5Sclose(space);
}

static const hsize_t good_dims[] = {SAMPLES, SIDE, SIDE};

static const char *write_hdf5(const char *name, void (*change)(hid_t file))
{
    const char *path = in_folder(name);
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0);
    put_text(file, "schema", "assay-dataset", 13);
    put_integer(file, "schema_version", H5T_STD_I32LE, 1);
    put_text(file, "name", "t\x1b[7mny", 7);
    put_bytes(file, "images", H5T_STD_U8LE, H5P_DEFAULT, 3, good_dims, 1);
    put_bytes(file, "labels", H5T_STD_U8LE, H5P_DEFAULT, 1, good_dims, 1);
    if (change != NULL)
        change(file);
    assert_true(H5Fclose(file) >= 0);
    return path;
}

static hid_t reopen(const char *path)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

enum storage {
    PLAIN,
    CHUNKED,
    DEFLATED,
    UNWRITTEN, /* from here on nothing is written */
    EXTERNAL,
    VIRTUAL
};

/* Where it points elsewhere the target exists, so that following it would succeed. */
static hid_t storage(enum storage kind, int rank, const hsize_t *dims)
{
    hid_t create = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(rank, dims, NULL);
    if (kind == CHUNKED || kind == DEFLATED)
        H5Pset_chunk(create, rank, dims);
    if (kind == DEFLATED)
        H5Pset_deflate(create, 6);
    if (kind == EXTERNAL)
        H5Pset_external(create, in_folder("good.h5"), 0, 20);
    if (kind == VIRTUAL)
        H5Pset_virtual(create, space, in_folder("good.h5"), "images", space);
    H5Sclose(space);
    return create;
}

/* dataset_load() ends the making of external links in this process, so this comes first. */
static void write_external_link(const char *name, const char *target)
{
    hid_t file = reopen(write_hdf5(name, NULL));
    H5Ldelete(file, "images", H5P_DEFAULT);
    assert_true(H5Lcreate_external(target, "images", file, "images", H5P_DEFAULT, H5P_DEFAULT) >=
                0);
    H5Fclose(file);
}

#endif
