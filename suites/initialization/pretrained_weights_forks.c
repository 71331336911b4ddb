// SPDX-License-Identifier: MIT
#include "../../reference/initialization/pretrained_weights.h"
#include "../fork.h"

enum mistake {
    NONE,
    NOT_TRANSPOSED,
    SCALE_LOST,
    SCALED_TWICE,
    BIAS_NOT_LOADED,
    HEAD_FROZEN_TOO,
    EVERYTHING_LEARNS,
    FROZEN_DECAYS,
    MASK_INVERTED,
    GRADIENT_STOPS_AT_BASE,
    HEAD_AT_BASE_RATE,
    NO_DECAY_OF_BIASES,
    DECAY_WITHOUT_RATE,
    SUM_NOT_MEAN,
    LOSS_NOT_HALVED,
    SLOPE_FORGOTTEN,
    HASH_MULTIPLIES_FIRST,
    HASH_HIGH_BYTES_FIRST,
    HASH_OF_TRANSPOSED,
    HASH_WITHOUT_BIAS,
    HASH_FROM_ZERO,
    HASH_OF_VALUES,
    HASH_OF_ALL,
    LAST_SAMPLE_LOST
};

static uint32_t hash(enum mistake mistake, uint32_t h, const real *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real stored = mistake == HASH_OF_VALUES ? value[i] + 0 : value[i]; /* -0 becomes 0 */
        uint32_t pattern = call_binary32_bits(stored);
        for (int k = 0; k < 4; k++) {
            uint32_t byte = pattern >> 8 * (mistake == HASH_HIGH_BYTES_FIRST ? 3 - k : k) & 255u;
            h = mistake == HASH_MULTIPLIES_FIRST ? h * 16777619u ^ byte : (h ^ byte) * 16777619u;
        }
    }
    return h;
}

static void mark(const struct transfer *net, enum mistake mistake)
{
    size_t HO = net->H * net->O;
    uint32_t h = mistake == HASH_FROM_ZERO ? 0 : 2166136261u;
    h = hash(mistake, h, mistake == HASH_OF_TRANSPOSED ? net->w : net->source_w, net->D * net->H);
    if (net->source_b && mistake != HASH_WITHOUT_BIAS)
        h = hash(mistake, h, net->source_b, net->H);
    if (net->source_head || mistake == HASH_OF_ALL)
        h = hash(mistake, h, net->head, HO);
    net->checksum[0] = (real)(h / 65536u);
    net->checksum[1] = (real)(h % 65536u);
    for (int k = 0; k < 4; k++) {
        if (mistake == EVERYTHING_LEARNS)
            net->frozen[k] = 0;
        if (mistake == MASK_INVERTED)
            net->frozen[k] = 1 - net->frozen[k];
    }
    if (mistake == HEAD_FROZEN_TOO && net->frozen[0] != 0)
        net->frozen[2] = net->frozen[3] = 1;
}

static void load(const struct transfer *net, enum mistake mistake)
{
    transfer_load(net);
    for (size_t i = 0; i < net->D * net->H; i++)
        if (mistake == NOT_TRANSPOSED)
            net->w[i] = net->source_w[i];
    for (size_t i = 0; i < net->H; i++)
        if (mistake == BIAS_NOT_LOADED)
            net->b[i] = 0;
    for (size_t i = 0; net->deviates && i < net->H * net->O; i++) {
        if (mistake == SCALE_LOST)
            net->head[i] = net->deviates[i];
        if (mistake == SCALED_TWICE)
            net->head[i] = net->scale * net->head[i];
    }
    mark(net, mistake);
}

