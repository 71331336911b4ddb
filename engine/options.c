// SPDX-License-Identifier: MIT
#include "options.h"

#include "threads.h"
#include "training.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOT_GIVEN SIZE_MAX

static const char help_all[] =
    "assay-engine - the distributed engine of Assay\n"
    "\n"
    "  assay-engine run CASES... -o RESULT.h5    answer case files\n"
    "  assay-engine train --data FILE            train a perceptron\n"
    "  assay-engine bench --data FILE            time its training steps\n"
    "  assay-engine limit --products LIST        time bare matrix products, or moving bytes\n"
    "  assay-engine where                        which rank runs on which host and CPUs\n"
    "\n"
    "Each command has --help. Under MPI: mpirun -n 4 assay-engine ...\n"
    "Exit status: 0 done, 2 unusable input or files.\n"
    "\n"
    "Example: mpirun -n 2 assay-engine run data/activations -o result.h5\n";

#define RANKS_HELP                                                                                 \
    "  --ranks N                            refuse to run on any other number of ranks "           \
    "(default:\n"                                                                                  \
    "                                       what a batch job asked for, such as SLURM_NTASKS)\n"

#define ARITHMETIC_HELP                                                                            \
    "  --precision f32|f64                  binary32 or binary64\n"                                \
    "  --arithmetic reproducible|fast       reproducible: the same bits for any number of ranks\n" \
    "                                       and any vector width (default); fast: OpenBLAS and\n"  \
    "                                       MPI_Allreduce\n"                                       \
    "  --vector-width scalar|256|512        instructions of the kernels (the widest there are)\n"  \
    "  --threads T                          threads of each rank (1), the same bits for any "      \
    "number;\n"                                                                                    \
    "                                       mpirun -n 2 --map-by slot:PE=4 gives each rank 4 "     \
    "cores\n"                                                                                      \
    "  --thread-work N                      multiplications that are worth a thread "              \
    "(1048576)\n" RANKS_HELP

#define BUCKET_HELP                                                                                \
    "  --bucket-bytes N                     gradients that cross the network together, while "     \
    "the\n"                                                                                        \
    "                                       backward pass goes on: any N gives the same bits\n"

static const char help_run[] =
    "assay-engine run CASES... -o RESULT.h5\n"
    "\n"
    "Answers all cases and writes one result file, for `assay check`. CASES are case files, or\n"
    "directories: all case files (*.h5) below them.\n"
    "\n"
    "  -o FILE                              where the result goes\n"
    "  --repeat N                           answer each case N times more and print the shortest\n"
    "                                       and the median time, without reading and "
    "writing\n"
    "  --by-orders                          wait for lines on stdin before: 10 answers the case\n"
    "                                       ten times and prints the seconds; go on at its "
    "end\n" ARITHMETIC_HELP "                                       (precision: f64)\n"
    "\n"
    "Example: mpirun -n 4 assay-engine run data -o result.h5 --precision f32\n";

static const char help_train[] =
    "assay-engine train --data FILE [flags]\n"
    "\n"
    "Trains a perceptron on labelled images and prints its test accuracy and the hash of its\n"
    "weights, which does not depend on the number of ranks.\n"
    "\n"
    "  --json FILE                          write the record of the run\n"
    "  --verbose                            one line per epoch\n"
    "  --stream                             leave the images in their file, which may be larger\n"
    "                                       than memory; random rows are read when they are\n"
    "                                       needed, to the same bits. Best on a solid-state disk,\n"
    "                                       with images of 4 KiB and more; stored plainly, not in\n"
    "                                       chunks (h5repack -l CONTI -f NONE)\n"
    "  --prefetch N                         with --stream: batches that are read ahead while\n"
    "                                       others are computed, 0 to 1000 (default: 2); rank 0\n"
    "                                       holds as many in memory\n"
    "  --checkpoint FOLDER                  keep the two newest checkpoints there\n"
    "  --checkpoint-every N                 one after every N steps (default: every epoch), and "
    "one\n"
    "                                       at the end\n"
    "  --resume                             go on from the newest checkpoint that is whole, on "
    "any\n"
    "                                       number of ranks, to the same bits; without any, begin\n"
    "  --case FILE                          write the trained network as a case\n" BUCKET_HELP
        ARITHMETIC_HELP "                                       (precision: f32)\n"
    "\n"
    "Example: mpirun -n 2 assay-engine train --data data/digits.h5 --json run.json\n"
    "Example: mpirun -n 4 assay-engine train --data data/digits.h5 --checkpoint run --resume\n"
    "Example: mpirun -n 4 assay-engine train --data large.h5 --batch 256 --stream --prefetch 8\n"
    "Example: mpirun -n 4 assay-engine train --data data/digits.h5 --normalization batch\n"
    "\n"
    "The recipe, with defaults:\n";

