// SPDX-License-Identifier: MIT
//
// Chooses a table of kernels for this CPU. Compiled once per precision; kernels_table.c makes the
// tables.
#include <string.h>

#include "kernels.h"

#ifdef SCALAR_F32
extern const struct kernels kernels_f32_scalar, kernels_f32_128, kernels_f32_256, kernels_f32_512;
#define TABLE(width) (&kernels_f32_##width)
#else
extern const struct kernels kernels_f64_scalar, kernels_f64_128, kernels_f64_256, kernels_f64_512;
#define TABLE(width) (&kernels_f64_##width)
#endif

struct candidate {
    const struct kernels *table;
    bool supported;
    const char *refusal;
};

const struct kernels *kernels_select(const char *width, const char **reason)
{
    // Widest first.
    const struct candidate candidates[] = {
#if defined(__x86_64__)
        {TABLE(512), __builtin_cpu_supports("avx512f") != 0,
         "kernels \"512\" need a CPU with AVX-512F, which this one lacks; use \"256\" or "
         "\"scalar\""},
        {TABLE(256), __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0,
         "kernels \"256\" need a CPU with AVX2 and FMA, which this one lacks; use \"scalar\""},
#elif defined(__aarch64__)
        {TABLE(128), true, ""},
#endif
        {TABLE(scalar), true, ""},
    };
    const char *refusal =
        "there are no kernels of this name; use \"scalar\", \"256\" or \"512\" on "
        "x86-64, \"scalar\" or \"128\" on arm64";
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        const struct candidate *candidate = &candidates[i];
        if (width != NULL && strcmp(width, candidate->table->name) != 0)
            continue;
        if (candidate->supported)
            return candidate->table;
        if (width != NULL)
            refusal = candidate->refusal;
    }
    if (reason != NULL)
        *reason = refusal;
    return NULL;
}
