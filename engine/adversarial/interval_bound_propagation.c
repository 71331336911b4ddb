// SPDX-License-Identifier: MIT
/* Interval bound propagation; definition in reference/adversarial/interval_bound_propagation.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the network. Intervals, margins
 * and dx belong to a sample. What crosses the network, in two sums: the gradients of the clean loss
 * with that loss, and those of the worst case with its loss, each a chain over the samples of every
 * canonical block, then the fixed tree; and the number of certified samples.
 */
#include "../foundations/perceptron_case.h"

#include <string.h>

struct ends {
    scalar *low, *high;
};

struct boxes {
    struct question *q;
    const struct team *team;
    const struct perceptron *net;
    size_t rows, L, K;
    int activation;
    bool merged;
    const int *labels;
    scalar kappa;
    struct ends before[PERCEPTRON_LAYERS + 1], after[PERCEPTRON_LAYERS + 1];
    scalar *m[PERCEPTRON_LAYERS + 1], *r[PERCEPTRON_LAYERS + 1];
    scalar *dm[PERCEPTRON_LAYERS + 1], *dr[PERCEPTRON_LAYERS + 1];
    scalar *size[PERCEPTRON_LAYERS]; /* |w| */
    scalar *worst, *dworst, *loss;
};

static const scalar *weights(const struct boxes *is, size_t l)
{
    return is->net->tape->parameter + is->net->w[l];
}

static const scalar *biases(const struct boxes *is, size_t l)
{
    return is->net->tape->parameter + is->net->b[l];
}

static void allocate(struct boxes *is)
{
    const size_t *size = is->net->shape.size;
    for (size_t l = 0; l <= is->L; l++) {
        const size_t n = is->rows * size[l];
        scalar *space = question_scratch(is->q, 8 * n);
        is->before[l] = (struct ends){space, space + n};
        is->after[l] = (struct ends){space + 2 * n, space + 3 * n};
        is->m[l] = space + 4 * n;
        is->r[l] = space + 5 * n;
        is->dm[l] = space + 6 * n;
        is->dr[l] = space + 7 * n;
    }
    for (size_t l = 0; l < is->L; l++) {
        const size_t n = size[l] * size[l + 1];
        is->size[l] = question_scratch(is->q, n);
        for (size_t k = 0; k < n; k++)
            is->size[l][k] = scalar_absolute(weights(is, l)[k]);
    }
    is->worst = question_output(is->q, "worst", "[N]K");
    is->dworst = question_scratch(is->q, is->rows * is->K);
    is->loss = question_scratch(is->q, is->rows);
}

static void center(struct boxes *is, size_t l)
{
    const struct ends ends = is->after[l];
    for (size_t i = 0; i < is->rows * is->net->shape.size[l]; i++) {
        is->m[l][i] = (ends.high[i] + ends.low[i]) / 2;
        is->r[l][i] = (ends.high[i] - ends.low[i]) / 2;
    }
}

/* The box around x. `before` of the inputs is 0 where it is cut off, else 1. */
static void read_box(struct boxes *is, const scalar *x)
{
    static const char *const kinds[] = {"clip", "none", NULL};
    const bool clip = question_choice(is->q, "box", kinds) == 0;
    const scalar epsilon = question_number(is->q, "epsilon");
    const scalar low = question_number_or(is->q, "low", 0);
    const scalar high = question_number_or(is->q, "high", 1);
    if (!(epsilon >= 0))
        question_refuse(is->q, "its 'epsilon' is %g; give at least 0", (double)epsilon);
    if (!(low < high))
        question_refuse(is->q, "its 'low' is not below its 'high'");
    for (size_t i = 0; i < is->rows * is->net->shape.size[0]; i++) {
        const scalar below = x[i] - epsilon, above = x[i] + epsilon;
        const bool cut_low = clip && below < low, cut_high = clip && above > high;
        is->before[0].low[i] = !cut_low;
        is->before[0].high[i] = !cut_high;
        is->after[0].low[i] = cut_low ? low : below;
        is->after[0].high[i] = cut_high ? high : above;
    }
    center(is, 0);
}

