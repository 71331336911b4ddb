// SPDX-License-Identifier: MIT
#include "program.h"

#include "bench.h"
#include "limit.h"
#include "run.h"
#include "train.h"

const struct engine_program
#ifdef SCALAR_F32
    engine_f32
#else
    engine_f64
#endif
    = {run_cases, train_network, bench_training, limit_measure};
