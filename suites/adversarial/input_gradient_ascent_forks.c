// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    DOWNHILL,
    SIGNED,
    GRADIENT_OF_START,
    PULL_WITHOUT_2,
    PULL_TO_0,
    PULL_AWAY,
    TARGET_UPHILL,
    NOT_CLIPPED,
    NEVER_STOPS,
    ONE_STEP_MORE,
    STOPS_TOGETHER,
    PROBABILITY_OF_ANSWER,
    PATH_AS_DISTANCE,
    DISTANCE_AS_PATH,
    PATH_BEFORE_CLIP,
    DISTANCE_OF_INPUT,
    LOSS_AFTER,
    NORM_OF_ALL,
    DEVIATION_FORGOTTEN,
    COUNTS_FROM_ONE
};

struct ascent {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int direction;
    size_t T;
    real rate, penalty, confidence;
    real *x, *h, *dz, *start; /* (D) twice, (K), (D): of the first gradient */
    real loss, sure;
    size_t class;
};

static struct ascent read_ascent(struct call *call)
{
    static const char *const directions[] = {"raw", "unit", "largest", NULL};
    struct ascent is = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &is.victim);
    victim_read_goal(call, &is.victim);
    is.at = jacobian_create(call, &is.victim);
    is.direction = call_choice(call, "direction", directions);
    is.T = call_count_or(call, "steps", 100, 1, 1 << 20);
    is.rate = call_number_or(call, "rate", R(0.1));
    is.penalty = call_number_or(call, "penalty", R(0.0));
    is.confidence = call_number_or(call, "confidence", R(0.0));
    call_bind(call, 'T', is.T);
    is.x = call_scratch(call, is.victim.D);
    is.h = call_scratch(call, is.victim.D);
    is.start = call_scratch(call, is.victim.D);
    is.dz = call_scratch(call, is.victim.K);
    return is;
}

/* Class, probability, loss and slopes by the logits, all from gaps to the logit of class y. */
static void look(struct ascent *is, size_t y)
{
    const real *z = is->at.z;
    size_t K = is->victim.K, other = K;
    real others = 0, most = 0;
    is->class = K == 1 ? *z > 0 : jacobian_class(&is->at);
    if (K == 1) {
        real gap = y == 1 ? -*z : *z, e = real_exp(-real_abs(gap));
        is->sure = 1 / (1 + e);
        is->loss = real_log1p(e) + (gap > 0 ? gap : 0);
        *is->dz = (y == 1 ? -1 : 1) * (gap > 0 ? is->sure : 1 - is->sure);
        is->sure = is->mistake == PROBABILITY_OF_ANSWER && is->class != y ? 1 - is->sure : is->sure;
        return;
    }
    for (size_t k = K; k-- > 0;) {
        if (k != y && (other == K || z[k] >= z[other]))
            other = k;
    }
    most = z[other] > z[y] ? z[other] : z[y];
    for (size_t k = K; k-- > 0;)
        others = others + (k == y ? 0 : real_exp(z[k] - most));
    real own = real_exp(z[y] - most), sum = others + own;
    is->sure = (is->mistake == PROBABILITY_OF_ANSWER ? own : 1) / sum;
    is->loss = real_log(sum) - (z[y] - most);
    for (size_t k = 0; k < K; k++)
        is->dz[k] = k == y ? -others / sum : real_exp(z[k] - most) / sum;
    if (is->victim.objective == VICTIM_MARGIN) {
        is->loss = z[other] - z[y];
        for (size_t k = 0; k < K; k++)
            is->dz[k] = (real)(k == other) - (real)(k == y);
    }
}

static real length(const real *y, const real *from, size_t D)
{
    real square = 0;
    for (size_t d = D; d-- > 0;)
        square = square + (y[d] - (from ? from[d] : 0)) * (y[d] - (from ? from[d] : 0));
    return real_sqrt(square);
}

