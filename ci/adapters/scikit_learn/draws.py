# SPDX-License-Identifier: MIT
"""A RandomState that hands out the draws of a case, in the library's own order of asking."""
import numpy as np


class Draws(np.random.RandomState):
    """Every method takes its next numbers from what was given for its kind. `uniforms` are in
    [0, 1), `normals` have mean 0 and deviation 1, and both are moved and scaled as NumPy documents
    it; `indices` are whole; `orders` are permutations."""

    def __init__(self, uniforms=(), normals=(), indices=(), orders=()):
        super().__init__(0)
        self._left = {"uniforms": np.concatenate([np.ravel(u) for u in uniforms] or [[]]),
                      "normals": np.concatenate([np.ravel(z) for z in normals] or [[]]),
                      "indices": np.concatenate([np.ravel(i) for i in indices] or [[]])}
        self._orders = [np.asarray(order) for order in orders]

    def _take(self, kind, size):
        count = 1 if size is None else int(np.prod(size))
        taken, self._left[kind] = np.split(self._left[kind], [count])
        if taken.size < count:
            raise ValueError(f"the case has too few draws: {kind}")
        return taken[0] if size is None else taken.reshape(size)

    def uniform(self, low=0.0, high=1.0, size=None):
        return low + (high - low) * self._take("uniforms", size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        return loc + scale * self._take("normals", size)

    def standard_normal(self, size=None):
        return self._take("normals", size)

    def randn(self, *size):
        return self._take("normals", size)

    def randint(self, low, high=None, size=None, dtype=int):
        return self._take("indices", size).astype(int)

    def choice(self, a, size=None, replace=True, p=None):
        population = np.arange(a) if np.ndim(a) == 0 else np.asarray(a)
        return population[self._take("indices", size).astype(int)]

    def shuffle(self, x):
        order = self._next_order(len(x))
        x[...] = np.asarray(x)[order]

    def permutation(self, x):
        population = np.arange(x) if np.ndim(x) == 0 else np.asarray(x)
        return population[self._next_order(len(population))]

    def _next_order(self, length):
        if not self._orders:
            return np.arange(length)
        order = self._orders.pop(0)
        if len(order) != length:
            raise ValueError("an order of the case has another length than what is shuffled")
        return order