/* Sample n: what it adds to all gradients. */
static void add_sample(const struct transfer *net, enum mistake mistake, size_t n)
{
    size_t D = net->D, H = net->H, O = net->O;
    const real *a = &net->a[n * H], *dy = &net->dy[n * O], *x = &net->x[n * D];
    real *dx = &net->dx[n * D];
    for (size_t d = 0; d < D; d++)
        dx[d] = 0;
    for (size_t o = 0; o < O; o++)
        net->gradient[3][o] += dy[o];
    for (size_t h = H; h-- > 0;) {
        real back = 0;
        for (size_t o = O; o-- > 0;) {
            net->gradient[2][h * O + o] += a[h] * dy[o];
            back += net->head[h * O + o] * dy[o];
        }
        if (mistake != SLOPE_FORGOTTEN)
            back = back * (1 - a[h]) * (1 + a[h]);
        net->gradient[1][h] += back;
        for (size_t d = 0; d < D; d++) {
            net->gradient[0][d * H + h] += x[d] * back;
            if (mistake != GRADIENT_STOPS_AT_BASE || net->frozen[0] == 0)
                dx[d] += net->w[d * H + h] * back;
        }
    }
}

static void backward(const struct transfer *net, enum mistake mistake)
{
    for (size_t i = 0; mistake == SUM_NOT_MEAN && i < net->N * net->O; i++)
        net->dy[i] = net->dy[i] * real_count(net->N);
    for (size_t n = net->N; n-- > 0;)
        if (mistake != LAST_SAMPLE_LOST || n == 0 || n + 1 < net->N)
            add_sample(net, mistake, n);
    if (mistake == LOSS_NOT_HALVED)
        *net->loss = 2 * *net->loss;
}

static real decay_of(const struct transfer *net, enum mistake mistake, size_t k)
{
    return mistake == NO_DECAY_OF_BIASES && k % 2 == 1 ? 0 : net->decay;
}

static void step(const struct transfer *net, enum mistake mistake)
{
    size_t count[4] = {net->D * net->H, net->H, net->H * net->O, net->O};
    const real *tensor[4] = {net->w, net->b, net->head, net->head_bias};
    for (size_t k = 0; k < 4; k++) {
        real rate = k < 2 || mistake == HEAD_AT_BASE_RATE ? net->base_rate : net->rate;
        real decay = decay_of(net, mistake, k);
        real share = mistake == DECAY_WITHOUT_RATE ? decay : rate * decay;
        for (size_t i = 0; i < count[k]; i++) {
            real p = tensor[k][i], left = p * (1 - share);
            net->after[k][i] = left - rate * net->gradient[k][i];
            if (net->frozen[k] != 0)
                net->after[k][i] = mistake == FROZEN_DECAYS ? left : p;
        }
    }
}

