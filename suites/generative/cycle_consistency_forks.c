// SPDX-License-Identifier: MIT
#include "../../reference/generative/cycle_consistency.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    BACKWARD_FORGOTTEN,
    MIDDLE_DETACHED,
    BACK_DETACHED,
    NOT_BACK,
    COMPARED_WITH_NEXT,
    SAME_MAP_TWICE,
    IDENTITY_SWAPPED,
    IDENTITY_UNSCALED,
    IDENTITY_FORGOTTEN,
    LAMBDAS_SWAPPED,
    LAMBDA_FORGOTTEN,
    MEAN_OF_BOTH,
    TWO_FORGOTTEN,
    SIGN_OF_ZERO,
    UPSTREAM_IGNORED,
    LAST_SAMPLE_LOST
};

struct cycles {
    enum mistake mistake;
    struct perceptron g, f;
    const real *x, *y;
    size_t N, M;
    int squared, reduction;
    real lambda_x, lambda_y, mu, dloss;
};

static struct cycles read(struct call *call)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    static const char *const reductions[] = {"mean", "sample", "sum", NULL};
    struct cycles c = {.mistake = (enum mistake)call_variant(call),
                       .squared = call_choice(call, "distance", distances) == 1,
                       .reduction = call_choice(call, "reduction", reductions)};
    network_read(call, &c.g, "g", 'a');
    network_read(call, &c.f, "f", 'p');
    c.x = call_input(call, "x", "Na");
    c.y = call_input(call, "y", "Mp");
    c.N = call_size(call, 'N');
    c.M = call_size(call, 'M');
    c.lambda_x = call_number_or(call, "lambda_x", R(10.0));
    c.lambda_y = call_number_or(call, "lambda_y", R(10.0));
    c.mu = call_number_or(call, "mu", R(0.0));
    c.dloss = call_has(call, "dloss") && c.mistake != UPSTREAM_IGNORED
                  ? *call_input(call, "dloss", "")
                  : 1;
    if (c.mistake == LAMBDAS_SWAPPED) {
        real lambda = c.lambda_x;
        c.lambda_x = c.lambda_y;
        c.lambda_y = lambda;
    }
    if (c.mistake == LAMBDA_FORGOTTEN)
        c.lambda_x = c.lambda_y = 1;
    return c;
}

/* The value of |a - x|, and its derivative, over one batch; a is back(out(x)) or back(x). */
static struct dual mean(const struct cycles *c, const struct perceptron *by,
                        const struct perceptron *out, const struct perceptron *back, const real *x,
                        size_t N, size_t chosen)
{
    size_t D = back->size[back->layers], I = out ? out->size[0] : back->size[0];
    struct dual sum = {0, 0};
    for (size_t n = N; n-- > 0;) {
        struct dual a[DUAL_WIDEST] = {{0, 0}};
        for (size_t d = 0; d < I; d++)
            a[d] = (struct dual){x[n * I + d], 0};
        if (out)
            dual_forward(out, by == out ? chosen : (size_t)-1, a, a);
        for (size_t d = 0; out && c->mistake == MIDDLE_DETACHED && d < DUAL_WIDEST; d++)
            a[d].t = 0;
        if (!out || c->mistake != NOT_BACK)
            dual_forward(back,
                         by == back && (!out || c->mistake != BACK_DETACHED) ? chosen : (size_t)-1,
                         a, a);
        for (size_t d = D; d-- > 0;) {
            size_t with = c->mistake == COMPARED_WITH_NEXT ? (n + 1) % N : n;
            real e = a[d].v - x[with * I + d % I];
            real sign = e > 0 || (e == 0 && c->mistake == SIGN_OF_ZERO) ? 1 : e < 0 ? -1 : 0;
            int lost = c->mistake == LAST_SAMPLE_LOST && n + 1 == N;
            real slope = c->squared ? (c->mistake == TWO_FORGOTTEN ? 1 : 2) * e : sign;
            sum.v = sum.v + (c->squared ? e * e : real_abs(e));
            sum.t = sum.t + (lost ? 0 : slope * a[d].t);
        }
    }
    real W = c->mistake == MEAN_OF_BOTH ? real_count(c->N + c->M) / 2 : real_count(N);
    W = c->reduction == 2 ? 1 : c->reduction == 1 ? W : W * real_count(D);
    return (struct dual){sum.v / W, sum.t / W};
}

/* forward_cycle, backward_cycle, identity_x, identity_y by one weight of the network `by`. */
static void values(const struct cycles *c, const struct perceptron *by, size_t chosen,
                   struct dual value[4])
{
    const struct perceptron *home = c->mistake == SAME_MAP_TWICE ? &c->g : &c->f;
    const struct perceptron *x_map = c->mistake == IDENTITY_SWAPPED ? &c->g : &c->f;
    const struct perceptron *y_map = c->mistake == IDENTITY_SWAPPED ? &c->f : &c->g;
    value[0] = mean(c, by, &c->g, home, c->x, c->N, chosen);
    value[1] = mean(c, by, &c->f, &c->g, c->y, c->M, chosen);
    value[2] = value[3] = (struct dual){0, 0};
    if (c->mistake == BACKWARD_FORGOTTEN)
        value[1] = value[2];
    if (c->mu > 0 && c->mistake != IDENTITY_FORGOTTEN) {
        value[2] = mean(c, by, NULL, x_map, c->x, c->N, chosen);
        value[3] = mean(c, by, NULL, y_map, c->y, c->M, chosen);
    }
}

