// SPDX-License-Identifier: MIT
#include "../../reference/schedules/inverse_square_root.h"
#include "../fork.h"

enum rival {
    TWIN,
    ROOT_FORGOTTEN,
    WIDTH_FORGOTTEN,
    WIDTH_WITHOUT_ROOT,
    LARGER,
    NO_RISE,
    NO_FALL,
    SHIFT_FORGOTTEN,
    STEPPED_BEFORE
};

/* The twin takes the root of a quotient of squares. */
static real rate_at(const struct inverse_root *rules, size_t n, enum rival rival)
{
    real W = real_count(rules->warmup), at = real_count(n), top = rules->rate;
    if (n == 0)
        return rival == NO_RISE ? top : R(0.0);
    real scale = real_count(rules->scale), shift = rival == SHIFT_FORGOTTEN ? 0 : scale - W;
    if (rules->form == INVERSE_ROOT_NOAM) {
        top = real_sqrt(top * top / rules->width / W);
        top = rival == WIDTH_FORGOTTEN ? rules->rate / real_sqrt(W) : top;
        top = rival == WIDTH_WITHOUT_ROOT ? rules->rate / rules->width / real_sqrt(W) : top;
        scale = W;
        shift = 0;
    }
    real rise = top * at / W, fall = top * real_sqrt(scale / (at + shift));
    fall = rival == ROOT_FORGOTTEN ? top * (scale / (at + shift)) : fall;
    fall = rival == NO_FALL ? top : fall;
    int rises = n < rules->warmup;
    if (rival == LARGER)
        return rises ? fall : rise;
    return rises && rival != NO_RISE ? rise : fall;
}

static void rival(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct inverse_root rules = inverse_root_read(call);
    enum rival rival = (enum rival)call_variant(call);
    for (size_t t = 0; t < schedule.T; t++)
        schedule.rate[t] =
            rate_at(&rules, schedule_time(&schedule, t + (rival == STEPPED_BEFORE)), rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"from_the_top", FORK_TWIN, "", "The rate at the top first, then the share of it.",
     NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"root_forgotten", FORK_BUG, "", "It falls as 1 / n.", NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"width_forgotten", FORK_BUG, "", "The width is not used.", NULL},
     .answer = rival, .variant = WIDTH_FORGOTTEN},
    {.info = {"width_without_root", FORK_BUG, "", "Divides by the width, not by its root.", NULL},
     .answer = rival, .variant = WIDTH_WITHOUT_ROOT},
    {.info = {"larger_of_both", FORK_BUG, "", "The larger branch in place of the smaller.", NULL},
     .answer = rival, .variant = LARGER},
    {.info = {"no_rise", FORK_BUG, "114", "There is no warm-up.", NULL},
     .answer = rival, .variant = NO_RISE},
    {.info = {"no_fall", FORK_CONVENTION, "114", "After the warm-up the rate stays.", NULL},
     .answer = rival, .variant = NO_FALL},
    {.info = {"shift_forgotten", FORK_BUG, "", "The shift that joins both branches is missing.",
     NULL},
     .answer = rival, .variant = SHIFT_FORGOTTEN},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
     "The scheduler is stepped before the optimizer.", NULL},
     .answer = rival, .variant = STEPPED_BEFORE},
    {.info = {"counted_from_zero", FORK_CONVENTION, "114 116",
     "The first step is number 0 and wasted.", NULL},
     .instead = {"counted_from", "zero"}},
    {.info = {"counted_from_one", FORK_CONVENTION, "114 116", "The first step is number 1.", NULL},
     .instead = {"counted_from", "one"}},
    {.info = {"scaled_instead", FORK_CONVENTION, "",
     "The rate is that of the top, whatever is asked for.", NULL},
     .instead = {"form", "scaled"}},
    {.info = {"steps_taken_for_epochs", FORK_BUG, "116", "Every step counts as an epoch.", NULL},
     .number = {"steps_per_epoch", 1}},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};
/* clang-format on */

const struct fork_list inverse_square_root_forks = {sizeof table / sizeof *table, table};
