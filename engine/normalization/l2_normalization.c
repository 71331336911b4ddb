// SPDX-License-Identifier: MIT
/* L2 normalisation; definition in reference/normalization/l2_normalization.h.
 *
 * How it is distributed: the samples are sharded, and a sample's features are never split. Nothing
 * crosses the network but the news that some rank has a sample of norm 0 without an epsilon. Within
 * a sample, additions go through the features in order.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

enum guard { LARGER_NORM, LARGER_SQUARE, UNDER_ROOT };

struct settings {
    enum guard guard;
    scalar epsilon;
};

/* Scratch: of each sample its divisor, and 1 where that is epsilon's, 0 elsewhere. */
static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *is = node->settings;
    const size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + n * C;
        scalar *y = node->output->value + n * C, *kept = node->scratch + 2 * n, square;
        team_row_products(team, 1, C, x, x, &square);
        const scalar norm = scalar_sqrt(square);
        const scalar guarded = is->guard == LARGER_NORM ? norm : square;
        kept[1] = is->guard == UNDER_ROOT || guarded > is->epsilon ? 0 : 1;
        if (is->guard == UNDER_ROOT)
            kept[0] = scalar_sqrt(square + is->epsilon);
        else if (kept[1] == 0)
            kept[0] = norm;
        else
            kept[0] = is->guard == LARGER_NORM ? is->epsilon : scalar_sqrt(is->epsilon);
        for (size_t c = 0; c < C; c++)
            y[c] = x[c] / kept[0];
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *y = node->output->value + n * C, *dy = node->output->gradient + n * C;
        const scalar *kept = node->scratch + 2 * n;
        scalar *dx = node->dx[0] + n * C, b;
        team_row_products(team, 1, C, dy, y, &b);
        for (size_t c = 0; c < C; c++)
            dx[c] = (kept[1] > 0 ? dy[c] : dy[c] - y[c] * b) / kept[0];
    }
}

static const struct operation operation = {"l2_normalization", forward, backward, NULL};

void l2_normalization_run(struct question *q)
{
    static const char *const guards[] = {"larger_norm", "larger_square", "under_root", NULL};
    const scalar *x = question_input(q, "x", "[N]C");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const size_t bytes = rows * C * sizeof *x;
    const struct settings is = {(enum guard)question_choice(q, "guard", guards),
                                question_number_or(q, "epsilon", (scalar)1e-12)};
    if (!(is.epsilon >= 0))
        question_refuse(q, "its number 'epsilon' is %g; it must not be negative",
                        (double)is.epsilon);
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, C, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &operation,
                                                         .settings = &is,
                                                         .input = {in},
                                                         .columns = C,
                                                         .scratch = 2 * rows});
    tape_ready(tape);
    memcpy(in->value, x, bytes);
    tape_forward(tape, rows);
    scalar zero = 0;
    for (size_t n = 0; n < rows; n++)
        zero = tape->node[0].scratch[2 * n] > 0 ? zero : 1;
    reduce_largest(question_team(q), &zero, 1);
    if (zero > 0)
        question_refuse(q, "its number 'epsilon' is 0, and so is the norm of a sample");
    memcpy(question_output(q, "y", "[N]C"), out->value, bytes);
    if (!question_has(q, "dy"))
        return;
    memcpy(out->gradient, question_input(q, "dy", "[N]C"), bytes);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", "[N]C"), in->gradient, bytes);
}
