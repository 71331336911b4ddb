// SPDX-License-Identifier: MIT
#include "recipe.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
static const char *const optimizers[] = {"gradient_descent", "momentum", "adam", NULL};
static const char *const initializations[] = {"he", "glorot", NULL};
static const char *const losses[] = {"cross_entropy", "mean_squared_error", "binary_cross_entropy",
                                     NULL};
static const char *const normalizations[] = {"none", "batch", NULL};
static const char *const places[] = {"before_activation", "after_activation", NULL};
static const char *const decayed[] = {"all", "hidden_weights", NULL};

static const size_t largest_count = (size_t)1 << 30;
static const size_t largest_network = (size_t)1 << 28; /* parameters */

const char recipe_help[] =
    "  --data FILE[,FILE...]    images: Assay HDF5, IDX (MNIST) or CIFAR-10 binary; or\n"
    "                           synthetic:SAMPLES,FEATURES,CLASSES: clouds of random points\n"
    "  --labels FILE[,FILE...]  labels of IDX images\n"
    "  --hidden LIST            units of the hidden layers, such as 128,64, or 'none' (128,64)\n"
    "  --activation NAME        relu, tanh or sigmoid (relu)\n"
    "  --optimizer NAME         gradient_descent, momentum or adam (adam)\n"
    "  --rate X                 learning rate (adam 0.001, momentum 0.01, gradient_descent 0.1)\n"
    "  --momentum X             of the optimizer momentum (0.9)\n"
    "  --beta1 X  --beta2 X     of adam (0.9, 0.999)\n"
    "  --epsilon X              of adam (1e-8)\n"
    "  --init NAME              he or glorot, uniform (he)\n"
    "  --loss NAME              cross_entropy, mean_squared_error, or binary_cross_entropy of one\n"
    "                           output (cross_entropy)\n"
    "  --normalization NAME     of the hidden layers: none, or batch (none)\n"
    "  --normalization-place P  before_activation or after_activation (before_activation)\n"
    "  --normalization-epsilon X   what is added to a variance (1e-5)\n"
    "  --normalization-momentum X  weight of a batch in the running statistics (0.1)\n"
    "  --dropout X              share of the hidden units that a step leaves out (0)\n"
    "  --weight-decay X         c of the penalty c w^2 / 2 (0)\n"
    "  --decayed NAME           what decays: all, or hidden_weights (all)\n"
    "  --epochs N               passes over the training samples (60)\n"
    "  --batch N                samples of one step (64)\n"
    "  --block N                samples of one canonical block, the unit of distribution (16)\n"
    "  --seed N                 of the initial weights and of the order of the samples (1)\n";

struct recipe recipe_default(void)
{
    return (struct recipe){.hidden_layers = 2,
                           .hidden = {128, 64},
                           .activation = RECIPE_RELU,
                           .optimizer = RECIPE_ADAM,
                           .initialization = RECIPE_HE,
                           .normalization_epsilon = 1e-5F,
                           .normalization_momentum = 0.1F,
                           .rate = -1,
                           .momentum = 0.9F,
                           .beta1 = 0.9F,
                           .beta2 = 0.999F,
                           .epsilon = 1e-8F,
                           .epochs = 60,
                           .batch = 64,
                           .block = 16,
                           .seed = 1};
}

const char *recipe_activation_name(const struct recipe *recipe)
{
    return activations[recipe->activation];
}

const char *recipe_optimizer_name(const struct recipe *recipe)
{
    return optimizers[recipe->optimizer];
}

const char *recipe_initialization_name(const struct recipe *recipe)
{
    return initializations[recipe->initialization];
}

const char *recipe_loss_name(const struct recipe *recipe)
{
    return losses[recipe->loss];
}

const char *recipe_decayed_name(const struct recipe *recipe)
{
    return decayed[recipe->decayed];
}

const char *recipe_normalization_name(const struct recipe *recipe)
{
    return normalizations[recipe->normalization];
}

const char *recipe_place_name(const struct recipe *recipe)
{
    return places[recipe->place];
}

unsigned recipe_mask_threshold(const struct recipe *recipe)
{
    return (unsigned)(recipe->dropout * 65536);
}

double recipe_keep(const struct recipe *recipe)
{
    return 1 - recipe_mask_threshold(recipe) / 65536.0;
}

/* ---- values --------------------------------------------------------------------------------- */

/* These return 0, or -1 with a sentence. `flag` is named in it. */

static int read_count(const char *flag, const char *text, size_t low, size_t *count, char *error)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && value >= low &&
        value <= largest_count) {
        *count = (size_t)value;
        return 0;
    }
    snprintf(error, RECIPE_ERROR, "%s %.60s: must be a whole number from %zu to %zu", flag, text,
             low, largest_count);
    return -1;
}

static int read_seed(const char *flag, const char *text, uint64_t *seed, char *error)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0) {
        *seed = value;
        return 0;
    }
    snprintf(error, RECIPE_ERROR, "%s %.60s: must be a whole number from 0 to 2^64 - 1", flag,
             text);
    return -1;
}

