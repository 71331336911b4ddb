// SPDX-License-Identifier: MIT
/* Diffusion, backwards; definition in reference/generative/diffusion_sampling.h.
 *
 * How it is distributed: samples are sharded; every rank holds the network and the schedule. Each
 * sample takes all its steps alone: nothing crosses the network and nothing is added over samples.
 */
#include "named_network.h"
#include "noise_schedule.h"

struct sampler {
    struct question *q;
    struct noise_schedule schedule;
    enum diffusion_target target;
    struct network net;
    struct network_use use;
    size_t S, rows, D;
    bool ddim, large, first, derived, clipped;
    scalar eta, clip;
    const int *timesteps;
};

static bool second(struct question *q, const char *name, const char *one, const char *other)
{
    const char *const options[] = {one, other, NULL};
    return question_choice(q, name, options) == 1;
}

static void read_sampler(struct question *q, struct sampler *is)
{
    is->schedule = noise_schedule_read(q);
    is->target = diffusion_target_read(q);
    is->ddim = second(q, "sampler", "ddpm", "ddim");
    is->large = second(q, "variance", "small", "large");
    is->first = second(q, "final", "one", "first");
    is->derived = second(q, "after_clip", "kept", "derived");
    is->eta = question_number_or(q, "eta", 0);
    is->clip = question_number_or(q, "clip", -1);
    is->clipped = question_number_or(q, "clip", 1) == is->clip;
    is->timesteps = question_integers(q, "timesteps", "S", 0, (int)is->schedule.T - 1);
    is->S = question_size(q, 'S');
    if (!(is->eta >= 0 && is->eta <= 1))
        question_refuse(q, "its 'eta' is %g; give a number between 0 and 1", (double)is->eta);
    if (is->clipped && !(is->clip > 0))
        question_refuse(q, "its 'clip' is %g; give a number above 0", (double)is->clip);
    for (size_t s = 0; s < is->S; s++) {
        const scalar a = is->schedule.abar[is->timesteps[s]];
        if (s > 0 && is->timesteps[s] >= is->timesteps[s - 1])
            question_refuse(q, "element %zu of its 'timesteps' is not below the one before it", s);
        if (!(a < 1) || (!(a > 0) && is->target == TARGET_EPSILON))
            question_refuse(
                q, "element %zu of its 'timesteps' is of data alone, or has none for its 'target'",
                s);
    }
}

static const scalar *predict(const struct sampler *is, const scalar *x, int t)
{
    const size_t D = is->D;
    scalar *wide = question_scratch(is->q, is->rows * (D + 1));
    for (size_t n = 0; n < is->rows; n++) {
        for (size_t d = 0; d < D; d++)
            wide[n * (D + 1) + d] = x[n * D + d];
        wide[n * (D + 1) + D] = (scalar)t / (scalar)is->schedule.T;
    }
    return network_forward(&is->use, wide);
}

/* data (rows,D), clipped, and epsilon (rows,D) from what the network said. */
static void recover(const struct sampler *is, scalar a, const scalar *p, const scalar *x,
                    scalar *data, scalar *epsilon)
{
    const scalar kept = scalar_sqrt(a), lost = scalar_sqrt(1 - a);
    for (size_t i = 0; i < is->rows * is->D; i++) {
        scalar found = p[i], mixed = p[i];
        if (is->target == TARGET_EPSILON) {
            found = (x[i] - lost * p[i]) / kept;
        } else if (is->target == TARGET_SAMPLE) {
            mixed = (x[i] - kept * p[i]) / lost;
        } else {
            found = kept * x[i] - lost * p[i];
            mixed = kept * p[i] + lost * x[i];
        }
        if (is->clipped && scalar_absolute(found) > is->clip)
            found = found > 0 ? is->clip : -is->clip;
        data[i] = found;
        epsilon[i] = is->derived ? (x[i] - kept * found) / lost : mixed;
    }
}

static void step(const struct sampler *is, size_t s, scalar *to, scalar *data, scalar *epsilon,
                 const scalar *x, const scalar *z)
{
    const bool last = s + 1 == is->S;
    const scalar *abar = is->schedule.abar;
    const scalar a = abar[is->timesteps[s]], end = is->first ? abar[0] : 1;
    const scalar next = last ? end : abar[is->timesteps[s + 1]];
    const scalar ratio = a / next, share = (1 - next) / (1 - a), jump = 1 - ratio;
    scalar sigma = scalar_sqrt(is->large && !is->ddim ? jump : share * jump);
    if (is->ddim)
        sigma = is->eta * sigma;
    const scalar of_data = scalar_sqrt(next) * jump / (1 - a), of_x = scalar_sqrt(ratio) * share;
    const scalar away = scalar_sqrt(1 - next - sigma * sigma), kept = scalar_sqrt(next);
    if (last && is->large && !is->ddim)
        sigma = 0;
    recover(is, a, predict(is, x, is->timesteps[s]), x, data, epsilon);
    for (size_t i = 0; i < is->rows * is->D; i++)
        to[i] = is->ddim ? kept * data[i] + away * epsilon[i] + sigma * z[i]
                         : of_data * data[i] + of_x * x[i] + sigma * z[i];
}

void diffusion_sampling_run(struct question *q)
{
    struct sampler is = {.q = q};
    read_sampler(q, &is);
    const scalar *x = question_input(q, "start", "[N]D");
    const scalar *noise = question_input(q, "noise", "S[N]D");
    is.rows = question_part(q, 'N');
    is.D = question_size(q, 'D');
    is.net = network_read(q, "", 'a');
    if (network_inputs(&is.net) != is.D + 1)
        question_refuse(q, "its 'w1' must have a row for each feature and one for the step");
    if (network_outputs(&is.net) != is.D)
        question_refuse(q, "its network 'w1' must have as many outputs as 'start' has features");
    is.use = network_use(q, &is.net, is.rows);
    scalar *to = question_output(q, "x", "S[N]D"), *data = question_output(q, "x_0", "S[N]D");
    const size_t count = is.rows * is.D;
    scalar *epsilon = question_scratch(q, count);
    for (size_t s = 0; s < is.S; s++) {
        step(&is, s, to, data, epsilon, x, noise + s * count);
        x = to;
        to += count;
        data += count;
    }
}
