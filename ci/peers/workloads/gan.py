# SPDX-License-Identifier: MIT
"""Iterations of a generative adversarial network on points of the plane, as document 004 has them:
one update of the discriminator for real samples, one for generated ones, one of the generator; each
player with an Adam of its own. Real samples and noise are drawn beforehand."""
import numpy as np

from . import Timed

RATE, BETA1, BETA2, EPSILON = 1e-4, 0.9, 0.999, 1e-7


def _players(data):
    return [[data[f"{who}_{kind}{l}"] for l in (1, 2, 3) for kind in "wb"]
            for who in ("generator", "discriminator")]


def _names(players):
    return {f"{who}{i}": p for who, player in zip("gd", players) for i, p in enumerate(player)}


def pytorch(data, variant):
    import torch
    from torch.nn import functional as F
    real, fake_noise, noise = (torch.from_numpy(data[k]) for k in ("real", "fake_noise", "noise"))
    start = [[torch.from_numpy(p) for p in player] for player in _players(data)]

    def network(p, x):
        x = F.relu(torch.addmm(p[1], x, p[0]))
        x = F.relu(torch.addmm(p[3], x, p[2]))
        return torch.addmm(p[5], x, p[4])

    def loss(z, target):
        return F.softplus(-z if target else z).mean()

    def discriminator_loss(d, x, target):
        return loss(network(d, x), target)

    def generator_loss(g, d, noise):
        return loss(network(d, network(g, noise)), 1)

    if variant == "eager":
        g, d = ([p.clone().requires_grad_() for p in player] for player in start)
        adam = [torch.optim.Adam(p, RATE, (BETA1, BETA2), EPSILON, fused=True) for p in (g, d)]

        def update(which, loss):
            p = (g, d)[which]
            for q, gradient in zip(p, torch.autograd.grad(loss, p)):
                q.grad = gradient
            adam[which].step()

        def step(real, fake_noise, noise):
            update(1, discriminator_loss(d, real, 1))
            with torch.no_grad():
                fakes = network(g, fake_noise)
            update(1, discriminator_loss(d, fakes, 0))
            update(0, generator_loss(g, d, noise))

        def restart():
            with torch.no_grad():
                for p, q in zip(g + d, start[0] + start[1]):
                    p.copy_(q)
            for a in adam:
                a.state.clear()
    else:
        g, d = ([p.clone() for p in player] for player in start)
        moments = [[torch.zeros_like(p) for p in player] for player in (g, g, d, d)]
        powers = torch.ones(2, 2)
        beta = torch.tensor([BETA1, BETA2])

        def update(which, gradients):
            powers[which].mul_(beta)
            c1, c2 = 1 - powers[which, 0], 1 - powers[which, 1]
            for p, m, v, h in zip((g, d)[which], *moments[2 * which:2 * which + 2], gradients):
                m.lerp_(h, 1 - BETA1)
                v.mul_(BETA2).addcmul_(h, h, value=1 - BETA2)
                p.sub_(RATE * (m / c1) / ((v / c2).sqrt() + EPSILON))

        @torch.compile(fullgraph=True, dynamic=False)
        def compiled(real, fake_noise, noise):
            update(1, torch.func.grad(discriminator_loss)(d, real, 1))
            update(1, torch.func.grad(discriminator_loss)(d, network(g, fake_noise), 0))
            update(0, torch.func.grad(generator_loss)(g, d, noise))

        def step(*batches):
            with torch.no_grad():
                compiled(*batches)

        def restart():
            powers.fill_(1)
            for p, q in zip(g + d, start[0] + start[1]):
                p.copy_(q)
            for tensors in moments:
                for t in tensors:
                    t.zero_()

    batches = list(zip(real, fake_noise, noise))

    def run(n):
        for i in range(n):
            step(*batches[i % len(batches)])

    return Timed(run, lambda: {k: p.detach().numpy().copy() for k, p in _names((g, d)).items()},
                 restart)