/* A number in [low, high), rounded to binary32. */
static int read_number(const char *flag, const char *text, double low, double high, double *number,
                       char *error)
{
    char *end = NULL;
    double value = strtod(text, &end);
    float rounded = (float)value;
    if (end != text && *end == '\0' && value >= low && value < high && (double)rounded < high &&
        (value == 0 || rounded != 0)) {
        *number = (double)rounded;
        return 0;
    }
    snprintf(error, RECIPE_ERROR, "%s %.60s: must be a number from %g to below %g", flag, text, low,
             high);
    return -1;
}

/* Index of one of the names. */
static int read_name(const char *flag, const char *text, const char *const names[], int *index,
                     char *error)
{
    char known[RECIPE_ERROR / 2] = "";
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            *index = i;
            return 0;
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    snprintf(error, RECIPE_ERROR, "%s %.60s: is unknown; known are: %s", flag, text, known);
    return -1;
}

static int read_hidden(const char *flag, const char *text, struct recipe *recipe, char *error)
{
    recipe->hidden_layers = 0;
    if (strcmp(text, "none") == 0)
        return 0;
    for (const char *item = text; item != NULL;) {
        const char *comma = strchr(item, ',');
        size_t length = comma != NULL ? (size_t)(comma - item) : strlen(item);
        char one[24] = "";
        if (length < sizeof one)
            memcpy(one, item, length);
        if (recipe->hidden_layers == RECIPE_HIDDEN) {
            snprintf(error, RECIPE_ERROR, "%s %.60s: names more than %d layers", flag, text,
                     RECIPE_HIDDEN);
            return -1;
        }
        if (read_count(flag, one, 1, &recipe->hidden[recipe->hidden_layers++], error) != 0) {
            snprintf(error, RECIPE_ERROR,
                     "%s %.60s: must be whole numbers of at least 1 with commas between them, or "
                     "'none'",
                     flag, text);
            return -1;
        }
        item = comma != NULL ? comma + 1 : NULL;
    }
    return 0;
}

/* ---- flags ---------------------------------------------------------------------------------- */

enum kind {
    UNKNOWN,
    TEXT,
    COUNT,
    NUMBER,
    SEED,
    LIST,
    ACTIVATION,
    OPTIMIZER,
    INITIALIZATION,
    LOSS,
    NORMALIZATION,
    PLACE,
    DECAYED
};

struct flag {
    const char *name;
    enum kind kind;
    const char **text;
    size_t *count;
    double *number;
    double high; /* of a number */
};

