// SPDX-License-Identifier: MIT
#include "activation.h"

#include <string.h>

void activation_run(struct question *q, const struct operation *operation, const void *settings)
{
    const scalar *x = question_input(q, "x", "[N]C");
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    size_t rows = question_part(q, 'N'), C = question_size(q, 'C'), bytes = rows * C * sizeof *x;

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, C, true);
    struct tensor *out = tape_record(
        tape,
        &(struct use){.operation = operation, .settings = settings, .input = {in}, .columns = C});
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
