// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run_verify(int count, char **argument)
{
    size_t files, cases;
    char error[ASSAY_ERROR] = "";
    int json = 0;
    const struct option options[] = {{"--json", NULL, &json}};
    int rest = command_parse(&command_verify, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest > 0)
        return command_fail(&command_verify, "%s is not understood: verify takes no names",
                            argument[0]);
    int status = corpus_verify(paths_data(), json ? stderr : stdout, &files, &cases, error);
    if (status == 2)
        return command_fail(&command_verify, "%s", error);
    if (json)
        printf("{\"verdict\": \"%s\", \"files\": %zu, \"cases\": %zu}\n", status ? "FAIL" : "PASS",
               files, cases);
    else
        printf("%s: %zu files, %zu cases %s\n", status ? "FAIL" : "PASS", files, cases,
               status ? "do not match the manifest" : "match the manifest");
    return status;
}

const struct command command_verify = {
    "verify", "compare the corpus with its manifest", run_verify,
    "usage: assay verify [--json] [--data-directory DIR]\n\n"
    "Every file's SHA-256 and number of cases against data/manifest.json.\n\n"
    "Example: assay verify\n"
    "Exit status: 0 all match; 1 some differ; 2 no usable manifest.\n"};

/* The renderer is a Python program; everything it shows is in the records. */
static int run_report(int count, char **argument)
{
    const char *output = "reports/runs/report";
    char script[4096], python[] = "sh", into[] = "-o";
    const struct option options[] = {{"-o", &output, NULL}};
    int rest = command_parse(&command_report, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest == 0)
        return command_fail(&command_report, "a record is needed, as in assay report record.json");
    if (paths_join(script, sizeof script, paths_data(), "../reports/render.sh") != 0 ||
        access(script, R_OK) != 0)
        return command_fail(&command_report, "%s: the renderer is not there", script);
    char **word = calloc((size_t)rest + 5, sizeof *word);
    if (!word)
        return command_fail(&command_report, "no memory left for the names of the records");
    word[0] = python;
    word[1] = script;
    memcpy(word + 2, argument, (size_t)rest * sizeof *word);
    word[rest + 2] = into;
    word[rest + 3] = (char *)output;
    execvp(python, word);
    free(word);
    return command_fail(&command_report, "the renderer could not be started: %s", strerror(errno));
}

const struct command command_report = {
    "report", "render the record of a benchmark, compare records, or rank others", run_report,
    "usage: assay report RECORD.json... [-o FOLDER]\n\n"
    "Of a record of `make bench`: report.html, report.pdf and report.md in FOLDER\n"
    "(reports/runs/report).\n\n"
    "Of two or more such records: what changed from the first to each other, and whether it\n"
    "matters, in the same three forms, with every difference as a row of changes.csv. Rules are\n"
    "fixed and stated in the report. So for findings.json of two or more `make claims`.\n\n"
    "Of what `assay check --json-file` wrote about two or more implementations, or of records of\n"
    "`make peers`: a ranking by technique with a heat map, as report.html, report.pdf and\n"
    "report.md, and its figures as ranking.csv and ranking_pairs.csv. Each pair is compared on\n"
    "the cases that both answer in the same precision.\n\n"
    "Example: assay report reports/runs/latest/record.json -o reports/runs/latest\n"
    "         assay report old/record.json new/record.json -o comparison\n"
    "         assay check mine.h5 --json-file mine.json\n"
    "         assay check theirs.h5 --json-file theirs.json\n"
    "         assay report mine.json theirs.json -o ranking\n"
    "Exit status: 0 written; 2 unusable.\n"};
