// SPDX-License-Identifier: MIT
#include "check_gate.h"
#include "check_units.h"

#include "corpus.h"
#include "laws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *check_status_name(enum check_status status)
{
    static const char *const names[] = {"PASS",  "FAIL",        "MISSING",
                                        "ERROR", "NOT COVERED", "EXCEPTED"};
    return names[status];
}

struct check_verdict *check_add(struct check *check, const char *technique, const char *name)
{
    if (check->verdicts == check->room) {
        check->room = check->room ? 2 * check->room : 256;
        check->verdict = realloc(check->verdict, check->room * sizeof *check->verdict);
        if (!check->verdict) {
            fprintf(stderr, "assay: no memory left for the verdicts\n");
            exit(2);
        }
    }
    struct check_verdict *verdict = &check->verdict[check->verdicts++];
    const struct corpus_technique *known = corpus_find(technique);
    memset(verdict, 0, sizeof *verdict);
    snprintf(verdict->family, sizeof verdict->family, "%s", known ? known->family : "");
    snprintf(verdict->technique, sizeof verdict->technique, "%s", technique);
    snprintf(verdict->name, sizeof verdict->name, "%s", name);
    verdict->digits = 32;
    return verdict;
}

const struct assay_result_technique *check_claim(const struct assay_result *result,
                                                 const char *name)
{
    for (size_t i = 0; i < result->techniques; i++) {
        if (strcmp(result->technique[i].name, name) == 0)
            return &result->technique[i];
    }
    return NULL;
}

const struct assay_result_case *check_result_case(const struct assay_result_technique *technique,
                                                  const char *name)
{
    for (size_t i = 0; i < technique->cases; i++) {
        if (strcmp(technique->test[i].name, name) == 0)
            return &technique->test[i];
    }
    return NULL;
}

static const struct assay_result_array *array_named(const struct assay_result_case *result,
                                                    const char *name)
{
    for (size_t i = 0; i < result->outputs; i++) {
        if (strcmp(result->output[i].name, name) == 0)
            return &result->output[i];
    }
    return NULL;
}

/* A convention that the implementation follows and the case does not have, or NULL. */
static const struct request_choice *other_convention(const struct assay_result_technique *claim,
                                                     const struct assay_case *test)
{
    for (size_t i = 0; i < claim->conventions; i++) {
        const struct request_choice *followed = &claim->convention[i];
        if (!gate_has_convention(test, followed->name, followed->value))
            return followed;
    }
    return NULL;
}

static int same_shape(const struct assay_golden_array *golden, const struct assay_result_array *got)
{
    if (golden->rank != got->rank)
        return 0;
    for (int axis = 0; axis < golden->rank; axis++) {
        if (golden->dim[axis] != got->dim[axis])
            return 0;
    }
    return 1;
}

static void shape_text(char *text, size_t size, int rank, const size_t dim[])
{
    size_t used = (size_t)snprintf(text, size, "(");
    for (int axis = 0; axis < rank && used < size; axis++)
        used += (size_t)snprintf(text + used, size - used, axis ? ",%zu" : "%zu", dim[axis]);
    if (used < size)
        snprintf(text + used, size - used, ")");
}

/* One output: worsens the verdict as needed. */
static void check_output(struct check_verdict *verdict, const struct assay_golden_array *golden,
                         const struct assay_result_array *got, const char *precision)
{
    char wanted[96], found[96];
    if (!got) {
        verdict->status = CHECK_MISSING;
        snprintf(verdict->message, sizeof verdict->message, "output '%s' is missing", golden->name);
        return;
    }
    if (!same_shape(golden, got)) {
        verdict->status = CHECK_ERROR;
        shape_text(wanted, sizeof wanted, golden->rank, golden->dim);
        shape_text(found, sizeof found, got->rank, got->dim);
        snprintf(verdict->message, sizeof verdict->message,
                 "output '%s' has the shape %s, but %s is needed", golden->name, found, wanted);
        return;
    }
    struct comparison c = compare_array(golden, precision, got->value);
    verdict->elements += c.elements;
    verdict->failures += c.failures;
    verdict->digits = fmin(verdict->digits, c.digits);
    if (c.ratio > verdict->ratio || !verdict->output[0]) {
        verdict->ratio = c.ratio;
        verdict->worst = c;
        verdict->rank = golden->rank;
        memcpy(verdict->dim, golden->dim, sizeof verdict->dim);
        snprintf(verdict->output, sizeof verdict->output, "%s", golden->name);
    }
    if (c.failures && verdict->status == CHECK_PASS) {
        verdict->status = CHECK_FAIL;
        snprintf(verdict->message, sizeof verdict->message,
                 "%zu of %zu elements of output '%s' are beyond their bound", c.failures,
                 c.elements, golden->name);
    }
}

