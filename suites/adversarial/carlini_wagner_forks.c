// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    OTHER_MASKED,
    DISTANCE_OF_INPUT,
    HINGE_BELOW_0,
    SUCCESS_WITHOUT_KAPPA,
    DISTANCE_NOT_SQUARED,
    CONSTANT_ON_DISTANCE,
    TANH_FORGOTTEN,
    HALF_SLOPE,
    UNCORRECTED,
    MOMENTS_KEPT,
    PLACE_KEPT,
    MIDDLE_OF_CONSTANTS,
    BOUNDS_SWAPPED,
    SUCCESS_KEPT,
    LAST_SUCCESS,
    BEST_PER_SEARCH,
    JUDGED_AFTER,
    ABORT_JUDGED,
    ABORT_ALONE,
    BOX_OF_1,
    TARGET_FLED,
    LOGIT_OF_OWN,
    NO_HINGE,
    DISTANCE_SQUARED
};

struct attack {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    size_t S, B, every;
    int from_input, abort_early, last_upper, raw;
    real constant, growth, kappa, rate, beta1, beta2, epsilon, smooth, low, range;
    real *u, *a, *v, *m, *s, *x, *dx, *dz; /* (N,D) six times, (D), (K) */
    real *c, *lower, *upper, *best;        /* (N); best, upper < 0: none */
    real *square;                          /* (N) */
    int *found, *now;                      /* (N) */
};

static void read_choices(struct call *call, struct attack *is)
{
    static const char *const anchors[] = {"reconstructed", "input", NULL};
    static const char *const aborts[] = {"never", "batch", NULL};
    static const char *const lasts[] = {"search", "upper", NULL};
    static const char *const places[] = {"corrected", "raw", NULL};
    is->from_input = call_choice(call, "anchor", anchors);
    is->abort_early = call_choice(call, "abort", aborts);
    is->last_upper = call_choice(call, "last", lasts);
    is->raw = call_choice(call, "epsilon_place", places);
    is->S = call_count_or(call, "steps", 1000, 1, 1 << 20);
    is->B = call_count_or(call, "searches", 9, 1, 1 << 10);
    is->every = call_count_or(call, "every", is->S < 20 ? 1 : is->S / 10, 1, 1 << 20);
    is->constant = call_number_or(call, "constant", R(1e-3));
    is->growth = call_number_or(call, "growth", R(10.0));
    is->kappa = call_number_or(call, "kappa", R(0.0));
    is->rate = call_number_or(call, "rate", R(1e-2));
    is->beta1 = call_number_or(call, "beta1", R(0.9));
    is->beta2 = call_number_or(call, "beta2", R(0.999));
    is->epsilon = call_number_or(call, "epsilon", R(1e-8));
    is->smooth = call_number_or(call, "smooth", R(0.999999));
    is->low = is->mistake == BOX_OF_1 ? 0 : is->victim.low;
    is->range = is->mistake == BOX_OF_1 ? 1 : is->victim.high - is->victim.low;
    call_bind(call, 'S', is->S);
    call_bind(call, 'B', is->B);
}

/* 1 / (1 + e^-y). */
static real sigmoid(real y)
{
    real e = real_exp(-real_abs(y));
    return y < 0 ? e / (1 + e) : 1 / (1 + e);
}

static struct attack read_attack(struct call *call)
{
    struct attack is = {.mistake = (enum mistake)call_variant(call)};
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    read_choices(call, &is);
    is.at = jacobian_create(call, victim);
    size_t N = victim->N, D = victim->D;
    real **arrays[] = {&is.u, &is.a, &is.v, &is.m, &is.s, &is.x};
    for (size_t i = 0; i < 6; i++)
        *arrays[i] = call_scratch(call, N * D);
    real **narrow[] = {&is.c, &is.lower, &is.upper, &is.best, &is.square};
    for (size_t i = 0; i < 5; i++)
        *narrow[i] = call_scratch(call, N);
    is.dx = call_scratch(call, D);
    is.dz = call_scratch(call, victim->K);
    is.found = call_scratch_integers(call, N);
    is.now = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        is.c[n] = is.constant;
        is.upper[n] = is.best[n] = -1;
    }
    for (size_t i = 0; i < N * D; i++) { /* x' = low + range sigmoid(2 (u + v)) */
        real q = is.smooth * 2 * (victim->x[i] - (is.low + is.range / 2)) / is.range;
        is.u[i] = real_log((1 + q) / (1 - q)) / 2;
        is.a[i] = is.low + is.range * sigmoid(2 * is.u[i]);
        is.a[i] = is.from_input ? victim->x[i] : is.a[i];
    }
    return is;
}

