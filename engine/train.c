// SPDX-License-Identifier: MIT
/* How a run is distributed: steps as trainer.h says; accuracies by shards of the samples, of which
 * whole numbers cross the network. The order of the samples is computed on every rank.
 */
#include "train.h"

#include "../suites/protocol/recipe.h"
#include "keeper.h"
#include "random.h"
#include "threads.h"
#include "training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A second network for evaluation, with the parameters and running statistics of the first. */
struct evaluation {
    struct perceptron *net;
    size_t rows; /* at a time */
};

static struct evaluation evaluation_create(struct arena *arena, const struct training *training)
{
    enum { ROWS = 256 };
    struct evaluation evaluation = {.rows = ROWS};
    const struct perceptron *net = training->trainer->net;
    struct perceptron_shape shape = net->shape;
    memset(shape.masked, 0, sizeof shape.masked); /* all units take part */
    shape.parameter = net->tape->parameter;
    shape.running = net->running;
    shape.batch.evaluates = true; /* by the running statistics */
    evaluation.net = perceptron_create(arena, &training->team, &shape, ROWS, false);
    return evaluation;
}

/* Rows with their labels, each so many bytes behind the one before; row n is number sample[n],
 * unless that is NULL. */
struct labelled {
    const unsigned char *pixel, *label;
    size_t pixel_step, label_step, count;
    const uint32_t *sample;
};

static size_t number_of(const struct labelled *part, size_t n)
{
    return part->sample != NULL ? part->sample[n] : n;
}

/* The first of equal scores counts. */
static size_t count_right(const struct perceptron *net, const struct labelled *part, size_t first,
                          size_t rows)
{
    size_t right = 0, K = net->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *z = net->output->value + n * K;
        size_t best = K == 1 && z[0] > 0; /* the logit of class 1 */
        for (size_t k = 1; k < K; k++)
            best = z[k] > z[best] ? k : best;
        right += best == part->label[number_of(part, first + n) * part->label_step];
    }
    return right;
}

static long long count_part(const struct evaluation *evaluation, const struct labelled *part,
                            scalar maximum)
{
    struct perceptron *net = evaluation->net;
    size_t right = 0;
    for (size_t first = 0; first < part->count; first += evaluation->rows) {
        size_t rest = part->count - first;
        size_t rows = rest < evaluation->rows ? rest : evaluation->rows;
        for (size_t n = 0; n < rows; n++)
            training_place(net, n, part->pixel + number_of(part, first + n) * part->pixel_step,
                           maximum);
        tape_predict(net->tape, rows);
        right += count_right(net, part, first, rows);
    }
    return (long long)right;
}

/* The samples that this rank owns, of all. */
static long long count_shard(const struct training *training, const struct evaluation *evaluation,
                             const struct samples *samples)
{
    struct arena arena = {NULL};
    struct layout layout = layout_create(&arena, samples->count, 1, training->team.ranks);
    size_t first = layout_first(&layout, training->team.rank);
    struct labelled part = {samples->pixels,
                            samples->labels,
                            samples->features,
                            1,
                            layout_count(&layout, training->team.rank),
                            samples->sample + first};
    arena_release(&arena);
    return count_part(evaluation, &part, samples->maximum);
}

/* This rank's samples of each batch, in the order of the file. */
static int count_streamed(const struct training *training, const struct evaluation *evaluation,
                          const struct samples *samples, long long *right)
{
    const size_t batch = training->trainer->plan[0].samples;
    const struct stream_pass pass = {
        .samples = samples->count, .batch = batch, .block = 1, .sample = samples->sample};
    int status = 0;
    stream_begin(training->stream, &pass);
    for (size_t n = 0; n < samples->count && status == 0; n += batch) {
        struct stream_rows rows = {.count = 0};
        status = stream_next(training->stream, &rows);
        const struct labelled part = {rows.pixel,  rows.label, rows.stride,
                                      rows.stride, rows.count, NULL};
        if (status == 0)
            *right += count_part(evaluation, &part, samples->maximum);
    }
    stream_end(training->stream);
    return status;
}

