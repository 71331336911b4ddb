# SPDX-License-Identifier: MIT
"""The standard's Resize; formula in reference/augmentation/."""
import numpy as np
from onnx import helper

from session import answer, constant, whole


def image_zoom(case):
    x = case["x"]
    mode = {"bilinear": "linear", "nearest": "nearest"}[
        case.choice("interpolation", "bilinear", "nearest")]
    coordinates = {"half_pixel": "half_pixel", "align_corners": "align_corners",
                   "asymmetric": "asymmetric"}[
        case.choice("coordinates", "half_pixel", "align_corners", "asymmetric")]
    sizes = np.array([*x.shape[:2], whole(case, "height"), whole(case, "width")])
    node = helper.make_node("Resize", ["x", "", "", "sizes"], ["y"], mode=mode,
                            coordinate_transformation_mode=coordinates)
    return answer(case, [constant("sizes", sizes), node], {"x": x})