/* z[y] - z[other] + kappa or its opposite; dz of the hinge times c. */
static real find_gap(struct attack *is, size_t n)
{
    const real *z = is->at.z;
    size_t K = is->victim.K, y = (size_t)is->victim.answer[n], other = K;
    real c = is->mistake == CONSTANT_ON_DISTANCE ? 1 : is->c[n];
    for (size_t k = 0; k < K; k++) {
        is->dz[k] = 0;
        if (k == y && is->mistake != LOGIT_OF_OWN)
            continue;
        other = other == K || z[k] > z[other] ? k : other;
    }
    real rival = z[other], way = 1;
    if (is->mistake == OTHER_MASKED && rival < 0)
        rival = 0;
    if (is->victim.goal == VICTIM_TARGET && is->mistake != TARGET_FLED)
        way = -1;
    real gap = way * (z[y] - rival) + is->kappa;
    if (gap > 0 || is->mistake == NO_HINGE) {
        is->dz[other] = rival == z[other] ? -way * c : 0;
        is->dz[y] = is->dz[y] + way * c;
    }
    return gap;
}

static real distance_to(const struct attack *is, const real *x, const real *from)
{
    real square = 0;
    for (size_t d = is->victim.D; d-- > 0;) {
        real change = x[d] - (is->mistake == DISTANCE_OF_INPUT ? 0 : from[d]);
        square = square + change * change;
    }
    return square;
}

/* The objective and gradient of sample n; now: whether it succeeds. */
static real differentiate(struct attack *is, real *gradient, size_t n)
{
    size_t D = is->victim.D;
    real *x = &is->x[n * D], *a = &is->a[n * D], *p = gradient;
    for (size_t d = 0; d < D; d++) {
        p[d] = sigmoid(2 * (is->u[n * D + d] + is->v[n * D + d]));
        x[d] = is->low + is->range * p[d];
    }
    jacobian_fill(&is->at, x);
    real gap = find_gap(is, n), square = distance_to(is, x, a), weight = 2, factor = is->c[n];
    jacobian_combine(&is->at, is->dx, is->dz);
    is->square[n] = square;
    is->now[n] = gap < (is->mistake == SUCCESS_WITHOUT_KAPPA ? is->kappa : 0);
    if (is->mistake == DISTANCE_NOT_SQUARED) {
        square = real_sqrt(square);
        weight = square > 0 ? 1 / square : 0;
    }
    weight = is->mistake == HALF_SLOPE ? 1 : weight;
    if (is->mistake == CONSTANT_ON_DISTANCE) {
        square = square * is->c[n];
        weight = weight * is->c[n];
        factor = 1;
    }
    for (size_t d = 0; d < D; d++) {
        real from = is->mistake == DISTANCE_OF_INPUT ? 0 : a[d];
        real inner = is->mistake == TANH_FORGOTTEN ? 1 : 2 * is->range * p[d] * (1 - p[d]);
        gradient[d] = (weight * (x[d] - from) + is->dx[d]) * inner;
    }
    real hinge = gap > 0 || is->mistake == NO_HINGE ? gap : 0;
    return square + factor * (hinge - (is->mistake == HINGE_BELOW_0 ? is->kappa : 0));
}

static real power(real base, size_t n)
{
    real result = 1;
    while (n-- > 0)
        result = result * base;
    return result;
}

