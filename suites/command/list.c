// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../coverage.h"
#include "../numerics.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static json_t *technique_json(const struct corpus_technique *technique,
                              const struct case_list *list)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(cases, json_pack("{s:s, s:s, s:s, s:s}", "case", list->test[i].name,
                                               "tier", list->test[i].tier, "covers",
                                               list->test[i].covers, "why", list->test[i].why));
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "family", technique->family, "technique",
                     technique->name, "formula", technique->formula, "source", technique->source,
                     "cases", cases);
}

/* Whether case i is the first of its technique: cases of one technique stand together. */
static int opens_technique(const struct coverage_row *row, size_t i)
{
    return i == 0 || strcmp(row->test[i].technique, row->test[i - 1].technique) != 0;
}

static json_t *coverage_json(const struct coverage_row *row)
{
    json_t *techniques = json_array(), *cases = json_array();
    for (size_t i = 0; i < row->cases; i++) {
        if (opens_technique(row, i))
            json_array_append_new(techniques, json_string(row->test[i].technique));
        json_array_append_new(cases,
                              json_sprintf("%s/%s", row->test[i].technique, row->test[i].name));
    }
    return json_pack("{s:s, s:s, s:b, s:o, s:o}", "id", row->id, "name", row->name, "covered",
                     row->cases > 0, "technique", techniques, "cases", cases);
}

static void print_coverage(const struct coverage_row *row)
{
    printf("%-7s %-48s", row->id, row->name);
    for (size_t i = 0, many = 1; i < row->cases; i += many) {
        many = 1;
        while (i + many < row->cases && !opens_technique(row, i + many))
            many++;
        printf("%s%s (%zu)", i == 0 ? " " : ", ", row->test[i].technique, many);
    }
    printf("%s\n", row->cases ? "" : " not covered");
}

static int list_coverage(int json)
{
    struct coverage coverage;
    coverage_collect(&coverage);
    json_t *all = json_array();
    for (size_t i = 0; i < coverage.rows; i++) {
        if (json)
            json_array_append_new(all, coverage_json(&coverage.row[i]));
        else
            print_coverage(&coverage.row[i]);
    }
    if (json) {
        json_dumpf(all, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        printf("%zu of %zu ids covered\n", coverage.covered, coverage.rows);
    }
    json_decref(all);
    if (coverage.unknown[0])
        fprintf(stderr, "assay list: %s\n", coverage.unknown);
    int status = coverage.unknown[0] != 0;
    coverage_free(&coverage);
    return status;
}

static int run_list(int count, char **argument)
{
    int json = 0, coverage = 0;
    size_t cases = 0;
    const struct option options[] = {{"--json", NULL, &json}, {"--coverage", NULL, &coverage}};
    int rest = command_parse(&command_list, count, argument, 2, options);
    if (rest < 0)
        return 2;
    if (rest > 0)
        return command_fail(&command_list, "%s is not understood: list takes no names",
                            argument[0]);
    if (coverage)
        return list_coverage(json);
    json_t *all = json_array();
    for (size_t i = 0; i < corpus_techniques(); i++) {
        const struct corpus_technique *technique = corpus_technique(i);
        struct case_list list;
        corpus_cases(technique, &list);
        if (json)
            json_array_append_new(all, technique_json(technique, &list));
        else
            printf("%-16s %-24s %3zu cases  %s\n", technique->family, technique->name, list.count,
                   technique->formula);
        cases += list.count;
        case_list_free(&list);
    }
    if (json) {
        json_dumpf(all, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        printf("%zu techniques, %zu cases\n", corpus_techniques(), cases);
    }
    json_decref(all);
    return 0;
}

const struct command command_list = {
    "list", "name all techniques with their formulas", run_list,
    "usage: assay list [--coverage] [--json]\n\n"
    "One line a technique; with --json also every case and why it exists.\n"
    "--coverage: one line for every id of the catalogue instead, with the techniques that cover "
    "it\n"
    "and their numbers of cases; with --json all of these cases by name. An id is covered when a\n"
    "case says so. Exit status 1 when a case names an id that is not in the catalogue.\n\n"
    "Example: assay list --json | jq '.[].technique'\n"};

static void show_files(const struct corpus_technique *t)
{
    printf("files\n"
           "  reference/%s/%s.h   the definition\n"
           "  engine/%s/%s.c      how it is distributed\n"
           "  suites/%s/%s_cases.c, %s_forks.c\n"
           "  data/%s/%s.h5       cases and goldens\n",
           t->family, t->name, t->family, t->name, t->family, t->name, t->name, t->family, t->name);
}

static void show_bounds(const struct assay_golden *golden)
{
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct assay_golden_array *g = &golden->output[k];
        double largest = 0, f64 = 0, f32 = 0;
        for (size_t i = 0; i < g->count; i++) {
            largest = fmax(largest, fabs(g->high[i]));
            f64 = fmax(f64, g->bound_f64[i]);
            f32 = fmax(f32, g->bound_f32[i]);
        }
        printf("      %-20s %6zu elements, largest %.3g; bound at most %.3g in f64, %.3g in f32\n",
               g->name, g->count, largest, f64, f32);
    }
}

static void show_case(const struct assay_case *test, const struct assay_golden *golden)
{
    printf("  %s (%s)\n      %s\n", test->name, test->tier, test->why);
    if (test->covers[0])
        printf("      covers %s\n", test->covers);
    for (size_t i = 0; i < test->request.choices; i++)
        printf("      %s = %s\n", test->request.choice[i].name, test->request.choice[i].value);
    for (size_t i = 0; i < test->request.numbers; i++)
        printf("      %s = %.9g\n", test->request.number[i].name, test->request.number[i].value);
    show_bounds(golden);
}

static int run_show(int count, char **argument)
{
    char error[ASSAY_ERROR] = "";
    int rest = command_parse(&command_show, count, argument, 0, NULL);
    if (rest < 0)
        return 2;
    if (rest != 1)
        return command_fail(&command_show, "one technique is needed, as in assay show adam");
    char *slash = strchr(argument[0], '/');
    if (slash)
        *slash = 0;
    const struct corpus_technique *t = corpus_find(argument[0]);
    struct assay_file file;
    if (!t)
        return command_fail(&command_show, "no technique is named %s; `assay list` names all",
                            argument[0]);
    if (corpus_read(t, &file, error) != 0)
        return command_fail(&command_show, "%s", error);
    printf("%s (%s)\n  %s\n  source: %s\n", t->name, t->family, t->formula, t->source);
    show_files(t);
    printf("forks\n");
    for (int f = 0; f < numerics_f64.forks(t->name); f++) {
        const struct fork_info *info = numerics_f64.fork(t->name, f);
        printf("  %-36s %s%s\n", info->name, info->kind == FORK_TWIN ? "(correct) " : "",
               info->what);
    }
    printf("cases\n");
    int shown = 0;
    for (size_t i = 0; i < file.cases; i++) {
        if (slash && strcmp(slash + 1, file.test[i].name) != 0)
            continue;
        show_case(&file.test[i], &file.golden[i]);
        shown = 1;
    }
    assay_file_free(&file);
    return shown ? 0 : command_fail(&command_show, "%s has no case %s", t->name, slash + 1);
}

const struct command command_show = {
    "show", "everything about one technique: formula, files, forks, cases, bounds", run_show,
    "usage: assay show TECHNIQUE[/CASE]\n\n"
    "Example: assay show adam\n"};
