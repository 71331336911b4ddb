// SPDX-License-Identifier: MIT
/* TRADES loss; definition in reference/adversarial/trades_loss.h.
 *
 * How it is distributed: the samples are sharded, their classes are never split. One sum of two
 * numbers crosses the network, of the samples' cross-entropies and divergences: a chain over the
 * samples of each canonical block, then the fixed tree over the blocks.
 */
#include "../techniques.h"

struct trades {
    const struct team *team;
    size_t rows, K;
    scalar N, W, beta, dloss;
    bool reverse, stopped;
    const int *labels;
    scalar *p[2], *log_p[2], *gap; /* (rows,K), of z and of z_adversarial */
};

/* p and log p of all rows of z. */
static void softmax(const struct trades *is, scalar *p, scalar *log_p, scalar *s, const scalar *z)
{
    const size_t K = is->K, rows = is->rows;
    for (size_t n = 0; n < rows; n++) {
        scalar m = z[n * K];
        for (size_t k = 1; k < K; k++)
            m = z[n * K + k] > m ? z[n * K + k] : m;
        for (size_t k = 0; k < K; k++)
            log_p[n * K + k] = z[n * K + k] - m;
    }
    is->team->kernels->exponential(rows * K, p, log_p);
    for (size_t n = 0; n < rows; n++) {
        s[n] = 0;
        for (size_t k = 0; k < K; k++)
            s[n] += p[n * K + k];
        for (size_t k = 0; k < K; k++)
            p[n * K + k] /= s[n];
    }
    is->team->kernels->logarithm(rows, s, s);
    for (size_t i = 0; i < rows * K; i++)
        log_p[i] -= s[i / K];
}

static struct trades read_trades(struct question *q)
{
    static const char *const divergences[] = {"forward", "reverse", NULL};
    static const char *const means[] = {"samples", "elements", "sum", NULL};
    static const char *const cleans[] = {"through", "stopped", NULL};
    struct trades is = {.team = question_team(q),
                        .rows = question_part(q, 'N'),
                        .K = question_size(q, 'K'),
                        .N = (scalar)question_size(q, 'N')};
    is.labels = question_integers(q, "labels", "[N]", 0, (int)is.K - 1);
    is.beta = question_number(q, "beta");
    is.dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    is.reverse = question_choice(q, "divergence", divergences) == 1;
    is.stopped = question_choice(q, "clean", cleans) == 1;
    const int mean = question_choice(q, "mean", means);
    is.W = mean == 0 ? is.N : mean == 1 ? (scalar)(question_size(q, 'N') * is.K) : 1;
    if (!(is.beta >= 0))
        question_refuse(q, "its number 'beta' is negative");
    for (size_t side = 0; side < 2; side++) {
        is.p[side] = question_scratch(q, is.rows * is.K);
        is.log_p[side] = question_scratch(q, is.rows * is.K);
    }
    is.gap = question_scratch(q, is.rows * is.K);
    return is;
}

static void find_gradients(const struct trades *is, scalar *dz, scalar *da, const scalar *kl)
{
    const size_t own = is->reverse ? 1 : 0, K = is->K;
    const scalar *p = is->p[own], *other = is->p[1 - own];
    for (size_t i = 0; i < is->rows * K; i++) {
        const scalar inner = is->beta * (p[i] * (is->gap[i] - kl[i / K])) / is->W;
        const scalar outer = is->beta * (other[i] - p[i]) / is->W;
        const scalar target = (int)(i % K) == is->labels[i / K] ? 1 : 0;
        const scalar plain = (is->p[0][i] - target) / is->N, of_z = is->reverse ? outer : inner;
        dz[i] = is->dloss * (is->stopped ? plain : plain + of_z);
        da[i] = is->dloss * (is->reverse ? inner : outer);
    }
}

/* total: the sums over all samples of both parts. */
static void add_up(struct question *q, const scalar *cross_entropy, const scalar *kl,
                   scalar total[2])
{
    struct reduction *sum = question_sum(q, 'N', 2);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            leaf[0] += cross_entropy[n];
            leaf[1] += kl[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

void trades_loss_run(struct question *q)
{
    const scalar *z = question_input(q, "z", "[N]K");
    const scalar *a = question_input(q, "z_adversarial", "[N]K");
    if (question_size(q, 'N') == 0 || question_size(q, 'K') == 0)
        question_refuse(q, "its input 'z' holds no sample");
    const struct trades is = read_trades(q);
    const size_t K = is.K, from = is.reverse ? 1 : 0;
    scalar *cross_entropy = question_output(q, "cross_entropy", "[N]");
    scalar *kl = question_output(q, "divergence", "[N]"), *loss = question_output(q, "loss", "");
    scalar *dz = question_output(q, is.stopped ? "slope" : "dz", "[N]K");
    scalar *da = question_output(q, "dz_adversarial", "[N]K"), total[2];
    softmax(&is, is.p[0], is.log_p[0], kl, z);
    softmax(&is, is.p[1], is.log_p[1], kl, a);
    for (size_t n = 0; n < is.rows; n++)
        cross_entropy[n] = -is.log_p[0][n * K + (size_t)is.labels[n]];
    for (size_t i = 0; i < is.rows * K; i++)
        is.gap[i] = is.log_p[from][i] - is.log_p[1 - from][i];
    team_row_products(is.team, is.rows, K, is.p[from], is.gap, kl);
    find_gradients(&is, dz, da, kl);
    add_up(q, cross_entropy, kl, total);
    *loss = total[0] / is.N + is.beta * (total[1] / is.W);
}
