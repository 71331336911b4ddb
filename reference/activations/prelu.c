// SPDX-License-Identifier: MIT
#include "prelu.h"

/* The channel of element i. */
static size_t channel_of(size_t i, const struct prelu_layout *layout)
{
    return i / layout->channel_stride % layout->C;
}

void prelu_forward(real *y, const real *x, const real *a, const struct prelu_layout *layout)
{
    for (size_t i = 0; i < layout->N * layout->C * layout->S; i++)
        y[i] = x[i] > 0 ? x[i] : a[channel_of(i, layout)] * x[i];
}

void prelu_backward(real *dx, const real *dy, const real *x, const real *a, const real *at_zero,
                    const struct prelu_layout *layout)
{
    for (size_t i = 0; i < layout->N * layout->C * layout->S; i++) {
        size_t c = channel_of(i, layout);
        if (x[i] > 0)
            dx[i] = dy[i];
        else
            dx[i] = dy[i] * (x[i] < 0 ? a[c] : at_zero[c]);
    }
}

void prelu_slope_gradient(real *da, real *negative, real *term, const real *dy, const real *x,
                          const struct prelu_layout *layout, size_t block)
{
    size_t N = layout->N, C = layout->C, S = layout->S, stride = layout->position_stride;
    for (size_t i = 0; i < N * C * S; i++)
        negative[i] = x[i] < 0 ? x[i] : 0;
    for (size_t n = 0; n < N; n++) {
        for (size_t c = 0; c < C; c++) {
            size_t at = n * C * S + c * layout->channel_stride;
            term[n * C + c] = sum_products(R(0.0), S, &dy[at], stride, &negative[at], stride);
        }
    }
    for (size_t c = 0; c < C; c++)
        da[c] = sum_samples(N, block, &term[c], C);
}

struct prelu_layout prelu_layout_of(struct call *call, const char **shape)
{
    static const char *const axes[] = {"first", "last", NULL};
    int last = call_choice(call, "channel_axis", axes);
    *shape = call_rank(call, "x") < 3 ? "NC" : last ? "NSC" : "NCS";
    call_input(call, "x", *shape);
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t S = call_rank(call, "x") < 3 ? 1 : call_size(call, 'S');
    if (call_rank(call, "a") == 0)
        return (struct prelu_layout){N, 1, C * S, C * S > 0 ? C * S : 1, 1};
    if (last)
        return (struct prelu_layout){N, C, S, 1, C};
    return (struct prelu_layout){N, C, S, S > 0 ? S : 1, 1};
}

void prelu_answer(struct call *call)
{
    const char *shape, *slopes = call_rank(call, "a") == 0 ? "" : "C";
    struct prelu_layout layout = prelu_layout_of(call, &shape);
    const real *x = call_input(call, "x", shape), *a = call_input(call, "a", slopes);
    size_t n = layout.N * layout.C * layout.S, block = call_block(call);
    real *at_zero = call_scratch(call, layout.C);
    for (size_t c = 0; c < layout.C; c++)
        at_zero[c] = kink_at_zero(call, a[c], R(1.0));
    prelu_forward(call_output(call, "y", shape), x, a, &layout);
    call_decisions(call, n, x);
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", shape);
    prelu_backward(call_output(call, "dx", shape), dy, x, a, at_zero, &layout);
    prelu_slope_gradient(call_output(call, "da", slopes), call_scratch(call, n),
                         call_scratch(call, layout.N * layout.C), dy, x, &layout, block);
}
