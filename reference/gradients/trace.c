// SPDX-License-Identifier: MIT
#include "trace.h"

struct trace trace_read(struct call *call)
{
    struct trace t = {.x = call_input(call, "x", "NRC"), .dy = call_input(call, "dy", "N")};
    t.N = call_size(call, 'N');
    t.R = call_size(call, 'R');
    t.C = call_size(call, 'C');
    real offset = call_number_or(call, "offset", R(0.0)), most = real_count(t.R + t.C);
    if (!(offset > -most && offset < most) || offset != (real)(long)offset)
        call_fail(call, "number 'offset' must be a whole number within the matrix");
    if (offset > 0)
        t.first_column = (size_t)(long)offset;
    else
        t.first_row = (size_t)(long)-offset;
    if (t.first_column >= t.C || t.first_row >= t.R)
        call_fail(call, "number 'offset' gives a diagonal without elements");
    size_t below = t.R - t.first_row, right = t.C - t.first_column;
    t.length = below < right ? below : right;
    t.y = call_output(call, "y", "N");
    t.dx = call_output(call, "dx", "NRC");
    return t;
}

void trace_answer(struct call *call)
{
    struct trace t = trace_read(call);
    for (size_t n = 0; n < t.N; n++) {
        size_t start = (n * t.R + t.first_row) * t.C + t.first_column;
        t.y[n] = sum_features(t.length, &t.x[start], t.C + 1);
        for (size_t i = 0; i < t.length; i++)
            t.dx[start + i * (t.C + 1)] = t.dy[n];
    }
}
