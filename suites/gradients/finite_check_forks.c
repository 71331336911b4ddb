// SPDX-License-Identifier: MIT
#include "../../reference/gradients/finite_check.h"
#include "../fork.h"

enum mistake {
    NONE,
    NOT_A_NUMBER_MISSED,
    INFINITE_MISSED,
    NEGATIVE_MISSED,
    LAST_FOUND,
    LAYER_ONLY_SKIPPED,
    RANK_ONLY_SKIPPED,
    FIRST_BLOCK_CHECKED,
    ONE_STEP_LATE,
    STEPS_COUNTED,
    BOUNDARY_BAD
};

/* 0 times a finite number is 0; times anything else it is not. */
static int is_bad(const struct finite_check *f, enum mistake mistake, size_t i, size_t block)
{
    real g = f->g[i], none = 0 * g;
    if (mistake == FIRST_BLOCK_CHECKED && i % f->C >= block)
        return 0;
    if (mistake == NOT_A_NUMBER_MISSED && g != g)
        return 0;
    if (mistake == INFINITE_MISSED && g == g)
        return f->limited && g * none == 0 && g * g > f->limit * f->limit;
    if (mistake == NEGATIVE_MISSED && g < 0)
        return 0;
    if (mistake == BOUNDARY_BAD && f->limited && real_abs(g) == f->limit)
        return 1;
    return none != 0 || (f->limited && g * g > f->limit * f->limit);
}

/* From the last element of the last step on, so that the one that stays is the first. */
static void find(const struct finite_check *f, enum mistake mistake, const int *bad)
{
    *f->step = *f->layer = *f->element = -1;
    for (size_t n = f->T * f->L * f->C; n-- > 0;) {
        size_t i = mistake == LAST_FOUND ? f->T * f->L * f->C - 1 - n : n;
        size_t t = i / f->C / f->L, k = i / f->C % f->L, l = f->forward ? k : f->L - 1 - k;
        size_t place = (t * f->L + l) * f->C + i % f->C;
        if (!bad[place])
            continue;
        real g = f->g[place];
        f->bad[t] = mistake == STEPS_COUNTED ? 1 : f->bad[t] + 1;
        *f->step = real_count(t);
        *f->layer = real_count(l);
        *f->element = real_count(i % f->C);
        *f->kind = g != g ? 1 : 0 * g != 0 ? 2 : 3;
    }
}

/* Whether the action keeps element i of step t where it is. */
static int stays(const struct finite_check *f, enum mistake mistake, const int *bad, size_t t,
                 size_t i, size_t block)
{
    size_t count = f->L * f->C, from = f->action == ACTION_STOP ? 0 : t;
    if (f->action == ACTION_ZERO)
        return bad[t * count + i];
    if (mistake == ONE_STEP_LATE)
        return t > 0 && f->bad[t - 1] > 0;
    for (size_t j = from * count; j < (t + 1) * count; j++) {
        size_t other = j % count;
        if (mistake == LAYER_ONLY_SKIPPED && other / f->C != i / f->C)
            continue;
        if (mistake == RANK_ONLY_SKIPPED && other % f->C / block != i % f->C / block)
            continue;
        if (bad[j])
            return 1;
    }
    return 0;
}

/* w as the start minus rate times the sum of all gradients that were taken. */
static void summed(struct call *call)
{
    struct finite_check f = finite_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    size_t count = f.L * f.C, block = call_block(call);
    int *bad = call_scratch_integers(call, f.T * count);
    for (size_t i = 0; i < f.T * count; i++)
        bad[i] = is_bad(&f, mistake, i, block);
    find(&f, mistake, bad);
    for (size_t i = 0; i < count; i++) {
        real sum = 0;
        for (size_t t = 0; t < f.T; t++) {
            sum += stays(&f, mistake, bad, t, i, block) ? 0 : f.g[t * count + i];
            f.w[t * count + i] = f.start[i] - f.rate * sum;
        }
    }
}

static const struct fork table[] = {
    {.info = {"summed", FORK_TWIN, "", "0 g is not 0; steps as one sum; from the end.", NULL},
     .answer = summed,
     .variant = NONE},
    {.info = {"not_a_number_missed", FORK_NUMERICAL, "", "NaN passes every comparison.", NULL},
     .answer = summed,
     .variant = NOT_A_NUMBER_MISSED},
    {.info = {"infinite_missed", FORK_BUG, "", "Only NaN is looked for.", NULL},
     .answer = summed,
     .variant = INFINITE_MISSED},
    {.info = {"negative_missed", FORK_BUG, "", "Negative ones are not looked at.", NULL},
     .answer = summed,
     .variant = NEGATIVE_MISSED},
    {.info = {"last_found", FORK_BUG, "", "The last bad one is reported.", NULL},
     .answer = summed,
     .variant = LAST_FOUND},
    {.info = {"layer_only_skipped", FORK_BUG, "", "Other layers take the step.", NULL},
     .answer = summed,
     .variant = LAYER_ONLY_SKIPPED},
    {.info = {"rank_only_skipped", FORK_BUG, "", "Other blocks of elements take the step.", NULL},
     .answer = summed,
     .variant = RANK_ONLY_SKIPPED},
    {.info = {"first_block_checked", FORK_BUG, "", "Only the first block is checked.", NULL},
     .answer = summed,
     .variant = FIRST_BLOCK_CHECKED},
    {.info = {"one_step_late", FORK_BUG, "", "The step after the bad one is skipped.", NULL},
     .answer = summed,
     .variant = ONE_STEP_LATE},
    {.info = {"steps_counted", FORK_CONVENTION, "", "A step is bad or not.", NULL},
     .answer = summed,
     .variant = STEPS_COUNTED},
    {.info = {"boundary_bad", FORK_CONVENTION, "", "The limit itself is bad.", NULL},
     .answer = summed,
     .variant = BOUNDARY_BAD},
    {.info = {"always_skips", FORK_CONVENTION, "", "Every action is to skip the step.", NULL},
     .instead = {"action", "skip"}},
    {.info = {"always_zero", FORK_CONVENTION, "", "Every action is to zero elements.", NULL},
     .instead = {"action", "zero"}},
    {.info = {"always_backward", FORK_CONVENTION, "", "The last layer always comes first.", NULL},
     .instead = {"order", "backward"}},
    {.info = {"always_forward", FORK_CONVENTION, "", "The first layer always comes first.", NULL},
     .instead = {"order", "forward"}},
};

const struct fork_list finite_check_forks = {sizeof table / sizeof *table, table};
