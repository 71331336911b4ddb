// SPDX-License-Identifier: MIT
/* Boosting of stumps; definition in reference/imbalance/boosted_stumps.h.
 *
 * How it is distributed: in every round the features are shared out among the ranks (stump.h), and
 * all ranks learn the best split. The weights of the samples are whole on every rank and change
 * everywhere alike. Scores are sharded by samples.
 */
#include "stump.h"

struct boosting {
    struct stump_data data;
    size_t T;
    scalar rate;
    bool exponential, always;
    const scalar *class_weight;
    scalar *w;
    size_t *said; /* (T,N) */
};

static scalar add(size_t N, const scalar *value)
{
    scalar sum = 0;
    for (size_t n = 0; n < N; n++)
        sum += value[n];
    return sum;
}

static struct boosting read_boosting(struct question *q)
{
    static const char *const forms[] = {"samme", "exponential", NULL};
    static const char *const costs[] = {"start", "always", NULL};
    struct boosting is = {.data = stump_read(q), .T = question_count(q, "rounds", 1, 1000)};
    const size_t N = is.data.N;
    is.rate = question_number_or(q, "rate", 1);
    if (!(is.rate > 0))
        question_refuse(q, "its number 'rate' is %g; it must be above 0", (double)is.rate);
    is.exponential = question_choice(q, "form", forms) == 1;
    if (is.data.C < 2 || (is.exponential && is.data.C != 2))
        question_refuse(q, "its number 'classes' is %zu, which this form cannot do", is.data.C);
    is.always = question_choice(q, "costs", costs) == 1;
    const scalar *start = stump_weights(q, &is.data);
    if (question_has(q, "class_weight"))
        is.class_weight = question_input(q, "class_weight", "C");
    question_bind(q, 'T', is.T);
    is.w = question_scratch(q, N);
    const scalar total = add(N, start);
    for (size_t n = 0; n < N; n++)
        is.w[n] = start[n] / total;
    is.said = arena_take(question_arena(q), is.T * N, sizeof *is.said);
    return is;
}

/* Returns alpha; w becomes that of the next round. */
static scalar reweigh(struct question *q, const struct boosting *is, const size_t *said, scalar *e)
{
    const struct kernels *kernels = question_team(q)->kernels;
    const size_t N = is->data.N;
    const scalar C = (scalar)is->data.C;
    const int *label = is->data.label;
    scalar wrong = 0, logarithm[2];
    for (size_t n = 0; n < N; n++)
        wrong += said[n] != (size_t)label[n] ? is->w[n] : 0;
    *e = wrong / add(N, is->w);
    if (!(*e > 0) || !(1 - 1 / C - *e > 0))
        question_refuse(q, "its number 'rounds' goes beyond a stump that errs nowhere or like a "
                           "guess");
    logarithm[0] = (1 - *e) / *e;
    logarithm[1] = C - 1;
    kernels->logarithm(2, logarithm, logarithm);
    const scalar alpha =
        is->rate * (is->exponential ? logarithm[0] / 2 : logarithm[0] + logarithm[1]);
    scalar grows[2] = {alpha, -alpha};
    kernels->exponential(2, grows, grows);
    for (size_t n = 0; n < N; n++) {
        if (said[n] != (size_t)label[n])
            is->w[n] *= grows[0];
        else if (is->exponential)
            is->w[n] *= grows[1];
        if (is->always && is->class_weight != NULL)
            is->w[n] *= is->class_weight[label[n]];
    }
    const scalar total = add(N, is->w);
    for (size_t n = 0; n < N; n++)
        is->w[n] /= total;
    return alpha;
}

/* Scores of this rank's samples. */
static void vote(struct question *q, const struct boosting *is, const scalar *alpha)
{
    const size_t N = is->data.N, C = is->data.C;
    question_integers(q, "label", "[N]", 0, (int)C - 1); /* cuts the samples */
    scalar *score = question_output(q, "score", "[N]C");
    scalar *predicted = question_output(q, "predicted", "[N]");
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        scalar *own = score + i * C;
        size_t best = 0;
        for (size_t t = 0; t < is->T; t++)
            own[is->said[t * N + question_first(q, 'N') + i]] += alpha[t];
        for (size_t k = 1; k < C; k++)
            if (own[k] > own[best] || (is->data.last_wins && own[k] == own[best]))
                best = k;
        predicted[i] = (scalar)best;
    }
}

void boosted_stumps_run(struct question *q)
{
    const struct boosting is = read_boosting(q);
    const size_t N = is.data.N;
    scalar *feature = question_output(q, "feature", "T");
    scalar *threshold = question_output(q, "threshold", "T");
    scalar *left = question_output(q, "left_label", "T");
    scalar *right = question_output(q, "right_label", "T");
    scalar *error = question_output(q, "error", "T"), *alpha = question_output(q, "alpha", "T");
    scalar *weights = question_output(q, "weights", "TN"), *gain = question_scratch(q, is.data.D);
    for (size_t t = 0; t < is.T; t++) {
        const struct stump stump = stump_grow(q, &is.data, is.w, gain);
        feature[t] = (scalar)stump.feature;
        threshold[t] = stump.threshold;
        left[t] = (scalar)stump.left_label;
        right[t] = (scalar)stump.right_label;
        for (size_t n = 0; n < N; n++) {
            const bool above = is.data.x[n * is.data.D + stump.feature] > stump.threshold;
            is.said[t * N + n] = above ? stump.right_label : stump.left_label;
        }
        alpha[t] = reweigh(q, &is, is.said + t * N, &error[t]);
        for (size_t n = 0; n < N; n++)
            weights[t * N + n] = is.w[n];
    }
    vote(q, &is, alpha);
}
