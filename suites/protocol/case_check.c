// SPDX-License-Identifier: MIT
/* case_check.c - what holds of every case, golden and result; lookup in cases; release. */
#include "case_check.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a sentence is about. */
struct place {
    const char *path, *technique, *test, *part, *name;
    char *error;
};

static int fail(const struct place *place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int fail(const struct place *place, const char *format, ...)
{
    va_list arguments;
    int used =
        snprintf(place->error, ASSAY_ERROR, "%.160s: /%.47s/%.47s%s%.47s%s%.47s: ", place->path,
                 place->technique, place->test, place->part[0] ? "/" : "", place->part,
                 place->name[0] ? "/" : "", place->name);
    va_start(arguments, format);
    vsnprintf(place->error + used, (size_t)(ASSAY_ERROR - used), format, arguments);
    va_end(arguments);
    return 2;
}

static int named(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if (name[i] < ' ' || name[i] > '~' || name[i] == '/')
            return 0;
    return length > 0 && length < ASSAY_NAME && name[0] != ' ' && strcmp(name, ".") != 0;
}

static int check_name(const struct place *place, const char *name)
{
    if (named(name))
        return 0;
    return fail(place,
                "a name is empty, too long or not printable ASCII without '/': use 1 to %d "
                "characters",
                ASSAY_NAME - 1);
}

size_t check_binary32(const double *value, size_t count, int infinite)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(value[i])) {
            if (!infinite)
                return i;
        } else if (fabs(value[i]) > (double)FLT_MAX || (double)(float)value[i] != value[i])
            return i;
    }
    return count;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static int check_input(struct place place, const struct request_array *input)
{
    place.part = "inputs";
    place.name = input->name;
    if (check_name(&place, input->name) != 0)
        return 2;
    for (size_t i = 0; i < input->count; i++) {
        double value = input->value[i];
        if (!isfinite(value))
            return fail(&place, "element %zu is %s, and an input is a finite number: change it", i,
                        isnan(value) ? "NaN" : "infinite");
        if (input->integral &&
            (value != nearbyint(value) || value < INT32_MIN || value > INT32_MAX))
            return fail(&place,
                        "element %zu, %.17g, is not a 32-bit integer: store it as int32 "
                        "first",
                        i, value);
    }
    size_t first = input->integral ? input->count : check_binary32(input->value, input->count, 0);
    if (first < input->count)
        return fail(&place,
                    "element %zu, %.17g, is not a binary32 number, so precisions would "
                    "start from different values: store it as float32 first",
                    first, input->value[first]);
    return 0;
}

static int check_numbers(struct place place, const struct request *request)
{
    place.part = "inputs";
    for (size_t i = 0; i < request->numbers; i++) {
        place.name = request->number[i].name;
        if (check_name(&place, place.name) != 0)
            return 2;
        if (!isfinite(request->number[i].value))
            return fail(&place, "is %s, and a number of a case is finite: change it",
                        isnan(request->number[i].value) ? "NaN" : "infinite");
    }
    for (size_t i = 0; i < request->choices; i++) {
        place.name = request->choice[i].name;
        if (check_name(&place, place.name) != 0)
            return 2;
        if (request->choice[i].value[0] == '\0')
            return fail(&place, "is empty: state the convention or leave it out");
    }
    return 0;
}

static int known_tier(const char *tier)
{
    static const char *const known[] = {"exact", "bounded", "trajectory", "refused", "statistical"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(tier, known[i]) == 0)
            return 1;
    return 0;
}

/* What only one tier has. */
static int check_parts(const struct place *place, const struct assay_case *test)
{
    int refused = strcmp(test->tier, "refused") == 0;
    int statistical = strcmp(test->tier, "statistical") == 0;
    if (refused && !named(test->quotes))
        return fail(place, "'quotes' is empty or no name: a case of tier refused says what is "
                           "impossible in it");
    if (!refused && test->quotes[0] != '\0')
        return fail(place, "has 'quotes', which only cases of tier refused have: leave it out");
    if (statistical && test->laws == 0)
        return fail(place, "has no laws, and a case of tier statistical needs one: state it");
    if (!statistical && (test->laws > 0 || test->request.draws > 0))
        return fail(place, "has draws or laws, which only cases of tier statistical have: leave "
                           "them out");
    return 0;
}

/* A law is a word and its numbers. The colon is what separates it from sizes. */
static int check_law_text(const struct place *place, const char *law)
{
    size_t length = strlen(law);
    for (size_t i = 0; i < length; i++)
        if (law[i] < ' ' || law[i] > '~' || law[i] == ':')
            return fail(place, "has a law that is not printable ASCII without ':': correct it");
    if (length == 0 || law[0] == ' ' || law[length - 1] == ' ')
        return fail(place, "has a law that is empty or begins or ends with a blank: correct it");
    return 0;
}

