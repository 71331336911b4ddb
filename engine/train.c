// SPDX-License-Identifier: MIT
/* How a run is distributed: steps as trainer.h says; accuracies by shards of the samples, of which
 * whole numbers cross the network. The order of the samples is computed on every rank.
 */
#include "train.h"

#include "../suites/protocol/recipe.h"
#include "hash.h"
#include "keeper.h"
#include "random.h"
#include "training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A second network for evaluation, with the parameters of the first. */
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
    evaluation.net = perceptron_create(arena, &training->team, &shape, ROWS, false);
    struct tape *tape = evaluation.net->tape;
    for (size_t i = 0; i < tape->nodes; i++)
        tape->node[i].parameter = net->tape->parameter + tape->node[i].first_parameter;
    return evaluation;
}

static size_t count_right(const struct perceptron *net, const unsigned char *labels, size_t rows)
{
    size_t right = 0, K = net->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *z = net->output->value + n * K;
        size_t best = K == 1 && z[0] > 0; /* the logit of class 1 */
        for (size_t k = 1; k < K; k++)
            best = z[k] > z[best] ? k : best;
        right += best == labels[n];
    }
    return right;
}

/* The share of the samples that the network gets right; the first of equal scores counts. */
static double accuracy(const struct training *training, const struct evaluation *evaluation,
                       const struct samples *samples)
{
    struct arena arena = {NULL};
    struct layout layout = layout_create(&arena, samples->count, 1, training->team.ranks);
    size_t first = layout_first(&layout, training->team.rank), D = samples->features;
    size_t end = first + layout_count(&layout, training->team.rank);
    long long right = 0;
    for (size_t n = first; n < end; n += evaluation->rows) {
        size_t rows = end - n < evaluation->rows ? end - n : evaluation->rows;
        for (size_t i = 0; i < rows * D; i++)
            evaluation->net->input->value[i] =
                (scalar)samples->pixels[n * D + i] / samples->maximum;
        tape_predict(evaluation->net->tape, rows);
        right += (long long)count_right(evaluation->net, samples->labels + n, rows);
    }
    reduce_integers(&training->team, &right, 1);
    arena_release(&arena);
    return (double)right / (double)samples->count;
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
static void run_step(struct training *training, struct course *course, struct meter *meter,
                     struct training_record *record)
{
    size_t count = training->train.count, full = training->recipe->batch;
    size_t position = course->step % course->per_epoch * full;
    size_t batch = count - position < full ? count - position : full;
    double before = MPI_Wtime();
    scalar loss = training_step(training, course->step / course->per_epoch, position, batch);
    double now = MPI_Wtime();
    course->step++;
    if (batch == full || batch == count)
        meter->seconds[meter->measured++] = now - before;
    course->loss_sum += (double)loss * (double)batch;
    record_loss(record, course->step, course->steps, loss);
    if (meter->progress->show_bar && training->team.rank == 0 &&
        (course->step % 64 == 0 || course->step == course->steps))
        show_bar(meter, course, now);
}

/* The steps of an epoch that are not done yet, and what they have led to. */
static int run_epoch(struct training *training, const struct evaluation *evaluation,
                     struct course *course, struct meter *meter, struct keeper *keeper,
                     struct training_record *record)
{
    size_t e = course->step / course->per_epoch, end = (e + 1) * course->per_epoch;
    struct epoch_record *epoch = &record->epoch[e];
    int status = 0;
    random_shuffle(training->order, training->train.count, training->recipe->seed,
                   RECIPE_PERMUTATION_STREAM + e);
    while (course->step < end && status == 0) {
        run_step(training, course, meter, record);
        if (course->step < end)
            status = keeper_step(keeper, training, course, record);
    }
    if (status != 0)
        return status;
    epoch->loss = course->loss_sum / (double)training->train.count;
    epoch->train_accuracy = accuracy(training, evaluation, &training->train);
    epoch->test_accuracy = accuracy(training, evaluation, &training->test);
    course->loss_sum = 0;
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
    record->median_seconds = record->minimum_seconds = NAN;
    if (meter->measured > 0) {
        qsort(meter->seconds, meter->measured, sizeof *meter->seconds, compare_numbers);
        record->median_seconds =
            reduce_largest_time(&training->team, meter->seconds[meter->measured / 2]);
        record->minimum_seconds = reduce_largest_time(&training->team, meter->seconds[0]);
    }
    const struct tape *tape = training->trainer->net->tape;
    hash_bytes(tape->parameter, tape->parameters * sizeof(scalar), record->weights_hash);
    record->parameter = arena_take(&record->arena, tape->parameters, sizeof *record->parameter);
    for (size_t i = 0; i < tape->parameters; i++)
        record->parameter[i] = (double)tape->parameter[i];
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
    if (status == 0)
        summarise(training, &meter, record);
    return status;
}

int train_network(const struct arithmetic *arithmetic, const struct recipe *recipe,
                  const struct dataset *data, const struct checkpoint_request *checkpoints,
                  const struct progress *progress, struct training_record *record)
{
    struct arena arena = {NULL};
    struct training training;
    int status = training_prepare(&training, &arena, arithmetic, recipe, data);
    if (status == 0) {
        struct keeper keeper;
        struct course course = {.per_epoch = (training.train.count - 1) / recipe->batch + 1};
        course.steps = course.per_epoch * recipe->epochs;
        record->setting = (struct setting_record){training.team.ranks, training.team.reproducible,
                                                  SCALAR_PRECISION, training.team.kernels->name};
        record->epochs = recipe->epochs;
        record->steps = course.steps;
        record->epoch = arena_take(&record->arena, recipe->epochs, sizeof *record->epoch);
        status = keeper_open(&keeper, &arena, &training, checkpoints, data, &course, record);
        if (status == 0)
            status = run_epochs(&training, &arena, &course, progress, &keeper, record);
        keeper_close(&keeper);
    }
    arena_release(&arena);
    return status;
}
