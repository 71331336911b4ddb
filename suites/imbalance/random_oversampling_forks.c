// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/random_oversampling.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    FROM_ALL,
    MEMBER_AS_SAMPLE,
    ROUNDED,
    FIRST_MEMBERS,
    UNBIASED,
    DEVIATION_OF_ALL,
    VARIANCE,
    NOISE_UNSCALED,
    CONSTANT_FORGOTTEN,
    CENTRE_MOVED,
    BY_SIZE,
    LAST_LOST
};

/* Every member from the last to the first; 1 + gap / mean is not needed, only squares. */
static real spread(const struct oversampling *is, enum mistake mistake, int c, size_t d)
{
    real sum = 0, square = 0, count = 0;
    for (size_t n = is->classes.N; n-- > 0;) {
        if (is->classes.label[n] != c && mistake != DEVIATION_OF_ALL)
            continue;
        sum = sum + is->x[n * is->D + d];
        count = count + 1;
    }
    for (size_t n = is->classes.N; n-- > 0;) {
        real gap = is->x[n * is->D + d] - sum / count;
        if (is->classes.label[n] == c || mistake == DEVIATION_OF_ALL)
            square = square + gap * gap;
    }
    square = square / (mistake == UNBIASED && count > 1 ? count - 1 : count);
    return mistake == VARIANCE ? square : real_sqrt(square);
}

/* The d-th root by logarithms of the factors. */
static real width(const struct oversampling *is, enum mistake mistake, int c)
{
    real n = is->size_of_class ? (real)is->classes.count[c] : real_count(is->classes.N);
    real D = real_count(is->D);
    real logarithm = (real_log(R(4.0)) - real_log(D + 2) - real_log(n)) / (D + 4);
    return is->shrinkage * (mistake == CONSTANT_FORGOTTEN ? 1 : real_exp(logarithm));
}

static int source_of(struct call *call, const struct oversampling *is, enum mistake mistake,
                     size_t s, int source)
{
    int c = is->of[s], count = is->classes.count[c], i = 0;
    const int *member = classes_members(call, &is->classes, c);
    while (member[i] != source)
        i++;
    if (mistake == FROM_ALL)
        return call_has(call, "u")
                   ? (int)(call_input(call, "u", "S")[s] * real_count(is->classes.N))
                   : source;
    if (mistake == MEMBER_AS_SAMPLE)
        return i;
    if (mistake == ROUNDED && call_has(call, "u"))
        i = (int)(call_input(call, "u", "S")[s] * (real)(count - 1) + R(0.5));
    if (mistake == FIRST_MEMBERS)
        i = (int)s % count;
    return member[i];
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct oversampling is = oversampling_read(call);
    size_t D = is.D;
    int *drawn = call_scratch_integers(call, is.S);
    oversampling_draw(call, &is, drawn);
    for (size_t s = 0; mistake == BY_SIZE && s < is.S; s++)
        is.of[s] = is.of[is.S - 1 - s];
    real *from = call_output_integers(call, "source", "S");
    real *label = call_output_integers(call, "added_label", "S");
    real *added = call_output(call, "added", "SD"), *bandwidth = NULL;
    if (is.noise)
        bandwidth = call_output(call, "bandwidth", "CD");
    for (size_t i = 0; is.noise && i < is.classes.C * D; i++) {
        int c = (int)(i / D);
        if (is.goal[c] > is.classes.count[c])
            bandwidth[i] = width(&is, mistake, c) * spread(&is, mistake, c, i % D);
    }
    for (size_t i = 0; i < (is.S - (mistake == LAST_LOST)) * D; i++) {
        size_t s = i / D, c = (size_t)is.of[s];
        int at = mistake == RIGHT || mistake == BY_SIZE
                     ? drawn[s]
                     : source_of(call, &is, mistake, s, drawn[s]);
        from[s] = (real)at;
        label[s] = (real)c;
        added[i] = is.x[(size_t)at * D + i % D];
        if (!is.noise)
            continue;
        real h = mistake == NOISE_UNSCALED ? is.shrinkage : bandwidth[c * D + i % D];
        added[i] =
            mistake == CENTRE_MOVED ? added[i] * (1 + h * is.noise[i]) : h * is.noise[i] + added[i];
    }
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Widths by logarithms of factors, moments backwards.", NULL},
     .answer = again},
    {.info = {"size_of_data", FORK_CONVENTION, "", "The bandwidth of all samples.", NULL},
     .instead = {"size", "data"}},
    {.info = {"size_of_class", FORK_CONVENTION, "", "The bandwidth of the class's size.", NULL},
     .instead = {"size", "class"}},
    {.info = {"shrinkage_one", FORK_BUG, "", "The shrinkage is ignored.", NULL},
     .number = {"shrinkage", 1}},
    {.info = {"from_all", FORK_BUG, "", "Drawn from all classes.", NULL},
     .answer = again,
     .variant = FROM_ALL},
    {.info = {"member_as_sample", FORK_BUG, "", "A member's number is taken as a sample's.", NULL},
     .answer = again,
     .variant = MEMBER_AS_SAMPLE},
    {.info = {"rounded", FORK_BUG, "", "u (count - 1), rounded: the ends are drawn half as often.",
              NULL},
     .answer = again,
     .variant = ROUNDED},
    {.info = {"first_members", FORK_CONVENTION, "", "Members in turn, nothing is drawn.", NULL},
     .answer = again,
     .variant = FIRST_MEMBERS},
    {.info = {"unbiased", FORK_CONVENTION, "123", "Deviations divided by the count less one.",
              NULL},
     .answer = again,
     .variant = UNBIASED},
    {.info = {"deviation_of_all", FORK_BUG, "", "Deviations of all samples, not of the class.",
              NULL},
     .answer = again,
     .variant = DEVIATION_OF_ALL},
    {.info = {"variance", FORK_BUG, "", "Variances for deviations.", NULL},
     .answer = again,
     .variant = VARIANCE},
    {.info = {"noise_unscaled", FORK_BUG, "", "Noise without the bandwidth.", NULL},
     .answer = again,
     .variant = NOISE_UNSCALED},
    {.info = {"constant_forgotten", FORK_BUG, "", "Bandwidth without Silverman's factor.", NULL},
     .answer = again,
     .variant = CONSTANT_FORGOTTEN},
    {.info = {"multiplied", FORK_BUG, "", "The sample is multiplied with the noise.", NULL},
     .answer = again,
     .variant = CENTRE_MOVED},
    {.info = {"classes_descending", FORK_CONVENTION, "", "Classes in descending order.", NULL},
     .answer = again,
     .variant = BY_SIZE},
    {.info = {"last_lost", FORK_BUG, "", "One sample too few is added.", NULL},
     .answer = again,
     .variant = LAST_LOST},
};

const struct fork_list random_oversampling_forks = {sizeof table / sizeof *table, table};
