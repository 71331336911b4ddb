// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    SELF_INCLUDED,
    PARTNER_LEFT_OUT,
    OTHER_VIEW_ONLY,
    LOCAL_NEGATIVES,
    NOT_NORMALIZED,
    TEMPERATURE_MULTIPLIED,
    ONE_DIRECTION,
    OTHERS_DETACHED,
    NORM_CONSTANT,
    TEMPERATURE_LOST_BACKWARD,
    MEAN_OVER_PAIRS,
    WITHOUT_MAXIMUM,
    LOGARITHM_OF_CHANCE,
    SQUARED_EPSILON,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN
};

struct problem {
    enum variant variant;
    size_t N, D, block;
    int halves, mean;
    real T, epsilon, W, dloss;
    const real *z;
    real *length, *turning; /* (N); 0 where the length is epsilon */
    real *c;                /* (N,N): cosines */
    real *G;                /* (N,N): derivatives by similarities */
};

static size_t partner(const struct problem *a, size_t i)
{
    if (a->halves)
        return i < a->N / 2 ? i + a->N / 2 : i - a->N / 2;
    return i % 2 == 0 ? i + 1 : i - 1;
}

static int is_first_view(const struct problem *a, size_t i)
{
    return a->halves ? i < a->N / 2 : i % 2 == 0;
}

/* Whether j is in the sum of anchor i. */
static int counted(const struct problem *a, size_t i, size_t j)
{
    if (a->variant == SELF_INCLUDED)
        return 1;
    if (i == j || (a->variant == PARTNER_LEFT_OUT && j == partner(a, i)))
        return 0;
    if (a->variant == OTHER_VIEW_ONLY)
        return is_first_view(a, i) != is_first_view(a, j);
    if (a->variant == LOCAL_NEGATIVES)
        return j == partner(a, i) || i / a->block == j / a->block;
    return 1;
}

/* How much anchor i counts. */
static real share(const struct problem *a, size_t i)
{
    size_t begin = i / a->block * a->block, left = a->N - begin;
    size_t own = left < a->block ? left : a->block, blocks = (a->N + a->block - 1) / a->block;
    if (a->variant == LAST_BLOCK_LOST && left <= a->block)
        return R(0.0);
    if (a->variant == ONE_DIRECTION)
        return is_first_view(a, i) ? (a->mean ? R(2.0) : R(1.0)) : R(0.0);
    if (a->variant == MEAN_OVER_PAIRS && a->mean)
        return R(2.0);
    if (a->variant == MEAN_OF_BLOCK_MEANS && a->mean)
        return real_count(a->N) / real_count(own * blocks);
    return R(1.0);
}

static void measure(struct problem *a)
{
    for (size_t i = 0; i < a->N; i++) {
        real s = R(0.0);
        for (size_t d = a->D; d-- > 0;)
            s = s + a->z[i * a->D + d] * a->z[i * a->D + d];
        a->length[i] = real_sqrt(s);
        a->turning[i] = a->length[i] < a->epsilon ? R(0.0) : R(1.0);
        a->length[i] = a->length[i] < a->epsilon ? a->epsilon : a->length[i];
        if (a->variant == SQUARED_EPSILON)
            a->length[i] = real_sqrt(s + R(1e-6));
        if (a->variant == NOT_NORMALIZED) {
            a->length[i] = R(1.0);
            a->turning[i] = R(0.0);
        }
    }
    for (size_t i = 0; i < a->N; i++) {
        for (size_t j = 0; j < a->N; j++) {
            real dot = R(0.0);
            for (size_t d = a->D; d-- > 0;)
                dot =
                    dot + (a->z[i * a->D + d] / a->length[i]) * (a->z[j * a->D + d] / a->length[j]);
            a->c[i * a->N + j] = dot;
        }
    }
}

static real similarity(const struct problem *a, size_t i, size_t j)
{
    real c = a->c[i * a->N + j];
    return a->variant == TEMPERATURE_MULTIPLIED ? c * a->T : c / a->T;
}

/* l[i], and its derivatives by the similarities in G[i,.]. */
static real anchor(const struct problem *a, size_t i)
{
    real m = similarity(a, i, partner(a, i)), sum = R(0.0), p = R(0.0);
    for (size_t j = 0; j < a->N; j++)
        m = counted(a, i, j) && similarity(a, i, j) > m ? similarity(a, i, j) : m;
    m = a->variant == WITHOUT_MAXIMUM ? R(0.0) : m;
    for (size_t j = a->N; j-- > 0;)
        sum = sum + (counted(a, i, j) ? real_exp(similarity(a, i, j) - m) : R(0.0));
    for (size_t j = 0; j < a->N; j++) {
        real chance = counted(a, i, j) ? real_exp(similarity(a, i, j) - m) / sum : R(0.0);
        p = j == partner(a, i) ? chance : p;
        a->G[i * a->N + j] = j == partner(a, i) ? chance - 1 : chance;
    }
    if (a->variant == LOGARITHM_OF_CHANCE)
        return -real_log(p);
    return (m - similarity(a, i, partner(a, i))) + real_log(sum);
}

