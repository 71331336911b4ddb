// SPDX-License-Identifier: MIT
#include "perceptron_case.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 48 };

/* Letters of the sizes on both sides of layer l: "AB" for the first. */
static const char *sides(size_t l, char letters[3])
{
    letters[0] = (char)('A' + (int)l);
    letters[1] = (char)(letters[0] + 1);
    letters[2] = '\0';
    return letters;
}

static const char *layer_name(char name[NAME], const char *prefix, const char *kind, size_t l,
                              const char *suffix)
{
    snprintf(name, NAME, "%s%s%zu%s", prefix, kind, l + 1, suffix);
    return name;
}

static bool is_normalized(const struct perceptron *net, size_t l)
{
    return net->shape.normalization != NOT_NORMALIZED && l + 1 < net->shape.layers;
}

/* Targets of the binary loss are probabilities; looked at whole, so that all ranks see the same. */
static void check_binary_targets(struct question *q, const struct perceptron_shape *shape)
{
    const char letters[] = {'N', (char)('A' + (int)shape->layers), '\0'};
    const scalar *targets = question_input(q, "targets", letters);
    const size_t count = question_size(q, 'N') * shape->size[shape->layers];
    for (size_t i = 0; i < count; i++)
        if (!(targets[i] >= 0 && targets[i] <= 1))
            question_refuse(q, "element %zu of its input 'targets' is %g; it must be from 0 to 1",
                            i, (double)targets[i]);
}

struct perceptron_shape perceptron_case_shape(struct question *q, const char *shape_of_x,
                                              const scalar **x)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    static const struct operation *const operations[] = {&relu_operation, &tanh_operation,
                                                         &sigmoid_operation};
    static const char *const losses[] = {"cross_entropy", "mean_squared_error",
                                         "binary_cross_entropy", NULL};
    const int loss = question_choice(q, "loss", losses);
    char name[NAME], letters[3];
    struct perceptron_shape shape = {.activation =
                                         operations[question_choice(q, "activation", activations)],
                                     .has_targets = loss != 0,
                                     .binary = loss == 2};
    *x = question_input(q, "x", shape_of_x);
    shape.size[0] = question_size(q, 'A');
    while (question_has(q, layer_name(name, "", "w", shape.layers, ""))) {
        if (shape.layers == PERCEPTRON_LAYERS)
            question_refuse(q, "it has more than %d layers; use fewer", PERCEPTRON_LAYERS);
        question_input(q, name, sides(shape.layers, letters)); /* binds the sizes */
        shape.size[++shape.layers] = question_size(q, letters[1]);
    }
    if (shape.layers == 0)
        question_refuse(q, "it lacks the input 'w1'; give the weights of at least one layer");
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' holds no sample, so the mean is 0 / 0");
    if (shape.size[shape.layers] == 0 || shape.size[shape.layers] > 1 << 24)
        question_refuse(q, "its network has %zu outputs; give 1 to %d", shape.size[shape.layers],
                        1 << 24);
    for (size_t l = shape.layers + 1; l < PERCEPTRON_LAYERS; l++)
        if (question_has(q, layer_name(name, "", "w", l, "")))
            question_refuse(q, "it has the input '%s' but lacks 'w%zu'; add it", name,
                            shape.layers + 1);
    if (shape.binary)
        check_binary_targets(q, &shape);
    return shape;
}

/* Copies the input of this name into `to`, unless it is not given. */
static void copy_given(struct question *q, const char *name, const char *shape, scalar *to,
                       size_t count)
{
    if (question_has(q, name))
        memcpy(to, question_input(q, name, shape), count * sizeof *to);
}

static void normalization_parameters(struct question *q, struct perceptron *net, size_t l)
{
    const size_t O = net->shape.size[l + 1];
    const struct batch_normalization_settings *settings = &net->normalization[l];
    char name[NAME], letters[3];
    const char *units = sides(l, letters) + 1;
    scalar *parameter = net->tape->parameter;
    copy_given(q, layer_name(name, "", "gamma", l, ""), units, parameter + net->gamma[l], O);
    copy_given(q, layer_name(name, "", "beta", l, ""), units, parameter + net->beta[l], O);
    copy_given(q, layer_name(name, "", "running_mean", l, ""), units, settings->running_mean, O);
    layer_name(name, "", "running_variance", l, "");
    copy_given(q, name, units, settings->running_variance, O);
    for (size_t o = 0; o < O; o++)
        if (!(settings->running_variance[o] >= 0))
            question_refuse(q, "element %zu of its input '%s' is negative", o, name);
}

void perceptron_case_parameters(struct question *q, struct perceptron *net)
{
    perceptron_start_normalization(net);
    char name[NAME], letters[3];
    for (size_t l = 0; l < net->shape.layers; l++) {
        size_t I = net->shape.size[l], O = net->shape.size[l + 1];
        const scalar *w = question_input(q, layer_name(name, "", "w", l, ""), sides(l, letters));
        memcpy(net->tape->parameter + net->w[l], w, I * O * sizeof *w);
        const scalar *b = question_input(q, layer_name(name, "", "b", l, ""), letters + 1);
        memcpy(net->tape->parameter + net->b[l], b, O * sizeof *b);
        if (is_normalized(net, l))
            normalization_parameters(q, net, l);
    }
}

struct perceptron_outputs perceptron_case_outputs(struct question *q, const struct perceptron *net,
                                                  const char *prefix, const char *suffix,
                                                  char steps)
{
    struct perceptron_outputs outputs = {0};
    for (size_t l = 0; l < net->shape.layers; l++) {
        char name[NAME], shape[4] = {steps};
        sides(l, shape + 1);
        const char *start = steps != 0 ? shape : shape + 1;
        outputs.w[l] = question_output(q, layer_name(name, prefix, "w", l, suffix), start);
        shape[1] = shape[2]; /* of b: the units alone */
        shape[2] = '\0';
        outputs.b[l] = question_output(q, layer_name(name, prefix, "b", l, suffix), start);
        if (!is_normalized(net, l))
            continue;
        outputs.gamma[l] = question_output(q, layer_name(name, prefix, "gamma", l, suffix), start);
        outputs.beta[l] = question_output(q, layer_name(name, prefix, "beta", l, suffix), start);
    }
    return outputs;
}

void perceptron_case_record(const struct perceptron *net, const struct perceptron_outputs *outputs,
                            size_t step, const scalar *values)
{
    for (size_t l = 0; l < net->shape.layers; l++) {
        size_t O = net->shape.size[l + 1], IO = net->shape.size[l] * O;
        memcpy(outputs->w[l] + step * IO, values + net->w[l], IO * sizeof *values);
        memcpy(outputs->b[l] + step * O, values + net->b[l], O * sizeof *values);
        if (!is_normalized(net, l))
            continue;
        memcpy(outputs->gamma[l] + step * O, values + net->gamma[l], O * sizeof *values);
        memcpy(outputs->beta[l] + step * O, values + net->beta[l], O * sizeof *values);
    }
}
