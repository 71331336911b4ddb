// SPDX-License-Identifier: MIT
/* Linear probe; definition in reference/foundations/linear_probe.h.
 *
 * How it is distributed: the samples are sharded. For each layer two sums cross the network: the
 * normal equations, matrix and right sides, and then the squared errors; each a chain over the
 * samples of a canonical block, and the fixed tree over the blocks. Right answers are counted, in
 * any order. Every rank solves the same small system: the matrix is factored once for all classes.
 */
#include "../techniques.h"

#include <string.h>

enum { LAYERS = 8 };
enum bias { FREE, PENALISED, NONE };

struct probe {
    const struct team *team;
    size_t N, rows, K;
    enum bias bias;
    const int *label;
    scalar *t;    /* (rows,K) */
    scalar ridge; /* as it stands on the diagonal */
};

/* -(start + sum of x y) over n terms, by one chain. */
static scalar rest(const struct probe *is, scalar start, size_t n, const scalar *x, const scalar *y)
{
    if (n > 0)
        is->team->kernels->matrix_product(false, false, 1, 1, n, x, n, y, 1, &start, 1);
    return -start;
}

/* Cholesky's factor in the lower half of h (V,V). Returns false when there is none. */
static bool factor(const struct probe *is, scalar *h, size_t V)
{
    for (size_t i = 0; i < V; i++)
        for (size_t j = 0; j <= i; j++) {
            const scalar left = rest(is, -h[i * V + j], j, h + i * V, h + j * V);
            if (i == j && !(left > 0))
                return false;
            h[i * V + j] = i == j ? scalar_sqrt(left) : left / h[j * V + j];
        }
    return true;
}

/* g (V,K) <- H^-1 g, from the factor. `column` (V) is scratch memory, `turned` (V,V) the factor's
 * transpose. */
static void solve(const struct probe *is, scalar *g, const scalar *h, const scalar *turned,
                  scalar *column, size_t V)
{
    for (size_t k = 0; k < is->K; k++) {
        for (size_t i = 0; i < V; i++)
            column[i] = rest(is, -g[i * is->K + k], i, h + i * V, column) / h[i * V + i];
        for (size_t i = V; i-- > 0;)
            column[i] = rest(is, -column[i], V - 1 - i, turned + i * V + i + 1, column + i + 1) /
                        h[i * V + i];
        for (size_t i = 0; i < V; i++)
            g[i * is->K + k] = column[i];
    }
}

/* total (V,V), then (V,K): the normal equations of v (rows,V), without the ridge. */
static void add_up(struct question *q, const struct probe *is, const scalar *v, size_t V,
                   scalar *total)
{
    const size_t K = is->K;
    struct reduction *sum = question_sum(q, 'N', V * V + V * K);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        const scalar *from = v + piece.first * V;
        team_product(is->team, true, false, V, V, piece.count, from, V, from, V, leaf, V);
        team_product(is->team, true, false, V, K, piece.count, from, V, is->t + piece.first * K, K,
                     leaf + V * V, K);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* Fits a layer: fills w (V,K). */
static void fit(struct question *q, const struct probe *is, const scalar *a, size_t A, scalar *w)
{
    const size_t V = A + (is->bias != NONE), K = is->K;
    const size_t penalised = is->bias == PENALISED ? V : A;
    scalar *v = question_scratch(q, is->rows * V), *total = question_scratch(q, V * V + V * K);
    scalar *turned = question_scratch(q, V * V), *column = question_scratch(q, V);
    for (size_t i = 0; i < is->rows * V; i++)
        v[i] = i % V < A ? a[i / V * A + i % V] : 1;
    add_up(q, is, v, V, total);
    for (size_t i = 0; i < penalised; i++)
        total[i * V + i] = total[i * V + i] + is->ridge;
    if (!factor(is, total, V)) /* the same on every rank */
        question_refuse(q, "its activations do not determine a probe; give a larger 'ridge'");
    for (size_t i = 0; i < V * V; i++)
        turned[i % V * V + i / V] = total[i];
    solve(is, total + V * V, total, turned, column, V);
    memcpy(w, total + V * V, V * K * sizeof *w);
}

/* The squared error of all samples; fills predicted (rows) and counts right answers. */
static scalar judge(struct question *q, const struct probe *is, const scalar *a, size_t A,
                    const scalar *w, const scalar *b, scalar *predicted, long long *right)
{
    const size_t K = is->K;
    scalar *p = question_scratch(q, is->rows * K), *squares = question_scratch(q, is->rows);
    scalar total = 0;
    for (size_t n = 0; n < is->rows; n++)
        memcpy(p + n * K, b, K * sizeof *b);
    team_product(is->team, false, false, is->rows, K, A, a, A, w, K, p, K);
    for (size_t n = 0; n < is->rows; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            if (p[n * K + k] > p[n * K + best])
                best = k;
        predicted[n] = (scalar)best;
        *right += is->label[n] == (int)best;
    }
    for (size_t i = 0; i < is->rows * K; i++)
        p[i] = p[i] - is->t[i];
    team_row_products(is->team, is->rows, K, p, p, squares);
    struct reduction *sum = question_sum(q, 'N', 1);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = 0; n < piece.count; n++)
            leaf[0] += squares[piece.first + n];
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    reduce_integers(is->team, right, 1);
    return total / (scalar)(is->N * K);
}