static int check_draw(struct place place, const struct assay_case *test,
                      const struct request_draw *draw)
{
    enum { LARGEST = 1 << 28 }; /* elements, as of inputs */
    size_t count = 1;
    place.part = "draws";
    place.name = draw->name;
    if (check_name(&place, draw->name) != 0 || check_law_text(&place, draw->law) != 0)
        return 2;
    if (assay_case_input(test, draw->name) != NULL)
        return fail(&place, "is an input of the case too: it is either given or drawn");
    if (draw->rank < 0 || draw->rank > REQUEST_RANK)
        return fail(&place, "has rank %d, and at most %d is allowed: reshape it", draw->rank,
                    REQUEST_RANK);
    for (int i = 0; i < draw->rank; i++) {
        if (draw->dim[i] > LARGEST || (draw->dim[i] > 0 && count > LARGEST / draw->dim[i]))
            return fail(&place, "has more than %d elements: draw fewer", LARGEST);
        count *= draw->dim[i] > 0 ? draw->dim[i] : 1;
    }
    return 0;
}

static int check_draws(struct place place, const struct assay_case *test)
{
    for (size_t i = 0; i < test->request.draws; i++)
        if (check_draw(place, test, &test->request.draw[i]) != 0)
            return 2;
    place.part = "laws";
    for (size_t i = 0; i < test->laws; i++) {
        place.name = test->law[i].output;
        if (check_name(&place, place.name) != 0 || check_law_text(&place, test->law[i].text) != 0)
            return 2;
    }
    return 0;
}

int check_has_numbers(const struct assay_case *test)
{
    return strcmp(test->tier, "refused") != 0 && strcmp(test->tier, "statistical") != 0;
}

int check_case(const struct assay_case *test, int with_golden, const char *path, char *error)
{
    struct place place = {path, test->technique, test->name, "", "", error};
    if (check_name(&place, test->technique) != 0 || check_name(&place, test->name) != 0)
        return 2;
    if (!known_tier(test->tier))
        return fail(&place,
                    "tier '%s' is unknown: use exact, bounded, trajectory, refused or statistical",
                    test->tier);
    if (with_golden && test->why[0] == '\0')
        return fail(&place, "'why' is empty: a case with a golden says why it exists");
    if (check_parts(&place, test) != 0 || check_numbers(place, &test->request) != 0 ||
        check_draws(place, test) != 0)
        return 2;
    for (size_t i = 0; i < test->request.inputs; i++)
        if (check_input(place, &test->request.input[i]) != 0)
            return 2;
    return 0;
}

/* ---- goldens --------------------------------------------------------------------------------- */

/* high is the double nearest to high + low: low is at most half the distance to its neighbour. */
static int is_pair(double high, double low)
{
    double size = fabs(high);
    if (isinf(high))
        return low == 0;
    double step = size < DBL_MAX ? nextafter(size, INFINITY) - size : size - nextafter(size, 0);
    return 2 * fabs(low) <= step;
}

static int check_bounds(const struct place *place, const double *bound, size_t count,
                        const char *precision)
{
    for (size_t i = 0; i < count; i++)
        if (!(bound[i] >= 0))
            return fail(place, "bound in %s of element %zu is %s: a bound is zero or more",
                        precision, i, isnan(bound[i]) ? "NaN" : "negative");
    return 0;
}

static int check_output(struct place place, const struct assay_golden_array *output)
{
    place.part = "golden";
    place.name = output->name;
    if (check_name(&place, output->name) != 0)
        return 2;
    for (size_t i = 0; i < output->count; i++) {
        double high = output->high[i], low = output->low[i];
        if (isnan(high) || isnan(low))
            return fail(&place, "element %zu is NaN: a golden is a number or an infinity", i);
        if (!is_pair(high, low))
            return fail(&place,
                        "low of element %zu, %.17g, is more than half a unit in the last "
                        "place of high, %.17g: split the value again",
                        i, low, high);
        if (output->integral &&
            (high != nearbyint(high) || low != 0 || high < INT32_MIN || high > INT32_MAX))
            return fail(&place,
                        "element %zu, %.17g, is not a 32-bit integer, as which it is stored", i,
                        high);
    }
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        if (check_bounds(&place, output->bound[p], output->count, precision_formats[p].name) != 0)
            return 2;
    return 0;
}

int check_golden(const struct assay_case *test, const struct assay_golden *golden, const char *path,
                 char *error)
{
    struct place place = {path, test->technique, test->name, "golden", "", error};
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        if (!(golden->margin[p] >= 0))
            return fail(&place, "a margin is negative or NaN: it is a distance, or infinity");
    if (check_has_numbers(test) && golden->outputs == 0)
        return fail(&place, "holds no outputs: compute the goldens again");
    if (!check_has_numbers(test) && golden->outputs > 0)
        return fail(&place, "holds outputs, and a case of tier %s has none: leave them out",
                    test->tier);
    for (size_t i = 0; i < golden->outputs; i++)
        if (check_output(place, &golden->output[i]) != 0)
            return 2;
    return 0;
}

/* ---- results --------------------------------------------------------------------------------- */

