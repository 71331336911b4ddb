// SPDX-License-Identifier: MIT
#include "../../reference/regularization/thinned_average.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int equal_weights;  /* every network counts alike */
    int skip_empty;     /* the network without inputs is left out */
    int drop_bias;      /* the bias is dropped when nothing is kept */
    int mean_of_logits; /* the average is taken before the activation */
    int scale_by_rate;  /* weight scaling by the rate */
    int scale_not;      /* weight scaling left out */
    int scale_bias;     /* the bias is scaled with the weights */
    int inverted;       /* survivors are scaled up in every network */
    int not_normalised; /* the geometric mean is not divided by its sum */
    int arithmetic;     /* the arithmetic mean stands for the geometric one */
    int scale_after;    /* the output is scaled, not the input */
    int backwards;      /* (correct) masks from the last to the first */
};

static real power(real base, size_t exponent)
{
    real result = 1;
    while (exponent-- > 0)
        result *= base;
    return result;
}

static size_t ones(size_t m)
{
    size_t count = 0;
    for (; m; m &= m - 1)
        count++;
    return count;
}

/* Everything of one call. */
struct ensemble {
    struct survival survival;
    const real *x, *w, *b;
    real *weight, *average, *scaled, *geometric; /* geometric: NULL but for softmax */
    size_t N, I, O, M;
    enum thinned_activation activation;
};

static struct ensemble read(struct call *call)
{
    static const char *const activations[] = {"identity", "sigmoid", "tanh",
                                              "relu",     "softmax", NULL};
    struct ensemble e = {.survival = survival_read(call), .x = call_input(call, "x", "NI")};
    e.w = call_input(call, "w", "IO");
    e.b = call_input(call, "b", "O");
    e.N = call_size(call, 'N');
    e.I = call_size(call, 'I');
    e.O = call_size(call, 'O');
    e.M = (size_t)1 << e.I;
    e.activation = (enum thinned_activation)call_choice(call, "activation", activations);
    call_bind(call, 'M', e.M);
    e.weight = call_output(call, "weight", "M");
    e.average = call_output(call, "average", "NO");
    e.scaled = call_output(call, "scaled", "NO");
    if (e.activation == THINNED_SOFTMAX)
        e.geometric = call_output(call, "geometric", "NO");
    return e;
}

/* z (O) of sample n with inputs scaled by `factor` where the bit of m is set. */
static void logits(real *z, const struct ensemble *e, size_t n, size_t m, real factor, real bias)
{
    for (size_t o = 0; o < e->O; o++) {
        z[o] = 0;
        for (size_t i = e->I; i-- > 0;) {
            if (m >> i & 1)
                z[o] += factor * (e->x[n * e->I + i] * e->w[i * e->O + o]);
        }
        z[o] += bias * e->b[o];
    }
}

/* exp of logarithms, divided by their sum unless `raw`. */
static void exponentiate(real *y, const real *log_y, size_t O, int raw)
{
    real total = 0;
    for (size_t o = 0; o < O; o++)
        total += y[o] = real_exp(log_y[o]);
    for (size_t o = 0; o < O && !raw; o++)
        y[o] /= total;
}

static void scale(real *scaled, real *z, const struct ensemble *e, size_t n,
                  const struct oddity *odd)
{
    real keep = odd->scale_by_rate ? e->survival.rate : odd->scale_not ? 1 : e->survival.keep;
    logits(z, e, n, e->M - 1, odd->scale_after ? 1 : keep, odd->scale_bias ? keep : 1);
    thinned_average_activate(scaled, NULL, z, e->activation, e->O);
    for (size_t o = 0; odd->scale_after && o < e->O; o++)
        scaled[o] *= keep;
}

