// SPDX-License-Identifier: MIT
/* diagnose_test_rows.h - the planted mistakes of diagnose_test.c: how each is made, and what must
 * be said of it. */
#pragma once

enum spoil {
    AS_IT_IS,
    TRANSPOSED,
    TRANSPOSED_IN_MEMORY,
    FLIPPED,     /* along axis `a` */
    ROLLED,      /* by `b` along axis `a` */
    SHIFTED,     /* the same, with a zero */
    SCALED,      /* by `a` */
    RAISED,      /* by `a` */
    LATE,        /* one step, beginning with the input w */
    EARLY,       /* one step, the last one twice */
    EXCHANGED,   /* with the output `other` */
    NOT_REDUCED, /* 5 terms of which it is the mean */
    REDUCED,     /* summed over the first axis */
    SINGLE,
    ONCE_SINGLE, /* an intermediate result in binary32 */
    IN_HALF,     /* rounded to 11 bits */
    IN_BFLOAT16, /* rounded to 8 bits */
    ZEROED,
    INPUT,        /* the input `other` */
    NOT_A_NUMBER, /* element `a` */
    INTEGERS,
    FIRST_ROW,   /* in every row */
    SAME,        /* `a` everywhere */
    FIRST_RIGHT, /* the other rows wrong */
    WRONG_AT,    /* element `a` wrong */
    BORDER_WRONG,
    FLAT,    /* in one dimension */
    TANGLED, /* what nobody knows */
};

struct planted {
    const char *technique, *name;
    const char *fork;   /* or "" */
    const char *change; /* "epsilon=0.1", "rho=1-" (its complement), "form:average", two with a
                         * blank between; or "" */
    const char *output; /* that is spoiled; "" for all */
    enum spoil spoil;
    double a;
    int b;
    const char *other;
    const char *says; /* what the diagnosis must contain; "" if it must be empty */
};

