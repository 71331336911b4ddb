// SPDX-License-Identifier: MIT
/* What is measured: a training step as `train` does it; the matrix products of such a step alone,
 * by OpenBLAS on as many threads and in the shapes of this rank, which is the limit that no engine on
 * these products passes; and the sum of the gradients over the ranks alone.
 *
 * Each is repeated; a repetition is as many rounds as fill a few milliseconds. Ranks start
 * together, and the slowest one counts. Last, messages go to and fro between two ranks.
 */
#include "bench.h"

#include "../suites/protocol/recipe.h"
#include "failure.h"
#include "orders.h"
#include "random.h"
#include "threads.h"
#include "training.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double shortest_repetition = 0.02; /* seconds */

struct work {
    void (*round)(struct work *work, size_t i);
    struct training *training;
    size_t batch, batches;
    const struct buckets *buckets;
    scalar *total, *spare;
};

static void step_round(struct work *work, size_t i)
{
    scalar loss;
    training_step(work->training, 0, i % work->batches * work->batch, work->batch, &loss);
}

/* Forward, dW, and dx of all layers but the first; on buffers that the network has anyway. */
static void product_round(struct work *work, size_t i)
{
    (void)i;
    struct training *training = work->training;
    struct team fast = training->team;
    fast.reproducible = false;
    const struct tape *tape = training->trainer->net->tape;
    size_t rows = trainer_positions(training->trainer, work->batch).count;
    for (size_t k = 0; k < tape->nodes; k++) {
        const struct node *node = &tape->node[k];
        if (node->operation != &dense_layer_operation)
            continue;
        size_t I = node->input[0]->columns, O = node->output->columns;
        const scalar *x = node->input[0]->value, *dy = node->output->gradient;
        team_product(&fast, false, false, rows, O, I, x, I, node->parameter, O, node->output->value,
                     O);
        team_product(&fast, true, false, I, O, rows, x, I, dy, O, work->total + node->first_sum, O);
        if (node->input[0]->wants_gradient)
            team_product(&fast, false, true, rows, I, O, dy, O, node->parameter, O,
                         node->input[0]->gradient, I);
    }
}

/* Of all buckets, without anything to hide the messages behind. */
static void sum_round(struct work *work, size_t i)
{
    (void)i;
    for (size_t b = 0; b < work->buckets->count; b++) {
        const struct bucket *bucket = &work->buckets->bucket[b];
        for (size_t k = 0; k < reduction_pieces(bucket->reduction); k++) {
            reduction_leaf(bucket->reduction);
            reduction_push(bucket->reduction);
        }
        reduction_finish_slice(bucket->reduction);
        reduction_spread(bucket->reduction, work->total + bucket->first);
    }
}

/* As many numbers, in whatever order MPI takes. */
static void allreduce_round(struct work *work, size_t i)
{
    (void)i;
    const struct tape *tape = work->training->trainer->net->tape;
    if (tape->sums <= INT_MAX)
        MPI_Allreduce(work->total, work->spare, (int)tape->sums, SCALAR_MPI, MPI_SUM,
                      work->training->team.comm);
}

/* Half the time of going there and back, the shortest of some. */
static double time_message(const struct team *team, char *bytes, int count)
{
    enum { TRIPS = 20 };
    const int last = team->ranks - 1, other = team->rank == 0 ? last : 0;
    double shortest = INFINITY;
    for (int i = 0; i < TRIPS && (team->rank == 0 || team->rank == last); i++) {
        double before = MPI_Wtime();
        for (int way = 0; way < 2; way++)
            if ((way == 0) == (team->rank == 0))
                MPI_Send(bytes, count, MPI_BYTE, other, 0, team->comm);
            else
                MPI_Recv(bytes, count, MPI_BYTE, other, 0, team->comm, MPI_STATUS_IGNORE);
        shortest = fmin(shortest, (MPI_Wtime() - before) / 2);
    }
    return shortest;
}

static struct message_cost measure_messages(const struct team *team, struct arena *arena)
{
    enum { SHORT_MESSAGE = 8, LONG_MESSAGE = 1 << 20 };
    if (team->ranks == 1)
        return (struct message_cost){NAN, NAN};
    char *bytes = arena_take(arena, LONG_MESSAGE, 1);
    double fast = time_message(team, bytes, SHORT_MESSAGE);
    double slow = time_message(team, bytes, LONG_MESSAGE);
    return (struct message_cost){fast, (slow - fast) / (LONG_MESSAGE - SHORT_MESSAGE)};
}

/* From the initial weights every time: a network that has converged has subnormal gradients, which
 * take processors longer. */