/* Tier "refused", and refusals of anything else. */
static void check_refusal(struct check_verdict *verdict, const struct assay_case *test,
                          const struct assay_result_case *result)
{
    int impossible = strcmp(test->tier, "refused") == 0;
    int refused = result->refused[0] != '\0';
    verdict->names_it = refused && strstr(result->refused, test->quotes) != NULL;
    if (impossible == refused)
        return;
    verdict->status = CHECK_FAIL;
    verdict->ratio = INFINITY;
    verdict->digits = 0;
    if (refused)
        snprintf(verdict->message, sizeof verdict->message, "refuses it: %.600s", result->refused);
    else
        snprintf(verdict->message, sizeof verdict->message,
                 "answers what is impossible: '%s' must be refused", test->quotes);
}

/* Tier "statistical". */
static void check_laws(struct check_verdict *verdict, const struct assay_case *test,
                       const struct assay_result_case *result, const char *precision)
{
    for (size_t k = 0; k < test->laws; k++) {
        const struct assay_law *law = &test->law[k];
        const struct assay_result_array *got = array_named(result, law->output);
        if (!got) {
            verdict->status = CHECK_MISSING;
            snprintf(verdict->message, sizeof verdict->message, "output '%s' is missing",
                     law->output);
            return;
        }
        struct law_verdict judged =
            law_judge(test, law->text, precision, got->rank, got->dim, got->value);
        verdict->elements += got->count;
        if (judged.ratio > verdict->ratio || !verdict->output[0]) {
            verdict->ratio = judged.ratio;
            snprintf(verdict->output, sizeof verdict->output, "%s", law->output);
        }
        if (judged.ratio <= 1 || verdict->status != CHECK_PASS)
            continue;
        verdict->status = CHECK_FAIL;
        verdict->failures = got->count;
        snprintf(verdict->message, sizeof verdict->message, "output '%s' is not '%s': %.400s",
                 law->output, law->text, judged.message);
    }
}

static void check_outputs(struct check_verdict *verdict, const struct assay_case *test,
                          const struct assay_golden *golden, const struct assay_result_case *result,
                          const char *precision)
{
    if (strcmp(test->tier, "refused") == 0 || result->refused[0]) {
        check_refusal(verdict, test, result);
        return;
    }
    if (strcmp(test->tier, "statistical") == 0) {
        check_laws(verdict, test, result, precision);
        return;
    }
    if (!golden->certified[precision_named(precision)]) {
        verdict->status = CHECK_NOT_COVERED;
        snprintf(verdict->message, sizeof verdict->message,
                 "%s is too coarse to tell a right answer from a wrong one here", precision);
        return;
    }
    for (size_t k = 0; k < golden->outputs; k++)
        check_output(verdict, &golden->output[k], array_named(result, golden->output[k].name),
                     precision);
}

void check_add_case(struct check *check, const struct check_scope *scope,
                    const struct assay_result_technique *claim, const struct assay_case *test,
                    const struct assay_golden *golden)
{
    struct check_verdict *verdict = check_add(check, test->technique, test->name);
    const struct assay_result_case *result = claim ? check_result_case(claim, test->name) : NULL;
    const struct request_choice *followed = claim ? other_convention(claim, test) : NULL;
    snprintf(verdict->tier, sizeof verdict->tier, "%s", test->tier);
    verdict->judged = !scope->gate || gate_judges_case(scope->gate, test);
    if (!verdict->judged)
        return;
    if (!claim || followed || (result && result->declined[0])) {
        verdict->status = CHECK_NOT_COVERED;
        if (!claim)
            snprintf(verdict->message, sizeof verdict->message, "the technique is not claimed");
        else if (followed)
            snprintf(verdict->message, sizeof verdict->message, "follows %s = %s", followed->name,
                     followed->value);
        else
            snprintf(verdict->message, sizeof verdict->message, "declined: %.600s",
                     result->declined);
    } else if (!result) {
        verdict->status = CHECK_MISSING;
        snprintf(verdict->message, sizeof verdict->message,
                 "the technique is claimed, but this case is not in the result");
    } else {
        check_outputs(verdict, test, golden, result, check->precision);
    }
}

