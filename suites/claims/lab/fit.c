// SPDX-License-Identifier: MIT
#include "fit.h"

#include <math.h>
#include <string.h>

enum { ORDER_STREAM = 70000 };

static const double divergence = 1e4;

/* What an optimizer keeps, and a copy of the best parameters. */
struct course {
    struct arena arena;
    struct steps *steps;
    float *best;
    struct samples samples, batch; /* batch: for alter_batch */
    uint32_t *order;
    size_t waited; /* epochs since the best one */
};

static void begin(struct course *course, struct network *net, const struct fit_plan *plan)
{
    const size_t P = network_parameters(net);
    course->steps = steps_create(&course->arena, plan->optimizer, plan->momentum, P);
    if (plan->epsilon > 0)
        steps_set_epsilon(course->steps, plan->epsilon);
    if (plan->validation != NULL)
        course->best = arena_take(&course->arena, network_state_count(net), sizeof(float));
}

/* Adds the derivatives of the penalties on weights; biases have none. */
static void add_penalties(struct network *net, const struct fit_plan *plan)
{
    const float decay = (float)plan->decay, l1 = (float)plan->l1;
    const float *w = network_parameter(net);
    if (decay == 0 && l1 == 0)
        return;
    for (size_t l = 0; l + plan->spares_outputs < net->plan.layers; l++)
        for (size_t i = net->weight[l]; i < net->bias[l]; i++) {
            net->gradient[i] += decay * w[i];
            net->gradient[i] += w[i] > 0 ? l1 : w[i] < 0 ? -l1 : 0;
        }
}

static void clip(struct network *net, const struct fit_plan *plan)
{
    const size_t P = network_parameters(net);
    const float limit = (float)plan->clip_value;
    if (plan->clip_norm > 0) {
        const double norm = lab_norm(net->gradient, P);
        const float factor = (float)(plan->clip_norm / norm);
        for (size_t i = 0; i < P && norm > plan->clip_norm; i++)
            net->gradient[i] *= factor;
    }
    for (size_t i = 0; i < P && limit > 0; i++)
        net->gradient[i] = fminf(fmaxf(net->gradient[i], -limit), limit);
}

static void shrink(struct network *net, double factor)
{
    float *w = network_parameter(net);
    for (size_t l = 0; l < net->plan.layers; l++)
        for (size_t i = net->weight[l]; i < net->bias[l]; i++)
            w[i] = (float)factor * w[i];
}

static void update(struct course *course, struct network *net, const struct fit *fit)
{
    const struct fit_plan *plan = fit->plan;
    add_penalties(net, plan);
    clip(net, plan);
    if (plan->decoupled_decay != 0)
        shrink(net, 1 - fit->rate * plan->decoupled_decay);
    steps_take(course->steps, network_parameter(net), net->gradient, fit->rate);
}

static bool has_diverged(const struct fit *fit)
{
    return !isfinite(fit->loss) || fit->loss > divergence * (1 + fit->first_loss);
}

/* Memory for batches of up to `count` samples. */
static void make_batch(struct course *course, size_t count)
{
    struct samples *batch = &course->batch;
    *batch = course->samples;
    batch->x = arena_take(&course->arena, count * batch->features, sizeof *batch->x);
    if (batch->label != NULL)
        batch->label = arena_take(&course->arena, count, sizeof *batch->label);
    if (batch->target != NULL)
        batch->target = arena_take(&course->arena, count * batch->outputs, sizeof *batch->target);
}

/* Copies the rows `row` there. */
static void fill_batch(struct course *course, const uint32_t *row, size_t count)
{
    const struct samples *from = &course->samples;
    struct samples *batch = &course->batch;
    const size_t D = from->features, K = from->outputs;
    batch->count = count;
    for (size_t n = 0; n < count; n++) {
        memcpy(batch->x + n * D, from->x + row[n] * D, D * sizeof *batch->x);
        if (from->label != NULL)
            batch->label[n] = from->label[row[n]];
        if (from->target != NULL)
            memcpy(batch->target + n * K, from->target + row[n] * K, K * sizeof *batch->target);
    }
}

static double gradient_of(struct fit *fit, struct course *course, size_t first, size_t count)
{
    const uint32_t *row = course->order + first;
    if (fit->plan->alter_batch == NULL)
        return network_gradient(fit->net, &course->samples, row, count, fit->step);
    fill_batch(course, row, count);
    fit->plan->alter_batch(fit, &course->batch);
    return network_gradient(fit->net, &course->batch, NULL, count, fit->step);
}

