// SPDX-License-Identifier: MIT
#include "../../reference/generative/style_loss.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONE_SIDE_OF_PRODUCT,
    TWO_FORGOTTEN,
    FOUR_FORGOTTEN,
    CONTENT_WHOLE,
    WEIGHTS_SWAPPED,
    STYLE_DETACHED,
    STYLE_OF_NEXT,
    STYLE_DIVIDED_BY_P,
    GRAM_SQUARED,
    MEANS_ALONE,
    GRAM_OF_CONTENT,
    IMAGES_SUMMED,
    ABSOLUTE,
    UPSTREAM_IGNORED,
    LAST_IMAGE_LOST
};

struct pictures {
    enum mistake mistake;
    size_t N, C, P, Q;
    int gram, scale, removed;
    real style_weight, content_weight, dloss;
    const real *f, *s, *c;
    real *g, *a; /* (N,C,C) */
};

static real mean_of(const struct pictures *is, const real *x, size_t n)
{
    real sum = 0;
    for (size_t p = n; is->removed && p-- > 0;)
        sum = sum + x[p];
    return sum / real_count(n);
}

static real divisor(const struct pictures *is, size_t positions)
{
    real n = real_count(positions);
    return is->gram == 0 ? 1 : is->gram == 1 ? n : n * real_count(is->C);
}

/* Upper triangles from the last position to the first. */
static void measure(const struct pictures *is, const real *x, size_t n, size_t as, real *g)
{
    for (size_t k = 0; k < is->N * is->C * is->C; k++) {
        size_t image = k / is->C / is->C * is->C, i = image + k / is->C % is->C;
        size_t j = image + k % is->C, low = i < j ? i : j, high = i < j ? j : i;
        real of_low = mean_of(is, &x[low * n], n), of_high = mean_of(is, &x[high * n], n);
        real sum = 0;
        for (size_t p = n; p-- > 0;)
            sum = sum + (x[high * n + p] - of_high) * (x[low * n + p] - of_low);
        if (is->mistake == MEANS_ALONE)
            sum = low == high ? sum : 0;
        g[k] = sum / divisor(is, as);
    }
}

static struct pictures read(struct call *call)
{
    static const char *const grams[] = {"plain", "positions", "all", NULL};
    static const char *const scales[] = {"gatys", "mean", "sum", NULL};
    static const char *const centers[] = {"kept", "removed", NULL};
    struct pictures is = {.mistake = (enum mistake)call_variant(call),
                          .gram = call_choice(call, "gram", grams),
                          .scale = call_choice(call, "scale", scales),
                          .removed = call_choice(call, "center", centers) == 1,
                          .style_weight = call_number_or(call, "style_weight", R(1.0)),
                          .content_weight = call_number_or(call, "content_weight", R(1.0))};
    is.f = call_input(call, "f", "NCP");
    is.s = call_input(call, "s", "NCQ");
    is.c = call_has(call, "c") ? call_input(call, "c", "NCP") : NULL;
    is.N = call_size(call, 'N');
    is.C = call_size(call, 'C');
    is.P = call_size(call, 'P');
    is.Q = call_size(call, 'Q');
    is.dloss = call_has(call, "dloss") && is.mistake != UPSTREAM_IGNORED
                   ? *call_input(call, "dloss", "")
                   : 1;
    if (is.mistake == WEIGHTS_SWAPPED) {
        real weight = is.style_weight;
        is.style_weight = is.content_weight;
        is.content_weight = weight;
    }
    is.g = call_output(call, "gram", "NCC");
    is.a = call_scratch(call, is.N * is.C * is.C);
    measure(&is, is.f, is.P, is.P, is.g);
    measure(&is, is.mistake == GRAM_OF_CONTENT && is.c ? is.c : is.s,
            is.mistake == GRAM_OF_CONTENT && is.c ? is.P : is.Q,
            is.mistake == STYLE_DIVIDED_BY_P ? is.P : is.Q, is.a);
    return is;
}

