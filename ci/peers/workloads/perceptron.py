# SPDX-License-Identifier: MIT
"""Training steps of a multilayer perceptron with Adam: forward, loss, backward, update.

The batches are made beforehand and visited in turn. With one unit at the end the loss is binary
cross-entropy, otherwise cross-entropy. Dropout draws a mask in every step; it is left out of the
rounds that are compared (`check`), as no two libraries draw alike. `normalized`: batch normalisation
before each activation, which also moves its running statistics."""
import numpy as np

from . import Timed

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-7
MOMENTUM, VARIANCE_EPSILON = 0.1, 1e-5  # of batch normalisation


def _parameters(data, normalized):
    """What is learnt, w, b and perhaps gamma, beta of each layer; and running means and variances."""
    found = [data[f"p{i}"] for i in range(len([k for k in data if k[0] == "p"]))]
    learnt = len(found) - (len(found) - 2) // 6 * 2 if normalized else len(found)
    return found[:learnt], found[learnt:]


def _hidden(p, normalized):
    """(w, b, [gamma, beta]) of each hidden layer."""
    size = 4 if normalized else 2
    return [(p[l], p[l + 1], p[l + 2:l + size]) for l in range(0, len(p) - 2, size)]


def _moved(running, statistics, rows):
    """Running statistics from [(mean, biased variance)] of the layers."""
    fresh = [part for mean, variance in statistics
             for part in (mean, variance * (rows / (rows - 1)))]
    return [(1 - MOMENTUM) * old + MOMENTUM * new for old, new in zip(running, fresh)]


def pytorch(data, variant, rate, l2, dropout, normalized):
    import torch
    from torch.nn import functional as F
    xs, ys = torch.from_numpy(data["x"]), torch.from_numpy(data["y"])
    binary = ys.dtype == torch.float32
    ys = ys if binary else ys.long()
    start, start_running = ([torch.from_numpy(p) for p in part]
                            for part in _parameters(data, normalized))
    running = [r.clone() for r in start_running]

    def normalize(l, x, scale):
        """The library's own layer; when it is compiled, the formula, as others' gradients are of
        functions without side effects."""
        if variant == "eager":
            return F.batch_norm(x, running[2 * l], running[2 * l + 1], *scale, True, MOMENTUM,
                                VARIANCE_EPSILON), None
        variance, mean = torch.var_mean(x, 0, correction=0)
        x = (x - mean) * torch.rsqrt(variance + VARIANCE_EPSILON) * scale[0] + scale[1]
        return x, (mean.detach(), variance.detach())

    def loss_of(p, x, y, drop):
        return loss_and_statistics(p, x, y, drop)[0]

    def loss_and_statistics(p, x, y, drop):
        penalty, statistics = 0, []
        for l, (w, b, scale) in enumerate(_hidden(p, normalized)):
            if l2:
                penalty = penalty + l2 * (w * w).sum()
            x = torch.addmm(b, x, w)
            if normalized:
                x, found = normalize(l, x, scale)
                statistics.append(found)
            x = F.relu(x)
            if drop:
                x = F.dropout(x, drop)
        z = torch.addmm(p[-1], x, p[-2])
        if binary:
            return F.binary_cross_entropy_with_logits(z[:, 0], y) + penalty, statistics
        return F.cross_entropy(z, y) + penalty, statistics

    if variant == "eager":
        parameters = [p.clone().requires_grad_() for p in start]
        optimizer = torch.optim.Adam(parameters, rate, (BETA1, BETA2), EPSILON, fused=True)

        def step(x, y, drop):
            optimizer.zero_grad(set_to_none=True)
            loss_of(parameters, x, y, drop).backward()
            optimizer.step()

        def restart():
            optimizer.state.clear()
            with torch.no_grad():
                for p, q in zip(parameters + running, start + start_running):
                    p.copy_(q)
    else:
        parameters = [p.clone() for p in start]
        m, v = ([torch.zeros_like(p) for p in start] for _ in range(2))
        power = torch.ones(2)
        beta = torch.tensor([BETA1, BETA2])

        @torch.compile(fullgraph=True, dynamic=False)
        def compiled(p, m, v, power, x, y, drop, running):
            g, statistics = torch.func.grad(loss_and_statistics, has_aux=True)(p, x, y, drop)
            for r, new in zip(running, _moved(running, statistics, len(x))):
                r.copy_(new)
            power.mul_(beta)
            c1, c2 = 1 - power[0], 1 - power[1]
            for p, m, v, g in zip(p, m, v, g):
                m.lerp_(g, 1 - BETA1)
                v.mul_(BETA2).addcmul_(g, g, value=1 - BETA2)
                p.sub_(rate * (m / c1) / ((v / c2).sqrt() + EPSILON))

        def step(x, y, drop):
            with torch.no_grad():
                compiled(parameters, m, v, power, x, y, drop, running)

        def restart():
            power.fill_(1)
            for p, q, a, b in zip(parameters, start, m, v):
                p.copy_(q)
                a.zero_()
                b.zero_()
            for r, q in zip(running, start_running):
                r.copy_(q)

    batches = list(zip(xs, ys))

    def run(n, drop=dropout):
        for i in range(n):
            step(*batches[i % len(batches)], drop)

    return _checked(Timed(run, lambda: {f"p{i}": p.detach().numpy().copy()
                                        for i, p in enumerate(parameters + running)}, restart))


