// SPDX-License-Identifier: MIT
/* Logistic regression; definition in reference/foundations/logistic_regression.h.
 *
 * How it is distributed: the samples are sharded, the parameters are whole on every rank. One sum
 * over samples crosses the network in each step: of the losses, of residual times feature and, for
 * Newton, of p (1 - p) times all pairs of features; a chain over each canonical block, then the
 * fixed tree. Every rank then solves the same small system.
 */
#include "../techniques.h"

#include <string.h>

struct model {
    const struct team *team;
    size_t N, K, rows; /* all samples, features and the bias, this rank's samples */
    scalar *x;         /* (rows,K), the last column 1 */
    const int *labels; /* (rows) */
    bool newton, sums, penalises_bias;
    scalar rate, l2;
    scalar *v;                           /* (K) weights, then the bias */
    scalar *z, *p, *loss, *residual, *q; /* (rows); q (rows,K): p (1 - p) x */
    struct reduction *over_samples;      /* of the loss, the gradient (K), the Hessian (K,K) */
    scalar *total;
};

/* s + sum_k a[k stride] b[k stride_b], a chain in order. */
static scalar chain(const struct model *m, scalar s, size_t n, const scalar *a, size_t stride,
                    const scalar *b)
{
    if (n > 0)
        team_product(m->team, true, false, 1, 1, n, a, stride, b, 1, &s, 1);
    return s;
}

static void predict(struct model *m)
{
    const struct kernels *kernels = m->team->kernels;
    size_t K = m->K;
    for (size_t n = 0; n < m->rows; n++)
        m->z[n] = m->v[K - 1];
    if (m->rows > 0)
        team_product(m->team, false, false, m->rows, 1, K - 1, m->x, K, m->v, 1, m->z, 1);
    for (size_t n = 0; n < m->rows; n++)
        m->p[n] = -scalar_absolute(m->z[n]);
    kernels->exponential(m->rows, m->p, m->p);
    kernels->logarithm_one_plus(m->rows, m->loss, m->p);
    for (size_t n = 0; n < m->rows; n++) {
        scalar z = m->z[n], y = m->labels[n] > 0 ? 1 : 0, e = m->p[n];
        m->loss[n] = ((z > 0 ? z : 0) - z * y) + m->loss[n];
        m->p[n] = z < 0 ? e / (1 + e) : 1 / (1 + e);
        m->residual[n] = m->p[n] - y;
    }
}

static void add_up(struct model *m)
{
    size_t K = m->K, length = 1 + K + (m->newton ? K * K : 0);
    for (size_t n = 0; n < m->rows && m->newton; n++)
        for (size_t k = 0; k < K; k++)
            m->q[n * K + k] = m->p[n] * (1 - m->p[n]) * m->x[n * K + k];
    for (size_t i = 0; i < reduction_pieces(m->over_samples); i++) {
        struct piece piece = reduction_piece(m->over_samples, i);
        scalar *leaf = reduction_leaf(m->over_samples);
        const scalar *x = m->x + piece.first * K;
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[0] += m->loss[n];
        team_product(m->team, true, false, 1, K, piece.count, m->residual + piece.first, 1, x, K,
                     leaf + 1, K);
        if (m->newton)
            team_product(m->team, true, false, K, K, piece.count, m->q + piece.first * K, K, x, K,
                         leaf + 1 + K, K);
        reduction_push(m->over_samples);
    }
    reduction_finish(m->over_samples, m->total);
    for (size_t i = 0; i < length && !m->sums; i++)
        m->total[i] = m->total[i] / (scalar)m->N;
}

/* The loss; the penalty's part is added to total. */
static scalar penalise(struct model *m)
{
    size_t K = m->K, penalised = m->penalises_bias ? K : K - 1;
    scalar *g = m->total + 1, *h = m->total + 1 + K;
    if (m->l2 == 0)
        return m->total[0];
    for (size_t k = 0; k < penalised; k++) {
        g[k] = g[k] + m->l2 * m->v[k];
        if (m->newton)
            h[k * K + k] = h[k * K + k] + m->l2;
    }
    return m->total[0] + m->l2 / 2 * chain(m, 0, penalised, m->v, 1, m->v);
}

