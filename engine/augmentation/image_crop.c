// SPDX-License-Identifier: MIT
/* Crops of images; definition in reference/augmentation/image_crop.h.
 *
 * How it is distributed: the images are sharded. Where all windows are is known to every rank, so
 * that all notice one that does not fit. Nothing crosses the network and nothing is added over
 * ranks.
 */
#include "border.h"

static void check(struct question *q, const char *name, const int *at, size_t window, size_t padded)
{
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if ((size_t)at[n] + window > padded)
            question_refuse(q, "its input '%s' puts a window beyond the image; pad more", name);
}

void image_crop_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]CHW");
    const size_t C = question_size(q, 'C'), H = question_size(q, 'H'), W = question_size(q, 'W');
    const size_t P = question_count(q, "height", 1, 1 << 12);
    const size_t Q = question_count(q, "width", 1, 1 << 12);
    const scalar stated = question_number_or(q, "padding", 0);
    if (!(stated >= 0 && stated <= 1 << 12) || (scalar)(size_t)stated != stated)
        question_refuse(q, "its number 'padding' counts pixels; give a whole one from 0 to 4096");
    const size_t padding = (size_t)stated;
    question_bind(q, 'M', question_size(q, 'N'));
    const int *row = question_integers(q, "row", "M", 0, 1 << 12);
    const int *column = question_integers(q, "column", "M", 0, 1 << 12);
    check(q, "row", row, P, H + 2 * padding);
    check(q, "column", column, Q, W + 2 * padding);
    question_bind(q, 'P', P);
    question_bind(q, 'Q', Q);
    scalar *y = question_output(q, "y", "[N]CPQ"), *dx = NULL;
    const scalar *dy = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CPQ");
        dx = question_output(q, "dx", "[N]CHW");
    }
    struct view view = view_create(q, C, H, W, P, Q);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        const size_t image = question_first(q, 'N') + n;
        view_move(&view, (long)row[image] - (long)padding, (long)column[image] - (long)padding);
        view_look(&view, y + n * C * P * Q, x + n * C * H * W);
        if (dx != NULL)
            view_return(&view, dx + n * C * H * W, dy + n * C * P * Q);
    }
}
