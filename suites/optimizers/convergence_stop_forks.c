// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/convergence_stop.h"
#include "../fork.h"

enum rival {
    TWIN,
    SIGN_KEPT,
    MAGNITUDE_ALWAYS,
    EXCEEDED,
    NOT_IN_A_ROW,
    MUST_BE_BELOW,
    LAST_FOR_BEST,
    SIGNED_SCALE,
    ONE_EPOCH_MORE,
    GOES_ON
};

/* Whether epoch e is still: for the twin, the loss lies in the interval round what it was. */
static int is_still(const real *loss, size_t e, const struct convergence_rules *rules,
                    enum rival rival)
{
    real before = loss[e - 1], now = loss[e];
    for (size_t i = 0; i + 1 < e && rules->of_best && rival != LAST_FOR_BEST; i++)
        before = loss[i] < before ? loss[i] : before;
    real scale = before;
    real width = rules->relative
                     ? rules->tolerance * (rival == SIGNED_SCALE ? scale : real_abs(scale))
                     : rules->tolerance;
    int one_sided = rules->of_best ? rival != MAGNITUDE_ALWAYS : rival == SIGN_KEPT;
    if (rival == MUST_BE_BELOW)
        return now > before - width && (one_sided || now < before + width);
    return now >= before - width && (one_sided || now <= before + width);
}

static void rival(struct call *call)
{
    static const char *const compared[] = {"previous", "best", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    const real *loss = call_input(call, "loss", "E");
    size_t E = call_size(call, 'E'), row = 0, end = E;
    enum rival rival = (enum rival)call_variant(call);
    struct convergence_rules rules = {
        call_choice(call, "compared", compared), call_choice(call, "threshold", thresholds),
        call_number(call, "tolerance"), call_count_or(call, "patience", 1, 1, 1u << 20),
        call_count_or(call, "epochs", E, 1, E)};
    real *still = call_output_integers(call, "still", "E");
    real *last = call_output_integers(call, "last", "");
    real *converged = call_output_integers(call, "converged", "");
    end = rules.epochs + (rival == ONE_EPOCH_MORE && rules.epochs < E);
    size_t wanted = rules.patience + (rival == EXCEEDED), e = 1;
    for (; e < end && (row < wanted || rival == GOES_ON); e++) {
        int rests = is_still(loss, e, &rules, rival);
        still[e] = (real)rests;
        row = rests ? row + 1 : rival == NOT_IN_A_ROW ? row : 0;
    }
    *last = real_count(e - 1);
    *converged = row >= wanted ? 1 : 0;
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"interval", FORK_TWIN, "",
     "The loss lies in an interval round what it is compared with.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"growth_is_still", FORK_BUG, "",
     "Without a magnitude, a loss that grows has converged.", NULL},
     .answer = rival, .variant = SIGN_KEPT},
    {.info = {"magnitude_always", FORK_BUG, "", "A loss far above the best counts as movement.",
     NULL},
     .answer = rival, .variant = MAGNITUDE_ALWAYS},
    {.info = {"patience_exceeded", FORK_CONVENTION, "", "It stops when the patience is exceeded.",
     NULL},
     .answer = rival, .variant = EXCEEDED},
    {.info = {"not_in_a_row", FORK_BUG, "",
     "Still epochs are counted though others lie between them.", NULL},
     .answer = rival, .variant = NOT_IN_A_ROW},
    {.info = {"must_be_below", FORK_CONVENTION, "", "A gain equal to the tolerance is not still.",
     NULL},
     .answer = rival, .variant = MUST_BE_BELOW},
    {.info = {"last_for_best", FORK_BUG, "",
     "The loss is compared with the last one, which need not be the best.", NULL},
     .answer = rival, .variant = LAST_FOR_BEST},
    {.info = {"signed_scale", FORK_BUG, "", "The tolerance is relative to the loss with its sign.",
     NULL},
     .answer = rival, .variant = SIGNED_SCALE},
    {.info = {"one_epoch_more", FORK_BUG, "", "One epoch more than there should be.", NULL},
     .answer = rival, .variant = ONE_EPOCH_MORE},
    {.info = {"never_stops", FORK_BUG, "", "Stillness is noted, and training goes on.", NULL},
     .answer = rival, .variant = GOES_ON},
    {.info = {"compared_with_previous", FORK_CONVENTION, "",
     "The loss is compared with the one before.", NULL},
     .instead = {"compared", "previous"}},
    {.info = {"compared_with_best", FORK_CONVENTION, "", "The loss is compared with the best.",
     NULL},
     .instead = {"compared", "best"}},
    {.info = {"absolute", FORK_CONVENTION, "", "The tolerance is absolute.", NULL},
     .instead = {"threshold", "absolute"}},
    {.info = {"relative", FORK_CONVENTION, "", "The tolerance is relative.", NULL},
     .instead = {"threshold", "relative"}},
    {.info = {"no_patience", FORK_BUG, "", "The first still epoch stops it.", NULL},
     .number = {"patience", 1}},
};
/* clang-format on */

const struct fork_list convergence_stop_forks = {sizeof table / sizeof *table, table};
