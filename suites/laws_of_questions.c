// SPDX-License-Identifier: MIT
#include "laws_of_questions.h"

#include "law_tests.h"
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum law_kind { ATTACK, SEGMENTS, OVERSAMPLED, UNDERSAMPLED, CERTIFIED };
enum norm { LINF, L2, L1 };

struct judge {
    enum law_kind kind;
    enum norm norm;
    double number[3];
    double roundoff;
    const struct assay_case *question;
    const char *text;
    int rank;
    const size_t *dim;
    const double *value;
    size_t count;
    struct law_verdict verdict;
};

static int parse(struct judge *j, const char *text)
{
    static const char *const norms[] = {"linf", "l2", "l1"};
    char norm[8], rest;
    double *a = j->number;
    if (sscanf(text, "attack %7s %lf %lf %lf%c", norm, &a[0], &a[1], &a[2], &rest) == 4) {
        j->kind = ATTACK;
        for (j->norm = LINF; j->norm <= L1; j->norm++) {
            if (strcmp(norm, norms[j->norm]) == 0)
                return a[0] >= 0 && a[1] <= a[2];
        }
        return 0;
    }
    if (sscanf(text, "segments %lf %lf%c", &a[0], &a[1], &rest) == 2) {
        j->kind = SEGMENTS;
        return a[0] >= 1 && a[0] <= 1e6;
    }
    if (sscanf(text, "certified %lf %lf %lf%c", &a[0], &a[1], &a[2], &rest) == 3) {
        j->kind = CERTIFIED;
        return a[0] > 0 && a[1] >= 1 && a[2] > 0 && a[2] < 1;
    }
    j->kind = strcmp(text, "oversampled") == 0 ? OVERSAMPLED : UNDERSAMPLED;
    return j->kind == OVERSAMPLED || strcmp(text, "undersampled") == 0;
}

int law_of_questions(const char *text)
{
    struct judge j;
    return parse(&j, text);
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (!memory)
        exit(2);
    return memory;
}

/* An input of the case; NULL, and an infinitely bad verdict, when it is not there or has not this
 * many axes. */
static const struct request_array *input(struct judge *j, const char *name, int rank)
{
    const struct request_array *found = assay_case_input(j->question, name);
    if (found && found->rank == rank)
        return found;
    law_worsen(&j->verdict, INFINITY, "its case has no input '%s' of %d axes", name, rank);
    return NULL;
}

/* The classes of the samples, which some techniques call label and others labels. */
static const struct request_array *input_of_classes(struct judge *j)
{
    return input(j, assay_case_input(j->question, "label") ? "label" : "labels", 1);
}

/* ---- attacks --------------------------------------------------------------------------------- */

/* The mean loss of the case's model at other samples than its x. */
static double loss_at(struct judge *j, const double *x)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct request request = j->question->request;
    struct request_array *inputs = allocate(request.inputs, sizeof *inputs);
    struct answer answer;
    double loss = NAN;
    memcpy(inputs, request.input, request.inputs * sizeof *inputs);
    for (size_t k = 0; k < request.inputs; k++) {
        if (strcmp(inputs[k].name, "x") == 0)
            inputs[k].value = (double *)(size_t)x; /* only read */
    }
    request.input = inputs;
    request.draws = 0;
    if (numerics_f64.answer("multilayer_perceptron", -1, &request, &definition, &answer) == 0) {
        for (size_t k = 0; k < answer.outputs; k++) {
            if (strcmp(answer.output[k].name, "loss") == 0)
                loss = answer.output[k].high[0];
        }
    } else {
        law_worsen(&j->verdict, INFINITY, "its case has no model: %.200s", answer.error);
    }
    answer_free(&answer);
    free(inputs);
    return loss;
}

