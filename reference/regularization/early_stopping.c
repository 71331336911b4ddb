// SPDX-License-Identifier: MIT
#include "early_stopping.h"

struct early_stopping_state early_stopping_run(int *improved, real *distance, int *wait,
                                               const real *validation,
                                               const struct early_stopping_rules *rules, size_t E)
{
    struct early_stopping_state state = {.best_epoch = -1};
    int known = rules->baseline != NULL, waited = 0;
    if (known)
        state.best = *rules->baseline;
    for (size_t e = 0; e < E; e++) {
        state.last = e;
        if (e < rules->start)
            continue;
        real gain = rules->maximize ? validation[e] - state.best : state.best - validation[e];
        distance[e] = known ? gain - rules->min_delta : 1;
        improved[e] = distance[e] > 0;
        waited = improved[e] ? 0 : waited + 1;
        wait[e] = waited;
        if (improved[e]) {
            state.best = validation[e];
            state.best_epoch = (long)e;
            state.saves++;
            known = 1;
        }
        state.stopped = !improved[e] && (rules->exceeded ? (size_t)waited > rules->patience
                                                         : (size_t)waited >= rules->patience);
        if (state.stopped)
            break;
    }
    return state;
}

static struct early_stopping_rules read_rules(struct call *call, size_t E)
{
    static const char *const modes[] = {"min", "max", NULL};
    static const char *const limits[] = {"reached", "exceeded", NULL};
    struct early_stopping_rules rules = {.maximize = call_choice(call, "mode", modes)};
    rules.exceeded = call_choice(call, "stop_when", limits);
    rules.patience = call_count_or(call, "patience", 0, 0, 1u << 20);
    rules.start = call_count_or(call, "start_epoch", 0, 0, E - 1);
    rules.min_delta = real_abs(call_number_or(call, "min_delta", 0));
    if (call_has(call, "baseline"))
        rules.baseline = call_input(call, "baseline", "");
    return rules;
}

void early_stopping_answer(struct call *call)
{
    static const char *const restores[] = {"yes", "no", "when_stopped", NULL};
    const real *validation = call_input(call, "validation", "E");
    const real *weights = call_input(call, "weights", "EP");
    size_t E = call_size(call, 'E'), P = call_size(call, 'P');
    if (E == 0)
        call_fail(call, "training of no epochs cannot be stopped early");
    struct early_stopping_rules rules = read_rules(call, E);
    int *improved = call_scratch_integers(call, E), *wait = call_scratch_integers(call, E);
    real *distance = call_scratch(call, E);
    struct early_stopping_state state =
        early_stopping_run(improved, distance, wait, validation, &rules, E);
    call_decisions(call, state.last + 1 - rules.start, &distance[rules.start]);
    real *improved_out = call_output_integers(call, "improved", "E");
    real *wait_out = call_output_integers(call, "wait", "E");
    for (size_t e = 0; e < E; e++) {
        improved_out[e] = (real)improved[e];
        wait_out[e] = (real)wait[e];
    }
    *call_output_integers(call, "stop_epoch", "") = real_count(state.last);
    *call_output_integers(call, "best_epoch", "") = (real)state.best_epoch;
    *call_output_integers(call, "stopped", "") = (real)state.stopped;
    *call_output(call, "best", "") = state.best;
    int restore = call_choice(call, "restore", restores);
    int back = state.best_epoch >= 0 && (restore == 0 || (restore == 2 && state.stopped));
    size_t from = back ? (size_t)state.best_epoch : state.last;
    real *restored = call_output(call, "restored", "P");
    for (size_t p = 0; p < P; p++)
        restored[p] = weights[from * P + p];
}
