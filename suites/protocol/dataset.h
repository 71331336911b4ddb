// SPDX-License-Identifier: MIT
/*
 * Labelled image data sets for the claims, the benchmarks and the training runs.
 *
 * Three formats are recognised by their content, never by their name:
 *
 *   Assay HDF5       layout in data/digits.md
 *   IDX              MNIST and relatives: images (magic 0x00000803, unsigned bytes) and a second
 *                    file with the labels (magic 0x00000801)
 *   CIFAR-10 binary  records of 3073 bytes: 1 label, then 3072 pixels [3][32][32]
 *
 * A path may be a comma-separated list of files, which are joined in the order of the list:
 *
 *   data_batch_1.bin,data_batch_2.bin,test:test_batch.bin
 *
 * "test:" before a file makes all of its samples test samples. Of IDX and CIFAR-10 files without
 * that mark all samples are for training; if no file of the list says anything about the split,
 * dataset_split() decides. A file whose name contains a comma cannot be given.
 *
 * "synthetic:SAMPLES,FEATURES,CLASSES" needs no file: clouds of random points (dataset_synthetic.c).
 *
 * Values stay the bytes of the file: what a model sees is pixel / maximum, and the division is the
 * reader's, so that every precision starts from the same numbers.
 */
#ifndef ASSAY_DATASET_H
#define ASSAY_DATASET_H

#include <stddef.h>
#include <stdint.h>

/* Limits on one data set, so that a forged header cannot make the program take all memory: on what
 * is loaded, and on the images that stay in their files. */
#define DATASET_BYTES_MAX ((size_t)1 << 32)
#define DATASET_FILES_MAX ((size_t)1 << 48)

#define DATASET_TRAIN 0
#define DATASET_TEST  1

struct dataset_part; /* one file of a data set whose images stay there */

struct dataset {
    size_t samples;        /* at least 1 */
    size_t features;       /* shape[0] * shape[1] * shape[2] */
    size_t classes;        /* 1 to 256 */
    size_t shape[3];       /* channels, height, width */
    unsigned char *pixels; /* [samples][channels][height][width], each 0 to maximum; or NULL */
    unsigned char *labels; /* [samples], each 0 to classes - 1 */
    unsigned char *split;  /* [samples], DATASET_TRAIN or DATASET_TEST */
    unsigned maximum;      /* the brightest value the format allows: 16 for digits, else 255 */
    char name[64];         /* printable ASCII: the file's own name for itself, or its base name */
    size_t parts;          /* 0 unless the images stay in their files */
    struct dataset_part *part;
};

/*
 * Loads the data set at `path` (one file or a list, see above) into `out`.
 *
 * `label_path` names the label file of IDX images (a list as long as that of the images when there
 * are several) and is NULL for the other formats, which hold their labels themselves.
 *
 * Returns 0, or 2 with `out` empty and one sentence in `error` that names the file, the cause and
 * what to do. Nothing is allocated before the sizes in the file have been checked against the
 * length of the file and DATASET_BYTES_MAX.
 *
 * HDF5 files may come from strangers, so only hard links to contiguous (or compact) arrays of bytes
 * are read: no external links or storage, virtual layouts, chunks, filters or committed types; and
 * by a process of its own (hdf5_safe_process.h), because damaged metadata crash HDF5 itself or make
 * it take all memory.
 *
 * Sources: LeCun, Cortes, Burges, "The MNIST database" (IDX); Krizhevsky, "Learning Multiple
 * Layers of Features from Tiny Images", 2009, and its download page (CIFAR-10 binary).
 */
int dataset_load(struct dataset *out, const char *path, const char *label_path, char *error,
                 size_t error_size);

/*
 * The same, but the images stay in their files, which may be larger than memory: pixels is NULL,
 * and dataset_read() gives rows. Two bytes a sample are in memory, and there are less than 2^32.
 *
 * What is read later needs no trust and no HDF5: in all formats that are read, image n is the bytes
 * offset + n * stride of a file, and the process that reads an HDF5 file (above) says only where
 * they begin. Compressed images would have no such place, and a random one of them would cost the
 * inflation of its whole chunk.
 */
int dataset_open(struct dataset *out, const char *path, const char *label_path, char *error,
                 size_t error_size);

/* Where the pixels of a sample go: `features` bytes. */
struct dataset_row {
    size_t sample;
    unsigned char *to;
};

/*
 * Copies rows, from memory or from the files, where they are read in the order of the files and
 * neighbours together; `row` (count) is left in that order. May run in another thread than the rest
 * of the program.
 *
 * bytes  is increased by what was read from files; may be NULL
 *
 * Returns 0, or 2 with one sentence in `error`, also when a file has changed since it was opened:
 * other size or time of modification, or pixels above the maximum, which dataset_open cannot see.
 */
int dataset_read(const struct dataset *data, struct dataset_row *row, size_t count, uint64_t *bytes,
                 char *error, size_t error_size);

/* Frees what was allocated, closes files, and empties `data`; harmless on an empty one. */
void dataset_free(struct dataset *data);

/*
 * The project's fixed split, for data without a published one: the samples are ordered by class
 * and, within a class, as they stand in the file; of every five consecutive ones the second is a
 * test sample. It needs no random numbers, takes a fifth of every class up to rounding, and
 * spreads over the file.
 *
 * split   [samples], written: DATASET_TRAIN or DATASET_TEST
 * labels  [samples]
 */
void dataset_split(unsigned char *split, const unsigned char *labels, size_t samples);

#endif
