// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../golden.h"
#include "../progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int answer_file(const char *from, const char *to)
{
    struct assay_file file;
    struct progress progress;
    char error[ASSAY_ERROR] = "";
    if (assay_file_read(&file, from, 0, error) != 0)
        return command_fail(&command_answer, "%s", error);
    file.golden = calloc(file.cases, sizeof *file.golden);
    int status = file.golden ? 0 : 2;
    progress_start(&progress, "cases", file.cases);
    for (size_t i = 0; status == 0 && i < file.cases; i++) {
        struct golden_findings found = {0};
        if (!file.test[i].why[0])
            snprintf(file.test[i].why, sizeof file.test[i].why, "A question of one's own.");
        status = golden_derive(&file.test[i], &file.golden[i], &found, error);
        progress_update(&progress, i + 1);
    }
    progress_end(&progress);
    if (status == 0)
        status = assay_file_write(&file, to, error);
    if (status == 0)
        printf("%s: %zu cases answered\n", to, file.cases);
    else
        command_fail(&command_answer, "%s: %s", from, error);
    assay_file_free(&file);
    return status;
}

static int run_answer(int count, char **argument)
{
    const char *output = NULL, *corpus = NULL, *only = NULL;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {
        {"-o", &output, NULL}, {"--corpus", &corpus, NULL}, {"--technique", &only, NULL}};
    int rest = command_parse(&command_answer, count, argument, 3, options);
    if (rest < 0)
        return 2;
    if (corpus) {
        if (only && !corpus_find(only))
            return command_fail(&command_answer, "no technique is named %s; see assay list", only);
        int workers = (int)sysconf(_SC_NPROCESSORS_ONLN);
        if (corpus_generate(corpus, only, workers > 0 ? workers : 1, error) != 0)
            return command_fail(&command_answer, "%s", error);
        return 0;
    }
    if (rest != 1 || !output)
        return command_fail(&command_answer,
                            "one case file and -o are needed, as in assay answer cases.h5 -o "
                            "golden.h5");
    if (strcmp(argument[0], output) == 0)
        return command_fail(&command_answer, "%s: would be overwritten; name another file", output);
    return answer_file(argument[0], output);
}

const struct command command_answer = {
    "answer", "compute goldens and bounds for cases", run_answer,
    "usage: assay answer CASES.h5 -o GOLDEN.h5\n"
    "       assay answer --corpus DIRECTORY [--technique NAME]\n\n"
    "Answers every case in binary128, derives the bounds for binary64 and binary32, certifies the\n"
    "margin of every decision, and confirms gradients by central differences and everything by a\n"
    "second formula. A case that cannot be certified is refused. The second form does so for the\n"
    "shipped cases and writes them with a manifest.\n\n"
    "Example: assay answer my_cases.h5 -o my_goldens.h5\n"
    "Exit status: 0, or 2 when a case is unusable or cannot be certified.\n"};

static int run_cases(int count, char **argument)
{
    const char *output = NULL;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"-o", &output, NULL}};
    int rest = command_parse(&command_cases, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest != 1 || !output)
        return command_fail(&command_cases, "a technique and -o are needed, as in assay cases adam "
                                            "-o adam_cases.h5");
    const struct corpus_technique *technique = corpus_find(argument[0]);
    if (!technique)
        return command_fail(&command_cases, "no technique is named %s; `assay list` names all",
                            argument[0]);
    struct case_list list;
    corpus_cases(technique, &list);
    struct assay_file file = {.cases = list.count, .test = list.test};
    int status = assay_file_write(&file, output, error);
    if (status != 0)
        command_fail(&command_cases, "%s", error);
    else
        printf("%s: %zu cases\n", output, list.count);
    case_list_free(&list);
    return status;
}

const struct command command_cases = {
    "cases", "write the cases of a technique without their answers", run_cases,
    "usage: assay cases TECHNIQUE -o CASES.h5\n\n"
    "Example: assay cases adam -o adam_cases.h5 && assay answer adam_cases.h5 -o adam_golden.h5\n"
    "Exit status: 0, or 2 on unusable input.\n"};
