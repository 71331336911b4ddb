// SPDX-License-Identifier: MIT
#include "../../reference/activations/maxout.h"
#include "../fork.h"

enum {
    FROM_THE_END,
    SMALLEST,
    LARGEST_MAGNITUDE,
    MEAN,
    SUM,
    FROM_ZERO,
    LAST_PIECE_LOST,
    GRADIENT_TO_ALL,
    GRADIENT_DIVIDED,
    EQUALS_GET_ALL,
    GRADIENT_TO_FIRST_PIECE,
    UPSTREAM_IGNORED
};

/* The pieces of a channel, one after the other. */
struct channel {
    const real *x;
    real *dx;
    size_t step, pieces;
};

static real piece(const struct channel *is, size_t k)
{
    return is->x[k * is->step];
}

/* Whether a is what this variant looks for, rather than b. */
static int better(real a, real b, int variant)
{
    if (variant == SMALLEST)
        return a < b;
    if (variant == LARGEST_MAGNITUDE)
        return real_abs(a) > real_abs(b);
    return a > b;
}

static real rival_of_channel(const struct channel *is, real dy, enum maxout_tie tie, int variant)
{
    size_t used = is->pieces - (variant == LAST_PIECE_LOST && is->pieces > 1 ? 1 : 0), equals = 0;
    real best = piece(is, used - 1), sum = 0;
    for (size_t k = used; k-- > 0;) {
        best = better(piece(is, k), best, variant) ? piece(is, k) : best;
        sum += piece(is, k);
    }
    for (size_t k = 0; k < used; k++)
        equals += piece(is, k) == best;
    dy = variant == UPSTREAM_IGNORED ? 1 : dy;
    for (size_t k = 0, seen = 0; k < used; k++) {
        int equal = piece(is, k) == best;
        seen += equal ? 1 : 0;
        int chosen = tie == MAXOUT_SHARED || variant == EQUALS_GET_ALL ||
                     seen == (tie == MAXOUT_FIRST ? 1 : equals);
        real share = tie == MAXOUT_SHARED && variant != EQUALS_GET_ALL ? 1 / real_count(equals) : 1;
        real *dx = &is->dx[k * is->step];
        *dx = equal && chosen ? dy * share : 0;
        if (variant == GRADIENT_TO_ALL || variant == SUM)
            *dx = dy;
        else if (variant == GRADIENT_DIVIDED || variant == MEAN)
            *dx = dy / real_count(used);
        else if (variant == GRADIENT_TO_FIRST_PIECE)
            *dx = k == 0 ? dy : 0;
        else if (variant == FROM_ZERO && best < 0)
            *dx = 0;
    }
    if (variant == FROM_ZERO)
        return best > 0 ? best : 0;
    if (variant == MEAN || variant == SUM)
        return variant == SUM ? sum : sum / real_count(used);
    return best;
}

static void rival(struct call *call)
{
    struct maxout is = maxout_read(call);
    const real *x = call_input(call, "x", "NF"), *dy = NULL;
    real *y = call_output(call, "y", "NC"), *dx = call_scratch(call, is.N * is.C * is.pieces);
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NC");
        dx = call_output(call, "dx", "NF");
    }
    for (size_t i = 0; i < is.N * is.C; i++) {
        size_t at = i / is.C * is.C * is.pieces + maxout_at(&is, i % is.C, 0);
        struct channel channel = {&x[at], &dx[at], is.apart ? is.C : 1, is.pieces};
        y[i] = rival_of_channel(&channel, dy ? dy[i] : 0, is.tie, call_variant(call));
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"from_the_end", FORK_TWIN, "",
              "The search begins at the last piece; shares are multiplied.", NULL},
     .answer = rival, .variant = FROM_THE_END},
    {.info = {"last_piece_lost", FORK_BUG, "", "The last piece is left out.", NULL},
     .answer = rival, .variant = LAST_PIECE_LOST},
    {.info = {"together", FORK_CONVENTION, "", "Pieces are side by side.", NULL},
     .instead = {"arrangement", "together"}},
    {.info = {"apart", FORK_CONVENTION, "", "Pieces are in maps of their own.", NULL},
     .instead = {"arrangement", "apart"}},
    {.info = {"tie_first", FORK_CONVENTION, "8", "The first of equals gets the gradient.", NULL},
     .instead = {"tie", "first"}},
    {.info = {"tie_last", FORK_CONVENTION, "8", "The last of equals gets the gradient.", NULL},
     .instead = {"tie", "last"}},
    {.info = {"tie_shared", FORK_CONVENTION, "8", "Equals share the gradient.", NULL},
     .instead = {"tie", "shared"}},
    {.info = {"equals_get_all", FORK_BUG, "8", "Every equal piece gets the whole gradient.", NULL},
     .answer = rival, .variant = EQUALS_GET_ALL},
    {.info = {"smallest", FORK_BUG, "", "The smallest piece.", NULL},
     .answer = rival, .variant = SMALLEST},
    {.info = {"largest_magnitude", FORK_BUG, "", "The piece of the largest magnitude.", NULL},
     .answer = rival, .variant = LARGEST_MAGNITUDE},
    {.info = {"mean", FORK_CONVENTION, "", "The mean of the pieces.", NULL},
     .answer = rival, .variant = MEAN},
    {.info = {"sum", FORK_BUG, "", "The sum of the pieces.", NULL},
     .answer = rival, .variant = SUM},
    {.info = {"from_zero", FORK_BUG, "", "The search begins at 0.", NULL},
     .answer = rival, .variant = FROM_ZERO},
    {.info = {"gradient_to_all", FORK_BUG, "", "All pieces get the gradient.", NULL},
     .answer = rival, .variant = GRADIENT_TO_ALL},
    {.info = {"gradient_divided", FORK_BUG, "", "All pieces get their share.", NULL},
     .answer = rival, .variant = GRADIENT_DIVIDED},
    {.info = {"gradient_to_first_piece", FORK_BUG, "", "Piece 0 gets the gradient.", NULL},
     .answer = rival, .variant = GRADIENT_TO_FIRST_PIECE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list maxout_forks = {sizeof table / sizeof *table, table};
