// SPDX-License-Identifier: MIT
/* Maxout; definition in reference/activations/maxout.h.
 *
 * How it is distributed: the samples are sharded, and a sample's pieces are never split. Nothing
 * crosses the network and nothing is added across elements.
 */
#include "activation.h"

#include <string.h>

enum tie { FIRST, LAST, SHARED };

struct settings {
    enum tie tie;
    size_t pieces, to_channel, to_piece; /* distances in a row */
};

static scalar largest_of(const struct settings *is, const scalar *piece)
{
    scalar largest = piece[0];
    for (size_t k = 1; k < is->pieces; k++)
        largest = piece[k * is->to_piece] > largest ? piece[k * is->to_piece] : largest;
    return largest;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *is = node->settings;
    const size_t C = node->output->columns;
    (void)team;
    for (size_t i = 0; i < rows * C; i++)
        node->output->value[i] =
            largest_of(is, node->input[0]->value + i / C * C * is->pieces + i % C * is->to_channel);
}

/* dx of one channel, whose pieces hold `largest` somewhere. */
static void give_back(const struct settings *is, const scalar *piece, scalar largest, scalar dy,
                      scalar *dx)
{
    size_t equals = 0, seen = 0;
    for (size_t k = 0; k < is->pieces; k++)
        equals += piece[k * is->to_piece] == largest ? 1 : 0;
    for (size_t k = 0; k < is->pieces; k++) {
        const bool equal = piece[k * is->to_piece] == largest;
        seen += equal ? 1 : 0;
        const bool chosen = is->tie == SHARED || seen == (is->tie == FIRST ? 1 : equals);
        dx[k * is->to_piece] = !equal || !chosen ? 0 : is->tie == SHARED ? dy / (scalar)equals : dy;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *is = node->settings;
    const size_t C = node->output->columns;
    (void)team;
    for (size_t i = 0; i < rows * C; i++) {
        const size_t at = i / C * C * is->pieces + i % C * is->to_channel;
        give_back(is, node->input[0]->value + at, node->output->value[i], node->output->gradient[i],
                  node->dx[0] + at);
    }
}

static const struct operation maxout_operation = {"maxout", forward, backward, NULL};

static struct settings read_settings(struct question *q)
{
    static const char *const arrangements[] = {"together", "apart", NULL};
    static const char *const ties[] = {"first", "last", "shared", NULL};
    const size_t F = question_size(q, 'F'), pieces = question_count_or(q, "pieces", 2, 1, 1000000);
    if (F % pieces != 0)
        question_refuse(q, "its number 'pieces' is %zu; it must divide the %zu columns of x",
                        pieces, F);
    const bool apart = question_choice(q, "arrangement", arrangements) == 1;
    return (struct settings){(enum tie)question_choice(q, "tie", ties), pieces, apart ? 1 : pieces,
                             apart ? F / pieces : 1};
}

void maxout_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]F");
    const struct settings is = read_settings(q);
    const size_t F = question_size(q, 'F'), C = F / is.pieces, rows = question_part(q, 'N');
    question_bind(q, 'C', C);
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, F, true);
    struct tensor *out = tape_record(
        tape, &(struct use){
                  .operation = &maxout_operation, .settings = &is, .input = {in}, .columns = C});
    tape_ready(tape);
    memcpy(in->value, x, rows * F * sizeof *x);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]C"), out->value, rows * C * sizeof *x);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, rows * C * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", "[N]F"), in->gradient, rows * F * sizeof *x);
}
