// SPDX-License-Identifier: MIT
#include "../../reference/metrics/test_set_access.h"
#include "../fork.h"

enum mistake {
    NONE,
    UNLIMITED,
    ONE_MORE,
    AGREEMENT_COSTS,
    ALWAYS_TEST,
    SIGNED_GAP,
    NO_ANSWER_NOISE,
    NO_COMPARISON_NOISE,
    NO_THRESHOLD_NOISE,
    THRESHOLD_KEPT,
    THRESHOLD_EVERY_TIME,
    SCALES_ALIKE,
    NOISE_ON_TRAIN,
    REACHED_IS_BEYOND,
    BIAS_OF_TEST,
    REUSE_IS_FIRST_USE,
    QUESTIONS_COUNTED
};

/* Whether the sets disagree at question q, the threshold's noise being number `drawn`. */
static int disagree(const struct access_log *l, enum mistake mistake, size_t q, size_t drawn)
{
    real gap = l->test[q] - l->train[q], noise = 2 * l->g[drawn], own = 4 * l->a[q];
    if (mistake == SCALES_ALIKE) {
        noise = l->g[drawn];
        own = l->a[q];
    }
    if (mistake == NO_COMPARISON_NOISE)
        own = 0;
    if (mistake == NO_THRESHOLD_NOISE)
        noise = 0;
    real border = l->threshold + l->scale * (noise + own);
    if (mistake == REACHED_IS_BEYOND)
        return gap >= border || -gap >= border;
    return gap > border || (mistake != SIGNED_GAP && -gap > border);
}

static void log_uses(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct access_log l = test_set_access_read(call);
    size_t drawn = 0, spent = 0, reuse = l.Q, seen = 0;
    size_t budget = l.budget + (mistake == ONE_MORE);
    for (size_t q = 0; q < l.Q; q++) {
        int open = spent < budget || mistake == UNLIMITED;
        int uses = open && (!l.thresholdout || disagree(&l, mistake, q, drawn));
        uses = mistake == ALWAYS_TEST && open ? 1 : uses;
        real noise = l.thresholdout && mistake != NO_ANSWER_NOISE ? l.scale * l.x[q] : 0;
        real train = l.train[q] + (mistake == NOISE_ON_TRAIN ? noise : 0);
        l.answer[q] = uses ? l.test[q] + noise : open || l.train_when_spent ? train : 0;
        drawn =
            (uses && mistake != THRESHOLD_KEPT) || mistake == THRESHOLD_EVERY_TIME ? q + 1 : drawn;
        spent += uses || (mistake == AGREEMENT_COSTS && open);
        seen += uses || mistake == QUESTIONS_COUNTED;
        if (uses && seen == (mistake == REUSE_IS_FIRST_USE ? 1 : 2))
            reuse = q;
        l.used[q] = (real)uses;
        l.left[q] = spent < budget ? real_count(budget - spent) : 0;
        l.bias[q] = l.answer[q] - (mistake == BIAS_OF_TEST ? l.test[q] : l.train[q]);
    }
    *l.first_reuse = real_count(reuse);
    *l.uses = real_count(seen);
}

static const struct fork table[] = {
    {.info = {"signs", FORK_TWIN, "",
              "Both signs of the gap against one border; what is spent is counted up.", NULL},
     .answer = log_uses},
    {.info = {"ledger", FORK_CONVENTION, "", "Every question is a use.", NULL},
     .instead = {"access", "ledger"}},
    {.info = {"silent", FORK_CONVENTION, "", "Nothing is said when the budget is spent.", NULL},
     .instead = {"when_spent", "silent"}},
    {.info = {"train_when_spent", FORK_CONVENTION, "",
              "The training estimate when the budget is spent.", NULL},
     .instead = {"when_spent", "train"}},
    {.info = {"unlimited", FORK_BUG, "", "The budget is ignored.", NULL},
     .answer = log_uses,
     .variant = UNLIMITED},
    {.info = {"one_more", FORK_BUG, "", "One use more than the budget.", NULL},
     .answer = log_uses,
     .variant = ONE_MORE},
    {.info = {"agreement_costs", FORK_BUG, "",
              "Questions answered from the training set are charged.", NULL},
     .answer = log_uses,
     .variant = AGREEMENT_COSTS},
    {.info = {"always_test", FORK_BUG, "", "Every answer comes from the test set.", NULL},
     .answer = log_uses,
     .variant = ALWAYS_TEST},
    {.info = {"signed_gap", FORK_BUG, "", "Only a test set that does better disagrees.", NULL},
     .answer = log_uses,
     .variant = SIGNED_GAP},
    {.info = {"no_answer_noise", FORK_BUG, "", "Answers without noise.", NULL},
     .answer = log_uses,
     .variant = NO_ANSWER_NOISE},
    {.info = {"no_comparison_noise", FORK_BUG, "", "Comparisons without noise.", NULL},
     .answer = log_uses,
     .variant = NO_COMPARISON_NOISE},
    {.info = {"no_threshold_noise", FORK_BUG, "", "A threshold without noise.", NULL},
     .answer = log_uses,
     .variant = NO_THRESHOLD_NOISE},
    {.info = {"threshold_kept", FORK_BUG, "", "The threshold's noise is drawn once.", NULL},
     .answer = log_uses,
     .variant = THRESHOLD_KEPT},
    {.info = {"threshold_every_time", FORK_BUG, "",
              "The threshold's noise is drawn for every question.", NULL},
     .answer = log_uses,
     .variant = THRESHOLD_EVERY_TIME},
    {.info = {"scales_alike", FORK_BUG, "", "All noise has scale s.", NULL},
     .answer = log_uses,
     .variant = SCALES_ALIKE},
    {.info = {"noise_on_train", FORK_BUG, "", "Training estimates are disturbed too.", NULL},
     .answer = log_uses,
     .variant = NOISE_ON_TRAIN},
    {.info = {"reached_is_beyond", FORK_BUG, "", "A gap at the threshold disagrees.", NULL},
     .answer = log_uses,
     .variant = REACHED_IS_BEYOND},
    {.info = {"bias_of_test", FORK_BUG, "", "The bias against the test estimate.", NULL},
     .answer = log_uses,
     .variant = BIAS_OF_TEST},
    {.info = {"reuse_is_first_use", FORK_BUG, "", "The first use is called reuse.", NULL},
     .answer = log_uses,
     .variant = REUSE_IS_FIRST_USE},
    {.info = {"questions_counted", FORK_BUG, "", "Questions are counted, not uses.", NULL},
     .answer = log_uses,
     .variant = QUESTIONS_COUNTED},
};

const struct fork_list test_set_access_forks = {sizeof table / sizeof *table, table};
