// SPDX-License-Identifier: MIT
#include "command.h"

#include "../check.h"
#include "../protocol/case_image.h"
#include "../words.h"

#include <string.h>

/* Reports into files, each with the writer of its format. */
enum { REPORTS = 5 };
struct report {
    const char *option, *path;
    int (*writer)(const struct check *, FILE *);
};

/* No file may be written twice, or over what is read. */
static int check_paths(const struct report report[REPORTS], const char *result, const char *gate,
                       char *error)
{
    for (size_t i = 0; i < REPORTS; i++) {
        const char *path = report[i].path;
        const char *other = NULL;
        if (!path)
            continue;
        for (size_t k = 0; k < i; k++) {
            if (report[k].path && strcmp(report[k].path, path) == 0)
                other = report[k].option;
        }
        if (strcmp(path, result) == 0)
            other = "the result";
        if (gate && strcmp(path, gate) == 0)
            other = "--gate";
        if (other) {
            snprintf(error, ASSAY_ERROR, "%.200s: is named by %s and by %s; name two files", path,
                     other, report[i].option);
            return 2;
        }
        if (store_check(path, error) != 0)
            return 2;
    }
    return 0;
}

static int read_today(const char *text, int *today, char *error)
{
    *today = text ? words_date(text) : words_today();
    if (*today <= 0)
        snprintf(error, ASSAY_ERROR, "--today %.60s is no date; write it as in 2027-06-30", text);
    return *today > 0 ? 0 : 2;
}

static int write_reports(const struct check *check, const struct report report[REPORTS])
{
    char error[ASSAY_ERROR] = "";
    for (size_t i = 0; i < REPORTS; i++) {
        if (report[i].path && check_store(check, report[i].writer, report[i].path, error) != 0)
            return command_fail(&command_check, "%s", error);
    }
    return 0;
}

/* Prints and writes what was found. Returns the exit status. */
static int report_check(const struct check *check, const struct report report[REPORTS], int json,
                        int quiet)
{
    int status = check_passed(check) ? 0 : 1;
    if (json && check_print_json(check, stdout) != 0)
        status = command_fail(&command_check, "the JSON document could not be written");
    if (!json)
        check_print(check, quiet, stdout);
    return write_reports(check, report) == 0 ? status : 2;
}

static int run_check(int count, char **argument)
{
    const char *gate_path = NULL, *today = NULL;
    int json = 0, quiet = 0;
    char error[ASSAY_ERROR] = "";
    struct check_scope scope = {.program = command_program};
    struct report report[REPORTS] = {{"--junit", NULL, check_print_junit},
                                     {"--tap", NULL, check_print_tap},
                                     {"--json-file", NULL, check_print_json},
                                     {"--markdown", NULL, check_print_markdown},
                                     {"--badge", NULL, check_print_badge}};
    const struct option options[] = {{"--case", &scope.only, NULL},
                                     {"--gate", &gate_path, NULL},
                                     {"--today", &today, NULL},
                                     {"--json", NULL, &json},
                                     {"--quiet", NULL, &quiet},
                                     {"--junit", &report[0].path, NULL},
                                     {"--tap", &report[1].path, NULL},
                                     {"--json-file", &report[2].path, NULL},
                                     {"--markdown", &report[3].path, NULL},
                                     {"--badge", &report[4].path, NULL}};
    int rest =
        command_parse(&command_check, count, argument, sizeof options / sizeof *options, options);
    if (rest < 0)
        return 2;
    if (rest == 0)
        return command_fail(&command_check, "a result file is needed, as in assay check result.h5");
    struct check check;
    struct gate gate = {.path = ""};
    const char *const *goldens = (const char *const *)argument + 1;
    if (check_paths(report, argument[0], gate_path, error) != 0 ||
        read_today(today, &scope.today, error) != 0 ||
        (gate_path && gate_read(&gate, gate_path, error) != 0))
        return command_fail(&command_check, "%s", error);
    scope.gate = gate_path ? &gate : NULL;
    int status = check_run(&check, argument[0], (size_t)rest - 1, goldens, &scope, error);
    if (status != 0)
        command_fail(&command_check, "%s", error);
    else
        status = report_check(&check, report, json, quiet);
    check_free(&check);
    gate_free(&gate);
    return status;
}

