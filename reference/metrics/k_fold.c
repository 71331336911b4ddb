// SPDX-License-Identifier: MIT
#include "k_fold.h"

/* The largest number of samples that share one of C numbers. */
static size_t most_members(struct call *call, const int *of, size_t S, size_t C)
{
    int *count = call_scratch_integers(call, C);
    size_t most = 0;
    for (size_t n = 0; n < S; n++) {
        size_t members = (size_t)++count[of[n]];
        most = members > most ? members : most;
    }
    return most;
}

static void read_time(struct call *call, struct folds *f)
{
    f->gap = call_count_or(call, "gap", 0, 0, f->S);
    f->max_train = call_count_or(call, "max_train", f->S, 1, f->S);
    f->test_size = call_count_or(call, "test_size", f->S / (f->K + 1), 0, f->S);
    if (f->test_size == 0 || f->K * f->test_size + f->gap >= f->S)
        call_fail(call, "number 'folds' leaves the first split of the series nothing to train on");
}

struct folds k_fold_read(struct call *call)
{
    static const char *const methods[] = {"plain",       "stratified",    "group",
                                          "time_series", "leave_one_out", NULL};
    static const char *const orders[] = {"appearance", "label", NULL};
    static const char *const ties[] = {"last", "first", NULL};
    struct folds f = {.method = (enum fold_method)call_choice(call, "method", methods),
                      .S = call_count(call, "samples", 2, 1 << 12),
                      .by_label = call_choice(call, "class_order", orders),
                      .first_wins = call_choice(call, "ties", ties)};
    call_bind(call, 'S', f.S);
    f.K = f.method == FOLD_LEAVE_ONE_OUT ? f.S : call_count_or(call, "folds", 5, 2, f.S);
    if (f.K > f.S)
        call_fail(call, "number 'samples' is %zu, fewer than the %zu 'folds'", f.S, f.K);
    call_bind(call, 'K', f.K);
    f.p = permutation_or_identity(call, "permutation", 'S');
    if (f.method == FOLD_STRATIFIED) {
        f.C = call_count(call, "classes", 1, 1024);
        f.labels = call_integers(call, "labels", "S", 0, (int)f.C - 1);
        if (most_members(call, f.labels, f.S, f.C) < f.K)
            call_fail(call, "number 'folds' exceeds the members of every class");
    }
    if (f.method == FOLD_GROUP) {
        f.G = call_count(call, "groups", 1, 1024);
        f.group = call_integers(call, "group", "S", 0, (int)f.G - 1);
        if (f.G < f.K)
            call_fail(call, "number 'folds' exceeds the %zu groups", f.G);
    }
    if (f.method == FOLD_TIME_SERIES)
        read_time(call, &f);
    return f;
}

static void deal_plain(int *fold, const struct folds *f)
{
    size_t at = 0;
    for (size_t k = 0; k < f->K; k++) {
        size_t end = at + f->S / f->K + (k < f->S % f->K);
        for (; at < end; at++)
            fold[f->p[at]] = (int)k;
    }
}

/* code (S): the classes, counted in the order in which they appear, or by label. */
static void encode(struct call *call, int *code, const struct folds *f)
{
    int *of_class = call_scratch_integers(call, f->C), known = 0;
    for (size_t n = 0; n < f->S; n++) {
        int *c = &of_class[f->labels[n]];
        if (*c == 0)
            *c = ++known;
        code[n] = f->by_label ? f->labels[n] : *c - 1;
    }
}

static void deal_stratified(struct call *call, int *fold, const struct folds *f)
{
    int *code = call_scratch_integers(call, f->S), *places = call_scratch_integers(call, f->K);
    size_t dealt = 0;
    encode(call, code, f);
    for (size_t c = 0; c < f->C; c++) {
        for (size_t k = 0; k < f->K; k++)
            places[k] = 0;
        for (size_t n = 0; n < f->S; n++) {
            if (code[n] == (int)c)
                places[dealt++ % f->K]++;
        }
        size_t k = 0;
        for (size_t i = 0; i < f->S; i++) {
            if (code[f->p[i]] != (int)c)
                continue;
            while (places[k] == 0)
                k++;
            places[k]--;
            fold[f->p[i]] = (int)k;
        }
    }
}

static void deal_groups(struct call *call, int *fold, const struct folds *f)
{
    int *size = call_scratch_integers(call, f->G), *placed = call_scratch_integers(call, f->G);
    int *load = call_scratch_integers(call, f->K);
    for (size_t n = 0; n < f->S; n++)
        size[f->group[n]]++;
    for (size_t turn = 0; turn < f->G; turn++) {
        size_t best = f->G, k = 0;
        for (size_t g = 0; g < f->G; g++) {
            int wins =
                best == f->G || size[g] > size[best] || (size[g] == size[best] && !f->first_wins);
            if (!placed[g] && wins)
                best = g;
        }
        for (size_t j = 1; j < f->K; j++)
            k = load[j] < load[k] ? j : k;
        placed[best] = 1;
        load[k] += size[best];
        for (size_t n = 0; n < f->S; n++)
            fold[n] = f->group[n] == (int)best ? (int)k : fold[n];
    }
}

static void fill_time(real *role, const struct folds *f)
{
    for (size_t k = 0; k < f->K; k++) {
        size_t test = f->S - (f->K - k) * f->test_size, end = test - f->gap;
        size_t begin = end > f->max_train ? end - f->max_train : 0;
        for (size_t n = 0; n < f->S; n++) {
            int tested = n >= test && n < test + f->test_size, trained = n >= begin && n < end;
            role[k * f->S + n] = tested ? R(1.0) : trained ? R(0.0) : R(-1.0);
        }
    }
}

void k_fold_answer(struct call *call)
{
    struct folds f = k_fold_read(call);
    real *role = call_output_integers(call, "role", "KS");
    real *test_size = call_output_integers(call, "test_size", "K");
    real *train_size = call_output_integers(call, "train_size", "K");
    int *fold = call_scratch_integers(call, f.S);
    if (f.method == FOLD_TIME_SERIES)
        fill_time(role, &f);
    else if (f.method == FOLD_STRATIFIED)
        deal_stratified(call, fold, &f);
    else if (f.method == FOLD_GROUP)
        deal_groups(call, fold, &f);
    else
        deal_plain(fold, &f);
    for (size_t i = 0; i < f.K * f.S; i++) {
        size_t k = i / f.S;
        if (f.method != FOLD_TIME_SERIES)
            role[i] = (real)(fold[i % f.S] == (int)k);
        test_size[k] = test_size[k] + (role[i] == 1);
        train_size[k] = train_size[k] + (role[i] == 0);
    }
}
