// SPDX-License-Identifier: MIT
#include "classical.h"

enum {
    TREES = 25,
    DEPTH = 8,
    NODES = 1 << (DEPTH + 1),
    DEPTHS = 3,
    BOOTSTRAP = 50000, /* streams, one for each tree */
    CHOICE = 50100,
};

/* Node i has the children 2 i + 1 and 2 i + 2. */
struct branch {
    bool is_split;
    size_t feature;
    float threshold;
    double share[CLASSICAL_CLASSES]; /* of each class among the samples that come here */
};

struct forest {
    struct replica *replica;
    const struct samples *train;
    struct branch node[TREES][NODES];
};

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
                     size_t count, size_t most, size_t feature[CLASSICAL_FEATURES])
{
    const size_t D = forest->train->features;
    size_t left[CLASSICAL_FEATURES], chosen = 0;
    for (size_t d = 0; d < D; d++)
        left[d] = d;
    for (size_t i = 0; i < D && chosen < most; i++) {
        const uint64_t place = at * CLASSICAL_FEATURES + i;
        const size_t drawn = lab_below(forest->replica, CHOICE + tree, place, D - i);
        if (varies(forest->train, row, count, left[drawn]))
            feature[chosen++] = left[drawn];
        left[drawn] = left[D - i - 1];
    }
    return chosen;
}

/* The best split of the rows among these features. */
static void split_rows(const struct forest *forest, const uint32_t *row, size_t count,
                       const size_t feature[], size_t features, struct branch *node)
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
    ask_run(ask);
    node->is_split = true;
    node->feature = feature[(size_t)*ask_output(ask, "feature", 1)];
    node->threshold = *ask_output(ask, "threshold", 1);
    lab_return(r, mark);
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
    const struct samples *train = forest->train;
    struct branch *node = &forest->node[tree][at];
    size_t feature[CLASSICAL_FEATURES], most = 1;
    for (size_t i = 0; i < count; i++)
        node->share[train->label[row[i]]] += 1 / (double)count;
    while (most * most < train->features)
        most++;
    bool is_pure = true;
    for (size_t i = 1; i < count; i++)
        is_pure &= train->label[row[i]] == train->label[row[0]];
    if (depth == DEPTH || is_pure)
        return;
    const size_t features = choose(forest, tree, at, row, count, most, feature);
    if (features == 0)
        return;
    split_rows(forest, row, count, feature, features, node);
    const size_t left = divide(train, node, row, count);
    grow(forest, tree, 2 * at + 1, depth + 1, row, left);
    grow(forest, tree, 2 * at + 2, depth + 1, row + left, count - left);
}

/* The class with the largest mean share where x ends within `depth` splits. */
static int decide(const struct forest *forest, const float *x, size_t depth)
{
    double sum[CLASSICAL_CLASSES] = {0};
    int best = 0;
    for (size_t t = 0; t < TREES; t++) {
        size_t at = 0;
        for (size_t d = 0; d < depth && forest->node[t][at].is_split; d++) {
            const struct branch *node = &forest->node[t][at];
            at = 2 * at + (x[node->feature] <= node->threshold ? 1 : 2);
        }
        for (size_t c = 0; c < CLASSICAL_CLASSES; c++)
            sum[c] += forest->node[t][at].share[c];
    }
    for (int c = 1; c < CLASSICAL_CLASSES; c++)
        best = sum[c] > sum[best] ? c : best;
    return best;
}

static double accuracy(const struct forest *forest, const struct samples *samples, size_t depth)
{
    size_t right = 0;
    for (size_t n = 0; n < samples->count; n++)
        right += decide(forest, samples->x + n * samples->features, depth) == samples->label[n];
    return (double)right / (double)samples->count;
}

struct tried classical_forest(struct replica *r, const struct split *split)
{
    static const size_t depth[DEPTHS] = {2, 4, DEPTH};
    const size_t N = split->train.count;
    if (split->train.classes > CLASSICAL_CLASSES || split->train.features > CLASSICAL_FEATURES)
        replica_fail(r, "trees grow on at most %d classes and %d features", CLASSICAL_CLASSES,
                     CLASSICAL_FEATURES);
    const struct arena mark = lab_borrow(r);
    struct forest *forest = lab_take(r, 1, sizeof *forest);
    uint32_t *row = lab_take(r, N, sizeof *row);
    struct tried best = {-1, 0};
    forest->replica = r;
    forest->train = &split->train;
    for (size_t t = 0; t < TREES; t++) {
        for (size_t n = 0; n < N; n++)
            row[n] = (uint32_t)lab_below(r, BOOTSTRAP + t, n, N);
        grow(forest, t, 0, 0, row, N);
    }
    for (size_t i = 0; i < DEPTHS; i++)
        best = classical_better(best, (struct tried){accuracy(forest, &split->validation, depth[i]),
                                                     accuracy(forest, &split->test, depth[i])});
    lab_return(r, mark);
    return best;
}
