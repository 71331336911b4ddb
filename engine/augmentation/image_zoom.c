// SPDX-License-Identifier: MIT
/* Images made larger or smaller; definition in reference/augmentation/image_zoom.h.
 *
 * How it is distributed: the images are sharded. Positions are the same for all of them. Nothing
 * crosses the network and nothing is added over ranks; within an image the gradient is added in the
 * order of the pixels of y.
 */
#include "sampling.h"

static void positions(scalar *at, int coordinates, size_t P, size_t H)
{
    const bool corners = coordinates == 1;
    const scalar scale =
        corners ? (P > 1 ? (scalar)(H - 1) / (scalar)(P - 1) : 0) : (scalar)H / (scalar)P;
    const scalar half = coordinates == 0 ? (scalar)0.5 : 0;
    for (size_t p = 0; p < P; p++)
        at[p] = ((scalar)p + half) * scale - half;
}

void image_zoom_run(struct question *q)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", NULL};
    const int coordinates = question_choice(q, "coordinates", names);
    const scalar *x = question_input(q, "x", "[N]CHW"), *dy = NULL;
    const size_t planes = question_part(q, 'N') * question_size(q, 'C');
    const size_t H = question_size(q, 'H'), W = question_size(q, 'W');
    const size_t P = question_count(q, "height", 1, 4096), Q = question_count(q, "width", 1, 4096);
    if (H * W == 0)
        question_refuse(q, "its input 'x' has images without pixels; give some");
    question_bind(q, 'P', P);
    question_bind(q, 'Q', Q);
    struct sampler sampler = sampler_read(q, H, W);
    sampler.beyond = NEAREST;
    scalar *rows = question_scratch(q, P), *columns = question_scratch(q, Q);
    positions(rows, coordinates, P, H);
    positions(columns, coordinates, Q, W);
    scalar *y = question_output(q, "y", "[N]CPQ"), *dx = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CPQ");
        dx = question_output(q, "dx", "[N]CHW");
    }
    for (size_t i = 0; i < planes * P * Q; i++) {
        const size_t from = i / Q / P * H * W;
        const struct corners corners = sampler_corners(&sampler, rows[i / Q % P], columns[i % Q]);
        y[i] = sampler_value(&sampler, &corners, x + from);
        if (dx != NULL)
            sampler_return(&corners, dx + from, dy[i]);
    }
}
