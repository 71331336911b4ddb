// SPDX-License-Identifier: MIT
#include "../../reference/foundations/architecture_choice.h"
#include "../fork.h"

enum mistake {
    NONE,
    EQUAL_IMPROVES,
    LAST_INSTEAD_OF_BEST,
    AGAINST_THE_ONE_BEFORE,
    ONE_MORE_BORNE,
    RELATIVE_MIN_DELTA,
    LARGER_IS_BETTER,
    SMALLEST_OF_ALL,
    COUNTED_FROM_ONE,
    OUTPUT_LAYER_FORGOTTEN,
    WIDENING,
    CUT_OFF,
    BELOW_THE_OUTPUTS,
    IMAGES_TO_PERCEPTRONS
};

/* floor(a) for a >= 0 by bits from the top. */
static real whole_part(real a)
{
    real whole = 0;
    for (real bit = 1048576; bit >= 1; bit = bit / 2) {
        if (whole + bit <= a)
            whole = whole + bit;
    }
    return whole;
}

/* I / (I / O)^(l / (L + 1)) by the root of order L + 1 in Newton's iteration: no logarithm. */
static real geometric(size_t I, size_t O, size_t L, size_t l)
{
    real root = 1, target = real_count(I) / real_count(O), width = real_count(I);
    for (int step = 0; step < 400; step++) {
        real power = 1;
        for (size_t i = 0; i < L; i++)
            power = power * root;
        root = (real_count(L) * root + target / power) / real_count(L + 1);
    }
    for (size_t i = 0; i < l; i++)
        width = width / root;
    return width;
}

static real width_of(enum mistake mistake, int funnel, size_t I, size_t O, size_t L, size_t l)
{
    size_t parts = mistake == OUTPUT_LAYER_FORGOTTEN ? L : L + 1;
    size_t at = mistake == WIDENING ? parts - l : l, half = I;
    if (funnel == FUNNEL_LINEAR)
        return whole_part(real_count(I * (parts - at) + O * at) / real_count(parts));
    if (funnel == FUNNEL_GEOMETRIC)
        return whole_part(geometric(I, O, parts - 1, at) + (mistake == CUT_OFF ? 0 : R(0.5)));
    for (size_t i = 0; i < at; i++)
        half = half / 2;
    return real_count(half > O || mistake == BELOW_THE_OUTPUTS ? half : O);
}

static void find_widths(struct call *call, enum mistake mistake)
{
    static const char *const funnels[] = {"linear", "halving", "geometric", NULL};
    size_t I = call_count(call, "inputs", 1, 1 << 20), O = call_count(call, "outputs", 1, 1 << 20);
    size_t L = call_count(call, "hidden_layers", 1, 64);
    int funnel = call_choice(call, "funnel", funnels);
    call_bind(call, 'L', L);
    real *width = call_output_integers(call, "width", "L");
    for (size_t l = 1; l <= L; l++)
        width[l - 1] = width_of(mistake, funnel, I, O, L, l);
}

static void find_families(struct call *call, enum mistake mistake)
{
    static const char *const sequences[] = {"attention", "recurrent", NULL};
    static const char *const generators[] = {"adversarial", "variational", NULL};
    const int *kind = call_integers(call, "kind", "N", 0, 3);
    int attention = call_choice(call, "sequence_network", sequences) == 0;
    int variational = call_choice(call, "generator", generators);
    real *family = call_output_integers(call, "family", "N");
    for (size_t n = 0; n < call_size(call, 'N'); n++) {
        int of[] = {0, mistake == IMAGES_TO_PERCEPTRONS ? 0 : 1, 2 + attention, 4 + variational};
        family[n] = (real)of[kind[n]];
    }
}

/* Whether size g improves on `best`. */
static int better(enum mistake mistake, real loss, real best, real min_delta)
{
    if (mistake == EQUAL_IMPROVES)
        return loss <= best - min_delta;
    if (mistake == RELATIVE_MIN_DELTA)
        return loss < best * (1 - min_delta);
    if (mistake == LARGER_IS_BETTER)
        return loss > best + min_delta;
    return loss + min_delta < best;
}

static void grow(struct call *call, enum mistake mistake)
{
    const real *loss = call_input(call, "validation_loss", "G");
    size_t G = call_size(call, 'G'), best = 0, last = 0, g = 1;
    size_t patience = call_count_or(call, "patience", 0, 0, 1 << 20);
    real min_delta = call_number_or(call, "min_delta", R(0.0));
    real *improves = call_output_integers(call, "improves", "G");
    size_t borne = patience + (mistake == ONE_MORE_BORNE);
    for (size_t k = 0; k < G; k++)
        improves[k] = k == 0 ? 1 : -1;
    for (; g < G && g - last <= borne + 1; g++) {
        size_t against = mistake == AGAINST_THE_ONE_BEFORE ? g - 1 : best;
        improves[g] = (real)better(mistake, loss[g], loss[against], min_delta);
        best = improves[g] > 0 ? g : best;
        last = best;
    }
    for (size_t k = 0; k < G && mistake == SMALLEST_OF_ALL; k++)
        best = loss[k] < loss[best] ? k : best;
    if (mistake == LAST_INSTEAD_OF_BEST)
        best = g - 1;
    *call_output_integers(call, "chosen", "") = real_count(best + (mistake == COUNTED_FROM_ONE));
    *call_output_integers(call, "tried", "") = real_count(g);
}

