// SPDX-License-Identifier: MIT
#include "train_test_split.h"

static size_t percent_of(size_t S, size_t percent, int rounding)
{
    if (rounding == 0)
        return (S * percent + 99) / 100;
    return rounding == 1 ? S * percent / 100 : (S * percent + 50) / 100;
}

static void read_sizes(struct call *call, struct split *s)
{
    static const char *const roundings[] = {"up", "down", "nearest", NULL};
    static const char *const wholes[] = {"rest", "all", NULL};
    int rounding = call_choice(call, "rounding", roundings);
    int of_all = call_choice(call, "validation_of", wholes);
    size_t percent = call_count_or(call, "test_percent", 25, 1, 99);
    s->T = call_count_or(call, "test_count", percent_of(s->S, percent, rounding), 1, s->S);
    if (s->T == 0 || s->T >= s->S)
        call_fail(call, "number 'test_percent' leaves one part of %zu samples empty", s->S);
    percent = call_count_or(call, "train_percent", 0, 0, 99);
    s->R = percent ? s->S * percent / 100 : s->S - s->T;
    if (s->R == 0 || s->R + s->T > s->S)
        call_fail(call, "number 'train_percent' leaves no training set or exceeds what is left");
    percent = call_count_or(call, "validation_percent", 0, 0, 99);
    s->three = percent > 0;
    s->V = s->three ? percent_of(of_all ? s->S : s->R, percent, rounding) : 0;
    if (s->three && (s->V == 0 || s->V >= s->R))
        call_fail(call, "number 'validation_percent' leaves one part of %zu samples empty", s->R);
}

struct split train_test_split_read(struct call *call)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct split s = {.S = call_count(call, "samples", 2, 1 << 20),
                      .shuffled = call_choice(call, "shuffle", yes_no) == 0,
                      .stratified = call_choice(call, "stratify", no_yes)};
    read_sizes(call, &s);
    call_bind(call, 'S', s.S);
    call_bind(call, 'R', s.R);
    if (s.stratified && !s.shuffled)
        call_fail(call, "convention 'stratify' needs a shuffle");
    if (s.shuffled && !call_has(call, "permutation"))
        call_fail(call, "input 'permutation' is missing");
    s.p = permutation_or_identity(call, "permutation", 'S');
    if (s.shuffled && s.three && !call_has(call, "second"))
        call_fail(call, "input 'second' is missing");
    s.second = permutation_or_identity(call, "second", 'R');
    if (s.stratified) {
        s.C = call_count(call, "classes", 1, 1024);
        call_bind(call, 'C', s.C);
        s.labels = call_integers(call, "labels", "S", 0, (int)s.C - 1);
        s.priority = permutation_or_identity(call, "priority", 'C');
    }
    s.all = (struct split_part){s.S, call_scratch_integers(call, s.S)};
    for (size_t n = 0; n < s.S; n++)
        s.all.index[n] = (int)n;
    return s;
}

void split_shares(struct call *call, int *share, const int *count, size_t draws, size_t C,
                  const int *priority)
{
    int *served = call_scratch_integers(call, C);
    size_t sum = 0, left = draws;
    for (size_t c = 0; c < C; c++)
        sum += (size_t)count[c];
    for (size_t c = 0; c < C; c++) {
        share[c] = (int)(draws * (size_t)count[c] / sum);
        left -= (size_t)share[c];
    }
    for (; left > 0; left--) {
        size_t best = C, most = 0;
        for (size_t i = 0; i < C; i++) {
            size_t c = (size_t)priority[i], rest = draws * (size_t)count[c] % sum;
            if (!served[c] && (best == C || rest > most)) {
                best = c;
                most = rest;
            }
        }
        served[best] = 1;
        share[best]++;
    }
}

/* The samples of `from` in the order of p, class by class, into two parts of `train` and `test`. */
static void stratify(struct call *call, const struct split *s, const struct split_part *from,
                     const int *p, struct split_part *train, struct split_part *test)
{
    size_t C = s->C, at_train = 0, at_test = 0;
    int *count = call_scratch_integers(call, C), *rest = call_scratch_integers(call, C);
    int *r = call_scratch_integers(call, C), *t = call_scratch_integers(call, C);
    for (size_t n = 0; n < from->count; n++)
        count[s->labels[from->index[n]]]++;
    for (size_t c = 0; c < C; c++) {
        if (count[c] < 2)
            call_fail(call, "input 'labels' has %d samples of class %zu to be split", count[c], c);
    }
    if (train->count < C || test->count < C)
        call_fail(call, "number 'test_percent' leaves a part with fewer samples than classes");
    split_shares(call, r, count, train->count, C, s->priority);
    for (size_t c = 0; c < C; c++)
        rest[c] = count[c] - r[c];
    split_shares(call, t, rest, test->count, C, s->priority);
    for (size_t c = 0; c < C; c++) {
        int taken = 0;
        for (size_t n = 0; n < from->count; n++) {
            int sample = from->index[p[n]];
            if (s->labels[sample] != (int)c)
                continue;
            if (taken < r[c])
                train->index[at_train++] = sample;
            else if (taken < r[c] + t[c])
                test->index[at_test++] = sample;
            taken++;
        }
    }
}

/* Splits `from` by p into test->count and train->count samples. */
static void split(struct call *call, const struct split *s, const struct split_part *from,
                  const int *p, struct split_part *train, struct split_part *test)
{
    train->index = call_scratch_integers(call, train->count);
    test->index = call_scratch_integers(call, test->count);
    if (s->stratified) {
        stratify(call, s, from, p, train, test);
        return;
    }
    for (size_t n = 0; n < train->count; n++)
        train->index[n] = from->index[s->shuffled ? (size_t)p[test->count + n] : n];
    for (size_t n = 0; n < test->count; n++)
        test->index[n] = from->index[s->shuffled ? (size_t)p[n] : train->count + n];
}

static void put(struct call *call, const char *name, char letter, const struct split_part *part)
{
    const char shape[] = {letter, '\0'};
    call_bind(call, letter, part->count);
    real *index = call_output_integers(call, name, shape);
    for (size_t n = 0; n < part->count; n++)
        index[n] = (real)part->index[n];
}

void train_test_split_answer(struct call *call)
{
    struct split s = train_test_split_read(call);
    struct split_part train = {s.R, NULL}, test = {s.T, NULL};
    split(call, &s, &s.all, s.p, &train, &test);
    if (s.three) {
        struct split_part fit = {s.R - s.V, NULL}, validation = {s.V, NULL};
        split(call, &s, &train, s.second, &fit, &validation);
        put(call, "train", 'F', &fit);
        put(call, "validation", 'V', &validation);
    } else {
        put(call, "train", 'F', &train);
    }
    put(call, "test", 'T', &test);
}
