// SPDX-License-Identifier: MIT
/* Sums over blocks, and training runs of the engine's own trainer. */
#include "core.h"

#include "../../suites/protocol/recipe.h"
#include "../initialization/initialization.h"
#include "../random.h"
#include "../trainer.h"
#include "../tree.h"

#include <stdlib.h>
#include <string.h>

/* ---- sums ----------------------------------------------------------------------------------- */

enum { LENGTH = 33 };

/* Each rank adds its blocks, and one adds what they are left with, as reduce.c does; for as many
 * ranks as are asked for. */
static void sum_blocks(const scalar *blocks, size_t count, int ranks, scalar *total)
{
    struct arena arena = {NULL};
    const struct layout layout = layout_create(&arena, count, 1, ranks);
    scalar *work = arena_take(&arena, count * LENGTH, sizeof *work);
    struct tree whole, part;
    memcpy(work, blocks, count * LENGTH * sizeof *work);
    tree_start(&whole, count, LENGTH);
    for (int rank = 0; rank < ranks; rank++) {
        tree_start(&part, count, LENGTH);
        for (size_t b = layout.offset[rank]; b < layout.offset[rank + 1]; b++)
            tree_push(&part, (struct tree_node){b, b + 1, work + b * LENGTH});
        for (size_t i = 0; i < part.depth; i++)
            tree_push(&whole, part.node[i]);
    }
    memcpy(total, whole.node[0].sum, LENGTH * sizeof *total);
    arena_release(&arena);
}

void core_sums(const struct core *core)
{
    enum { BLOCKS = 70 };
    static const int ranks[] = {1, 2, 3, 4, 5, 7, 8, 64};
    static scalar blocks[BLOCKS * LENGTH];
    scalar first[LENGTH], total[LENGTH];
    for (uint64_t i = 0; i < BLOCKS * LENGTH; i++)
        blocks[i] = (scalar)(random_uniform(1, 0, i) * (double)(1 << i % 24));
    FILE *part = core_open(core, "sums");
    for (size_t count = 1; count <= BLOCKS; count++)
        for (size_t k = 0; k < sizeof ranks / sizeof ranks[0]; k++) {
            sum_blocks(blocks, count, ranks[k], k == 0 ? first : total);
            if (k == 0)
                core_write(part, first, sizeof first);
            else if (memcmp(first, total, sizeof first) != 0) {
                fprintf(stderr, "the sum of %zu blocks by %d ranks has other bits than by one\n",
                        count, ranks[k]);
                exit(EXIT_FAILURE);
            }
        }
    core_close(part);
}

/* ---- training ------------------------------------------------------------------------------- */

enum { SAMPLES = 299, SIDE = 8, FEATURES = SIDE * SIDE, CLASSES = 10, EPOCHS = 2, MAXIMUM = 255 };

struct images {
    unsigned char pixels[SAMPLES][FEATURES], labels[SAMPLES];
};

/* Noise, brighter where the picture of the class is. */
static void draw_images(struct images *images)
{
    for (uint64_t n = 0; n < SAMPLES; n++) {
        images->labels[n] = (unsigned char)(random_draw(1, 0, n) % CLASSES);
        const uint64_t picture = random_draw(2, 0, images->labels[n]);
        for (uint64_t i = 0; i < FEATURES; i++)
            images->pixels[n][i] =
                (unsigned char)(random_draw(3, n, i) % 160 + (picture >> i & 1) * (MAXIMUM - 159));
    }
}

/* As IDX files (suites/protocol/dataset.h), from which `assay-engine train` must come to the same
 * weights. */
static void write_images(const struct core *core, const struct images *images)
{
    static const unsigned char image_header[] = {
        0, 0, 8, 3, 0, 0, SAMPLES >> 8, SAMPLES & 255, 0, 0, 0, SIDE, 0, 0, 0, SIDE};
    static const unsigned char label_header[] = {0, 0, 8, 1, 0, 0, SAMPLES >> 8, SAMPLES & 255};
    FILE *part = core_open(core, "images");
    core_write(part, image_header, sizeof image_header);
    core_write(part, images->pixels, sizeof images->pixels);
    core_close(part);
    part = core_open(core, "labels");
    core_write(part, label_header, sizeof label_header);
    core_write(part, images->labels, sizeof images->labels);
    core_close(part);
}

/* Parameters as recipe.h says. */
static void initialize(struct perceptron *net, bool he, uint64_t seed)
{
    perceptron_start_normalization(net);
    for (size_t l = 0; l < net->shape.layers; l++) {
        const size_t I = net->shape.size[l], O = net->shape.size[l + 1];
        const scalar scale = he ? he_factor(UNIFORM, 0, I) : glorot_factor(UNIFORM, 1, I, O);
        for (size_t i = 0; i < I * O; i++)
            net->tape->parameter[net->w[l] + i] = scale * (scalar)random_uniform(seed, 1 + l, i);
    }
}

