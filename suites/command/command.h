// SPDX-License-Identifier: MIT
/* command.h - the commands of `assay`. Each gets its arguments without the command's own name, and
 * returns the exit status: 0 pass, 1 the thing under test fails, 2 unusable input or usage. */
#pragma once

#include <stddef.h>

struct command {
    const char *name, *summary;
    int (*run)(int count, char **argument);
    const char *help; /* usage, options, an example */
};

extern const struct command command_list, command_show, command_cases, command_answer,
    command_check, command_diagnose, command_kill, command_verify, command_report;

/* What the user called: what is suggested to be called again begins with it. */
extern const char *command_program;

/* What an option is called and where its value goes: `text` for --name VALUE, `flag` for --name. */
struct option {
    const char *name;
    const char **text;
    int *flag;
};

/* Sorts arguments into options and the rest, which is moved to the front of `argument`. Returns how
 * many there are, or -1 after one sentence on stderr. Every command knows --data-directory DIR. */
int command_parse(const struct command *command, int count, char **argument, size_t options,
                  const struct option *option);

/* Prints "assay COMMAND: sentence" on stderr and returns 2. */
int command_fail(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
