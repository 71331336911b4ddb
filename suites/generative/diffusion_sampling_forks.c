// SPDX-License-Identifier: MIT
#include "../../reference/generative/diffusion_sampling.h"
#include "../../reference/generative/named_network.h"
#include "../../reference/generative/noise_schedule.h"
#include "../fork.h"

enum mistake {
    NONE,
    NEIGHBOUR_STEP,
    BETA_OF_SCHEDULE,
    NOISE_BEHIND_LAST,
    SIGMA_SQUARED,
    CLIP_FORGOTTEN,
    CLIP_ON_SAMPLE,
    COEFFICIENTS_SWAPPED,
    STEP_NOT_SCALED,
    STEP_FROM_ONE,
    STEP_OF_LIST,
    NETWORK_AT_START,
    NOISE_REVERSED,
    NOISE_OF_FIRST_STEP,
    DIRECTION_NOT_SHORTENED,
    ROOT_OF_DATA_FORGOTTEN,
    MEAN_ALONE,
    DATA_RETURNED,
    BATCH_NOISE,
    V_NEGATED
};

struct path {
    enum mistake mistake;
    struct noise_schedule schedule;
    enum diffusion_target target;
    struct perceptron net;
    size_t S, N, D;
    int ddim, large, first, derived, clipped;
    real eta, clip;
    const int *timesteps;
    const real *start, *noise;
    real *to, *data;
};

static int second(struct call *call, const char *name, const char *one, const char *other)
{
    const char *const options[] = {one, other, NULL};
    return call_choice(call, name, options) == 1;
}

static struct path read(struct call *call)
{
    struct path p = {.mistake = (enum mistake)call_variant(call),
                     .schedule = noise_schedule_read(call),
                     .target = diffusion_target_read(call)};
    p.ddim = second(call, "sampler", "ddpm", "ddim");
    p.large = second(call, "variance", "small", "large") && !p.ddim;
    p.first = second(call, "final", "one", "first");
    p.derived = second(call, "after_clip", "kept", "derived") || !p.ddim;
    p.eta = p.ddim ? call_number_or(call, "eta", R(0.0)) : 1;
    p.clip = call_number_or(call, "clip", R(0.0));
    p.clipped = p.clip > 0 && p.mistake != CLIP_FORGOTTEN;
    p.timesteps = call_integers(call, "timesteps", "S", 0, (int)p.schedule.T - 1);
    p.start = call_input(call, "start", "ND");
    p.noise = call_input(call, "noise", "SND");
    p.S = call_size(call, 'S');
    p.N = call_size(call, 'N');
    p.D = call_size(call, 'D');
    network_read(call, &p.net, "", 'a');
    p.to = call_output(call, "x", "SND");
    p.data = call_output(call, "x_0", "SND");
    return p;
}

static const real *predict(struct call *call, const struct path *is, const real *x, size_t s)
{
    size_t D = is->D;
    struct perceptron_batch batch;
    real *wide = call_scratch(call, is->N * (D + 1));
    real t = real_count((size_t)is->timesteps[s]) / real_count(is->schedule.T);
    if (is->mistake == STEP_NOT_SCALED)
        t = real_count((size_t)is->timesteps[s]);
    if (is->mistake == STEP_FROM_ONE)
        t = t + 1 / real_count(is->schedule.T);
    if (is->mistake == STEP_OF_LIST)
        t = real_count(is->S - 1 - s) / real_count(is->S);
    for (size_t i = 0; i < is->N * (D + 1); i++)
        wide[i] = i % (D + 1) == D ? t : x[i / (D + 1) * D + i % (D + 1)];
    return network_forward(call, &is->net, &batch, wide, is->N);
}

static real clipped(const struct path *is, real x)
{
    if (!is->clipped)
        return x;
    return x > is->clip ? is->clip : x < -is->clip ? -is->clip : x;
}

/* The data that prediction p stands for, before it is clipped. */
static real found(const struct path *is, real a, real p, real x)
{
    real kept = real_sqrt(a), lost = real_sqrt(1 - a);
    if (is->target == TARGET_SAMPLE)
        return p;
    if (is->target == TARGET_V)
        return is->mistake == V_NEGATED ? x * kept + lost * p : x * kept - lost * p;
    return x / (is->mistake == ROOT_OF_DATA_FORGOTTEN ? 1 : kept) - p * (lost / kept);
}

