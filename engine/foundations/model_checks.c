// SPDX-License-Identifier: MIT
/* Model checks; definition in reference/foundations/model_checks.h.
 *
 * How it is distributed: the descriptions are sharded, and each is judged alone. What crosses the
 * network are eight counts: whole numbers, in any order.
 */
#include "../techniques.h"

#include <string.h>

enum { LARGEST = 1 << 20, CHECKS = 7 };

/* One description, or with columns (N) all of them. */
struct description {
    int task, classes, units, output, loss, logits, depth, hidden, start;
};
struct columns {
    const int *task, *classes, *units, *output, *loss, *logits, *depth, *hidden, *start;
    bool bounded, lenient;
    int deepest;
};

/* Which losses a task may have, as bits. */
static const unsigned losses_of_task[] = {1u << 0 | 1u << 1, 1u << 2 | 1u << 3 | 1u << 4,
                                          1u << 3 | 1u << 4, 1u << 2};
/* What a scale is called for each hidden activation and start, when it is strict. */
static const int scale_of[5][6] = {
    {0, 0, 1, 0, 0, 1}, /* linear */
    {0, 0, 1, 0, 0, 1}, /* sigmoid */
    {0, 0, 1, 0, 0, 1}, /* tanh */
    {0, 0, 1, 2, 2, 0}, /* ReLU */
    {0, 0, 1, 0, 1, 1}  /* SELU */
};

static int judge_output(const struct description *is, bool bounded)
{
    switch (is->loss) {
    case 0:
    case 1:
        return !(is->output == 0 || (bounded && is->output % 2 == 1));
    default:
        break;
    }
    const int own = is->loss == 2 ? 1 : 2;
    switch (is->output) {
    case 0:
        return is->logits ? 0 : 3;
    case 1:
    case 2:
        return is->logits ? 2 : is->output != own;
    default:
        return 1;
    }
}

static int judge_width(const struct description *is)
{
    const bool categorical = is->loss > 2;
    const bool softmax = is->output == 2 || (categorical && is->logits == 1);
    if (softmax && is->units == 1)
        return 2;
    if (is->task == 1)
        return is->units != 1 + categorical;
    return is->units != is->classes;
}

/* The seven checks of one network. */
static void judge(const struct columns *all, const struct description *is, int check[CHECKS])
{
    memset(check, 0, CHECKS * sizeof *check);
    check[0] = (losses_of_task[is->task] >> is->loss & 1u) == 0;
    check[1] = judge_output(is, all->bounded);
    check[2] = judge_width(is);
    check[6] = is->depth > all->deepest;
    if (is->depth == 0)
        return;
    check[3] = is->start < 2;
    check[4] = all->lenient ? is->start == 2 : scale_of[is->hidden][is->start];
    check[5] = is->hidden == 0;
}

static struct columns read_columns(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const scales[] = {"strict", "lenient", NULL};
    struct columns all = {.task = question_integers(q, "task", "N", 0, 3)};
    all.classes = question_integers(q, "classes", "N", 1, LARGEST);
    all.units = question_integers(q, "units", "N", 1, LARGEST);
    all.output = question_integers(q, "output", "N", 0, 4);
    all.loss = question_integers(q, "loss", "N", 0, 4);
    all.logits = question_integers(q, "logits", "N", 0, 1);
    all.depth = question_integers(q, "depth", "N", 0, 99);
    all.hidden = question_integers(q, "hidden", "N", 0, 4);
    all.start = question_integers(q, "start", "N", 0, 5);
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'task' describes no network");
    all.bounded = question_choice(q, "bounded", no_yes) == 1;
    all.lenient = question_choice(q, "scales", scales) == 1;
    all.deepest = (int)question_count_or(q, "deepest", 5, 0, 99);
    return all;
}

void model_checks_run(struct question *q)
{
    static const char *const names[CHECKS] = {"task_loss", "output_loss", "width", "symmetry",
                                              "scale",     "collapse",    "deep"};
    question_split_evenly(q, 'N');
    const struct columns all = read_columns(q);
    question_bind(q, 'C', CHECKS);
    scalar *flag[CHECKS];
    for (size_t c = 0; c < CHECKS; c++)
        flag[c] = question_output(q, names[c], "[N]");
    long long count[CHECKS + 1] = {0};
    const size_t first = question_first(q, 'N'), part = question_part(q, 'N');
    for (size_t n = first; n < first + part; n++) {
        const struct description is = {all.task[n],   all.classes[n], all.units[n],
                                       all.output[n], all.loss[n],    all.logits[n],
                                       all.depth[n],  all.hidden[n],  all.start[n]};
        int check[CHECKS], wrong = 0;
        judge(&all, &is, check);
        for (size_t c = 0; c < CHECKS; c++) {
            flag[c][n - first] = (scalar)check[c];
            count[c] += check[c] != 0;
            wrong += check[c] != 0;
        }
        count[CHECKS] += wrong == 0;
    }
    reduce_integers(question_team(q), count, CHECKS + 1);
    scalar *counts = question_output(q, "counts", "C");
    for (size_t c = 0; c < CHECKS; c++)
        counts[c] = (scalar)count[c];
    question_output(q, "sound", "")[0] = (scalar)count[CHECKS];
}