def jax(data, variant, rate, l2, dropout, normalized):
    import jax
    import optax
    from jax import numpy as jnp
    xs, ys = jnp.asarray(data["x"]), jnp.asarray(data["y"])
    binary = ys.dtype == jnp.float32
    optimizer = optax.adam(rate, BETA1, BETA2, EPSILON)

    def loss_of(p, x, y, key, drop):
        penalty, statistics = 0, []
        for w, b, scale in _hidden(p, normalized):
            if l2:
                penalty += l2 * jnp.sum(w ** 2)
            x = x @ w + b
            if normalized:
                mean, variance = jnp.mean(x, 0), jnp.var(x, 0)
                x = (x - mean) * jax.lax.rsqrt(variance + VARIANCE_EPSILON) * scale[0] + scale[1]
                statistics.append((mean, variance))
            x = jax.nn.relu(x)
            if drop:
                key, own = jax.random.split(key)
                x = jnp.where(jax.random.bernoulli(own, 1 - drop, x.shape), x / (1 - drop), 0)
        z = x @ p[-2] + p[-1]
        if binary:
            return optax.sigmoid_binary_cross_entropy(z[:, 0], y).mean() + penalty, statistics
        loss = optax.softmax_cross_entropy_with_integer_labels(z, y).mean() + penalty
        return loss, statistics

    def step(state, x, y, drop):
        p, running, inner, key = state
        key, own = jax.random.split(key) if drop else (key, key)
        g, statistics = jax.grad(loss_of, has_aux=True)(p, x, y, own, drop)
        updates, inner = optimizer.update(g, inner, p)
        return optax.apply_updates(p, updates), _moved(running, statistics, len(x)), inner, key

    def many(state, xs, ys, n, drop):
        def body(i, state):
            k = i % len(xs)
            return step(state, xs[k], ys[k], drop)
        return jax.lax.fori_loop(0, n, body, state)

    one = jax.jit(step, donate_argnums=0, static_argnums=3)
    loop = jax.jit(many, donate_argnums=0, static_argnums=4)
    batches = list(zip(xs, ys))
    state = None

    def restart():
        nonlocal state
        p, running = ([jnp.array(p) for p in part] for part in _parameters(data, normalized))
        state = jax.block_until_ready((p, running, optimizer.init(p), jax.random.key(1)))

    def run(n, drop=dropout):
        nonlocal state
        if variant == "loop":
            state = loop(state, xs, ys, n, drop)
        else:
            for i in range(n):
                state = one(state, *batches[i % len(batches)], drop)
        jax.block_until_ready(state)

    restart()
    return _checked(Timed(run, lambda: {f"p{i}": np.asarray(p)
                                        for i, p in enumerate(state[0] + state[1])}, restart))


def tensorflow(data, variant, rate, l2, dropout, normalized):
    import tensorflow as tf
    xs, ys = tf.constant(data["x"]), tf.constant(data["y"])
    binary = ys.dtype == tf.float32
    start, start_running = _parameters(data, normalized)
    parameters, running = ([tf.Variable(p) for p in part] for part in (start, start_running))
    m, v = ([tf.Variable(tf.zeros_like(p)) for p in start] for _ in range(2))
    power = tf.Variable([1.0, 1.0])

    def loss_of(p, x, y, drop):
        penalty, statistics = 0.0, []
        for w, b, scale in _hidden(p, normalized):
            if l2:
                penalty += l2 * tf.reduce_sum(w * w)
            x = tf.matmul(x, w) + b
            if normalized:
                mean, variance = tf.nn.moments(x, 0)
                x = tf.nn.batch_normalization(x, mean, variance, scale[1], scale[0],
                                              VARIANCE_EPSILON)
                statistics.append((mean, variance))
            x = tf.nn.relu(x)
            if drop:
                x = tf.nn.dropout(x, drop)
        z = tf.matmul(x, p[-2]) + p[-1]
        losses = (tf.nn.sigmoid_cross_entropy_with_logits(y, z[:, 0]) if binary
                  else tf.nn.sparse_softmax_cross_entropy_with_logits(y, z))
        return tf.reduce_mean(losses) + penalty, statistics

    def step(x, y, drop):
        with tf.GradientTape() as tape:
            loss, statistics = loss_of(parameters, x, y, drop)
        for r, new in zip(running, _moved(running, statistics, xs.shape[1])):
            r.assign(new)
        power.assign(power * [BETA1, BETA2])
        c1, c2 = 1 - power[0], 1 - power[1]
        for p, a, b, g in zip(parameters, m, v, tape.gradient(loss, parameters)):
            a.assign(BETA1 * a + (1 - BETA1) * g)
            b.assign(BETA2 * b + (1 - BETA2) * g * g)
            p.assign_sub(rate * (a / c1) / (tf.sqrt(b / c2) + EPSILON))

    @tf.function(jit_compile=variant == "xla")
    def many(n, drop):
        for i in tf.range(n):
            k = i % len(xs)
            step(xs[k], ys[k], drop)

    def restart():
        power.assign([1.0, 1.0])
        for p, q, a, b in zip(parameters, start, m, v):
            p.assign(q)
            a.assign(tf.zeros_like(a))
            b.assign(tf.zeros_like(b))
        for r, q in zip(running, start_running):
            r.assign(q)

    def run(n, drop=dropout):
        many(tf.constant(n), drop)
        parameters[0].numpy()

    return _checked(Timed(run, lambda: {f"p{i}": p.numpy()
                                        for i, p in enumerate(parameters + running)}, restart))


def _checked(timed):
    """The first rounds are those that are compared: without dropout."""
    first = True

    def run(n):
        nonlocal first
        if first:
            timed.run(n, 0)
            first = False
        else:
            timed.run(n)

    return Timed(run, timed.result, timed.restart)
