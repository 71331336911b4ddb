// SPDX-License-Identifier: MIT
#include "augmentation_pipeline.h"

enum operation { FLIP, SHIFT, CROP, BRIGHTNESS, OPERATIONS };
enum { DRAWS = 6, LARGEST = 1 << 12 };

static const enum operation orders[][OPERATIONS] = {
    {FLIP, SHIFT, CROP, BRIGHTNESS},
    {BRIGHTNESS, FLIP, SHIFT, CROP},
    {CROP, SHIFT, FLIP, BRIGHTNESS},
    {BRIGHTNESS, CROP, SHIFT, FLIP},
};

/* What the request states, and what was drawn for one visit. */
struct pipeline {
    int order, add;
    size_t N, C, H, W, P, Q, shift;
    real flip_rate, fill, low, high;
};
struct drawn {
    int flipped, down, right, row, column;
    real factor;
};

/* An image while it is changed: C planes of h x w pixels. */
struct image {
    size_t h, w;
    real *pixel, *spare;
};

/* floor(count u). */
static int whole(struct call *call, size_t count, real u)
{
    real exact = real_count(count) * u;
    size_t k = 0;
    while (real_count(k + 1) <= exact)
        k++;
    real distance[2] = {exact - real_count(k), real_count(k + 1) - exact};
    call_decisions(call, 2, distance);
    return (int)k;
}

static struct drawn draw(struct call *call, const struct pipeline *is, const real *u)
{
    struct drawn drawn;
    real distance = u[0] - is->flip_rate;
    call_decisions(call, 1, &distance);
    drawn.flipped = distance < 0;
    drawn.down = whole(call, 2 * is->shift + 1, u[1]) - (int)is->shift;
    drawn.right = whole(call, 2 * is->shift + 1, u[2]) - (int)is->shift;
    drawn.row = whole(call, is->H - is->P + 1, u[3]);
    drawn.column = whole(call, is->W - is->Q + 1, u[4]);
    drawn.factor = is->low + (is->high - is->low) * u[5];
    return drawn;
}

/* Moves the image: pixel (p, q) of the new P x Q is (p + row, q + column) of the old one, or
 * fill. */
static void window(struct image *image, const struct pipeline *is, size_t P, size_t Q, int row,
                   int column)
{
    for (size_t i = 0; i < is->C * P * Q; i++) {
        int h = (int)(i / Q % P) + row, w = (int)(i % Q) + column;
        int inside = h >= 0 && h < (int)image->h && w >= 0 && w < (int)image->w;
        size_t plane = i / Q / P;
        image->spare[i] =
            inside ? image->pixel[(plane * image->h + (size_t)h) * image->w + (size_t)w] : is->fill;
    }
    real *old = image->pixel;
    *image = (struct image){P, Q, image->spare, old};
}

static void flip(struct image *image, size_t C)
{
    for (size_t i = 0; i < C * image->h * image->w; i++)
        image->spare[i] = image->pixel[i - i % image->w + (image->w - 1 - i % image->w)];
    real *old = image->pixel;
    image->pixel = image->spare;
    image->spare = old;
}

static void brighten(struct call *call, struct image *image, const struct pipeline *is, real factor)
{
    for (size_t i = 0; i < is->C * image->h * image->w; i++) {
        real v = is->add ? image->pixel[i] + factor : image->pixel[i] * factor;
        real distance[2] = {v, 1 - v};
        call_decisions(call, 2, distance);
        image->pixel[i] = !(v > 0) ? 0 : !(v < 1) ? 1 : v;
    }
}

static void change(struct call *call, struct image *image, const struct pipeline *is,
                   const struct drawn *drawn)
{
    for (size_t k = 0; k < OPERATIONS; k++) {
        switch (orders[is->order][k]) {
        case FLIP:
            if (drawn->flipped)
                flip(image, is->C);
            break;
        case SHIFT:
            window(image, is, image->h, image->w, -drawn->down, -drawn->right);
            break;
        case CROP:
            window(image, is, is->P, is->Q, drawn->row, drawn->column);
            break;
        default:
            brighten(call, image, is, drawn->factor);
        }
    }
}

static struct pipeline read(struct call *call)
{
    static const char *const names[] = {"geometry_first", "brightness_first", "crop_first",
                                        "reversed", NULL};
    static const char *const methods[] = {"multiply", "add", NULL};
    struct pipeline is = {.N = call_size(call, 'N'), .C = call_size(call, 'C')};
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    if (is.N * is.C * is.H * is.W == 0)
        call_fail(call, "input 'x' has no pixels");
    is.order = call_choice(call, "order", names);
    is.add = call_choice(call, "brightness", methods);
    is.P = call_count_or(call, "height", is.H, 1, is.H);
    is.Q = call_count_or(call, "width", is.W, 1, is.W);
    is.shift = call_count_or(call, "shift", 0, 0, LARGEST);
    is.flip_rate = call_number_or(call, "flip_rate", R(0.5));
    is.fill = call_number_or(call, "fill", R(0.0));
    is.low = call_number_or(call, "low", R(1.0));
    is.high = call_number_or(call, "high", R(1.0));
    if (!(is.flip_rate >= 0 && is.flip_rate <= 1))
        call_fail(call, "number 'flip_rate' is a probability and must lie in 0..1");
    if (!(is.high >= is.low))
        call_fail(call, "number 'high' must not be below 'low'");
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    call_bind(call, 'D', DRAWS);
    return is;
}

void augmentation_pipeline_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW");
    struct pipeline is = read(call);
    const real *uniform = call_input(call, "uniform", "END");
    size_t E = call_size(call, 'E'), size = is.C * is.H * is.W, made = is.C * is.P * is.Q;
    for (size_t i = 0; i < E * is.N * DRAWS; i++)
        if (!(uniform[i] >= 0 && uniform[i] < 1))
            call_fail(call, "input 'uniform' must lie in [0, 1)");
    const int *epoch = call_integers(call, "epoch", "S", 0, (int)E - 1);
    const int *sample = call_integers(call, "sample", "S", 0, (int)is.N - 1);
    real *y = call_output(call, "y", "SCPQ");
    real *flipped = call_output_integers(call, "flipped", "S");
    real *down = call_output_integers(call, "down", "S");
    real *right = call_output_integers(call, "right", "S");
    real *row = call_output_integers(call, "row", "S");
    real *column = call_output_integers(call, "column", "S");
    real *factor = call_output(call, "factor", "S");
    real *visits = call_output_integers(call, "visits", "N");
    real *pixel = call_scratch(call, size), *spare = call_scratch(call, size);
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        size_t n = (size_t)sample[s];
        struct drawn drawn = draw(call, &is, uniform + ((size_t)epoch[s] * is.N + n) * DRAWS);
        struct image image = {is.H, is.W, pixel, spare};
        for (size_t i = 0; i < size; i++)
            image.pixel[i] = x[n * size + i];
        change(call, &image, &is, &drawn);
        for (size_t i = 0; i < made; i++)
            y[s * made + i] = image.pixel[i];
        flipped[s] = (real)drawn.flipped;
        down[s] = (real)drawn.down;
        right[s] = (real)drawn.right;
        row[s] = (real)drawn.row;
        column[s] = (real)drawn.column;
        factor[s] = drawn.factor;
        visits[n] += 1;
    }
}
