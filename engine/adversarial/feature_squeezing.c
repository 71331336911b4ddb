// SPDX-License-Identifier: MIT
/* Feature squeezing; definition in reference/adversarial/feature_squeezing.h.
 *
 * How it is distributed: the images are sharded; every rank holds the model. Squeezing, outputs and
 * scores belong to an image, so nothing crosses the network and nothing is added over ranks.
 */
#include "defense.h"

#include <string.h>

struct squeezer {
    int rounding, edges;
    bool mean, logits;
    size_t H, W, window, bits;
    scalar threshold;
};

static struct squeezer squeezer_read(struct question *q, size_t D)
{
    static const char *const roundings[] = {"half_even", "half_away", "down", NULL};
    static const char *const medians[] = {"upper", "mean", NULL};
    static const char *const edges[] = {"reflect", "mirror", "nearest", NULL};
    static const char *const outputs[] = {"probabilities", "logits", NULL};
    struct squeezer is = {.rounding = question_choice(q, "rounding", roundings),
                          .edges = question_choice(q, "edges", edges),
                          .mean = question_choice(q, "median", medians) == 1,
                          .logits = question_choice(q, "output", outputs) == 1,
                          .bits = question_count(q, "bit_depth", 1, 16),
                          .threshold = question_number(q, "threshold")};
    if (!(is.threshold >= 0))
        question_refuse(q, "its 'threshold' is below 0, as no score is");
    is.H = question_count(q, "height", 1, D);
    is.W = D / is.H;
    if (is.H * is.W != D)
        question_refuse(q, "its 'height' does not divide the %zu pixels of x", D);
    is.window = question_count(q, "window", 1, is.H < is.W ? is.H : is.W);
    return is;
}

static void reduce(const struct squeezer *is, const struct victim *model, scalar *to)
{
    for (size_t i = 0; i < model->rows * model->D; i++)
        to[i] = defense_reduce(model->x[i], model->low, model->high, is->bits, is->rounding);
}

static size_t folded(long i, long n, int edges)
{
    const long margin = edges == 0 ? 1 : 0;
    if (i < 0)
        return edges == 2 ? 0 : (size_t)(-i - margin);
    if (i >= n)
        return (size_t)(edges == 2 ? n - 1 : 2 * n - 2 + margin - i);
    return (size_t)i;
}

/* The value with `rank` smaller ones, equal values in the order of their places. */
static scalar ranked(const scalar *v, size_t n, size_t rank)
{
    for (size_t i = 0; i < n; i++) {
        size_t smaller = 0;
        for (size_t k = 0; k < n; k++)
            smaller += v[k] < v[i] || (v[k] == v[i] && k < i);
        if (smaller == rank)
            return v[i];
    }
    return 0;
}

static void smooth(const struct squeezer *is, const struct victim *model, scalar *pixels,
                   scalar *to)
{
    const size_t cells = is->window * is->window, half = is->window / 2;
    for (size_t i = 0; i < model->rows * model->D; i++) {
        const scalar *image = model->x + i / model->D * model->D;
        const long row = (long)(i % model->D / is->W) - (long)half;
        const long column = (long)(i % model->D % is->W) - (long)half;
        for (size_t k = 0; k < cells; k++) {
            const size_t r = folded(row + (long)(k / is->window), (long)is->H, is->edges);
            const size_t c = folded(column + (long)(k % is->window), (long)is->W, is->edges);
            pixels[k] = image[r * is->W + c];
        }
        to[i] = ranked(pixels, cells, cells / 2);
        if (is->mean && cells % 2 == 0)
            to[i] = (ranked(pixels, cells, cells / 2 - 1) + to[i]) / 2;
    }
}

static void outputs_of(const struct squeezer *is, struct victim *model, const scalar *x, scalar *p)
{
    const scalar *z = victim_logits(model, x);
    if (is->logits)
        memcpy(p, z, model->rows * model->K * sizeof *p);
    else
        defense_softmax(model->team, model->rows, model->K, z, p);
}

static void gaps(const struct victim *model, const scalar *p, const scalar *other, scalar *gap)
{
    for (size_t i = 0; i < model->rows * model->K; i++)
        gap[i / model->K] += scalar_absolute(p[i] - other[i]);
}

void feature_squeezing_run(struct question *q)
{
    struct victim *model = victim_read(q);
    const struct squeezer is = squeezer_read(q, model->D);
    const size_t rows = model->rows;
    scalar *reduced = question_output(q, "reduced", "[N]A");
    scalar *smoothed = question_output(q, "smoothed", "[N]A");
    scalar *by_bits = question_output(q, "gap_reduced", "[N]");
    scalar *by_median = question_output(q, "gap_smoothed", "[N]");
    scalar *score = question_output(q, "score", "[N]");
    scalar *detected = question_output(q, "detected", "[N]");
    scalar *p = question_scratch(q, rows * model->K), *other = question_scratch(q, rows * model->K);
    reduce(&is, model, reduced);
    smooth(&is, model, question_scratch(q, is.window * is.window), smoothed);
    outputs_of(&is, model, model->x, p);
    outputs_of(&is, model, reduced, other);
    gaps(model, p, other, by_bits);
    outputs_of(&is, model, smoothed, other);
    gaps(model, p, other, by_median);
    for (size_t n = 0; n < rows; n++) {
        score[n] = by_bits[n] > by_median[n] ? by_bits[n] : by_median[n];
        detected[n] = score[n] > is.threshold;
    }
}