/* What the reference reaches, from a start of its own. */
static double loss_of_reference(struct judge *j)
{
    const struct manner other = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 7321, 0};
    const struct assay_case *test = j->question;
    struct answer answer;
    double loss = NAN;
    if (numerics_f64.answer(test->technique, -1, &test->request, &other, &answer) == 0) {
        for (size_t l = 0; l < test->laws; l++) {
            for (size_t k = 0; k < answer.outputs && test->law[l].text[0]; k++) {
                if (strcmp(test->law[l].text, j->text) == 0 &&
                    strcmp(test->law[l].output, answer.output[k].name) == 0)
                    loss = loss_at(j, answer.output[k].high);
            }
        }
    }
    answer_free(&answer);
    return loss;
}

static double length(enum norm norm, const double *from, const double *to, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = from ? to[i] - from[i] : to[i];
        sum = norm == LINF ? fmax(sum, fabs(d)) : sum + (norm == L2 ? d * d : fabs(d));
        if (!(d == d))
            return NAN; /* which fmax would hide */
    }
    return norm == L2 ? sqrt(sum) : sum;
}

static void attack(struct judge *j)
{
    const struct request_array *x = input(j, "x", j->rank);
    double radius = j->number[0], low = j->number[1], high = j->number[2];
    if (!x)
        return;
    size_t samples = x->dim[0], features = samples ? x->count / samples : 0;
    if (x->count != j->count || samples == 0) {
        law_worsen(&j->verdict, INFINITY, "it has not the shape of 'x'");
        return;
    }
    for (size_t n = 0; n < samples; n++) {
        const double *from = &x->value[n * features], *to = &j->value[n * features];
        double slack = 4 * j->roundoff * (length(j->norm, NULL, from, features) + radius);
        double moved = length(j->norm, from, to, features);
        law_worsen(&j->verdict, moved > radius ? (moved - radius) / slack : 0 * moved,
                   "its sample %zu is %.9g from 'x', but may be %.9g", n, moved, radius);
        for (size_t i = 0; i < features; i++) {
            double room = 4 * j->roundoff * fmax(fabs(low), fabs(high));
            if (!(to[i] >= low - room && to[i] <= high + room))
                law_worsen(&j->verdict, INFINITY,
                           "its sample %zu has %.9g, outside of the box [%.9g, %.9g]", n, to[i],
                           low, high);
        }
    }
    if (j->verdict.ratio > 1)
        return;
    double reached = loss_at(j, j->value), reference = loss_of_reference(j);
    law_worsen(&j->verdict, fmax(0, reference - reached) / (0x1p-10 * reference),
               "it raises the loss to %.9g only, but the reference to %.9g", reached, reference);
    if (!(reached >= 0 && reference > 0))
        law_worsen(&j->verdict, INFINITY, "its loss of %.9g cannot be compared with %.9g", reached,
                   reference);
}

/* ---- synthetic samples ----------------------------------------------------------------------- */

/* The samples of class `label`: their numbers, and how many. */
static size_t members_of(const struct request_array *labels, double label, size_t *member)
{
    size_t count = 0;
    for (size_t n = 0; n < labels->count; n++) {
        if (labels->value[n] == label)
            member[count++] = n;
    }
    return count;
}

/* Whether fewer than K of the class are nearer to a than b is. */
static int is_neighbour(const struct request_array *x, const size_t *member, size_t members,
                        size_t a, size_t b, double K)
{
    size_t D = x->dim[1], nearer = 0;
    double reach = length(L2, &x->value[a * D], &x->value[b * D], D);
    for (size_t k = 0; k < members; k++) {
        if (member[k] != a)
            nearer += length(L2, &x->value[a * D], &x->value[member[k] * D], D) < reach;
    }
    return a != b && (double)nearer < K;
}

/* Where a point lies on the segment from a to b; NAN when it does not. */
static double gap_of(const struct judge *j, const double *point, const double *a, const double *b,
                     size_t D)
{
    double along = 0, square = 0;
    for (size_t i = 0; i < D; i++) {
        along += (point[i] - a[i]) * (b[i] - a[i]);
        square += (b[i] - a[i]) * (b[i] - a[i]);
    }
    /* An error of the point moves the gap, which moves all features. */
    double room = 4 * j->roundoff * (length(L2, NULL, a, D) + length(L2, NULL, b, D));
    double gap = along / square;
    for (size_t i = 0; i < D; i++) {
        if (!(fabs(point[i] - (a[i] + gap * (b[i] - a[i]))) <= room))
            return NAN;
    }
    if (gap * sqrt(square) < -room || (gap - 1) * sqrt(square) > room)
        return NAN;
    return fmin(fmax(gap, 0), 1);
}

