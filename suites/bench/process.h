// SPDX-License-Identifier: MIT
/* process.h - runs other programs and keeps what they print. */
#pragma once

#include <stddef.h>

/* NAME=VALUE pairs that are set for one program only, ended by NULL. */
struct process_result {
    int status;     /* exit status; 128 + signal when it was killed; 127 when it did not start */
    double seconds; /* wall time */
    char *output;   /* its standard output, ended by 0; to be freed */
    size_t size;
};

/* Runs argument[0] (found through PATH) with arguments ended by NULL. Standard error goes where
 * ours goes. `variables` (ended by NULL, or NULL) are added to the environment. */
struct process_result process_run(const char *const argument[], const char *const variables[]);

/* The first line of what a program prints, without its end; "" when it fails. */
void process_first_line(char *line, size_t size, const char *const argument[]);