/* h, of the direction that is wanted. */
static void steer(struct ascent *is, const real *start, int first)
{
    const struct victim *victim = &is->victim;
    size_t D = victim->D;
    int down = victim->goal == VICTIM_TARGET && is->mistake != TARGET_UPHILL;
    real pull = is->penalty * (is->mistake == PULL_WITHOUT_2 ? 1 : 2), largest = 0;
    pull = is->mistake == PULL_AWAY ? -pull : pull;
    for (size_t k = 0; k < victim->K; k++)
        is->dz[k] = is->dz[k] / victim->W;
    jacobian_combine(&is->at, is->h, is->dz);
    for (size_t d = 0; d < D; d++) {
        if (is->mistake == DEVIATION_FORGOTTEN && victim->mean)
            is->h[d] = is->h[d] * victim->deviation[d];
        is->start[d] = first ? is->h[d] : is->start[d];
        real g = is->mistake == GRADIENT_OF_START ? is->start[d] : is->h[d];
        real away = is->x[d] - (is->mistake == PULL_TO_0 ? 0 : start[d]);
        is->h[d] = (down == (is->mistake == DOWNHILL) ? g : -g) - pull * away;
        if (is->mistake == SIGNED)
            is->h[d] = (real)((is->h[d] > 0) - (is->h[d] < 0));
        largest = real_abs(is->h[d]) > largest ? real_abs(is->h[d]) : largest;
    }
    real size = length(is->h, NULL, D);
    size = is->mistake == NORM_OF_ALL ? size * real_sqrt(real_count(victim->N)) : size;
    for (size_t d = 0; d < D && is->direction != 0; d++)
        is->h[d] = is->h[d] / (is->direction == 1 ? size : largest);
}

/* Returns the length of the step. */
static real climb(struct ascent *is)
{
    const struct victim *victim = &is->victim;
    real square = 0;
    for (size_t d = 0; d < victim->D; d++) {
        real before = is->x[d], to = before + is->rate * is->h[d], free = to;
        if (victim->boxed && is->mistake != NOT_CLIPPED)
            to = to < victim->low ? victim->low : to > victim->high ? victim->high : to;
        is->x[d] = to;
        to = is->mistake == PATH_BEFORE_CLIP ? free : to;
        square = square + (to - before) * (to - before);
    }
    return real_sqrt(square);
}

static void attack(struct call *call)
{
    struct ascent is = read_ascent(call);
    size_t N = is.victim.N, D = is.victim.D, together = is.T;
    real *iterates = call_output(call, "iterates", "TNa");
    real *losses = call_output(call, "losses", "TN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N"), *path = call_output(call, "path", "N");
    real *sure = call_output(call, "probability", "N");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *class = call_output_integers(call, "class", "N");
    for (size_t n = 0; n < N; n++) {
        const real *start = &is.victim.x[n * D];
        size_t y = (size_t)is.victim.answer[n], late = 0;
        for (size_t d = 0; d < D; d++)
            is.x[d] = start[d];
        jacobian_fill(&is.at, is.x);
        for (size_t t = 0; t < is.T; t++) {
            look(&is, y);
            losses[t * N + n] = is.loss;
            int there = (is.class == y) == (is.victim.goal == VICTIM_TARGET);
            there = there && is.sure >= is.confidence && is.mistake != NEVER_STOPS;
            if (is.mistake == STOPS_TOGETHER) {
                together = there && n == 0 && t < together ? t : together;
                there = t >= together;
            }
            late = there ? late + 1 : 0;
            if (late <= (is.mistake == ONE_STEP_MORE) && (!there || late == 1)) {
                steer(&is, start, t == 0);
                path[n] = path[n] + climb(&is);
                iterations[n] = iterations[n] + 1;
                jacobian_fill(&is.at, is.x);
            }
            look(&is, y);
            losses[t * N + n] = is.mistake == LOSS_AFTER ? is.loss : losses[t * N + n];
            for (size_t d = 0; d < D; d++)
                iterates[(t * N + n) * D + d] = is.x[d];
        }
        for (size_t d = 0; d < D; d++)
            adversarial[n * D + d] = is.x[d];
        look(&is, y);
        distance[n] = length(is.x, is.mistake == DISTANCE_OF_INPUT ? NULL : start, D);
        real way = path[n];
        path[n] = is.mistake == DISTANCE_AS_PATH ? distance[n] : way;
        distance[n] = is.mistake == PATH_AS_DISTANCE ? way : distance[n];
        sure[n] = is.sure;
        class[n] = real_count(is.class);
        iterations[n] = iterations[n] + (is.mistake == COUNTS_FROM_ONE);
    }
}

