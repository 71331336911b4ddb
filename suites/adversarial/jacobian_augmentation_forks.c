// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    SCHEDULE_LATE,
    SCHEDULE_OF_ONE,
    SIGN_OF_LAMBDA,
    CHILDREN_FIRST,
    LATEST_ALONE,
    SLOPE_OF_LOSS,
    SLOPE_OF_PREDICTED,
    SLOPE_OF_ALL,
    GRADIENT_ITSELF,
    ROOT_LABEL,
    SUBSTITUTE_LABELS,
    ROOT_SLOPES,
    NOT_CUT,
    BIAS_FORGOTTEN
};

struct augmentation {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int schedule, probabilities, by_parent;
    size_t rounds, period;
    real lambda;
    const real *w, *b;
    const int *labels;
    real *dx, *dz; /* (D), (K) */
};

static struct augmentation read_augmentation(struct call *call)
{
    static const char *const schedules[] = {"constant", "alternating", "once", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const labellers[] = {"oracle", "parent", NULL};
    struct augmentation is = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &is.victim);
    is.at = jacobian_create(call, &is.victim);
    is.schedule = call_choice(call, "schedule", schedules);
    is.probabilities = call_choice(call, "value", values);
    is.by_parent = call_choice(call, "labels_by", labellers);
    is.rounds = call_count_or(call, "rounds", 1, 1, 16);
    is.period = call_count_or(call, "period", 3, 1, 1 << 16);
    is.lambda = call_number_or(call, "lambda", R(0.1));
    is.labels = call_integers(call, "labels", "N", 0, (int)is.victim.K - 1);
    if (!is.by_parent) {
        is.w = call_input(call, "oracle_w", "aK");
        is.b = call_input(call, "oracle_b", "K");
    }
    is.dx = call_scratch(call, is.victim.D);
    is.dz = call_scratch(call, is.victim.K);
    call_bind(call, 'P', (size_t)1 << is.rounds);
    call_bind(call, 'R', is.rounds);
    return is;
}

static real lambda_of(const struct augmentation *is, size_t r)
{
    size_t turns = 0, round = r + (is->mistake == SCHEDULE_LATE);
    size_t period = is->mistake == SCHEDULE_OF_ONE ? 1 : is->period;
    for (size_t s = 1; s <= round; s++)
        turns = turns + (s % period == 0);
    if (is->schedule == 1)
        return turns % 2 ? -is->lambda : is->lambda;
    return is->schedule == 2 && turns == 0 ? -is->lambda : is->lambda;
}

/* dx: the slope of the output of class y at x, of probabilities by gaps to the largest logit. */
static void differentiate(struct augmentation *is, const real *x, size_t y)
{
    size_t K = is->victim.K;
    jacobian_fill(&is->at, x);
    const real *z = is->at.z;
    size_t top = jacobian_class(&is->at);
    y = is->mistake == SLOPE_OF_PREDICTED ? top : y;
    real others = 0, sum = 0;
    for (size_t k = K; k-- > 0;) {
        real e = real_exp(z[k] - z[top]);
        others = others + (k == y ? 0 : e);
        sum = sum + e;
    }
    for (size_t k = 0; k < K; k++) {
        is->dz[k] = (real)(k == y);
        if (is->probabilities || is->mistake == SLOPE_OF_LOSS)
            is->dz[k] = (k == y ? others : -real_exp(z[k] - z[top])) / sum;
        is->dz[k] = is->mistake == SLOPE_OF_LOSS ? -is->dz[k] : is->dz[k];
        is->dz[k] = is->mistake == SLOPE_OF_ALL ? 1 : is->dz[k];
    }
    jacobian_combine(&is->at, is->dx, is->dz);
}

static real oracle(struct augmentation *is, const real *x)
{
    size_t D = is->victim.D, K = is->victim.K, best = K;
    real most = 0;
    if (is->mistake == SUBSTITUTE_LABELS) {
        jacobian_fill(&is->at, x);
        return real_count(jacobian_class(&is->at));
    }
    for (size_t k = K; k-- > 0;) {
        real z = is->mistake == BIAS_FORGOTTEN ? 0 : is->b[k];
        for (size_t d = D; d-- > 0;)
            z = z + x[d] * is->w[d * K + k];
        if (best == K || z >= most) {
            best = k;
            most = z;
        }
    }
    return real_count(best);
}