static void choose(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    find_families(call, mistake);
    find_widths(call, mistake);
    grow(call, mistake);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"roots", FORK_TWIN, "",
     "Widths from a weighted sum or a root by Newton's iteration; patience by distances.", NULL},
     .answer = choose},
    {.info = {"attention_always", FORK_CONVENTION, "", "Sequences always go to attention.", NULL},
     .instead = {"sequence_network", "attention"}},
    {.info = {"recurrent_always", FORK_CONVENTION, "",
     "Sequences always go to a recurrent network.", NULL},
     .instead = {"sequence_network", "recurrent"}},
    {.info = {"adversarial_always", FORK_CONVENTION, "", "Samples are always made by adversaries.",
     NULL},
     .instead = {"generator", "adversarial"}},
    {.info = {"variational_always", FORK_CONVENTION, "",
     "Samples are always made by a variational network.", NULL},
     .instead = {"generator", "variational"}},
    {.info = {"images_to_perceptrons", FORK_BUG, "", "Images are taken for tables.", NULL},
     .answer = choose, .variant = IMAGES_TO_PERCEPTRONS},
    {.info = {"linear_always", FORK_CONVENTION, "", "Every funnel narrows in even steps.", NULL},
     .instead = {"funnel", "linear"}},
    {.info = {"halving_always", FORK_CONVENTION, "", "Every funnel narrows by halves.", NULL},
     .instead = {"funnel", "halving"}},
    {.info = {"geometric_always", FORK_CONVENTION, "", "Every funnel narrows in even ratios.",
     NULL},
     .instead = {"funnel", "geometric"}},
    {.info = {"output_layer_forgotten", FORK_BUG, "",
     "The last hidden layer is as wide as the output.", NULL},
     .answer = choose, .variant = OUTPUT_LAYER_FORGOTTEN},
    {.info = {"widening", FORK_BUG, "", "The funnel the other way round.", NULL},
     .answer = choose, .variant = WIDENING},
    {.info = {"cut_off", FORK_BUG, "274", "Widths are cut instead of rounded.", NULL},
     .answer = choose, .variant = CUT_OFF},
    {.info = {"below_the_outputs", FORK_BUG, "", "Halves go on below the number of outputs.", NULL},
     .answer = choose, .variant = BELOW_THE_OUTPUTS},
    {.info = {"equal_improves", FORK_BUG, "", "An equal loss is taken for an improvement.", NULL},
     .answer = choose, .variant = EQUAL_IMPROVES},
    {.info = {"last_instead_of_best", FORK_BUG, "", "The last size tried is chosen.", NULL},
     .answer = choose, .variant = LAST_INSTEAD_OF_BEST},
    {.info = {"against_the_one_before", FORK_BUG, "",
     "Losses are compared with the size before, not the best.", NULL},
     .answer = choose, .variant = AGAINST_THE_ONE_BEFORE},
    {.info = {"one_more_borne", FORK_BUG, "", "Patience ends one size too late.", NULL},
     .answer = choose, .variant = ONE_MORE_BORNE},
    {.info = {"min_delta_ignored", FORK_BUG, "", "Any improvement counts.", NULL},
     .number = {"min_delta", 0}},
    {.info = {"patience_ignored", FORK_BUG, "", "The first size that does not improve ends it.",
     NULL},
     .number = {"patience", 0}},
    {.info = {"relative_min_delta", FORK_CONVENTION, "", "min_delta is a fraction of the best.",
     NULL},
     .answer = choose, .variant = RELATIVE_MIN_DELTA},
    {.info = {"larger_is_better", FORK_BUG, "", "The loss is taken for an accuracy.", NULL},
     .answer = choose, .variant = LARGER_IS_BETTER},
    {.info = {"smallest_of_all", FORK_BUG, "", "The best of all sizes, tried or not.", NULL},
     .answer = choose, .variant = SMALLEST_OF_ALL},
    {.info = {"counted_from_one", FORK_BUG, "", "The chosen size is counted from 1.", NULL},
     .answer = choose, .variant = COUNTED_FROM_ONE},
};
/* clang-format on */

const struct fork_list architecture_choice_forks = {sizeof table / sizeof *table, table};
