// SPDX-License-Identifier: MIT
#include "../../reference/regularization/activity_penalty.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONLY_VALUE_DIVIDED,
    ONLY_GRADIENT_DIVIDED,
    DIVIDED_BY_UNITS,
    WITH_HALF,
    GRADIENT_WITHOUT_TWO,
    SIGN_LOST,
    UPSTREAM_IGNORED,
    STRENGTHS_SWAPPED,
    POSITIVE_ONLY,
    ROOT_OF_ROWS,
    BATCH_MEAN_FIRST,
    LAST_BLOCK_LOST
};

static void prepare(struct activity *r, enum mistake mistake)
{
    real l1 = r->l1;
    if (mistake == STRENGTHS_SWAPPED) {
        r->l1 = r->l2;
        r->l2 = l1;
    }
    if (mistake == DIVIDED_BY_UNITS)
        r->W = real_count(r->C);
    if (mistake == WITH_HALF)
        r->l2 = r->l2 / 2;
    if (mistake == UPSTREAM_IGNORED)
        r->dpenalty = 1;
}

/* Positive and negative parts apart, and each share with its divisor. */
static real cost(const struct activity *r, enum mistake mistake)
{
    real W = mistake == ONLY_GRADIENT_DIVIDED ? 1 : r->W, up = 0, down = 0, squares = 0;
    size_t N = r->N;
    if (mistake == LAST_BLOCK_LOST && N > r->block)
        N = N / r->block * r->block;
    for (size_t n = N; n-- > 0;) {
        real row = 0;
        for (size_t c = r->C; c-- > 0;) {
            real a = r->a[n * r->C + c];
            if (a > 0)
                up += a;
            else if (mistake != POSITIVE_ONLY)
                down -= a;
            row += a * a;
        }
        squares += mistake == ROOT_OF_ROWS ? real_sqrt(row) : row;
    }
    return r->l1 / W * up + (r->l1 / W * down + r->l2 / W * squares);
}

/* The size of the mean activity of each unit. */
static real cost_of_mean(const struct activity *r)
{
    real total = 0;
    for (size_t c = 0; c < r->C; c++) {
        real mean = 0;
        for (size_t n = 0; n < r->N; n++)
            mean += r->a[n * r->C + c] / real_count(r->N);
        total += r->l1 * real_abs(mean) + r->l2 * mean * mean;
    }
    return total;
}

static real slope(const struct activity *r, enum mistake mistake, real a)
{
    real W = mistake == ONLY_VALUE_DIVIDED ? 1 : r->W;
    real sign = a > 0 ? 1 : a < 0 ? -1 : r->at_zero;
    if (mistake == SIGN_LOST)
        sign = 1;
    if (mistake == POSITIVE_ONLY && a < 0)
        sign = 0;
    real two = mistake == GRADIENT_WITHOUT_TWO ? 1 : 2, factor = r->dpenalty / W;
    return factor * r->l1 * sign + factor * r->l2 * two * a;
}

static void run(struct call *call)
{
    struct activity r = activity_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    prepare(&r, mistake);
    *r.penalty = mistake == BATCH_MEAN_FIRST ? cost_of_mean(&r) : cost(&r, mistake);
    for (size_t i = 0; i < r.N * r.C; i++)
        r.da[i] = slope(&r, mistake, r.a[i]);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"parts", FORK_TWIN, "",
     "Positive, negative parts and squares apart, each strength divided first.", NULL},
     .answer = run},
    {.info = {"never_divided", FORK_CONVENTION, "56", "The sum over the batch, not divided by it.",
     NULL},
     .instead = {"divided", "nothing"}},
    {.info = {"divided_by_batch", FORK_CONVENTION, "56", "Divided by the batch.", NULL},
     .instead = {"divided", "batch"}},
    {.info = {"divided_by_elements", FORK_CONVENTION, "56", "The mean over all elements.", NULL},
     .instead = {"divided", "elements"}},
    {.info = {"flat_at_zero", FORK_CONVENTION, "55", "The slope at 0 is 0.", NULL},
     .instead = {"at_zero", "zero"}},
    {.info = {"right_at_zero", FORK_CONVENTION, "55", "The slope at 0 is 1.", NULL},
     .instead = {"at_zero", "right"}},
    {.info = {"l1_ignored", FORK_BUG, "", "Only squares cost.", NULL}, .number = {"l1", 0}},
    {.info = {"l2_ignored", FORK_BUG, "", "Only sizes cost.", NULL}, .number = {"l2", 0}},
    {.info = {"only_value_divided", FORK_BUG, "56", "The gradient is not divided.", NULL},
     .answer = run, .variant = ONLY_VALUE_DIVIDED},
    {.info = {"only_gradient_divided", FORK_BUG, "56", "The value is not divided.", NULL},
     .answer = run, .variant = ONLY_GRADIENT_DIVIDED},
    {.info = {"divided_by_units", FORK_BUG, "56", "Divided by the wrong axis.", NULL},
     .answer = run, .variant = DIVIDED_BY_UNITS},
    {.info = {"with_half", FORK_CONVENTION, "55", "Half of the squares.", NULL},
     .answer = run, .variant = WITH_HALF},
    {.info = {"gradient_without_two", FORK_BUG, "55", "The gradient lacks the 2 of the square.",
     NULL},
     .answer = run, .variant = GRADIENT_WITHOUT_TWO},
    {.info = {"sign_lost", FORK_BUG, "", "Sizes have the slope 1 everywhere.", NULL},
     .answer = run, .variant = SIGN_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken for 1.", NULL},
     .answer = run, .variant = UPSTREAM_IGNORED},
    {.info = {"strengths_swapped", FORK_BUG, "", "l1 and l2 are confused.", NULL},
     .answer = run, .variant = STRENGTHS_SWAPPED},
    {.info = {"positive_only", FORK_BUG, "", "Negative activities have no size.", NULL},
     .answer = run, .variant = POSITIVE_ONLY},
    {.info = {"root_of_rows", FORK_CONVENTION, "", "Norms of rows in place of squares.", NULL},
     .answer = run, .variant = ROOT_OF_ROWS},
    {.info = {"batch_mean_first", FORK_BUG, "", "The penalty of mean activities.", NULL},
     .answer = run, .variant = BATCH_MEAN_FIRST},
    {.info = {"last_block_lost", FORK_BUG, "", "A short last block is left out of the sum.", NULL},
     .answer = run, .variant = LAST_BLOCK_LOST},
};
/* clang-format on */

const struct fork_list activity_penalty_forks = {sizeof table / sizeof *table, table};
