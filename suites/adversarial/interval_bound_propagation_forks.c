// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    NO_ABSOLUTE_WEIGHTS,
    BIAS_IN_RADIUS,
    NO_BIAS_LATER,
    RADIUS_DOUBLED,
    RADIUS_NOT_ACTIVATED,
    MIDDLE_ACTIVATED,
    LABEL_UPPER,
    ENDS_SWAPPED,
    KAPPA_SWAPPED,
    KAPPA_CONSTANT,
    LOSS_SUMMED,
    CERTIFIED_BY_CLEAN,
    CERTIFIED_OF_PREDICTED,
    MARGIN_OF_MIDDLE,
    BOX_GRADIENT,
    SIGN_FORGOTTEN,
    RADIUS_DETACHED,
    WORST_DETACHED,
    LAST_SAMPLE_LOST
};

struct ends {
    real *low, *high;
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    int merged, clip;
    const int *labels;
    real epsilon, low, high, kappa;
    struct ends z[PERCEPTRON_LAYERS + 1], a[PERCEPTRON_LAYERS + 1]; /* before and after f, (N,I) */
    struct ends dz[PERCEPTRON_LAYERS + 1], da[PERCEPTRON_LAYERS + 1];
    real *worst, *dworst;
};

static struct ends ends_of(struct call *call, size_t n)
{
    return (struct ends){call_scratch(call, n), call_scratch(call, n)};
}

/* The lower end takes lower inputs times positive weights and upper ones times negative weights. */
static void layer(struct rival *is, size_t l)
{
    const struct perceptron *net = &is->net.net;
    size_t I = net->size[l], O = net->size[l + 1];
    for (size_t k = 0; k < is->net.N * O; k++) {
        const real *w = net->w[l] + k % O;
        real low = 0, high = 0, b = net->b[l][k % O];
        for (size_t i = I; i-- > 0;) {
            real below = is->a[l].low[k / O * I + i], above = is->a[l].high[k / O * I + i];
            int falls = w[i * O] < 0 && is->mistake != NO_ABSOLUTE_WEIGHTS;
            low = low + w[i * O] * (falls ? above : below);
            high = high + w[i * O] * (falls ? below : above);
        }
        is->z[l + 1].low[k] = low + (is->mistake == NO_BIAS_LATER && l > 0 ? 0 : b);
        is->z[l + 1].high[k] = high + (is->mistake == NO_BIAS_LATER && l > 0 ? 0 : b);
        if (is->mistake == BIAS_IN_RADIUS) {
            is->z[l + 1].low[k] = low + b - real_abs(b);
            is->z[l + 1].high[k] = high + b + real_abs(b);
        }
        if (l + 1 == net->layers)
            continue;
        real *a = &is->a[l + 1].low[k], *c = &is->a[l + 1].high[k];
        *a = rival_activation(net->activation, is->z[l + 1].low[k]);
        *c = rival_activation(net->activation, is->z[l + 1].high[k]);
        real middle = (is->z[l + 1].low[k] + is->z[l + 1].high[k]) / 2;
        real radius = (is->z[l + 1].high[k] - is->z[l + 1].low[k]) / 2;
        if (is->mistake == MIDDLE_ACTIVATED) {
            *a = rival_activation(net->activation, middle) - radius;
            *c = rival_activation(net->activation, middle) + radius;
        }
        if (is->mistake == RADIUS_NOT_ACTIVATED) {
            *a = rival_activation(net->activation, middle) -
                 rival_activation(net->activation, radius);
            *c = rival_activation(net->activation, middle) +
                 rival_activation(net->activation, radius);
        }
    }
}

static void box(struct rival *is, const real *x)
{
    real e = is->mistake == RADIUS_DOUBLED ? 2 * is->epsilon : is->epsilon;
    for (size_t i = 0; i < is->net.N * is->net.D; i++) {
        real low = x[i] - e, high = x[i] + e;
        is->a[0].low[i] = is->clip && low < is->low ? is->low : low;
        is->a[0].high[i] = is->clip && high > is->high ? is->high : high;
    }
}

