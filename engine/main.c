// SPDX-License-Identifier: MIT
/* assay-engine: starts MPI, reads the command line, opens files on rank 0, and hands over to the
 * numeric sources in the precision that was asked for. */
#include "../suites/protocol/case_image.h"
#include "../suites/protocol/case_paths.h"
#include "broadcast.h"
#include "failure.h"
#include "memory.h"
#include "options.h"
#include "threads.h"
#include "training.h"
#include "version.h"
#include "world.h"

#include <cblas.h>
#include <malloc.h>
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int world_rank(void)
{
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

/* Rank 0's status and sentence on every rank, so that all go on or all stop. */
static int agree(int status, const char *error)
{
    broadcast(MPI_COMM_WORLD, &status, sizeof status);
    return status != 0 ? failure_unusable("%s", error) : 0;
}

static int run(const struct options *options, const struct engine_program *engine)
{
    struct case_paths paths = {0, NULL};
    char error[ASSAY_ERROR] = "";
    int status = 0;
    for (size_t i = 0; world_rank() == 0 && status == 0 && i < options->paths; i++)
        status = case_paths_add(&paths, options->path[i], error);
    status = agree(status, error);
    if (status == 0) {
        struct run_request request = {paths.count, (const char *const *)paths.path,
                                      options->result_path, options->repetitions,
                                      options->by_orders};
        status = engine->run(&options->arithmetic, &request);
    }
    case_paths_free(&paths);
    return status;
}

/* The data set, on rank 0. Also sees to it that a record can be written, before hours of training
 * are spent on it. */
static int load(struct dataset *data, const struct options *options)
{
    const struct recipe *recipe = &options->recipe;
    char error[RECIPE_ERROR] = "";
    int status = 0;
    if (world_rank() == 0) {
        status = (options->streaming.is_streamed ? dataset_open : dataset_load)(
            data, recipe->data, recipe->labels, error, sizeof error);
        if (status == 0)
            status = recipe_check_data(recipe, data, error);
        if (status == 0 && recipe->json != NULL && strcmp(recipe->json, "-") != 0)
            status = store_check(recipe->json, error);
        if (status == 0 && options->case_path != NULL)
            status = store_check(options->case_path, error);
    }
    return agree(status, error);
}

static int where(const struct options *options)
{
    int ranks = 1, status = 0;
    struct placement *process = world_placements();
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (process != NULL && options->json)
        status = placement_write(process, ranks);
    for (int r = 0; process != NULL && !options->json && r < ranks; r++)
        printf("rank %d: host %s, CPUs %s\n", r, process[r].host, process[r].cpus);
    free(process);
    broadcast(MPI_COMM_WORLD, &status, sizeof status);
    return status;
}

static int train(const struct options *options, const struct engine_program *engine,
                 const struct dataset *data)
{
    const struct recipe *recipe = &options->recipe;
    struct training_record record = {.wants_parameters = options->case_path != NULL};
    struct progress progress = {.show_bar = isatty(STDERR_FILENO) && !options->verbose,
                                .verbose = options->verbose};
    int status = engine->train(&options->arithmetic, recipe, data, &options->streaming,
                               &options->checkpoints, &progress, &record);
    struct placement *process = world_placements();
    record.process = process;
    if (status == 0 && world_rank() == 0) {
        const struct epoch_record *last = &record.epoch[record.epochs - 1];
        bool has_stdout = recipe->json == NULL || strcmp(recipe->json, "-") != 0;
        fprintf(has_stdout ? stdout : stderr, "test accuracy %.4f after %zu steps, weights %s\n",
                last->test_accuracy, record.steps, record.weights_hash);
        if (recipe->json != NULL)
            status = training_write(&record, recipe, recipe->json);
        if (status == 0 && options->case_path != NULL)
            status = training_write_case(&record, recipe, data, options->case_path);
    }
    arena_release(&record.arena);
    free(process);
    broadcast(MPI_COMM_WORLD, &status, sizeof status);
    return status;
}

static void print_duration(const char *name, const struct duration *duration)
{
    printf("%-28s %10.1f us median %10.1f us minimum\n", name, duration->median * 1e6,
           duration->minimum * 1e6);
}

static int bench(const struct options *options, const struct engine_program *engine,
                 const struct dataset *data)
{
    struct bench_record record = {.repeat = options->repetitions};
    int status = engine->bench(&options->arithmetic, &options->recipe, data,
                               options->by_orders ? NULL : &record);
    struct placement *process = world_placements();
    record.process = process;
    if (status == 0 && world_rank() == 0 && !options->by_orders) {
        if (options->json) {
            status = bench_write(&record, &options->recipe, "-");
        } else {
            print_duration("training step", &record.step);
            print_duration("its matrix products alone", &record.limit);
            print_duration("its sum over ranks alone", &record.sum);
            print_duration("MPI_Allreduce of as much", &record.allreduce);
        }
    }
    free(process);
    broadcast(MPI_COMM_WORLD, &status, sizeof status);
    return status;
}

static int train_or_bench(const struct options *options, const struct engine_program *engine)
{
    struct dataset data = {0};
    int status = load(&data, options);
    const struct dataset *mine = world_rank() == 0 ? &data : NULL;
    if (status == 0)
        status = options->command == COMMAND_TRAIN ? train(options, engine, mine)
                                                   : bench(options, engine, mine);
    dataset_free(&data);
    return status;
}

/* The threads of this rank; all ranks stop when one cannot have its own. */
static int start_threads(int count, size_t least_work)
{
    int level = MPI_THREAD_SINGLE, bound = count > threads_cores(), failed = 0;
    MPI_Query_thread(&level);
    if (count > 1)
        failed = level < MPI_THREAD_FUNNELED || threads_start(count, least_work) != 0;
    MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    MPI_Allreduce(MPI_IN_PLACE, &bound, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    if (failed)
        return failure_unusable("--threads %d: they cannot be had on every rank; ask for fewer, or "
                                "use an MPI that allows MPI_THREAD_FUNNELED",
                                count);
    if (count > 1 && bound && world_rank() == 0)
        fprintf(stderr,
                "assay-engine: warning: --threads %d on fewer cores, which makes them slow; mpirun "
                "--map-by slot:PE=%d binds each rank to so many\n",
                count, count);
    openblas_set_num_threads(count); /* the fast arithmetic; it never runs beside ours */
    return 0;
}

/* The commands that do work. */
static int command(const struct options *options, const struct launch *launch)
{
    const struct engine_program *engine = options->is_f32 ? &engine_f32 : &engine_f64;
    int status = world_check(launch, options->ranks);
    memory_begin();
    if (status != 0)
        return status;
    if (options->command == COMMAND_WHERE)
        return where(options);
    status = start_threads(options->arithmetic.threads, options->arithmetic.thread_work);
    if (status == 0)
        status = options->command == COMMAND_RUN ? run(options, engine)
                 : options->command == COMMAND_LIMIT
                     ? engine->limit(&options->arithmetic, &options->limit)
                     : train_or_bench(options, engine);
    threads_stop();
    return status;
}

static int execute(int count, char *const argument[], const struct launch *launch)
{
    struct options options;
    char error[RECIPE_ERROR] = "";
    struct arena arena = {NULL};
    const char **path = arena_take(&arena, (size_t)count, sizeof *path);
    int status = options_read(&options, count, argument, path, error);
    if (status != 0) {
        status = failure_unusable("%s", error);
    } else if (options.command == COMMAND_VERSION) {
        if (world_rank() == 0)
            printf("assay-engine %s\n", ENGINE_VERSION);
    } else if (options.command == COMMAND_HELP) {
        bool has_recipe = count > 2 && strchr("tb", argument[1][0]) != NULL;
        if (world_rank() == 0)
            printf("%s%s", options.help, has_recipe ? recipe_help : "");
    } else {
        status = command(&options, launch);
    }
    arena_release(&arena);
    return status;
}

/* Before MPI starts, so that nobody can tell the others. */
static int check_start(const struct launch *launch)
{
    char error[LAUNCH_ERROR] = "";
    int status = launch_check_start(launch, error);
    if (status != 0 && launch_speaks(launch))
        fprintf(stderr, "assay-engine: %s\n", error);
    else if (status != 0)
        sleep(1); /* a launcher ends all once one has ended */
    return status;
}

int main(int count, char *argument[])
{
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write(), not the end */
    const struct launch launch = launch_read();
    const int status_of_start = check_start(&launch);
    if (status_of_start != 0)
        return status_of_start;
    /* Threads of ours call nothing of MPI; all libraries grant that. */
    MPI_Init_thread(&count, &argument, MPI_THREAD_FUNNELED, &(int){0});
    openblas_set_num_threads(1);
#ifdef M_MMAP_THRESHOLD
    /* Memory that is released serves the next case: new pages cost more than many a case. */
    mallopt(M_MMAP_THRESHOLD, 1 << 25); /* the most it takes */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
    int status = execute(count, argument, &launch);
    MPI_Finalize();
    return status;
}
