// SPDX-License-Identifier: MIT
/* `assay-reference train`: the recipe of `assay-engine train`, computed by the reference. The whole
 * training is one request to mini_batch_training, so nothing numeric happens here. */
#include "reference_train.h"

#include "../reference/random.h"
#include "case_builder.h"
#include "numerics.h"
#include "protocol/recipe.h"
#include "version.h"

#include <fenv.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help_start[] =
    "usage: assay-reference train --data FILE [options]\n\n"
    "Trains a multilayer perceptron serially, step by step as the definitions say. In f32 its\n"
    "weights equal those of assay-engine train in reproducible arithmetic bit for bit.\n\n"
    "  --precision f64|f32      (f64)\n"
    "  --json FILE              a record, - for standard output\n";
static const char help_end[] =
    "\nExample: assay-reference train --data data/digits.h5 --epochs 2 --precision f32\n"
    "Exit status: 0, or 2 on unusable input.\n";

/* One training: what is asked, on what, and what came out. */
struct session {
    const struct numerics *numerics;
    struct recipe recipe;
    struct dataset data;
    size_t layers, size[RECIPE_HIDDEN + 2];
    size_t train, steps;
    struct answer answer; /* of mini_batch_training */
    double seconds, test_accuracy;
    char sha256[65];
};

static int complain(const char *sentence)
{
    fprintf(stderr, "assay-reference train: %s\n", sentence);
    return 2;
}

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

/* Runs one request; the answer is the caller's. */
static int ask(const struct session *s, const char *technique, const struct assay_case *test,
               struct answer *answer)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    int status = s->numerics->answer(technique, -1, &test->request, &definition, answer);
    return status == 0 ? 0 : complain(answer->error);
}

/* An input whose values are already in the precision of the session. */
static double *add_input(struct assay_case *test, const char *name, struct dims dims, int integral)
{
    case_constant(test, name, dims, 0);
    test->request.input[test->request.inputs - 1].integral = integral;
    return case_input(test, name);
}

/* The pixels (N,D) of one split, and its labels (N) or what the loss compares with (N,K). */
static void add_samples(const struct session *s, struct assay_case *test, unsigned char split)
{
    size_t D = s->data.features, N = recipe_samples(&s->data, split), n = 0;
    const int has_labels = s->recipe.loss == RECIPE_CROSS_ENTROPY;
    const size_t K = has_labels ? 0 : s->size[s->layers];
    double *x = add_input(test, "x", DIMS(N, D), 0);
    double *labels = has_labels ? add_input(test, "labels", DIMS(N), 1) : NULL;
    double *targets = has_labels ? NULL : add_input(test, "targets", DIMS(N, K), 0);
    int single = s->numerics->bits == 24;
    for (size_t i = 0; i < s->data.samples; i++) {
        if (s->data.split[i] != split)
            continue;
        for (size_t d = 0; d < D; d++) {
            unsigned pixel = s->data.pixels[i * D + d], maximum = s->data.maximum;
            x[n * D + d] =
                single ? (double)((float)pixel / (float)maximum) : (double)pixel / (double)maximum;
        }
        for (size_t k = 0; k < K; k++)
            targets[n * K + k] = K == 1 ? s->data.labels[i] : k == s->data.labels[i];
        if (labels)
            labels[n] = s->data.labels[i];
        n++;
    }
    case_choice(test, "loss", recipe_loss_name(&s->recipe));
}

static void layer_name(char name[32], const char *kind, size_t l, const char *suffix)
{
    snprintf(name, 32, "%s%zu%s", kind, l + 1, suffix);
}

