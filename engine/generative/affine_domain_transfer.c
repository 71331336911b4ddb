// SPDX-License-Identifier: MIT
/* Affine domain transfer; definition in reference/generative/affine_domain_transfer.h.
 *
 * How it is distributed: both clouds are sharded, each by its own blocks. Two sums a cloud cross
 * the network, of the values and of the products of their distances from the mean, chains over the
 * samples of each canonical block, then the fixed tree. Every rank finds the map A alike.
 */
#include "../losses/loss.h"

#include <string.h>

struct cloud {
    const char *name;
    const scalar *x;
    size_t rows;
    scalar *mean, *gap, *covariance;
};

struct transfer {
    struct question *q;
    const struct team *team;
    size_t D, ddof;
    scalar ridge;
};

enum { MOMENTS, CHOLESKY, SYMMETRIC, MONGE };

/* Collective. */
static struct cloud measure(struct transfer *is, const char *name, const char *shape)
{
    struct question *q = is->q;
    const char letter = shape[1];
    struct cloud c = {.name = name, .x = question_input(q, name, shape)};
    const size_t N = question_size(q, letter), D = is->D = question_size(q, 'D');
    c.rows = question_part(q, letter);
    if (N <= is->ddof)
        question_refuse(q, "its '%s' has too few samples for a covariance", name);
    c.mean = question_scratch(q, D);
    c.gap = question_scratch(q, c.rows * D);
    c.covariance = question_scratch(q, D * D);
    loss_sum_rows(q, letter, D, c.x, c.mean);
    for (size_t d = 0; d < D; d++)
        c.mean[d] /= (scalar)N;
    for (size_t i = 0; i < c.rows * D; i++)
        c.gap[i] = c.x[i] - c.mean[i % D];
    struct reduction *sum = question_sum(q, letter, D * D);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        const scalar *gap = c.gap + piece.first * D;
        team_product(is->team, true, false, D, D, piece.count, gap, D, gap, D, reduction_leaf(sum),
                     D);
        reduction_push(sum);
    }
    reduction_finish(sum, c.covariance);
    for (size_t i = 0; i < D * D; i++) {
        c.covariance[i] /= (scalar)(N - is->ddof);
        if (i / D == i % D)
            c.covariance[i] += is->ridge;
    }
    return c;
}

static const scalar *triangle(const struct transfer *is, const struct cloud *cloud)
{
    const size_t D = is->D;
    scalar *l = question_scratch(is->q, D * D);
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j <= i; j++) {
            scalar s = cloud->covariance[i * D + j];
            for (size_t k = 0; k < j; k++)
                s -= l[i * D + k] * l[j * D + k];
            if (i == j && !(s > 0))
                question_refuse(is->q, "the covariance of its '%s' is not positive", cloud->name);
            l[i * D + j] = i == j ? scalar_sqrt(s) : s / l[j * D + j];
        }
    return l;
}

static void by_triangles(const struct transfer *is, const struct cloud *x, const struct cloud *s,
                         scalar *a)
{
    const size_t D = is->D;
    const scalar *of_x = triangle(is, x), *of_s = triangle(is, s);
    for (size_t i = 0; i < D; i++)
        for (size_t j = D; j-- > 0;) {
            scalar t = of_s[i * D + j];
            for (size_t k = j + 1; k < D; k++)
                t -= a[k * D + i] * of_x[k * D + j];
            a[j * D + i] = t / of_x[j * D + j];
        }
}

static void root(const struct transfer *is, const char *name, const scalar *c, scalar *r,
                 scalar *inverse)
{
    const scalar square = c[0] * c[3] - c[1] * c[2];
    if (!(square > 0))
        question_refuse(is->q, "the covariance of its '%s' is not positive", name);
    const scalar det = scalar_sqrt(square), t = scalar_sqrt(c[0] + c[3] + 2 * det);
    for (size_t i = 0; i < 4; i++) {
        const scalar with = i % 3 == 0 ? c[i] + det : c[i];
        r[i] = with / t;
    }
    for (size_t i = 0; i < 4; i++)
        inverse[i] = (i % 3 == 0 ? r[3 - i] : -r[i]) / det;
}

static void multiply(const struct transfer *is, scalar *out, const scalar *a, const scalar *b)
{
    memset(out, 0, 4 * sizeof *out);
    team_product(is->team, false, false, 2, 2, 2, a, 2, b, 2, out, 2);
}

static void by_roots(const struct transfer *is, const struct cloud *x, const struct cloud *s,
                     scalar *a, bool monge)
{
    scalar of_x[4], whiten[4], of_s[4], spare[4], middle[4];
    root(is, x->name, x->covariance, of_x, whiten);
    root(is, s->name, s->covariance, of_s, spare);
    if (!monge) {
        multiply(is, a, whiten, of_s);
        return;
    }
    multiply(is, spare, of_x, s->covariance);
    multiply(is, middle, spare, of_x);
    root(is, s->name, middle, of_s, spare);
    multiply(is, spare, whiten, of_s);
    multiply(is, a, spare, whiten);
}

static void by_moments(const struct transfer *is, const struct cloud *x, const struct cloud *s,
                       scalar *a)
{
    for (size_t i = 0; i < is->D * is->D; i += is->D + 1) {
        if (!(x->covariance[i] > 0))
            question_refuse(is->q, "a feature of its 'x' is constant");
        a[i] = scalar_sqrt(s->covariance[i] / x->covariance[i]);
    }
}

void affine_domain_transfer_run(struct question *q)
{
    static const char *const methods[] = {"moments", "cholesky", "symmetric", "monge", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    static const char *const centers[] = {"moved", "kept", NULL};
    const int method = question_choice(q, "method", methods);
    struct transfer is = {.q = q, .team = question_team(q)};
    is.ddof = (size_t)question_choice(q, "deviation", deviations);
    const bool kept = question_choice(q, "center", centers) == 1;
    is.ridge = question_number_or(q, "ridge", 0);
    if (!(is.ridge >= 0))
        question_refuse(q, "its 'ridge' is negative; give at least 0");
    const struct cloud x = measure(&is, "x", "[N]D"), s = measure(&is, "s", "[M]D");
    if (method >= SYMMETRIC && is.D != 2)
        question_refuse(q, "its 'method' is one of the plane alone");
    scalar *y = question_output(q, "y", "[N]D"), *a = question_output(q, "A", "DD");
    if (method == MOMENTS)
        by_moments(&is, &x, &s, a);
    else if (method == CHOLESKY)
        by_triangles(&is, &x, &s, a);
    else
        by_roots(&is, &x, &s, a, method == MONGE);
    for (size_t i = 0; !kept && i < x.rows * is.D; i++)
        y[i] = s.mean[i % is.D];
    team_product(is.team, false, false, x.rows, is.D, is.D, kept ? x.x : x.gap, is.D, a, is.D, y,
                 is.D);
}
