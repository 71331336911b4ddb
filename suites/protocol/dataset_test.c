// SPDX-License-Identifier: MIT
/* Every format read back, and every way a file can be wrong refused with its own sentence. */
#include "dataset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataset_test_files.h"
#include "dataset_test_rows.h"

/* ---- expectations ---------------------------------------------------------------------------- */

static void assert_refused_as(int is_open, const char *path, const char *labels, const char *named,
                              const char *cause)
{
    char error[512] = "";
    struct dataset data;
    memset(&data, 0xff, sizeof data);
    int status = is_open ? open_and_read(&data, path, labels, error)
                         : dataset_load(&data, path, labels, error, sizeof error);
    if (status != 2 || strstr(error, cause) == NULL || strstr(error, named) == NULL)
        fail_msg("%s: status %d, '%s' lacks '%s' or '%s'", path, status, error, named, cause);
    assert_null(strchr(error, '\n'));
    assert_non_null(strstr(error, "; "));
    assert_true(strlen(error) < sizeof error - 1);
    assert_true(data.pixels == NULL && data.labels == NULL && data.split == NULL);
    assert_true(data.samples == 0 && data.parts == 0 && data.part == NULL);
}

/* Loaded, and left where it is. */
static void assert_refused(const char *path, const char *labels, const char *named,
                           const char *cause)
{
    assert_refused_as(0, path, labels, named, cause);
    assert_refused_as(1, path, labels, named, cause);
}

static struct dataset load(const char *path, const char *labels)
{
    char error[512] = "";
    struct dataset data;
    if (dataset_load(&data, path, labels, error, sizeof error) != 0)
        fail_msg("%s", error);
    if (strstr(path, "compact.h5") == NULL)
        assert_same_in_place(&data, path, labels);
    return data;
}

static void assert_shape(const struct dataset *data, size_t samples, size_t channels, size_t height,
                         size_t width)
{
    assert_int_equal(data->samples, samples);
    assert_int_equal(data->shape[0], channels);
    assert_int_equal(data->shape[1], height);
    assert_int_equal(data->shape[2], width);
    assert_int_equal(data->features, channels * height * width);
}

/* ---- good files ------------------------------------------------------------------------------ */

static void test_digits(void **state)
{
    static const size_t expected[] = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
    const char *where = getenv("ASSAY_DATA");
    char path[1024];
    size_t counts[10] = {0}, tests[10] = {0}, sum = 0, n_tests = 0;
    unsigned brightest = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/digits.h5", where != NULL ? where : "data");
    struct dataset data = load(path, NULL);
    assert_shape(&data, 1797, 1, 8, 8);
    assert_int_equal(data.classes, 10);
    assert_int_equal(data.maximum, 16);
    assert_string_equal(data.name, "digits");
    for (size_t i = 0; i < data.samples; i++) {
        counts[data.labels[i]]++;
        tests[data.labels[i]] += data.split[i];
        n_tests += data.split[i];
    }
    for (size_t i = 0; i < data.samples * data.features; i++) {
        sum += data.pixels[i];
        brightest = data.pixels[i] > brightest ? data.pixels[i] : brightest;
    }
    assert_memory_equal(counts, expected, sizeof counts);
    for (int label = 0; label < 10; label++)
        assert_in_range(tests[label], 35, 37);
    assert_int_equal(n_tests, 360);
    assert_int_equal(brightest, 16);
    assert_int_equal(sum, 561718);
    /* The first image is a 0; its top row is known. */
    assert_int_equal(data.labels[0], 0);
    assert_memory_equal(data.pixels, ((unsigned char[]){0, 0, 5, 13, 9, 1, 0, 0}), 8);
    dataset_free(&data);
    assert_null(data.pixels);
    dataset_free(&data);
}

static void test_idx(void **state)
{
    (void)state;
    const char *images = write_idx("images", 0x803, (uint32_t[]){3, 2, 4}, 3, 24);
    const char *labels = write_idx("labels", 0x801, (uint32_t[]){3}, 1, 3);
    struct dataset data = load(images, labels);
    assert_shape(&data, 3, 1, 2, 4);
    assert_int_equal(data.classes, 3);
    assert_int_equal(data.maximum, 255);
    assert_string_equal(data.name, "images");
    for (size_t i = 0; i < 24; i++)
        assert_int_equal(data.pixels[i], i);
    assert_memory_equal(data.labels, "\0\1\2", 3);
    dataset_free(&data);
}

