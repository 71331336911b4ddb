// SPDX-License-Identifier: MIT
/* Damaged files are refused or, where the damage does not matter, read: never a crash.
 *
 * Our own files have checksums on everything but numbers, so they are read in this process, under
 * the sanitizers. Files in the older format of other libraries have none, and HDF5 itself fails on
 * some of them: those are read in a process of their own, whose crash is an answer. */
#include "case_test_files.h"

#include <hdf5.h>

/* HDF5 forgets memory when it meets damage; the leak checker is to look at our code. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

static uint64_t random_state;

/* Knuth's generator: the same positions in every run. */
static size_t pick(size_t count)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(random_state >> 33) % count;
}

/* Reads a file as both kinds; returns whether it is a good file of cases. */
static int survive(const char *path)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    struct assay_result result;
    int code = assay_file_read(&file, path, 1, error);
    assert_true(code == 0 || code == 2);
    if (code == 2)
        assert_sentence(error, (const char *const[]){"damaged", NULL});
    assay_file_free(&file);
    code = code == 0;
    if (assay_result_read(&result, path, error) == 0)
        assay_result_free(&result);
    return code;
}

static void test_truncated(void **state)
{
    size_t size, accepted = 0;
    (void)state;
    setenv("ASSAY_READ_IN_PROCESS", "1", 1);
    write_sample(in_folder("damaged.h5"), 1);
    unsigned char *bytes = read_bytes(in_folder("damaged.h5"), &size);
    for (size_t length = 0; length < size; length += length < 200 ? 1 : size / 200) {
        write_bytes(in_folder("damaged.h5"), bytes, length);
        accepted += (size_t)survive(in_folder("damaged.h5"));
    }
    assert_int_equal(accepted, 0);
    free(bytes);
}

static void test_corrupted(void **state)
{
    size_t size;
    (void)state;
    setenv("ASSAY_READ_IN_PROCESS", "1", 1);
    write_sample(in_folder("damaged.h5"), 1);
    unsigned char *bytes = read_bytes(in_folder("damaged.h5"), &size);
    for (int i = 0; i < 400; i++) {
        /* Half of them in the first kilobytes: superblock and groups. */
        size_t at = pick(i % 2 ? size : 4000);
        unsigned char flip = (unsigned char)(1u << pick(8));
        bytes[at] ^= flip;
        write_bytes(in_folder("damaged.h5"), bytes, size);
        survive(in_folder("damaged.h5"));
        bytes[at] ^= flip;
    }
    free(bytes);
}

/* A string attribute of variable length, as h5py and Julia write them. */
static void put_string(hid_t object, const char *name, const char *value)
{
    hid_t space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    hid_t id = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(id >= 0 && H5Awrite(id, type, &value) >= 0);
    H5Aclose(id);
    H5Tclose(type);
    H5Sclose(space);
}

static void put_chunked(hid_t group, const char *name)
{
    const float values[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    const hsize_t dim[2] = {3, 4}, chunk[2] = {2, 3};
    hid_t space = H5Screate_simple(2, dim, NULL), creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 2, chunk);
    H5Pset_shuffle(creation);
    H5Pset_deflate(creation, 4);
    hid_t id = H5Dcreate2(group, name, H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(H5Dwrite(id, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(id);
    H5Pclose(creation);
    H5Sclose(space);
}

static void make_old_file(const char *path)
{
    const double version = ASSAY_SCHEMA_VERSION;
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t id = H5Acreate2(file, "format_version", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(id, H5T_NATIVE_DOUBLE, &version);
    H5Aclose(id);
    H5Sclose(space);
    put_string(file, "format", "assay-cases");
    static const char *const paths[] = {"/sigmoid", "/sigmoid/one", "/sigmoid/one/inputs"};
    for (size_t i = 0; i < 3; i++)
        H5Gclose(H5Gcreate2(file, paths[i], H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    hid_t group = H5Gopen2(file, "/sigmoid/one", H5P_DEFAULT);
    put_string(group, "why", "Old files have no checksums.");
    H5Gclose(group);
    group = H5Gopen2(file, "/sigmoid/one/inputs", H5P_DEFAULT);
    put_chunked(group, "x");
    put_chunked(group, "z");
    H5Gclose(group);
    H5Fclose(file);
}

/* Reads as cases without goldens, in a process of its own. */
static int survive_old(const char *path, char *error)
{
    struct assay_file file;
    int code = assay_file_read(&file, path, 0, error);
    assert_true(code == 0 || code == 2);
    if (code == 2)
        assert_true(strlen(error) > 20 && strchr(error, '\n') == NULL);
    assay_file_free(&file);
    return code;
}

static void test_corrupted_old_format(void **state)
{
    size_t size;
    char error[ASSAY_ERROR];
    (void)state;
    unsetenv("ASSAY_READ_IN_PROCESS");
    make_old_file(in_folder("old.h5"));
    assert_int_equal(survive_old(in_folder("old.h5"), error), 0);
    unsigned char *bytes = read_bytes(in_folder("old.h5"), &size);
    for (int i = 0; i < 100; i++) {
        size_t at = pick(size);
        unsigned char flip = (unsigned char)(1u << pick(8));
        bytes[at] ^= flip;
        write_bytes(in_folder("old.h5"), bytes, size);
        survive_old(in_folder("old.h5"), error);
        bytes[at] ^= flip;
    }
    free(bytes);
}

/* The place of the heap of strings in a file. */
static unsigned char *find_heap(unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i + 32 < size; i++)
        if (memcmp(bytes + i, "GCOL\1\0\0\0", 8) == 0)
            return bytes + i;
    fail_msg("no heap");
    return NULL;
}

/* What makes HDF5 1.10.8 write beyond its memory, or never end: see hdf5_safe_heap.c. */
static void test_hostile_heap(void **state)
{
    static const struct {
        size_t at; /* byte of the heap */
        unsigned char value;
        const char *cause;
    } rows[] = {
        {8 + 7, 0x7f, "damaged heap"}, /* size of the heap */
        {16 + 8 + 1, 0x11, "4096"},    /* size of the first string */
        {16 + 8 + 7, 0x7f, "4096"},
    };
    size_t size;
    char error[ASSAY_ERROR];
    (void)state;
    make_old_file(in_folder("heap.h5"));
    unsigned char *bytes = read_bytes(in_folder("heap.h5"), &size);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char *byte = find_heap(bytes, size) + rows[i].at, old = *byte;
        *byte = rows[i].value;
        write_bytes(in_folder("heap.h5"), bytes, size);
        assert_int_equal(survive_old(in_folder("heap.h5"), error), 2);
        assert_sentence(error, (const char *const[]){"heap.h5", rows[i].cause, NULL});
        *byte = old;
    }
    /* Free space of size 0: index 0, zeros. The first string takes the place of it. */
    unsigned char *first = find_heap(bytes, size) + 16;
    memset(first, 0, 16);
    write_bytes(in_folder("heap.h5"), bytes, size);
    assert_int_equal(survive_old(in_folder("heap.h5"), error), 2);
    assert_sentence(error, (const char *const[]){"heap.h5", "damaged heap", NULL});
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_corrupted),
        cmocka_unit_test(test_corrupted_old_format),
        cmocka_unit_test(test_hostile_heap),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
