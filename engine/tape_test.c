// SPDX-License-Identifier: MIT
/* tape_test.c - every gradient that the tape makes, against central differences of the loss, with
 * sign, in binary64. A wrong sign, factor or place is a difference of order 1; the differences'
 * own error is about 1e-9. Runs on one rank. */
#include "tape.h"

#include "foundations/perceptron.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROWS = 7, BLOCK = 2, FEATURES = 5, CLASSES = 3 };
static const scalar step = (scalar)1e-5, tolerance = (scalar)1e-7;

/* A network with its sum over samples. */
struct subject {
    struct arena arena;
    struct team team;
    struct layout layout;
    struct reduction *reduction;
    struct tape *tape;
    struct tensor *input;
    scalar total[512]; /* gradients of the parameters, then the loss */
};

static void begin(struct subject *s)
{
    *s = (struct subject){.team = {MPI_COMM_SELF, 0, 1, true, kernels_select(NULL, NULL)}};
    s->layout = layout_create(&s->arena, ROWS, BLOCK, 1);
}

/* Random input and parameters, away from the kinks of relu with near certainty. */
static void fill(struct subject *s)
{
    assert_true(s->tape->sums <= sizeof s->total / sizeof s->total[0]);
    s->reduction = reduction_create(&s->arena, &s->team, &s->layout, s->tape->sums);
    for (size_t i = 0; i < ROWS * s->input->columns; i++)
        s->input->value[i] = (scalar)random_uniform(1, 1, i);
    for (size_t i = 0; i < s->tape->parameters; i++)
        s->tape->parameter[i] = (scalar)random_uniform(1, 2, i);
}

static scalar loss(struct subject *s)
{
    tape_forward(s->tape, ROWS);
    tape_sum(s->tape, s->reduction);
    reduction_finish(s->reduction, s->total);
    return s->total[s->tape->parameters];
}

static scalar difference(struct subject *s, scalar *x)
{
    scalar before = *x;
    *x = before + step;
    scalar above = loss(s);
    *x = before - step;
    scalar below = loss(s);
    *x = before;
    return (above - below) / (2 * step);
}

static void assert_close(scalar gradient, scalar expected)
{
    scalar error = scalar_absolute(gradient - expected);
    if (!(error <= tolerance * (1 + scalar_absolute(expected))))
        fail_msg("gradient %.12g, central difference %.12g", (double)gradient, (double)expected);
}

static void check_all_gradients(struct subject *s)
{
    scalar gradient[512], input_gradient[ROWS * FEATURES], largest = 0;
    tape_forward(s->tape, ROWS);
    tape_backward(s->tape, ROWS);
    tape_sum(s->tape, s->reduction);
    reduction_finish(s->reduction, gradient);
    for (size_t i = 0; i < ROWS * FEATURES; i++)
        input_gradient[i] = s->input->gradient[i];
    for (size_t i = 0; i < s->tape->parameters; i++) {
        assert_close(gradient[i], difference(s, &s->tape->parameter[i]));
        largest = scalar_absolute(gradient[i]) > largest ? scalar_absolute(gradient[i]) : largest;
    }
    for (size_t i = 0; i < ROWS * FEATURES; i++)
        assert_close(input_gradient[i], difference(s, &s->input->value[i]));
    assert_true(largest > (scalar)1e-3 || s->tape->parameters == 0); /* zeros would prove nothing */
}

/* What is between the layers: an activation, a normalisation by the batch or by given statistics. */
static void check_perceptron(const struct operation *activation, bool squares,
                             enum perceptron_normalization normalization, bool evaluates)
{
    struct subject s;
    begin(&s);
    struct perceptron_shape shape = {
        .layers = 3,
        .size = {FEATURES, 6, 4, CLASSES},
        .activation = activation,
        .has_targets = squares,
        .normalization = normalization,
        .batch = {.epsilon = (scalar)0.1, .momentum = (scalar)0.3, .evaluates = evaluates}};
    struct perceptron *net = perceptron_create(&s.arena, &s.team, &shape, ROWS, true);
    s.tape = net->tape;
    s.input = net->input;
    perceptron_start_normalization(net);
    const struct perceptron_sums sums = perceptron_sums_create(&s.arena, net, &s.layout);
    perceptron_use_sums(net, &sums);
    fill(&s);
    for (size_t n = 0; n < ROWS && !squares; n++)
        net->labels[n] = (int)(n % CLASSES);
    for (size_t i = 0; i < ROWS * CLASSES && squares; i++)
        net->target[i] = (scalar)random_uniform(1, 3, i);
    /* The sum, not the mean, since `loss` is the sum: W is 1, and 1 sample of 1 output. */
    net->cross_entropy.W = net->squares.W = 1;
    check_all_gradients(&s);
    arena_release(&s.arena);
}