static const struct planted known[] = {
    /* forks */
    {"adam", "paper", "no_bias_correction", "", "", AS_IT_IS, 0, 0, "",
     "equals adam/no_bias_correction"},
    {"dense_layer", "rectangular", "bias_forgotten", "", "", AS_IT_IS, 0, 0, "",
     "equals dense_layer/bias_forgotten"},
    {"layer_normalization", "rectangular", "gamma_dropped", "", "", AS_IT_IS, 0, 0, "",
     "equals layer_normalization/gamma_dropped"},
    {"softmax", "confident", "mean_not_subtracted", "", "", AS_IT_IS, 0, 0, "",
     "equals softmax/mean_not_subtracted"},
    {"huber", "each", "half_forgotten", "", "", AS_IT_IS, 0, 0, "", "equals huber/half_forgotten"},
    {"mixup", "batch", "lambda_to_partner", "", "", AS_IT_IS, 0, 0, "",
     "equals mixup/lambda_to_partner"},
    {"confusion_matrix", "largest_score", "counts_swapped", "", "", AS_IT_IS, 0, 0, "",
     "equals confusion_matrix/counts_swapped"},
    /* conventions */
    {"momentum", "rate_outside", "", "form:average", "", AS_IT_IS, 0, 0, "", "form_average"},
    {"rmsprop", "pytorch", "", "centered:yes", "", AS_IT_IS, 0, 0, "", "as with centered = yes"},
    {"gelu", "between_forms", "", "approximation:sigmoid", "", AS_IT_IS, 0, 0, "", "by_sigmoid"},
    {"mean_squared_error", "digits_like", "", "reduction:sum", "", AS_IT_IS, 0, 0, "",
     "reduction_sum"},
    /* numbers */
    {"batch_normalization", "pytorch", "", "momentum=0.99", "", AS_IT_IS, 0, 0, "",
     "as with momentum 0.99 instead of 0.1"},
    {"batch_normalization", "narrow", "", "epsilon=1e-8", "", AS_IT_IS, 0, 0, "",
     "as with epsilon 1e-08 instead of 1e-05"},
    {"layer_normalization", "narrow", "", "epsilon=1e-6", "", AS_IT_IS, 0, 0, "",
     "as with epsilon 1e-06 instead of 1e-05"},
    {"rmsprop", "pytorch", "", "rho=0.95", "", AS_IT_IS, 0, 0, "",
     "as with rho 0.95 instead of 0.99"},
    {"rmsprop", "pytorch", "", "rho=1-", "", AS_IT_IS, 0, 0, "", "rho_of_the_gradient"},
    {"momentum", "rate_outside", "", "momentum=1-", "", AS_IT_IS, 0, 0, "",
     "as with momentum 0.1 instead of 0.9"},
    {"dropout", "classic", "", "p=1-", "", AS_IT_IS, 0, 0, "", "inference_scaled_by_rate"},
    {"adam", "paper", "", "beta2=0.99", "", AS_IT_IS, 0, 0, "",
     "as with beta2 0.99 instead of 0.999"},
    /* two at once */
    {"adam", "resumed", "", "bias_correction:no beta1=0.5", "", AS_IT_IS, 0, 0, "",
     "equals adam/no_bias_correction and as with beta1 0.5"},
    {"adam", "inside_root", "step_added", "epsilon=1e-3", "", AS_IT_IS, 0, 0, "",
     "equals adam/step_added and as with epsilon 0.001"},
    {"rmsprop", "momentum_outside", "", "rho=0.99 momentum=0.5", "", AS_IT_IS, 0, 0, "",
     "as with momentum 0.5 instead of 0.9"},
    {"batch_normalization", "narrow_gradient", "", "momentum=0.9 epsilon=1e-5", "", AS_IT_IS, 0, 0,
     "", "epsilon"},
    {"dense_layer", "rectangular", "bias_forgotten", "", "y", TRANSPOSED_IN_MEMORY, 0, 0, "",
     "equals dense_layer/bias_forgotten, and transposed in memory alone"},
    {"layer_normalization", "rectangular", "statistics_held_constant", "", "dx", SCALED, 0.5, 0, "",
     "and off by the factor 1/2"},
    {"momentum", "rate_inside", "", "momentum=0.1", "w_after", LATE, 0, 0, "",
     ", and one step late"},
    /* elements elsewhere */
    {"dense_layer", "rectangular", "", "", "dw", TRANSPOSED, 0, 0, "", "transposed, to"},
    {"dense_layer", "many_samples", "", "", "dw", TRANSPOSED_IN_MEMORY, 0, 0, "",
     "transposed in memory alone"},
    {"dense_layer", "rectangular", "", "", "y", FLAT, 0, 0, "", "right but for its shape"},
    {"gaussian_blur", "edge", "", "", "y", FLIPPED, 3, 0, "", "flipped along axis 3"},
    {"log_softmax", "confident", "", "", "dx", ROLLED, 1, 1, "",
     "shifted by 1 along axis 1, rolled round"},
    {"gaussian_blur", "fill", "", "", "y", SHIFTED, 2, -1, "",
     "shifted by -1 along axis 2, with a zero"},
    {"momentum", "rate_outside", "", "", "w_after", LATE, 0, 0, "", "one step late"},
    {"rmsprop", "pytorch", "", "", "v_after", EARLY, 0, 0, "", "one step early"},
    {"gradient_descent", "changing_rate", "", "", "w_after", EARLY, 0, 0, "", "one step early"},
    /* values */
    {"dense_layer", "rectangular", "", "", "dx", SCALED, -1, 0, "", "with the sign flipped"},
    {"dense_layer", "wide", "", "", "db", SCALED, 2, 0, "", "off by the factor 2"},
    {"dense_layer", "wide", "", "", "dw", SCALED, 0.2, 0, "",
     "off by the factor 1/n, a mean for a sum: n is axis 0 of"},
    {"softmax", "confident", "", "", "y", SCALED, 1.4142135623730951, 0, "",
     "off by the factor sqrt 2"},
    {"log_softmax", "confident", "", "", "y", SCALED, 1.4426950408889634, 0, "",
     "off by the factor 1 / log 2"},
    {"log_softmax", "digits_like", "", "", "y", SCALED, 0.43429448190325183, 0, "",
     "off by the factor 1 / ln 10"},
    {"batch_normalization", "narrow", "", "", "variance", SCALED, 1.1, 0, "",
     "off by the factor n/(n-1)"},
    {"cosine_annealing", "back", "", "", "rate", SCALED, 1 / (double)0.003f, 0, "",
     "off by the factor 1 / minimum"},
    {"gelu", "by_tanh", "", "", "dx", SCALED, 1.7, 0, "", "off by the factor 1.7"},
    {"gelu", "by_tanh", "", "", "y", RAISED, 0.37, 0, "", "off by the constant 0.37"},
    {"softmax", "confident", "", "", "dx", ZEROED, 0, 0, "", "all zeros"},
    {"standardization", "age_and_income", "", "", "z", INTEGERS, 0, 0, "", "cast to integers"},
    {"standardization", "age_and_income", "", "", "z", FIRST_ROW, 0, 0, "",
     "with its first row in every row"},
    {"huber", "each", "", "", "dy", SAME, 0.625, 0, "", "the same everywhere: 0.625"},
    /* other arrays */
    {"log_softmax", "confident", "", "", "y", INPUT, 0, 0, "x", "the input x, unchanged"},
    {"softmax", "confident", "", "", "", EXCHANGED, 0, 0, "", "dx and y exchanged"},
    {"cross_entropy", "class_weights", "", "", "loss", NOT_REDUCED, 0, 0, "",
     "not reduced: the mean over all axes is right"},
    {"huber", "each", "", "", "loss", REDUCED, 0, 0, "", "reduced by a sum over axis 0"},
    /* places */
    {"gelu", "by_tanh", "", "", "y", NOT_A_NUMBER, 7, 0, "",
     "not a number in 1 of 24 elements ([1,3]), right elsewhere"},
    {"layer_normalization", "rectangular", "", "", "y", FIRST_RIGHT, 0, 0, "",
     "right only in the first along axis 0"},
    {"layer_normalization", "rectangular", "", "", "y", WRONG_AT, 17, 0, "",
     "right in all but 1 of 35 elements: [2,3]"},
    {"gaussian_blur", "fill", "", "", "y", BORDER_WRONG, 0, 0, "", "right but for the border"},
};

