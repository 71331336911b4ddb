// SPDX-License-Identifier: MIT
/* Gradient norms by depth with normalisation; definition in reference/gradients/normalized_depth.h.
 *
 * How it is distributed: as in depth.h. Every rank has all gradients of weights in the end, and
 * takes their norms in the order in which they are stored.
 */
#include "depth.h"

#include <string.h>

void normalized_depth_run(struct question *q)
{
    const struct depth d = depth_read(q);
    const scalar *dy = question_input(q, "dy", "[N]H");
    depth_forward(&d);
    depth_backward(&d, dy);
    question_bind(q, 'L', d.layers);
    memcpy(question_output(q, "y", "[N]H"), d.a[d.layers - 1], d.rows * d.H * sizeof(scalar));
    memcpy(question_output(q, "dx", "[N]D"), d.dx, d.rows * d.D * sizeof(scalar));
    memcpy(question_output(q, "dw1", "DH"), d.dw, d.D * d.H * sizeof(scalar));
    scalar *norm = question_output(q, "norm", "L");
    for (size_t l = 0; l < d.layers; l++) {
        const scalar *gradient = d.dw + depth_place(&d, l);
        team_row_products(question_team(q), 1, depth_count(&d, l), gradient, gradient, &norm[l]);
        norm[l] = scalar_sqrt(norm[l]);
    }
    if (norm[d.layers - 1] == 0) /* the same on every rank */
        question_refuse(q, "its input 'dy' gives the last layer no gradient: the ratio is 0 / 0");
    question_output(q, "ratio", "")[0] = norm[0] / norm[d.layers - 1];
}
