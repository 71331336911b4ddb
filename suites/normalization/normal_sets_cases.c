// SPDX-License-Identifier: MIT
#include "normal_sets.h"

static struct dims dims_of(const struct normal_setting *is)
{
    if (is->T)
        return DIMS(is->N, is->T, is->C);
    if (!is->H)
        return DIMS(is->N, is->C);
    return is->has & NORMAL_LAST ? DIMS(is->N, is->H, is->W, is->C)
                                 : DIMS(is->N, is->C, is->H, is->W);
}

static void adjust(double *x, const struct normal_setting *is)
{
    size_t width = is->C * (is->T ? is->T : 1) * (is->H ? is->H * is->W : 1);
    for (size_t i = 0; i < is->N * width; i++) {
        size_t n = i / width;
        if (is->data == NORMAL_CONSTANT && n % 2 == 0)
            x[i] = (double)n - 2.75;
        else if (is->data == NORMAL_PAIRS)
            x[i] = (double)n - 1 + (i % 2 ? 0.5 : -0.5) * (double)(1u << n % 3);
    }
}

static void choose(struct assay_case *test, const struct normal_setting *is)
{
    case_number(test, "block", (double)is->block);
    if (is->epsilon > 0 || is->data == NORMAL_PAIRS)
        case_number(test, "epsilon", is->epsilon);
    if (is->groups)
        case_number(test, "groups", (double)is->groups);
    if (is->has & NORMAL_LAST)
        case_choice(test, "layout", "channels_last");
    if (is->has & NORMAL_OUTSIDE)
        case_choice(test, "epsilon_place", "outside_root");
    if (is->has & NORMAL_SAMPLE)
        case_choice(test, "deviation", "sample");
    if (is->has & NORMAL_STRIDED)
        case_choice(test, "group_channels", "strided");
}

void normal_sets_fill(struct assay_case *test, const struct normal_setting *is)
{
    struct dims dims = dims_of(is);
    double deviation = is->deviation > 0 ? is->deviation : 4;
    int exact = is->data == NORMAL_PAIRS;
    choose(test, is);
    if (is->data == NORMAL_OFFSET)
        case_normal(test, "x", dims, 1000, 1);
    else if (is->data == NORMAL_LARGE)
        case_normal(test, "x", dims, 3e19, 3e17);
    else
        case_normal(test, "x", dims, 0.5 * deviation, deviation);
    adjust(case_input(test, "x"), is);
    if (exact) {
        case_dyadic(test, "gamma", DIMS(is->C), 0.5, 2, 0.25);
        case_dyadic(test, "beta", DIMS(is->C), -2, 2, 0.5);
        case_dyadic(test, "dy", dims, -2, 2, 0.5);
        return;
    }
    if (is->has & NORMAL_AFFINE) {
        case_signed(test, "gamma", DIMS(is->C), 0.5, 2.5);
        case_uniform(test, "beta", DIMS(is->C), -2, 2);
    }
    if (is->has & NORMAL_GRADIENT)
        case_signed(test, "dy", dims, 0.25, 2);
}
