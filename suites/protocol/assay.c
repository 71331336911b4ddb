// SPDX-License-Identifier: MIT
/* assay.c - the interface for implementations written in C or C++. */
#include "assay_run.h"

#include "case_check.h"
#include "case_image.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int run_fail(struct assay_run *run, const char *format, ...)
{
    va_list arguments;
    if (run->error[0] != '\0')
        return 2;
    va_start(arguments, format);
    vsnprintf(run->error, sizeof run->error, format, arguments);
    va_end(arguments);
    return 2;
}

int run_out_of_memory(struct assay_run *run)
{
    return run_fail(run, "out of memory: give fewer case files at a time");
}

int run_failed(const struct assay_run *run)
{
    return run->error[0] != '\0';
}

/* ---- opening --------------------------------------------------------------------------------- */

static int is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

static int add_file(struct assay_run *run, const char *path)
{
    struct assay_file file;
    if (is_same_file(path, run->result_path))
        return run_fail(
            run, "%.160s: is given as case file and as result: give another result path", path);
    if (assay_file_read(&file, path, 0, run->error) != 0)
        return 2;
    size_t cases = run->file.cases + file.cases;
    struct assay_case *test = realloc(run->file.test, cases * sizeof *test);
    if (test == NULL) {
        assay_file_free(&file);
        return run_out_of_memory(run);
    }
    memcpy(test + run->file.cases, file.test, file.cases * sizeof *test);
    run->file.test = test;
    run->file.cases = cases;
    free(file.test);
    return 0;
}

static int compare_names(const void *left, const void *right)
{
    const struct assay_case *a = *(const struct assay_case *const *)left;
    const struct assay_case *b = *(const struct assay_case *const *)right;
    int technique = strcmp(a->technique, b->technique);
    return technique != 0 ? technique : strcmp(a->name, b->name);
}

/* Two files may hold a case of the same name; one result can answer only one of them. */
static int check_unique(struct assay_run *run)
{
    size_t cases = run->file.cases;
    const struct assay_case **sorted = calloc(cases + 1, sizeof *sorted);
    if (sorted == NULL)
        return run_out_of_memory(run);
    for (size_t i = 0; i < cases; i++)
        sorted[i] = &run->file.test[i];
    qsort(sorted, cases, sizeof *sorted, compare_names);
    int code = 0;
    for (size_t i = 1; code == 0 && i < cases; i++)
        if (compare_names(&sorted[i - 1], &sorted[i]) == 0)
            code = run_fail(run,
                            "case %s/%s is in more than one of the case files: give one of them, "
                            "or rename the case",
                            sorted[i]->technique, sorted[i]->name);
    free(sorted);
    return code;
}

static int prepare(struct assay_run *run)
{
    size_t largest = 4096;
    for (size_t i = 0; i < run->file.cases; i++)
        for (size_t k = 0; k < run->file.test[i].request.inputs; k++)
            if (run->file.test[i].request.input[k].count > largest)
                largest = run->file.test[i].request.input[k].count;
    void *scratch = realloc(run->scratch, largest * sizeof(double));
    run->answered = calloc(run->file.cases + 1, sizeof *run->answered);
    run->order = calloc(run->file.cases + 1, sizeof *run->order);
    if (scratch != NULL) {
        run->scratch = scratch;
        run->scratch_size = largest * sizeof(double);
    }
    if (scratch == NULL || run->answered == NULL || run->order == NULL)
        return run_out_of_memory(run);
    run->current = run->file.cases;
    return 0;
}

static int describe(struct assay_run *run, const struct assay_implementation *who)
{
    struct assay_result *result = &run->result;
    const char *name = who->name != NULL ? who->name : "";
    const char *version = who->version != NULL ? who->version : "";
    const char *precision = who->precision != NULL ? who->precision : "";
    if (strlen(name) >= ASSAY_TEXT || strlen(version) >= ASSAY_TEXT)
        return run_fail(run,
                        "the name or the version of the implementation is longer than %d bytes",
                        ASSAY_TEXT - 1);
    snprintf(result->implementation, sizeof result->implementation, "%s", name);
    snprintf(result->version, sizeof result->version, "%s", version);
    snprintf(result->precision, sizeof result->precision, "%s", precision);
    return check_result(result, run->result_path, run->error);
}

