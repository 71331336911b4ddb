// SPDX-License-Identifier: MIT
#include "../../reference/schedules/rate_by_outcome.h"
#include "../../reference/schedules/schedule.h"
#include "../fork.h"

enum flaw {
    NONE,
    SIZE_WITH_SIGN,
    THRESHOLDS_INCLUSIVE,
    WAIT_SURVIVES_GAIN,
    WAIT_SURVIVES_RAISE,
    WAIT_SURVIVES_PHASE,
    PATIENCE_FOR_DIVERGENCE,
    PATIENCE_EXCEEDED,
    DIRECTIONS_EXCHANGED,
    FACTORS_OF_START,
    JUMP_OF_PHASE_JUDGED,
    BEST_OF_BOTH_PHASES,
    BEST_MOVES_BY_COUNTED_GAINS,
    LIMITS_IGNORED
};

/* Since the last limit or phase the rate is a base times powers of the two factors. */
struct rate {
    real base;
    size_t raised, lowered;
};

static real rate_now(const struct rate *rate, const struct outcome_rules *rules)
{
    return rate->base * schedule_power(rules->raise, rate->raised) *
           schedule_power(rules->lower, rate->lowered);
}

static void change(struct rate *rate, const struct outcome_rules *rules, int up, real top, int flaw)
{
    if (flaw == FACTORS_OF_START)
        *rate = (struct rate){rate->base, 0, 0};
    rate->raised += up > 0;
    rate->lowered += up < 0;
    real now = rate_now(rate, rules);
    if (flaw == LIMITS_IGNORED)
        return;
    if (up > 0 && now > top)
        *rate = (struct rate){top, 0, 0};
    else if (up < 0 && now < rules->minimum)
        *rate = (struct rate){rules->minimum, 0, 0};
}

/* 1 not learning, -1 diverging, 0 learning: by the growth of the loss, as a share of its size. */
static int outcome_of(const struct outcome_rules *rules, real loss, real reference, int flaw)
{
    real size = flaw == SIZE_WITH_SIGN ? reference : real_abs(reference);
    real growth = (loss - reference) / size;
    if (flaw == THRESHOLDS_INCLUSIVE && growth == rules->divergence)
        return -1;
    return growth > rules->divergence ? -1 : !(growth < -rules->min_gain);
}

static real next_reference(const struct outcome_rules *rules, real loss, real reference,
                           int outcome, int flaw)
{
    if (!rules->best)
        return loss;
    if (flaw == BEST_MOVES_BY_COUNTED_GAINS && outcome != 0)
        return reference;
    return loss < reference ? loss : reference;
}

static void follow(struct call *call)
{
    struct outcome_rules rules = outcome_read(call);
    const real *loss = call_input(call, "loss", "E");
    size_t E = call_size(call, 'E'), wait = 0, bad = 0;
    int flaw = call_variant(call);
    real *after = call_output(call, "rate", "E");
    real *verdict = call_output_integers(call, "verdict", "E");
    struct rate rate = {rules.rate, 0, 0};
    real top = rules.maximum, reference = loss[0];
    size_t patience = rules.patience + (flaw == PATIENCE_EXCEEDED);
    for (size_t e = 0; e < E; e++) {
        int phase = e > 0 && e == rules.fine_tuning_from, judged = e > 0 && !phase;
        if (phase) {
            rate = (struct rate){rules.fine_tuning_rate, 0, 0};
            top = rules.free ? top : rules.fine_tuning_rate;
            wait = flaw == WAIT_SURVIVES_PHASE ? wait : 0;
            judged = flaw == JUMP_OF_PHASE_JUDGED;
        }
        int outcome = judged ? outcome_of(&rules, loss[e], reference, flaw) : 0, up = 0;
        wait += outcome > 0;
        bad = outcome < 0 ? bad + 1 : 0;
        if (outcome < 0)
            up = flaw == PATIENCE_FOR_DIVERGENCE && bad < 2 ? 0 : -1;
        else if (wait >= patience)
            up = 1;
        if (up || (outcome == 0 && judged && flaw != WAIT_SURVIVES_GAIN) || outcome < 0)
            wait = up > 0 && flaw == WAIT_SURVIVES_RAISE ? wait : 0;
        up = flaw == DIRECTIONS_EXCHANGED ? -up : up;
        if (up)
            change(&rate, &rules, up, top, flaw);
        verdict[e] = (real)up;
        after[e] = rate_now(&rate, &rules);
        if (phase && flaw != BEST_OF_BOTH_PHASES)
            reference = loss[e];
        reference = next_reference(&rules, loss[e], reference, outcome, flaw);
    }
}

