// SPDX-License-Identifier: MIT
/* The lab of the experiments: its steps and its training do what the techniques do (which the
 * goldens judge) and what their formulas say; parts of data are as large as they should be and have
 * nothing in common. */
#include "../protocol/dataset.h"
#include "lab/ask.h"
#include "lab/fit.h"
#include "lab/run.h"
#include "lab/split.h"

#include <math.h>
#include <mpi.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { P = 23, STEPS = 12, IN = 5, HIDDEN = 7, OUT = 3, SAMPLES = 50, BATCH = 16, EPOCHS = 3 };

static struct dataset digits;

/* Replica 2 of a claim whose experiment is the test. */
static void in_replica(experiment *test)
{
    const struct claim claim = {.id = "T-01", .replicas = 3, .run = test};
    double effect[1], curve[1];
    lab_run(&claim, 2, &digits, effect, curve);
    assert_true(effect[0] == 1);
}

/* ---- steps ----------------------------------------------------------------------------------- */

struct rule {
    enum fit_optimizer optimizer;
    const char *technique;
    const char *number[4]; /* names; the last is followed by NULL */
    double value[3];
    const char *choice, *chosen;
};

static const struct rule rules[] = {
    {FIT_GRADIENT_DESCENT, "gradient_descent", {NULL}, {0}, NULL, NULL},
    {FIT_MOMENTUM, "momentum", {"momentum"}, {0.9}, NULL, NULL},
    {FIT_NESTEROV, "momentum", {"momentum"}, {0.9}, "nesterov", "yes"},
    {FIT_ADAGRAD, "adagrad", {"epsilon"}, {1e-8}, "epsilon_placement", "outside_root"},
    {FIT_RMSPROP, "rmsprop", {"rho", "epsilon"}, {0.99, 1e-8}, NULL, NULL},
    {FIT_ADAM, "adam", {"beta1", "beta2", "epsilon"}, {0.9, 0.999, 1e-8}, NULL, NULL},
};

/* w (STEPS, P) after each step, as the technique has it. */
static const float *of_technique(struct replica *r, const struct rule *rule, const float *w,
                                 const float *g, const float *rate)
{
    struct ask *ask = ask_new(r, rule->technique);
    ask_floats(ask, "w", 1, (size_t[]){P}, w);
    ask_floats(ask, "g", 2, (size_t[]){STEPS, P}, g);
    ask_floats(ask, "rate", 1, (size_t[]){STEPS}, rate);
    for (size_t i = 0; rule->number[i] != NULL; i++)
        ask_number(ask, rule->number[i], rule->value[i]);
    if (rule->chosen != NULL)
        ask_choice(ask, rule->choice, rule->chosen);
    ask_run(ask);
    return ask_output(ask, "w_after", (size_t)STEPS * P);
}

/* x^t, without the C library. */
static double power(double x, size_t t)
{
    double product = 1;
    while (t-- > 0)
        product *= x;
    return product;
}

/* One step of one parameter from step number t by the formulas, in double; state: two numbers. */
static double of_formula(enum fit_optimizer optimizer, size_t t, double w, double g, double rate,
                         double state[2])
{
    double *v = &state[0], *s = &state[1];
    switch (optimizer) {
    case FIT_GRADIENT_DESCENT:
        return w - rate * g;
    case FIT_MOMENTUM:
        *v = 0.9 * *v + g;
        return w - rate * *v;
    case FIT_NESTEROV:
        *v = 0.9 * *v + g;
        return w - rate * (g + 0.9 * *v);
    case FIT_ADAGRAD:
        *s += g * g;
        return w - rate * g / (sqrt(*s) + 1e-8);
    case FIT_RMSPROP:
        *s = 0.99 * *s + 0.01 * g * g;
        return w - rate * g / (sqrt(*s) + 1e-8);
    case FIT_ADAM:
        *v = 0.9 * *v + 0.1 * g;
        *s = 0.999 * *s + 0.001 * g * g;
        return w - rate * (*v / (1 - power(0.9, t))) / (sqrt(*s / (1 - power(0.999, t))) + 1e-8);
    }
    return NAN;
}

static void take_steps(struct replica *r, const struct rule *rule)
{
    float *w = lab_floats(r, P), *g = lab_floats(r, (size_t)STEPS * P), rate[STEPS];
    double exact[P], state[P][2] = {{0}};
    lab_normal(r, 1, w, P);
    lab_normal(r, 2, g, (size_t)STEPS * P);
    for (size_t s = 0; s < STEPS; s++)
        rate[s] = (float)(0.01 + 0.1 * lab_uniform(r, 3, s));
    for (size_t i = 0; i < P; i++)
        exact[i] = (double)w[i];
    const float *after = of_technique(r, rule, w, g, rate);
    struct steps *steps = steps_create(&r->arena, rule->optimizer, 0, P);
    for (size_t s = 0; s < STEPS; s++) {
        steps_take(steps, w, g + s * P, (double)rate[s]);
        assert_memory_equal(w, after + s * P, P * sizeof *w);
        for (size_t i = 0; i < P; i++) {
            exact[i] = of_formula(rule->optimizer, s + 1, exact[i], (double)g[s * P + i],
                                  (double)rate[s], state[i]);
            assert_true(fabs(exact[i] - (double)w[i]) < 1e-5);
        }
    }
}