static int open_all(struct assay_run *run, const struct assay_implementation *who, size_t paths,
                    const char *const path[])
{
    if (paths == 0)
        return run_fail(run, "no case file is given: give at least one");
    if (describe(run, who) != 0 || store_check(run->result_path, run->error) != 0)
        return 2;
    for (size_t i = 0; i < paths; i++)
        if (add_file(run, path[i]) != 0)
            return 2;
    if (check_unique(run) != 0)
        return 2;
    return prepare(run);
}

int assay_open(struct assay_run **run, const struct assay_implementation *who, size_t paths,
               const char *const path[], const char *result_path)
{
    size_t size = 4096 * sizeof(double);
    struct assay_run *made = calloc(1, sizeof *made);
    char *copy = strdup(result_path);
    void *scratch = calloc(size, 1);
    *run = NULL;
    if (made == NULL || copy == NULL || scratch == NULL) {
        free(made);
        free(copy);
        free(scratch);
        return 2;
    }
    made->result_path = copy;
    made->scratch = scratch;
    made->scratch_size = size;
    *run = made;
    return open_all(made, who, paths, path);
}

/* ---- cases ----------------------------------------------------------------------------------- */

int assay_next(struct assay_run *run, const struct assay_case **test)
{
    *test = NULL;
    if (run == NULL || run_failed(run) || run->next == run->file.cases)
        return 0;
    *test = &run->file.test[run->next++];
    return 1;
}

static struct assay_result_technique *technique_of(struct assay_run *run, const char *name)
{
    struct assay_result *result = &run->result;
    for (size_t i = 0; i < result->techniques; i++)
        if (strcmp(result->technique[i].name, name) == 0)
            return &result->technique[i];
    struct assay_result_technique *larger =
        realloc(result->technique, (result->techniques + 1) * sizeof *larger);
    if (larger == NULL) {
        run_out_of_memory(run);
        return NULL;
    }
    result->technique = larger;
    struct assay_result_technique *technique = &larger[result->techniques++];
    memset(technique, 0, sizeof *technique);
    snprintf(technique->name, sizeof technique->name, "%s", name);
    return technique;
}

/* Index of a case that is touched for the first time, or file.cases after an error. */
static size_t touch(struct assay_run *run, const struct assay_case *test, enum state state)
{
    size_t cases = run->file.cases;
    /* Any pointer may come in; compared as integers, since pointers into two arrays cannot be. */
    uintptr_t i = ((uintptr_t)test - (uintptr_t)run->file.test) / sizeof *test;
    if (i >= cases || test != &run->file.test[i]) {
        run_fail(run, "a case is begun or declined that assay_next has not returned");
        return cases;
    }
    if (run->answered[i].state != UNTOUCHED) {
        run_fail(run, "case %s/%s is begun or declined twice", test->technique, test->name);
        return cases;
    }
    if (technique_of(run, test->technique) == NULL)
        return cases;
    run->answered[i].state = state;
    run->order[run->ordered++] = i;
    return i;
}

static void drop_outputs(struct answered *answered)
{
    for (size_t k = 0; k < answered->outputs; k++)
        free(answered->output[k].value);
    free(answered->output);
    answered->output = NULL;
    answered->outputs = 0;
}

void assay_begin(struct assay_run *run, const struct assay_case *test)
{
    if (run_failed(run))
        return;
    run_end_loans(run);
    run->current = touch(run, test, BEGUN);
}

void assay_decline(struct assay_run *run, const struct assay_case *test, const char *reason)
{
    if (run_failed(run))
        return;
    if (reason == NULL || reason[0] == '\0' || strlen(reason) >= ASSAY_TEXT) {
        run_fail(run, "case %s/%s is declined without a reason of 1 to %d bytes", test->technique,
                 test->name, ASSAY_TEXT - 1);
        return;
    }
    size_t i = touch(run, test, DECLINED);
    if (i < run->file.cases)
        snprintf(run->answered[i].declined, ASSAY_TEXT, "%s", reason);
}

