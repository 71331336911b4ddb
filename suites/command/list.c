// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"

#include <jansson.h>
#include <stdio.h>

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

static int run_list(int count, char **argument)
{
    int json = 0;
    size_t cases = 0;
    const struct option options[] = {{"--json", NULL, &json}};
    int rest = command_parse(&command_list, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest > 0)
        return command_fail(&command_list, "%s is not understood: list takes no names",
                            argument[0]);
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
    "usage: assay list [--json]\n\n"
    "One line a technique; with --json also every case and why it exists.\n\n"
    "Example: assay list --json | jq '.[].technique'\n"};