static void adam(struct attack *is, const real *g, size_t t)
{
    real rest1 = 1 - power(is->beta1, t), rest2 = 1 - power(is->beta2, t);
    if (is->mistake == UNCORRECTED)
        rest1 = rest2 = 1;
    for (size_t i = 0; i < is->victim.N * is->victim.D; i++) {
        real *m = &is->m[i], *s = &is->s[i];
        *m = *m + (1 - is->beta1) * (g[i] - *m);
        *s = *s + (1 - is->beta2) * (g[i] * g[i] - *s);
        real epsilon = is->raw ? is->epsilon : is->epsilon * real_sqrt(rest2);
        is->v[i] = is->v[i] - is->rate * *m * real_sqrt(rest2) / rest1 / (real_sqrt(*s) + epsilon);
    }
}

static void judge(struct attack *is, real *adversarial, size_t n)
{
    size_t D = is->victim.D;
    if (!is->now[n])
        return;
    is->found[n] = 1;
    if (is->best[n] >= 0 && is->square[n] >= is->best[n] && is->mistake != LAST_SUCCESS)
        return;
    is->best[n] = is->square[n];
    for (size_t d = 0; d < D; d++)
        adversarial[n * D + d] = is->x[n * D + d];
}

/* Whether the search ends before step s is judged. */
static int ends(const struct attack *is, const real *objective, real *before, size_t s)
{
    real sum = 0;
    if (!is->abort_early || s % is->every != 0)
        return 0;
    for (size_t n = is->victim.N; n-- > 0;)
        sum = sum + objective[n];
    sum = is->mistake == ABORT_ALONE ? objective[0] : sum;
    int end = s > 0 && sum > R(0.9999) * *before;
    *before = sum;
    return end;
}

static void begin(struct attack *is, size_t b)
{
    size_t N = is->victim.N, D = is->victim.D;
    for (size_t i = 0; i < N * D; i++) {
        if (is->mistake != PLACE_KEPT)
            is->v[i] = 0;
        if (is->mistake != MOMENTS_KEPT)
            is->m[i] = is->s[i] = 0;
    }
    for (size_t n = 0; n < N; n++) {
        if (is->mistake == BEST_PER_SEARCH)
            is->best[n] = -1;
        if (is->mistake != SUCCESS_KEPT)
            is->found[n] = 0;
        if (is->last_upper && b + 1 == is->B && is->upper[n] >= 0)
            is->c[n] = is->upper[n];
    }
}

static void choose_constants(struct attack *is)
{
    real mean = 0;
    for (size_t n = 0; n < is->victim.N; n++) {
        real c = is->c[n];
        if ((is->found[n] != 0) == (is->mistake != BOUNDS_SWAPPED))
            is->upper[n] = is->upper[n] >= 0 && is->upper[n] < c ? is->upper[n] : c;
        else
            is->lower[n] = is->lower[n] > c ? is->lower[n] : c;
        is->c[n] = is->growth * c;
        if (is->upper[n] >= 0)
            is->c[n] = is->lower[n] + (is->upper[n] - is->lower[n]) / 2;
        mean = mean + is->c[n] / real_count(is->victim.N);
    }
    for (size_t n = 0; n < is->victim.N && is->mistake == MIDDLE_OF_CONSTANTS; n++)
        is->c[n] = mean;
}

/* One search. */
static void descend(struct attack *is, real *iterates, real *gradients, real *objectives,
                    real *adversarial)
{
    size_t N = is->victim.N, D = is->victim.D;
    real before = 0;
    for (size_t s = 0; s < is->S; s++) {
        real *gradient = &gradients[s * N * D], *objective = &objectives[s * N];
        for (size_t n = 0; n < N; n++)
            objective[n] = differentiate(is, &gradient[n * D], n);
        for (size_t i = 0; i < N * D; i++)
            iterates[s * N * D + i] = is->x[i];
        adam(is, gradient, s + 1);
        int end = ends(is, objective, &before, s);
        for (size_t n = 0; n < N && (!end || is->mistake == ABORT_JUDGED); n++) {
            if (is->mistake == JUDGED_AFTER)
                differentiate(is, is->dx, n);
            judge(is, adversarial, n);
        }
        if (end)
            return;
    }
}