static real noise_of(const struct path *is, size_t s, size_t i)
{
    size_t row = is->N * is->D;
    if (is->mistake == NOISE_REVERSED)
        s = is->S - 1 - s;
    if (is->mistake == NOISE_OF_FIRST_STEP)
        s = 0;
    return is->noise[s * row + (is->mistake == BATCH_NOISE ? i % is->D : i)];
}

static void step(struct call *call, const struct path *is, size_t s, const real *x)
{
    size_t row = is->N * is->D, last = s + 1 == is->S;
    int t = is->timesteps[s];
    const real *abar = is->schedule.abar;
    const real *p = predict(call, is, is->mistake == NETWORK_AT_START ? is->start : x, s);
    real a = abar[t], next = last ? is->first ? abar[0] : 1 : abar[is->timesteps[s + !last]];
    if (is->mistake == NEIGHBOUR_STEP)
        next = t > 0 ? abar[t - 1] : 1;
    real jump = is->mistake == BETA_OF_SCHEDULE ? is->schedule.beta[t] : (next - a) / next;
    real small = is->eta * is->eta * ((1 - next) * jump / (1 - a));
    real variance = is->large ? last && is->mistake != NOISE_BEHIND_LAST ? 0 : jump : small;
    real sigma = is->mistake == SIGMA_SQUARED ? variance : real_sqrt(variance);
    if (is->mistake == MEAN_ALONE)
        sigma = 0;
    real away = is->ddim
                    ? real_sqrt((is->mistake == DIRECTION_NOT_SHORTENED ? 0 : -small) + (1 - next))
                    : real_sqrt((1 - jump) / (1 - a)) * (1 - next);
    real kept = real_sqrt(a), lost = real_sqrt(1 - a), near = real_sqrt(next);
    for (size_t i = 0; i < row; i++) {
        real raw = found(is, a, p[i], x[i]), data = clipped(is, raw);
        real from = is->derived ? data : raw;
        if (is->mistake == CLIP_ON_SAMPLE)
            data = from = raw;
        real epsilon = (x[i] - from * kept) / lost;
        if (!is->derived && is->target == TARGET_EPSILON)
            epsilon = p[i];
        real to = near * data + away * epsilon;
        if (is->mistake == COEFFICIENTS_SWAPPED)
            to = near * epsilon + away * data;
        to = to + sigma * noise_of(is, s, i);
        is->data[s * row + i] = data;
        is->to[s * row + i] = is->mistake == CLIP_ON_SAMPLE ? clipped(is, to) : to;
        if (is->mistake == DATA_RETURNED && last)
            is->to[s * row + i] = data;
    }
}

static void walk(struct call *call)
{
    struct path is = read(call);
    for (size_t s = 0; s < is.S; s++)
        step(call, &is, s, s == 0 ? is.start : &is.to[(s - 1) * is.N * is.D]);
}

