// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/hyperplane.h"
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    OWN_SLOPE_FORGOTTEN,
    RAW_NEAREST,
    SQUARE_FORGOTTEN,
    CANDIDATES_BY_NAME,
    NEVER_STOPS,
    OVERSHOOT_COMPOUNDS,
    OVERSHOOT_IN_STOP,
    WRONG_MOVED,
    SLOPES_OF_START,
    BOX_FORGOTTEN,
    DISTANCE_OF_INPUT,
    DISTANCE_OF_LAST_STEP,
    ITERATIONS_ONE_MORE,
    AWAY,
    TOTAL_CLIPPED,
    DEVIATION_FORGOTTEN
};
enum overshoots { EVERY, END, STEP };

struct fool {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    enum hyperplane_norm norm;
    int probabilities, by_label, *candidate;
    enum overshoots overshoots;
    size_t T, classes, own;
    real overshoot, offset;
    const int *labels;
    real *g, *slope, *v, *r, *total, *x; /* (K), (K,D), (D) four times */
};

static struct fool read_fool(struct call *call)
{
    static const char *const overshoots[] = {"every", "end", "step", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const owns[] = {"prediction", "label", NULL};
    struct fool f = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &f.victim);
    size_t D = f.victim.D, K = f.victim.K;
    f.at = jacobian_create(call, &f.victim);
    f.norm = hyperplane_norm(call);
    f.overshoots = (enum overshoots)call_choice(call, "overshoots", overshoots);
    f.probabilities = call_choice(call, "value", values);
    f.by_label = call_choice(call, "own", owns);
    f.T = call_count_or(call, "steps", 50, 1, 1 << 16);
    f.overshoot = call_number_or(call, "overshoot", R(0.02));
    f.offset = call_number_or(call, "offset", R(0.0));
    f.classes = call_count_or(call, "classes", K, 2, K);
    call_bind(call, 'T', f.T);
    if (f.by_label)
        f.labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    f.candidate = call_scratch_integers(call, K);
    f.g = call_scratch(call, K);
    f.slope = call_scratch(call, K * D);
    f.v = call_scratch(call, D);
    f.r = call_scratch(call, D);
    f.total = call_scratch(call, D);
    f.x = call_scratch(call, D);
    return f;
}

static void begin(struct fool *f, size_t n)
{
    size_t D = f->victim.D, K = f->victim.K;
    for (size_t d = 0; d < D; d++) {
        f->x[d] = f->victim.x[n * D + d];
        f->total[d] = 0;
    }
    jacobian_fill(&f->at, f->x);
    f->own = f->by_label ? (size_t)f->labels[n] : jacobian_class(&f->at);
    for (size_t k = 0; k < K; k++) {
        size_t above = 1;
        for (size_t j = 0; j < K; j++) {
            real lead =
                f->mistake == CANDIDATES_BY_NAME ? (real)k - (real)j : f->at.z[j] - f->at.z[k];
            above += j != f->own && j != k && lead > 0;
        }
        f->candidate[k] = k != f->own && above < f->classes;
    }
}

/* g and slope (K,D) at x. */
static void differentiate(struct fool *f)
{
    size_t D = f->victim.D, K = f->victim.K;
    const struct jacobian *at = &f->at;
    real sum = 0, largest = at->z[jacobian_class(at)];
    for (size_t k = K; k-- > 0;)
        sum = sum + real_exp(at->z[k] - largest);
    for (size_t k = 0; k < K; k++)
        f->g[k] = f->probabilities ? real_exp(at->z[k] - largest) / sum : at->z[k];
    for (size_t i = 0; i < K * D; i++) {
        size_t k = i / D, d = i % D;
        real mean = 0;
        for (size_t j = K; j-- > 0 && f->probabilities;)
            mean = mean + f->g[j] * at->of[j * D + d];
        f->slope[i] = f->probabilities ? f->g[k] * (at->of[i] - mean) : at->of[i];
        if (f->mistake == DEVIATION_FORGOTTEN && f->victim.mean)
            f->slope[i] = f->slope[i] * f->victim.deviation[d];
    }
}

static void toward(const struct fool *f, size_t k)
{
    size_t D = f->victim.D;
    for (size_t d = 0; d < D; d++) {
        real own = f->mistake == OWN_SLOPE_FORGOTTEN ? 0 : f->slope[f->own * D + d];
        f->v[d] = f->slope[k * D + d] - own;
    }
}

static real dual(const struct fool *f)
{
    real sum = 0, square = 0, largest = 0;
    for (size_t d = f->victim.D; d-- > 0;) {
        real size = real_abs(f->v[d]);
        sum = sum + size;
        square = square + size * size;
        largest = size > largest ? size : largest;
    }
    if (f->norm == HYPERPLANE_L2)
        return f->mistake == SQUARE_FORGOTTEN ? square : real_sqrt(square);
    return f->norm == HYPERPLANE_L1 ? largest : sum;
}

