# SPDX-License-Identifier: MIT
"""JAX's own operations, and those of Optax and Flax, on the processor.

    python ci/adapters/jax_optax run data -o result.h5 --precision f64|f32|bf16|f16

Gradients are those of jax.vjp and jax.jvp. What a case asks for is compiled by jax.jit, as programs
in JAX are, with the default options of XLA; one case is answered by one thread. Nearly all the time
goes into compiling, so that cases are answered side by side, and what has been compiled is kept
beside the libraries of the environment: another run reads it. The variables that JAX has for this
come first.
"""
import argparse
import glob
import importlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, ".."))
if sys.prefix != sys.base_prefix:
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", os.path.join(sys.prefix, "compiled"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
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


def set_precision():
    """64 bits are off in JAX unless asked for; a run in another precision leaves them off."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--precision", choices=TYPES, default="f64")
    jax.config.update("jax_enable_x64", parser.parse_known_args()[0].precision == "f64")


def convert(array, precision):
    whole = np.int64 if precision == "f64" else np.int32
    # Converted by NumPy and merely put there: jnp.asarray compiles a program for every shape.
    with np.errstate(over="ignore"):
        array = array.astype(whole if array.dtype.kind in "iu" else TYPES[precision])
    return jax.device_put(array)


def back(value):
    value = np.asarray(value)
    return value if value.dtype.kind in "iub" else value.astype(np.float64)


set_precision()
sys.exit(assay_adapter.main(
    "JAX", f"{jax.__version__}, Optax {optax.__version__}, Flax {flax.__version__}", families(),
    convert, back, REFUSALS, tuple(TYPES), ("Unsupported dtype",),
    threads=min(4, os.cpu_count() or 1)))
