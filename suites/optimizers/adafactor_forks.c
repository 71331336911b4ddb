// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adafactor.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

enum rival {
    TWIN,
    MEAN_FORGOTTEN,
    SUMS_FOR_MEANS,
    FIXED_DECAY,
    COUNTER_BEHIND,
    ROOT_FORGOTTEN,
    NORM_FOR_RMS,
    CLIP_ALWAYS,
    CLIP_ELEMENTS,
    DECAY_BY_STEP,
    UNFACTORED,
    OF_ONE_RANK,
    LAST_BLOCK_LOST,
    FIRST_RATE,
    UPHILL
};

/* One matrix; a fork spoils one thing. */
struct matrix {
    enum rival rival;
    struct adafactor_rules rules;
    size_t R, C, seen; /* seen: rows that enter sums over rows */
    real *w, *r, *c, *U, *V;
    real step, update;
};

static real kept_share(const struct matrix *k, size_t t)
{
    if (k->rival == FIXED_DECAY)
        return R(0.999);
    if (k->rival == COUNTER_BEHIND)
        t = t > 1 ? t - 1 : 1;
    return -real_expm1(-k->rules.power * real_log(real_count(t)));
}

static void find_means(struct matrix *k, const real *g, real b)
{
    size_t C = k->C;
    real added = k->rules.clamped ? 0 : k->rules.epsilon1;
    for (size_t i = 0; i < k->R; i++)
        k->r[i] = b * k->r[i];
    for (size_t j = 0; j < C; j++)
        k->c[j] = b * k->c[j];
    real width = k->rival == SUMS_FOR_MEANS ? 1 : real_count(C);
    real height = k->rival == SUMS_FOR_MEANS ? 1 : real_count(k->seen);
    for (size_t i = k->R; i-- > 0;)
        for (size_t j = C; j-- > 0;) {
            real q = real_fma(g[i * C + j], g[i * C + j], added);
            k->r[i] += (1 - b) * q / width;
            if (i < k->seen)
                k->c[j] += (1 - b) * q / height;
            k->V[i * C + j] = b * k->V[i * C + j] + (1 - b) * q;
        }
}

/* The root of the mean square, added backwards; the mean over rows that are seen. */
static real rms(const struct matrix *k, const real *x)
{
    real sum = 0;
    for (size_t i = k->seen * k->C; i-- > 0;)
        sum = real_fma(x[i], x[i], sum);
    return real_sqrt(k->rival == NORM_FOR_RMS ? sum : sum / real_count(k->seen * k->C));
}

/* U without V: g times a quotient of roots. */
static void find_update(struct matrix *k, const real *g)
{
    real mean = 0, floor = k->rules.clamped ? k->rules.epsilon1 : 0;
    for (size_t i = k->seen; i-- > 0;)
        mean += k->r[i] / real_count(k->seen);
    mean = mean < floor ? floor : mean;
    mean = k->rival == MEAN_FORGOTTEN ? 1 : mean;
    for (size_t i = 0; i < k->R; i++)
        for (size_t j = 0; j < k->C; j++) {
            real root = real_sqrt(k->r[i]) * real_sqrt(k->c[j]) / real_sqrt(mean);
            root = k->rival == UNFACTORED ? real_sqrt(k->V[i * k->C + j]) : root;
            root = k->rival == ROOT_FORGOTTEN ? root * root : root < floor ? floor : root;
            k->U[i * k->C + j] = g[i * k->C + j] / root;
        }
}

static void next(struct matrix *k, const real *g, real rate, size_t t)
{
    const struct adafactor_rules *rules = &k->rules;
    find_means(k, g, kept_share(k, t));
    find_update(k, g);
    k->update = rms(k, k->U);
    real weights = rms(k, k->w), p = rate;
    if (rules->relative_step && p * p * real_count(t) > 1)
        p = real_sqrt(1 / real_count(t));
    k->step =
        rules->scale_parameter ? p * (weights < rules->epsilon2 ? rules->epsilon2 : weights) : p;
    real shorter = rules->clips && k->update > rules->clip ? rules->clip / k->update : 1;
    if (k->rival == CLIP_ALWAYS && rules->clips)
        shorter = rules->clip / k->update;
    real shrink = (k->rival == DECAY_BY_STEP ? k->step : rate) * rules->decay;
    for (size_t i = 0; i < k->R * k->C; i++) {
        real u = k->U[i] * shorter;
        if (k->rival == CLIP_ELEMENTS && rules->clips) {
            u = k->U[i] > rules->clip ? rules->clip : k->U[i];
            u = u < -rules->clip ? -rules->clip : u;
        }
        u = k->rival == UPHILL ? -u : u;
        k->w[i] = real_fma(-k->step, u, k->w[i] * (1 - shrink));
    }
}

static real *copy(struct call *call, const char *name, const char *shape, size_t n)
{
    real *to = call_scratch(call, n);
    if (call_has(call, name))
        updates_record(to, call_input(call, name, shape), 0, n);
    return to;
}