/* w = scale deviate by the initialiser's own definition, b = 0. */
static int add_initial_weights(const struct session *s, struct assay_case *test)
{
    for (size_t l = 0; l < s->layers; l++) {
        size_t I = s->size[l], O = s->size[l + 1];
        struct case_list list = {.technique = recipe_initialization_name(&s->recipe)};
        struct case_head head = {"initial", "bounded", "", "initial weights", 0};
        struct assay_case *question = case_add(&list, &head);
        struct answer answer;
        char name[32];
        double *deviate = add_input(question, "deviate", DIMS(I, O), 0);
        for (size_t i = 0; i < I * O; i++)
            deviate[i] = random_symmetric(s->recipe.seed, 1 + l, i);
        case_choice(question, "distribution", "uniform");
        int status = ask(s, list.technique, question, &answer);
        layer_name(name, "w", l, "");
        double *w = add_input(test, name, DIMS(I, O), 0);
        for (size_t i = 0; status == 0 && i < I * O; i++)
            w[i] = answer.output[0].high[i];
        layer_name(name, "b", l, "");
        add_input(test, name, DIMS(O), 0);
        answer_free(&answer);
        case_list_free(&list);
        if (status != 0)
            return 2;
    }
    return 0;
}

static void add_order(const struct session *s, struct assay_case *test)
{
    size_t E = s->recipe.epochs, N = s->train;
    double *permutation = add_input(test, "permutation", DIMS(E, N), 1);
    uint32_t *row = malloc(N * sizeof *row);
    for (size_t e = 0; row && e < E; e++) {
        random_permutation(row, N, s->recipe.seed, RECIPE_PERMUTATION_STREAM + e);
        for (size_t n = 0; n < N; n++)
            permutation[e * N + n] = row[n];
    }
    free(row);
    case_constant(test, "rate", DIMS(s->steps), s->recipe.rate);
}

/* Masks (E,N,units) of the hidden layers. */
static void add_masks(const struct session *s, struct assay_case *test)
{
    size_t E = s->recipe.epochs, N = s->train;
    unsigned threshold = recipe_mask_threshold(&s->recipe);
    if (threshold == 0)
        return;
    case_number(test, "keep", recipe_keep(&s->recipe));
    for (size_t l = 0; l + 1 < s->layers; l++) {
        size_t units = s->size[l + 1];
        char name[32];
        snprintf(name, sizeof name, "mask%zu", l + 1);
        double *mask = add_input(test, name, DIMS(E, N, units), 1);
        for (size_t e = 0; e < E; e++)
            for (size_t i = 0; i < N * units; i++) {
                uint64_t bits = random_bits(s->recipe.seed, recipe_mask_stream(e, l), i / 4);
                mask[e * N * units + i] = (bits >> (16 * (i % 4)) & 0xffff) >= threshold;
            }
    }
}

static void add_rules(const struct session *s, struct assay_case *test)
{
    const struct recipe *recipe = &s->recipe;
    case_choice(test, "activation", recipe_activation_name(recipe));
    case_choice(test, "optimizer", recipe_optimizer_name(recipe));
    case_choice(test, "record", "last");
    case_choice(test, "normalization", recipe_normalization_name(recipe));
    case_choice(test, "normalization_place", recipe_place_name(recipe));
    case_number(test, "normalization_epsilon", recipe->normalization_epsilon);
    case_number(test, "normalization_momentum", recipe->normalization_momentum);
    case_choice(test, "decayed", recipe_decayed_name(recipe));
    case_number(test, "weight_decay", recipe->weight_decay);
    case_number(test, "batch", (double)recipe->batch);
    case_number(test, "block", (double)recipe->block);
    case_number(test, "momentum", recipe->momentum);
    case_number(test, "beta1", recipe->beta1);
    case_number(test, "beta2", recipe->beta2);
    case_number(test, "epsilon", recipe->epsilon);
}

static void hash_tensor(EVP_MD_CTX *context, const struct answer_array *tensor, int single)
{
    for (size_t i = 0; i < tensor->count; i++) {
        unsigned char little[8];
        uint64_t bits = 0;
        uint32_t narrow = 0;
        float value = (float)tensor->high[i];
        memcpy(&narrow, &value, sizeof narrow);
        memcpy(&bits, &tensor->high[i], sizeof bits);
        bits = single ? narrow : bits;
        for (size_t k = 0; k < 8; k++)
            little[k] = (unsigned char)(bits >> (8 * k));
        EVP_DigestUpdate(context, little, single ? 4 : 8);
    }
}