static struct flag find_flag(struct recipe *r, const char *name)
{
    const struct flag flags[] = {
        {.name = "--data", .kind = TEXT, .text = &r->data},
        {.name = "--labels", .kind = TEXT, .text = &r->labels},
        {.name = "--json", .kind = TEXT, .text = &r->json},
        {.name = "--hidden", .kind = LIST},
        {.name = "--activation", .kind = ACTIVATION},
        {.name = "--optimizer", .kind = OPTIMIZER},
        {.name = "--init", .kind = INITIALIZATION},
        {.name = "--loss", .kind = LOSS},
        {.name = "--decayed", .kind = DECAYED},
        {.name = "--normalization", .kind = NORMALIZATION},
        {.name = "--normalization-place", .kind = PLACE},
        {.name = "--normalization-epsilon",
         .kind = NUMBER,
         .number = &r->normalization_epsilon,
         .high = 1},
        {.name = "--normalization-momentum",
         .kind = NUMBER,
         .number = &r->normalization_momentum,
         .high = 1},
        {.name = "--dropout", .kind = NUMBER, .number = &r->dropout, .high = 1},
        {.name = "--weight-decay", .kind = NUMBER, .number = &r->weight_decay, .high = 1e6},
        {.name = "--rate", .kind = NUMBER, .number = &r->rate, .high = 1e6},
        {.name = "--momentum", .kind = NUMBER, .number = &r->momentum, .high = 1},
        {.name = "--beta1", .kind = NUMBER, .number = &r->beta1, .high = 1},
        {.name = "--beta2", .kind = NUMBER, .number = &r->beta2, .high = 1},
        {.name = "--epsilon", .kind = NUMBER, .number = &r->epsilon, .high = 1},
        {.name = "--epochs", .kind = COUNT, .count = &r->epochs},
        {.name = "--batch", .kind = COUNT, .count = &r->batch},
        {.name = "--block", .kind = COUNT, .count = &r->block},
        {.name = "--seed", .kind = SEED},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (strcmp(flags[i].name, name) == 0)
            return flags[i];
    return (struct flag){.kind = UNKNOWN};
}

static int read_value(struct recipe *recipe, const struct flag *flag, const char *text, char *error)
{
    int index = 0, code = 0;
    switch (flag->kind) {
    case TEXT:
        *flag->text = text;
        break;
    case COUNT:
        return read_count(flag->name, text, 1, flag->count, error);
    case NUMBER:
        return read_number(flag->name, text, 0, flag->high, flag->number, error);
    case SEED:
        return read_seed(flag->name, text, &recipe->seed, error);
    case LIST:
        return read_hidden(flag->name, text, recipe, error);
    case ACTIVATION:
        code = read_name(flag->name, text, activations, &index, error);
        recipe->activation = (enum recipe_activation)index;
        break;
    case OPTIMIZER:
        code = read_name(flag->name, text, optimizers, &index, error);
        recipe->optimizer = (enum recipe_optimizer)index;
        break;
    case INITIALIZATION:
        code = read_name(flag->name, text, initializations, &index, error);
        recipe->initialization = (enum recipe_initialization)index;
        break;
    case LOSS:
        code = read_name(flag->name, text, losses, &index, error);
        recipe->loss = (enum recipe_loss)index;
        break;
    case NORMALIZATION:
        code = read_name(flag->name, text, normalizations, &index, error);
        recipe->normalization = (enum recipe_normalization)index;
        break;
    case PLACE:
        code = read_name(flag->name, text, places, &index, error);
        recipe->place = (enum recipe_place)index;
        break;
    case DECAYED:
        code = read_name(flag->name, text, decayed, &index, error);
        recipe->decayed = (enum recipe_decayed)index;
        break;
    case UNKNOWN:
        break;
    }
    return code;
}

int recipe_take(struct recipe *recipe, int count, char *const argument[], int i, char *error)
{
    struct flag flag = find_flag(recipe, argument[i]);
    if (flag.kind == UNKNOWN)
        return 0;
    if (i + 1 >= count || argument[i + 1][0] == '\0') {
        snprintf(error, RECIPE_ERROR, "%s: needs a value after it; see --help", flag.name);
        return -1;
    }
    return read_value(recipe, &flag, argument[i + 1], error) == 0 ? 2 : -1;
}

/* ---- the whole ------------------------------------------------------------------------------ */

int recipe_check(struct recipe *recipe, char *error)
{
    static const float default_rate[] = {0.1F, 0.01F, 0.001F}; /* by optimizer */
    if (recipe->rate < 0)
        recipe->rate = (double)default_rate[recipe->optimizer];
    if (recipe->normalization_epsilon == 0) {
        snprintf(error, RECIPE_ERROR,
                 "--normalization-epsilon 0: a unit that is the same for all samples would be "
                 "divided by 0; use a number above 0");
        return 2;
    }
    if (recipe->data != NULL)
        return 0;
    snprintf(error, RECIPE_ERROR,
             "no data set is given; add --data FILE, such as "
             "--data data/digits.h5, or --data synthetic:1000,20,2");
    return 2;
}

size_t recipe_samples(const struct dataset *data, unsigned char split)
{
    size_t count = 0;
    for (size_t n = 0; n < data->samples; n++)
        count += data->split[n] == split;
    return count;
}

size_t recipe_sizes(const struct recipe *recipe, const struct dataset *data,
                    size_t size[RECIPE_HIDDEN + 2])
{
    size[0] = data->features;
    for (size_t l = 0; l < recipe->hidden_layers; l++)
        size[l + 1] = recipe->hidden[l];
    size[recipe->hidden_layers + 1] =
        recipe->loss == RECIPE_BINARY_CROSS_ENTROPY ? 1 : data->classes;
    return recipe->hidden_layers + 1;
}

int recipe_check_data(const struct recipe *recipe, const struct dataset *data, char *error)
{
    size_t size[RECIPE_HIDDEN + 2], parameters = 0;
    size_t layers = recipe_sizes(recipe, data, size);
    for (size_t l = 0; l < layers && parameters <= largest_network; l++)
        parameters += size[l] > largest_network / size[l + 1] ? largest_network + 1
                                                              : (size[l] + 1) * size[l + 1];
    size_t train = recipe_samples(data, DATASET_TRAIN), test = recipe_samples(data, DATASET_TEST);
    if (recipe->loss == RECIPE_BINARY_CROSS_ENTROPY && data->classes != 2) {
        snprintf(error, RECIPE_ERROR,
                 "%.200s: has %zu classes, but binary_cross_entropy is of two; use --loss "
                 "cross_entropy",
                 recipe->data, data->classes);
        return 2;
    }
    if (parameters > largest_network) {
        snprintf(error, RECIPE_ERROR,
                 "the network has more than %zu parameters; use smaller "
                 "--hidden layers",
                 largest_network);
        return 2;
    }
    size_t batch = recipe->batch < train ? recipe->batch : train;
    if (recipe->normalization != RECIPE_NOT_NORMALIZED && recipe->hidden_layers > 0 && train > 0 &&
        (batch == 1 || train % batch == 1)) {
        snprintf(error, RECIPE_ERROR,
                 "--batch %zu: makes a batch of one sample of the %zu for training, and one sample "
                 "has no variance to normalize by; use another --batch",
                 recipe->batch, train);
        return 2;
    }
    if (train == 0 || test == 0) {
        snprintf(error, RECIPE_ERROR,
                 "%.200s: holds %zu samples for training and %zu for testing; "
                 "both are needed",
                 recipe->data, train, test);
        return 2;
    }
    return 0;
}
