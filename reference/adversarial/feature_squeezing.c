// SPDX-License-Identifier: MIT
#include "feature_squeezing.h"

#include "../activations/softmax.h"
#include "bit_depth.h"

enum edges { REFLECT, MIRROR, NEAREST };

static void reduce(struct call *call, real *to, const struct victim *model, size_t bits)
{
    static const char *const roundings[] = {"half_even", "half_away", "down", NULL};
    struct bit_depth depth = {model->low, model->high, real_count(((size_t)1 << bits) - 1),
                              (enum bit_rounding)call_choice(call, "rounding", roundings)};
    for (size_t i = 0; i < model->N * model->D; i++)
        to[i] = bit_depth_reduce(call, &depth, model->x[i]);
}

/* Where index i of n pixels is found, beyond the edges too. */
static size_t place(long i, long n, enum edges edges)
{
    if (edges == REFLECT)
        i = i < 0 ? -1 - i : i >= n ? 2 * n - 1 - i : i;
    if (edges == MIRROR)
        i = i < 0 ? -i : i >= n ? 2 * n - 2 - i : i;
    return (size_t)(i < 0 ? 0 : i >= n ? n - 1 : i);
}

/* The median of v (n), which is sorted by insertion. */
static real median(real *v, size_t n, int mean)
{
    for (size_t i = 1; i < n; i++) {
        real moved = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > moved; k--)
            v[k] = v[k - 1];
        v[k] = moved;
    }
    return mean && n % 2 == 0 ? (v[n / 2 - 1] + v[n / 2]) / 2 : v[n / 2];
}

static void smooth(struct call *call, real *to, const struct victim *model)
{
    static const char *const medians[] = {"upper", "mean", NULL};
    static const char *const kinds[] = {"reflect", "mirror", "nearest", NULL};
    int mean = call_choice(call, "median", medians);
    enum edges edges = (enum edges)call_choice(call, "edges", kinds);
    size_t H = call_count(call, "height", 1, model->D), W = model->D / H;
    if (H * W != model->D)
        call_fail(call, "number 'height' must divide the %zu pixels of x", model->D);
    size_t w = call_count(call, "window", 1, H < W ? H : W);
    real *pixels = call_scratch(call, w * w);
    for (size_t i = 0; i < model->N * model->D; i++) {
        long row = (long)(i % model->D / W), column = (long)(i % W), half = (long)(w / 2);
        const real *image = model->x + i / model->D * model->D;
        for (size_t k = 0; k < w * w; k++) {
            size_t r = place(row + (long)(k / w) - half, (long)H, edges);
            size_t c = place(column + (long)(k % w) - half, (long)W, edges);
            pixels[k] = image[r * W + c];
        }
        to[i] = median(pixels, w * w, mean);
    }
}

/* p (N,K): what the detector compares. */
static void outputs_of(struct victim *model, real *p, const real *x, int logits)
{
    const real *z = victim_logits(model, x);
    for (size_t i = 0; logits && i < model->N * model->K; i++)
        p[i] = z[i];
    if (!logits)
        softmax_forward(p, z, model->N, model->K);
}

static void gap(real *to, const real *p, real *squeezed, size_t N, size_t K)
{
    for (size_t i = 0; i < N * K; i++)
        squeezed[i] = real_abs(p[i] - squeezed[i]);
    for (size_t n = 0; n < N; n++)
        to[n] = sum_features(K, squeezed + n * K, 1);
}

void feature_squeezing_answer(struct call *call)
{
    static const char *const outputs[] = {"probabilities", "logits", NULL};
    struct victim model;
    victim_read(call, &model);
    int logits = call_choice(call, "output", outputs);
    size_t N = model.N, bits = call_count(call, "bit_depth", 1, 16);
    real threshold = call_number(call, "threshold");
    if (!(threshold >= 0))
        call_fail(call, "number 'threshold' must be at least 0");
    real *reduced = call_output(call, "reduced", "Na"), *smoothed;
    reduce(call, reduced, &model, bits);
    smooth(call, smoothed = call_output(call, "smoothed", "Na"), &model);
    real *by_bits = call_output(call, "gap_reduced", "N");
    real *by_median = call_output(call, "gap_smoothed", "N");
    real *score = call_output(call, "score", "N");
    real *detected = call_output_integers(call, "detected", "N");
    real *p = call_scratch(call, N * model.K), *other = call_scratch(call, N * model.K);
    outputs_of(&model, p, model.x, logits);
    outputs_of(&model, other, reduced, logits);
    gap(by_bits, p, other, N, model.K);
    outputs_of(&model, other, smoothed, logits);
    gap(by_median, p, other, N, model.K);
    for (size_t n = 0; n < N; n++) {
        score[n] = by_bits[n] > by_median[n] ? by_bits[n] : by_median[n];
        real distance = score[n] - threshold;
        detected[n] = distance > 0;
        call_decisions(call, 1, &distance);
    }
}
