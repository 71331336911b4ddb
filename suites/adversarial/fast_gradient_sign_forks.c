// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    SIGN_FORGOTTEN,
    DOWNHILL,
    TARGET_UPHILL,
    TARGET_IS_LABEL,
    LABELS_LEAKED,
    MODEL_UNITS,
    DEVIATION_FORGOTTEN,
    NOT_CLIPPED,
    STEP_CLIPPED,
    NORM_OF_BATCH,
    SQUARED_NORM,
    SIGN_OF_MEAN,
    EPSILON_OF_X,
    SOFTMAX_TWICE,
    LOSS_OF_BEFORE,
    CONFIDENCE_OF_ANSWER,
    EPSILON_ON_DIAGONAL,
    LAST_SAMPLE_LEFT
};

struct step {
    enum mistake mistake;
    struct victim victim;
    struct perturbation rules;
    struct tangents tangents;
    real epsilon;
};

/* Element d of the step of sample n. */
static real direction(const struct step *is, const real *gradient, size_t n, size_t d)
{
    size_t D = is->rules.D;
    const real *g = &gradient[n * D];
    struct perturbation rules = is->rules;
    if (rules.norm == NORM_LINF && is->mistake == SIGN_FORGOTTEN)
        return g[d];
    if (rules.norm == NORM_LINF && is->mistake == SIGN_OF_MEAN) {
        real mean = 0;
        for (size_t i = 0; i < D; i++)
            mean = mean + g[i];
        return rival_sign(mean);
    }
    if (rules.norm != NORM_LINF && is->mistake == NORM_OF_BATCH) {
        rules.D = is->victim.N * D;
        return rival_direction(&rules, gradient, n * D + d);
    }
    real step = rival_direction(&rules, g, d);
    if (rules.norm == NORM_L2 && is->mistake == SQUARED_NORM)
        step = step / rival_norm(NORM_L2, g, D);
    return step;
}

static real moved(const struct step *is, const real *gradient, size_t n, size_t d)
{
    const struct victim *victim = &is->victim;
    real x = victim->x[n * victim->D + d], step = is->epsilon * direction(is, gradient, n, d);
    int down = victim->goal == VICTIM_TARGET && is->mistake != TARGET_UPHILL;
    if (is->mistake == DOWNHILL)
        down = !down;
    if (is->mistake == MODEL_UNITS && victim->mean)
        step = step * victim->deviation[d];
    if (is->mistake == EPSILON_OF_X)
        step = step * x;
    if (is->mistake == EPSILON_ON_DIAGONAL && is->rules.norm == NORM_L2)
        step = step * real_sqrt(real_count(victim->D));
    if (is->mistake == LAST_SAMPLE_LEFT && n + 1 == victim->N)
        step = 0;
    if (is->mistake == STEP_CLIPPED)
        step = down ? -rival_clip(victim, -step) : rival_clip(victim, step);
    real to = down ? x - step : step + x;
    return is->mistake == NOT_CLIPPED ? to : rival_clip(victim, to);
}

/* Probabilities as if they were logits: the loss of a model that ends in a softmax. */
static void softmax_twice(struct step *is, real *loss, real *dx)
{
    struct victim *victim = &is->victim;
    size_t K = victim->K;
    const real *z = victim_logits(victim, victim->x);
    for (size_t n = 0; n < victim->N; n++) {
        real *p = &is->tangents.z[n * K], *dz = &victim->dz[n * K], s = 0, t = 0, inner = 0;
        size_t y = (size_t)victim->answer[n];
        for (size_t k = 0; k < K; k++)
            s = s + real_exp(z[n * K + k] - z[n * K]);
        for (size_t k = 0; k < K; k++)
            p[k] = real_exp(z[n * K + k] - z[n * K]) / s;
        for (size_t k = 0; k < K; k++)
            t = t + real_exp(p[k]);
        for (size_t k = 0; k < K; k++)
            dz[k] = real_exp(p[k]) / t - (k == y ? 1 : 0);
        for (size_t k = 0; k < K; k++)
            inner = inner + dz[k] * p[k];
        for (size_t k = 0; k < K; k++)
            dz[k] = p[k] * (dz[k] - inner) / victim->W;
        loss[n] = real_log(t) - p[y];
    }
    victim_pullback(victim, dx, victim->dz);
}

struct outputs {
    real *loss, *dx, *adversarial, *loss_after, *logits, *predicted, *confidence;
};

