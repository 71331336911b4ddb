// SPDX-License-Identifier: MIT
#include "../../reference/foundations/universal_approximation.h"
#include "../fork.h"

enum change {
    SLOPES_NOT_CHANGES,
    NO_OFFSET,
    UNIT_LOST,
    EVEN_ASSUMED,
    STEPS,
    BIAS_WITH_PLUS,
    NO_ACTIVATION,
    SUP_AT_KNOTS,
    MEAN_FOR_SUP,
    SIGNED_SUP,
    SUP_OF_LAST_HALF,
    ERROR_TURNED
};

struct run {
    enum approximated target;
    const real *t, *x;
    real *v, *y, *error, *sup;
    size_t H, G;
};

static struct run read(struct call *call)
{
    static const char *const targets[] = {"sine", "square", "absolute", NULL};
    struct run r = {.target = (enum approximated)call_choice(call, "target", targets),
                    .t = call_input(call, "knots", "K"),
                    .x = call_input(call, "x", "G")};
    r.G = call_size(call, 'G');
    if (call_size(call, 'K') < 2 || r.G == 0)
        call_fail(call, "input 'knots' or 'x' holds too few");
    r.H = call_size(call, 'K') - 1;
    call_bind(call, 'H', r.H);
    r.v = call_output(call, "v", "H");
    r.y = call_output(call, "y", "G");
    r.error = call_output(call, "error", "G");
    r.sup = call_output(call, "sup", "");
    return r;
}

static void judge(struct run *r)
{
    for (size_t g = 0; g < r->G; g++) {
        r->error[g] = r->y[g] - approximated_value(r->target, r->x[g]);
        real size = real_abs(r->error[g]);
        *r->sup = size > *r->sup ? size : *r->sup;
    }
}

/* The straight line between the neighbouring knots, and second differences for the weights. */
static void interpolated(struct call *call)
{
    struct run r = read(call);
    for (size_t k = r.H; k-- > 0;) {
        real f = approximated_value(r.target, r.t[k]);
        r.v[k] = (approximated_value(r.target, r.t[k + 1]) - f) / (r.t[k + 1] - r.t[k]);
        if (k > 0)
            r.v[k] += (approximated_value(r.target, r.t[k - 1]) - f) / (r.t[k] - r.t[k - 1]);
    }
    for (size_t g = 0; g < r.G; g++) {
        size_t k = r.H - 1;
        while (k > 0 && r.x[g] < r.t[k])
            k--;
        real f = approximated_value(r.target, r.t[k]);
        real next = approximated_value(r.target, r.t[k + 1]);
        real part = (r.x[g] - r.t[k]) / (r.t[k + 1] - r.t[k]);
        r.y[g] = part < 0 ? f : f + part * (next - f);
    }
    judge(&r);
}

static real unit(const struct run *r, enum change change, size_t g, size_t k)
{
    real z = change == BIAS_WITH_PLUS ? r->x[g] + r->t[k] : r->x[g] - r->t[k];
    if (change == NO_ACTIVATION)
        return z;
    if (change == STEPS)
        return z > 0 ? r->t[k + 1] - r->t[k] : 0;
    return z > 0 ? z : 0;
}

static void spoil_weights(struct run *r, enum change change)
{
    real even = (r->t[r->H] - r->t[0]) / real_count(r->H);
    approximation_weights(r->v, r->t, r->target, r->H);
    for (size_t k = 1; change == SLOPES_NOT_CHANGES && k < r->H; k++)
        r->v[k] += r->v[k - 1];
    real before = 0;
    for (size_t k = 0; change == EVEN_ASSUMED && k < r->H; k++) {
        real slope =
            (approximated_value(r->target, r->t[k + 1]) - approximated_value(r->target, r->t[k])) /
            even;
        r->v[k] = slope - before;
        before = slope;
    }
}

static void spoil_sup(struct run *r, enum change change)
{
    real sum = 0, largest = r->error[0];
    for (size_t g = 0; g < r->G; g++) {
        sum += real_abs(r->error[g]);
        largest = r->error[g] > largest ? r->error[g] : largest;
        if (change == SUP_OF_LAST_HALF && g == r->G / 2)
            *r->sup = 0; /* a rank's own maximum: the last one's */
        if (change == SUP_OF_LAST_HALF && real_abs(r->error[g]) > *r->sup)
            *r->sup = real_abs(r->error[g]);
    }
    if (change == MEAN_FOR_SUP)
        *r->sup = sum / real_count(r->G);
    if (change == SIGNED_SUP)
        *r->sup = largest;
    if (change == SUP_AT_KNOTS)
        *r->sup = 0;
}

static void changed(struct call *call)
{
    struct run r = read(call);
    enum change change = (enum change)call_variant(call);
    spoil_weights(&r, change);
    for (size_t g = 0; g < r.G; g++) {
        r.y[g] = change == NO_OFFSET ? 0 : approximated_value(r.target, r.t[0]);
        for (size_t k = 0; k < r.H - (change == UNIT_LOST); k++)
            r.y[g] += r.v[k] * unit(&r, change, g, k);
    }
    judge(&r);
    for (size_t g = 0; change == ERROR_TURNED && g < r.G; g++)
        r.error[g] = -r.error[g];
    spoil_sup(&r, change);
}

static const struct fork table[] = {
    {.info = {"interpolated", FORK_TWIN, "",
              "Looks up the neighbouring knots and takes the straight line between them.", NULL},
     .answer = interpolated},
    {.info = {"slopes_not_changes", FORK_BUG, "", "Units carry slopes, not changes of slope.",
              NULL},
     .answer = changed,
     .variant = SLOPES_NOT_CHANGES},
    {.info = {"no_offset", FORK_BUG, "", "The output has no bias.", NULL},
     .answer = changed,
     .variant = NO_OFFSET},
    {.info = {"unit_lost", FORK_BUG, "", "The last hidden unit is left out.", NULL},
     .answer = changed,
     .variant = UNIT_LOST},
    {.info = {"even_assumed", FORK_BUG, "", "The knots are taken to be evenly spaced.", NULL},
     .answer = changed,
     .variant = EVEN_ASSUMED},
    {.info = {"steps", FORK_CONVENTION, "", "Hidden units are steps: a staircase.", NULL},
     .answer = changed,
     .variant = STEPS},
    {.info = {"bias_with_plus", FORK_BUG, "", "The bias of a unit is its knot, not minus it.",
              NULL},
     .answer = changed,
     .variant = BIAS_WITH_PLUS},
    {.info = {"no_activation", FORK_BUG, "", "The hidden layer is linear: it collapses to a line.",
              NULL},
     .answer = changed,
     .variant = NO_ACTIVATION},
    {.info = {"sup_at_knots", FORK_BUG, "", "The error is measured at the knots, where it is 0.",
              NULL},
     .answer = changed,
     .variant = SUP_AT_KNOTS},
    {.info = {"mean_for_sup", FORK_BUG, "", "The mean error stands for the largest.", NULL},
     .answer = changed,
     .variant = MEAN_FOR_SUP},
    {.info = {"signed_sup", FORK_BUG, "", "The largest error forgets the negative ones.", NULL},
     .answer = changed,
     .variant = SIGNED_SUP},
    {.info = {"sup_of_last_half", FORK_BUG, "", "One rank's largest error stands for all.", NULL},
     .answer = changed,
     .variant = SUP_OF_LAST_HALF},
    {.info = {"error_turned", FORK_CONVENTION, "", "The error is the target minus the output.",
              NULL},
     .answer = changed,
     .variant = ERROR_TURNED},
};

const struct fork_list universal_approximation_forks = {sizeof table / sizeof *table, table};
