// SPDX-License-Identifier: MIT
/* The main job: everything that is measured, into one record and its report. */
#include "bench.h"

#include "../corpus.h"
#include "../paths.h"
#include "../progress.h"
#include "../version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "usage: assay-bench run  [options]   the main job: conformance, bits, forks, training, timing\n"
    "       assay-bench bits [options]   only the table of bits\n"
    "       assay-bench simulate [options]   scaling on simulated clusters, by SimGrid\n\n"
    "  --folder DIR       where results go (reports/runs/latest)\n"
    "  --data DIR         the corpus (data)\n"
    "  --ranks N,N,...    numbers of ranks (1,2); make: NP=1,2,4\n"
    "  --launcher WORDS   what starts ranks: gets -n N and the program, or N in the place of %n "
    "in\n"
    "                     it (mpirun); make: LAUNCHER='srun --mpi=pmix'\n"
    "  --epochs N         of the training on digits (60)\n"
    "  --cluster DIR      simulate: folder of platforms/ (ci/cluster)\n"
    "  --quick            run: in a minute or two, only data/foundations in binary32, without "
    "forks\n"
    "                     and pictures: to try a launcher; make: QUICK=1\n"
    "                     bits: one run of each kind, as in the main job\n"
    "  --json             bits: one JSON document instead of the table\n\n"
    "The record is FOLDER/record.json (simulate adds itself to it, and also writes\n"
    "FOLDER/simulation.json); its field `result` is VALID or INVALID.\n\n"
    "Every number of ranks is started once first: a launcher that does not start as many is "
    "refused\n"
    "before anything takes time. Job scripts for Slurm and PBS: ci/cluster/.\n\n"
    "Example: assay-bench run --ranks 1,2,4 --launcher 'mpirun --hostfile hosts'\n"
    "Example: assay-bench run --ranks 64 --launcher 'srun --mpi=pmix --ntasks=%n "
    "--cpu-bind=cores'\n"
    "Exit status: 0 valid; 1 invalid; 2 unusable input or usage.\n";

static int complain(const char *sentence, const char *about)
{
    fprintf(stderr, "assay-bench: %s%s\n", sentence, about);
    return 2;
}

static int read_ranks(struct bench *bench, const char *text)
{
    bench->rank_counts = 0;
    while (*text && bench->rank_counts < BENCH_RANK_COUNTS) {
        char *end;
        long ranks = strtol(text, &end, 10);
        if (end == text || ranks < 1 || ranks > 1000000 || (*end != ',' && *end != 0))
            return 2;
        if (bench->rank_counts && ranks <= bench->ranks[bench->rank_counts - 1].ranks)
            return 2;
        bench->ranks[bench->rank_counts++] = (struct bench_ranks){.ranks = (int)ranks};
        text = *end ? end + 1 : end;
    }
    return bench->rank_counts && !*text ? 0 : 2;
}

/* Others than our own settings of mpirun have limits of their own. */
static void set_launcher(struct bench *bench, const char *words)
{
    snprintf(bench->launcher, sizeof bench->launcher, "%.1000s", words);
    bench->may_crowd = 0;
}

/* Of the command bits. */
struct table_options {
    int json, quick;
};

static int parse(struct bench *bench, int count, char **argument, struct table_options *table)
{
    for (int i = 0; i < count; i++) {
        const char *name = argument[i], *value = i + 1 < count ? argument[i + 1] : NULL;
        int json = strcmp(name, "--json") == 0, quick = strcmp(name, "--quick") == 0;
        table->json |= json;
        table->quick |= quick;
        if (json || quick)
            continue;
        if (!value)
            return complain("an option is unknown or lacks its value: ", name);
        if (strcmp(name, "--folder") == 0)
            snprintf(bench->folder, sizeof bench->folder, "%.900s", value);
        else if (strcmp(name, "--data") == 0)
            snprintf(bench->data, sizeof bench->data, "%.1000s", value);
        else if (strcmp(name, "--launcher") == 0)
            set_launcher(bench, value);
        else if (strcmp(name, "--cluster") == 0)
            snprintf(bench->cluster, sizeof bench->cluster, "%.200s", value);
        else if (strcmp(name, "--epochs") == 0)
            bench->epochs = atoi(value);
        else if (strcmp(name, "--ranks") != 0)
            return complain("this option is not known: ", name);
        else if (read_ranks(bench, value) != 0)
            return complain("--ranks needs ascending whole numbers such as 1,2,4, but was given ",
                            value);
        i++;
    }
    return bench->epochs >= 1 ? 0 : complain("--epochs must be at least 1", "");
}

