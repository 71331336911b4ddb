// SPDX-License-Identifier: MIT
/* Stochastic depth; definition in reference/regularization/stochastic_depth.h.
 *
 * How it is distributed: the samples are sharded, and their draws with them; a draw for the whole
 * batch is whole on every rank. Each element is computed alone; nothing crosses the network.
 */
#include "mask.h"

static scalar survival_of_layer(struct question *q)
{
    static const char *const decays[] = {"constant", "linear", NULL};
    const scalar p = question_number(q, "p");
    if (!(p >= 0 && p <= 1))
        question_refuse(q, "its number 'p' is a probability; give one from 0 to 1");
    if (question_choice(q, "decay", decays) == 0)
        return 1 - p;
    const size_t layers = question_count(q, "layers", 1, 1 << 20);
    const size_t layer = question_count(q, "layer", 1, layers);
    return 1 - (scalar)layer / (scalar)layers * p;
}

/* What the branch of each of this rank's samples is multiplied by. */
static const scalar *shares(struct question *q, scalar survival, scalar scale)
{
    static const char *const scopes[] = {"sample", "batch", NULL};
    const bool batch = question_choice(q, "scope", scopes) == 1, masked = question_has(q, "mask");
    const char *const shape = batch ? "D" : "[N]";
    if (batch)
        question_bind(q, 'D', 1);
    const int *mask = masked ? question_integers(q, "mask", shape, 0, 1) : NULL;
    const scalar *u = masked ? NULL : mask_uniforms(q, shape);
    const size_t rows = question_part(q, 'N');
    scalar *share = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++) {
        const size_t draw = batch ? 0 : n;
        const bool kept = masked ? mask[draw] != 0 : u[draw] < survival;
        share[n] = kept ? scale : 0;
    }
    return share;
}

void stochastic_depth_run(struct question *q)
{
    static const char *const scalings[] = {"inverted", "inference", NULL};
    const scalar survival = survival_of_layer(q);
    const bool at_inference = question_choice(q, "scaling", scalings) == 1;
    const scalar inverse = survival > 0 ? 1 / survival : 0;
    const scalar scale = at_inference ? 1 : inverse, factor = at_inference ? survival : 1;
    const scalar *x = question_input(q, "x", "[N]C");
    const scalar *branch = question_input(q, "branch", "[N]C");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const scalar *share = shares(q, survival, scale);
    scalar *y = question_output(q, "y", "[N]C");
    scalar *y_inference = question_output(q, "y_inference", "[N]C");
    for (size_t n = 0; n < rows; n++)
        for (size_t i = n * C; i < (n + 1) * C; i++) {
            y[i] = share[n] == 0 ? x[i] : x[i] + share[n] * branch[i];
            y_inference[i] = x[i] + factor * branch[i];
        }
    if (!question_has(q, "dy"))
        return;
    const scalar *dy = question_input(q, "dy", "[N]C");
    scalar *dx = question_output(q, "dx", "[N]C"), *dbranch = question_output(q, "dbranch", "[N]C");
    for (size_t i = 0; i < rows * C; i++) {
        dx[i] = dy[i];
        dbranch[i] = share[i / C] == 0 ? 0 : share[i / C] * dy[i];
    }
}
