// SPDX-License-Identifier: MIT
/* checkpoint.c - making, comparing and writing one; checkpoint_read.c reads. */
#include "checkpoint.h"

#include "../suites/protocol/case_image.h"
#include "../suites/protocol/recipe.h"
#include "failure.h"
#include "hash.h"
#include "training.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)CHECKPOINT_ERROR == ASSAY_ERROR && (int)CHECKPOINT_NAME == ASSAY_NAME,
               "a checkpoint is read as all files are");

/* ---- settings -------------------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static void
describe(struct checkpoint *checkpoint, const char *name, const char *format, ...)
{
    struct checkpoint_setting *setting = &checkpoint->setting[checkpoint->settings++];
    va_list arguments;
    snprintf(setting->name, sizeof setting->name, "%s", name);
    va_start(arguments, format);
    vsnprintf(setting->value, sizeof setting->value, format, arguments);
    va_end(arguments);
}

/* As few digits as give the same number of binary32, which those of a recipe are. */
static void describe_number(struct checkpoint *checkpoint, const char *name, double number)
{
    char text[32];
    int digits = 6;
    do
        snprintf(text, sizeof text, "%.*g", digits, number);
    while (digits++ < 9 && strtof(text, NULL) != (float)number);
    describe(checkpoint, name, "%s", text);
}

/* Images, of which there may be more than memory, in the order of the file. */
static int hash_images(struct hash *hash, const struct dataset *data, char *error)
{
    enum { PIECE = 1 << 20 };
    size_t most = PIECE / data->features + 1, D = data->features;
    struct arena arena = {NULL};
    struct dataset_row *row = arena_take(&arena, most, sizeof *row);
    unsigned char *pixels = arena_take(&arena, most, D);
    int status = 0;
    for (size_t first = 0; first < data->samples && status == 0; first += most) {
        size_t rows = data->samples - first < most ? data->samples - first : most;
        for (size_t n = 0; n < rows; n++)
            row[n] = (struct dataset_row){first + n, pixels + n * D};
        status = dataset_read(data, row, rows, NULL, error, CHECKPOINT_ERROR);
        hash_add(hash, pixels, rows * D);
    }
    arena_release(&arena);
    return status;
}

/* Of what the samples are; not of where they lie or what the file is called. */
static int hash_data(const struct dataset *data, char text[HASH_TEXT], char *error)
{
    const uint64_t sizes[] = {data->samples, data->features, data->classes, data->maximum};
    struct hash hash = hash_begin();
    hash_add(&hash, sizes, sizeof sizes);
    int status = hash_images(&hash, data, error);
    hash_add(&hash, data->labels, data->samples);
    hash_add(&hash, data->split, data->samples);
    hash_end(&hash, text);
    return status;
}

int checkpoint_describe(struct checkpoint *c, const struct recipe *recipe,
                        const struct dataset *data, const struct setting_record *setting,
                        char *error)
{
    char text[CHECKPOINT_TEXT] = "none";
    size_t used = 0;
    for (size_t l = 0; l < recipe->hidden_layers; l++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu", l > 0 ? "," : "",
                                 recipe->hidden[l]);
    c->settings = 0;
    describe(c, "hidden", "%s", text);
    if (hash_data(data, text, error) != 0)
        return 2;
    describe(c, "data", "%s", text);
    describe(c, "precision", "%s", setting->precision);
    describe(c, "arithmetic", "%s", setting->reproducible ? "reproducible" : "fast");
    describe(c, "activation", "%s", recipe_activation_name(recipe));
    describe(c, "optimizer", "%s", recipe_optimizer_name(recipe));
    describe(c, "init", "%s", recipe_initialization_name(recipe));
    describe(c, "loss", "%s", recipe_loss_name(recipe));
    describe(c, "normalization", "%s", recipe_normalization_name(recipe));
    describe(c, "normalization-place", "%s", recipe_place_name(recipe));
    describe_number(c, "normalization-epsilon", recipe->normalization_epsilon);
    describe_number(c, "normalization-momentum", recipe->normalization_momentum);
    describe_number(c, "dropout", recipe->dropout);
    describe_number(c, "weight-decay", recipe->weight_decay);
    describe(c, "decayed", "%s", recipe_decayed_name(recipe));
    describe_number(c, "rate", recipe->rate);
    describe_number(c, "momentum", recipe->momentum);
    describe_number(c, "beta1", recipe->beta1);
    describe_number(c, "beta2", recipe->beta2);
    describe_number(c, "epsilon", recipe->epsilon);
    describe(c, "epochs", "%zu", recipe->epochs);
    describe(c, "batch", "%zu", recipe->batch);
    describe(c, "block", "%zu", recipe->block);
    describe(c, "seed", "%llu", (unsigned long long)recipe->seed);
    return 0;
}

static const struct checkpoint_setting *find_setting(const struct checkpoint *checkpoint,
                                                     const char *name)
{
    for (size_t i = 0; i < checkpoint->settings; i++)
        if (strcmp(checkpoint->setting[i].name, name) == 0)
            return &checkpoint->setting[i];
    return NULL;
}