/* The worst logits: by the signs of w_k - w_y. */
static void worst(struct rival *is)
{
    const struct perceptron *net = &is->net.net;
    size_t L = net->layers, I = net->size[L - 1], K = is->net.K;
    for (size_t i = 0; i < is->net.N * K; i++) {
        size_t n = i / K, k = i % K, y = (size_t)is->labels[n];
        int own = k == y && is->mistake != LABEL_UPPER;
        if (is->mistake == ENDS_SWAPPED)
            own = !own;
        is->worst[i] = own ? is->z[L].low[i] : is->z[L].high[i];
        if (!is->merged)
            continue;
        real sum = 0;
        for (size_t j = I; j-- > 0;) {
            real v = net->w[L - 1][j * K + k] - net->w[L - 1][j * K + y];
            int falls = is->mistake == ENDS_SWAPPED ? v >= 0 : v < 0;
            sum = sum + v * (falls ? is->a[L - 1].low[n * I + j] : is->a[L - 1].high[n * I + j]);
        }
        real shift = is->mistake == NO_BIAS_LATER ? 0 : net->b[L - 1][k] - net->b[L - 1][y];
        is->worst[i] = sum + shift;
    }
}

/* Mean cross-entropy of z (N,K), times share; its gradient. */
static real loss_of(const struct rival *is, real *dz, const real *z, real share)
{
    size_t K = is->net.K, N = is->net.N;
    real loss = 0, W = is->mistake == LOSS_SUMMED ? 1 : real_count(N);
    for (size_t n = N; n-- > 0;) {
        size_t y = (size_t)is->labels[n], top = 0;
        real rest = 0, *d = dz + n * K;
        for (size_t k = 0; k < K; k++)
            top = z[n * K + k] > z[n * K + top] ? k : top;
        for (size_t k = 0; k < K; k++)
            rest = rest + (k == top ? 0 : real_exp(z[n * K + k] - z[n * K + top]));
        loss = loss + (z[n * K + top] - z[n * K + y]) + real_log1p(rest);
        rival_softmax(d, z + n * K, R(1.0), K);
        d[y] = 0;
        for (size_t k = 0; k < K; k++)
            d[y] = d[y] - (k == y ? 0 : d[k]);
        for (size_t k = 0; k < K; k++)
            d[k] = d[k] * share / W;
        if (is->mistake == LAST_SAMPLE_LOST && n + 1 == N)
            for (size_t k = 0; k < K; k++)
                d[k] = 0;
    }
    return share * (loss / W);
}

/* One output `d` of slope through weights v (I), from the ends that made it. */
static void back_output(struct rival *is, size_t l, size_t n, real d, int upper, real v, size_t i,
                        real *dw)
{
    size_t at = n * is->net.net.size[l] + i;
    int falls = v < 0, high = upper != falls;
    if (is->mistake == SIGN_FORGOTTEN)
        *dw = *dw + d * (upper ? is->a[l].high[at] : is->a[l].low[at]);
    else if (is->mistake == RADIUS_DETACHED)
        *dw = *dw + d * (is->a[l].high[at] + is->a[l].low[at]) / 2;
    else
        *dw = *dw + d * (high ? is->a[l].high[at] : is->a[l].low[at]);
    real *to = high ? &is->da[l].high[at] : &is->da[l].low[at];
    *to = *to + d * v;
}

static void back_layer(struct rival *is, size_t l, real *dw, real *db)
{
    const struct perceptron *net = &is->net.net;
    size_t I = net->size[l], O = net->size[l + 1];
    for (size_t k = is->net.N * O; k-- > 0;) {
        for (size_t i = 0; i < I; i++) {
            real w = net->w[l][i * O + k % O];
            back_output(is, l, k / O, is->dz[l + 1].low[k], 0, w, i, dw + i * O + k % O);
            back_output(is, l, k / O, is->dz[l + 1].high[k], 1, w, i, dw + i * O + k % O);
        }
        db[k % O] = db[k % O] + is->dz[l + 1].low[k] + is->dz[l + 1].high[k];
    }
}

static void back_merged(struct rival *is, real *dw, real *db)
{
    const struct perceptron *net = &is->net.net;
    size_t L = net->layers, I = net->size[L - 1], K = is->net.K;
    for (size_t n = is->net.N; n-- > 0;) {
        size_t y = (size_t)is->labels[n];
        for (size_t k = 0; k < K; k++) {
            real d = is->dworst[n * K + k];
            for (size_t i = 0; i < I && k != y; i++) {
                real v = net->w[L - 1][i * K + k] - net->w[L - 1][i * K + y], share = 0;
                back_output(is, L - 1, n, d, 1, v, i, &share);
                dw[i * K + k] = dw[i * K + k] + share;
                dw[i * K + y] = dw[i * K + y] - share;
            }
            db[k] = db[k] + (k == y ? 0 : d);
            db[y] = db[y] - (k == y ? 0 : d);
        }
    }
}

