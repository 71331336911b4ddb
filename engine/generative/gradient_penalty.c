// SPDX-License-Identifier: MIT
/* Gradient penalty; definition in reference/generative/gradient_penalty.h.
 *
 * How it is distributed: pairs are sharded; every rank holds the critic. Both backward passes touch
 * each pair alone. What crosses the network: the sums of the scores and of the penalty, and the
 * products that are gradients of the weights, each a chain over the samples of a canonical block,
 * then the fixed tree. The first derivative is the tape's; the second one is written out here.
 */
#include "../losses/loss.h"
#include "named_network.h"

#include <string.h>

struct penalty {
    struct question *q;
    const struct kernels *kernels;
    struct network critic;
    struct network_use use;
    size_t N, rows, D;
    int form;
    bool wasserstein;
    scalar lambda, center, epsilon, dloss;
    const scalar *g;
    const scalar *z[NETWORK_LAYERS], *a[NETWORK_LAYERS]; /* of the points */
    const scalar *e[NETWORK_LAYERS], *u[NETWORK_LAYERS]; /* their gradients */
    scalar *v0, *r[NETWORK_LAYERS], *v[NETWORK_LAYERS], *curved[NETWORK_LAYERS];
};

enum { RELU, TANH };
enum { TWO_SIDED, ONE_SIDED, SQUARED_NORM };

static const scalar *interpolated(struct question *q, const scalar *x, const scalar *fake,
                                  size_t rows, size_t D)
{
    static const char *const sources[] = {"real", "fake", NULL};
    const bool from_fake = question_choice(q, "from", sources) == 1;
    const scalar *base = from_fake ? fake : x, *other = from_fake ? x : fake;
    const scalar *every = question_input(q, "alpha", "N");
    const scalar *alpha = question_input(q, "alpha", "[N]");
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (!(every[n] >= 0 && every[n] <= 1))
            question_refuse(q, "element %zu of its 'alpha' is not between 0 and 1", n);
    scalar *p = question_scratch(q, rows * D);
    for (size_t i = 0; i < rows * D; i++)
        p[i] = base[i] + alpha[i / D] * (other[i] - base[i]);
    return p;
}

static const scalar *points(struct question *q, const scalar *x, const scalar *fake, size_t rows,
                            size_t D)
{
    static const char *const places[] = {"interpolates", "real", "fake", "given", NULL};
    const int where = question_choice(q, "where", places);
    if (where == 0)
        return interpolated(q, x, fake, rows, D);
    if (where == 3)
        return question_input(q, "points", "[N]A");
    return where == 1 ? x : fake;
}

/* dz = f'(z) dy. */
static void slope(int f, size_t n, scalar *dz, const scalar *dy, const scalar *z, const scalar *a)
{
    for (size_t i = 0; i < n; i++) {
        if (f == RELU)
            dz[i] = z[i] > 0 ? dy[i] : 0;
        else
            dz[i] = f == TANH ? dy[i] * (1 - a[i] * a[i]) : dy[i] * a[i] * (1 - a[i]);
    }
}

static scalar curvature(int f, scalar a)
{
    if (f == RELU)
        return 0;
    return f == TANH ? -2 * a * (1 - a * a) : a * (1 - a) * (1 - 2 * a);
}

/* Where the tape keeps z, a and their gradients. Its records are dense, activation, dense, ... */
static void find_tensors(struct penalty *is)
{
    const struct tape *tape = is->use.tape;
    for (size_t l = 0; l < is->critic.layers; l++) {
        is->z[l] = tape->node[2 * l].output->value;
        is->e[l] = tape->node[2 * l].output->gradient;
        if (l + 1 < is->critic.layers) {
            is->a[l] = tape->node[2 * l + 1].output->value;
            is->u[l] = tape->node[2 * l + 1].output->gradient;
        }
    }
}

/* Fills v0 and the output norm; returns the penalty. Collective. */
static scalar first_backward(struct penalty *is, const scalar *p)
{
    const size_t rows = is->rows, D = is->D;
    scalar *ones = question_scratch(is->q, rows), *value = question_scratch(is->q, rows), total;
    scalar *norm = question_output(is->q, "norm", "[N]");
    for (size_t n = 0; n < rows; n++)
        ones[n] = 1;
    network_forward(&is->use, p);
    is->g = network_backward(&is->use, ones);
    memcpy(question_output(is->q, "gradient", "[N]A"), is->g, rows * D * sizeof *p);
    is->v0 = question_scratch(is->q, rows * D);
    team_row_products(question_team(is->q), rows, D, is->g, is->g, value);
    const scalar scale = is->dloss * is->lambda / (scalar)is->N;
    for (size_t n = 0; n < rows; n++) {
        const scalar s = norm[n] = scalar_sqrt(value[n] + is->epsilon), gap = s - is->center;
        scalar k = 2;
        if (is->form != SQUARED_NORM) {
            value[n] = gap * gap;
            k = s > 0 ? 2 * gap / s : 0;
        }
        if (is->form == ONE_SIDED && !(gap > 0))
            value[n] = k = 0;
        for (size_t i = n * D; i < (n + 1) * D; i++)
            is->v0[i] = scale * k * is->g[i];
    }
    loss_sum_rows(is->q, 'N', 1, value, &total);
    return total / (scalar)is->N;
}

