// SPDX-License-Identifier: MIT
#include "trees.h"

#include "../lab/forest.h"

enum {
    TREES = 100,
    DEPTH = 12,
    SETTINGS = 9,
    ROUNDS = 800,
    BOOTSTRAP = 100, /* streams, one for each tree */
    CHOICE = 1000,
};

static void forest_scores(const struct forest *forest, const struct samples *samples, size_t depth,
                          float *score)
{
    for (size_t n = 0; n < samples->count; n++) {
        double share[FOREST_CLASSES];
        forest_shares(forest, samples->x + n * samples->features, depth, share);
        score[n] = (float)(share[1] / TREES - 0.5);
    }
}

float *trees_forest(const struct rare *is, const float *class_weight, float *before)
{
    static const size_t depth[SETTINGS] = {1, 2, 3, 4, 5, 6, 8, 10, DEPTH};
    struct replica *r = is->replica;
    float *score = lab_floats(r, is->test.count);
    const struct arena mark = lab_borrow(r);
    const struct forest_plan plan = {TREES, DEPTH, class_weight, BOOTSTRAP, CHOICE};
    const struct forest *forest = forest_grow(r, &is->train, &plan);
    size_t best = 0;
    double best_area = -1;
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
