// SPDX-License-Identifier: MIT
#include "../../reference/metrics/precision_recall_f_score.h"
#include "../fork.h"
#include "class_forks.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED, SAMPLES };

enum mistake {
    BETA_NOT_SQUARED = CLASS_MISTAKES,
    BETA_TURNED,
    ARITHMETIC_MEAN,
    GEOMETRIC_MEAN,
    FACTOR_FORGOTTEN,
    PRECISION_IS_ACCURACY,
    SHARES_OF_PREDICTIONS,
    MICRO_OF_POSITIVE,
    EMPTY_SETS_SKIPPED
};

struct walk {
    struct class_walk c;
    enum undefined undefined;
    int from_rates, average, sets, of_means, skipped;
    real beta;
};

/* The three scores from TP, FP, FN, and the rest; defined in bits 0, 1, 2. */
static int score(const struct walk *w, real value[3], real tp, real fp, real fn, real tn)
{
    int defined = 7;
    real b = w->c.mistake == BETA_NOT_SQUARED ? w->beta : w->beta * w->beta;
    real empty = w->undefined == UNDEFINED_ONE ? 1 : 0;
    int excluded = w->undefined == UNDEFINED_EXCLUDED;
    if (w->c.mistake == BETA_TURNED && b != 0)
        b = 1 / b;
    value[0] = tp + fp == 0 ? empty : tp / (tp + fp);
    value[1] = tp + fn == 0 ? empty : tp / (tp + fn);
    if (w->c.mistake == PRECISION_IS_ACCURACY)
        value[0] = (tp + tn) / (tp + fp + fn + tn);
    defined -= excluded && tp + fp == 0 ? 1 : 0;
    defined -= excluded && tp + fn == 0 ? 2 : 0;
    /* Through the reciprocals of the rates, which add up. */
    if (w->from_rates && (defined & 3) != 3)
        defined &= 3;
    value[2] = 0;
    if (tp > 0)
        value[2] = (1 + b) / ((tp + fp) / tp + b * ((tp + fn) / tp));
    else if (w->from_rates ? value[0] > 0 && value[1] > 0 : tp + fp + b * (tp + fn) == 0)
        value[2] = empty;
    if (!w->from_rates && excluded && tp + fp + b * (tp + fn) == 0)
        defined &= 3;
    if (w->c.mistake == ARITHMETIC_MEAN)
        value[2] = (value[0] + b * value[1]) / (1 + b);
    if (w->c.mistake == GEOMETRIC_MEAN)
        value[2] = real_sqrt(value[0] * value[1]);
    if (w->c.mistake == FACTOR_FORGOTTEN)
        value[2] = value[2] / (1 + b) * 2;
    for (int m = 0; m < 3; m++)
        value[m] = defined >> m & 1 ? value[m] : 0;
    return defined;
}

/* TP, FP, FN, TN of unit k into four. */
static void count(const struct walk *w, real four[4], size_t k, size_t begin, size_t end)
{
    for (int i = 0; i < 4; i++)
        four[i] = 0;
    for (size_t i = w->c.K * w->c.K; i-- > 0 && !w->sets;) {
        int row = i / w->c.K == k, column = i % w->c.K == k;
        int place = row && column ? 0 : column ? 1 : row ? 2 : 3;
        four[place] = four[place] + w->c.m[i];
    }
    for (size_t n = end; n-- > begin && w->sets;) {
        int label =
            w->c.labels[(w->c.mistake == CLASS_MISALIGNED ? (n + 1) % w->c.N : n) * w->c.K + k];
        int predicted = w->c.predicted[n * w->c.K + k];
        if (w->c.mistake == CLASS_SWAPPED) {
            int kept = label;
            label = predicted;
            predicted = kept;
        }
        int place = label && predicted ? 0 : predicted ? 1 : label ? 2 : 3;
        four[place] =
            four[place] + (w->c.weight && w->c.mistake != CLASS_UNWEIGHTED ? w->c.weight[n] : 1);
    }
}

static void by_samples(const struct walk *w, real mean[3], size_t begin, size_t end)
{
    real total[3] = {0, 0, 0};
    for (size_t n = end; n-- > begin;) {
        real four[4] = {0, 0, 0, 0}, value[3];
        for (size_t l = 0; l < w->c.K; l++) {
            size_t i = n * w->c.K + l;
            int place = w->c.labels[i] ? (w->c.predicted[i] ? 0 : 2) : (w->c.predicted[i] ? 1 : 3);
            four[w->c.mistake == CLASS_SWAPPED && place % 3 ? 3 - place : place] += 1;
        }
        int defined = score(w, value, four[0], four[1], four[2], four[3]);
        real weight = w->c.weight && w->c.mistake != CLASS_UNWEIGHTED ? w->c.weight[n] : 1;
        if (w->c.mistake == EMPTY_SETS_SKIPPED && four[0] + four[2] == 0)
            defined = 0;
        for (int m = 0; m < 3; m++) {
            total[m] = total[m] + (defined >> m & 1 ? weight : 0);
            mean[m] = mean[m] + (defined >> m & 1 ? weight * value[m] : 0);
        }
    }
    for (int m = 0; m < 3; m++)
        mean[m] = total[m] > 0 ? mean[m] / total[m] : 0;
}

