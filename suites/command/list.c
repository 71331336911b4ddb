// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../coverage.h"
#include "../known_forks.h"

#include <jansson.h>
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

static json_t *known_fork_json(const struct known_fork *entry)
{
    json_t *forks = json_array();
    for (size_t i = 0; i < entry->uses; i++)
        json_array_append_new(forks,
                              json_sprintf("%s/%s", entry->use[i].technique, entry->use[i].fork));
    return json_pack("{s:i, s:s, s:s, s:s, s:o}", "number", entry->number, "group", entry->group,
                     "title", entry->title, "nobody", entry->nobody, "forks", forks);
}

static void print_known_fork(const struct known_fork *entry)
{
    printf("%3d  %-4s  %-62s", entry->number, entry->group, entry->title);
    for (size_t i = 0; i < entry->uses && i < 2; i++)
        printf("%s%s/%s", i ? ", " : " ", entry->use[i].technique, entry->use[i].fork);
    if (entry->uses > 2)
        printf(" and %zu more", entry->uses - 2);
    if (entry->uses == 0)
        printf(" %s%s", entry->nobody[0] ? "nobody: " : "open", entry->nobody);
    putchar('\n');
}

static int list_forks(int json)
{
    struct known_forks known;
    known_forks_collect(&known);
    json_t *all = json_array();
    for (size_t i = 0; i < known.count; i++) {
        if (json)
            json_array_append_new(all, known_fork_json(&known.entry[i]));
        else
            print_known_fork(&known.entry[i]);
    }
    if (json) {
        json_dumpf(all, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        printf("%zu of %zu implemented, %zu excluded, %zu open\n", known.implemented, known.count,
               known.excluded, known.count - known.implemented - known.excluded);
    }
    json_decref(all);
    if (known.unknown[0])
        fprintf(stderr, "assay list: %s\n", known.unknown);
    int status = known.unknown[0] != 0;
    known_forks_free(&known);
    return status;
}

static int run_list(int count, char **argument)
{
    int json = 0, coverage = 0, forks = 0;
    size_t cases = 0;
    const struct option options[] = {
        {"--json", NULL, &json}, {"--coverage", NULL, &coverage}, {"--forks", NULL, &forks}};
    int rest = command_parse(&command_list, count, argument, 3, options);
    if (rest < 0)
        return 2;
    if (rest > 0)
        return command_fail(&command_list, "%s is not understood: list takes no names",
                            argument[0]);
    if (coverage)
        return list_coverage(json);
    if (forks)
        return list_forks(json);
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
    "usage: assay list [--coverage | --forks] [--json]\n\n"
    "One line a technique; with --json also every case and why it exists.\n"
    "--coverage: one line for every id of the catalogue instead, with the techniques that cover "
    "it\n"
    "and their numbers of cases; with --json all of these cases by name. An id is covered when a\n"
    "case says so. Exit status 1 when a case names an id that is not in the catalogue.\n"
    "--forks: one line for every known bug or rival convention, with the forks that implement it, "
    "or\n"
    "why nobody can. Exit status 1 when a fork names one that is not in that catalogue.\n\n"
    "Example: assay list --json | jq '.[].technique'\n"};