static void activate(const struct boxes *is, size_t n, scalar *a, const scalar *z)
{
    if (is->activation == 1)
        is->team->kernels->hyperbolic_tangent(n, a, z);
    for (size_t i = 0; is->activation != 1 && i < n; i++)
        a[i] = is->activation == 0 ? (z[i] > 0 ? z[i] : 0) : -scalar_absolute(z[i]);
    if (is->activation == 2)
        is->team->kernels->exponential(n, a, a);
    for (size_t i = 0; is->activation == 2 && i < n; i++)
        a[i] = (z[i] < 0 ? a[i] : 1) / (1 + a[i]);
}

static void differentiate(const struct boxes *is, size_t n, scalar *d, const scalar *a)
{
    for (size_t i = 0; i < n; i++) {
        if (is->activation == 0)
            d[i] = a[i] > 0 ? d[i] : 0;
        else if (is->activation == 1)
            d[i] *= 1 - a[i] * a[i];
        else
            d[i] = d[i] * a[i] * (1 - a[i]);
    }
}

static void through_layer(struct boxes *is, size_t l)
{
    const size_t I = is->net->shape.size[l], O = is->net->shape.size[l + 1], n = is->rows * O;
    scalar *m = is->before[l + 1].low, *r = is->before[l + 1].high;
    for (size_t k = 0; k < n; k++)
        m[k] = biases(is, l)[k % O];
    team_product(is->team, false, false, is->rows, O, I, is->m[l], I, weights(is, l), O, m, O);
    team_product(is->team, false, false, is->rows, O, I, is->r[l], I, is->size[l], O, r, O);
    for (size_t k = 0; k < n; k++) {
        const scalar middle = m[k], radius = r[k];
        m[k] = middle - radius;
        r[k] = middle + radius;
    }
    if (l + 1 == is->L)
        return;
    activate(is, n, is->after[l + 1].low, m);
    activate(is, n, is->after[l + 1].high, r);
    center(is, l + 1);
}

static void find_worst(struct boxes *is)
{
    const size_t last = is->L - 1, I = is->net->shape.size[last], K = is->K;
    const scalar *w = weights(is, last), *b = biases(is, last);
    scalar *v = question_scratch(is->q, 2 * I), *size = v + I;
    for (size_t i = 0; i < is->rows * K; i++) {
        const size_t n = i / K, k = i % K, y = (size_t)is->labels[n];
        is->worst[i] = k == y ? is->before[is->L].low[i] : is->before[is->L].high[i];
        if (!is->merged)
            continue;
        for (size_t j = 0; j < I; j++) {
            v[j] = w[j * K + k] - w[j * K + y];
            size[j] = scalar_absolute(v[j]);
        }
        scalar middle = b[k] - b[y], radius = 0;
        team_product(is->team, false, false, 1, 1, I, is->m[last] + n * I, I, v, 1, &middle, 1);
        team_product(is->team, false, false, 1, 1, I, is->r[last] + n * I, I, size, 1, &radius, 1);
        is->worst[i] = middle + radius;
    }
}

/* Losses of the worst cases, and dworst. */
static void robust_loss(struct boxes *is)
{
    const size_t K = is->K;
    const scalar W = (scalar)question_size(is->q, 'N'), share = 1 - is->kappa;
    scalar *u = is->dworst, *s = question_scratch(is->q, is->rows);
    for (size_t i = 0; i < is->rows * K; i += K) {
        scalar largest = is->worst[i];
        for (size_t k = 1; k < K; k++)
            largest = is->worst[i + k] > largest ? is->worst[i + k] : largest;
        for (size_t k = 0; k < K; k++)
            u[i + k] = is->worst[i + k] - largest;
        is->loss[i / K] = u[i + (size_t)is->labels[i / K]];
    }
    is->team->kernels->exponential(is->rows * K, u, u);
    for (size_t i = 0; i < is->rows * K; i += K) {
        for (size_t k = 0; k < K; k++)
            s[i / K] += u[i + k];
        for (size_t k = 0; k < K; k++)
            u[i + k] = (u[i + k] / s[i / K] - ((int)k == is->labels[i / K])) * share / W;
    }
    is->team->kernels->logarithm(is->rows, s, s);
    for (size_t n = 0; n < is->rows; n++)
        is->loss[n] = s[n] - is->loss[n];
}

