// SPDX-License-Identifier: MIT
#include "adasyn.h"

struct adasyn adasyn_read(struct call *call)
{
    static const char *const roundings[] = {"even", "half_up", "down", NULL};
    struct adasyn is = {.classes = classes_read(call), .points = points_read(call)};
    is.k = call_count_or(call, "neighbours", 5, 1, 1 << 20);
    is.goal = classes_to_grow(call, &is.classes);
    for (size_t c = 0; c < is.classes.C; c++) {
        if (is.goal[c] > is.classes.count[c] && (size_t)is.classes.count[c] <= is.k)
            call_fail(call, "number 'neighbours' is %zu, but class %zu has %d samples", is.k, c,
                      is.classes.count[c]);
    }
    is.pick = call_integers(call, "pick", "G", 0, (int)is.k - 1);
    is.gap = call_input(call, "gap", "G");
    is.G = call_size(call, 'G');
    for (size_t s = 0; s < is.G; s++) {
        if (!(is.gap[s] >= 0 && is.gap[s] <= 1))
            call_fail(call, "input 'gap' must be in [0, 1] everywhere");
    }
    is.balance = call_number_or(call, "balance", R(1.0));
    if (!(is.balance > 0 && is.balance <= 1))
        call_fail(call, "number 'balance' must be above 0 and not above 1");
    is.rounding = call_choice(call, "rounding", roundings);
    is.hardness = call_output(call, "hardness", "N");
    is.made = call_output_integers(call, "made", "N");
    is.synthetic = call_output(call, "synthetic", "GD");
    is.source = call_output_integers(call, "source", "G");
    is.partner = call_output_integers(call, "partner", "G");
    return is;
}

real adasyn_round(struct call *call, const struct adasyn *is, real value)
{
    size_t count = 0; /* beyond the draws the call ends anyway */
    while (count <= is->G && real_count(count + 1) <= value)
        count++;
    real whole = real_count(count), rest = value - whole, half = rest - R(0.5);
    real distance[2] = {rest, 1 - rest};
    if (is->rounding == ROUND_DOWN) {
        call_decisions(call, 2, distance);
        return whole;
    }
    call_decisions(call, 1, &half);
    int odd = (long long)whole % 2 != 0;
    return half > 0 || (half == 0 && (odd || is->rounding == ROUND_UP)) ? whole + 1 : whole;
}

void adasyn_judge(struct call *call, const struct adasyn *is, int c)
{
    size_t N = is->points.N, members = (size_t)is->classes.count[c];
    const int *all = points_all(call, &is->points), *label = is->classes.label;
    const int *member = classes_members(call, &is->classes, c);
    int *near = call_scratch_integers(call, is->k);
    real sum = 0;
    for (size_t m = 0; m < members; m++) {
        size_t n = (size_t)member[m], others = 0;
        points_nearest(call, near, NULL, &is->points, n, all, N, is->k);
        for (size_t i = 0; i < is->k; i++)
            others += label[near[i]] != c;
        is->hardness[n] = real_count(others) / real_count(is->k);
        sum = sum + is->hardness[n];
    }
    if (!(sum > 0))
        call_fail(call, "input 'x': no member of class %d has a neighbour of another class", c);
    real wanted = is->balance * (real)(is->goal[c] - is->classes.count[c]);
    for (size_t m = 0; m < members; m++)
        is->made[member[m]] = adasyn_round(call, is, is->hardness[member[m]] / sum * wanted);
}

/* The new samples of class c from number s on; returns the number after the last. */
static size_t make(struct call *call, const struct adasyn *is, int c, size_t s)
{
    size_t D = is->points.D, members = (size_t)is->classes.count[c];
    const int *member = classes_members(call, &is->classes, c);
    int *near = call_scratch_integers(call, is->k);
    for (size_t m = 0; m < members; m++) {
        size_t n = (size_t)member[m];
        points_nearest(call, near, NULL, &is->points, n, member, members, is->k);
        for (real i = 0; i < is->made[n]; i = i + 1, s++) {
            if (s == is->G)
                call_fail(call, "input 'gap' has fewer draws than new samples are made");
            int p = near[is->pick[s]];
            is->source[s] = real_count(n);
            is->partner[s] = (real)p;
            for (size_t d = 0; d < D; d++) {
                real from = is->points.x[n * D + d];
                real difference = is->points.x[(size_t)p * D + d] - from;
                is->synthetic[s * D + d] = from + is->gap[s] * difference;
            }
        }
    }
    return s;
}

void adasyn_answer(struct call *call)
{
    struct adasyn is = adasyn_read(call);
    size_t s = 0;
    for (int c = 0; c < (int)is.classes.C; c++) {
        if (is.goal[c] == is.classes.count[c])
            continue;
        adasyn_judge(call, &is, c);
        s = make(call, &is, c, s);
    }
    for (; s < is.G; s++)
        is.source[s] = is.partner[s] = -1;
}