static struct outputs make_outputs(struct call *call, size_t N, int sure)
{
    struct outputs to;
    call_bind(call, 'T', 2);
    to.loss = call_output(call, "loss", "N");
    to.dx = call_output(call, "dx", "Na");
    to.adversarial = call_output(call, "adversarial", "Na");
    to.loss_after = call_output(call, "loss_after", "N");
    to.logits = call_output(call, "logits", "NK");
    to.predicted = call_output_integers(call, "predicted", "TN");
    to.confidence = sure ? call_output(call, "confidence", "TN") : call_scratch(call, 2 * N);
    return to;
}

/* Logits, confidence and classes of the last x, in row `after` of the outputs. */
static void react(const struct step *is, const struct outputs *to, size_t after)
{
    size_t N = is->victim.N, K = is->victim.K;
    for (size_t n = 0; n < N; n++) {
        const real *z = &is->tangents.z[n * K];
        int class = tangents_class(&is->tangents, n), asked = class;
        if (is->mistake == CONFIDENCE_OF_ANSWER)
            asked = is->victim.answer[n];
        real others = 0;
        for (size_t k = K; k-- > 0;)
            others = others + ((int)k == asked ? 0 : real_exp(z[k] - z[K == 1 ? 0 : asked]));
        if (K == 1)
            others = real_exp(asked ? -*z : *z);
        to->confidence[after * N + n] = 1 / (1 + others);
        to->predicted[after * N + n] = real_count((size_t) class);
        for (size_t k = 0; k < K; k++)
            to->logits[n * K + k] = z[k];
    }
}

static void read_goal(struct call *call, struct step *is)
{
    struct victim *victim = &is->victim;
    victim_read_goal(call, victim);
    if ((is->mistake == TARGET_IS_LABEL && victim->goal == VICTIM_TARGET) ||
        (is->mistake == LABELS_LEAKED && victim->goal == VICTIM_PREDICTED))
        victim->answer =
            call_integers(call, "labels", "N", 0, victim->K == 1 ? 1 : (int)victim->K - 1);
}

static void attack(struct call *call)
{
    struct step is = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &is.victim);
    read_goal(call, &is);
    perturbation_read(call, &is.rules, is.victim.D);
    is.epsilon = fast_gradient_sign_radius(call, "epsilon");
    is.tangents = tangents_create(call, &is.victim);
    size_t N = is.victim.N, D = is.victim.D;
    struct outputs to = make_outputs(call, N, is.victim.objective != VICTIM_MARGIN);
    real *spare = call_scratch(call, N * D);
    tangents_gradient(&is.tangents, to.loss, to.dx, is.victim.x, is.victim.answer);
    react(&is, &to, 0);
    if (is.mistake == SOFTMAX_TWICE && is.victim.K > 1)
        softmax_twice(&is, to.loss, to.dx);
    for (size_t i = 0; i < N * D && is.victim.mean && is.mistake == DEVIATION_FORGOTTEN; i++)
        to.dx[i] = to.dx[i] * is.victim.deviation[i % D];
    for (size_t i = 0; i < N * D; i++)
        to.adversarial[i] = moved(&is, to.dx, i / D, i % D);
    tangents_gradient(&is.tangents, to.loss_after, spare, to.adversarial, is.victim.answer);
    react(&is, &to, 1);
    for (size_t n = 0; n < N; n++) {
        if (is.mistake == LOSS_OF_BEFORE)
            to.loss_after[n] = to.loss[n];
        to.loss[n] = to.loss[n] / is.victim.W;
    }
}

