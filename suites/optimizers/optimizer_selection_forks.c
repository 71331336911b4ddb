// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/optimizer_selection.h"
#include "../fork.h"

enum rival {
    TWIN,
    ADAM_ALWAYS,
    MUST_BE_LESS,
    GRADIENT_FORGOTTEN,
    ONE_STATE_FOR_ADAM,
    FINISHING_IGNORED,
    FINISHING_IS_PLAIN,
    NEVER_NONE
};

/* States of what is chosen, from a table of what each takes: most states first. */
static int choose(int weights, int memory, int finishing, int copies, int plain, enum rival rival)
{
    int takes[3] = {copies, copies + 1, copies + (rival == ONE_STATE_FOR_ADAM ? 1 : 2)}, best = -1;
    for (int states = 0; states < 3; states++) {
        int allowed = !(finishing && states == 2) || rival == FINISHING_IGNORED;
        allowed &= !(plain && states == 1 && !finishing);
        allowed &= !(finishing && states == 1 && rival == FINISHING_IS_PLAIN);
        int floats = weights * (takes[states] - (rival == GRADIENT_FORGOTTEN));
        if (allowed && (rival == MUST_BE_LESS ? floats < memory : floats <= memory))
            best = states;
    }
    if (rival == ADAM_ALWAYS)
        return 2;
    return rival == NEVER_NONE && best < 0 ? 0 : best;
}

static void rival(struct call *call)
{
    static const char *const fallbacks[] = {"momentum", "plain", NULL};
    const int *weights = call_integers(call, "weights", "C", 1, 1 << 20);
    const int *memory = call_integers(call, "memory", "C", 0, 1 << 24);
    const int *finishing = call_integers(call, "finishing", "C", 0, 1);
    int copies = (int)call_count_or(call, "copies", 2, 1, 4);
    int plain = call_choice(call, "fallback", fallbacks);
    real *choice = call_output_integers(call, "choice", "C");
    real *floats = call_output_integers(call, "floats", "C");
    for (size_t c = 0; c < call_size(call, 'C'); c++) {
        int states = choose(weights[c], memory[c], finishing[c], copies, plain,
                            (enum rival)call_variant(call));
        choice[c] = (real)states;
        floats[c] = states < 0 ? 0 : (real)(weights[c] * (copies + states));
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"best_that_fits", FORK_TWIN, "", "The most states of all that fit and are allowed.",
     NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"adam_always", FORK_BUG, "", "Adam, whatever there is.", NULL},
     .answer = rival, .variant = ADAM_ALWAYS},
    {.info = {"must_be_less", FORK_BUG, "", "What fits exactly does not fit.", NULL},
     .answer = rival, .variant = MUST_BE_LESS},
    {.info = {"gradient_forgotten", FORK_BUG, "", "The gradient takes no memory.", NULL},
     .answer = rival, .variant = GRADIENT_FORGOTTEN},
    {.info = {"one_state_for_adam", FORK_BUG, "", "Adam has one state.", NULL},
     .answer = rival, .variant = ONE_STATE_FOR_ADAM},
    {.info = {"finishing_ignored", FORK_BUG, "", "Adam where the last bit is wanted.", NULL},
     .answer = rival, .variant = FINISHING_IGNORED},
    {.info = {"finishing_without_momentum", FORK_BUG, "",
     "The last bit by gradient descent without momentum.", NULL},
     .answer = rival, .variant = FINISHING_IS_PLAIN},
    {.info = {"never_none", FORK_BUG, "", "Gradient descent where nothing fits.", NULL},
     .answer = rival, .variant = NEVER_NONE},
    {.info = {"plain_fallback", FORK_CONVENTION, "", "Where Adam does not fit, no states.", NULL},
     .instead = {"fallback", "plain"}},
    {.info = {"momentum_fallback", FORK_CONVENTION, "", "Where Adam does not fit, momentum.", NULL},
     .instead = {"fallback", "momentum"}},
    {.info = {"two_copies", FORK_CONVENTION, "", "Two copies whatever is asked for.", NULL},
     .number = {"copies", 2}},
};
/* clang-format on */

const struct fork_list optimizer_selection_forks = {sizeof table / sizeof *table, table};
