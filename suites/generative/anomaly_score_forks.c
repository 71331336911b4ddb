// SPDX-License-Identifier: MIT
#include "../../reference/generative/anomaly_score.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    CRITIC_ITSELF,
    LOGIT,
    DIFFERENCE,
    WEIGHTS_SWAPPED,
    WEIGHT_OF_RESIDUAL_ONE,
    FEATURES_DETACHED,
    FEATURES_FORGOTTEN,
    MEAN_OF_FEATURES,
    BATCH_MEAN,
    UPHILL,
    MOMENTUM_FORGOTTEN,
    DAMPED,
    NESTEROV,
    SCORE_BEFORE_LAST_STEP,
    SCORE_OF_START,
    FROM_START_AGAIN,
    TWO_FORGOTTEN,
    SIGN_OF_ZERO,
    NOT_ANOMALOUS,
    FEATURES_OF_NEXT,
    LAST_SAMPLE_LOST
};

struct hunt {
    enum mistake mistake;
    struct perceptron g, f;
    int has_features, squared;
    size_t N, D, Z, S;
    real lambda, rate, momentum;
    const real *x;
};

static struct dual part(const struct hunt *h, struct dual a, real b)
{
    real e = a.v - b, slope = e > 0 || (e == 0 && h->mistake == SIGN_OF_ZERO) ? 1 : e < 0 ? -1 : 0;
    if (h->squared)
        return (struct dual){e * e, (h->mistake == TWO_FORGOTTEN ? 1 : 2) * e * a.t};
    return (struct dual){real_abs(e), slope * a.t};
}

/* The cost of sample n at z (Z), and its derivative by element k of z. */
static struct dual cost(const struct hunt *h, size_t n, const real *z, size_t k)
{
    struct dual made[DUAL_WIDEST], there[DUAL_WIDEST], first = {0, 0}, second = {0, 0};
    size_t K = h->has_features ? h->f.size[h->f.layers] : 0;
    size_t other = h->mistake == FEATURES_OF_NEXT ? (n + 1) % h->N : n;
    real one = 1, lambda = h->lambda;
    for (size_t i = 0; i < h->Z; i++)
        made[i] = (struct dual){z[i], i == k};
    dual_forward(&h->g, (size_t)-1, made, made);
    for (size_t d = h->D; d-- > 0;)
        first = dual_sum(first, part(h, made[d], h->x[n * h->D + d]));
    if (h->has_features && h->mistake != FEATURES_FORGOTTEN) {
        for (size_t d = 0; d < h->D; d++)
            there[d] = (struct dual){h->x[other * h->D + d], 0};
        dual_forward(&h->f, (size_t)-1, there, there);
        dual_forward(&h->f, (size_t)-1, made, made);
        for (size_t j = K; j-- > 0;)
            second = dual_sum(second, part(h, made[j], there[j].v));
    }
    if (h->mistake == FEATURES_DETACHED)
        second.t = 0;
    if (h->mistake == MEAN_OF_FEATURES) {
        real D = real_count(h->D), all = real_count(K > 0 ? K : 1);
        first = (struct dual){first.v / D, first.t / D};
        second = (struct dual){second.v / all, second.t / all};
    }
    real rest = h->mistake == WEIGHT_OF_RESIDUAL_ONE ? one : one - lambda;
    if (h->mistake == WEIGHTS_SWAPPED) {
        rest = lambda;
        lambda = one - lambda;
    }
    return (struct dual){rest * first.v + lambda * second.v, rest * first.t + lambda * second.t};
}

