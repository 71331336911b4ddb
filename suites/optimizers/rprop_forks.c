// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/rprop.h"
#include "optimizer_forks.h"

enum { D, BEFORE, CHANGE };
enum rival {
    TWIN,
    BY_MAGNITUDE,
    FACTORS_EXCHANGED,
    LIMITS_FORGOTTEN,
    OLD_STEP,
    SIGN_KEPT,
    ZERO_TURNS
};

struct own_rules {
    struct rprop_rules rules;
    size_t P;
};

static void run(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct own_rules own = {.rules = rprop_rules_read(call)};
    struct element_plan plan = {.states = 3,
                                .input = {"step_size", "g_before", "last_change"},
                                .output = {"step_after", NULL, NULL},
                                .start = {own.rules.step, 0, 0},
                                .rules = &own,
                                .accident = accident,
                                .without_rate = 1,
                                .variant = call_variant(call)};
    call_input(call, "g", "SP");
    own.P = call_size(call, 'P');
    elements_run(call, &plan, next);
}

static int worse(const struct element *e)
{
    const struct own_rules *own = e->rules;
    return rprop_worse(&own->rules, e->updates / own->P);
}

static void step(struct element *e)
{
    const struct own_rules *own = e->rules;
    rprop_update(&e->w, &e->state[D], &e->state[BEFORE], &e->state[CHANGE], &e->g, worse(e),
                 &own->rules, 1);
}

static void accident(struct call *call)
{
    run(call, step, (enum accident)call_variant(call));
}

/* The side is seen from the product of the two gradients, each scaled to 1. */
static void rival_step(struct element *e)
{
    const struct rprop_rules *rules = &((const struct own_rules *)e->rules)->rules;
    real *d = &e->state[D], now = e->g == 0 ? 0 : e->g / real_abs(e->g);
    real last = e->state[BEFORE], old = *d, product = now * last;
    int exchanged = e->variant == FACTORS_EXCHANGED;
    int turned = product < 0 || (e->variant == ZERO_TURNS && product == 0);
    if (product > 0)
        *d = exchanged ? *d * rules->down : rules->up * *d;
    else if (turned)
        *d = exchanged ? *d * rules->up : rules->down * *d;
    if (e->variant != LIMITS_FORGOTTEN && (product > 0 || turned)) {
        *d = *d < rules->shortest ? rules->shortest : *d;
        *d = *d > rules->longest ? rules->longest : *d;
    }
    int back = rules->form == RPROP_PLUS || rules->form == RPROP_PLUS_RESET;
    real taken = e->variant == OLD_STEP ? old : *d;
    real length = e->variant == BY_MAGNITUDE ? taken * real_abs(e->g) : taken;
    e->state[BEFORE] = turned && rules->form != RPROP_MINUS && e->variant != SIGN_KEPT ? 0 : now;
    if (turned && rules->form != RPROP_MINUS) {
        if (back && worse(e))
            e->w -= e->state[CHANGE];
        e->state[CHANGE] = 0;
        return;
    }
    e->state[CHANGE] = -(now * length);
    e->w += e->state[CHANGE];
}

static void rival(struct call *call)
{
    run(call, rival_step, NO_ACCIDENT);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"products", FORK_TWIN, "",
     "The product of normalised gradients tells the side; both limits at once.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"magnitude_counts", FORK_BUG, "", "The step is multiplied by the gradient.", NULL},
     .answer = rival, .variant = BY_MAGNITUDE},
    {.info = {"factors_exchanged", FORK_BUG, "", "Steps grow when the gradient turns.", NULL},
     .answer = rival, .variant = FACTORS_EXCHANGED},
    {.info = {"limits_forgotten", FORK_BUG, "", "Steps have no limits.", NULL},
     .answer = rival, .variant = LIMITS_FORGOTTEN},
    {.info = {"old_step_taken", FORK_BUG, "", "The step is taken before it is adapted.", NULL},
     .answer = rival, .variant = OLD_STEP},
    {.info = {"sign_kept", FORK_BUG, "",
     "After a turn the new sign is remembered, so the next step grows.", NULL},
     .answer = rival, .variant = SIGN_KEPT},
    {.info = {"zero_turns", FORK_BUG, "", "A sign of 0 counts as a turn.", NULL},
     .answer = rival, .variant = ZERO_TURNS},
    {.info = {"without_reset", FORK_CONVENTION, "", "Rprop-.", NULL},
     .instead = {"form", "minus"}},
    {.info = {"with_reset", FORK_CONVENTION, "", "iRprop-: PyTorch.", NULL},
     .instead = {"form", "minus_reset"}},
    {.info = {"always_back", FORK_CONVENTION, "", "Rprop+: every turn takes the last change back.",
     NULL},
     .instead = {"form", "plus"}},
    {.info = {"up_of_pytorch", FORK_CONVENTION, "", "Steps grow by 1.2 whatever is asked for.",
     NULL},
     .number = {"up", 1.2f}},
    {.info = {"down_of_pytorch", FORK_CONVENTION, "", "Steps shrink by half whatever is asked for.",
     NULL},
     .number = {"down", 0.5f}},
    {.info = {"longest_of_pytorch", FORK_CONVENTION, "",
     "The longest step is 50 whatever is asked for.", NULL},
     .number = {"longest", 50}},
    {.info = {"shortest_of_zero", FORK_CONVENTION, "", "There is no shortest step.", NULL},
     .number = {"shortest", 0}},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = accident, .variant = UPHILL},
    {.info = {"states_reset", FORK_BUG, "", "Steps and signs start again every time.", NULL},
     .answer = accident, .variant = STATES_RESET},
    {.info = {"states_lost", FORK_BUG, "", "Resumed training starts with the first step size.",
     NULL},
     .answer = accident, .variant = STATES_LOST},
};
/* clang-format on */

const struct fork_list rprop_forks = {sizeof table / sizeof *table, table};
