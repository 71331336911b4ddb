// SPDX-License-Identifier: MIT
#include "distance.h"

struct distance_settings distance_settings_read(struct question *q)
{
    static const char *const places[] = {"none", "difference", "sum", NULL};
    const int place = question_choice(q, "epsilon_place", places);
    struct distance_settings settings = {.in_difference = place == 1,
                                         .in_sum = place == 2,
                                         .epsilon = question_number_or(q, "epsilon", (scalar)1e-6)};
    if (!(settings.epsilon >= 0))
        question_refuse(q, "its 'epsilon' is %g; give at least 0", (double)settings.epsilon);
    return settings;
}

void distance_rows(const struct loss_view *view, const struct distance_settings *settings,
                   const scalar *a, const scalar *b, scalar *u, scalar *s)
{
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar difference = a[i] - b[i];
        u[i] = settings->in_difference ? difference + settings->epsilon : difference;
    }
    team_row_products(view->team, view->rows, view->columns, u, u, s);
    for (size_t n = 0; settings->in_sum && n < view->rows; n++)
        s[n] += settings->epsilon;
}
