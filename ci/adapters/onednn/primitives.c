// SPDX-License-Identifier: MIT
#include "primitives.h"

#include <stdlib.h>

static dnnl_engine_t engine;
static dnnl_stream_t stream;
static dnnl_status_t last;

/* A primitive that is being made and run; the last of its descriptors is its forward pass, which
 * backward passes ask for hints. */
struct work {
    dnnl_primitive_desc_t forward;
    dnnl_memory_t memory[10];
    dnnl_exec_arg_t argument[10];
    int arguments;
};

int primitives_begin(void)
{
    last = dnnl_engine_create(&engine, dnnl_cpu, 0);
    if (last == dnnl_success)
        last = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags);
    if (last == dnnl_success)
        return 0;
    return -1;
}

void primitives_end(void)
{
    dnnl_stream_destroy(stream);
    dnnl_engine_destroy(engine);
}

const char *primitive_message(void)
{
    switch (last) {
    case dnnl_unimplemented:
        return "oneDNN: not implemented";
    case dnnl_invalid_arguments:
        return "oneDNN: invalid arguments";
    case dnnl_out_of_memory:
        return "oneDNN: out of memory";
    default:
        return "oneDNN: failed while running";
    }
}

static dnnl_memory_desc_t dense(int rank, const size_t dim[])
{
    dnnl_memory_desc_t descriptor;
    dnnl_dims_t size, stride;
    dnnl_dim_t step = 1;
    for (int i = rank - 1; i >= 0; i--) {
        size[i] = (dnnl_dim_t)dim[i];
        stride[i] = step;
        step *= size[i];
    }
    last = dnnl_memory_desc_init_by_strides(&descriptor, rank, size, dnnl_f32, stride);
    return descriptor;
}

static void give(struct work *work, int what, const dnnl_memory_desc_t *descriptor,
                 const float *values)
{
    dnnl_memory_t memory = NULL;
    if (last != dnnl_success)
        return;
    /* oneDNN does not write to what it takes as input. */
    last = dnnl_memory_create(&memory, descriptor, engine, (void *)(size_t)values);
    work->memory[work->arguments] = memory;
    work->argument[work->arguments++] = (dnnl_exec_arg_t){what, memory};
}

/* Runs the primitive of `descriptor` on what was given; keeps its description as the forward one. */
static int run(struct work *work, const void *descriptor, int keep)
{
    dnnl_primitive_desc_t made = NULL;
    dnnl_primitive_t primitive = NULL;
    if (last == dnnl_success)
        last = dnnl_primitive_desc_create(&made, (const_dnnl_op_desc_t)descriptor, NULL, engine,
                                          work->forward);
    if (last == dnnl_success)
        last = dnnl_primitive_create(&primitive, made);
    if (last == dnnl_success)
        last = dnnl_primitive_execute(primitive, stream, work->arguments, work->argument);
    if (last == dnnl_success)
        last = dnnl_stream_wait(stream);
    dnnl_primitive_destroy(primitive);
    for (int i = 0; i < work->arguments; i++)
        dnnl_memory_destroy(work->memory[i]);
    work->arguments = 0;
    if (keep)
        work->forward = made;
    else
        dnnl_primitive_desc_destroy(made);
    return last == dnnl_success ? 0 : -1;
}

static int done(struct work *work)
{
    dnnl_primitive_desc_destroy(work->forward);
    return last == dnnl_success ? 0 : -1;
}

int primitive_elementwise(dnnl_alg_kind_t kind, float alpha, float beta, size_t n, const float *x,
                          const float *dy, float *y, float *dx)
{
    struct work work = {0};
    dnnl_memory_desc_t shape = dense(1, &n);
    dnnl_eltwise_desc_t description;
    last = dnnl_eltwise_forward_desc_init(&description, dnnl_forward_training, kind, &shape, alpha,
                                          beta);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DST, &shape, y);
    if (run(&work, &description, 1) != 0 || dy == NULL)
        return done(&work);
    last = dnnl_eltwise_backward_desc_init(&description, kind, &shape, &shape, alpha, beta);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DIFF_DST, &shape, dy);
    give(&work, DNNL_ARG_DIFF_SRC, &shape, dx);
    run(&work, &description, 0);
    return done(&work);
}

int primitive_softmax(int logarithmic, size_t N, size_t C, const float *x, const float *dy,
                      float *y, float *dx)
{
    struct work work = {0};
    dnnl_alg_kind_t kind = logarithmic ? dnnl_softmax_log : dnnl_softmax_accurate;
    dnnl_memory_desc_t shape = dense(2, (size_t[]){N, C});
    dnnl_softmax_v2_desc_t description;
    last = dnnl_softmax_v2_forward_desc_init(&description, dnnl_forward_training, kind, &shape,
                                             &shape, 1);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DST, &shape, y);
    if (run(&work, &description, 1) != 0 || dy == NULL)
        return done(&work);
    last = dnnl_softmax_v2_backward_desc_init(&description, kind, &shape, &shape, &shape, 1);
    give(&work, DNNL_ARG_DST, &shape, y);
    give(&work, DNNL_ARG_DIFF_DST, &shape, dy);
    give(&work, DNNL_ARG_DIFF_SRC, &shape, dx);
    run(&work, &description, 0);
    return done(&work);
}

