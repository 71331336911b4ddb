// SPDX-License-Identifier: MIT
#include "../../reference/regularization/drop_connect.h"
#include "../fork.h"

enum mistake {
    NONE,
    SCALED_BY_RATE,
    SCALED_TWICE,
    UNITS_DROPPED,
    BIAS_SCALED,
    MASK_OF_FIRST_SAMPLE,
    INVERTED_MASK,
    MASK_TRANSPOSED,
    GRADIENT_NOT_MASKED,
    GRADIENT_NOT_SCALED,
    INPUT_GRADIENT_NOT_MASKED,
    MASKED_AT_INFERENCE,
    BIAS_GRADIENT_SCALED,
    MEAN_GRADIENT,
    LAST_BLOCK_LOST
};

static int kept(const struct connections *r, enum mistake mistake, size_t n, size_t i, size_t o)
{
    size_t at = i * r->O + o;
    if (mistake == UNITS_DROPPED)
        at = o;
    if (mistake == MASK_TRANSPOSED)
        at = o * r->I + i;
    int is = connections_kept(r, mistake == MASK_OF_FIRST_SAMPLE ? 0 : n, at);
    return mistake == INVERTED_MASK ? !is : is;
}

/* Sample n, weight by weight: what it adds to y and to all gradients. */
static void one_weight(const struct connections *r, enum mistake mistake, size_t n, size_t i,
                       size_t o)
{
    size_t O = r->O, y = n * O + o, x = n * r->I + i;
    real share = r->scale, w = r->w[i * O + o];
    int is = kept(r, mistake, n, i, o);
    r->y[y] += is ? r->x[x] * share * w : 0;
    r->y_inference[y] += mistake == MASKED_AT_INFERENCE && !is ? 0 : r->x[x] * w * r->factor;
    if (!r->dy)
        return;
    if (is || mistake == INPUT_GRADIENT_NOT_MASKED)
        r->dx[x] += share * (r->dy[y] * w);
    size_t lost = n >= r->N / r->block * r->block && r->N > r->block;
    if (mistake == LAST_BLOCK_LOST && lost)
        return;
    real mean = mistake == MEAN_GRADIENT ? real_count(r->N) : 1;
    if (is || mistake == GRADIENT_NOT_MASKED)
        r->dw[i * O + o] +=
            (mistake == GRADIENT_NOT_SCALED ? 1 : share) * (r->x[x] * r->dy[y]) / mean;
}

static void run(struct call *call)
{
    struct connections r = connections_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    real rate = r.survival.rate;
    if (mistake == SCALED_BY_RATE && !r.at_inference)
        r.scale = rate > 0 ? 1 / rate : 0;
    if (mistake == SCALED_BY_RATE && r.at_inference)
        r.factor = rate;
    if (mistake == SCALED_TWICE)
        r.scale = r.scale * r.scale;
    for (size_t n = r.N; n-- > 0;) {
        for (size_t i = r.I; i-- > 0;)
            for (size_t o = r.O; o-- > 0;)
                one_weight(&r, mistake, n, i, o);
        for (size_t o = 0; o < r.O; o++) {
            r.y[n * r.O + o] += mistake == BIAS_SCALED ? r.scale * r.b[o] : r.b[o];
            r.y_inference[n * r.O + o] += mistake == BIAS_SCALED ? r.factor * r.b[o] : r.b[o];
            if (r.dy)
                r.db[o] += r.dy[n * r.O + o] * (mistake == BIAS_GRADIENT_SCALED ? r.scale : 1);
        }
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"weight_by_weight", FORK_TWIN, "",
     "Sums of products in the other order, biases last, scaled after multiplying.", NULL},
     .answer = run},
    {.info = {"inverted_scaling", FORK_CONVENTION, "", "Scaled in training.", NULL},
     .instead = {"scaling", "inverted"}},
    {.info = {"inference_scaling", FORK_CONVENTION, "", "Scaled at inference.", NULL},
     .instead = {"scaling", "inference"}},
    {.info = {"keep_taken_for_rate", FORK_CONVENTION, "", "p is the rate to drop.", NULL},
     .instead = {"argument", "rate"}},
    {.info = {"rate_taken_for_keep", FORK_CONVENTION, "", "p is the rate to keep.", NULL},
     .instead = {"argument", "keep"}},
    {.info = {"below_keep", FORK_CONVENTION, "", "u < keep survives.", NULL},
     .instead = {"threshold", "below_keep"}},
    {.info = {"scaled_by_rate", FORK_BUG, "", "The scale is that of the rate to drop.", NULL},
     .answer = run, .variant = SCALED_BY_RATE},
    {.info = {"scaled_twice", FORK_BUG, "", "The scale is applied twice.", NULL},
     .answer = run, .variant = SCALED_TWICE},
    {.info = {"units_dropped", FORK_BUG, "",
     "Whole units are dropped by the mask of their first weight.", NULL},
     .answer = run, .variant = UNITS_DROPPED},
    {.info = {"bias_scaled", FORK_BUG, "", "Biases are scaled like weights.", NULL},
     .answer = run, .variant = BIAS_SCALED},
    {.info = {"mask_of_first_sample", FORK_CONVENTION, "",
     "All samples share the first one's mask.", NULL},
     .answer = run, .variant = MASK_OF_FIRST_SAMPLE},
    {.info = {"inverted_mask", FORK_BUG, "", "What should be kept is dropped.", NULL},
     .answer = run, .variant = INVERTED_MASK},
    {.info = {"mask_transposed", FORK_BUG, "", "The mask is read outputs first.", NULL},
     .answer = run, .variant = MASK_TRANSPOSED},
    {.info = {"gradient_not_masked", FORK_BUG, "", "Dropped weights get a gradient.", NULL},
     .answer = run, .variant = GRADIENT_NOT_MASKED},
    {.info = {"gradient_not_scaled", FORK_BUG, "", "The gradient of weights lacks the scale.",
     NULL},
     .answer = run, .variant = GRADIENT_NOT_SCALED},
    {.info = {"input_gradient_not_masked", FORK_BUG, "",
     "Inputs get gradients through dropped weights.", NULL},
     .answer = run, .variant = INPUT_GRADIENT_NOT_MASKED},
    {.info = {"masked_at_inference", FORK_BUG, "", "Weights are dropped at inference.", NULL},
     .answer = run, .variant = MASKED_AT_INFERENCE},
    {.info = {"bias_gradient_scaled", FORK_BUG, "", "The gradient of biases is scaled.", NULL},
     .answer = run, .variant = BIAS_GRADIENT_SCALED},
    {.info = {"mean_gradient", FORK_CONVENTION, "", "The gradient of weights is a mean.", NULL},
     .answer = run, .variant = MEAN_GRADIENT},
    {.info = {"last_block_lost", FORK_BUG, "", "A short last block is left out of the sum.", NULL},
     .answer = run, .variant = LAST_BLOCK_LOST},
};
/* clang-format on */

const struct fork_list drop_connect_forks = {sizeof table / sizeof *table, table};
