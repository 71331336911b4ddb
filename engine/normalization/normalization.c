// SPDX-License-Identifier: MIT
#include "normalization.h"

struct maps maps_read(struct question *q, const scalar **x)
{
    static const char *const layouts[] = {"channels_first", "channels_last", NULL};
    struct maps maps = {.P = 1, .channels_last = true, .shape = "[N]C"};
    bool is_map = question_axes(q, "x") == 4;
    if (is_map) {
        maps.channels_last = question_choice(q, "layout", layouts) == 1;
        maps.shape = maps.channels_last ? "[N]HWC" : "[N]CHW";
    }
    *x = question_input(q, "x", maps.shape);
    if (is_map)
        maps.P = question_size(q, 'H') * question_size(q, 'W');
    maps.N = question_size(q, 'N');
    maps.C = question_size(q, 'C');
    maps.rows = question_part(q, 'N');
    if (maps.N == 0 || maps.C == 0 || maps.P == 0)
        question_refuse(q, "its input 'x' is empty; give every axis at least one element");
    return maps;
}

void maps_gather(const struct maps *maps, scalar *positions, const scalar *value)
{
    const size_t C = maps->C, P = maps->P, all = maps->rows * C * P;
    for (size_t i = 0; i < all; i++) {
        size_t sample = i / (C * P) * (C * P), p = i % (C * P) / C, c = i % C;
        positions[i] = value[maps->channels_last ? i : sample + c * P + p];
    }
}

void maps_scatter(const struct maps *maps, scalar *value, const scalar *positions)
{
    const size_t C = maps->C, P = maps->P, all = maps->rows * C * P;
    for (size_t i = 0; i < all; i++) {
        size_t sample = i / (C * P) * (C * P), p = i % (C * P) / C, c = i % C;
        value[maps->channels_last ? i : sample + c * P + p] = positions[i];
    }
}

const scalar *maps_parameter(struct question *q, const char *name, scalar otherwise)
{
    if (question_has(q, name))
        return question_input(q, name, "C");
    scalar *same = question_scratch(q, question_size(q, 'C'));
    for (size_t c = 0; c < question_size(q, 'C'); c++)
        same[c] = otherwise;
    return same;
}

struct smoothing smoothing_read(struct question *q, scalar otherwise)
{
    static const char *const places[] = {"inside_root", "outside_root", NULL};
    struct smoothing smoothing = {question_number_or(q, "epsilon", otherwise),
                                  question_choice(q, "epsilon_place", places) == 1};
    if (!(smoothing.epsilon >= 0))
        question_refuse(q, "its number 'epsilon' is %g; it must not be negative",
                        (double)smoothing.epsilon);
    return smoothing;
}

void smoothing_demand(struct question *q, const scalar *divisor, size_t count, size_t stride)
{
    scalar zero = 0;
    for (size_t i = 0; i < count; i++)
        zero = divisor[i * stride] == 0 ? 1 : zero;
    reduce_largest(question_team(q), &zero, 1);
    if (zero > 0)
        question_refuse(q, "its number 'epsilon' is 0, and so is a spread; give more than 0");
}

scalar smoothing_divisor(const struct smoothing *smoothing, scalar variance, scalar *root)
{
    *root = scalar_sqrt(smoothing->outside ? variance : variance + smoothing->epsilon);
    return smoothing->outside ? *root + smoothing->epsilon : *root;
}