static const char help_bench[] =
    "assay-engine bench --data FILE [flags]\n"
    "\n"
    "Times a training step, the matrix products of one alone, and the sum of the gradients alone.\n"
    "\n"
    "  --json                               JSON on stdout\n"
    "  --by-orders                          wait for lines on stdin: 'step 10' prints the seconds\n"
    "                                       of ten steps; limit and sum are the other two; on one\n"
    "                                       rank 'weights 1' and 'batch 1' show what is trained\n"
    "  --repeat N                           time N rounds of each alone (1 to 11), instead of 11\n"
    "                                       times as many as fill a moment\n" BUCKET_HELP
        ARITHMETIC_HELP "                                       (precision: f32)\n"
    "\n"
    "Example: mpirun -n 2 assay-engine bench --data data/digits.h5 --json\n"
    "Example: mpirun -n 4 assay-engine bench --data data/digits.h5 --bucket-bytes 4194304\n"
    "\n"
    "The recipe, with defaults:\n";

static const char help_limit[] =
    "assay-engine limit --products LIST --bytes N\n"
    "\n"
    "Times what a computation cannot do without, for each line 'limit 10' on stdin ten times, and\n"
    "prints the seconds.\n"
    "\n"
    "  --products LIST                      matrix products by OpenBLAS: rows x columns x inner,\n"
    "                                       and how often: 32x128x64,32x10x128*3\n"
    "  --bytes N                            N / 2 bytes read and written in place\n" ARITHMETIC_HELP
    "                                       (precision: f32)\n"
    "\n"
    "Example: echo limit 10 | mpirun -n 2 assay-engine limit --products 1024x1024x1024\n";

static const char help_where[] =
    "assay-engine where [flags]\n"
    "\n"
    "Prints the host and the CPUs of every rank: whether a launcher works, and what it binds.\n"
    "\n"
    "  --json                               JSON on stdout\n" RANKS_HELP "\n"
    "Example: mpirun -n 4 --bind-to core assay-engine where --ranks 4\n";

/* The value of flag argument[i], or NULL with a sentence. */
static const char *value_of(int count, char *const argument[], int i, char *error)
{
    if (i + 1 < count && argument[i + 1][0] != '\0')
        return argument[i + 1];
    snprintf(error, RECIPE_ERROR, "%s: needs a value after it; see --help", argument[i]);
    return NULL;
}

static int refuse_value(const char *flag, const char *value, const char *known, char *error)
{
    snprintf(error, RECIPE_ERROR, "%s %.60s: is unknown; known are: %s", flag, value, known);
    return -1;
}

