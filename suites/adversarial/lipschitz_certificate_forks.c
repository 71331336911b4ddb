// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    NO_ROOT_OF_TWO,
    TWO_FOR_ROOT,
    NORMS_ADDED,
    SQUARED_NORMS,
    LAST_LAYER_LOST,
    SLOPE_OF_ONE,
    LARGEST_DEVIATION,
    RAW_UNITS,
    HALF_STEP,
    NOT_NORMALISED,
    ROWS_FOR_COLUMNS,
    MARGIN_OF_PROBABILITIES,
    MARGIN_OF_PREDICTED,
    RADIUS_NOT_NEGATIVE,
    CERTIFIED_IF_CORRECT,
    SECOND_CLASS_ONLY,
    GRADIENT_OF_LABEL
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    int norm, difference;
    size_t steps;
    real constant, before;
    const real *x, *start, *mean, *deviation;
    const int *labels;
};

/* Power iteration of w'w, and the root of its Rayleigh quotient. */
static real spectral(const struct rival *is, real *estimates, const real *w, size_t I, size_t O)
{
    real *v = call_scratch(is->net.call, O), *t = call_scratch(is->net.call, O), size = 0;
    for (size_t o = 0; o < O; o++)
        v[o] = is->start[o];
    for (size_t s = 0; s < is->steps; s++) {
        real across = 0, along = 0, own = 0;
        for (size_t o = 0; o < O; o++) {
            t[o] = 0;
            own = own + v[o] * v[o];
        }
        for (size_t i = I; i-- > 0;) {
            real u = 0;
            for (size_t o = O; o-- > 0;)
                u = u + w[i * O + o] * v[o];
            across = across + u * u;
            for (size_t o = 0; o < O; o++)
                t[o] = t[o] + w[i * O + o] * u;
        }
        for (size_t o = O; o-- > 0;)
            along = along + t[o] * t[o];
        size = is->mistake == HALF_STEP ? real_sqrt(across / own) : real_sqrt(along / across);
        size = is->mistake == NOT_NORMALISED ? real_sqrt(real_sqrt(along)) : size;
        estimates[s] = size;
        for (size_t o = 0; o < O; o++)
            v[o] = t[o] / real_sqrt(along);
    }
    return size;
}

static real other_norm(const struct rival *is, const real *w, size_t I, size_t O)
{
    real most = 0, squares = 0;
    for (size_t o = 0; o < (is->mistake == ROWS_FOR_COLUMNS ? I : O); o++) {
        real sum = 0;
        for (size_t i = is->mistake == ROWS_FOR_COLUMNS ? O : I; i-- > 0;) {
            real e = is->mistake == ROWS_FOR_COLUMNS ? w[o * O + i] : w[i * O + o];
            sum = sum + real_abs(e);
            squares = squares + e * e;
        }
        most = sum > most ? sum : most;
    }
    return is->norm == 1 ? real_sqrt(squares) : most;
}

static void find_constant(struct rival *is)
{
    const struct perceptron *net = &is->net.net;
    struct call *call = is->net.call;
    size_t M = net->layers;
    call_bind(call, 'M', M);
    call_bind(call, 'S', is->steps);
    real *norms = call_output(call, "norms", "M"), *estimates = NULL, scale = 1;
    if (is->norm == 0)
        estimates = call_output(call, "estimates", "MS");
    is->constant = is->before = is->mistake == NORMS_ADDED ? 0 : 1;
    for (size_t l = M; l-- > 0;) {
        size_t I = net->size[l], O = net->size[l + 1];
        norms[l] = is->norm == 0 ? spectral(is, estimates + l * is->steps, net->w[l], I, O)
                                 : other_norm(is, net->w[l], I, O);
        real own = is->mistake == SQUARED_NORMS ? norms[l] * norms[l] : norms[l];
        if (is->mistake == LAST_LAYER_LOST && l + 1 == M)
            own = 1;
        is->constant = is->mistake == NORMS_ADDED ? is->constant + own : is->constant * own;
        is->before = l + 1 < M ? is->before * own : is->before;
        if (l > 0 && net->activation == PERCEPTRON_SIGMOID && is->mistake != SLOPE_OF_ONE)
            scale = scale / 4;
    }
    if (is->mean && is->mistake != RAW_UNITS) {
        real most = 1 / is->deviation[0];
        for (size_t d = 1; d < is->net.D; d++) {
            int more = 1 / is->deviation[d] > most;
            most = more != (is->mistake == LARGEST_DEVIATION) ? 1 / is->deviation[d] : most;
        }
        scale = scale * most;
    }
    is->constant = is->constant * scale;
    is->before = is->before * scale;
    *call_output(call, "constant", "") = is->constant;
}

