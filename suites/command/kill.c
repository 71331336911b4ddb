// SPDX-License-Identifier: MIT
#include "command.h"

#include "../kill.h"
#include "../numerics.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

static const char *kind_name(enum fork_kind kind)
{
    static const char *const names[] = {"twin", "bug", "convention", "numerical"};
    return names[kind];
}

static void print_rows(const struct kill *kill)
{
    printf("%-10s %-52s %10s %10s %9s\n", "", "fork", "f64 ratio", "f32 ratio", "cases");
    for (size_t i = 0; i < kill->rows; i++) {
        const struct kill_row *row = &kill->row[i];
        char name[2 * ASSAY_NAME];
        const char *verdict = row->fork->kind == FORK_TWIN ? (row->good ? "agrees" : "DISAGREES")
                                                           : (row->good ? "killed" : "SURVIVES");
        snprintf(name, sizeof name, "%s/%s", row->technique, row->fork->name);
        printf("%-10s %-52s %10.3g %10.3g %4zu/%-4zu %s%s\n", verdict, name, row->ratio_f64,
               row->ratio_f32, row->killed_f64, row->applies, kind_name(row->fork->kind),
               row->killed_f32 == 0 && row->fork->spared_in_f32 ? ", hidden in f32" : "");
    }
    for (size_t i = 0; i < KILL_CONTROLS; i++) {
        const struct kill_control *c = &kill->control[i];
        printf("%-10s control: %s, caught %zu of %zu times%s%s\n",
               c->caught == c->tried ? "caught" : "MISSED", c->name, c->caught, c->tried,
               c->first_missed[0] ? ", first missed on " : "", c->first_missed);
    }
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *row_json(const struct kill_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < row->cells; i++) {
        const struct kill_cell *cell = &row->cell[i];
        if (cell->ratio_f64 < 0)
            continue; /* cells where a fork does not apply are left out: most of them */
        json_array_append_new(cells, json_pack("{s:s, s:b, s:o, s:o}", "case", cell->case_name,
                                               "applies", 1, "ratio_f64", number(cell->ratio_f64),
                                               "ratio_f32", number(cell->ratio_f32)));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:I, s:I, s:I, s:s, s:o}",
                     "technique", row->technique, "fork", row->fork->name, "kind",
                     kind_name(row->fork->kind), "catalogue", row->fork->catalogue, "what",
                     row->fork->what, "good", row->good, "ratio_f64", number(row->ratio_f64),
                     "ratio_f32", number(row->ratio_f32), "applies", (json_int_t)row->applies,
                     "killed_f64", (json_int_t)row->killed_f64, "killed_f32",
                     (json_int_t)row->killed_f32, "spared_in_f32",
                     row->fork->spared_in_f32 ? row->fork->spared_in_f32 : "", "cells", cells);
}

static int print_json(const struct kill *kill, size_t forks, size_t killed, int all_good)
{
    json_t *rows = json_array(), *controls = json_array();
    for (size_t i = 0; i < kill->rows; i++)
        json_array_append_new(rows, row_json(&kill->row[i]));
    for (size_t i = 0; i < KILL_CONTROLS; i++) {
        const struct kill_control *c = &kill->control[i];
        json_array_append_new(controls,
                              json_pack("{s:s, s:I, s:I, s:s}", "control", c->name, "tried",
                                        (json_int_t)c->tried, "caught", (json_int_t)c->caught,
                                        "first_missed", c->first_missed));
    }
    json_t *root = json_pack("{s:I, s:I, s:I, s:b, s:o, s:o}", "forks", (json_int_t)forks, "killed",
                             (json_int_t)killed, "cases", (json_int_t)kill->cases, "all_good",
                             all_good, "rows", rows, "controls", controls);
    int status = root && json_dumpf(root, stdout, JSON_INDENT(1)) == 0 ? 0 : 2;
    putchar('\n');
    json_decref(root);
    return status;
}

static int run(int count, char **argument)
{
    int json = 0, all_good;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"--json", NULL, &json}};
    int rest = command_parse(&command_kill, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest > 1)
        return command_fail(&command_kill, "at most one technique can be named");
    struct kill kill;
    size_t killed;
    if (kill_run(&kill, rest ? argument[0] : NULL, error) != 0)
        return command_fail(&command_kill, "%s", error);
    size_t forks = kill_forks(&kill, &killed, &all_good);
    int status = all_good ? 0 : 1;
    if (json && print_json(&kill, forks, killed, all_good) != 0)
        status = 2;
    if (!json) {
        print_rows(&kill);
        printf("%zu of %zu forks killed\n", killed, forks);
    }
    kill_free(&kill);
    return status;
}

const struct command command_kill = {
    "kill", "show that every known mistake is caught", run,
    "usage: assay kill [TECHNIQUE] [--json]\n\n"
    "Runs every fork (a known bug or rival convention) and every negative control against the\n"
    "goldens, in binary64 and binary32. A ratio above 1 kills. Twins, which are correct, must\n"
    "pass. --json gives the whole matrix, a ratio for every fork and case.\n\n"
    "Example: assay kill adam\n"
    "Exit status: 0 every fork is killed, every twin passes, every control is caught; 1 not.\n"};