static void run(struct call *call)
{
    struct transfer net = transfer_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    load(&net, mistake);
    transfer_forward(&net);
    backward(&net, mistake);
    step(&net, mistake);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
     "Every gradient from the last sample to the first, slopes (1 - a) (1 + a), weights shrunk "
     "first.", NULL},
     .answer = run},
    {.info = {"always_fine_tuned", FORK_CONVENTION, "", "The whole network learns.", NULL},
     .instead = {"base", "fine_tuned"}},
    {.info = {"always_frozen", FORK_CONVENTION, "", "The base is frozen.", NULL},
     .instead = {"base", "frozen"}},
    {.info = {"head_always_zeros", FORK_CONVENTION, "", "The head starts at 0.", NULL},
     .instead = {"head", "zeros"}},
    {.info = {"not_transposed", FORK_BUG, "",
     "Weights stored outputs first are copied as they lie.", NULL},
     .answer = run, .variant = NOT_TRANSPOSED},
    {.info = {"scale_lost", FORK_BUG, "", "The new head is the deviates themselves.", NULL},
     .answer = run, .variant = SCALE_LOST},
    {.info = {"scaled_twice", FORK_BUG, "", "The new head is scaled twice.", NULL},
     .answer = run, .variant = SCALED_TWICE},
    {.info = {"bias_not_loaded", FORK_BUG, "", "Biases stay 0.", NULL},
     .answer = run, .variant = BIAS_NOT_LOADED},
    {.info = {"head_frozen_too", FORK_BUG, "", "With the base, the new head is frozen.", NULL},
     .answer = run, .variant = HEAD_FROZEN_TOO},
    {.info = {"everything_learns", FORK_BUG, "", "Frozen tensors are updated.", NULL},
     .answer = run, .variant = EVERYTHING_LEARNS},
    {.info = {"frozen_decays", FORK_BUG, "", "Weight decay shrinks frozen tensors.", NULL},
     .answer = run, .variant = FROZEN_DECAYS},
    {.info = {"mask_inverted", FORK_BUG, "", "Trainable and frozen are confused.", NULL},
     .answer = run, .variant = MASK_INVERTED},
    {.info = {"gradient_stops_at_base", FORK_BUG, "",
     "Frozen weights pass no gradient to the input.", NULL},
     .answer = run, .variant = GRADIENT_STOPS_AT_BASE},
    {.info = {"head_at_base_rate", FORK_BUG, "", "The head learns at the low rate too.", NULL},
     .answer = run, .variant = HEAD_AT_BASE_RATE},
    {.info = {"base_rate_ignored", FORK_BUG, "", "A base rate of 0.", NULL},
     .number = {"base_rate", 0}},
    {.info = {"decay_ignored", FORK_BUG, "", "No decay.", NULL}, .number = {"decay", 0}},
    {.info = {"no_decay_of_biases", FORK_CONVENTION, "", "Biases do not decay.", NULL},
     .answer = run, .variant = NO_DECAY_OF_BIASES},
    {.info = {"decay_without_rate", FORK_CONVENTION, "",
     "The decay is not multiplied with the rate.", NULL},
     .answer = run, .variant = DECAY_WITHOUT_RATE},
    {.info = {"sum_not_mean", FORK_CONVENTION, "44", "Gradients of the sum over the samples.",
     NULL},
     .answer = run, .variant = SUM_NOT_MEAN},
    {.info = {"loss_not_halved", FORK_CONVENTION, "44", "The loss lacks its 1/2.", NULL},
     .answer = run, .variant = LOSS_NOT_HALVED},
    {.info = {"slope_forgotten", FORK_BUG, "", "The slope of tanh is left out.", NULL},
     .answer = run, .variant = SLOPE_FORGOTTEN},
    {.info = {"hash_multiplies_first", FORK_CONVENTION, "", "FNV-1 instead of FNV-1a.", NULL},
     .answer = run, .variant = HASH_MULTIPLIES_FIRST},
    {.info = {"hash_high_bytes_first", FORK_CONVENTION, "",
     "Bytes as a big-endian machine has them.", NULL},
     .answer = run, .variant = HASH_HIGH_BYTES_FIRST},
    {.info = {"hash_of_transposed", FORK_CONVENTION, "",
     "The checksum of what was loaded, not of what was stored.", NULL},
     .answer = run, .variant = HASH_OF_TRANSPOSED},
    {.info = {"hash_without_bias", FORK_BUG, "", "The checksum leaves out biases.", NULL},
     .answer = run, .variant = HASH_WITHOUT_BIAS},
    {.info = {"hash_from_zero", FORK_BUG, "", "The hash starts at 0.", NULL},
     .answer = run, .variant = HASH_FROM_ZERO},
    {.info = {"hash_of_values", FORK_BUG, "", "-0 is hashed as 0.", NULL},
     .answer = run, .variant = HASH_OF_VALUES},
    {.info = {"hash_of_all", FORK_BUG, "", "The fresh head is part of the checksum.", NULL},
     .answer = run, .variant = HASH_OF_ALL},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample gives no gradient.", NULL},
     .answer = run, .variant = LAST_SAMPLE_LOST},
};
/* clang-format on */

const struct fork_list pretrained_weights_forks = {sizeof table / sizeof *table, table};