static const struct fork table[] = {
    {.info = {"shares_and_powers", FORK_TWIN, "",
              "The growth as a share of the loss, and powers of the two factors.", NULL},
     .answer = follow,
     .variant = NONE},
    {.info = {"against_previous", FORK_CONVENTION, "", "Always against the loss before.", NULL},
     .instead = {"against", "previous"}},
    {.info = {"against_best", FORK_CONVENTION, "", "Always against the best loss.", NULL},
     .instead = {"against", "best"}},
    {.info = {"fine_tuning_free", FORK_CONVENTION, "", "The low rate may rise again.", NULL},
     .instead = {"fine_tuning", "free"}},
    {.info = {"fine_tuning_capped", FORK_CONVENTION, "", "The low rate stays low.", NULL},
     .instead = {"fine_tuning", "capped"}},
    {.info = {"one_phase", FORK_BUG, "", "Fine-tuning goes on with the rate that there was.", NULL},
     .number = {"fine_tuning_from", 0}},
    {.info = {"rate_of_adam", FORK_CONVENTION, "", "Starts at 0.001, Adam's default.", NULL},
     .number = {"rate", 0.001f}},
    {.info = {"no_patience", FORK_CONVENTION, "", "Raised at every epoch without a gain.", NULL},
     .number = {"patience", 1}},
    {.info = {"size_with_sign", FORK_BUG, "", "A share of the loss itself, not of its size.", NULL},
     .answer = follow,
     .variant = SIZE_WITH_SIGN},
    {.info = {"thresholds_inclusive", FORK_CONVENTION, "", "Growth just at the limit diverges.",
              NULL},
     .answer = follow,
     .variant = THRESHOLDS_INCLUSIVE},
    {.info = {"wait_survives_gain", FORK_BUG, "", "A gain does not reset the wait.", NULL},
     .answer = follow,
     .variant = WAIT_SURVIVES_GAIN},
    {.info = {"wait_survives_raise", FORK_BUG, "", "A raise does not reset the wait.", NULL},
     .answer = follow,
     .variant = WAIT_SURVIVES_RAISE},
    {.info = {"wait_survives_phase", FORK_BUG, "", "A new phase does not reset the wait.", NULL},
     .answer = follow,
     .variant = WAIT_SURVIVES_PHASE},
    {.info = {"patience_for_divergence", FORK_CONVENTION, "",
              "Only the second divergent epoch in a row lowers the rate.", NULL},
     .answer = follow,
     .variant = PATIENCE_FOR_DIVERGENCE},
    {.info = {"patience_exceeded", FORK_BUG, "", "Raised one epoch late.", NULL},
     .answer = follow,
     .variant = PATIENCE_EXCEEDED},
    {.info = {"directions_exchanged", FORK_BUG, "", "Lowered when stuck, raised when diverging.",
              NULL},
     .answer = follow,
     .variant = DIRECTIONS_EXCHANGED},
    {.info = {"factors_of_start", FORK_BUG, "", "Each change starts from the first rate.", NULL},
     .answer = follow,
     .variant = FACTORS_OF_START},
    {.info = {"jump_of_phase_judged", FORK_BUG, "",
              "The first loss on new data is compared with the last on old data.", NULL},
     .answer = follow,
     .variant = JUMP_OF_PHASE_JUDGED},
    {.info = {"best_of_both_phases", FORK_BUG, "", "The best loss is that of the first phase.",
              NULL},
     .answer = follow,
     .variant = BEST_OF_BOTH_PHASES},
    {.info = {"best_moves_by_counted_gains", FORK_CONVENTION, "",
              "The best loss is replaced only by one that counts as a gain.", NULL},
     .answer = follow,
     .variant = BEST_MOVES_BY_COUNTED_GAINS},
    {.info = {"limits_ignored", FORK_BUG, "", "Neither minimum nor maximum.", NULL},
     .answer = follow,
     .variant = LIMITS_IGNORED},
};

const struct fork_list rate_by_outcome_forks = {sizeof table / sizeof *table, table};