static real divisor(const struct rival *is, size_t y, size_t k)
{
    const struct perceptron *net = &is->net.net;
    size_t I = net->size[net->layers - 1], K = is->net.K;
    real sum = 0, two = is->norm == 2 || is->mistake == TWO_FOR_ROOT ? 2 : real_sqrt(R(2.0));
    if (!is->difference)
        return is->constant * (is->mistake == NO_ROOT_OF_TWO ? 1 : two);
    for (size_t i = I; i-- > 0;) {
        real gap = net->w[net->layers - 1][i * K + k] - net->w[net->layers - 1][i * K + y];
        sum = sum + (is->norm == 2 ? real_abs(gap) : gap * gap);
    }
    return is->before * (is->norm == 2 ? sum : real_sqrt(sum));
}

static struct rival read(struct call *call)
{
    static const char *const norms[] = {"spectral", "frobenius", "maximum", NULL};
    static const char *const pairs[] = {"product", "difference", NULL};
    struct rival is = {.mistake = (enum mistake)call_variant(call), .steps = 1};
    is.x = rival_read(call, &is.net);
    is.labels = call_integers(call, "labels", "N", 0, (int)is.net.K - 1);
    is.norm = call_choice(call, "norm", norms);
    is.difference = call_choice(call, "pair", pairs);
    if (is.norm == 0) {
        is.steps = call_count(call, "steps", 1, 64);
        is.start = call_input(call, "start", "E");
    }
    if (call_has(call, "mean")) {
        is.mean = call_input(call, "mean", "a");
        is.deviation = call_input(call, "deviation", "a");
    }
    return is;
}

static const real *logits(struct rival *is)
{
    size_t N = is->net.N, D = is->net.D, K = is->net.K;
    real *u = call_scratch(is->net.call, N * D), *z = call_scratch(is->net.call, N * K);
    for (size_t i = 0; i < N * D; i++)
        u[i] = is->mean ? (is->x[i] - is->mean[i % D]) / is->deviation[i % D] : is->x[i];
    const real *from = rival_logits(&is->net, u);
    for (size_t n = 0; n < N; n++)
        for (size_t k = 0; k < K; k++)
            z[n * K + k] = from[n * K + k];
    for (size_t n = 0; n < N && is->mistake == MARGIN_OF_PROBABILITIES; n++)
        rival_softmax(z + n * K, from + n * K, R(1.0), K);
    return z;
}

static void differentiate(struct rival *is, real *dz, const real *dradius)
{
    size_t D = is->net.D;
    real *dx = call_output(is->net.call, "dx", "Na");
    rival_pullback(&is->net, dx, dz, NULL, NULL);
    for (size_t i = 0; i < is->net.N * D; i++)
        dx[i] = (is->mean && is->mistake != RAW_UNITS ? dx[i] / is->deviation[i % D] : dx[i]) *
                dradius[i / D];
}

static void by_squares(struct call *call)
{
    struct rival is = read(call);
    size_t N = is.net.N, K = is.net.K, count = 0;
    real epsilon = call_number(call, "epsilon");
    find_constant(&is);
    real *margin = call_output(call, "margin", "N"), *radius = call_output(call, "radius", "N");
    real *certified = call_output_integers(call, "certified", "N");
    real *dz = call_scratch(call, N * K);
    const real *z = logits(&is);
    for (size_t n = 0; n < N; n++) {
        size_t y = (size_t)is.labels[n], closest = K;
        for (size_t k = 0; k < K && is.mistake == MARGIN_OF_PREDICTED; k++)
            y = z[n * K + k] > z[n * K + y] ? k : y;
        for (size_t k = K; k-- > 0;) {
            real gap = z[n * K + y] - z[n * K + k];
            if (k == y || (is.mistake == SECOND_CLASS_ONLY && closest < K))
                continue;
            margin[n] = closest == K || gap < margin[n] ? gap : margin[n];
            if (closest == K || gap / divisor(&is, y, k) < radius[n]) {
                closest = k;
                radius[n] = gap / divisor(&is, y, k);
            }
        }
        dz[n * K + y] = 1 / divisor(&is, y, closest);
        if (is.mistake != GRADIENT_OF_LABEL)
            dz[n * K + closest] = -1 / divisor(&is, y, closest);
        if (is.mistake == RADIUS_NOT_NEGATIVE)
            radius[n] = radius[n] < 0 ? 0 : radius[n];
        certified[n] = radius[n] > (is.mistake == CERTIFIED_IF_CORRECT ? 0 : epsilon);
        count += certified[n] > 0;
    }
    *call_output(call, "accuracy", "") = real_count(count) / real_count(N);
    if (call_has(call, "dradius"))
        differentiate(&is, dz, call_input(call, "dradius", "N"));
}