/* Whether layer l, from 0, is normalised. */
static int is_normalized(const struct session *s, size_t l)
{
    return s->recipe.normalization == RECIPE_BATCH_NORMALIZATION && l + 1 < s->layers;
}

/* SHA-256 of w1, b1, gamma1, beta1, w2, ..., and of the running statistics of all layers behind
 * them, as assay-engine train has it. */
static void hash_weights(struct session *s)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    static const char *const learnt[] = {"w", "b", "gamma", "beta"};
    static const char *const running[] = {"running_mean", "running_variance"};
    char name[32];
    for (size_t l = 0; l < s->layers; l++)
        for (int k = 0; k < (is_normalized(s, l) ? 4 : 2); k++) {
            layer_name(name, learnt[k], l, "_after");
            hash_tensor(context, output_named(&s->answer, name), s->numerics->bits == 24);
        }
    for (size_t l = 0; l < s->layers; l++)
        for (int k = 0; k < (is_normalized(s, l) ? 2 : 0); k++) {
            layer_name(name, running[k], l, "_after");
            hash_tensor(context, output_named(&s->answer, name), s->numerics->bits == 24);
        }
    EVP_DigestFinal_ex(context, digest, &length);
    EVP_MD_CTX_free(context);
    for (unsigned int i = 0; i < length; i++)
        snprintf(s->sha256 + 2 * i, 3, "%02x", digest[i]);
}

static int train(struct session *s)
{
    struct case_list list = {.technique = "mini_batch_training"};
    struct case_head head = {"recipe", "trajectory", "", "a training run", 0};
    struct assay_case *test = case_add(&list, &head);
    struct timespec start, end;
    add_samples(s, test, DATASET_TRAIN);
    add_order(s, test);
    add_rules(s, test);
    add_masks(s, test);
    int status = add_initial_weights(s, test);
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (status == 0)
        status = ask(s, list.technique, test, &s->answer);
    clock_gettime(CLOCK_MONOTONIC, &end);
    s->seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    case_list_free(&list);
    return status;
}

/* Scores of classes from outputs (N,C); one logit is that of class 1, and class 0 has 0. */
static void add_scores(struct assay_case *metric, const double *output, size_t N, size_t C)
{
    size_t K = C == 1 ? 2 : C;
    double *scores = add_input(metric, "scores", DIMS(N, K), 0);
    for (size_t n = 0; n < N; n++)
        for (size_t k = 0; k < K; k++)
            scores[n * K + k] = C > 1 ? output[n * C + k] : k == 1 ? output[n] : 0;
}

/* A question about one layer; its inputs may be outputs of the training. */
struct step {
    struct case_list list;
    struct assay_case *question;
};

static struct step step_begin(const char *technique, struct dims dims, const double *x)
{
    static const struct case_head head = {"test", "bounded", "", "a layer of the test", 0};
    struct step step = {.list = {.technique = technique}};
    step.question = case_add(&step.list, &head);
    memcpy(add_input(step.question, "x", dims, 0), x, dims.size[0] * dims.size[1] * sizeof(double));
    return step;
}

/* Adds what training has made of this tensor of layer l, from 0. */
static void step_add(const struct session *s, struct step *step, const char *name, size_t l,
                     struct dims dims)
{
    char after[32];
    layer_name(after, name, l, "_after");
    const struct answer_array *from = output_named(&s->answer, after);
    memcpy(add_input(step->question, name, dims, 0), from->high, from->count * sizeof(double));
}

/* Answers the question; y (count) becomes the values. */
static int step_end(const struct session *s, struct step *step, double *y, size_t count)
{
    struct answer answer = {0};
    int status = ask(s, step->list.technique, step->question, &answer);
    if (status == 0)
        memcpy(y, output_named(&answer, "y")->high, count * sizeof *y);
    answer_free(&answer);
    case_list_free(&step->list);
    return status;
}

