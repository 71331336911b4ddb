// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    SOFT_AT_ONE,
    STUDENT_AT_ONE,
    TEACHER_AT_ONE,
    HARD_STUDENT,
    MOST_LIKELY,
    SOFT_OF_START,
    TESTED_AT_T,
    TEMPERATURE_MULTIPLIES,
    NO_DIVISION,
    UPHILL,
    SUMMED,
    SLOPE_AVERAGED,
    SLOPE_OF_TEACHER,
    LOSS_AFTER,
    BIASES_KEPT,
    LAST_SAMPLE_LOST,
    RAW_UNITS
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    size_t steps;
    real T, U, F, rate;
    const real *x, *mean, *deviation;
    const int *labels;
    real *u, *p, *t, *dz, *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
};

static struct rival read(struct call *call)
{
    static const char *const scales[] = {"none", "squared", NULL};
    struct rival is = {.mistake = (enum mistake)call_variant(call)};
    is.x = rival_read(call, &is.net);
    size_t N = is.net.N, K = is.net.K;
    is.labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    is.steps = call_count(call, "steps", 1, 64);
    is.T = call_number_or(call, "temperature", R(20.0));
    is.U = call_number_or(call, "test_temperature", R(1.0));
    is.rate = call_number(call, "rate");
    is.F = call_choice(call, "scale", scales) ? is.T * is.T : 1;
    is.U = is.mistake == TESTED_AT_T ? is.T : is.U;
    if (is.mistake == TEMPERATURE_MULTIPLIES)
        is.T = 1 / is.T;
    if (call_has(call, "mean")) {
        is.mean = call_input(call, "mean", "a");
        is.deviation = call_input(call, "deviation", "a");
    }
    is.u = call_scratch(call, N * is.net.D);
    is.p = call_scratch(call, N * K);
    is.t = call_scratch(call, N * K);
    is.dz = call_scratch(call, N * K);
    for (size_t l = 0; l < is.net.net.layers; l++) {
        is.dw[l] = call_scratch(call, is.net.net.size[l] * is.net.net.size[l + 1]);
        is.db[l] = call_scratch(call, is.net.net.size[l + 1]);
    }
    return is;
}

/* p at temperature T, from the network as it is. */
static const real *forward(struct rival *is, real T)
{
    size_t D = is->net.D, K = is->net.K;
    for (size_t i = 0; i < is->net.N * D; i++)
        is->u[i] = is->mean ? (is->x[i] - is->mean[i % D]) / is->deviation[i % D] : is->x[i];
    const real *z = rival_logits(&is->net, is->u);
    for (size_t n = 0; n < is->net.N; n++)
        rival_softmax(is->p + n * K, z + n * K, T, K);
    return z;
}

static real loss_of(const struct rival *is, const real *z, real T)
{
    size_t K = is->net.K;
    real loss = 0;
    for (size_t n = is->net.N; n-- > 0;) {
        size_t top = 0;
        real rest = 0;
        for (size_t k = 0; k < K; k++)
            top = z[n * K + k] > z[n * K + top] ? k : top;
        for (size_t k = K; k-- > 0;)
            rest = rest + (k == top ? 0 : real_exp((z[n * K + k] - z[n * K + top]) / T));
        for (size_t k = K; k-- > 0;) {
            real surprise = (z[n * K + top] - z[n * K + k]) / T + real_log1p(rest);
            loss = loss + is->t[n * K + k] * surprise;
        }
    }
    return loss / real_count(is->net.N) * is->F;
}

