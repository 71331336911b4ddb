// SPDX-License-Identifier: MIT
#include "named_network.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 24 };

static const char *layer_name(char name[NAME], const char *start, const struct network *net,
                              char kind, size_t l)
{
    snprintf(name, NAME, "%s%s%c%zu", start, net->prefix, kind, l + 1);
    return name;
}

static const char *sides(const struct network *net, size_t l, char letters[3])
{
    letters[0] = (char)(net->first + (int)l);
    letters[1] = (char)(letters[0] + 1);
    letters[2] = '\0';
    return letters;
}

struct network network_read(struct question *q, const char *prefix, char first)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    char name[NAME], letters[3];
    struct network net = {.prefix = prefix, .first = first};
    net.activation = question_choice(q, "activation", activations);
    while (net.layers < NETWORK_LAYERS &&
           question_has(q, layer_name(name, "", &net, 'w', net.layers))) {
        const size_t l = net.layers++;
        net.w[l] = question_input(q, name, sides(&net, l, letters));
        net.b[l] = question_input(q, layer_name(name, "", &net, 'b', l), letters + 1);
        net.size[l] = question_size(q, letters[0]);
        net.size[l + 1] = question_size(q, letters[1]);
        net.parameters += (net.size[l] + 1) * net.size[l + 1];
    }
    if (net.layers == 0)
        question_refuse(q, "it lacks the input '%s'; give the weights of at least one layer",
                        layer_name(name, "", &net, 'w', 0));
    return net;
}

size_t network_inputs(const struct network *net)
{
    return net->size[0];
}

size_t network_outputs(const struct network *net)
{
    return net->size[net->layers];
}

struct network_use network_use(struct question *q, const struct network *net, size_t rows)
{
    static const struct operation *const activations[] = {&relu_operation, &tanh_operation,
                                                          &sigmoid_operation};
    struct network_use use = {.rows = rows};
    use.tape = tape_create(question_arena(q), question_team(q), rows);
    use.input = use.output = tape_tensor(use.tape, net->size[0], true);
    for (size_t l = 0; l < net->layers; l++) {
        const size_t O = net->size[l + 1], P = (net->size[l] + 1) * O;
        struct use layer = {.operation = &dense_layer_operation,
                            .input = {use.output},
                            .columns = O,
                            .parameters = P,
                            .sums = P};
        use.output = tape_record(use.tape, &layer);
        if (l + 1 < net->layers)
            use.output =
                tape_record(use.tape, &(struct use){.operation = activations[net->activation],
                                                    .input = {use.output},
                                                    .columns = O});
    }
    tape_ready(use.tape);
    scalar *parameter = use.tape->parameter;
    for (size_t l = 0; l < net->layers; l++) {
        const size_t I = net->size[l], O = net->size[l + 1];
        memcpy(parameter, net->w[l], I * O * sizeof *parameter);
        memcpy(parameter + I * O, net->b[l], O * sizeof *parameter);
        parameter += (I + 1) * O;
    }
    return use;
}

const scalar *network_forward(const struct network_use *use, const scalar *x)
{
    memcpy(use->input->value, x, use->rows * use->input->columns * sizeof *x);
    tape_forward(use->tape, use->rows);
    return use->output->value;
}

const scalar *network_backward(const struct network_use *use, const scalar *dy)
{
    memcpy(use->output->gradient, dy, use->rows * use->output->columns * sizeof *dy);
    use->output->has_gradient = true;
    tape_backward(use->tape, use->rows);
    return use->input->gradient;
}

void network_add(struct question *q, char letter, const struct network_use *use, scalar *total)
{
    const size_t P = use->tape->sums;
    struct reduction *sum = question_sum(q, letter, P);
    scalar *part = question_scratch(q, P);
    tape_sum(use->tape, sum);
    reduction_finish(sum, part);
    for (size_t i = 0; i < P; i++)
        total[i] += part[i];
}

void network_gradients(struct question *q, const struct network *net, const scalar *total)
{
    network_directions(q, net, "d", total);
}

void network_directions(struct question *q, const struct network *net, const char *start,
                        const scalar *total)
{
    char name[NAME], letters[3];
    for (size_t l = 0; l < net->layers; l++) {
        const size_t I = net->size[l], O = net->size[l + 1];
        sides(net, l, letters);
        scalar *dw = question_output(q, layer_name(name, start, net, 'w', l), letters);
        memcpy(dw, total, I * O * sizeof *dw);
        scalar *db = question_output(q, layer_name(name, start, net, 'b', l), letters + 1);
        memcpy(db, total + I * O, O * sizeof *db);
        total += (I + 1) * O;
    }
}
