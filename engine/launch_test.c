// SPDX-License-Identifier: MIT
/* What environments of launchers and batch systems mean for the number of ranks. */
#include "launch.h"

#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const known[] = {"OMPI_COMM_WORLD_SIZE",
                                    "OMPI_COMM_WORLD_RANK",
                                    "MV2_COMM_WORLD_SIZE",
                                    "MV2_COMM_WORLD_RANK",
                                    "PMI_SIZE",
                                    "PMI_RANK",
                                    "PMI_FD",
                                    "FLUX_JOB_SIZE",
                                    "FLUX_TASK_RANK",
                                    "JSM_NAMESPACE_SIZE",
                                    "JSM_NAMESPACE_RANK",
                                    "SLURM_STEP_NUM_TASKS",
                                    "SLURM_PROCID",
                                    "PALS_RANKID",
                                    "ALPS_APP_PE",
                                    "PMIX_RANK",
                                    "SLURM_NTASKS",
                                    "SLURM_JOB_NUM_NODES",
                                    "SLURM_NTASKS_PER_NODE",
                                    "PBS_NODEFILE",
                                    "PBS_NP",
                                    "LSB_DJOB_NUMPROC"};

static const char node_file[] = "assay_launch_test_nodes.tmp";

struct situation {
    const char *environment[8]; /* NAME=VALUE */
    long asked, ranks;
    const char *words; /* of the sentence; NULL: goes on */
};

static const struct situation situations[] = {
    {{NULL}, 0, 1, NULL},
    {{NULL}, 4, 4, NULL},
    {{NULL}, 4, 1, "--ranks 4 was given, but there is 1 rank"},
    /* the launcher's own number */
    {{"OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_RANK=0"}, 0, 4, NULL},
    {{"OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_RANK=0"},
     0,
     1,
     "mpirun of Open MPI has started 4"},
    {{"OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_RANK=0"},
     1,
     1,
     "mpirun of Open MPI has started 4"},
    {{"PMI_SIZE=2", "PMI_RANK=1"}, 0, 1, "PMI_SIZE"},
    {{"PMI_SIZE=2", "PMI_RANK=1"}, 2, 2, NULL},
    {{"SLURM_STEP_NUM_TASKS=8", "SLURM_PROCID=7", "SLURM_NTASKS=8"}, 0, 1, "srun has started 8"},
    {{"ALPS_APP_PE=3"}, 0, 1, "process 3 and those before it"},
    {{"ALPS_APP_PE=3"}, 0, 4, NULL},
    {{"ALPS_APP_PE=0"}, 0, 1, NULL},
    /* a shell that srun has started, and mpirun in it: the innermost counts */
    {{"SLURM_STEP_NUM_TASKS=1", "SLURM_PROCID=0", "SLURM_NTASKS=1", "OMPI_COMM_WORLD_SIZE=4"},
     0,
     4,
     NULL},
    /* what a job asked for */
    {{"SLURM_NTASKS=8", "SLURM_PROCID=0"}, 0, 8, NULL},
    {{"SLURM_NTASKS=8", "SLURM_PROCID=0"}, 0, 1, "the job asked for 8 ranks (SLURM_NTASKS)"},
    {{"SLURM_NTASKS=8", "OMPI_COMM_WORLD_SIZE=4"}, 0, 4, "but there are 4"},
    {{"SLURM_NTASKS=8", "OMPI_COMM_WORLD_SIZE=4"}, 4, 4, NULL},
    {{"SLURM_NTASKS_PER_NODE=4", "SLURM_JOB_NUM_NODES=3"}, 0, 12, NULL},
    {{"SLURM_NTASKS_PER_NODE=4", "SLURM_JOB_NUM_NODES=3"}, 0, 4, "12 ranks"},
    {{"PBS_NODEFILE=assay_launch_test_nodes.tmp"}, 0, 3, NULL},
    {{"PBS_NODEFILE=assay_launch_test_nodes.tmp", "PBS_NP=9"}, 0, 1, "3 ranks (PBS_NODEFILE)"},
    {{"PBS_NODEFILE=/tmp/no/such/file", "PBS_NP=9"}, 0, 1, "9 ranks (PBS_NP)"},
    {{"LSB_DJOB_NUMPROC=2"}, 0, 1, "LSB_DJOB_NUMPROC"},
    /* what holds no number says nothing */
    {{"SLURM_NTASKS=", "PMI_SIZE=many", "OMPI_COMM_WORLD_SIZE=-3"}, 0, 1, NULL},
};

static void forget(void)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        unsetenv(known[i]);
}

static void set(const char *pair)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(pair, "="), pair);
    setenv(name, strchr(pair, '=') + 1, 1);
}

static void worlds_are_judged(void **state)
{
    (void)state;
    FILE *file = fopen(node_file, "w");
    assert_non_null(file);
    fputs("node1\nnode1\n\nnode2", file);
    fclose(file);
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *s = &situations[i];
        char error[LAUNCH_ERROR] = "";
        forget();
        for (size_t k = 0; k < 8 && s->environment[k] != NULL; k++)
            set(s->environment[k]);
        struct launch launch = launch_read();
        int status = launch_check(&launch, s->asked, s->ranks, "Open MPI v4", error);
        bool right = s->words == NULL ? status == 0 : status == 2 && strstr(error, s->words);
        if (!right)
            fail_msg("situation %zu: status %d, \"%s\"", i, status, error);
    }
    remove(node_file);
    forget();
}

static void one_process_speaks(void **state)
{
    (void)state;
    forget();
    struct launch alone = launch_read();
    assert_true(launch_speaks(&alone));
    set("PMI_SIZE=2");
    set("PMI_RANK=1");
    struct launch second = launch_read();
    assert_false(launch_speaks(&second));
    set("PMI_RANK=0");
    struct launch first = launch_read();
    assert_true(launch_speaks(&first));
    forget();
}

static void srun_must_tell(void **state)
{
    char error[LAUNCH_ERROR] = "";
    (void)state;
    forget();
    set("SLURM_STEP_NUM_TASKS=2");
    struct launch launch = launch_read();
    assert_int_equal(launch_check_start(&launch, error), 2);
    assert_non_null(strstr(error, "--mpi=pmix"));
    set("PMIX_RANK=0");
    assert_int_equal(launch_check_start(&launch, error), 0);
    set("OMPI_COMM_WORLD_SIZE=2");
    unsetenv("PMIX_RANK");
    launch = launch_read();
    assert_int_equal(launch_check_start(&launch, error), 0);
    forget();
}

static bool in_text(const void *set, size_t i)
{
    return ((const char *)set)[i] == '1';
}

static void cpus_are_listed(void **state)
{
    static const char *const sets[][2] = {
        {"0000", ""}, {"1111", "0-3"}, {"0100", "1"}, {"1101", "0-1,3"}, {"1010101", "0,2,4,6"}};
    char list[64], short_list[16];
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        world_list_cpus(list, sizeof list, in_text, sets[i][0], strlen(sets[i][0]));
        assert_string_equal(list, sets[i][1]);
    }
    const char *many = "101010101010101010101010101";
    world_list_cpus(short_list, sizeof short_list, in_text, many, strlen(many));
    assert_string_equal(short_list, "0,2,4,6,8,...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_are_judged),
        cmocka_unit_test(one_process_speaks),
        cmocka_unit_test(srun_must_tell),
        cmocka_unit_test(cpus_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
