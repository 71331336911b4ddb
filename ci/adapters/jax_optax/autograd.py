# SPDX-License-Identifier: MIT
"""Gradients of JAX operations, named as in the cases: d<input> for every input that has one."""
import jax
import jax.numpy as jnp


def is_floating(x):
    return jnp.issubdtype(x.dtype, jnp.floating)


def with_gradients(case, operation, needed, optional=(), output="y", upstream="dy"):
    """The value of operation(**inputs) as `output` and, where the case has an upstream gradient, the
    gradient of every floating input. The operation is called with the inputs by name: all `needed`
    ones, and those of the `optional` ones that the case has."""
    names = [*needed, *(name for name in optional if name in case)]
    inputs = {name: case[name] for name in names}
    floating = {name: x for name, x in inputs.items() if is_floating(x)}
    fixed = {name: x for name, x in inputs.items() if name not in floating}
    if upstream not in case:
        return {output: operation(**inputs)}
    value, pull = jax.vjp(lambda floating: operation(**floating, **fixed), floating)
    gradients, = pull(case[upstream])
    return {output: value} | {"d" + name: gradient for name, gradient in gradients.items()}
