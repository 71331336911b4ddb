// SPDX-License-Identifier: MIT
#include "imbalance_remedies.h"

#include <string.h>

enum { NEIGHBOURS = 5, STREAM = 20, METRICS = 2 * RARE_METRICS, ARMS = 6 };

static size_t rare_count(const struct samples *samples)
{
    size_t count = 0;
    for (size_t n = 0; n < samples->count; n++)
        count += samples->label[n] == 1;
    return count;
}

static struct ask *ask_data(const struct rare *is, const char *technique)
{
    const struct samples *train = &is->train;
    struct ask *ask = ask_new(is->replica, technique);
    ask_floats(ask, "x", 2, (size_t[]){train->count, train->features}, train->x);
    ask_integers(ask, "label", 1, &train->count, train->label);
    ask_number(ask, "classes", 2);
    return ask;
}

/* The training set and behind it `count` samples x of class 1. */
static struct samples extended(const struct rare *is, const float *x, size_t count)
{
    const struct samples *train = &is->train;
    const size_t D = train->features;
    struct samples all = samples_new(is->replica, train->count + count, D, 2, 0);
    memcpy(all.x, train->x, train->count * D * sizeof *all.x);
    memcpy(all.x + train->count * D, x, count * D * sizeof *all.x);
    for (size_t n = 0; n < all.count; n++)
        all.label[n] = n < train->count ? train->label[n] : 1;
    return all;
}

struct samples remedy_copies(const struct rare *is)
{
    const size_t added = is->train.count - 2 * rare_count(&is->train);
    float *u = lab_floats(is->replica, added);
    for (size_t s = 0; s < added; s++)
        u[s] = (float)lab_uniform(is->replica, STREAM, s);
    struct ask *ask = ask_data(is, "random_oversampling");
    ask_floats(ask, "u", 1, &added, u);
    ask_run(ask);
    return extended(is, ask_output(ask, "added", added * is->train.features), added);
}

struct samples remedy_smote(const struct rare *is)
{
    const size_t members = rare_count(&is->train), added = is->train.count - 2 * members;
    int *base = lab_take(is->replica, added, sizeof *base);
    int *pick = lab_take(is->replica, added, sizeof *pick);
    float *gap = lab_floats(is->replica, added);
    for (size_t s = 0; s < added; s++) {
        base[s] = (int)lab_below(is->replica, STREAM, s, members);
        pick[s] = (int)lab_below(is->replica, STREAM + 1, s, NEIGHBOURS);
        gap[s] = (float)lab_uniform(is->replica, STREAM + 2, s);
    }
    struct ask *ask = ask_data(is, "smote");
    ask_integers(ask, "base", 1, &added, base);
    ask_integers(ask, "pick", 1, &added, pick);
    ask_floats(ask, "gap", 1, &added, gap);
    ask_number(ask, "neighbours", NEIGHBOURS);
    ask_run(ask);
    return extended(is, ask_output(ask, "synthetic", added * is->train.features), added);
}

struct samples remedy_undersampled(const struct rare *is)
{
    const size_t N = is->train.count, D = is->train.features, kept = 2 * rare_count(&is->train);
    uint32_t *order = lab_take(is->replica, N, sizeof *order);
    int *draws = lab_take(is->replica, N, sizeof *draws);
    lab_shuffle(is->replica, STREAM, order, N);
    for (size_t n = 0; n < N; n++)
        draws[n] = (int)order[n];
    struct ask *ask = ask_data(is, "random_undersampling");
    ask_integers(ask, "order", 1, &N, draws);
    ask_run(ask);
    struct samples rest = samples_new(is->replica, kept, D, 2, 0);
    const float *label = ask_output(ask, "kept_label", kept);
    memcpy(rest.x, ask_output(ask, "kept_x", kept * D), kept * D * sizeof *rest.x);
    for (size_t n = 0; n < kept; n++)
        rest.label[n] = (int)label[n];
    return rest;
}

/* The metrics of a network that was trained so; with_threshold: also after moving it. */
static void learn(const struct rare *is, const struct samples *train, const float *class_weight,
                  double metric[RARE_METRICS], double moved[RARE_METRICS])
{
    struct network *net = rare_trained(is, train, class_weight);
    float *score = lab_floats(is->replica, is->test.count);
    rare_scores(net, &is->test, score);
    rare_judge(is, score, NULL, metric);
    if (moved != NULL)
        rare_judge(is, score, rare_moved_threshold(is, net, score), moved);
    network_free(net);
}

/* All arms on one set of data: nothing, weights, threshold, copies, SMOTE, fewer of class 0. */
static void try_all(const struct rare *is, double metric[ARMS][RARE_METRICS])
{
    const struct samples copies = remedy_copies(is), between = remedy_smote(is);
    const struct samples fewer = remedy_undersampled(is);
    learn(is, &is->train, NULL, metric[0], metric[2]);
    learn(is, &is->train, rare_class_weights(is), metric[1], NULL);
    learn(is, &copies, NULL, metric[3], NULL);
    learn(is, &between, NULL, metric[4], NULL);
    learn(is, &fewer, NULL, metric[5], NULL);
}

void imbalance_remedies(struct replica *r)
{
    const struct rare data[] = {rare_clouds(r, 2, 1000, 20), rare_digits(r, 800, 40)};
    double metric[2][ARMS][RARE_METRICS];
    for (size_t i = 0; i < 2; i++) {
        try_all(&data[i], metric[i]);
        for (size_t arm = 0; arm < ARMS; arm++)
            for (size_t m = 0; m < RARE_METRICS; m++)
                replica_point(r, arm, i * RARE_METRICS + m, metric[i][arm][m]);
    }
    if (strcmp(r->claim->id, "K-03") == 0) {
        for (size_t i = 0; i < 2; i++) {
            const double(*on)[RARE_METRICS] = (const double(*)[RARE_METRICS])metric[i];
            replica_effect(r, i, on[1][RARE_RECALL] - on[0][RARE_RECALL]);
            replica_effect(r, 2 + i, on[1][RARE_F1] - on[0][RARE_F1]);
        }
        return;
    }
    static const size_t judged[] = {RARE_F1, RARE_AUC};
    for (size_t arm = 3; arm < ARMS; arm++)
        for (size_t m = 0; m < 2; m++) {
            double gain = 0;
            for (size_t i = 0; i < 2; i++)
                gain += (metric[i][arm][judged[m]] - metric[i][0][judged[m]]) / 2;
            replica_effect(r, 2 * (arm - 3) + m, gain);
        }
}
