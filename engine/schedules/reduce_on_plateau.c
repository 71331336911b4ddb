// SPDX-License-Identifier: MIT
/* Reduce on plateau; definition in reference/schedules/reduce_on_plateau.h.
 *
 * How it is distributed: it is not. Each epoch's decision needs the one before, and there are few
 * epochs, so every rank follows the whole history and comes to the same rates; nothing crosses the
 * network and nothing is added. (The monitored value has been summed over all ranks already.)
 */
#include "schedule.h"

struct settings {
    bool largest, relative, exceeded, skipped, during;
    scalar factor, min_delta, minimum;
    size_t patience, cooldown;
};

struct state {
    scalar rate, best;
    size_t wait, cooldown;
};

/* Takes the value of one epoch into account. */
static void judge(struct state *state, const struct settings *is, scalar value, bool first)
{
    const bool was_cooling = state->cooldown > 0;
    state->cooldown -= was_cooling;
    scalar delta = is->min_delta;
    if (is->relative)
        delta *= scalar_absolute(state->best);
    const bool better =
        first || (is->largest ? value > state->best + delta : value < state->best - delta);
    if (better)
        state->best = value;
    if (better || (is->skipped ? was_cooling : state->cooldown > 0)) {
        state->wait = 0;
        return;
    }
    state->wait++;
    if (is->exceeded ? state->wait <= is->patience : state->wait < is->patience)
        return;
    state->rate *= is->factor;
    if (state->rate < is->minimum)
        state->rate = is->minimum;
    state->wait = 0;
    state->cooldown = is->cooldown;
}

static struct settings read_settings(struct question *q)
{
    static const char *const modes[] = {"min", "max", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    static const char *const patience_is[] = {"reached", "exceeded", NULL};
    static const char *const cooldown_end[] = {"counted", "skipped", NULL};
    static const char *const recorded[] = {"after", "during", NULL};
    const size_t most = (size_t)1 << 20;
    struct settings is = {.largest = question_choice(q, "mode", modes) == 1,
                          .relative = question_choice(q, "threshold", thresholds) == 1,
                          .exceeded = question_choice(q, "patience_is", patience_is) == 1,
                          .skipped = question_choice(q, "cooldown_end", cooldown_end) == 1,
                          .during = question_choice(q, "recorded", recorded) == 1};
    is.factor = schedule_positive(q, "factor");
    if (!(is.factor < 1))
        question_refuse(q, "its number 'factor' must be below 1");
    is.patience = question_count(q, "patience", 0, most);
    is.min_delta = question_number_or(q, "min_delta", 0);
    if (!(is.min_delta >= 0))
        question_refuse(q, "its number 'min_delta' must not be negative");
    is.minimum = question_number_or(q, "minimum", 0);
    if (question_number_or(q, "cooldown", 0) != 0)
        is.cooldown = question_count(q, "cooldown", 0, most);
    return is;
}

void reduce_on_plateau_run(struct question *q)
{
    const struct settings is = read_settings(q);
    const scalar *metric = question_input(q, "metric", "E");
    scalar *rate = question_output(q, "rate", "E"), *best = question_output(q, "best", "E");
    struct state state = {.rate = question_number(q, "rate")};
    for (size_t e = 0; e < question_size(q, 'E'); e++) {
        const scalar before = state.rate;
        judge(&state, &is, metric[e], e == 0);
        rate[e] = is.during ? before : state.rate;
        best[e] = state.best;
    }
}
