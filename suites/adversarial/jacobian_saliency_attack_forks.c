// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "jacobian_forks.h"

enum mistake {
    NONE,
    ALL_CLASSES,
    OWN_AS_OTHERS,
    SUM_OF_SLOPES,
    SIGNS_IGNORED,
    ALWAYS_UP,
    SATURATED_OPEN,
    NOT_CLIPPED,
    FIRST_ALONE,
    NEVER_STOPS,
    SLOPES_OF_START,
    TARGET_LABEL,
    LEAST,
    LAST_OF_ALL,
    SET_TO_THETA,
    DEVIATION_FORGOTTEN
};

struct map {
    enum mistake mistake;
    struct victim victim;
    struct jacobian at;
    int single, probabilities, again, target_alone;
    size_t T;
    real theta;
    const int *target;
    int *open;
    real *x, *a, *b, *p; /* (D) three times, (K) */
};

static struct map read_map(struct call *call)
{
    static const char *const features[] = {"pairs", "single", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const uses[] = {"once", "until_saturated", NULL};
    static const char *const maps[] = {"product", "target", NULL};
    struct map map = {.mistake = (enum mistake)call_variant(call)};
    victim_read(call, &map.victim);
    map.at = jacobian_create(call, &map.victim);
    size_t D = map.victim.D, K = map.victim.K;
    map.target = call_integers(call, "target", "N", 0, (int)K - 1);
    map.single = call_choice(call, "features", features);
    map.probabilities = call_choice(call, "value", values);
    map.again = call_choice(call, "used", uses);
    map.target_alone = call_choice(call, "map", maps);
    map.theta = call_number_or(call, "theta", R(1.0));
    map.T = (size_t)(call_number_or(call, "gamma", R(1.0)) * real_count(D)) / (map.single ? 1 : 2);
    call_bind(call, 'T', map.T);
    map.open = call_scratch_integers(call, D);
    map.x = call_scratch(call, D);
    map.a = call_scratch(call, D);
    map.b = call_scratch(call, D);
    map.p = call_scratch(call, K);
    return map;
}

static int at_end(const struct map *map, real x)
{
    return map->theta > 0 ? x >= map->victim.high : x <= map->victim.low;
}

/* a and b (D): with g = p, dg_k = p_k (dz_k - sum_j p_j dz_j). */
static void differentiate(struct map *map, size_t t)
{
    size_t D = map->victim.D, K = map->victim.K;
    const real *z = map->at.z, *of = map->at.of;
    real sum = 0, top = z[jacobian_class(&map->at)];
    for (size_t k = K; k-- > 0;)
        sum = sum + real_exp(z[k] - top);
    for (size_t k = 0; k < K; k++)
        map->p[k] = real_exp(z[k] - top) / sum;
    for (size_t d = 0; d < D; d++) {
        real mean = 0, all = 0, unit = 1;
        if (map->mistake == DEVIATION_FORGOTTEN && map->victim.mean)
            unit = map->victim.deviation[d];
        for (size_t k = K; k-- > 0 && map->probabilities;)
            mean = mean + map->p[k] * of[k * D + d];
        for (size_t k = K; k-- > 0;) {
            real slope = map->probabilities ? map->p[k] * (of[k * D + d] - mean) : of[k * D + d];
            map->a[d] = k == t ? unit * slope : map->a[d];
            all = all + (k == t && map->mistake != ALL_CLASSES ? 0 : unit * slope);
        }
        map->b[d] = map->mistake == OWN_AS_OTHERS ? -map->a[d] : all;
    }
}

static real score_of(const struct map *map, size_t p, size_t q)
{
    int two = p != q && map->mistake != FIRST_ALONE;
    real alpha = map->a[p] + (two ? map->a[q] : 0), beta = map->b[p] + (two ? map->b[q] : 0);
    real way = map->theta > 0 || map->mistake == ALWAYS_UP ? 1 : -1;
    if (map->target_alone)
        return way * alpha;
    if (map->mistake == SIGNS_IGNORED)
        return real_abs(alpha * beta);
    if (!(way * alpha > 0 && way * beta < 0))
        return 0;
    return map->mistake == SUM_OF_SLOPES ? way * (alpha - beta) : alpha * -beta;
}

/* The best pair, found backwards. */
static int choose(const struct map *map, real *best, size_t *first, size_t *second)
{
    size_t D = map->victim.D;
    int any = 0;
    for (size_t p = D; p-- > 0;) {
        for (size_t q = map->single ? p + 1 : D; q-- > (map->single ? p : p + 1);) {
            real score = score_of(map, p, q);
            int better = map->mistake == LEAST ? score < *best : score >= *best;
            better = !any || (better && map->mistake != LAST_OF_ALL);
            if (!map->open[p] || !map->open[q] || !better || (!map->target_alone && !(score > 0)))
                continue;
            any = 1;
            *best = score;
            *first = p;
            *second = q;
        }
    }
    return any;
}

static void change(struct map *map, size_t d)
{
    const struct victim *victim = &map->victim;
    map->x[d] = map->mistake == SET_TO_THETA ? map->theta : map->x[d] + map->theta;
    if (map->x[d] > victim->high && map->mistake != NOT_CLIPPED)
        map->x[d] = victim->high;
    if (map->x[d] < victim->low && map->mistake != NOT_CLIPPED)
        map->x[d] = victim->low;
    map->open[d] = map->again && (!at_end(map, map->x[d]) || map->mistake == SATURATED_OPEN);
}

static void attack(struct call *call)
{
    struct map map = read_map(call);
    size_t N = map.victim.N, D = map.victim.D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *first = call_output_integers(call, "first", "TN");
    real *second = call_output_integers(call, "second", "TN");
    real *scores = call_output(call, "score", "TN");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *reached = call_output_integers(call, "reached", "N");
    for (size_t n = 0; n < N; n++) {
        size_t target = (size_t)map.target[n];
        for (size_t d = 0; d < D; d++) {
            map.x[d] = map.victim.x[n * D + d];
            map.open[d] = !at_end(&map, map.x[d]);
        }
        jacobian_fill(&map.at, map.x);
        size_t aim = map.mistake == TARGET_LABEL ? jacobian_class(&map.at) : target;
        for (size_t t = 0; t < map.T; t++) {
            size_t p = 0, q = 0;
            int there = jacobian_class(&map.at) == target && map.mistake != NEVER_STOPS;
            if (t == 0 || map.mistake != SLOPES_OF_START)
                differentiate(&map, aim);
            int any = !there && choose(&map, &scores[t * N + n], &p, &q);
            first[t * N + n] = any ? real_count(p) : -1;
            second[t * N + n] = any && p != q ? real_count(q) : -1;
            if (any) {
                change(&map, p);
                if (p != q)
                    change(&map, q);
                iterations[n] = iterations[n] + 1;
                jacobian_fill(&map.at, map.x);
            }
            for (size_t d = 0; d < D; d++)
                iterates[(t * N + n) * D + d] = map.x[d];
        }
        reached[n] = jacobian_class(&map.at) == target;
    }
}

static const struct fork table[] = {
    {.info = {"backwards", FORK_TWIN, "",
              "Slopes forwards through the model, pairs from the last to the first.", NULL},
     .answer = attack},
    {.info = {"of_logits", FORK_CONVENTION, "", "Slopes of logits.", NULL},
     .instead = {"value", "logits"}},
    {.info = {"of_probabilities", FORK_CONVENTION, "", "Slopes of probabilities.", NULL},
     .instead = {"value", "probabilities"}},
    {.info = {"used_once", FORK_CONVENTION, "", "No feature twice.", NULL},
     .instead = {"used", "once"}},
    {.info = {"used_again", FORK_CONVENTION, "", "Until saturation.", NULL},
     .instead = {"used", "until_saturated"}},
    {.info = {"theta_one", FORK_CONVENTION, "", "theta is 1.", NULL}, .number = {"theta", 1}},
    {.info = {"all_classes", FORK_BUG, "", "The others' sum has the target in it.", NULL},
     .answer = attack,
     .variant = ALL_CLASSES},
    {.info = {"others_by_difference", FORK_BUG, "", "As if logits summed to a constant.", NULL},
     .answer = attack,
     .variant = OWN_AS_OTHERS},
    {.info = {"sum_of_slopes", FORK_CONVENTION, "", "alpha - beta in place of the product.", NULL},
     .answer = attack,
     .variant = SUM_OF_SLOPES},
    {.info = {"map_of_target", FORK_CONVENTION, "", "The target's slope alone.", NULL},
     .instead = {"map", "target"}},
    {.info = {"map_of_product", FORK_CONVENTION, "", "The product of both slopes.", NULL},
     .instead = {"map", "product"}},
    {.info = {"signs_ignored", FORK_BUG, "", "|alpha beta|, whatever the signs.", NULL},
     .answer = attack,
     .variant = SIGNS_IGNORED},
    {.info = {"signs_of_increase", FORK_BUG, "", "Signs of an increase for a decrease.", NULL},
     .answer = attack,
     .variant = ALWAYS_UP},
    {.info = {"saturated_stay", FORK_BUG, "", "Features at the border stay candidates.", NULL},
     .answer = attack,
     .variant = SATURATED_OPEN},
    {.info = {"not_clipped", FORK_BUG, "", "Features leave the box.", NULL},
     .answer = attack,
     .variant = NOT_CLIPPED},
    {.info = {"first_of_pair", FORK_BUG, "", "A pair's score is its first feature's.", NULL},
     .answer = attack,
     .variant = FIRST_ALONE},
    {.info = {"never_stops", FORK_BUG, "", "Goes on when the target is reached.", NULL},
     .answer = attack,
     .variant = NEVER_STOPS},
    {.info = {"slopes_of_start", FORK_CONVENTION, "", "The map is made once.", NULL},
     .answer = attack,
     .variant = SLOPES_OF_START},
    {.info = {"away_from_target", FORK_BUG, "250", "Raises the class it has.", NULL},
     .answer = attack,
     .variant = TARGET_LABEL},
    {.info = {"least_salient", FORK_BUG, "", "The smallest score above 0.", NULL},
     .answer = attack,
     .variant = LEAST},
    {.info = {"any_salient", FORK_BUG, "", "Any pair whose signs fit.", NULL},
     .answer = attack,
     .variant = LAST_OF_ALL},
    {.info = {"set_to_theta", FORK_BUG, "", "Features become theta.", NULL},
     .answer = attack,
     .variant = SET_TO_THETA},
    {.info = {"deviation_forgotten", FORK_BUG, "259", "Slopes of normalised inputs.", NULL},
     .answer = attack,
     .variant = DEVIATION_FORGOTTEN},
};

const struct fork_list jacobian_saliency_attack_forks = {sizeof table / sizeof *table, table};