/* dm and dr of the inputs of the last layer, where it is merged. */
static void back_merged(struct boxes *is)
{
    const size_t last = is->L - 1, I = is->net->shape.size[last], K = is->K;
    const scalar *w = weights(is, last);
    for (size_t i = 0; i < is->rows * I; i++) {
        const size_t n = i / I, y = (size_t)is->labels[n];
        for (size_t k = 0; k < K; k++) {
            const scalar v = w[i % I * K + k] - w[i % I * K + y], d = is->dworst[n * K + k];
            const scalar size = scalar_absolute(v);
            if (k == y)
                continue;
            team_product(is->team, false, false, 1, 1, 1, &d, 1, &v, 1, is->dm[last] + i, 1);
            team_product(is->team, false, false, 1, 1, 1, &d, 1, &size, 1, is->dr[last] + i, 1);
        }
    }
}

static void back_activation(struct boxes *is, size_t l)
{
    const size_t n = is->rows * is->net->shape.size[l];
    scalar *high = question_scratch(is->q, n), *low = question_scratch(is->q, n);
    for (size_t i = 0; i < n; i++) {
        high[i] = (is->dm[l][i] + is->dr[l][i]) / 2;
        low[i] = (is->dm[l][i] - is->dr[l][i]) / 2;
        if (l == 0) {
            high[i] *= is->before[0].high[i];
            low[i] *= is->before[0].low[i];
        }
    }
    if (l > 0) {
        differentiate(is, n, high, is->after[l].high);
        differentiate(is, n, low, is->after[l].low);
    }
    for (size_t i = 0; i < n; i++) {
        is->dm[l][i] = high[i] + low[i];
        is->dr[l][i] = high[i] - low[i];
    }
}

static void back(struct boxes *is)
{
    const size_t L = is->L, K = is->K;
    for (size_t i = 0; i < is->rows * K; i++) {
        is->dm[L][i] = is->dworst[i];
        is->dr[L][i] = is->labels[i / K] == (int)(i % K) ? -is->dworst[i] : is->dworst[i];
    }
    for (size_t l = L; l-- > 0;) {
        const size_t I = is->net->shape.size[l], O = is->net->shape.size[l + 1];
        if (l + 1 == L && is->merged) {
            back_merged(is);
        } else {
            team_product(is->team, false, true, is->rows, I, O, is->dm[l + 1], O, weights(is, l), O,
                         is->dm[l], I);
            team_product(is->team, false, true, is->rows, I, O, is->dr[l + 1], O, is->size[l], O,
                         is->dr[l], I);
        }
        back_activation(is, l);
    }
}

static scalar sign(scalar x)
{
    return x < 0 ? -1 : x > 0 ? 1 : 0;
}

/* What sample n adds to the gradients of the merged last layer. */
static void add_merged(const struct boxes *is, size_t n, scalar *dw, scalar *db)
{
    const size_t last = is->L - 1, I = is->net->shape.size[last], K = is->K;
    const size_t y = (size_t)is->labels[n];
    const scalar *w = weights(is, last), *d = is->dworst + n * K;
    for (size_t i = 0; i <= I; i++) {
        scalar all = 0;
        for (size_t k = 0; k < K; k++) {
            if (k == y)
                continue;
            scalar add = d[k];
            if (i < I)
                add = is->m[last][n * I + i] * d[k] +
                      sign(w[i * K + k] - w[i * K + y]) * (is->r[last][n * I + i] * d[k]);
            *(i < I ? dw + i * K + k : db + k) += add;
            all += add;
        }
        *(i < I ? dw + i * K + y : db + y) += -all;
    }
}

static void add_layer(const struct boxes *is, size_t l, size_t n, scalar *dw, scalar *db)
{
    const size_t I = is->net->shape.size[l], O = is->net->shape.size[l + 1];
    const scalar *dm = is->dm[l + 1] + n * O, *dr = is->dr[l + 1] + n * O;
    const scalar *m = is->m[l] + n * I, *r = is->r[l] + n * I, *w = weights(is, l);
    for (size_t k = 0; k < I * O; k++)
        dw[k] += m[k / O] * dm[k % O] + sign(w[k]) * (r[k / O] * dr[k % O]);
    for (size_t o = 0; o < O; o++)
        db[o] += dm[o];
}

