// SPDX-License-Identifier: MIT
#include "npy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char magic[6] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

/* ---- writing --------------------------------------------------------------------------------- */

/* Version 1.0, padded to a multiple of 64 as NumPy does. */
static size_t write_header(unsigned char *to, const char *type, int rank, const size_t dim[])
{
    char shape[NPY_RANK * 24] = "";
    int used = 0;
    for (int i = 0; i < rank; i++)
        used += snprintf(shape + used, sizeof shape - (size_t)used, "%zu,%s", dim[i],
                         i + 1 < rank ? " " : "");
    memset(to, ' ', NPY_HEADER);
    memcpy(to, magic, sizeof magic);
    to[6] = 1;
    to[7] = 0;
    to[8] = NPY_HEADER - 10;
    to[9] = 0;
    int length = snprintf((char *)to + 10, NPY_HEADER - 10,
                          "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type, shape);
    to[10 + length] = ' ';
    to[NPY_HEADER - 1] = '\n';
    return NPY_HEADER;
}

static void little_endian(unsigned char *to, uint64_t bits, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] = (unsigned char)(bits >> 8 * i);
}

static uint64_t bits_of(const char *type, double value)
{
    uint64_t wide;
    uint32_t narrow;
    float single = (float)value;
    memcpy(&wide, &value, sizeof wide);
    memcpy(&narrow, &single, sizeof narrow);
    if (type[1] == 'i')
        return (uint32_t)(int32_t)value;
    return type[2] == '4' ? narrow : wide;
}

unsigned char *npy_write(const char *type, int rank, const size_t dim[], const double *value,
                         size_t *size)
{
    size_t count = 1, element = (size_t)(type[2] - '0');
    for (int i = 0; i < rank; i++)
        count *= dim[i];
    unsigned char *bytes = malloc(NPY_HEADER + count * element);
    if (bytes == NULL)
        return NULL;
    *size = write_header(bytes, type, rank, dim);
    for (size_t i = 0; i < count; i++, *size += element)
        little_endian(bytes + *size, bits_of(type, value[i]), element);
    return bytes;
}

unsigned char *npy_write_bytes(const char *text, size_t count, size_t *size)
{
    unsigned char *bytes = malloc(NPY_HEADER + count);
    if (bytes == NULL)
        return NULL;
    *size = write_header(bytes, "|u1", 1, &count) + count;
    memcpy(bytes + NPY_HEADER, text, count);
    return bytes;
}

/* ---- the header ------------------------------------------------------------------------------ */

/* Python's notation: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), } */
struct notation {
    const char *at, *end;
};

static void skip_blanks(struct notation *n)
{
    while (n->at < n->end && (*n->at == ' ' || *n->at == '\n' || *n->at == '\t'))
        n->at++;
}

/* Steps over a character, if it comes next. */
static int take(struct notation *n, char c)
{
    skip_blanks(n);
    if (n->at == n->end || *n->at != c)
        return 0;
    n->at++;
    return 1;
}

static int take_word(struct notation *n, const char *word)
{
    size_t length = strlen(word);
    skip_blanks(n);
    if ((size_t)(n->end - n->at) < length || memcmp(n->at, word, length) != 0)
        return 0;
    n->at += length;
    return 1;
}

static int take_string(struct notation *n, char *text, size_t size)
{
    size_t length = 0;
    skip_blanks(n);
    if (n->at == n->end || (*n->at != '\'' && *n->at != '"'))
        return 0;
    char quote = *n->at++;
    while (n->at < n->end && *n->at != quote && *n->at != '\\' && length + 1 < size)
        text[length++] = *n->at++;
    text[length] = '\0';
    return take(n, quote);
}

static int take_size(struct notation *n, size_t *size)
{
    int digits = 0;
    skip_blanks(n);
    for (*size = 0; n->at < n->end && *n->at >= '0' && *n->at <= '9' && digits < 12; digits++)
        *size = 10 * *size + (size_t)(*n->at++ - '0');
    return digits > 0;
}

static const char *take_shape(struct notation *n, struct npy *npy)
{
    if (!take(n, '('))
        return "a header whose shape is no tuple";
    while (!take(n, ')')) {
        if (npy->rank == NPY_RANK)
            return "a rank above 4";
        if (!take_size(n, &npy->dim[npy->rank++]))
            return "a header whose shape is no tuple of sizes";
        if (!take(n, ',') && (n->at == n->end || *n->at != ')'))
            return "a header whose shape is no tuple of sizes";
    }
    return NULL;
}

static const char *take_type(struct notation *n, struct npy *npy)
{
    char type[8];
    if (!take_string(n, type, sizeof type) || strlen(type) != 3)
        return "a type that is no plain number";
    npy->kind = type[1];
    npy->size = type[2] - '0';
    npy->swapped = type[0] == '>';
    int order = type[0] == '<' || type[0] == '>' || (type[0] == '|' && npy->size == 1);
    int sized = npy->size == 1 || npy->size == 2 || npy->size == 4 || npy->size == 8;
    int known = (npy->kind == 'f' && npy->size > 1) || npy->kind == 'i' || npy->kind == 'u' ||
                (npy->kind == 'b' && npy->size == 1);
    return order && sized && known ? NULL : "a type that is no plain number";
}

