// SPDX-License-Identifier: MIT
/* game_forks.h - the loop of gan_training and wasserstein_critic once more, sample by sample and
 * parameter by parameter, with the mistakes that people make in it. */
#pragma once

#include "../../reference/generative/game.h"
#include "../fork.h"

enum game_mistake {
    GAME_RIGHT,
    NOT_DETACHED,          /* the generator's gradient keeps that of the discriminator's loss */
    GRADIENT_LEFT_IN_D,    /* the discriminator's gradient keeps that of the generator's loss */
    NOT_FROZEN,            /* the generator's step moves the discriminator too */
    GENERATOR_LABELS_ZERO, /* the generator is told to be recognised */
    LABELS_EXCHANGED,      /* real is 0, generated is 1 */
    GENERATOR_SMOOTHED,    /* the generator's target is smoothed too */
    MINIMAX_SIGN_LOST,     /* -log(1 - D) is minimised */
    SAME_FAKES,            /* the first fake noise in every step */
    SAME_NOISE,            /* the first noise in every generator's step */
    SAME_REAL_BATCH,       /* the first real batch in every step */
    FAKES_OF_START,        /* fakes are made by the generator as it was at the start */
    FAKES_RENEWED,         /* shared noise goes through the updated generator again */
    SIMULTANEOUS,          /* the generator learns from the discriminator before its update */
    STATES_OF_ROLES,       /* two optimizers for the discriminator: of real and of fake batches */
    COUNT_OF_ITERATIONS,   /* t counts iterations, not updates */
    COUNT_OF_BOTH,         /* t counts the updates of both players */
    RATES_EXCHANGED,
    FIRST_STEP_ONLY,   /* one discriminator's step whatever is asked for */
    STATE_LOST,        /* optimizers start again in each iteration */
    FAKES_FIRST,       /* separate updates in the other order */
    LOSS_AFTER_UPDATE, /* losses of the discriminator as it is after its step */
    HALF_IS_REAL,      /* exactly 1/2 is called real */
    SUM_NOT_MEAN,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    SQUASH_NOT_BACK,
    LOGARITHM_OF_SIGMOID,
    CLIPPED_PROBABILITY, /* at 1e-7, as Keras does; with no gradient beyond */
    REAL_GRADIENT_LOST,  /* joint: the second gradient overwrites the first */
    UPHILL,              /* the discriminator ascends its loss */
    CLIP_LOST,
    BIASES_NOT_CLIPPED,
    GENERATOR_CLIPPED,
    SIGMOID_LEFT,     /* the critic's score is a probability */
    GENERATOR_SIGN,   /* the generator lowers its score */
    GRADIENT_CLIPPED, /* gradients, not weights */
    CLIP_EACH_UPDATE,
    DISTANCE_SIGN
};

/* Answers with the mistake that call_variant() names. */
void game_with_mistake(struct call *call, const struct game_rules *rules);