/* One step of one sample from z to `to`. */
static void step(const struct hunt *h, size_t n, real *to, const real *z, real *velocity)
{
    real share = h->mistake == BATCH_MEAN ? real_count(h->N) : 1;
    for (size_t k = 0; k < h->Z; k++) {
        real slope = cost(h, n, z, k).t / share, kept = h->momentum;
        if (h->mistake == MOMENTUM_FORGOTTEN)
            kept = 0;
        velocity[k] = slope * (h->mistake == DAMPED ? 1 - kept : 1) + kept * velocity[k];
        real move = h->mistake == NESTEROV ? slope + kept * velocity[k] : velocity[k];
        to[k] = h->mistake == UPHILL ? z[k] + h->rate * move : z[k] - move * h->rate;
        if (h->mistake == LAST_SAMPLE_LOST && n + 1 == h->N)
            to[k] = z[k];
    }
}

static void hunt(struct call *call, struct hunt *h, real *score)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    h->squared = call_choice(call, "distance", distances) == 1;
    h->has_features = call_has(call, "fw1");
    h->lambda = call_number_or(call, "lambda", h->has_features ? R(0.1) : 0);
    h->momentum = call_number_or(call, "momentum", R(0.0));
    h->rate = call_number(call, "rate");
    h->S = call_count(call, "steps", 1, 1000);
    network_read(call, &h->g, "g", 'a');
    if (h->has_features)
        network_read(call, &h->f, "f", 'p');
    h->Z = h->g.size[0];
    call_bind(call, 'S', h->S);
    const real *start = call_input(call, "start", "Na");
    real *path = call_output(call, "z", "SNa"), *costs = call_output(call, "cost", "SN");
    real *velocity = call_scratch(call, h->Z);
    for (size_t n = 0; n < h->N; n++) {
        const real *z = &start[n * h->Z];
        for (size_t k = 0; k < h->Z; k++)
            velocity[k] = 0;
        for (size_t s = 0; s < h->S; s++) {
            real *to = &path[(s * h->N + n) * h->Z];
            costs[s * h->N + n] = cost(h, n, z, h->Z).v;
            score[n] = costs[(h->mistake == SCORE_OF_START ? 0 : s) * h->N + n];
            step(h, n, to, h->mistake == FROM_START_AGAIN ? &start[n * h->Z] : z, velocity);
            z = to;
        }
        if (h->mistake != SCORE_BEFORE_LAST_STEP && h->mistake != SCORE_OF_START)
            score[n] = cost(h, n, z, h->Z).v;
    }
}

static void ask_critic(struct call *call, const struct hunt *h, real *score)
{
    struct perceptron c;
    network_read(call, &c, "c", 'a');
    for (size_t n = 0; n < h->N; n++) {
        struct dual y[DUAL_WIDEST];
        real one = 1;
        for (size_t d = 0; d < h->D; d++)
            y[d] = (struct dual){h->x[n * h->D + d], 0};
        dual_forward(&c, (size_t)-1, y, y);
        real e = real_exp(-real_abs(y[0].v));
        real low = one / (1 + 1 / e), high = one - low;
        score[n] = y[0].v > 0 ? low : high;
        if (h->mistake == CRITIC_ITSELF)
            score[n] = y[0].v > 0 ? high : low;
        if (h->mistake == LOGIT)
            score[n] = -y[0].v;
        if (h->mistake == DIFFERENCE)
            score[n] = one - one / (1 + real_exp(-y[0].v));
    }
}

static void run(struct call *call)
{
    static const char *const methods[] = {"critic", "search", NULL};
    struct hunt h = {.mistake = (enum mistake)call_variant(call)};
    int searched = call_choice(call, "method", methods) == 1;
    h.x = call_input(call, "x", "ND");
    h.N = call_size(call, 'N');
    h.D = call_size(call, 'D');
    real *score = call_output(call, "score", "N");
    if (searched)
        hunt(call, &h, score);
    else
        ask_critic(call, &h, score);
    real threshold = call_number_or(call, "threshold", R(-1.0));
    if (threshold < 0)
        return;
    real *anomalous = call_output_integers(call, "anomalous", "N");
    for (size_t n = 0; n < h.N; n++)
        anomalous[n] = (score[n] > threshold) != (h.mistake == NOT_ANOMALOUS);
}

