// SPDX-License-Identifier: MIT
#include "../../reference/regularization/transfer_penalty.h"
#include "../fork.h"

enum mistake {
    NONE,
    PULLED_TO_ZERO,
    START_IS_ALIAS,
    SIGN_REVERSED,
    STRENGTHS_SWAPPED,
    NEW_ONES_SPARED,
    GRADIENT_WITHOUT_TWO,
    UPSTREAM_IGNORED,
    FISHER_IGNORED,
    FISHER_SQUARED,
    FISHER_ONLY_IN_VALUE,
    NOT_IN_STEP,
    RATE_NOT_ON_PULL,
    NORM_NOT_SQUARED,
    NEW_ONES_FROZEN,
    SQUARE_EXPANDED,
    LAST_BLOCK_LOST
};

static real *copy(struct call *call, const real *from, size_t n, real factor)
{
    real *to = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        to[i] = factor * from[i];
    return to;
}

/* Changes what goes in. */
static void prepare(struct call *call, struct transfer_penalty *p, enum mistake mistake)
{
    real a = p->a;
    if (mistake == PULLED_TO_ZERO)
        p->start = copy(call, p->start, p->P, 0);
    if (mistake == START_IS_ALIAS)
        p->start = p->w;
    if (mistake == STRENGTHS_SWAPPED) {
        p->a = p->b;
        p->b = a;
    }
    if (mistake == NEW_ONES_SPARED)
        p->b = 0;
    if (mistake == UPSTREAM_IGNORED)
        p->dpenalty = 1;
    if (mistake == FISHER_SQUARED || mistake == FISHER_IGNORED) {
        real *fisher = copy(call, p->fisher, p->P, 1);
        for (size_t i = 0; i < p->P; i++)
            fisher[i] = mistake == FISHER_IGNORED ? 1 : fisher[i] * fisher[i];
        p->fisher = fisher;
    }
}

/* Gradient and step of weight i, another way round: first along the loss, then along the
 * penalty. */
static void move(const struct transfer_penalty *p, enum mistake mistake, size_t i)
{
    real gap = p->w[i] - p->start[i], two = mistake == GRADIENT_WITHOUT_TWO ? 1 : 2;
    real slope = p->a * (mistake == FISHER_ONLY_IN_VALUE ? 1 : p->fisher[i]) * p->dpenalty * two;
    if (mistake == SIGN_REVERSED)
        slope = -slope;
    p->dw[i] = slope * gap;
    real share = mistake == RATE_NOT_ON_PULL ? slope : p->rate * slope;
    if (mistake == NOT_IN_STEP)
        share = 0;
    if (!p->frozen)
        p->w_after[i] = (p->w[i] - p->rate * p->g[i]) - share * gap;
}

static void move_new(const struct transfer_penalty *p, enum mistake mistake, size_t i)
{
    real two = mistake == GRADIENT_WITHOUT_TWO ? 1 : 2, slope = p->b * p->dpenalty * two;
    real share = mistake == RATE_NOT_ON_PULL ? slope : p->rate * slope;
    p->dv[i] = slope * p->v[i];
    if (mistake == NOT_IN_STEP)
        share = 0;
    p->v_after[i] = (p->v[i] - p->rate * p->k[i]) - share * p->v[i];
    if (mistake == NEW_ONES_FROZEN && p->frozen)
        p->v_after[i] = p->v[i];
}

/* sum F w^2 - 2 sum F w start + sum F start^2. */
static real expanded(const struct transfer_penalty *p)
{
    real here = 0, between = 0, there = 0;
    for (size_t i = 0; i < p->P; i++) {
        here += p->fisher[i] * p->w[i] * p->w[i];
        between += p->fisher[i] * p->w[i] * p->start[i];
        there += p->fisher[i] * p->start[i] * p->start[i];
    }
    return p->a * (here - 2 * between + there);
}

