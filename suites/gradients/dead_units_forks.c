// SPDX-License-Identifier: MIT
#include "../../reference/gradients/dead_units.h"
#include "../fork.h"

struct batch {
    const real *a;
    real threshold;
    size_t N, C, block;
    real *activity, *is_dead, *fraction;
};

static struct batch read(struct call *call)
{
    struct batch b = {.a = call_input(call, "a", "NC")};
    b.threshold = call_number_or(call, "threshold", R(0.0));
    b.N = call_size(call, 'N');
    b.C = call_size(call, 'C');
    b.block = call_block(call);
    b.activity = call_output(call, "activity", "C");
    b.is_dead = call_output_integers(call, "is_dead", "C");
    b.fraction = call_output(call, "fraction", "");
    return b;
}

static int fires(const struct batch *b, size_t n, size_t c)
{
    real a = b->a[n * b->C + c];
    return a * a > b->threshold * b->threshold;
}

/* Activities on the samples first .. last - 1, dead where they are not above `rare`; the fraction.
 */
static void judge(const struct batch *b, size_t first, size_t last, real rare)
{
    *b->fraction = 0;
    for (size_t c = 0; c < b->C; c++) {
        b->activity[c] = 0;
        for (size_t n = first; n < last; n++)
            b->activity[c] += fires(b, n, c) ? 1 : 0;
        b->activity[c] = b->activity[c] / real_count(last - first);
        b->is_dead[c] = b->activity[c] <= rare;
        *b->fraction += b->is_dead[c];
    }
    *b->fraction = *b->fraction / real_count(b->C);
}

static void by_squares(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(0.0));
}

static void last_block_only(struct call *call)
{
    struct batch b = read(call);
    judge(&b, (b.N - 1) / b.block * b.block, b.N, R(0.0));
}

static void first_sample_only(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, 1, R(0.0));
}

static void rare_taken_for_dead(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(1.5) / real_count(b.N));
}

static void fraction_of_values(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(0.0));
    real active = 0;
    for (size_t c = 0; c < b.C; c++)
        active += b.activity[c];
    *b.fraction = 1 - active / real_count(b.C);
}

static void fraction_alive(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(0.0));
    *b.fraction = 1 - *b.fraction;
}

static void silent_once_is_dead(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(0.0));
    *b.fraction = 0;
    for (size_t c = 0; c < b.C; c++) {
        b.is_dead[c] = b.activity[c] < 1;
        *b.fraction += b.is_dead[c] / real_count(b.C);
    }
}

static void negative_is_silent(struct call *call)
{
    struct batch b = read(call);
    *b.fraction = 0;
    for (size_t c = 0; c < b.C; c++) {
        size_t positive = 0;
        for (size_t n = 0; n < b.N; n++)
            positive += b.a[n * b.C + c] > b.threshold;
        b.activity[c] = real_count(positive) / real_count(b.N);
        b.is_dead[c] = positive == 0;
        *b.fraction += b.is_dead[c] / real_count(b.C);
    }
}

static void percent(struct call *call)
{
    struct batch b = read(call);
    judge(&b, 0, b.N, R(0.0));
    *b.fraction = *b.fraction * 100;
}

static const struct fork table[] = {
    {.info = {"by_squares", FORK_TWIN, "", "Squares compared, unit by unit, counted as reals.",
              NULL},
     .answer = by_squares},
    {.info = {"last_block_only", FORK_BUG, "", "Dead on the last block of samples only.", NULL},
     .answer = last_block_only},
    {.info = {"first_sample_only", FORK_BUG, "", "Dead on the first sample only.", NULL},
     .answer = first_sample_only},
    {.info = {"rare_taken_for_dead", FORK_CONVENTION, "",
              "A unit that fires on a single sample counts as dead.", NULL},
     .answer = rare_taken_for_dead},
    {.info = {"fraction_of_values", FORK_CONVENTION, "",
              "The share of values that are 0: sparsity.", NULL},
     .answer = fraction_of_values},
    {.info = {"fraction_alive", FORK_BUG, "", "The share of units that are alive.", NULL},
     .answer = fraction_alive},
    {.info = {"silent_once_is_dead", FORK_BUG, "", "A unit that is ever 0 counts as dead.", NULL},
     .answer = silent_once_is_dead},
    {.info = {"negative_is_silent", FORK_BUG, "", "Only activations above 0 count.", NULL},
     .answer = negative_is_silent},
    {.info = {"percent", FORK_CONVENTION, "", "The fraction in percent.", NULL}, .answer = percent},
    {.info = {"threshold_ignored", FORK_BUG, "", "Only exact zeros are silent.", NULL},
     .number = {"threshold", 0}},
};

const struct fork_list dead_units_forks = {sizeof table / sizeof *table, table};
