// SPDX-License-Identifier: MIT
/* Linear collapse; definition in reference/foundations/linear_collapse.h.
 *
 * How it is distributed: the samples are sharded, each rank takes its own through the network and
 * through the collapsed layer. The product of the weights does not depend on the samples: every
 * rank multiplies them, in the same order. Nothing crosses the network and nothing is added over
 * ranks.
 */
#include "../techniques.h"

#include <string.h>

enum { MOST_LAYERS = 8 };

struct layer {
    const scalar *w, *b; /* (inputs,outputs), (outputs) or NULL */
    size_t inputs, outputs;
};

/* rows of `a` through a layer; `with_bias` false for the product of weights. */
static scalar *through(struct question *q, const struct layer *layer, bool with_bias,
                       const scalar *a, size_t rows)
{
    size_t O = layer->outputs;
    scalar *c = question_scratch(q, rows * O);
    for (size_t n = 0; n < rows && with_bias && layer->b != NULL; n++)
        memcpy(c + n * O, layer->b, O * sizeof *c);
    if (rows > 0)
        team_product(question_team(q), false, false, rows, O, layer->inputs, a, layer->inputs,
                     layer->w, O, c, O);
    return c;
}

static size_t read_layers(struct question *q, struct layer *layers)
{
    size_t L = 0;
    for (; L < MOST_LAYERS; L++) {
        char w[] = {'w', (char)('1' + L), '\0'}, b[] = {'b', (char)('1' + L), '\0'};
        char matrix[] = {(char)('A' + L), (char)('B' + L), '\0'};
        if (!question_has(q, w))
            break;
        layers[L].w = question_input(q, w, matrix);
        layers[L].b = question_has(q, b) ? question_input(q, b, matrix + 1) : NULL;
        layers[L].inputs = question_size(q, matrix[0]);
        layers[L].outputs = question_size(q, matrix[1]);
    }
    if (L == 0)
        question_refuse(q, "it lacks the input 'w1'; give at least one layer");
    for (size_t l = L + 1; l < MOST_LAYERS; l++) {
        char w[] = {'w', (char)('1' + l), '\0'};
        if (question_has(q, w))
            question_refuse(q, "it has the input '%s' but lacks 'w%zu'; add it", w, L + 1);
    }
    return L;
}

void linear_collapse_run(struct question *q)
{
    struct layer layers[MOST_LAYERS];
    const scalar *x = question_input(q, "x", "[N]A");
    size_t rows = question_part(q, 'N'), I = question_size(q, 'A'), L = read_layers(q, layers);
    size_t O = layers[L - 1].outputs;
    const scalar *a = x, *weight = layers[0].w, *bias = NULL;
    for (size_t l = 0; l < L; l++)
        a = through(q, &layers[l], true, a, rows);
    for (size_t l = 1; l < L; l++)
        weight = through(q, &layers[l], false, weight, I);
    bias = layers[0].b != NULL ? layers[0].b : question_scratch(q, layers[0].outputs);
    for (size_t l = 1; l < L; l++)
        bias = through(q, &layers[l], true, bias, 1);
    const struct layer whole = {weight, bias, I, O};
    question_bind(q, 'O', O);
    memcpy(question_output(q, "network", "[N]O"), a, rows * O * sizeof *a);
    memcpy(question_output(q, "weight", "AO"), weight, I * O * sizeof *a);
    memcpy(question_output(q, "bias", "O"), bias, O * sizeof *a);
    memcpy(question_output(q, "collapsed", "[N]O"), through(q, &whole, true, x, rows),
           rows * O * sizeof *a);
}
