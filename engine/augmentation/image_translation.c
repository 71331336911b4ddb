// SPDX-License-Identifier: MIT
/* Translation of images; definition in reference/augmentation/image_translation.h.
 *
 * How it is distributed: the images are sharded, and what was drawn for them. Values only move
 * within an image; nothing crosses the network and nothing is added over ranks.
 */
#include "border.h"

void image_translation_run(struct question *q)
{
    static const char *const signs[] = {"contents", "window", NULL};
    const scalar *x = question_input(q, "x", "[N]CHW");
    const size_t C = question_size(q, 'C'), H = question_size(q, 'H'), W = question_size(q, 'W');
    const int *down = question_integers(q, "down", "[N]", -(1 << 12), 1 << 12);
    const int *right = question_integers(q, "right", "[N]", -(1 << 12), 1 << 12);
    const long sign = question_choice(q, "sign", signs) == 1 ? 1 : -1;
    if (H * W == 0)
        question_refuse(q, "its input 'x' has images without pixels; give some");
    scalar *y = question_output(q, "y", "[N]CHW"), *dx = NULL;
    const scalar *dy = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
    }
    struct view view = view_create(q, C, H, W, H, W);
    for (size_t n = 0, size = C * H * W; n < question_part(q, 'N'); n++) {
        view_move(&view, sign * down[n], sign * right[n]);
        view_look(&view, y + n * size, x + n * size);
        if (dx != NULL)
            view_return(&view, dx + n * size, dy + n * size);
    }
}
