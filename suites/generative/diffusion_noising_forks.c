// SPDX-License-Identifier: MIT
#include "../../reference/generative/diffusion_noising.h"
#include "../../reference/generative/noise_schedule.h"
#include "../fork.h"

enum mistake {
    NONE,
    STEP_TOO_FAR,
    STEP_TOO_NEAR,
    BETA_NOT_CUMULATED,
    ROOT_OF_NOISE_FORGOTTEN,
    ROOTS_FORGOTTEN,
    V_NEGATED,
    ONE_STEP_FOR_ALL,
    NOISE_UNSCALED,
    LOSS_SUMMED,
    TWO_FORGOTTEN,
    WEIGHT_FORGOTTEN,
    WEIGHT_INVERTED,
    LARGEST_RATIO,
    RATIO_NOT_DIVIDED,
    BOUND_HALF_FORGOTTEN,
    UPSTREAM_IGNORED,
    LAST_SAMPLE_LOST,
    ABSOLUTE,
    SPACED_WITHOUT_END,
    ANGLE_NOT_SQUARED,
    CLIP_FORGOTTEN
};

struct walk {
    enum mistake mistake;
    size_t N, D, T;
    real *beta, *kept, *lost, *abar; /* (T): kept and lost are roots of abar and of 1 - abar */
    enum diffusion_target target;
    const int *t;
    const real *x, *noise;
};

/* Betas of a wrong schedule, or those of the definition. */
static void betas(struct call *call, struct walk *w, const struct noise_schedule *right)
{
    static const char *const schedules[] = {"linear", "scaled_linear", "cosine", "given", NULL};
    int kind = call_choice(call, "schedule", schedules);
    real start = call_number_or(call, "beta_start", R(1e-4));
    real end = call_number_or(call, "beta_end", R(0.02)), before = 1;
    real s = call_number_or(call, "offset", R(0.008)), T = real_count(w->T);
    for (size_t i = 0; i < w->T; i++) {
        const real half_pi = R(1.57079632679489661923132169163975144);
        real now = real_cos((real_count(i + 1) / T + s) / (1 + s) * half_pi);
        real from = real_cos((real_count(i) / T + s) / (1 + s) * half_pi);
        int squared = w->mistake != ANGLE_NOT_SQUARED;
        w->beta[i] = right->beta[i];
        if (w->mistake == SPACED_WITHOUT_END && kind == 0)
            w->beta[i] = start + (end - start) * real_count(i) / T;
        if (kind == 2 && w->mistake == CLIP_FORGOTTEN)
            w->beta[i] = 1 - now * now / (from * from);
        if (kind == 2 && !squared)
            w->beta[i] = i + 1 < w->T ? 1 - now / before : right->beta[i];
        before = now;
    }
}

/* One step after another: the variance grows by beta and shrinks by 1 - beta. */
static void accumulate(struct call *call, struct walk *w)
{
    static const char *const terminals[] = {"kept", "zero", NULL};
    real kept = 1, variance = 0, one = 1;
    for (size_t t = 0; t < w->T; t++) {
        kept = (1 - w->beta[t]) * kept;
        variance = variance * (1 - w->beta[t]) + w->beta[t];
        w->abar[t] = kept;
        w->kept[t] = real_sqrt(kept);
        w->lost[t] = real_sqrt(variance);
        if (w->mistake == BETA_NOT_CUMULATED) {
            w->abar[t] = 1 - w->beta[t];
            w->kept[t] = real_sqrt(1 - w->beta[t]);
            w->lost[t] = real_sqrt(w->beta[t]);
        }
    }
    real first = w->kept[0], last = w->kept[w->T - 1];
    for (size_t t = 0; call_choice(call, "terminal", terminals) == 1 && t < w->T; t++) {
        w->kept[t] = first * (w->kept[t] - last) / (first - last);
        w->abar[t] = w->kept[t] * w->kept[t];
        w->lost[t] = real_sqrt((one - w->kept[t]) * (one + w->kept[t]));
    }
}

static struct walk read(struct call *call)
{
    static const char *const starts[] = {"zero", "one", NULL};
    struct noise_schedule schedule = noise_schedule_read(call);
    struct walk w = {.mistake = (enum mistake)call_variant(call), .T = schedule.T};
    int first = call_choice(call, "index", starts);
    w.target = diffusion_target_read(call);
    w.x = call_input(call, "x", "ND");
    w.noise = call_input(call, "noise", "ND");
    w.N = call_size(call, 'N');
    w.D = call_size(call, 'D');
    w.beta = call_scratch(call, w.T);
    w.kept = call_scratch(call, w.T);
    w.lost = call_scratch(call, w.T);
    w.abar = call_scratch(call, w.T);
    const int *stated = call_integers(call, "t", "N", first, (int)w.T - 1 + first);
    int *t = call_scratch_integers(call, w.N);
    for (size_t n = 0; n < w.N; n++) {
        t[n] = stated[w.mistake == ONE_STEP_FOR_ALL ? 0 : n] - first;
        t[n] += w.mistake == STEP_TOO_FAR ? t[n] + 1 < (int)w.T : 0;
        t[n] -= w.mistake == STEP_TOO_NEAR ? t[n] > 0 : 0;
    }
    w.t = t;
    betas(call, &w, &schedule);
    accumulate(call, &w);
    return w;
}

