// SPDX-License-Identifier: MIT
/* Contrast of images; definition in reference/augmentation/contrast.h.
 *
 * How it is distributed: the images are sharded. An image has its own mean. Nothing crosses the
 * network and nothing is added over ranks.
 */
#include "colour.h"

static const scalar grey[3] = {(scalar)0.299, (scalar)0.587, (scalar)0.114};

/* Sum of x (count), or of weight times x for the channels of a grey image. */
static scalar total(const struct team *team, const scalar *x, size_t count, size_t pixels,
                    bool weighted)
{
    scalar sum = 0;
    for (size_t i = 0; i < count; i++)
        if (weighted)
            team->kernels->scale_add(1, &sum, grey[i / pixels], &x[i]);
        else
            sum += x[i];
    return sum;
}

void contrast_run(struct question *q)
{
    static const char *const means[] = {"image", "channel", "grey", NULL};
    const int mean = question_choice(q, "mean", means);
    const struct colours is = colours_read(q, 0);
    if (mean == 2 && is.C != 3)
        question_refuse(q, "its 'mean' is of a grey image; give three channels");
    const size_t size = is.C * is.pixels, group = mean == 1 ? is.pixels : size;
    const scalar number = (scalar)(mean == 0 ? size : is.pixels);
    for (size_t n = 0; n < is.images; n++) {
        const scalar factor = is.factor[n];
        for (size_t at = 0; at < size; at += group) {
            const scalar *x = is.x + n * size + at;
            const scalar m = total(question_team(q), x, group, is.pixels, mean == 2) / number;
            for (size_t i = 0; i < group; i++)
                is.passed[at + i] = m + factor * (x[i] - m);
        }
        colours_store(&is, n, is.passed);
        for (size_t at = 0; is.dx != NULL && at < size; at += group) {
            const scalar *p = is.passed + at;
            const scalar moved = (1 - factor) * total(NULL, p, group, is.pixels, false);
            for (size_t i = 0; i < group; i++)
                is.dx[n * size + at + i] =
                    factor * p[i] + (mean == 2 ? moved * grey[i / is.pixels] : moved) / number;
        }
    }
}