/* Flags of all commands. Returns the number of arguments taken, 0 if it is another one, or -1. */
static int take_arithmetic(struct options *options, int count, char *const argument[], int i,
                           char *error)
{
    const char *flag = argument[i];
    bool is_precision = strcmp(flag, "--precision") == 0;
    bool is_arithmetic = strcmp(flag, "--arithmetic") == 0;
    bool is_threads = strcmp(flag, "--threads") == 0;
    bool is_work = strcmp(flag, "--thread-work") == 0;
    if (!is_precision && !is_arithmetic && !is_threads && !is_work &&
        strcmp(flag, "--vector-width") != 0)
        return 0;
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    if (is_precision) {
        options->is_f32 = strcmp(value, "f32") == 0;
        if (!options->is_f32 && strcmp(value, "f64") != 0)
            return refuse_value(flag, value, "f32, f64", error);
    } else if (is_arithmetic) {
        options->arithmetic.reproducible = strcmp(value, "reproducible") == 0;
        if (!options->arithmetic.reproducible && strcmp(value, "fast") != 0)
            return refuse_value(flag, value, "reproducible, fast", error);
    } else if (is_threads || is_work) {
        char *end;
        const unsigned long number = strtoul(value, &end, 10);
        const unsigned long most = is_threads ? 1024 : 1000000000;
        if (value[0] < '0' || value[0] > '9' || *end != '\0' || number < 1 || number > most)
            return refuse_value(flag, value, is_threads ? "1 to 1024" : "1 to 1000000000", error);
        if (is_threads)
            options->arithmetic.threads = (int)number;
        else
            options->arithmetic.thread_work = number;
    } else {
        options->arithmetic.vector_width = value; /* checked against this processor */
    }
    return 2;
}

/* --ranks; returns as take_arithmetic does. */
static int take_ranks(struct options *options, int count, char *const argument[], int i,
                      char *error)
{
    if (strcmp(argument[i], "--ranks") != 0)
        return 0;
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    char *end;
    options->ranks = strtol(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || options->ranks < 1 ||
        options->ranks > 100000000)
        return refuse_value(argument[i], value, "1 to 100000000", error);
    return 2;
}

static int take_repetitions(struct options *options, int count, char *const argument[], int i,
                            char *error)
{
    const bool is_bench = options->command == COMMAND_BENCH;
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    char *end;
    const unsigned long repetitions = strtoul(value, &end, 10);
    if (*end != '\0' || repetitions < 1 || repetitions > (is_bench ? BENCH_REPETITIONS : 10000))
        return refuse_value(argument[i], value, is_bench ? "1 to 11" : "1 to 10000", error);
    options->repetitions = repetitions;
    return 2;
}

static int take_run(struct options *options, int count, char *const argument[], int i, char *error)
{
    if (strcmp(argument[i], "--by-orders") == 0) {
        options->by_orders = true;
        return 1;
    }
    if (strcmp(argument[i], "-o") == 0) {
        options->result_path = value_of(count, argument, i, error);
        return options->result_path != NULL ? 2 : -1;
    }
    if (strcmp(argument[i], "--repeat") == 0)
        return take_repetitions(options, count, argument, i, error);
    if (argument[i][0] == '-')
        return 0;
    options->path[options->paths++] = argument[i];
    return 1;
}

/* Flags of checkpoints; returns as take_arithmetic does. */
static int take_checkpoints(struct checkpoint_request *request, int count, char *const argument[],
                            int i, char *error)
{
    const char *flag = argument[i];
    if (strcmp(flag, "--resume") == 0) {
        request->resume = true;
        return 1;
    }
    bool is_folder = strcmp(flag, "--checkpoint") == 0;
    if (!is_folder && strcmp(flag, "--checkpoint-every") != 0)
        return 0;
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    if (is_folder) {
        request->folder = value;
        return 2;
    }
    char *end;
    const unsigned long steps = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || steps < 1 || steps > 1000000000)
        return refuse_value(flag, value, "1 to 1000000000", error);
    request->every = steps;
    return 2;
}

static int check_checkpoints(const struct checkpoint_request *request, char *error)
{
    if (request->folder != NULL || (request->every == 0 && !request->resume))
        return 0;
    snprintf(error, RECIPE_ERROR, "%s: needs --checkpoint FOLDER",
             request->resume ? "--resume" : "--checkpoint-every");
    return 2;
}

