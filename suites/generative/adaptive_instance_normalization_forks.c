// SPDX-License-Identifier: MIT
#include "../../reference/generative/adaptive_instance_normalization.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    EPSILON_OUTSIDE,
    VARIANCE_AS_SCALE,
    STYLE_OF_NEXT,
    OVER_BATCH,
    OVER_CHANNELS,
    HALVES_SWAPPED,
    HALVES_INTERLEAVED,
    SHIFT_SCALED,
    CONTENT_KEPT,
    LATENT_BY_LENGTH,
    STATISTICS_DETACHED,
    STYLE_DETACHED,
    SPREAD_DETACHED,
    LATENT_NORM_DETACHED,
    SCALE_FORGOTTEN,
    LAST_IMAGE_LOST
};

struct maps {
    enum mistake mistake;
    size_t N, C, P, Q, Z, ddof;
    int from_latent, plain;
    real epsilon, offset;
    struct perceptron net;
    const real *x, *s, *z, *dy;
    real *x_hat, *deviation, *scale, *shift, *v;
};

/* Mean, and the deviation from the squares of all pairs of differences. */
static void measure(const struct maps *m, const real *x, size_t n, size_t stride, real *mean,
                    real *deviation)
{
    real squares = 0, sum = 0, count = real_count(n);
    for (size_t p = n; p-- > 0;) {
        sum = sum + x[p * stride];
        for (size_t q = 0; q < p; q++) {
            real gap = x[p * stride] - x[q * stride];
            squares = squares + gap * gap;
        }
    }
    *mean = sum / count;
    real variance = squares / count / real_count(n - m->ddof);
    *deviation = m->mistake == EPSILON_OUTSIDE ? real_sqrt(variance) + m->epsilon
                                               : real_sqrt(variance + m->epsilon);
}