static void all_steps(struct replica *r)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        take_steps(r, &rules[i]);
    replica_effect(r, 0, 1);
}

static void steps_are_those_of_techniques(void **state)
{
    (void)state;
    in_replica(all_steps);
}

/* ---- training -------------------------------------------------------------------------------- */

static struct samples random_samples(struct replica *r)
{
    struct samples samples = samples_new(r, SAMPLES, IN, OUT, 0);
    lab_normal(r, 1, samples.x, (size_t)SAMPLES * IN);
    for (size_t n = 0; n < SAMPLES; n++)
        samples.label[n] = (int)lab_below(r, 2, n, OUT);
    return samples;
}

/* The same training, asked of the technique: weights and biases as they are now. */
static struct ask *ask_training(struct network *net, const struct samples *samples,
                                const struct fit_plan *how)
{
    enum { ALL_STEPS = EPOCHS * ((SAMPLES + BATCH - 1) / BATCH) };
    struct replica *r = net->replica;
    int *permutation = lab_take(r, (size_t)EPOCHS * SAMPLES, sizeof *permutation);
    uint32_t order[SAMPLES];
    float rate[ALL_STEPS];
    for (size_t e = 0; e < EPOCHS; e++) {
        lab_shuffle(r, 70000 + how->order_stream + e, order, SAMPLES);
        for (size_t n = 0; n < SAMPLES; n++)
            permutation[e * SAMPLES + n] = (int)order[n];
    }
    for (size_t s = 0; s < ALL_STEPS; s++)
        rate[s] = (float)how->rate;
    struct ask *ask = ask_new(r, "mini_batch_training");
    ask_network(ask, net);
    ask_floats(ask, "x", 2, (size_t[]){SAMPLES, IN}, samples->x);
    ask_integers(ask, "labels", 1, (size_t[]){SAMPLES}, samples->label);
    ask_integers(ask, "permutation", 2, (size_t[]){EPOCHS, SAMPLES}, permutation);
    ask_floats(ask, "rate", 1, (size_t[]){ALL_STEPS}, rate);
    ask_number(ask, "batch", BATCH);
    ask_choice(ask, "optimizer", "adam");
    ask_number(ask, "beta1", 0.9);
    ask_number(ask, "beta2", 0.999);
    ask_number(ask, "epsilon", 1e-8);
    ask_number(ask, "weight_decay", how->decay);
    ask_choice(ask, "decayed", "hidden_weights");
    ask_choice(ask, "record", "last");
    ask_run(ask);
    return ask;
}

static void assert_given(const struct ask *ask, const char *name, size_t count, const float *x)
{
    assert_memory_equal(x, ask_output(ask, name, count), count * sizeof *x);
}

static void train(struct replica *r)
{
    const struct samples samples = random_samples(r);
    const struct network_plan plan = network_plan(IN, 2, HIDDEN, OUT);
    struct network *net = network_create(r, &plan, BATCH);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.01,
                                 .decay = 0.1,
                                 .spares_outputs = true,
                                 .batch = BATCH,
                                 .epochs = EPOCHS,
                                 .order_stream = 5};
    struct ask *ask = ask_training(net, &samples, &how);
    const struct fit fit = fit_network(net, &samples, &how);
    const float *w = network_parameter(net);
    assert_int_equal(fit.epoch, EPOCHS);
    assert_given(ask, "w1_after", IN * HIDDEN, w);
    assert_given(ask, "b1_after", HIDDEN, w + net->bias[0]);
    assert_given(ask, "w2_after", HIDDEN * OUT, w + net->weight[1]);
    assert_given(ask, "b2_after", OUT, w + net->bias[1]);
    const float *loss = ask_output(ask, "loss", fit.step) + (fit.step - 4); /* the last epoch's */
    const double mean =
        (16 * ((double)loss[0] + (double)loss[1] + (double)loss[2]) + 2 * (double)loss[3]) /
        SAMPLES;
    assert_true(fabs(mean - fit.epoch_loss) < 1e-5);
    network_free(net);
    replica_effect(r, 0, 1);
}

static void fit_is_mini_batch_training(void **state)
{
    (void)state;
    in_replica(train);
}

/* Of a rate too high the loss is no number in the end: the other is chosen, wherever it stands. */
static void choose_rate(struct replica *r)
{
    struct samples samples = samples_new(r, SAMPLES, IN, 0, 1);
    lab_normal(r, 1, samples.x, (size_t)SAMPLES * IN);
    lab_normal(r, 2, samples.target, SAMPLES);
    struct network_plan plan = network_plan(IN, 2, HIDDEN, 1);
    plan.loss = LOSS_SQUARED_ERROR;
    struct network *net = network_create(r, &plan, SAMPLES);
    const struct fit_plan how = {.epochs = 1};
    double score[2];
    assert_int_equal(fit_tune(net, &samples, &samples, &how, (double[]){3e38, 0.01}, 2, score), 1);
    assert_true(isinf(score[0]) && isfinite(score[1]));
    assert_int_equal(fit_tune(net, &samples, &samples, &how, (double[]){0.01, 3e38}, 2, NULL), 0);
    network_free(net);
    replica_effect(r, 0, 1);
}

