// SPDX-License-Identifier: MIT
#include "../../reference/schedules/one_cycle.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

#define PI R(3.14159265358979323846264338327950288)

enum mistake {
    MOMENTUM_FOLLOWS_RATE,
    MOMENTUM_AT_REST,
    TOP_ONE_LATE,
    TOP_CUT_TO_WHOLE,
    RISE_STRAIGHT,
    DESCENT_STRAIGHT,
    HALF_FORGOTTEN,
    STEPPED_BEFORE,
    LAST_LEG_LEVEL,
    GEOMETRIC
};

/* Weights of both ends of a leg, each from its own side. */
static void both_ends(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct one_cycle cycle = one_cycle_read(call);
    real *momentum = call_output(call, "momentum", "T");
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        const struct one_cycle_leg *leg = one_cycle_find(&cycle, n);
        real length = leg->end - leg->begin;
        real from = (leg->end - real_count(n)) / length, to = (real_count(n) - leg->begin) / length;
        if (!cycle.linear) {
            from = real_sin(PI / 2 * from);
            to = real_sin(PI / 2 * to);
            from = from * from;
            to = to * to;
        }
        real sum = from + to; /* 1, but for roundings that all go one way */
        schedule.rate[t] = (from * leg->from + to * leg->to) / sum;
        momentum[t] = (from * leg->momentum_from + to * leg->momentum_to) / sum;
    }
}

/* Moves the top, the one corner that two legs of any cycle share. */
static void move_top(struct one_cycle *cycle, real time)
{
    cycle->leg[0].end = time;
    cycle->leg[1].begin = time;
}

static real whole_part(real x)
{
    size_t n = 0;
    while (real_count(n + 1) <= x)
        n++;
    return real_count(n);
}

static void mistaken(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct one_cycle cycle = one_cycle_read(call), other = cycle;
    real *momentum = call_output(call, "momentum", "T");
    int mistake = call_variant(call);
    if (mistake == TOP_ONE_LATE)
        move_top(&cycle, cycle.leg[0].end + 1);
    if (mistake == TOP_CUT_TO_WHOLE)
        move_top(&cycle, whole_part(cycle.leg[0].end));
    if (mistake == LAST_LEG_LEVEL)
        cycle.leg[cycle.legs - 1].to = cycle.leg[0].from;
    other.linear = 1;
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t + (mistake == STEPPED_BEFORE));
        const struct one_cycle_leg *leg = one_cycle_find(&cycle, n);
        int rising = leg == cycle.leg;
        int straight = mistake == (rising ? RISE_STRAIGHT : DESCENT_STRAIGHT);
        real w = one_cycle_weight(straight ? &other : &cycle, leg, n);
        if (mistake == HALF_FORGOTTEN)
            w = cycle.linear ? w : 2 * w;
        schedule.rate[t] = leg->to + (leg->from - leg->to) * w;
        if (mistake == GEOMETRIC)
            schedule.rate[t] = leg->to * real_exp(real_log(leg->from / leg->to) * w);
        momentum[t] = leg->momentum_to + (leg->momentum_from - leg->momentum_to) * w;
        if (mistake == MOMENTUM_FOLLOWS_RATE)
            momentum[t] = cycle.leg[0].momentum_from + cycle.leg[0].momentum_to - momentum[t];
        if (mistake == MOMENTUM_AT_REST)
            momentum[t] = cycle.leg[0].momentum_from;
    }
}

static const struct fork table[] = {
    {.info = {"both_ends", FORK_TWIN, "",
              "A mean of both ends, weighted by the squares of sines of half the angles.", NULL},
     .answer = both_ends},
    {.info = {"ends_on_last_step", FORK_CONVENTION, "", "The ends of PyTorch.", NULL},
     .instead = {"ends", "last_step"}},
    {.info = {"ends_after_last", FORK_CONVENTION, "", "The ends of fastai.", NULL},
     .instead = {"ends", "after_last"}},
    {.info = {"final_from_initial", FORK_CONVENTION, "", "A part of the initial rate: PyTorch.",
              NULL},
     .instead = {"final_from", "initial"}},
    {.info = {"final_from_maximum", FORK_CONVENTION, "", "A part of the maximum: fastai.", NULL},
     .instead = {"final_from", "maximum"}},
    {.info = {"two_phases", FORK_CONVENTION, "", "From the top straight to the final rate.", NULL},
     .instead = {"phases", "two"}},
    {.info = {"always_cosine", FORK_CONVENTION, "", "A cosine in every leg.", NULL},
     .instead = {"shape", "cosine"}},
    {.info = {"always_linear", FORK_CONVENTION, "", "A straight line in every leg.", NULL},
     .instead = {"shape", "linear"}},
    {.info = {"rise_straight", FORK_CONVENTION, "", "The rise alone is a straight line.", NULL},
     .answer = mistaken,
     .variant = RISE_STRAIGHT},
    {.info = {"descent_straight", FORK_BUG, "", "A cosine up, and straight lines down.", NULL},
     .answer = mistaken,
     .variant = DESCENT_STRAIGHT},
    {.info = {"geometric", FORK_CONVENTION, "", "Interpolates the logarithms of the rates.", NULL},
     .answer = mistaken,
     .variant = GEOMETRIC},
    {.info = {"share_of_fastai", FORK_CONVENTION, "", "A rise of a quarter always.", NULL},
     .number = {"share", 0.25}},
    {.info = {"initial_divisor_ignored", FORK_CONVENTION, "", "25 whatever is asked for.", NULL},
     .number = {"initial_divisor", 25}},
    {.info = {"final_divisor_ignored", FORK_CONVENTION, "", "10000 whatever is asked for.", NULL},
     .number = {"final_divisor", 10000}},
    {.info = {"last_leg_level", FORK_BUG, "", "The cycle ends at the initial rate.", NULL},
     .answer = mistaken,
     .variant = LAST_LEG_LEVEL},
    {.info = {"top_one_late", FORK_BUG, "", "The top alone is one step late.", NULL},
     .answer = mistaken,
     .variant = TOP_ONE_LATE},
    {.info = {"top_cut_to_whole", FORK_CONVENTION, "", "The top is cut to a whole step: optax.",
              NULL},
     .answer = mistaken,
     .variant = TOP_CUT_TO_WHOLE},
    {.info = {"half_forgotten", FORK_BUG, "", "The half of (1 + cos) / 2 is missing.", NULL},
     .answer = mistaken,
     .variant = HALF_FORGOTTEN},
    {.info = {"momentum_follows_rate", FORK_BUG, "", "Momentum rises with the rate.", NULL},
     .answer = mistaken,
     .variant = MOMENTUM_FOLLOWS_RATE},
    {.info = {"momentum_at_rest", FORK_CONVENTION, "", "Momentum does not move.", NULL},
     .answer = mistaken,
     .variant = MOMENTUM_AT_REST},
    {.info = {"stepped_before", FORK_CONVENTION, "116",
              "The scheduler is stepped before the optimizer: step 0 has the rate of step 1.",
              NULL},
     .answer = mistaken,
     .variant = STEPPED_BEFORE},
    {.info = {"start_over_when_resumed", FORK_BUG, "", "Resumed training starts over.", NULL},
     .number = {"first", 0}},
};

const struct fork_list one_cycle_forks = {sizeof table / sizeof *table, table};