static void back(struct rival *is, real *dx, const real *x, real *const *dw, real *const *db)
{
    const struct perceptron *net = &is->net.net;
    size_t L = net->layers, K = is->net.K;
    for (size_t i = 0; i < is->net.N * K; i++) {
        int own = (size_t)is->labels[i / K] == i % K;
        *(own ? &is->dz[L].low[i] : &is->dz[L].high[i]) = is->dworst[i];
    }
    for (size_t l = L; l-- > 0;) {
        if (l + 1 == L && is->merged)
            back_merged(is, dw[l], db[l]);
        else
            back_layer(is, l, dw[l], db[l]);
        for (size_t i = 0; l > 0 && i < is->net.N * net->size[l]; i++) {
            is->dz[l].low[i] = is->da[l].low[i] * rival_slope(net->activation, is->a[l].low[i]);
            is->dz[l].high[i] = is->da[l].high[i] * rival_slope(net->activation, is->a[l].high[i]);
        }
    }
    for (size_t i = 0; i < is->net.N * is->net.D; i++) {
        int cut_low = is->clip && x[i] - is->epsilon < is->low && is->mistake != BOX_GRADIENT;
        int cut_high = is->clip && x[i] + is->epsilon > is->high && is->mistake != BOX_GRADIENT;
        dx[i] = dx[i] + (cut_low ? 0 : is->da[0].low[i]) + (cut_high ? 0 : is->da[0].high[i]);
    }
}

static struct rival read(struct call *call, const real **x)
{
    static const char *const lasts[] = {"merged", "intervals", NULL};
    static const char *const boxes[] = {"clip", "none", NULL};
    struct rival is = {.mistake = (enum mistake)call_variant(call)};
    *x = rival_read(call, &is.net);
    is.merged = call_choice(call, "last", lasts) == 0;
    is.clip = call_choice(call, "box", boxes) == 0;
    is.labels = call_integers(call, "labels", "N", 0, (int)is.net.K - 1);
    is.epsilon = call_number(call, "epsilon");
    is.low = call_number_or(call, "low", R(0.0));
    is.high = call_number_or(call, "high", R(1.0));
    is.kappa = call_number_or(call, "kappa", R(0.5));
    if (is.mistake == KAPPA_SWAPPED)
        is.kappa = 1 - is.kappa;
    if (is.mistake == KAPPA_CONSTANT)
        is.kappa = R(0.5);
    for (size_t l = 0; l <= is.net.net.layers; l++) {
        size_t n = is.net.N * is.net.net.size[l];
        is.z[l] = ends_of(call, n);
        is.a[l] = ends_of(call, n);
        is.dz[l] = ends_of(call, n);
        is.da[l] = ends_of(call, n);
    }
    return is;
}

static void certify(const struct rival *is, struct call *call, const real *z)
{
    size_t K = is->net.K, count = 0;
    real *margin = call_output(call, "margin", "N");
    real *certified = call_output_integers(call, "certified", "N");
    for (size_t n = 0; n < is->net.N; n++) {
        const real *from = is->mistake == CERTIFIED_BY_CLEAN ? z : is->worst;
        size_t y = (size_t)is->labels[n];
        for (size_t k = 0; k < K; k++) {
            real gap = from[n * K + y] - from[n * K + k];
            if (k != y && (margin[n] > gap || k == (y == 0)))
                margin[n] = gap;
        }
        if (is->mistake == MARGIN_OF_MIDDLE)
            margin[n] = margin[n] / 2;
        certified[n] =
            is->mistake == CERTIFIED_OF_PREDICTED ? real_abs(margin[n]) > 0 : margin[n] > 0;
        count += certified[n] > 0;
    }
    *call_output(call, "accuracy", "") = real_count(count) / real_count(is->net.N);
}

static void by_ends(struct call *call)
{
    const real *x;
    struct rival is = read(call, &x);
    size_t L = is.net.net.layers, n = is.net.N * is.net.K;
    box(&is, x);
    for (size_t l = 0; l < L; l++)
        layer(&is, l);
    is.worst = call_output(call, "worst", "NK");
    worst(&is);
    const real *logits = rival_logits(&is.net, x);
    real *z = call_output(call, "z", "NK"), *low = call_output(call, "lower", "NK");
    real *high = call_output(call, "upper", "NK"), *dz = call_scratch(call, n), share;
    for (size_t i = 0; i < n; i++) {
        z[i] = logits[i];
        low[i] = is.z[L].low[i];
        high[i] = is.z[L].high[i];
    }
    certify(&is, call, z);
    real *dx = call_output(call, "dx", "Na"), *loss = call_output(call, "loss", "");
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
    network_outputs(call, &is.net.net, "d", dw, db);
    is.dworst = call_scratch(call, n);
    *loss = loss_of(&is, dz, z, is.kappa);
    rival_pullback(&is.net, dx, dz, dw, db);
    share = loss_of(&is, is.dworst, is.worst, 1 - is.kappa);
    *loss = *loss + share;
    if (is.mistake != WORST_DETACHED)
        back(&is, dx, x, dw, db);
}

