// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/class_augmentation.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    ORDER_OF_DATA,
    FIRST_COPIED_FIRST,
    ONE_STRENGTH,
    ALL_OPERATIONS,
    FLIP_LOST,
    FLIP_OFF_BY_ONE,
    SHIFT_DOWN,
    NOISE_ALIKE,
    NOISE_MULTIPLIED,
    LABEL_SHIFTED,
    CLASSES_DESCENDING,
    CYCLE_OVER_CLASSES
};

/* The member of class c that comes i-th (cyclically) in the order. */
static int member_of(const struct augmenting *is, enum mistake mistake, int c, int i)
{
    int count = is->classes.count[c], missing = is->goal[c] - count, wanted = i % count, found = 0;
    if (mistake == FIRST_COPIED_FIRST) /* all copies of a member together */
        wanted = i * count / missing;
    for (size_t k = 0; k < is->classes.N; k++) {
        int n = mistake == ORDER_OF_DATA ? (int)k : is->order[k];
        if (is->classes.label[n] == c && found++ == wanted)
            return n;
    }
    return 0;
}

static real feature(const struct augmenting *is, enum mistake mistake, size_t s, size_t d)
{
    size_t D = is->D, c = mistake == ONE_STRENGTH ? 0 : (size_t)is->label[s];
    const real *x = &is->x[(size_t)is->source[s] * D];
    real noise = is->noise[(mistake == NOISE_ALIKE ? 0 : s) * D + d];
    switch ((int)is->operation[s]) {
    case 1:
        if (mistake == FLIP_LOST)
            return x[d];
        return mistake == FLIP_OFF_BY_ONE ? x[(D - d) % D] : x[D - 1 - d];
    case 2:
        return mistake == SHIFT_DOWN ? x[d] - is->shift[c] : is->shift[c] + x[d];
    case 3:
        return mistake == NOISE_MULTIPLIED ? x[d] * (1 + is->scale[c] * noise)
                                           : is->scale[c] * noise + x[d];
    default:
        return x[d];
    }
}

static void by_division(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct augmenting is = augmenting_read(call);
    size_t s = 0;
    for (int j = 0; j < (int)is.classes.C; j++) {
        int c = mistake == CLASSES_DESCENDING ? (int)is.classes.C - 1 - j : j;
        int count = is.classes.count[c], missing = is.goal[c] - count;
        for (int i = 0; i < missing; i++, s++) {
            int n = member_of(&is, mistake, c, i), turn = is.by_copy ? i / count : i;
            turn = mistake == CYCLE_OVER_CLASSES ? (int)s : turn;
            is.copies[n] += 1;
            is.source[s] = (real)n;
            is.label[s] = (real)c;
            is.operation[s] = (real)augmenting_operation(&is, c, turn);
            if (mistake == ALL_OPERATIONS)
                is.operation[s] = (real)(turn % AUGMENT_OPERATIONS);
            for (size_t d = 0; d < is.D; d++)
                is.augmented[s * is.D + d] = feature(&is, mistake, s, d);
            if (mistake == LABEL_SHIFTED)
                is.label[s] = (real)is.classes.label[s];
        }
    }
}

static const struct fork table[] = {
    {.info = {"by_division", FORK_TWIN, "", "Members and operations by remainders.", NULL},
     .answer = by_division},
    {.info = {"cycle_by_class", FORK_CONVENTION, "", "Operations follow each other in a class.",
              NULL},
     .instead = {"cycle", "class"}},
    {.info = {"cycle_by_copy", FORK_CONVENTION, "", "Each copy has one operation.", NULL},
     .instead = {"cycle", "copy"}},
    {.info = {"order_of_data", FORK_CONVENTION, "", "Members in the order of the data.", NULL},
     .answer = by_division,
     .variant = ORDER_OF_DATA},
    {.info = {"copies_together", FORK_CONVENTION, "", "All copies of a sample follow each other.",
              NULL},
     .answer = by_division,
     .variant = FIRST_COPIED_FIRST},
    {.info = {"one_strength", FORK_BUG, "", "The strengths of class 0 serve all classes.", NULL},
     .answer = by_division,
     .variant = ONE_STRENGTH},
    {.info = {"all_operations", FORK_BUG, "", "Operations are not asked for permission.", NULL},
     .answer = by_division,
     .variant = ALL_OPERATIONS},
    {.info = {"flip_lost", FORK_BUG, "", "A flip is a copy.", NULL},
     .answer = by_division,
     .variant = FLIP_LOST},
    {.info = {"flip_off_by_one", FORK_BUG, "", "A flip that leaves the first feature in place.",
              NULL},
     .answer = by_division,
     .variant = FLIP_OFF_BY_ONE},
    {.info = {"shift_down", FORK_BUG, "", "Shifts have the wrong sign.", NULL},
     .answer = by_division,
     .variant = SHIFT_DOWN},
    {.info = {"noise_alike", FORK_BUG, "", "All copies get the same noise.", NULL},
     .answer = by_division,
     .variant = NOISE_ALIKE},
    {.info = {"noise_multiplied", FORK_BUG, "", "Features are multiplied with the noise.", NULL},
     .answer = by_division,
     .variant = NOISE_MULTIPLIED},
    {.info = {"labels_as_they_stood", FORK_BUG, "268", "Labels are those of the first samples.",
              NULL},
     .answer = by_division,
     .variant = LABEL_SHIFTED},
    {.info = {"classes_descending", FORK_CONVENTION, "", "Classes in descending order.", NULL},
     .answer = by_division,
     .variant = CLASSES_DESCENDING},
    {.info = {"cycle_over_classes", FORK_BUG, "", "The cycle goes on from class to class.", NULL},
     .answer = by_division,
     .variant = CYCLE_OVER_CLASSES},
};

const struct fork_list class_augmentation_forks = {sizeof table / sizeof *table, table};
