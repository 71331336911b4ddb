// SPDX-License-Identifier: MIT
#include "command.h"

#include "../exchange/exchange.h"
#include "../protocol/case_paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Moves the cases of one file to the end of another. */
static int append(struct assay_file *all, struct assay_file *part, char *error)
{
    size_t cases = all->cases + part->cases;
    struct assay_case *test = realloc(all->test, cases * sizeof *test);
    all->test = test != NULL ? test : all->test;
    struct assay_golden *golden =
        part->golden != NULL ? realloc(all->golden, cases * sizeof *golden) : NULL;
    all->golden = golden != NULL ? golden : all->golden;
    if (test == NULL || (part->golden != NULL && golden == NULL)) {
        snprintf(error, ASSAY_ERROR, "no memory is left for the cases: export fewer");
        return 2;
    }
    memcpy(test + all->cases, part->test, part->cases * sizeof *test);
    if (golden != NULL)
        memcpy(golden + all->cases, part->golden, part->cases * sizeof *golden);
    all->cases = cases;
    part->cases = 0; /* what they hold is now the other's */
    return 0;
}

/* One technique may stand in one file only: its cases would be mixed. */
static int check_new(const struct assay_file *all, const struct assay_file *part, const char *path,
                     char *error)
{
    for (size_t i = 0; i < part->cases; i++) {
        if (i > 0 && strcmp(part->test[i].technique, part->test[i - 1].technique) == 0)
            continue;
        for (size_t k = 0; k < all->cases; k++)
            if (strcmp(all->test[k].technique, part->test[i].technique) == 0) {
                snprintf(error, ASSAY_ERROR,
                         "%.160s: holds cases of %s, and so does a file before it: export them one "
                         "by one",
                         path, part->test[i].technique);
                return 2;
            }
    }
    return 0;
}

static int read_all(struct assay_file *all, const struct case_paths *paths, int with_golden,
                    char *error)
{
    int code = 0;
    for (size_t i = 0; code == 0 && i < paths->count; i++) {
        struct assay_file part;
        code = assay_file_read(&part, paths->path[i], with_golden, error);
        if (code != 0)
            break;
        code = check_new(all, &part, paths->path[i], error);
        if (code == 0)
            code = append(all, &part, error);
        assay_file_free(&part);
    }
    return code;
}

/* By its name, or by the end of the path; EXCHANGE_FORMATS when it is neither. */
static enum exchange_format find_format(const char *name, const char *path)
{
    const char *dot = strrchr(path, '.');
    enum exchange_format format = 0;
    if (name == NULL)
        name = dot != NULL ? dot + 1 : "";
    while (format < EXCHANGE_FORMATS && strcmp(exchange_format_name(format), name) != 0)
        format++;
    return format;
}

static int run_export(int count, char **argument)
{
    const char *output = NULL, *name = NULL;
    int with_golden = 0, hexadecimal = 0;
    char error[ASSAY_ERROR] = "";
    const struct option options[] = {{"-o", &output, NULL},
                                     {"--format", &name, NULL},
                                     {"--with-golden", NULL, &with_golden},
                                     {"--hexadecimal", NULL, &hexadecimal}};
    int rest = command_parse(&command_export, count, argument, 4, options);
    if (rest < 0)
        return 2;
    if (rest == 0 || !output)
        return command_fail(&command_export, "case files and -o are needed, as in assay export "
                                             "data/activations -o cases.json");
    enum exchange_format format = find_format(name, output);
    if (format == EXCHANGE_FORMATS)
        return command_fail(&command_export, "the format is not npz, json or csv: use --format");
    struct case_paths paths = {0};
    struct assay_file all = {0};
    int status = 0;
    for (int i = 0; status == 0 && i < rest; i++)
        status = case_paths_add(&paths, argument[i], error);
    if (status == 0)
        status = read_all(&all, &paths, with_golden, error);
    if (status == 0)
        status = exchange_write(&all, format, hexadecimal, output, error);
    if (status == 0)
        printf("%s: %zu cases\n", output, all.cases);
    else
        command_fail(&command_export, "%s", error);
    assay_file_free(&all);
    case_paths_free(&paths);
    return status;
}

const struct command command_export = {
    "export", "write cases as npz, JSON or CSV", run_export,
    "usage: assay export CASES.h5... -o PATH [options]\n\n"
    "Writes case files, or folders of them, in a format that needs no HDF5: for languages without\n"
    "it. Every number keeps its bits. data/EXCHANGE.md has the formats on one page.\n\n"
    "  --format npz|json|csv    otherwise as PATH ends\n"
    "  --with-golden            the right answers and their bounds too\n"
    "  --hexadecimal            numbers of CSV as 0x1.8p+1, which R reads exactly\n\n"
    "Example: assay export data/activations/sigmoid.h5 -o cases.json\n"
    "Exit status: 0, or 2 on unusable input.\n"};
