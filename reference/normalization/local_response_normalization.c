// SPDX-License-Identifier: MIT
#include "local_response_normalization.h"

struct lrn lrn_read(struct call *call)
{
    static const char *const shares[] = {"divided", "whole", NULL};
    static const char *const sides[] = {"before", "after", NULL};
    size_t size = call_count_or(call, "size", 5, 1, 1000000), half = size / 2;
    int after = call_choice(call, "window_side", sides);
    struct lrn lrn = {.before = after ? size - 1 - half : half,
                      .factor = call_number_or(call, "alpha", R(1e-4)),
                      .beta = call_number_or(call, "beta", R(0.75)),
                      .k = call_number_or(call, "k", R(1.0))};
    lrn.after = size - 1 - lrn.before;
    if (!(lrn.factor >= 0))
        call_fail(call, "number 'alpha' is negative");
    if (!(lrn.k > 0))
        call_fail(call, "number 'k' is not above 0");
    if (call_choice(call, "share", shares) == 0)
        lrn.factor = lrn.factor / real_count(size);
    return lrn;
}

size_t lrn_window(size_t c, size_t C, size_t before, size_t after, size_t *count)
{
    size_t first = c > before ? c - before : 0, end = after < C - c ? c + after + 1 : C;
    *count = end - first;
    return first;
}

void lrn_forward(real *s, real *t, real *y, const real *x, size_t C, const struct lrn *lrn)
{
    for (size_t c = 0; c < C; c++) {
        size_t count, first = lrn_window(c, C, lrn->before, lrn->after, &count);
        real squares = sum_products(R(0.0), count, &x[first], 1, &x[first], 1);
        s[c] = lrn->k + lrn->factor * squares;
        t[c] = real_exp(-(lrn->beta * real_log(s[c])));
        y[c] = x[c] * t[c];
    }
}

void lrn_backward(real *dx, real *h, const real *dy, const real *x, const real *s, const real *t,
                  const real *y, size_t C, const struct lrn *lrn)
{
    real w = 2 * lrn->factor * lrn->beta;
    for (size_t c = 0; c < C; c++)
        h[c] = dy[c] * y[c] / s[c];
    for (size_t c = 0; c < C; c++) {
        size_t count, first = lrn_window(c, C, lrn->after, lrn->before, &count);
        dx[c] = dy[c] * t[c] - w * x[c] * sum_features(count, &h[first], 1);
    }
}

void local_response_normalization_answer(struct call *call)
{
    const real *x, *dy = NULL;
    struct feature_maps maps = feature_maps_read(call, "x", &x);
    struct lrn lrn = lrn_read(call);
    size_t C = maps.C, all = maps.N * maps.P * C;
    real *rows = call_scratch(call, all), *up = call_scratch(call, all);
    real *s = call_scratch(call, C), *t = call_scratch(call, C), *h = call_scratch(call, C);
    real *y = call_scratch(call, all), *dx = call_scratch(call, all);
    feature_maps_to_rows(rows, x, &maps);
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", maps.shape);
        feature_maps_to_rows(up, dy, &maps);
    }
    for (size_t i = 0; i < all; i += C) {
        lrn_forward(s, t, &y[i], &rows[i], C, &lrn);
        if (dy)
            lrn_backward(&dx[i], h, &up[i], &rows[i], s, t, &y[i], C, &lrn);
    }
    feature_maps_from_rows(call_output(call, "y", maps.shape), y, &maps);
    if (dy)
        feature_maps_from_rows(call_output(call, "dx", maps.shape), dx, &maps);
}
