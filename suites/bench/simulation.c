// SPDX-License-Identifier: MIT
/* The engine on machines that are not here: under SimGrid, whose ranks compute for real, one after
 * the other, and send messages through a model of a network. So bits are bits, and times are
 * predictions.
 *
 * The work is one training step of 64-128-64-10 with Adam. Strong scaling: a batch of 16384 for all
 * ranks together. Weak: 16 samples for each. Beside each predicted time of the sum of the gradients
 * stand three models of an all-reduce of n bytes over P ranks, with the latency a and the time for a
 * byte b of a ping-pong between the first and the last rank of the same run:
 *
 *     direct              2 (P - 1) a + 2 n b (P - 1) / P     everybody to everybody; or a ring
 *     halving             2 lg P a + 2 n b (P - 1) / P        recursive halving and doubling
 *     doubling            lg P (a + n b)                      recursive doubling
 *
 * Source: Thakur, Rabenseifner, Gropp, "Optimization of Collective Communication Operations in
 * MPICH", International Journal of High Performance Computing Applications 19(1), 2005 (halving and
 * doubling; ring). The time of the additions is left out. lg P is rounded up.
 */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 16384, WEAK_ROWS = 16, HOSTS = 1024 };

/* Of five samples four are for training. */
static const char data[] = "synthetic:20480,64,10";

/* In the unit of the platform files; compared with nothing. */
static const double unit_speed = 1e9;

struct simulation {
    struct bench real, simulated;
    char hosts[BENCH_PATH];
    double speed; /* of this machine, in the unit of the platform files */
};

/* ---- one run --------------------------------------------------------------------------------- */

/* The names of the simulated hosts. */
static int write_hosts(struct simulation *s)
{
    FILE *hosts = fopen(bench_path(&s->real, s->hosts, "simulated_hosts"), "w");
    for (int i = 0; hosts && i < HOSTS; i++)
        fprintf(hosts, "node-%d\n", i);
    return hosts == NULL || fclose(hosts) != 0;
}

static void set_platform(struct simulation *s, const char *platform)
{
    snprintf(s->simulated.launcher, sizeof s->simulated.launcher,
             "smpirun -quiet -no-privatize -platform %.200s/platforms/%.40s.xml -hostfile %.500s "
             "--cfg=smpi/host-speed:%.0ff --cfg=smpi/coll-selector:ompi --log=root.thres:error",
             s->real.cluster, platform, s->hosts, s->speed);
}

static json_t *run_step(struct simulation *s, struct bench *where, int ranks, int batch,
                        const char *arithmetic, const char *repeat)
{
    char text[16];
    snprintf(text, sizeof text, "%d", batch);
    struct bench_command command = {"assay-engine",
                                    ranks,
                                    {"bench", "--data", data, "--hidden", "128,64", "--batch", text,
                                     "--block", "16", "--arithmetic", arithmetic, "--repeat",
                                     repeat, "--json"},
                                    {NULL}};
    json_t *record = bench_run_json(where, &command, 0, NULL);
    if (where->reason[0] && where != &s->real)
        bench_invalid(&s->real, "%s", where->reason);
    return record;
}

static double median_of(const json_t *record, const char *name)
{
    return json_number_value(json_object_get(json_object_get(record, name), "median"));
}

/* What one rank computes, from a run with Open MPI; borrowed from `hashes`, by size of the batch. */
static const char *expected_hash(struct simulation *s, json_t *hashes, int batch)
{
    char key[16];
    snprintf(key, sizeof key, "%d", batch);
    if (!json_object_get(hashes, key)) {
        json_t *record = run_step(s, &s->real, 1, batch, "reproducible", "1");
        json_t *hash = json_object_get(record, "weights_sha256_after_a_step");
        json_object_set(hashes, key, hash ? hash : json_string(""));
        json_decref(record);
    }
    return json_string_value(json_object_get(hashes, key));
}

static json_t *models(const json_t *record, int ranks)
{
    const json_t *message = json_object_get(record, "message_between_first_and_last_rank");
    const double a = json_number_value(json_object_get(message, "latency"));
    const double b = json_number_value(json_object_get(message, "seconds_per_byte"));
    const double n =
        4 * (double)json_integer_value(json_object_get(record, "numbers_summed_per_step"));
    const double P = ranks, rounds = ceil(log2(P)), bytes = 2 * n * b * (P - 1) / P;
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f}", "bytes", n, "latency", a, "seconds_per_byte",
                     b, "direct", 2 * (P - 1) * a + bytes, "halving", 2 * rounds * a + bytes,
                     "doubling", rounds * (a + n * b));
}

