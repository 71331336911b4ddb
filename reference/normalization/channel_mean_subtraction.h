// SPDX-License-Identifier: MIT
/* Channel mean subtraction: the preprocessing of images for VGG and its relatives.
 *
 *     y[n,c,p] = (x[n,k,p] / divisor - mean[c]) / deviation[c]
 *     channels = reversed:  k = C - 1 - c      (RGB in, BGR out)
 *     channels = kept:      k = c
 *     dx[n,k,p] = dy[n,c,p] / deviation[c] / divisor
 *
 * x, y, dx, dy are images (N,C,H,W) or (N,H,W,C). mean and deviation (C) are in the order of y.
 * Without mean, C must be 3 and mean is 103.939, 116.779, 123.68 for reversed channels (Keras's
 * vgg16.preprocess_input, mode caffe), or 123.68, 116.779, 103.939 for kept ones. Without
 * deviation it is 1.
 *
 * Conventions: channels = reversed (default: caffe, VGG) or kept (torch). layout = channels_last
 *     (default here, as images are stored) or channels_first. Number divisor (1): 255 for mode
 *     torch with mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225; 127.5 with mean 1 for
 *     mode tf; 0 is refused.
 * Source: document 004 C9; Simonyan and Zisserman 2015, section 2.1; Keras's imagenet_utils.
 * Edge cases: the pixel 0 gives -mean. A deviation that is not positive is refused. Nothing is
 * clipped. Order of operations: a quotient, a difference, a quotient; dx: two quotients, deviation
 * first.
 */
#pragma once

#include "../call.h"

/* Inputs x, optionally mean, deviation, dy; outputs y, and dx. */
void channel_mean_subtraction_answer(struct call *call);