/* G - A of an image, element (i,j). */
static real off(const struct pictures *is, size_t n, size_t i, size_t j)
{
    size_t C = is->C, other = is->mistake == STYLE_OF_NEXT ? (n + 1) % is->N : n;
    return is->g[(n * C + i) * C + j] - is->a[(other * C + i) * C + j];
}

static real factor(const struct pictures *is)
{
    real C = real_count(is->C), P = real_count(is->P), one = 1;
    if (is->scale == 0)
        return one / (C * C) / (P * P) / (is->mistake == FOUR_FORGOTTEN ? 1 : 4);
    return is->scale == 1 ? one / (C * C) : one;
}

static real half(const struct pictures *is)
{
    real one = 1;
    if (is->scale == 0)
        return is->mistake == CONTENT_WHOLE ? one : one / 2;
    return is->scale == 1 ? one / real_count(is->C * is->P) : one;
}

/* The style's slope at channel i of position p before means are taken off: both factors of every
 * product of the Gram matrix that it is in. */
static real slope(const struct pictures *is, size_t n, size_t i, size_t p)
{
    const real *f = &is->f[n * is->C * is->P];
    real sum = 0;
    for (size_t j = is->C; j-- > 0;) {
        real value = f[j * is->P + p] - mean_of(is, &f[j * is->P], is->P);
        real first = off(is, n, i, j), second = off(is, n, j, i);
        if (is->mistake == ABSOLUTE) {
            first = (first > 0 ? 1 : first < 0 ? -1 : R(0.0)) / 2;
            second = first;
        }
        sum = sum + first * value + (is->mistake == ONE_SIDE_OF_PRODUCT ? 0 : second * value);
    }
    return (is->mistake == TWO_FORGOTTEN ? 1 : 2) * sum * factor(is) / divisor(is, is->P);
}

static void gradient(const struct pictures *is, real *df)
{
    real share = is->mistake == IMAGES_SUMMED ? 1 : real_count(is->N);
    for (size_t k = 0; k < is->N * is->C * is->P; k++) {
        size_t p = k % is->P, i = k / is->P % is->C, n = k / is->P / is->C;
        real own = slope(is, n, i, p), mean = 0;
        for (size_t q = 0; is->removed && q < is->P; q++)
            mean = mean + slope(is, n, i, q) / real_count(is->P);
        own = is->mistake == STYLE_DETACHED ? 0 : (own - mean) * is->style_weight;
        if (is->c)
            own = own + 2 * half(is) * is->content_weight * (is->f[k] - is->c[k]);
        df[k] = own * is->dloss / share;
        if (is->mistake == LAST_IMAGE_LOST && n + 1 == is->N)
            df[k] = 0;
    }
}

static void run(struct call *call)
{
    struct pictures is = read(call);
    real style = 0, content = 0, share = is.mistake == IMAGES_SUMMED ? 1 : real_count(is.N);
    for (size_t k = is.N * is.C * is.C; k-- > 0;) {
        real e = off(&is, k / is.C / is.C, k / is.C % is.C, k % is.C);
        style = style + (is.mistake == ABSOLUTE ? real_abs(e) : e * e);
    }
    for (size_t k = is.N * is.C * is.P; is.c && k-- > 0;)
        content = content + (is.f[k] - is.c[k]) * (is.f[k] - is.c[k]);
    style = style * factor(&is) / share;
    content = content * half(&is) / share;
    *call_output(call, "style", "") = style;
    *call_output(call, "loss", "") = is.style_weight * style + is.content_weight * content;
    gradient(&is, call_output(call, "df", "NCP"));
    if (is.c)
        *call_output(call, "content", "") = content;
    for (size_t k = 0; is.mistake == GRAM_SQUARED && k < is.N * is.C * is.C; k++)
        is.g[k] = is.g[k] * divisor(&is, is.P) / real_count(is.C * is.C);
}

