// SPDX-License-Identifier: MIT
/* Hue, saturation and value of images; definition in reference/augmentation/hue_saturation.h.
 *
 * How it is distributed: the images are sharded, and each pixel is changed alone. Images and draws
 * are whole on every rank, so that all of them notice an impossible one. Nothing crosses the
 * network and nothing is added over ranks.
 */
#include "../techniques.h"

struct request {
    const struct team *team;
    bool shift, keep_grey;
};

/* One bounded number: what it became, and its slope. */
struct moved {
    scalar now, slope;
};

struct colour {
    size_t top, bottom; /* the largest and the smallest channel */
    scalar V, d, S, quotient, weight[3];
    struct moved value, saturation;
    size_t edge; /* the channel that changes with the hue */
    bool rising;
};

static struct moved move(scalar v, scalar by, bool shift)
{
    const scalar now = shift ? v + by : v * by;
    if (now >= 1)
        return (struct moved){1, 0};
    if (shift && now <= 0)
        return (struct moved){0, 0};
    return (struct moved){now, shift ? 1 : by};
}

/* The weights of the three channels at h (0..6): one of them changes, one is 0 and one is 1. */
static void weigh(struct colour *is, scalar h)
{
    static const size_t edge[] = {1, 0, 2}, one[] = {2, 2, 0, 0, 1, 1};
    size_t sextant = (size_t)h;
    sextant = sextant > 5 ? 5 : sextant;
    const scalar f = h - (scalar)sextant;
    is->rising = sextant % 2 == 1;
    is->edge = edge[sextant % 3];
    for (size_t c = 0; c < 3; c++)
        is->weight[c] = 0;
    is->weight[one[sextant]] = 1;
    is->weight[is->edge] = is->rising ? f : 1 - f;
}

static struct colour look(const struct request *request, const scalar x[3], scalar hue,
                          scalar saturation, scalar value)
{
    struct colour is = {.top = x[1] > x[0] ? 1 : 0};
    is.top = x[2] > x[is.top] ? 2 : is.top;
    is.bottom = x[1] <= x[0] ? 1 : 0;
    is.bottom = x[2] <= x[is.bottom] ? 2 : is.bottom;
    is.V = x[is.top];
    is.d = is.V - x[is.bottom];
    is.S = is.V > 0 ? is.d / is.V : 0;
    scalar h = 0;
    if (is.d > 0) {
        is.quotient = (x[(is.top + 1) % 3] - x[(is.top + 2) % 3]) / is.d;
        h = is.top > 0 ? is.quotient + (scalar)(2 * is.top) : is.quotient;
        h = h < 0 ? h + 6 : h;
    }
    h = 6 * hue + h;
    h = h < 0 ? h + 6 : h;
    weigh(&is, h >= 6 ? h - 6 : h);
    is.value = move(is.V, value, request->shift);
    is.saturation = move(is.S, saturation, request->shift);
    if (request->keep_grey && !(is.d > 0))
        is.saturation = (struct moved){0, 0};
    return is;
}

static void go_back(const struct request *request, const struct colour *is, const scalar dy[3],
                    scalar dx[3])
{
    const scalar v = is->value.now, s = is->saturation.now;
    scalar B = 0;
    for (size_t c = 0; c < 3; c++)
        request->team->kernels->scale_add(1, &B, dy[c], &is->weight[c]);
    const scalar edge = is->rising ? dy[is->edge] : -dy[is->edge];
    const scalar dh = -(v * s * edge), dS = is->saturation.slope * -(v * B);
    scalar dV = is->value.slope * (dy[0] + dy[1] + dy[2] - s * B), dd = 0;
    dx[0] = dx[1] = dx[2] = 0;
    if (is->V > 0) {
        dV -= dS * is->S / is->V;
        dd = dS / is->V;
    }
    if (is->d > 0) {
        const scalar part = dh / is->d;
        dd -= part * is->quotient;
        dx[(is->top + 1) % 3] = part;
        dx[(is->top + 2) % 3] = -part;
    }
    dx[is->top] += dV + dd;
    dx[is->bottom] -= dd;
}

static void check_changes(struct question *q, const char *name, const scalar *by, bool shift)
{
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (shift ? !(scalar_absolute(by[n]) <= 1) : !(by[n] >= 0))
            question_refuse(q, "its input '%s' is impossible; factors from 0, shifts up to 1",
                            name);
}

/* What is asked for, checked: images, hue, saturation and value. */
static void read_all(struct question *q, const struct request *is, const scalar *input[4])
{
    input[0] = question_input(q, "x", "NCHW");
    input[1] = question_input(q, "hue", "N");
    input[2] = question_input(q, "saturation", "N");
    input[3] = question_input(q, "value", "N");
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C');
    const size_t size = C * question_size(q, 'H') * question_size(q, 'W');
    if (C != 3 || size == 0)
        question_refuse(q, "its input 'x' holds no colour images; give three channels of pixels");
    for (size_t i = 0; i < N * size; i++)
        if (!(input[0][i] >= 0 && input[0][i] <= 1))
            question_refuse(q, "its input 'x' has pixels outside of [0, 1]; scale them");
    for (size_t n = 0; n < N; n++)
        if (!(scalar_absolute(input[1][n]) <= 1))
            question_refuse(q, "its input 'hue' exceeds a turn; give turns, not degrees");
    check_changes(q, "saturation", input[2], is->shift);
    check_changes(q, "value", input[3], is->shift);
}

void hue_saturation_run(struct question *q)
{
    static const char *const methods[] = {"scale", "shift", NULL};
    static const char *const greys[] = {"red", "kept", NULL};
    const struct request is = {question_team(q), question_choice(q, "method", methods) == 1,
                               question_choice(q, "grey", greys) == 1};
    const scalar *input[4];
    read_all(q, &is, input);
    const size_t pixels = question_size(q, 'H') * question_size(q, 'W');
    scalar *y = question_output(q, "y", "[N]CHW"), *dx = NULL;
    const scalar *dy = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
    }
    for (size_t k = 0; k < question_part(q, 'N') * pixels; k++) {
        const size_t n = question_first(q, 'N') + k / pixels;
        const size_t at = k / pixels * 3 * pixels + k % pixels;
        const scalar *from = input[0] + n * 3 * pixels + k % pixels;
        const scalar x[3] = {from[0], from[pixels], from[2 * pixels]};
        const struct colour colour = look(&is, x, input[1][n], input[2][n], input[3][n]);
        for (size_t c = 0; c < 3; c++)
            y[at + c * pixels] =
                colour.value.now - colour.value.now * colour.saturation.now * colour.weight[c];
        if (dy == NULL)
            continue;
        const scalar up[3] = {dy[at], dy[at + pixels], dy[at + 2 * pixels]};
        scalar down[3];
        go_back(&is, &colour, up, down);
        for (size_t c = 0; c < 3; c++)
            dx[at + c * pixels] = down[c];
    }
}