/* One batch; the answers are labels, or which of the classes it is, as targets. Masks keep three
 * quarters. */
static void fill_batch(const struct perceptron *net, const struct images *images,
                       const uint32_t *order, size_t rows)
{
    for (size_t n = 0; n < rows; n++) {
        for (size_t i = 0; i < FEATURES; i++)
            net->input->value[n * FEATURES + i] = (scalar)images->pixels[order[n]][i] / MAXIMUM;
        const int label = images->labels[order[n]];
        if (!net->shape.has_targets)
            net->labels[n] = label;
        for (int k = 0; net->shape.has_targets && k < CLASSES; k++)
            net->target[n * CLASSES + (size_t)k] = k == label;
    }
    for (size_t l = 0; l + 1 < net->shape.layers; l++)
        for (size_t i = 0; net->shape.masked[l] && i < rows * net->shape.size[l + 1]; i++)
            net->mask[l].kept[i] = random_draw(4, order[0], i) % 4 != 0;
}

/* Writes the losses of all steps, and the parameters and running statistics at the end, which are
 * what the hash of `assay-engine train` is of. */
static void train(const struct core *core, const struct images *images, const char *name,
                  const struct trainer_settings *settings, bool he, scalar rate)
{
    struct arena arena = {NULL};
    struct trainer *trainer = trainer_create(&arena, &core->team, settings);
    const struct tape *tape = trainer->net->tape;
    uint32_t order[SAMPLES];
    char part_name[64];
    initialize(trainer->net, he, 1);
    snprintf(part_name, sizeof part_name, "losses_%s", name);
    FILE *part = core_open(core, part_name);
    for (uint64_t epoch = 0; epoch < EPOCHS; epoch++) {
        random_shuffle(order, SAMPLES, 1, RECIPE_PERMUTATION_STREAM + epoch);
        for (size_t at = 0, batch = settings->batch; at < SAMPLES; at += batch) {
            batch = batch < SAMPLES - at ? batch : SAMPLES - at;
            fill_batch(trainer->net, images, order + at, batch);
            const scalar loss = trainer_step(trainer, batch, rate);
            core_write(part, &loss, sizeof loss);
        }
    }
    core_close(part);
    snprintf(part_name, sizeof part_name, "weights_%s", name);
    part = core_open(core, part_name);
    core_write(part, tape->parameter, tape->parameters * sizeof *tape->parameter);
    core_write(part, trainer->net->running, trainer->net->runnings * sizeof(scalar));
    core_close(part);
    arena_release(&arena);
}

void core_training(const struct core *core)
{
    static struct images images;
    draw_images(&images);
    write_images(core, &images);
    const struct trainer_settings plain = {
        .shape = {.layers = 2, .size = {FEATURES, 24, CLASSES}, .activation = &tanh_operation},
        .samples = SAMPLES,
        .batch = 64,
        .block = 16,
        .momentum = {.mu = (scalar)0.9F},
        .adam = {.bias_correction = true,
                 .beta1 = (scalar)0.9F,
                 .beta2 = (scalar)0.999F,
                 .epsilon = (scalar)1e-8F}};
    struct trainer_settings settings = plain;
    settings.shape.layers = 1;
    settings.shape.size[1] = CLASSES;
    settings.optimizer = TRAIN_GRADIENT_DESCENT;
    train(core, &images, "gradient_descent", &settings, false, (scalar)0.1F);
    settings = plain;
    settings.optimizer = TRAIN_MOMENTUM;
    train(core, &images, "tanh_momentum", &settings, false, (scalar)0.01F);
    settings = plain;
    settings.optimizer = TRAIN_ADAM;
    settings.shape = (struct perceptron_shape){
        .layers = 3, .size = {FEATURES, 37, 16, CLASSES}, .activation = &relu_operation};
    train(core, &images, "relu_adam", &settings, true, (scalar)0.001F);
    settings.shape.normalization = BEFORE_ACTIVATION;
    settings.shape.batch.epsilon = (scalar)1e-5F;
    settings.shape.batch.momentum = (scalar)0.1F;
    train(core, &images, "normalized", &settings, true, (scalar)0.001F);
    settings.shape.normalization = NOT_NORMALIZED;
    /* What recipes cannot say. */
    settings.shape.activation = &sigmoid_operation;
    settings.shape.has_targets = settings.shape.binary = settings.shape.masked[0] = true;
    settings.shape.scale = (scalar)(4.0 / 3);
    settings.hidden_weights_only = true;
    settings.adam.decay = (scalar)0.01F;
    settings.adam.decay_form = DECOUPLED;
    settings.adam.epsilon_placement = INSIDE_ROOT;
    train(core, &images, "sigmoid_dropout_binary", &settings, true, (scalar)0.003F);
}
