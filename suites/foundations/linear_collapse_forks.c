// SPDX-License-Identifier: MIT
#include "../../reference/foundations/linear_collapse.h"
#include "../fork.h"

enum { MOST_LAYERS = 8 };

/* Everything of one call: the layers, and how a fork changes them. */
struct run {
    const real *x, *w[MOST_LAYERS], *b[MOST_LAYERS];
    size_t N, I, O, L, size[MOST_LAYERS + 1];
    real *network, *weight, *bias, *collapsed;
};

static struct run read(struct call *call)
{
    struct run r = {.x = call_input(call, "x", "NA")};
    r.N = call_size(call, 'N');
    r.I = r.size[0] = call_size(call, 'A');
    for (r.L = 0; r.L < MOST_LAYERS; r.L++) {
        const char w[] = {'w', (char)('1' + r.L), 0}, b[] = {'b', (char)('1' + r.L), 0};
        const char matrix[] = {(char)('A' + r.L), (char)('B' + r.L), 0};
        if (!call_has(call, w))
            break;
        r.w[r.L] = call_input(call, w, matrix);
        r.size[r.L + 1] = call_size(call, matrix[1]);
        r.b[r.L] = call_has(call, b) ? call_input(call, b, &matrix[1])
                                     : call_scratch(call, r.size[r.L + 1]);
    }
    if (r.L == 0)
        call_fail(call, "input 'w1' is missing");
    r.O = r.size[r.L];
    call_bind(call, 'O', r.O);
    r.network = call_output(call, "network", "NO");
    r.weight = call_output(call, "weight", "AO");
    r.bias = call_output(call, "bias", "O");
    r.collapsed = call_output(call, "collapsed", "NO");
    return r;
}

/* From the last layer to the first: weight = w_l (what follows), and each bias reaches the output
 * through what follows it. */
static void collapse_backwards(struct call *call, struct run *r, const real *from_bias)
{
    const real *after = r->w[r->L - 1]; /* (size[l], O): the product from layer l on */
    for (size_t o = 0; o < r->O; o++)
        r->bias[o] = r->b[r->L - 1][o];
    for (size_t l = r->L - 1; l-- > 0;) {
        real *product = call_scratch(call, r->size[l] * r->O);
        for (size_t o = 0; o < r->O; o++)
            r->bias[o] +=
                from_bias[l] * sum_products(0, r->size[l + 1], r->b[l], 1, &after[o], r->O);
        linear_collapse_product(product, NULL, r->w[l], after, r->size[l], r->size[l + 1], r->O);
        after = product;
    }
    for (size_t i = 0; i < r->I * r->O; i++)
        r->weight[i] = after[i];
}

/* The network one sample at a time, with `activation` between layers unless it is NULL. */
static void pass(struct call *call, struct run *r, real (*activation)(real))
{
    for (size_t n = 0; n < r->N; n++) {
        const real *a = &r->x[n * r->I];
        for (size_t l = 0; l < r->L; l++) {
            real *next = call_scratch(call, r->size[l + 1]);
            for (size_t o = 0; o < r->size[l + 1]; o++) {
                real z =
                    sum_products(0, r->size[l], a, 1, &r->w[l][o], r->size[l + 1]) + r->b[l][o];
                next[o] = activation && l + 1 < r->L ? activation(z) : z;
            }
            a = next;
        }
        for (size_t o = 0; o < r->O; o++)
            r->network[n * r->O + o] = a[o];
    }
}

static void apply(struct run *r)
{
    linear_collapse_product(r->collapsed, r->bias, r->x, r->weight, r->N, r->I, r->O);
}

static const real all[MOST_LAYERS] = {1, 1, 1, 1, 1, 1, 1, 1};

static struct run right(struct call *call)
{
    struct run r = read(call);
    collapse_backwards(call, &r, all);
    pass(call, &r, NULL);
    apply(&r);
    return r;
}

static void from_the_end(struct call *call)
{
    right(call);
}

static real rectified(real z)
{
    return z > 0 ? z : 0;
}

static void activation_left_in(struct call *call)
{
    struct run r = right(call);
    pass(call, &r, rectified);
}

static void tanh_left_in(struct call *call)
{
    struct run r = right(call);
    pass(call, &r, real_tanh);
}

static void inner_biases_lost(struct call *call)
{
    static const real none[MOST_LAYERS] = {0};
    struct run r = right(call);
    collapse_backwards(call, &r, none);
    apply(&r);
}

static void first_bias_lost(struct call *call)
{
    static const real but_first[MOST_LAYERS] = {0, 1, 1, 1, 1, 1, 1, 1};
    struct run r = right(call);
    collapse_backwards(call, &r, but_first);
    apply(&r);
}

