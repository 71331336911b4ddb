// SPDX-License-Identifier: MIT
/* ADASYN; definition in reference/imbalance/adasyn.h.
 *
 * How it is distributed: the members of the classes that grow are shared out among the ranks, for
 * the search of neighbours among all samples and among the class; their numbers cross the network.
 * How many new samples each member gets follows everywhere alike; the new samples are sharded.
 */
#include "classes.h"
#include "neighbours.h"

enum rounding { EVEN, HALF_UP, DOWN };

struct plan {
    struct classes classes;
    const scalar *x, *gap;
    const int *pick;
    size_t D, G, k, S;
    scalar balance;
    enum rounding rounding;
    scalar *hardness, *made;  /* (N), whole */
    size_t *source, *partner; /* (G) */
};

static size_t round_to(const struct plan *is, scalar value)
{
    const size_t whole = (size_t)value;
    const scalar half = value - (scalar)whole - (scalar)0.5;
    if (is->rounding == DOWN || half < 0)
        return whole;
    return whole + (half > 0 || is->rounding == HALF_UP || whole % 2 == 1);
}

static void judge(struct question *q, struct plan *is, size_t c, size_t goal, size_t members,
                  const size_t *member)
{
    const size_t N = is->classes.N, k = is->k;
    size_t *all = arena_take(question_arena(q), N, sizeof *all);
    size_t *near = arena_take(question_arena(q), members * k, sizeof *near);
    for (size_t n = 0; n < N; n++)
        all[n] = n;
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, all, N, k);
    neighbours_find_together(q, search, members, member, near, NULL);
    scalar sum = 0;
    for (size_t m = 0; m < members; m++) {
        size_t others = 0;
        for (size_t i = 0; i < k; i++)
            others += (size_t)is->classes.label[near[m * k + i]] != c;
        is->hardness[member[m]] = (scalar)others / (scalar)k;
        sum += is->hardness[member[m]];
    }
    if (!(sum > 0))
        question_refuse(q, "its input 'x': no member of class %zu is near another class", c);
    const scalar wanted = is->balance * (scalar)(goal - is->classes.count[c]);
    for (size_t m = 0; m < members; m++)
        is->made[member[m]] = (scalar)round_to(is, is->hardness[member[m]] / sum * wanted);
}

static void grow(struct question *q, struct plan *is, size_t c, size_t goal)
{
    size_t members;
    const size_t *member = classes_list(q, &is->classes, c, false, &members);
    judge(q, is, c, goal, members, member);
    size_t *near = arena_take(question_arena(q), members * is->k, sizeof *near);
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, member, members, is->k);
    neighbours_find_together(q, search, members, member, near, NULL);
    for (size_t m = 0; m < members; m++) {
        for (size_t i = 0; i < (size_t)is->made[member[m]]; i++, is->S++) {
            if (is->S == is->G)
                question_refuse(q, "its input 'gap' has fewer draws than new samples are made");
            is->source[is->S] = member[m];
            is->partner[is->S] = near[m * is->k + (size_t)is->pick[is->S]];
        }
    }
}

static void store(struct question *q, const struct plan *is)
{
    const size_t D = is->D;
    question_integers(q, "label", "[N]", 0, 1 << 12);   /* cuts the samples */
    question_integers(q, "pick", "[G]", 0, (int)is->k); /* and the draws */
    scalar *hardness = question_output(q, "hardness", "[N]");
    scalar *made = question_output(q, "made", "[N]");
    scalar *synthetic = question_output(q, "synthetic", "[G]D");
    scalar *source = question_output(q, "source", "[G]");
    scalar *partner = question_output(q, "partner", "[G]");
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        hardness[i] = is->hardness[question_first(q, 'N') + i];
        made[i] = is->made[question_first(q, 'N') + i];
    }
    for (size_t i = 0; i < question_part(q, 'G'); i++) {
        const size_t s = question_first(q, 'G') + i;
        source[i] = partner[i] = -1;
        if (s >= is->S)
            continue;
        const scalar *a = is->x + is->source[s] * D, *b = is->x + is->partner[s] * D;
        source[i] = (scalar)is->source[s];
        partner[i] = (scalar)is->partner[s];
        for (size_t d = 0; d < D; d++)
            synthetic[i * D + d] = a[d] + is->gap[s] * (b[d] - a[d]);
    }
}

void adasyn_run(struct question *q)
{
    static const char *const roundings[] = {"even", "half_up", "down", NULL};
    struct plan is = {.classes = classes_count(q), .x = question_input(q, "x", "ND")};
    is.D = question_size(q, 'D');
    is.k = question_count_or(q, "neighbours", 5, 1, 1 << 20);
    const size_t *goal = classes_grown(q, &is.classes), *count = is.classes.count;
    for (size_t c = 0; c < is.classes.C; c++)
        if (goal[c] > count[c] && count[c] <= is.k)
            question_refuse(q, "its number 'neighbours' is %zu, but class %zu has %zu samples",
                            is.k, c, count[c]);
    is.pick = question_integers(q, "pick", "G", 0, (int)is.k - 1);
    is.gap = question_input(q, "gap", "G");
    is.G = question_size(q, 'G');
    for (size_t s = 0; s < is.G; s++)
        if (!(is.gap[s] >= 0) || !(is.gap[s] <= 1))
            question_refuse(q, "element %zu of its input 'gap' must be from 0 to 1", s);
    is.balance = question_number_or(q, "balance", 1);
    if (!(is.balance > 0) || !(is.balance <= 1))
        question_refuse(q, "its number 'balance' is %g; it must be above 0 and at most 1",
                        (double)is.balance);
    is.rounding = (enum rounding)question_choice(q, "rounding", roundings);
    is.hardness = question_scratch(q, is.classes.N);
    is.made = question_scratch(q, is.classes.N);
    is.source = arena_take(question_arena(q), is.G, sizeof *is.source);
    is.partner = arena_take(question_arena(q), is.G, sizeof *is.partner);
    for (size_t c = 0; c < is.classes.C; c++)
        if (goal[c] > count[c])
            grow(q, &is, c, goal[c]);
    store(q, &is);
}