void assay_refuse(struct assay_run *run, const struct assay_case *test, const char *reason)
{
    if (run_failed(run))
        return;
    const struct assay_case *begun = &run->file.test[run->current];
    if (run->current == run->file.cases || strcmp(test->technique, begun->technique) != 0 ||
        strcmp(test->name, begun->name) != 0) {
        run_fail(run, "a case is refused that has not been begun last: call assay_begin first");
        return;
    }
    struct answered *answered = &run->answered[run->current];
    if (reason == NULL || reason[0] == '\0' || strlen(reason) >= ASSAY_TEXT ||
        answered->state == REFUSED) {
        run_fail(run, "case %s/%s is refused twice, or without a reason of 1 to %d bytes",
                 test->technique, test->name, ASSAY_TEXT - 1);
        return;
    }
    /* The message of an exception may have lines; that of a result has one. */
    for (size_t i = 0; reason[i] != '\0'; i++)
        answered->refused[i] = (char)((unsigned char)reason[i] < ' ' ? ' ' : reason[i]);
    answered->state = REFUSED;
    drop_outputs(answered);
}

void assay_follow(struct assay_run *run, const char *technique, const char *convention,
                  const char *value)
{
    if (run_failed(run))
        return;
    if (strlen(technique) >= ASSAY_NAME || strlen(convention) >= ASSAY_NAME ||
        strlen(value) >= ASSAY_NAME) {
        run_fail(run, "a technique, convention or value is longer than %d bytes", ASSAY_NAME - 1);
        return;
    }
    struct assay_result_technique *t = technique_of(run, technique);
    if (t == NULL)
        return;
    struct request_choice *larger = realloc(t->convention, (t->conventions + 1) * sizeof *larger);
    if (larger == NULL) {
        run_out_of_memory(run);
        return;
    }
    t->convention = larger;
    struct request_choice *choice = &larger[t->conventions++];
    memset(choice, 0, sizeof *choice);
    snprintf(choice->name, sizeof choice->name, "%s", convention);
    snprintf(choice->value, sizeof choice->value, "%s", value);
}

/* ---- closing --------------------------------------------------------------------------------- */

/* Moves an output into the result, as doubles. */
static int settle_output(struct assay_run *run, struct pending *pending,
                         struct assay_result_array *array)
{
    *array = pending->array;
    array->value = pending->value;
    pending->value = NULL;
    if (pending->kind == KIND_F64)
        return 0;
    float *narrow = (float *)(void *)array->value;
    array->value = calloc(array->count + 1, sizeof(double));
    for (size_t i = 0; array->value != NULL && i < array->count; i++)
        array->value[i] = (double)narrow[i];
    free(narrow);
    return array->value != NULL ? 0 : run_out_of_memory(run);
}

static int settle_case(struct assay_run *run, size_t i)
{
    struct answered *answered = &run->answered[i];
    struct assay_result_technique *t = technique_of(run, run->file.test[i].technique);
    struct assay_result_case *larger =
        t != NULL ? realloc(t->test, (t->cases + 1) * sizeof *larger) : NULL;
    if (larger == NULL)
        return run_out_of_memory(run);
    t->test = larger;
    struct assay_result_case *test = &larger[t->cases++];
    memset(test, 0, sizeof *test);
    memcpy(test->name, run->file.test[i].name, sizeof test->name);
    memcpy(test->declined, answered->declined, sizeof test->declined);
    memcpy(test->refused, answered->refused, sizeof test->refused);
    test->output = calloc(answered->outputs + 1, sizeof *test->output);
    if (test->output == NULL)
        return run_out_of_memory(run);
    for (size_t k = 0; k < answered->outputs; k++)
        if (settle_output(run, &answered->output[k], &test->output[test->outputs++]) != 0)
            return 2;
    return 0;
}

static void release(struct assay_run *run)
{
    for (size_t i = 0; run->answered != NULL && i < run->file.cases; i++)
        drop_outputs(&run->answered[i]);
    run_end_loans(run);
    assay_file_free(&run->file);
    assay_result_free(&run->result);
    free(run->answered);
    free(run->order);
    free(run->scratch);
    free(run->result_path);
    free(run);
}

int assay_close(struct assay_run *run)
{
    if (run == NULL || run_failed(run))
        return assay_complain(run);
    for (size_t i = 0; i < run->ordered; i++)
        if (settle_case(run, run->order[i]) != 0)
            return assay_complain(run);
    if (assay_result_write(&run->result, run->result_path, run->error) != 0)
        return assay_complain(run);
    release(run);
    return 0;
}

int assay_complain(struct assay_run *run)
{
    fprintf(stderr, "assay: %s\n",
            run == NULL ? "out of memory: give fewer case files at a time" : run->error);
    if (run != NULL)
        release(run);
    return 2;
}

void assay_fail(struct assay_run *run, const char *format, ...)
{
    char sentence[ASSAY_ERROR];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    run_fail(run, "%s", sentence);
}
