// SPDX-License-Identifier: MIT
/* Cumulative gain, lift and the distance of Kolmogorov and Smirnov; definition in
 * reference/metrics/lift_and_gain.h.
 *
 * How it is distributed: the samples are sharded and gathered; every rank sorts all of them and
 * does the rest (ranking.h).
 */
#include "ranking.h"

enum { UP, DOWN, INTERPOLATED };

/* Positives among the first `taken` samples; above (N+1): whole ones among the first n. */
static scalar positives_among(const struct ranking *r, const size_t *above, size_t taken,
                              bool by_index)
{
    size_t begin = 0, end = 0;
    for (size_t t = 0; t < r->T && end <= taken && end < r->N; t++) {
        begin = end;
        end = r->end[t];
    }
    if (end <= taken)
        begin = end;
    if (by_index || begin == taken)
        return (scalar)above[taken];
    return (scalar)above[begin] +
           (scalar)((taken - begin) * (above[end] - above[begin])) / (scalar)(end - begin);
}

static void put_gains(struct question *q, const struct ranking *r, size_t B)
{
    static const char *const ways[] = {"up", "down", "interpolated", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    int way = question_choice(q, "taken", ways);
    bool by_index = question_choice(q, "ties", ties) == 1;
    size_t *above = arena_take(question_arena(q), r->N + 1, sizeof *above);
    scalar *gain = question_output(q, "gain", "B"), *lift = question_output(q, "lift", "B");
    for (size_t n = 0; n < r->N; n++)
        above[n + 1] = above[n] + (r->label[n] == 1);
    for (size_t b = 0; b < B; b++) {
        size_t whole = r->N * (b + 1) / B, rest = r->N * (b + 1) % B, up = whole + (rest > 0);
        scalar share = (scalar)(way == UP ? up : whole) / (scalar)r->N;
        scalar found = positives_among(r, above, way == UP ? up : whole, by_index);
        if (way == INTERPOLATED) {
            share = (scalar)(b + 1) / (scalar)B;
            found += (scalar)rest / (scalar)B * (positives_among(r, above, up, by_index) - found);
        }
        gain[b] = found / r->positives;
        lift[b] = share > 0 ? gain[b] / share : 0;
    }
}

void lift_and_gain_run(struct question *q)
{
    static const char *const sides[] = {"two", "positive", NULL};
    struct ranking r = ranking_read(q);
    size_t B = question_count_or(q, "parts", 10, 1, 1000), best = 0;
    bool positive = question_choice(q, "sided", sides) == 1;
    scalar largest = 0;
    if (r.weight != NULL)
        question_refuse(q, "its 'weight' has no place here; parts are numbers of samples");
    if (!(r.positives > 0 && r.negatives > 0))
        question_refuse(q, "its 'labels' are of one class; give both");
    question_bind(q, 'B', B);
    put_gains(q, &r, B);
    for (size_t t = 0; t < r.T; t++) {
        scalar gap = r.true_positive[t] / r.positives - r.false_positive[t] / r.negatives;
        gap = positive ? gap : scalar_absolute(gap);
        if (gap > largest) {
            largest = gap;
            best = t;
        }
    }
    *question_output(q, "ks", "") = largest;
    *question_output(q, "ks_threshold", "") = r.threshold[best];
}
