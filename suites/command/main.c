// SPDX-License-Identifier: MIT
/* The `assay` command: asks the questions and judges the answers. Needs neither MPI nor BLAS. */
#include "claims.h"
#include "command.h"

#include "../paths.h"
#include "../version.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_list,   &command_show,   &command_cases,    &command_answer,
    &command_check,  &command_kill,   &command_diagnose, &command_verify,
    &command_report, &command_claims, &command_export,   &command_import};
static const size_t count_of_commands = sizeof commands / sizeof *commands;

const char *command_program = "assay";

int command_fail(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "assay %s: ", command->name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return 2;
}

static const struct option *option_named(const char *name, size_t options,
                                         const struct option *option)
{
    for (size_t i = 0; i < options; i++) {
        if (strcmp(option[i].name, name) == 0)
            return &option[i];
    }
    return NULL;
}

int command_parse(const struct command *command, int count, char **argument, size_t options,
                  const struct option *option)
{
    const char *data = NULL;
    const struct option everywhere = {"--data-directory", &data, NULL};
    int rest = 0;
    for (int i = 0; i < count; i++) {
        if (argument[i][0] != '-' || argument[i][1] == 0) {
            argument[rest++] = argument[i];
            continue;
        }
        const struct option *known = option_named(argument[i], options, option);
        if (!known)
            known = option_named(argument[i], 1, &everywhere);
        if (!known) {
            command_fail(command, "%s is not an option; `assay %s --help` lists them", argument[i],
                         command->name);
            return -1;
        }
        if (known->flag) {
            *known->flag = 1;
        } else if (i + 1 == count) {
            command_fail(command, "%s needs a value", argument[i]);
            return -1;
        } else {
            *known->text = argument[++i];
        }
    }
    if (data)
        paths_set_data(data);
    return rest;
}

static void help(FILE *out)
{
    fprintf(out, "assay %s: is this implementation right?\n\nusage: assay COMMAND [ARGUMENTS]\n\n",
            ASSAY_VERSION);
    for (size_t i = 0; i < count_of_commands; i++)
        fprintf(out, "  %-10s%s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\nassay COMMAND --help explains one. Example:\n"
                 "  build/assay-reference run data -o result.h5 && build/assay check result.h5\n"
                 "Exit status: 0 pass, 1 the thing under test fails, 2 unusable input or usage.\n");
}

static int wants_help(int count, char **argument)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(argument[i], "--help") == 0 || strcmp(argument[i], "-h") == 0)
            return 1;
    }
    return 0;
}

int main(int count, char **argument)
{
    if (count < 2) {
        help(stderr);
        return 2;
    }
    command_program = argument[0];
    for (size_t i = 0; i < count_of_commands; i++) {
        if (strcmp(argument[1], commands[i]->name) != 0)
            continue;
        if (wants_help(count - 2, argument + 2)) {
            printf("%s", commands[i]->help);
            return 0;
        }
        int status = commands[i]->run(count - 2, argument + 2);
        if (fflush(stdout) != 0)
            return command_fail(commands[i], "the output could not be written");
        return status;
    }
    if (wants_help(1, argument + 1)) {
        help(stdout);
        return 0;
    }
    if (strcmp(argument[1], "--version") == 0) {
        printf("assay %s\n", ASSAY_VERSION);
        return 0;
    }
    fprintf(stderr, "assay: %s is not a command; `assay --help` lists them\n", argument[1]);
    return 2;
}