static void by_classes(const struct walk *w, real mean[3], size_t begin, size_t end)
{
    real total[3] = {0, 0, 0}, b = w->beta * w->beta;
    for (size_t k = w->c.K; k-- > 0;) {
        real four[4], value[3];
        count(w, four, k, begin, end);
        int defined = score(w, value, four[0], four[1], four[2], four[3]);
        real share = four[0] + four[w->c.mistake == SHARES_OF_PREDICTIONS ? 1 : 2];
        share = w->average == WEIGHTED ? share : 1;
        if (w->skipped && four[0] + four[1] + four[2] == 0)
            defined = 0;
        for (int m = 0; m < 3; m++) {
            total[m] = total[m] + (defined >> m & 1 ? share : 0);
            mean[m] = mean[m] + (defined >> m & 1 ? share * value[m] : 0);
        }
    }
    for (int m = 0; m < 3; m++)
        mean[m] = total[m] > 0 ? mean[m] / total[m] : 0;
    if (w->of_means && w->average == MACRO)
        mean[2] = (1 + b) / (1 / mean[0] + b / mean[1]);
}

/* All scores of the samples begin .. end - 1, added to `out`, divided by `steps`. */
static void answer_part(struct call *call, const struct walk *w, real *const out[3], size_t begin,
                        size_t end, size_t steps)
{
    real value[3] = {0, 0, 0}, sum[4] = {0, 0, 0, 0}, four[4];
    size_t positive = w->average == BINARY ? call_count_or(call, "positive", 1, 0, w->c.K - 1) : 0;
    for (size_t k = w->c.K; k-- > 0;) {
        count(w, four, k, begin, end);
        score(w, value, four[0], four[1], four[2], four[3]);
        for (int m = 0; m < 3 && w->average == EACH; m++)
            out[m][k] = out[m][k] + value[m] / real_count(steps);
        if (w->average == BINARY ? k != positive : w->c.mistake == MICRO_OF_POSITIVE && k == 0)
            continue;
        for (int i = 0; i < 4; i++)
            sum[i] = sum[i] + four[i];
    }
    if (w->average == EACH)
        return;
    for (int m = 0; m < 3; m++)
        value[m] = 0;
    if (w->average == SAMPLES)
        by_samples(w, value, begin, end);
    else if (w->average == BINARY || w->average == MICRO)
        score(w, value, sum[0], sum[1], sum[2], sum[3]);
    else
        by_classes(w, value, begin, end);
    for (int m = 0; m < 3; m++)
        *out[m] = *out[m] + value[m] / real_count(steps);
}

static struct walk read(struct call *call)
{
    static const char *const averages[] = {"none",     "binary",  "micro", "macro",
                                           "weighted", "samples", NULL};
    static const char *const from[] = {"counts", "rates", NULL};
    static const char *const ways[] = {"mean_of_f", "f_of_means", NULL};
    static const char *const absences[] = {"counted", "skipped", NULL};
    struct walk w = {.average = call_choice(call, "average", averages),
                     .sets = call_rank(call, "labels") == 2};
    if (w.sets) {
        w.c.mistake = call_variant(call);
        w.c.labels = call_integers(call, "labels", "NK", 0, 1);
        w.c.predicted = call_integers(call, "predicted", "NK", 0, 1);
        w.c.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
        w.c.N = call_size(call, 'N');
        w.c.K = call_size(call, 'K');
        w.c.block = call_block(call);
    } else {
        w.c = class_read(call);
        call_bind(call, 'K', w.c.K);
    }
    w.undefined = undefined_read(call);
    w.from_rates = call_choice(call, "f_from", from);
    w.of_means = call_choice(call, "macro_f", ways);
    w.skipped = call_choice(call, "absent", absences);
    w.beta = call_number_or(call, "beta", 1);
    return w;
}