static void segments(struct judge *j)
{
    const struct request_array *x = input(j, "x", 2), *labels = input_of_classes(j);
    if (!x || !labels || labels->count != x->dim[0] || j->rank != 2 || j->dim[1] != x->dim[1]) {
        law_worsen(&j->verdict, INFINITY, "it has not the features of 'x'");
        return;
    }
    size_t D = x->dim[1], M = j->dim[0], *member = allocate(x->dim[0], sizeof *member);
    size_t members = members_of(labels, j->number[1], member);
    double *gap = allocate(M, sizeof *gap);
    for (size_t m = 0; m < M; m++) {
        gap[m] = NAN;
        for (size_t p = 0; p < members * members && !(gap[m] == gap[m]); p++) {
            size_t a = member[p / members], b = member[p % members];
            if (is_neighbour(x, member, members, a, b, j->number[0]))
                gap[m] = gap_of(j, &j->value[m * D], &x->value[a * D], &x->value[b * D], D);
        }
        if (!(gap[m] == gap[m]))
            law_worsen(&j->verdict, INFINITY,
                       "its sample %zu is on no segment between near samples of the class", m);
    }
    if (j->verdict.ratio <= 1) {
        j->verdict = law_judge(NULL, "uniform 0 1", "f64", 1, &M, gap);
        char message[sizeof j->verdict.message];
        snprintf(message, sizeof message, "of its gaps: %.200s", j->verdict.message);
        memcpy(j->verdict.message, message, sizeof message);
    }
    free(member);
    free(gap);
}

/* ---- indices of samples ---------------------------------------------------------------------- */

/* Whether the samples of a class that occur `times` were drawn fairly. */
static void fairly_drawn(struct judge *j, const size_t *member, size_t members, const size_t *times,
                         double drawn, double label)
{
    double ranks = 0, so_far = 0, distance = 0;
    char what[64];
    for (size_t k = 0; k < members; k++) {
        so_far += (double)times[member[k]];
        ranks += (double)times[member[k]] * ((double)k + 0.5) / (double)members;
        distance = fmax(distance, fabs(so_far / drawn - (double)(k + 1) / (double)members));
    }
    double limit = sqrt(log(2 / LAW_ALARM) / (2 * drawn));
    snprintf(what, sizeof what, "mean rank in class %g", label);
    law_test(&j->verdict, what, ranks / drawn, 0.5, limit);
    if (j->kind == OVERSAMPLED)
        law_test(&j->verdict, "largest distance from equal chances", distance, 0, limit);
}

/* Whether one class has as many samples as it must have. */
static void class_resampled(struct judge *j, const struct request_array *labels, double label,
                            const size_t *times, size_t wanted)
{
    size_t *member = allocate(labels->count, sizeof *member), found = 0, most = 0;
    size_t members = members_of(labels, label, member);
    for (size_t k = 0; k < members; k++) {
        size_t t = times[member[k]];
        found += t;
        most = t > most ? t : most;
    }
    if (j->kind == OVERSAMPLED)
        wanted -= members; /* they are there already */
    if (found != wanted)
        law_worsen(&j->verdict, INFINITY, "it has %zu of class %g, but must have %zu", found, label,
                   wanted);
    else if (j->kind == UNDERSAMPLED && most > 1)
        law_worsen(&j->verdict, INFINITY, "it has a sample of class %g twice", label);
    else if (found > 0 && (j->kind == OVERSAMPLED || found < members))
        fairly_drawn(j, member, members, times, (double)found, label);
    free(member);
}

