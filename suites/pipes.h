// SPDX-License-Identifier: MIT
/* pipes.h - what a process sends to the one that started it. */
#pragma once

#include <stddef.h>

/* All bytes or none are good; return 0, or 2 when the other end is gone. */
int pipes_put(int to, const void *from, size_t size);
int pipes_get(int from, void *to, size_t size);

/* Opens a pipe that no program started later inherits. Returns 0 or 2. */
int pipes_open(int ends[2]);