static void walk(struct call *call)
{
    struct walk w = read(call);
    size_t steps = class_steps(&w.c), N = w.c.N, block = w.c.block;
    const char *shape = w.average == EACH ? "K" : "";
    real *const out[3] = {call_output(call, "precision", shape), call_output(call, "recall", shape),
                          call_output(call, "f", shape)};
    for (size_t i = 0; i < steps; i++) {
        size_t end = steps > 1 && (i + 1) * block < N ? (i + 1) * block : N;
        if (w.c.mistake == CLASS_LAST_BLOCK_LOST)
            end = (N - 1) / block * block;
        if (!w.sets)
            class_step(&w.c, i);
        answer_part(call, &w, out, i * block, end, steps);
    }
}

static const struct fork table[] = {
    {.info = {"reciprocals", FORK_TWIN, "",
              "From TP, FP, FN of each class by itself; F from reciprocals of the rates.", NULL},
     .answer = walk},
    CLASS_FORKS(walk),
    CLASS_FORK_SWAPPED(walk),
    {.info = {"beta_not_squared", FORK_BUG, "", "beta in place of its square.", NULL},
     .answer = walk,
     .variant = BETA_NOT_SQUARED},
    {.info = {"beta_turned", FORK_BUG, "", "1 / beta: precision counts more, not recall.", NULL},
     .answer = walk,
     .variant = BETA_TURNED},
    {.info = {"arithmetic_mean", FORK_BUG, "", "F as the arithmetic mean.", NULL},
     .answer = walk,
     .variant = ARITHMETIC_MEAN},
    {.info = {"geometric_mean", FORK_CONVENTION, "", "The geometric mean (Fowlkes, Mallows).",
              NULL},
     .answer = walk,
     .variant = GEOMETRIC_MEAN},
    {.info = {"factor_two", FORK_BUG, "", "2 in place of 1 + beta^2.", NULL},
     .answer = walk,
     .variant = FACTOR_FORGOTTEN},
    {.info = {"precision_is_accuracy", FORK_BUG, "", "(TP + TN) / all for precision.", NULL},
     .answer = walk,
     .variant = PRECISION_IS_ACCURACY},
    {.info = {"shares_of_predictions", FORK_BUG, "",
              "The weighted mean by predictions, not by labels.", NULL},
     .answer = walk,
     .variant = SHARES_OF_PREDICTIONS},
    {.info = {"micro_without_class_zero", FORK_CONVENTION, "",
              "Class 0 is taken for the background and left out of micro sums.", NULL},
     .answer = walk,
     .variant = MICRO_OF_POSITIVE},
    {.info = {"empty_sets_skipped", FORK_BUG, "", "Samples without labels are not averaged.", NULL},
     .answer = walk,
     .variant = EMPTY_SETS_SKIPPED},
    {.info = {"f_one", FORK_BUG, "", "beta is ignored.", NULL}, .number = {"beta", 1}},
    {.info = {"positive_class_one", FORK_BUG, "", "The positive class is always 1.", NULL},
     .number = {"positive", 1}},
    {.info = {"undefined_zero", FORK_CONVENTION, "270", "0 / 0 is 0.", NULL},
     .instead = {"undefined", "zero"}},
    {.info = {"undefined_one", FORK_CONVENTION, "270", "0 / 0 is 1.", NULL},
     .instead = {"undefined", "one"}},
    {.info = {"undefined_excluded", FORK_CONVENTION, "270", "0 / 0 is left out of means.", NULL},
     .instead = {"undefined", "excluded"}},
    {.info = {"f_from_rates", FORK_CONVENTION, "270", "F from precision and recall.", NULL},
     .instead = {"f_from", "rates"}},
    {.info = {"f_from_counts", FORK_CONVENTION, "270", "F from counts.", NULL},
     .instead = {"f_from", "counts"}},
    {.info = {"mean_of_f", FORK_CONVENTION, "270", "Macro F as the mean of F.", NULL},
     .instead = {"macro_f", "mean_of_f"}},
    {.info = {"f_of_means", FORK_CONVENTION, "270", "Macro F from macro rates.", NULL},
     .instead = {"macro_f", "f_of_means"}},
    {.info = {"absent_counted", FORK_CONVENTION, "", "Absent classes are averaged.", NULL},
     .instead = {"absent", "counted"}},
    {.info = {"absent_skipped", FORK_CONVENTION, "", "Absent classes are not averaged.", NULL},
     .instead = {"absent", "skipped"}},
    {.info = {"micro_for_all", FORK_CONVENTION, "270", "Always micro averages.", NULL},
     .instead = {"average", "micro"}},
    {.info = {"macro_for_all", FORK_CONVENTION, "270", "Always macro averages.", NULL},
     .instead = {"average", "macro"}},
    {.info = {"weighted_for_all", FORK_CONVENTION, "", "Always weighted averages.", NULL},
     .instead = {"average", "weighted"}},
};

const struct fork_list precision_recall_f_score_forks = {sizeof table / sizeof *table, table};
