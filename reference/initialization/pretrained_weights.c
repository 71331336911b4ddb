// SPDX-License-Identifier: MIT
#include "pretrained_weights.h"

#include "../activations/tanh.h"
#include "../foundations/dense_layer.h"

static void read_settings(struct call *call, struct transfer *net)
{
    static const char *const heads[] = {"deviates", "zeros", "kept", NULL};
    static const char *const bases[] = {"frozen", "fine_tuned", "biases_tuned", NULL};
    static const char *const layouts[] = {"in_out", "out_in", NULL};
    net->head_kind = (enum transfer_head)call_choice(call, "head", heads);
    net->base_kind = (enum transfer_base)call_choice(call, "base", bases);
    net->transposed = call_choice(call, "layout", layouts);
    net->rate = call_number(call, "rate");
    net->base_rate = call_number_or(call, "base_rate", net->rate);
    net->decay = call_number_or(call, "decay", 0);
    net->scale = call_number_or(call, "scale", 1);
    if (!(net->rate >= 0))
        call_fail(call, "number 'rate' must not be below 0");
    if (!(net->base_rate >= 0))
        call_fail(call, "number 'base_rate' must not be below 0");
    if (!(net->decay >= 0))
        call_fail(call, "number 'decay' must not be below 0");
    net->block = call_block(call);
}

static void read_tensors(struct call *call, struct transfer *net)
{
    static const char *const missing[] = {"refuse", "zeros", NULL};
    net->x = call_input(call, "x", "ND");
    net->t = call_input(call, "t", "NO");
    net->source_w = call_input(call, "source_w", net->transposed ? "HD" : "DH");
    if (call_choice(call, "missing", missing) == 0 || call_has(call, "source_b"))
        net->source_b = call_input(call, "source_b", "H");
    if (net->head_kind == HEAD_DEVIATES)
        net->deviates = call_input(call, "deviates", "HO");
    if (net->head_kind == HEAD_KEPT)
        net->source_head = call_input(call, "source_head", "HO");
    net->N = call_size(call, 'N');
    net->D = call_size(call, 'D');
    net->H = call_size(call, 'H');
    net->O = call_size(call, 'O');
    if (net->N == 0)
        call_fail(call, "input 'x' has no samples");
}

struct transfer transfer_read(struct call *call)
{
    struct transfer net = {0};
    read_settings(call, &net);
    read_tensors(call, &net);
    call_bind(call, 'P', 4);
    call_bind(call, 'Z', 2);
    net.w = call_output(call, "w", "DH");
    net.b = call_output(call, "b", "H");
    net.head = call_output(call, "head", "HO");
    net.head_bias = call_output(call, "head_bias", "O");
    net.frozen = call_output_integers(call, "frozen", "P");
    net.checksum = call_output_integers(call, "checksum", "Z");
    net.y = call_output(call, "y", "NO");
    net.loss = call_output(call, "loss", "");
    net.dx = call_output(call, "dx", "ND");
    net.gradient[0] = call_scratch(call, net.D * net.H);
    net.gradient[1] = call_scratch(call, net.H);
    net.gradient[2] = call_output(call, "head_gradient", "HO");
    net.gradient[3] = call_scratch(call, net.O);
    net.after[0] = call_output(call, "w_after", "DH");
    net.after[1] = call_output(call, "b_after", "H");
    net.after[2] = call_output(call, "head_after", "HO");
    net.after[3] = call_output(call, "head_bias_after", "O");
    net.a = call_scratch(call, net.N * net.H);
    net.da = call_scratch(call, net.N * net.H);
    net.dy = call_scratch(call, net.N * net.O);
    return net;
}

uint32_t transfer_hash(uint32_t h, const real *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t pattern = call_binary32_bits(value[i]);
        for (int byte = 0; byte < 4; byte++)
            h = (h ^ (pattern >> 8 * byte & 255u)) * 16777619u;
    }
    return h;
}

void transfer_load(const struct transfer *net)
{
    size_t D = net->D, H = net->H, O = net->O;
    uint32_t h = transfer_hash(2166136261u, net->source_w, D * H);
    for (size_t i = 0; i < D * H; i++)
        net->w[i] = net->source_w[net->transposed ? i % H * D + i / H : i];
    if (net->source_b)
        h = transfer_hash(h, net->source_b, H);
    for (size_t i = 0; net->source_b && i < H; i++)
        net->b[i] = net->source_b[i];
    if (net->source_head)
        h = transfer_hash(h, net->source_head, H * O);
    for (size_t i = 0; net->source_head && i < H * O; i++)
        net->head[i] = net->source_head[i];
    for (size_t i = 0; net->deviates && i < H * O; i++)
        net->head[i] = net->scale * net->deviates[i];
    net->checksum[0] = (real)(h >> 16);
    net->checksum[1] = (real)(h & 65535u);
    net->frozen[0] = net->base_kind != BASE_FINE_TUNED;
    net->frozen[1] = net->base_kind == BASE_FROZEN;
}

void transfer_forward(const struct transfer *net)
{
    size_t N = net->N, O = net->O;
    real *row = net->da; /* (N,H) has room for (N), as H > 0 */
    dense_layer_forward(net->a, net->x, net->w, net->b, N, net->D, net->H);
    tanh_forward(net->a, net->a, N * net->H);
    dense_layer_forward(net->y, net->a, net->head, net->head_bias, N, net->H, O);
    for (size_t i = 0; i < N * O; i++)
        net->dy[i] = net->y[i] - net->t[i];
    for (size_t n = 0; n < N; n++)
        row[n] = sum_products(R(0.0), O, &net->dy[n * O], 1, &net->dy[n * O], 1);
    *net->loss = sum_samples(N, net->block, row, 1) / (2 * real_count(N));
    for (size_t i = 0; i < N * O; i++)
        net->dy[i] = net->dy[i] / real_count(N);
}

static void step(const struct transfer *net)
{
    size_t count[4] = {net->D * net->H, net->H, net->H * net->O, net->O};
    const real *tensor[4] = {net->w, net->b, net->head, net->head_bias};
    for (size_t k = 0; k < 4; k++) {
        real rate = k < 2 ? net->base_rate : net->rate;
        for (size_t i = 0; i < count[k]; i++) {
            real p = tensor[k][i];
            net->after[k][i] =
                net->frozen[k] != 0 ? p : p - rate * (net->gradient[k][i] + net->decay * p);
        }
    }
}

void pretrained_weights_answer(struct call *call)
{
    struct transfer net = transfer_read(call);
    transfer_load(&net);
    transfer_forward(&net);
    dense_layer_backward(net.da, net.gradient[2], net.gradient[3], net.dy, net.a, net.head, net.N,
                         net.H, net.O, net.block);
    tanh_backward(net.da, net.da, net.a, net.N * net.H);
    dense_layer_backward(net.dx, net.gradient[0], net.gradient[1], net.da, net.x, net.w, net.N,
                         net.D, net.H, net.block);
    step(&net);
}
