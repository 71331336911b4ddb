// SPDX-License-Identifier: MIT
/* Precision, recall and F scores; definition in reference/metrics/precision_recall_f_score.h.
 *
 * How it is distributed: the samples are sharded. What crosses the network are the K^2 sums of a
 * confusion matrix, or three sums for each of L labels, or, for means over samples, six sums; block
 * by block, or as whole numbers.
 */
#include "averages.h"
#include "confusion.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED, SAMPLES };
static const char *const names[] = {"precision", "recall", "f"};

struct rule {
    enum undefined undefined;
    scalar beta;
    bool from_rates;
};

struct tally {
    struct rule rule;
    size_t units;
    scalar *right, *truly, *called;
};

static struct rule read_rule(struct question *q)
{
    static const char *const ways[] = {"counts", "rates", NULL};
    struct rule rule = {undefined_read(q), question_number_or(q, "beta", 1),
                        question_choice(q, "f_from", ways) == 1};
    if (rule.beta < 0)
        question_refuse(q, "its 'beta' is %g; it must not be negative", (double)rule.beta);
    return rule;
}

/* score[0..2] = precision, recall, F. */
static void score(const struct rule *rule, scalar right, scalar truly, scalar called,
                  scalar value[3], bool defined[3])
{
    scalar b = rule->beta * rule->beta;
    value[0] = undefined_ratio(right, called, rule->undefined, &defined[0]);
    value[1] = undefined_ratio(right, truly, rule->undefined, &defined[1]);
    if (!rule->from_rates) {
        value[2] =
            undefined_ratio((1 + b) * right, b * truly + called, rule->undefined, &defined[2]);
        return;
    }
    value[2] = undefined_ratio((1 + b) * value[0] * value[1], b * value[0] + value[1],
                               UNDEFINED_ZERO, &defined[2]);
    defined[2] = defined[0] && defined[1];
    value[2] = defined[2] ? value[2] : 0;
}

static struct tally count_classes(struct question *q)
{
    struct confusion c = confusion_read(q);
    struct tally t = {.rule = read_rule(q), .units = c.K, .truly = c.truly, .called = c.called};
    t.right = question_scratch(q, c.K);
    for (size_t k = 0; k < c.K; k++)
        t.right[k] = c.matrix[k * c.K + k];
    question_bind(q, 'K', c.K);
    return t;
}

struct sets {
    size_t N, L, rows;
    const int *labels, *predicted;
    const scalar *weight;
};

static struct sets read_sets(struct question *q)
{
    struct sets s = {.labels = question_integers(q, "labels", "[N]K", 0, 1)};
    s.N = question_size(q, 'N');
    s.L = question_size(q, 'K');
    if (s.N == 0 || s.L == 0)
        question_refuse(q, "its 'labels' are %zu sets of %zu; give some", s.N, s.L);
    s.predicted = question_integers(q, "predicted", "[N]K", 0, 1);
    s.rows = question_part(q, 'N');
    s.weight = confusion_weights(q);
    return s;
}

static struct tally count_labels(struct question *q, const struct sets *s)
{
    struct tally t = {.rule = read_rule(q), .units = s->L};
    int *bin = arena_take(question_arena(q), s->rows, sizeof *bin);
    t.right = question_scratch(q, s->L);
    t.truly = question_scratch(q, s->L);
    t.called = question_scratch(q, s->L);
    for (size_t l = 0; l < s->L; l++) {
        scalar sum[3];
        for (size_t n = 0; n < s->rows; n++)
            bin[n] = s->labels[n * s->L + l] && s->predicted[n * s->L + l] ? 0 : -1;
        confusion_bins(q, 1, bin, s->weight, &sum[0]);
        for (size_t n = 0; n < s->rows; n++)
            bin[n] = s->labels[n * s->L + l] ? 0 : -1;
        confusion_bins(q, 1, bin, s->weight, &sum[1]);
        for (size_t n = 0; n < s->rows; n++)
            bin[n] = s->predicted[n * s->L + l] ? 0 : -1;
        confusion_bins(q, 1, bin, s->weight, &sum[2]);
        t.right[l] = sum[0];
        t.truly[l] = sum[1];
        t.called[l] = sum[2];
    }
    return t;
}

static void answer_each(struct question *q, const struct tally *t)
{
    scalar *out[3], value[3];
    bool defined[3];
    for (int m = 0; m < 3; m++)
        out[m] = question_output(q, names[m], "K");
    for (size_t k = 0; k < t->units; k++) {
        score(&t->rule, t->right[k], t->truly[k], t->called[k], value, defined);
        for (int m = 0; m < 3; m++)
            out[m][k] = value[m];
    }
}