/* Whether one of the verdicts from `first` to before `last` is about this case. */
static int has_verdict(const struct check *check, size_t first, size_t last, const char *technique,
                       const char *name)
{
    for (size_t v = first; v < last; v++) {
        if (strcmp(check->verdict[v].technique, technique) == 0 &&
            strcmp(check->verdict[v].name, name) == 0)
            return 1;
    }
    return 0;
}

/* What the result holds and no golden knows: most likely a misspelt name. A hostile file has a
 * million of them, and not all are listed. */
static void find_strangers(struct check *check, const struct assay_result *result,
                           const struct check_scope *scope)
{
    enum { LISTED = 1000 };
    size_t known = check->verdicts, others = 0;
    for (size_t i = 0; i < result->techniques; i++) {
        const struct assay_result_technique *technique = &result->technique[i];
        size_t first = 0, last = known; /* the cases of a technique stand together, mostly */
        while (first < known && strcmp(check->verdict[first].technique, technique->name) != 0)
            first++;
        while (last > first && strcmp(check->verdict[last - 1].technique, technique->name) != 0)
            last--;
        for (size_t k = 0; k < technique->cases; k++) {
            const char *name = technique->test[k].name;
            if (has_verdict(check, first, last, technique->name, name))
                continue;
            if (check->verdicts == known + LISTED) {
                others++;
                continue;
            }
            struct check_verdict *verdict = check_add(check, technique->name, name);
            verdict->status = CHECK_ERROR;
            verdict->judged = !scope->gate || gate_judges(scope->gate, technique->name);
            snprintf(verdict->message, sizeof verdict->message,
                     "no golden has a case of this name");
        }
    }
    if (others > 0)
        snprintf(check->verdict[check->verdicts - 1].message, ASSAY_TEXT,
                 "no golden has a case of this name, nor of %zu more", others);
}

/* What makes a check mean nothing. */
static int check_sense(const struct check *check, const struct check_scope *scope, char *error)
{
    int demanded = 0;
    for (size_t i = 0; i < check->notes; i++)
        demanded |= check->note[i].fails;
    if (check->verdicts == 0 && scope->only && !scope->gate)
        snprintf(error, ASSAY_ERROR, "%.150s: no case is named %.100s; `assay list` names all",
                 check->path, scope->only);
    else if (check->verdicts == 0)
        snprintf(error, ASSAY_ERROR,
                 "%.150s: the gate judges none of the cases; see its judge, tiers and convention",
                 check->path);
    else if (check->verdicts == check->count[CHECK_NOT_COVERED] && !demanded)
        snprintf(error, ASSAY_ERROR,
                 "%.150s: covers no case at all%s, so there is nothing to check", check->path,
                 scope->gate ? " that the gate judges" : "");
    else
        return 0;
    return 2;
}

int check_run(struct check *check, const char *path, size_t goldens, const char *const golden[],
              const struct check_scope *scope, char *error)
{
    struct assay_result result;
    memset(check, 0, sizeof *check);
    if (assay_result_read(&result, path, error) != 0)
        return 2;
    snprintf(check->path, sizeof check->path, "%s", path);
    snprintf(check->program, sizeof check->program, "%s", scope->program);
    snprintf(check->implementation, sizeof check->implementation, "%s", result.implementation);
    snprintf(check->version, sizeof check->version, "%s", result.version);
    snprintf(check->precision, sizeof check->precision, "%s", result.precision);
    if (goldens == 0)
        check_identify(check);
    if (scope->gate)
        check_declarations(check, &result, scope->gate);
    int status = check_units(check, &result, goldens, golden, scope, error);
    if (status == 0 && !scope->only)
        find_strangers(check, &result, scope);
    if (status == 0)
        status = check_conclude(check, scope, error);
    if (status == 0)
        status = check_sense(check, scope, error);
    assay_result_free(&result);
    if (status != 0)
        check_free(check);
    return status;
}

int check_bad(const struct check_verdict *verdict)
{
    return verdict->outcome == CHECK_FAIL || verdict->outcome == CHECK_MISSING ||
           verdict->outcome == CHECK_ERROR;
}

int check_passed(const struct check *check)
{
    for (size_t i = 0; i < check->notes; i++) {
        if (check->note[i].fails)
            return 0;
    }
    return check->count[CHECK_PASS] > 0 &&
           check->count[CHECK_FAIL] + check->count[CHECK_MISSING] + check->count[CHECK_ERROR] == 0;
}

void check_free(struct check *check)
{
    free(check->verdict);
    free(check->technique);
    free(check->family);
    free(check->exception);
    free(check->note);
    memset(check, 0, sizeof *check);
}