static real weight_of(struct call *call, const struct walk *w, int t)
{
    static const char *const kinds[] = {"simple", "bound", "min_snr", NULL};
    int kind = call_choice(call, "weighting", kinds);
    real gamma = call_number_or(call, "gamma", R(5.0)), beta = w->beta[t];
    real ratio = w->kept[t] / w->lost[t], snr = ratio * ratio, one = 1;
    if (kind == 0 || w->mistake == WEIGHT_FORGOTTEN)
        return 1;
    if (kind == 1) {
        real bound = beta / (1 - beta) / (w->lost[t] * w->lost[t]);
        bound = w->mistake == BOUND_HALF_FORGOTTEN ? bound : bound / 2;
        return w->mistake == WEIGHT_INVERTED ? one / bound : bound;
    }
    real least = (snr < gamma) == (w->mistake != LARGEST_RATIO) ? snr : gamma;
    if (w->mistake == WEIGHT_INVERTED)
        snr = one / snr;
    if (w->target == TARGET_SAMPLE || w->mistake == RATIO_NOT_DIVIDED)
        return least;
    return w->target == TARGET_V ? least / (1 + snr) : least / snr;
}

static void judge(struct call *call, const struct walk *w, const real *wanted)
{
    static const char *const reductions[] = {"mean", "sample", NULL};
    const real *prediction = call_input(call, "prediction", "ND");
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1, sum = 0;
    real *gradient = call_output(call, "dprediction", "ND"), W = real_count(w->N);
    if (call_choice(call, "reduction", reductions) == 0)
        W = W * real_count(w->D);
    if (w->mistake == LOSS_SUMMED)
        W = 1;
    if (w->mistake == UPSTREAM_IGNORED)
        dloss = 1;
    for (size_t i = w->N * w->D; i-- > 0;) {
        real weight = weight_of(call, w, w->t[i / w->D]), error = wanted[i] - prediction[i];
        int lost = w->mistake == LAST_SAMPLE_LOST && i / w->D + 1 == w->N;
        if (w->mistake == ABSOLUTE) {
            sum = sum + weight * real_abs(error);
            gradient[i] = weight * (error < 0 ? 1 : -1) * dloss / W;
            continue;
        }
        sum = lost ? sum : sum + weight * error * error;
        gradient[i] =
            lost ? 0 : -error * weight * dloss / W * (w->mistake == TWO_FORGOTTEN ? 1 : 2);
    }
    *call_output(call, "loss", "") = sum / W;
}

static void walk(struct call *call)
{
    struct walk w = read(call);
    real *abar = call_output(call, "abar", "T");
    for (size_t t = 0; t < w.T; t++)
        abar[t] = w.abar[t];
    real *mixed = call_output(call, "x_t", "ND"), *wanted = call_output(call, "target", "ND");
    for (size_t i = 0; i < w.N * w.D; i++) {
        real kept = w.kept[w.t[i / w.D]], lost = w.lost[w.t[i / w.D]], x = w.x[i];
        real far = w.mistake == ROOT_OF_NOISE_FORGOTTEN || w.mistake == ROOTS_FORGOTTEN
                       ? lost * lost
                       : lost;
        far = w.mistake == NOISE_UNSCALED ? 1 : far;
        mixed[i] = w.noise[i] * far + x * (w.mistake == ROOTS_FORGOTTEN ? kept * kept : kept);
        wanted[i] = w.target == TARGET_SAMPLE ? x : w.noise[i];
        if (w.target == TARGET_V)
            wanted[i] = (w.noise[i] * kept - x * lost) * (w.mistake == V_NEGATED ? -1 : 1);
    }
    if (call_has(call, "prediction"))
        judge(call, &w, wanted);
}

