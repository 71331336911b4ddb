// SPDX-License-Identifier: MIT
//
// What vector.h has to say about vectors of float by intrinsics. Included by vector.h alone.
#ifndef ASSAY_VECTOR_F32_H
#define ASSAY_VECTOR_F32_H

typedef int32_t vector_mask __attribute__((vector_size(sizeof(vector_scalar))));

INLINE vector_scalar vector_scalar_fma(vector_scalar a, vector_scalar b, vector_scalar c)
{
#if VECTOR_BITS == 512
    return _mm512_fmadd_ps(a, b, c);
#elif VECTOR_BITS == 256
    return _mm256_fmadd_ps(a, b, c);
#elif VECTOR_BITS == 128
    return vfmaq_f32(c, a, b);
#else
    return (vector_scalar){__builtin_fmaf(a[0], b[0], c[0])};
#endif
}

// The first `count` lanes, 1 <= count <= SCALAR_LANES; memory beyond them is not touched.
INLINE vector_scalar vector_scalar_load_partial(const scalar *p, size_t count)
{
#if VECTOR_BITS == 512
    return _mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif VECTOR_BITS == 256
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_maskload_ps(p, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), lane));
#else
    vector_scalar v = {0};
    for (size_t lane = 0; lane < SCALAR_LANES; lane++)
        v[lane] = lane < count ? p[lane] : 0;
    return v;
#endif
}

INLINE void vector_scalar_store_partial(scalar *p, vector_scalar v, size_t count)
{
#if VECTOR_BITS == 512
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), v);
#elif VECTOR_BITS == 256
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    _mm256_maskstore_ps(p, _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), lane), v);
#else
    for (size_t lane = 0; lane < count; lane++)
        p[lane] = v[lane];
#endif
}

// NaN lanes become the one NaN of kernels.h.
INLINE vector_scalar vector_scalar_canonical(vector_scalar v)
{
    const vector_mask ordered = v == v;
    return (vector_scalar)((ordered & (vector_mask)v) | (~ordered & 0x7fc00000));
}

#endif
