// SPDX-License-Identifier: MIT
#include "trees.h"

#include <string.h>

enum {
    TREES = 100,
    DEPTH = 12,
    NODES = 1 << (DEPTH + 1),
    SETTINGS = 9,
    ROUNDS = 800,
    FEATURES = 64,
    BOOTSTRAP = 100, /* streams, one for each tree */
    CHOICE = 1000,
};

/* Node i has the children 2 i + 1 and 2 i + 2. */
struct branch {
    bool is_split;
    size_t feature;
    float threshold;
    double share; /* of class 1, by weight */
};

struct forest {
    const struct rare *is;
    const float *class_weight;
    struct branch node[TREES][NODES];
};

/* ---- growing --------------------------------------------------------------------------------- */

static double share_of_rare(const struct forest *forest, const uint32_t *row, size_t count)
{
    double mass[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        const int label = forest->is->train.label[row[i]];
        mass[label] += forest->class_weight != NULL ? (double)forest->class_weight[label] : 1;
    }
    return mass[1] / (mass[0] + mass[1]);
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
                     size_t count, size_t most, size_t feature[FEATURES])
{
    const struct samples *train = &forest->is->train;
    const size_t D = train->features;
    size_t left[FEATURES], chosen = 0;
    for (size_t d = 0; d < D; d++)
        left[d] = d;
    for (size_t i = 0; i < D && chosen < most; i++) {
        const uint64_t place = at * FEATURES + i;
        const size_t drawn = lab_below(forest->is->replica, CHOICE + tree, place, D - i);
        if (varies(train, row, count, left[drawn]))
            feature[chosen++] = left[drawn];
        left[drawn] = left[D - i - 1];
    }
    return chosen;
}

/* The best split of the rows among these features. */
static void split(const struct forest *forest, const uint32_t *row, size_t count,
                  const size_t feature[], size_t features, struct branch *node)
{
    const struct samples *train = &forest->is->train;
    struct replica *r = forest->is->replica;
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
    ask_number(ask, "classes", 2);
    if (forest->class_weight != NULL)
        ask_floats(ask, "class_weight", 1, (size_t[]){2}, forest->class_weight);
    ask_run(ask);
    node->is_split = true;
    node->feature = feature[(size_t)*ask_output(ask, "feature", 1)];
    node->threshold = *ask_output(ask, "threshold", 1);
    lab_return(r, mark);
}

/* Moves the rows of the left side to the front; returns how many. */
static size_t divide(const struct forest *forest, const struct branch *node, uint32_t *row,
                     size_t count)
{
    const struct samples *train = &forest->is->train;
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
    struct branch *node = &forest->node[tree][at];
    size_t feature[FEATURES], most = 1;
    while (most * most < forest->is->train.features)
        most++;
    node->share = share_of_rare(forest, row, count);
    if (depth == DEPTH || node->share == 0 || node->share == 1)
        return;
    const size_t features = choose(forest, tree, at, row, count, most, feature);
    if (features == 0)
        return;
    split(forest, row, count, feature, features, node);
    const size_t left = divide(forest, node, row, count);
    grow(forest, tree, 2 * at + 1, depth + 1, row, left);
    grow(forest, tree, 2 * at + 2, depth + 1, row + left, count - left);
}

/* ---- use ------------------------------------------------------------------------------------- */

/* The mean share of class 1 where x ends within `depth` splits. */
static double vote(const struct forest *forest, const float *x, size_t depth)
{
    double sum = 0;
    for (size_t t = 0; t < TREES; t++) {
        size_t at = 0;
        for (size_t d = 0; d < depth && forest->node[t][at].is_split; d++) {
            const struct branch *node = &forest->node[t][at];
            at = 2 * at + (x[node->feature] <= node->threshold ? 1 : 2);
        }
        sum += forest->node[t][at].share;
    }
    return sum / TREES;
}

