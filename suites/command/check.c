// SPDX-License-Identifier: MIT
#include "command.h"

#include "../check.h"

static int run_check(int count, char **argument)
{
    const char *only = NULL, *junit = NULL;
    int json = 0, quiet = 0, status;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"--case", &only, NULL},
                                     {"--junit", &junit, NULL},
                                     {"--json", NULL, &json},
                                     {"--quiet", NULL, &quiet}};
    int rest = command_parse(&command_check, count, argument, 4, options);
    if (rest < 0)
        return 2;
    if (rest == 0)
        return command_fail(&command_check, "a result file is needed, as in assay check result.h5");
    struct check check;
    const char *const *goldens = (const char *const *)argument + 1;
    if (check_run(&check, argument[0], (size_t)rest - 1, goldens, only, error) != 0)
        return command_fail(&command_check, "%s", error);
    status = check_passed(&check) ? 0 : 1;
    if (json && check_print_json(&check, stdout) != 0)
        status = command_fail(&command_check, "the JSON document could not be written");
    if (!json)
        check_print(&check, quiet, stdout);
    if (junit && check_write_junit(&check, junit, error) != 0)
        status = command_fail(&command_check, "%s", error);
    check_free(&check);
    return status;
}

const struct command command_check = {
    "check", "compare a result file with the goldens", run_check,
    "usage: assay check RESULT.h5 [GOLDEN.h5 ...] [options]\n\n"
    "Compares every output that RESULT.h5 claims with its golden, element by element. Without\n"
    "GOLDEN.h5 the shipped corpus is used, and every case of a claimed technique must be there.\n\n"
    "  --case TECHNIQUE[/CASE]  only these\n"
    "  --quiet                  only what is wrong, and the summary\n"
    "  --json                   one JSON document instead of lines\n"
    "  --junit FILE             JUnit XML as well\n"
    "  --data-directory DIR     where the corpus is\n\n"
    "Example: assay check result.h5 --case adam --junit report.xml\n"
    "Exit status: 0 everything covered passed; 1 something failed or is missing; 2 unusable.\n"};

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
    if (check_run(&check, argument[0], 0, NULL, NULL, error) != 0)
        return command_fail(&command_diagnose, "%s", error);
    int status = check_passed(&check) ? 0 : 1;
    if (json && check_print_json(&check, stdout) != 0)
        status = 2;
    for (size_t i = 0; !json && i < check.verdicts; i++) {
        const struct check_verdict *v = &check.verdict[i];
        if (v->status == CHECK_FAIL)
            printf("%s/%s: %s\n", v->technique, v->name,
                   v->diagnosis[0] ? v->diagnosis : "equals no fork that is known");
    }
    if (!json && status == 0)
        printf("nothing failed, so there is nothing to diagnose\n");
    check_free(&check);
    return status;
}

const struct command command_diagnose = {
    "diagnose", "name the mistake that a failing result makes", run_diagnose,
    "usage: assay diagnose RESULT.h5 [--json]\n\n"
    "For every failing case: which known bug or rival convention its outputs equal, and to how\n"
    "many digits.\n\n"
    "Example: assay diagnose result.h5\n"
    "Exit status: as for check.\n"};
