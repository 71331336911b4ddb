// SPDX-License-Identifier: MIT
#include "dropout.h"

void dropout_scales(real *scale, const int *kept, enum dropout_scaling scaling, real keep, size_t N,
                    size_t C)
{
    for (size_t n = 0; n < N; n++) {
        size_t survivors = 0;
        for (size_t c = 0; c < C; c++)
            survivors += (size_t)kept[n * C + c];
        if (scaling == DROPOUT_CLASSIC)
            scale[n] = 1;
        else if (scaling == DROPOUT_INVERTED)
            scale[n] = keep > 0 ? 1 / keep : 0;
        else
            scale[n] = survivors > 0 ? real_count(C) / real_count(survivors) : 0;
    }
}

void dropout_apply(real *y, const real *x, const int *kept, const real *scale, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        for (size_t c = 0; c < C; c++)
            y[n * C + c] = kept[n * C + c] ? scale[n] * x[n * C + c] : 0;
    }
}

void dropout_answer(struct call *call)
{
    static const char *const scalings[] = {"inverted", "classic", "realised", NULL};
    struct survival survival = survival_read(call);
    const real *x = call_input(call, "x", "NC");
    const int *kept = mask_read(call, survival, "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    enum dropout_scaling scaling = (enum dropout_scaling)call_choice(call, "scaling", scalings);
    real *scale = call_scratch(call, N), *shown = call_output_integers(call, "kept", "NC");
    real *y_inference = call_output(call, "y_inference", "NC");
    dropout_scales(scale, kept, scaling, survival.keep, N, C);
    for (size_t i = 0; i < N * C; i++) {
        shown[i] = (real)kept[i];
        y_inference[i] = scaling == DROPOUT_CLASSIC ? survival.keep * x[i] : x[i];
    }
    dropout_apply(call_output(call, "y", "NC"), x, kept, scale, N, C);
    if (call_has(call, "dy"))
        dropout_apply(call_output(call, "dx", "NC"), call_input(call, "dy", "NC"), kept, scale, N,
                      C);
}