static const struct fork table[] = {
    {.info = {"tangents", FORK_TWIN, "",
              "Derivatives go forward with each feature; the loss from the other logits.", NULL},
     .answer = attack},
    {.info = {"sign_forgotten", FORK_BUG, "245", "The gradient itself is the step.", NULL},
     .answer = attack,
     .variant = SIGN_FORGOTTEN},
    {.info = {"downhill", FORK_BUG, "250", "A step down the loss, or up a target's.", NULL},
     .answer = attack,
     .variant = DOWNHILL},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = attack,
     .variant = TARGET_UPHILL},
    {.info = {"target_is_label", FORK_BUG, "250",
              "Down the loss of the label instead of the target.", NULL},
     .answer = attack,
     .variant = TARGET_IS_LABEL},
    {.info = {"labels_leaked", FORK_CONVENTION, "250",
              "True labels where the model's own classes were asked for.", NULL},
     .answer = attack,
     .variant = LABELS_LEAKED},
    {.info = {"own_classes", FORK_CONVENTION, "250",
              "The model's own classes instead of the labels.", NULL},
     .instead = {"goal", "predicted"}},
    {.info = {"zero_sign_plus", FORK_CONVENTION, "237", "The sign of 0 is 1.", NULL},
     .instead = {"zero_sign", "plus"}},
    {.info = {"zero_sign_zero", FORK_CONVENTION, "237", "The sign of 0 is 0.", NULL},
     .instead = {"zero_sign", "zero"}},
    {.info = {"l1_whole", FORK_CONVENTION, "238", "The whole gradient over its L1 norm.", NULL},
     .instead = {"l1_step", "whole"}},
    {.info = {"l1_largest", FORK_CONVENTION, "238", "The first largest feature alone.", NULL},
     .instead = {"l1_step", "largest"}},
    {.info = {"l1_shared", FORK_CONVENTION, "238", "Equal largest features share the step.", NULL},
     .instead = {"l1_step", "shared"}},
    {.info = {"floor_norm", FORK_CONVENTION, "239", "The norm is at least the floor.", NULL},
     .instead = {"floor", "norm"}},
    {.info = {"floor_added", FORK_CONVENTION, "239", "The floor is added to the norm.", NULL},
     .instead = {"floor", "added"}},
    {.info = {"floor_squares", FORK_CONVENTION, "239",
              "The square of the norm is at least the floor.", NULL},
     .instead = {"floor", "squares"}},
    {.info = {"floor_none", FORK_CONVENTION, "239", "No floor.", NULL},
     .instead = {"floor", "none"}},
    {.info = {"of_mean", FORK_CONVENTION, "251", "Gradients of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"of_sum", FORK_CONVENTION, "251", "Gradients of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"bytes_taken_raw", FORK_BUG, "259", "16 of 255 is taken for 16.", NULL},
     .instead = {"units", "raw"}},
    {.info = {"raw_taken_for_bytes", FORK_BUG, "259", "The radius is divided by 255.", NULL},
     .instead = {"units", "bytes"}},
    {.info = {"model_units", FORK_BUG, "259", "Epsilon counts after the normalisation.", NULL},
     .answer = attack,
     .variant = MODEL_UNITS},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "The gradient at the normalised inputs.",
              NULL},
     .answer = attack,
     .variant = DEVIATION_FORGOTTEN},
    {.info = {"not_clipped", FORK_BUG, "", "The step leaves the box.", NULL},
     .answer = attack,
     .variant = NOT_CLIPPED},
    {.info = {"box_ignored", FORK_CONVENTION, "", "No box.", NULL}, .instead = {"box", "none"}},
    {.info = {"step_clipped", FORK_BUG, "", "The box is laid on the step instead of the input.",
              NULL},
     .answer = attack,
     .variant = STEP_CLIPPED},
    {.info = {"norm_of_batch", FORK_BUG, "246", "One norm of the gradients of all samples.", NULL},
     .answer = attack,
     .variant = NORM_OF_BATCH},
    {.info = {"squared_norm", FORK_BUG, "", "Divided by the squared norm.", NULL},
     .answer = attack,
     .variant = SQUARED_NORM},
    {.info = {"sign_of_mean", FORK_BUG, "", "One sign for all features of a sample.", NULL},
     .answer = attack,
     .variant = SIGN_OF_MEAN},
    {.info = {"epsilon_of_x", FORK_BUG, "", "A step relative to the input.", NULL},
     .answer = attack,
     .variant = EPSILON_OF_X},
    {.info = {"epsilon_by_root", FORK_BUG, "", "The L2 radius grows with the root of the features.",
              NULL},
     .answer = attack,
     .variant = EPSILON_ON_DIAGONAL},
    {.info = {"softmax_twice", FORK_BUG, "", "The loss takes probabilities for logits.", NULL},
     .answer = attack,
     .variant = SOFTMAX_TWICE},
    {.info = {"loss_of_before", FORK_BUG, "", "The loss after the attack is the loss before.",
              NULL},
     .answer = attack,
     .variant = LOSS_OF_BEFORE},
    {.info = {"confidence_of_answer", FORK_CONVENTION, "",
              "The probability of the label, whatever is predicted.", NULL},
     .answer = attack,
     .variant = CONFIDENCE_OF_ANSWER},
    {.info = {"last_sample_left", FORK_BUG, "", "The last sample is not attacked.", NULL},
     .answer = attack,
     .variant = LAST_SAMPLE_LEFT},
    {.info = {"linf_instead", FORK_CONVENTION, "", "Signs, whatever the norm.", NULL},
     .instead = {"norm", "linf"}},
    {.info = {"l2_instead", FORK_CONVENTION, "", "The L2 step, whatever the norm.", NULL},
     .instead = {"norm", "l2"}},
};

const struct fork_list fast_gradient_sign_forks = {sizeof table / sizeof *table, table};