/* Precisions shorter than the one of the result, which is binary64. */
static const struct planted shorter[] = {
    {"layer_normalization", "rectangular", "", "", "y", SINGLE, 0, 0, "",
     "rounded to single precision"},
    {"dense_layer", "rectangular", "", "", "", SINGLE, 0, 0, "", "single precision"},
    {"softmax", "digits_like", "", "", "y", ONCE_SINGLE, 0, 0, "",
     "no farther off than single precision would be"},
    {"softmax", "digits_like", "", "", "y", IN_HALF, 0, 0, "", "as if computed in half precision"},
    {"gelu", "by_tanh", "", "", "y", IN_BFLOAT16, 0, 0, "", "as if computed in bfloat16"},
    {"adam", "paper", "no_bias_correction", "", "", SINGLE, 0, 0, "",
     "equals adam/no_bias_correction"},
};

/* Nothing may be named: right answers, accidents that change nothing, and unknown mistakes. */
static const struct planted unknown[] = {
    {"adam", "paper", "", "", "", AS_IT_IS, 0, 0, "", ""},
    {"dense_layer", "rectangular", "", "", "", AS_IT_IS, 0, 0, "", ""},
    {"confusion_matrix", "largest_score", "", "", "", AS_IT_IS, 0, 0, "", ""},
    {"batch_normalization", "pytorch", "", "", "", AS_IT_IS, 0, 0, "", ""},
    {"adam", "paper", "", "", "", TANGLED, 0.1, 0, "", ""},
    {"adam", "resumed", "", "", "w_after", TANGLED, 1e-4, 0, "", ""},
    {"adam", "inside_root", "", "epsilon=0.0371", "", AS_IT_IS, 0, 0, "", ""},
    {"adam", "resumed", "", "beta1=0.8713", "", AS_IT_IS, 0, 0, "", ""},
    {"batch_normalization", "narrow", "", "epsilon=0.000173", "", AS_IT_IS, 0, 0, "", ""},
    {"batch_normalization", "pytorch", "", "", "dx", TANGLED, 0.3, 0, "", ""},
    {"rmsprop", "pytorch", "", "rho=0.9777", "", AS_IT_IS, 0, 0, "", ""},
    {"dense_layer", "rectangular", "", "", "", TANGLED, 0.01, 0, "", ""},
    {"softmax", "confident", "", "", "", TANGLED, 1, 0, "", ""},
    {"huber", "delta_of_three", "", "", "", TANGLED, 0.05, 0, "", ""},
    {"huber", "each", "", "", "", TANGLED, 0.05, 0, "", ""},
    {"gelu", "by_tanh", "", "", "", TANGLED, 0.02, 0, "", ""},
    {"mean_squared_error", "digits_like", "", "", "", TANGLED, 1e-3, 0, "", ""},
    {"cosine_annealing", "back", "", "", "", TANGLED, 0.01, 0, "", ""},
    {"gaussian_blur", "edge", "", "", "", TANGLED, 0.1, 0, "", ""},
    {"layer_normalization", "rectangular", "", "", "", TANGLED, 1e-3, 0, "", ""},
};
