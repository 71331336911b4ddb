// SPDX-License-Identifier: MIT
#include "command.h"

#include "../exchange/exchange.h"

#include <stdio.h>
#include <string.h>

static int run_import(int count, char **argument)
{
    const char *output = NULL;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"-o", &output, NULL}};
    struct assay_result result;
    int rest = command_parse(&command_import, count, argument, 1, options);
    if (rest < 0)
        return 2;
    if (rest != 1 || !output)
        return command_fail(&command_import, "one file of results and -o are needed, as in assay "
                                             "import result.json -o result.h5");
    if (strcmp(argument[0], output) == 0)
        return command_fail(&command_import, "%s: would be overwritten; name another file", output);
    if (exchange_read(&result, argument[0], error) != 0)
        return command_fail(&command_import, "%s", error);
    size_t cases = 0;
    for (size_t i = 0; i < result.techniques; i++)
        cases += result.technique[i].cases;
    int status = assay_result_write(&result, output, error);
    if (status == 0)
        printf("%s: %zu cases of %zu techniques\n", output, cases, result.techniques);
    else
        command_fail(&command_import, "%s", error);
    assay_result_free(&result);
    return status;
}

const struct command command_import = {
    "import", "make a result file of npz, JSON or CSV", run_import,
    "usage: assay import PATH -o RESULT.h5\n\n"
    "Reads the results of an implementation that has no HDF5, and writes what `assay check` "
    "reads.\n"
    "The format is told by the content; data/EXCHANGE.md has all three on one page.\n\n"
    "Example: assay import result.json -o result.h5 && assay check result.h5\n"
    "Exit status: 0, or 2 on unusable input.\n"};
