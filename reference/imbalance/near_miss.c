// SPDX-License-Identifier: MIT
#include "near_miss.h"

enum { ONE, TWO, THREE };

struct near_miss near_miss_read(struct call *call)
{
    static const char *const versions[] = {"one", "two", "three", NULL};
    struct near_miss is = {.classes = classes_read(call), .points = points_read(call)};
    is.goal = classes_to_shrink(call, &is.classes);
    is.k = call_count_or(call, "neighbours", 3, 1, 1 << 20);
    is.m = call_count_or(call, "candidates", 3, 1, 1 << 20);
    is.version = call_choice(call, "version", versions);
    if (is.k > (size_t)is.classes.count[is.classes.smallest])
        call_fail(call, "number 'neighbours' is %zu, but the smallest class has %d samples", is.k,
                  is.classes.count[is.classes.smallest]);
    for (size_t c = 0; c < is.classes.C && is.version == THREE; c++) {
        if (is.goal[c] < is.classes.count[c] && is.m > (size_t)is.classes.count[c])
            call_fail(call, "number 'candidates' is %zu, but class %zu has %d samples", is.m, c,
                      is.classes.count[c]);
    }
    is.average = call_output(call, "average", "N");
    is.selected = call_output_integers(call, "selected", "N");
    is.remaining = call_output_integers(call, "remaining", "C");
    is.candidate = call_scratch(call, is.points.N);
    if (is.version == THREE)
        is.candidate = call_output_integers(call, "candidate", "N");
    return is;
}

void near_miss_admit(struct call *call, const struct near_miss *is, int c)
{
    const int *member = classes_members(call, &is->classes, c);
    size_t members = (size_t)is->classes.count[c];
    if (is->version != THREE) {
        for (size_t i = 0; i < members; i++)
            is->candidate[member[i]] = 1;
        return;
    }
    int *near = call_scratch_integers(call, is->m);
    for (size_t n = 0; n < is->points.N; n++) {
        if (is->classes.label[n] != is->classes.smallest)
            continue;
        points_nearest(call, near, NULL, &is->points, n, member, members, is->m);
        for (size_t i = 0; i < is->m; i++)
            is->candidate[near[i]] = 1;
    }
}

real near_miss_average(struct call *call, const struct near_miss *is, size_t n)
{
    int small = is->classes.smallest;
    const int *member = classes_members(call, &is->classes, small);
    size_t members = (size_t)is->classes.count[small], k = is->version == TWO ? members : is->k;
    int *near = call_scratch_integers(call, k);
    real *squared = call_scratch(call, k), *distance = call_scratch(call, k);
    points_nearest(call, near, squared, &is->points, n, member, members, k);
    for (size_t i = 0; i < k; i++)
        distance[i] = real_sqrt(squared[i]);
    return sum_features(is->k, &distance[k - is->k], 1) / real_count(is->k);
}

/* Whether candidate a is kept before candidate b. */
static int is_before(const struct near_miss *is, int a, int b)
{
    real gap = is->average[a] - is->average[b];
    gap = is->version == THREE ? -gap : gap;
    return gap < 0 || (gap == 0 && (is->points.last_wins ? a > b : a < b));
}

void near_miss_select(struct call *call, const struct near_miss *is, int c)
{
    const int *member = classes_members(call, &is->classes, c);
    int count = is->classes.count[c];
    for (int i = 0; i < count; i++) {
        int rank = 0;
        for (int j = 0; j < count; j++)
            rank += is->candidate[member[j]] > 0 && j != i && is_before(is, member[j], member[i]);
        is->selected[member[i]] = is->candidate[member[i]] > 0 && rank < is->goal[c];
    }
    for (int i = 0; i < count * count; i++) {
        int a = member[i / count], b = member[i % count];
        real gap = is->average[a] - is->average[b];
        if (is->candidate[b] > 0 && is->selected[a] > 0 && !(is->selected[b] > 0))
            call_decisions(call, 1, &gap);
    }
}

void near_miss_answer(struct call *call)
{
    struct near_miss is = near_miss_read(call);
    for (int c = 0; c < (int)is.classes.C; c++) {
        if (is.goal[c] < is.classes.count[c])
            near_miss_admit(call, &is, c);
    }
    for (size_t n = 0; n < is.points.N; n++) {
        int c = is.classes.label[n];
        is.selected[n] = is.goal[c] == is.classes.count[c];
        if (is.candidate[n] > 0)
            is.average[n] = near_miss_average(call, &is, n);
    }
    for (int c = 0; c < (int)is.classes.C; c++) {
        if (is.goal[c] < is.classes.count[c])
            near_miss_select(call, &is, c);
    }
    for (size_t n = 0; n < is.points.N; n++)
        is.remaining[is.classes.label[n]] += is.selected[n];
}