int checkpoint_compare(const struct checkpoint *found, const struct checkpoint *mine,
                       const char *path, char *error)
{
    const char *advice = "use the same recipe, or another folder";
    for (size_t i = 0; i < mine->settings; i++) {
        const struct checkpoint_setting *now = &mine->setting[i];
        const struct checkpoint_setting *then = find_setting(found, now->name);
        if (then != NULL && strcmp(then->value, now->value) == 0)
            continue;
        if (then == NULL)
            snprintf(error, CHECKPOINT_ERROR,
                     "%.160s: does not say --%s, so an older program wrote it: use that one, or "
                     "another folder",
                     path, now->name);
        else if (strcmp(now->name, "data") == 0)
            snprintf(error, CHECKPOINT_ERROR, "%.160s: belongs to a run on other --data: %s", path,
                     advice);
        else
            snprintf(error, CHECKPOINT_ERROR,
                     "%.160s: belongs to a run with --%s %s, and this one has %s: %s", path,
                     now->name, then->value, now->value, advice);
        return 2;
    }
    if (found->settings == mine->settings)
        return 0;
    snprintf(error, CHECKPOINT_ERROR,
             "%.160s: belongs to a run with settings that this program does not know: use the "
             "program that wrote it, or another folder",
             path);
    return 2;
}

/* ---- numbers and arrays ---------------------------------------------------------------------- */

void checkpoint_set(struct checkpoint *checkpoint, const char *name, double value)
{
    size_t i = 0;
    while (i < checkpoint->numbers && strcmp(checkpoint->number[i].name, name) != 0)
        i++;
    checkpoint->numbers += i == checkpoint->numbers;
    snprintf(checkpoint->number[i].name, sizeof checkpoint->number[i].name, "%s", name);
    checkpoint->number[i].value = value;
}

void checkpoint_set_array(struct checkpoint *checkpoint, const char *name, bool is_f32, size_t rows,
                          size_t columns, double *value)
{
    size_t i = 0;
    while (i < checkpoint->arrays && strcmp(checkpoint->array[i].name, name) != 0)
        i++;
    checkpoint->arrays += i == checkpoint->arrays;
    checkpoint->array[i] =
        (struct checkpoint_array){.is_f32 = is_f32, .rows = rows, .columns = columns};
    checkpoint->array[i].value = value;
    snprintf(checkpoint->array[i].name, sizeof checkpoint->array[i].name, "%s", name);
}

double checkpoint_number(const struct checkpoint *checkpoint, const char *name)
{
    for (size_t i = 0; i < checkpoint->numbers; i++)
        if (strcmp(checkpoint->number[i].name, name) == 0)
            return checkpoint->number[i].value;
    return -1;
}

const struct checkpoint_array *checkpoint_array(const struct checkpoint *checkpoint,
                                                const char *name)
{
    for (size_t i = 0; i < checkpoint->arrays; i++)
        if (strcmp(checkpoint->array[i].name, name) == 0)
            return &checkpoint->array[i];
    return NULL;
}

/* ---- the file -------------------------------------------------------------------------------- */

void checkpoint_hash(const struct checkpoint *checkpoint, char text[])
{
    struct hash hash = hash_begin();
    const uint64_t counts[] = {checkpoint->settings, checkpoint->numbers, checkpoint->arrays};
    hash_add(&hash, counts, sizeof counts);
    for (size_t i = 0; i < checkpoint->settings; i++) {
        const struct checkpoint_setting *setting = &checkpoint->setting[i];
        hash_add(&hash, setting->name, strlen(setting->name) + 1);
        hash_add(&hash, setting->value, strlen(setting->value) + 1);
    }
    for (size_t i = 0; i < checkpoint->numbers; i++) {
        hash_add(&hash, checkpoint->number[i].name, strlen(checkpoint->number[i].name) + 1);
        hash_add(&hash, &checkpoint->number[i].value, sizeof(double));
    }
    for (size_t i = 0; i < checkpoint->arrays; i++) {
        const struct checkpoint_array *array = &checkpoint->array[i];
        const uint64_t sizes[] = {array->rows, array->columns};
        hash_add(&hash, array->name, strlen(array->name) + 1);
        hash_add(&hash, sizes, sizeof sizes);
        hash_add(&hash, array->value, array->rows * array->columns * sizeof(double));
    }
    hash_end(&hash, text);
}

/* Each begins with its name. */
static int compare_names(const void *left, const void *right)
{
    return strcmp(left, right);
}

int checkpoint_write(struct checkpoint *c, const char *path, char *error)
{
    struct image image;
    char hash[HASH_TEXT];
    qsort(c->setting, c->settings, sizeof c->setting[0], compare_names);
    qsort(c->number, c->numbers, sizeof c->number[0], compare_names);
    qsort(c->array, c->arrays, sizeof c->array[0], compare_names);
    checkpoint_hash(c, hash);
    image_begin(&image, "assay-checkpoint", 4);
    image_text(&image, image.file, "sha256", hash);
    hid_t group = image_group(&image, image.draft, "recipe", c->settings);
    for (size_t i = 0; i < c->settings; i++)
        image_text(&image, group, c->setting[i].name, c->setting[i].value);
    image_leave(group);
    group = image_group(&image, image.draft, "progress", c->numbers);
    for (size_t i = 0; i < c->numbers; i++)
        image_number(&image, group, c->number[i].name, c->number[i].value);
    image_leave(group);
    group = image_group(&image, image.draft, "state", c->arrays);
    for (size_t i = 0; i < c->arrays; i++) {
        const struct checkpoint_array *array = &c->array[i];
        const size_t dim[] = {array->rows, array->columns};
        image_array(&image, group, array->name, array->is_f32 ? IMAGE_F32 : IMAGE_F64,
                    array->columns > 1 ? 2 : 1, dim, array->value);
    }
    image_leave(group);
    return image_store(&image, path, error);
}