/* Each square with its strength, the last one first. */
static real cost(const struct transfer_penalty *p, enum mistake mistake)
{
    real shared = 0, fresh = 0;
    size_t P = p->P;
    if (mistake == LAST_BLOCK_LOST && P > p->block)
        P = P / p->block * p->block;
    for (size_t i = P; i-- > 0;) {
        real gap = p->w[i] - p->start[i], square = gap * gap;
        shared += p->a * p->fisher[i] * square;
    }
    for (size_t i = p->Q; i-- > 0;)
        fresh += p->b * p->v[i] * p->v[i];
    if (mistake == SQUARE_EXPANDED)
        shared = expanded(p);
    return mistake == NORM_NOT_SQUARED ? real_sqrt(shared) + real_sqrt(fresh) : fresh + shared;
}

static void run(struct call *call)
{
    struct transfer_penalty p = transfer_penalty_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    prepare(call, &p, mistake);
    transfer_penalty_compute(&p);
    for (size_t i = 0; i < p.P; i++)
        move(&p, mistake, i);
    for (size_t i = 0; i < p.Q; i++)
        move_new(&p, mistake, i);
    *p.penalty = cost(&p, mistake);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"one_after_the_other", FORK_TWIN, "",
     "A step along the loss, then one along the penalty; squares with their strengths from the "
     "last.", NULL},
     .answer = run},
    {.info = {"with_half", FORK_CONVENTION, "55", "Half of the squares.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "55", "The whole squares.", NULL},
     .instead = {"half", "no"}},
    {.info = {"always_free", FORK_BUG, "", "A frozen base learns.", NULL},
     .instead = {"base", "free"}},
    {.info = {"pulled_to_zero", FORK_CONVENTION, "", "Plain weight decay, also of shared weights.",
     NULL},
     .answer = run, .variant = PULLED_TO_ZERO},
    {.info = {"start_is_alias", FORK_BUG, "", "The starting point is not a copy and moves along.",
     NULL},
     .answer = run, .variant = START_IS_ALIAS},
    {.info = {"sign_reversed", FORK_BUG, "83", "The pull leads away from the start.", NULL},
     .answer = run, .variant = SIGN_REVERSED},
    {.info = {"strengths_swapped", FORK_BUG, "", "alpha and beta are confused.", NULL},
     .answer = run, .variant = STRENGTHS_SWAPPED},
    {.info = {"new_ones_spared", FORK_CONVENTION, "", "New weights cost nothing.", NULL},
     .answer = run, .variant = NEW_ONES_SPARED},
    {.info = {"gradient_without_two", FORK_BUG, "55", "The gradient lacks the 2 of the square.",
     NULL},
     .answer = run, .variant = GRADIENT_WITHOUT_TWO},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken for 1.", NULL},
     .answer = run, .variant = UPSTREAM_IGNORED},
    {.info = {"fisher_ignored", FORK_CONVENTION, "", "All weights are held alike.", NULL},
     .answer = run, .variant = FISHER_IGNORED},
    {.info = {"fisher_squared", FORK_BUG, "", "The Fisher information is squared with the gap.",
     NULL},
     .answer = run, .variant = FISHER_SQUARED},
    {.info = {"fisher_only_in_value", FORK_BUG, "",
     "The gradient leaves out the Fisher information.", NULL},
     .answer = run, .variant = FISHER_ONLY_IN_VALUE},
    {.info = {"not_in_step", FORK_BUG, "", "The penalty is reported, but not followed.", NULL},
     .answer = run, .variant = NOT_IN_STEP},
    {.info = {"rate_not_on_pull", FORK_CONVENTION, "", "The pull is not multiplied with the rate.",
     NULL},
     .answer = run, .variant = RATE_NOT_ON_PULL},
    {.info = {"norm_not_squared", FORK_BUG, "", "Distances, not their squares.", NULL},
     .answer = run, .variant = NORM_NOT_SQUARED},
    {.info = {"new_ones_frozen", FORK_BUG, "", "With the base, new weights are frozen.", NULL},
     .answer = run, .variant = NEW_ONES_FROZEN},
    {.info = {"square_expanded", FORK_NUMERICAL, "",
     "w^2 - 2 w start + start^2 cancels near the start.", NULL},
     .answer = run, .variant = SQUARE_EXPANDED},
    {.info = {"last_block_lost", FORK_BUG, "", "A short last block is left out of the sum.", NULL},
     .answer = run, .variant = LAST_BLOCK_LOST},
};
/* clang-format on */

const struct fork_list transfer_penalty_forks = {sizeof table / sizeof *table, table};