static void resampled(struct judge *j)
{
    const struct request_array *labels = input_of_classes(j);
    if (!labels)
        return;
    size_t N = labels->count, smallest = SIZE_MAX, largest = 0;
    size_t *times = allocate(N, sizeof *times), *member = allocate(N, sizeof *member);
    for (size_t i = 0; i < j->count; i++) {
        if (!(j->value[i] >= 0 && j->value[i] < (double)N) || j->value[i] != floor(j->value[i]))
            law_worsen(&j->verdict, INFINITY, "its element %zu is %.9g, which is no index", i,
                       j->value[i]);
        else
            times[(size_t)j->value[i]]++;
    }
    for (size_t n = 0; n < N; n++) {
        size_t members = members_of(labels, labels->value[n], member);
        smallest = members < smallest ? members : smallest;
        largest = members > largest ? members : largest;
    }
    for (size_t n = 0; n < N && j->verdict.ratio <= 1; n++) {
        members_of(labels, labels->value[n], member);
        if (member[0] == n) /* once for each class */
            class_resampled(j, labels, labels->value[n], times,
                            j->kind == OVERSAMPLED ? largest : smallest);
    }
    free(times);
    free(member);
}

/* ---- certificates ---------------------------------------------------------------------------- */

static double gaussian(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

/* Phi^-1, by bisection; -INFINITY for p <= 0. */
static double gaussian_quantile(double p)
{
    double low = -40, high = 40;
    if (!(p > 0))
        return -INFINITY;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        *(gaussian(middle) < p ? &low : &high) = middle;
    }
    return low;
}

static void certified(struct judge *j)
{
    const struct request_array *x = input(j, "x", 2), *w = input(j, "w1", 2),
                               *b = input(j, "b1", 1);
    if (!x || !w || !b || w->dim[1] != 2 || b->count != 2 || w->dim[0] != x->dim[1] ||
        j->rank != 1 || j->dim[0] != x->dim[0]) {
        law_worsen(&j->verdict, INFINITY, "its case is not that of a linear model of two classes");
        return;
    }
    double sigma = j->number[0], votes = j->number[1], alpha = j->number[2], L = log(2 / LAW_ALARM);
    for (size_t n = 0; n < x->dim[0]; n++) {
        double margin = b->value[1] - b->value[0], square = 0;
        for (size_t i = 0; i < w->dim[0]; i++) {
            double slope = w->value[2 * i + 1] - w->value[2 * i];
            margin += slope * x->value[n * x->dim[1] + i];
            square += slope * slope;
        }
        double truth = fabs(margin) / sqrt(square), radius = j->value[n];
        double p =
            gaussian(truth / sigma) - sqrt(L / (2 * votes)) - sqrt(-log(alpha) / (2 * votes));
        double least = fmax(0, sigma * gaussian_quantile(p));
        j->verdict.tests += 2;
        law_worsen(&j->verdict, radius / truth,
                   "its radius %zu is %.9g, but a change of %.9g can alter the answer", n, radius,
                   truth);
        if (!(radius >= least))
            law_worsen(&j->verdict, 1 + least - radius,
                       "its radius %zu is %.9g, but %.9g can be certified", n, radius, least);
    }
}

struct law_verdict law_of_questions_judge(const struct assay_case *question, const char *text,
                                          const char *precision, int rank, const size_t dim[],
                                          const double *value)
{
    struct judge j = {.roundoff = precision_formats[precision_named(precision)].roundoff,
                      .question = question,
                      .text = text,
                      .rank = rank,
                      .dim = dim,
                      .value = value,
                      .count = 1};
    for (int axis = 0; axis < rank; axis++)
        j.count *= dim[axis];
    if (!question || !parse(&j, text) || rank == 0 || j.count == 0) {
        law_worsen(&j.verdict, INFINITY, "'%s' is not a law for it", text);
        return j.verdict;
    }
    if (j.kind == ATTACK)
        attack(&j);
    else if (j.kind == SEGMENTS)
        segments(&j);
    else if (j.kind == CERTIFIED)
        certified(&j);
    else
        resampled(&j);
    return j.verdict;
}
