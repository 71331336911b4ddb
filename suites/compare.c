// SPDX-License-Identifier: MIT
#include "compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void keep_worst(struct comparison *c, struct compare_element element)
{
    size_t place = c->worst_count;
    while (place > 0 && c->worst[place - 1].ratio < element.ratio)
        place--;
    if (place == COMPARE_WORST)
        return;
    size_t last = c->worst_count < COMPARE_WORST ? c->worst_count++ : COMPARE_WORST - 1;
    for (size_t i = last; i > place; i--)
        c->worst[i] = c->worst[i - 1];
    c->worst[place] = element;
}

/* `!(a <= b)` rather than `a > b` throughout: NaN fails. */
static double ratio_of(double error, double bound)
{
    if (!(error >= 0))
        return INFINITY;
    if (bound == 0)
        return error == 0 ? 0 : INFINITY;
    return error / bound;
}

struct comparison compare_array(const struct assay_golden_array *golden, const char *precision,
                                const double *got)
{
    const double *bound = golden->bound[precision_named(precision)];
    struct comparison c = {.elements = golden->count};
    double largest_error = 0, largest = 0;
    for (size_t i = 0; i < golden->count; i++) {
        double error = fabs((got[i] - golden->high[i]) - golden->low[i]);
        double ratio = ratio_of(error, bound[i]);
        c.failures += !(ratio <= 1);
        c.ratio = fmax(c.ratio, ratio);
        largest_error = error >= 0 ? fmax(largest_error, error) : INFINITY;
        largest = fmax(largest, fabs(golden->high[i]));
        if (c.worst_count < COMPARE_WORST || ratio > c.worst[COMPARE_WORST - 1].ratio)
            keep_worst(&c, (struct compare_element){i, got[i], golden->high[i], bound[i], ratio});
    }
    c.digits = 32;
    if (largest_error > 0)
        c.digits = largest > 0 ? fmin(32, fmax(0, -log10(largest_error / largest))) : 0;
    return c;
}

void compare_index(char *text, size_t size, size_t i, int rank, const size_t dim[])
{
    size_t stride = 1, used = 0;
    for (int axis = 1; axis < rank; axis++)
        stride *= dim[axis];
    used += (size_t)snprintf(text, size, "[");
    for (int axis = 0; axis < rank && used < size; axis++) {
        used += (size_t)snprintf(text + used, size - used, axis ? ",%zu" : "%zu", i / stride);
        i %= stride;
        stride /= axis + 1 < rank ? dim[axis + 1] : 1;
    }
    if (used < size)
        snprintf(text + used, size - used, "]");
}
