// SPDX-License-Identifier: MIT
#include "victim.h"

static void read_box(struct call *call, struct victim *victim)
{
    static const char *const boxes[] = {"clip", "none", NULL};
    victim->boxed = call_choice(call, "box", boxes) == 0;
    victim->low = call_number_or(call, "low", R(0.0));
    victim->high = call_number_or(call, "high", R(1.0));
    if (!(victim->low < victim->high))
        call_fail(call, "number 'low' must be below number 'high'");
    for (size_t i = 0; victim->boxed && i < victim->N * victim->D; i++) {
        if (!(victim->x[i] >= victim->low && victim->x[i] <= victim->high))
            call_fail(call, "element %zu of input 'x' is outside of its box", i);
    }
}

static void read_normalisation(struct call *call, struct victim *victim)
{
    victim->mean = victim->deviation = NULL;
    if (!call_has(call, "mean") && !call_has(call, "deviation"))
        return;
    victim->mean = call_input(call, "mean", "a");
    victim->deviation = call_input(call, "deviation", "a");
    for (size_t d = 0; d < victim->D; d++) {
        if (!(victim->deviation[d] > 0))
            call_fail(call, "element %zu of input 'deviation' must be above 0", d);
    }
}

void victim_read(struct call *call, struct victim *victim)
{
    static const char *const objectives[] = {"cross_entropy", "binary_cross_entropy",
                                             "logit_margin", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    perceptron_read(call, &victim->net);
    victim->x = call_input(call, "x", "Na");
    size_t N = victim->N = call_size(call, 'N'), D = victim->D = call_size(call, 'a');
    size_t K = victim->K = call_size(call, 'K');
    victim->block = call_block(call);
    victim->objective = (enum victim_objective)call_choice(call, "objective", objectives);
    victim->W = call_choice(call, "reduction", reductions) ? real_count(N) : 1;
    if (N == 0)
        call_fail(call, "input 'x' has no sample");
    if (K == 0 || (victim->objective == VICTIM_BINARY && K != 1))
        call_fail(call, "convention 'objective' is binary_cross_entropy: it has one logit");
    if (victim->objective == VICTIM_MARGIN && K < 2)
        call_fail(call, "convention 'objective' is logit_margin: it has at least two logits");
    read_box(call, victim);
    read_normalisation(call, victim);
    perceptron_allocate(call, &victim->net, &victim->batch, N);
    victim->u = call_scratch(call, N * D);
    victim->du = call_scratch(call, N * D);
    victim->dz = call_scratch(call, N * K);
}

void victim_read_goal(struct call *call, struct victim *victim)
{
    static const char *const goals[] = {"labels", "target", "predicted", NULL};
    int last = victim->K == 1 ? 1 : (int)victim->K - 1;
    victim->goal = (enum victim_goal)call_choice(call, "goal", goals);
    if (victim->goal == VICTIM_LABELS)
        victim->answer = call_integers(call, "labels", "N", 0, last);
    if (victim->goal == VICTIM_TARGET)
        victim->answer = call_integers(call, "target", "N", 0, last);
    if (victim->goal != VICTIM_PREDICTED)
        return;
    int *predicted = call_scratch_integers(call, victim->N);
    const real *z = victim_logits(victim, victim->x);
    victim_predict(victim, predicted, z);
    victim_prediction_decisions(call, victim, z);
    victim->answer = predicted;
}

const real *victim_logits(struct victim *victim, const real *x)
{
    for (size_t i = 0; i < victim->N * victim->D; i++) {
        size_t d = i % victim->D;
        victim->u[i] = victim->mean ? (x[i] - victim->mean[d]) / victim->deviation[d] : x[i];
    }
    perceptron_forward(&victim->net, &victim->batch, victim->u, victim->N);
    return victim->batch.z[victim->net.layers - 1];
}

/* The largest logit but that of class y; the first of equals. */
static size_t rival(const real *z, size_t y, size_t K)
{
    size_t best = y == 0 ? 1 : 0;
    for (size_t k = best + 1; k < K; k++) {
        if (k != y && z[k] > z[best])
            best = k;
    }
    return best;
}

static real cross_entropy(real *dz, const real *z, size_t y, size_t K, real W)
{
    real m = z[0];
    for (size_t k = 1; k < K; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = 0; k < K; k++)
        dz[k] = real_exp(z[k] - m);
    real s = sum_features(K, dz, 1);
    for (size_t k = 0; k < K; k++)
        dz[k] = (dz[k] / s - (k == y ? 1 : 0)) / W;
    return real_log(s) - (z[y] - m);
}

static real binary(real *dz, real z, int one, real W)
{
    real e = real_exp(-real_abs(z)), l = real_log1p(e), further = real_abs(z) + l;
    real large = 1 / (1 + e), small = e / (1 + e);
    int below = z < 0;
    *dz = (one ? -(below ? large : small) : below ? small : large) / W;
    return below == one ? further : l;
}

void victim_loss(const struct victim *victim, real *loss, real *dz, const real *z,
                 const int *classes)
{
    size_t K = victim->K;
    for (size_t n = 0; n < victim->N; n++) {
        size_t y = (size_t)classes[n];
        const real *z_n = &z[n * K];
        real *dz_n = &dz[n * K];
        if (victim->objective == VICTIM_CROSS_ENTROPY) {
            loss[n] = cross_entropy(dz_n, z_n, y, K, victim->W);
        } else if (victim->objective == VICTIM_BINARY) {
            loss[n] = binary(dz_n, *z_n, (int)y, victim->W);
        } else {
            size_t other = rival(z_n, y, K);
            for (size_t k = 0; k < K; k++)
                dz_n[k] = (k == other ? 1 : k == y ? R(-1.0) : 0) / victim->W;
            loss[n] = z_n[other] - z_n[y];
        }
    }
}

void victim_pullback(struct victim *victim, real *dx, const real *dz)
{
    real *last = victim->batch.dz[victim->net.layers - 1];
    for (size_t i = 0; i < victim->N * victim->K; i++)
        last[i] = dz[i];
    perceptron_backward(&victim->net, &victim->batch, victim->du, victim->u, victim->N,
                        victim->block);
    for (size_t i = 0; i < victim->N * victim->D; i++)
        dx[i] = victim->mean ? victim->du[i] / victim->deviation[i % victim->D] : victim->du[i];
}

void victim_gradient(struct victim *victim, real *loss, real *dx, const real *x)
{
    const real *z = victim_logits(victim, x);
    victim_loss(victim, loss, victim->dz, z, victim->answer);
    victim_pullback(victim, dx, victim->dz);
}

void victim_predict(const struct victim *victim, int *predicted, const real *z)
{
    size_t K = victim->K;
    for (size_t n = 0; n < victim->N; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++) {
            if (z[n * K + k] > z[n * K + best])
                best = k;
        }
        predicted[n] = K == 1 ? z[n] > 0 : (int)best;
    }
}

