// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/weight_averaging.h"
#include "../fork.h"

enum rival {
    TWIN,
    SHARES_EXCHANGED,
    CORRECTED_STATE,
    CORRECTION_BEHIND,
    CORRECTION_OF_LIMIT,
    COUNT_OF_STEPS,
    COUNT_TOO_LARGE,
    ONE_STEP_LATE,
    GIVEN_REPLACED,
    GROWTH_ONE_AHEAD
};

struct average {
    const struct averaging_rules *rules;
    enum rival rival;
    real *e;
    size_t n, steps;
    real product;
};

/* The share of what was there, in the forks; and the weight of what enters. */
static real kept(const struct average *k)
{
    real d = averaging_decay(k->rules, k->rival == GROWTH_ONE_AHEAD ? k->n + 1 : k->n);
    return k->rival == SHARES_EXCHANGED ? 1 - d : d;
}

static void enter(struct average *k, const real *w, size_t P)
{
    size_t n = k->rival == COUNT_OF_STEPS ? k->steps : k->n + (k->rival == COUNT_TOO_LARGE);
    int replaces = k->n == 0 || (k->rival == GIVEN_REPLACED && k->steps == 0);
    real d = kept(k), count = real_count(n);
    for (size_t p = 0; p < P; p++) {
        if (k->rules->equal)
            k->e[p] = (count * k->e[p] + w[p]) / (count + 1);
        else if (replaces && !k->rules->from_zero)
            k->e[p] = w[p];
        else
            k->e[p] = k->e[p] + (1 - d) * (w[p] - k->e[p]);
        if (k->rival == CORRECTED_STATE && k->rules->corrected)
            k->e[p] = k->e[p] / (1 - k->product * d);
    }
    k->product *= d;
    k->n++;
}

static real divisor(const struct average *k)
{
    if (!k->rules->corrected || k->n == 0 || k->rival == CORRECTED_STATE)
        return R(1.0);
    if (k->rival == CORRECTION_OF_LIMIT)
        return 1 - updates_power(k->rules->decay, k->n);
    if (k->rival == CORRECTION_BEHIND)
        return 1 - k->product / averaging_decay(k->rules, k->n - 1) * (k->n > 1 ? 1 : R(0.5));
    return 1 - k->product;
}

static void rival(struct call *call)
{
    const real *w = call_input(call, "w", "SP");
    struct averaging_rules rules = averaging_rules_read(call);
    size_t S = call_size(call, 'S'), P = call_size(call, 'P');
    struct average k = {
        &rules, (enum rival)call_variant(call), updates_state(call, "e"), rules.entered, 0, 1};
    real *average = call_output(call, "average", "SP");
    for (size_t s = 0; s < S; s++, k.steps++) {
        size_t t = rules.first + s - (k.rival == ONE_STEP_LATE && rules.first + s > 0);
        if (averaging_enters(&rules, t))
            enter(&k, &w[s * P], P);
        for (size_t p = 0; p < P; p++)
            average[s * P + p] = k.n == 0 && !rules.keeps ? w[s * P + p] : k.e[p] / divisor(&k);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"distance_kept", FORK_TWIN, "",
     "The average moves by a share of the distance; the mean as a quotient of sums.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"shares_exchanged", FORK_BUG, "125", "The decay multiplies the new weights.", NULL},
     .answer = rival, .variant = SHARES_EXCHANGED},
    {.info = {"corrected_state", FORK_BUG, "77 117",
     "The corrected average is written back into the state.", NULL},
     .answer = rival, .variant = CORRECTED_STATE},
    {.info = {"correction_behind", FORK_BUG, "88 117",
     "The correction is that of the average before.", NULL},
     .answer = rival, .variant = CORRECTION_BEHIND},
    {.info = {"correction_of_limit", FORK_BUG, "117",
     "The correction is a power of the limit, though the decay grew.", NULL},
     .answer = rival, .variant = CORRECTION_OF_LIMIT},
    {.info = {"steps_counted", FORK_BUG, "",
     "Every step counts, whether its weights entered or not.", NULL},
     .answer = rival, .variant = COUNT_OF_STEPS},
    {.info = {"count_too_large", FORK_BUG, "", "The mean is divided by one too many.", NULL},
     .answer = rival, .variant = COUNT_TOO_LARGE},
    {.info = {"one_step_late", FORK_BUG, "116", "Weights enter one step late.", NULL},
     .answer = rival, .variant = ONE_STEP_LATE},
    {.info = {"given_replaced", FORK_BUG, "117",
     "The first weights after a resumption replace the average.", NULL},
     .answer = rival, .variant = GIVEN_REPLACED},
    {.info = {"growth_one_ahead", FORK_CONVENTION, "", "The growing decay counts from one.", NULL},
     .answer = rival, .variant = GROWTH_ONE_AHEAD},
    {.info = {"correction_forgotten", FORK_CONVENTION, "117",
     "The average from zero is not corrected.", NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"first_copied", FORK_CONVENTION, "117",
     "The first weights are copied: Keras, PyTorch.", NULL},
     .instead = {"start", "first_copy"}},
    {.info = {"always_from_zero", FORK_CONVENTION, "117", "The average starts at zero.", NULL},
     .instead = {"start", "zero"}},
    {.info = {"decay_constant", FORK_CONVENTION, "", "The decay does not grow.", NULL},
     .instead = {"decay_form", "constant"}},
    {.info = {"every_step", FORK_BUG, "", "The weights of every step enter.", NULL},
     .number = {"every", 1}},
    {.info = {"from_the_beginning", FORK_BUG, "", "Averaging does not wait.", NULL},
     .number = {"begin", 1}},
    {.info = {"count_starts_again", FORK_BUG, "88", "Resumed averaging starts to count again.",
     NULL},
     .number = {"entered", 0}},
    {.info = {"kept_before", FORK_CONVENTION, "117",
     "Before anything has entered the average is 0.", NULL},
     .instead = {"before", "keep"}},
};
/* clang-format on */

const struct fork_list weight_averaging_forks = {sizeof table / sizeof *table, table};
