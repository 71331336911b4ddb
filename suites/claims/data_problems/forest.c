// SPDX-License-Identifier: MIT
#include "../lab/forest.h"
#include "classical.h"

enum {
    TREES = 25,
    DEPTH = 8,
    DEPTHS = 3,
    BOOTSTRAP = 50000, /* streams, one for each tree */
    CHOICE = 50100,
};

/* By the class with the largest mean share. */
static double accuracy(const struct forest *forest, const struct samples *samples, size_t depth)
{
    size_t right = 0;
    for (size_t n = 0; n < samples->count; n++) {
        double share[FOREST_CLASSES];
        int best = 0;
        forest_shares(forest, samples->x + n * samples->features, depth, share);
        for (int c = 1; c < (int)samples->classes; c++)
            best = share[c] > share[best] ? c : best;
        right += best == samples->label[n];
    }
    return (double)right / (double)samples->count;
}

struct tried classical_forest(struct replica *r, const struct split *split)
{
    static const size_t depth[DEPTHS] = {2, 4, DEPTH};
    const struct arena mark = lab_borrow(r);
    const struct forest_plan plan = {TREES, DEPTH, NULL, BOOTSTRAP, CHOICE};
    const struct forest *forest = forest_grow(r, &split->train, &plan);
    struct tried best = {-1, 0};
    for (size_t i = 0; i < DEPTHS; i++)
        best = classical_better(best, (struct tried){accuracy(forest, &split->validation, depth[i]),
                                                     accuracy(forest, &split->test, depth[i])});
    lab_return(r, mark);
    return best;
}
