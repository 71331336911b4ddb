// SPDX-License-Identifier: MIT
#include "classes.h"

enum { CLASSES = 1 << 12 };
enum strategy { NOT_MAJORITY, NOT_MINORITY, MINORITY, MAJORITY, ALL, RATIO, COUNTS };

struct classes classes_read(struct call *call)
{
    struct classes is = {.C = call_count(call, "classes", 1, CLASSES), .smallest = -1};
    is.label = call_integers(call, "label", "N", 0, (int)is.C - 1);
    is.N = call_size(call, 'N');
    if (is.N == 0)
        call_fail(call, "input 'label' has no samples");
    call_bind(call, 'C', is.C);
    int *count = call_scratch_integers(call, is.C);
    for (size_t n = 0; n < is.N; n++)
        count[is.label[n]]++;
    for (int c = 0; c < (int)is.C; c++) {
        if (count[c] > 0 && (is.smallest < 0 || count[c] < count[is.smallest]))
            is.smallest = c;
        if (count[c] > count[is.largest])
            is.largest = c;
    }
    is.count = count;
    return is;
}

int classes_floor(struct call *call, real value, int limit)
{
    int whole = 0;
    while (whole < limit && (real)(whole + 1) <= value)
        whole++;
    real distance[2] = {value - (real)whole, (real)(whole + 1) - value};
    call_decisions(call, 2, distance);
    return whole;
}

static real read_ratio(struct call *call)
{
    real ratio = call_number(call, "ratio");
    if (!(ratio > 0 && ratio <= 1))
        call_fail(call, "number 'ratio' must be above 0 and not above 1");
    return ratio;
}

static int is_changed(enum strategy strategy, const struct classes *is, int c)
{
    switch (strategy) {
    case NOT_MAJORITY:
        return c != is->largest;
    case NOT_MINORITY:
        return c != is->smallest;
    case MINORITY:
        return c == is->smallest;
    case MAJORITY:
        return c == is->largest;
    default:
        return 1;
    }
}

/* The goals of a strategy that changes classes to `size` samples. */
static int *set_goals(struct call *call, const struct classes *is, enum strategy strategy, int size)
{
    const int *wanted = NULL;
    if (strategy == COUNTS)
        wanted = call_integers(call, "counts", "C", 0, 1 << 24);
    int *goal = call_scratch_integers(call, is->C);
    for (int c = 0; c < (int)is->C; c++) {
        goal[c] = is->count[c];
        if (wanted)
            goal[c] = wanted[c];
        else if (is->count[c] > 0 && is_changed(strategy, is, c))
            goal[c] = size;
    }
    return goal;
}

int *classes_to_grow(struct call *call, const struct classes *is)
{
    static const char *const strategies[] = {"not_majority", "not_minority", "minority", "all",
                                             "ratio",        "counts",       NULL};
    static const enum strategy meant[] = {NOT_MAJORITY, NOT_MINORITY, MINORITY, ALL, RATIO, COUNTS};
    enum strategy strategy = meant[call_choice(call, "strategy", strategies)];
    int most = is->count[is->largest], size = most;
    if (strategy == RATIO) {
        size = classes_floor(call, read_ratio(call) * (real)most, most);
        strategy = NOT_MAJORITY;
        for (int c = 0; c < (int)is->C; c++) {
            if (c != is->largest && is->count[c] > size)
                call_fail(call, "number 'ratio' asks for fewer samples of class %d than it has", c);
        }
    }
    int *goal = set_goals(call, is, strategy, size);
    for (size_t c = 0; c < is->C; c++) {
        if (goal[c] < is->count[c] || (goal[c] > 0 && is->count[c] == 0))
            call_fail(call, "input 'counts' asks for %d samples of class %zu, which has %d",
                      goal[c], c, is->count[c]);
    }
    return goal;
}

int *classes_to_shrink(struct call *call, const struct classes *is)
{
    static const char *const strategies[] = {"not_minority", "not_majority", "majority", "all",
                                             "ratio",        "counts",       NULL};
    static const enum strategy meant[] = {NOT_MINORITY, NOT_MAJORITY, MAJORITY, ALL, RATIO, COUNTS};
    enum strategy strategy = meant[call_choice(call, "strategy", strategies)];
    int least = is->count[is->smallest], size = least;
    if (strategy == RATIO) {
        size = classes_floor(call, (real)least / read_ratio(call), (int)is->N);
        strategy = NOT_MINORITY;
        for (int c = 0; c < (int)is->C; c++) {
            if (c != is->smallest && is->count[c] > 0 && is->count[c] < size)
                call_fail(call, "number 'ratio' asks for more samples of class %d than it has", c);
        }
    }
    int *goal = set_goals(call, is, strategy, size);
    for (size_t c = 0; c < is->C; c++) {
        if (goal[c] > is->count[c])
            call_fail(call, "input 'counts' asks for %d samples of class %zu, which has %d",
                      goal[c], c, is->count[c]);
    }
    return goal;
}

static int *select_class(struct call *call, const struct classes *is, int c, int others)
{
    int *member = call_scratch_integers(call, is->N);
    size_t m = 0;
    for (size_t n = 0; n < is->N; n++) {
        if ((is->label[n] != c) == others)
            member[m++] = (int)n;
    }
    return member;
}

int *classes_members(struct call *call, const struct classes *is, int c)
{
    return select_class(call, is, c, 0);
}

int *classes_others(struct call *call, const struct classes *is, int c)
{
    return select_class(call, is, c, 1);
}
