// SPDX-License-Identifier: MIT
#include "../../reference/regularization/proximal_l1.h"
#include "../fork.h"

/* What a fork's own step sees: one parameter at one step. */
struct step {
    real w, z, g, rate, lambda, l2;
    int fista, nonnegative;
    real t, t_next; /* FISTA's */
};

static real gradient_step(const struct step *s)
{
    return s->z - s->rate * s->g;
}

static real shrink(const struct step *s, real v, real threshold)
{
    real distance;
    return proximal_l1_shrink(v, threshold, s->nonnegative, &distance) / (1 + s->rate * s->l2);
}

static real right(const struct step *s)
{
    return shrink(s, gradient_step(s), s->rate * s->lambda);
}

static real right_ahead(const struct step *s, real next)
{
    return s->fista ? next + (s->t - 1) / s->t_next * (next - s->w) : next;
}

static void run(struct call *call, real (*next)(const struct step *),
                real (*ahead)(const struct step *, real next))
{
    static const char *const accelerations[] = {"none", "fista", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const real *w = call_input(call, "w", "P"), *z = w, *g = call_input(call, "g", "SP");
    const real *rate = call_input(call, "rate", "S");
    size_t P = call_size(call, 'P'), S = call_size(call, 'S');
    struct step s = {.lambda = call_number(call, "lambda"), .l2 = call_number_or(call, "l2", 0)};
    s.fista = call_choice(call, "acceleration", accelerations);
    s.nonnegative = call_choice(call, "nonnegative", no_yes);
    real *w_after = call_output(call, "w_after", "SP"),
         *z_after = call_output(call, "z_after", "SP");
    real *zeros = call_output_integers(call, "zeros", "S");
    s.t_next = 1;
    for (size_t i = 0; i < S * P; i++) {
        s.rate = rate[i / P];
        s.g = g[i];
        s.w = i < P ? w[i] : w_after[i - P];
        s.z = i < P ? z[i] : z_after[i - P];
        if (i % P == 0) {
            s.t = s.t_next;
            s.t_next = (1 + real_sqrt(1 + 4 * s.t * s.t)) / 2;
        }
        w_after[i] = next(&s);
        z_after[i] = ahead(&s, w_after[i]);
        zeros[i / P] += w_after[i] == 0;
    }
}

/* v minus its projection on [-threshold, threshold] (Moreau), or on what is below the threshold. */
static real step_by_projection(const struct step *s)
{
    real v = gradient_step(s), threshold = s->rate * s->lambda;
    real clipped = v > threshold ? threshold : v < -threshold && !s->nonnegative ? -threshold : v;
    real scale = 1 / (1 + s->rate * s->l2);
    return v * scale - clipped * scale;
}

/* The same share by the root itself, spread over both weights. */
static real ahead_by_conjugate(const struct step *s, real next)
{
    real share = 2 * (s->t - 1) / (1 + real_sqrt(1 + 4 * s->t * s->t));
    return s->fista ? (1 + share) * next - share * s->w : next;
}

static void by_projection(struct call *call)
{
    run(call, step_by_projection, ahead_by_conjugate);
}

static real step_without_rate(const struct step *s)
{
    return shrink(s, gradient_step(s), s->lambda);
}

static void threshold_without_rate(struct call *call)
{
    run(call, step_without_rate, right_ahead);
}

static real step_with_half(const struct step *s)
{
    return shrink(s, gradient_step(s), s->rate * s->lambda / 2);
}

static void threshold_halved(struct call *call)
{
    run(call, step_with_half, right_ahead);
}

static real step_hard(const struct step *s)
{
    real v = gradient_step(s);
    return right(s) == 0 ? 0 : v;
}

static void hard_threshold(struct call *call)
{
    run(call, step_hard, right_ahead);
}

static real step_by_subgradient(const struct step *s)
{
    real v = gradient_step(s);
    return v - s->rate * s->lambda * (s->z < 0 ? -1 : s->z > 0 ? 1 : 0);
}

static void subgradient(struct call *call)
{
    run(call, step_by_subgradient, right_ahead);
}

static real step_before_gradient(const struct step *s)
{
    return shrink(s, s->z, s->rate * s->lambda) - s->rate * s->g;
}

static void shrunk_before_the_gradient(struct call *call)
{
    run(call, step_before_gradient, right_ahead);
}

static real step_without_sign(const struct step *s)
{
    return real_abs(right(s));
}

static void sign_lost(struct call *call)
{
    run(call, step_without_sign, right_ahead);
}

static real step_not_clamped(const struct step *s)
{
    real v = gradient_step(s), size = real_abs(v) - s->rate * s->lambda;
    return v < 0 ? -size : size;
}

static void difference_not_clamped(struct call *call)
{
    run(call, step_not_clamped, right_ahead);
}

static real step_of_both_signs(const struct step *s)
{
    struct step other = *s;
    other.nonnegative = 0;
    return right(&other);
}

static void nonnegative_ignored(struct call *call)
{
    run(call, step_of_both_signs, right_ahead);
}

static real step_ridge_first(const struct step *s)
{
    real distance, v = gradient_step(s) / (1 + s->rate * s->l2);
    return proximal_l1_shrink(v, s->rate * s->lambda, s->nonnegative, &distance);
}

static void ridge_before_threshold(struct call *call)
{
    run(call, step_ridge_first, right_ahead);
}

static real step_ridge_whole(const struct step *s)
{
    struct step other = *s;
    other.l2 = 2 * s->l2;
    return right(&other);
}

static void ridge_without_half(struct call *call)
{
    run(call, step_ridge_whole, right_ahead);
}

static real ahead_never(const struct step *s, real next)
{
    (void)s;
    return next;
}

static void extrapolation_lost(struct call *call)
{
    run(call, right, ahead_never);
}

static real ahead_of_z(const struct step *s, real next)
{
    return s->fista ? next + (s->t - 1) / s->t_next * (next - s->z) : next;
}

static void extrapolated_from_z(struct call *call)
{
    run(call, right, ahead_of_z);
}

static real step_keeps_ties(const struct step *s)
{
    real v = gradient_step(s), size = real_abs(v);
    return size == s->rate * s->lambda && size > 0 ? v : right(s);
}

static void tie_survives(struct call *call)
{
    run(call, step_keeps_ties, right_ahead);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_projection", FORK_TWIN, "",
              "v minus its projection on the interval of the threshold (Moreau's decomposition).",
               NULL},
     .answer = by_projection},
    {.info = {"threshold_without_rate", FORK_BUG, "", "The threshold is lambda, not rate lambda.",
     NULL},
     .answer = threshold_without_rate},
    {.info = {"threshold_halved", FORK_CONVENTION, "55",
     "The threshold of a loss without its half: rate lambda / 2.", NULL},
     .answer = threshold_halved},
    {.info = {"hard_threshold", FORK_CONVENTION, "", "Survivors are kept whole instead of shrunk.",
     NULL},
     .answer = hard_threshold},
    {.info = {"subgradient", FORK_CONVENTION, "", "A subgradient step, which never stops at 0.",
     NULL},
     .answer = subgradient},
    {.info = {"shrunk_before_the_gradient", FORK_BUG, "",
     "The old weight is shrunk, then the gradient is taken off.", NULL},
     .answer = shrunk_before_the_gradient},
    {.info = {"sign_lost", FORK_BUG, "", "The magnitude is returned without its sign.", NULL},
     .answer = sign_lost},
    {.info = {"difference_not_clamped", FORK_BUG, "",
     "|v| - threshold is used where it is negative.", NULL},
     .answer = difference_not_clamped},
    {.info = {"nonnegative_ignored", FORK_BUG, "", "Negative weights survive where they must not.",
     NULL},
     .answer = nonnegative_ignored},
    {.info = {"ridge_before_threshold", FORK_BUG, "",
     "Divides by 1 + rate l2 before the threshold.", NULL},
     .answer = ridge_before_threshold},
    {.info = {"ridge_without_half", FORK_CONVENTION, "55",
     "The ridge part of a penalty without its half.", NULL},
     .answer = ridge_without_half},
    {.info = {"extrapolation_lost", FORK_BUG, "", "FISTA without its extrapolation is ISTA.", NULL},
     .answer = extrapolation_lost},
    {.info = {"extrapolated_from_z", FORK_BUG, "",
     "Extrapolates from the last z instead of the last w.", NULL},
     .answer = extrapolated_from_z},
    {.info = {"tie_survives", FORK_BUG, "", "A value that equals the threshold is kept whole.",
     NULL},
     .answer = tie_survives},
    /* clang-format on */
};

const struct fork_list proximal_l1_forks = {sizeof table / sizeof *table, table};
