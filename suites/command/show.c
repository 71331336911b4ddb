// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../numerics.h"
#include "../paths.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void show_files(const struct corpus_technique *t)
{
    printf("files\n"
           "  reference/%s/%s.h   the definition\n"
           "  engine/%s/%s.c      how it is distributed\n"
           "  suites/%s/%s_cases.c, %s_forks.c\n"
           "  data/%s/%s.h5       cases and goldens\n",
           t->family, t->name, t->family, t->name, t->family, t->name, t->name, t->family, t->name);
}

static double largest(const double *value, size_t n)
{
    double result = 0;
    for (size_t i = 0; i < n; i++)
        result = fmax(result, fabs(value[i]));
    return result;
}

static void show_bounds(const struct assay_golden *golden)
{
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct assay_golden_array *g = &golden->output[k];
        printf("      %-20s %6zu elements, largest %.3g; bound at most %.3g in f64, %.3g in f32\n",
               g->name, g->count, largest(g->high, g->count),
               largest(g->bound[ASSAY_F64], g->count), largest(g->bound[ASSAY_F32], g->count));
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
    for (size_t i = 0; i < test->request.draws; i++)
        printf("      %s is drawn: %s\n", test->request.draw[i].name, test->request.draw[i].law);
    for (size_t i = 0; i < test->laws; i++)
        printf("      %s has the law: %s\n", test->law[i].output, test->law[i].text);
    if (test->quotes[0])
        printf("      must be refused: '%s' is impossible\n", test->quotes);
    show_bounds(golden);
}

/* What the last main job found of this technique: one object for each implementation. */
static json_t *last_verdicts(const char *technique)
{
    char path[4096];
    json_t *verdicts = json_array(), *implementation, *one;
    size_t i, k;
    if (paths_join(path, sizeof path, paths_data(), "../reports/runs/latest/record.json") != 0)
        return verdicts;
    json_t *record = json_load_file(path, 0, NULL);
    json_array_foreach(json_object_get(record, "conformance"), i, implementation)
    {
        size_t cases = 0, passed = 0;
        double worst = 0;
        json_array_foreach(json_object_get(json_object_get(implementation, "check"), "cases"), k,
                           one)
        {
            const char *name = json_string_value(json_object_get(one, "technique"));
            const char *status = json_string_value(json_object_get(one, "status"));
            if (!name || !status || strcmp(name, technique) != 0)
                continue;
            cases++;
            passed += strcmp(status, "PASS") == 0;
            worst = fmax(worst, json_number_value(json_object_get(one, "ratio")));
        }
        if (cases)
            json_array_append_new(verdicts, json_pack("{s:O, s:I, s:I, s:f}", "implementation",
                                                      json_object_get(implementation, "label"),
                                                      "cases", (json_int_t)cases, "passed",
                                                      (json_int_t)passed, "worst_ratio", worst));
    }
    json_decref(record);
    return verdicts;
}

static void show_verdicts(const char *technique)
{
    json_t *verdicts = last_verdicts(technique), *v;
    size_t i;
    printf("last verdicts (reports/runs/latest)\n");
    json_array_foreach(verdicts, i, v)
        printf("  %-40s %lld of %lld cases passed, worst ratio %.3g\n",
               json_string_value(json_object_get(v, "implementation")),
               (long long)json_integer_value(json_object_get(v, "passed")),
               (long long)json_integer_value(json_object_get(v, "cases")),
               json_number_value(json_object_get(v, "worst_ratio")));
    if (json_array_size(verdicts) == 0)
        printf("  none yet: make bench\n");
    json_decref(verdicts);
}

static json_t *case_json(const struct assay_case *test, const struct assay_golden *golden)
{
    json_t *conventions = json_object(), *numbers = json_object(), *outputs = json_array();
    for (size_t i = 0; i < test->request.choices; i++)
        json_object_set_new(conventions, test->request.choice[i].name,
                            json_string(test->request.choice[i].value));
    for (size_t i = 0; i < test->request.numbers; i++)
        json_object_set_new(numbers, test->request.number[i].name,
                            json_real(test->request.number[i].value));
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct assay_golden_array *g = &golden->output[k];
        json_t *shape = json_array();
        for (int axis = 0; axis < g->rank; axis++)
            json_array_append_new(shape, json_integer((json_int_t)g->dim[axis]));
        json_array_append_new(
            outputs, json_pack("{s:s, s:o, s:f, s:f}", "output", g->name, "shape", shape,
                               "largest_bound_f64", largest(g->bound[ASSAY_F64], g->count),
                               "largest_bound_f32", largest(g->bound[ASSAY_F32], g->count)));
    }
    json_t *draws = json_object(), *laws = json_object();
    for (size_t i = 0; i < test->request.draws; i++)
        json_object_set_new(draws, test->request.draw[i].name,
                            json_string(test->request.draw[i].law));
    for (size_t i = 0; i < test->laws; i++)
        json_object_set_new(laws, test->law[i].output, json_string(test->law[i].text));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "case", test->name,
                     "tier", test->tier, "covers", test->covers, "why", test->why, "impossible",
                     test->quotes, "conventions", conventions, "numbers", numbers, "draws", draws,
                     "laws", laws, "outputs", outputs);
}

static json_t *technique_json(const struct corpus_technique *t, json_t *cases)
{
    json_t *forks = json_array();
    for (int f = 0; f < numerics_f64.forks(t->name); f++) {
        const struct fork_info *info = numerics_f64.fork(t->name, f);
        json_array_append_new(forks, json_pack("{s:s, s:b, s:s, s:s}", "fork", info->name,
                                               "correct", info->kind == FORK_TWIN, "catalogue",
                                               info->catalogue, "what", info->what));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "family", t->family, "technique",
                     t->name, "formula", t->formula, "source", t->source, "last_verdicts",
                     last_verdicts(t->name), "forks", forks, "cases", cases);
}

static void show_technique(const struct corpus_technique *t)
{
    printf("%s (%s)\n  %s\n  source: %s\n", t->name, t->family, t->formula, t->source);
    show_files(t);
    show_verdicts(t->name);
    printf("forks\n");
    for (int f = 0; f < numerics_f64.forks(t->name); f++) {
        const struct fork_info *info = numerics_f64.fork(t->name, f);
        printf("  %-36s %s%s\n", info->name, info->kind == FORK_TWIN ? "(correct) " : "",
               info->what);
    }
    printf("cases\n");
}

static int run_show(int count, char **argument)
{
    int json = 0;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"--json", NULL, &json}};
    int rest = command_parse(&command_show, count, argument, 1, options);
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
    json_t *cases = json_array();
    if (!json)
        show_technique(t);
    for (size_t i = 0; i < file.cases; i++) {
        if (slash && strcmp(slash + 1, file.test[i].name) != 0)
            continue;
        json_array_append_new(cases, case_json(&file.test[i], &file.golden[i]));
        if (!json)
            show_case(&file.test[i], &file.golden[i]);
    }
    size_t shown = json_array_size(cases);
    json_t *document = technique_json(t, cases);
    if (json && shown) {
        json_dumpf(document, stdout, JSON_INDENT(1));
        putchar('\n');
    }
    json_decref(document);
    assay_file_free(&file);
    return shown ? 0 : command_fail(&command_show, "%s has no case %s", t->name, slash + 1);
}

const struct command command_show = {
    "show", "everything about one technique: formula, files, forks, cases, bounds", run_show,
    "usage: assay show TECHNIQUE[/CASE] [--json]\n\n"
    "Example: assay show adam\n"};
