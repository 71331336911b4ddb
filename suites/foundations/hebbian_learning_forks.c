// SPDX-License-Identifier: MIT
#include "../../reference/foundations/hebbian_learning.h"
#include "../fork.h"

enum mistake {
    NONE,
    ANTI_HEBBIAN,
    OUTPUT_NOT_SQUARED,
    LENGTH_RESTORED,
    UNITS_IN_TURN,
    OWN_TERM_LEFT_OUT,
    ALL_UNITS_SUBTRACTED,
    DECAY_AFTER_GROWTH,
    DECAY_WITHOUT_RATE,
    BACKWARDS,
    SUMMED_OVER_BATCH,
    LAST_SAMPLE_LOST,
    OUTPUT_AFTERWARDS,
    SQUARE_NOT_AVERAGED
};

/* Everything of one call, unanswered. */
struct run {
    struct hebbian is;
    enum mistake mistake;
    size_t N, E;
    int batch;
    const real *x;
    real *w, *change, *y; /* (D,K), (D,K), (K) */
    real *w_after, *mean_square;
};

static struct run read(struct call *call)
{
    static const char *const rules[] = {"hebb", "oja", "sanger", NULL};
    static const char *const updates[] = {"sample", "batch", NULL};
    struct run r = {.x = call_input(call, "x", "ND"), .mistake = (enum mistake)call_variant(call)};
    const real *start = call_input(call, "w", "DK");
    r.N = call_size(call, 'N');
    r.is.D = call_size(call, 'D');
    r.is.K = call_size(call, 'K');
    r.is.rule = (enum hebbian_rule)call_choice(call, "rule", rules);
    r.batch = call_choice(call, "update", updates);
    r.is.rate = call_number(call, "rate");
    r.is.decay = call_number_or(call, "decay", R(0.0));
    r.E = call_count(call, "epochs", 1, 1 << 20);
    call_bind(call, 'E', r.E);
    r.w = call_scratch(call, r.is.D * r.is.K);
    r.change = call_scratch(call, r.is.D * r.is.K);
    r.y = call_scratch(call, r.is.K);
    for (size_t i = 0; i < r.is.D * r.is.K; i++)
        r.w[i] = start[i];
    r.w_after = call_output(call, "w_after", "EDK");
    r.mean_square = call_output(call, "mean_square", "EK");
    return r;
}

static real output(const struct run *r, const real *x, size_t k)
{
    real y = 0;
    for (size_t d = r->is.D; d-- > 0;)
        y = y + x[d] * r->w[d * r->is.K + k];
    return y;
}

/* What is left of feature d for unit k, unit after unit taken away. */
static real left_over(const struct run *r, const real *x, size_t d, size_t k)
{
    const real *w = &r->w[d * r->is.K];
    if (r->is.rule == HEBB)
        return x[d];
    if (r->is.rule == OJA)
        return r->mistake == OUTPUT_NOT_SQUARED ? x[d] - w[k] : x[d] - r->y[k] * w[k];
    size_t units = r->mistake == ALL_UNITS_SUBTRACTED ? r->is.K
                   : r->mistake == OWN_TERM_LEFT_OUT  ? k
                                                      : k + 1;
    real left = x[d];
    for (size_t j = 0; j < units; j++)
        left = left - r->y[j] * w[j];
    return left;
}

static void restore_length(struct run *r)
{
    for (size_t k = 0; k < r->is.K; k++) {
        real square = 0;
        for (size_t d = 0; d < r->is.D; d++)
            square += r->w[d * r->is.K + k] * r->w[d * r->is.K + k];
        for (size_t d = 0; d < r->is.D; d++)
            r->w[d * r->is.K + k] /= real_sqrt(square);
    }
}

/* w <- (1 - rate decay) w + rate change / share */
static void apply(struct run *r, size_t share)
{
    real forgetting = r->mistake == DECAY_WITHOUT_RATE ? r->is.decay : r->is.rate * r->is.decay;
    real rate = r->mistake == ANTI_HEBBIAN ? -r->is.rate : r->is.rate;
    for (size_t i = 0; i < r->is.D * r->is.K; i++) {
        real step = rate * r->change[i] / real_count(share);
        r->w[i] = r->mistake == DECAY_AFTER_GROWTH ? (1 - forgetting) * (r->w[i] + step)
                                                   : (1 - forgetting) * r->w[i] + step;
        r->change[i] = 0;
    }
    if (r->mistake == LENGTH_RESTORED)
        restore_length(r);
}

/* One sample into `change`; K units, or with UNITS_IN_TURN each on the weights of those before. */
static void meet(struct run *r, const real *x)
{
    size_t K = r->is.K;
    for (size_t k = 0; k < K; k++)
        r->y[k] = output(r, x, k);
    for (size_t k = 0; k < K; k++) {
        for (size_t d = 0; d < r->is.D; d++) {
            real term = r->y[k] * left_over(r, x, d, k);
            if (r->mistake == UNITS_IN_TURN)
                r->w[d * K + k] += r->is.rate * term;
            else
                r->change[d * K + k] += term;
        }
    }
}

