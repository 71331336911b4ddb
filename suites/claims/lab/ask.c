// SPDX-License-Identifier: MIT
#include "ask.h"

#include "../../../engine/techniques.h"
#include "../../protocol/case.h"

#include <stdio.h>
#include <string.h>

enum { ASK_ITEMS = 64 };

struct given {
    char name[REQUEST_NAME];
    size_t count;
    float *value;
};

struct ask {
    struct replica *replica;
    struct assay_case question;
    struct request_number number[ASK_ITEMS];
    struct request_choice choice[ASK_ITEMS];
    struct request_array input[ASK_ITEMS];
    size_t outputs;
    struct given output[ASK_ITEMS];
};

static void set_name(char name[REQUEST_NAME], const char *text)
{
    snprintf(name, REQUEST_NAME, "%s", text);
}

static size_t next(const struct ask *ask, size_t used)
{
    if (used == ASK_ITEMS)
        replica_fail(ask->replica, "%s is asked with more than %d things of a kind",
                     ask->question.technique, ASK_ITEMS);
    return used;
}

struct ask *ask_new(struct replica *r, const char *technique)
{
    struct ask *ask = lab_take(r, 1, sizeof *ask);
    ask->replica = r;
    set_name(ask->question.technique, technique);
    set_name(ask->question.name, r->claim->id);
    set_name(ask->question.tier, "bounded");
    ask->question.request.number = ask->number;
    ask->question.request.choice = ask->choice;
    ask->question.request.input = ask->input;
    return ask;
}

static struct request_array *add_input(struct ask *ask, const char *name, int rank,
                                       const size_t dim[])
{
    struct request_array *input = &ask->input[next(ask, ask->question.request.inputs)];
    ask->question.request.inputs++;
    set_name(input->name, name);
    input->rank = rank;
    input->count = 1;
    for (int axis = 0; axis < rank; axis++) {
        input->dim[axis] = dim[axis];
        input->count *= dim[axis];
    }
    input->value = lab_take(ask->replica, input->count, sizeof *input->value);
    return input;
}

void ask_floats(struct ask *ask, const char *name, int rank, const size_t dim[], const float *value)
{
    struct request_array *input = add_input(ask, name, rank, dim);
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = (double)value[i];
}

void ask_integers(struct ask *ask, const char *name, int rank, const size_t dim[], const int *value)
{
    struct request_array *input = add_input(ask, name, rank, dim);
    input->integral = 1;
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = value[i];
}

void ask_number(struct ask *ask, const char *name, double value)
{
    struct request_number *number = &ask->number[next(ask, ask->question.request.numbers)];
    ask->question.request.numbers++;
    set_name(number->name, name);
    number->value = value;
}

void ask_choice(struct ask *ask, const char *name, const char *value)
{
    struct request_choice *choice = &ask->choice[next(ask, ask->question.request.choices)];
    ask->question.request.choices++;
    set_name(choice->name, name);
    set_name(choice->value, value);
}

void ask_network(struct ask *ask, struct network *net)
{
    static const char *const names[] = {
        [ACTIVATION_RELU] = "relu", [ACTIVATION_TANH] = "tanh", [ACTIVATION_SIGMOID] = "sigmoid"};
    const enum network_activation activation = net->plan.activation;
    const char *name =
        activation < sizeof names / sizeof names[0] ? names[activation] : (const char *)NULL;
    if (name == NULL || net->plan.has_shortcuts || net->plan.normalization != NORMALIZATION_NONE)
        replica_fail(ask->replica, "%s cannot be asked about such a network",
                     ask->question.technique);
    ask_choice(ask, "activation", name);
    size_t I = net->plan.inputs;
    for (size_t l = 0; l < net->plan.layers; l++) {
        const size_t O = net->plan.units[l];
        char weight[REQUEST_NAME], bias[REQUEST_NAME];
        snprintf(weight, sizeof weight, "w%zu", l + 1);
        snprintf(bias, sizeof bias, "b%zu", l + 1);
        ask_floats(ask, weight, 2, (size_t[]){I, O}, network_parameter(net) + net->weight[l]);
        ask_floats(ask, bias, 1, (size_t[]){O}, network_parameter(net) + net->bias[l]);
        I = O;
    }
}

static void take(void *context, const char *name, int rank, const size_t dim[], const scalar *value)
{
    struct ask *ask = context;
    struct given *output = &ask->output[next(ask, ask->outputs++)];
    set_name(output->name, name);
    output->count = 1;
    for (int axis = 0; axis < rank; axis++)
        output->count *= dim[axis];
    output->value = lab_floats(ask->replica, output->count);
    memcpy(output->value, value, output->count * sizeof *value);
}

void ask_run(struct ask *ask)
{
    char reason[ASSAY_ERROR] = "";
    const struct question_taker taker = {take, ask};
    void (*technique)(struct question *) = technique_find(ask->question.technique);
    if (technique == NULL)
        replica_fail(ask->replica, "there is no technique '%s'", ask->question.technique);
    if (question_ask(&ask->replica->team, &ask->question, technique, &taker, reason) != 0)
        replica_fail(ask->replica, "%s refuses: %s", ask->question.technique, reason);
}

const float *ask_output(const struct ask *ask, const char *name, size_t count)
{
    for (size_t i = 0; i < ask->outputs; i++)
        if (strcmp(ask->output[i].name, name) == 0) {
            if (ask->output[i].count != count)
                replica_fail(ask->replica, "output '%s' of %s has %zu elements, not %zu", name,
                             ask->question.technique, ask->output[i].count, count);
            return ask->output[i].value;
        }
    replica_fail(ask->replica, "%s has no output '%s'", ask->question.technique, name);
}
