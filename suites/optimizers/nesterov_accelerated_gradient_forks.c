// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/nesterov_accelerated_gradient.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

/* All of one call, at step number t. A fork is a function from it to the state after the step. */
struct walk {
    struct quadratic f;
    enum look_ahead_form form;
    enum look_ahead_schedule schedule;
    real momentum, rate, first_rate, mu;
    real *w, *v, *l, *G, *spare; /* G: as it was after the step before */
    size_t t, P;
    int is_first;
};

static void run(struct call *call, void (*next)(struct walk *))
{
    static const char *const forms[] = {"subtracted", "added", "rate_outside", NULL};
    static const char *const schedules[] = {"constant", "nesterov", "linear", NULL};
    struct walk walk = {.f = quadratic_read(call), .P = call_size(call, 'P')};
    const real *rate = call_input(call, "rate", "S");
    walk.form = (enum look_ahead_form)call_choice(call, "form", forms);
    walk.schedule = (enum look_ahead_schedule)call_choice(call, "schedule", schedules);
    walk.momentum = call_number_or(call, "momentum", R(0.0));
    walk.w = updates_state(call, "w");
    walk.v = updates_state(call, "velocity");
    walk.l = call_scratch(call, walk.P);
    walk.G = call_scratch(call, walk.P);
    walk.spare = call_scratch(call, walk.P);
    size_t first = call_count_or(call, "first_step", 1, 1, 10000);
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        walk.t = first + s;
        walk.is_first = s == 0;
        walk.rate = rate[s];
        walk.first_rate = rate[0];
        walk.mu = look_ahead_momentum(walk.t, walk.momentum, walk.schedule);
        next(&walk);
        updates_record(w_after, walk.w, s, walk.P);
        updates_record(v_after, walk.v, s, walk.P);
        updates_record(gradient, walk.G, s, walk.P);
    }
}

/* The parts of the technique's own step. */
static void look(struct walk *k)
{
    look_ahead(k->l, k->w, k->v, k->rate, k->mu, k->form, k->P);
}

static void move(struct walk *k)
{
    look_ahead_update(k->w, k->v, k->G, k->rate, k->mu, k->form, k->P);
}

static void step(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    move(k);
}

/* A (w +- c v) - b = (A w +- c A v) - b: two products in place of a point ahead; rows of A in place
 * of columns. */
static void step_of_two_products(struct walk *k)
{
    real sign = k->form == LOOK_ADDED ? 1 : -1;
    real share = sign * (k->form == LOOK_RATE_OUTSIDE ? k->rate * k->mu : k->mu);
    for (size_t n = 0; n < k->P; n++) {
        const real *row = &k->f.A[n * k->P];
        real now = sum_sample_products(k->P, 8, row, 1, k->w, 1);
        real ahead = sum_sample_products(k->P, 8, row, 1, k->v, 1);
        k->G[n] = real_fma(share, ahead, now) - k->f.b[n];
    }
    for (size_t p = 0; p < k->P; p++) {
        real old = k->mu * k->v[p];
        int outside = k->form == LOOK_RATE_OUTSIDE;
        k->v[p] = real_fma(outside ? R(1.0) : -sign * k->rate, k->G[p], old);
        k->w[p] = real_fma(outside ? -k->rate : sign, k->v[p], k->w[p]);
    }
}

static void two_products(struct call *call)
{
    run(call, step_of_two_products);
}

static void step_without_looking(struct walk *k)
{
    quadratic_gradient(k->G, k->w, &k->f);
    move(k);
}

static void gradient_at_w(struct call *call)
{
    run(call, step_without_looking);
}

/* momentum.h's nesterov = yes: the gradient at w, then a step of gradient and new velocity. */
static void step_as_pytorch(struct walk *k)
{
    updates_record(k->spare, k->w, 0, k->P);
    step_without_looking(k);
    for (size_t p = 0; p < k->P; p++) {
        real sign = k->form == LOOK_ADDED ? 1 : -1, ahead = k->mu * k->v[p];
        if (k->form == LOOK_RATE_OUTSIDE)
            k->w[p] = k->spare[p] - k->rate * (k->G[p] + ahead);
        else
            k->w[p] = k->spare[p] + sign * ahead - k->rate * k->G[p];
    }
}

