// SPDX-License-Identifier: MIT
/* gate_parse.h - a gate file while it is read: gate_parse.c has its lines, gate_statements.c what
 * they say. */
#pragma once

#include "gate.h"

struct parse {
    struct gate *gate;
    const char *path;
    char *error;
    int line;
    char text[GATE_LINE + 1]; /* the line */
    char *rest;               /* what of it is not read yet */
    char word[GATE_NAME + 2];
};

/* Writes a sentence about the line and returns 2. */
int parse_fail(struct parse *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The next word into p->word; 0 at the end of the line, or where a comment begins. */
int parse_word(struct parse *p);

/* Reads what a line says, from its first word on. Empty lines say nothing. */
int parse_statement(struct parse *p);
