// SPDX-License-Identifier: MIT
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 30 };

void progress_start(struct progress *progress, const char *what, size_t total)
{
    *progress = (struct progress){.what = what, .total = total ? total : 1};
    progress->shown = isatty(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
    progress_update(progress, 0);
}

void progress_update(struct progress *progress, size_t done)
{
    struct timespec now;
    char bar[WIDTH + 1];
    if (!progress->shown)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double elapsed = (double)(now.tv_sec - progress->start.tv_sec) +
                     1e-9 * (double)(now.tv_nsec - progress->start.tv_nsec);
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i * progress->total < done * WIDTH ? '#' : '.';
    bar[WIDTH] = 0;
    fprintf(stderr, "\r%s [%s] %zu of %zu", progress->what, bar, done, progress->total);
    if (done > 0 && done < progress->total)
        fprintf(stderr, ", %.0f s left  ",
                elapsed / (double)done * (double)(progress->total - done));
    else
        fprintf(stderr, "               ");
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fprintf(stderr, "\r\033[K");
}