static void framework_form(struct call *call)
{
    run(call, step_as_pytorch);
}

static void step_looking_for_good(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    updates_record(k->w, k->l, 0, k->P);
    move(k);
}

static void look_ahead_kept(struct call *call)
{
    run(call, step_looking_for_good);
}

static void step_looking_back(struct walk *k)
{
    look_ahead(k->l, k->w, k->v, k->rate, -k->mu, k->form, k->P);
    quadratic_gradient(k->G, k->l, &k->f);
    move(k);
}

static void looks_back(struct call *call)
{
    run(call, step_looking_back);
}

static void step_looking_too_far(struct walk *k)
{
    look_ahead(k->l, k->w, k->v, k->rate, R(1.0), k->form, k->P);
    quadratic_gradient(k->G, k->l, &k->f);
    move(k);
}

static void looks_a_whole_velocity_ahead(struct call *call)
{
    run(call, step_looking_too_far);
}

static void step_with_stale_gradient(struct walk *k)
{
    updates_record(k->spare, k->G, 0, k->P);
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    updates_record(k->l, k->G, 0, k->P);
    updates_record(k->G, k->spare, 0, k->is_first ? 0 : k->P);
    move(k);
    updates_record(k->G, k->l, 0, k->P);
}

static void stale_gradient(struct call *call)
{
    run(call, step_with_stale_gradient);
}

static void step_by_old_velocity(struct walk *k)
{
    updates_record(k->spare, k->v, 0, k->P);
    updates_record(k->l, k->w, 0, k->P);
    step(k);
    real sign = k->form == LOOK_ADDED ? 1 : -1;
    for (size_t p = 0; p < k->P; p++) {
        real moved = sign * k->spare[p] * (k->form == LOOK_RATE_OUTSIDE ? k->rate : 1);
        k->w[p] = k->l[p] + moved;
    }
}

static void old_velocity_used(struct call *call)
{
    run(call, step_by_old_velocity);
}

/* The quadratic without its half: the gradient is 2 A l - b. */
static void step_without_half(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    for (size_t p = 0; p < k->P; p++)
        k->G[p] = 2 * k->G[p] + k->f.b[p];
    move(k);
}

static void half_forgotten(struct call *call)
{
    run(call, step_without_half);
}

static void step_with_b_added(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    for (size_t p = 0; p < k->P; p++)
        k->G[p] = k->G[p] + 2 * k->f.b[p];
    move(k);
}

static void b_added(struct call *call)
{
    run(call, step_with_b_added);
}

/* Only whole blocks of rows are added. */
static void step_of_whole_blocks(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    for (size_t p = 0; p < k->P; p++)
        for (size_t n = k->P / k->f.block * k->f.block; n < k->P; n++)
            k->G[p] -= k->f.A[n * k->P + p] * k->l[n];
    move(k);
}

static void last_block_lost(struct call *call)
{
    run(call, step_of_whole_blocks);
}

static void step_of_first_rank(struct walk *k)
{
    look(k);
    quadratic_gradient(k->G, k->l, &k->f);
    for (size_t p = 0; p < k->P; p++)
        for (size_t n = (k->P + 1) / 2; n < k->P; n++)
            k->G[p] -= k->f.A[n * k->P + p] * k->l[n];
    move(k);
}

static void not_reduced(struct call *call)
{
    run(call, step_of_first_rank);
}

static void step_of_next_momentum(struct walk *k)
{
    k->mu = look_ahead_momentum(k->t + 1, k->momentum, k->schedule);
    step(k);
}

static void schedule_one_ahead(struct call *call)
{
    run(call, step_of_next_momentum);
}

static void step_of_restarted_schedule(struct walk *k)
{
    k->mu = look_ahead_momentum(k->is_first ? 1 : k->t, k->momentum, k->schedule);
    step(k);
}

static void schedule_restarted(struct call *call)
{
    run(call, step_of_restarted_schedule);
}

static void step_from_rest(struct walk *k)
{
    for (size_t p = 0; p < k->P; p++)
        k->v[p] = 0;
    step(k);
}

static void velocity_reset(struct call *call)
{
    run(call, step_from_rest);
}