static void attack_samples(struct call *call)
{
    struct attack is = read_attack(call);
    size_t N = is.victim.N, D = is.victim.D, S = is.S, B = is.B;
    real *iterates = call_output(call, "iterates", "BSNa");
    real *gradient = call_output(call, "gradient", "SNa");
    real *objective = call_output(call, "objective", "BSN");
    real *constants = call_output(call, "constants", "BN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *success = call_output_integers(call, "success", "N");
    real *later = call_scratch(call, S * N * D);
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = is.victim.x[i];
    for (size_t b = 0; b < B; b++) {
        begin(&is, b);
        for (size_t n = 0; n < N; n++)
            constants[b * N + n] = is.c[n];
        descend(&is, &iterates[b * S * N * D], b == 0 ? gradient : later, &objective[b * S * N],
                adversarial);
        choose_constants(&is);
    }
    for (size_t n = 0; n < N; n++) {
        distance[n] = distance_to(&is, &adversarial[n * D], &is.victim.x[n * D]);
        distance[n] = is.mistake == DISTANCE_SQUARED ? distance[n] : real_sqrt(distance[n]);
        success[n] = is.best[n] >= 0;
    }
}

static const struct fork table[] = {
    {.info = {"logistic_variable", FORK_TWIN, "",
              "The logistic function of twice the variable; slopes forwards; moments as gaps.",
              NULL},
     .answer = attack_samples},
    {.info = {"fled_label", FORK_CONVENTION, "250", "Away from the labels, whatever is asked.",
              NULL},
     .instead = {"goal", "labels"}},
    {.info = {"anchor_reconstructed", FORK_CONVENTION, "256", "Distance to the start.", NULL},
     .instead = {"anchor", "reconstructed"}},
    {.info = {"anchor_input", FORK_CONVENTION, "256", "Distance to x.", NULL},
     .instead = {"anchor", "input"}},
    {.info = {"never_aborts", FORK_CONVENTION, "", "All steps, always.", NULL},
     .instead = {"abort", "never"}},
    {.info = {"last_search", FORK_CONVENTION, "", "The last search like the others.", NULL},
     .instead = {"last", "search"}},
    {.info = {"epsilon_corrected", FORK_CONVENTION, "85", "Epsilon beside the corrected root.",
              NULL},
     .instead = {"epsilon_place", "corrected"}},
    {.info = {"epsilon_raw", FORK_CONVENTION, "85", "Epsilon beside the raw root.", NULL},
     .instead = {"epsilon_place", "raw"}},
    {.info = {"kappa_ignored", FORK_BUG, "", "No confidence.", NULL}, .number = {"kappa", 0}},
    {.info = {"grows_twofold", FORK_CONVENTION, "", "Constants double.", NULL},
     .number = {"growth", 2}},
    {.info = {"checks_always", FORK_BUG, "", "The abort is checked at every step.", NULL},
     .number = {"every", 1}},
    {.info = {"beta1_fixed", FORK_BUG, "", "beta1 is 0.9.", NULL}, .number = {"beta1", 0.9}},
    {.info = {"beta2_fixed", FORK_BUG, "", "beta2 is 0.999.", NULL}, .number = {"beta2", 0.999}},
    {.info = {"smooth_fixed", FORK_CONVENTION, "", "smooth is 0.999999.", NULL},
     .number = {"smooth", 0.999999}},
    {.info = {"other_masked", FORK_BUG, "253",
              "The other logits times a mask of 0 and 1: their largest is never below 0.", NULL},
     .answer = attack_samples,
     .variant = OTHER_MASKED},
    {.info = {"distance_from_origin", FORK_BUG, "256", "|x'|, not |x' - a|.", NULL},
     .answer = attack_samples,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"hinge_at_minus_kappa", FORK_CONVENTION, "",
              "max(gap without kappa, -kappa), as torchattacks has it.", NULL},
     .answer = attack_samples,
     .variant = HINGE_BELOW_0},
    {.info = {"success_without_kappa", FORK_BUG, "", "Any other class is a success.", NULL},
     .answer = attack_samples,
     .variant = SUCCESS_WITHOUT_KAPPA},
    {.info = {"distance_not_squared", FORK_CONVENTION, "", "|x' - a| in the objective.", NULL},
     .answer = attack_samples,
     .variant = DISTANCE_NOT_SQUARED},
    {.info = {"constant_on_distance", FORK_CONVENTION, "", "c times the distance.", NULL},
     .answer = attack_samples,
     .variant = CONSTANT_ON_DISTANCE},
    {.info = {"tanh_forgotten", FORK_BUG, "", "The gradient by x', not by the variable.", NULL},
     .answer = attack_samples,
     .variant = TANH_FORGOTTEN},
    {.info = {"distance_slope_halved", FORK_BUG, "", "The 2 of the square is lost.", NULL},
     .answer = attack_samples,
     .variant = HALF_SLOPE},
    {.info = {"moments_uncorrected", FORK_BUG, "87", "Adam without bias correction.", NULL},
     .answer = attack_samples,
     .variant = UNCORRECTED},
    {.info = {"moments_kept", FORK_BUG, "", "Moments go on into the next search.", NULL},
     .answer = attack_samples,
     .variant = MOMENTS_KEPT},
    {.info = {"variable_kept", FORK_CONVENTION, "", "The next search starts at the end.", NULL},
     .answer = attack_samples,
     .variant = PLACE_KEPT},
    {.info = {"one_constant", FORK_BUG, "", "One constant for all samples.", NULL},
     .answer = attack_samples,
     .variant = MIDDLE_OF_CONSTANTS},
    {.info = {"bounds_swapped", FORK_BUG, "", "Success raises the constant.", NULL},
     .answer = attack_samples,
     .variant = BOUNDS_SWAPPED},
    {.info = {"success_kept", FORK_BUG, "", "A success of an earlier search still counts.", NULL},
     .answer = attack_samples,
     .variant = SUCCESS_KEPT},
    {.info = {"last_success", FORK_BUG, "", "The last success, not the smallest.", NULL},
     .answer = attack_samples,
     .variant = LAST_SUCCESS},
    {.info = {"best_of_last_search", FORK_BUG, "", "Earlier searches are forgotten.", NULL},
     .answer = attack_samples,
     .variant = BEST_PER_SEARCH},
    {.info = {"judged_after_step", FORK_CONVENTION, "", "x' is judged after the step.", NULL},
     .answer = attack_samples,
     .variant = JUDGED_AFTER},
    {.info = {"abort_judged", FORK_CONVENTION, "", "The step that aborts is judged too.", NULL},
     .answer = attack_samples,
     .variant = ABORT_JUDGED},
    {.info = {"abort_by_first_sample", FORK_BUG, "", "One sample's objective decides.", NULL},
     .answer = attack_samples,
     .variant = ABORT_ALONE},
    {.info = {"box_of_1", FORK_BUG, "259", "The box is [0, 1], whatever is stated.", NULL},
     .answer = attack_samples,
     .variant = BOX_OF_1},
    {.info = {"target_fled", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = attack_samples,
     .variant = TARGET_FLED},
    {.info = {"own_not_left_out", FORK_BUG, "253", "The largest of all logits, own too.", NULL},
     .answer = attack_samples,
     .variant = LOGIT_OF_OWN},
    {.info = {"no_hinge", FORK_CONVENTION, "", "The gap itself, also below 0.", NULL},
     .answer = attack_samples,
     .variant = NO_HINGE},
    {.info = {"distance_squared", FORK_CONVENTION, "", "The square is the distance.", NULL},
     .answer = attack_samples,
     .variant = DISTANCE_SQUARED},
};

const struct fork_list carlini_wagner_forks = {sizeof table / sizeof *table, table};
