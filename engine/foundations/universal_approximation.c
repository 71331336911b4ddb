// SPDX-License-Identifier: MIT
/* Universal approximation; definition in reference/foundations/universal_approximation.h.
 *
 * How it is distributed: the points of the grid are sharded. Every rank builds the whole network,
 * which is small. One number crosses the network, the largest error of each rank; largest values
 * are exact in any order.
 */
#include "../techniques.h"

enum target { SINE, SQUARE, ABSOLUTE };

static void evaluate(const struct team *team, enum target target, size_t n, scalar *f,
                     const scalar *x)
{
    if (target == SINE)
        team->kernels->sine(n, f, x);
    for (size_t i = 0; target != SINE && i < n; i++)
        f[i] = target == SQUARE ? x[i] * x[i] : scalar_absolute(x[i]);
}

static void check(struct question *q, const scalar *knots)
{
    const size_t K = question_size(q, 'K');
    if (K < 2)
        question_refuse(q, "its input 'knots' holds %zu, but a slope needs two", K);
    for (size_t k = 1; k < K; k++)
        if (!(knots[k - 1] < knots[k]))
            question_refuse(q, "its input 'knots' must rise, and element %zu does not", k);
    if (question_size(q, 'G') == 0)
        question_refuse(q, "its input 'x' is empty, so there is no largest error");
}

void universal_approximation_run(struct question *q)
{
    static const char *const targets[] = {"sine", "square", "absolute", NULL};
    const enum target target = (enum target)question_choice(q, "target", targets);
    const struct team *team = question_team(q);
    question_split_evenly(q, 'G');
    const scalar *knots = question_input(q, "knots", "K"), *x = question_input(q, "x", "[G]");
    check(q, knots);
    const size_t H = question_size(q, 'K') - 1, part = question_part(q, 'G');
    question_bind(q, 'H', H);
    scalar *v = question_output(q, "v", "H"), *y = question_output(q, "y", "[G]");
    scalar *error = question_output(q, "error", "[G]"), *sup = question_output(q, "sup", "");
    scalar *f = question_scratch(q, H + 1), *units = question_scratch(q, part * H);
    evaluate(team, target, H + 1, f, knots);
    for (size_t k = 0; k < H; k++)
        v[k] = (f[k + 1] - f[k]) / (knots[k + 1] - knots[k]);
    for (size_t k = H; k-- > 1;)
        v[k] -= v[k - 1];
    for (size_t g = 0; g < part; g++) {
        y[g] = f[0];
        for (size_t k = 0; k < H; k++)
            units[g * H + k] = x[g] > knots[k] ? x[g] - knots[k] : 0;
    }
    if (part > 0)
        team_product(team, false, false, part, 1, H, units, H, v, 1, y, 1);
    evaluate(team, target, part, error, x);
    for (size_t g = 0; g < part; g++) {
        error[g] = y[g] - error[g];
        sup[0] = scalar_absolute(error[g]) > sup[0] ? scalar_absolute(error[g]) : sup[0];
    }
    reduce_largest(team, sup, 1);
}
