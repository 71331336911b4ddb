// SPDX-License-Identifier: MIT
/* Muon; definition in reference/optimizers/muon.h.
 *
 * How it is distributed: the longer side of the matrix is sharded as samples are, in canonical
 * blocks of `block`; momentum and weights with it. What crosses the network is the squared norm
 * once, and in every iteration the Gram matrix of the shorter side: each block adds its part as
 * fused chains, the tree adds the blocks. Its square and the polynomial are computed on every rank;
 * their product with X touches each column of the longer side alone.
 */
#include "optimizer.h"

#include <string.h>

struct settings {
    bool average, nesterov, clamped;
    int scale;
    scalar momentum, epsilon, a, b, c, decay;
    size_t iterations;
};

/* This rank's l of the longer side; X (l,K) always has the shorter side as its columns. */
struct shard {
    const struct team *team;
    size_t l, K;
    scalar *X, *moved, *gram, *square;
    struct reduction *norm, *products;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"sum", "average", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const epsilons[] = {"added", "clamped", NULL};
    static const char *const scales[] = {"rows", "match_rms", "none", NULL};
    return (struct settings){
        .average = question_choice(q, "form", forms) == 1,
        .nesterov = question_choice(q, "nesterov", yes_no) == 0,
        .clamped = question_choice(q, "epsilon_form", epsilons) == 1,
        .scale = question_choice(q, "scale", scales),
        .momentum = updates_share(q, "momentum"),
        .epsilon = updates_positive(q, "epsilon"),
        .iterations = question_count(q, "iterations", 0, 100),
        .a = question_number_or(q, "a", (scalar)3.4445),
        .b = question_number_or(q, "b", (scalar)-4.775),
        .c = question_number_or(q, "c", (scalar)2.0315),
        .decay = question_number_or(q, "weight_decay", 0),
    };
}

/* The norm of X. */
static scalar find_norm(struct shard *k)
{
    scalar square;
    for (size_t b = 0; b < reduction_pieces(k->norm); b++) {
        const struct piece piece = reduction_piece(k->norm, b);
        scalar *leaf = reduction_leaf(k->norm);
        for (size_t i = piece.first; i < piece.first + piece.count; i++) {
            scalar sum = 0;
            for (size_t j = 0; j < k->K; j++)
                sum = sum + k->X[i * k->K + j] * k->X[i * k->K + j];
            leaf[0] = leaf[0] + sum;
        }
        reduction_push(k->norm);
    }
    reduction_finish(k->norm, &square);
    return scalar_sqrt(square);
}

static void find_gram(struct shard *k)
{
    const size_t K = k->K;
    for (size_t b = 0; b < reduction_pieces(k->products); b++) {
        const struct piece piece = reduction_piece(k->products, b);
        scalar *leaf = reduction_leaf(k->products);
        for (size_t i = piece.first; i < piece.first + piece.count; i++)
            for (size_t j = 0; j < K; j++)
                k->team->kernels->scale_add(K, leaf + j * K, k->X[i * K + j], k->X + i * K);
        reduction_push(k->products);
    }
    reduction_finish(k->products, k->gram);
}

static void iterate(struct shard *k, const struct settings *settings)
{
    const struct kernels *kernels = k->team->kernels;
    const size_t K = k->K;
    find_gram(k);
    memset(k->square, 0, K * K * sizeof *k->square);
    kernels->matrix_product(false, false, K, K, K, k->gram, K, k->gram, K, k->square, K);
    for (size_t i = 0; i < K * K; i++)
        k->square[i] = settings->b * k->gram[i] + settings->c * k->square[i];
    if (k->l == 0)
        return;
    memset(k->moved, 0, k->l * K * sizeof *k->moved);
    kernels->matrix_product(false, true, k->l, K, K, k->X, K, k->square, K, k->moved, K);
    for (size_t i = 0; i < k->l * K; i++)
        k->X[i] = settings->a * k->X[i] + k->moved[i];
}