static const struct fork table[] = {
    {.info = {"latent_by_latent", FORK_TWIN, "",
              "The cost's derivative by one latent after another, forwards.", NULL},
     .answer = run},
    {.info = {"l1", FORK_CONVENTION, "", "Absolute distances.", NULL},
     .instead = {"distance", "l1"}},
    {.info = {"l2", FORK_CONVENTION, "", "Squared distances.", NULL},
     .instead = {"distance", "l2"}},
    {.info = {"critic_itself", FORK_BUG, "", "D(x): real samples are anomalous.", NULL},
     .answer = run,
     .variant = CRITIC_ITSELF},
    {.info = {"logit", FORK_CONVENTION, "", "The logit, not its probability.", NULL},
     .answer = run,
     .variant = LOGIT},
    {.info = {"difference", FORK_BUG, "",
              "1 - D as a difference, which loses all digits where D is near 1.", NULL},
     .answer = run,
     .variant = DIFFERENCE},
    {.info = {"weights_swapped", FORK_BUG, "", "lambda weighs the residual.", NULL},
     .answer = run,
     .variant = WEIGHTS_SWAPPED},
    {.info = {"residual_whole", FORK_CONVENTION, "", "The residual weighs 1, not 1 - lambda.",
              NULL},
     .answer = run,
     .variant = WEIGHT_OF_RESIDUAL_ONE},
    {.info = {"features_detached", FORK_BUG, "", "Features count, but do not steer.", NULL},
     .answer = run,
     .variant = FEATURES_DETACHED},
    {.info = {"features_forgotten", FORK_BUG, "", "The residual alone.", NULL},
     .answer = run,
     .variant = FEATURES_FORGOTTEN},
    {.info = {"features_of_next", FORK_BUG, "", "The features of another sample.", NULL},
     .answer = run,
     .variant = FEATURES_OF_NEXT},
    {.info = {"mean_of_features", FORK_CONVENTION, "44", "Means over features.", NULL},
     .answer = run,
     .variant = MEAN_OF_FEATURES},
    {.info = {"batch_mean", FORK_BUG, "",
              "The mean over the batch: who searches with whom changes the step.", NULL},
     .answer = run,
     .variant = BATCH_MEAN},
    {.info = {"uphill", FORK_BUG, "83", "Steps up the gradient.", NULL},
     .answer = run,
     .variant = UPHILL},
    {.info = {"momentum_forgotten", FORK_BUG, "", "Every step is the gradient's.", NULL},
     .answer = run,
     .variant = MOMENTUM_FORGOTTEN},
    {.info = {"damped", FORK_CONVENTION, "", "The gradient enters with 1 - momentum.", NULL},
     .answer = run,
     .variant = DAMPED},
    {.info = {"nesterov", FORK_CONVENTION, "", "Nesterov's step.", NULL},
     .answer = run,
     .variant = NESTEROV},
    {.info = {"score_before_last_step", FORK_BUG, "", "The last cost that was computed for a step.",
              NULL},
     .answer = run,
     .variant = SCORE_BEFORE_LAST_STEP},
    {.info = {"score_of_start", FORK_BUG, "", "The cost where the search started.", NULL},
     .answer = run,
     .variant = SCORE_OF_START},
    {.info = {"from_start_again", FORK_BUG, "", "Every step starts from the first latent.", NULL},
     .answer = run,
     .variant = FROM_START_AGAIN},
    {.info = {"two_forgotten", FORK_BUG, "", "The factor 2 of the square is forgotten.", NULL},
     .answer = run,
     .variant = TWO_FORGOTTEN},
    {.info = {"sign_of_zero", FORK_BUG, "", "sign(0) is 1: what was found is left.", NULL},
     .answer = run,
     .variant = SIGN_OF_ZERO},
    {.info = {"not_anomalous", FORK_BUG, "", "1 where the score is at most the threshold.", NULL},
     .answer = run,
     .variant = NOT_ANOMALOUS},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample stays where it is.", NULL},
     .answer = run,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list anomaly_score_forks = {sizeof table / sizeof *table, table};