static const struct fork table[] = {
    {.info = {"through_epsilon", FORK_TWIN, "",
              "The ancestral step as the implicit one of eta 1, through the epsilon that the data "
              "leaves.",
              NULL},
     .answer = walk},
    {.info = {"ancestral", FORK_CONVENTION, "", "DDPM.", NULL}, .instead = {"sampler", "ddpm"}},
    {.info = {"implicit", FORK_CONVENTION, "", "DDIM.", NULL}, .instead = {"sampler", "ddim"}},
    {.info = {"small_variance", FORK_CONVENTION, "", "The posterior's variance.", NULL},
     .instead = {"variance", "small"}},
    {.info = {"large_variance", FORK_CONVENTION, "", "beta.", NULL},
     .instead = {"variance", "large"}},
    {.info = {"final_one", FORK_CONVENTION, "", "The data itself is behind the last step.", NULL},
     .instead = {"final", "one"}},
    {.info = {"final_first", FORK_CONVENTION, "", "abar[0] is behind the last step.", NULL},
     .instead = {"final", "first"}},
    {.info = {"epsilon_kept", FORK_CONVENTION, "", "The network's epsilon with clipped data.",
              NULL},
     .instead = {"after_clip", "kept"}},
    {.info = {"epsilon_derived", FORK_CONVENTION, "", "The epsilon of the clipped data.", NULL},
     .instead = {"after_clip", "derived"}},
    {.info = {"predicts_epsilon", FORK_CONVENTION, "", "The network's output is noise.", NULL},
     .instead = {"target", "epsilon"}},
    {.info = {"predicts_data", FORK_CONVENTION, "", "The network's output is the data.", NULL},
     .instead = {"target", "sample"}},
    {.info = {"predicts_v", FORK_CONVENTION, "", "The network's output is v.", NULL},
     .instead = {"target", "v"}},
    {.info = {"eta_zero", FORK_BUG, "", "eta is ignored.", NULL}, .number = {"eta", 0}},
    {.info = {"neighbour_step", FORK_BUG, "", "abar[t - 1], though steps are skipped.", NULL},
     .answer = walk,
     .variant = NEIGHBOUR_STEP},
    {.info = {"beta_of_schedule", FORK_BUG, "", "The schedule's beta, though steps are skipped.",
              NULL},
     .answer = walk,
     .variant = BETA_OF_SCHEDULE},
    {.info = {"noise_behind_last", FORK_BUG, "", "Noise on the result.", NULL},
     .answer = walk,
     .variant = NOISE_BEHIND_LAST},
    {.info = {"sigma_squared", FORK_BUG, "", "The variance scales the noise.", NULL},
     .answer = walk,
     .variant = SIGMA_SQUARED},
    {.info = {"clip_forgotten", FORK_BUG, "", "The data is not clipped.", NULL},
     .answer = walk,
     .variant = CLIP_FORGOTTEN},
    {.info = {"clip_on_sample", FORK_BUG, "", "What is arrived at is clipped.", NULL},
     .answer = walk,
     .variant = CLIP_ON_SAMPLE},
    {.info = {"coefficients_swapped", FORK_BUG, "", "Data and direction change places.", NULL},
     .answer = walk,
     .variant = COEFFICIENTS_SWAPPED},
    {.info = {"step_not_scaled", FORK_CONVENTION, "", "The network is told t, not t / T.", NULL},
     .answer = walk,
     .variant = STEP_NOT_SCALED},
    {.info = {"step_from_one", FORK_CONVENTION, "", "The network is told (t + 1) / T.", NULL},
     .answer = walk,
     .variant = STEP_FROM_ONE},
    {.info = {"step_of_list", FORK_BUG, "", "The network is told the place in the list.", NULL},
     .answer = walk,
     .variant = STEP_OF_LIST},
    {.info = {"network_at_start", FORK_BUG, "", "The network always sees the first noise.", NULL},
     .answer = walk,
     .variant = NETWORK_AT_START},
    {.info = {"noise_reversed", FORK_BUG, "", "The noise is read from its end.", NULL},
     .answer = walk,
     .variant = NOISE_REVERSED},
    {.info = {"noise_of_first_step", FORK_BUG, "", "The same noise at every step.", NULL},
     .answer = walk,
     .variant = NOISE_OF_FIRST_STEP},
    {.info = {"noise_of_first_sample", FORK_BUG, "", "The same noise for every sample.", NULL},
     .answer = walk,
     .variant = BATCH_NOISE},
    {.info = {"direction_not_shortened", FORK_BUG, "", "sigma is not taken from the direction.",
              NULL},
     .answer = walk,
     .variant = DIRECTION_NOT_SHORTENED},
    {.info = {"root_of_data_forgotten", FORK_BUG, "", "x_t is not divided by its scale.", NULL},
     .answer = walk,
     .variant = ROOT_OF_DATA_FORGOTTEN},
    {.info = {"mean_alone", FORK_BUG, "", "No noise at all.", NULL},
     .answer = walk,
     .variant = MEAN_ALONE},
    {.info = {"data_returned", FORK_BUG, "", "The last step returns the data found.", NULL},
     .answer = walk,
     .variant = DATA_RETURNED},
    {.info = {"v_negated", FORK_BUG, "", "v with its sign turned.", NULL},
     .answer = walk,
     .variant = V_NEGATED},
};

const struct fork_list diffusion_sampling_forks = {sizeof table / sizeof *table, table};
