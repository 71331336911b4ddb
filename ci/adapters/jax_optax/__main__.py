# SPDX-License-Identifier: MIT
"""JAX's own operations, and those of Optax and Flax, on the processor.

    python ci/adapters/jax_optax run data -o result.h5 --precision f64|f32|bf16|f16

Gradients are those of jax.vjp and jax.jvp. What a case asks for is compiled by jax.jit, as programs
in JAX are, with the default options of XLA. Nearly all the time goes there: with the variables
JAX_COMPILATION_CACHE_DIR=<a folder>, JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 and
JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1 another run reads what has been compiled.
"""
import glob
import importlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, ".."))
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import flax
import jax
import jax.numpy as jnp
import numpy as np
import optax

import assay_adapter

TYPES = {"f64": jnp.float64, "f32": jnp.float32, "bf16": jnp.bfloat16, "f16": jnp.float16}
REFUSALS = (ValueError, TypeError, IndexError, NotImplementedError, ZeroDivisionError,
            flax.errors.FlaxError)
HELPERS = {"__main__", "autograd", "networks"}


def families():
    names = sorted(os.path.basename(path)[:-3] for path in glob.glob(os.path.join(HERE, "*.py")))
    return [importlib.import_module(name) for name in names if name not in HELPERS]


def convert(array, precision):
    # 64 bits are off in JAX unless asked for; a run in another precision leaves them off.
    if jax.config.jax_enable_x64 != (precision == "f64"):
        jax.config.update("jax_enable_x64", precision == "f64")
    if array.dtype.kind in "iu":
        return jnp.asarray(array, jnp.int64 if precision == "f64" else jnp.int32)
    return jnp.asarray(array, TYPES[precision])


def back(value):
    value = np.asarray(value)
    return value if value.dtype.kind in "iub" else value.astype(np.float64)


sys.exit(assay_adapter.main(
    "JAX", f"{jax.__version__}, Optax {optax.__version__}, Flax {flax.__version__}", families(),
    convert, back, REFUSALS, tuple(TYPES)))