static void step_from_rest_at_first(struct walk *k)
{
    for (size_t p = 0; k->is_first && p < k->P; p++)
        k->v[p] = 0;
    step(k);
}

static void given_velocity_ignored(struct call *call)
{
    run(call, step_from_rest_at_first);
}

static void step_at_first_rate(struct walk *k)
{
    k->rate = k->first_rate;
    step(k);
}

static void first_rate_for_all(struct call *call)
{
    run(call, step_at_first_rate);
}

static void step_uphill(struct walk *k)
{
    k->rate = -k->rate;
    step(k);
}

static void step_added(struct call *call)
{
    run(call, step_uphill);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"two_products", FORK_TWIN, "", "A w and A v apart, by rows: no point ahead is made.",
     NULL},
     .answer = two_products},
    {.info = {"gradient_at_w", FORK_BUG, "76", "The gradient is taken at w: plain momentum.", NULL},
     .answer = gradient_at_w},
    {.info = {"framework_form", FORK_CONVENTION, "76",
     "The gradient at w and a step of gradient and new velocity: PyTorch, Keras.", NULL},
     .answer = framework_form},
    {.info = {"look_ahead_kept", FORK_BUG, "77",
     "The point ahead is written back into w before the step.", NULL},
     .answer = look_ahead_kept},
    {.info = {"looks_back", FORK_BUG, "83", "Looks in the direction that it comes from.", NULL},
     .answer = looks_back},
    {.info = {"looks_a_whole_velocity_ahead", FORK_BUG, "76",
     "The velocity is not multiplied by the momentum when looking ahead.", NULL},
     .answer = looks_a_whole_velocity_ahead},
    {.info = {"form_subtracted", FORK_CONVENTION, "72",
     "The velocity holds the rate and is subtracted.", NULL},
     .instead = {"form", "subtracted"}},
    {.info = {"form_added", FORK_CONVENTION, "72", "The velocity holds the rate and is added.",
     NULL},
     .instead = {"form", "added"}},
    {.info = {"form_rate_outside", FORK_CONVENTION, "72", "The velocity does not hold the rate.",
     NULL},
     .instead = {"form", "rate_outside"}},
    {.info = {"schedule_nesterov", FORK_CONVENTION, "",
     "Nesterov's sequence whatever is asked for.", NULL},
     .instead = {"schedule", "nesterov"}},
    {.info = {"schedule_linear", FORK_CONVENTION, "", "The linear sequence whatever is asked for.",
     NULL},
     .instead = {"schedule", "linear"}},
    {.info = {"schedule_one_ahead", FORK_BUG, "", "The sequence of momenta starts one step later.",
     NULL},
     .answer = schedule_one_ahead},
    {.info = {"schedule_restarted", FORK_BUG, "88",
     "Resumed training starts the sequence of momenta again.", NULL},
     .answer = schedule_restarted},
    {.info = {"momentum_of_another_default", FORK_CONVENTION, "97",
     "Momentum is 0.9 whatever is asked for.", NULL},
     .number = {"momentum", 0.9f}},
    {.info = {"stale_gradient", FORK_BUG, "", "Moves by the gradient of the step before.", NULL},
     .answer = stale_gradient},
    {.info = {"old_velocity_used", FORK_BUG, "", "The weights move before the velocity is updated.",
     NULL},
     .answer = old_velocity_used},
    {.info = {"half_forgotten", FORK_BUG, "55",
     "The quadratic has no half, so its curvature is doubled.", NULL},
     .answer = half_forgotten},
    {.info = {"b_added", FORK_BUG, "83", "b has the wrong sign in the gradient.", NULL},
     .answer = b_added},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of rows are added.", NULL},
     .answer = last_block_lost},
    {.info = {"not_reduced", FORK_BUG, "",
     "A rank adds its own half of the rows and nobody else's.", NULL},
     .answer = not_reduced},
    {.info = {"velocity_reset", FORK_BUG, "", "The velocity starts from zero at every step.", NULL},
     .answer = velocity_reset},
    {.info = {"given_velocity_ignored", FORK_BUG, "", "Resumed training starts with no velocity.",
     NULL},
     .answer = given_velocity_ignored},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
};
/* clang-format on */

const struct fork_list nesterov_accelerated_gradient_forks = {sizeof table / sizeof *table, table};
