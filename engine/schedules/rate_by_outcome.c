// SPDX-License-Identifier: MIT
/* Rate by outcome; definition in reference/schedules/rate_by_outcome.h.
 *
 * How it is distributed: it is not. Each epoch's decision needs the one before, and there are few
 * epochs, so every rank follows the whole history and comes to the same rates; nothing crosses the
 * network and nothing is added. (The loss has been summed over all ranks already.)
 */
#include "schedule.h"

struct settings {
    bool lowest, uncapped;
    scalar up, down, divergence, min_gain, minimum, second_rate;
    size_t patience, second_phase;
};

struct state {
    scalar rate, limit, reference;
    size_t wait;
};

/* Takes the loss of one epoch into account; whether the rate went up (1) or down (-1). */
static int follow(struct state *state, const struct settings *is, scalar loss)
{
    const scalar size = scalar_absolute(state->reference);
    const bool worse = loss > state->reference + is->divergence * size;
    const bool better = loss < state->reference - is->min_gain * size;
    if (!is->lowest || loss < state->reference)
        state->reference = loss;
    if (worse) {
        state->rate *= is->down;
        if (state->rate < is->minimum)
            state->rate = is->minimum;
    } else if (!better && ++state->wait < is->patience) {
        return 0;
    } else if (!better) {
        state->rate *= is->up;
        if (state->rate > state->limit)
            state->rate = state->limit;
    }
    state->wait = 0;
    return worse ? -1 : !better;
}

static scalar at_least_zero(struct question *q, const char *name)
{
    const scalar value = question_number_or(q, name, 0);
    if (!(value >= 0))
        question_refuse(q, "its number '%s' is negative", name);
    return value;
}

static struct settings read_settings(struct question *q)
{
    static const char *const against[] = {"previous", "best", NULL};
    static const char *const fine_tuning[] = {"capped", "free", NULL};
    const size_t most = (size_t)1 << 20;
    struct settings is = {.lowest = question_choice(q, "against", against) == 1,
                          .uncapped = question_choice(q, "fine_tuning", fine_tuning) == 1};
    is.up = question_number(q, "raise");
    if (!(is.up > 1))
        question_refuse(q, "its number 'raise' is not above 1");
    is.down = schedule_positive(q, "lower");
    if (!(is.down < 1))
        question_refuse(q, "its number 'lower' is not below 1");
    is.divergence = at_least_zero(q, "divergence");
    is.min_gain = at_least_zero(q, "min_gain");
    is.minimum = at_least_zero(q, "minimum");
    is.patience = question_count(q, "patience", 1, most);
    if (question_number_or(q, "fine_tuning_from", 0) != 0) {
        is.second_phase = question_count(q, "fine_tuning_from", 0, most);
        is.second_rate = schedule_positive(q, "fine_tuning_rate");
    }
    return is;
}

void rate_by_outcome_run(struct question *q)
{
    struct state state = {.rate = schedule_positive(q, "rate")};
    const struct settings is = read_settings(q);
    state.limit = question_number(q, "maximum");
    if (!(state.limit >= is.minimum))
        question_refuse(q, "its number 'maximum' is below the minimum");
    const scalar *loss = question_input(q, "loss", "E");
    scalar *rate = question_output(q, "rate", "E"), *verdict = question_output(q, "verdict", "E");
    for (size_t e = 0; e < question_size(q, 'E'); e++) {
        if (e > 0 && e == is.second_phase) {
            state.rate = is.second_rate;
            state.limit = is.uncapped ? state.limit : is.second_rate;
            state.wait = 0;
        }
        if (e == 0 || e == is.second_phase)
            state.reference = loss[e];
        else
            verdict[e] = (scalar)follow(&state, &is, loss[e]);
        rate[e] = state.rate;
    }
}
