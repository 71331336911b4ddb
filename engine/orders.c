// SPDX-License-Identifier: MIT
#include "orders.h"

#include "failure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE = 64 };

/* What rank 0 makes of a line: 1, 0 at the end, -1 if it is no order. */
static int read_line(const char *word, struct order *order, char line[LINE])
{
    char rest, count[10] = "";
    if (fgets(line, LINE, stdin) == NULL)
        return 0;
    line[strcspn(line, "\n")] = '\0';
    snprintf(order->what, sizeof order->what, "%s", word);
    const bool is_number = line[0] >= '0' && line[0] <= '9';
    /* As letters first: %zu takes a sign, too. */
    const int found = is_number ? sscanf(line, "%9[0-9] %c", count, &rest)
                                : sscanf(line, "%15[a-z] %9[0-9] %c", order->what, count, &rest);
    order->count = strtoul(count, NULL, 10);
    return found == (is_number ? 1 : 2) && order->count > 0 ? 1 : -1;
}

int orders_next(const struct team *team, const char *word, struct order *order)
{
    struct {
        struct order order;
        int status;
    } next = {.status = 0};
    char line[LINE] = "";
    if (team->rank == 0)
        next.status = read_line(word, &next.order, line);
    /* MPI's own waiting would take time from whoever is being timed. */
    MPI_Request request;
    MPI_Ibcast(&next, sizeof next, MPI_BYTE, 0, team->comm, &request);
    for (int done = 0; !done;) {
        MPI_Test(&request, &done, MPI_STATUS_IGNORE);
        if (!done)
            nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
    }
    *order = next.order;
    if (next.status < 0)
        failure_unusable("stdin: '%s' is no order; write a word and a whole number from 1, such as "
                         "'%s 100'",
                         line, word);
    return next.status;
}

void orders_answer(const struct team *team, double seconds)
{
    if (team->rank != 0)
        return;
    printf("%.9g\n", seconds);
    fflush(stdout);
}

void orders_answer_numbers(const struct team *team, const scalar *value, size_t count, bool ends)
{
    if (team->rank != 0)
        return;
    for (size_t i = 0; i < count; i++)
        printf("%.9g ", (double)value[i]);
    if (ends)
        puts("");
    fflush(stdout);
}

int orders_refuse(const struct order *order, const char *known)
{
    failure_unusable("stdin: the order '%s' is unknown; known are: %s", order->what, known);
    return -1;
}