static void forest_scores(const struct forest *forest, const struct samples *samples, size_t depth,
                          float *score)
{
    for (size_t n = 0; n < samples->count; n++)
        score[n] = (float)(vote(forest, samples->x + n * samples->features, depth) - 0.5);
}

float *trees_forest(const struct rare *is, const float *class_weight, float *before)
{
    static const size_t depth[SETTINGS] = {1, 2, 3, 4, 5, 6, 8, 10, DEPTH};
    struct replica *r = is->replica;
    const size_t N = is->train.count;
    float *score = lab_floats(r, is->test.count);
    const struct arena mark = lab_borrow(r);
    struct forest *forest = lab_take(r, 1, sizeof *forest);
    uint32_t *row = lab_take(r, N, sizeof *row);
    size_t best = 0;
    double best_area = -1;
    forest->is = is;
    forest->class_weight = class_weight;
    for (size_t t = 0; t < TREES; t++) {
        for (size_t n = 0; n < N; n++)
            row[n] = (uint32_t)lab_below(r, BOOTSTRAP + t, n, N);
        grow(forest, t, 0, 0, row, N);
    }
    for (size_t i = 0; i < SETTINGS; i++) {
        forest_scores(forest, &is->validation, depth[i], before);
        const double area = rare_auc(r, &is->validation, before);
        if (area > best_area) {
            best_area = area;
            best = i;
        }
    }
    forest_scores(forest, &is->validation, depth[best], before);
    forest_scores(forest, &is->test, depth[best], score);
    lab_return(r, mark);
    return score;
}

/* ---- boosting -------------------------------------------------------------------------------- */

struct boosting {
    const float *feature, *threshold, *left, *right, *alpha; /* (rounds) */
};

static void boosting_scores(const struct boosting *stumps, const struct samples *samples,
                            size_t rounds, float *score)
{
    for (size_t n = 0; n < samples->count; n++) {
        const float *x = samples->x + n * samples->features;
        score[n] = 0;
        for (size_t t = 0; t < rounds; t++) {
            const bool is_left = x[(size_t)stumps->feature[t]] <= stumps->threshold[t];
            const float label = is_left ? stumps->left[t] : stumps->right[t];
            score[n] += label != 0 ? stumps->alpha[t] : -stumps->alpha[t];
        }
    }
}

float *trees_boosting(const struct rare *is, const float *class_weight, float *before)
{
    static const size_t rounds[SETTINGS] = {10, 25, 50, 100, 200, 300, 400, 600, ROUNDS};
    struct replica *r = is->replica;
    const struct samples *train = &is->train;
    float *score = lab_floats(r, is->test.count);
    const struct arena mark = lab_borrow(r);
    size_t best = 0;
    double best_area = -1;
    struct ask *ask = ask_new(r, "boosted_stumps");
    ask_floats(ask, "x", 2, (size_t[]){train->count, train->features}, train->x);
    ask_integers(ask, "label", 1, &train->count, train->label);
    ask_number(ask, "classes", 2);
    ask_number(ask, "rounds", ROUNDS);
    if (class_weight != NULL)
        ask_floats(ask, "class_weight", 1, (size_t[]){2}, class_weight);
    ask_run(ask);
    const struct boosting stumps = {
        ask_output(ask, "feature", ROUNDS), ask_output(ask, "threshold", ROUNDS),
        ask_output(ask, "left_label", ROUNDS), ask_output(ask, "right_label", ROUNDS),
        ask_output(ask, "alpha", ROUNDS)};
    for (size_t i = 0; i < SETTINGS; i++) {
        boosting_scores(&stumps, &is->validation, rounds[i], before);
        const double area = rare_auc(r, &is->validation, before);
        if (area > best_area) {
            best_area = area;
            best = i;
        }
    }
    boosting_scores(&stumps, &is->validation, rounds[best], before);
    boosting_scores(&stumps, &is->test, rounds[best], score);
    lab_return(r, mark);
    return score;
}
