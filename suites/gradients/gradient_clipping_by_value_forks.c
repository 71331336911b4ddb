// SPDX-License-Identifier: MIT
#include "../../reference/gradients/gradient_clipping_by_value.h"
#include "../fork.h"

/* The gradients and the largest magnitude and the norm of them. */
struct view {
    struct limits limits;
    const real *g;
    real largest, norm;
};

static void each(struct call *call, real (*clip)(const struct view *, real g))
{
    struct view view = {.limits = clipping_limits(call), .g = call_input(call, "g", "P")};
    size_t P = call_size(call, 'P');
    real *clipped = call_output(call, "clipped", "P");
    for (size_t p = 0; p < P; p++)
        view.largest = real_abs(view.g[p]) > view.largest ? real_abs(view.g[p]) : view.largest;
    view.norm = real_sqrt(sum_products(R(0.0), P, view.g, 1, view.g, 1));
    for (size_t p = 0; p < P; p++)
        clipped[p] = clip(&view, view.g[p]);
}

/* The median of g, low and high, with high at least low: the smaller of the two largest. */
static real median(const struct view *view, real g)
{
    real larger = g < view->limits.low ? view->limits.low : g;
    return larger < view->limits.high ? larger : view->limits.high;
}

static void median_of_three(struct call *call)
{
    each(call, median);
}

static real shorten(const struct view *view, real g)
{
    return view->norm > view->limits.high ? g * (view->limits.high / view->norm) : g;
}

static void by_norm(struct call *call)
{
    each(call, shorten);
}

static real rescale(const struct view *view, real g)
{
    return view->largest > view->limits.high ? g * (view->limits.high / view->largest) : g;
}

static void by_largest_magnitude(struct call *call)
{
    each(call, rescale);
}

static real above(const struct view *view, real g)
{
    return g > view->limits.high ? view->limits.high : g;
}

static void only_from_above(struct call *call)
{
    each(call, above);
}

static real below(const struct view *view, real g)
{
    return g < view->limits.low ? view->limits.low : g;
}

static void only_from_below(struct call *call)
{
    each(call, below);
}

static real drop(const struct view *view, real g)
{
    return g < view->limits.low || g > view->limits.high ? 0 : g;
}

static void dropped(struct call *call)
{
    each(call, drop);
}

static real unsign(const struct view *view, real g)
{
    return real_abs(g) > view->limits.high ? view->limits.high : g;
}

static void sign_lost(struct call *call)
{
    each(call, unsign);
}

static real inside(const struct view *view, real g)
{
    return g < 0 ? view->limits.low : view->limits.high;
}

static void always_at_a_limit(struct call *call)
{
    each(call, inside);
}

static real symmetric(const struct view *view, real g)
{
    struct limits both = {-view->limits.high, view->limits.high};
    return g < both.low ? both.low : g > both.high ? both.high : g;
}

static void low_ignored(struct call *call)
{
    each(call, symmetric);
}

static real squash(const struct view *view, real g)
{
    return view->limits.high * real_tanh(g / view->limits.high);
}

static void smooth(struct call *call)
{
    each(call, squash);
}

static real soft(const struct view *view, real g)
{
    return g > view->limits.high  ? g - view->limits.high
           : g < view->limits.low ? g - view->limits.low
                                  : 0;
}

static void excess_kept(struct call *call)
{
    each(call, soft);
}

static const struct fork table[] = {
    {.info = {"median_of_three", FORK_TWIN, "", "The median of g, low and high.", NULL},
     .answer = median_of_three},
    {.info = {"by_norm", FORK_CONVENTION, "", "The whole gradient is shortened to the limit.",
              NULL},
     .answer = by_norm},
    {.info = {"by_largest_magnitude", FORK_CONVENTION, "",
              "The whole gradient is scaled until its largest element is the limit.", NULL},
     .answer = by_largest_magnitude},
    {.info = {"only_from_above", FORK_BUG, "", "Large negative elements stay.", NULL},
     .answer = only_from_above},
    {.info = {"only_from_below", FORK_BUG, "", "Large positive elements stay.", NULL},
     .answer = only_from_below},
    {.info = {"dropped", FORK_BUG, "", "Elements beyond the limits become 0.", NULL},
     .answer = dropped},
    {.info = {"sign_lost", FORK_BUG, "", "Elements beyond the limits become high.", NULL},
     .answer = sign_lost},
    {.info = {"always_at_a_limit", FORK_BUG, "", "Only the sign of an element is used.", NULL},
     .answer = always_at_a_limit},
    {.info = {"low_ignored", FORK_BUG, "", "The lower limit is the negated upper one.", NULL},
     .answer = low_ignored},
    {.info = {"smooth", FORK_CONVENTION, "", "A hyperbolic tangent in place of the corner.", NULL},
     .answer = smooth},
    {.info = {"excess_kept", FORK_BUG, "", "What exceeds the limits is kept instead.", NULL},
     .answer = excess_kept},
};

const struct fork_list gradient_clipping_by_value_forks = {sizeof table / sizeof *table, table};
