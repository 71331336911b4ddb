# SPDX-License-Identifier: MIT
"""Gradients of JAX operations, named as in the cases: d<input> for every input that has one.

An operation and its gradient are one compiled program: all arrays are its arguments, so that
nothing is computed while compiling.
"""
import jax
import jax.numpy as jnp


def is_floating(x):
    return jnp.issubdtype(x.dtype, jnp.floating)


def inputs_of(case, needed, optional=()):
    return {name: case[name] for name in [*needed, *(name for name in optional if name in case)]}


def compiled(operation, *arguments):
    return jax.jit(operation)(*arguments)


def differentiate(operation, inputs, wanted, upstream=None, has_aux=False):
    """operation(**inputs), and its gradients by the inputs `wanted`, as {"d" + name: gradient}. The
    upstream gradient is 1 unless it is given. With `has_aux` the operation returns a pair, the
    second of which is passed on as it is."""
    def program(moving, fixed, upstream):
        value, pull, *aux = jax.vjp(lambda moving: operation(**moving, **fixed), moving,
                                    has_aux=has_aux)
        upstream = jnp.ones_like(value) if upstream is None else upstream
        return (value, *aux) if aux else value, pull(upstream)[0]

    moving = {name: x for name, x in inputs.items() if name in wanted}
    fixed = {name: x for name, x in inputs.items() if name not in wanted}
    value, gradients = jax.jit(program)(moving, fixed, upstream)
    return value, {"d" + name: gradient for name, gradient in gradients.items()}


def with_gradients(case, operation, needed, optional=(), output="y", upstream="dy"):
    """The value of operation(**inputs) as `output` and, where the case has an upstream gradient,
    the gradient of every floating input. The operation is called with the inputs by name: all
    `needed` ones, and those of the `optional` ones that the case has."""
    inputs = inputs_of(case, needed, optional)
    if upstream not in case:
        return {output: compiled(lambda inputs: operation(**inputs), inputs)}
    floating = [name for name, x in inputs.items() if is_floating(x)]
    value, gradients = differentiate(operation, inputs, floating, case[upstream])
    return {output: value} | gradients