/* Returns whether the run goes on. */
static bool run_step(struct fit *fit, struct course *course, size_t first, size_t count)
{
    const struct fit_plan *plan = fit->plan;
    fit->loss = gradient_of(fit, course, first, count);
    if (fit->step == 0)
        fit->first_loss = fit->loss;
    fit->epoch_loss += fit->loss * (double)count / (double)course->samples.count;
    fit->has_diverged |= has_diverged(fit);
    if (fit->has_diverged && !plan->keep_going)
        return false;
    fit->rate = plan->rate_at != NULL ? plan->rate_at(fit) : plan->rate;
    update(course, fit->net, fit);
    fit->step++;
    if (plan->after_step != NULL && plan->after_step(fit))
        return false;
    return plan->steps == 0 || fit->step < plan->steps;
}

/* After an epoch: whether the run goes on. */
static bool look(struct fit *fit, struct course *course)
{
    const struct fit_plan *plan = fit->plan;
    if (plan->validation != NULL) {
        const double loss = network_loss(fit->net, plan->validation);
        if (fit->epoch == 1 || loss < fit->best_validation) {
            fit->best_validation = loss;
            fit->best_epoch = fit->epoch;
            course->waited = 0;
            network_save(fit->net, course->best);
        } else {
            course->waited++;
        }
    }
    const bool stops = plan->after_epoch != NULL && plan->after_epoch(fit);
    return !stops && (plan->patience == 0 || course->waited < plan->patience);
}

static void choose_order(const struct fit *fit, struct course *course)
{
    const enum fit_order order = fit->plan->order;
    const uint64_t stream = ORDER_STREAM + fit->plan->order_stream;
    if (order == FIT_RESHUFFLED || (order == FIT_SHUFFLED_ONCE && fit->epoch == 0))
        lab_shuffle(fit->net->replica, stream + fit->epoch, course->order, course->samples.count);
    for (size_t n = 0; order == FIT_IN_ORDER && n < course->samples.count; n++)
        course->order[n] = (uint32_t)n;
}

static bool run_epoch(struct fit *fit, struct course *course)
{
    const size_t all = course->samples.count;
    const size_t batch = fit->plan->batch == 0 || fit->plan->batch > all ? all : fit->plan->batch;
    bool goes_on = true;
    choose_order(fit, course);
    if (fit->plan->alter != NULL)
        fit->plan->alter(fit, &course->samples);
    fit->epoch_loss = 0;
    for (size_t first = 0; first < all && goes_on; first += batch)
        goes_on = run_step(fit, course, first, all - first < batch ? all - first : batch);
    if (fit->has_diverged && !fit->plan->keep_going)
        return false;
    fit->epoch++;
    return look(fit, course) && goes_on;
}

struct fit fit_network(struct network *net, const struct samples *train,
                       const struct fit_plan *plan)
{
    struct course course = {.samples = *train};
    struct fit fit = {.plan = plan, .net = net};
    begin(&course, net, plan);
    course.order = arena_take(&course.arena, train->count, sizeof *course.order);
    if (plan->alter != NULL) {
        const size_t bytes = train->count * train->features * sizeof(float);
        course.samples.x = arena_take(&course.arena, train->count * train->features, sizeof(float));
        memcpy(course.samples.x, train->x, bytes);
    }
    if (plan->alter_batch != NULL)
        make_batch(&course, plan->batch == 0 ? train->count : plan->batch);
    while (fit.epoch < plan->epochs && run_epoch(&fit, &course)) {
    }
    if (plan->restore && fit.best_epoch > 0)
        network_load(net, course.best);
    arena_release(&course.arena);
    return fit;
}

size_t fit_tune(struct network *net, const struct samples *train, const struct samples *validation,
                const struct fit_plan *plan, const double *rate, size_t count, double *score)
{
    struct arena arena = {NULL};
    float *kept = arena_take(&arena, network_state_count(net), sizeof *kept);
    size_t best = 0;
    double best_score = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        struct fit_plan with = *plan;
        with.rate = rate[i];
        network_start(net);
        const struct fit fit = fit_network(net, train, &with);
        double now = -INFINITY;
        if (!fit.has_diverged)
            now = validation->label != NULL && !plan->tune_by_loss
                      ? network_accuracy(net, validation)
                      : -network_loss(net, validation);
        if (isnan(now)) /* the last step may be the one that diverges */
            now = -INFINITY;
        if (i == 0 || now > best_score) {
            best = i;
            best_score = now;
            network_save(net, kept);
        }
        if (score != NULL)
            score[i] = now;
    }
    network_load(net, kept);
    arena_release(&arena);
    return best;
}

void fit_aim(struct samples *batch, const float *y, const float *dy)
{
    const size_t n = batch->count * batch->outputs;
    for (size_t i = 0; i < n; i++) /* dy = 2 (y - target) / n */
        batch->target[i] = y[i] - (float)n / 2 * dy[i];
}