/* 3057 pixels and 16 bytes of header are as long as a CIFAR-10 record. */
static void test_idx_as_long_as_cifar(void **state)
{
    (void)state;
    const char *images = write_idx("images", 0x803, (uint32_t[]){1, 1, 3057}, 3, 3057);
    const char *labels = write_idx("labels", 0x801, (uint32_t[]){1}, 1, 1);
    struct dataset data = load(images, labels);
    assert_shape(&data, 1, 1, 1, 3057);
    dataset_free(&data);
}

static void test_cifar(void **state)
{
    (void)state;
    struct dataset data = load(write_cifar("one.bin", 3, 7), NULL);
    assert_shape(&data, 3, 3, 32, 32);
    assert_int_equal(data.classes, 10);
    assert_memory_equal(data.labels, "\7\10\11", 3);
    assert_int_equal(data.pixels[0], 7);
    assert_int_equal(data.pixels[3071], 200);
    dataset_free(&data);
}

static void test_lists(void **state)
{
    char list[4096], labels[4096];
    (void)state;
    snprintf(list, sizeof list, "%s,test:%s", write_cifar("one.bin", 2, 7),
             write_cifar("two.bin", 1, 3));
    struct dataset data = load(list, NULL);
    assert_shape(&data, 3, 3, 32, 32);
    assert_memory_equal(data.labels, "\7\10\3", 3);
    assert_memory_equal(data.split, "\0\0\1", 3);
    assert_string_equal(data.name, "one.bin");
    dataset_free(&data);

    const char *one = write_idx("i1", 0x803, (uint32_t[]){2, 1, 1}, 3, 2);
    const char *two = write_idx("i2", 0x803, (uint32_t[]){3, 1, 1}, 3, 3);
    const char *l1 = write_idx("l1", 0x801, (uint32_t[]){2}, 1, 2);
    const char *l2 = write_idx("l2", 0x801, (uint32_t[]){3}, 1, 3);
    snprintf(list, sizeof list, "%s,%s", one, two);
    snprintf(labels, sizeof labels, "%s,%s", l1, l2);
    data = load(list, labels);
    assert_int_equal(data.classes, 3);
    assert_memory_equal(data.pixels, "\0\1\0\1\2", 5);
    /* By class and place: samples 0 2 1 3 4; the second of the five is sample 2. */
    assert_memory_equal(data.split, "\0\0\1\0\0", 5);
    dataset_free(&data);
    assert_refused(list, l1, "i2", "second file");
    snprintf(labels, sizeof labels, "%s,%s,%s", l1, l2, l2);
    assert_refused(list, labels, "i2", "more label files");
    snprintf(list, sizeof list, "%s,%s", write_hdf5("a.h5", NULL), in_folder("one.bin"));
    assert_refused(list, NULL, "one.bin", "differ in shape");
    snprintf(list, sizeof list, "%s,", in_folder("one.bin"));
    assert_refused(list, NULL, "cannot load", "No such file");
}

static void make_compact(hid_t file)
{
    hid_t create = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_layout(create, H5D_COMPACT);
    put_bytes(file, "images", H5T_STD_U8LE, create, 3, good_dims, 1);
    H5Pclose(create);
}

static void make_table(hid_t file)
{
    put_bytes(file, "images", H5T_STD_U8LE, H5P_DEFAULT, 2, (hsize_t[]){SAMPLES, 4}, 1);
}

static void make_channels(hid_t file)
{
    put_bytes(file, "images", H5T_STD_U8LE, H5P_DEFAULT, 4, (hsize_t[]){SAMPLES, 3, 2, 1}, 1);
    H5Adelete(file, "name");
}

static void test_hdf5(void **state)
{
    (void)state;
    struct dataset data = load(write_hdf5("plain.h5", NULL), NULL);
    assert_shape(&data, SAMPLES, 1, SIDE, SIDE);
    assert_int_equal(data.classes, SAMPLES);
    assert_string_equal(data.name, "t?[7mny");
    assert_int_equal(data.pixels[19], 19);
    assert_memory_equal(data.split, "\0\1\0\0\0", SAMPLES);
    dataset_free(&data);
    data = load(write_hdf5("compact.h5", make_compact), NULL);
    assert_shape(&data, SAMPLES, 1, SIDE, SIDE);
    assert_int_equal(data.pixels[19], 19);
    dataset_free(&data);
    assert_refused_as(1, in_folder("compact.h5"), NULL, "compact.h5", "without --stream");
    data = load(write_hdf5("table.h5", make_table), NULL);
    assert_shape(&data, SAMPLES, 1, 1, 4);
    dataset_free(&data);
    data = load(write_hdf5("channels.h5", make_channels), NULL);
    assert_shape(&data, SAMPLES, 3, 2, 1);
    assert_string_equal(data.name, "channels.h5");
    dataset_free(&data);
}

