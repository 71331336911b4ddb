// SPDX-License-Identifier: MIT
#include "keeper.h"

#include "../suites/protocol/recipe.h"
#include "broadcast.h"
#include "failure.h"
#include "training.h"

#include <stdio.h>
#include <string.h>

/* A vector of the state: whole on every rank, or this rank's slices of it. */
struct part {
    const char *name;
    scalar *value;
    size_t count; /* of the whole */
    bool is_sliced;
};

enum { PARTS = 4 };

static size_t parts_of(const struct trainer *trainer, struct part part[PARTS])
{
    const struct perceptron *net = trainer->net;
    size_t count = 0, P = net->tape->parameters;
    part[count++] = (struct part){"parameters", net->tape->parameter, P, false};
    if (net->runnings != 0)
        part[count++] = (struct part){"running_statistics", net->running, net->runnings, false};
    if (trainer->settings.optimizer == TRAIN_MOMENTUM)
        part[count++] = (struct part){"velocity", trainer->velocity, P, true};
    if (trainer->settings.optimizer == TRAIN_ADAM) {
        part[count++] = (struct part){"first_moment", trainer->adam.m, P, true};
        part[count++] = (struct part){"second_moment", trainer->adam.v, P, true};
    }
    return count;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* Memory for everything that is written; the arrays that grow have room for their last length. */
static void make_room(struct keeper *keeper, struct arena *arena, const struct training *training)
{
    struct checkpoint *mine = &keeper->mine;
    size_t epochs = training->recipe->epochs;
    struct part part[PARTS];
    size_t parts = parts_of(training->trainer, part);
    for (size_t i = 0; i < parts; i++)
        checkpoint_set_array(mine, part[i].name, sizeof(scalar) == sizeof(float), part[i].count, 1,
                             arena_take(arena, part[i].count, sizeof(double)));
    keeper->whole = arena_take(arena, training->trainer->net->tape->sums, sizeof(scalar));
    checkpoint_set_array(mine, "epochs", false, 0, 3,
                         arena_take(arena, 3 * epochs, sizeof(double)));
    checkpoint_set_array(mine, "losses", false, 0, 2,
                         arena_take(arena, 2 * (size_t)TRAINING_STEPS, sizeof(double)));
}

static void fill_numbers(struct checkpoint *mine, const struct training *training,
                         const struct course *course)
{
    size_t position = course->step % course->per_epoch * training->recipe->batch;
    checkpoint_set(mine, "step", (double)course->step);
    checkpoint_set(mine, "epoch", (double)(course->step / course->per_epoch));
    checkpoint_set(mine, "position", (double)position);
    checkpoint_set(mine, "loss_sum", course->loss_sum);
    checkpoint_set(mine, "power1", (double)training->trainer->adam.power1);
    checkpoint_set(mine, "power2", (double)training->trainer->adam.power2);
}

static void fill_history(struct checkpoint *mine, const struct course *course,
                         const struct training_record *record)
{
    size_t epochs = course->step / course->per_epoch;
    double *epoch = checkpoint_array(mine, "epochs")->value;
    double *loss = checkpoint_array(mine, "losses")->value;
    for (size_t e = 0; e < epochs; e++) {
        epoch[3 * e] = record->epoch[e].loss;
        epoch[3 * e + 1] = record->epoch[e].train_accuracy;
        epoch[3 * e + 2] = record->epoch[e].test_accuracy;
    }
    for (size_t i = 0; i < record->losses; i++) {
        loss[2 * i] = (double)record->loss[i].step;
        loss[2 * i + 1] = record->loss[i].loss;
    }
    checkpoint_set_array(mine, "epochs", false, epochs, 3, epoch);
    checkpoint_set_array(mine, "losses", false, record->losses, 2, loss);
}

/* Collects the parts of all ranks into what rank 0 writes. */
static void collect(struct keeper *keeper, const struct training *training)
{
    const struct trainer *trainer = training->trainer;
    struct part part[PARTS];
    size_t parts = parts_of(trainer, part);
    for (size_t i = 0; i < parts; i++) {
        const scalar *whole = part[i].is_sliced ? keeper->whole : part[i].value;
        if (part[i].is_sliced)
            trainer_collect(trainer, part[i].value, keeper->whole);
        if (training->team.rank != 0)
            continue;
        double *value = checkpoint_array(&keeper->mine, part[i].name)->value;
        for (size_t p = 0; p < part[i].count; p++)
            value[p] = (double)whole[p];
    }
}

/* Rank 0's status and sentence on every rank. */
static int agree(const struct training *training, int status, const char *error)
{
    broadcast(training->team.comm, &status, sizeof status);
    return status != 0 ? failure_unusable("%s", error) : 0;
}

static int keep(struct keeper *keeper, struct training *training, const struct course *course,
                const struct training_record *record)
{
    char error[CHECKPOINT_ERROR] = "";
    int status = 0;
    collect(keeper, training);
    if (training->team.rank == 0) {
        fill_numbers(&keeper->mine, training, course);
        fill_history(&keeper->mine, course, record);
        status = checkpoint_folder_store(&keeper->folder, &keeper->mine, course->step, error);
    }
    return agree(training, status, error);
}

int keeper_step(struct keeper *keeper, struct training *training, const struct course *course,
                const struct training_record *record)
{
    const struct checkpoint_request *request = keeper->request;
    if (request->folder == NULL)
        return 0;
    size_t every = request->every != 0 ? request->every : course->per_epoch;
    if (course->step % every != 0 && course->step != course->steps)
        return 0;
    return keep(keeper, training, course, record);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* On rank 0, from a checkpoint that fits. The parts go where they were collected: share deals them
 * out. */
static void restore(const struct checkpoint *found, struct keeper *keeper,
                    struct training *training, struct course *course,
                    struct training_record *record)
{
    struct part part[PARTS];
    size_t parts = parts_of(training->trainer, part);
    for (size_t i = 0; i < parts; i++)
        memcpy(checkpoint_array(&keeper->mine, part[i].name)->value,
               checkpoint_array(found, part[i].name)->value, part[i].count * sizeof(double));
    const struct checkpoint_array *epochs = checkpoint_array(found, "epochs");
    const struct checkpoint_array *losses = checkpoint_array(found, "losses");
    for (size_t e = 0; e < epochs->rows; e++) {
        const double *row = epochs->value + 3 * e;
        record->epoch[e] = (struct epoch_record){row[0], row[1], row[2]};
    }
    record->losses = losses->rows;
    for (size_t i = 0; i < losses->rows; i++) {
        const double *row = losses->value + 2 * i;
        record->loss[i] = (struct step_loss){(size_t)row[0], row[1]};
    }
    course->step = (size_t)checkpoint_number(found, "step");
    course->loss_sum = checkpoint_number(found, "loss_sum");
    training->trainer->adam.power1 = (scalar)checkpoint_number(found, "power1");
    training->trainer->adam.power2 = (scalar)checkpoint_number(found, "power2");
}

/* What rank 0 has restored, on every rank. The record is rank 0's alone. */
static void share(struct keeper *keeper, struct training *training, struct course *course)
{
    struct trainer *trainer = training->trainer;
    struct part part[PARTS];
    size_t parts = parts_of(trainer, part);
    broadcast(training->team.comm, course, sizeof *course);
    broadcast(training->team.comm, &trainer->adam.power1, sizeof(scalar));
    broadcast(training->team.comm, &trainer->adam.power2, sizeof(scalar));
    for (size_t i = 0; i < parts; i++) {
        scalar *whole = part[i].is_sliced ? keeper->whole : part[i].value;
        const double *value =
            training->team.rank == 0 ? checkpoint_array(&keeper->mine, part[i].name)->value : NULL;
        for (size_t p = 0; value != NULL && p < part[i].count; p++)
            whole[p] = (scalar)value[p];
        if (part[i].is_sliced)
            trainer_deal(trainer, whole, part[i].value);
        else
            broadcast(training->team.comm, whole, part[i].count * sizeof(scalar));
    }
}

/* What the reader of a file accepts (SAFE_ELEMENTS, safe_budget) is what may be written. */
static int check_size(const struct training *training, char *error)
{
    const unsigned long long most = 1ULL << 32;
    struct part part[PARTS];
    size_t parts = parts_of(training->trainer, part), P = training->trainer->net->tape->parameters;
    if ((P * parts + 3 * training->recipe->epochs + 4096) * sizeof(double) <= most)
        return 0;
    snprintf(error, CHECKPOINT_ERROR,
             "--checkpoint: %zu parameters, what the optimizer keeps of them, and %zu epochs are "
             "more than the 4 GiB of values that a file holds: use smaller --hidden layers, or no "
             "checkpoints",
             P, training->recipe->epochs);
    return 2;
}

/* On rank 0. */
static int open_folder(struct keeper *keeper, struct arena *arena, const struct training *training,
                       const struct dataset *data, const struct training_record *record,
                       char *error)
{
    if (check_size(training, error) != 0 ||
        checkpoint_folder_open(&keeper->folder, keeper->request->folder, error) != 0)
        return 2;
    if (!keeper->request->resume && checkpoint_folder_holds(&keeper->folder)) {
        snprintf(error, CHECKPOINT_ERROR,
                 "%.160s: holds checkpoints of a run: add --resume to go on with it, or give "
                 "another folder",
                 keeper->request->folder);
        return 2;
    }
    if (checkpoint_describe(&keeper->mine, training->recipe, data, &record->setting, error) != 0)
        return 2;
    make_room(keeper, arena, training);
    return 0;
}

/* On rank 0. */
static int resume(struct keeper *keeper, struct training *training, struct course *course,
                  struct training_record *record, char *error)
{
    const struct checkpoint_course whole = {course->steps, course->per_epoch,
                                            training->recipe->batch};
    struct checkpoint found;
    bool is_there;
    fill_numbers(&keeper->mine, training, course);
    if (checkpoint_folder_load(&keeper->folder, &keeper->mine, &whole, &found, &is_there, error) !=
        0)
        return 2;
    if (!is_there) {
        fprintf(stderr, "assay-engine: %s holds no checkpoint: starting from the beginning\n",
                keeper->request->folder);
        return 0;
    }
    restore(&found, keeper, training, course, record);
    checkpoint_release(&found);
    record->resumed_at = course->step;
    fprintf(stderr, "assay-engine: going on after step %zu of %zu\n", course->step, course->steps);
    return 0;
}

int keeper_open(struct keeper *keeper, struct arena *arena, struct training *training,
                const struct checkpoint_request *request, const struct dataset *data,
                struct course *course, struct training_record *record)
{
    *keeper = (struct keeper){.request = request, .folder = {.lock = -1}};
    if (request->folder == NULL)
        return 0;
    char error[CHECKPOINT_ERROR] = "";
    int status = 0, has_one = 0;
    if (training->team.rank == 0) {
        status = open_folder(keeper, arena, training, data, record, error);
        if (status == 0 && request->resume)
            status = resume(keeper, training, course, record, error);
        has_one = keeper->folder.has_newest;
    }
    status = agree(training, status, error);
    if (status != 0)
        return status;
    broadcast(training->team.comm, &has_one, sizeof has_one);
    if (!has_one)
        return keep(keeper, training, course, record);
    share(keeper, training, course);
    return 0;
}

void keeper_close(struct keeper *keeper)
{
    checkpoint_folder_close(&keeper->folder);
}
