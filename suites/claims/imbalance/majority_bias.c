// SPDX-License-Identifier: MIT
#include "rare.h"

enum { POINTS = 5, KINDS = 3, ALL = 800, MODEST = 2, STRONG = 4 };

/* Recall of the frequent class less that of the rare one. */
static double gap(const struct rare *is)
{
    const struct samples *test = &is->test;
    struct network *net = rare_trained(is, &is->train, NULL);
    float *score = lab_floats(is->replica, test->count);
    size_t right[2] = {0, 0}, all[2] = {0, 0};
    rare_scores(net, test, score);
    for (size_t n = 0; n < test->count; n++) {
        all[test->label[n]]++;
        right[test->label[n]] += (score[n] > 0) == (test->label[n] == 1);
    }
    network_free(net);
    return (double)right[0] / (double)all[0] - (double)right[1] / (double)all[1];
}

static double gap_at(struct replica *r, size_t kind, double ratio)
{
    const struct arena mark = lab_borrow(r);
    /* Of the digits there are too few eights for as many of either. */
    const double frequent_eights = 80 * ratio < 720 ? 80 * ratio : 720;
    const size_t rare = (size_t)(ALL / (1 + ratio) + 0.5);
    const struct rare is =
        kind == 2 ? rare_digits(r, (size_t)frequent_eights, (size_t)(frequent_eights / ratio + 0.5))
                  : rare_clouds(r, kind == 0 ? 2 : 5, ALL - rare, rare);
    const double found = gap(&is);
    lab_return(r, mark);
    return found;
}

void majority_bias(struct replica *r)
{
    for (size_t kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < POINTS; i++) {
            const double found = gap_at(r, kind, r->claim->curve.at[i]);
            replica_point(r, kind, i, found);
            if (i == MODEST || i == STRONG)
                replica_effect(r, 2 * kind + (i == STRONG), found);
        }
}
