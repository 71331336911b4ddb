// SPDX-License-Identifier: MIT
/* progress.h - a progress bar with the time left, on stderr, when that is a terminal. */
#pragma once

#include <stddef.h>
#include <time.h>

struct progress {
    const char *what;
    size_t total;
    int shown;
    struct timespec start;
};

/* `total` units of work of the kind `what` begin now. */
void progress_start(struct progress *progress, const char *what, size_t total);
void progress_update(struct progress *progress, size_t done);
void progress_end(struct progress *progress);
