// SPDX-License-Identifier: MIT
/* Choice of an architecture; definition in reference/foundations/architecture_choice.h.
 *
 * How it is distributed: the data sets are sharded; their families need nothing from other ranks.
 * Widths and the growth of one network are a few numbers, which every rank finds for itself.
 */
#include "../techniques.h"

enum data { TABLE, IMAGE, SEQUENCE, SAMPLES };
enum family { PERCEPTRON, CONVOLUTION, RECURRENCE, ATTENTION, ADVERSARIAL, VARIATIONAL };
enum shape { EVEN_STEPS, HALVES, EVEN_RATIOS };

static void find_families(struct question *q)
{
    static const char *const sequences[] = {"attention", "recurrent", NULL};
    static const char *const generators[] = {"adversarial", "variational", NULL};
    const int *kind = question_integers(q, "kind", "[N]", TABLE, SAMPLES);
    enum family of[] = {PERCEPTRON, CONVOLUTION, ATTENTION, ADVERSARIAL};
    if (question_choice(q, "sequence_network", sequences) == 1)
        of[SEQUENCE] = RECURRENCE;
    if (question_choice(q, "generator", generators) == 1)
        of[SAMPLES] = VARIATIONAL;
    scalar *family = question_output(q, "family", "[N]");
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        family[n] = (scalar)of[kind[n]];
}

/* The nearest whole number, halves up. */
static scalar nearest(scalar x)
{
    scalar down = (scalar)(long long)x;
    return x >= down + (scalar)0.5 ? down + 1 : down;
}

static void find_widths(struct question *q)
{
    static const char *const funnels[] = {"linear", "halving", "geometric", NULL};
    size_t inputs = question_count(q, "inputs", 1, 1 << 20);
    size_t outputs = question_count(q, "outputs", 1, 1 << 20);
    size_t layers = question_count(q, "hidden_layers", 1, 64);
    enum shape shape = (enum shape)question_choice(q, "funnel", funnels);
    if (outputs > inputs)
        question_refuse(q, "its number 'outputs' is above the inputs; a funnel narrows");
    question_bind(q, 'L', layers);
    scalar *width = question_output(q, "width", "L"), ratio = (scalar)outputs / (scalar)inputs;
    const struct kernels *kernels = question_team(q)->kernels;
    kernels->logarithm(1, &ratio, &ratio);
    for (size_t l = 0; l < layers; l++) {
        size_t left = layers - l, half = l + 1 < 40 ? inputs >> (l + 1) : 0;
        scalar power = (scalar)(l + 1) / (scalar)(layers + 1) * ratio;
        kernels->exponential(1, &power, &power);
        if (shape == EVEN_STEPS)
            width[l] = (scalar)(outputs + (inputs - outputs) * left / (layers + 1));
        else if (shape == HALVES)
            width[l] = (scalar)(half > outputs ? half : outputs);
        else
            width[l] = nearest((scalar)inputs * power);
    }
}

static void grow(struct question *q)
{
    const scalar *loss = question_input(q, "validation_loss", "G");
    size_t sizes = question_size(q, 'G'), best = 0, tried = 1, fruitless = 0;
    scalar min_delta = question_number_or(q, "min_delta", 0);
    size_t patience = question_count_or(q, "patience", 0, 0, 1 << 20);
    if (sizes == 0)
        question_refuse(q, "its input 'validation_loss' has no sizes; give at least one");
    if (!(min_delta >= 0))
        question_refuse(q, "its number 'min_delta' is negative; an improvement is above 0");
    scalar *improves = question_output(q, "improves", "G");
    for (size_t g = 0; g < sizes; g++)
        improves[g] = g == 0 ? 1 : -1;
    for (; tried < sizes && fruitless <= patience; tried++) {
        bool better = loss[tried] < loss[best] - min_delta;
        improves[tried] = better ? 1 : 0;
        best = better ? tried : best;
        fruitless = better ? 0 : fruitless + 1;
    }
    question_output(q, "chosen", "")[0] = (scalar)best;
    question_output(q, "tried", "")[0] = (scalar)tried;
}

void architecture_choice_run(struct question *q)
{
    find_families(q);
    find_widths(q);
    grow(q);
}