static void rival(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    const real *g = call_input(call, "g", "SRC"), *rate = call_input(call, "rate", "S");
    struct matrix k = {.rival = (enum rival)call_variant(call),
                       .rules = adafactor_rules_read(call)};
    size_t S = call_size(call, 'S'), R = k.rules.R, C = k.rules.C;
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    k.R = k.seen = R;
    k.C = C;
    k.seen = k.rival == OF_ONE_RANK ? (R + 1) / 2 : R;
    if (k.rival == LAST_BLOCK_LOST && R > k.rules.block)
        k.seen = R / k.rules.block * k.rules.block;
    k.w = copy(call, "w", "RC", R * C);
    k.r = copy(call, "r", "R", R);
    k.c = copy(call, "c", "C", C);
    k.U = call_scratch(call, R * C);
    k.V = call_scratch(call, R * C);
    real *now = call_scratch(call, R * C), *w_after = call_output(call, "w_after", "SRC");
    real *r_after = call_output(call, "r_after", "SR");
    real *c_after = call_output(call, "c_after", "SC");
    real *step = call_output(call, "step", "S"), *update = call_output(call, "update", "S");
    for (size_t s = 0; s < S; s++) {
        for (size_t i = 0; i < R * C; i++)
            now[i] = call_choice(call, "maximize", maximize) ? -g[s * R * C + i] : g[s * R * C + i];
        next(&k, now, rate[k.rival == FIRST_RATE ? 0 : s], t + s);
        updates_record(w_after, k.w, s, R * C);
        updates_record(r_after, k.r, s, R);
        updates_record(c_after, k.c, s, C);
        step[s] = k.step;
        update[s] = k.update;
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"roots_multiplied", FORK_TWIN, "",
     "Divides by a product of roots of the means; sums backwards; the share from expm1.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_forgotten", FORK_BUG, "",
     "The product of the means is not divided by their mean.", NULL},
     .answer = rival, .variant = MEAN_FORGOTTEN},
    {.info = {"sums_for_means", FORK_CONVENTION, "",
     "Sums over rows and columns, as the paper writes them, with the epsilon and the mean of the "
     "means.", NULL},
     .answer = rival, .variant = SUMS_FOR_MEANS},
    {.info = {"fixed_decay", FORK_CONVENTION, "107",
     "Adam's fixed 0.999 in place of a share that grows.", NULL},
     .answer = rival, .variant = FIXED_DECAY},
    {.info = {"counter_behind", FORK_BUG, "88", "The share is that of the step before.", NULL},
     .answer = rival, .variant = COUNTER_BEHIND},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by V, not by its root.", NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"norm_for_rms", FORK_BUG, "", "The norm in place of the root of the mean square.",
     NULL},
     .answer = rival, .variant = NORM_FOR_RMS},
    {.info = {"clip_always", FORK_BUG, "111", "Short updates are stretched to the clip.", NULL},
     .answer = rival, .variant = CLIP_ALWAYS},
    {.info = {"clip_elements", FORK_BUG, "110 111", "Each element is clipped, not the update.",
     NULL},
     .answer = rival, .variant = CLIP_ELEMENTS},
    {.info = {"decay_by_step", FORK_CONVENTION, "80",
     "The decay is multiplied by the scaled step: transformers.", NULL},
     .answer = rival, .variant = DECAY_BY_STEP},
    {.info = {"unfactored", FORK_CONVENTION, "", "A second moment for every element.", NULL},
     .answer = rival, .variant = UNFACTORED},
    {.info = {"of_one_rank", FORK_BUG, "", "A rank takes its own half of the rows for all of them.",
     NULL},
     .answer = rival, .variant = OF_ONE_RANK},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of rows enter the sums.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
    {.info = {"epsilon_added", FORK_CONVENTION, "107", "Epsilon1 is added to the squared gradient.",
     NULL},
     .instead = {"epsilon_form", "added"}},
    {.info = {"epsilon_clamped", FORK_CONVENTION, "107", "Epsilon1 is a floor: PyTorch.", NULL},
     .instead = {"epsilon_form", "clamped"}},
    {.info = {"epsilon_forgotten", FORK_BUG, "107", "Nothing is added to the squared gradient.",
     NULL},
     .number = {"epsilon1", 0}},
    {.info = {"relative_step_ignored", FORK_CONVENTION, "107", "The rate is taken as it is.", NULL},
     .instead = {"relative_step", "no"}},
    {.info = {"relative_step_anyway", FORK_CONVENTION, "107",
     "The rate is limited though it is not asked for.", NULL},
     .instead = {"relative_step", "yes"}},
    {.info = {"scale_ignored", FORK_CONVENTION, "107",
     "The step does not know the size of the weights.", NULL},
     .instead = {"scale_parameter", "no"}},
    {.info = {"scale_anyway", FORK_CONVENTION, "107",
     "The step is multiplied by the size of the weights though it is not asked for.", NULL},
     .instead = {"scale_parameter", "yes"}},
    {.info = {"epsilon2_of_zero", FORK_CONVENTION, "107", "Small weights have no floor.", NULL},
     .number = {"epsilon2", 0}},
    {.info = {"clip_ignored", FORK_BUG, "111", "Updates are not clipped.", NULL},
     .number = {"clip", 0}},
    {.info = {"clip_of_one", FORK_CONVENTION, "111",
     "Updates are clipped at 1 whatever is asked for.", NULL},
     .number = {"clip", 1}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"counter_from_one_again", FORK_BUG, "88",
     "Resumed training counts from one, which forgets the means.", NULL},
     .number = {"first_step", 1}},
};
/* clang-format on */

const struct fork_list adafactor_forks = {sizeof table / sizeof *table, table};