static const char *take_entries(struct notation *n, struct npy *npy)
{
    int seen = 0;
    if (!take(n, '{'))
        return "a header that is no dictionary";
    while (!take(n, '}')) {
        char key[16];
        const char *wrong = NULL;
        if (!take_string(n, key, sizeof key) || !take(n, ':'))
            return "a header that is no dictionary";
        int entry = strcmp(key, "descr") == 0           ? 1
                    : strcmp(key, "fortran_order") == 0 ? 2
                    : strcmp(key, "shape") == 0         ? 4
                                                        : 0;
        if (entry == 0 || (seen & entry) != 0)
            return "a header with an unknown entry, or one twice";
        seen |= entry;
        if (entry == 1)
            wrong = take_type(n, npy);
        else if (entry == 4)
            wrong = take_shape(n, npy);
        else if (take_word(n, "True"))
            npy->fortran = 1;
        else if (!take_word(n, "False"))
            wrong = "a header whose order is neither True nor False";
        if (wrong != NULL)
            return wrong;
        if (!take(n, ',') && (n->at == n->end || *n->at != '}'))
            return "a header that is no dictionary";
    }
    skip_blanks(n);
    return seen == 7 && n->at == n->end ? NULL : "a header with entries missing, or more behind it";
}

const char *npy_read(struct npy *npy, const unsigned char *bytes, size_t size)
{
    enum { ELEMENTS = 1 << 28 };
    memset(npy, 0, sizeof *npy);
    if (size < 12 || memcmp(bytes, magic, sizeof magic) != 0 || bytes[6] < 1 || bytes[6] > 3)
        return "no header of a .npy file";
    size_t length = bytes[8] + 256u * bytes[9], from = 10;
    if (bytes[6] > 1) {
        length += 65536u * bytes[10] + 16777216u * (size_t)bytes[11];
        from = 12;
    }
    if (length > size - from)
        return "a header that ends behind the file";
    struct notation n = {(const char *)bytes + from, (const char *)bytes + from + length};
    const char *wrong = take_entries(&n, npy);
    if (wrong != NULL)
        return wrong;
    npy->data = from + length;
    npy->count = 1;
    for (int i = 0; i < npy->rank; i++) {
        if (npy->dim[i] > ELEMENTS || (npy->dim[i] > 0 && npy->count > ELEMENTS / npy->dim[i]))
            return "more than 268435456 elements";
        npy->count *= npy->dim[i];
    }
    if ((size - npy->data) / (size_t)npy->size != npy->count ||
        (size - npy->data) % (size_t)npy->size != 0)
        return "more or fewer elements than its shape says";
    return NULL;
}

/* ---- elements -------------------------------------------------------------------------------- */

/* binary16: exact in a double. */
static double half(uint64_t bits)
{
    int exponent = (int)(bits >> 10 & 31), mantissa = (int)(bits & 1023);
    double size = exponent == 0    ? ldexp(mantissa, -24)
                  : exponent == 31 ? (mantissa == 0 ? (double)INFINITY : (double)NAN)
                                   : ldexp(1024 + mantissa, exponent - 25);
    return bits >> 15 & 1 ? -size : size;
}

static double floating(uint64_t bits, int size)
{
    double wide;
    float single;
    uint32_t narrow = (uint32_t)bits;
    memcpy(&wide, &bits, sizeof wide);
    memcpy(&single, &narrow, sizeof single);
    return size == 8 ? wide : size == 4 ? (double)single : half(bits);
}

/* One element; sets *inexact for an integer beyond 2^53 that no double is. */
static double element(const struct npy *npy, const unsigned char *bytes, int *inexact)
{
    uint64_t bits = 0;
    for (int i = 0; i < npy->size; i++)
        bits = bits << 8 | bytes[npy->swapped ? i : npy->size - 1 - i];
    if (npy->kind == 'f')
        return floating(bits, npy->size);
    uint64_t sign = UINT64_C(1) << (8 * npy->size - 1);
    int negative = npy->kind == 'i' && (bits & sign) != 0;
    uint64_t magnitude = negative ? sign - (bits - sign) : bits;
    double value = (double)magnitude;
    *inexact |= value >= 0x1p64 || (uint64_t)value != magnitude;
    return negative ? -value : value;
}

int npy_values(const struct npy *npy, const unsigned char *bytes, double *value)
{
    size_t index[NPY_RANK] = {0}, stride[NPY_RANK] = {0}, step = 1;
    int inexact = 0;
    for (int i = 0; i < npy->rank; i++) {
        int axis = npy->fortran ? i : npy->rank - 1 - i;
        stride[axis] = step;
        step *= npy->dim[axis];
    }
    for (size_t k = 0; k < npy->count; k++) {
        size_t at = 0;
        for (int i = 0; i < npy->rank; i++)
            at += index[i] * stride[i];
        value[k] = element(npy, bytes + npy->data + at * (size_t)npy->size, &inexact);
        for (int i = npy->rank - 1; i >= 0 && ++index[i] == npy->dim[i]; i--)
            index[i] = 0;
    }
    return inexact ? 2 : 0;
}