/* total's gradient becomes Newton's step. Returns false when the Hessian is not positive definite:
 * on all ranks alike. */
static bool solve(struct model *m)
{
    size_t K = m->K;
    scalar *g = m->total + 1, *h = m->total + 1 + K;
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j <= i; j++) {
            scalar rest = -chain(m, -h[i * K + j], j, h + i * K, 1, h + j * K);
            if (i == j && !(rest > 0))
                return false;
            h[i * K + j] = i == j ? scalar_sqrt(rest) : rest / h[j * K + j];
        }
    for (size_t i = 0; i < K; i++)
        g[i] = -chain(m, -g[i], i, h + i * K, 1, g) / h[i * K + i];
    for (size_t i = K; i-- > 0;)
        g[i] = -chain(m, -g[i], K - 1 - i, h + (i + 1) * K + i, K, g + i + 1) / h[i * K + i];
    return true;
}

static void read_options(struct question *q, struct model *m)
{
    static const char *const solvers[] = {"gradient_descent", "newton", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const penalties[] = {"weights", "all", NULL};
    m->newton = question_choice(q, "solver", solvers) == 1;
    m->sums = question_choice(q, "reduction", reductions) == 1;
    m->penalises_bias = question_choice(q, "penalty", penalties) == 1;
    m->rate = question_number_or(q, "rate", 1);
    m->l2 = question_number_or(q, "l2", 0);
    if (!(m->rate >= 0))
        question_refuse(q, "its number 'rate' is negative and would climb; give 0 or more");
    if (!(m->l2 >= 0))
        question_refuse(q, "its number 'l2' is negative and would reward large weights");
}

static struct model read_model(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]D");
    size_t D = question_size(q, 'D'), K = D + 1, rows = question_part(q, 'N');
    struct model m = {.team = question_team(q), .N = question_size(q, 'N'), .K = K, .rows = rows};
    if (m.N == 0)
        question_refuse(q, "it has no samples; give at least one");
    m.labels = question_integers(q, "labels", "[N]", -1, 1);
    read_options(q, &m);
    m.x = question_scratch(q, rows * K);
    for (size_t n = 0; n < rows; n++) {
        memcpy(m.x + n * K, x + n * D, D * sizeof *x);
        m.x[n * K + D] = 1;
    }
    m.v = question_scratch(q, K);
    if (question_has(q, "w"))
        memcpy(m.v, question_input(q, "w", "D"), D * sizeof *m.v);
    if (question_has(q, "b"))
        m.v[D] = question_input(q, "b", "")[0];
    scalar **arrays[] = {&m.z, &m.p, &m.loss, &m.residual};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = question_scratch(q, rows);
    m.q = question_scratch(q, m.newton ? rows * K : 0);
    size_t length = 1 + K + (m.newton ? K * K : 0);
    m.over_samples = question_sum(q, 'N', length);
    m.total = question_scratch(q, length);
    return m;
}

void logistic_regression_run(struct question *q)
{
    struct model m = read_model(q);
    size_t S = question_count(q, "steps", 1, 1 << 20), D = m.K - 1;
    question_bind(q, 'S', S);
    scalar *w_after = question_output(q, "w_after", "SD");
    scalar *b_after = question_output(q, "b_after", "S");
    scalar *loss = question_output(q, "loss", "S"), *p = question_output(q, "p", "[N]");
    for (size_t s = 0; s < S; s++) {
        predict(&m);
        add_up(&m);
        loss[s] = penalise(&m);
        if (m.newton && !solve(&m))
            question_refuse(q,
                            "the Hessian of step %zu is not positive definite; give more samples, "
                            "or a number 'l2'",
                            s + 1);
        for (size_t k = 0; k <= D; k++)
            m.v[k] = m.v[k] - m.rate * m.total[1 + k];
        memcpy(w_after + s * D, m.v, D * sizeof *m.v);
        b_after[s] = m.v[D];
    }
    predict(&m);
    memcpy(p, m.p, m.rows * sizeof *p);
}