static void tuning_takes_no_run_without_a_loss(void **state)
{
    (void)state;
    in_replica(choose_rate);
}

/* ---- data ------------------------------------------------------------------------------------ */

static int compare_rows(const void *a, const void *b)
{
    return memcmp(*(float *const *)a, *(float *const *)b, digits.features * sizeof(float));
}

/* Rows of x (count, features), sorted. */
static float **sorted(struct replica *r, float *x, size_t count)
{
    float **row = lab_take(r, count, sizeof *row);
    for (size_t n = 0; n < count; n++)
        row[n] = x + n * digits.features;
    qsort(row, count, sizeof *row, compare_rows);
    return row;
}

/* All digits are there once, in another order. */
static void check_order(struct replica *r, const struct samples *all)
{
    const size_t count = digits.samples * digits.features;
    float *x = lab_floats(r, count);
    for (size_t i = 0; i < count; i++)
        x[i] = (float)digits.pixels[i] / (float)digits.maximum;
    assert_int_equal(all->count, digits.samples);
    assert_memory_not_equal(all->x, x, count * sizeof *x);
    float **mine = sorted(r, all->x, all->count), **theirs = sorted(r, x, all->count);
    for (size_t n = 0; n < all->count; n++)
        assert_int_equal(compare_rows(&mine[n], &theirs[n]), 0);
}

static size_t differing(const struct samples *a, const struct samples *b)
{
    size_t count = 0;
    assert_int_equal(a->count, b->count);
    for (size_t n = 0; n < a->count; n++)
        count += a->label[n] != b->label[n];
    return count;
}

static void assert_end_to_end(const struct samples *a, const struct samples *b)
{
    assert_true(a->x + a->count * a->features <= b->x);
    assert_true(a->label + a->count <= b->label);
}

static void divide_digits(struct replica *r)
{
    const struct samples all = samples_digits(r);
    check_order(r, &all);
    for (size_t train = 50; train <= 1000; train += 475) {
        const struct split clean = split_digits(r, train, 0), spoiled = split_digits(r, train, 0.2);
        assert_int_equal(clean.train.count, train);
        assert_int_equal(clean.validation.count, 300);
        assert_int_equal(clean.test.count, 497);
        assert_end_to_end(&clean.train, &clean.validation);
        assert_end_to_end(&clean.validation, &clean.test);
        assert_memory_equal(clean.train.x, all.x, train * all.features * sizeof *all.x);
        assert_int_equal(differing(&clean.train, &spoiled.train), train / 5);
        assert_int_equal(differing(&clean.validation, &spoiled.validation), 60);
        assert_int_equal(differing(&clean.test, &spoiled.test), 0);
    }
    const struct split split = samples_split(&all, 600, 300);
    assert_int_equal(split.train.count, 600);
    assert_int_equal(split.validation.count, 300);
    assert_int_equal(split.test.count, digits.samples - 900);
    assert_end_to_end(&split.train, &split.validation);
    assert_end_to_end(&split.validation, &split.test);
    replica_effect(r, 0, 1);
}

static void digits_are_divided(void **state)
{
    (void)state;
    in_replica(divide_digits);
}

/* How many points of a are points of b. */
static size_t in_common(const struct samples *a, const struct samples *b)
{
    size_t count = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            count += memcmp(a->x + 2 * i, b->x + 2 * j, 2 * sizeof(float)) == 0;
    return count;
}

static void divide_moons(struct replica *r)
{
    const struct split small = split_moons(r, 100, 0.3, 0), large = split_moons(r, 200, 0.3, 0.2);
    assert_int_equal(large.train.count, 200);
    assert_int_equal(large.validation.count, 300);
    assert_int_equal(large.test.count, 1000);
    assert_int_equal(in_common(&large.train, &large.validation), 0);
    assert_int_equal(in_common(&large.train, &large.test), 0);
    assert_int_equal(in_common(&large.validation, &large.test), 0);
    assert_int_equal(in_common(&small.train, &large.train), 100);
    assert_int_equal(differing(&small.validation, &large.validation), 60);
    assert_int_equal(differing(&small.test, &large.test), 0);
    replica_effect(r, 0, 1);
}

static void moons_are_divided(void **state)
{
    (void)state;
    in_replica(divide_moons);
}

int main(int count, char *argument[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_those_of_techniques),
        cmocka_unit_test(fit_is_mini_batch_training),
        cmocka_unit_test(tuning_takes_no_run_without_a_loss),
        cmocka_unit_test(digits_are_divided),
        cmocka_unit_test(moons_are_divided),
    };
    char error[512];
    if (dataset_load(&digits, "data/digits.h5", NULL, error, sizeof error) != 0) {
        fprintf(stderr, "lab_test: %s\n", error);
        return 2;
    }
    MPI_Init(&count, &argument);
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    MPI_Finalize();
    dataset_free(&digits);
    return failures != 0;
}