/* Programs stand beside this one. */
static void find_programs(struct bench *bench)
{
    ssize_t length = readlink("/proc/self/exe", bench->programs, sizeof bench->programs - 1);
    bench->programs[length > 0 ? length : 0] = 0;
    char *slash = strrchr(bench->programs, '/');
    if (slash)
        *slash = 0;
}

/* What Open MPI needs where a test machine differs from a cluster; a user's own settings stay. */
static void prepare_environment(void)
{
    if (geteuid() == 0) {
        setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 0);
        setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 0);
    }
    setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 0);
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
}

static void start_time(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static int write_record(struct bench *bench, json_t *record)
{
    char path[BENCH_PATH], temporary[BENCH_PATH];
    bench_path(bench, path, "record.json");
    bench_path(bench, temporary, "record.json.tmp");
    if (json_dump_file(record, temporary, JSON_INDENT(1)) != 0 || rename(temporary, path) != 0)
        return complain("the record cannot be written: ", path);
    printf("record: %s\n", path);
    return 0;
}

/* The line that gives this run again. */
static json_t *command_line(const struct bench *bench)
{
    char line[2 * BENCH_PATH] = "make bench";
    size_t used = strlen(line);
    int is_default =
        bench->rank_counts == 2 && bench->ranks[0].ranks == 1 && bench->ranks[1].ranks == 2;
    for (size_t r = 0; !is_default && r < bench->rank_counts; r++)
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%d",
                                 r ? "," : " NP=", bench->ranks[r].ranks);
    if (!bench->may_crowd)
        used +=
            (size_t)snprintf(line + used, sizeof line - used, " LAUNCHER=\"%s\"", bench->launcher);
    if (bench->quick)
        snprintf(line + used, sizeof line - used, " QUICK=1");
    return json_string(line);
}

/* The parts in order. The bar counts tenths of the time that they usually take. */
static json_t *measure(struct bench *bench)
{
    struct progress progress;
    char started[32];
    time_t begin = time(NULL);
    json_t *record = json_pack("{s:s, s:i, s:o}", "format", "assay-record", "format_version", 1,
                               "command", command_line(bench));
    start_time(started);
    json_object_set_new(record, "started", json_string(started));
    progress_start(&progress, "main job", 10);
    json_object_set_new(record, "quick", json_boolean(bench->quick));
    json_object_set_new(record, "environment", bench_environment(bench));
    json_object_set_new(record, "placement", bench_placement(bench));
    json_object_set_new(record, "corpus", bench_corpus(bench));
    json_object_set_new(record, "conformance", bench_conformance(bench));
    progress_update(&progress, 2);
    json_object_set_new(record, "same_bits", bench_bits(bench, 0));
    progress_update(&progress, 4);
    if (!bench->quick)
        json_object_set_new(record, "kill", bench_kill(bench));
    progress_update(&progress, 5);
    json_t *training = bench_training(bench);
    json_object_set_new(record, "training", training);
    progress_update(&progress, 7);
    json_object_set_new(record, "claims", bench_claims(bench));
    progress_update(&progress, 8);
    if (!bench->quick)
        json_object_set_new(record, "pictures", bench_pictures(bench));
    progress_update(&progress, 9);
    json_object_set_new(record, "timing", bench_timing(bench, training));
    progress_end(&progress);
    json_object_set_new(record, "duration_seconds", json_real(difftime(time(NULL), begin)));
    json_object_set_new(record, "result", json_string(bench->reason[0] ? "INVALID" : "VALID"));
    json_object_set_new(record, "reason", json_string(bench->reason));
    return record;
}

