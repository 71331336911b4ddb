// SPDX-License-Identifier: MIT
/* Layer normalisation; definition in reference/normalization/layer_normalization.h.
 *
 * How it is distributed: the samples are sharded, with all their positions and features: y and dx
 * need nothing from other ranks. dgamma and dbeta cross the network: of every feature one chain
 * through the samples and positions of each canonical block, then the fixed tree over the blocks.
 */
#include "normal_sets.h"

void layer_normalization_run(struct question *q)
{
    const char *shape = question_axes(q, "x") == 3 ? "[N]TC" : "[N]C";
    const scalar *x = question_input(q, "x", shape);
    const size_t C = question_size(q, 'C');
    struct normal_sets sets = {.length = C, .run = 1, .channels = C};
    sets.sets = question_axes(q, "x") == 3 ? question_size(q, 'T') : 1;
    if (question_size(q, 'N') * sets.sets * C == 0)
        question_refuse(q, "its input 'x' is empty; give every axis at least one element");
    normal_sets_prepare(q, &sets);
    for (size_t k = 0; k < sets.sets * C; k++) {
        sets.place[k] = k;
        sets.channel[k] = k % C;
    }
    normal_sets_run(q, &sets, x, shape);
}