/* Biases are only added up: possible where all layers have the same width. */
static void biases_not_multiplied(struct call *call)
{
    struct run r = right(call);
    for (size_t o = 0; o < r.O; o++) {
        r.bias[o] = 0;
        for (size_t l = 0; l < r.L; l++)
            r.bias[o] += r.b[l][o % r.size[l + 1]];
    }
    apply(&r);
}

static void bias_not_applied(struct call *call)
{
    struct run r = right(call);
    linear_collapse_product(r.collapsed, NULL, r.x, r.weight, r.N, r.I, r.O);
}

static void last_layer_lost(struct call *call)
{
    struct run r = right(call), shorter = r;
    if (r.L < 2 || r.size[r.L - 1] < r.O)
        return;
    shorter.L = r.L - 1;
    shorter.O = r.size[shorter.L];
    shorter.weight = call_scratch(call, r.I * shorter.O);
    shorter.bias = call_scratch(call, shorter.O);
    collapse_backwards(call, &shorter, all);
    for (size_t i = 0; i < r.I * r.O; i++)
        r.weight[i] = shorter.weight[i / r.O * shorter.O + i % r.O];
    for (size_t o = 0; o < r.O; o++)
        r.bias[o] = shorter.bias[o];
    apply(&r);
}

/* w_L ... w_1: the factors in the other order, where they fit. */
static void order_reversed(struct call *call)
{
    struct run r = right(call), turned = r;
    for (size_t l = 0; l < r.L; l++) {
        if (r.size[l] != r.size[l + 1])
            return;
        turned.w[l] = r.w[r.L - 1 - l];
        turned.b[l] = r.b[r.L - 1 - l];
    }
    collapse_backwards(call, &turned, all);
    apply(&turned);
}

static void weights_transposed(struct call *call)
{
    struct run r = right(call), turned = r;
    for (size_t l = 0; l < r.L; l++) {
        real *w = call_scratch(call, r.size[l] * r.size[l + 1]);
        for (size_t i = 0; i < r.size[l] * r.size[l + 1]; i++)
            w[i] = r.w[l][i % r.size[l + 1] * r.size[l] + i / r.size[l + 1]];
        turned.w[l] = r.size[l] == r.size[l + 1] ? w : r.w[l];
    }
    collapse_backwards(call, &turned, all);
    apply(&turned);
}

/* The weight as it is stored elsewhere: (O,I). */
static void weight_stored_transposed(struct call *call)
{
    struct run r = right(call);
    real *copy = call_scratch(call, r.I * r.O);
    for (size_t i = 0; i < r.I * r.O; i++)
        copy[i] = r.weight[i];
    for (size_t i = 0; i < r.I * r.O; i++)
        r.weight[i % r.O * r.I + i / r.O] = copy[i];
}

static const struct fork table[] = {
    {.info = {"from_the_end", FORK_TWIN, "",
              "Multiplies from the last layer to the first; every bias goes its own way.", NULL},
     .answer = from_the_end},
    {.info = {"activation_left_in", FORK_BUG, "", "The network has ReLU between layers.", NULL},
     .answer = activation_left_in},
    {.info = {"tanh_left_in", FORK_BUG, "", "The network has tanh between layers.", NULL},
     .answer = tanh_left_in},
    {.info = {"inner_biases_lost", FORK_BUG, "", "Only the last bias is kept.", NULL},
     .answer = inner_biases_lost},
    {.info = {"first_bias_lost", FORK_BUG, "", "The bias of the first layer is forgotten.", NULL},
     .answer = first_bias_lost},
    {.info = {"biases_not_multiplied", FORK_BUG, "",
              "Biases are added up without the weights that follow them.", NULL},
     .answer = biases_not_multiplied},
    {.info = {"bias_not_applied", FORK_BUG, "", "The collapsed layer leaves out its bias.", NULL},
     .answer = bias_not_applied},
    {.info = {"last_layer_lost", FORK_BUG, "", "The product stops one layer early.", NULL},
     .answer = last_layer_lost},
    {.info = {"order_reversed", FORK_BUG, "", "The product from the last layer to the first.",
              NULL},
     .answer = order_reversed},
    {.info = {"weights_transposed", FORK_BUG, "", "Square matrices are transposed.", NULL},
     .answer = weights_transposed},
    {.info = {"weight_stored_transposed", FORK_CONVENTION, "",
              "The collapsed weight is laid out (outputs, inputs).", NULL},
     .answer = weight_stored_transposed},
};

const struct fork_list linear_collapse_forks = {sizeof table / sizeof *table, table};
