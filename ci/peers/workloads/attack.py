# SPDX-License-Identifier: MIT
"""Projected gradient descent in 20 steps of the largest norm against a multilayer perceptron."""
import numpy as np

from . import Timed


def _network(data):
    return [data[f"{kind}{l}"] for l in (1, 2, 3) for kind in "wb"]


def pytorch(data, variant, steps, epsilon, alpha):
    import torch
    from torch.nn import functional as F
    x0, y = torch.from_numpy(data["x"]), torch.from_numpy(data["labels"]).long()
    p = [torch.from_numpy(q) for q in _network(data)]
    low, high = (x0 - epsilon).clamp_(0, 1), (x0 + epsilon).clamp_(0, 1)

    def loss(x):
        x = F.relu(torch.addmm(p[1], x, p[0]))
        x = F.relu(torch.addmm(p[3], x, p[2]))
        return F.cross_entropy(torch.addmm(p[5], x, p[4]), y, reduction="sum")

    if variant == "eager":
        def step(x):
            x.requires_grad_()
            gradient, = torch.autograd.grad(loss(x), x)
            with torch.no_grad():
                return torch.clamp(x + alpha * gradient.sign(), low, high)
    else:
        @torch.compile(fullgraph=True, dynamic=False)
        def step(x):
            return torch.clamp(x + alpha * torch.func.grad(loss)(x).sign(), low, high)

    x = None

    def run(n):
        nonlocal x
        for _ in range(n):
            x = x0.clone()
            for _ in range(steps):
                x = step(x)

    return Timed(run, lambda: {"adversarial": x.detach().numpy()})


def jax(data, variant, steps, epsilon, alpha):
    import jax
    from jax import numpy as jnp
    x0, y = jnp.asarray(data["x"]), jnp.asarray(data["labels"])
    p = [jnp.asarray(q) for q in _network(data)]

    def loss(x, p, y):
        x = jax.nn.relu(x @ p[0] + p[1])
        x = jax.nn.relu(x @ p[2] + p[3])
        logits = jax.nn.log_softmax(x @ p[4] + p[5])
        return -jnp.take_along_axis(logits, y[:, None], 1).sum()

    @jax.jit
    def attack(x0, p, y):
        low, high = jnp.clip(x0 - epsilon, 0, 1), jnp.clip(x0 + epsilon, 0, 1)

        def step(_, x):
            return jnp.clip(x + alpha * jnp.sign(jax.grad(loss)(x, p, y)), low, high)
        return jax.lax.fori_loop(0, steps, step, x0)

    x = None

    def run(n):
        nonlocal x
        for _ in range(n):
            x = jax.block_until_ready(attack(x0, p, y))

    return Timed(run, lambda: {"adversarial": np.asarray(x)})


def tensorflow(data, variant, steps, epsilon, alpha):
    import tensorflow as tf
    x0, y = tf.constant(data["x"]), tf.constant(data["labels"])
    p = [tf.constant(q) for q in _network(data)]
    low, high = (tf.clip_by_value(x0 + e, 0, 1) for e in (-epsilon, epsilon))

    @tf.function(jit_compile=variant == "xla")
    def attack(x):
        for _ in tf.range(steps):
            with tf.GradientTape() as tape:
                tape.watch(x)
                h = tf.nn.relu(tf.matmul(x, p[0]) + p[1])
                h = tf.nn.relu(tf.matmul(h, p[2]) + p[3])
                loss = tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
                    y, tf.matmul(h, p[4]) + p[5]))
            x = tf.clip_by_value(x + alpha * tf.sign(tape.gradient(loss, x)), low, high)
        return x

    x = None

    def run(n):
        nonlocal x
        for _ in range(n):
            x = attack(x0)
        x.numpy()

    return Timed(run, lambda: {"adversarial": x.numpy()})
