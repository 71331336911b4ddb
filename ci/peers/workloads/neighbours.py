# SPDX-License-Identifier: MIT
"""The k nearest neighbours of every sample among the others, and who does not agree with them: what
edited nearest neighbours takes out. By squared distances from one matrix product, in batches that
keep the distances in the cache."""
import numpy as np

from . import Timed

BATCH = 1000


def pytorch(data, variant, k):
    import torch
    x, label = torch.from_numpy(data["x"]), torch.from_numpy(data["label"])

    def part(first, rows):
        scores = torch.addmm((x * x).sum(1), rows, x.T, alpha=-2)
        own = torch.arange(len(rows))
        scores[own, first + own] = float("inf")
        near = scores.topk(k, largest=False, sorted=False).indices
        return (label[near] != label[first + own][:, None]).any(1)

    if variant == "compiled":
        part = torch.compile(part, dynamic=False)
    removed = None

    def run(n):
        nonlocal removed
        for _ in range(n):
            removed = torch.cat([part(torch.tensor(i), x[i:i + BATCH])
                                 for i in range(0, len(x), BATCH)])

    return Timed(run, lambda: {"removed": removed.numpy()})


def jax(data, variant, k):
    import jax
    from jax import numpy as jnp
    x, label = jnp.asarray(data["x"]), jnp.asarray(data["label"])

    batch = min(BATCH, len(x))

    @jax.jit
    def edit(x, label):
        squares = (x * x).sum(1)

        def part(first):
            own = first + jnp.arange(batch)
            scores = squares - 2 * x[own] @ x.T
            scores = scores.at[jnp.arange(batch), own].set(jnp.inf)
            near = jax.lax.top_k(-scores, k)[1]
            return (label[near] != label[own][:, None]).any(1)
        return jax.lax.map(part, jnp.arange(0, len(x), batch)).ravel()

    removed = None

    def run(n):
        nonlocal removed
        for _ in range(n):
            removed = jax.block_until_ready(edit(x, label))

    return Timed(run, lambda: {"removed": np.asarray(removed)})


def tensorflow(data, variant, k):
    import tensorflow as tf
    x, label = tf.constant(data["x"]), tf.constant(data["label"])

    batch = min(BATCH, len(x))

    @tf.function(jit_compile=variant == "xla")
    def part(first, squares):
        rows = tf.gather(x, tf.range(first, first + batch))
        scores = squares - 2 * tf.matmul(rows, x, transpose_b=True)
        own = tf.range(first, first + batch)
        scores = tf.where(own[:, None] == tf.range(len(x)), float("inf"), scores)
        near = tf.math.top_k(-scores, k, sorted=False).indices
        return tf.reduce_any(tf.gather(label, near) != tf.gather(label, own)[:, None], 1)

    removed = None

    def run(n):
        nonlocal removed
        for _ in range(n):
            squares = tf.reduce_sum(x * x, 1)
            removed = tf.concat([part(tf.constant(i), squares)
                                 for i in range(0, len(x), batch)], 0)
        removed.numpy()

    return Timed(run, lambda: {"removed": removed.numpy()})


def scikit_learn(data, variant, k):
    from sklearn.neighbors import NearestNeighbors
    x, label = data["x"], data["label"]
    removed = None

    def run(n):
        nonlocal removed
        for _ in range(n):
            search = NearestNeighbors(n_neighbors=k, algorithm=variant, n_jobs=-1).fit(x)
            near = search.kneighbors(return_distance=False)
            removed = (label[near] != label[:, None]).any(1)

    return Timed(run, lambda: {"removed": removed})