static void second_backward(struct penalty *is)
{
    const struct network *net = &is->critic;
    const size_t rows = is->rows;
    for (size_t l = 0; l < net->layers; l++) {
        const size_t I = net->size[l], O = net->size[l + 1];
        is->r[l] = question_scratch(is->q, rows * O);
        is->v[l] = question_scratch(is->q, rows * O);
        is->curved[l] = question_scratch(is->q, rows * O);
        is->kernels->matrix_product(false, false, rows, O, I, l == 0 ? is->v0 : is->v[l - 1], I,
                                    net->w[l], O, is->r[l], O);
        if (l + 1 < net->layers)
            slope(net->activation, rows * O, is->v[l], is->r[l], is->z[l], is->a[l]);
    }
    for (size_t l = net->layers - 1; l-- > 0;) {
        const size_t O = net->size[l + 1], P = net->size[l + 2];
        scalar *down = question_scratch(is->q, rows * O), *q = is->curved[l];
        is->kernels->matrix_product(false, true, rows, O, P, is->curved[l + 1], P, net->w[l + 1], P,
                                    down, O);
        slope(net->activation, rows * O, down, down, is->z[l], is->a[l]);
        for (size_t i = 0; i < rows * O; i++)
            q[i] = curvature(net->activation, is->a[l][i]) * is->u[l][i] * is->r[l][i] + down[i];
    }
}

/* first: v' e; second: a' q and the sum of q; both laid out as the parameters. */
static void add_piece(const struct penalty *is, struct piece piece, scalar *first, scalar *second)
{
    const struct network *net = &is->critic;
    for (size_t l = 0; l < net->layers; l++) {
        const size_t I = net->size[l], O = net->size[l + 1], from = piece.first;
        const scalar *v = l == 0 ? is->v0 : is->v[l - 1], *q = is->curved[l] + from * O;
        const scalar *a = l == 0 ? is->use.input->value : is->a[l - 1];
        is->kernels->matrix_product(true, false, I, O, piece.count, v + from * I, I,
                                    is->e[l] + from * O, O, first, O);
        is->kernels->matrix_product(true, false, I, O, piece.count, a + from * I, I, q, O, second,
                                    O);
        first += (I + 1) * O;
        second += I * O;
        for (size_t i = 0; i < piece.count * O; i++)
            second[i % O] += q[i];
        second += O;
    }
}

static void add_sums(const struct penalty *is, scalar *total)
{
    const size_t P = is->critic.parameters;
    scalar *part = question_scratch(is->q, 2 * P);
    struct reduction *sum = question_sum(is->q, 'N', 2 * P);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        scalar *leaf = reduction_leaf(sum);
        add_piece(is, reduction_piece(sum, i), leaf, leaf + P);
        reduction_push(sum);
    }
    reduction_finish(sum, part);
    for (size_t i = 0; i < 2 * P; i++)
        total[i % P] += part[i];
}

/* The mean score of a batch; adds its gradient, times `sign`, to total. Collective. */
static scalar mean_score(const struct penalty *is, const scalar *x, scalar sign, scalar *total)
{
    const struct network_use use = network_use(is->q, &is->critic, is->rows);
    scalar *dy = question_scratch(is->q, is->rows), *y = question_scratch(is->q, is->rows), sum;
    memcpy(y, network_forward(&use, x), is->rows * sizeof *y);
    for (size_t n = 0; n < is->rows; n++)
        dy[n] = is->wasserstein ? sign * is->dloss / (scalar)is->N : 0;
    network_backward(&use, dy);
    network_add(is->q, 'N', &use, total);
    loss_sum_rows(is->q, 'N', 1, y, &sum);
    return sum / (scalar)is->N;
}

static void read_numbers(struct question *q, struct penalty *is)
{
    static const char *const forms[] = {"two_sided", "one_sided", "squared_norm", NULL};
    static const char *const critics[] = {"wasserstein", "none", NULL};
    is->form = question_choice(q, "form", forms);
    is->wasserstein = question_choice(q, "critic", critics) == 0;
    is->lambda = question_number_or(q, "lambda", 10);
    is->center = question_number_or(q, "center", 1);
    is->epsilon = question_number_or(q, "epsilon", 0);
    is->dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    if (!(is->lambda >= 0))
        question_refuse(q, "its 'lambda' is negative; give at least 0");
    if (!(is->center >= 0))
        question_refuse(q, "its 'center' is negative, but is a length");
    if (!(is->epsilon >= 0))
        question_refuse(q, "its 'epsilon' is negative; give at least 0");
}

void gradient_penalty_run(struct question *q)
{
    struct penalty is = {.q = q, .kernels = question_team(q)->kernels};
    is.critic = network_read(q, "", 'A');
    const scalar *x = question_input(q, "x", "[N]A"), *fake = question_input(q, "fake", "[N]A");
    is.N = question_size(q, 'N');
    is.rows = question_part(q, 'N');
    is.D = network_inputs(&is.critic);
    read_numbers(q, &is);
    if (is.N == 0)
        question_refuse(q, "its input 'x' has no samples, so the mean is 0 / 0");
    if (network_outputs(&is.critic) != 1)
        question_refuse(q, "its critic, 'w1' and so on, must have one output");
    is.use = network_use(q, &is.critic, is.rows);
    find_tensors(&is);
    const scalar penalty = first_backward(&is, points(q, x, fake, is.rows, is.D));
    second_backward(&is);
    scalar *total = question_scratch(q, is.critic.parameters);
    const scalar real_score = mean_score(&is, x, -1, total);
    const scalar scores = mean_score(&is, fake, 1, total) - real_score;
    add_sums(&is, total);
    question_output(q, "penalty", "")[0] = penalty;
    question_output(q, "loss", "")[0] = (is.wasserstein ? scores : 0) + is.lambda * penalty;
    network_gradients(q, &is.critic, total);
}
