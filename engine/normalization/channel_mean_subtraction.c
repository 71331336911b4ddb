// SPDX-License-Identifier: MIT
/* Channel mean subtraction; definition in reference/normalization/channel_mean_subtraction.h.
 *
 * How it is distributed: the images are sharded. Each pixel is computed alone; nothing crosses the
 * network and nothing is added.
 */
#include "../techniques.h"

/* mean and deviation (C), in the order of y. */
static void read_statistics(struct question *q, bool kept, const scalar **mean,
                            const scalar **deviation)
{
    const size_t C = question_size(q, 'C');
    static const scalar blue_first[] = {(scalar)103.939, (scalar)116.779, (scalar)123.68};
    static const scalar red_first[] = {(scalar)123.68, (scalar)116.779, (scalar)103.939};
    *mean = kept ? red_first : blue_first;
    if (question_has(q, "mean"))
        *mean = question_input(q, "mean", "C");
    else if (C != 3)
        question_refuse(q, "it has %zu channels, for which no mean is known; add the input 'mean'",
                        C);
    scalar *one = question_scratch(q, C);
    for (size_t c = 0; c < C; c++)
        one[c] = 1;
    *deviation = question_has(q, "deviation") ? question_input(q, "deviation", "C") : one;
    for (size_t c = 0; c < C; c++)
        if (!((*deviation)[c] > 0))
            question_refuse(q, "element %zu of its input 'deviation' is not positive", c);
}

void channel_mean_subtraction_run(struct question *q)
{
    static const char *const orders[] = {"reversed", "kept", NULL};
    static const char *const layouts[] = {"channels_last", "channels_first", NULL};
    const bool first = question_choice(q, "layout", layouts) == 1;
    const bool kept = question_choice(q, "channels", orders) == 1;
    const char *shape = first ? "[N]CHW" : "[N]HWC";
    const scalar *x = question_input(q, "x", shape), *mean, *deviation;
    const size_t C = question_size(q, 'C'), P = question_size(q, 'H') * question_size(q, 'W');
    const scalar divisor = question_number_or(q, "divisor", 1);
    if (divisor == 0)
        question_refuse(q, "its number 'divisor' is 0");
    read_statistics(q, kept, &mean, &deviation);
    const bool backward = question_has(q, "dy");
    scalar *y = question_output(q, "y", shape);
    const scalar *dy = backward ? question_input(q, "dy", shape) : NULL;
    scalar *dx = backward ? question_output(q, "dx", shape) : NULL;
    for (size_t i = 0; i < question_part(q, 'N') * C * P; i++) {
        const size_t c = first ? i / P % C : i % C, k = kept ? c : C - 1 - c;
        const size_t from = i - (first ? c * P : c) + (first ? k * P : k);
        y[i] = (x[from] / divisor - mean[c]) / deviation[c];
        if (backward)
            dx[from] = dy[i] / deviation[c] / divisor;
    }
}
