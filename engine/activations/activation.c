// SPDX-License-Identifier: MIT
#include "activation.h"

#include <string.h>

static void run(struct question *q, const struct operation *operation, const void *settings,
                bool wants_row, size_t spare)
{
    const scalar *x = question_input(q, "x", "[N]C");
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    size_t rows = question_part(q, 'N'), C = question_size(q, 'C'), bytes = rows * C * sizeof *x;

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, C, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = operation,
                                                         .settings = settings,
                                                         .input = {in},
                                                         .columns = C,
                                                         .scratch = wants_row ? C + spare : 0});
    tape_ready(tape);
    memcpy(in->value, x, bytes);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]C"), out->value, bytes);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, bytes);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", "[N]C"), in->gradient, bytes);
}

void activation_run(struct question *q, const struct operation *operation, const void *settings)
{
    run(q, operation, settings, false, 0);
}

void activation_run_with(struct question *q, const struct operation *operation,
                         const void *settings, size_t spare)
{
    run(q, operation, settings, true, spare);
}

scalar activation_at_zero(struct question *q, scalar left, scalar right)
{
    static const char *const options[] = {"left", "right", "mean", NULL};
    const scalar derivative[] = {left, right, (right + left) / 2};
    return derivative[question_choice(q, "derivative_at_zero", options)];
}

enum activation_bounds activation_at_bounds(struct question *q)
{
    static const char *const options[] = {"outside", "inside", "mean", NULL};
    return (enum activation_bounds)question_choice(q, "derivative_at_bounds", options);
}

scalar activation_between(enum activation_bounds bounds, scalar outside, scalar inside)
{
    const scalar mean = (inside + outside) / 2;
    return bounds == BOUNDS_OUTSIDE ? outside : bounds == BOUNDS_INSIDE ? inside : mean;
}
