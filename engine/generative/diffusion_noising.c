// SPDX-License-Identifier: MIT
/* Diffusion, forwards; definition in reference/generative/diffusion_noising.h.
 *
 * How it is distributed: samples are sharded; every rank computes the schedule. One number crosses
 * the network, the sum of the weighted errors: a chain over the samples of each canonical block,
 * then the fixed tree. Whether a weight exists is decided from all of t, on every rank alike.
 */
#include "noise_schedule.h"

#include "../losses/loss.h"

#include <string.h>

enum { SIMPLE, BOUND, MIN_SNR };

/* weight (T): of every step that occurs in t (N, of all ranks). */
static scalar *weights(struct question *q, const struct noise_schedule *schedule, const int *t,
                       int first, enum diffusion_target target)
{
    static const char *const kinds[] = {"simple", "bound", "min_snr", NULL};
    const int kind = question_choice(q, "weighting", kinds);
    const scalar gamma = question_number_or(q, "gamma", 5);
    scalar *weight = question_scratch(q, schedule->T);
    if (!(gamma > 0))
        question_refuse(q, "its 'gamma' is %g; give a number above 0", (double)gamma);
    if (kind == BOUND && (target != TARGET_EPSILON || schedule->stretched))
        question_refuse(q,
                        "its 'weighting' is bound, which epsilon and unchanged steps alone have");
    for (size_t n = 0; n < question_size(q, 'N'); n++) {
        const int at = t[n] - first;
        const scalar beta = schedule->beta[at], abar = schedule->abar[at];
        weight[at] = 1;
        if (kind == SIMPLE)
            continue;
        if (!(abar > 0 && abar < 1 && beta < 1))
            question_refuse(q, "its 'weighting' makes a weight that has no value");
        const scalar snr = abar / (1 - abar);
        if (kind == BOUND)
            weight[at] = beta / ((1 - beta) * (1 - abar) * 2);
        else
            weight[at] = snr - gamma > 0 ? gamma : snr;
        if (kind == MIN_SNR && target != TARGET_SAMPLE)
            weight[at] /= target == TARGET_V ? snr + 1 : snr;
    }
    return weight;
}

static void judge(struct question *q, const scalar *weight, const int *t, int first,
                  const scalar *wanted)
{
    static const char *const reductions[] = {"mean", "sample", NULL};
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D'), rows = question_part(q, 'N');
    const scalar *prediction = question_input(q, "prediction", "[N]D");
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    scalar *gradient = question_output(q, "dprediction", "[N]D");
    scalar *error = question_scratch(q, rows * D), *value = question_scratch(q, rows), total;
    const scalar W = (scalar)(question_choice(q, "reduction", reductions) == 0 ? N * D : N);
    for (size_t i = 0; i < rows * D; i++) {
        error[i] = prediction[i] - wanted[i];
        gradient[i] = 2 * dloss * weight[t[i / D] - first] / W * error[i];
    }
    team_row_products(question_team(q), rows, D, error, error, value);
    for (size_t n = 0; n < rows; n++)
        value[n] *= weight[t[n] - first];
    loss_sum_rows(q, 'N', 1, value, &total);
    question_output(q, "loss", "")[0] = total / W;
}

void diffusion_noising_run(struct question *q)
{
    static const char *const starts[] = {"zero", "one", NULL};
    const struct noise_schedule schedule = noise_schedule_read(q);
    const enum diffusion_target target = diffusion_target_read(q);
    const scalar *x = question_input(q, "x", "[N]D"), *noise = question_input(q, "noise", "[N]D");
    const size_t D = question_size(q, 'D'), count = question_part(q, 'N') * D;
    const int first = question_choice(q, "index", starts), last = (int)schedule.T - 1 + first;
    const int *every = question_integers(q, "t", "N", first, last);
    const int *t = question_integers(q, "t", "[N]", first, last);
    if (question_size(q, 'N') == 0 || D == 0)
        question_refuse(q, "its input 'x' has no elements, so the mean is 0 / 0");
    memcpy(question_output(q, "abar", "T"), schedule.abar, schedule.T * sizeof *x);
    scalar *mixed = question_output(q, "x_t", "[N]D");
    scalar *wanted = question_output(q, "target", "[N]D");
    for (size_t i = 0; i < count; i++) {
        const scalar abar = schedule.abar[t[i / D] - first];
        const scalar kept = scalar_sqrt(abar), lost = scalar_sqrt(1 - abar);
        mixed[i] = kept * x[i] + lost * noise[i];
        wanted[i] = kept * noise[i] - lost * x[i];
        if (target != TARGET_V)
            wanted[i] = target == TARGET_EPSILON ? noise[i] : x[i];
    }
    if (question_has(q, "prediction"))
        judge(q, weights(q, &schedule, every, first, target), t, first, wanted);
}