static const struct fork table[] = {
    {.info = {"by_ends", FORK_TWIN, "",
              "Lower and upper ends through positive and negative weights; no middle, no radius.",
              NULL},
     .answer = by_ends},
    {.info = {"no_absolute_weights", FORK_BUG, "257",
              "Ends go through the weights whatever their signs.", NULL},
     .answer = by_ends,
     .variant = NO_ABSOLUTE_WEIGHTS},
    {.info = {"bias_in_radius", FORK_BUG, "", "The radius gets |b| too.", NULL},
     .answer = by_ends,
     .variant = BIAS_IN_RADIUS},
    {.info = {"no_bias_later", FORK_BUG, "", "Biases count in the first layer alone.", NULL},
     .answer = by_ends,
     .variant = NO_BIAS_LATER},
    {.info = {"radius_doubled", FORK_BUG, "240", "The box reaches twice epsilon.", NULL},
     .answer = by_ends,
     .variant = RADIUS_DOUBLED},
    {.info = {"radius_activated", FORK_BUG, "", "The activation of the radius is the new radius.",
              NULL},
     .answer = by_ends,
     .variant = RADIUS_NOT_ACTIVATED},
    {.info = {"middle_activated", FORK_CONVENTION, "",
              "The activation of the middle, and the radius as it was: true for slopes up to 1, "
              "but looser.",
              NULL},
     .answer = by_ends,
     .variant = MIDDLE_ACTIVATED},
    {.info = {"label_upper", FORK_BUG, "", "The label gets its upper end too.", NULL},
     .answer = by_ends,
     .variant = LABEL_UPPER},
    {.info = {"ends_swapped", FORK_BUG, "257",
              "The best case: the label's upper end against the lower ones of others.", NULL},
     .answer = by_ends,
     .variant = ENDS_SWAPPED},
    {.info = {"merged_always", FORK_CONVENTION, "",
              "The last layer is merged whatever is asked for.", NULL},
     .instead = {"last", "merged"}},
    {.info = {"intervals_always", FORK_CONVENTION, "",
              "Each logit has its own interval whatever is asked for.", NULL},
     .instead = {"last", "intervals"}},
    {.info = {"kappa_swapped", FORK_BUG, "", "kappa stands before the worst case.", NULL},
     .answer = by_ends,
     .variant = KAPPA_SWAPPED},
    {.info = {"kappa_constant", FORK_BUG, "", "kappa is 1/2.", NULL},
     .answer = by_ends,
     .variant = KAPPA_CONSTANT},
    {.info = {"loss_summed", FORK_CONVENTION, "251", "Losses are added, not averaged.", NULL},
     .answer = by_ends,
     .variant = LOSS_SUMMED},
    {.info = {"certified_by_clean", FORK_BUG, "", "The margin of the clean logits.", NULL},
     .answer = by_ends,
     .variant = CERTIFIED_BY_CLEAN},
    {.info = {"certified_if_not_zero", FORK_BUG, "", "A negative margin certifies too.", NULL},
     .answer = by_ends,
     .variant = CERTIFIED_OF_PREDICTED},
    {.info = {"margin_halved", FORK_BUG, "", "Half the margin.", NULL},
     .answer = by_ends,
     .variant = MARGIN_OF_MIDDLE},
    {.info = {"box_forgotten", FORK_CONVENTION, "242", "No box whatever is asked for.", NULL},
     .instead = {"box", "none"}},
    {.info = {"box_always", FORK_CONVENTION, "", "A box whatever is asked for.", NULL},
     .instead = {"box", "clip"}},
    {.info = {"box_gradient", FORK_BUG, "216", "The gradient passes where the box cuts.", NULL},
     .answer = by_ends,
     .variant = BOX_GRADIENT},
    {.info = {"sign_forgotten", FORK_BUG, "", "Gradients of weights as if all were positive.",
              NULL},
     .answer = by_ends,
     .variant = SIGN_FORGOTTEN},
    {.info = {"radius_detached", FORK_BUG, "", "Weights get no gradient of the radius.", NULL},
     .answer = by_ends,
     .variant = RADIUS_DETACHED},
    {.info = {"worst_detached", FORK_BUG, "",
              "The worst case counts in the loss but has no gradient.", NULL},
     .answer = by_ends,
     .variant = WORST_DETACHED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample has no gradient.", NULL},
     .answer = by_ends,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list interval_bound_propagation_forks = {sizeof table / sizeof *table, table};