/* dz[i] = sum_j A[i,j] (u[j] - c[i,j] u[i]) / (T |z[i]|), pair by pair. */
static void backward(const struct problem *a, real *dz)
{
    real upstream = a->variant == UPSTREAM_IGNORED ? R(1.0) : a->dloss;
    upstream = a->variant == GRADIENT_SIGN ? -upstream : upstream;
    real T = a->variant == TEMPERATURE_LOST_BACKWARD ? R(1.0)
             : a->variant == TEMPERATURE_MULTIPLIED  ? 1 / a->T
                                                     : a->T;
    for (size_t i = 0; i < a->N; i++) {
        for (size_t j = a->N; j-- > 0;) {
            real own = share(a, i) * a->G[i * a->N + j], other = share(a, j) * a->G[j * a->N + i];
            real A = upstream / a->W * (a->variant == OTHERS_DETACHED ? own : own + other);
            real turn = a->variant == NORM_CONSTANT ? R(0.0) : a->turning[i] * a->c[i * a->N + j];
            for (size_t d = 0; i != j && d < a->D; d++)
                dz[i * a->D + d] += A / (T * a->length[i]) *
                                    (a->z[j * a->D + d] / a->length[j] -
                                     turn * (a->z[i * a->D + d] / a->length[i]));
        }
    }
}

static void answer(struct call *call)
{
    static const char *const layouts[] = {"neighbours", "halves", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct problem a = {.variant = (enum variant)call_variant(call),
                        .z = call_input(call, "z", "ND"),
                        .block = call_block(call)};
    a.N = call_size(call, 'N');
    a.D = call_size(call, 'D');
    a.halves = call_choice(call, "layout", layouts);
    a.mean = !call_choice(call, "reduction", reductions);
    a.T = call_number_or(call, "temperature", R(0.5));
    a.epsilon = call_number_or(call, "epsilon", R(1e-12));
    a.W = a.mean ? real_count(a.N) : R(1.0);
    a.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    a.length = call_scratch(call, a.N);
    a.turning = call_scratch(call, a.N);
    a.c = call_scratch(call, a.N * a.N);
    a.G = call_scratch(call, a.N * a.N);
    measure(&a);
    real loss = R(0.0);
    for (size_t i = a.N; i-- > 0;)
        loss = loss + share(&a, i) * anchor(&a, i) / a.W;
    *call_output(call, "loss", "") = loss;
    backward(&a, call_output(call, "dz", "ND"));
}

static const struct fork table[] = {
    {.info = {"pair_by_pair", FORK_TWIN, "",
              "Gradients of cosines, pair by pair: (u[j] - c u[i]) / (T |z[i]|).", NULL},
     .answer = answer},
    {.info = {"neighbours", FORK_CONVENTION, "", "Partners are neighbours, whatever is stated.",
              NULL},
     .instead = {"layout", "neighbours"}},
    {.info = {"halves", FORK_CONVENTION, "", "Partners are N / 2 apart, whatever is stated.", NULL},
     .instead = {"layout", "halves"}},
    {.info = {"temperature_one", FORK_BUG, "", "The temperature is ignored.", NULL},
     .number = {"temperature", 1}},
    {.info = {"self_included", FORK_BUG, "", "An anchor is compared with itself, too.", NULL},
     .answer = answer,
     .variant = SELF_INCLUDED},
    {.info = {"partner_left_out", FORK_CONVENTION, "",
              "The partner is not in the sum, as in decoupled contrastive learning.", NULL},
     .answer = answer,
     .variant = PARTNER_LEFT_OUT},
    {.info = {"other_view_only", FORK_CONVENTION, "",
              "Negatives come from the other view alone, as in CLIP.", NULL},
     .answer = answer,
     .variant = OTHER_VIEW_ONLY},
    {.info = {"local_negatives", FORK_BUG, "",
              "Negatives come from the anchor's own block: each rank has a batch of its own.",
              NULL},
     .answer = answer,
     .variant = LOCAL_NEGATIVES},
    {.info = {"not_normalized", FORK_BUG, "", "Products in the place of cosines.", NULL},
     .answer = answer,
     .variant = NOT_NORMALIZED},
    {.info = {"temperature_multiplied", FORK_BUG, "", "cos T, not cos / T.", NULL},
     .answer = answer,
     .variant = TEMPERATURE_MULTIPLIED},
    {.info = {"one_direction", FORK_CONVENTION, "", "Only the first views are anchors.", NULL},
     .answer = answer,
     .variant = ONE_DIRECTION},
    {.info = {"others_detached", FORK_BUG, "", "Only anchors get a gradient.", NULL},
     .answer = answer,
     .variant = OTHERS_DETACHED},
    {.info = {"norm_constant", FORK_BUG, "", "No gradient through the normalisation.", NULL},
     .answer = answer,
     .variant = NORM_CONSTANT},
    {.info = {"temperature_lost_backward", FORK_BUG, "", "The gradient is not divided by T.", NULL},
     .answer = answer,
     .variant = TEMPERATURE_LOST_BACKWARD},
    {.info = {"mean_over_pairs", FORK_CONVENTION, "", "The mean is over N / 2 pairs.", NULL},
     .answer = answer,
     .variant = MEAN_OVER_PAIRS},
    {.info = {"without_maximum", FORK_NUMERICAL, "15 60",
              "Exponentials of similarities as they are.", NULL},
     .answer = answer,
     .variant = WITHOUT_MAXIMUM},
    {.info = {"logarithm_of_chance", FORK_NUMERICAL, "16",
              "The logarithm of the partner's chance, which underflows.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_CHANCE},
    {.info = {"epsilon_under_root", FORK_CONVENTION, "48 144",
              "sqrt(sum + 1e-6) in the place of the length.", NULL},
     .answer = answer,
     .variant = SQUARED_EPSILON},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of anchors is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list nt_xent_forks = {sizeof table / sizeof *table, table};
