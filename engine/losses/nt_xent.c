// SPDX-License-Identifier: MIT
/* NT-Xent; definition in reference/losses/nt_xent.h.
 *
 * How it is distributed: the anchors are sharded, and each rank compares its own with all
 * embeddings of all ranks, never with its own alone: a loss over local negatives is another loss.
 * Three things cross the network: the largest similarity and the sum of exponentials of each
 * anchor, which make its row of the gradient for everybody (one rank adds a number, all others 0,
 * so any order is exact); and the sum of the losses, in the fixed tree. A rank then has the columns
 * of its own rows.
 */
#include "loss.h"

struct pairs {
    size_t N, D, rows, first; /* of all; of this rank */
    bool halves;
    scalar temperature, epsilon, scale; /* scale: dloss; W divides */
    scalar W;
    scalar *u, *length; /* (N,D), (N) */
    scalar *turning;    /* (N): 1, or 0 where a row is too short for its direction to count */
    scalar *peak;       /* (N,2): the largest similarity of an anchor, and the sum */
};

static size_t partner(const struct pairs *a, size_t i)
{
    return a->halves ? (i + a->N / 2) % a->N : i ^ 1;
}

static void normalize(struct question *q, struct pairs *a, const scalar *z)
{
    a->u = question_scratch(q, a->N * a->D);
    a->length = question_scratch(q, a->N);
    a->turning = question_scratch(q, a->N);
    team_row_products(question_team(q), a->N, a->D, z, z, a->length);
    for (size_t i = 0; i < a->N; i++) {
        const scalar length = scalar_sqrt(a->length[i]);
        a->turning[i] = (scalar)(length - a->epsilon < 0 ? 0 : 1);
        a->length[i] = length - a->epsilon < 0 ? a->epsilon : length;
        for (size_t d = i * a->D; d < (i + 1) * a->D; d++)
            a->u[d] = z[d] / a->length[i];
    }
}

/* e^(s - m) / S of this rank's anchors i, without (i,i), in p (rows,N); their losses in l. */
static void compare(struct question *q, struct pairs *a, const scalar *s, scalar *p, scalar *l)
{
    for (size_t r = 0; r < a->rows; r++) {
        const size_t i = a->first + r;
        const scalar *row = s + r * a->N;
        scalar *own = p + r * a->N, largest = row[i == 0 ? 1 : 0], sum = 0;
        for (size_t j = 0; j < a->N; j++)
            largest = j != i && row[j] > largest ? row[j] : largest;
        for (size_t j = 0; j < a->N; j++)
            own[j] = row[j] - largest;
        question_team(q)->kernels->exponential(a->N, own, own);
        for (size_t j = 0; j < a->N; j++)
            sum += j == i ? 0 : own[j];
        a->peak[2 * i] = largest;
        a->peak[2 * i + 1] = sum;
        question_team(q)->kernels->logarithm(1, &l[r], &sum);
        l[r] -= row[partner(a, i)] - largest;
    }
}

/* G[i,j], from e^(s[i,j] - m). */
static scalar push(const struct pairs *a, size_t i, size_t j, scalar e)
{
    if (i == j)
        return 0;
    return (e / a->peak[2 * i + 1] - (scalar)(j == partner(a, i) ? 1 : 0)) * a->scale / a->W;
}

/* dz (rows,D) of this rank's embeddings. */
static void backward(struct question *q, const struct pairs *a, const scalar *s, scalar *p,
                     scalar *dz)
{
    const struct team *team = question_team(q);
    const size_t N = a->N, D = a->D;
    scalar *other = question_scratch(q, N), *along = question_scratch(q, a->rows);
    for (size_t r = 0; r < a->rows; r++) {
        const size_t i = a->first + r;
        for (size_t j = 0; j < N; j++)
            other[j] = s[r * N + j] - a->peak[2 * j]; /* the similarity is symmetric */
        other[i] = 0;
        team->kernels->exponential(N, other, other);
        for (size_t j = 0; j < N; j++)
            p[r * N + j] = j == i ? 0 : push(a, i, j, p[r * N + j]) + push(a, j, i, other[j]);
    }
    team_product(team, false, false, a->rows, D, N, p, N, a->u, D, dz, D);
    for (size_t i = 0; i < a->rows * D; i++)
        dz[i] /= a->temperature;
    const scalar *own = a->u + a->first * D;
    team_row_products(team, a->rows, D, dz, own, along);
    for (size_t i = 0; i < a->rows * D; i++) {
        const size_t row = a->first + i / D;
        dz[i] = (dz[i] - a->turning[row] * along[i / D] * own[i]) / a->length[row];
    }
}

static struct pairs read_pairs(struct question *q)
{
    static const char *const layouts[] = {"neighbours", "halves", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct pairs a = {.N = question_size(q, 'N'),
                      .D = question_size(q, 'D'),
                      .rows = question_part(q, 'N'),
                      .first = question_first(q, 'N'),
                      .halves = question_choice(q, "layout", layouts) == 1,
                      .temperature = question_number_or(q, "temperature", (scalar)0.5),
                      .epsilon = question_number_or(q, "epsilon", (scalar)1e-12)};
    if (a.N == 0 || a.N % 2 != 0 || a.D == 0)
        question_refuse(q, "its 'z' has %zu rows of %zu; give an even number, and features", a.N,
                        a.D);
    if (!(a.temperature > 0))
        question_refuse(q, "its 'temperature' is %g; give more than 0", (double)a.temperature);
    if (!(a.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)a.epsilon);
    a.W = question_choice(q, "reduction", reductions) == 1 ? 1 : (scalar)a.N;
    a.scale = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    return a;
}

void nt_xent_run(struct question *q)
{
    question_input(q, "z", "[N]D"); /* cuts the axis */
    struct pairs a = read_pairs(q);
    normalize(q, &a, question_input(q, "z", "ND"));
    a.peak = question_scratch(q, 2 * a.N);
    scalar *s = question_scratch(q, a.rows * a.N), *p = question_scratch(q, a.rows * a.N);
    scalar *l = question_scratch(q, a.rows), total;
    team_product(question_team(q), false, true, a.rows, a.N, a.D, a.u + a.first * a.D, a.D, a.u,
                 a.D, s, a.N);
    for (size_t i = 0; i < a.rows * a.N; i++)
        s[i] /= a.temperature;
    compare(q, &a, s, p, l);
    scalar *rows = question_scratch(q, a.rows * 2 * a.N); /* one vector of all anchors a row */
    for (size_t r = 0; r < a.rows; r++) {
        const size_t at = 2 * (a.first + r);
        rows[r * 2 * a.N + at] = a.peak[at];
        rows[r * 2 * a.N + at + 1] = a.peak[at + 1];
    }
    loss_sum_rows(q, 'N', 2 * a.N, rows, a.peak);
    loss_sum_rows(q, 'N', 1, l, &total);
    question_output(q, "loss", "")[0] = total / a.W;
    backward(q, &a, s, p, question_output(q, "dz", "[N]D"));
}