static struct maps read(struct call *call)
{
    static const char *const styles[] = {"features", "latent", NULL};
    static const char *const latents[] = {"normalized", "plain", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    struct maps m = {.mistake = (enum mistake)call_variant(call),
                     .from_latent = call_choice(call, "style", styles) == 1,
                     .plain = call_choice(call, "latent", latents) == 1,
                     .ddof = (size_t)call_choice(call, "deviation", deviations),
                     .epsilon = call_number_or(call, "epsilon", R(1e-5)),
                     .offset = call_number_or(call, "offset", R(1.0)),
                     .x = call_input(call, "x", "NCP")};
    m.N = call_size(call, 'N');
    m.C = call_size(call, 'C');
    m.P = call_size(call, 'P');
    real **of_maps[] = {&m.deviation, &m.scale, &m.shift};
    for (size_t i = 0; i < 3; i++)
        *of_maps[i] = call_scratch(call, m.N * m.C);
    m.x_hat = call_scratch(call, m.N * m.C * m.P);
    if (m.from_latent) {
        network_read(call, &m.net, "m", 'a');
        m.z = call_input(call, "z", "Na");
        m.Z = m.net.size[0];
        m.v = call_scratch(call, m.N * m.Z);
    } else {
        m.s = call_input(call, "s", "NCQ");
        m.Q = call_size(call, 'Q');
    }
    return m;
}

static real length_of(const struct maps *m, size_t n)
{
    real square = 0;
    for (size_t k = m->Z; k-- > 0;)
        square = square + m->z[n * m->Z + k] * m->z[n * m->Z + k];
    if (m->mistake == LATENT_BY_LENGTH)
        return real_sqrt(square + R(1e-8));
    return m->plain ? 1 : real_sqrt(square / real_count(m->Z) + R(1e-8));
}

/* Scale and shift of image n from the outputs h (2 C) of the network. */
static void split(const struct maps *m, const struct dual *h, size_t c, struct dual *scale,
                  struct dual *shift)
{
    size_t first = m->mistake == HALVES_INTERLEAVED ? 2 * c : c;
    size_t other = m->mistake == HALVES_INTERLEAVED ? 2 * c + 1 : m->C + c;
    *scale = h[m->mistake == HALVES_SWAPPED ? other : first];
    *shift = h[m->mistake == HALVES_SWAPPED ? first : other];
    scale->v = scale->v + m->offset;
}

static void style(struct maps *m)
{
    for (size_t i = 0; i < m->N * m->C; i++) {
        size_t n = i / m->C, c = i % m->C;
        if (m->from_latent) {
            struct dual h[DUAL_WIDEST], scale, shift;
            for (size_t k = 0; k < m->Z; k++) {
                m->v[n * m->Z + k] = m->z[n * m->Z + k] / length_of(m, n);
                h[k] = (struct dual){m->v[n * m->Z + k], 0};
            }
            dual_forward(&m->net, (size_t)-1, h, h);
            split(m, h, c, &scale, &shift);
            m->scale[i] = scale.v;
            m->shift[i] = shift.v;
        } else {
            size_t from = m->mistake == STYLE_OF_NEXT ? (n + 1) % m->N * m->C + c : i;
            measure(m, &m->s[from * m->Q], m->Q, 1, &m->shift[i], &m->scale[i]);
            if (m->mistake == VARIANCE_AS_SCALE)
                m->scale[i] = m->scale[i] * m->scale[i];
        }
    }
}

/* Fills x_hat, deviation and y. */
static void forward(struct maps *m, real *y)
{
    for (size_t i = 0; i < m->N * m->C; i++) {
        const real *x = &m->x[i * m->P];
        real mean;
        measure(m, x, m->P, 1, &mean, &m->deviation[i]);
        if (m->mistake == OVER_BATCH)
            measure(m, &m->x[i % m->C * m->P], m->N, m->C * m->P, &mean, &m->deviation[i]);
        if (m->mistake == OVER_CHANNELS)
            measure(m, &m->x[i / m->C * m->C * m->P], m->C * m->P, 1, &mean, &m->deviation[i]);
        for (size_t p = 0; p < m->P; p++) {
            real x_hat = m->mistake == CONTENT_KEPT ? x[p] : (x[p] - mean) / m->deviation[i];
            m->x_hat[i * m->P + p] = x_hat;
            y[i * m->P + p] = m->shift[i] + m->scale[i] * x_hat;
            if (m->mistake == SHIFT_SCALED)
                y[i * m->P + p] = m->scale[i] * (x_hat + m->shift[i]);
        }
    }
}

/* dx through the whole matrix of derivatives of a map. */
static void backward_content(const struct maps *m, real *dx)
{
    size_t P = m->P;
    for (size_t i = 0; i < m->N * m->C * P; i++) {
        size_t map = i / P;
        for (size_t q = map * P; q < (map + 1) * P; q++) {
            real own = q == i ? 1 : 0;
            if (m->mistake != STATISTICS_DETACHED)
                own = own - 1 / real_count(P);
            if (m->mistake != STATISTICS_DETACHED && m->mistake != SPREAD_DETACHED)
                own = own - m->x_hat[i] * m->x_hat[q] / real_count(P - m->ddof);
            real d = m->mistake == SCALE_FORGOTTEN ? m->dy[q] : m->dy[q] * m->scale[map];
            dx[i] = dx[i] + d * own / m->deviation[map];
        }
    }
}

static void slopes(const struct maps *m, size_t map, real *dscale, real *dshift)
{
    *dscale = *dshift = 0;
    for (size_t p = (map + 1) * m->P; p-- > map * m->P;) {
        *dscale = *dscale + m->dy[p] * m->x_hat[p];
        *dshift = *dshift + m->dy[p];
    }
}

static void backward_features(const struct maps *m, real *ds)
{
    for (size_t i = 0; i < m->N * m->C * m->Q; i++) {
        size_t map = i / m->Q;
        real dscale, dshift, gap = m->s[i] - m->shift[map];
        slopes(m, map, &dscale, &dshift);
        real part = dscale / m->scale[map] * gap / real_count(m->Q - m->ddof);
        ds[i] = m->mistake == STYLE_DETACHED ? 0 : dshift / real_count(m->Q) + part;
    }
}

/* The derivative of all of <y, dy> by one weight of the mapping network. */
static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct maps *m = context;
    real sum = 0;
    for (size_t n = m->N - (m->mistake == LAST_IMAGE_LOST); n-- > 0;) {
        struct dual h[DUAL_WIDEST], scale, shift;
        for (size_t k = 0; k < m->Z; k++)
            h[k] = (struct dual){m->v[n * m->Z + k], 0};
        dual_forward(net, chosen, h, h);
        for (size_t c = m->C; c-- > 0;) {
            real dscale, dshift;
            split(m, h, c, &scale, &shift);
            slopes(m, n * m->C + c, &dscale, &dshift);
            sum = sum + dscale * scale.t + dshift * shift.t;
        }
    }
    return sum;
}

/* dz by one latent element after another. */
static void backward_latent(const struct maps *m, real *dz)
{
    for (size_t i = 0; i < m->N * m->Z; i++) {
        size_t n = i / m->Z;
        struct dual h[DUAL_WIDEST], scale, shift;
        real r = length_of(m, n), Z = m->mistake == LATENT_BY_LENGTH ? 1 : real_count(m->Z);
        for (size_t k = 0; k < m->Z; k++) {
            real v = m->v[n * m->Z + k], own = k == i % m->Z ? 1 : 0;
            if (!m->plain && m->mistake != LATENT_NORM_DETACHED)
                own = own - v * m->v[i] / Z;
            h[k] = (struct dual){v, own / r};
        }
        dual_forward(&m->net, (size_t)-1, h, h);
        for (size_t c = m->C; c-- > 0;) {
            real dscale, dshift;
            split(m, h, c, &scale, &shift);
            slopes(m, n * m->C + c, &dscale, &dshift);
            dz[i] = dz[i] + dscale * scale.t + dshift * shift.t;
        }
        if (m->mistake == STYLE_DETACHED)
            dz[i] = 0;
    }
}