static double time_rounds(struct work *work, size_t rounds)
{
    const struct team *team = &work->training->team;
    training_restart(work->training);
    MPI_Barrier(team->comm);
    double before = MPI_Wtime();
    for (size_t i = 0; i < rounds; i++)
        work->round(work, i);
    return reduce_largest_time(team, MPI_Wtime() - before);
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* `repeat` rounds, or, when it is 0, repetitions of as many as fill their time. */
static struct duration measure(struct work *work, void (*round)(struct work *, size_t),
                               size_t repeat)
{
    struct duration duration = {.repetitions = repeat == 0 ? BENCH_REPETITIONS : repeat};
    size_t rounds = 1;
    work->round = round;
    if (repeat == 0) {
        time_rounds(work, 1);
        while (time_rounds(work, rounds) < shortest_repetition) /* the same on every rank */
            rounds *= 2;
    }
    for (size_t k = 0; k < duration.repetitions; k++)
        duration.seconds[k] = time_rounds(work, rounds) / (double)rounds;
    qsort(duration.seconds, duration.repetitions, sizeof(double), compare_numbers);
    duration.median = duration.seconds[duration.repetitions / 2];
    duration.minimum = duration.seconds[0];
    return duration;
}

/* Multiplications and additions of all ranks in the products of one step. */
static double count_operations(const struct tape *tape, size_t batch)
{
    double operations = 0;
    for (size_t k = 0; k < tape->nodes; k++) {
        const struct node *node = &tape->node[k];
        if (node->operation == &dense_layer_operation)
            operations += 2.0 * (node->input[0]->wants_gradient ? 3 : 2) * (double)batch *
                          (double)node->input[0]->columns * (double)node->output->columns;
    }
    return operations;
}

/* The parameters in their order, then running statistics; or the samples of batch `count`, from 1, each followed by its
 * label. Of one rank, which has everything. */
static void show(struct work *work, const struct order *order)
{
    const struct team *team = &work->training->team;
    const struct perceptron *net = work->training->trainer->net;
    if (strcmp(order->what, "weights") == 0) {
        orders_answer_numbers(team, net->tape->parameter, net->tape->parameters,
                              net->runnings == 0);
        if (net->runnings != 0)
            orders_answer_numbers(team, net->running, net->runnings, true);
        return;
    }
    training_load(work->training, 0, (order->count - 1) % work->batches * work->batch, work->batch);
    const size_t D = net->input->columns;
    for (size_t n = 0; n < work->batch; n++) {
        const scalar label = net->shape.has_targets ? net->target[n] : (scalar)net->labels[n];
        orders_answer_numbers(team, net->input->value + n * D, D, false);
        orders_answer_numbers(team, &label, 1, n + 1 == work->batch);
    }
}

static int obey(struct work *work)
{
    const struct team *team = &work->training->team;
    struct order order;
    int more;
    while ((more = orders_next(team, "step", &order)) > 0) {
        const bool shows = strcmp(order.what, "weights") == 0 || strcmp(order.what, "batch") == 0;
        work->round = strcmp(order.what, "step") == 0    ? step_round
                      : strcmp(order.what, "limit") == 0 ? product_round
                      : strcmp(order.what, "sum") == 0   ? sum_round
                                                         : NULL;
        if (work->round != NULL)
            orders_answer(team, time_rounds(work, order.count));
        else if (shows && team->ranks == 1)
            show(work, &order);
        else
            return orders_refuse(&order, "step, limit, sum, and on one rank weights, batch");
    }
    return more;
}

int bench_training(const struct arithmetic *arithmetic, const struct recipe *recipe,
                   const struct dataset *data, struct bench_record *record)
{
    struct arena arena = {NULL};
    struct training training;
    const struct stream_request in_memory = {.is_streamed = false};
    int status = training_prepare(&training, &arena, arithmetic, recipe, data, &in_memory);
    if (status == 0) {
        const struct batch_plan *plan = &training.trainer->plan[0];
        const struct tape *tape = training.trainer->net->tape;
        struct work work = {.training = &training,
                            .batch = plan->samples,
                            .batches = training.train.count / plan->samples,
                            .buckets = plan->buckets,
                            .total = arena_take(&arena, tape->sums, sizeof(scalar)),
                            .spare = arena_take(&arena, tape->sums, sizeof(scalar))};
        random_shuffle(training.order, training.train.count, recipe->seed,
                       RECIPE_PERMUTATION_STREAM);
        if (record == NULL) {
            status = obey(&work) < 0 ? EXIT_UNUSABLE : 0;
            arena_release(&arena);
            return status;
        }
        record->setting = (struct setting_record){training.team.ranks, threads_count(),
                                                  training.team.reproducible, SCALAR_PRECISION,
                                                  training.team.kernels->name};
        record->rows = layout_largest(&plan->layout);
        record->sums = tape->sums;
        record->step = measure(&work, step_round, record->repeat);
        if (record->repeat == 0)
            training_restart(&training), step_round(&work, 0);
        training_hash(&training, record->weights_hash);
        record->sum = measure(&work, sum_round, record->repeat);
        record->allreduce = measure(&work, allreduce_round, record->repeat);
        record->limit = measure(&work, product_round, record->repeat);
        record->memory = training_memory(&training, 2 * tape->sums); /* its own two */
        record->message = measure_messages(&training.team, &arena);
        record->products = count_operations(tape, plan->samples);
    }
    arena_release(&arena);
    return status;
}
