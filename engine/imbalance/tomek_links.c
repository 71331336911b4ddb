// SPDX-License-Identifier: MIT
/* Tomek links; definition in reference/imbalance/tomek_links.h.
 *
 * How it is distributed: each rank searches the neighbours of its share of the samples among all of
 * them; the numbers of the neighbours cross the network. Outputs are sharded.
 */
#include "cleaning.h"

void tomek_links_run(struct question *q)
{
    const struct cleaning is = cleaning_read(q);
    const size_t N = is.classes.N, *all = cleaning_everybody(q, &is);
    const int *label = is.classes.label;
    if (N < 2)
        question_refuse(q, "its input 'x' has one sample, which has no neighbour; give more");
    size_t *nearest = arena_take(question_arena(q), N, sizeof *nearest);
    bool *removed = arena_take(question_arena(q), N, sizeof *removed);
    struct neighbours *search = neighbours_prepare(q, is.x, is.D, all, N, 1);
    neighbours_find_together(q, search, N, all, nearest, NULL);
    scalar *nearest_out = question_output(q, "nearest", "[N]");
    scalar *link = question_output(q, "link", "[N]");
    const size_t first = question_first(q, 'N'), end = first + question_part(q, 'N');
    for (size_t n = 0; n < N; n++) {
        const bool is_link = nearest[nearest[n]] == n && label[nearest[n]] != label[n];
        removed[n] = is_link && is.cleans[label[n]];
        if (n < first || n >= end)
            continue;
        nearest_out[n - first] = (scalar)nearest[n];
        link[n - first] = is_link ? (scalar)nearest[n] : -1;
    }
    cleaning_store(q, &is, removed);
}
