// SPDX-License-Identifier: MIT
#include "../../reference/gradients/log_sum_exp.h"
#include "../fork.h"

/* dy / sum over j of e^(x[j] - x[c]). */
static real quotient(const struct log_sum *s, size_t n, size_t c)
{
    const real *x = &s->x[n * s->C];
    real sum = 0;
    for (size_t j = 0; j < s->C; j++)
        sum += s->mask[n * s->C + j] ? real_exp(x[j] - x[c]) : 0;
    return s->dy[n] / sum;
}

/* One element after another, as pairs of the largest so far and what the others add to it:
 * log(e^(m + l) + e^x) = x + log1p(e^(m - x + l)), or m + l + log1p(e^(x - m - l)). */
static void running_pair(struct call *call)
{
    struct log_sum s = log_sum_read(call);
    for (size_t n = 0; n < s.N; n++) {
        int any = 0;
        real m = s.empty, l = 0;
        for (size_t c = 0; c < s.C; c++) {
            real x = s.x[n * s.C + c];
            if (!s.mask[n * s.C + c])
                continue;
            if (any)
                l = x > m ? real_log1p(real_exp(m - x + l)) : l + real_log1p(real_exp(x - m - l));
            m = !any || x > m ? x : m;
            any = 1;
            s.dx[n * s.C + c] = quotient(&s, n, c);
        }
        s.y[n] = m + l;
    }
}

/* The gradient from the stored value, as PyTorch has it. Its relative error is the absolute one of
 * y, up to |y| units of roundoff, also where a leading element makes it well conditioned. */
static void from_value(struct call *call)
{
    struct log_sum s = log_sum_read(call);
    for (size_t n = 0; n < s.N; n++) {
        log_sum_row(&s, n);
        for (size_t i = n * s.C; i < (n + 1) * s.C; i++)
            s.dx[i] = s.mask[i] ? s.dy[n] * real_exp(s.x[i] - s.y[n]) : 0;
    }
}

enum mistake { INFINITE_DIFFERENCE, MASK_IGNORED, UNIFORM_EMPTY, UPSTREAM_IGNORED, SUM, UNSHIFTED };

static void wrong_row(const struct log_sum *s, enum mistake mistake, size_t n)
{
    size_t admitted = log_sum_row(s, n);
    real *dx = &s->dx[n * s->C], sum = 0;
    for (size_t i = n * s->C; i < (n + 1) * s->C; i++)
        sum += s->mask[i] || mistake == MASK_IGNORED ? real_exp(s->x[i]) : 0;
    if (mistake == MASK_IGNORED || (mistake == UNSHIFTED && admitted > 0))
        s->y[n] = real_log(sum);
    for (size_t c = 0; c < s->C; c++) {
        if (mistake == INFINITE_DIFFERENCE && admitted == 0)
            dx[c] = s->dy[n] * (sum / sum);
        else if (mistake == UNIFORM_EMPTY && admitted == 0)
            dx[c] = s->dy[n] / real_count(s->C);
        else if (mistake == UPSTREAM_IGNORED)
            dx[c] = dx[c] / s->dy[n];
        else if (mistake == SUM)
            dx[c] = s->mask[n * s->C + c] ? s->dy[n] : 0;
    }
}

static void wrong(struct call *call)
{
    struct log_sum s = log_sum_read(call);
    for (size_t n = 0; n < s.N; n++)
        wrong_row(&s, (enum mistake)call_variant(call), n);
}

static const struct fork table[] = {
    {.info = {"running_pair", FORK_TWIN, "", "One element after another, without a sum.", NULL},
     .answer = running_pair},
    {.info = {"from_value", FORK_NUMERICAL, "", "The gradient dy e^(x - y) inherits y's rounding.",
              NULL},
     .answer = from_value},
    {.info = {"unshifted", FORK_NUMERICAL, "", "The logarithm of the plain sum.", NULL},
     .answer = wrong,
     .variant = UNSHIFTED},
    {.info = {"infinite_difference", FORK_NUMERICAL, "219", "An empty row's gradient is NaN.",
              NULL},
     .answer = wrong,
     .variant = INFINITE_DIFFERENCE},
    {.info = {"uniform_empty", FORK_CONVENTION, "219 202",
              "An empty row is uniform, as after a large finite stand-in.", NULL},
     .answer = wrong,
     .variant = UNIFORM_EMPTY},
    {.info = {"mask_ignored", FORK_BUG, "219", "Masked elements are in the sum.", NULL},
     .answer = wrong,
     .variant = MASK_IGNORED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in it.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"slope_of_sum", FORK_BUG, "", "The gradient of a sum.", NULL},
     .answer = wrong,
     .variant = SUM},
    {.info = {"empty_is_zero", FORK_CONVENTION, "", "An empty row is 0.", NULL},
     .number = {"empty", 0}},
};

const struct fork_list log_sum_exp_forks = {sizeof table / sizeof *table, table};
