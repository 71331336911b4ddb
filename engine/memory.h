// SPDX-License-Identifier: MIT
/* memory.h - how much memory this process has taken. */
#pragma once

/* Remembers what is taken now as what a program takes before it works: MPI and the libraries. */
void memory_begin(void);

/* Bytes of resident memory at memory_begin, and at most so far. */
double memory_base(void);
double memory_peak(void);