/* Adds what sample n has to the sums (value share, share) of the three scores. */
static void add_sample(const struct rule *rule, const struct sets *s, size_t n, scalar sum[6])
{
    scalar right = 0, truly = 0, called = 0, value[3];
    bool defined[3];
    for (size_t i = n * s->L; i < (n + 1) * s->L; i++) {
        right += (scalar)(s->labels[i] * s->predicted[i]);
        truly += (scalar)s->labels[i];
        called += (scalar)s->predicted[i];
    }
    score(rule, right, truly, called, value, defined);
    for (int m = 0; m < 3; m++) {
        scalar share = !defined[m] ? 0 : s->weight != NULL ? s->weight[n] : 1;
        sum[2 * m] += value[m] * share;
        sum[2 * m + 1] += share;
    }
}

static void answer_samples(struct question *q, const struct sets *s)
{
    struct rule rule = read_rule(q);
    struct reduction *reduction = question_sum(q, 'N', 6);
    scalar sum[6];
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            add_sample(&rule, s, n, leaf);
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
    for (int m = 0; m < 3; m++) {
        if (!(sum[2 * m + 1] > 0))
            question_refuse(q, "excluding what is 'undefined' leaves nothing to average");
        *question_output(q, names[m], "") = sum[2 * m] / sum[2 * m + 1];
    }
}

static void answer_one(struct question *q, const struct tally *t, bool binary)
{
    size_t positive = binary ? question_count_or(q, "positive", 1, 0, t->units - 1) : 0;
    scalar right = 0, truly = 0, called = 0, value[3];
    bool defined[3];
    for (size_t k = binary ? positive : 0; k < (binary ? positive + 1 : t->units); k++) {
        right += t->right[k];
        truly += t->truly[k];
        called += t->called[k];
    }
    score(&t->rule, right, truly, called, value, defined);
    for (int m = 0; m < 3; m++)
        *question_output(q, names[m], "") = value[m];
}

static void answer_mean(struct question *q, const struct tally *t, bool macro)
{
    static const char *const ways[] = {"mean_of_f", "f_of_means", NULL};
    static const char *const absences[] = {"counted", "skipped", NULL};
    bool of_means = question_choice(q, "macro_f", ways) == 1 && macro;
    bool skipped = question_choice(q, "absent", absences) == 1;
    scalar mean[3], *value = question_scratch(q, 3 * t->units), three[3], b = t->rule.beta;
    bool *defined = arena_take(question_arena(q), 3 * t->units, sizeof *defined), is[3];
    for (size_t k = 0; k < t->units; k++) {
        bool absent = t->truly[k] == 0 && t->called[k] == 0;
        score(&t->rule, t->right[k], t->truly[k], t->called[k], three, is);
        for (size_t m = 0; m < 3; m++) {
            value[m * t->units + k] = three[m];
            defined[m * t->units + k] = is[m] && !(skipped && absent);
        }
    }
    for (size_t m = 0; m < 3; m++)
        mean[m] = average_of(q, t->units, value + m * t->units, macro ? NULL : t->truly,
                             defined + m * t->units);
    b = b * b;
    if (of_means)
        mean[2] = undefined_ratio((1 + b) * mean[0] * mean[1], b * mean[0] + mean[1],
                                  UNDEFINED_ZERO, &is[0]);
    for (int m = 0; m < 3; m++)
        *question_output(q, names[m], "") = mean[m];
}

void precision_recall_f_score_run(struct question *q)
{
    static const char *const averages[] = {"none",     "binary",  "micro", "macro",
                                           "weighted", "samples", NULL};
    int average = question_choice(q, "average", averages);
    bool in_sets = question_axes(q, "labels") == 2;
    if (average == SAMPLES && !in_sets)
        question_refuse(q, "its 'average' is samples; that needs labels in columns");
    struct sets sets = {0};
    if (in_sets)
        sets = read_sets(q);
    if (average == SAMPLES) {
        answer_samples(q, &sets);
        return;
    }
    struct tally t = in_sets ? count_labels(q, &sets) : count_classes(q);
    if (average == EACH)
        answer_each(q, &t);
    else if (average == BINARY || average == MICRO)
        answer_one(q, &t, average == BINARY);
    else
        answer_mean(q, &t, average == MACRO);
}