static const struct fork table[] = {
    {.info = {"step_by_step", FORK_TWIN, "",
              "The variance grows step after step; no 1 - abar is taken.", NULL},
     .answer = walk},
    {.info = {"linear", FORK_CONVENTION, "", "The linear schedule.", NULL},
     .instead = {"schedule", "linear"}},
    {.info = {"scaled_linear", FORK_CONVENTION, "", "The roots are spaced evenly.", NULL},
     .instead = {"schedule", "scaled_linear"}},
    {.info = {"cosine", FORK_CONVENTION, "", "The cosine schedule.", NULL},
     .instead = {"schedule", "cosine"}},
    {.info = {"terminal_kept", FORK_CONVENTION, "", "The last step keeps a little of the data.",
              NULL},
     .instead = {"terminal", "kept"}},
    {.info = {"epsilon", FORK_CONVENTION, "", "The noise is the target.", NULL},
     .instead = {"target", "epsilon"}},
    {.info = {"sample", FORK_CONVENTION, "", "The data is the target.", NULL},
     .instead = {"target", "sample"}},
    {.info = {"v", FORK_CONVENTION, "", "v is the target.", NULL}, .instead = {"target", "v"}},
    {.info = {"mean_of_all", FORK_CONVENTION, "", "The mean over features too.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"sum_of_features", FORK_CONVENTION, "", "The sum over features.", NULL},
     .instead = {"reduction", "sample"}},
    {.info = {"offset_forgotten", FORK_BUG, "", "The cosine without its offset (nearly).", NULL},
     .number = {"offset", 1e-30f}},
    {.info = {"beta_end_of_latent", FORK_CONVENTION, "", "The betas of latent diffusion.", NULL},
     .number = {"beta_end", 0.012f}},
    {.info = {"step_too_far", FORK_BUG, "", "abar of the next step.", NULL},
     .answer = walk,
     .variant = STEP_TOO_FAR},
    {.info = {"step_too_near", FORK_BUG, "", "abar of the step before.", NULL},
     .answer = walk,
     .variant = STEP_TOO_NEAR},
    {.info = {"beta_not_cumulated", FORK_BUG, "", "One step's beta in place of the product.", NULL},
     .answer = walk,
     .variant = BETA_NOT_CUMULATED},
    {.info = {"root_of_noise_forgotten", FORK_BUG, "", "The noise is scaled by the variance.",
              NULL},
     .answer = walk,
     .variant = ROOT_OF_NOISE_FORGOTTEN},
    {.info = {"roots_forgotten", FORK_BUG, "", "Neither scale has its root.", NULL},
     .answer = walk,
     .variant = ROOTS_FORGOTTEN},
    {.info = {"noise_unscaled", FORK_BUG, "", "Noise of variance 1 at every step.", NULL},
     .answer = walk,
     .variant = NOISE_UNSCALED},
    {.info = {"v_negated", FORK_BUG, "", "v with its sign turned.", NULL},
     .answer = walk,
     .variant = V_NEGATED},
    {.info = {"one_step_for_all", FORK_BUG, "", "The first sample's t for the batch.", NULL},
     .answer = walk,
     .variant = ONE_STEP_FOR_ALL},
    {.info = {"spaced_without_end", FORK_BUG, "", "beta_end is not reached.", NULL},
     .answer = walk,
     .variant = SPACED_WITHOUT_END},
    {.info = {"angle_not_squared", FORK_BUG, "", "The cosine is not squared.", NULL},
     .answer = walk,
     .variant = ANGLE_NOT_SQUARED},
    {.info = {"clip_forgotten", FORK_BUG, "", "No largest beta.", NULL},
     .answer = walk,
     .variant = CLIP_FORGOTTEN},
    {.info = {"loss_summed", FORK_BUG, "44", "The loss is not divided.", NULL},
     .answer = walk,
     .variant = LOSS_SUMMED},
    {.info = {"two_forgotten", FORK_BUG, "", "The factor 2 of the gradient is forgotten.", NULL},
     .answer = walk,
     .variant = TWO_FORGOTTEN},
    {.info = {"absolute", FORK_CONVENTION, "", "The absolute error.", NULL},
     .answer = walk,
     .variant = ABSOLUTE},
    {.info = {"weight_forgotten", FORK_BUG, "", "Every step weighs the same.", NULL},
     .answer = walk,
     .variant = WEIGHT_FORGOTTEN},
    {.info = {"weight_inverted", FORK_BUG, "", "The ratio is noise to signal.", NULL},
     .answer = walk,
     .variant = WEIGHT_INVERTED},
    {.info = {"largest_ratio", FORK_BUG, "", "The larger of ratio and limit.", NULL},
     .answer = walk,
     .variant = LARGEST_RATIO},
    {.info = {"ratio_not_divided", FORK_BUG, "", "The weight of the data's target for all targets.",
              NULL},
     .answer = walk,
     .variant = RATIO_NOT_DIVIDED},
    {.info = {"bound_half_forgotten", FORK_BUG, "", "The 2 of the bound's weight is forgotten.",
              NULL},
     .answer = walk,
     .variant = BOUND_HALF_FORGOTTEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = walk,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out of the loss.",
              NULL},
     .answer = walk,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list diffusion_noising_forks = {sizeof table / sizeof *table, table};
