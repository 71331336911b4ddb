// SPDX-License-Identifier: MIT
#include "min_max_display.h"

void min_max_display_range(real *low, real *high, const real *w, size_t n, size_t stride)
{
    *low = *high = w[0];
    for (size_t i = 1; i < n; i++) {
        real x = w[i * stride];
        *low = x < *low ? x : *low;
        *high = x > *high ? x : *high;
    }
}

void min_max_display_answer(struct call *call)
{
    static const char *const ranges[] = {"tensor", "filter", NULL};
    const real *w = call_input(call, "w", "HVIO");
    size_t pixels = call_size(call, 'H') * call_size(call, 'V'), I = call_size(call, 'I');
    size_t O = call_size(call, 'O'), n = pixels * I;
    if (n * O == 0)
        call_fail(call, "input 'w' is empty");
    size_t channel = call_count_or(call, "channel", 0, 0, I - 1);
    int by_filter = call_choice(call, "range", ranges);
    real *scaled = call_output(call, "scaled", "HVIO"), *tiles = call_output(call, "tiles", "OHV");
    real *low = call_output(call, "low", "O"), *high = call_output(call, "high", "O");
    for (size_t o = 0; o < O; o++) {
        if (by_filter)
            min_max_display_range(&low[o], &high[o], &w[o], n, O);
        else
            min_max_display_range(&low[o], &high[o], w, n * O, 1);
        for (size_t i = 0; i < n; i++)
            scaled[i * O + o] =
                high[o] == low[o] ? 0 : (w[i * O + o] - low[o]) / (high[o] - low[o]);
        for (size_t k = 0; k < pixels; k++)
            tiles[o * pixels + k] = scaled[(k * I + channel) * O + o];
    }
}
