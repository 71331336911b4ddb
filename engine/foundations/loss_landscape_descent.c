// SPDX-License-Identifier: MIT
/* Descent on textbook landscapes; definition in reference/foundations/loss_landscape_descent.h.
 *
 * How it is distributed: the starts are sharded evenly, each rank follows its own to the end.
 * Nothing crosses the network before the paths are gathered, and nothing is added over ranks.
 */
#include "../techniques.h"

enum landscape { DOUBLE_WELL, SADDLE, MONKEY_SADDLE, BOWL };

struct point {
    scalar x, y;
};

struct settings {
    enum landscape landscape;
    bool nesterov;
    scalar rate, momentum, tilt, condition, radius;
};

static struct point slope(const struct settings *is, struct point p)
{
    const scalar x = p.x, y = p.y;
    switch (is->landscape) {
    case DOUBLE_WELL:
        return (struct point){(x * x - 1) * x + is->tilt, 0};
    case SADDLE:
        return (struct point){x, -y};
    case MONKEY_SADDLE:
        return (struct point){x * x - y * y, -2 * x * y};
    case BOWL:
        break;
    }
    return (struct point){x, is->condition * y};
}

static scalar height_of(const struct settings *is, struct point p)
{
    const scalar xx = p.x * p.x, yy = p.y * p.y;
    switch (is->landscape) {
    case DOUBLE_WELL:
        return (xx - 1) * (xx - 1) / 4 + is->tilt * p.x;
    case SADDLE:
        return (xx - yy) / 2;
    case MONKEY_SADDLE:
        return xx * p.x / 3 - p.x * yy;
    case BOWL:
        break;
    }
    return (xx + is->condition * yy) / 2;
}

static scalar moved(const struct settings *is, scalar at, scalar *v, scalar g)
{
    *v = is->momentum * *v + g;
    return at - is->rate * (is->nesterov ? g + is->momentum * *v : *v);
}

static struct settings read_settings(struct question *q)
{
    static const char *const names[] = {"double_well", "saddle", "monkey_saddle", "bowl", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const struct settings is = {
        .landscape = (enum landscape)question_choice(q, "landscape", names),
        .nesterov = question_choice(q, "nesterov", no_yes) == 1,
        .rate = question_number(q, "rate"),
        .momentum = question_number_or(q, "momentum", 0),
        .tilt = question_number_or(q, "tilt", 0),
        .condition = question_number_or(q, "condition", 10),
        .radius = question_number_or(q, "radius", 1),
    };
    if (!(is.rate >= 0))
        question_refuse(q, "its number 'rate' is negative and would climb; give 0 or more");
    if (!(is.condition > 0))
        question_refuse(q, "its number 'condition' makes no bowl; give more than 0");
    if (!(is.radius >= 0))
        question_refuse(q, "its number 'radius' is negative; give 0 or more");
    return is;
}

void loss_landscape_descent_run(struct question *q)
{
    const struct settings is = read_settings(q);
    question_split_evenly(q, 'M');
    question_bind(q, 'D', 2);
    const scalar *start = question_input(q, "start", "[M]D");
    size_t S = question_count(q, "steps", 1, 1 << 20);
    question_bind(q, 'S', S);
    scalar *path = question_output(q, "path", "[M]SD");
    scalar *height = question_output(q, "height", "[M]S");
    scalar *basin = question_output(q, "basin", "[M]");
    scalar *escape = question_output(q, "escape", "[M]");
    for (size_t m = 0; m < question_part(q, 'M'); m++) {
        struct point p = {start[2 * m], start[2 * m + 1]}, v = {0, 0};
        for (size_t s = 0; s < S; s++) {
            const struct point g = slope(&is, p);
            p.x = moved(&is, p.x, &v.x, g.x);
            p.y = moved(&is, p.y, &v.y, g.y);
            *path++ = p.x;
            *path++ = p.y;
            *height++ = height_of(&is, p);
            scalar distance = scalar_absolute(is.landscape == DOUBLE_WELL ? p.x : p.y);
            if (escape[m] == 0 && distance > is.radius)
                escape[m] = (scalar)(s + 1);
        }
        basin[m] = (scalar)((p.x > 0) - (p.x < 0));
    }
}
