// SPDX-License-Identifier: MIT
/* diagnose_apart.h - a part of the search in a process of its own.
 *
 * Requests with other conventions and numbers, above all in forks, which check nothing, may crash
 * or never end; that must not be the end of a check. */
#pragma once

#include "diagnose_match.h"

/* Calls `work`, which adds to the explanations of `d`, and returns the processor time that it took,
 * in seconds. When it crashes or takes too long, the explanations stay as they are. With
 * ASSAY_READ_IN_PROCESS set in the environment it is called in this process. */
double diagnose_apart(struct diagnosing *d, void (*work)(void *), void *argument);
