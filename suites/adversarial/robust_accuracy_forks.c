// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/robust_accuracy.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    CLEAN_ALONE,
    STEP_ABSOLUTE,
    BEST_CASE,
    AVERAGE_OF_ATTACKS,
    SMALLEST_IS_LAST,
    SMALLEST_FROM_ONE,
    MEAN_OF_RIGHT,
    FROM_LAST_RADIUS,
    LARGEST_RADIUS,
    MARGIN_OF_LARGEST,
    DOWNHILL,
    SHARE_BROKEN,
    FIRST_BLOCK
};

struct trial {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    int attacks;
    size_t N, D;
    real step;
    real *x, *g; /* (N,D) */
};

static void run(struct trial *is, real alpha, size_t steps, int from_last)
{
    const struct victim *victim = &is->victim;
    size_t all = is->N * is->D;
    for (size_t i = 0; i < all && !from_last; i++)
        is->x[i] = victim->x[i];
    for (size_t s = 0; s < steps && is->mistake != CLEAN_ALONE; s++) {
        tangents_gradient(&is->tangents, is->attack.loss, is->g, is->x, victim->answer);
        for (size_t i = 0; i < all; i++) {
            real move =
                rival_direction(&is->attack.rules, &is->g[i / is->D * is->D], i % is->D) * alpha;
            is->x[i] = is->mistake == DOWNHILL ? is->x[i] - move : move + is->x[i];
        }
        rival_constrain(&is->attack, is->x, victim->x);
    }
    tangents_logits(&is->tangents, is->x);
}

static int right(const struct trial *is, size_t n)
{
    return tangents_class(&is->tangents, n) == is->victim.answer[n];
}

static real gap(const struct trial *is, size_t n)
{
    size_t K = is->victim.K, y = (size_t)is->victim.answer[n];
    const real *z = &is->tangents.z[n * K];
    if (K == 1)
        return y ? *z : -*z;
    size_t other = y == 0;
    for (size_t k = K; k-- > 0;) {
        if (k != y && z[k] > z[other])
            other = k;
    }
    if (is->mistake == MARGIN_OF_LARGEST) {
        other = y;
        for (size_t k = 0; k < K; k++)
            other = z[k] > z[other] ? k : other;
    }
    return z[y] - z[other];
}