int primitive_layer_normalization(float epsilon, size_t M, size_t C, const float *x,
                                  const float *gamma, const float *beta, const float *dy, float *y,
                                  float *dx, float *dgamma, float *dbeta)
{
    struct work work = {0};
    unsigned flags = dnnl_use_scale | dnnl_use_shift;
    dnnl_memory_desc_t shape = dense(2, (size_t[]){M, C}), row = dense(1, &C),
                       column = dense(1, &M);
    dnnl_layer_normalization_desc_t description;
    float *mean = calloc(2 * M + 1, sizeof *mean);
    if (mean == NULL)
        exit(2);
    last = dnnl_layer_normalization_forward_desc_init(&description, dnnl_forward_training, &shape,
                                                      &column, epsilon, flags);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_SCALE, &row, gamma);
    give(&work, DNNL_ARG_SHIFT, &row, beta);
    give(&work, DNNL_ARG_MEAN, &column, mean);
    give(&work, DNNL_ARG_VARIANCE, &column, mean + M);
    give(&work, DNNL_ARG_DST, &shape, y);
    if (run(&work, &description, 1) == 0 && dy != NULL) {
        last = dnnl_layer_normalization_backward_desc_init(&description, dnnl_backward, &shape,
                                                           &shape, &column, epsilon, flags);
        give(&work, DNNL_ARG_SRC, &shape, x);
        give(&work, DNNL_ARG_DIFF_DST, &shape, dy);
        give(&work, DNNL_ARG_MEAN, &column, mean);
        give(&work, DNNL_ARG_VARIANCE, &column, mean + M);
        give(&work, DNNL_ARG_SCALE, &row, gamma);
        give(&work, DNNL_ARG_SHIFT, &row, beta);
        give(&work, DNNL_ARG_DIFF_SRC, &shape, dx);
        give(&work, DNNL_ARG_DIFF_SCALE, &row, dgamma);
        give(&work, DNNL_ARG_DIFF_SHIFT, &row, dbeta);
        run(&work, &description, 0);
    }
    free(mean);
    return done(&work);
}

int primitive_inner_product(size_t N, size_t I, size_t O, const float *x, const float *w,
                            const float *b, const float *dy, float *y, float *dx, float *dw,
                            float *db)
{
    struct work work = {0};
    dnnl_memory_desc_t in = dense(2, (size_t[]){N, I}), weights = dense(2, (size_t[]){O, I});
    dnnl_memory_desc_t bias = dense(1, &O), out = dense(2, (size_t[]){N, O});
    dnnl_inner_product_desc_t description;
    last = dnnl_inner_product_forward_desc_init(&description, dnnl_forward_training, &in, &weights,
                                                b != NULL ? &bias : NULL, &out);
    give(&work, DNNL_ARG_SRC, &in, x);
    give(&work, DNNL_ARG_WEIGHTS, &weights, w);
    if (b != NULL)
        give(&work, DNNL_ARG_BIAS, &bias, b);
    give(&work, DNNL_ARG_DST, &out, y);
    if (run(&work, &description, 1) != 0 || dy == NULL)
        return done(&work);
    last = dnnl_inner_product_backward_data_desc_init(&description, &in, &weights, &out);
    give(&work, DNNL_ARG_DIFF_DST, &out, dy);
    give(&work, DNNL_ARG_WEIGHTS, &weights, w);
    give(&work, DNNL_ARG_DIFF_SRC, &in, dx);
    if (run(&work, &description, 0) != 0)
        return done(&work);
    last = dnnl_inner_product_backward_weights_desc_init(&description, &in, &weights, &bias, &out);
    give(&work, DNNL_ARG_SRC, &in, x);
    give(&work, DNNL_ARG_DIFF_DST, &out, dy);
    give(&work, DNNL_ARG_DIFF_WEIGHTS, &weights, dw);
    give(&work, DNNL_ARG_DIFF_BIAS, &bias, db);
    run(&work, &description, 0);
    return done(&work);
}

int primitive_local_response(size_t size, float alpha, float beta, float k, const size_t dim[4],
                             const float *x, const float *dy, float *y, float *dx)
{
    struct work work = {0};
    dnnl_memory_desc_t shape = dense(4, dim);
    dnnl_lrn_desc_t description;
    float *workspace = NULL;
    last =
        dnnl_lrn_forward_desc_init(&description, dnnl_forward_inference, dnnl_lrn_across_channels,
                                   &shape, (dnnl_dim_t)size, alpha, beta, k);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DST, &shape, y);
    if (run(&work, &description, 0) != 0 || dy == NULL)
        return done(&work);
    /* Only the training pass fills the workspace that the backward pass reads. */
    last = dnnl_lrn_forward_desc_init(&description, dnnl_forward_training, dnnl_lrn_across_channels,
                                      &shape, (dnnl_dim_t)size, alpha, beta, k);
    last = dnnl_primitive_desc_create(&work.forward, (const_dnnl_op_desc_t)&description, NULL,
                                      engine, NULL);
    if (last != dnnl_success)
        return done(&work);
    const dnnl_memory_desc_t *space =
        dnnl_primitive_desc_query_md(work.forward, dnnl_query_workspace_md, 0);
    size_t bytes = space != NULL ? dnnl_memory_desc_get_size(space) : 0;
    workspace = calloc(bytes + sizeof *workspace, 1);
    if (workspace == NULL)
        exit(2);
    dnnl_primitive_desc_t training = work.forward;
    work.forward = NULL;
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DST, &shape, y);
    if (bytes > 0)
        give(&work, DNNL_ARG_WORKSPACE, space, workspace);
    run(&work, &description, 0);
    work.forward = training;
    last = dnnl_lrn_backward_desc_init(&description, dnnl_lrn_across_channels, &shape, &shape,
                                       (dnnl_dim_t)size, alpha, beta, k);
    give(&work, DNNL_ARG_SRC, &shape, x);
    give(&work, DNNL_ARG_DIFF_DST, &shape, dy);
    if (bytes > 0)
        give(&work, DNNL_ARG_WORKSPACE, space, workspace);
    give(&work, DNNL_ARG_DIFF_SRC, &shape, dx);
    run(&work, &description, 0);
    free(workspace);
    return done(&work);
}