/* The normalisation of layer l by its running statistics, in place. */
static int normalize(const struct session *s, size_t l, double *values, size_t N)
{
    static const char *const names[] = {"gamma", "beta", "running_mean", "running_variance"};
    const size_t O = s->size[l + 1];
    struct step step = step_begin("batch_normalization", DIMS(N, O), values);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        step_add(s, &step, names[k], l, DIMS(O));
    case_choice(step.question, "mode", "inference");
    case_number(step.question, "epsilon", s->recipe.normalization_epsilon);
    return step_end(s, &step, values, N * O);
}

/* What comes out of layer l for x (N,I): y (N,O). */
static int run_layer(const struct session *s, size_t l, const double *x, double *y, size_t N)
{
    const size_t I = s->size[l], O = s->size[l + 1];
    const int after = s->recipe.place == RECIPE_AFTER_ACTIVATION;
    struct step dense = step_begin("dense_layer", DIMS(N, I), x);
    step_add(s, &dense, "w", l, DIMS(I, O));
    step_add(s, &dense, "b", l, DIMS(O));
    int status = step_end(s, &dense, y, N * O);
    if (status == 0 && is_normalized(s, l) && !after)
        status = normalize(s, l, y, N);
    if (status == 0 && l + 1 < s->layers) {
        struct step activation = step_begin(recipe_activation_name(&s->recipe), DIMS(N, O), y);
        status = step_end(s, &activation, y, N * O);
    }
    if (status == 0 && is_normalized(s, l) && after)
        status = normalize(s, l, y, N);
    return status;
}

/* Runs the trained network over the test samples, layer by layer, then the metric over its
 * outputs. */
static int test_accuracy(struct session *s)
{
    struct case_list samples = {.technique = "multilayer_perceptron"};
    struct case_list metrics = {.technique = "accuracy"};
    struct case_head head = {"test", "bounded", "", "the test samples", 0};
    struct assay_case *metric = case_add(&metrics, &head), *all = case_add(&samples, &head);
    struct answer accuracy = {0};
    const size_t N = recipe_samples(&s->data, DATASET_TEST), C = s->size[s->layers];
    size_t widest = 0;
    for (size_t l = 0; l <= s->layers; l++)
        widest = s->size[l] > widest ? s->size[l] : widest;
    double *values[2] = {malloc(N * widest * sizeof(double)), malloc(N * widest * sizeof(double))};
    int status = values[0] && values[1] ? 0 : complain("out of memory");
    add_samples(s, all, DATASET_TEST);
    if (status == 0)
        memcpy(values[0], case_input(all, "x"), N * s->size[0] * sizeof(double));
    for (size_t l = 0; l < s->layers && status == 0; l++)
        status = run_layer(s, l, values[l % 2], values[(l + 1) % 2], N);
    if (status == 0) {
        add_scores(metric, values[s->layers % 2], N, C);
        double *labels = add_input(metric, "labels", DIMS(N), 1);
        for (size_t i = 0, n = 0; i < s->data.samples; i++)
            if (s->data.split[i] == DATASET_TEST)
                labels[n++] = s->data.labels[i];
        status = ask(s, metrics.technique, metric, &accuracy);
    }
    if (status == 0)
        s->test_accuracy = output_named(&accuracy, "accuracy")->high[0];
    free(values[0]);
    free(values[1]);
    answer_free(&accuracy);
    case_list_free(&samples);
    case_list_free(&metrics);
    return status;
}

