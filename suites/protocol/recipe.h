// SPDX-License-Identifier: MIT
/* recipe.h - what a training run does, as flags: shared by `assay-reference train` and
 * `assay-engine train`, which must do the same. No numerics.
 *
 * The run: x = pixel / maximum. For layer l = 0, 1, ... with I inputs and O units
 *     w_l[i,o] = scale random_symmetric(seed, 1 + l, i O + o),   b_l = 0,
 * where scale is that of he.h (uniform, slope 0, fan_in) or glorot.h (uniform, gain 1). Epoch e =
 * 0, 1, ... visits the training samples, in the order of the file, by random_permutation(seed, 1000
 * + e), in batches of `batch`, the last one shorter. The loss is the mean over the batch of the
 * cross-entropy of the labels, of the squared error of one-hot targets, or, for two classes, of the
 * binary cross-entropy of one output.
 *
 * Batch normalisation is of each hidden layer, before or behind its activation, with the statistics
 * of the whole batch; gamma starts at 1, beta at 0, the running mean at 0 and the running variance,
 * unbiased, at 1. The accuracies are by running statistics.
 *
 * Dropout: in epoch e a unit u of hidden layer l (from 0, of U units) is kept for training sample n
 * (in the order of the file) unless its random number (recipe_mask_stream) says no; kept ones are divided by the share that is
 * kept. Weight decay is a term c w of the gradient, which is a penalty c w^2 / 2.
 *
 * Every floating number is rounded to binary32 here, so that every precision trains the same
 * network.
 */
#pragma once

#include "dataset.h"

#include <stddef.h>
#include <stdint.h>

enum { RECIPE_HIDDEN = 7, RECIPE_ERROR = 512, RECIPE_PERMUTATION_STREAM = 1000 };

enum recipe_activation { RECIPE_RELU, RECIPE_TANH, RECIPE_SIGMOID };
enum recipe_optimizer { RECIPE_GRADIENT_DESCENT, RECIPE_MOMENTUM, RECIPE_ADAM };
enum recipe_initialization { RECIPE_HE, RECIPE_GLOROT };
enum recipe_loss { RECIPE_CROSS_ENTROPY, RECIPE_SQUARED_ERROR, RECIPE_BINARY_CROSS_ENTROPY };
enum recipe_normalization { RECIPE_NOT_NORMALIZED, RECIPE_BATCH_NORMALIZATION };
enum recipe_place { RECIPE_BEFORE_ACTIVATION, RECIPE_AFTER_ACTIVATION };
enum recipe_decayed { RECIPE_ALL, RECIPE_HIDDEN_WEIGHTS };

struct recipe {
    const char *data, *labels; /* paths; labels may be NULL */
    const char *json;          /* where the record goes, or NULL */
    size_t hidden_layers;
    size_t hidden[RECIPE_HIDDEN]; /* units of each */
    enum recipe_activation activation;
    enum recipe_optimizer optimizer;
    enum recipe_initialization initialization;
    enum recipe_loss loss;
    enum recipe_normalization normalization;
    enum recipe_place place; /* of the normalisation */
    double normalization_epsilon, normalization_momentum;
    double dropout;      /* the share of hidden units that is dropped */
    double weight_decay; /* c */
    enum recipe_decayed decayed;
    double rate; /* below 0: not stated; recipe_check sets the optimizer's default */
    double momentum, beta1, beta2, epsilon;
    size_t epochs, batch, block;
    uint64_t seed;
};

/* The flags, for --help. */
extern const char recipe_help[];

/* The defaults. */
struct recipe recipe_default(void);

/* Reads argument[i] of `count` if it is a flag of a recipe. Returns how many arguments it took: 2,
 * or 0 if it is not one; or -1 with a sentence in error (RECIPE_ERROR bytes). Strings are kept, not
 * copied. */
int recipe_take(struct recipe *recipe, int count, char *const argument[], int i, char *error);

/* Completes a recipe and checks it as a whole, after the last flag. Returns 0, or 2 with a sentence
 * in error. */
int recipe_check(struct recipe *recipe, char *error);

/* Checks that the data fit: both splits have samples, no batch that is normalised has only one, and
 * the network is not too large. Returns 0, or 2 with a sentence. */
int recipe_check_data(const struct recipe *recipe, const struct dataset *data, char *error);

/* How many samples of the data belong to `split` (DATASET_TRAIN or DATASET_TEST). */
size_t recipe_samples(const struct dataset *data, unsigned char split);

/* How many layers the network has, and its sizes: size[0] features, size[layers] outputs. */
size_t recipe_sizes(const struct recipe *recipe, const struct dataset *data,
                    size_t size[RECIPE_HIDDEN + 2]);

/* Names, as on the command line. */
const char *recipe_activation_name(const struct recipe *recipe);
const char *recipe_optimizer_name(const struct recipe *recipe);
const char *recipe_initialization_name(const struct recipe *recipe);
const char *recipe_loss_name(const struct recipe *recipe);
const char *recipe_decayed_name(const struct recipe *recipe);
const char *recipe_normalization_name(const struct recipe *recipe);
const char *recipe_place_name(const struct recipe *recipe);

/* Dropout of layer l in epoch e takes 16 bits of random numbers for a unit: those of unit i = n U +
 * u of this stream are bits 16 (i mod 4) ... of draw i / 4. Those below the threshold are dropped,
 * so that what is kept is recipe_keep of all. */
static inline uint64_t recipe_mask_stream(size_t epoch, size_t layer)
{
    return ((uint64_t)1 << 40) + (uint64_t)epoch * 16 + layer;
}
unsigned recipe_mask_threshold(const struct recipe *recipe);
double recipe_keep(const struct recipe *recipe);
