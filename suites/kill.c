// SPDX-License-Identifier: MIT
#include "kill.h"

#include "compare.h"
#include "controls.h"
#include "corpus.h"
#include "laws.h"
#include "numerics.h"
#include "progress.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "assay: no memory left for the kill matrix\n");
        exit(2);
    }
    return memory;
}

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

/* The largest ratio over the laws of a statistical case. */
static double ratio_of_laws(const struct assay_case *test, const char *precision,
                            const struct answer *answer)
{
    double ratio = 0;
    for (size_t k = 0; k < test->laws; k++) {
        const struct answer_array *a = output_named(answer, test->law[k].output);
        ratio = fmax(
            ratio, a ? law_judge(test, test->law[k].text, precision, a->rank, a->dim, a->high).ratio
                     : INFINITY);
    }
    return ratio;
}

/* The largest ratio of one run of a fork over the outputs of a case; -1 when it does not apply or
 * refuses the case (a kill must be by number), INFINITY when its answer cannot be compared. */
static double run_fork(const struct numerics *numerics, const struct assay_case *test,
                       const struct assay_golden *golden, int fork, int rounding)
{
    const struct manner manner = {rounding, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    double ratio = 0;
    if (strcmp(test->tier, "refused") == 0)
        return -1; /* no numbers to be killed by: who forgets to refuse is no fork */
    int status = numerics->answer(test->technique, fork, &test->request, &manner, &answer);
    int twin = numerics->fork(test->technique, fork)->kind == FORK_TWIN;
    if (status != 0)
        ratio = twin && status == 2 ? INFINITY : -1;
    else
        ratio = ratio_of_laws(test, numerics->precision, &answer);
    for (size_t k = 0; status == 0 && k < golden->outputs; k++) {
        const struct assay_golden_array *g = &golden->output[k];
        const struct answer_array *a = output_named(&answer, g->name);
        int comparable = a && a->count == g->count;
        ratio = fmax(ratio,
                     comparable ? compare_array(g, numerics->precision, a->high).ratio : INFINITY);
    }
    answer_free(&answer);
    return ratio;
}

/* A twin is correct, so it must pass in every rounding direction; these runs had no part in the
 * derivation of the bounds. Exact data is exact in any order, but not in any formula. */
static double ratio_of(const struct numerics *numerics, const struct assay_case *test,
                       const struct assay_golden *golden, int fork)
{
    static const int directions[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    int twin = numerics->fork(test->technique, fork)->kind == FORK_TWIN &&
               strcmp(test->tier, "exact") != 0;
    double ratio = -1;
    for (int d = 0; d < (twin ? 4 : 1); d++)
        ratio = fmax(ratio, run_fork(numerics, test, golden, fork, directions[d]));
    return ratio;
}

static void fill_row(struct kill_row *row, const struct assay_file *file, int fork)
{
    row->cells = file->cases;
    row->cell = allocate(file->cases, sizeof *row->cell);
    row->ratio_f64 = row->ratio_f32 = -1;
    for (size_t i = 0; i < file->cases; i++) {
        struct kill_cell *cell = &row->cell[i];
        cell->case_name = file->test[i].name;
        cell->ratio_f64 = ratio_of(&numerics_f64, &file->test[i], &file->golden[i], fork);
        cell->ratio_f32 = ratio_of(&numerics_f32, &file->test[i], &file->golden[i], fork);
        row->ratio_f64 = fmax(row->ratio_f64, cell->ratio_f64);
        row->ratio_f32 = fmax(row->ratio_f32, cell->ratio_f32);
        row->applies += cell->ratio_f64 >= 0;
        row->killed_f64 += cell->ratio_f64 > 1;
        row->killed_f32 += cell->ratio_f32 > 1;
    }
    if (row->fork->kind == FORK_TWIN)
        row->good = row->applies > 0 && row->killed_f64 == 0 && row->killed_f32 == 0;
    else
        row->good = row->killed_f64 > 0 && (row->killed_f32 > 0 || row->fork->spared_in_f32);
}

static void run_technique(struct kill *kill, const char *technique, const struct assay_file *file)
{
    int forks = numerics_f64.forks(technique);
    kill->row = realloc(kill->row, (kill->rows + (size_t)forks + 1) * sizeof *kill->row);
    if (!kill->row)
        exit(2);
    for (int f = 0; f < forks; f++) {
        struct kill_row *row = &kill->row[kill->rows++];
        *row = (struct kill_row){.technique = technique, .fork = numerics_f64.fork(technique, f)};
        fill_row(row, file, f);
    }
    for (size_t i = 0; i < file->cases; i++)
        controls_try(kill->control, &file->test[i], &file->golden[i]);
    kill->cases += file->cases;
}

int kill_run(struct kill *kill, const char *only, char *error)
{
    struct progress progress;
    int status = 0;
    memset(kill, 0, sizeof *kill);
    controls_begin(kill->control);
    kill->file = allocate(corpus_techniques(), sizeof *kill->file);
    progress_start(&progress, "techniques", corpus_techniques());
    for (size_t i = 0; status == 0 && i < corpus_techniques(); i++) {
        const char *name = corpus_technique(i)->name;
        progress_update(&progress, i);
        if (only && strcmp(only, name) != 0)
            continue;
        status = corpus_read(corpus_technique(i), &kill->file[kill->files], error);
        if (status == 0)
            run_technique(kill, name, &kill->file[kill->files++]);
    }
    progress_end(&progress);
    if (status == 0 && kill->cases == 0) {
        snprintf(error, ASSAY_ERROR, "no technique is named %s; `assay list` names all", only);
        status = 2;
    }
    if (status != 0)
        kill_free(kill);
    return status;
}

size_t kill_forks(const struct kill *kill, size_t *killed, int *all_good)
{
    size_t forks = 0;
    *killed = 0;
    *all_good = 1;
    for (size_t i = 0; i < kill->rows; i++) {
        int twin = kill->row[i].fork->kind == FORK_TWIN;
        forks += !twin;
        *killed += !twin && kill->row[i].good;
        *all_good &= kill->row[i].good;
    }
    for (size_t i = 0; i < KILL_CONTROLS; i++)
        *all_good &= kill->control[i].caught == kill->control[i].tried;
    return forks;
}

void kill_free(struct kill *kill)
{
    for (size_t i = 0; i < kill->rows; i++)
        free(kill->row[i].cell);
    for (size_t i = 0; i < kill->files; i++)
        assay_file_free(&kill->file[i]);
    free(kill->row);
    free(kill->file);
    memset(kill, 0, sizeof *kill);
}