/* r: the distance along the direction of length 1. */
static void make_step(struct fool *f)
{
    size_t D = f->victim.D, best = f->victim.K, place = 0;
    real least = 0;
    for (size_t k = 0; k < f->victim.K; k++) {
        if (!f->candidate[k])
            continue;
        toward(f, k);
        real distance = (f->g[f->own] - f->g[k]) / (f->mistake == RAW_NEAREST ? 1 : dual(f));
        if (best == f->victim.K || distance < least) {
            best = k;
            least = distance;
        }
    }
    toward(f, best);
    real length = dual(f), way = (f->g[f->own] - f->g[best]) / length + f->offset;
    for (size_t d = 1; d < D; d++)
        place = real_abs(f->v[d]) > real_abs(f->v[place]) ? d : place;
    for (size_t d = 0; d < D; d++) {
        real sign = (real)((f->v[d] > 0) - (f->v[d] < 0));
        f->r[d] = f->norm == HYPERPLANE_L2 ? way * (f->v[d] / length) : way * sign;
        if (f->norm == HYPERPLANE_L1 && d != place)
            f->r[d] = 0;
        if (f->mistake == AWAY)
            f->r[d] = -f->r[d];
    }
}

static real clip(const struct fool *f, real x)
{
    const struct victim *victim = &f->victim;
    if (!victim->boxed || f->mistake == BOX_FORGOTTEN)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

static void move(struct fool *f, size_t n)
{
    const real *start = &f->victim.x[n * f->victim.D];
    real more = 1 + f->overshoot;
    for (size_t d = 0; d < f->victim.D; d++) {
        f->total[d] = f->total[d] + f->r[d];
        if (f->overshoots != EVERY)
            f->x[d] = f->x[d] + (f->overshoots == STEP ? more : 1) * f->r[d];
        else if (f->mistake == OVERSHOOT_COMPOUNDS)
            f->x[d] = start[d] + more * (f->x[d] - start[d] + f->r[d]);
        else
            f->x[d] = start[d] + more * f->total[d];
        f->x[d] = clip(f, f->x[d]);
        if (f->mistake == TOTAL_CLIPPED)
            f->total[d] = f->x[d] - start[d];
    }
}

static int goes_on(const struct fool *f, int first)
{
    if (f->mistake == NEVER_STOPS || (first && f->mistake == WRONG_MOVED))
        return 1;
    return jacobian_class(&f->at) == f->own;
}

static real length_of(const struct fool *f, const real *end, const real *start)
{
    real sum = 0, square = 0, largest = 0;
    for (size_t d = f->victim.D; d-- > 0;) {
        real size = real_abs(end[d] - (f->mistake == DISTANCE_OF_INPUT ? 0 : start[d]));
        size = f->mistake == DISTANCE_OF_LAST_STEP ? real_abs(f->r[d]) : size;
        sum = sum + size;
        square = square + size * size;
        largest = size > largest ? size : largest;
    }
    if (f->norm == HYPERPLANE_L2)
        return real_sqrt(square);
    return f->norm == HYPERPLANE_L1 ? sum : largest;
}

static void fool_samples(struct call *call)
{
    struct fool f = read_fool(call);
    size_t N = f.victim.N, D = f.victim.D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *class = call_output_integers(call, "class", "N");
    for (size_t n = 0; n < N; n++) {
        const real *start = &f.victim.x[n * D];
        begin(&f, n);
        for (size_t t = 0; t < f.T; t++) {
            if (goes_on(&f, t == 0)) {
                if (t == 0 || f.mistake != SLOPES_OF_START)
                    differentiate(&f);
                make_step(&f);
                move(&f, n);
                jacobian_fill(&f.at, f.x);
                iterations[n] = iterations[n] + 1;
            }
            for (size_t d = 0; d < D; d++)
                iterates[(t * N + n) * D + d] = f.x[d];
        }
        for (size_t d = 0; d < D; d++) {
            real end = f.x[d];
            if (f.overshoots == END && f.mistake != OVERSHOOT_IN_STOP)
                end = start[d] + (1 + f.overshoot) * (f.x[d] - start[d]);
            adversarial[n * D + d] = clip(&f, end);
        }
        iterations[n] = iterations[n] + (f.mistake == ITERATIONS_ONE_MORE);
        distance[n] = length_of(&f, &adversarial[n * D], start);
        jacobian_fill(&f.at, &adversarial[n * D]);
        class[n] = real_count(jacobian_class(&f.at));
    }
}

static const struct fork table[] = {
    {.info = {"jacobians", FORK_TWIN, "",
              "All slopes forwards through the model, and distances along directions of length 1.",
              NULL},
     .answer = fool_samples},
    {.info = {"always_l2", FORK_CONVENTION, "", "The smallest in L2.", NULL},
     .instead = {"norm", "l2"}},
    {.info = {"always_l_infinity", FORK_CONVENTION, "", "The smallest largest change.", NULL},
     .instead = {"norm", "l_infinity"}},
    {.info = {"from_prediction", FORK_CONVENTION, "252 250", "The label is not asked.", NULL},
     .instead = {"own", "prediction"}},
    {.info = {"of_logits", FORK_CONVENTION, "", "Planes of the logits.", NULL},
     .instead = {"value", "logits"}},
    {.info = {"of_probabilities", FORK_CONVENTION, "", "Planes of the probabilities.", NULL},
     .instead = {"value", "probabilities"}},
    {.info = {"overshoot_every", FORK_CONVENTION, "252", "Overshoot of the whole way.", NULL},
     .instead = {"overshoots", "every"}},
    {.info = {"overshoot_end", FORK_CONVENTION, "252", "Overshoot at the end alone.", NULL},
     .instead = {"overshoots", "end"}},
    {.info = {"overshoot_step", FORK_CONVENTION, "252", "Overshoot of each step.", NULL},
     .instead = {"overshoots", "step"}},
    {.info = {"no_overshoot", FORK_BUG, "252", "Steps to the boundary, not across it.", NULL},
     .number = {"overshoot", 0}},
    {.info = {"offset_ignored", FORK_CONVENTION, "", "No offset.", NULL}, .number = {"offset", 0}},
    {.info = {"offset_of_authors", FORK_CONVENTION, "", "An offset of 1e-4.", NULL},
     .number = {"offset", 1e-4}},
    {.info = {"two_classes", FORK_BUG, "", "The second largest class is the only candidate.", NULL},
     .number = {"classes", 2}},
    {.info = {"own_slope_forgotten", FORK_BUG, "", "The slope of the other class alone.", NULL},
     .answer = fool_samples,
     .variant = OWN_SLOPE_FORGOTTEN},
    {.info = {"raw_nearest", FORK_BUG, "", "The smallest gap, not the smallest distance.", NULL},
     .answer = fool_samples,
     .variant = RAW_NEAREST},
    {.info = {"square_forgotten", FORK_BUG, "", "Divides by |v|^2 to normalise.", NULL},
     .answer = fool_samples,
     .variant = SQUARE_FORGOTTEN},
    {.info = {"candidates_by_name", FORK_BUG, "252", "The first classes, not the largest.", NULL},
     .answer = fool_samples,
     .variant = CANDIDATES_BY_NAME},
    {.info = {"never_stops", FORK_BUG, "", "Goes on after the class has changed.", NULL},
     .answer = fool_samples,
     .variant = NEVER_STOPS},
    {.info = {"overshoot_compounds", FORK_BUG, "252", "The overshoot multiplies itself.", NULL},
     .answer = fool_samples,
     .variant = OVERSHOOT_COMPOUNDS},
    {.info = {"overshoot_never_applied", FORK_BUG, "252", "No overshoot at the end.", NULL},
     .answer = fool_samples,
     .variant = OVERSHOOT_IN_STOP},
    {.info = {"already_wrong_moves", FORK_BUG, "252", "One step at least.", NULL},
     .answer = fool_samples,
     .variant = WRONG_MOVED},
    {.info = {"slopes_of_start", FORK_BUG, "", "Gaps and slopes are those of x.", NULL},
     .answer = fool_samples,
     .variant = SLOPES_OF_START},
    {.info = {"box_forgotten", FORK_BUG, "", "Leaves the box.", NULL},
     .answer = fool_samples,
     .variant = BOX_FORGOTTEN},
    {.info = {"way_clipped", FORK_BUG, "", "What the box cut off is forgotten.", NULL},
     .answer = fool_samples,
     .variant = TOTAL_CLIPPED},
    {.info = {"distance_from_origin", FORK_BUG, "256", "The norm of the input.", NULL},
     .answer = fool_samples,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"distance_of_last_step", FORK_BUG, "", "The last step alone.", NULL},
     .answer = fool_samples,
     .variant = DISTANCE_OF_LAST_STEP},
    {.info = {"one_iteration_more", FORK_BUG, "252", "Counts from 1.", NULL},
     .answer = fool_samples,
     .variant = ITERATIONS_ONE_MORE},
    {.info = {"away", FORK_BUG, "", "The step has the other sign.", NULL},
     .answer = fool_samples,
     .variant = AWAY},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "Slopes of normalised inputs.", NULL},
     .answer = fool_samples,
     .variant = DEVIATION_FORGOTTEN},
};

const struct fork_list deep_fool_forks = {sizeof table / sizeof *table, table};