/* Mean over the training samples of the losses of their batches, epoch by epoch. */
static json_t *epochs_json(const struct session *s)
{
    json_t *epochs = json_array();
    const struct answer_array *loss = output_named(&s->answer, "loss");
    size_t per_epoch = s->steps / s->recipe.epochs;
    for (size_t e = 0; e < s->recipe.epochs; e++) {
        double sum = 0;
        for (size_t k = 0; k < per_epoch; k++) {
            size_t left = s->train - k * s->recipe.batch;
            size_t n = left < s->recipe.batch ? left : s->recipe.batch;
            sum += loss->high[e * per_epoch + k] * (double)n;
        }
        json_array_append_new(epochs, json_pack("{s:f}", "loss", sum / (double)s->train));
    }
    if (json_array_size(epochs) > 0)
        json_object_set_new(json_array_get(epochs, json_array_size(epochs) - 1), "test_accuracy",
                            json_real(s->test_accuracy));
    return epochs;
}

static int write_json(const struct session *s)
{
    double per_step = s->seconds / (double)s->steps;
    json_t *root =
        json_pack("{s:s, s:i, s:s, s:s, s:I, s:s, s:f, s:o, s:{s:f, s:f}}", "program",
                  "assay-reference " ASSAY_VERSION, "ranks", 0, "arithmetic", "serial", "precision",
                  s->numerics->precision, "steps", (json_int_t)s->steps, "weights_sha256",
                  s->sha256, "test_accuracy", s->test_accuracy, "epochs", epochs_json(s),
                  "seconds_per_step", "median", per_step, "minimum", per_step);
    int to_stdout = strcmp(s->recipe.json, "-") == 0;
    int status = to_stdout ? json_dumpf(root, stdout, JSON_INDENT(1))
                           : json_dump_file(root, s->recipe.json, JSON_INDENT(1));
    json_decref(root);
    if (to_stdout)
        putchar('\n');
    return status == 0 ? 0 : complain("the file of --json cannot be written");
}

static int parse(struct session *s, int count, char **argument, char *error)
{
    for (int i = 0; i < count;) {
        int taken = recipe_take(&s->recipe, count, argument, i, error);
        if (taken < 0)
            return 2;
        if (taken == 0 && strcmp(argument[i], "--precision") == 0 && i + 1 < count) {
            const char *name = argument[i + 1];
            s->numerics = strcmp(name, "f64") == 0   ? &numerics_f64
                          : strcmp(name, "f32") == 0 ? &numerics_f32
                                                     : NULL;
            taken = s->numerics ? 2 : 0;
        }
        if (taken == 0) {
            snprintf(error, RECIPE_ERROR, "%.200s: is not understood; see --help", argument[i]);
            return 2;
        }
        i += taken;
    }
    return recipe_check(&s->recipe, error);
}

int reference_train(int count, char **argument)
{
    struct session s = {.numerics = &numerics_f64, .recipe = recipe_default()};
    char error[RECIPE_ERROR + 512] = "";
    for (int i = 0; i < count; i++) {
        if (strcmp(argument[i], "--help") == 0) {
            printf("%s%s%s", help_start, recipe_help, help_end);
            return 0;
        }
    }
    if (parse(&s, count, argument, error) != 0)
        return complain(error);
    if (dataset_load(&s.data, s.recipe.data, s.recipe.labels, error, sizeof error) != 0)
        return complain(error);
    int status = recipe_check_data(&s.recipe, &s.data, error);
    if (status != 0)
        complain(error);
    s.layers = recipe_sizes(&s.recipe, &s.data, s.size);
    s.train = recipe_samples(&s.data, DATASET_TRAIN);
    s.steps = s.recipe.epochs * ((s.train + s.recipe.batch - 1) / s.recipe.batch);
    if (status == 0)
        status = train(&s);
    if (status == 0)
        status = test_accuracy(&s);
    if (status == 0) {
        hash_weights(&s);
        int to_stdout = s.recipe.json && strcmp(s.recipe.json, "-") == 0;
        if (!to_stdout)
            printf("test accuracy %.4f, weights %.16s\n", s.test_accuracy, s.sha256);
        status = s.recipe.json ? write_json(&s) : 0;
    }
    answer_free(&s.answer);
    dataset_free(&s.data);
    return status;
}
