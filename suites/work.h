// SPDX-License-Identifier: MIT
/* work.h - how much has been computed, in units of about a microsecond, counted so that it is the
 * same on every machine. The search for a mistake is limited by it: what is found must not depend
 * on how fast the machine is.
 *
 * Most of the time of an answer goes into elementary functions, which the reference evaluates in
 * binary128. The binary32 and binary64 builds call them by other names (the Makefile's `counted`),
 * which count and pass on.
 */
#pragma once

/* Adds to what has been done. */
void work_add(double units);

/* What this process and those before its start have done. */
double work_done(void);
