// SPDX-License-Identifier: MIT
/* game_cases.h - cases of the loop that gan_training and wasserstein_critic share. */
#pragma once

#include "../case_builder.h"

enum { GAME_SIZES = 5, GAME_STATED = 8 };
enum game_data {
    GAME_RANDOM,
    GAME_C8 /* weights of a few values; biases so large that no ReLU is near its kink */
};

/* T iterations of K discriminator's steps (0: not stated, 1); batches of N real and M generated
 * samples (0: shared noise) and B of the generator's step; F rows of fixed noise. The sizes of both
 * players; conventions and numbers as pairs. */
struct game_setting {
    size_t T, K, N, M, B, F, block;
    size_t generator[GAME_SIZES], discriminator[GAME_SIZES];
    const char *choice[GAME_STATED][2];
    struct {
        const char *name;
        double value;
    } number[GAME_STATED];
    double scale;      /* of the weights; 0: 0.6 */
    double last_scale; /* times the discriminator's last weights; 0: 1 */
    double last_bias;  /* added to its last bias */
    int constant_last; /* its last layer is 0: D = 1/2 */
    enum game_data data;
};

struct game_row {
    struct case_head head;
    struct game_setting setting;
};

/* Adds one case a row. */
void game_add(struct case_list *list, const struct game_row *row, size_t rows);
