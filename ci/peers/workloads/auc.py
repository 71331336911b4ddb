# SPDX-License-Identifier: MIT
"""The area under the ROC curve: sorted by score, the curve at the last of equal scores, and the
trapezoids below it. Equal scores are few here, but nobody knows that beforehand."""
import numpy as np

from . import Timed


def pytorch(data, variant):
    import torch
    score, label = torch.from_numpy(data["scores"]), torch.from_numpy(data["labels"])

    def area():
        s, order = score.sort(descending=True)
        hit = label[order]
        last = torch.cat([s[1:] != s[:-1], torch.ones(1, dtype=torch.bool)])
        true = hit.cumsum(0)[last].double()
        false = torch.arange(1, len(s) + 1)[last] - true
        zero = torch.zeros(1, dtype=torch.double)
        return torch.trapezoid(torch.cat([zero, true]), torch.cat([zero, false])) / (
            true[-1] * false[-1])

    if variant == "compiled":
        area = torch.compile(area)
    found = None

    def run(n):
        nonlocal found
        for _ in range(n):
            found = area()

    return Timed(run, lambda: {"auc": found.numpy()})


def jax(data, variant):
    import jax
    from jax import numpy as jnp
    score, label = jnp.asarray(data["scores"]), jnp.asarray(data["labels"])

    @jax.jit
    def area(score, label):
        # Shapes are fixed, so equal scores share the point at their end by a maximum from the right.
        s, hit = jax.lax.sort((-score, label), num_keys=1)
        last = jnp.append(s[1:] != s[:-1], True)
        true, all_ = jnp.cumsum(hit), jnp.arange(1, len(s) + 1)
        before_true = jax.lax.cummax(jnp.where(last, true, 0))
        before_all = jax.lax.cummax(jnp.where(last, all_, 0))
        shift = lambda a: jnp.concatenate([jnp.zeros(1, a.dtype), a[:-1]])  # noqa: E731
        low_true, low_all = shift(before_true), shift(before_all)
        width = ((all_ - low_all) - (true - low_true)).astype(jnp.float32)
        height = (true + low_true).astype(jnp.float32)
        P = true[-1].astype(jnp.float32)
        return (jnp.where(last, width * (height / P), 0).sum() / 2) / (len(s) - P)

    found = None

    def run(n):
        nonlocal found
        for _ in range(n):
            found = jax.block_until_ready(area(score, label))

    return Timed(run, lambda: {"auc": np.asarray(found)})


def tensorflow(data, variant):
    import tensorflow as tf
    score, label = tf.constant(data["scores"]), tf.constant(data["labels"])

    @tf.function
    def area():
        order = tf.argsort(score, direction="DESCENDING")
        s, hit = tf.gather(score, order), tf.gather(label, order)
        last = tf.concat([s[1:] != s[:-1], [True]], 0)
        true = tf.cast(tf.boolean_mask(tf.cumsum(hit), last), tf.float64)
        false = tf.cast(tf.boolean_mask(tf.range(1, len(s) + 1), last), tf.float64) - true
        true, false = (tf.concat([tf.zeros(1, tf.float64), a], 0) for a in (true, false))
        return tf.reduce_sum((false[1:] - false[:-1]) * (true[1:] + true[:-1])) / (
            2 * true[-1] * false[-1])

    found = None

    def run(n):
        nonlocal found
        for _ in range(n):
            found = area()
        found.numpy()

    return Timed(run, lambda: {"auc": found.numpy()})


def scikit_learn(data, variant):
    from sklearn.metrics import roc_auc_score
    found = None

    def run(n):
        nonlocal found
        for _ in range(n):
            found = roc_auc_score(data["labels"], data["scores"])

    return Timed(run, lambda: {"auc": found})
