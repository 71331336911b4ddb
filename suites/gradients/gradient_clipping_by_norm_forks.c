// SPDX-License-Identifier: MIT
#include "../../reference/gradients/gradient_clipping_by_norm.h"
#include "../fork.h"

/* The norm of tensors [first, first + count), by a formula of its own: all divided by the largest
 * magnitude first, so that nothing can overflow, and summed in one chain. */
static real scaled_norm(const struct clipping *rules, size_t first, size_t count)
{
    real largest = 0, sum = 0;
    for (size_t k = first; k < first + count; k++) {
        for (size_t i = 0; i < rules->size[k]; i++) {
            real magnitude = real_abs(rules->g[k][i]);
            largest = magnitude > largest ? magnitude : largest;
        }
    }
    if (largest == 0 || rules->norm == CLIPPING_INFINITY)
        return largest;
    for (size_t k = first; k < first + count; k++) {
        for (size_t i = 0; i < rules->size[k]; i++) {
            real part = real_abs(rules->g[k][i]) / largest;
            sum += rules->norm == CLIPPING_TWO ? part * part : part;
        }
    }
    return largest * (rules->norm == CLIPPING_TWO ? real_sqrt(sum) : sum);
}

/* Calls clip(rules, k, norm) for each tensor, with the norm that decides about it. */
static void each(struct call *call, void (*clip)(const struct clipping *, size_t k, real norm))
{
    struct clipping rules = clipping_read(call);
    if (!rules.by_tensor)
        rules.norms[0] = scaled_norm(&rules, 0, rules.K);
    for (size_t k = 0; k < rules.K; k++) {
        if (rules.by_tensor)
            rules.norms[k] = scaled_norm(&rules, k, 1);
        clip(&rules, k, rules.norms[rules.by_tensor ? k : 0]);
    }
}

/* clipped = share g. */
static void multiply(const struct clipping *rules, size_t k, real share)
{
    for (size_t i = 0; i < rules->size[k]; i++)
        rules->clipped[k][i] = share * rules->g[k][i];
}

static void unit_times_limit(const struct clipping *rules, size_t k, real norm)
{
    real length = norm + rules->epsilon, target = length < rules->limit ? length : rules->limit;
    for (size_t i = 0; i < rules->size[k]; i++)
        rules->clipped[k][i] = length > 0 ? rules->g[k][i] / length * target : 0;
}

static void unit_vector(struct call *call)
{
    each(call, unit_times_limit);
}

static void to_limit(const struct clipping *rules, size_t k, real norm)
{
    multiply(rules, k, norm > 0 ? rules->limit / (norm + rules->epsilon) : 1);
}

static void always_to_limit(struct call *call)
{
    each(call, to_limit);
}

static void divide(const struct clipping *rules, size_t k, real norm)
{
    multiply(rules, k, norm > rules->limit ? 1 / norm : 1);
}

static void to_length_one(struct call *call)
{
    each(call, divide);
}

static void square(const struct clipping *rules, size_t k, real norm)
{
    multiply(rules, k, clipping_share(norm * norm, rules->limit, rules->epsilon));
}

static void root_forgotten(struct call *call)
{
    each(call, square);
}

static void mean(const struct clipping *rules, size_t k, real norm)
{
    real n = real_count(rules->size[k]);
    real typical = rules->norm == CLIPPING_TWO ? norm / real_sqrt(n) : norm / n;
    multiply(rules, k, clipping_share(typical, rules->limit, rules->epsilon));
}

static void mean_instead_of_sum(struct call *call)
{
    each(call, mean);
}

static void clamp(const struct clipping *rules, size_t k, real norm)
{
    (void)norm;
    for (size_t i = 0; i < rules->size[k]; i++) {
        real g = rules->g[k][i];
        g = g > rules->limit ? rules->limit : g;
        rules->clipped[k][i] = g < -rules->limit ? -rules->limit : g;
    }
}

static void by_value(struct call *call)
{
    each(call, clamp);
}

static void zero(const struct clipping *rules, size_t k, real norm)
{
    multiply(rules, k, norm > rules->limit ? 0 : 1);
}

static void dropped_when_too_long(struct call *call)
{
    each(call, zero);
}

static void divided_by_zero(const struct clipping *rules, size_t k, real norm)
{
    real target = norm < rules->limit ? norm : rules->limit;
    for (size_t i = 0; i < rules->size[k]; i++)
        rules->clipped[k][i] = rules->g[k][i] * target / norm;
}

static void zero_over_zero(struct call *call)
{
    each(call, divided_by_zero);
}

static void first_only(const struct clipping *rules, size_t k, real norm)
{
    multiply(rules, k, k == 0 ? clipping_share(norm, rules->limit, rules->epsilon) : 1);
}

