// SPDX-License-Identifier: MIT
//
// One table of kernels. Compiled once for each precision and vector width:
//   -DSCALAR_F32 or -DSCALAR_F64, -DVECTOR_BITS=64|128|256|512, -DKERNELS_TABLE=kernels_f32_512
//   (the symbol) and the flags of that width (README.md lists them).
#include "kernels.h"
#include "vector.h"
#include "matrix_product.h"
#include "elementary.h"

static void scale_add(size_t n, scalar *y, scalar a, const scalar *x)
{
    const vector_scalar factor = vector_scalar_broadcast(a);
    for (size_t i = 0; i < n; i += SCALAR_LANES) {
        const size_t count = n - i < SCALAR_LANES ? n - i : SCALAR_LANES;
        const vector_scalar sum = vector_scalar_canonical(vector_scalar_fma(
            factor, load_columns(x + i, 0, 1, count), load_columns(y + i, 0, 1, count)));
        store_columns(y + i, sum, 0, 1, count);
    }
}

static void multiply_add(size_t n, scalar *y, const scalar *a, const scalar *x)
{
    for (size_t i = 0; i < n; i += SCALAR_LANES) {
        const size_t count = n - i < SCALAR_LANES ? n - i : SCALAR_LANES;
        const vector_scalar sum = vector_scalar_canonical(
            vector_scalar_fma(load_columns(a + i, 0, 1, count), load_columns(x + i, 0, 1, count),
                              load_columns(y + i, 0, 1, count)));
        store_columns(y + i, sum, 0, 1, count);
    }
}

#if VECTOR_BITS == 512
#define WIDTH_NAME "512"
#elif VECTOR_BITS == 256
#define WIDTH_NAME "256"
#elif VECTOR_BITS == 128
#define WIDTH_NAME "128"
#else
#define WIDTH_NAME "scalar"
#endif

extern const struct kernels KERNELS_TABLE;
const struct kernels KERNELS_TABLE = {
    .name = WIDTH_NAME,
    .vector_bits = SCALAR_LANES * (int)sizeof(scalar) * 8,
    .matrix_product = matrix_product,
    .exponential = map_exponential,
    .exponential_minus_one = map_exponential_minus_one,
    .logarithm = map_logarithm,
    .logarithm_one_plus = map_logarithm_one_plus,
    .hyperbolic_tangent = map_hyperbolic_tangent,
    .sigmoid = map_sigmoid,
    .complementary_error = map_complementary_error,
    .sine = map_sine,
    .cosine = map_cosine,
    .scale_add = scale_add,
    .multiply_add = multiply_add,
};
