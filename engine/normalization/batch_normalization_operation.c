// SPDX-License-Identifier: MIT
/* Batch normalisation as a layer of a tape; definition in
 * reference/normalization/batch_normalization.h.
 *
 * How it is distributed: the samples are sharded, and the statistics are those of all ranks'
 * samples. So, unlike other layers, its forward and backward pass communicate. Three sums cross the
 * network, each a chain over the samples of a canonical block, then the fixed tree over the blocks:
 * the values; the squares about the mean; and, backwards, dy x_hat with dy. The last one is the
 * gradient of gamma and beta, too, which the tape adds up once more with all others: that costs one
 * pass over the batch, and saves to know here who updates the parameters.
 */
#include "../operations.h"
#include "../threads.h"

struct batch_sums batch_sums_create(struct arena *arena, const struct team *team,
                                    const struct layout *layout, size_t C)
{
    return (struct batch_sums){.samples = layout->samples,
                               .one = reduction_create(arena, team, layout, C),
                               .two = reduction_create(arena, team, layout, 2 * C)};
}

/* What is kept from forward to backward: vectors (C), then x_hat (rows,C). */
enum { VECTORS = 6 };
struct state {
    scalar *mean, *squares, *s, *factor, *dgamma, *dbeta, *x_hat;
};

size_t batch_normalization_scratch(size_t rows, size_t C)
{
    return (VECTORS + rows) * C;
}

static struct state state_of(const struct node *node)
{
    const size_t C = node->output->columns;
    scalar *at = node->scratch;
    return (struct state){.mean = at,
                          .squares = at + C,
                          .s = at + 2 * C,
                          .factor = at + 3 * C,
                          .dgamma = at + 4 * C,
                          .dbeta = at + 5 * C,
                          .x_hat = at + VECTORS * C};
}

/* ---- forward -------------------------------------------------------------------------------- */

/* sum (C) += each row of x (rows,C). */
WIDE_VECTORS
static void add_rows(scalar *restrict sum, const scalar *restrict x, size_t rows, size_t C)
{
    for (size_t n = 0; n < rows; n++)
        for (size_t c = 0; c < C; c++)
            sum[c] += x[n * C + c];
}

WIDE_VECTORS
static void subtract(scalar *restrict to, const scalar *restrict x, const scalar *restrict mean,
                     size_t C)
{
    for (size_t c = 0; c < C; c++)
        to[c] = x[c] - mean[c];
}

/* The mean of this batch, its squares, and x - mean in x_hat. */
static void batch_statistics(const struct team *team, const struct node *node,
                             const struct batch_sums *sums, const struct state *state)
{
    const size_t C = node->output->columns;
    const scalar *x = node->input[0]->value;
    for (size_t i = 0; i < reduction_pieces(sums->one); i++) {
        const struct piece piece = reduction_piece(sums->one, i);
        add_rows(reduction_leaf(sums->one), x + piece.first * C, piece.count, C);
        reduction_push(sums->one);
    }
    reduction_finish(sums->one, state->mean);
    for (size_t c = 0; c < C; c++)
        state->mean[c] /= (scalar)sums->samples;
    for (size_t i = 0; i < reduction_pieces(sums->one); i++) {
        const struct piece piece = reduction_piece(sums->one, i);
        scalar *leaf = reduction_leaf(sums->one);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar *centred = state->x_hat + n * C;
            subtract(centred, x + n * C, state->mean, C);
            team->kernels->multiply_add(C, leaf, centred, centred);
        }
        reduction_push(sums->one);
    }
    reduction_finish(sums->one, state->squares);
}

static void update_running(const struct batch_normalization_settings *settings, size_t C,
                           const struct state *state)
{
    const scalar fresh = settings->momentum, old = 1 - fresh;
    const size_t samples = settings->sums->samples;
    const scalar divisor = (scalar)(settings->biased ? samples : samples - 1);
    for (size_t c = 0; c < C; c++) {
        settings->running_mean[c] = old * settings->running_mean[c] + fresh * state->mean[c];
        settings->running_variance[c] =
            old * settings->running_variance[c] + fresh * (state->squares[c] / divisor);
    }
}