static struct dual total(const struct cycles *c, const struct dual value[4])
{
    struct dual sum = {0, 0};
    real of_x = c->mistake == IDENTITY_UNSCALED ? c->mu : c->mu * c->lambda_x;
    real of_y = c->mistake == IDENTITY_UNSCALED ? c->mu : c->mu * c->lambda_y;
    const real factor[] = {c->lambda_x, c->lambda_y, of_x, of_y};
    for (size_t k = 0; k < 4; k++)
        sum = (struct dual){sum.v + factor[k] * value[k].v, sum.t + factor[k] * value[k].t};
    return sum;
}

static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct cycles *c = context;
    struct dual value[4];
    values(c, net, chosen, value);
    return c->dloss * total(c, value).t;
}

static void differentiate(struct call *call)
{
    struct cycles c = read(call);
    struct dual value[4];
    struct perceptron_batch of_g, of_f;
    values(&c, NULL, 0, value);
    *call_output(call, "forward_cycle", "") = value[0].v;
    *call_output(call, "backward_cycle", "") = value[1].v;
    *call_output(call, "loss", "") = total(&c, value).v;
    if (c.mu > 0) {
        *call_output(call, "identity_x", "") = value[2].v;
        *call_output(call, "identity_y", "") = value[3].v;
    }
    dual_gradient(call, &c.g, &of_g, derivative, &c);
    dual_gradient(call, &c.f, &of_f, derivative, &c);
    network_gradients(call, &c.g, "g", 'a', 1, &of_g);
    network_gradients(call, &c.f, "f", 'p', 1, &of_f);
}

static const struct fork table[] = {
    {.info = {"dual_numbers", FORK_TWIN, "",
              "The loss's derivative by one weight after another, forwards.", NULL},
     .answer = differentiate},
    {.info = {"l1", FORK_CONVENTION, "", "The absolute error.", NULL},
     .instead = {"distance", "l1"}},
    {.info = {"l2", FORK_CONVENTION, "", "The squared error.", NULL},
     .instead = {"distance", "l2"}},
    {.info = {"mean", FORK_CONVENTION, "", "The mean over features too.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"norm_per_sample", FORK_CONVENTION, "", "The sum over features.", NULL},
     .instead = {"reduction", "sample"}},
    {.info = {"summed", FORK_CONVENTION, "44", "The sum over everything.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"identity_of_the_code", FORK_CONVENTION, "", "lambda_identity is 0.5.", NULL},
     .number = {"mu", 0.5f}},
    {.info = {"backward_forgotten", FORK_BUG, "", "Only the cycle of x counts.", NULL},
     .answer = differentiate,
     .variant = BACKWARD_FORGOTTEN},
    {.info = {"middle_detached", FORK_BUG, "",
              "What was translated is a constant: the first map learns nothing.", NULL},
     .answer = differentiate,
     .variant = MIDDLE_DETACHED},
    {.info = {"back_detached", FORK_BUG, "", "The way back is frozen.", NULL},
     .answer = differentiate,
     .variant = BACK_DETACHED},
    {.info = {"not_back", FORK_BUG, "", "What was translated is compared, without the way back.",
              NULL},
     .answer = differentiate,
     .variant = NOT_BACK},
    {.info = {"compared_with_next", FORK_BUG, "", "Compared with another sample.", NULL},
     .answer = differentiate,
     .variant = COMPARED_WITH_NEXT},
    {.info = {"same_map_twice", FORK_BUG, "", "G is its own way back.", NULL},
     .answer = differentiate,
     .variant = SAME_MAP_TWICE},
    {.info = {"identity_swapped", FORK_BUG, "",
              "The identity term of each map on the domain it starts from.", NULL},
     .answer = differentiate,
     .variant = IDENTITY_SWAPPED},
    {.info = {"identity_unscaled", FORK_CONVENTION, "", "mu is not multiplied by lambda.", NULL},
     .answer = differentiate,
     .variant = IDENTITY_UNSCALED},
    {.info = {"identity_forgotten", FORK_BUG, "", "No identity term.", NULL},
     .answer = differentiate,
     .variant = IDENTITY_FORGOTTEN},
    {.info = {"lambdas_swapped", FORK_BUG, "", "Each cycle has the other's weight.", NULL},
     .answer = differentiate,
     .variant = LAMBDAS_SWAPPED},
    {.info = {"lambda_forgotten", FORK_BUG, "", "The weights are 1.", NULL},
     .answer = differentiate,
     .variant = LAMBDA_FORGOTTEN},
    {.info = {"mean_of_both", FORK_BUG, "", "Both batches are divided by their common size.", NULL},
     .answer = differentiate,
     .variant = MEAN_OF_BOTH},
    {.info = {"two_forgotten", FORK_BUG, "", "The factor 2 of the square is forgotten.", NULL},
     .answer = differentiate,
     .variant = TWO_FORGOTTEN},
    {.info = {"sign_of_zero", FORK_BUG, "",
              "sign(0) is 1: maps that undo each other are torn apart.", NULL},
     .answer = differentiate,
     .variant = SIGN_OF_ZERO},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = differentiate,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out of the gradient.",
              NULL},
     .answer = differentiate,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list cycle_consistency_forks = {sizeof table / sizeof *table, table};