/* The share of the samples that the network gets right. */
static int accuracy(const struct training *training, const struct evaluation *evaluation,
                    const struct samples *samples, double *share)
{
    long long right = 0;
    int status = 0;
    if (training->stream != NULL)
        status = count_streamed(training, evaluation, samples, &right);
    else
        right = count_shard(training, evaluation, samples);
    if (status != 0)
        return status;
    reduce_integers(&training->team, &right, 1);
    *share = (double)right / (double)samples->count;
    return 0;
}

/* What is measured of steps while they happen. */
struct meter {
    const struct progress *progress;
    double started;
    size_t first;    /* steps that were done before */
    double *seconds; /* (measured) of this rank; a shorter last batch is not measured */
    size_t measured;
};

static void show_bar(const struct meter *meter, const struct course *course, double now)
{
    enum { WIDTH = 40 };
    size_t filled = course->step * WIDTH / course->steps;
    double left = (now - meter->started) / (double)(course->step - meter->first) *
                  (double)(course->steps - course->step);
    char bar[WIDTH + 1] = "";
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    fprintf(stderr, "\r[%s] step %zu of %zu, %.0f s left ", bar, course->step, course->steps, left);
    if (course->step == course->steps)
        fputc('\n', stderr);
}

static void record_loss(struct training_record *record, size_t step, size_t steps, scalar loss)
{
    bool is_power = (step & (step - 1)) == 0;
    if ((is_power || step == steps) && record->losses < TRAINING_STEPS)
        record->loss[record->losses++] = (struct step_loss){step, (double)loss};
}

/* One step, over the batch that is next. */
static int run_step(struct training *training, struct course *course, struct meter *meter,
                    struct training_record *record)
{
    size_t count = training->train.count, full = training->recipe->batch;
    size_t position = course->step % course->per_epoch * full;
    size_t batch = count - position < full ? count - position : full;
    double before = MPI_Wtime();
    scalar loss;
    int status = training_step(training, course->step / course->per_epoch, position, batch, &loss);
    if (status != 0)
        return status;
    double now = MPI_Wtime();
    course->step++;
    if (batch == full || batch == count)
        meter->seconds[meter->measured++] = now - before;
    course->loss_sum += (double)loss * (double)batch;
    record_loss(record, course->step, course->steps, loss);
    if (meter->progress->show_bar && training->team.rank == 0 &&
        (course->step % 64 == 0 || course->step == course->steps))
        show_bar(meter, course, now);
    return 0;
}

/* The steps of an epoch that are not done yet; a checkpoint after the last one is not kept here. */
static int run_steps(struct training *training, struct course *course, struct meter *meter,
                     struct keeper *keeper, struct training_record *record)
{
    size_t e = course->step / course->per_epoch, end = (e + 1) * course->per_epoch;
    int status = 0;
    if (training->order != NULL)
        random_shuffle(training->order, training->train.count, training->recipe->seed,
                       RECIPE_PERMUTATION_STREAM + e);
    if (training->stream != NULL) {
        const struct stream_pass pass = {.samples = training->train.count,
                                         .batch = training->recipe->batch,
                                         .block = training->recipe->block,
                                         .first = course->step % course->per_epoch,
                                         .sample = training->train.sample,
                                         .order = training->order};
        stream_begin(training->stream, &pass);
    }
    while (course->step < end && status == 0) {
        status = run_step(training, course, meter, record);
        if (status == 0 && course->step < end)
            status = keeper_step(keeper, training, course, record);
    }
    if (training->stream != NULL)
        stream_end(training->stream);
    return status;
}

