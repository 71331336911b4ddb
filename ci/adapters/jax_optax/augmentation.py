# SPDX-License-Identifier: MIT
"""jax.image.resize, jnp.flip, jnp.roll, jnp.pad; formulas in reference/augmentation/."""
import jax
import jax.numpy as jnp
from assay_adapter import Declined

from autograd import with_gradients

MODES = {"fill": "constant", "edge": "edge", "reflect": "reflect", "symmetric": "symmetric",
         "wrap": "wrap"}


def image_crop(case):
    """jnp.pad, then jax.lax.dynamic_slice of each image."""
    border = case.choice("border", *MODES)
    padding, height, width = case.whole("padding", 0), case.whole("height"), case.whole("width")
    settings = {"constant_values": case.number("fill", 0.0)} if border == "fill" else {}
    case.number("fill", 0.0)
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))

    def operation(x, row, column):
        padded = jnp.pad(x, around, MODES[border], **settings)
        return jax.vmap(lambda image, row, column: jax.lax.dynamic_slice(
            image, (jnp.zeros_like(row), row, column), (x.shape[1], height, width)))(
                padded, row, column)

    return with_gradients(case, operation, ["x", "row", "column"])


def image_flip(case):
    last = case.choice("channels", "first", "last") == "last"
    axes = {"flip_horizontal": 2 if last else 3, "flip_vertical": 1 if last else 2}

    def operation(x, **flips):
        for name, flip in flips.items():
            drawn = flip.reshape(-1, 1, 1, 1) != 0
            x = jnp.where(drawn, jnp.flip(x, axes[name]), x)
        return x

    return with_gradients(case, operation, ["x"], ["flip_horizontal", "flip_vertical"])


def image_translation(case):
    """jnp.roll, or jnp.pad by the largest shift and a slice of each image."""
    border = case.choice("border", *MODES)
    sign = 1 if case.choice("sign", "contents", "window") == "contents" else -1
    settings = {"constant_values": case.number("fill", 0.0)} if border == "fill" else {}
    case.number("fill", 0.0)
    most = max(abs(case.array(name)).max(initial=0) for name in ("down", "right"))
    if most > 64 and border != "wrap":
        raise Declined("a shift by many images is not asked of jnp.pad")
    around = ((0, 0), (0, 0), (most, most), (most, most))

    def operation(x, down, right):
        if border == "wrap":
            return jax.vmap(lambda image, down, right: jnp.roll(
                image, (sign * down, sign * right), (1, 2)))(x, down, right)
        padded = jnp.pad(x, around, MODES[border], **settings)
        return jax.vmap(lambda image, down, right: jax.lax.dynamic_slice(
            image, (jnp.zeros_like(down), most - sign * down, most - sign * right), x.shape[1:]))(
                padded, down, right)

    return with_gradients(case, operation, ["x", "down", "right"])


def image_zoom(case):
    case.choice("coordinates", "half_pixel")
    method = case.choice("interpolation", "bilinear", "nearest")
    height, width = case.whole("height"), case.whole("width")
    return with_gradients(
        case, lambda x: jax.image.resize(x, (*x.shape[:2], height, width), method,
                                         antialias=False), ["x"])
