// SPDX-License-Identifier: MIT
/* Min-max display of weights; definition in reference/foundations/min_max_display.h.
 *
 * How it is distributed: the filters are sharded evenly. With one range for the whole tensor its
 * largest and its negated smallest weight cross the network, which is exact in any order; with a
 * range for each filter nothing does.
 */
#include "../techniques.h"

#include <math.h>

/* The largest value, and the largest negated value, of n weights `stride` apart. */
static void stretch(scalar range[2], const scalar *w, size_t n, size_t stride)
{
    for (size_t i = 0; i < n; i++) {
        scalar x = w[i * stride];
        range[0] = x > range[0] ? x : range[0];
        range[1] = -x > range[1] ? -x : range[1];
    }
}

void min_max_display_run(struct question *q)
{
    static const char *const ranges[] = {"tensor", "filter", NULL};
    question_split_evenly(q, 'O');
    const scalar *w = question_input(q, "w", "HVI[O]");
    size_t pixels = question_size(q, 'H') * question_size(q, 'V'), I = question_size(q, 'I');
    size_t mine = question_part(q, 'O'), n = pixels * I;
    if (n * question_size(q, 'O') == 0)
        question_refuse(q, "its input 'w' is empty");
    size_t channel = 0;
    if (question_number_or(q, "channel", 0) != 0)
        channel = question_count(q, "channel", 0, I - 1);
    bool by_filter = question_choice(q, "range", ranges) == 1;
    scalar *scaled = question_output(q, "scaled", "HVI[O]");
    scalar *tiles = question_output(q, "tiles", "[O]HV");
    scalar *low = question_output(q, "low", "[O]"), *high = question_output(q, "high", "[O]");
    scalar whole[2] = {-(scalar)INFINITY, -(scalar)INFINITY};
    stretch(whole, w, n * mine, 1);
    if (!by_filter)
        reduce_largest(question_team(q), whole, 2);
    for (size_t o = 0; o < mine; o++) {
        scalar own[2] = {-(scalar)INFINITY, -(scalar)INFINITY};
        stretch(own, w + o, n, mine);
        high[o] = by_filter ? own[0] : whole[0];
        low[o] = -(by_filter ? own[1] : whole[1]);
        scalar width = high[o] - low[o];
        for (size_t i = 0; i < n; i++)
            scaled[i * mine + o] = high[o] == low[o] ? 0 : (w[i * mine + o] - low[o]) / width;
        for (size_t k = 0; k < pixels; k++)
            tiles[o * pixels + k] = scaled[(k * I + channel) * mine + o];
    }
}