static void run(struct call *call)
{
    struct maps m = read(call);
    struct perceptron_batch sums;
    style(&m);
    forward(&m, call_output(call, "y", "NCP"));
    if (!call_has(call, "dy"))
        return;
    m.dy = call_input(call, "dy", "NCP");
    backward_content(&m, call_output(call, "dx", "NCP"));
    if (!m.from_latent) {
        backward_features(&m, call_output(call, "ds", "NCQ"));
        return;
    }
    backward_latent(&m, call_output(call, "dz", "Na"));
    dual_gradient(call, &m.net, &sums, derivative, &m);
    network_gradients(call, &m.net, "m", 'a', 1, &sums);
}

static const struct fork table[] = {
    {.info = {"pairs_and_matrices", FORK_TWIN, "",
              "Variances from pairs, gradients from the whole matrix of derivatives and forwards "
              "by every weight.",
              NULL},
     .answer = run},
    {.info = {"population", FORK_CONVENTION, "123", "ddof is 0.", NULL},
     .instead = {"deviation", "population"}},
    {.info = {"sample", FORK_CONVENTION, "123", "ddof is 1.", NULL},
     .instead = {"deviation", "sample"}},
    {
        .info = {"epsilon_of_stylegan", FORK_CONVENTION, "", "epsilon is 1e-8.", NULL},
        .number = {"epsilon", 1e-8f},
    },
    {.info = {"offset_zero", FORK_CONVENTION, "", "No offset of the scales.", NULL},
     .number = {"offset", 0}},
    {.info = {"offset_one", FORK_CONVENTION, "", "Scales about 1.", NULL}, .number = {"offset", 1}},
    {.info = {"latent_plain", FORK_CONVENTION, "", "The latent vector as it is.", NULL},
     .instead = {"latent", "plain"}},
    {.info = {"latent_normalized", FORK_CONVENTION, "", "The latent vector normalized.", NULL},
     .instead = {"latent", "normalized"}},
    {.info = {"latent_by_length", FORK_BUG, "",
              "Divided by the length, without the root of its size.", NULL},
     .answer = run,
     .variant = LATENT_BY_LENGTH},
    {.info = {"epsilon_outside", FORK_CONVENTION, "", "epsilon behind the root.", NULL},
     .answer = run,
     .variant = EPSILON_OUTSIDE},
    {.info = {"variance_as_scale", FORK_BUG, "", "The style's variance, without its root.", NULL},
     .answer = run,
     .variant = VARIANCE_AS_SCALE},
    {.info = {"style_of_next", FORK_BUG, "", "The style of another image.", NULL},
     .answer = run,
     .variant = STYLE_OF_NEXT},
    {.info = {"over_batch", FORK_BUG, "", "Statistics over the batch.", NULL},
     .answer = run,
     .variant = OVER_BATCH},
    {.info = {"over_channels", FORK_BUG, "", "Statistics over channels and positions.", NULL},
     .answer = run,
     .variant = OVER_CHANNELS},
    {.info = {"halves_swapped", FORK_CONVENTION, "", "Shifts come first.", NULL},
     .answer = run,
     .variant = HALVES_SWAPPED},
    {.info = {"halves_interleaved", FORK_CONVENTION, "",
              "Scale and shift of a map stand side by side.", NULL},
     .answer = run,
     .variant = HALVES_INTERLEAVED},
    {.info = {"shift_scaled", FORK_BUG, "", "The shift is added before the scale.", NULL},
     .answer = run,
     .variant = SHIFT_SCALED},
    {.info = {"content_kept", FORK_BUG, "", "The content is not normalized.", NULL},
     .answer = run,
     .variant = CONTENT_KEPT},
    {.info = {"statistics_detached", FORK_BUG, "128",
              "Mean and deviation are constants in the gradient.", NULL},
     .answer = run,
     .variant = STATISTICS_DETACHED},
    {.info = {"spread_detached", FORK_BUG, "128", "The deviation is a constant in the gradient.",
              NULL},
     .answer = run,
     .variant = SPREAD_DETACHED},
    {.info = {"style_detached", FORK_BUG, "", "The style has no gradient.", NULL},
     .answer = run,
     .variant = STYLE_DETACHED},
    {.info = {"latent_norm_detached", FORK_BUG, "",
              "The latent vector's length is a constant in the gradient.", NULL},
     .answer = run,
     .variant = LATENT_NORM_DETACHED},
    {.info = {"scale_forgotten", FORK_BUG, "", "The scale is missing in the gradient.", NULL},
     .answer = run,
     .variant = SCALE_FORGOTTEN},
    {.info = {"last_image_lost", FORK_BUG, "155",
              "The last image is left out of the weights' gradient.", NULL},
     .answer = run,
     .variant = LAST_IMAGE_LOST},
};

const struct fork_list adaptive_instance_normalization_forks = {sizeof table / sizeof *table,
                                                                table};
