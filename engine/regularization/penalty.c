// SPDX-License-Identifier: MIT
#include "penalty.h"

struct norms penalty_norms(struct question *q, char letter, const scalar *v)
{
    const struct team *team = question_team(q);
    struct reduction *sum = question_sum(q, letter, 2);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        team_row_products(team, 1, piece.count, v + piece.first, v + piece.first, &leaf[1]);
        for (size_t p = piece.first; p < piece.first + piece.count; p++)
            leaf[0] += scalar_absolute(v[p]);
        reduction_push(sum);
    }
    scalar total[2];
    reduction_finish(sum, total);
    return (struct norms){.absolute = total[0], .square = total[1]};
}

scalar penalty_upstream(struct question *q)
{
    return question_has(q, "dpenalty") ? question_input(q, "dpenalty", "")[0] : 1;
}

scalar penalty_strength(struct question *q, const char *name)
{
    const scalar strength = question_number(q, name);
    if (!(strength >= 0))
        question_refuse(q, "its number '%s' is negative and would reward large weights", name);
    return strength;
}

scalar penalty_samples(struct question *q)
{
    const scalar samples = question_number_or(q, "samples", 1);
    if (!(samples >= 1))
        question_refuse(q, "its number 'samples' divides the penalty; give 1 or more");
    return samples;
}
