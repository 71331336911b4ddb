// SPDX-License-Identifier: MIT
#include "training.h"

#include "../suites/protocol/case_image.h"
#include "../suites/protocol/recipe.h"
#include "failure.h"
#include "version.h"
#include "world.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds a member; lack of memory ends the program, so callers need not look. */
static void put(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        failure_abort("out of memory while writing JSON");
}

static json_t *integer(size_t n)
{
    return json_integer((json_int_t)n);
}

/* null where training has diverged: JSON has no NaN. */
static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *recipe_json(const struct recipe *recipe)
{
    json_t *object = json_object(), *hidden = json_array();
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)recipe->seed);
    for (size_t i = 0; i < recipe->hidden_layers; i++)
        json_array_append_new(hidden, integer(recipe->hidden[i]));
    put(object, "data", json_string(recipe->data));
    put(object, "hidden", hidden);
    put(object, "activation", json_string(recipe_activation_name(recipe)));
    put(object, "optimizer", json_string(recipe_optimizer_name(recipe)));
    put(object, "init", json_string(recipe_initialization_name(recipe)));
    put(object, "loss", json_string(recipe_loss_name(recipe)));
    put(object, "normalization", json_string(recipe_normalization_name(recipe)));
    put(object, "normalization_place", json_string(recipe_place_name(recipe)));
    put(object, "normalization_epsilon", number(recipe->normalization_epsilon));
    put(object, "normalization_momentum", number(recipe->normalization_momentum));
    put(object, "dropout", number(recipe->dropout));
    put(object, "weight_decay", number(recipe->weight_decay));
    put(object, "decayed", json_string(recipe_decayed_name(recipe)));
    put(object, "rate", number(recipe->rate));
    put(object, "momentum", number(recipe->momentum));
    put(object, "beta1", number(recipe->beta1));
    put(object, "beta2", number(recipe->beta2));
    put(object, "epsilon", number(recipe->epsilon));
    put(object, "epochs", integer(recipe->epochs));
    put(object, "batch", integer(recipe->batch));
    put(object, "block", integer(recipe->block));
    put(object, "seed", json_string(seed)); /* 64 bits do not fit a JSON number */
    return object;
}

/* Bytes; ratio is of what it takes beyond its base to what it must take. */
static json_t *memory_json(const struct memory_record *memory)
{
    const double parts =
        memory->parameters + memory->optimizer_state + memory->activations + memory->samples;
    json_t *object = json_object();
    put(object, "base", number(memory->base));
    put(object, "peak", number(memory->peak));
    put(object, "parameters", number(memory->parameters));
    put(object, "optimizer_state", number(memory->optimizer_state));
    put(object, "activations", number(memory->activations));
    put(object, "samples", number(memory->samples));
    put(object, "ratio", number((memory->peak - memory->base) / parts));
    return object;
}

static json_t *processes_json(const struct placement *process, int ranks)
{
    json_t *array = json_array();
    for (int r = 0; process != NULL && r < ranks; r++) {
        json_t *object = json_object();
        put(object, "rank", json_integer(r));
        put(object, "host", json_string(process[r].host));
        put(object, "cpus", json_string(process[r].cpus));
        json_array_append_new(array, object);
    }
    return array;
}

static void put_setting(json_t *object, const struct setting_record *setting,
                        const struct placement *process)
{
    put(object, "program", json_string("assay-engine " ENGINE_VERSION));
    put(object, "ranks", json_integer(setting->ranks));
    put(object, "threads", json_integer(setting->threads));
    put(object, "arithmetic", json_string(setting->reproducible ? "reproducible" : "fast"));
    put(object, "precision", json_string(setting->precision));
    put(object, "vector_width", json_string(setting->vector_width));
    put(object, "processes", processes_json(process, setting->ranks));
}

static json_t *epochs_json(const struct training_record *record)
{
    json_t *array = json_array();
    for (size_t e = 0; e < record->epochs; e++) {
        json_t *epoch = json_object();
        put(epoch, "loss", number(record->epoch[e].loss));
        put(epoch, "train_accuracy", number(record->epoch[e].train_accuracy));
        put(epoch, "test_accuracy", number(record->epoch[e].test_accuracy));
        json_array_append_new(array, epoch);
    }
    return array;
}