/* Rows of y; x_hat holds x - mean before. */
WIDE_VECTORS
static void finish_rows(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const size_t C = node->output->columns;
    const struct state state = state_of(node);
    const scalar *restrict s = state.s, *restrict gamma = node->parameter;
    const scalar *restrict beta = gamma + C;
    for (size_t n = first; n < first + count; n++) {
        scalar *restrict x_hat = state.x_hat + n * C, *restrict y = node->output->value + n * C;
        for (size_t c = 0; c < C; c++) {
            x_hat[c] /= s[c];
            y[c] = gamma[c] * x_hat[c] + beta[c];
        }
    }
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct batch_normalization_settings *settings = node->settings;
    const size_t C = node->output->columns;
    const struct state state = state_of(node);
    if (settings->evaluates) {
        for (size_t n = 0; n < rows; n++)
            subtract(state.x_hat + n * C, node->input[0]->value + n * C, settings->running_mean, C);
    } else {
        batch_statistics(team, node, settings->sums, &state);
        if (settings->running_mean != NULL)
            update_running(settings, C, &state);
    }
    for (size_t c = 0; c < C; c++) {
        const scalar variance = settings->evaluates
                                    ? settings->running_variance[c]
                                    : state.squares[c] / (scalar)settings->sums->samples;
        state.s[c] = scalar_sqrt(variance + settings->epsilon);
    }
    threads_range(rows, C * COST_OF_ARITHMETIC, finish_rows, node);
}

/* ---- backward ------------------------------------------------------------------------------- */

/* leaf (2,C) += dy x_hat and dy of the samples of one piece: the gradients of gamma and beta. */
static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    const size_t C = node->output->columns;
    const struct state state = state_of(node);
    const scalar *dy = node->output->gradient;
    for (size_t n = piece.first; n < piece.first + piece.count; n++)
        team->kernels->multiply_add(C, leaf, dy + n * C, state.x_hat + n * C);
    add_rows(leaf + C, dy + piece.first * C, piece.count, C);
}

/* Rows of dx with the statistics of the batch; dgamma and dbeta hold their means. */
WIDE_VECTORS
static void differentiate_rows(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const size_t C = node->output->columns;
    const struct state state = state_of(node);
    const scalar *restrict factor = state.factor, *restrict a = state.dbeta;
    const scalar *restrict b = state.dgamma;
    for (size_t n = first; n < first + count; n++) {
        const scalar *restrict x_hat = state.x_hat + n * C;
        const scalar *restrict dy = node->output->gradient + n * C;
        scalar *restrict dx = node->dx[0] + n * C;
        for (size_t c = 0; c < C; c++)
            dx[c] = factor[c] * (dy[c] - a[c] - x_hat[c] * b[c]);
    }
}

/* The same with running statistics, which are constants. */
WIDE_VECTORS
static void scale_rows(const void *context, size_t first, size_t count)
{
    const struct node *node = context;
    const size_t C = node->output->columns;
    const scalar *restrict factor = state_of(node).factor;
    for (size_t n = first; n < first + count; n++) {
        const scalar *restrict dy = node->output->gradient + n * C;
        scalar *restrict dx = node->dx[0] + n * C;
        for (size_t c = 0; c < C; c++)
            dx[c] = factor[c] * dy[c];
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct batch_normalization_settings *settings = node->settings;
    const size_t C = node->output->columns;
    const struct state state = state_of(node);
    for (size_t c = 0; c < C; c++)
        state.factor[c] = node->parameter[c] / state.s[c];
    if (settings->evaluates) {
        threads_range(rows, C * COST_OF_ARITHMETIC, scale_rows, node);
        return;
    }
    struct reduction *two = settings->sums->two;
    for (size_t i = 0; i < reduction_pieces(two); i++) {
        sum(team, node, reduction_piece(two, i), reduction_leaf(two));
        reduction_push(two);
    }
    reduction_finish(two, state.dgamma); /* dbeta is behind it */
    for (size_t c = 0; c < 2 * C; c++)
        state.dgamma[c] /= (scalar)settings->sums->samples;
    threads_range(rows, C * COST_OF_ARITHMETIC, differentiate_rows, node);
}

const struct operation batch_normalization_operation = {"batch_normalization", forward, backward,
                                                        sum};
