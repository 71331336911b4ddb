// SPDX-License-Identifier: MIT
#include "game.h"

#include "../imbalance/imbalance_remedies.h"

#include <string.h>

enum {
    SETS = 2,
    ARMS = 4, /* nothing, copies, SMOTE, generated */
    FREQUENT = 1000,
    RARE = 20,
    TEST_FREQUENT = 4000,
    TEST_RARE = 1000,
    ITERATIONS = 1000,
    STREAM = 100, /* ten for each set */
    GAME_STREAM = 10,
};

/* `frequent` samples of class 0 and behind them `rare` ones of class 1, from a problem in which
 * both classes are equally frequent. */
static struct samples unbalanced(struct replica *r, size_t set, uint64_t stream, size_t frequent,
                                 size_t rare)
{
    const size_t even = 2 * (frequent > rare ? frequent : rare);
    const struct samples all =
        set == 0 ? samples_moons(r, stream, even, 0.25) : samples_blobs(r, stream, even, 2, 1, 0.6);
    struct samples some = samples_new(r, frequent + rare, all.features, 2, 0);
    size_t taken[2] = {0, 0};
    const size_t due[2] = {frequent, rare};
    for (size_t n = 0; n < all.count; n++) {
        const int c = all.label[n];
        if (taken[c] == due[c])
            continue;
        const size_t to = (c == 1 ? frequent : 0) + taken[c]++;
        memcpy(some.x + to * all.features, all.x + n * all.features, all.features * sizeof *some.x);
        some.label[to] = c;
    }
    return some;
}

static struct rare plane(struct replica *r, size_t set)
{
    const uint64_t stream = STREAM + 10 * set;
    struct rare is = {.replica = r,
                      .train = unbalanced(r, set, stream, FREQUENT, RARE),
                      .validation = unbalanced(r, set, stream + 2, FREQUENT, RARE),
                      .test = unbalanced(r, set, stream + 4, TEST_FREQUENT, TEST_RARE)};
    is.weight = lab_floats(r, is.test.count);
    for (size_t n = 0; n < is.test.count; n++)
        is.weight[n] =
            is.test.label[n] == 1 ? (float)TEST_FREQUENT / FREQUENT * RARE / (float)TEST_RARE : 1;
    return is;
}

/* The training set, class 1 filled up by a generator that has learned from its samples alone. */
static struct samples generated(const struct rare *is, size_t set)
{
    struct replica *r = is->replica;
    const struct samples *train = &is->train, rare = samples_part(train, FREQUENT, RARE);
    const size_t D = train->features, added = FREQUENT - RARE;
    struct game game = game_play(r, &rare, 2, ITERATIONS, GAME_STREAM * (1 + set));
    const struct samples made = game_generate(r, &game, added, STREAM + 10 * set + 6);
    int *label = lab_take(r, added, sizeof *label);
    for (size_t n = 0; n < added; n++)
        label[n] = 1;
    struct ask *ask = ask_new(r, "generative_augmentation");
    ask_floats(ask, "x", 2, (size_t[]){train->count, D}, train->x);
    ask_integers(ask, "label", 1, &train->count, train->label);
    ask_floats(ask, "generated", 2, (size_t[]){added, D}, made.x);
    ask_integers(ask, "generated_label", 1, &added, label);
    ask_number(ask, "classes", 2);
    ask_run(ask);
    struct samples all = samples_new(r, train->count + added, D, 2, 0);
    const float *all_labels = ask_output(ask, "augmented_label", all.count);
    memcpy(all.x, ask_output(ask, "augmented", all.count * D), all.count * D * sizeof *all.x);
    for (size_t n = 0; n < all.count; n++)
        all.label[n] = (int)all_labels[n];
    game_free(&game);
    return all;
}

static void learn(const struct rare *is, const struct samples *train, double metric[RARE_METRICS])
{
    struct network *net = rare_trained(is, train, NULL);
    float *score = lab_floats(is->replica, is->test.count);
    rare_scores(net, &is->test, score);
    rare_judge(is, score, NULL, metric);
    network_free(net);
}

void augmented_classes(struct replica *r)
{
    for (size_t set = 0; set < SETS; set++) {
        const struct rare is = plane(r, set);
        const struct samples train[ARMS] = {is.train, remedy_copies(&is), remedy_smote(&is),
                                            generated(&is, set)};
        double metric[ARMS][RARE_METRICS];
        for (size_t arm = 0; arm < ARMS; arm++) {
            learn(&is, &train[arm], metric[arm]);
            for (size_t m = 0; m < RARE_METRICS; m++)
                replica_point(r, arm, set * RARE_METRICS + m, metric[arm][m]);
        }
        replica_effect(r, 2 * set, metric[ARMS - 1][RARE_F1] - metric[0][RARE_F1]);
        replica_effect(r, 2 * set + 1, metric[ARMS - 1][RARE_AUC] - metric[0][RARE_AUC]);
    }
}
