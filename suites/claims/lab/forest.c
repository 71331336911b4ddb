// SPDX-License-Identifier: MIT
#include "forest.h"

#include <string.h>

/* Node i has the children 2 i + 1 and 2 i + 2. */
struct branch {
    bool is_split;
    size_t feature;
    float threshold;
};

struct forest {
    struct replica *replica;
    const struct samples *train;
    struct forest_plan plan;
    size_t nodes;        /* of a tree */
    struct branch *node; /* (trees, nodes) */
    double *share;       /* (trees, nodes, classes) of each class, by weight */
};

/* Whether all are of one class. */
static bool set_shares(const struct forest *forest, double *share, const uint32_t *row,
                       size_t count)
{
    const size_t classes = forest->train->classes;
    const float *weight = forest->plan.class_weight;
    double all = 0;
    bool is_pure = true;
    for (size_t i = 0; i < count; i++) {
        const int label = forest->train->label[row[i]];
        share[label] += weight != NULL ? (double)weight[label] : 1;
        is_pure &= label == forest->train->label[row[0]];
    }
    for (size_t c = 0; c < classes; c++)
        all += share[c];
    for (size_t c = 0; c < classes; c++)
        share[c] /= all;
    return is_pure;
}

static bool varies(const struct samples *samples, const uint32_t *row, size_t count, size_t feature)
{
    for (size_t i = 1; i < count; i++)
        if (samples->x[row[i] * samples->features + feature] !=
            samples->x[row[0] * samples->features + feature])
            return true;
    return false;
}

/* Draws up to `most` features in which the rows differ, one after the other without those before;
 * returns how many. */
static size_t choose(const struct forest *forest, size_t tree, size_t at, const uint32_t *row,
                     size_t count, size_t most, size_t feature[FOREST_FEATURES])
{
    const size_t D = forest->train->features;
    size_t left[FOREST_FEATURES], chosen = 0;
    for (size_t d = 0; d < D; d++)
        left[d] = d;
    for (size_t i = 0; i < D && chosen < most; i++) {
        const uint64_t place = at * FOREST_FEATURES + i;
        const size_t drawn = lab_below(forest->replica, forest->plan.choice + tree, place, D - i);
        if (varies(forest->train, row, count, left[drawn]))
            feature[chosen++] = left[drawn];
        left[drawn] = left[D - i - 1];
    }
    return chosen;
}

/* The best split of the rows among these features. */
static struct branch split_rows(const struct forest *forest, const uint32_t *row, size_t count,
                                const size_t feature[], size_t features)
{
    const struct samples *train = forest->train;
    struct replica *r = forest->replica;
    const struct arena mark = lab_borrow(r);
    float *x = lab_floats(r, count * features);
    int *label = lab_take(r, count, sizeof *label);
    for (size_t i = 0; i < count; i++) {
        for (size_t d = 0; d < features; d++)
            x[i * features + d] = train->x[row[i] * train->features + feature[d]];
        label[i] = train->label[row[i]];
    }
    struct ask *ask = ask_new(r, "class_weighted_stump");
    ask_floats(ask, "x", 2, (size_t[]){count, features}, x);
    ask_integers(ask, "label", 1, &count, label);
    ask_number(ask, "classes", (double)train->classes);
    if (forest->plan.class_weight != NULL)
        ask_floats(ask, "class_weight", 1, &train->classes, forest->plan.class_weight);
    ask_run(ask);
    const struct branch branch = {true, feature[(size_t)*ask_output(ask, "feature", 1)],
                                  *ask_output(ask, "threshold", 1)};
    lab_return(r, mark);
    return branch;
}

/* Moves the rows of the left side to the front; returns how many. */
static size_t divide(const struct samples *train, const struct branch *node, uint32_t *row,
                     size_t count)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (train->x[row[i] * train->features + node->feature] <= node->threshold) {
            const uint32_t moved = row[i];
            row[i] = row[left];
            row[left++] = moved;
        }
    return left;
}

/* Grows node `at` of a tree over the rows. */
static void grow(struct forest *forest, size_t tree, size_t at, size_t depth, uint32_t *row,
                 size_t count)
{
    struct branch *node = forest->node + tree * forest->nodes + at;
    double *share = forest->share + (tree * forest->nodes + at) * forest->train->classes;
    size_t feature[FOREST_FEATURES], most = 1;
    while (most * most < forest->train->features)
        most++;
    if (set_shares(forest, share, row, count) || depth == forest->plan.depth)
        return;
    const size_t features = choose(forest, tree, at, row, count, most, feature);
    if (features == 0)
        return;
    *node = split_rows(forest, row, count, feature, features);
    const size_t left = divide(forest->train, node, row, count);
    grow(forest, tree, 2 * at + 1, depth + 1, row, left);
    grow(forest, tree, 2 * at + 2, depth + 1, row + left, count - left);
}

struct forest *forest_grow(struct replica *r, const struct samples *train,
                           const struct forest_plan *plan)
{
    if (train->classes > FOREST_CLASSES || train->features > FOREST_FEATURES)
        replica_fail(r, "trees grow on at most %d classes and %d features", FOREST_CLASSES,
                     FOREST_FEATURES);
    struct forest *forest = lab_take(r, 1, sizeof *forest);
    const size_t N = train->count, nodes = (size_t)2 << plan->depth;
    uint32_t *row = lab_take(r, N, sizeof *row);
    *forest = (struct forest){
        .replica = r,
        .train = train,
        .plan = *plan,
        .nodes = nodes,
        .node = lab_take(r, plan->trees * nodes, sizeof *forest->node),
        .share = lab_take(r, plan->trees * nodes * train->classes, sizeof *forest->share)};
    for (size_t t = 0; t < plan->trees; t++) {
        for (size_t n = 0; n < N; n++)
            row[n] = (uint32_t)lab_below(r, plan->bootstrap + t, n, N);
        grow(forest, t, 0, 0, row, N);
    }
    return forest;
}

void forest_shares(const struct forest *forest, const float *x, size_t depth,
                   double share[FOREST_CLASSES])
{
    const size_t classes = forest->train->classes;
    memset(share, 0, FOREST_CLASSES * sizeof *share);
    for (size_t t = 0; t < forest->plan.trees; t++) {
        const struct branch *tree = forest->node + t * forest->nodes;
        size_t at = 0;
        for (size_t d = 0; d < depth && tree[at].is_split; d++)
            at = 2 * at + (x[tree[at].feature] <= tree[at].threshold ? 1 : 2);
        for (size_t c = 0; c < classes; c++)
            share[c] += forest->share[(t * forest->nodes + at) * classes + c];
    }
}
