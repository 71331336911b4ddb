// SPDX-License-Identifier: MIT
#include "digest.h"

#include "../protocol/case.h"

#include <openssl/evp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_bytes(EVP_MD_CTX *context, uint64_t bits, size_t bytes)
{
    unsigned char little[8];
    for (size_t i = 0; i < bytes; i++)
        little[i] = (unsigned char)(bits >> (8 * i));
    EVP_DigestUpdate(context, little, bytes);
}

static void add_value(EVP_MD_CTX *context, double value, int single)
{
    uint64_t wide = 0;
    uint32_t narrow = 0;
    float rounded = isnan(value) ? NAN : (float)value;
    double full = isnan(value) ? (double)NAN : value;
    memcpy(&narrow, &rounded, sizeof narrow);
    memcpy(&wide, &full, sizeof wide);
    add_bytes(context, single ? narrow : wide, single ? 4 : 8);
}

static void add_array(EVP_MD_CTX *context, const struct assay_result_array *array, int single)
{
    EVP_DigestUpdate(context, array->name, strlen(array->name) + 1);
    for (int axis = 0; axis < array->rank; axis++)
        add_bytes(context, array->dim[axis], 8);
    for (size_t i = 0; i < array->count; i++)
        add_value(context, array->value[i], single);
}

static int by_technique(const void *a, const void *b)
{
    return strcmp(((const struct assay_result_technique *)a)->name,
                  ((const struct assay_result_technique *)b)->name);
}

static int by_case(const void *a, const void *b)
{
    return strcmp(((const struct assay_result_case *)a)->name,
                  ((const struct assay_result_case *)b)->name);
}

static int by_array(const void *a, const void *b)
{
    return strcmp(((const struct assay_result_array *)a)->name,
                  ((const struct assay_result_array *)b)->name);
}

static void add_technique(EVP_MD_CTX *context, struct assay_result_technique *technique, int single)
{
    qsort(technique->test, technique->cases, sizeof *technique->test, by_case);
    EVP_DigestUpdate(context, technique->name, strlen(technique->name) + 1);
    for (size_t i = 0; i < technique->cases; i++) {
        struct assay_result_case *test = &technique->test[i];
        qsort(test->output, test->outputs, sizeof *test->output, by_array);
        EVP_DigestUpdate(context, test->name, strlen(test->name) + 1);
        if (test->refused[0]) /* the sentences are everybody's own */
            EVP_DigestUpdate(context, "refused", sizeof "refused");
        for (size_t k = 0; k < test->outputs; k++)
            add_array(context, &test->output[k], single);
    }
}

int digest_result(char sha256[65], const char *path, char *error)
{
    struct assay_result result;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (assay_result_read(&result, path, error) != 0)
        return 2;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int ok = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    int single = strcmp(result.precision, "f32") == 0;
    qsort(result.technique, result.techniques, sizeof *result.technique, by_technique);
    for (size_t i = 0; ok && i < result.techniques; i++)
        add_technique(context, &result.technique[i], single);
    ok = ok && EVP_DigestFinal_ex(context, digest, &length);
    for (unsigned int i = 0; ok && i < length; i++)
        snprintf(sha256 + 2 * i, 3, "%02x", digest[i]);
    if (!ok)
        snprintf(error, ASSAY_ERROR, "%.300s: its digest could not be computed", path);
    EVP_MD_CTX_free(context);
    assay_result_free(&result);
    return ok ? 0 : 2;
}