/* The gradients of the worst case and its loss, summed over all samples. */
static void sum_worst(struct boxes *is, scalar *total)
{
    const size_t P = is->net->tape->parameters;
    struct reduction *sum = question_sum(is->q, 'N', P + 1);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            for (size_t l = 0; l < is->L; l++) {
                scalar *dw = leaf + is->net->w[l], *db = leaf + is->net->b[l];
                if (l + 1 == is->L && is->merged)
                    add_merged(is, n, dw, db);
                else
                    add_layer(is, l, n, dw, db);
            }
            leaf[P] += is->loss[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void certify(struct boxes *is)
{
    scalar *margin = question_output(is->q, "margin", "[N]");
    scalar *certified = question_output(is->q, "certified", "[N]");
    long long count = 0;
    for (size_t n = 0; n < is->rows; n++) {
        const scalar *worst = is->worst + n * is->K;
        const size_t y = (size_t)is->labels[n];
        scalar rival = worst[y == 0];
        for (size_t k = 0; k < is->K; k++)
            rival = k != y && worst[k] > rival ? worst[k] : rival;
        margin[n] = worst[y] - rival;
        certified[n] = margin[n] > 0;
        count += margin[n] > 0;
    }
    reduce_integers(is->team, &count, 1);
    question_output(is->q, "accuracy", "")[0] = (scalar)count / (scalar)question_size(is->q, 'N');
}

static struct boxes read(struct question *q, const scalar **x)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    static const char *const lasts[] = {"merged", "intervals", NULL};
    const struct perceptron_shape shape = perceptron_case_shape(q, "[N]A", x);
    struct boxes is = {.q = q,
                       .team = question_team(q),
                       .rows = question_part(q, 'N'),
                       .L = shape.layers,
                       .K = shape.size[shape.layers],
                       .activation = question_choice(q, "activation", activations),
                       .merged = question_choice(q, "last", lasts) == 0,
                       .kappa = question_number_or(q, "kappa", (scalar)0.5)};
    if (is.K < 2)
        question_refuse(q, "its network 'w%zu' has one output; give two or more", is.L);
    if (shape.has_targets)
        question_refuse(q, "its 'loss' is not cross_entropy, which needs labels");
    if (!(is.kappa >= 0 && is.kappa <= 1))
        question_refuse(q, "its 'kappa' is %g; give 0 to 1", (double)is.kappa);
    is.labels = question_integers(q, "labels", "[N]", 0, (int)is.K - 1);
    struct perceptron *net = perceptron_create(question_arena(q), is.team, &shape, is.rows, true);
    perceptron_case_parameters(q, net);
    memcpy(net->labels, is.labels, is.rows * sizeof *is.labels);
    perceptron_set_mean(net, question_size(q, 'N'));
    is.net = net;
    question_bind(q, 'K', is.K);
    return is;
}

void interval_bound_propagation_run(struct question *q)
{
    const scalar *x;
    struct boxes is = read(q, &x);
    struct perceptron *net = (struct perceptron *)is.net;
    const size_t D = net->shape.size[0], P = net->tape->parameters;
    allocate(&is);
    read_box(&is, x);
    for (size_t l = 0; l < is.L; l++)
        through_layer(&is, l);
    find_worst(&is);
    robust_loss(&is);
    back(&is);
    memcpy(net->input->value, x, is.rows * D * sizeof *x);
    net->cross_entropy.dloss = &is.kappa;
    scalar *clean = question_scratch(q, P + 1), *total = question_scratch(q, P + 1);
    struct reduction *over_samples = question_sum(q, 'N', net->tape->sums);
    tape_forward(net->tape, is.rows);
    tape_backward(net->tape, is.rows);
    tape_sum(net->tape, over_samples);
    reduction_finish(over_samples, clean);
    sum_worst(&is, total);
    memcpy(question_output(q, "z", "[N]K"), net->output->value, is.rows * is.K * sizeof *x);
    memcpy(question_output(q, "lower", "[N]K"), is.before[is.L].low, is.rows * is.K * sizeof *x);
    memcpy(question_output(q, "upper", "[N]K"), is.before[is.L].high, is.rows * is.K * sizeof *x);
    certify(&is);
    scalar *dx = question_output(q, "dx", "[N]A");
    for (size_t i = 0; i < is.rows * D; i++)
        dx[i] = net->input->gradient[i] + is.dm[0][i];
    const scalar W = (scalar)question_size(q, 'N');
    question_output(q, "loss", "")[0] = is.kappa * (clean[P] / W) + (1 - is.kappa) * (total[P] / W);
    for (size_t k = 0; k < P; k++)
        clean[k] += total[k];
    const struct perceptron_outputs outputs = perceptron_case_outputs(q, net, "d", "", 0);
    perceptron_case_record(net, &outputs, 0, clean);
}
