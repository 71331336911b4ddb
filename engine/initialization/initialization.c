// SPDX-License-Identifier: MIT
#include "initialization.h"

scalar distribution_correction(enum distribution distribution)
{
    /* Standard deviation of a standard normal cut at +-2. */
    return distribution == TRUNCATED_NORMAL ? (scalar)0.87962566103423978 : 1;
}

struct deviates deviates_read(struct question *q)
{
    bool is_kernel = question_axes(q, "deviate") == 4;
    struct deviates deviates = {.shape = is_kernel ? "[H]WIO" : "[I]O"};
    question_split_evenly(q, deviates.shape[1]);
    deviates.deviate = question_input(q, "deviate", deviates.shape);
    size_t field = is_kernel ? question_size(q, 'H') * question_size(q, 'W') : 1;
    size_t I = question_size(q, 'I'), O = question_size(q, 'O');
    deviates.fan_in = field * I;
    deviates.fan_out = field * O;
    deviates.part = is_kernel ? question_part(q, 'H') * question_size(q, 'W') * I * O
                              : question_part(q, 'I') * O;
    if (deviates.fan_in == 0 || deviates.fan_out == 0)
        question_refuse(q, "its input 'deviate' is empty; give every axis at least one element");
    return deviates;
}

void deviates_scale(struct question *q, const struct deviates *deviates, scalar scale)
{
    scalar *w = question_output(q, "w", deviates->shape);
    for (size_t i = 0; i < deviates->part; i++)
        w[i] = scale * deviates->deviate[i];
}