static void run(struct call *call, struct oddity odd)
{
    struct ensemble e = read(call);
    size_t O = e.O;
    real *z = call_scratch(call, O), *y = call_scratch(call, O), *log_y = call_scratch(call, O);
    real *mean_z = call_scratch(call, O), *mean_log = call_scratch(call, O);
    for (size_t m = 0; m < e.M; m++)
        e.weight[m] = odd.equal_weights
                          ? 1 / real_count(e.M)
                          : power(e.survival.keep, ones(m)) * power(e.survival.rate, e.I - ones(m));
    if (odd.skip_empty)
        e.weight[0] = 0;
    for (size_t n = 0; n < e.N; n++) {
        real *average = &e.average[n * O];
        for (size_t o = 0; o < O; o++)
            mean_z[o] = mean_log[o] = 0;
        for (size_t k = 0; k < e.M; k++) {
            size_t m = odd.backwards ? e.M - 1 - k : k;
            logits(z, &e, n, m, odd.inverted ? 1 / e.survival.keep : 1, !(odd.drop_bias && m == 0));
            thinned_average_activate(y, log_y, z, e.activation, O);
            for (size_t o = 0; o < O; o++) {
                average[o] += e.weight[m] * y[o];
                mean_z[o] += e.weight[m] * z[o];
                mean_log[o] += e.weight[m] * log_y[o];
            }
        }
        if (odd.mean_of_logits)
            thinned_average_activate(average, NULL, mean_z, e.activation, O);
        scale(&e.scaled[n * O], z, &e, n, &odd);
        if (e.geometric)
            exponentiate(&e.geometric[n * O], mean_log, O, odd.not_normalised);
        for (size_t o = 0; e.geometric && odd.arithmetic && o < O; o++)
            e.geometric[n * O + o] = average[o];
        /* A theorem, as the twin's second derivation. */
        for (size_t o = 0; odd.backwards && o < O; o++) {
            if (e.geometric)
                e.geometric[n * O + o] = e.scaled[n * O + o];
            else if (e.activation == THINNED_IDENTITY)
                average[o] = e.scaled[n * O + o];
        }
    }
}

static void by_theorem(struct call *call)
{
    run(call, (struct oddity){.backwards = 1});
}

static void equal_weights(struct call *call)
{
    run(call, (struct oddity){.equal_weights = 1});
}

static void empty_network_skipped(struct call *call)
{
    run(call, (struct oddity){.skip_empty = 1});
}

static void bias_dropped(struct call *call)
{
    run(call, (struct oddity){.drop_bias = 1});
}

static void average_before_activation(struct call *call)
{
    run(call, (struct oddity){.mean_of_logits = 1});
}

static void scaled_by_rate(struct call *call)
{
    run(call, (struct oddity){.scale_by_rate = 1});
}

static void not_scaled(struct call *call)
{
    run(call, (struct oddity){.scale_not = 1});
}

static void bias_scaled(struct call *call)
{
    run(call, (struct oddity){.scale_bias = 1});
}

static void scaled_twice(struct call *call)
{
    run(call, (struct oddity){.inverted = 1});
}

static void not_normalised(struct call *call)
{
    run(call, (struct oddity){.not_normalised = 1});
}

static void arithmetic_for_geometric(struct call *call)
{
    run(call, (struct oddity){.arithmetic = 1});
}

static void output_scaled(struct call *call)
{
    run(call, (struct oddity){.scale_after = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_theorem", FORK_TWIN, "",
     "Masks from the last to the first; the linear average and the geometric mean by weight "
     "scaling.", NULL}, .answer = by_theorem},
    {.info = {"equal_weights", FORK_BUG, "", "Every network counts alike, whatever the rate.",
     NULL}, .answer = equal_weights},
    {.info = {"empty_network_skipped", FORK_BUG, "", "The network without inputs is left out.",
     NULL}, .answer = empty_network_skipped},
    {.info = {"bias_dropped", FORK_BUG, "", "The bias is dropped with the last input.", NULL},
     .answer = bias_dropped},
    {.info = {"average_before_activation", FORK_BUG, "",
     "The activation is applied to the average instead of being averaged.", NULL},
     .answer = average_before_activation},
    {.info = {"scaled_by_rate", FORK_BUG, "222",
     "Weights are scaled by the rate instead of its complement, as document 004 T11 has it.", NULL},
     .answer = scaled_by_rate},
    {.info = {"not_scaled", FORK_BUG, "222", "Weights are not scaled at inference.", NULL},
     .answer = not_scaled},
    {.info = {"bias_scaled", FORK_BUG, "", "The bias is scaled with the weights.", NULL},
     .answer = bias_scaled},
    {.info = {"scaled_twice", FORK_BUG, "222",
     "Survivors are scaled up in every network, and down at inference too.", NULL},
     .answer = scaled_twice},
    {.info = {"not_normalised", FORK_BUG, "", "The geometric mean is not divided by its sum.",
     NULL}, .answer = not_normalised},
    {.info = {"arithmetic_for_geometric", FORK_BUG, "",
     "The arithmetic mean is given for the geometric one.", NULL},
     .answer = arithmetic_for_geometric},
    {.info = {"output_scaled", FORK_BUG, "222",
     "The output of the layer is scaled instead of its input.", NULL}, .answer = output_scaled},
    /* clang-format on */
};

const struct fork_list thinned_average_forks = {sizeof table / sizeof *table, table};
