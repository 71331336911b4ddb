# SPDX-License-Identifier: MIT
"""scipy.ndimage; formulas in reference/augmentation/. It has no gradients."""
import numpy as np
from scipy import ndimage

from assay_adapter import Declined

BORDERS = {"fill": "constant", "edge": "nearest", "reflect": "mirror", "symmetric": "reflect",
           "wrap": "grid-wrap"}


def _forward(case):
    if "dy" in case:
        raise Declined("the library has no gradient")
    return case["x"]


def _border(case):
    return {"mode": BORDERS[case.choice("border", *BORDERS)], "cval": case.number("fill", 0)}


def image_rotation(case):
    x, border = _forward(case), _border(case)
    case.choice("units", "degrees")
    case.choice("centre", "pixels")
    order = {"bilinear": 1, "nearest": 0}[case.choice("interpolation", "bilinear", "nearest")]
    sign = {"counterclockwise": 1, "clockwise": -1}[
        case.choice("direction", "counterclockwise", "clockwise")]
    if border["mode"] == "constant":
        border["mode"] = "grid-constant"
    return {"y": np.stack([ndimage.rotate(image, sign * angle, axes=(1, 2), reshape=False,
                                          order=order, **border)
                           for image, angle in zip(x, case["angle"])])}


def image_translation(case):
    x, border = _forward(case), _border(case)
    sign = {"contents": 1, "window": -1}[case.choice("sign", "contents", "window")]
    return {"y": np.stack([ndimage.shift(image, (0, sign * down, sign * right), order=0, **border)
                           for image, down, right in zip(x, case["down"], case["right"])])}


def gaussian_blur(case):
    x, border = _forward(case), _border(case)
    height, width = case.whole("height"), case.whole("width")
    if "sigma" not in case:
        raise Declined("the library has no deviation of its own")
    return {"y": np.stack([ndimage.gaussian_filter(
        image, (0, sigma, sigma), radius=(0, height // 2, width // 2), **border)
        for image, sigma in zip(x, case["sigma"])])}


def image_zoom(case):
    x = _forward(case)
    order = {"bilinear": 1, "nearest": 0}[case.choice("interpolation", "bilinear", "nearest")]
    grid = {"half_pixel": True, "align_corners": False}[
        case.choice("coordinates", "half_pixel", "align_corners")]
    factor = (1, 1, case.whole("height") / x.shape[2], case.whole("width") / x.shape[3])
    return {"y": ndimage.zoom(x, factor, order=order, mode="nearest", grid_mode=grid)}