static struct probe read_probe(struct question *q)
{
    static const char *const targets[] = {"zero_one", "plus_minus", NULL};
    static const char *const biases[] = {"free", "penalised", "none", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    struct probe is = {.team = question_team(q), .K = question_count(q, "classes", 1, 1 << 16)};
    is.label = question_integers(q, "labels", "[N]", 0, (int)is.K - 1);
    is.N = question_size(q, 'N');
    is.rows = question_part(q, 'N');
    is.bias = (enum bias)question_choice(q, "bias", biases);
    is.ridge = question_number_or(q, "ridge", 0);
    if (is.N == 0)
        question_refuse(q, "its input 'labels' holds no sample");
    if (!(is.ridge >= 0))
        question_refuse(q, "its number 'ridge' is negative");
    if (question_choice(q, "reduction", reductions) == 1)
        is.ridge = (scalar)is.N * is.ridge;
    const scalar elsewhere = question_choice(q, "targets", targets) == 1 ? -1 : 0;
    is.t = question_scratch(q, is.rows * is.K);
    for (size_t i = 0; i < is.rows * is.K; i++)
        is.t[i] = (size_t)is.label[i / is.K] == i % is.K ? 1 : elsewhere;
    question_bind(q, 'K', is.K);
    return is;
}

void linear_probe_run(struct question *q)
{
    const struct probe is = read_probe(q);
    const scalar *a[LAYERS];
    size_t A[LAYERS], L = 0;
    for (; L < LAYERS; L++) {
        const char name[] = {'a', (char)('1' + (int)L), '\0'};
        const char shape[] = {'[', 'N', ']', (char)('A' + (int)L), '\0'};
        if (!question_has(q, name))
            break;
        a[L] = question_input(q, name, shape);
        A[L] = question_size(q, shape[3]);
    }
    if (L == 0)
        question_refuse(q, "it lacks the input 'a1'");
    question_bind(q, 'L', L);
    scalar *w[LAYERS], *b[LAYERS];
    for (size_t l = 0; l < L; l++) {
        const char name[] = {'w', (char)('1' + (int)l), '\0'};
        const char shape[] = {(char)('a' + (int)l), 'K', '\0'};
        question_bind(q, shape[0], A[l] + (is.bias != NONE));
        w[l] = question_output(q, name, shape);
        b[l] = is.bias == NONE ? question_scratch(q, is.K) : w[l] + A[l] * is.K;
        fit(q, &is, a[l], A[l], w[l]);
    }
    scalar *error = question_output(q, "error", "L");
    scalar *predicted = question_output(q, "predicted", "L[N]");
    scalar *accuracy = question_output(q, "accuracy", "L");
    for (size_t l = 0; l < L; l++) {
        long long right = 0;
        error[l] = judge(q, &is, a[l], A[l], w[l], b[l], predicted + l * is.rows, &right);
        accuracy[l] = (scalar)right / (scalar)is.N;
    }
}
