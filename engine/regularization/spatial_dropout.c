// SPDX-License-Identifier: MIT
/* Spatial dropout; definition in reference/regularization/spatial_dropout.h.
 *
 * How it is distributed: the samples are sharded, and the masks of their channels with them. Each
 * element is computed alone; nothing crosses the network and nothing is added.
 */
#include "mask.h"

/* Groups of `inner` values that share a factor; the factors repeat in order. */
static void multiply_groups(scalar *y, const scalar *x, const scalar *factor, size_t groups,
                            size_t inner)
{
    for (size_t g = 0; g < groups; g++)
        for (size_t i = g * inner; i < (g + 1) * inner; i++)
            y[i] = factor[g] == 0 ? 0 : factor[g] * x[i];
}

static void silence(scalar *y, const scalar *x, const scalar *factor, size_t rows, size_t C,
                    size_t area, bool last)
{
    if (!last)
        multiply_groups(y, x, factor, rows * C, area);
    for (size_t pixel = 0; last && pixel < rows * area; pixel++)
        multiply_groups(y + pixel * C, x + pixel * C, factor + pixel / area * C, C, 1);
}

void spatial_dropout_run(struct question *q)
{
    static const char *const channels[] = {"first", "last", NULL};
    const struct survival survival = survival_read(q);
    const bool last = question_choice(q, "channels", channels) == 1;
    const char *const shape = last ? "[N]HWC" : "[N]CHW";
    const scalar *x = question_input(q, "x", shape);
    const int *kept = mask_read(q, survival, "[N]C");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const size_t area = question_size(q, 'H') * question_size(q, 'W');
    const scalar scale = survival.keep > 0 ? 1 / survival.keep : 0;
    scalar *factor = question_scratch(q, rows * C);
    for (size_t i = 0; i < rows * C; i++)
        factor[i] = kept[i] != 0 ? scale : 0;
    mask_write(q, "[N]C", kept, rows * C);
    silence(question_output(q, "y", shape), x, factor, rows, C, area, last);
    if (question_has(q, "dy"))
        silence(question_output(q, "dx", shape), question_input(q, "dy", shape), factor, rows, C,
                area, last);
}