static real clip(const struct augmentation *is, real x)
{
    const struct victim *victim = &is->victim;
    if (!victim->boxed || is->mistake == NOT_CUT)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

/* The child of x with label y, and its label. */
static real bear(struct augmentation *is, real *child, const real *x, const real *root, real label,
                 real lambda)
{
    size_t y = 0;
    while (real_count(y) < label)
        y++;
    lambda = is->mistake == SIGN_OF_LAMBDA ? real_abs(lambda) : lambda;
    differentiate(is, is->mistake == ROOT_SLOPES ? root : x, y);
    for (size_t d = 0; d < is->victim.D; d++) {
        real way = (real)((is->dx[d] > 0) - (is->dx[d] < 0));
        way = is->mistake == GRADIENT_ITSELF ? is->dx[d] : way;
        child[d] = clip(is, x[d] + lambda * way);
    }
    return is->by_parent ? label : oracle(is, child);
}

static void augment(struct call *call)
{
    struct augmentation is = read_augmentation(call);
    size_t N = is.victim.N, D = is.victim.D;
    real *samples = call_output(call, "samples", "PNa");
    real *labels = call_output_integers(call, "sample_labels", "PN");
    real *lambdas = call_output(call, "lambdas", "R");
    for (size_t n = 0; n < N; n++) {
        const real *root = &is.victim.x[n * D];
        for (size_t d = 0; d < D; d++)
            samples[n * D + d] = root[d];
        labels[n] = (real)is.labels[n];
        for (size_t r = 0; r < is.rounds; r++) {
            size_t half = (size_t)1 << r;
            lambdas[r] = lambda_of(&is, r);
            for (size_t p = 0; p < half; p++) {
                size_t of = is.mistake == LATEST_ALONE ? half - 1 : p;
                size_t to = (is.mistake == CHILDREN_FIRST ? 2 * half - 1 - p : half + p) * N + n;
                real label = is.mistake == ROOT_LABEL ? labels[n] : labels[of * N + n];
                labels[to] = bear(&is, &samples[to * D], &samples[(of * N + n) * D], root, label,
                                  lambdas[r]);
            }
        }
    }
}

static const struct fork table[] = {
    {.info = {"family_by_family", FORK_TWIN, "",
              "One sample's whole family after the other; slopes forwards.", NULL},
     .answer = augment},
    {.info = {"always_constant", FORK_CONVENTION, "258", "lambda keeps its sign.", NULL},
     .instead = {"schedule", "constant"}},
    {.info = {"always_alternating", FORK_CONVENTION, "258", "lambda turns its sign.", NULL},
     .instead = {"schedule", "alternating"}},
    {.info = {"turns_once", FORK_CONVENTION, "258", "lambda turns its sign once.", NULL},
     .instead = {"schedule", "once"}},
    {.info = {"of_logits", FORK_CONVENTION, "", "Slopes of logits.", NULL},
     .instead = {"value", "logits"}},
    {.info = {"of_probabilities", FORK_CONVENTION, "", "Slopes of probabilities.", NULL},
     .instead = {"value", "probabilities"}},
    {.info = {"parents_labels", FORK_CONVENTION, "", "Children keep their label.", NULL},
     .instead = {"labels_by", "parent"}},
    {.info = {"lambda_fixed", FORK_CONVENTION, "", "lambda is 0.1.", NULL},
     .number = {"lambda", 0.1}},
    {.info = {"schedule_one_early", FORK_BUG, "258", "The sign turns a round too early.", NULL},
     .answer = augment,
     .variant = SCHEDULE_LATE},
    {.info = {"period_ignored", FORK_BUG, "258", "The sign turns every round.", NULL},
     .answer = augment,
     .variant = SCHEDULE_OF_ONE},
    {.info = {"sign_ignored", FORK_BUG, "258", "Always forwards.", NULL},
     .answer = augment,
     .variant = SIGN_OF_LAMBDA},
    {.info = {"children_reversed", FORK_BUG, "", "Children in the opposite order.", NULL},
     .answer = augment,
     .variant = CHILDREN_FIRST},
    {.info = {"latest_alone", FORK_BUG, "", "Only the latest has children.", NULL},
     .answer = augment,
     .variant = LATEST_ALONE},
    {.info = {"slope_of_loss", FORK_BUG, "", "Up the loss, as an attack would.", NULL},
     .answer = augment,
     .variant = SLOPE_OF_LOSS},
    {.info = {"slope_of_predicted", FORK_BUG, "250", "The substitute's class, not the label.",
              NULL},
     .answer = augment,
     .variant = SLOPE_OF_PREDICTED},
    {.info = {"slope_of_all", FORK_BUG, "", "The sum of all outputs.", NULL},
     .answer = augment,
     .variant = SLOPE_OF_ALL},
    {.info = {"gradient_itself", FORK_BUG, "245", "No sign.", NULL},
     .answer = augment,
     .variant = GRADIENT_ITSELF},
    {.info = {"ancestors_label", FORK_BUG, "", "Slopes by the first sample's label.", NULL},
     .answer = augment,
     .variant = ROOT_LABEL},
    {.info = {"substitute_labels", FORK_BUG, "", "The substitute is asked, not the oracle.", NULL},
     .answer = augment,
     .variant = SUBSTITUTE_LABELS},
    {.info = {"ancestors_slopes", FORK_BUG, "", "Slopes at the first sample.", NULL},
     .answer = augment,
     .variant = ROOT_SLOPES},
    {.info = {"not_cut", FORK_BUG, "", "Children leave the box.", NULL},
     .answer = augment,
     .variant = NOT_CUT},
    {.info = {"oracle_bias_forgotten", FORK_BUG, "", "The oracle without its bias.", NULL},
     .answer = augment,
     .variant = BIAS_FORGOTTEN},
};

const struct fork_list jacobian_augmentation_forks = {sizeof table / sizeof *table, table};