static void read(struct call *call, struct trial *is)
{
    static const char *const orders[] = {"ball_box", "box_ball", "box_ball_box", NULL};
    static const char *const attacks[] = {"descent", "one_step", "both", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    perturbation_read(call, &is->attack.rules, is->victim.D);
    is->attack.victim = &is->victim;
    is->attack.order = (enum attack_order)call_choice(call, "order", orders);
    is->attack.steps = call_count(call, "steps", 1, 64);
    is->step = call_number(call, "step");
    is->attacks = call_choice(call, "attacks", attacks);
    is->tangents = tangents_create(call, &is->victim);
    is->N = is->victim.N;
    is->D = is->victim.D;
    is->attack.loss = call_scratch(call, is->N);
    is->x = call_scratch(call, is->N * is->D);
    is->g = call_scratch(call, is->N * is->D);
}

static void attack_all(struct trial *is, real epsilon, size_t e, int *hits, real *margin)
{
    for (int one = 0; one < 2; one++) {
        if (is->attacks != 2 && is->attacks != one)
            continue;
        real alpha = one ? epsilon : is->mistake == STEP_ABSOLUTE ? is->step : is->step * epsilon;
        is->attack.epsilon = epsilon;
        run(is, alpha, one ? 1 : is->attack.steps, is->mistake == FROM_LAST_RADIUS && e > 0);
        for (size_t n = 0; n < is->N; n++) {
            real own = gap(is, n);
            hits[n] += !right(is, n);
            margin[n] = is->attacks == 2 && one && margin[n] < own ? margin[n] : own;
        }
    }
}

static void try_all(struct call *call)
{
    static const char *const wrongs[] = {"broken", "attacked", NULL};
    static const char *const acrosses[] = {"each", "cumulative", NULL};
    struct trial is = {0};
    read(call, &is);
    const real *epsilon = call_input(call, "epsilons", "E");
    size_t N = is.N, E = call_size(call, 'E');
    int attacked = call_choice(call, "wrong", wrongs);
    int cumulative = call_choice(call, "across", acrosses);
    real *robust = call_output_integers(call, "robust", "EN");
    real *accuracy = call_output(call, "accuracy", "E");
    real *smallest = call_output_integers(call, "smallest", "N");
    real *margin = call_output(call, "margin", "EN");
    int *clean = call_scratch_integers(call, N), *hits = call_scratch_integers(call, N);
    tangents_logits(&is.tangents, is.victim.x);
    size_t cleans = 0;
    for (size_t n = 0; n < N; n++) {
        clean[n] = right(&is, n);
        cleans += (size_t)clean[n];
    }
    for (size_t e = 0; e < E; e++) {
        for (size_t n = 0; n < N; n++)
            hits[n] = 0;
        attack_all(&is, epsilon[is.mistake == LARGEST_RADIUS ? E - 1 : e], e, hits, &margin[e * N]);
        real sum = 0;
        for (size_t n = 0; n < N; n++) {
            int most = is.attacks == 2 && is.mistake == BEST_CASE ? 2 : 1;
            int before = !cumulative || e == 0 || robust[(e - 1) * N + n] > 0;
            int stays = hits[n] < most && (attacked || clean[n]) && before;
            robust[e * N + n] = stays ? 1 : 0;
            real counts = stays ? 1 : 0;
            if (is.mistake == AVERAGE_OF_ATTACKS && is.attacks == 2 && clean[n])
                counts = 1 - (real)hits[n] / 2;
            if (is.mistake != FIRST_BLOCK || n < is.victim.block)
                sum = sum + counts;
        }
        accuracy[e] = sum / real_count(is.mistake == MEAN_OF_RIGHT && cleans ? cleans : N);
        if (is.mistake == SHARE_BROKEN)
            accuracy[e] = 1 - accuracy[e];
    }
    for (size_t n = 0; n < N; n++) {
        size_t first = 0, last = E;
        while (first < E && robust[first * N + n] > 0)
            first++;
        while (last > 0 && !(robust[(last - 1) * N + n] > 0))
            last--;
        smallest[n] = real_count(is.mistake == SMALLEST_IS_LAST ? last : first);
        if (is.mistake == SMALLEST_FROM_ONE)
            smallest[n] = smallest[n] + 1;
    }
}

static const struct fork table[] = {
    {.info = {"hits", FORK_TWIN, "", "Hits of all attacks are counted, then judged; tangents.",
              NULL},
     .answer = try_all},
    {.info = {"clean_alone", FORK_BUG, "", "The inputs are not attacked.", NULL},
     .answer = try_all,
     .variant = CLEAN_ALONE},
    {.info = {"step_absolute", FORK_CONVENTION, "259", "The step is not relative to the radius.",
              NULL},
     .answer = try_all,
     .variant = STEP_ABSOLUTE},
    {.info = {"best_case", FORK_BUG, "", "A sample is broken if all attacks break it.", NULL},
     .answer = try_all,
     .variant = BEST_CASE},
    {.info = {"average_of_attacks", FORK_CONVENTION, "", "The mean of the attacks' accuracies.",
              NULL},
     .answer = try_all,
     .variant = AVERAGE_OF_ATTACKS},
    {.info = {"descent_alone", FORK_CONVENTION, "", "Small steps alone.", NULL},
     .instead = {"attacks", "descent"}},
    {.info = {"one_step_alone", FORK_CONVENTION, "", "One long step alone.", NULL},
     .instead = {"attacks", "one_step"}},
    {.info = {"wrong_left_broken", FORK_CONVENTION, "",
              "Samples that are wrong without an attack stay wrong.", NULL},
     .instead = {"wrong", "broken"}},
    {.info = {"wrong_attacked", FORK_CONVENTION, "", "An attack may correct what was wrong.", NULL},
     .instead = {"wrong", "attacked"}},
    {.info = {"each_radius", FORK_CONVENTION, "259", "Each radius by itself.", NULL},
     .instead = {"across", "each"}},
    {.info = {"cumulative", FORK_CONVENTION, "259", "Broken stays broken.", NULL},
     .instead = {"across", "cumulative"}},
    {.info = {"from_last_radius", FORK_BUG, "",
              "The attack goes on from where the smaller radius left off.", NULL},
     .answer = try_all,
     .variant = FROM_LAST_RADIUS},
    {.info = {"largest_radius", FORK_BUG, "", "The largest radius for all.", NULL},
     .answer = try_all,
     .variant = LARGEST_RADIUS},
    {.info = {"smallest_is_last", FORK_BUG, "259",
              "The radius after the last that a sample survives.", NULL},
     .answer = try_all,
     .variant = SMALLEST_IS_LAST},
    {.info = {"smallest_from_one", FORK_CONVENTION, "", "Radii are counted from one.", NULL},
     .answer = try_all,
     .variant = SMALLEST_FROM_ONE},
    {.info = {"mean_of_right", FORK_CONVENTION, "",
              "Only the samples that are right without an attack are counted.", NULL},
     .answer = try_all,
     .variant = MEAN_OF_RIGHT},
    {.info = {"share_broken", FORK_CONVENTION, "", "The attack's success rate.", NULL},
     .answer = try_all,
     .variant = SHARE_BROKEN},
    {.info = {"first_block", FORK_BUG, "", "One machine's right samples over all samples.", NULL},
     .answer = try_all,
     .variant = FIRST_BLOCK},
    {.info = {"margin_of_largest", FORK_BUG, "",
              "The margin to the largest logit, the label's included.", NULL},
     .answer = try_all,
     .variant = MARGIN_OF_LARGEST},
    {.info = {"downhill", FORK_BUG, "250", "The attack helps the model.", NULL},
     .answer = try_all,
     .variant = DOWNHILL},
};

const struct fork_list robust_accuracy_forks = {sizeof table / sizeof *table, table};