/* ---- bad files ------------------------------------------------------------------------------- */

static void test_bad_files(void **state)
{
    unsigned char bytes[20] = {1, 2, 3};
    (void)state;
    assert_refused(in_folder("absent"), NULL, "absent", "No such file");
    assert_refused(folder, NULL, folder, "not a regular file");
    assert_refused(write_file("empty", bytes, 0), NULL, "empty", "it is empty");
    assert_refused(write_file("short", bytes, 3), NULL, "short", "neither HDF5 nor IDX");
    assert_refused(write_file("text", "label,pixel\n", 12), NULL, "text", "neither HDF5 nor IDX");
    assert_refused(write_file("x.gz", "\x1f\x8b\x08\0\0\0", 6), NULL, "x.gz", "gunzip");
    assert_refused(write_file("x.npy", "\x93NUMPY\1\0", 8), NULL, "x.npy", "NumPy array");
    assert_refused(write_file("x.h5", "\211HDF\r\n\032\nxyz", 11), NULL, "x.h5", "damaged HDF5");
    assert_refused(write_cifar("labels.bin", 2, 9), NULL, "labels.bin", "label 10 of sample 1");
    const char *cifar = write_cifar("good.bin", 2, 0);
    assert_refused(cifar, cifar, "good.bin", "leave the label file out");
    assert_int_equal(truncate(cifar, 2 * RECORD - 1), 0);
    assert_refused(cifar, NULL, "good.bin", "whole CIFAR-10 records");
}

static void test_bad_idx(void **state)
{
    static const struct {
        uint32_t magic, samples, height, width;
        size_t values;
        const char *cause;
    } rows[] = {
        {0x803, 3, 2, 2, 11, "truncated, 27 bytes where its header promises 28"},
        {0x803, 3, 2, 2, 13, "29 bytes where its header promises 28"},
        {0x803, 0, 2, 2, 0, "nothing or more than the limit"},
        {0x803, 3, 2, 0, 0, "nothing or more than the limit"},
        {0x803, UINT32_MAX, UINT32_MAX, UINT32_MAX, 9, "nothing or more than the limit"},
        {0x803, 0x10000, 0x10000, 1, 9, "promises 4294967312"},
        {0x803, 0x80000000, 2, 0x80000000, 9, "nothing or more than the limit"},
        {0x801, 3, 2, 2, 12, "holds IDX labels, not images"},
        {0xd03, 3, 2, 2, 48, "another type (00000d03)"},
        {0x802, 3, 4, 1, 8, "another type (00000802)"},
    };
    (void)state;
    const char *labels = write_idx("labels", 0x801, (uint32_t[]){3}, 1, 3);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t sizes[] = {rows[i].samples, rows[i].height, rows[i].width};
        const char *path = write_idx("images", rows[i].magic, sizes, 3, rows[i].values);
        assert_refused(path, labels, "images", rows[i].cause);
    }
    const char *good = write_idx("images", 0x803, (uint32_t[]){3, 2, 2}, 3, 12);
    assert_refused(good, NULL, "images", "second file");
    assert_refused(good, in_folder("none"), "none", "No such file");
    assert_refused(good, good, "images", "not an IDX label file");
    write_idx("labels", 0x801, (uint32_t[]){4}, 1, 4);
    assert_refused(good, labels, "labels", "4 labels for 3 images");
    write_idx("labels", 0x801, (uint32_t[]){3}, 1, 2);
    assert_refused(good, labels, "labels", "truncated, 10 bytes");
    assert_int_equal(truncate(good, 10), 0);
    assert_refused(good, labels, "images", "truncated within its header");
}