static const struct fork table[] = {
    {.info = {"one_by_one", FORK_TWIN, "",
              "One sample after the other; slopes forwards; directions before the rate.", NULL},
     .answer = attack},
    {.info = {"always_raw", FORK_CONVENTION, "", "The gradient's own length.", NULL},
     .instead = {"direction", "raw"}},
    {.info = {"always_unit", FORK_CONVENTION, "", "Steps of one length.", NULL},
     .instead = {"direction", "unit"}},
    {.info = {"always_largest", FORK_CONVENTION, "", "Divided by the largest magnitude.", NULL},
     .instead = {"direction", "largest"}},
    {.info = {"of_labels", FORK_CONVENTION, "250", "Away from the labels.", NULL},
     .instead = {"goal", "labels"}},
    {.info = {"loss_summed", FORK_CONVENTION, "251", "Each sample its own gradient.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"loss_averaged", FORK_CONVENTION, "251", "Gradients of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"any_confidence", FORK_BUG, "", "Stops behind the boundary.", NULL},
     .number = {"confidence", 0}},
    {.info = {"no_penalty", FORK_BUG, "", "No pull.", NULL}, .number = {"penalty", 0}},
    {.info = {"downhill", FORK_BUG, "250", "The wrong way along the gradient.", NULL},
     .answer = attack,
     .variant = DOWNHILL},
    {.info = {"signs", FORK_BUG, "245", "Signs of the gradient.", NULL},
     .answer = attack,
     .variant = SIGNED},
    {.info = {"gradient_of_start", FORK_BUG, "", "The gradient is taken once.", NULL},
     .answer = attack,
     .variant = GRADIENT_OF_START},
    {.info = {"pull_without_2", FORK_CONVENTION, "", "Half the penalty's slope.", NULL},
     .answer = attack,
     .variant = PULL_WITHOUT_2},
    {.info = {"pull_to_0", FORK_BUG, "256", "A pull to the origin.", NULL},
     .answer = attack,
     .variant = PULL_TO_0},
    {.info = {"pull_away", FORK_BUG, "", "The pull has the other sign.", NULL},
     .answer = attack,
     .variant = PULL_AWAY},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = attack,
     .variant = TARGET_UPHILL},
    {.info = {"not_clipped", FORK_BUG, "", "Leaves the box.", NULL},
     .answer = attack,
     .variant = NOT_CLIPPED},
    {.info = {"never_stops", FORK_BUG, "", "All steps, always.", NULL},
     .answer = attack,
     .variant = NEVER_STOPS},
    {.info = {"one_step_more", FORK_BUG, "", "One step behind the boundary.", NULL},
     .answer = attack,
     .variant = ONE_STEP_MORE},
    {.info = {"stops_together", FORK_BUG, "", "All stop with the first sample.", NULL},
     .answer = attack,
     .variant = STOPS_TOGETHER},
    {.info = {"probability_of_answer", FORK_BUG, "", "The probability of the class it left.", NULL},
     .answer = attack,
     .variant = PROBABILITY_OF_ANSWER},
    {.info = {"path_as_distance", FORK_BUG, "", "The way gone, not the change.", NULL},
     .answer = attack,
     .variant = PATH_AS_DISTANCE},
    {.info = {"distance_as_path", FORK_BUG, "", "The change, not the way gone.", NULL},
     .answer = attack,
     .variant = DISTANCE_AS_PATH},
    {.info = {"path_before_box", FORK_BUG, "", "Steps as long as they would be without a box.",
              NULL},
     .answer = attack,
     .variant = PATH_BEFORE_CLIP},
    {.info = {"distance_from_origin", FORK_BUG, "256", "The length of the input.", NULL},
     .answer = attack,
     .variant = DISTANCE_OF_INPUT},
    {.info = {"loss_after_step", FORK_CONVENTION, "", "Losses behind the steps.", NULL},
     .answer = attack,
     .variant = LOSS_AFTER},
    {.info = {"norm_of_batch", FORK_BUG, "246", "Divided by a norm over all samples.", NULL},
     .answer = attack,
     .variant = NORM_OF_ALL},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "Slopes of normalised inputs.", NULL},
     .answer = attack,
     .variant = DEVIATION_FORGOTTEN},
    {.info = {"counts_from_one", FORK_BUG, "", "One iteration too many.", NULL},
     .answer = attack,
     .variant = COUNTS_FROM_ONE},
};

const struct fork_list input_gradient_ascent_forks = {sizeof table / sizeof *table, table};
