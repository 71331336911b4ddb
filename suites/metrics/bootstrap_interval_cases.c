// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

/* B resamples of N indices. */
static const struct row {
    struct recipe recipe;
    size_t B, N;
} rows[] = {
    {{{"mean", "bounded", "MET-15", "Eleven resamples of seven values; the interval of 95 percent.",
       0},
      "x:7:uniform:0:4"},
     11,
     7},
    {{{"stated", "bounded", "MET-15", "All defaults stated.", 0},
      "statistic=mean interval=percentile quantile=linear level=0.9 x:6:uniform:0:4"},
     9,
     6},
    {{{"median", "bounded", "MET-15", "The median of an even number of values.", 0},
      "statistic=median level=0.8 x:6:uniform:0:4"},
     10,
     6},
    {{{"deviation", "bounded", "MET-15", "The deviation, over one value less.", 0},
      "statistic=deviation level=0.8 x:7:uniform:0:4"},
     10,
     7},
    {{{"basic", "bounded", "MET-15", "The interval turned around the observed mean.", 0},
      "interval=basic level=0.8 x:5:list:0.1,0.2,0.3,0.5,8"},
     12,
     5},
    {{{"weibull", "bounded", "MET-15", "Positions (B + 1) p - 1.", 0},
      "quantile=weibull level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"weibull_clipped", "bounded", "MET-15", "Positions beyond both ends: the extremes.", 0},
      "quantile=weibull level=0.95 x:5:uniform:0:4"},
     9,
     5},
    {{{"hazen", "bounded", "MET-15", "Positions B p - 1/2.", 0},
      "quantile=hazen level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"median_unbiased", "bounded", "MET-15", "Positions (B + 1/3) p - 2/3.", 0},
      "quantile=median_unbiased level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"lower", "bounded", "MET-15", "The replicate below.", 0},
      "quantile=lower level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"higher", "bounded", "MET-15", "The replicate above.", 0},
      "quantile=higher level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"nearest", "bounded", "MET-15", "The nearer replicate.", 0},
      "quantile=nearest level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"midpoint", "bounded", "MET-15", "The mean of both.", 0},
      "quantile=midpoint level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"inverse", "bounded", "MET-15", "A step of the distribution function.", 0},
      "quantile=inverse level=0.7 x:5:uniform:0:4"},
     12,
     5},
    {{{"on_a_replicate", "bounded", "MET-15",
       "Nine replicates at level 3/4: both ends fall on one: above is there too.", 0},
      "quantile=higher level=0.75 x:4:list:0,1,4,8"},
     9,
     4},
};

static const struct refusal refusals[] = {
    {"level_one", "stated", NUMBER_SET, "level", 1, .why = "It holds everything."},
    {"level_zero", "stated", NUMBER_SET, "level", 0, .why = "It holds nothing."},
    {"index_beyond", "stated", ELEMENT_SET, "index", 6, .why = "There is no such value."},
    {"no_resamples", "stated", INPUT_GONE, "index", .why = "Nothing was drawn."},
    {"resample_short", "stated", INPUT_SHORTER, "index", .element = 1, .why = "A smaller sample."},
    {"no_values", "stated", INPUT_GONE, "x", .why = "Nothing was measured."},
    {"quantile_unknown", "stated", CHOICE_SET, "quantile", 0, "cubic", .why = "No such rule."},
};

void bootstrap_interval_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        recipe_cases(list, &rows[i].recipe, 1);
        struct assay_case *test = &list->test[list->count - 1];
        case_labels(test, "index", rows[i].B * rows[i].N, (int)rows[i].N);
        struct request_array *input = &test->request.input[test->request.inputs - 1];
        input->rank = 2;
        input->dim[0] = rows[i].B;
        input->dim[1] = rows[i].N;
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