static void test_perceptrons(void **state)
{
    (void)state;
    static const struct operation *const activations[] = {&relu_operation, &tanh_operation,
                                                          &sigmoid_operation, &softmax_operation};
    for (size_t i = 0; i < sizeof activations / sizeof activations[0]; i++) {
        check_perceptron(activations[i], false, NOT_NORMALIZED, false);
        check_perceptron(activations[i], true, NOT_NORMALIZED, false);
    }
}

static void test_normalized_perceptrons(void **state)
{
    (void)state;
    for (int evaluates = 0; evaluates < 2; evaluates++) {
        check_perceptron(&tanh_operation, false, BEFORE_ACTIVATION, evaluates == 1);
        check_perceptron(&sigmoid_operation, true, AFTER_ACTIVATION, evaluates == 1);
    }
}

/* Of a batch of 1, 2, ..., 7 in one column: what it comes to, and what is kept of it. */
static void test_running_statistics(void **state)
{
    (void)state;
    for (int biased = 0; biased < 2; biased++) {
        struct subject s;
        begin(&s);
        const struct perceptron_shape shape = {
            .layers = 2,
            .size = {1, 1, 1},
            .activation = &tanh_operation,
            .has_targets = true,
            .normalization = BEFORE_ACTIVATION,
            .batch = {.epsilon = (scalar)1e-5, .momentum = (scalar)0.25, .biased = biased == 1}};
        struct perceptron *net = perceptron_create(&s.arena, &s.team, &shape, ROWS, false);
        perceptron_start_normalization(net);
        const struct perceptron_sums sums = perceptron_sums_create(&s.arena, net, &s.layout);
        perceptron_use_sums(net, &sums);
        net->tape->parameter[net->w[0]] = 1;
        for (size_t n = 0; n < ROWS; n++)
            net->input->value[n] = (scalar)(n + 1);
        tape_predict(net->tape, ROWS); /* the mean is 4, the sum of squares 28 */
        assert_true(net->runnings == 2 && net->running[0] == (scalar)(0.25 * 4));
        assert_true(net->running[1] == (scalar)(0.75 + 0.25 * 28 / (biased == 1 ? 7 : 6)));
        net->normalization[0].evaluates = true;
        tape_predict(net->tape, ROWS);
        assert_true(net->running[0] == 1);
        arena_release(&s.arena);
    }
}

/* z = a + b of two tensors: a technique of two inputs, and a way to use a tensor twice. */
static void add_forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    for (size_t i = 0; i < rows * node->output->columns; i++)
        node->output->value[i] = node->input[0]->value[i] + node->input[1]->value[i];
}

static void add_backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    for (int k = 0; k < TAPE_INPUTS; k++)
        for (size_t i = 0; node->dx[k] != NULL && i < rows * node->output->columns; i++)
            node->dx[k][i] = node->output->gradient[i];
}

static const struct operation add_operation = {"add", add_forward, add_backward, NULL};

/* tanh(x) + x, squared: x is used twice, and so are the gradients of both uses. */
static void test_a_tensor_used_twice(void **state)
{
    (void)state;
    struct subject s;
    begin(&s);
    scalar target[ROWS * FEATURES] = {0};
    struct mean_squared_error_settings settings = {target, 1, 1, 1};
    s.tape = tape_create(&s.arena, &s.team, ROWS);
    s.input = tape_tensor(s.tape, FEATURES, true);
    struct tensor *curved = tape_record(
        s.tape,
        &(struct use){.operation = &tanh_operation, .input = {s.input}, .columns = FEATURES});
    struct tensor *sum = tape_record(s.tape, &(struct use){.operation = &add_operation,
                                                           .input = {curved, s.input},
                                                           .columns = FEATURES});
    tape_record(s.tape, &(struct use){.operation = &mean_squared_error_operation,
                                      .settings = &settings,
                                      .input = {sum},
                                      .sums = 1,
                                      .scratch = mean_squared_error_scratch(ROWS, FEATURES)});
    tape_ready(s.tape);
    fill(&s);
    check_all_gradients(&s);
    arena_release(&s.arena);
}

int main(int count, char *argument[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_perceptrons),
        cmocka_unit_test(test_normalized_perceptrons),
        cmocka_unit_test(test_running_statistics),
        cmocka_unit_test(test_a_tensor_used_twice),
    };
    MPI_Init(&count, &argument);
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    MPI_Finalize();
    return failures != 0;
}
