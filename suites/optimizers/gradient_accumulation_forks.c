// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/gradient_accumulation.h"
#include "../fork.h"

enum rival {
    TWIN,
    NEVER_ZEROED,
    OVERWRITTEN,
    STEP_EVERY_TIME,
    DECAY_EVERY_TIME,
    LAST_MICRO_SIZE,
    ALL_SAMPLES,
    LATE_GROUP,
    LAST_BLOCK_LOST,
    FIRST_RATE,
    UPHILL
};

/* What a sample of micro-batch k counts in its update. */
static real weight_of(const struct accumulation_rules *rules, size_t k, enum rival rival)
{
    size_t first = k / rules->every * rules->every, end = first + rules->every, samples = 0;
    end = end > rules->K ? rules->K : end;
    for (size_t i = first; i < end; i++)
        samples += (size_t)rules->size[i];
    real own = (real)rules->size[rival == LAST_MICRO_SIZE ? end - 1 : k];
    samples = rival == ALL_SAMPLES ? rules->N : samples;
    switch (rules->average) {
    case ACCUMULATE_SAMPLES:
        return rival == LAST_MICRO_SIZE ? 1 / (own * real_count(end - first))
                                        : 1 / real_count(samples);
    case ACCUMULATE_EQUAL:
        return 1 / (own * real_count(rules->counts_present ? end - first : rules->every));
    case ACCUMULATE_MEANS:
        return 1 / own;
    default:
        return R(1.0);
    }
}

/* The update of sample n, or K where it has none. */
static size_t update_of(const struct accumulation_rules *rules, size_t k, enum rival rival)
{
    return rival == LATE_GROUP ? (k + 1) / rules->every : k / rules->every;
}

/* One sample after the other, from the last one back: each joins its update with its weight. */
static void rival(struct call *call)
{
    struct accumulation_rules rules = accumulation_rules_read(call);
    enum rival rival = (enum rival)call_variant(call);
    const real *g = call_input(call, "g", "NP"), *rate = call_input(call, "rate", "S");
    size_t P = rules.P, n = rules.N, whole = rules.N / rules.block * rules.block;
    real *w = updates_state(call, "w"), *w_after = call_output(call, "w_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    for (size_t k = rules.K; k-- > 0;)
        for (size_t i = (size_t)rules.size[k]; i-- > 0;) {
            size_t u = update_of(&rules, k, rival);
            n--;
            int lost = rival == LAST_BLOCK_LOST && whole && n >= whole;
            lost |= rival == OVERWRITTEN && (k + 1) % rules.every != 0 && k + 1 < rules.K;
            for (size_t p = 0; p < P && u < rules.S && !lost; p++)
                gradient[u * P + p] += weight_of(&rules, k, rival) * g[n * P + p];
        }
    for (size_t u = 0; u < rules.S; u++) {
        real step = rate[rival == FIRST_RATE ? 0 : u];
        size_t times = rival == DECAY_EVERY_TIME ? rules.every : 1;
        for (size_t p = 0; p < P; p++) {
            real *G = &gradient[u * P + p];
            *G += rival == NEVER_ZEROED && u ? gradient[(u - 1) * P + p] : 0;
            real move = step * (*G + real_count(times) * rules.decay * w[p]);
            w[p] = rival == UPHILL ? w[p] + move : w[p] - move;
            w[p] -= rival == STEP_EVERY_TIME ? (real_count(rules.every) - 1) / 2 * move : 0;
        }
        updates_record(w_after, w, u, P);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
     "Every sample joins its update with a weight of its own.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_of_means", FORK_CONVENTION, "33 122",
     "Micro-batches count alike, whatever they hold.", NULL},
     .instead = {"average", "equal"}},
    {.info = {"weighted_by_samples", FORK_CONVENTION, "33 122",
     "Micro-batches count by their samples.", NULL},
     .instead = {"average", "samples"}},
    {.info = {"means_summed", FORK_BUG, "122", "Means are added and never divided.", NULL},
     .instead = {"average", "sum_of_means"}},
    {.info = {"samples_summed", FORK_CONVENTION, "122", "All is added and nothing is divided.",
     NULL},
     .instead = {"average", "sum"}},
    {.info = {"present_counted", FORK_CONVENTION, "33 122",
     "A short last group is divided by what is there.", NULL},
     .instead = {"count", "present"}},
    {.info = {"stated_counted", FORK_CONVENTION, "33 122",
     "A short last group is divided by what was stated.", NULL},
     .instead = {"count", "stated"}},
    {.info = {"never_zeroed", FORK_BUG, "122", "The accumulated gradient is kept after the update.",
     NULL},
     .answer = rival, .variant = NEVER_ZEROED},
    {.info = {"overwritten", FORK_BUG, "122", "The last micro-batch replaces those before.", NULL},
     .answer = rival, .variant = OVERWRITTEN},
    {.info = {"steps_between", FORK_BUG, "122", "Weights move before the group is complete.", NULL},
     .answer = rival, .variant = STEP_EVERY_TIME},
    {.info = {"decay_every_time", FORK_BUG, "82", "Every micro-batch adds the decay.", NULL},
     .answer = rival, .variant = DECAY_EVERY_TIME},
    {.info = {"last_size_for_all", FORK_BUG, "33",
     "All micro-batches are divided by the size of the last one.", NULL},
     .answer = rival, .variant = LAST_MICRO_SIZE},
    {.info = {"all_samples", FORK_BUG, "33",
     "The divisor is the number of samples of the whole run.", NULL},
     .answer = rival, .variant = ALL_SAMPLES},
    {.info = {"late_group", FORK_BUG, "122",
     "The update comes one micro-batch early, whose gradient goes to the next.", NULL},
     .answer = rival, .variant = LATE_GROUP},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of samples are added.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every update uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
};
/* clang-format on */

const struct fork_list gradient_accumulation_forks = {sizeof table / sizeof *table, table};
