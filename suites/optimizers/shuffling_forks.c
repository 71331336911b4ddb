// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/shuffling.h"
#include "../fork.h"

enum rival { TWIN, NEVER, SAME_EVERY_EPOCH, NAIVE, SATTOLO, ROUNDED, INVERSE, LAST_KEPT };

/* j of exchange k, which leaves `left` places. */
static size_t pick(real u, size_t left, size_t N, enum rival rival)
{
    switch (rival) {
    case NAIVE:
        return shuffling_pick(u, N);
    case SATTOLO:
        return left > 1 ? shuffling_pick(u, left - 1) : 0;
    case ROUNDED:
        return shuffling_pick(u + R(0.5) / real_count(left), left);
    default:
        return shuffling_pick(u, left);
    }
}

/* The twin takes samples out of a list of those that are left, in place of exchanging: the place
 * that becomes free is filled by the last (down) or first (up) of the list. */
static void next(int *to, int *left, const real *u, int up, size_t N, enum rival rival)
{
    for (size_t k = 0; k < N; k++) {
        size_t count = N - k, j = k + 1 < N ? pick(u[k], count, N, rival) : 0;
        if (rival == LAST_KEPT && k == 0)
            j = up ? 0 : count - 1;
        j = j < count ? j : count - 1;
        to[up ? k : count - 1] = left[j];
        if (!up) {
            left[j] = left[count - 1];
            continue;
        }
        left[j] = left[0];
        for (size_t i = 0; i + 1 < count; i++)
            left[i] = left[i + 1];
    }
}

static void rival(struct call *call)
{
    static const char *const directions[] = {"down", "up", NULL};
    static const char *const starts[] = {"identity", "previous", NULL};
    enum rival rival = (enum rival)call_variant(call);
    const real *u = call_input(call, "u", "EM");
    size_t E = call_size(call, 'E'), N = call_size(call, 'M') + 1;
    int up = call_choice(call, "direction", directions);
    int goes_on = call_choice(call, "start", starts);
    call_bind(call, 'N', N);
    real *out = call_output_integers(call, "order", "EN");
    int *order = call_scratch_integers(call, N), *left = call_scratch_integers(call, N);
    for (size_t e = 0; e < E; e++) {
        for (size_t n = 0; n < N; n++)
            left[n] = e == 0 || !goes_on ? (int)n : order[n];
        next(order, left, &u[rival == SAME_EVERY_EPOCH ? 0 : e * (N - 1)], up, N, rival);
        for (size_t n = 0; n < N; n++) {
            if (rival == NEVER)
                order[n] = (int)n;
            if (rival == INVERSE)
                out[e * N + (size_t)order[n]] = real_count(n);
            else
                out[e * N + n] = (real)order[n];
        }
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"taken_from_a_list", FORK_TWIN, "",
     "Samples are taken out of a list of those that are left.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"never_shuffled", FORK_BUG, "", "The order is 0 .. N-1 in every epoch.", NULL},
     .answer = rival, .variant = NEVER},
    {.info = {"same_every_epoch", FORK_BUG, "", "Every epoch has the order of the first.", NULL},
     .answer = rival, .variant = SAME_EVERY_EPOCH},
    {.info = {"any_place", FORK_BUG, "",
     "Every place is exchanged with any other: not all orders are equally likely.", NULL},
     .answer = rival, .variant = NAIVE},
    {.info = {"never_itself", FORK_BUG, "", "No place is exchanged with itself: Sattolo's cycles.",
     NULL},
     .answer = rival, .variant = SATTOLO},
    {.info = {"rounded", FORK_BUG, "",
     "u n is rounded to the nearest number, so the first place is half as likely.", NULL},
     .answer = rival, .variant = ROUNDED},
    {.info = {"inverse", FORK_CONVENTION, "",
     "The place of each sample, not the sample at each place.", NULL},
     .answer = rival, .variant = INVERSE},
    {.info = {"last_place_kept", FORK_BUG, "",
     "The loop is one short: the last sample never moves.", NULL},
     .answer = rival, .variant = LAST_KEPT},
    {.info = {"downwards", FORK_CONVENTION, "", "From the last place down.", NULL},
     .instead = {"direction", "down"}},
    {.info = {"upwards", FORK_CONVENTION, "", "From the first place up.", NULL},
     .instead = {"direction", "up"}},
    {.info = {"from_identity", FORK_CONVENTION, "", "Every epoch starts from 0 .. N-1.", NULL},
     .instead = {"start", "identity"}},
    {.info = {"from_previous", FORK_CONVENTION, "", "Every epoch goes on from the one before.",
     NULL},
     .instead = {"start", "previous"}},
};
/* clang-format on */

const struct fork_list shuffling_forks = {sizeof table / sizeof *table, table};