static void test_bad_attributes(void **state)
{
    static const struct {
        const char *object, *name, *text; /* text NULL: the integer */
        size_t size;
        int value;
        const char *cause;
    } rows[] = {
        {"/", "schema", "assay-cases", 11, 0, "no Assay data set"},
        {"/", "schema", "assay-dataset", 0, 0, "'schema' is not a fixed-length string"},
        {"/", "schema", NULL, 0, 1, "'schema' is not a fixed-length string"},
        {"/", "schema_version", NULL, 0, 2, "schema_version is 2 and this program reads 1"},
        {"/", "schema_version", "1", 1, 0, "'schema_version' is not one integer"},
        {"/", "name", "tiny", 0, 0, "'name' is not a fixed-length string"},
        {"images", "maximum", NULL, 0, 18, "pixel 19 in sample 4 is above the maximum of 18"},
        {"images", "maximum", NULL, 0, 0, "'maximum' is 0"},
        {"images", "maximum", NULL, 0, 1000, "'maximum' is 1000"},
        {"labels", "classes", NULL, 0, 4, "label 4 of sample 4 is not below 4"},
        {"labels", "classes", NULL, 0, -1, "'classes' is -1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *path = write_hdf5("attribute.h5", NULL);
        hid_t file = reopen(path), object = H5Oopen(file, rows[i].object, H5P_DEFAULT);
        if (rows[i].text != NULL)
            put_text(object, rows[i].name, rows[i].text, rows[i].size);
        else
            put_integer(object, rows[i].name, H5T_STD_I32LE, rows[i].value);
        H5Oclose(object);
        H5Fclose(file);
        assert_refused(path, NULL, "attribute.h5", rows[i].cause);
    }
}

static void test_bad_datasets(void **state)
{
    const hid_t u8 = H5T_STD_U8LE;
    const struct {
        const char *name;
        hid_t type;
        int rank;
        hsize_t dims[5];
        enum storage storage;
        const char *cause;
    } rows[] = {
        {"images", u8, 1, {5}, PLAIN, "/images has one dimension"},
        {"images", u8, 5, {5, 1, 1, 2, 2}, PLAIN, "1 to 4 dimensions"},
        {"images", u8, 3, {0, 2, 2}, PLAIN, "/images is empty or larger"},
        {"images", u8, 3, {4, 2, 2}, PLAIN, "one entry for each of the 4 images"},
        {"images", H5T_STD_I8LE, 3, {5, 2, 2}, PLAIN, "unsigned 8-bit"},
        {"images", H5T_IEEE_F32LE, 3, {5, 2, 2}, PLAIN, "unsigned 8-bit"},
        {"images", u8, 3, {5, 2, 2}, UNWRITTEN, "20 bytes that the file does not hold"},
        {"images", u8, 3, {1 << 11, 1 << 11, 1 << 9}, UNWRITTEN, "that the file does not hold"},
        {"images", u8, 3, {1 << 20, 1 << 20, 1 << 9}, UNWRITTEN, "empty or larger than the limit"},
        {"images", u8, 3, {5, 2, 2}, CHUNKED, "stored in chunks or compressed"},
        {"images", u8, 3, {5, 2, 2}, DEFLATED, "stored in chunks or compressed"},
        {"images", u8, 3, {5, 2, 2}, EXTERNAL, "is stored in other files"},
        {"images", u8, 3, {5, 2, 2}, VIRTUAL, "virtual layout"},
        {"labels", H5T_STD_I32LE, 1, {5}, PLAIN, "/labels does not hold unsigned 8-bit"},
        {"labels", u8, 1, {6}, PLAIN, "/labels does not have one entry"},
        {"labels", u8, 2, {5, 1}, PLAIN, "/labels does not have one entry"},
        {"labels", u8, 1, {5}, EXTERNAL, "/labels is stored in other files"},
        {"split", u8, 1, {4}, PLAIN, "/split does not have one entry"},
        {"split", u8, 1, {5}, PLAIN, "/split holds 2 for sample 2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *path = write_hdf5("dataset.h5", NULL);
        hid_t file = reopen(path), create = storage(rows[i].storage, rows[i].rank, rows[i].dims);
        int writes = rows[i].storage < UNWRITTEN;
        put_bytes(file, rows[i].name, rows[i].type, create, rows[i].rank, rows[i].dims, writes);
        H5Pclose(create);
        H5Fclose(file);
        assert_refused(path, NULL, "dataset.h5", rows[i].cause);
    }
}

static void test_bad_links(void **state)
{
    (void)state;
    const char *path = write_hdf5("link.h5", NULL);
    hid_t file = reopen(path);
    H5Lmove(file, "images", file, "other", H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    assert_refused(path, NULL, "link.h5", "has no /images");
    file = reopen(path);
    H5Lcreate_soft("/other", file, "images", H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    assert_refused(path, NULL, "link.h5", "/images is a link");
    file = reopen(path);
    H5Ldelete(file, "images", H5P_DEFAULT);
    H5Gclose(H5Gcreate2(file, "images", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Fclose(file);
    assert_refused(path, NULL, "link.h5", "cannot be opened as a dataset");
    assert_refused(in_folder("external.h5"), NULL, "external.h5", "/images is a link");
}

static void test_truncated_hdf5(void **state)
{
    struct stat status;
    (void)state;
    const char *path = write_hdf5("cut.h5", NULL);
    assert_int_equal(stat(path, &status), 0);
    for (off_t length = status.st_size - 1; length > 16; length = length * 3 / 4) {
        assert_int_equal(truncate(path, length), 0);
        assert_refused(path, NULL, "cut.h5", "truncated or damaged HDF5");
    }
}

/* Rows that are far from each other, longer than what is read at once, and next to each other in
 * two files; and files that change in use. */
static void test_in_place(void **state)
{
    const char *images, *names;
    char list[2100], list_labels[2100], error[512];
    struct dataset data;
    (void)state;
    write_wide(&images, &names);
    data = load(images, names);
    dataset_free(&data);
    snprintf(list, sizeof list, "%s,test:%s", images, images);
    snprintf(list_labels, sizeof list_labels, "%s,%s", names, names);
    data = load(list, list_labels);
    dataset_free(&data);

    unsigned char *pixels = malloc((size_t)WANTED * WIDE * HIGH);
    struct dataset_row row[WANTED];
    assert_int_equal(dataset_open(&data, images, names, error, sizeof error), 0);
    assert_int_equal(read_some(&data, pixels, row, NULL, error), 0);
    const struct timespec times[2] = {{1, 0}, {1, 0}};
    assert_int_equal(utimensat(AT_FDCWD, images, times, 0), 0);
    assert_int_equal(read_some(&data, pixels, row, NULL, error), 2);
    assert_non_null(strstr(error, "changed while it was in use"));
    assert_int_equal(truncate(images, 1000), 0);
    assert_int_equal(read_some(&data, pixels, row, NULL, error), 2);
    assert_non_null(strstr(error, "wide.idx: it was cut off"));
    dataset_free(&data);
    free(pixels);
}

/* ---- the folder ------------------------------------------------------------------------------ */

static int make_folder(void **state)
{
    const char *parent = getenv("TMPDIR");
    (void)state;
    snprintf(folder, sizeof folder, "%s/assay-dataset-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(folder) == NULL)
        return 1;
    write_external_link("external.h5", write_hdf5("good.h5", NULL));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        if (entry->d_name[0] != '.')
            unlink(in_folder(entry->d_name));
    if (directory != NULL)
        closedir(directory);
    return rmdir(folder);
}

static void test_synthetic_clouds(void **state)
{
    struct dataset data;
    char error[512] = "";
    (void)state;
    assert_int_equal(dataset_load(&data, "synthetic:21,5,3", NULL, error, sizeof error), 0);
    assert_int_equal(data.samples, 21);
    assert_int_equal(data.features, 5);
    assert_int_equal(data.classes, 3);
    size_t test = 0, within = 0;
    for (size_t n = 0; n < 21; n++) {
        assert_int_equal(data.labels[n], n % 3);
        test += data.split[n] == DATASET_TEST;
        /* Samples of a class are within 127 of each other in every feature, so near a centre. */
        for (size_t d = 0; d < 5; d++)
            within += abs(data.pixels[n * 5 + d] - data.pixels[n % 3 * 5 + d]) <= 127;
    }
    assert_int_equal(within, 21 * 5);
    assert_in_range(test, 3, 5);
    assert_memory_not_equal(data.pixels, data.pixels + 5, 5);
    dataset_free(&data);
    static const char *const wrong[] = {"synthetic:",        "synthetic:1,2",
                                        "synthetic:0,2,1",   "synthetic:4,2,5",
                                        "synthetic:9,2,257", "synthetic:9,2,3,1",
                                        "synthetic:-4,2,1",  "synthetic:4, 2,1",
                                        "synthetic:4,2,1x",  "synthetic:99999999,99999999,2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(dataset_load(&data, wrong[i], NULL, error, sizeof error), 2);
        assert_non_null(strstr(error, "synthetic:"));
        assert_null(data.pixels);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_synthetic_clouds),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_idx),
        cmocka_unit_test(test_idx_as_long_as_cifar),
        cmocka_unit_test(test_cifar),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_hdf5),
        cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_bad_idx),
        cmocka_unit_test(test_bad_attributes),
        cmocka_unit_test(test_bad_datasets),
        cmocka_unit_test(test_bad_links),
        cmocka_unit_test(test_truncated_hdf5),
        cmocka_unit_test(test_in_place),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