static real step(struct rival *is, int student)
{
    struct perceptron *net = &is->net.net;
    size_t N = is->net.N, K = is->net.K;
    int alone = is->mistake == STUDENT_AT_ONE ? student : !student;
    int at_one = alone && (is->mistake == STUDENT_AT_ONE || is->mistake == TEACHER_AT_ONE);
    real T = at_one ? 1 : is->T;
    real loss = loss_of(is, forward(is, T), T);
    for (size_t i = 0; i < N * K; i++) {
        real scale = is->F / (is->mistake == NO_DIVISION ? 1 : T);
        is->dz[i] = scale * (is->p[i] - is->t[i]) / (is->mistake == SUMMED ? 1 : real_count(N));
        if (is->mistake == LAST_SAMPLE_LOST && i / K + 1 == N)
            is->dz[i] = 0;
    }
    for (size_t l = 0; l < net->layers; l++)
        for (size_t k = 0; k < (net->size[l] + 1) * net->size[l + 1]; k++) {
            size_t w = net->size[l] * net->size[l + 1];
            *(k < w ? is->dw[l] + k : is->db[l] + (k - w)) = 0;
        }
    rival_pullback(&is->net, NULL, is->dz, is->dw, is->db);
    real rate = is->mistake == UPHILL ? -is->rate : is->rate;
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++)
            net->w[l][k] = net->w[l][k] - is->dw[l][k] * rate;
        for (size_t k = 0; k < net->size[l + 1] && is->mistake != BIASES_KEPT; k++)
            net->b[l][k] = net->b[l][k] - is->db[l][k] * rate;
    }
    return is->mistake == LOSS_AFTER ? loss_of(is, forward(is, T), T) : loss;
}

static void one_hot(struct rival *is)
{
    for (size_t i = 0; i < is->net.N * is->net.K; i++)
        is->t[i] = (size_t)is->labels[i / is->net.K] == i % is->net.K ? 1 : 0;
}

/* The teacher's labels for the student; soft is what is shown. */
static void label(struct rival *is, real *soft)
{
    size_t K = is->net.K;
    forward(is, is->mistake == SOFT_AT_ONE ? 1 : is->T);
    for (size_t i = 0; i < is->net.N * K; i++) {
        size_t n = i / K, top = 0;
        for (size_t k = 0; k < K; k++)
            top = is->p[n * K + k] > is->p[n * K + top] ? k : top;
        soft[i] = is->p[i];
        if (is->mistake != HARD_STUDENT)
            is->t[i] = is->mistake == MOST_LIKELY ? (i % K == top ? 1 : 0) : soft[i];
    }
}

static void test(struct rival *is, real *p, real *slope)
{
    size_t N = is->net.N, K = is->net.K, D = is->net.D;
    one_hot(is);
    forward(is, is->U);
    for (size_t i = 0; i < N * K; i++) {
        p[i] = is->p[i];
        is->dz[i] = (is->p[i] - is->t[i]) / is->U;
        is->dz[i] = is->dz[i] / (is->mistake == SLOPE_AVERAGED ? real_count(N) : 1);
    }
    rival_pullback(&is->net, slope, is->dz, NULL, NULL);
    for (size_t i = 0; i < N * D && is->mean && is->mistake != RAW_UNITS; i++)
        slope[i] = slope[i] / is->deviation[i % D];
}

/* The parameters from `from` into `to`. */
static void copy(const struct perceptron *net, real *const *w, real *const *b, int out)
{
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++)
            *(out ? &w[l][k] : &net->w[l][k]) = out ? net->w[l][k] : w[l][k];
        for (size_t k = 0; k < net->size[l + 1]; k++)
            *(out ? &b[l][k] : &net->b[l][k]) = out ? net->b[l][k] : b[l][k];
    }
}

static void twice(struct call *call)
{
    static const char *const starts[] = {"fresh", "teacher", NULL};
    struct rival is = read(call);
    struct perceptron *net = &is.net.net;
    int fresh = call_choice(call, "start", starts) == 0;
    call_bind(call, 'S', is.steps);
    real *teacher = call_output(call, "teacher_loss", "S");
    real *student = call_output(call, "student_loss", "S"), *soft = call_output(call, "soft", "NK");
    real *p = call_output(call, "p", "NK"), *slope = call_output(call, "slope", "Na");
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    network_outputs(call, net, "student_", w, b);
    copy(net, w, b, 1);
    one_hot(&is);
    if (is.mistake == SOFT_OF_START)
        label(&is, soft);
    one_hot(&is);
    for (size_t s = 0; s < is.steps; s++)
        teacher[s] = step(&is, 0);
    if (is.mistake == SOFT_OF_START)
        for (size_t i = 0; i < is.net.N * is.net.K; i++)
            is.t[i] = soft[i];
    else
        label(&is, soft);
    if (is.mistake == SLOPE_OF_TEACHER)
        test(&is, p, slope);
    for (size_t i = 0; i < is.net.N * is.net.K && is.mistake == SLOPE_OF_TEACHER; i++)
        is.t[i] = soft[i];
    if (fresh)
        copy(net, w, b, 0);
    for (size_t s = 0; s < is.steps; s++)
        student[s] = step(&is, 1);
    if (is.mistake != SLOPE_OF_TEACHER)
        test(&is, p, slope);
    copy(net, w, b, 1);
}