/* The whole number after argument[i]; returns as take_arithmetic does. `range` is for people. */
static int take_whole(int count, char *const argument[], int i, unsigned long low,
                      unsigned long high, const char *range, size_t *number, char *error)
{
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    char *end;
    const unsigned long whole = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || whole < low || whole > high)
        return refuse_value(argument[i], value, range, error);
    *number = whole;
    return 2;
}

/* Flags of streaming; returns as take_arithmetic does. `prefetch` is NOT_GIVEN at first. */
static int take_streaming(struct stream_request *request, int count, char *const argument[], int i,
                          char *error)
{
    if (strcmp(argument[i], "--stream") == 0) {
        request->is_streamed = true;
        return 1;
    }
    if (strcmp(argument[i], "--prefetch") != 0)
        return 0;
    return take_whole(count, argument, i, 0, 1000, "0 to 1000", &request->prefetch, error);
}

static int check_streaming(struct stream_request *request, char *error)
{
    if (request->prefetch != NOT_GIVEN && !request->is_streamed) {
        snprintf(error, RECIPE_ERROR, "--prefetch: needs --stream");
        return 2;
    }
    if (request->prefetch == NOT_GIVEN)
        request->prefetch = 2;
    return 0;
}

static int take_training(struct options *options, int count, char *const argument[], int i,
                         char *error)
{
    int taken = options->command == COMMAND_TRAIN
                    ? take_checkpoints(&options->checkpoints, count, argument, i, error)
                    : 0;
    if (taken == 0 && options->command == COMMAND_TRAIN)
        taken = take_streaming(&options->streaming, count, argument, i, error);
    if (taken != 0)
        return taken;
    if (options->command == COMMAND_TRAIN && strcmp(argument[i], "--verbose") == 0) {
        options->verbose = true;
        return 1;
    }
    if (options->command == COMMAND_TRAIN && strcmp(argument[i], "--case") == 0) {
        options->case_path = value_of(count, argument, i, error);
        return options->case_path != NULL ? 2 : -1;
    }
    if (options->command != COMMAND_TRAIN && strcmp(argument[i], "--json") == 0) {
        options->json = true;
        return 1;
    }
    if (options->command == COMMAND_WHERE)
        return 0;
    if (options->command == COMMAND_BENCH && strcmp(argument[i], "--repeat") == 0)
        return take_repetitions(options, count, argument, i, error);
    if (options->command == COMMAND_BENCH && strcmp(argument[i], "--by-orders") == 0) {
        options->by_orders = true;
        return 1;
    }
    if (strcmp(argument[i], "--bucket-bytes") == 0)
        return take_whole(count, argument, i, 1, 1UL << 30, "1 to 1073741824",
                          &options->arithmetic.bucket_bytes, error);
    return recipe_take(&options->recipe, count, argument, i, error);
}

/* "32x128x64,32x10x128*3". Returns whether it is such a list. */
static bool read_products(struct limit_request *request, const char *text)
{
    while (request->products < LIMIT_PRODUCTS) {
        struct product_shape *shape = &request->product[request->products++];
        int length = 0, more = 0;
        if (sscanf(text, "%6zux%6zux%6zu%n", &shape->M, &shape->N, &shape->K, &length) != 3)
            return false;
        text += length;
        shape->times = 1;
        if (*text == '*' && sscanf(text, "*%6zu%n", &shape->times, &more) != 1)
            return false;
        text += more;
        if (shape->M == 0 || shape->N == 0 || shape->K == 0 || shape->times == 0)
            return false;
        if (*text++ != ',')
            return text[-1] == '\0';
    }
    return false;
}

static int take_limit(struct options *options, int count, char *const argument[], int i,
                      char *error)
{
    const bool is_products = strcmp(argument[i], "--products") == 0;
    if (!is_products && strcmp(argument[i], "--bytes") != 0)
        return 0;
    const char *value = value_of(count, argument, i, error);
    if (value == NULL)
        return -1;
    if (is_products)
        return read_products(&options->limit, value)
                   ? 2
                   : refuse_value(argument[i], value, "lists such as 32x128x64,32x10x128*3", error);
    char *end;
    options->limit.bytes = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || options->limit.bytes > (size_t)1 << 40)
        return refuse_value(argument[i], value, "whole numbers", error);
    return 2;
}

