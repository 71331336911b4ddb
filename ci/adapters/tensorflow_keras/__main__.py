# SPDX-License-Identifier: MIT
"""TensorFlow's operations, and Keras on TensorFlow, on the processor, eagerly.

    python ci/adapters/tensorflow_keras run data -o result.h5 --precision f64|f32|bf16|f16

Where both libraries have an operation, Keras answers. Gradients are those of tf.GradientTape.
Keras's floatx and dtype policy are the precision of the run: what is computed in another one all
the same is the library's own choice. oneDNN's operations, which TensorFlow takes on some processors
and not on others, are off, so that results do not depend on the machine.
"""
import argparse
import importlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, ".."))

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import tensorflow as tf

import assay_adapter

TYPES = {"f64": "float64", "f32": "float32", "bf16": "bfloat16", "f16": "float16"}
SHARED = ("__main__", "conventions", "tape")


def convert(array, precision):
    if array.dtype.kind in "iu":
        return tf.constant(array, tf.int64)
    return tf.cast(tf.constant(array, tf.float64), TYPES[precision])


def back(value):
    if isinstance(value, keras.Variable):
        value = value.value
    if not isinstance(value, (tf.Tensor, tf.Variable)):
        return value
    return (tf.cast(value, tf.float64) if value.dtype.is_floating else value).numpy()


def set_precision():
    """Before anything is computed: layers and optimizers take their type from there."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--precision", choices=TYPES, default="f64")
    name = TYPES[parser.parse_known_args()[0].precision]
    keras.config.set_floatx(name)
    keras.config.set_dtype_policy(name)


def families():
    """A module for each family that is there."""
    names = sorted(name[:-3] for name in os.listdir(HERE) if name.endswith(".py"))
    return [importlib.import_module(name) for name in names if name not in SHARED]


tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
set_precision()
sys.exit(assay_adapter.main(
    "TensorFlow and Keras", f"{tf.__version__}, Keras {keras.__version__}", families(), convert,
    back, (ValueError, ZeroDivisionError, IndexError, NotImplementedError, tf.errors.OpError),
    tuple(TYPES), ("Could not find device for node", "No OpKernel was registered",
                   "is not in the list of allowed values")))