def jax(data, variant):
    import jax
    import optax
    from jax import numpy as jnp
    batches = tuple(jnp.asarray(data[k]) for k in ("real", "fake_noise", "noise"))
    adam = optax.adam(RATE, BETA1, BETA2, EPSILON)

    def network(p, x):
        x = jax.nn.relu(x @ p[0] + p[1])
        x = jax.nn.relu(x @ p[2] + p[3])
        return x @ p[4] + p[5]

    def discriminator_loss(d, x, sign):
        return jax.nn.softplus(sign * network(d, x)).mean()

    def generator_loss(g, d, noise):
        return jax.nn.softplus(-network(d, network(g, noise))).mean()

    def update(p, inner, gradients):
        updates, inner = adam.update(gradients, inner, p)
        return optax.apply_updates(p, updates), inner

    def step(state, real, fake_noise, noise):
        g, d, of_g, of_d = state
        d, of_d = update(d, of_d, jax.grad(discriminator_loss)(d, real, -1))
        d, of_d = update(d, of_d, jax.grad(discriminator_loss)(d, network(g, fake_noise), 1))
        g, of_g = update(g, of_g, jax.grad(generator_loss)(g, d, noise))
        return g, d, of_g, of_d

    def many(state, batches, n):
        def body(i, state):
            return step(state, *(b[i % len(b)] for b in batches))
        return jax.lax.fori_loop(0, n, body, state)

    one, loop = (jax.jit(f, donate_argnums=0) for f in (step, many))
    single = list(zip(*batches))
    state = None

    def restart():
        nonlocal state
        g, d = ([jnp.array(p) for p in player] for player in _players(data))
        state = jax.block_until_ready((g, d, adam.init(g), adam.init(d)))

    def run(n):
        nonlocal state
        if variant == "loop":
            state = loop(state, batches, n)
        else:
            for i in range(n):
                state = one(state, *single[i % len(single)])
        jax.block_until_ready(state)

    restart()
    return Timed(run, lambda: {k: np.asarray(p) for k, p in _names(state[:2]).items()}, restart)


def tensorflow(data, variant):
    import tensorflow as tf
    batches = [tf.constant(data[k]) for k in ("real", "fake_noise", "noise")]
    start = _players(data)
    g, d = ([tf.Variable(p) for p in player] for player in start)
    moments = [[tf.Variable(tf.zeros_like(p)) for p in player] for player in (g, g, d, d)]
    powers = [tf.Variable([1.0, 1.0]) for _ in range(2)]

    def network(p, x):
        x = tf.nn.relu(tf.matmul(x, p[0]) + p[1])
        x = tf.nn.relu(tf.matmul(x, p[2]) + p[3])
        return tf.matmul(x, p[4]) + p[5]

    def update(which, loss):
        p, power = (g, d)[which], powers[which]
        with tf.GradientTape() as tape:
            value = loss()
        power.assign(power * [BETA1, BETA2])
        c1, c2 = 1 - power[0], 1 - power[1]
        for q, m, v, h in zip(p, *moments[2 * which:2 * which + 2], tape.gradient(value, p)):
            m.assign(BETA1 * m + (1 - BETA1) * h)
            v.assign(BETA2 * v + (1 - BETA2) * h * h)
            q.assign_sub(RATE * (m / c1) / (tf.sqrt(v / c2) + EPSILON))

    @tf.function(jit_compile=variant == "xla")
    def many(n):
        for i in tf.range(n):
            real, fake_noise, noise = (b[i % len(b)] for b in batches)
            update(1, lambda: tf.reduce_mean(tf.nn.softplus(-network(d, real))))
            fakes = network(g, fake_noise)
            update(1, lambda: tf.reduce_mean(tf.nn.softplus(network(d, fakes))))
            update(0, lambda: tf.reduce_mean(tf.nn.softplus(-network(d, network(g, noise)))))

    def restart():
        for power in powers:
            power.assign([1.0, 1.0])
        for p, q in zip(g + d, start[0] + start[1]):
            p.assign(q)
        for tensors in moments:
            for t in tensors:
                t.assign(tf.zeros_like(t))

    def run(n):
        many(tf.constant(n))
        g[0].numpy()

    return Timed(run, lambda: {k: p.numpy() for k, p in _names((g, d)).items()}, restart)