static int run(struct bench *bench)
{
    json_t *record = measure(bench);
    int status = write_record(bench, record);
    json_decref(record);
    if (status != 0)
        return status;
    if (bench->reason[0])
        printf("RESULT: INVALID (%s)\n", bench->reason);
    else
        printf("RESULT: VALID%s\n", bench->quick ? " (quick)" : "");
    return bench->reason[0] ? 1 : 0;
}

static int bits(struct bench *bench, const struct table_options *options)
{
    json_t *table = bench_bits(bench, !options->quick);
    if (options->json) {
        json_dumpf(table, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        bench_print_bits(table);
    }
    json_decref(table);
    if (bench->reason[0])
        fprintf(stderr, "assay-bench: %s\n", bench->reason);
    return bench->reason[0] ? 1 : 0;
}

/* Into a file of its own, and into the record of the main job if there is one. */
static int simulate(struct bench *bench)
{
    char path[BENCH_PATH];
    json_t *simulation = bench_simulation(bench);
    json_object_set_new(simulation, "reason", json_string(bench->reason));
    int status =
        json_dump_file(simulation, bench_path(bench, path, "simulation.json"), JSON_INDENT(1)) != 0
            ? complain("the record cannot be written: ", path)
            : 0;
    printf("simulation: %s\n", path);
    json_t *record = json_load_file(bench_path(bench, path, "record.json"), 0, NULL);
    if (status == 0 && record && !bench->reason[0]) {
        json_object_set(record, "simulation", simulation);
        status = write_record(bench, record);
    }
    json_decref(record);
    json_decref(simulation);
    if (bench->reason[0])
        fprintf(stderr, "assay-bench: %s\n", bench->reason);
    return status != 0 ? status : bench->reason[0] ? 1 : 0;
}

int main(int count, char **argument)
{
    struct bench bench = {.folder = "reports/runs/latest",
                          .data = "data",
                          .launcher = "mpirun",
                          .cluster = "ci/cluster",
                          .may_crowd = 1,
                          .rank_counts = 2,
                          .ranks = {{.ranks = 1}, {.ranks = 2}},
                          .epochs = 60};
    struct table_options table = {0, 0};
    char error[ASSAY_ERROR] = "";
    const char *command = count > 1 ? argument[1] : "";
    for (int i = 1; i < count; i++) {
        if (strcmp(argument[i], "--help") == 0) {
            printf("%s", help);
            return 0;
        }
    }
    const int simulates = strcmp(command, "simulate") == 0;
    if (strcmp(command, "run") != 0 && strcmp(command, "bits") != 0 && !simulates)
        return complain("there are the commands run, bits and simulate, see --help; not ", command);
    if (simulates)
        bench.rank_counts = read_ranks(&bench, "1,2,16,64,256,1024") == 0 ? bench.rank_counts : 0;
    if (parse(&bench, count - 2, argument + 2, &table) != 0)
        return 2;
    bench.cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    find_programs(&bench);
    prepare_environment();
    bench.quick = table.quick && strcmp(command, "run") == 0;
    bench.epochs = bench.quick ? 2 : bench.epochs;
    snprintf(bench.cases, sizeof bench.cases, "%.900s%s", bench.data,
             bench.quick ? "/foundations" : "");
    if (bench_check_launcher(&bench) != 0 || (!simulates && bench_place(&bench) != 0))
        return 2;
    if (corpus_make_folder(bench.folder, error) != 0)
        return complain(error, "");
    return simulates                     ? simulate(&bench)
           : strcmp(command, "run") == 0 ? run(&bench)
                                         : bits(&bench, &table);
}
