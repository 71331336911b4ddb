# SPDX-License-Identifier: MIT
"""One update of ten million parameters by Adam, given the gradient."""
import numpy as np

from . import Timed


def pytorch(data, variant, rate, beta1, beta2, epsilon):
    import torch
    start = torch.from_numpy(data["w"])
    w = start.clone().requires_grad_()
    w.grad = torch.from_numpy(data["g"])
    optimizer = torch.optim.Adam([w], rate, (beta1, beta2), epsilon, fused=variant == "fused",
                                 foreach=False)
    step = torch.compile(optimizer.step) if variant == "compiled" else optimizer.step

    def run(n):
        for _ in range(n):
            step()

    def result():
        state = optimizer.state[w]
        return {"w": w.detach().numpy(), "m": state["exp_avg"].numpy(),
                "v": state["exp_avg_sq"].numpy()}

    return Timed(run, result)


def jax(data, variant, rate, beta1, beta2, epsilon):
    import jax
    import optax
    from jax import numpy as jnp
    optimizer = optax.adam(rate, beta1, beta2, epsilon)
    w, g = jnp.asarray(data["w"]), jnp.asarray(data["g"])
    state = optimizer.init(w)

    def step(w, state, g):
        updates, state = optimizer.update(g, state, w)
        return optax.apply_updates(w, updates), state

    step = jax.jit(step, donate_argnums=(0, 1))

    def run(n):
        nonlocal w, state
        for _ in range(n):
            w, state = step(w, state, g)
        jax.block_until_ready((w, state))

    return Timed(run, lambda: {"w": np.asarray(w), "m": np.asarray(state[0].mu),
                               "v": np.asarray(state[0].nu)})


def tensorflow(data, variant, rate, beta1, beta2, epsilon):
    import tensorflow as tf
    g = tf.constant(data["g"])
    w = tf.Variable(data["w"])
    m, v = (tf.Variable(tf.zeros_like(w)) for _ in range(2))
    power = tf.Variable([1.0, 1.0])

    @tf.function(jit_compile=variant == "xla")
    def step():
        power.assign(power * [beta1, beta2])
        c1, c2 = 1 - power[0], 1 - power[1]
        m.assign(beta1 * m + (1 - beta1) * g)
        v.assign(beta2 * v + (1 - beta2) * g * g)
        w.assign_sub(rate * (m / c1) / (tf.sqrt(v / c2) + epsilon))

    def run(n):
        for _ in range(n):
            step()
        w[:1].numpy()

    return Timed(run, lambda: {"w": w.numpy(), "m": m.numpy(), "v": v.numpy()})