static const struct fork table[] = {
    {.info = {"by_squares", FORK_TWIN, "",
              "Roots of quotients of squares, nothing normalised in between; layers backwards.",
              NULL},
     .answer = by_squares},
    {.info = {"no_root_of_two", FORK_BUG, "", "The margin over the constant.", NULL},
     .answer = by_squares,
     .variant = NO_ROOT_OF_TWO},
    {.info = {"two_for_root", FORK_CONVENTION, "", "Twice the constant, in the 2-norm too.", NULL},
     .answer = by_squares,
     .variant = TWO_FOR_ROOT},
    {.info = {"norms_added", FORK_BUG, "", "The sum of the layers' norms.", NULL},
     .answer = by_squares,
     .variant = NORMS_ADDED},
    {.info = {"squared_norms", FORK_BUG, "", "The eigenvalues of w'w without their roots.", NULL},
     .answer = by_squares,
     .variant = SQUARED_NORMS},
    {.info = {"last_layer_lost", FORK_BUG, "", "The last layer does not count.", NULL},
     .answer = by_squares,
     .variant = LAST_LAYER_LOST},
    {.info = {"slope_of_one", FORK_CONVENTION, "", "Sigmoids count as if their slope were 1.",
              NULL},
     .answer = by_squares,
     .variant = SLOPE_OF_ONE},
    {.info = {"largest_deviation", FORK_BUG, "", "The largest deviation instead of the smallest.",
              NULL},
     .answer = by_squares,
     .variant = LARGEST_DEVIATION},
    {.info = {"normalised_units", FORK_BUG, "259", "Radii of the normalised inputs.", NULL},
     .answer = by_squares,
     .variant = RAW_UNITS},
    {.info = {"half_step", FORK_CONVENTION, "", "|w v| of the vector before the step.", NULL},
     .answer = by_squares,
     .variant = HALF_STEP},
    {.info = {"not_normalised", FORK_BUG, "", "u is not divided by its length.", NULL},
     .answer = by_squares,
     .variant = NOT_NORMALISED},
    {.info = {"rows_for_columns", FORK_BUG, "", "The largest absolute sum of a row.", NULL},
     .answer = by_squares,
     .variant = ROWS_FOR_COLUMNS},
    {.info = {"margin_of_probabilities", FORK_BUG, "", "Margins of probabilities.", NULL},
     .answer = by_squares,
     .variant = MARGIN_OF_PROBABILITIES},
    {.info = {"margin_of_predicted", FORK_CONVENTION, "250", "Margins of the predicted class.",
              NULL},
     .answer = by_squares,
     .variant = MARGIN_OF_PREDICTED},
    {.info = {"radius_not_negative", FORK_CONVENTION, "", "Negative radii are 0.", NULL},
     .answer = by_squares,
     .variant = RADIUS_NOT_NEGATIVE},
    {.info = {"certified_if_correct", FORK_BUG, "", "Every positive radius is enough.", NULL},
     .answer = by_squares,
     .variant = CERTIFIED_IF_CORRECT},
    {.info = {"one_rival_only", FORK_BUG, "", "Only the last other class is compared.", NULL},
     .answer = by_squares,
     .variant = SECOND_CLASS_ONLY},
    {.info = {"gradient_of_label", FORK_BUG, "", "The rival's logit has no gradient.", NULL},
     .answer = by_squares,
     .variant = GRADIENT_OF_LABEL},
    {.info = {"spectral_is_frobenius", FORK_CONVENTION, "",
              "The root of all squares whatever is asked for.", NULL},
     .instead = {"norm", "frobenius"}},
    {.info = {"product_always", FORK_CONVENTION, "", "The whole product whatever is asked for.",
              NULL},
     .instead = {"pair", "product"}},
    {.info = {"difference_always", FORK_CONVENTION, "",
              "The columns that compete whatever is asked for.", NULL},
     .instead = {"pair", "difference"}},
};

const struct fork_list lipschitz_certificate_forks = {sizeof table / sizeof *table, table};
