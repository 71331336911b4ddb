// SPDX-License-Identifier: MIT
#include "lift_and_gain.h"

enum { UP, DOWN, INTERPOLATED };

/* Positives among the first `taken` samples. */
static real positives_among(const struct ranking *r, size_t taken, int by_index)
{
    size_t positives = 0, n = 0;
    for (size_t t = 0; t < r->T && (size_t)r->end[t] <= taken; t++) {
        for (; n < (size_t)r->end[t]; n++)
            positives += r->label[n] == 1;
    }
    size_t begin = n, inside = 0, tied = 0;
    for (; n < r->N && r->score[n] == r->score[begin]; n++) {
        inside += r->label[n] == 1 && (!by_index || n < taken);
        tied++;
    }
    if (by_index || taken == begin)
        return real_count(positives + (taken > begin ? inside : 0));
    return real_count(positives) + real_count((taken - begin) * inside) / real_count(tied);
}

static void put_gains(struct call *call, const struct ranking *r, size_t B)
{
    static const char *const ways[] = {"up", "down", "interpolated", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    int way = call_choice(call, "taken", ways), by_index = call_choice(call, "ties", ties);
    real *gain = call_output(call, "gain", "B"), *lift = call_output(call, "lift", "B");
    for (size_t b = 0; b < B; b++) {
        size_t whole = r->N * (b + 1) / B, rest = r->N * (b + 1) % B;
        size_t next = whole + (rest > 0);
        real share = real_count(way == UP ? next : whole) / real_count(r->N);
        real found = positives_among(r, way == UP ? next : whole, by_index);
        if (way == INTERPOLATED) {
            share = real_count(b + 1) / real_count(B);
            found = found +
                    real_count(rest) / real_count(B) * (positives_among(r, next, by_index) - found);
        }
        gain[b] = found / r->positives;
        lift[b] = share > 0 ? gain[b] / share : 0;
    }
}

static void put_distance(struct call *call, const struct ranking *r)
{
    static const char *const sides[] = {"two", "positive", NULL};
    int positive = call_choice(call, "sided", sides);
    real *gap = call_scratch(call, r->T), largest = 0;
    size_t best = 0;
    for (size_t t = 0; t < r->T; t++) {
        gap[t] = r->true_positive[t] / r->positives - r->false_positive[t] / r->negatives;
        gap[t] = !positive ? real_abs(gap[t]) : gap[t] > 0 ? gap[t] : 0;
        best = gap[t] > largest ? t : best;
        largest = gap[t] > largest ? gap[t] : largest;
    }
    for (size_t t = 0; t < r->T; t++) {
        real ahead = largest - gap[t];
        call_decisions(call, t != best, &ahead);
    }
    *call_output(call, "ks", "") = largest;
    *call_output(call, "ks_threshold", "") = r->threshold[best];
}

void lift_and_gain_answer(struct call *call)
{
    struct ranking r = ranking_read(call);
    size_t B = call_count_or(call, "parts", 10, 1, 1000);
    if (r.weight)
        call_fail(call, "input 'weight' has no place here: parts are numbers of samples");
    if (!(r.positives > 0 && r.negatives > 0))
        call_fail(call, "input 'labels' has one class alone: a rate is 0 / 0");
    call_bind(call, 'B', B);
    put_gains(call, &r, B);
    put_distance(call, &r);
}
