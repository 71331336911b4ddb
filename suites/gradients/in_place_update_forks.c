// SPDX-License-Identifier: MIT
#include "../../reference/gradients/in_place_update.h"
#include "../fork.h"

enum mistake {
    NONE,
    OUTPUT_OVERWRITTEN,
    INPUT_OVERWRITTEN,
    FACTOR_LOST,
    UPDATE_DETACHED,
    UPSTREAM_IGNORED,
    UPDATE_NOT_SEEN
};

/* tanh's slope as 1 / cosh^2, from the input; the square's by the product rule. */
static real slope_of(const struct in_place *p, size_t i)
{
    real e = real_exp(-2 * real_abs(p->x[i]));
    return p->square ? p->x[i] + p->x[i] : 4 * e / ((1 + e) * (1 + e));
}

static void run(struct call *call)
{
    struct in_place p = in_place_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    in_place_forward(&p);
    for (size_t i = 0; i < p.n; i++) {
        real slope = slope_of(&p, i), factor = p.factor;
        if (mistake == OUTPUT_OVERWRITTEN && !p.square)
            slope = 1 - p.y[i] * p.y[i];
        if (mistake == INPUT_OVERWRITTEN && p.square)
            slope = 2 * p.y[i];
        if (mistake == FACTOR_LOST)
            factor = 1;
        if (mistake == UPDATE_DETACHED)
            factor = 0;
        p.dx[i] = (mistake == UPSTREAM_IGNORED ? 1 : p.dy[i]) * (factor * slope);
        if (mistake == UPDATE_NOT_SEEN)
            p.y[i] = p.h[i];
    }
}

static const struct fork table[] = {
    {.info = {"from_the_input", FORK_TWIN, "", "Slopes from the input.", NULL},
     .answer = run,
     .variant = NONE},
    {.info = {"output_overwritten", FORK_BUG, "218", "tanh's slope from the new value.", NULL},
     .answer = run,
     .variant = OUTPUT_OVERWRITTEN},
    {.info = {"input_overwritten", FORK_BUG, "218", "The square's slope from the new value.", NULL},
     .answer = run,
     .variant = INPUT_OVERWRITTEN},
    {.info = {"factor_lost", FORK_BUG, "218", "The update is not on the tape.", NULL},
     .answer = run,
     .variant = FACTOR_LOST},
    {.info = {"update_detached", FORK_BUG, "218", "The update cuts the graph.", NULL},
     .answer = run,
     .variant = UPDATE_DETACHED},
    {.info = {"update_not_seen", FORK_BUG, "", "y is the value before the update.", NULL},
     .answer = run,
     .variant = UPDATE_NOT_SEEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in it.", NULL},
     .answer = run,
     .variant = UPSTREAM_IGNORED},
    {.info = {"shift_ignored", FORK_BUG, "", "Nothing is added.", NULL}, .number = {"shift", 0}},
};

const struct fork_list in_place_update_forks = {sizeof table / sizeof *table, table};