const struct command command_check = {
    "check", "compare a result file with the goldens", run_check,
    "usage: assay check RESULT.h5 [GOLDEN.h5 ...] [options]\n\n"
    "Compares every output that RESULT.h5 claims with its golden, element by element. Without\n"
    "GOLDEN.h5 the shipped corpus is used, and every case of a claimed technique must be there.\n\n"
    "  --case TECHNIQUE[/CASE]  only these\n"
    "  --gate FILE              what is demanded: see below\n"
    "  --today DATE             the day for the gate's exceptions, as in 2027-06-30; else today\n"
    "  --quiet                  only what is wrong, and the summary\n"
    "  --json                   one JSON document instead of lines\n"
    "  --junit FILE             JUnit XML as well\n"
    "  --tap FILE               Test Anything Protocol, version 14, as well\n"
    "  --json-file FILE         the JSON document as well\n"
    "  --markdown FILE          a summary for a pull request as well\n"
    "  --badge FILE             a small picture (SVG) as well\n"
    "  --data-directory DIR     where the corpus is\n\n"
    "Grades: A within the bound (a ratio of at most 1), B within 4, C within 16, F beyond. "
    "Without\n"
    "a gate only A passes.\n\n"
    "A gate is a file of lines, explained in ci/GATE.md; # begins a comment:\n"
    "  judge activations adam            only these families and techniques count\n"
    "  require adam softmax              fails unless cases of these are answered\n"
    "  tiers exact bounded trajectory    leaves out refused and statistical\n"
    "  precision f32 f64                 results in others fail\n"
    "  convention adam.maximize = yes    only cases with it; a result that declares another fails\n"
    "  grade B gelu                      enough for gelu; without a name, for everything\n"
    "  except gelu/tail* in f32 until 2027-06-30 because erf loses the tail\n"
    "  at least 400 covered              and: at most 20 uncovered\n"
    "With --case, require, at least and at most are not looked at.\n\n"
    "Example: assay check result.h5 --gate assay.gate --junit report.xml --markdown summary.md\n"
    "Exit status: 0 everything covered passed and the gate is met; 1 something failed or is\n"
    "missing; 2 unusable.\n"};

static int run_diagnose(int count, char **argument)
{
    int json = 0;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"--json", NULL, &json}};
    int rest = command_parse(&command_diagnose, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest != 1)
        return command_fail(&command_diagnose, "one result file is needed");
    struct check check;
    const struct check_scope scope = {.program = command_program, .thorough = 1};
    if (check_run(&check, argument[0], 0, NULL, &scope, error) != 0)
        return command_fail(&command_diagnose, "%s", error);
    int status = check_passed(&check) ? 0 : 1;
    if (json && check_print_json(&check, stdout) != 0)
        status = 2;
    if (!json)
        check_print_diagnoses(&check, stdout);
    if (!json && status == 0)
        printf("nothing failed, so there is nothing to diagnose\n");
    check_free(&check);
    return status;
}

const struct command command_diagnose = {
    "diagnose", "name the mistake that a failing result makes", run_diagnose,
    "usage: assay diagnose RESULT.h5 [--json]\n\n"
    "For every failing case: which mistake its outputs equal (a known bug, a rival convention,\n"
    "another number, an accident such as a transposed array, or two of these), and to how many\n"
    "digits; then a line for the cases of a technique that fail alike. `assay check` says the "
    "same,\n"
    "but where hundreds of cases fail it looks less far: this takes the time that it needs.\n\n"
    "Example: assay diagnose result.h5\n"
    "Exit status: as for check.\n"};
