// SPDX-License-Identifier: MIT
#include "../../reference/gradients/trace.h"
#include "../fork.h"

/* The inner product with a matrix of ones and zeros, from the end. */
static void inner_product(struct call *call)
{
    struct trace t = trace_read(call);
    for (size_t i = t.N * t.R * t.C; i-- > 0;) {
        size_t n = i / (t.R * t.C), r = i / t.C % t.R, c = i % t.C;
        real pattern = r + t.first_column == c + t.first_row ? R(1.0) : R(0.0);
        t.y[n] += pattern * t.x[i];
        t.dx[i] = pattern * t.dy[n];
    }
}

enum mistake { WRAPPED, STRIDE_OF_ROWS, EVERYWHERE, UPSTREAM_IGNORED, LAST_LOST, FIRST_UPSTREAM };

static void wrong(struct call *call)
{
    struct trace t = trace_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    size_t step = mistake == STRIDE_OF_ROWS ? t.R + 1 : t.C + 1, size = t.R * t.C;
    for (size_t n = 0; n < t.N; n++) {
        const real *x = &t.x[n * size];
        real *dx = &t.dx[n * size], up = t.dy[mistake == FIRST_UPSTREAM ? 0 : n];
        size_t start = t.first_row * t.C + t.first_column;
        size_t length = t.length - (mistake == LAST_LOST ? 1 : 0);
        for (size_t i = 0; i < length; i++)
            t.y[n] += x[start + i * (t.C + 1)];
        if (mistake == EVERYWHERE) {
            for (size_t i = 0; i < size; i++)
                dx[i] = up;
        } else {
            for (size_t i = 0; start + i * step < size && (i < length || mistake == WRAPPED); i++)
                dx[start + i * step] = mistake == UPSTREAM_IGNORED ? 1 : up;
        }
    }
}

static const struct fork table[] = {
    {.info = {"inner_product", FORK_TWIN, "", "The product with an identity pattern.", NULL},
     .answer = inner_product},
    {.info = {"wrapped", FORK_BUG, "209", "The diagonal of a tall matrix begins again below.",
              NULL},
     .answer = wrong,
     .variant = WRAPPED},
    {.info = {"stride_of_rows", FORK_BUG, "209", "A stride of rows + 1 backwards.", NULL},
     .answer = wrong,
     .variant = STRIDE_OF_ROWS},
    {.info = {"everywhere", FORK_BUG, "", "All elements have the gradient.", NULL},
     .answer = wrong,
     .variant = EVERYWHERE},
    {.info = {"upstream_ignored", FORK_BUG, "", "An identity, without the upstream.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"first_upstream", FORK_BUG, "", "All matrices have the first one's upstream.", NULL},
     .answer = wrong,
     .variant = FIRST_UPSTREAM},
    {.info = {"last_lost", FORK_BUG, "", "The last element of the diagonal is lost.", NULL},
     .answer = wrong,
     .variant = LAST_LOST},
    {.info = {"main_diagonal", FORK_BUG, "", "The offset is ignored.", NULL},
     .number = {"offset", 0}},
};

const struct fork_list trace_forks = {sizeof table / sizeof *table, table};
