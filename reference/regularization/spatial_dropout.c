// SPDX-License-Identifier: MIT
#include "spatial_dropout.h"

static void silence(real *y, const real *x, const int *kept, real scale, const size_t size[4],
                    int last)
{
    size_t N = size[0], C = size[1], area = size[2] * size[3];
    for (size_t n = 0; n < N; n++) {
        for (size_t c = 0; c < C; c++) {
            for (size_t k = 0; k < area; k++) {
                size_t i = last ? (n * area + k) * C + c : (n * C + c) * area + k;
                y[i] = kept[n * C + c] ? scale * x[i] : 0;
            }
        }
    }
}

void spatial_dropout_answer(struct call *call)
{
    static const char *const channels[] = {"first", "last", NULL};
    struct survival survival = survival_read(call);
    int last = call_choice(call, "channels", channels);
    const char *shape = last ? "NHWC" : "NCHW";
    const real *x = call_input(call, "x", shape);
    const int *kept = mask_read(call, survival, "NC");
    size_t size[4] = {call_size(call, 'N'), call_size(call, 'C'), call_size(call, 'H'),
                      call_size(call, 'W')};
    real scale = survival.keep > 0 ? 1 / survival.keep : 0;
    real *shown = call_output_integers(call, "kept", "NC");
    for (size_t i = 0; i < size[0] * size[1]; i++)
        shown[i] = (real)kept[i];
    silence(call_output(call, "y", shape), x, kept, scale, size, last);
    if (call_has(call, "dy"))
        silence(call_output(call, "dx", shape), call_input(call, "dy", shape), kept, scale, size,
                last);
}
