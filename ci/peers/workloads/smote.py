# SPDX-License-Identifier: MIT
"""SMOTE: new samples of a small class, each between a sample that was drawn and one of its five
nearest neighbours in the class. What is drawn, is drawn beforehand; only imbalanced-learn draws for
itself, the same numbers."""
import numpy as np

from . import Timed


def pytorch(data, variant, k, seed):
    import torch
    x = torch.from_numpy(data["x"])
    members = torch.from_numpy(np.flatnonzero(data["label"] == 1))
    row, pick = (torch.from_numpy(data["draw"].astype(np.int64)) // k,
                 torch.from_numpy(data["draw"].astype(np.int64)) % k)
    gap = torch.from_numpy(data["gap"])[:, None]

    def smote():
        own = x[members]
        scores = torch.addmm((own * own).sum(1), own, own.T, alpha=-2)
        scores.fill_diagonal_(float("inf"))
        near = scores.topk(k, largest=False).indices
        a, b = own[row], own[near[row, pick]]
        return a + gap * (b - a)

    if variant == "compiled":
        smote = torch.compile(smote, dynamic=False)
    made = None

    def run(n):
        nonlocal made
        for _ in range(n):
            made = smote()

    return Timed(run, lambda: {"synthetic": made.numpy()})


def jax(data, variant, k, seed):
    import jax
    from jax import numpy as jnp
    x, gap = jnp.asarray(data["x"]), jnp.asarray(data["gap"])[:, None]
    members = jnp.asarray(np.flatnonzero(data["label"] == 1))
    row, pick = jnp.asarray(data["draw"] // k), jnp.asarray(data["draw"] % k)

    @jax.jit
    def smote(x, members, row, pick, gap):
        own = x[members]
        scores = (own * own).sum(1) - 2 * own @ own.T
        scores = jnp.fill_diagonal(scores, jnp.inf, inplace=False)
        near = jax.lax.top_k(-scores, k)[1]
        a, b = own[row], own[near[row, pick]]
        return a + gap * (b - a)

    made = None

    def run(n):
        nonlocal made
        for _ in range(n):
            made = jax.block_until_ready(smote(x, members, row, pick, gap))

    return Timed(run, lambda: {"synthetic": np.asarray(made)})


def tensorflow(data, variant, k, seed):
    import tensorflow as tf
    x, gap = tf.constant(data["x"]), tf.constant(data["gap"])[:, None]
    members = tf.constant(np.flatnonzero(data["label"] == 1))
    row, pick = tf.constant(data["draw"] // k), tf.constant(data["draw"] % k)

    @tf.function(jit_compile=variant == "xla")
    def smote():
        own = tf.gather(x, members)
        scores = tf.reduce_sum(own * own, 1) - 2 * tf.matmul(own, own, transpose_b=True)
        scores = tf.linalg.set_diag(scores, tf.fill([len(members)], float("inf")))
        near = tf.math.top_k(-scores, k).indices
        a = tf.gather(own, row)
        b = tf.gather(own, tf.gather_nd(near, tf.stack([row, pick], 1)))
        return a + gap * (b - a)

    made = None

    def run(n):
        nonlocal made
        for _ in range(n):
            made = smote()
        made.numpy()

    return Timed(run, lambda: {"synthetic": made.numpy()})


def scikit_learn(data, variant, k, seed):
    from imblearn.over_sampling import SMOTE
    x, label = data["x"], data["label"]
    made = None

    def run(n):
        nonlocal made
        for _ in range(n):
            made, _ = SMOTE(k_neighbors=k, random_state=seed).fit_resample(x, label)

    return Timed(run, lambda: {"synthetic": made[len(x):]})
