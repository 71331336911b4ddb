// SPDX-License-Identifier: MIT
/*
 * make_digits CSV OUTPUT.h5
 *
 * Converts the 1,797 handwritten digits from the table that scikit-learn ships (digits.csv.gz,
 * unpacked) into data/digits.h5; data/digits.md has the layout and the provenance. The table is
 * accepted only with its known SHA-256, so the result is always the same file, byte for byte: no
 * time stamps, a fixed file format, a fixed order of creation.
 *
 * Exit status: 0 written, 2 not (one sentence on stderr).
 */
#include "../protocol/dataset.h"

#include <errno.h>
#include <hdf5.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SAMPLES = 1797,
    SIDE = 8,
    FEATURES = SIDE * SIDE,
    MAXIMUM = 16,
    CLASSES = 10,
    CSV_BYTES = 264712
};

static const char csv_sha256[] = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8";

/* In the order in which they are written. */
static const struct {
    const char *name, *text;
} facts[] = {
    {"name", "digits"},
    {"title", "Optical Recognition of Handwritten Digits, test part, 8 x 8"},
    {"license", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"},
    {"source", "UCI Machine Learning Repository, data set 80, optdigits.tes, as carried by "
               "scikit-learn (digits.csv.gz, unpacked)"},
    {"citation", "E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. "
                 "UCI Machine Learning Repository."},
    {"sha256", csv_sha256},
};

struct digits {
    unsigned char images[SAMPLES][SIDE][SIDE];
    unsigned char labels[SAMPLES];
    unsigned char split[SAMPLES];
};

__attribute__((format(printf, 1, 2))) static int fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("make_digits: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return 2;
}

/* One byte more than expected is asked for, so that a longer file is noticed. */
static int read_csv(char text[CSV_BYTES + 1], const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return fail("cannot open %s: %s; check the path", path, strerror(errno));
    size_t bytes = fread(text, 1, CSV_BYTES + 1, file);
    fclose(file);
    unsigned char hash[EVP_MAX_MD_SIZE];
    char hex[2 * EVP_MAX_MD_SIZE + 1] = "";
    unsigned length = 0;
    if (EVP_Digest(text, bytes, hash, &length, EVP_sha256(), NULL) != 1)
        return fail("cannot compute a SHA-256; check the installation of OpenSSL");
    for (unsigned i = 0; i < length; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    if (bytes != CSV_BYTES || strcmp(hex, csv_sha256) != 0)
        return fail("%s is not the known table (its SHA-256 is %s); unpack scikit-learn's "
                    "sklearn/datasets/data/digits.csv.gz",
                    path, hex);
    text[bytes] = '\0';
    return 0;
}

/* Each line is 64 pixels and the label. The hash vouches for the form; a slip here must still not
 * write beyond the arrays. */
static int parse(struct digits *out, const char *text)
{
    unsigned char *pixels = &out->images[0][0][0];
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t j = 0; j <= FEATURES; j++) {
            char *end;
            unsigned long value = strtoul(text, &end, 10);
            unsigned long limit = j < FEATURES ? MAXIMUM : CLASSES - 1;
            if (end == text || value > limit || *end != (j < FEATURES ? ',' : '\n'))
                return fail("line %zu, column %zu of the table is not a number up to %lu", i + 1,
                            j + 1, limit);
            if (j < FEATURES)
                pixels[i * FEATURES + j] = (unsigned char)value;
            else
                out->labels[i] = (unsigned char)value;
            text = end + 1;
        }
    }
    dataset_split(out->split, out->labels, SAMPLES);
    return 0;
}

static int write_integer(hid_t object, const char *name, int value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    hid_t id = H5Acreate2(object, name, H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT);
    int bad = H5Awrite(id, H5T_NATIVE_INT, &value) < 0;
    bad |= H5Aclose(id) < 0;
    H5Sclose(space);
    return bad;
}

static int write_text(hid_t object, const char *name, const char *text)
{
    hid_t space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(text));
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    hid_t id = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    int bad = H5Awrite(id, type, text) < 0;
    bad |= H5Aclose(id) < 0;
    H5Tclose(type);
    H5Sclose(space);
    return bad;
}

/* `attribute` may be NULL. */
static int write_bytes(hid_t file, const char *name, int rank, const hsize_t *dims,
                       const unsigned char *values, const char *attribute, int number)
{
    hid_t space = H5Screate_simple(rank, dims, NULL), create = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(create, 0);
    H5Pset_layout(create, H5D_CONTIGUOUS);
    /* Without this the library may leave stale memory in what it allocates before the write. */
    H5Pset_alloc_time(create, H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(create, H5D_FILL_TIME_NEVER);
    hid_t id = H5Dcreate2(file, name, H5T_STD_U8LE, space, H5P_DEFAULT, create, H5P_DEFAULT);
    int bad = H5Dwrite(id, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0;
    if (attribute != NULL)
        bad |= write_integer(id, attribute, number);
    bad |= H5Dclose(id) < 0;
    H5Pclose(create);
    H5Sclose(space);
    return bad;
}

static int write_contents(hid_t file, const struct digits *digits)
{
    static const hsize_t dims[] = {SAMPLES, SIDE, SIDE};
    int bad = write_text(file, "schema", "assay-dataset");
    bad |= write_integer(file, "schema_version", 1);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        bad |= write_text(file, facts[i].name, facts[i].text);
    bad |= write_bytes(file, "images", 3, dims, &digits->images[0][0][0], "maximum", MAXIMUM);
    bad |= write_bytes(file, "labels", 1, dims, digits->labels, "classes", CLASSES);
    bad |= write_bytes(file, "split", 1, dims, digits->split, NULL, 0);
    return bad;
}

/* Writes beside the target and renames, so that a full disk never leaves half a data set. */
static int write_file(const char *path, const struct digits *digits)
{
    char temporary[4096];
    if (snprintf(temporary, sizeof temporary, "%s.tmp", path) >= (int)sizeof temporary)
        return fail("the path %s is too long; use a shorter one", path);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110);
    H5Pset_obj_track_times(create, 0);
    hid_t file = H5Fcreate(temporary, H5F_ACC_TRUNC, create, access);
    H5Pclose(create);
    H5Pclose(access);
    if (file < 0)
        return fail("cannot create %s; check that its folder exists and is writable", temporary);
    int bad = write_contents(file, digits);
    bad |= H5Fclose(file) < 0;
    if (bad || rename(temporary, path) != 0) {
        remove(temporary);
        return fail("cannot write %s; check the free space and the permissions", path);
    }
    return 0;
}

int main(int argc, char **argv)
{
    static char text[CSV_BYTES + 1];
    static struct digits digits;
    if (argc != 3)
        return fail("usage: make_digits CSV OUTPUT.h5");
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    if (read_csv(text, argv[1]) != 0 || parse(&digits, text) != 0)
        return 2;
    return write_file(argv[2], &digits);
}