void victim_confidence(const struct victim *victim, real *confidence, const real *z)
{
    size_t K = victim->K;
    for (size_t n = 0; n < victim->N; n++) {
        real m = z[n * K], s = 0;
        for (size_t k = 1; k < K; k++)
            m = z[n * K + k] > m ? z[n * K + k] : m;
        for (size_t k = 0; k < K; k++)
            s = s + real_exp(z[n * K + k] - m);
        confidence[n] = 1 / (K == 1 ? 1 + real_exp(-real_abs(m)) : s);
    }
}

void victim_clip(const struct victim *victim, real *x, size_t n)
{
    for (size_t i = 0; victim->boxed && i < n; i++) {
        x[i] = x[i] < victim->low ? victim->low : x[i];
        x[i] = x[i] > victim->high ? victim->high : x[i];
    }
}

void victim_decisions(struct call *call, const struct victim *victim)
{
    perceptron_decisions(call, &victim->net, &victim->batch, victim->N);
}

void victim_prediction_decisions(struct call *call, const struct victim *victim, const real *z)
{
    size_t K = victim->K;
    if (K == 1)
        call_decisions(call, victim->N, z);
    for (size_t n = 0; K > 1 && n < victim->N; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = z[n * K + k] > z[n * K + best] ? k : best;
        for (size_t k = 0; k < K; k++) {
            real gap = z[n * K + best] - z[n * K + k];
            call_decisions(call, k != best, &gap);
        }
    }
}

void victim_rival_decisions(struct call *call, const struct victim *victim, const real *z,
                            const int *classes)
{
    size_t K = victim->K;
    for (size_t n = 0; victim->objective == VICTIM_MARGIN && n < victim->N; n++) {
        size_t y = (size_t)classes[n], best = rival(&z[n * K], y, K);
        for (size_t k = 0; k < K; k++) {
            real gap = z[n * K + best] - z[n * K + k];
            call_decisions(call, k != best && k != y, &gap);
        }
    }
}