static void orthogonalise(struct shard *k, const struct settings *settings)
{
    scalar length = find_norm(k);
    if (!settings->clamped)
        length = length + settings->epsilon;
    else if (length < settings->epsilon)
        length = settings->epsilon;
    for (size_t i = 0; i < k->l * k->K; i++)
        k->X[i] = k->X[i] / length;
    for (size_t i = 0; i < settings->iterations; i++)
        iterate(k, settings);
}

static scalar find_scale(int scale, size_t M, size_t N)
{
    if (scale == 1)
        return (scalar)0.2 * scalar_sqrt((scalar)(M > N ? M : N));
    return scale == 0 && M > N ? scalar_sqrt((scalar)M / (scalar)N) : 1;
}

/* All steps. `tall`: a row of the shard is a row of the matrix, not a column. */
struct path {
    size_t S, n, M, N;
    bool tall;
    const scalar *g, *rate;
    scalar sign, *w, *B, *w_after, *buffer_after, *direction;
};

static void walk(const struct path *path, struct shard *k, const struct settings *settings)
{
    const size_t n = path->n;
    const scalar mu = settings->momentum, share = settings->average ? 1 - mu : 1;
    const scalar scale = find_scale(settings->scale, path->M, path->N);
    for (size_t s = 0; s < path->S; s++) {
        const scalar shrink = path->rate[s] * settings->decay, length = path->rate[s] * scale;
        for (size_t i = 0; i < n; i++) {
            const scalar h = share * (path->sign * path->g[s * n + i]);
            path->B[i] = mu * path->B[i] + h;
            const size_t at = path->tall ? i : i % k->l * k->K + i / k->l;
            k->X[at] = settings->nesterov ? h + mu * path->B[i] : path->B[i];
        }
        orthogonalise(k, settings);
        for (size_t i = 0; i < n; i++) {
            const scalar x = k->X[path->tall ? i : i % k->l * k->K + i / k->l];
            const scalar w = shrink != 0 ? path->w[i] - shrink * path->w[i] : path->w[i];
            path->w[i] = w - length * x;
            path->w_after[s * n + i] = path->w[i];
            path->buffer_after[s * n + i] = path->B[i];
            path->direction[s * n + i] = x;
        }
    }
}

static bool is_tall(struct question *q)
{
    question_input(q, "w", "AB");
    return question_size(q, 'A') > question_size(q, 'B');
}

void muon_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const bool tall = is_tall(q);
    const char *one = tall ? "[M]N" : "M[N]", *many = tall ? "S[M]N" : "SM[N]";
    struct path path = {.g = question_input(q, "g", many), .tall = tall};
    const scalar *w = question_input(q, "w", one);
    path.rate = question_input(q, "rate", "S");
    const struct settings settings = read_settings(q);
    path.sign = question_choice(q, "maximize", no_yes) ? -1 : 1;
    path.S = question_size(q, 'S');
    path.M = question_size(q, 'M');
    path.N = question_size(q, 'N');
    const char side = tall ? 'M' : 'N';
    const size_t l = question_part(q, side), K = tall ? path.N : path.M, n = l * K;
    path.n = n;
    path.w = question_scratch(q, n);
    path.B = question_scratch(q, n);
    if (n)
        memcpy(path.w, w, n * sizeof *w);
    if (question_has(q, "momentum_buffer") && n)
        memcpy(path.B, question_input(q, "momentum_buffer", one), n * sizeof *w);
    path.w_after = question_output(q, "w_after", many);
    path.buffer_after = question_output(q, "buffer_after", many);
    path.direction = question_output(q, "direction", many);
    struct shard k = {question_team(q),
                      l,
                      K,
                      question_scratch(q, n),
                      question_scratch(q, n),
                      question_scratch(q, K * K),
                      question_scratch(q, K * K),
                      question_sum(q, side, 1),
                      question_sum(q, side, K * K)};
    walk(&path, &k, &settings);
}
