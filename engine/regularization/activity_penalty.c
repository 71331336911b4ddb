// SPDX-License-Identifier: MIT
/* Activity penalty; definition in reference/regularization/activity_penalty.h.
 *
 * How it is distributed: the samples are sharded. Two numbers cross the network, the sums of sizes
 * and of squares; the gradient needs nothing from other ranks.
 */
#include "penalty.h"

static scalar strength(struct question *q, const char *name)
{
    const scalar value = question_number_or(q, name, 0);
    if (!(value >= 0))
        question_refuse(q, "its number '%s' must not be below 0", name);
    return value;
}

/* total: the sums of |a| and of a^2 over all samples. */
static void add_up(struct question *q, const scalar *a, scalar total[2])
{
    const size_t C = question_size(q, 'C');
    struct reduction *sum = question_sum(q, 'N', 2);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar size = 0, square;
            for (size_t c = 0; c < C; c++)
                size += scalar_absolute(a[n * C + c]);
            team_row_products(question_team(q), 1, C, a + n * C, a + n * C, &square);
            leaf[0] += size;
            leaf[1] += square;
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

void activity_penalty_run(struct question *q)
{
    static const char *const divisions[] = {"batch", "nothing", "elements", NULL};
    static const char *const zeros[] = {"zero", "right", "left", NULL};
    static const scalar slopes[] = {0, 1, -1};
    const scalar l1 = strength(q, "l1");
    const scalar l2 = strength(q, "l2");
    const int divided = question_choice(q, "divided", divisions);
    const scalar at_zero = slopes[question_choice(q, "at_zero", zeros)];
    const scalar *a = question_input(q, "a", "[N]C");
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C'), rows = question_part(q, 'N');
    if (N == 0 || C == 0)
        question_refuse(q, "its input 'a' is empty");
    const scalar all[] = {(scalar)N, 1, (scalar)(N * C)};
    const scalar dpenalty = penalty_upstream(q);
    scalar *da = question_output(q, "da", "[N]C"), total[2];
    for (size_t i = 0; i < rows * C; i++)
        da[i] = (l1 * penalty_sign(a[i], at_zero) + 2 * l2 * a[i]) / all[divided] * dpenalty;
    add_up(q, a, total);
    question_output(q, "penalty", "")[0] = (l1 * total[0] + l2 * total[1]) / all[divided];
}