static int check_run(const struct options *options, char *error)
{
    if (options->paths == 0) {
        snprintf(error, RECIPE_ERROR,
                 "no case file is given; try assay-engine run data -o "
                 "result.h5");
        return 2;
    }
    if (options->result_path == NULL) {
        snprintf(error, RECIPE_ERROR, "no result file is given; add -o result.h5");
        return 2;
    }
    return 0;
}

static int read_flags(struct options *options, int count, char *const argument[], char *error)
{
    for (int i = 2; i < count;) {
        if (strcmp(argument[i], "--help") == 0) {
            options->command = COMMAND_HELP;
            return 0;
        }
        int taken = take_ranks(options, count, argument, i, error);
        if (taken == 0 && options->command != COMMAND_WHERE)
            taken = take_arithmetic(options, count, argument, i, error);
        if (taken == 0)
            taken = (options->command == COMMAND_RUN ? take_run
                     : options->command == COMMAND_LIMIT
                         ? take_limit
                         : take_training)(options, count, argument, i, error);
        if (taken < 0)
            return 2;
        if (taken == 0) {
            snprintf(error, RECIPE_ERROR,
                     "%.100s: is not a flag of 'assay-engine %s'; see "
                     "assay-engine %s --help",
                     argument[i], argument[1], argument[1]);
            return 2;
        }
        i += taken;
    }
    if (options->command == COMMAND_RUN)
        return check_run(options, error);
    if (options->command == COMMAND_LIMIT || options->command == COMMAND_WHERE)
        return 0;
    if (options->case_path != NULL && options->recipe.normalization != RECIPE_NOT_NORMALIZED) {
        snprintf(error, RECIPE_ERROR,
                 "--case %.100s: a case of multilayer_perceptron cannot hold the normalization of "
                 "--normalization batch; leave one of both out",
                 options->case_path);
        return 2;
    }
    int status = check_checkpoints(&options->checkpoints, error);
    if (status == 0)
        status = check_streaming(&options->streaming, error);
    return status == 0 ? recipe_check(&options->recipe, error) : status;
}

int options_read(struct options *options, int count, char *const argument[], const char **path,
                 char *error)
{
    *options = (struct options){
        .command = COMMAND_HELP,
        .help = help_all,
        .arithmetic = {.reproducible = true, .threads = 1, .thread_work = THREAD_WORK},
        .is_f32 = true,
        .path = path,
        .streaming = {.prefetch = NOT_GIVEN},
        .recipe = recipe_default()};
    const char *command = count > 1 ? argument[1] : "";
    if (strcmp(command, "--help") == 0)
        return 0;
    if (strcmp(command, "--version") == 0) {
        options->command = COMMAND_VERSION;
        return 0;
    }
    if (strcmp(command, "run") == 0) {
        options->command = COMMAND_RUN;
        options->help = help_run;
        options->is_f32 = false;
    } else if (strcmp(command, "train") == 0) {
        options->command = COMMAND_TRAIN;
        options->help = help_train;
    } else if (strcmp(command, "bench") == 0) {
        options->command = COMMAND_BENCH;
        options->help = help_bench;
    } else if (strcmp(command, "limit") == 0) {
        options->command = COMMAND_LIMIT;
        options->help = help_limit;
    } else if (strcmp(command, "where") == 0) {
        options->command = COMMAND_WHERE;
        options->help = help_where;
    } else {
        snprintf(error, RECIPE_ERROR,
                 "'%.60s' is not a command; use run, train, bench, limit or where, or see "
                 "assay-engine --help",
                 command);
        return 2;
    }
    return read_flags(options, count, argument, error);
}
