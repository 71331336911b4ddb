// SPDX-License-Identifier: MIT
#include "command.h"

#include "../corpus.h"
#include "../paths.h"

#include <errno.h>
#include <stdio.h>
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

/* The renderer is a Python program; everything it shows is in the record. */
static int run_report(int count, char **argument)
{
    const char *output = "reports/runs/report";
    char script[4096], python[] = "sh";
    const struct option options[] = {{"-o", &output, NULL}};
    int rest = command_parse(&command_report, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest != 1)
        return command_fail(&command_report,
                            "one record is needed, as in assay report record.json");
    if (paths_join(script, sizeof script, paths_data(), "../reports/render.sh") != 0 ||
        access(script, R_OK) != 0)
        return command_fail(&command_report, "%s: the renderer is not there", script);
    execlp(python, python, script, argument[0], "-o", output, (char *)NULL);
    return command_fail(&command_report, "the renderer could not be started: %s", strerror(errno));
}

const struct command command_report = {
    "report", "render the record of a benchmark", run_report,
    "usage: assay report RECORD.json [-o FOLDER]\n\n"
    "Writes report.html, report.pdf and report.md into FOLDER (reports/runs/report).\n\n"
    "Example: assay report reports/runs/latest/record.json -o reports/runs/latest\n"};
