// SPDX-License-Identifier: MIT
#include "../../reference/gradients/straight_through_estimator.h"
#include "../fork.h"

enum mistake {
    NONE,
    REVERSED,
    NO_GRADIENT,
    ZERO_NEGATIVE,
    ZERO_ZERO,
    BOUNDARY_CUT,
    POSITIVE_CUT,
    UPSTREAM_CLIPPED,
    UPSTREAM_IGNORED
};

/* y as x / |x|; the gradient as the slope of a hard tanh of x / clip, times clip. */
static void through_hard_tanh(struct call *call)
{
    struct straight s = straight_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    for (size_t i = 0; i < s.n; i++) {
        real x = s.x[i], above = x - s.clip, below = x + s.clip, dy = s.dy[i];
        int passes = s.identity || !(above > 0 || below < 0);
        if (mistake == BOUNDARY_CUT)
            passes = s.identity || (above < 0 && below > 0);
        if (mistake == POSITIVE_CUT)
            passes = s.identity || !(above > 0);
        if (mistake == REVERSED && !s.identity)
            passes = !passes;
        if (mistake == UPSTREAM_CLIPPED)
            passes = real_abs(dy) <= s.clip;
        s.y[i] = x != 0 ? x / real_abs(x) : mistake == ZERO_ZERO ? 0 : R(1.0);
        if (mistake == ZERO_NEGATIVE && x == 0)
            s.y[i] = -1;
        s.gradient[i] = !passes || mistake == NO_GRADIENT ? 0 : dy;
        if (mistake == UPSTREAM_IGNORED)
            s.gradient[i] = passes ? R(1.0) : R(0.0);
    }
}

static const struct fork table[] = {
    {.info = {"through_hard_tanh", FORK_TWIN, "", "x / |x| and the slope of a hard tanh.", NULL},
     .answer = through_hard_tanh,
     .variant = NONE},
    {.info = {"reversed", FORK_BUG, "216", "It passes outside of the clip.", NULL},
     .answer = through_hard_tanh,
     .variant = REVERSED},
    {.info = {"no_gradient", FORK_BUG, "", "The step's own derivative, 0.", NULL},
     .answer = through_hard_tanh,
     .variant = NO_GRADIENT},
    {.info = {"zero_negative", FORK_CONVENTION, "", "sign(0) = -1.", NULL},
     .answer = through_hard_tanh,
     .variant = ZERO_NEGATIVE},
    {.info = {"zero_zero", FORK_CONVENTION, "", "sign(0) = 0.", NULL},
     .answer = through_hard_tanh,
     .variant = ZERO_ZERO},
    {.info = {"boundary_cut", FORK_CONVENTION, "216", "Magnitudes of the clip do not pass.", NULL},
     .answer = through_hard_tanh,
     .variant = BOUNDARY_CUT},
    {.info = {"positive_cut", FORK_BUG, "216", "Only positive values are clipped.", NULL},
     .answer = through_hard_tanh,
     .variant = POSITIVE_CUT},
    {.info = {"upstream_clipped", FORK_BUG, "216", "The upstream decides, not x.", NULL},
     .answer = through_hard_tanh,
     .variant = UPSTREAM_CLIPPED},
    {.info = {"upstream_ignored", FORK_BUG, "", "Ones where it passes.", NULL},
     .answer = through_hard_tanh,
     .variant = UPSTREAM_IGNORED},
    {.info = {"never_clipped", FORK_CONVENTION, "", "The identity.", NULL},
     .instead = {"backward", "identity"}},
    {.info = {"always_clipped", FORK_CONVENTION, "", "Clipped whatever is asked.", NULL},
     .instead = {"backward", "clipped"}},
    {.info = {"clip_of_one", FORK_BUG, "", "The clip is 1.", NULL}, .number = {"clip", 1}},
};

const struct fork_list straight_through_estimator_forks = {sizeof table / sizeof *table, table};