static void only_the_first_tensor(struct call *call)
{
    each(call, first_only);
}

/* The norm of a rank's own block, as if it held no others. */
static void of_a_part(const struct clipping *rules, size_t k, real norm)
{
    (void)norm;
    struct clipping part = *rules;
    part.size[k] = part.size[k] < part.block ? part.size[k] : part.block;
    real own = scaled_norm(&part, k, 1);
    multiply(rules, k, clipping_share(own, rules->limit, rules->epsilon));
}

static void norm_of_own_part(struct call *call)
{
    each(call, of_a_part);
}

static void norms_added(struct call *call)
{
    struct clipping rules = clipping_read(call);
    real sum = 0;
    for (size_t k = 0; k < rules.K; k++) {
        real norm = scaled_norm(&rules, k, 1);
        rules.norms[rules.by_tensor ? k : 0] = norm;
        sum += norm;
    }
    if (!rules.by_tensor)
        rules.norms[0] = sum;
    for (size_t k = 0; k < rules.K; k++)
        multiply(&rules, k,
                 clipping_share(rules.norms[rules.by_tensor ? k : 0], rules.limit, rules.epsilon));
}

/* Each tensor by its own norm; the norm that is reported stays the global one. */
static void own_norm(const struct clipping *rules, size_t k, real norm)
{
    (void)norm;
    real own = scaled_norm(rules, k, 1);
    multiply(rules, k, clipping_share(own, rules->limit, rules->epsilon));
}

static void each_tensor_alone(struct call *call)
{
    each(call, own_norm);
}

/* All tensors by the norm of all; the norms that are reported stay those of the tensors. */
static void common_norm(const struct clipping *rules, size_t k, real norm)
{
    (void)norm;
    real all = scaled_norm(rules, 0, rules->K);
    multiply(rules, k, clipping_share(all, rules->limit, rules->epsilon));
}

static void all_tensors_together(struct call *call)
{
    each(call, common_norm);
}

static const struct fork table[] = {
    {.info = {"unit_vector", FORK_TWIN, "",
              "The norm through the largest magnitude; a unit vector times its new length.", NULL},
     .answer = unit_vector},
    {.info = {"always_to_limit", FORK_BUG, "", "Short gradients are made longer.", NULL},
     .answer = always_to_limit},
    {.info = {"to_length_one", FORK_BUG, "", "Clipped gradients get the length 1.", NULL},
     .answer = to_length_one},
    {.info = {"root_forgotten", FORK_BUG, "", "The square of the norm is compared.", NULL},
     .answer = root_forgotten},
    {.info = {"mean_instead_of_sum", FORK_CONVENTION, "",
              "The root of the mean square (or the mean magnitude) is compared.", NULL},
     .answer = mean_instead_of_sum},
    {.info = {"by_value", FORK_CONVENTION, "", "Each element is clamped on its own.", NULL},
     .answer = by_value},
    {.info = {"dropped_when_too_long", FORK_CONVENTION, "112",
              "A gradient that is too long is skipped: set to zero.", NULL},
     .answer = dropped_when_too_long},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "112 206",
              "g min(n, limit) / n, which is NaN for a tensor of zeros.", NULL},
     .answer = zero_over_zero},
    {.info = {"only_the_first_tensor", FORK_BUG, "", "The others are left as they are.", NULL},
     .answer = only_the_first_tensor},
    {.info = {"norm_of_own_part", FORK_BUG, "110",
              "A rank compares the norm of its own part with the limit.", NULL},
     .answer = norm_of_own_part},
    {.info = {"norms_added", FORK_BUG, "110", "The global norm is the sum of the tensors' norms.",
              NULL},
     .answer = norms_added},
    {.info = {"each_tensor_alone", FORK_CONVENTION, "110", "Each tensor by its own norm.", NULL},
     .answer = each_tensor_alone},
    {.info = {"all_tensors_together", FORK_CONVENTION, "110", "All tensors by their common norm.",
              NULL},
     .answer = all_tensors_together},
    {.info = {"without_epsilon", FORK_CONVENTION, "109", "Nothing is added to the norm.", NULL},
     .number = {"epsilon", 0}},
    {.info = {"with_epsilon", FORK_CONVENTION, "109", "1e-6 is added to the norm.", NULL},
     .number = {"epsilon", 0x1.0c6f7ap-20}},
    {.info = {"norm_two", FORK_CONVENTION, "", "The root of the sum of squares.", NULL},
     .instead = {"norm", "two"}},
    {.info = {"norm_infinity", FORK_CONVENTION, "", "The largest magnitude.", NULL},
     .instead = {"norm", "infinity"}},
};

const struct fork_list gradient_clipping_by_norm_forks = {sizeof table / sizeof *table, table};
