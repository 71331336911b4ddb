// SPDX-License-Identifier: MIT
/* Rotation of images; definition in reference/augmentation/image_rotation.h.
 *
 * How it is distributed: the images are sharded. All angles are known to every rank, so that all
 * notice an impossible one. Nothing crosses the network and nothing is added over ranks; within an
 * image the gradient is added in the order of its pixels.
 */
#include "sampling.h"

struct rotation {
    scalar sine, cosine, centre_row, centre_column;
};

static void set_angle(const struct team *team, struct rotation *r, scalar angle, bool radians)
{
    static const scalar radians_per_degree = (scalar)0.017453292519943295769;
    scalar theta = radians ? angle : angle * radians_per_degree;
    team->kernels->sine(1, &r->sine, &theta);
    team->kernels->cosine(1, &r->cosine, &theta);
    for (int quarter = -4; !radians && quarter <= 4; quarter++)
        if (angle == (scalar)(90 * quarter)) {
            const int turn = quarter & 3;
            r->sine = (scalar)(turn % 2 == 0 ? 0 : 2 - turn);
            r->cosine = (scalar)(turn % 2 == 1 ? 0 : 1 - turn);
        }
}

/* One plane, and its gradient unless dx is NULL. */
static void rotate(const struct rotation *r, const struct sampler *sampler, scalar *y,
                   const scalar *x, scalar *dx, const scalar *dy)
{
    for (size_t h = 0, i = 0; h < sampler->H; h++)
        for (size_t w = 0; w < sampler->W; w++, i++) {
            const scalar down = (scalar)h - r->centre_row, across = (scalar)w - r->centre_column;
            const scalar row = r->centre_row + (r->sine * across + r->cosine * down);
            const scalar column = r->centre_column + (r->cosine * across - r->sine * down);
            const struct corners corners = sampler_corners(sampler, row, column);
            y[i] = sampler_value(sampler, &corners, x);
            if (dx != NULL)
                sampler_return(&corners, dx, dy[i]);
        }
}

void image_rotation_run(struct question *q)
{
    static const char *const units[] = {"degrees", "radians", NULL};
    static const char *const directions[] = {"counterclockwise", "clockwise", NULL};
    static const char *const centres[] = {"pixels", "corner", NULL};
    const bool radians = question_choice(q, "units", units) == 1;
    const bool clockwise = question_choice(q, "direction", directions) == 1;
    const scalar off = question_choice(q, "centre", centres) == 1 ? 0 : 1;
    const scalar *x = question_input(q, "x", "[N]CHW"), *dy = NULL;
    const size_t C = question_size(q, 'C'), H = question_size(q, 'H'), W = question_size(q, 'W');
    question_bind(q, 'M', question_size(q, 'N'));
    const scalar *angle = question_input(q, "angle", "M");
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (!(scalar_absolute(angle[n]) <= (radians ? 7 : 360)))
            question_refuse(q, "its input 'angle' exceeds one turn; give angles in its units");
    const struct sampler sampler = sampler_read(q, H, W);
    scalar *y = question_output(q, "y", "[N]CHW"), *dx = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
    }
    struct rotation r = {.centre_row = ((scalar)H - off) / 2,
                         .centre_column = ((scalar)W - off) / 2};
    for (size_t plane = 0, size = H * W; plane < question_part(q, 'N') * C; plane++) {
        set_angle(question_team(q), &r, angle[question_first(q, 'N') + plane / C], radians);
        r.sine = clockwise ? -r.sine : r.sine;
        rotate(&r, &sampler, y + plane * size, x + plane * size, dx ? dx + plane * size : NULL,
               dy ? dy + plane * size : NULL);
    }
}
