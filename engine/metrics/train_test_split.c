// SPDX-License-Identifier: MIT
/* Splitting samples; definition in reference/metrics/train_test_split.h.
 *
 * How it is distributed: it is not. Every rank holds the draws and finds the same index arrays,
 * from which it then takes the samples that it owns. Nothing crosses the network.
 */
#include "../synthetic_data/permutation.h"
#include "../techniques.h"

struct part {
    size_t count;
    int *sample;
};

struct plan {
    struct question *q;
    size_t S, C, T, R, V;
    bool shuffled, stratified;
    const int *labels, *priority;
};

static int *numbers(const struct plan *p, size_t n)
{
    return arena_take(question_arena(p->q), n, sizeof(int));
}

static size_t percentage(size_t of, size_t percent, int rounding)
{
    static const size_t added[] = {99, 0, 50};
    return (of * percent + added[rounding]) / 100;
}

static void plan_sizes(struct plan *p)
{
    static const char *const roundings[] = {"up", "down", "nearest", NULL};
    static const char *const wholes[] = {"rest", "all", NULL};
    struct question *q = p->q;
    const int rounding = question_choice(q, "rounding", roundings);
    const bool of_all = question_choice(q, "validation_of", wholes) == 1;
    const size_t percent = question_count_or(q, "test_percent", 25, 1, 99);
    p->T = question_count_or(q, "test_count", percentage(p->S, percent, rounding), 1, p->S);
    if (p->T == 0 || p->T >= p->S)
        question_refuse(q, "its number 'test_percent' makes %zu of %zu samples the test", p->T,
                        p->S);
    const size_t kept = question_count_or(q, "train_percent", 0, 0, 99);
    p->R = kept == 0 ? p->S - p->T : p->S * kept / 100;
    if (p->R == 0 || p->R > p->S - p->T)
        question_refuse(q, "its number 'train_percent' asks for %zu of %zu samples", p->R,
                        p->S - p->T);
    const size_t validation = question_count_or(q, "validation_percent", 0, 0, 99);
    p->V = percentage(of_all ? p->S : p->R, validation, validation == 0 ? 1 : rounding);
    if (validation > 0 && (p->V == 0 || p->V >= p->R))
        question_refuse(q, "its number 'validation_percent' asks for %zu of %zu samples", p->V,
                        p->R);
}

struct claim {
    size_t rest, turn, class;
};

/* share (C): draws by count (C), leftovers to the largest remainders. */
static void share_out(const struct plan *p, int *share, const int *count, size_t draws)
{
    struct claim *claim = arena_take(question_arena(p->q), p->C, sizeof *claim);
    size_t sum = 0, left = draws;
    for (size_t c = 0; c < p->C; c++)
        sum += (size_t)count[c];
    for (size_t turn = 0; turn < p->C; turn++) {
        const size_t c = (size_t)p->priority[turn], product = draws * (size_t)count[c];
        share[c] = (int)(product / sum);
        left -= product / sum;
        size_t at = turn; /* insertion keeps the turns of equal remainders */
        for (; at > 0 && claim[at - 1].rest < product % sum; at--)
            claim[at] = claim[at - 1];
        claim[at] = (struct claim){product % sum, turn, c};
    }
    for (size_t i = 0; i < left; i++)
        share[claim[i].class]++;
}

static void split_by_class(const struct plan *p, const struct part *from, const int *order,
                           struct part *train, struct part *test)
{
    int *count = numbers(p, p->C), *r = numbers(p, p->C), *t = numbers(p, p->C);
    for (size_t n = 0; n < from->count; n++)
        count[p->labels[from->sample[n]]]++;
    for (size_t c = 0; c < p->C; c++)
        if (count[c] < 2)
            question_refuse(p->q, "its input 'labels' has fewer than two samples of class %zu", c);
    if (train->count < p->C || test->count < p->C)
        question_refuse(p->q, "its number 'test_percent' leaves a class out of one part");
    share_out(p, r, count, train->count);
    for (size_t c = 0; c < p->C; c++)
        count[c] -= r[c];
    share_out(p, t, count, test->count);
    int *place_r = numbers(p, p->C), *place_t = numbers(p, p->C);
    for (size_t c = 1; c < p->C; c++) {
        place_r[c] = place_r[c - 1] + r[c - 1];
        place_t[c] = place_t[c - 1] + t[c - 1];
    }
    for (size_t n = 0; n < from->count; n++) {
        const int sample = from->sample[order[n]], c = p->labels[sample];
        if (r[c]-- > 0)
            train->sample[place_r[c]++] = sample;
        else if (t[c]-- > 0)
            test->sample[place_t[c]++] = sample;
    }
}

static void split(const struct plan *p, const struct part *from, const int *order,
                  struct part *train, struct part *test)
{
    train->sample = numbers(p, train->count);
    test->sample = numbers(p, test->count);
    if (p->stratified) {
        split_by_class(p, from, order, train, test);
        return;
    }
    const size_t first = p->shuffled ? test->count : 0, other = p->shuffled ? 0 : train->count;
    for (size_t n = 0; n < train->count; n++)
        train->sample[n] = from->sample[order[first + n]];
    for (size_t n = 0; n < test->count; n++)
        test->sample[n] = from->sample[order[other + n]];
}

static void put(const struct plan *p, const char *name, char letter, const struct part *part)
{
    question_bind(p->q, letter, part->count);
    scalar *index = question_output(p->q, name, (const char[]){letter, '\0'});
    for (size_t n = 0; n < part->count; n++)
        index[n] = (scalar)part->sample[n];
}

/* The permutation `name`; none is needed without a shuffle, and none is used. */
static const int *order_of(const struct plan *p, const char *name, char letter, size_t n,
                           bool needed)
{
    question_bind(p->q, letter, n);
    if (p->shuffled && needed && !question_has(p->q, name))
        question_refuse(p->q, "it lacks the input '%s'; add it", name);
    const int *order = permutation_or_identity(p->q, name, letter);
    if (p->shuffled)
        return order;
    int *same = numbers(p, n);
    for (size_t i = 0; i < n; i++)
        same[i] = (int)i;
    return same;
}

void train_test_split_run(struct question *q)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct plan p = {.q = q, .S = question_count(q, "samples", 2, 1 << 20)};
    p.shuffled = question_choice(q, "shuffle", yes_no) == 0;
    p.stratified = question_choice(q, "stratify", no_yes) == 1;
    plan_sizes(&p);
    if (p.stratified && !p.shuffled)
        question_refuse(q, "its convention 'stratify' is for shuffled samples");
    const int *order = order_of(&p, "permutation", 'S', p.S, true);
    const int *second = order_of(&p, "second", 'R', p.R, p.V > 0);
    if (p.stratified) {
        p.C = question_count(q, "classes", 1, 1024);
        question_bind(q, 'C', p.C);
        p.labels = question_integers(q, "labels", "S", 0, (int)p.C - 1);
        p.priority = permutation_or_identity(q, "priority", 'C');
    }
    struct part all = {p.S, numbers(&p, p.S)}, train = {p.R, NULL}, test = {p.T, NULL};
    struct part fit = {p.R - p.V, NULL}, validation = {p.V, NULL};
    for (size_t n = 0; n < p.S; n++)
        all.sample[n] = (int)n;
    split(&p, &all, order, &train, &test);
    if (p.V > 0)
        split(&p, &train, second, &fit, &validation);
    put(&p, "train", 'F', p.V > 0 ? &fit : &train);
    if (p.V > 0)
        put(&p, "validation", 'V', &validation);
    put(&p, "test", 'T', &test);
}
