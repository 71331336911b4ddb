// SPDX-License-Identifier: MIT
/* Folds of cross-validation; definition in reference/metrics/k_fold.h.
 *
 * How it is distributed: the splits are sharded, one being the work of one rank; every rank finds
 * the fold of every sample and fills the roles of its own splits. Nothing crosses the network.
 */
#include "../synthetic_data/permutation.h"
#include "../techniques.h"

#include <stdlib.h>

enum method { PLAIN, STRATIFIED, GROUP, TIME_SERIES, LEAVE_ONE_OUT };

struct plan {
    struct question *q;
    enum method method;
    size_t S, K, C, G, gap, most, test;
    bool by_label, first_wins;
    const int *order, *labels, *group;
    int *fold; /* (S) */
};

static int *numbers(const struct plan *p, size_t n)
{
    return arena_take(question_arena(p->q), n, sizeof(int));
}

static void deal_plain(const struct plan *p)
{
    const size_t low = p->S / p->K, more = p->S % p->K, border = more * (low + 1);
    for (size_t i = 0; i < p->S; i++)
        p->fold[p->order[i]] = (int)(i < border ? i / (low + 1) : more + (i - border) / low);
}

/* turn (C): the place of every class among those to be dealt out. */
static void order_classes(const struct plan *p, int *turn)
{
    bool *seen = arena_take(question_arena(p->q), p->C, sizeof *seen);
    int next = 0;
    for (size_t n = 0; n < p->S; n++) {
        const size_t c = (size_t)p->labels[n];
        if (!seen[c])
            turn[c] = next++;
        seen[c] = true;
    }
    for (size_t c = 0; c < p->C && p->by_label; c++)
        turn[c] = (int)c;
}

static void deal_classes(const struct plan *p)
{
    int *turn = numbers(p, p->C), *count = numbers(p, p->C + 1), *used = numbers(p, p->C);
    order_classes(p, turn);
    for (size_t n = 0; n < p->S; n++)
        count[turn[p->labels[n]] + 1]++;
    for (size_t c = 0; c < p->C; c++)
        count[c + 1] += count[c];
    for (size_t i = 0; i < p->S; i++) {
        const int sample = p->order[i], c = turn[p->labels[sample]];
        /* Places count[c] .. count[c + 1] - 1 of the dealt row; fold k has those of k mod K. */
        size_t k = 0, left = (size_t)used[c]++;
        for (;; k++) {
            const size_t low = ((size_t)count[c] + p->K - 1 - k) / p->K;
            const size_t high = ((size_t)count[c + 1] + p->K - 1 - k) / p->K;
            if (left < high - low)
                break;
            left -= high - low;
        }
        p->fold[sample] = (int)k;
    }
}

struct heap {
    int size, group;
    bool first_wins;
};

static int by_turn(const void *left, const void *right)
{
    const struct heap *a = left, *b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->group < b->group) == a->first_wins ? -1 : 1;
}

static void deal_groups(const struct plan *p)
{
    struct heap *heap = arena_take(question_arena(p->q), p->G, sizeof *heap);
    int *load = numbers(p, p->K), *fold_of = numbers(p, p->G);
    for (size_t g = 0; g < p->G; g++)
        heap[g] = (struct heap){0, (int)g, p->first_wins};
    for (size_t n = 0; n < p->S; n++)
        heap[p->group[n]].size++;
    qsort(heap, p->G, sizeof *heap, by_turn);
    for (size_t g = 0; g < p->G; g++) {
        size_t k = p->K - 1;
        for (size_t j = p->K; j-- > 0;)
            k = load[j] <= load[k] ? j : k;
        load[k] += heap[g].size;
        fold_of[heap[g].group] = (int)k;
    }
    for (size_t n = 0; n < p->S; n++)
        p->fold[n] = fold_of[p->group[n]];
}

static void read_groups(struct plan *p)
{
    struct question *q = p->q;
    size_t most = 0;
    if (p->method == STRATIFIED) {
        p->C = question_count(q, "classes", 1, 1024);
        p->labels = question_integers(q, "labels", "S", 0, (int)p->C - 1);
        int *count = numbers(p, p->C);
        for (size_t n = 0; n < p->S; n++) {
            const size_t members = (size_t)++count[p->labels[n]];
            most = most > members ? most : members;
        }
        if (most < p->K)
            question_refuse(q, "its number 'folds' is above the %zu members of its largest class",
                            most);
    }
    if (p->method == GROUP) {
        p->G = question_count(q, "groups", 1, 1024);
        p->group = question_integers(q, "group", "S", 0, (int)p->G - 1);
        if (p->G < p->K)
            question_refuse(q, "its number 'folds' is above its %zu groups", p->G);
    }
    if (p->method == TIME_SERIES) {
        p->gap = question_count_or(q, "gap", 0, 0, p->S);
        p->most = question_count_or(q, "max_train", p->S, 1, p->S);
        p->test = question_count_or(q, "test_size", p->S / (p->K + 1), 0, p->S);
        if (p->test == 0 || p->K * p->test + p->gap >= p->S)
            question_refuse(q, "its number 'folds' leaves no sample before the first test");
    }
}

static int role_of(const struct plan *p, size_t k, size_t n)
{
    if (p->method != TIME_SERIES)
        return p->fold[n] == (int)k;
    const size_t test = p->S - (p->K - k) * p->test;
    if (n >= test)
        return n < test + p->test ? 1 : -1;
    return n + p->gap < test && n + p->gap + p->most >= test ? 0 : -1;
}

void k_fold_run(struct question *q)
{
    static const char *const methods[] = {"plain",       "stratified",    "group",
                                          "time_series", "leave_one_out", NULL};
    static const char *const orders[] = {"appearance", "label", NULL};
    static const char *const ties[] = {"last", "first", NULL};
    struct plan p = {.q = q, .method = (enum method)question_choice(q, "method", methods)};
    p.by_label = question_choice(q, "class_order", orders) == 1;
    p.first_wins = question_choice(q, "ties", ties) == 1;
    p.S = question_count(q, "samples", 2, 1 << 12);
    p.K = p.method == LEAVE_ONE_OUT ? p.S : question_count_or(q, "folds", 5, 2, p.S);
    if (p.K > p.S)
        question_refuse(q, "its number 'samples' is %zu, below its %zu folds", p.S, p.K);
    question_bind(q, 'S', p.S);
    question_bind(q, 'K', p.K);
    question_split_evenly(q, 'K');
    p.order = permutation_or_identity(q, "permutation", 'S');
    p.fold = numbers(&p, p.S);
    read_groups(&p);
    if (p.method == STRATIFIED)
        deal_classes(&p);
    else if (p.method == GROUP)
        deal_groups(&p);
    else if (p.method != TIME_SERIES)
        deal_plain(&p);
    scalar *role = question_output(q, "role", "[K]S");
    scalar *test = question_output(q, "test_size", "[K]");
    scalar *train = question_output(q, "train_size", "[K]");
    for (size_t k = 0; k < question_part(q, 'K'); k++)
        for (size_t n = 0; n < p.S; n++) {
            const int what = role_of(&p, question_first(q, 'K') + k, n);
            role[k * p.S + n] = (scalar)what;
            test[k] += what == 1;
            train[k] += what == 0;
        }
}