static json_t *losses_json(const struct training_record *record)
{
    json_t *array = json_array();
    for (size_t i = 0; i < record->losses; i++) {
        json_t *loss = json_object();
        char text[40];
        snprintf(text, sizeof text, "%a", record->loss[i].loss);
        put(loss, "step", integer(record->loss[i].step));
        put(loss, "loss", json_string(text));
        json_array_append_new(array, loss);
    }
    return array;
}

/* Writes and releases the document. */
static int store(json_t *document, const char *path)
{
    char *text = json_dumps(document, JSON_INDENT(2)), error[ASSAY_ERROR] = "";
    json_decref(document);
    if (text == NULL)
        failure_abort("out of memory while writing JSON");
    int status = 0;
    if (strcmp(path, "-") == 0)
        status = puts(text) == EOF || fflush(stdout) != 0;
    else
        status = store_bytes(path, text, strlen(text), error);
    free(text);
    if (status == 0)
        return 0;
    return failure_unusable("%s", error[0] != '\0' ? error : "standard output cannot be written");
}

static json_t *streaming_json(const struct training_record *record)
{
    const struct streaming_record *streaming = &record->streaming;
    json_t *object = json_object(), *seconds = json_array();
    for (size_t e = 0; e < record->epochs; e++)
        json_array_append_new(seconds, number(streaming->seconds_waited[e]));
    put(object, "prefetch", integer(streaming->prefetch));
    put(object, "rows_in_flight", integer(streaming->rows));
    put(object, "bytes_read", integer(streaming->bytes));
    put(object, "seconds_waited", seconds); /* of each epoch; null before a run went on */
    return object;
}

int placement_write(const struct placement *process, int ranks)
{
    json_t *document = json_object();
    put(document, "program", json_string("assay-engine " ENGINE_VERSION));
    put(document, "ranks", json_integer(ranks));
    put(document, "processes", processes_json(process, ranks));
    return store(document, "-");
}

int training_write(const struct training_record *record, const struct recipe *recipe,
                   const char *path)
{
    json_t *document = json_object(), *seconds = json_object();
    put_setting(document, &record->setting, record->process);
    put(document, "recipe", recipe_json(recipe));
    put(document, "steps", integer(record->steps));
    if (record->resumed_at > 0) /* the seconds are those of the steps since */
        put(document, "resumed_at_step", integer(record->resumed_at));
    put(document, "bytes_of_the_fullest_rank", memory_json(&record->memory));
    put(document, "streamed", json_boolean(record->streaming.is_streamed));
    if (record->streaming.is_streamed)
        put(document, "streaming", streaming_json(record));
    put(document, "test_accuracy", number(record->epoch[record->epochs - 1].test_accuracy));
    put(document, "weights_sha256", json_string(record->weights_hash));
    put(document, "loss_at_step", losses_json(record));
    put(document, "epochs", epochs_json(record));
    put(seconds, "median", number(record->median_seconds));
    put(seconds, "minimum", number(record->minimum_seconds));
    put(document, "seconds_per_step", seconds);
    return store(document, path);
}

static json_t *duration_json(const struct duration *duration)
{
    json_t *object = json_object(), *seconds = json_array();
    for (size_t k = 0; k < duration->repetitions; k++)
        json_array_append_new(seconds, number(duration->seconds[k]));
    put(object, "median", number(duration->median));
    put(object, "minimum", number(duration->minimum));
    put(object, "repetitions", integer(duration->repetitions));
    put(object, "seconds", seconds);
    return object;
}

int bench_write(const struct bench_record *record, const struct recipe *recipe, const char *path)
{
    json_t *document = json_object(), *message = json_object();
    put_setting(document, &record->setting, record->process);
    put(document, "recipe", recipe_json(recipe));
    put(document, "rows_per_rank", integer(record->rows));
    put(document, "numbers_summed_per_step", integer(record->sums));
    put(document, "weights_sha256_after_a_step", json_string(record->weights_hash));
    put(message, "latency", number(record->message.latency));
    put(message, "seconds_per_byte", number(record->message.seconds_per_byte));
    put(document, "message_between_first_and_last_rank", message);
    put(document, "bytes_of_the_fullest_rank", memory_json(&record->memory));
    put(document, "operations_per_step", number(record->products));
    put(document, "seconds_per_step", duration_json(&record->step));
    put(document, "seconds_of_products_alone", duration_json(&record->limit));
    put(document, "seconds_of_sum_alone", duration_json(&record->sum));
    put(document, "seconds_of_allreduce_alone", duration_json(&record->allreduce));
    return store(document, path);
}