static const struct fork table[] = {
    {.info = {"upper_triangles", FORK_TWIN, "",
              "Upper triangles, the slope of both factors of every product, means by projection.",
              NULL},
     .answer = run},
    {.info = {"gram_plain", FORK_CONVENTION, "", "Gram matrices without a divisor.", NULL},
     .instead = {"gram", "plain"}},
    {.info = {"gram_over_positions", FORK_CONVENTION, "", "Divided by the positions.", NULL},
     .instead = {"gram", "positions"}},
    {.info = {"gram_over_all", FORK_CONVENTION, "", "Divided by channels and positions.", NULL},
     .instead = {"gram", "all"}},
    {.info = {"scale_of_gatys", FORK_CONVENTION, "", "1 / (4 C^2 P^2).", NULL},
     .instead = {"scale", "gatys"}},
    {.info = {"scale_of_means", FORK_CONVENTION, "44", "Mean squared errors.", NULL},
     .instead = {"scale", "mean"}},
    {.info = {"scale_of_sums", FORK_CONVENTION, "44", "Summed squared errors.", NULL},
     .instead = {"scale", "sum"}},
    {.info = {"center_kept", FORK_CONVENTION, "", "Second moments.", NULL},
     .instead = {"center", "kept"}},
    {.info = {"center_removed", FORK_CONVENTION, "", "Covariances.", NULL},
     .instead = {"center", "removed"}},
    {.info = {"one_side_of_product", FORK_BUG, "",
              "The derivative of one factor of the product alone.", NULL},
     .answer = run,
     .variant = ONE_SIDE_OF_PRODUCT},
    {.info = {"two_forgotten", FORK_BUG, "", "The factor 2 of the square is forgotten.", NULL},
     .answer = run,
     .variant = TWO_FORGOTTEN},
    {.info = {"four_forgotten", FORK_BUG, "", "The 4 of the paper's divisor is forgotten.", NULL},
     .answer = run,
     .variant = FOUR_FORGOTTEN},
    {.info = {"content_whole", FORK_BUG, "", "The 1/2 of the content is forgotten.", NULL},
     .answer = run,
     .variant = CONTENT_WHOLE},
    {.info = {"weights_swapped", FORK_BUG, "", "Each loss has the other's weight.", NULL},
     .answer = run,
     .variant = WEIGHTS_SWAPPED},
    {.info = {"style_detached", FORK_BUG, "", "The style has no gradient.", NULL},
     .answer = run,
     .variant = STYLE_DETACHED},
    {.info = {"style_of_next", FORK_BUG, "", "The style of another image.", NULL},
     .answer = run,
     .variant = STYLE_OF_NEXT},
    {.info = {"style_over_p", FORK_BUG, "", "The style is averaged over the image's positions.",
              NULL},
     .answer = run,
     .variant = STYLE_DIVIDED_BY_P},
    {.info = {"gram_over_channels", FORK_BUG, "",
              "The matrix that is shown is divided by the channels squared.", NULL},
     .answer = run,
     .variant = GRAM_SQUARED},
    {.info = {"diagonals_alone", FORK_BUG, "", "Products of different channels are left out.",
              NULL},
     .answer = run,
     .variant = MEANS_ALONE},
    {.info = {"gram_of_content", FORK_BUG, "", "The style of the content.", NULL},
     .answer = run,
     .variant = GRAM_OF_CONTENT},
    {.info = {"images_summed", FORK_CONVENTION, "44", "The sum over the images.", NULL},
     .answer = run,
     .variant = IMAGES_SUMMED},
    {.info = {"absolute", FORK_CONVENTION, "", "Absolute differences of Gram matrices.", NULL},
     .answer = run,
     .variant = ABSOLUTE},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = run,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_image_lost", FORK_BUG, "155", "The last image has no gradient.", NULL},
     .answer = run,
     .variant = LAST_IMAGE_LOST},
};

const struct fork_list style_loss_forks = {sizeof table / sizeof *table, table};