/* A row of the record; releases what the engine said. */
static json_t *row_of(json_t *record, const char *platform, const char *scaling, int ranks,
                      int batch, const char *arithmetic)
{
    json_t *row = json_pack("{s:s, s:s, s:s, s:i, s:i, s:f, s:f, s:O?}", "platform", platform,
                            "scaling", scaling, "arithmetic", arithmetic, "ranks", ranks, "batch",
                            batch, "step", median_of(record, "seconds_per_step"), "sum",
                            median_of(record, "seconds_of_sum_alone"), "hash",
                            json_object_get(record, "weights_sha256_after_a_step"));
    if (ranks > 1)
        json_object_set_new(row, "models", models(record, ranks));
    json_decref(record);
    return row;
}

/* ---- all runs -------------------------------------------------------------------------------- */

static const char *const platforms[] = {"fat_tree", "ethernet"};
static const char *const scalings[] = {"strong", "weak"};
static const char *const arithmetics[] = {"reproducible", "fast"};

/* Of one curve. Efficiency is against one simulated rank of the same curve. */
static void simulate_curve(struct simulation *s, json_t *rows, json_t *hashes, const char *platform,
                           int is_weak, const char *arithmetic)
{
    double alone = 0;
    for (size_t i = 0; i < s->real.rank_counts; i++) {
        const int ranks = s->real.ranks[i].ranks, batch = is_weak ? WEAK_ROWS * ranks : SAMPLES;
        json_t *record = run_step(s, &s->simulated, ranks, batch, arithmetic, "1");
        if (!record)
            continue;
        json_t *row = row_of(record, platform, scalings[is_weak], ranks, batch, arithmetic);
        const char *hash = json_string_value(json_object_get(row, "hash"));
        const int same = hash && strcmp(hash, expected_hash(s, hashes, batch)) == 0;
        const double step = json_number_value(json_object_get(row, "step"));
        alone = ranks == 1 ? step : alone;
        json_object_set_new(row, "same", json_boolean(same));
        json_object_set_new(row, "efficiency",
                            alone > 0 ? json_real(alone / step / (is_weak ? 1 : ranks))
                                      : json_null());
        if (!same && strcmp(arithmetic, "reproducible") == 0)
            bench_invalid(&s->real, "%d simulated ranks on %s give other bits than one", ranks,
                          platform);
        printf("%-9s %-6s %-12s %5d ranks: step %10.1f us, sum %10.1f us, %s\n", platform,
               scalings[is_weak], arithmetic, ranks, step * 1e6,
               1e6 * json_number_value(json_object_get(row, "sum")),
               same ? "same bits" : "other bits");
        fflush(stdout);
        json_array_append_new(rows, row);
    }
}

/* The shortest of several, which others on this machine disturb least. */
static double shortest_step(const json_t *record)
{
    return json_number_value(
        json_object_get(json_object_get(record, "seconds_per_step"), "minimum"));
}

/* One and two ranks with Open MPI, and what SimGrid makes of one: their ratio is the speed. */
static json_t *calibrate(struct simulation *s)
{
    json_t *measured = json_array();
    double alone = 0; /* the shortest step of one rank here, over the large batch */
    for (int ranks = 1; ranks <= 2; ranks++)
        for (int weak = 0; weak < 2; weak++)
            for (int a = 0; a < 2; a++) {
                const int batch = weak ? WEAK_ROWS * ranks : SAMPLES;
                json_t *record = run_step(s, &s->real, ranks, batch, arithmetics[a], "11");
                if (record && ranks == 1 && !weak && a == 0)
                    alone = shortest_step(record);
                if (record)
                    json_array_append_new(measured, row_of(record, "this machine", scalings[weak],
                                                           ranks, batch, arithmetics[a]));
            }
    set_platform(s, platforms[0]);
    json_t *simulated = run_step(s, &s->simulated, 1, SAMPLES, "reproducible", "11");
    if (simulated && alone > 0)
        s->speed = unit_speed * alone / shortest_step(simulated);
    json_decref(simulated);
    return measured;
}

json_t *bench_simulation(struct bench *bench)
{
    struct simulation s = {.real = *bench, .simulated = *bench, .speed = unit_speed};
    snprintf(s.simulated.programs, sizeof s.simulated.programs, "%.1000s/smpi", bench->programs);
    if (write_hosts(&s) != 0) {
        bench_invalid(bench, "%s: nothing can be written there", bench->folder);
        return json_object();
    }
    json_t *hashes = json_object(), *rows = json_array(), *measured = calibrate(&s);
    for (size_t p = 0; p < 2 && !s.real.reason[0]; p++) {
        set_platform(&s, platforms[p]);
        for (int weak = 0; weak < 2; weak++)
            for (int a = 0; a < 2; a++)
                simulate_curve(&s, rows, hashes, platforms[p], weak, arithmetics[a]);
    }
    if (s.real.reason[0])
        bench_invalid(bench, "%s", s.real.reason);
    json_decref(hashes);
    return json_pack("{s:s, s:s, s:f, s:o, s:o}", "what",
                     "one training step of 64-128-64-10 with Adam, f32, blocks of 16", "simulator",
                     "SimGrid's SMPI", "speed_calibration", s.speed / unit_speed, "measured",
                     measured, "rows", rows);
}
