// SPDX-License-Identifier: MIT
/* npy.h - one array as NumPy stores it: a header in Python's notation, then the elements. */
#pragma once

#include "parts.h"

enum { NPY_HEADER = 128, NPY_RANK = REQUEST_RANK };

/* What a header says. */
struct npy {
    char kind;   /* 'f', 'i', 'u' or 'b' */
    int size;    /* bytes of an element: 1, 2, 4 or 8 */
    int swapped; /* the most significant byte comes first */
    int fortran; /* the first index changes fastest */
    int rank;
    size_t dim[NPY_RANK], count;
    size_t data; /* where the elements begin */
};

/* Reads the header of a member of `size` bytes. Returns NULL, or what is wrong with it. */
const char *npy_read(struct npy *npy, const unsigned char *bytes, size_t size);

/* The elements as doubles, with the last index changing fastest. Returns 0, or 2 when one of them
 * is an integer that no double is. */
int npy_values(const struct npy *npy, const unsigned char *bytes, double *value);

/* An array as a member: "<f4", "<f8", "<i4" or "|u1", the last from bytes. Returns memory that the
 * caller frees, or NULL. */
unsigned char *npy_write(const char *type, int rank, const size_t dim[], const double *value,
                         size_t *size);
unsigned char *npy_write_bytes(const char *text, size_t count, size_t *size);