static void learn(struct call *call)
{
    struct run r = read(call);
    size_t size = r.is.D * r.is.K, used = r.N - (r.mistake == LAST_SAMPLE_LOST);
    for (size_t e = 0; e < r.E; e++) {
        for (size_t i = 0; i < used; i++) {
            const real *x = &r.x[(r.mistake == BACKWARDS ? r.N - 1 - i : i) * r.is.D];
            meet(&r, x);
            if (!r.batch)
                apply(&r, 1);
            for (size_t k = 0; k < r.is.K; k++) {
                real y = r.mistake == OUTPUT_AFTERWARDS ? output(&r, x, k) : r.y[k];
                r.mean_square[e * r.is.K + k] += y * y;
            }
        }
        if (r.batch)
            apply(&r, r.mistake == SUMMED_OVER_BATCH ? 1 : used);
        for (size_t i = 0; i < size; i++)
            r.w_after[e * size + i] = r.w[i];
        for (size_t k = 0; k < r.is.K && r.mistake != SQUARE_NOT_AVERAGED; k++)
            r.mean_square[e * r.is.K + k] /= real_count(used);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"deflation", FORK_TWIN, "",
     "Each unit's part is taken from what is left of the sample; one factor for the old weight.",
     NULL},
     .answer = learn},
    {.info = {"hebb_always", FORK_CONVENTION, "", "Nothing holds the weights back.", NULL},
     .instead = {"rule", "hebb"}},
    {.info = {"oja_always", FORK_CONVENTION, "", "Units do not see each other.", NULL},
     .instead = {"rule", "oja"}},
    {.info = {"sanger_always", FORK_CONVENTION, "", "Each unit sees what those before it leave.",
     NULL},
     .instead = {"rule", "sanger"}},
    {.info = {"by_sample", FORK_CONVENTION, "", "Updates after every sample, always.", NULL},
     .instead = {"update", "sample"}},
    {.info = {"by_batch", FORK_CONVENTION, "", "Updates once an epoch, always.", NULL},
     .instead = {"update", "batch"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "Nothing is forgotten.", NULL},
     .number = {"decay", 0}},
    {.info = {"anti_hebbian", FORK_BUG, "83", "The sign of the step.", NULL},
     .answer = learn, .variant = ANTI_HEBBIAN},
    {.info = {"output_not_squared", FORK_BUG, "", "Oja's restraint is y w instead of y^2 w.", NULL},
     .answer = learn, .variant = OUTPUT_NOT_SQUARED},
    {.info = {"length_restored", FORK_CONVENTION, "",
     "Weights are divided by their length after every step.", NULL},
     .answer = learn, .variant = LENGTH_RESTORED},
    {.info = {"units_in_turn", FORK_BUG, "181",
     "Each unit sees the new weights of those before it.", NULL},
     .answer = learn, .variant = UNITS_IN_TURN},
    {.info = {"own_term_left_out", FORK_BUG, "", "Sanger's sum ends before the unit itself.", NULL},
     .answer = learn, .variant = OWN_TERM_LEFT_OUT},
    {.info = {"all_units_subtracted", FORK_CONVENTION, "",
     "The sum goes over all units: the subspace rule.", NULL},
     .answer = learn, .variant = ALL_UNITS_SUBTRACTED},
    {.info = {"decay_after_growth", FORK_BUG, "81",
     "The grown weight is forgotten, not the old one.", NULL},
     .answer = learn, .variant = DECAY_AFTER_GROWTH},
    {.info = {"decay_without_rate", FORK_CONVENTION, "80",
     "The decay is not multiplied by the rate.", NULL},
     .answer = learn, .variant = DECAY_WITHOUT_RATE},
    {.info = {"backwards", FORK_BUG, "", "The samples from the last to the first.", NULL},
     .answer = learn, .variant = BACKWARDS},
    {.info = {"summed_over_batch", FORK_CONVENTION, "", "A batch is summed, not averaged.", NULL},
     .answer = learn, .variant = SUMMED_OVER_BATCH},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is never met.", NULL},
     .answer = learn, .variant = LAST_SAMPLE_LOST},
    {.info = {"output_afterwards", FORK_BUG, "", "The mean square is of outputs after the step.",
     NULL},
     .answer = learn, .variant = OUTPUT_AFTERWARDS},
    {.info = {"square_not_averaged", FORK_BUG, "", "The sum of squares is shown.", NULL},
     .answer = learn, .variant = SQUARE_NOT_AVERAGED},
};
/* clang-format on */

const struct fork_list hebbian_learning_forks = {sizeof table / sizeof *table, table};