static const struct fork table[] = {
    {.info = {"twice", FORK_TWIN, "",
              "Another network and softmax; losses as logarithms of sums of all classes but the "
              "largest.",
              NULL},
     .answer = twice},
    {.info = {"soft_at_one", FORK_BUG, "", "The teacher's labels are not softened.", NULL},
     .answer = twice,
     .variant = SOFT_AT_ONE},
    {.info = {"student_at_one", FORK_BUG, "", "The student is not softened while it learns.", NULL},
     .answer = twice,
     .variant = STUDENT_AT_ONE},
    {.info = {"teacher_at_one", FORK_CONVENTION, "", "The teacher learns at temperature 1.", NULL},
     .answer = twice,
     .variant = TEACHER_AT_ONE},
    {.info = {"hard_student", FORK_BUG, "", "The student learns the hard labels.", NULL},
     .answer = twice,
     .variant = HARD_STUDENT},
    {.info = {"most_likely", FORK_BUG, "", "The student learns the teacher's likeliest class.",
              NULL},
     .answer = twice,
     .variant = MOST_LIKELY},
    {.info = {"soft_of_start", FORK_BUG, "", "Soft labels of the teacher before it learned.", NULL},
     .answer = twice,
     .variant = SOFT_OF_START},
    {.info = {"tested_at_temperature", FORK_BUG, "",
              "The student is tested at the temperature of its training.", NULL},
     .answer = twice,
     .variant = TESTED_AT_T},
    {.info = {"temperature_multiplies", FORK_BUG, "", "Logits are multiplied by the temperature.",
              NULL},
     .answer = twice,
     .variant = TEMPERATURE_MULTIPLIES},
    {.info = {"gradient_not_divided", FORK_BUG, "", "The gradient without 1 / T.", NULL},
     .answer = twice,
     .variant = NO_DIVISION},
    {.info = {"uphill", FORK_BUG, "83", "Steps up the gradient.", NULL},
     .answer = twice,
     .variant = UPHILL},
    {.info = {"summed", FORK_CONVENTION, "251", "Gradients are summed over the samples.", NULL},
     .answer = twice,
     .variant = SUMMED},
    {.info = {"slope_averaged", FORK_BUG, "251", "Slopes of the mean loss.", NULL},
     .answer = twice,
     .variant = SLOPE_AVERAGED},
    {.info = {"teacher_tested", FORK_BUG, "", "The teacher is tested instead of the student.",
              NULL},
     .answer = twice,
     .variant = SLOPE_OF_TEACHER},
    {.info = {"loss_after_step", FORK_CONVENTION, "", "Losses after each step.", NULL},
     .answer = twice,
     .variant = LOSS_AFTER},
    {.info = {"biases_kept", FORK_BUG, "", "Biases do not learn.", NULL},
     .answer = twice,
     .variant = BIASES_KEPT},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample has no gradient.", NULL},
     .answer = twice,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"normalised_units", FORK_BUG, "259", "Slopes by the normalised inputs.", NULL},
     .answer = twice,
     .variant = RAW_UNITS},
    {.info = {"squared_always", FORK_CONVENTION, "", "The loss times T^2 whatever is asked for.",
              NULL},
     .instead = {"scale", "squared"}},
    {.info = {"never_squared", FORK_CONVENTION, "", "No T^2 whatever is asked for.", NULL},
     .instead = {"scale", "none"}},
    {.info = {"always_goes_on", FORK_CONVENTION, "", "The student starts from the teacher.", NULL},
     .instead = {"start", "teacher"}},
    {.info = {"always_fresh", FORK_CONVENTION, "", "The student starts afresh.", NULL},
     .instead = {"start", "fresh"}},
    {.info = {"temperature_of_one", FORK_BUG, "", "The temperature is 1 whatever is stated.", NULL},
     .number = {"temperature", 1}},
};

const struct fork_list defensive_distillation_forks = {sizeof table / sizeof *table, table};