/* An epoch, or what is left of it, and what it has led to. */
static int run_epoch(struct training *training, const struct evaluation *evaluation,
                     struct course *course, struct meter *meter, struct keeper *keeper,
                     struct training_record *record)
{
    size_t e = course->step / course->per_epoch;
    struct epoch_record *epoch = &record->epoch[e];
    int status = run_steps(training, course, meter, keeper, record);
    if (status == 0)
        status = accuracy(training, evaluation, &training->train, &epoch->train_accuracy);
    if (status == 0)
        status = accuracy(training, evaluation, &training->test, &epoch->test_accuracy);
    if (status != 0)
        return status;
    epoch->loss = course->loss_sum / (double)training->train.count;
    course->loss_sum = 0;
    if (training->stream != NULL)
        record->streaming.seconds_waited[e] = stream_waited(training->stream);
    if (meter->progress->verbose && training->team.rank == 0)
        fprintf(stderr, "epoch %zu: loss %.6f, accuracy %.4f in training, %.4f in the test\n",
                e + 1, epoch->loss, epoch->train_accuracy, epoch->test_accuracy);
    return keeper_step(keeper, training, course, record);
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Of the slowest rank. */
static void summarise(const struct training *training, struct meter *meter,
                      struct training_record *record)
{
    if (training->stream != NULL) {
        struct stream_usage usage = stream_usage(training->stream);
        record->streaming.rows = usage.rows;
        record->streaming.bytes = usage.bytes;
    }
    record->median_seconds = record->minimum_seconds = NAN;
    if (meter->measured > 0) {
        qsort(meter->seconds, meter->measured, sizeof *meter->seconds, compare_numbers);
        record->median_seconds =
            reduce_largest_time(&training->team, meter->seconds[meter->measured / 2]);
        record->minimum_seconds = reduce_largest_time(&training->team, meter->seconds[0]);
    }
    const struct tape *tape = training->trainer->net->tape;
    training_hash(training, record->weights_hash);
    if (!record->wants_parameters || training->team.rank != 0)
        return;
    record->parameter = arena_take(&record->arena, tape->parameters, sizeof *record->parameter);
    for (size_t i = 0; i < tape->parameters; i++)
        record->parameter[i] = (double)tape->parameter[i];
}

/* Room for what streaming costs in each epoch; NaN for those before a run went on. */
static void begin_streaming(struct training_record *record, const struct stream_request *request,
                            size_t epochs)
{
    record->streaming = (struct streaming_record){.is_streamed = request->is_streamed,
                                                  .prefetch = request->prefetch};
    record->streaming.seconds_waited = arena_take(&record->arena, epochs, sizeof(double));
    for (size_t e = 0; e < epochs; e++)
        record->streaming.seconds_waited[e] = NAN;
}

static int run_epochs(struct training *training, struct arena *arena, struct course *course,
                      const struct progress *progress, struct keeper *keeper,
                      struct training_record *record)
{
    struct meter meter = {.progress = progress, .first = course->step};
    struct evaluation evaluation = evaluation_create(arena, training);
    meter.seconds = arena_take(arena, course->steps - course->step, sizeof *meter.seconds);
    meter.started = MPI_Wtime();
    int status = 0;
    while (course->step < course->steps && status == 0)
        status = run_epoch(training, &evaluation, course, &meter, keeper, record);
    if (status == 0) {
        summarise(training, &meter, record);
        record->memory = training_memory(training, evaluation.net->tape->activations);
    }
    return status;
}

int train_network(const struct arithmetic *arithmetic, const struct recipe *recipe,
                  const struct dataset *data, const struct stream_request *streaming,
                  const struct checkpoint_request *checkpoints, const struct progress *progress,
                  struct training_record *record)
{
    struct arena arena = {NULL};
    struct training training;
    int status = training_prepare(&training, &arena, arithmetic, recipe, data, streaming);
    if (status == 0) {
        struct keeper keeper;
        struct course course = {.per_epoch = (training.train.count - 1) / recipe->batch + 1};
        course.steps = course.per_epoch * recipe->epochs;
        record->setting = (struct setting_record){training.team.ranks, threads_count(),
                                                  training.team.reproducible, SCALAR_PRECISION,
                                                  training.team.kernels->name};
        record->epochs = recipe->epochs;
        record->steps = course.steps;
        begin_streaming(record, streaming, recipe->epochs);
        record->epoch = arena_take(&record->arena, recipe->epochs, sizeof *record->epoch);
        status = keeper_open(&keeper, &arena, &training, checkpoints, data, &course, record);
        if (status == 0)
            status = run_epochs(&training, &arena, &course, progress, &keeper, record);
        keeper_close(&keeper);
    }
    training_close(&training);
    arena_release(&arena);
    return status;
}
