// SPDX-License-Identifier: MIT
#include "class_weights.h"

static void read_choices(struct call *call, struct class_weighting *is)
{
    static const char *const schemes[] = {"balanced", "inverse",   "inverse_root",
                                          "largest",  "effective", NULL};
    static const char *const norms[] = {"none", "classes", "samples", "smallest", "largest", NULL};
    static const char *const absent[] = {"zero", "one", NULL};
    static const char *const divisors[] = {"present", "all", NULL};
    is->scheme = (enum weight_scheme)call_choice(call, "scheme", schemes);
    is->norm = (enum weight_norm)call_choice(call, "normalization", norms);
    is->absent_one = call_choice(call, "absent", absent);
    is->divide_by_all = call_choice(call, "divisor", divisors);
    is->beta = call_number_or(call, "beta", R(0.999));
    if (!(is->beta >= 0 && is->beta < 1))
        call_fail(call, "number 'beta' must be in [0, 1)");
}

struct class_weighting class_weights_read(struct call *call)
{
    struct class_weighting is = {.C = call_count(call, "classes", 1, 1 << 12)};
    is.label = call_integers(call, "label", "N", 0, (int)is.C - 1);
    is.N = call_size(call, 'N');
    is.block = call_block(call);
    if (is.N == 0)
        call_fail(call, "input 'label' has no samples");
    call_bind(call, 'C', is.C);
    if (call_has(call, "sample_weight"))
        is.sample_weight = call_input(call, "sample_weight", "N");
    read_choices(call, &is);
    is.mass = call_output(call, "mass", "C");
    is.class_weight = call_output(call, "class_weight", "C");
    is.weight = call_output(call, "weight", "N");
    real *one = call_scratch(call, is.N), total = 0;
    for (size_t c = 0; c < is.C; c++) {
        for (size_t n = 0; n < is.N; n++) {
            real weight = is.sample_weight ? is.sample_weight[n] : 1;
            if (!(weight >= 0))
                call_fail(call, "input 'sample_weight' must not be negative");
            one[n] = (size_t)is.label[n] == c ? weight : 0;
        }
        is.mass[c] = sum_samples(is.N, is.block, one, 1);
        total = total + is.mass[c];
    }
    if (!(total > 0))
        call_fail(call, "input 'sample_weight' has the sum 0");
    return is;
}

static real raw_weight(const struct class_weighting *is, real mass, real total, real K, real most)
{
    switch (is->scheme) {
    case BALANCED:
        return total / (K * mass);
    case INVERSE:
        return 1 / mass;
    case INVERSE_ROOT:
        return 1 / real_sqrt(mass);
    case LARGEST:
        return most / mass;
    default:
        return is->beta == 0 ? 1 : (1 - is->beta) / (1 - real_exp(mass * real_log(is->beta)));
    }
}

void class_weights_raw(const struct class_weighting *is)
{
    real most = 0, total = sum_features(is->C, is->mass, 1);
    size_t present = 0;
    for (size_t c = 0; c < is->C; c++) {
        present += is->mass[c] > 0;
        most = is->mass[c] > most ? is->mass[c] : most;
    }
    real K = real_count(is->divide_by_all ? is->C : present);
    for (size_t c = 0; c < is->C; c++) {
        is->class_weight[c] = (real)is->absent_one;
        if (is->mass[c] > 0)
            is->class_weight[c] = raw_weight(is, is->mass[c], total, K, most);
    }
}

/* What all weights are multiplied with. */
static real factor_of(const struct class_weighting *is)
{
    real total = sum_features(is->C, is->mass, 1), sum = 0, low = 0, high = 0, K = 0;
    for (size_t c = 0; c < is->C; c++) {
        real w = is->class_weight[c];
        if (!(is->mass[c] > 0))
            continue;
        sum = sum + w;
        low = K == 0 || w < low ? w : low;
        high = w > high ? w : high;
        K = K + 1;
    }
    if (is->norm == BY_CLASSES)
        return K / sum;
    if (is->norm == BY_SAMPLES)
        return total / sum_products(R(0.0), is->C, is->mass, 1, is->class_weight, 1);
    return 1 / (is->norm == SMALLEST_ONE ? low : high);
}

void class_weights_normalize(const struct class_weighting *is)
{
    if (is->norm == AS_IS)
        return;
    real factor = factor_of(is);
    for (size_t c = 0; c < is->C; c++) {
        if (is->mass[c] > 0)
            is->class_weight[c] = is->class_weight[c] * factor;
    }
}

void class_weights_spread(const struct class_weighting *is)
{
    for (size_t n = 0; n < is->N; n++) {
        real weight = is->class_weight[is->label[n]];
        is->weight[n] = is->sample_weight ? weight * is->sample_weight[n] : weight;
    }
}

void class_weights_answer(struct call *call)
{
    struct class_weighting is = class_weights_read(call);
    class_weights_raw(&is);
    class_weights_normalize(&is);
    class_weights_spread(&is);
}
