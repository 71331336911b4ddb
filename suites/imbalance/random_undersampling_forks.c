// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/random_undersampling.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    FIRST_MEMBERS,
    LAST_DRAWN,
    INVERSE_PERMUTATION,
    SMALLEST_DRAWN_TOO,
    ROUNDED,
    CLASSES_DESCENDING,
    REMOVED_FOR_KEPT,
    LABELS_AS_THEY_STOOD,
    LAST_LOST
};

/* How many samples of the class of `n` are drawn before it. */
static int drawn_before(const struct undersampling *is, const int *order, size_t place)
{
    int before = 0;
    for (size_t i = 0; i < place; i++)
        before += is->classes.label[order[i]] == is->classes.label[order[place]];
    return before;
}

static int chosen(const struct undersampling *is, enum mistake mistake, int c, int before)
{
    int count = is->classes.count[c], goal = is->goal[c];
    if (mistake == LAST_DRAWN)
        return before >= count - goal;
    if (mistake == REMOVED_FOR_KEPT && 2 * goal <= count)
        return before >= goal && before < 2 * goal;
    return before < goal;
}

/* Every place of the permutation looks whether its sample is among the first of its class. */
static void by_rank(struct call *call, const struct undersampling *is, enum mistake mistake,
                    int *kept)
{
    size_t N = is->classes.N, m = 0;
    const int *given = call_integers(call, "order", "N", 0, (int)N - 1);
    int *order = call_scratch_integers(call, N), *data = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        data[n] = (int)n;
        if (mistake == INVERSE_PERMUTATION)
            order[given[n]] = (int)n;
        else
            order[n] = given[n];
    }
    for (int i = 0; i < (int)is->classes.C; i++) {
        int c = mistake == CLASSES_DESCENDING ? (int)is->classes.C - 1 - i : i;
        int drawn = is->shrinks[c] || mistake == SMALLEST_DRAWN_TOO;
        const int *walk = drawn && mistake != FIRST_MEMBERS ? order : data;
        for (size_t n = 0; n < N; n++) {
            if (is->classes.label[walk[n]] == c &&
                chosen(is, mistake, c, drawn_before(is, walk, n)))
                kept[m++] = walk[n];
        }
    }
}

static void by_product(struct call *call, const struct undersampling *is, enum mistake mistake,
                       int *kept)
{
    const real *u = call_input(call, "u", "U");
    size_t m = 0, next = 0;
    for (int c = 0; c < (int)is->classes.C; c++) {
        const int *member = classes_members(call, &is->classes, c);
        int count = is->classes.count[c];
        for (int i = 0; i < is->goal[c]; i++) {
            real at = (real)i;
            if (is->shrinks[c] && mistake != FIRST_MEMBERS)
                at = mistake == ROUNDED ? u[next] * (real)(count - 1) + R(0.5)
                                        : u[next] * (real)count;
            next += is->shrinks[c] ? 1 : 0;
            kept[m++] = member[(int)at];
        }
    }
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct undersampling is = undersampling_read(call);
    int *kept = call_scratch_integers(call, is.M);
    (is.replaces ? by_product : by_rank)(call, &is, mistake, kept);
    undersampling_arrange(&is, kept);
    if (mistake == LAST_LOST)
        kept[is.M - 1] = kept[0];
    int *label = call_scratch_integers(call, is.classes.N);
    for (size_t n = 0; n < is.classes.N; n++)
        label[n] = is.classes.label[n];
    for (size_t m = 0; mistake == LABELS_AS_THEY_STOOD && m < is.M; m++)
        label[kept[m]] = is.classes.label[m];
    is.classes.label = label;
    undersampling_report(call, &is, kept);
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Each draw counts those of its class before it.", NULL},
     .answer = again},
    {.info = {"arranged_by_class", FORK_CONVENTION, "", "Class by class, whatever is asked for.",
              NULL},
     .instead = {"arrangement", "class"}},
    {.info = {"arranged_by_data", FORK_CONVENTION, "", "As in the data, whatever is asked for.",
              NULL},
     .instead = {"arrangement", "data"}},
    {.info = {"first_members", FORK_BUG, "", "The first members: nothing is drawn.", NULL},
     .answer = again,
     .variant = FIRST_MEMBERS},
    {.info = {"last_drawn", FORK_BUG, "", "Those are kept that are drawn last.", NULL},
     .answer = again,
     .variant = LAST_DRAWN},
    {.info = {"inverse_permutation", FORK_BUG, "", "The permutation is read the wrong way round.",
              NULL},
     .answer = again,
     .variant = INVERSE_PERMUTATION},
    {.info = {"smallest_drawn_too", FORK_CONVENTION, "", "Every class is shuffled.", NULL},
     .answer = again,
     .variant = SMALLEST_DRAWN_TOO},
    {.info = {"rounded", FORK_BUG, "", "u (count - 1), rounded.", NULL},
     .answer = again,
     .variant = ROUNDED},
    {.info = {"classes_descending", FORK_CONVENTION, "", "Classes in descending order.", NULL},
     .answer = again,
     .variant = CLASSES_DESCENDING},
    {.info = {"removed_for_kept", FORK_BUG, "", "The draws name those that are removed.", NULL},
     .answer = again,
     .variant = REMOVED_FOR_KEPT},
    {.info = {"labels_as_they_stood", FORK_BUG, "268", "Labels are not moved with the samples.",
              NULL},
     .answer = again,
     .variant = LABELS_AS_THEY_STOOD},
    {.info = {"first_for_last", FORK_BUG, "", "The last place holds the first sample again.", NULL},
     .answer = again,
     .variant = LAST_LOST},
};

const struct fork_list random_undersampling_forks = {sizeof table / sizeof *table, table};