static int check_result_technique(struct place place, const struct assay_result_technique *t)
{
    place.technique = t->name;
    if (check_name(&place, t->name) != 0)
        return 2;
    for (size_t i = 0; i < t->conventions; i++) {
        if (check_name(&place, t->convention[i].name) != 0)
            return 2;
        if (strlen(t->convention[i].name) + sizeof "convention." > ASSAY_NAME)
            return fail(&place, "a convention has a name of more than %d characters: shorten it",
                        (int)(ASSAY_NAME - sizeof "convention."));
    }
    for (size_t i = 0; i < t->cases; i++) {
        place.test = t->test[i].name;
        if (check_name(&place, place.test) != 0)
            return 2;
        if (t->test[i].refused[0] != '\0' && t->test[i].declined[0] != '\0')
            return fail(&place, "is refused and declined: it is one of them");
        if (t->test[i].refused[0] != '\0' && t->test[i].outputs > 0)
            return fail(&place, "is refused and has outputs: who refuses returns nothing");
        for (size_t o = 0; o < t->test[i].outputs; o++)
            if (check_name(&place, t->test[i].output[o].name) != 0)
                return 2;
    }
    return 0;
}

int check_result(const struct assay_result *result, const char *path, char *error)
{
    struct place place = {path, "", "", "", "", error};
    if (precision_named(result->precision) < 0) {
        snprintf(error, ASSAY_ERROR,
                 "%.160s: precision '%.47s' is unknown: use f64, f32, bf16 or f16", path,
                 result->precision);
        return 2;
    }
    if (result->implementation[0] == '\0') {
        snprintf(error, ASSAY_ERROR, "%.160s: 'implementation' is empty: name the program", path);
        return 2;
    }
    for (size_t i = 0; i < result->techniques; i++)
        if (check_result_technique(place, &result->technique[i]) != 0)
            return 2;
    return 0;
}

/* ---- order ----------------------------------------------------------------------------------- */

/* Every part of a case begins with its name. */
static int compare_names(const void *left, const void *right)
{
    return strcmp(left, right);
}

static void sort(void *part, size_t count, size_t size)
{
    if (count > 1)
        qsort(part, count, size, compare_names);
}

void assay_case_sort(struct assay_case *test)
{
    struct request *r = &test->request;
    sort(r->number, r->numbers, sizeof *r->number);
    sort(r->choice, r->choices, sizeof *r->choice);
    sort(r->input, r->inputs, sizeof *r->input);
    sort(r->draw, r->draws, sizeof *r->draw);
    sort(test->law, test->laws, sizeof *test->law);
}

/* ---- lookup ---------------------------------------------------------------------------------- */

double assay_case_number(const struct assay_case *test, const char *name, double otherwise)
{
    for (size_t i = 0; i < test->request.numbers; i++)
        if (strcmp(test->request.number[i].name, name) == 0)
            return test->request.number[i].value;
    return otherwise;
}

const char *assay_case_choice(const struct assay_case *test, const char *name,
                              const char *otherwise)
{
    for (size_t i = 0; i < test->request.choices; i++)
        if (strcmp(test->request.choice[i].name, name) == 0)
            return test->request.choice[i].value;
    return otherwise;
}

const struct request_array *assay_case_input(const struct assay_case *test, const char *name)
{
    for (size_t i = 0; i < test->request.inputs; i++)
        if (strcmp(test->request.input[i].name, name) == 0)
            return &test->request.input[i];
    return NULL;
}

/* ---- release --------------------------------------------------------------------------------- */

void request_free(struct request *request)
{
    for (size_t i = 0; i < request->inputs; i++)
        free(request->input[i].value);
    free(request->number);
    free(request->choice);
    free(request->input);
    free(request->draw);
    memset(request, 0, sizeof *request);
}

void golden_free(struct assay_golden *golden)
{
    for (size_t i = 0; i < golden->outputs; i++) {
        free(golden->output[i].high);
        free(golden->output[i].low);
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            free(golden->output[i].bound[p]);
    }
    free(golden->output);
    memset(golden, 0, sizeof *golden);
}

void assay_file_free(struct assay_file *file)
{
    for (size_t i = 0; i < file->cases; i++) {
        request_free(&file->test[i].request);
        free(file->test[i].law);
        if (file->golden != NULL)
            golden_free(&file->golden[i]);
    }
    free(file->test);
    free(file->golden);
    memset(file, 0, sizeof *file);
}

static void result_case_free(struct assay_result_case *test)
{
    for (size_t i = 0; i < test->outputs; i++)
        free(test->output[i].value);
    free(test->output);
}

void assay_result_free(struct assay_result *result)
{
    for (size_t t = 0; t < result->techniques; t++) {
        struct assay_result_technique *technique = &result->technique[t];
        for (size_t i = 0; i < technique->cases; i++)
            result_case_free(&technique->test[i]);
        free(technique->test);
        free(technique->convention);
    }
    free(result->technique);
    memset(result, 0, sizeof *result);
}
